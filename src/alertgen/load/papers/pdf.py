"""PDF files (ISO 32000): whom they name, and what is written on their pages.

A file is not read as a viewer reads it, from its table of contents. Every object in it is looked at, since a file that
was saved again keeps what it said before, and nobody sees it.
"""

import re
from collections.abc import Callable, Iterator

from alertgen.load.papers.paper import Paper, told_by_property
from alertgen.load.papers.pdf_objects import PdfObject, objects_in, strings_of, text_of
from alertgen.load.papers.pdf_text import written
from alertgen.load.papers.xmp import named_in_xmp

_LOCKED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_INFO = re.compile(rb"/Info\s+(\d+)\s+\d+\s+R")
_MARKUP = re.compile(
    rb"/Subtype\s*/(?:Text|FreeText|Highlight|Underline|StrikeOut|Squiggly|Caret|Stamp|Ink|Line|Square|Circle|Polygon"
    rb"|PolyLine|FileAttachment|Sound|Popup|Redact)\b"
)
_EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b|/EmbeddedFile\b")
_PEOPLE = {"author": "author", "manager": "manager", "lastmodifiedby": "who saved it last", "owner": "owner"}
_REFERRED = re.compile(rb"/([A-Za-z_][\w.:#-]*)\s+(\d+)\s+\d+\s+R")


def read_pdf(content: bytes, paper: Paper, within: Callable[[bytes, int], Paper | None]) -> None:
    """Note in *paper* what the file *content* holds; *within* opens files that it holds in turn."""
    if _LOCKED.search(content):
        paper.closed = "it is locked (encrypted)"
        return
    objects = tuple(objects_in(content, paper))
    info = {int(number) for number in _INFO.findall(content)}
    for obj in objects:
        if obj.number in info:
            _read_info(obj, objects, paper)
        if _MARKUP.search(obj.head):
            _read_comment(obj, paper)
        for _, said in strings_of(obj.head):
            paper.say(text_of(said))
        _read_stream(obj, paper, within)
    paper.texts.extend(written(objects, paper))


def _read_info(obj: PdfObject, objects: tuple[PdfObject, ...], paper: Paper) -> None:
    for key, said in _values(obj, objects):
        if what := _PEOPLE.get(key.lower()) or told_by_property(key.replace("#20", " ")):
            paper.name(text_of(said), what)


def _values(obj: PdfObject, objects: tuple[PdfObject, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the keys of a dictionary with their texts, which may be objects of their own."""
    yield from strings_of(obj.head)
    for key, number in _REFERRED.findall(obj.head):
        for other in objects:
            if other.number == int(number):
                yield from ((key.decode(), said) for _, said in strings_of(other.head))


def _read_comment(obj: PdfObject, paper: Paper) -> None:
    for key, said in strings_of(obj.head):
        if key == "T":
            paper.name(text_of(said), "author of a comment")


def _read_stream(obj: PdfObject, paper: Paper, within: Callable[[bytes, int], Paper | None]) -> None:
    data = obj.data
    if data is None:
        return
    paper.picture(data)
    if b"<x:xmpmeta" in data or b"<?xpacket" in data or b"<rdf:RDF" in data:
        xml = data.decode("utf-8", "replace")
        paper.say(xml)
        for who in named_in_xmp(xml):
            paper.name(who, "author")
    if _EMBEDDED.search(obj.head):
        inner = within(data, paper.room)
        if inner:
            paper.take_in(inner)
        elif b"\0" in data:
            paper.unread["a file of another form is attached to it"] = None
        else:
            paper.say(data.decode("utf-8", "replace"))
