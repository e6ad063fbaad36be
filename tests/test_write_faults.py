"""Stopped at any system call, by an error or for good, a build leaves the old site or the new one.

Debian's strace does the stopping: it makes the n-th call of a kind fail, or kills the process there.
"""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alertgen.write import MachineError, lock
from alertgen.write.trouble import choose_another, in_words
from alertgen.write.verify import verify
from copies import bulletin, published, tree
from stopping import TWO_STEPS, Point, in_memory, need_strace, points_of, sampled, traced

PAGES = 60
SCRIPT = Path(__file__).with_name("copies.py")


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    need_strace()


def publishing(out: Path, edition: int, log: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Publish *edition* into *out* under strace."""
    return traced([sys.executable, SCRIPT, out, str(PAGES), str(edition)], log, *options)


class Scenario:
    """A site in a first edition, to be stopped on its way to the second."""

    def __init__(self, folder: Path, start: int | None, *options: str) -> None:
        self.folder = folder
        self.start = start
        self.options = options
        self.out = folder / "public"
        self.fresh()
        self.old = tree(self.out)
        log = folder / "calls"
        run = publishing(self.out, 1, log, *options)
        assert run.returncode == 0, run.stdout + run.stderr
        self.new = tree(self.out)
        assert self.new != self.old
        self.points = points_of(log)

    def fresh(self) -> None:
        for name in ("public", ".public.alertgen"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        if self.start is not None:
            published(self.out, bulletin(PAGES, self.start))
            (self.out / "CNAME").write_text("example.org\n")

    def stopped(self, point: Point, how: str) -> None:
        """Stop at *point* and demand that the site is whole, and that the next build ends in the new one."""
        self.fresh()
        run = publishing(self.out, 1, self.folder / "log", *point.options(how), *self.options)
        told = f"{point} {how}: {run.returncode} {run.stdout}{run.stderr}"
        found = tree(self.out)
        whole = [self.old, self.new]
        if self.options and how == "signal=KILL":
            whole.append({})  # in two steps, there is a moment without a site
        assert found in whole, told
        if how.startswith("error"):
            assert run.returncode in (0, 3), told
            assert "Traceback" not in run.stderr, told
            assert run.returncode == 0 or run.stdout.startswith(("Cannot", "I will not")), told
            assert run.returncode == 3 or found == self.new, told
            if run.returncode == 3:
                assert ("new site is in place" in run.stdout) == (found == self.new != self.old), told
        published(self.out, bulletin(PAGES, 1))
        assert tree(self.out) == self.new, told
        assert {difference.path for difference in verify(self.out)} <= {"CNAME"}, told
        if (self.folder / ".public.alertgen/new").exists():  # the next build that has work to do removes it
            published(self.out, bulletin(PAGES, 2))
            assert not (self.folder / ".public.alertgen/new").exists(), told


@pytest.fixture(scope="module")
def edited() -> Iterator[Scenario]:
    with in_memory() as folder:
        yield Scenario(folder, 0)


@pytest.fixture(scope="module")
def first() -> Iterator[Scenario]:
    with in_memory() as folder:
        yield Scenario(folder, None)


@pytest.fixture(scope="module")
def in_two_steps() -> Iterator[Scenario]:
    with in_memory() as folder:
        yield Scenario(folder, 0, *TWO_STEPS)


def test_there_is_something_to_stop_at(edited: Scenario, first: Scenario) -> None:
    kinds = {point.call for point in edited.points}
    assert {"write", "fsync", "rename", "renameat2", "linkat", "unlink", "mkdir", "rmdir", "openat"} <= kinds
    assert len(edited.points) > 60
    assert len(first.points) > 250


@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC"])
def test_an_edit_that_is_stopped_leaves_a_whole_site(edited: Scenario, how: str) -> None:
    for point in sampled(edited.points, 25):
        edited.stopped(point, how)


@pytest.mark.parametrize("how", ["signal=KILL", "error=EIO"])
def test_a_first_build_that_is_stopped_leaves_nothing_or_a_whole_site(first: Scenario, how: str) -> None:
    for point in sampled(first.points, 20):
        first.stopped(point, how)


def test_in_two_steps_a_killed_build_is_mended_by_the_next(in_two_steps: Scenario) -> None:
    renames = [point for point in in_two_steps.points if point.call == "rename"]
    for point in renames[-4:]:
        in_two_steps.stopped(point, "signal=KILL")
        in_two_steps.stopped(point, "error=EIO")


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_in_two_steps_an_edit_may_be_stopped_anywhere(in_two_steps: Scenario, how: str) -> None:
    for point in in_two_steps.points:
        if point.call != "renameat2":
            in_two_steps.stopped(point, how)


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC", "error=EIO", "error=EROFS", "error=EACCES"])
def test_an_edit_may_be_stopped_anywhere(edited: Scenario, how: str) -> None:
    for point in edited.points:
        edited.stopped(point, how)


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_a_first_build_may_be_stopped_anywhere(first: Scenario, how: str) -> None:
    for point in first.points:
        first.stopped(point, how)


@pytest.mark.parametrize(
    ("refused", "hint"), [("site/.alertgen", "Ask whoever owns it"), ("out", "Name another folder after --out")]
)
def test_another_output_folder_is_asked_for_only_where_it_is_the_one_that_cannot_be_written(
    tmp_path: Path, refused: str, hint: str
) -> None:
    """Both may lie in one folder."""
    where = str(tmp_path / refused)
    with pytest.raises(MachineError) as caught, in_words("Cannot begin the build"):
        raise PermissionError(errno.EACCES, "Permission denied", where)
    choose_another(caught.value, tmp_path / "out", tmp_path / "site")
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("allowed", "hint"),
    [
        (True, "Remove the folder {} or give it another name, as it holds"),
        (False, "Ask whoever owns it"),
    ],
)
def test_nobody_is_told_to_remove_a_folder_from_one_that_cannot_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool, hint: str
) -> None:
    monkeypatch.setattr("os.access", lambda folder, mode: allowed and (folder, mode) == (tmp_path, os.W_OK))
    with pytest.raises(MachineError) as caught, in_words("Cannot begin the build"):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / ".alertgen/lock"))
    assert caught.value.hint.startswith(hint.format(tmp_path / ".alertgen"))


def test_a_file_where_alertgen_keeps_its_own_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".alertgen").write_text("")
    with pytest.raises(MachineError, match=r"something else has that name \(.*\.alertgen\)") as caught, lock(tmp_path):
        pass
    assert caught.value.hint == "Rename or remove it, then run the command again."
