"""The report of a build after which only words of some alerts are different."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alertgen.diagnostics import Diagnostic, has_errors, sorted_by_place, strictly
from alertgen.outcome import Report
from alertgen.records import replace
from alertgen.revision.alerts import Revised


def said_again(root: Path, report: Report, revised: Iterable[Revised], *, strict: bool) -> Report | None:
    """Return *report* with the problems that the *revised* alerts have now; None when these are not certain.

    They are not where a problem of such an alert, at the last build, came from other files or from pictures: it may be
    another one now. Neither are they where a warning would forbid to publish, because the build is *strict*.
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
