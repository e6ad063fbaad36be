"""The opening of a PDF or office file."""

from collections.abc import Callable
from functools import partial

from alertgen.kinds import ARCHIVES, OLD_OFFICE, RTF, is_flat_office, is_folder, is_paper
from alertgen.load.papers.paper import MOST_INFLATED, Paper

_DEEPEST = 3
"""So deep files are opened that hold each other."""


def open_paper(content: bytes, room: int = MOST_INFLATED, depth: int = 0) -> Paper | None:
    """Return what is found in *content*, unpacking at most *room* bytes; None when it is no such file."""
    if not is_paper(content):
        return None
    from alertgen.load.papers.office import read_flat, read_office  # here, since most sites have no such file
    from alertgen.load.papers.pdf import read_pdf
    from alertgen.load.papers.rtf import read_rtf

    within = partial(open_paper, depth=depth + 1)
    if content.startswith(OLD_OFFICE):
        return Paper("office file", closed="it is in a form of before 2007, or locked", room=room)
    if depth > _DEEPEST:
        return Paper("file", closed="it lies in too many others", room=room)
    if content.startswith(RTF):
        return _read("RTF file", room, lambda paper: read_rtf(content, paper))
    if content.startswith(ARCHIVES):
        return _read(
            "archive" if is_folder(content) else "office file", room, lambda paper: read_office(content, paper, within)
        )
    if is_flat_office(content):
        return _read("office file", room, lambda paper: read_flat(content, paper))
    return _read("PDF file", room, lambda paper: read_pdf(content, paper, within))


def _read(kind: str, room: int, read: Callable[[Paper], None]) -> Paper:
    paper = Paper(kind, room=room)
    read(paper)
    return paper
