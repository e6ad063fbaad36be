"""Texts whose files are as they were are not read, and never is a changed one taken for the same."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import alertgen.load.disk.contents as contents
from alertgen.load.disk import files
from alertgen.load.documents import customs_of
from alertgen.load.remembered.noted import _key, note, noted
from alertgen.load.site import Loaded
from alertgen.model import Config
from alertgen.standstill import DATED
from alertgen.store import Store
from conftest import SITE_YAML, SiteFolder

pytestmark = pytest.mark.skipif(not DATED, reason="files do not say when they last changed")

TEXT = "---\ntitle: {}\ndate: 2026-01-0{}\ncountry: SD\n---\nText {}.\n"
PATHS = ["a1.md", "a2.md", "about.md"]


@pytest.fixture
def here(site: Callable[..., SiteFolder], tmp_path: Path) -> Iterator[SiteFolder]:
    folder = site()
    for number in (1, 2):
        folder.write(f"alerts/a{number}.md", TEXT.format(f"Alert {number}", number, number))
    folder.write("pages/about.md", "---\ntitle: About\n---\nWe.\n")
    with Store(tmp_path / "site/.alertgen/memory.db") as store:
        yield replace(folder, memory=store)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every load believe that it happens a second later than it does: all files have rested."""
    monkeypatch.setattr(contents, "moment_of", lambda _: time.time_ns() + 10**9)
    monkeypatch.setattr(contents, "time", type("Clock", (), {"time_ns": staticmethod(lambda: time.time_ns() + 10**9)}))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the texts that were opened."""
    names: list[str] = []
    really = os.open

    def spied(path: str | Path, *rest: int) -> int:
        names.extend([Path(path).name] if str(path).endswith(".md") else [])
        return really(path, *rest)

    monkeypatch.setattr(os, "open", spied)
    return names


def again(folder: SiteFolder, opened: list[str]) -> list[str]:
    """Load, and see that it is the same as without a memory; return what was opened for that."""
    opened.clear()
    loaded = folder.load()
    names = sorted(opened)
    assert said(loaded) == said(replace(folder, memory=Store(None)).load())
    return names


def said(loaded: Loaded) -> tuple[object, ...]:
    return loaded.site, loaded.problems, loaded.held, loaded.keys


def test_what_has_not_changed_is_not_read(here: SiteFolder, opened: list[str]) -> None:
    assert again(here, opened) == PATHS
    assert again(here, opened) == []
    here.write("alerts/a3.md", TEXT.format("Alert 3", 3, 3))
    here.delete("alerts/a2.md")
    assert again(here, opened) == ["a3.md"]
    assert again(here, opened) == []


def test_what_had_changed_a_moment_before_is_read_again(here: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    here.load()
    time.sleep(0.1)
    here.edit("alerts/a1.md", "Text 1", "Text one")
    changed = here.path("alerts/a1.md").stat().st_ctime_ns
    monkeypatch.setattr(contents, "moment_of", lambda _: changed)  # however long a busy machine takes to get there
    here.load()
    stored = noted(customs_of(site_config(here)), here.memory)
    assert sorted(stored) == ["alerts/a2.md", "pages/about.md"]


def site_config(folder: SiteFolder) -> Config:
    site = folder.load().site
    assert site
    return site.config


@pytest.mark.parametrize("text", ["Text 7.", "Many words."])
def test_no_change_is_missed_even_if_it_has_the_size_and_the_time_of_before(
    here: SiteFolder, opened: list[str], text: str
) -> None:
    again(here, opened)
    before = here.path("alerts/a1.md").stat()
    here.edit("alerts/a1.md", "Text 1.", text)
    os.utime(here.path("alerts/a1.md"), ns=(before.st_atime_ns, before.st_mtime_ns))
    assert again(here, opened) == ["a1.md"]
    here.move("alerts/a2.md", "alerts/kept")
    here.move("alerts/a1.md", "alerts/a2.md")
    here.move("alerts/kept", "alerts/a1.md")
    assert again(here, opened) == ["a1.md", "a2.md"]


def test_a_link_is_followed_each_time(here: SiteFolder, opened: list[str]) -> None:
    here.move("alerts/a1.md", "texts.md")
    here.path("alerts/a1.md").symlink_to("../texts.md")
    here.load()
    here.edit("texts.md", "Text 1", "Text one")
    site = here.load().site
    assert site
    assert {alert.summary for alert in site.alerts} == {"Text one.", "Text 2."}


def test_texts_that_have_come_to_lie_behind_a_link_are_looked_at(here: SiteFolder, opened: list[str]) -> None:
    again(here, opened)
    here.move("alerts", "../outside")
    here.path("alerts").symlink_to("../outside")
    again(here, opened)
    assert {found.code for found in here.load().problems} == {"refused-path"}


def test_where_names_must_not_be_published_every_text_is_read(here: SiteFolder, opened: list[str]) -> None:
    again(here, opened)
    here.write("do-not-publish.txt", "Text 1\n")
    assert again(here, opened) == PATHS
    assert [found.code for found in here.load().problems] == ["do-not-publish"]
    here.delete("do-not-publish.txt")
    assert again(here, opened) == ["a1.md"], "nothing was noted of the text in which it stood"


def test_other_customs_begin_anew(here: SiteFolder, opened: list[str]) -> None:
    again(here, opened)
    here.write("site.yaml", SITE_YAML + "languages: [en, fr]\n")
    assert again(here, opened) == PATHS
    assert again(here, opened) == []


def test_what_is_not_remembered_any_more_is_read(here: SiteFolder, opened: list[str]) -> None:
    again(here, opened)
    keys = here.load().keys
    here.memory.keep_only({*here.memory._asked} - {keys["alerts/a1.md"]})
    assert again(here, opened) == ["a1.md"]
    here.memory.put(keys["alerts/a2.md"], b"damaged")
    assert again(here, opened) == ["a2.md"]
    assert again(here, opened) == []


@pytest.mark.parametrize("damage", ["forgotten", "damaged"])
@pytest.mark.parametrize("change", ["edited", "gone"])
def test_what_changes_right_after_it_was_looked_at_is_not_kept(
    here: SiteFolder, opened: list[str], monkeypatch: pytest.MonkeyPatch, damage: str, change: str
) -> None:
    again(here, opened)
    keys = here.load().keys
    kept = {*here.memory._asked}
    if damage == "forgotten":
        here.memory.keep_only(kept - {keys["alerts/a1.md"]})
    else:
        here.memory.put(keys["alerts/a1.md"], b"damaged")
    really = files.read_listed

    def just_now(root: Path, path: str, *rest: int) -> object:
        here.edit(path, "Text 1", "Text one") if change == "edited" else here.delete(path)
        return really(root, path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(files, "read_listed", just_now)
        loaded = here.load()
    assert loaded.site
    summaries = {alert.summary for alert in loaded.site.alerts}
    assert summaries == ({"Text one.", "Text 2."} if change == "edited" else {"Text 2."})
    assert [found.code for found in loaded.problems] == ([] if change == "edited" else ["empty-file"])
    here.write("alerts/a1.md", TEXT.format("Alert 1", 1, 1))
    assert again(here, opened) == ["a1.md"], "what is remembered for its bytes is what they say"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"alerts/a1.md": 1}', b'{"alerts/a1.md": []}', b"\xff", b'{"x": ["a"]}']
)
def test_strange_notes_are_no_trouble(here: SiteFolder, opened: list[str], content: bytes) -> None:
    again(here, opened)
    here.memory.put(_key(customs_of(site_config(here))), content)
    assert again(here, opened) == PATHS
    assert again(here, opened) == []


def test_nothing_is_noted_where_contents_are_kept_alive(here: SiteFolder) -> None:
    with Store(here.memory.file, lively=True) as store:
        folder = replace(here, memory=store)
        customs = customs_of(site_config(folder))
        note((), {"a": ("", ())}, customs, store, ())
        assert store.get(_key(customs)) is None
        assert noted(customs, store) == {}
