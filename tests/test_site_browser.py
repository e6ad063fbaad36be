"""The reader's site in Chromium: every page type at both widths and in both modes, and everything that reacts."""

import json
import re
import shutil
import threading
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from alertgen.build import build
from browsing import (
    ALERT,
    DESKTOP,
    PAGES,
    PHONE,
    ROOT,
    chromium,
    host,
    launched,
    missing,
    public,
    reader,
    served,
    small,
)
from conftest import NOON

__all__ = ["chromium", "host", "public", "small"]
pytestmark = pytest.mark.browser

EXPECTED = "error: Failed to load resource: the server responded with a status of 404 (Not Found)"
"""What Chromium says of any page that comes with status 404, ours included."""

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of these that the dark mode can break: it changes nothing but colours."""


@pytest.fixture(scope="session")
def axe():
    file = ROOT / "node_modules/axe-core/axe.min.js"
    if not file.is_file():
        missing("axe-core is not installed (npm ci)")
    return file.read_text(encoding="utf-8")


def violations(page, axe, by, values):
    """What axe finds in *page* with the rules *by* which "tag" or "rule" the *values* are."""
    page.evaluate(axe)
    options = {"runOnly": {"type": by, "values": values}, "resultTypes": ["violations"]}
    faults = page.evaluate(f"axe.run(document, {json.dumps(options)})")["violations"]
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]], fault["nodes"][0]["failureSummary"])
        for fault in faults
    ]


@pytest.mark.parametrize("kind", PAGES)
def test_no_accessibility_violation(kind, chromium, host, axe):
    for width in (PHONE, DESKTOP):
        with reader(chromium, width=width) as there:
            there.go(host + PAGES[kind])
            assert violations(there.page, axe, "tag", AXE_TAGS) == [], width
            there.page.emulate_media(color_scheme="dark")
            assert violations(there.page, axe, "rule", OF_COLOURS) == [], f"{width}, dark"


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_scrolls_sideways(kind, chromium, host):
    with reader(chromium) as there:
        there.go(host + PAGES[kind])
        for width in (DESKTOP, 768, PHONE, 320):
            there.page.set_viewport_size({"width": width, "height": 900})
            assert there.page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("address", [*PAGES.values(), "/alerts/2022/china-xinjiang-education/"])
def test_nothing_scrolls_sideways_on_a_phone_with_letters_twice_as_large(address, chromium, host):
    with reader(chromium, width=PHONE) as there:
        there.go(host + address)
        there.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert there.page.evaluate("document.documentElement.scrollWidth") <= PHONE


CUT_OFF = """
document.body.style.inlineSize = "658px";
Array.from(document.querySelectorAll("body, main :not(.heard)"))
  .filter(element => element.checkVisibility() && element.clientWidth && element.scrollWidth > element.clientWidth + 1)
  .filter(element => element === document.body || getComputedStyle(element).overflowX !== "visible")
  .map(element => element.outerHTML.slice(0, 80))
"""
A4 = 794
"""Pixels of its width, 658 of them between the margins."""


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_cut_off_on_paper(kind, chromium, host):
    with reader(chromium, width=A4) as there:
        there.go(host + PAGES[kind])
        there.page.emulate_media(media="print")
        assert there.page.evaluate(CUT_OFF) == []


WIDE = """\
---
title: "{address}: institutionalization"
date: 2026-01-07
country: SD
sources: [{{title: "{address}", url: "{address}"}}]
corrections: [{{date: 2026-01-08, text: "See {address}"}}]
---
A table.[^1]

| Date | Location | Killed | Wounded | Displaced | Reported by |
|---|---|---|---|---|---|
| 3 January 2026 | Maiduguri, Borno | 43 | 120 | 12,000 | Humanitarian Coordinator |

    A paragraph that was indented by mistake, as it comes out of a word processor, and so became program code.

[^1]: <{address}>
"""


COMMAS = """
[...document.querySelectorAll(".where, .teaser-places")].filter(list => list.childElementCount).map(list => {
  const comma = document.createRange(), node = [...list.childNodes].find(node => node.data?.startsWith(","))
  comma.setStart(node, 0)
  comma.setEnd(node, 1)
  return comma.getBoundingClientRect().left - list.getBoundingClientRect().left
})
"""


def test_no_line_begins_with_the_comma_after_a_long_country(chromium, tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "site.yaml").write_text("title: T\nbase_url: https://example.org/\nsearch: false\n")
    for day in (11, 18):
        (tmp_path / f"alerts/{day}.md").write_text(
            f"---\ntitle: T\ndate: 2026-11-{day}\ncountry: [KP, RU]\n---\nText.\n"
        )
    assert build(tmp_path, tmp_path / "public", now=NOON).ok
    with served(tmp_path / "public") as there_is, reader(chromium, width=320) as there:
        there.go(f"{there_is}/")
        places = there.page.evaluate(COMMAS)
        assert len(places) == 2
        assert min(places) > 20


BREAKS = """
[...document.querySelectorAll(".codebook th code")].flatMap(code => {
  const letter = document.createRange(), begins = []
  let line
  for (const node of code.childNodes)
    for (let at = 0; at < (node.data?.length ?? 0); at++) {
      letter.setStart(node, at)
      letter.setEnd(node, at + 1)
      const top = letter.getBoundingClientRect().top
      if (line !== undefined && top > line) begins.push(node.data.slice(at))
      line = top
    }
  return begins
})
"""


def test_names_of_columns_break_at_their_dots_on_a_phone(chromium, host):
    with reader(chromium, width=PHONE) as there:
        there.go(host + PAGES["data"])
        parts = there.page.evaluate(BREAKS)
        assert parts
        assert [part for part in parts if not part.startswith(".")] == []


def test_wide_tables_and_long_addresses_fit_on_a_phone(chromium, tmp_path, axe):
    address = (
        "https://documents.example/0cba5c3b2f854b189e7e3f2b0a8b7c6d/SituationRegionalRefugeeResponseFlashUpdate.pdf"
    )
    (tmp_path / "alerts").mkdir()
    (tmp_path / "site.yaml").write_text("title: T\nbase_url: https://example.org/\nsearch: false\n")
    (tmp_path / "alerts/a.md").write_text(WIDE.format(address=address))
    assert build(tmp_path, tmp_path / "public", now=NOON).ok
    with served(tmp_path / "public") as there_is:
        for page, width in product(("alerts/2026/a/", "corrections/", ""), (320, PHONE)):
            with reader(chromium, width=width) as there:
                there.go(f"{there_is}/{page}")
                assert there.page.evaluate("document.documentElement.scrollWidth") <= width, (page, width)
                assert violations(there.page, axe, "tag", AXE_TAGS) == [], page


MIXED = """\
---
title: السودان
date: 2026-01-07
sources: [{title: Who was there?, publisher: Desk Inc.}]
---
نص.
"""
ENDS_AT = """element => {
  const text = element.lastChild, range = document.createRange()
  return [[0, 1], [text.length - 1, text.length]].map(ends => {
    range.setStart(text, ends[0])
    range.setEnd(text, ends[1])
    return range.getBoundingClientRect().x
  })
}"""
"""Where the first sign of a text stands, and where its last one does."""


def test_what_ends_a_name_of_another_script_stays_at_its_end(chromium, tmp_path):
    (tmp_path / "alerts").mkdir()
    languages = "title: {en: Desk “North”, ar: نشرة}\nlanguages: [ar, en]\n"
    (tmp_path / "site.yaml").write_text(f"{languages}base_url: https://example.org/\nsearch: false\n")
    (tmp_path / "alerts/a.md").write_text(MIXED)
    (tmp_path / "alerts/b.en.md").write_text(MIXED.replace("السودان", "Sudan").replace("نص", "Text"))
    assert build(tmp_path, tmp_path / "public", now=NOON).ok
    names = {"alerts/2026/a/": ("cite", ".source-publisher"), "subscribe/": ('summary [lang="en"]',)}
    with served(tmp_path / "public") as there_is, reader(chromium) as there:
        for page, selectors in names.items():
            there.go(f"{there_is}/{page}")
            for selector in selectors:
                first, last = there.page.locator(selector).evaluate(ENDS_AT)
                assert first < last, selector


@pytest.mark.parametrize("kind", PAGES)
def test_requests_stay_on_the_host_the_console_stays_empty_and_nothing_jumps(kind, chromium, host):
    for width in (PHONE, DESKTOP):
        with reader(chromium, width=width) as there:
            there.watch_shifts()
            there.go(host + PAGES[kind])
            shifted = there.shifted()
            assert {urlsplit(url).netloc for url in there.urls()} == {urlsplit(host).netloc}
            assert [line for line in there.said if line != EXPECTED] == []
            assert shifted < 0.001


@pytest.fixture(scope="session")
def odd_fonts(tmp_path_factory):
    """A machine with hardly any font, and those of other proportions than ours."""
    folder = tmp_path_factory.mktemp("fonts")
    for font in (ROOT / "src/alertgen/data/fonts").glob("noto-naskh-*.ttf"):
        shutil.copy(font, folder)
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>")
    with launched(FONTCONFIG_FILE=str(config)) as browser:
        yield browser


FIRST_PAINT = "new Promise(seen => new PerformanceObserver(() => seen()).observe({type: 'paint', buffered: true}))"


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("machine", ["chromium", "odd_fonts"])
@pytest.mark.parametrize("kind", ["home", "alert", "risk", "alert-in-arabic"])
def test_nothing_jumps_whatever_fonts_a_machine_has_and_whenever_ours_comes(kind, machine, late, request, public):
    fonts = threading.Event()
    browser = request.getfixturevalue(machine)
    with served(public, fonts=fonts) as host, reader(browser, width=PHONE) as there:
        there.watch_shifts()
        if not late:
            fonts.set()
        there.page.goto(host + PAGES[kind], wait_until="commit")
        there.page.evaluate(FIRST_PAINT)
        fonts.set()
        there.page.wait_for_load_state("networkidle")
        assert there.shifted() < 0.001
        if late or kind == "alert-in-arabic":
            assert "Source Serif 4" not in there.set_in("h1")


def test_our_font_is_there_at_the_first_visit_when_it_comes_at_once_and_from_then_on(chromium, public, host):
    with reader(chromium) as there:
        there.go(host + ALERT)
        there.go(f"{host}/about/")
        assert there.set_in("h1") == {"Source Serif 4"}
    with reader(chromium) as there:
        there.go((public / "about/index.html").as_uri())
        there.page.evaluate("document.fonts.ready")
        assert there.set_in("h1") == {"Source Serif 4"}


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_is_light_on_a_phone(kind, chromium, host):
    with reader(chromium, width=PHONE) as there:
        there.go(host + PAGES[kind].partition("?")[0])
        sizes = [request.sizes()["responseBodySize"] for request in there.requests]
        assert len(there.requests) <= 10, there.urls()
        assert sum(sizes) <= 100 * 1024, dict(zip(there.urls(), sizes, strict=True))


@pytest.mark.parametrize("kind", ["home", "alert", "archive", "country", "risk", "standing"])
def test_every_page_reads_without_scripts(kind, chromium, host):
    with reader(chromium, script=False) as there:
        there.go(host + PAGES[kind])
        page = there.page
        assert page.locator("h1").is_visible()
        assert page.locator("main a[href]").count() > 0
        assert page.locator("button:visible").count() == 0
        assert there.said == []


def test_without_scripts_the_archive_filters_by_links_and_search_leads_there(chromium, host):
    with reader(chromium, script=False) as there:
        there.go(f"{host}/alerts/")
        assert not there.page.locator("[data-archive-filters]").is_visible()
        there.page.get_by_text("By country").click()
        there.page.locator(".ways").get_by_role("link", name="Haiti").click()
        assert there.page.url.endswith("/countries/haiti/")
        there.go(f"{host}/search/?q=hospital")
        there.page.get_by_role("link", name="Go to the archive").click()
        assert there.page.url.endswith("/alerts/")


def test_every_level_has_its_place_in_the_list_of_countries_and_archive_and_feeds_lead_there(chromium, host):
    with reader(chromium, script=False) as there:
        page = there.page
        there.go(f"{host}/alerts/")
        page.get_by_text("By alert level").click()
        page.locator(".ways").get_by_role("link", name="Current crisis").click()
        assert page.url == f"{host}/countries/#level-current-crisis"
        group = page.locator(".in-margin").filter(has=page.locator("#level-current-crisis"))
        group.get_by_role("link", name="China").wait_for()  # its address is known before the page is
        assert "Stated earlier: Myanmar (Burma) (29 August 2018)" in group.inner_text()


def test_a_country_shows_its_levels_and_risk_tags_over_time(chromium, host):
    with reader(chromium) as there:
        page = there.page
        there.go(f"{host}/countries/china/")
        assert page.locator(".country-level").inner_text() == "Current crisis since 7 September 2022"
        span = page.locator(".level-history li")
        assert "last stated 3 September 2025" in span.inner_text()
        span.get_by_role("link", name="7 September 2022").click()
        assert page.url.startswith(f"{host}/alerts/2022/")
        there.go(f"{host}/countries/sudan/")
        table = page.locator(".tag-years")
        assert table.locator("thead th").all_inner_texts() == ["Risk tag", "2025", "2024", "2023", "2022"]
        genocide = table.get_by_role("row").filter(has_text="Genocide")
        assert genocide.locator("td").all_inner_texts() == ["", "", "1", ""]
        there.go(f"{host}/countries/myanmar/")
        assert page.locator(".country-level").inner_text() == "Latest level stated: Current crisis 29 August 2018"


@pytest.mark.parametrize(("width", "weeks"), [(PHONE, 13), (800, 13), (DESKTOP, 26)])
def test_a_row_of_weeks_is_a_quarter_or_half_a_year(width, weeks, chromium, host):
    with reader(chromium, width=width) as there:
        there.go(host + PAGES["country"])
        tops = there.page.locator(".weeks li").evaluate_all("weeks => weeks.map(week => week.offsetTop)")
        assert tops.count(tops[0]) == weeks


def test_a_quarter_of_weeks_fits_also_where_lengths_are_rounded():
    """Firefox rounds each column to a sixtieth of a pixel, so that 13 of them are wider than 13 times one."""
    lists = (ROOT / "static/lists.css").read_text(encoding="utf-8")
    quarter = re.search(r"\.weeks \{.*repeat\(auto-fill, ([\d.]+)rem\); max-inline-size: ([\d.]+)rem", lists)
    assert quarter
    assert 13 * float(quarter[1]) + 0.05 < float(quarter[2]) < 14 * float(quarter[1])


def test_the_chosen_colours_are_remembered_and_there_before_the_first_paint(chromium, host):
    with reader(chromium) as there:
        page = there.page
        there.go(f"{host}/")
        paper = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(paper)
        switch = page.get_by_role("button", name="Dark")
        assert switch.get_attribute("aria-pressed") == "false"
        switch.click()
        dark = page.evaluate(paper)
        assert dark != light
        assert switch.get_attribute("aria-pressed") == "true"
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => { window.early = document.documentElement.dataset.theme; });"
        )
        there.go(host + ALERT)
        assert page.evaluate("window.early") == "dark"
        assert page.evaluate(paper) == dark
        page.get_by_role("button", name="Dark").click()
        assert page.evaluate(paper) == light
        assert page.evaluate("localStorage.getItem('theme')") is None


def test_search_finds_situations_and_filters(chromium, host):
    with reader(chromium) as there:
        page = there.page
        there.go(f"{host}/search/")
        page.keyboard.press("Tab")
        page.get_by_label("Words to search for").fill("hospital")
        page.locator(".search-results > li").first.wait_for()
        before = page.locator(".search-results > li").count()
        assert re.fullmatch(r"\d+ results?", page.get_by_role("status").inner_text())
        assert "q=hospital" in page.url
        page.get_by_label("Country").select_option("Yemen")
        page.locator(f".search-results:not(:has(> li:nth-child({before})))").locator("li").first.wait_for()
        first = page.locator(".search-results > li").first
        assert "2019" in first.locator(".kicker").inner_text()
        assert "Yemen" in first.locator(".teaser-places").inner_text()
        assert first.locator("mark").count() > 0
        assert all(text.isalnum() for text in first.locator("mark").all_text_contents())
        first.locator(".found-parts a").first.click()
        assert re.search(r"/alerts/2019/.+/#.+", page.url)
        page.go_back()
        page.locator(".search-results > li").first.wait_for()
        assert page.get_by_label("Country").input_value() == "Yemen"
        assert {urlsplit(url).netloc for url in there.urls()} == {urlsplit(host).netloc}
        assert there.said == []


def test_search_says_when_it_finds_nothing(chromium, host):
    with reader(chromium) as there:
        there.go(f"{host}/search/?q=xyzzyqwert")
        there.page.get_by_text("Nothing was found.").wait_for()


@pytest.mark.parametrize("words", ["urgence", "d\u2019urgence", "l'urgence", '"état d\u2019urgence"'])
def test_search_in_french_finds_a_word_behind_an_article(words, chromium, host):
    with reader(chromium) as there:
        there.go(f"{host}/fr/search/?q={quote(words)}")
        there.page.locator(".search-results > li").first.wait_for()
        shown = there.page.locator(".search-results").inner_text()
        assert "état d\u2019urgence alors" in shown
        assert "\u2060" not in shown
        assert "d\u2019 " not in shown


def test_search_in_chinese_finds_a_word_within_a_sentence(chromium, tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "site.yaml").write_text("title: T\nbase_url: https://example.org/\nlanguage: zh\n")
    (tmp_path / "alerts/a.md").write_text(
        "---\ntitle: 东部的消息\ndate: 2026-11-18\n---\n东部发生袭击事件。\n", "utf-8"
    )
    assert build(tmp_path, tmp_path / "public", now=NOON).ok
    with served(tmp_path / "public") as there_is, reader(chromium) as there:
        there.go(f"{there_is}/search/?q={quote('袭击')}")
        there.page.locator(".search-results > li").first.wait_for()
        assert there.page.locator(".excerpt").inner_text().endswith("东部发生袭击事件。")
        assert there.page.locator(".search-results h2").inner_text() == "东部的消息"
        there.go(f"{there_is}/search/?q={quote('击袭')}")  # the same signs, in another order
        there.page.get_by_text("Nothing was found.").wait_for()


@pytest.mark.parametrize("words", ["No. 17", "17", "sample atrocity alert no. 17"])
def test_search_finds_an_alert_by_its_number_first(words, chromium, host):
    with reader(chromium) as there:
        there.go(f"{host}/search/?q={quote(words)}")
        first = there.page.locator(".search-results > li").first
        first.wait_for()
        assert first.locator(".kicker-series").text_content() == "Sample Atrocity Alert No. 17"


def test_search_in_arabic_finds_arabic(chromium, host):
    with reader(chromium) as there:
        there.go(f"{host}/ar/search/")
        there.page.get_by_role("searchbox").fill("بانغي")
        there.page.locator(".search-results > li").first.wait_for()
        assert there.page.locator(".search-results a").first.get_attribute("href").startswith(f"{host}/ar/")


def test_filters_of_the_archive_work_in_place_over_all_its_pages(chromium, small):
    with served(small) as address, reader(chromium) as there:
        page = there.page
        there.go(f"{address}/alerts/")
        shown = page.locator("[data-archive-list] > li:visible")
        assert shown.count() == 5
        page.get_by_label("Country").select_option(label="Mali")
        page.locator("[data-archive-status]").get_by_text("1 alert", exact=True).wait_for()
        assert shown.count() == 1
        assert "country=mali" in page.url
        assert not page.locator(".pager").is_visible()
        shown.get_by_role("link").first.click()
        assert page.locator("h1").inner_text().startswith("Mali")
        page.go_back(wait_until="networkidle")
        assert shown.count() == 1
        page.get_by_role("button", name="Clear the filters").click()
        assert shown.count() == 5
        page.get_by_label("Year").select_option("2017")
        page.get_by_label("Country").select_option(label="Mali")
        page.get_by_text("No alert matches.").wait_for()
        assert there.said == []


@pytest.mark.parametrize("script", [True, False])
def test_a_sensitive_picture_is_fetched_only_when_the_reader_asks(script, chromium, small):
    with served(small) as address, reader(chromium, script=script) as there:
        there.go(f"{address}/alerts/2024/haiti-pont-sonde/")
        there.page.mouse.wheel(0, 20_000)
        there.page.wait_for_timeout(300)
        assert "A grey test picture." in there.page.locator(".gate").inner_text()
        assert [url for url in there.urls() if "/images/" in url] == []
        there.page.get_by_role("link", name="Show the picture").click()
        there.page.wait_for_load_state("networkidle")
        assert len([url for url in there.urls() if "/images/" in url]) == 1
        if script:
            assert there.page.locator("figure img").is_visible()
            assert there.page.locator("figure figcaption").is_visible()


def test_the_citation_and_addresses_can_be_copied(chromium, host):
    with reader(chromium) as there:
        there.context.grant_permissions(["clipboard-read", "clipboard-write"])
        there.go(host + ALERT)
        shown = there.page.locator("#citation-text").inner_text()
        there.page.locator(".citation").get_by_role("button", name="Copy").click()
        there.page.locator(".citation").get_by_text("Copied").wait_for()
        assert there.page.evaluate("navigator.clipboard.readText()") == shown
        there.go(f"{host}/subscribe/")
        there.page.get_by_role("button", name=re.compile("Copy.*RSS")).first.click()
        assert there.page.evaluate("navigator.clipboard.readText()") == "https://alerts.example.org/feed.xml"


def test_the_keyboard_reaches_everything_and_shows_where_it_is(chromium, host):
    with reader(chromium) as there:
        page = there.page
        there.go(f"{host}/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        seen = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " const inner = e.querySelector('.map-country, .map-dot');"
                " return {tag: e.tagName, kind: e.getAttribute('class'),"
                "  seen: s.outlineStyle !== 'none' || (inner && getComputedStyle(inner).strokeWidth === '3px')}; })()"
            )
            assert here["seen"], here
            seen.add((here["tag"].lower(), here["kind"]))
        assert ("a", "map-link") in seen


FOCUSABLE = """
Array.from(document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']"))
  .filter(element => element.checkVisibility() && !element.disabled)
"""


@pytest.mark.parametrize("kind", ["home", "alert", "archive", "country", "search", "subscribe", "home-in-arabic"])
def test_tab_goes_through_everything_once_in_order_and_out_again(kind, chromium, host):
    with reader(chromium) as there:
        there.go(host + PAGES[kind].partition("?")[0])
        count = there.page.evaluate(f"(window.all = {FOCUSABLE}).length")
        assert count > 10
        reached = []
        for _ in range(count + 1):
            there.page.keyboard.press("Tab")
            reached.append(there.page.evaluate("window.all.indexOf(document.activeElement)"))
        assert reached == [*range(count), -1]


def test_the_site_works_from_a_folder_of_files(chromium, public):
    with reader(chromium) as there:
        page = there.page
        there.go((public / "index.html").as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('.masthead .name')).fontWeight") == "700"
        page.locator(".latest h2 a").click()
        assert page.url.endswith(f"{ALERT}index.html")
        page.wait_for_load_state()
        assert page.locator("figure img").evaluate("image => image.complete && image.naturalWidth > 0")
        page.locator(".facts .where a").first.click()
        assert page.locator("h1").inner_text() == "Sudan"
        page.locator(".situation-row h3 a").first.click()
        assert "index.html#" in page.url
        page.get_by_role("link", name="Alerts", exact=True).click()
        page.get_by_label("Country").select_option(label="Haiti")
        page.locator("[data-archive-status]").get_by_text("2 alerts", exact=True).wait_for()
        assert there.said == []


def test_the_site_works_below_any_path(chromium, public):
    with served(public, "/some/sub/path") as address, reader(chromium) as there:
        there.go(f"{address}/")
        there.page.locator(".latest h2 a").click()
        there.page.locator(".facts .where a").first.click()
        assert there.page.url == f"{address}/countries/sudan/"
        there.go(f"{address}/search/?q=hospital")
        there.page.locator(".search-results a").first.click()
        assert there.page.url.startswith(f"{address}/alerts/")
        assert all(url.startswith(address) for url in there.urls())
        assert there.said == []


def test_an_alert_prints_on_a4_with_credits_and_addresses(chromium, host, tmp_path):
    with reader(chromium, dark=True) as there:
        page = there.page
        there.go(host + ALERT)
        file = tmp_path / "alert.pdf"
        page.pdf(path=str(file), prefer_css_page_size=True)
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes())
        assert boxes
        assert all(abs(float(w) - 595) < 2 and abs(float(h) - 842) < 2 for w, h in boxes)
        page.emulate_media(media="print")
        assert not page.locator(".menu").is_visible()
        assert not page.locator(".theme").is_visible()
        assert page.locator("figcaption .credit").is_visible()
        address = "getComputedStyle(document.querySelector('.sources a'), '::after').content"
        assert "https://" in page.evaluate(address) or "attr(href)" in page.evaluate(address)
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        there.go(f"{host}/alerts/2024/haiti-pont-sonde/")
        address = address.replace(".sources a", ".notes a[href^=http]")
        assert "https://" in page.evaluate(address) or "attr(href)" in page.evaluate(address)
        page.evaluate("document.querySelector('.notes a[href^=http]').className = 'address'")  # its words are that
        assert page.evaluate(address) == "none"


@pytest.mark.parametrize(("kind", "side"), [("alert", "Left"), ("alert-in-arabic", "Right")])
def test_on_paper_a_gap_parts_linked_words_from_their_address(kind, side, chromium, host):
    with reader(chromium) as there:
        there.go(host + PAGES[kind])
        there.page.emulate_media(media="print")
        style = "getComputedStyle(document.querySelector('.prose a[href^=http]'), '::after')"
        gap = there.page.evaluate(f"parseFloat({style}.margin{side}) + parseFloat({style}.padding{side})")
        assert gap > 3


def test_arabic_is_set_from_right_to_left(chromium, host):
    with reader(chromium) as there:
        there.go(host + PAGES["alert-in-arabic"])
        facts = there.page.locator(".facts").bounding_box()
        prose = there.page.locator(".situation .prose").bounding_box()
        assert facts["x"] > prose["x"] + prose["width"] - 1
        assert there.page.evaluate("document.documentElement.dir") == "rtl"
        for name in there.page.locator(".name").all():  # at the right, although it is in Latin letters
            assert name.evaluate(
                """element => {
                    const words = document.createRange(), box = element.getBoundingClientRect()
                    words.selectNodeContents(element)
                    return box.right - words.getBoundingClientRect().right
                }"""
            ) == pytest.approx(0, abs=1)
        for address in ("#citation-text bdi", ".permanent"):  # the last slash stays at its end
            assert there.page.locator(address).evaluate("element => getComputedStyle(element).direction") == "ltr"


ALIGNED = """\
---
title: T
date: 2026-11-18
country: SD
lang: {lang}
---
| month | dead | of them | wounded |
|:------|-----:|:-------:|---------|
| May   | 1,204 | 17 | 3,910 |
"""


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_columns_are_aligned_as_the_text_says_in_every_language(lang, chromium, tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "site.yaml").write_text(f"title: T\nbase_url: https://example.org/\nsearch: false\nlanguage: {lang}\n")
    (tmp_path / "alerts/a.md").write_text(ALIGNED.format(lang=lang))
    assert build(tmp_path, tmp_path / "public", now=NOON).ok
    with served(tmp_path / "public") as there_is, reader(chromium, width=PHONE) as there:
        there.go(f"{there_is}/alerts/2026/a/")
        style = "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
        for row in ("thead th", "tbody td"):
            found = there.page.locator(f".prose {row}").evaluate_all(style)
            assert found == ["start", "right", "center", "start"], row


def test_style_sheets_know_no_left_or_right():
    sides = r"(?:margin|padding|border|inset)-(?:left|right)"
    placed = r"(?:float|clear|text-align)\s*:\s*(?:left|right)|[;{\s](?:left|right)\s*:"
    physical = re.compile(f"{sides}|{placed}")
    numbers = re.compile(r"\.align-right \{ text-align: right;")
    for sheet in sorted((ROOT / "static").glob("*.css")):
        assert physical.findall(numbers.sub("{", sheet.read_text(encoding="utf-8"))) == [], sheet.name


def test_fonts_are_small_and_come_with_their_licence():
    fonts = sorted((ROOT / "static/fonts").glob("*.woff2"))
    assert fonts
    assert sum(font.stat().st_size for font in fonts) <= 40 * 1024
    assert "SIL OPEN FONT LICENSE" in Path(ROOT, "static/fonts/OFL-source-serif-4.txt").read_text("utf-8").upper()
