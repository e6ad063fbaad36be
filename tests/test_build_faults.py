"""Stopped at any system call, a whole `alertgen build` leaves one whole site, and a ledger that is true to it.

`test_write_faults.py` does the same to the writing alone, in more ways.
"""

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alertgen.build import build
from copies import tree
from stopping import TWO_STEPS, Point, need_strace, points_of, sampled, traced
from terminal import NOW

COUNTRIES = ("SD", "SS", "ET", "UA", "MM", "ML", "YE", "SY")
ALERT = """\
---
title: {title}
date: {date}
country: [{country}]
risk_tags: [war-crimes]
---

About {title}.

## North {{: country={country} level=current-crisis }}

More of it.
"""
ALONE = """
import os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from alertgen.cli import main
main()
"""
"""alertgen in one process, whose calls come in the same order each time."""
LEDGER = "published.json"
MOMENT = datetime.datetime.fromisoformat(NOW)


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    need_strace()


def write_alert(root: Path, number: int, *, more: str = "") -> None:
    day = datetime.date(2025, 12, 31) + datetime.timedelta(weeks=number)
    text = ALERT.format(title=f"Week {number}", date=day, country=COUNTRIES[number % len(COUNTRIES)])
    file = root / f"alerts/a{number}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + more, encoding="utf-8")


def rehearsed(root: Path) -> None:
    report = build(root, root / "public", now=MOMENT)
    assert report.ok, report.problems


class Desk:
    """A site in a first edition, to be stopped on its way to the second."""

    def __init__(self, folder: Path, *, first: bool, options: tuple[str, ...] = ()) -> None:
        self.root, self.kept, self.log, self.options = folder / "site", folder / "kept", folder / "log", options
        self.kept.mkdir()
        (self.kept / "site.yaml").write_text(
            "title: Test Alert\nbase_url: https://example.org/\nsearch: false\nlevels: r2p-monitor\n", encoding="utf-8"
        )
        for number in range(44):
            write_alert(self.kept, number)
        if not first:
            rehearsed(self.kept)
            (self.kept / "public/CNAME").write_text("example.org\n")
            write_alert(self.kept, 3, more="\nAnd more.\n")
            write_alert(self.kept, 45)
            old, new = self.kept / "alerts/a5.md", self.kept / "alerts/b5.md"
            new.write_text(old.read_text().replace("title:", "aliases: [/alerts/2026/a5/]\ntitle:"), encoding="utf-8")
            old.unlink()
        self.fresh()
        self.old = self.state()
        ran = self.run()
        assert ran.returncode == 0, ran.stdout + ran.stderr
        self.points = points_of(self.log)
        self.new = self.state()
        assert self.new != self.old

    def fresh(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "-a", self.kept, self.root], check=True)  # hard links and times as well

    def state(self) -> tuple[dict[str, bytes], bytes]:
        ledger = self.root / LEDGER
        return tree(self.root / "public"), ledger.read_bytes() if ledger.exists() else b""

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", ALONE, "build", "--site", self.root, "--now", NOW]
        return traced(program, self.log, *options, *self.options)

    def stopped(self, point: Point, how: str) -> None:
        """Stop at *point*; the site is whole, the ledger is never ahead of it, and the next build mends all."""
        self.fresh()
        ran = self.run(*point.options(how))
        told = f"{point} {how}: {ran.returncode} {ran.stdout}{ran.stderr}"
        site, ledger = self.state()
        gap = [{}] if self.options and how == "signal=KILL" else []  # in two steps, there is a moment without a site
        assert site in [self.old[0], self.new[0], *gap], told
        assert ledger in (self.old[1], self.new[1]), told
        assert ledger == self.old[1] or site == self.new[0], told
        if how.startswith("error"):
            assert ran.returncode in (0, 3), told
            assert "Traceback" not in ran.stderr, told
            assert ran.returncode == 3 or (site, ledger) == self.new, told
            assert ran.returncode == 0 or "alertgen: " in ran.stderr, told
            assert ("untouched" in ran.stderr) <= (site == self.old[0]), told
        rehearsed(self.root)
        assert self.state() == self.new, told


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("edited"), first=False)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("begun"), first=True)


@pytest.fixture(scope="module")
def in_two_steps(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("two"), first=False, options=TWO_STEPS)


def test_there_is_something_to_stop_at(edited: Desk) -> None:
    kinds = {point.call for point in edited.points}
    assert {
        "write",
        "pwrite64",
        "fsync",
        "rename",
        "renameat2",
        "linkat",
        "unlink",
        "mkdir",
        "rmdir",
        "openat",
    } <= kinds
    assert sum(path.endswith("index.html") for path in edited.new[0]) >= 60
    assert len(edited.points) > 300


@pytest.mark.parametrize(
    ("how", "which"),
    [("signal=KILL", slice(None)), ("error=ENOSPC", slice(0, None, 2)), ("error=EIO", slice(1, None, 2))],
)
def test_an_edit_that_is_stopped_leaves_a_whole_site_and_a_true_ledger(edited: Desk, how: str, which: slice) -> None:
    for point in sampled(edited.points, 10)[which]:
        edited.stopped(point, how)


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC", "error=EIO", "error=EROFS"])
def test_an_edit_may_be_stopped_anywhere(edited: Desk, how: str) -> None:
    for point in edited.points:
        edited.stopped(point, how)


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_a_first_build_may_be_stopped_anywhere(begun: Desk, how: str) -> None:
    for point in begun.points:
        begun.stopped(point, how)


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_in_two_steps_an_edit_may_be_stopped_anywhere(in_two_steps: Desk, how: str) -> None:
    for point in in_two_steps.points:
        if point.call != "renameat2":
            in_two_steps.stopped(point, how)
