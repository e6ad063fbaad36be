"""Alerts and pages made of documents; in a process that reads a site again and again, of those that are new to it.

What is made of a document depends on it, on the desk, and on the pictures that it shows: files of their own, so a
document with pictures is always read. The rest is the same as long as the document and the desk are.
"""

from alertgen.diagnostics import Diagnostic
from alertgen.load.alerts import read_alert
from alertgen.load.desk import Desk
from alertgen.load.documents import Customs, Document, Kind, SourceFile, read_document
from alertgen.load.pages import read_page
from alertgen.model import Alert, StandingPage
from alertgen.records import dataclass

Reading = tuple[Alert | StandingPage | None, tuple[Diagnostic, ...]]
"""What was made, if nothing is wrong, and what is wrong."""
_DESK = "desk"


@dataclass(frozen=True, slots=True)
class _Read:
    """What was made of a document at a desk."""

    document: Document
    desk: Desk
    reading: Reading


def same_desk(desk: Desk) -> Desk:
    """Return the desk of the last time if it is like *desk*, so that it is seen to be the same; else *desk*."""
    known = desk.store.living([_DESK]).get(_DESK)
    if isinstance(known, Desk) and known == desk:
        return known
    desk.store.keep_alive(_DESK, desk)
    return desk


def read_text(document: Document, desk: Desk) -> Reading:
    """Return what *document* says, or what was made before of that very document at that very *desk*."""
    if document.typed("image") or (document.body and document.body.images):
        return _read(document, desk)
    key = f"made:{document.path}"
    known = desk.store.living([key]).get(key)
    if isinstance(known, _Read) and known.document is document and known.desk is desk:
        return known.reading
    reading = _read(document, desk)
    desk.store.keep_alive(key, _Read(document, desk, reading))
    return reading


def read_anything(languages: tuple[str, ...]) -> None:
    """Read a text of no site in each of *languages*, which brings along all that reading needs."""
    for lang in languages:
        text = f"---\ntitle: Title\ndate: 2026-01-01\nlang: {lang}\n---\n\nText.\n".encode()
        file = SourceFile(path="alerts/title.md", kind=Kind.ALERT, raw=text, digest="")
        read_document(file, Customs(languages=languages))


def _read(document: Document, desk: Desk) -> Reading:
    return read_alert(document, desk) if document.kind is Kind.ALERT else read_page(document, desk)
