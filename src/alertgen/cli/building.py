"""`alertgen build` and `alertgen check`."""

import time
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from alertgen import OUTPUT
from alertgen.cli.bar import shown_on
from alertgen.cli.carrying import Order, carried_out
from alertgen.cli.options import now_option, present, site_option
from alertgen.cli.streams import complain
from alertgen.cli.telling import FORMATS, tell
from alertgen.cli.usage import WrongUseError
from alertgen.diagnostics import sorted_by_place
from alertgen.outcome import Report
from alertgen.progress import Progress
from alertgen.records import replace
from alertgen.stillness import unchanged

strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print nothing but problems.")
format_option = click.option(
    "--format", type=click.Choice(FORMATS), default="text", show_default=True,
    help="How to report: for people, for programs (json, sarif), or as remarks on a pull request (github).",
)  # fmt: skip


@click.command("build")
@site_option
@click.option("--profile", is_flag=True, help="Report how long each stage took.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Output folder.  [default: public/ in the site; with --now rehearsal/]",
)
@click.option(
    "--manifest", type=click.Path(path_type=Path, dir_okay=False),
    help="Write a list of all files, with size and checksum (SHA-256), into this file; see verify.",
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

    If there is an error, nothing is written. All errors are listed, each with its line and what to do.

    With --now it only rehearses: the site of that moment is written to rehearsal/, for you to look at. public/ and
    published.json stay as they are.
    """
    started = time.perf_counter()
    rehearsal = _is_rehearsal(now)
    if rehearsal and out and out.resolve() == site / OUTPUT:
        hint = "leave --out out, or name another folder: public/ is what readers see"
        raise WrongUseError("a rehearsal does not go to public/", hint)
    target = (out or site / ("rehearsal" if rehearsal else OUTPUT)).absolute()
    look = not rehearsal
    note, seen = unchanged(str(site), str(target), now=now.timestamp(), strict=strict) if look else (None, None)
    order = Order(
        site=site, out=target, now=now, strict=strict, quiet=quiet, rehearsal=rehearsal, format=format, profile=profile,
        manifest=manifest,
    )  # fmt: skip
    return carried_out(order, started, note, seen)


def _is_rehearsal(now: datetime) -> bool:
    """Tell whether *now* was typed and is not the present, which SOURCE_DATE_EPOCH may name."""
    source = click.get_current_context().get_parameter_source("now")
    return source is ParameterSource.COMMANDLINE and now != present()


@click.command("check")
@site_option
@click.option(
    "--external", is_flag=True, help="Check links to other sites, too. This asks those sites, and takes a while."
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
