"""What is said of alerts with other words: the same as before, in the lines in which it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alertgen.diagnostics import Diagnostic, sorted_by_place
from alertgen.outcome import Report
from alertgen.records import replace
from alertgen.revision.alerts import Revised


def said_again(root: Path, report: Report, revised: Iterable[Revised]) -> Report | None:
    """Return *report* with what is to be said of the *revised* alerts; None if not all of it is said of their texts.

    What is said of keys, of other files, or of several files at once might be said otherwise now.
    """
    documents = {one.path: one for one in revised}
    said = [problem for problem in report.problems if problem.at.path in documents]
    old = [problem for one in documents.values() for problem in one.old.problems]
    if any(place.path in documents for problem in report.problems for place in problem.also):
        return None
    if set(map(_bare, said)) != set(map(_bare, old)):
        return None
    if not said:
        return report
    from alertgen.load.excerpts import with_excerpts  # here, since of most alerts nothing is said
    from alertgen.load.people.withheld import Withheld

    new = with_excerpts(root, (problem for one in documents.values() for problem in one.new.problems), Withheld())
    others = (problem for problem in report.problems if problem.at.path not in documents)
    return replace(report, problems=sorted_by_place((*others, *new)))


def _bare(problem: Diagnostic) -> Diagnostic:
    """Return *problem* without the line that it shows."""
    return replace(problem, excerpt="")
