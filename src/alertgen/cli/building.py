"""`alertgen build` and `alertgen check`."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from alertgen.cli.bar import shown_on
from alertgen.cli.clock import profiled
from alertgen.cli.options import now_option, present, short, site_option
from alertgen.cli.streams import complain
from alertgen.cli.telling import FORMATS, tell
from alertgen.cli.usage import WrongUseError
from alertgen.diagnostics import sorted_by_place
from alertgen.outcome import Report, untouched
from alertgen.progress import Progress
from alertgen.standstill import nothing_to_do

COLLECTED = (20_000, 10, 100_000)
"""How often Python looks for garbage: often among what is new, hardly ever among the archive, which stays."""
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print problems and nothing else.")
format_option = click.option(
    "--format", type=click.Choice(FORMATS), default="text", show_default=True,
    help="How to report: for people, for programs (json, sarif), or as remarks on a pull request (github).",
)  # fmt: skip


@click.command("build")
@site_option
@click.option("--profile", is_flag=True, help="Say afterwards how long each stage took.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Output folder.  [default: public/ in the site; with --now rehearsal/]",
)
@click.option(
    "--manifest", type=click.Path(path_type=Path, dir_okay=False),
    help="Write a list of all files of the site, with size and SHA-256, into this file (see verify).",
)  # fmt: skip
@now_option
@strict_option
@format_option
@quiet_option
def build_command(
    site: Path,
    profile: bool,
    out: Path | None,
    manifest: Path | None,
    now: datetime,
    strict: bool,
    format: str,
    quiet: bool,
) -> int:
    """Check everything, then write public/.

    If anything is wrong, nothing is written, and all that is wrong is told with its line.

    With --now it only rehearses: the site of that moment is written to rehearsal/, to be looked at; public/ and
    published.json stay as they are.
    """
    started = time.perf_counter()
    rehearsal = _is_rehearsal(now)
    if rehearsal and out and out.resolve() == site / "public":
        hint = "leave --out out, or name another folder: public/ is what readers see"
        raise WrongUseError("a rehearsal does not go to public/", hint)
    target = (out or site / ("rehearsal" if rehearsal else "public")).absolute()
    shown_target = short(target) + os.sep
    report = None if rehearsal else nothing_to_do(site, target, now=now, strict=strict)
    if report is None:
        from alertgen.leftovers import mended  # here, since it brings much along
        from alertgen.revision import revise

        gc.set_threshold(*COLLECTED)

        with telling_of(target, shown_target):
            found = mended(site, target)
            with shown_on(quiet=quiet or format != "text") as shown, profiled(shown, wanted=profile) as progress:
                report = None if rehearsal else revise(site, target, now=now, strict=strict, progress=progress)
                if report is None:
                    from alertgen.build import build  # and this brings everything

                    report = build(site, target, now=now, strict=strict, rehearsal=rehearsal, progress=progress)
            report = replace(report, mended=(*found, *report.mended))
    if manifest and report.ok:
        from alertgen.write.listing import write_listing  # here, since it is seldom asked for

        write_listing(target, manifest)
    seconds = time.perf_counter() - started
    return tell(report, format, site, shown_target, seconds, quiet=quiet, there=_is_there(target))


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


def _is_rehearsal(now: datetime) -> bool:
    """Tell whether *now* was typed and is not the present, which SOURCE_DATE_EPOCH may name."""
    source = click.get_current_context().get_parameter_source("now")
    return source is ParameterSource.COMMANDLINE and now != present()


@click.command("check")
@site_option
@click.option(
    "--external", is_flag=True, help="Look at the links to other sites, too. This asks those sites; it takes a while."
)
@now_option
@strict_option
@format_option
@quiet_option
def check_command(site: Path, external: bool, now: datetime, strict: bool, format: str, quiet: bool) -> int:
    """Do all that build does, but write nothing."""
    from alertgen.build import check

    started = time.perf_counter()
    with shown_on(quiet=quiet or format != "text") as progress:
        report = check(site, now=now, strict=strict, progress=progress)
        if external:
            report = _with_outside(report, site, now, progress)
    return tell(report, format, site, "", time.perf_counter() - started, quiet=quiet)


def _with_outside(report: Report, site: Path, now: datetime, progress: Progress) -> Report:
    """Look at the links to other sites, unless there are errors to be mended first. What is found is never an error."""
    from alertgen.external import look_outside

    if not report.ok:
        complain("the links to other sites were not looked at", "mend the errors first")
        return report
    found = look_outside(site, now=now, today=present(), progress=progress)
    return replace(report, problems=sorted_by_place((*report.problems, *found.problems)), outside=found.counts)
