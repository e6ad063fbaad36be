"""What is damaged, or was left by a build that was stopped, is named; nothing is lost by it."""

import json
import shutil
from collections import deque
from collections.abc import Callable

import pytest

from alertgen.build import build
from alertgen.write import MachineError
from conftest import NOON as NOW
from conftest import SiteFolder
from copies import tree
from terminal import alertgen

ALERT = "---\ntitle: A\ndate: 2026-11-18\ncountry: SD\n---\nText.\n"


@pytest.fixture
def desk(site: Callable[..., SiteFolder]) -> SiteFolder:
    folder = site()
    folder.write("site.yaml", "title: Test Alert\nbase_url: https://example.org/\nsearch: false\n")
    folder.write("alerts/a.md", ALERT)
    assert alertgen("build", cwd=folder.root).code == 0
    folder.write("public/CNAME", "example.org")
    folder.write("alerts/b.md", ALERT.replace("title: A", "title: B"))
    return folder


STALE = json.dumps({"pid": 4711, "host": "desk-2", "since": "2026-11-19 10:00:00+00:00"})
DAMAGES = {
    ".alertgen/memory.db": ("\0nonsense" * 600, "what was remembered in .alertgen/ was damaged; it is made anew"),
    "public/.alertgen-manifest.json": ("{", "the list of what was built was damaged; all was built anew"),
    ".alertgen/lock.json": (STALE, "an earlier build (process 4711 on desk-2, since 2026-11-19 10:00:00+00:00) was"),
}


@pytest.mark.parametrize("path", DAMAGES)
def test_what_is_damaged_is_named_and_mended(desk: SiteFolder, path: str) -> None:
    content, words = DAMAGES[path]
    if path.endswith("memory.db"):
        for beside in desk.path(".alertgen").glob("memory.db-*"):
            beside.unlink()
    desk.write(path, content)
    told = json.loads(alertgen("build", "--format", "json", cwd=desk.root).out)
    assert [words in one for one in told["mended"]] == [True]
    assert desk.path("public/CNAME").read_text() == "example.org"
    assert desk.path("public/alerts/2026/b/index.html").exists()
    desk.write("alerts/c.md", ALERT.replace("title: A", "title: C"))
    assert "mended" not in alertgen("build", cwd=desk.root).out, "it is told once"


def test_what_the_guide_says_needs_no_copy_is_made_again(desk: SiteFolder) -> None:
    """And a ledger that is some weeks old is brought up to date."""
    earlier = desk.path("published.json").read_text()
    assert alertgen("build", cwd=desk.root).code == 0
    later, whole = desk.path("published.json").read_text(), tree(desk.path("public"))
    assert earlier != later
    for lost in ("public", ".alertgen", ".public.alertgen"):
        shutil.rmtree(desk.path(lost))
        desk.write("published.json", earlier)
        assert alertgen("build", cwd=desk.root).code == 0
        if lost == "public":
            desk.write("public/CNAME", "example.org")
        assert (desk.path("published.json").read_text(), tree(desk.path("public"))) == (later, whole)


def test_a_ledger_that_is_gone_is_told_once(desk: SiteFolder) -> None:
    desk.delete("published.json")
    desk.delete("alerts/a.md")
    told = json.loads(alertgen("build", "--format", "json", cwd=desk.root).out)
    assert [one.startswith("published.json was not there") for one in told["mended"]] == [True]
    assert "mended" not in alertgen("build", cwd=desk.root).out


def test_people_read_it_too(desk: SiteFolder) -> None:
    desk.write("public/.alertgen-manifest.json", "{")
    assert "  mended: the list of what was built was damaged" in alertgen("build", cwd=desk.root).out


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 2, "addresses": {}}', "\0" * 99])
def test_a_damaged_ledger_stops_the_build_and_is_not_touched(desk: SiteFolder, content: str) -> None:
    before = tree(desk.path("public"))
    desk.write("published.json", content)
    ran = alertgen("build", cwd=desk.root)
    assert ran.code == 1
    assert "published.json" in ran.out
    assert "error[unreadable-ledger]" in ran.out
    assert desk.path("published.json").read_text() == content
    assert tree(desk.path("public")) == before


def stopped_before_the_ledger(desk: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish b.md, and be stopped when the new site is in place and the ledger does not know it."""

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("alertgen.build.write_ledger", killed)
        with pytest.raises(KeyboardInterrupt):
            build(desk.root, desk.path("public"), now=NOW)
    assert desk.path("public/alerts/2026/b/index.html").exists()
    assert "/alerts/2026/b/" not in desk.path("published.json").read_text()


def test_what_was_published_right_before_the_end_is_recorded_by_the_next_run(desk, monkeypatch) -> None:
    stopped_before_the_ledger(desk, monkeypatch)
    desk.move("alerts/b.md", "alerts/c.md")
    ran = alertgen("build", cwd=desk.root)
    assert ran.code == 1
    assert "/alerts/2026/b/ was published on" in ran.out
    assert "/alerts/2026/b/" in desk.path("published.json").read_text()
    desk.move("alerts/c.md", "alerts/b.md")
    assert alertgen("build", cwd=desk.root).code == 0
    assert not desk.path(".alertgen/pending.json").exists()


@pytest.mark.parametrize("alerts", [1, 80])
def test_so_is_the_first_site_of_all(site, monkeypatch, alerts: int) -> None:
    desk = site()
    desk.write("site.yaml", "title: Test Alert\nbase_url: https://example.org/\nsearch: false\n")
    desk.write("published.json", '{"version": 1, "addresses": {}}')
    for number in range(alerts):
        desk.write(f"alerts/{number}.md", ALERT.replace("title: A", f"title: A{number}"))
    desk.write("alerts/b.md", ALERT.replace("title: A", "title: B"))
    stopped_before_the_ledger(desk, monkeypatch)
    desk.move("alerts/b.md", "alerts/c.md")
    ran = alertgen("build", cwd=desk.root)
    assert ran.code == 1
    assert "/alerts/2026/b/ was published on" in ran.out
    assert len(json.loads(desk.path("published.json").read_text())["addresses"]) > alerts


def test_what_cannot_be_noted_is_not_published(desk, monkeypatch) -> None:
    def refused(*_args: object) -> None:
        raise MachineError("Cannot note what is about to be published", "Free some room.")

    before = tree(desk.path("public"))
    monkeypatch.setattr("alertgen.build.announce", refused)
    with pytest.raises(MachineError):
        build(desk.root, desk.path("public"), now=NOW)
    assert tree(desk.path("public")) == before
    assert not list(desk.path(".public.alertgen").glob("new/*"))


def test_it_is_told_once_and_beside_what_others_have_recorded(desk, monkeypatch) -> None:
    stopped_before_the_ledger(desk, monkeypatch)
    desk.edit("published.json", "\n}}\n", '\n,"/z/": {"id": "", "first": "2026-11-01"}\n}}\n')
    desk.write("pages/z.md", "---\ntitle: Z\n---\nText.\n")
    told = json.loads(alertgen("build", "--format", "json", cwd=desk.root).out)
    assert ["before published.json said" in one for one in told["mended"]] == [True]
    assert '"/z/"' in desk.path("published.json").read_text()
    assert "mended" not in alertgen("build", cwd=desk.root).out


def test_what_never_came_to_be_is_not_recorded(desk, monkeypatch) -> None:
    def stopped(_out: object, _changes: object, making: Callable[..., object]) -> None:
        deque(making(lambda *_: None))
        raise KeyboardInterrupt

    before = desk.path("published.json").read_text()
    with monkeypatch.context() as patched:
        patched.setattr("alertgen.build.publish", stopped)
        with pytest.raises(KeyboardInterrupt):
            build(desk.root, desk.path("public"), now=NOW)
    assert desk.path(".alertgen/pending.json").exists()
    desk.delete("alerts/b.md")
    assert alertgen("build", cwd=desk.root).code == 0
    assert desk.path("published.json").read_text() == before
    assert not desk.path(".alertgen/pending.json").exists()


# --- an exchange in two steps that was cut short ------------------------------------------------------------------

AWAY = "an earlier build was stopped while public/ was away for a moment; the old site is back"


def stopped_between_two_steps(desk: SiteFolder) -> dict[str, bytes]:
    before = tree(desk.path("public"))
    desk.path("public").rename(desk.path(".public.alertgen/old"))
    return before


def test_the_old_site_is_back_although_there_is_nothing_new(desk: SiteFolder) -> None:
    desk.delete("alerts/b.md")
    before = stopped_between_two_steps(desk)
    ran = alertgen("build", cwd=desk.root)
    assert ran.code == 0
    assert AWAY in ran.out
    assert tree(desk.path("public")) == before


def test_the_old_site_is_back_although_the_texts_have_errors(desk: SiteFolder) -> None:
    desk.edit("alerts/b.md", "SD", "Suda")
    before = stopped_between_two_steps(desk)
    ran = alertgen("build", cwd=desk.root)
    assert ran.code == 1
    assert "the site in public/ is untouched" in ran.out
    assert tree(desk.path("public")) == before


def test_an_empty_folder_that_somebody_made_instead_is_not_in_the_way(desk: SiteFolder) -> None:
    desk.edit("alerts/b.md", "SD", "Suda")
    before = stopped_between_two_steps(desk)
    desk.path("public").mkdir()
    assert alertgen("build", cwd=desk.root).code == 1
    assert tree(desk.path("public")) == before


def test_a_folder_of_others_in_its_place_costs_nobody_the_old_site(desk: SiteFolder) -> None:
    before = stopped_between_two_steps(desk)
    desk.write("public/mine.txt", "mine")
    ran = alertgen("build", cwd=desk.root)
    assert ran.code == 2, ran.all
    assert desk.path("public/mine.txt").read_text() == "mine"
    assert tree(desk.path(".public.alertgen/old")) == before
