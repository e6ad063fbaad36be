"""What is said of alerts with other words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alertgen.diagnostics import Diagnostic, has_errors, sorted_by_place, strictly
from alertgen.outcome import Report
from alertgen.records import replace
from alertgen.revision.alerts import Revised


def said_again(root: Path, report: Report, revised: Iterable[Revised], *, strict: bool) -> Report | None:
    """Return *report* with what is to be said of the *revised* alerts; None if more was said than their files say.

    What is said of an alert beside other files, or beside pictures, might be said otherwise now. So is what forbids to
    publish when a build is *strict*.
    """
    documents = {one.path: one for one in revised}
    said = [problem for problem in report.problems if problem.at.path in documents]
    old = [problem for one in documents.values() for problem in one.old.problems]
    if any(place.path in documents for problem in report.problems for place in problem.also):
        return None
    if set(map(_bare, said)) != set(map(_bare, old)):
        return None
    found = [problem for one in documents.values() for problem in one.new.problems]
    if not said and not found:
        return report
    if strict and has_errors(strictly(tuple(found))):
        return None
    from alertgen.load.excerpts import with_excerpts  # here, since of most alerts nothing is said
    from alertgen.load.people.withheld import Withheld

    new = with_excerpts(root, found, Withheld())
    others = (problem for problem in report.problems if problem.at.path not in documents)
    return replace(report, problems=sorted_by_place((*others, *new)))


def _bare(problem: Diagnostic) -> Diagnostic:
    """Return *problem* without the line that it shows."""
    return replace(problem, excerpt="")
