"""The marks that Git leaves around two versions of a place which it could not bring together."""

from collections.abc import Iterable, Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.model import ThemeFile
from alertgen.patterns import late

LENGTH = 7
"""How many signs a mark has."""
MARK = r"(?m:^(?:<{7}|>{7}|\|{7})(?: |$))"
_MARK = late(MARK)
_ALL = tuple(late(mark) for mark in (r"(?m:^<{7} )", r"(?m:^={7}$)", r"(?m:^>{7} )"))
"""The marks of two versions in their order: less could be drawn in a file of any kind."""


def mark_in(text: str) -> int | None:
    """Return where the first mark in *text* begins, if there is one."""
    found = _MARK.search(text)
    return found.start() if found else None


def conflict(text: str, at: Place) -> Diagnostic:
    """Report the mark *at* a place of *text*."""
    marks = "<<<<<<<, |||||||, =======" if "\n|||||||" in text else "<<<<<<<, ======="
    return problem(
        "merge-conflict",
        "Git has put two versions of this place here, one below the other",
        at,
        hint=f"keep one of them, and delete the lines that begin with {marks} and >>>>>>>",
    )


def in_theme(files: Iterable[ThemeFile], folder: str) -> Iterator[Diagnostic]:
    """Find marks in the templates or static files *files* of *folder*: browsers would be sent both versions."""
    for file in files:
        if b"<<<<<<< " not in file.content:
            continue
        if (start := _with_all_marks(file.text)) is not None:
            yield conflict(file.text, place_of(file.text, start, f"{folder}/{file.path}", LENGTH))


def _with_all_marks(text: str) -> int | None:
    """Return where the first mark in *text* begins, if the others follow."""
    starts = [0]
    for mark in _ALL:
        found = mark.search(text, starts[-1])
        if not found:
            return None
        starts.append(found.start())
    return starts[1]
