"""The command line: arguments, printing and exit codes. The only module that prints.

Exit codes: 0 ok, 1 the content has errors, 2 wrong usage or `site.yaml`, 3 the machine (lock held, disk full, no
permission), 70 a bug in alertgen, 130 interrupted. Only a bug shows a traceback.
"""

import os
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from alertgen import __version__
from alertgen.build import SITE_FILE, Report, build, check
from alertgen.report import format_problem
from alertgen.summary import closing_lines
from alertgen.write import MachineError

OK, CONTENT, USAGE, MACHINE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130



def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run alertgen with *arguments* (those of the process when None) and exit with its code."""
    _make_streams_safe()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run alertgen with *arguments* and return its exit code."""
    try:
        code = commands.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except MachineError as error:
        _complain(error.message, error.hint)
        return USAGE if error.usage else MACHINE
    except (KeyboardInterrupt, click.Abort):
        _complain("stopped; the site in public/ is untouched")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the report has gone; there is nobody left to tell
        return OK
    except Exception:  # noqa: BLE001 - the last net: whatever falls through is a bug, and is told as one
        traceback.print_exc()
        _complain("this is a bug in alertgen; nothing was published", "please report it with the lines above")
        return BUG
    return code if isinstance(code, int) else OK


class _Site(click.ParamType[Path]):
    """The folder of a site: the one that holds `site.yaml`."""

    name = "folder"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        folder = Path(value).resolve()
        if not folder.is_dir():
            self.fail(f"there is no folder {value}", param, ctx)
        return folder


class _Moment(click.ParamType[datetime]):
    """An ISO date-time with zone."""

    name = "date-time"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date-time such as 2026-11-25T12:00:00+00:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no time zone; add one, such as 2026-11-25T12:00:00-05:00", param, ctx)
        return moment


def _default_site() -> Path:
    """Return the nearest folder at or above the current one that holds `site.yaml`, else the current one."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / SITE_FILE).is_file()), here)


def _present() -> datetime:
    """Return the moment that counts as now: `SOURCE_DATE_EPOCH` where it is set, else the clock's."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not stamp:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {stamp!r}, not a number of seconds since 1970") from None


site_option = click.option(
    "--site", type=_Site(), default=_default_site, show_default="the nearest folder with site.yaml",
    help="Folder of the publication.",
)  # fmt: skip
now_option = click.option(
    "--now", type=_Moment(), default=_present, show_default="the present",
    help="Rehearse another moment: what would be published then?",
)  # fmt: skip
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print problems and nothing else.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="alertgen %(version)s")
def commands() -> None:
    """Turn a folder of Markdown alerts into a publication: pages, feeds and open data."""


@commands.command("build")
@site_option
@click.option("--out", type=click.Path(path_type=Path), help="Output folder.  [default: public/ in the site]")
@now_option
@strict_option
@quiet_option
def build_command(site: Path, out: Path | None, now: datetime, strict: bool, quiet: bool) -> int:
    """Check everything, then write the site into public/ (or write nothing)."""
    started = time.perf_counter()
    target = (out or site / "public").absolute()
    report = build(site, target, now=now, strict=strict)
    return _tell(report, _short(target), time.perf_counter() - started, quiet=quiet)


@commands.command("check")
@site_option
@now_option
@strict_option
@quiet_option
def check_command(site: Path, now: datetime, strict: bool, quiet: bool) -> int:
    """Do everything that build does, and write nothing."""
    started = time.perf_counter()
    return _tell(check(site, now=now, strict=strict), "", time.perf_counter() - started, quiet=quiet)


def _tell(report: Report, target: str, seconds: float, *, quiet: bool) -> int:
    """Print *report* and return the exit code that goes with it."""
    for problem in report.problems:
        click.echo(format_problem(problem) + "\n")
    if not quiet or not report.ok:
        click.echo("\n".join(closing_lines(report, target, seconds)))
    if report.ok:
        return OK
    return USAGE if report.unusable else CONTENT


def _complain(message: str, hint: str = "") -> None:
    click.echo(f"alertgen: {message}", err=True)
    if hint:
        click.echo(f"  hint: {hint}", err=True)


def _short(path: Path) -> str:
    """Return *path* as an editor would type it from here, a folder with its slash."""
    here = Path.cwd()
    return f"{path.relative_to(here) if path.is_relative_to(here) else path}{os.sep}"


def _make_streams_safe() -> None:
    """Let a console that cannot show a character show its number instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
