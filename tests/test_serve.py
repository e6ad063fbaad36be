"""`alertgen serve` in a real browser: what one writes appears, what is wrong is shown over the last good page."""

import html
import json
import re
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from alertgen.serve import Preview, bound
from alertgen.write import MachineError
from browsing import chromium, reader
from conftest import NOON
from copies import tree
from previewing import Desk, previewed
from terminal import NOW, alertgen

__all__ = ["chromium"]

SITE = """\
-- site.yaml --
title: Test Alert
base_url: https://example.org/news/
search: false
levels: r2p-monitor
-- alerts/2026/2026-11-11-mali.md --
---
title: Fighting in Mali
date: 2026-11-11
country: ML
---
What happened first.
-- alerts/2026/2026-11-18-sudan.md --
---
title: Fighting in Sudan
date: 2026-11-18
country: SD
---
What happened next, after [Mali](2026-11-11-mali.md).
-- alerts/2026/2026-11-19-draft.md --
---
title: A secret draft
date: 2026-11-19
country: TD
draft: true
---
TODO: all of it.
-- alerts/2099/2099-01-01-embargo.md --
---
title: A report under embargo
date: 2099-01-01
embargo: 2099-01-01T09:00+01:00
---
Text.
"""
SUDAN, MALI, DRAFT = (f"alerts/2026/2026-11-{name}.md" for name in ("18-sudan", "11-mali", "19-draft"))
PANEL = "alertgen-panel .panel"
SOON = 20_000
"""Milliseconds that a slow machine may take."""


@pytest.fixture
def desk(site) -> Iterator[Desk]:
    with previewed(site(SITE)) as there:
        yield there


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    with reader(chromium) as there:
        yield there.page
        assert [said for said in there.said if "404 (Not Found)" not in said] == []


@pytest.mark.browser
def test_what_is_written_appears_on_the_page_that_is_edited(desk, page):
    page.goto(desk.address)
    desk.folder.edit(SUDAN, "What happened next", "What came after")
    expect(page).to_have_url(f"{desk.address}alerts/2026/sudan/", timeout=SOON)
    expect(page.locator("main")).to_contain_text("What came after", timeout=SOON)


@pytest.mark.browser
def test_a_fault_is_shown_over_the_last_good_page_and_goes_when_it_is_mended(desk, page):
    page.goto(f"{desk.address}alerts/2026/sudan/")
    desk.folder.edit(SUDAN, "country: SD", "country: Sudann")
    panel = page.locator(PANEL)
    expect(panel).to_contain_text('"Sudann" is not a country I know', timeout=SOON)
    expect(panel).to_contain_text(f"{SUDAN}:4:10")
    expect(panel).to_contain_text("Hint: did you mean Sudan (SD)")
    expect(panel.locator("mark")).to_have_text("Sudann")
    expect(page.locator("main")).to_contain_text("What happened next")
    page.reload()
    expect(panel).to_be_visible(timeout=SOON)
    expect(page.locator("main")).to_contain_text("What happened next")
    panel.get_by_role("button", name="Hide").click()
    expect(panel).to_have_count(0)
    desk.folder.edit(SUDAN, "country: Sudann", "country: South Sudan")
    expect(page.locator("main")).to_contain_text("South Sudan", timeout=SOON)
    expect(page.get_by_role("button", name="2 remarks")).to_be_visible()
    expect(panel).to_have_count(0)


@pytest.mark.browser
def test_a_hundred_quick_saves_leave_no_stale_page(desk, page):
    page.goto(f"{desk.address}alerts/2026/sudan/")
    text = desk.folder.path(SUDAN).read_text(encoding="utf-8")
    for number in range(100):
        body = text.replace("What happened next", f"Version {number}" if number % 10 else "TODO: broken")
        desk.folder.write(SUDAN, body.replace("country: SD", "country: S") if number % 7 == 3 else body)
        time.sleep(0.01)
    expect(page.locator("main")).to_contain_text("Version 99", timeout=2 * SOON)
    expect(page.locator(PANEL)).to_have_count(0)
    time.sleep(1)
    assert "Version 99" in page.locator("main").inner_text()
    assert "Version 99" in desk.get("alerts/2026/sudan/")[1]


@pytest.mark.browser
def test_what_is_held_back_is_shown_with_a_mark(desk, page):
    page.goto(f"{desk.address}alerts/2026/draft/")
    expect(page.locator(".alertgen-mark")).to_have_text("Not published: draft")
    page.goto(f"{desk.address}alerts/2099/embargo/")
    expect(page.locator(".alertgen-mark")).to_have_text(
        "Not published: embargo, until 1 January 2099 at 09:00 UTC+01:00"
    )
    page.goto(f"{desk.address}alerts/")
    marks = page.locator("main .alertgen-small-mark")
    expect(marks.first).to_be_visible()
    assert {mark.inner_text() for mark in marks.all()} == {
        "draft", "embargo, until 1 January 2099 at 09:00 UTC+01:00"
    }  # fmt: skip
    strip = page.locator(".weeks a.alertgen-frame")
    assert [link.get_attribute("title").rpartition(" (")[2] for link in strip.all()].count("draft)") == 1
    page.goto(f"{desk.address}alerts/2026/sudan/")
    assert page.locator(".alertgen-mark").count() == 0


@pytest.mark.browser
def test_what_is_held_back_is_marked_wherever_it_is_shown(site, page):
    """Also under a name in another script, in lists that a script makes, and while it cannot be made anew."""
    folder = site(SITE.replace("search: false\n", ""))
    folder.write(
        "alerts/2026/2026-11-19-السودان.md",
        "---\ntitle: Named\ndate: 2026-11-19\ncountry: SD\ndraft: true\n---\nText.\n",
    )
    folder.write("pages/method.md", "---\ntitle: A method\ndraft: true\n---\nText.\n")
    with previewed(folder) as desk:
        for where in ("", "alerts/", "alerts/2026/", "countries/sudan/"):
            page.goto(desk.address + where)
            shown = page.locator("main a", has_text="Named").locator(".alertgen-small-mark")
            expect(shown.first).to_have_text("draft", timeout=SOON)
            assert shown.count() == page.locator("main a", has_text="Named").count()
        expect(page.locator("a", has_text="A method").locator(".alertgen-small-mark").first).to_have_text("draft")
        page.goto(f"{desk.address}search/?q=Named")
        found = page.locator("[data-search-results] a", has_text="Named")
        expect(found.locator(".alertgen-small-mark").first).to_have_text("draft", timeout=SOON)
        for address in ("alerts/2026/السودان/", "alerts/2026/السودان/index.html", "method/"):
            page.goto(desk.address + address)
            expect(page.locator(".alertgen-mark")).to_have_text("Not published: draft")


def test_the_last_good_page_of_a_faulty_draft_keeps_its_mark(site):
    folder = site(SITE)
    with Preview(folder.root, lambda: NOON) as preview:
        preview.look()
        folder.edit(DRAFT, "country: TD", "country: Chadd")
        shown = preview.look()
        assert shown.trouble
        assert preview.file("alerts/2026/draft/index.html").found
        assert shown.held["/alerts/2026/draft/"] == "draft"
        folder.edit(DRAFT, "country: Chadd\ndraft: true", "country: Chad")
        folder.edit(DRAFT, "TODO: all of it.", "Text.")
        folder.move(DRAFT, "alerts/2026/2026-11-19-chad.md")
        assert not preview.look().held.keys() & {"/alerts/2026/draft/", "/alerts/2026/chad/"}


@pytest.mark.browser
def test_the_end_of_the_preview_is_said_on_the_page(desk, chromium):
    with reader(chromium) as there:
        there.page.goto(desk.address)
        desk.process.send_signal(2)
        mark = there.page.locator(".alertgen-ended")
        expect(mark).to_contain_text("The preview has ended", timeout=SOON)
        expect(mark).to_have_css("color", "rgb(255, 255, 255)")


@pytest.mark.browser
def test_remarks_wait_behind_a_button(desk, page):
    page.goto(f"{desk.address}alerts/2026/draft/")
    button = page.get_by_role("button", name="1 remark")
    expect(button).to_be_visible(timeout=SOON)
    assert page.locator(PANEL).count() == 0
    button.click()
    expect(page.locator(PANEL)).to_contain_text("this draft is still to be written here")


@pytest.mark.browser
def test_opened_remarks_stay_open_until_they_are_hidden(desk, page):
    page.goto(f"{desk.address}alerts/2026/draft/")
    page.get_by_role("button", name="1 remark").click()
    panel = page.locator(PANEL)
    expect(panel).to_be_visible()
    desk.folder.edit(DRAFT, "TODO: all of it.", "TODO: the rest of it.")
    expect(page.locator("main")).to_contain_text("the rest of it", timeout=SOON)
    expect(panel).to_contain_text("the rest of it", timeout=SOON)
    panel.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="1 remark")).to_be_visible()
    expect(panel).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="1 remark")).to_be_visible(timeout=SOON)
    expect(panel).to_have_count(0)


@pytest.mark.browser
def test_a_state_that_says_the_same_leaves_opened_remarks_alone(desk, page):
    """As one does that comes soon after the start, and when the browser asks again."""
    where = "alerts/2026/draft/"
    good = int(re.search(r'data-version="(\d+)"', desk.get(where)[1])[1])
    remark = {"severity": "warning", "place": DRAFT, "message": "To do", "excerpt": "", "column": 0, "hint": ""}
    state = json.dumps({"good": good, "trouble": False, "problems": [remark], "bug": "", "open": ""})
    asked = []

    def again(route):
        asked.append(route.request.url)
        route.fulfill(content_type="text/event-stream", body=f"retry: 50\ndata: {state}\n\n")

    page.route("**/events", again)
    page.goto(desk.address + where)
    page.get_by_role("button", name="1 remark").click()
    panel = page.locator(PANEL)
    expect(panel).to_contain_text("To do")
    panel.evaluate("panel => { panel.marked = true }")
    before = len(asked)
    while len(asked) < before + 3:
        page.wait_for_timeout(20)
    assert panel.evaluate("panel => panel.marked")


@pytest.mark.browser
def test_a_fault_in_a_draft_keeps_its_last_good_page(desk, page):
    page.goto(f"{desk.address}alerts/2026/draft/")
    desk.folder.edit(DRAFT, "country: TD", "country: Chadd")
    expect(page.locator(PANEL)).to_contain_text('"Chadd" is not a country', timeout=SOON)
    expect(page.locator("main")).to_contain_text("A secret draft")
    desk.folder.edit(SUDAN, "What happened next", "What came after")
    expect(page.locator("main")).to_contain_text("What came after", timeout=SOON)
    expect(page.locator(PANEL)).to_be_visible(timeout=SOON)
    desk.folder.edit(DRAFT, "country: Chadd", "country: Chad")
    expect(page.locator("main")).to_contain_text("A secret draft", timeout=SOON)
    expect(page.locator(PANEL)).to_have_count(0, timeout=SOON)


@pytest.mark.browser
def test_an_edit_while_the_next_page_is_on_its_way_does_not_call_the_last_one_back(desk, page):
    page.goto(f"{desk.address}alerts/2026/draft/")
    page.route("**/alerts/2026/sudan/", lambda route: (time.sleep(3), route.continue_()))
    with page.expect_request("**/alerts/2026/sudan/", timeout=SOON):
        desk.folder.edit(SUDAN, "What happened next", "What came after")
    desk.folder.edit("site.yaml", "title: Test Alert", "title: Other Alert")
    expect(page.locator("main")).to_contain_text("What came after", timeout=SOON)


@pytest.mark.browser
def test_an_edit_while_the_page_is_renewed_after_another_opens_its_page_all_the_same(desk, page):
    def edit_meanwhile(route):
        desk.folder.edit(SUDAN, "What happened next", "What came after")
        time.sleep(3)
        route.continue_()

    page.goto(f"{desk.address}alerts/2026/draft/")
    page.route("**/alerts/2026/draft/", edit_meanwhile, times=1)
    desk.folder.edit("site.yaml", "title: Test Alert", "title: Other Alert")
    expect(page.locator("main")).to_contain_text("What came after", timeout=SOON)


@pytest.mark.browser
def test_a_template_that_fails_is_told_at_its_line(desk, page):
    page.goto(desk.address)
    desk.folder.write("templates/home.html", '{% extends "base.html" %}\n{% block main %}{{ view.no }}{% endblock %}\n')
    expect(page.locator(PANEL)).to_contain_text("templates/home.html:2", timeout=SOON)
    desk.folder.edit("templates/home.html", "{{ view.no }}", "<p>My own home page</p>")
    expect(page.locator("main")).to_have_text("My own home page", timeout=SOON)
    expect(page.locator(PANEL)).to_have_count(0, timeout=SOON)
    desk.folder.delete("templates")
    expect(page.locator("main")).to_contain_text("Fighting in Sudan", timeout=SOON)


@pytest.mark.browser
def test_a_site_with_a_fault_from_the_start_appears_when_it_is_mended(site, page):
    folder = site(SITE)
    folder.edit("site.yaml", "title: Test Alert", "titel: Test Alert")
    with previewed(folder) as desk:
        page.goto(desk.address)
        expect(page.locator(".alertgen-nothing")).to_be_visible()
        expect(page.locator(PANEL)).to_contain_text("did you mean title?", timeout=SOON)
        folder.edit("site.yaml", "titel: Test Alert", "title: Test Alert")
        expect(page.locator("main")).to_contain_text("Fighting in Sudan", timeout=SOON)
        assert page.url.endswith("/news/")


@pytest.mark.browser
def test_a_new_folder_is_noticed(desk, page):
    page.goto(desk.address)
    desk.folder.write("pages/about.md", "---\ntitle: Who we are\nnav: true\n---\nText.\n")
    expect(page.locator("nav.menu, header").first).to_contain_text("Who we are", timeout=SOON)
    time.sleep(1)
    desk.folder.edit("pages/about.md", "Who we are", "What we do")
    expect(page.locator("nav.menu, header").first).to_contain_text("What we do", timeout=SOON)


@pytest.mark.browser
@pytest.mark.parametrize("flag", ["--poll", "--stay"])
def test_polling_and_staying(site, page, flag):
    with previewed(site(SITE), flag) as desk:
        page.goto(desk.address)
        expect(page.locator("main")).to_contain_text("Fighting in Mali")
        time.sleep(1)
        desk.folder.edit(MALI, "title: Fighting in Mali", "title: War in Mali")
        expect(page.locator("main")).to_contain_text("War in Mali", timeout=SOON)
        expect(page).to_have_url(desk.address + ("alerts/2026/mali/" if flag == "--poll" else ""), timeout=SOON)


def test_only_this_machine_is_answered_and_only_with_the_site(desk):
    port = desk.address.split(":")[2].partition("/")[0]
    assert desk.get()[0] == 200
    assert desk.get("", Host="evil.example")[0] == 400
    for path in ("%2e%2e/site.yaml", "..%2fsite.yaml", "alerts/2026/2026-11-18-sudan.md", "site.yaml", "no/such/page"):
        status, text = desk.get(path)
        assert status == 404, path
        assert "base_url" not in text
    with pytest.raises(OSError), socket.create_connection((socket.gethostbyname(socket.gethostname()), int(port)), 1):
        if socket.gethostbyname(socket.gethostname()).startswith("127."):
            raise OSError("this machine has no other address")


def test_a_feed_says_which_of_its_texts_are_held_back(desk):
    for name in ("feed.xml", "atom.xml", "countries/chad/feed.xml"):
        feed = desk.get(name)[1]
        assert ElementTree.fromstring(feed) is not None
        assert "<!-- Not published, and in no feed of a build: /alerts/2026/draft/ (draft)" in feed
    assert "Not published" not in desk.get("countries/mali/feed.xml")[1]


def test_the_policy_of_a_page_is_as_strict_as_it_will_be(desk):
    _, text = desk.get("alerts/2026/sudan/")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html.unescape(text))
    assert "script-src 'self'" in policy[1]
    assert "unsafe" not in text
    assert re.findall(r"<script src=\"/__alertgen__/preview.js\"", text) != []


def test_an_address_without_its_slash_leads_to_the_page(desk):
    status, text = desk.get("alerts/2026/sudan")
    assert status == 200
    assert "Fighting in Sudan" in text
    assert desk.get("feed.xml")[1].startswith("<?xml")
    assert desk.get("robots.txt")[0] == 200


def test_nothing_is_written_but_the_memory_and_a_build_goes_on_beside_it(desk):
    desk.get("alerts/2026/draft/")
    assert {path.name for path in desk.folder.root.iterdir()} == {"site.yaml", "alerts", ".alertgen"}
    ran = alertgen("build", "--now", NOW, cwd=desk.folder.root)
    assert ran.code == 0, ran.all
    public = tree(desk.folder.root / "public")
    assert not [path for path in public if "draft" in path or "embargo" in path]
    assert desk.get("alerts/2026/draft/")[0] == 200
    shutil.rmtree(desk.folder.root / "public")


def test_a_stream_tells_the_present_state_first(desk):
    base = desk.address.replace("/news/", "/__alertgen__/events")
    with urllib.request.urlopen(base) as stream:
        state = json.loads(stream.readline().decode().removeprefix("data: "))
    assert state["trouble"] is False
    assert state["good"] == state["version"]
    assert [problem["code"] for problem in state["problems"]] == ["todo-left"]


def test_a_taken_port_is_named():
    with bound(0) as taken:
        taken.listen()
        with pytest.raises(MachineError, match="is taken"):
            bound(taken.getsockname()[1])


def test_without_a_site_file_it_says_where_to_go(tmp_path):
    ran = alertgen("serve", cwd=tmp_path)
    assert ran.code == 2
    assert "there is no site.yaml" in ran.err


def test_a_bug_is_told_and_survived(site, monkeypatch):
    folder = site(SITE)
    with Preview(folder.root, lambda: NOON) as preview:
        before = preview.look()
        assert "alerts/2026/sudan/index.html" in before.files
        monkeypatch.setattr("alertgen.serve.preview.prepare", lambda *_, **__: 1 / 0)
        after = preview.look([SUDAN])
        assert "ZeroDivisionError" in after.bug
        assert after.trouble
        assert after.files == before.files
        monkeypatch.undo()
        assert not preview.look([SUDAN]).trouble


def test_an_edit_that_the_system_did_not_tell_of_is_opened_all_the_same(site):
    folder = site(SITE)
    with Preview(folder.root, lambda: NOON) as preview, Preview(folder.root, lambda: NOON, stay=True) as staying:
        assert preview.look().opened == staying.look().opened == ""
        folder.edit(SUDAN, "What happened next", "What came after")
        assert preview.look().opened == "/alerts/2026/sudan/"
        assert preview.look().opened == "/alerts/2026/sudan/"  # a browser that was slow to ask hears of it still
        folder.edit(SUDAN, "What came after", "What came later")
        folder.edit(MALI, "What happened first", "What came first")
        assert preview.look().opened == ""
        assert staying.look().opened == ""


def test_a_look_without_a_change_renews_no_page(site):
    with Preview(site(SITE).root, lambda: NOON) as preview:
        first = preview.look()
        assert preview.look().good == first.good
        assert preview.look([SUDAN]).good > first.good
