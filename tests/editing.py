"""Sites that are built, edited and built again, in every way that a build can go."""

import datetime
import shutil
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from alertgen import standstill
from alertgen.build import build
from alertgen.outcome import Report
from alertgen.processes.forked import ForkedCopy
from alertgen.revision import revise
from alertgen.stillness import unchanged
from conftest import NOON, SITE_YAML, SiteFolder
from copies import tree

ALERT = """\
---
title: Week {number}
date: 2026-01-{day:02}
country: [SD, SS]
risk_tags: [war-crimes]
summary: What happened in week {number}.
---

Word{number} in the lead. See [the other](../alerts/a1.md) and a note.[^1]

## North {{: country=SD level=current-crisis }}

{long} More of word{number}, and another note.[^2]

## South {{: country=SS }}

Less of word{number} in the south.

[^1]: A note on word{number}.
[^2]: Another note on word{number}.
"""
LONG = "This sentence stands at the beginning. " + "Then comes more than what a feed shows of it. " * 8


def begun(folder: SiteFolder, settings: str) -> SiteFolder:
    folder.write("site.yaml", f"{SITE_YAML}{settings}levels: r2p-monitor\n")
    for number in range(5):
        folder.write(f"alerts/a{number}.md", ALERT.format(number=number, day=7 + number, long=LONG))
    whole(folder)
    return folder


def whole(folder: SiteFolder) -> Report:
    time.sleep(0.06)
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok, report.problems
    return report


def stopped_before_it_is_published(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build *folder*, and be stopped when everything is made and noted."""

    def stopped(_out: object, _changes: object, making: Callable[..., object]) -> None:
        deque(making(lambda *_: None))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("alertgen.build.publish", stopped)
        with pytest.raises(KeyboardInterrupt):
            whole(folder)


def revised(folder: SiteFolder, *, strict: bool = False) -> Report | None:
    time.sleep(0.06)
    with ForkedCopy() as other:
        return revise(folder.root, folder.path("public"), now=NOON, strict=strict, other=other)


def titled(folder: SiteFolder) -> None:
    folder.edit("alerts/a2.md", "title: Week", 'title: The "new" week')


def added(folder: SiteFolder) -> None:
    text = folder.path("alerts/a4.md").read_text(encoding="utf-8")
    folder.write("alerts/a5.md", text.replace("2026-01-11", "2026-01-12").replace("ord4", "ord5"))


def built(root: Path, now: datetime.datetime = NOON) -> dict[str, bytes]:
    out = root / "public"
    report = revise(root, out, now=now, strict=False) or build(root, out, now=now)
    assert report.ok, report.problems
    return tree(root / "public")


def clean(root: Path, now: datetime.datetime = NOON) -> dict[str, bytes]:
    """Build a copy of the sources in a folder that nobody has built in; the ledger comes along."""
    fresh = root.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("public", ".public.alertgen", ".alertgen"))
    return built(fresh, now)


def rest(site: SiteFolder) -> None:
    """Let what was just written grow old enough to be known by its times, by the clock of the file system."""
    clock = site.path("clock")
    clock.write_bytes(b"")
    begun = clock.stat().st_ctime_ns
    while clock.stat().st_ctime_ns <= begun + standstill.RECENT:
        time.sleep(0.01)
        clock.write_bytes(b"")
    clock.unlink()


def nothing_to_do(root: Path, out: Path, *, now: datetime.datetime, strict: bool) -> Report | None:
    """Return the report of a build of *root* into *out* at *now* if it would change nothing."""
    note, _ = unchanged(str(root), str(out), now=now.timestamp(), strict=strict)
    return standstill.report_from(note["report"]) if note else None
