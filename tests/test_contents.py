"""What a process reads again of files that it knows already, and that it never takes a changed file for the same."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from alertgen.diagnostics import Diagnostic
from alertgen.load.disk.contents import Content, Contents, contents_of
from alertgen.load.disk.files import Listing, list_folder
from alertgen.standstill import RECENT
from alertgen.store import Store
from conftest import SiteFolder

PATH = "alerts/a.md"


@pytest.fixture
def here(site: Callable[..., SiteFolder]) -> SiteFolder:
    folder = site()
    folder.write(PATH, "First.")
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that were opened."""
    paths: list[str] = []
    really = os.open

    def noted(path: str | Path, *rest: int) -> int:
        paths.append(Path(path).name)
        return really(path, *rest)

    monkeypatch.setattr(os, "open", noted)
    return paths


def read(folder: SiteFolder, store: Store, moment: int) -> bytes | Diagnostic:
    listing = list_folder(folder.root, "alerts")
    ((path, found),) = Contents(store, moment).of(folder.root, listing)
    assert path == PATH
    return found.content if isinstance(found, Content) else found


def later(folder: SiteFolder, more: int = RECENT + 1) -> int:
    """A moment so long after the file has changed."""
    return folder.path(PATH).stat().st_ctime_ns + more


def test_a_file_that_has_rested_is_read_once(here: SiteFolder, opened: list[str]) -> None:
    with Store(None, lively=True) as store:
        assert [read(here, store, later(here)) for _ in range(3)] == [b"First."] * 3
    assert opened == ["a.md"]


def test_a_file_that_changed_a_moment_before_is_read_again(here: SiteFolder, opened: list[str]) -> None:
    with Store(None, lively=True) as store:
        for _ in range(2):
            read(here, store, later(here, RECENT))
    assert opened == ["a.md", "a.md"]


@pytest.mark.parametrize("text", ["Second", "Other.", "A longer text."])
def test_no_change_is_missed_even_if_it_has_the_size_and_the_time_of_before(here: SiteFolder, text: str) -> None:
    with Store(None, lively=True) as store:
        before = here.path(PATH).stat()
        assert read(here, store, later(here)) == b"First."
        here.write(PATH, text)
        os.utime(here.path(PATH), ns=(before.st_atime_ns, before.st_mtime_ns))
        assert read(here, store, later(here)) == text.encode()
        here.path("alerts/new").write_bytes(b"Third.")
        here.path("alerts/new").replace(here.path(PATH))
        assert read(here, store, later(here)) == b"Third."


def test_an_ordinary_store_keeps_nothing(here: SiteFolder, opened: list[str]) -> None:
    with Store(None) as store:
        contents = contents_of(here.root, store)
        for _ in range(2):
            list(contents.of(here.root, list_folder(here.root, "alerts")))
    assert opened == ["a.md", "a.md"]
    assert not here.path(".alertgen").exists()


def test_without_a_clock_every_file_is_read(here: SiteFolder, opened: list[str]) -> None:
    here.path(".alertgen").write_bytes(b"in the way")
    with Store(None, lively=True) as store:
        for _ in range(2):
            list(contents_of(here.root, store).of(here.root, list_folder(here.root, "alerts")))
    assert opened == ["a.md", "a.md"]


def test_a_link_inside_the_site_is_always_followed_anew(here: SiteFolder) -> None:
    here.write("elsewhere.md", "There.")
    here.path(PATH).unlink()
    here.path(PATH).symlink_to(here.path("elsewhere.md"))
    with Store(None, lively=True) as store:
        moment = later(here, 10 * RECENT)
        assert read(here, store, moment) == b"There."
        here.write("elsewhere.md", "Where?")
        assert read(here, store, moment) == b"Where?"


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "nothing"])
def test_what_was_listed_as_a_file_and_is_none_now_is_not_read(here: SiteFolder, tmp_path: Path, kind: str) -> None:
    (tmp_path / "secret").write_bytes(b"Secret.")
    listing = list_folder(here.root, "alerts")
    file = here.path(PATH)
    file.unlink()
    if kind == "link":
        file.symlink_to(tmp_path / "secret")
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    ((_, found),) = Contents().of(here.root, listing)
    assert isinstance(found, Diagnostic)
    assert found.code == "unreadable-file"


def test_files_behind_a_folder_that_is_a_link_are_refused(here: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.md").write_bytes(b"Secret.")
    here.path("pages").symlink_to(tmp_path / "outside")
    listing = list_folder(here.root, "pages")
    assert listing == Listing(paths=("pages/a.md",))
    ((_, found),) = Contents().of(here.root, listing)
    assert isinstance(found, Diagnostic)
    assert found.code == "refused-path"
