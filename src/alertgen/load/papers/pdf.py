"""PDF files (ISO 32000): whom they name, and what is written on their pages.

A file is not read as a viewer reads it, from its table of contents. Every object in it is looked at, since a file that
was saved again keeps what it said before, and nobody sees it.
"""

import re
from collections.abc import Callable, Iterator

from alertgen.load.papers.paper import Paper
from alertgen.load.papers.pdf_objects import Thing, strings_of, text_of, things
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
_REFERRED = re.compile(rb"/([A-Za-z][\w.:-]*)\s+(\d+)\s+\d+\s+R")


def read_pdf(content: bytes, paper: Paper, within: Callable[[bytes, int], Paper | None]) -> None:
    """Note in *paper* what the file *content* holds; *within* opens files that it holds in turn."""
    if _LOCKED.search(content):
        paper.closed = "it is locked (encrypted)"
        return
    found = tuple(things(content, paper))
    info = {int(number) for number in _INFO.findall(content)}
    for thing in found:
        if thing.number in info:
            _read_info(thing, found, paper)
        if _MARKUP.search(thing.head):
            _read_comment(thing, paper)
        for _, said in strings_of(thing.head):
            paper.say(text_of(said))
        _read_stream(thing, paper, within)
    for text in written(found, paper):
        paper.texts.append(text)


def _read_info(thing: Thing, found: tuple[Thing, ...], paper: Paper) -> None:
    for key, said in _values(thing, found):
        if key.lower() in _PEOPLE:
            paper.name(text_of(said), _PEOPLE[key.lower()])


def _values(thing: Thing, found: tuple[Thing, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the keys of a dictionary with their texts, which may be objects of their own."""
    yield from strings_of(thing.head)
    for key, number in _REFERRED.findall(thing.head):
        for other in found:
            if other.number == int(number):
                yield from ((key.decode(), said) for _, said in strings_of(other.head))


def _read_comment(thing: Thing, paper: Paper) -> None:
    for key, said in strings_of(thing.head):
        if key == "T":
            paper.name(text_of(said), "author of a comment")


def _read_stream(thing: Thing, paper: Paper, within: Callable[[bytes, int], Paper | None]) -> None:
    data = thing.data
    if data is None:
        return
    paper.picture(data)
    if b"<x:xmpmeta" in data or b"<?xpacket" in data or b"<rdf:RDF" in data:
        xml = data.decode("utf-8", "replace")
        paper.say(xml)
        for who in named_in_xmp(xml):
            paper.name(who, "author")
    if _EMBEDDED.search(thing.head):
        inner = within(data, paper.room)
        if inner:
            paper.take_in(inner)
        elif b"\0" in data:
            paper.unread["a file of another form is attached to it"] = None
        else:
            paper.say(data.decode("utf-8", "replace"))
