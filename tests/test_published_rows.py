"""Rows of the open data that are published are copied, wherever that is certain, and the file is the same."""

from collections.abc import Callable

import pytest

from alertgen.json_text import Standing, respelled, row_of
from alertgen.lengthy import Lengthy
from alertgen.plan.exports import DataRow
from alertgen.render import batches
from conftest import SITE_YAML, SiteFolder
from copies import tree
from editing import added, begun, clean, titled, whole

DATA = "data/alerts.json"
DRAFT = "---\ntitle: First\ndate: 2026-11-18\ndraft: true\n---\nText.\n"


@pytest.fixture
def here(site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    monkeypatch.setattr(batches, "_LONG", 2)
    return begun(site(), "search: false\n")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of all rows that are made."""
    titles: list[str] = []
    usual = DataRow.made
    monkeypatch.setattr(DataRow, "made", lambda row: titles.append(row.alert.title) or usual(row))
    return titles


def moved(folder: SiteFolder) -> None:
    folder.edit("alerts/a0.md", "date: 2026-01-07", "date: 2026-01-10")


@pytest.mark.parametrize(
    ("edit", "titles"), [(titled, ["The \u201cnew\u201d week 2"]), (moved, ["Week 0"]), (added, ["Week 4"])]
)
def test_only_other_rows_are_spelled(here: SiteFolder, made: list[str], edit, titles: list[str]) -> None:
    edit(here)
    whole(here)
    assert made == titles
    assert tree(here.path("public")) == clean(here.root)


@pytest.mark.parametrize("damage", ["another letter", "forgotten"])
def test_where_it_is_not_certain_all_rows_are_spelled(here: SiteFolder, made: list[str], damage: str) -> None:
    file = here.path("public") / DATA
    content = file.read_bytes()
    if damage == "forgotten":
        here.path(".alertgen/memory.db").unlink()
    else:
        file.write_bytes(content.replace(b"Week 1", b"Weak 1"))
    titled(here)
    whole(here)
    assert len(made) == 5
    assert tree(here.path("public")) == clean(here.root)


def test_a_row_that_stands_in_a_file_says_what_it_said(here: SiteFolder) -> None:
    file = here.path("public") / DATA
    content = file.read_bytes()
    start = content.index(b'\n  {\n   "id"') + 3
    row = Standing(Lengthy(file), start, content.index(b"\n  }", start) + 4)
    assert respelled(row.made()) == row.text.encode() == content[row.start : row.end]
    with pytest.raises(ValueError, match="not an object"):
        row_of("1")


def test_every_place_of_something_is_found_wherever_pieces_end(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    content = b"ab-abab--ba-ab" * 9
    file.write_bytes(content)
    for piece in range(1, 9):
        monkeypatch.setattr("alertgen.lengthy._PIECE", piece)
        places = [place for place in range(len(content)) if content.startswith(b"-ab", place)]
        assert list(Lengthy(file).every(b"-ab")) == places
        assert [place for place, byte in enumerate(content) if byte == ord("-")] == list(Lengthy(file).every(b"-"))


def test_the_first_alert_of_a_bulletin_has_no_rows_beside_it(site: Callable[..., SiteFolder]) -> None:
    """The open data of a bulletin that has drafts alone hold no alert."""
    folder = site(f"-- site.yaml --\n{SITE_YAML}search: false\n-- alerts/a.md --\n{DRAFT}")
    whole(folder)
    folder.edit("alerts/a.md", "draft: true", "country: SD")
    whole(folder)
    assert tree(folder.path("public")) == clean(folder.root)
