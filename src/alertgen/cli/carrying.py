"""Carrying out `alertgen build`, however it was typed."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alertgen.cli.bar import shown_on
from alertgen.cli.clock import profiled
from alertgen.cli.here import short
from alertgen.cli.telling import tell
from alertgen.outcome import Report, untouched
from alertgen.records import dataclass, replace
from alertgen.standstill import report_from

if TYPE_CHECKING:
    from alertgen.stillness import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, and how it is to be told."""

    site: Path
    out: Path
    now: datetime
    strict: bool
    quiet: bool
    rehearsal: bool = False
    format: str = "text"
    profile: bool = False
    manifest: Path | None = None


def carried_out(order: Order, started: float, note: dict[str, Any] | None, seen: Seen | None) -> int:
    """Do what *order* says, tell about it, and return the exit code.

    There is a *note* if nothing has changed since the last build; *seen* is what was found when that was looked at.
    """
    target = short(str(order.out)) + os.sep
    if note:
        report = report_from(note["report"])
    else:
        with telling_of(order.out, target):
            report = _built_there(order, seen)
    if order.manifest and report.ok:
        from alertgen.write.listing import write_listing  # here, since it is seldom asked for

        write_listing(order.out, order.manifest)
    seconds = time.perf_counter() - started
    there = _is_there(order.out)
    return tell(report, order.format, order.site, target, seconds, quiet=order.quiet, there=there)


@contextmanager
def telling_of(target: Path, shown: str) -> Iterator[None]:
    """Have whatever ends the work within say how the site in *target*, called *shown*, stands."""
    try:
        yield
    except BaseException as error:
        whole = f"The site in {shown} is whole: the one that was there, or the new one."
        error.add_note(whole if _is_there(target) else untouched(shown, there=False))
        raise


def _is_there(target: Path) -> bool:
    """Tell whether there is anything in *target*, or nobody can look into it."""
    try:
        return any(target.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _built_there(order: Order, seen: Seen | None) -> Report:
    from alertgen.write.trouble import MachineError, choose_another  # here, since without work there is no trouble

    try:
        return _built(order, seen)
    except MachineError as error:
        choose_another(error, order.out, order.site)
        raise


def _built(order: Order, seen: Seen | None) -> Report:
    gc.disable()  # as long as only a few words are different, see `cli.main`
    from alertgen.cli.leftovers import mended
    from alertgen.processes.forked import ForkedCopy  # here and below, since it brings much along
    from alertgen.revision import revise
    from alertgen.revision.remaking import make_ready

    with (
        ForkedCopy() as other,
        shown_on(quiet=order.quiet or order.format != "text") as shown,
        profiled(shown, wanted=order.profile) as progress,
    ):
        if seen and not order.rehearsal:
            other.begin(make_ready)
        found = mended(order.site, order.out, rehearsal=order.rehearsal)
        report = None
        if not order.rehearsal:
            report = revise(
                order.site, order.out, now=order.now, strict=order.strict, seen=seen, progress=progress, other=other
            )
        if report is None:
            from alertgen.build import build  # and this brings everything
            from alertgen.processes.room import SELDOM

            gc.set_threshold(*SELDOM)
            gc.enable()
            report = build(
                order.site, order.out, now=order.now, strict=order.strict, rehearsal=order.rehearsal, progress=progress,
                seen=None if order.rehearsal else seen, other=other,
            )  # fmt: skip
    return replace(report, mended=(*found, *report.mended))
