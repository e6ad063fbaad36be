"""Printing the report of a run in the form that was asked for."""

from collections.abc import Callable, Mapping
from pathlib import Path

from alertgen.cli import CONTENT, OK, USAGE
from alertgen.cli.streams import painter, say
from alertgen.cli.summary import closing_lines, report_as_json
from alertgen.outcome import Report
from alertgen.records import dataclass
from alertgen.report import format_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A run of build or check, and how it is to be told."""

    report: Report
    where: str
    """The site folder as seen from here, ending in `/`; empty when it is here, or not below."""
    target: str
    """The output folder; empty for a check."""
    seconds: float
    quiet: bool
    there: bool
    """Whether there was a site in the output folder before."""


def tell(
    report: Report, format: str, site: Path, target: str, seconds: float, *, quiet: bool, there: bool = True
) -> int:
    """Print *report* in *format* and return the exit code that goes with it.

    *there* tells whether there was a site in *target* before.
    """
    where = _seen_from_here(site)
    _FORMATS[format](_Run(report=report, where=where, target=target, seconds=seconds, quiet=quiet, there=there))
    if report.ok:
        return OK
    return USAGE if report.unusable else CONTENT


def _text(run: _Run) -> None:
    paint = painter()
    for problem in run.report.problems:
        say(format_problem(problem, paint) + "\n")
    _closing(run)


def _closing(run: _Run) -> None:
    if not run.quiet or not run.report.ok:
        say("\n".join(closing_lines(run.report, run.target, run.seconds, there=run.there)))


def _github(run: _Run) -> None:
    from alertgen.formats import as_annotation  # here and below, since most reports are for people

    for problem in run.report.problems:
        say(as_annotation(problem, run.where))
    _closing(run)


def _json(run: _Run) -> None:
    from alertgen.formats import json_text

    say(json_text(report_as_json(run.report, run.where, run.target, run.seconds)))


def _sarif(run: _Run) -> None:
    from alertgen.formats import json_text, sarif

    say(json_text(sarif(run.report.problems, run.where)))


_FORMATS: Mapping[str, Callable[[_Run], None]] = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}

FORMATS = tuple(_FORMATS)
"""Names of all forms of a report."""


def _seen_from_here(site: Path) -> str:
    here = Path.cwd()
    below = site.relative_to(here).as_posix() if site.is_relative_to(here) else "."
    return "" if below == "." else f"{below}/"
