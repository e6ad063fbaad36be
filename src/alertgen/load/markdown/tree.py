"""What alertgen does to the element tree of Python-Markdown: parts, notes, headings and spaces."""

import re
from collections.abc import Callable, Sequence
from typing import cast
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX, AtomicString

from alertgen.fastmarkdown.trees import Chosen
from alertgen.load.markdown.attributes import SITUATION_KEYS
from alertgen.load.markdown.parts import Apart, Headline, Note, Numbering, Part, References, Tokens
from alertgen.load.markdown.typography import NBSP, spaces_in
from alertgen.text import slugify

SITUATION = "situation"
"""Tag that the heading of a situation gets."""
NOTE_KEY = "note reference"
"""Attribute that carries the name of a note until it has a number; with a space, so that no author can set it."""
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class _NoteReference(InlineProcessor):
    """`[^key]` in the text becomes `<sup><a note="key">`."""

    fast_needs = ("[^",)
    """For `fastmarkdown`: a text without it need not be searched."""

    def __init__(self, notes: "Notes") -> None:
        super().__init__(r"\[\^([^\]]*)\]")
        self.notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  Python-Markdown's signature
    ) -> tuple[Element | None, int | None, int | None]:
        if m[1] not in self.notes.footnotes:
            return None, None, None
        reference = Element("sup")
        SubElement(reference, "a", {NOTE_KEY: m[1]})
        return reference, m.start(), m.end()


class _NoteTexts(Treeprocessor):
    """Parses the text of every note, before inline markup is looked at, into an element after the others."""

    def __init__(self, notes: "Notes") -> None:
        super().__init__(notes.md)
        self.notes = notes

    def run(self, root: Element) -> None:
        holder = SubElement(root, "div")
        done: set[str] = set()
        while pending := [key for key in self.notes.footnotes if key not in done]:  # a note may define further notes
            for key in pending:
                note = SubElement(holder, "div", {NOTE_KEY: key})
                self.notes.parser.parseChunk(note, self.notes.footnotes[key])
                done.add(key)


class Notes(FootnoteExtension):
    """Footnotes without numbers, ids and links back: those are given when all of the text is known.

    The extension of Python-Markdown numbers notes in the order of their definitions and takes quadratic time for
    many references to one note.
    """

    md: markdown.Markdown
    parser: BlockParser

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  Python-Markdown's name
        """Register the three places where notes are dealt with, under the names and priorities of the original."""
        self.md, self.parser = md, md.parser
        md.registerExtension(self)
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(_NoteReference(self), "footnote", 175)
        md.treeprocessors.register(_NoteTexts(self), "footnote", 50)


class _MarkSituations(Treeprocessor):
    """Renames the headings of situations, after attribute lists and before ids are given to headings."""

    fast_keeps_entities = True
    """For `fastmarkdown`: no text is touched."""

    def run(self, root: Element) -> None:
        for element in root:
            if element.tag == "h2" and not element.attrib.keys().isdisjoint(SITUATION_KEYS):
                element.tag = SITUATION


class _HeadingIds(TocTreeprocessor):
    fast_keeps_entities = True
    """For `fastmarkdown`: no text is touched."""

    def run(self, root: Element) -> None:
        chosen = [element for element in root.iter() if element.tag in _HEADINGS or "id" in element.keys()]  # noqa: SIM118  no mapping
        if any(element.tag in _HEADINGS for element in chosen):
            super().run(cast(Element, Chosen(chosen)))


class HeadingIds(TocExtension):
    """Ids for headings from their words, those of Python-Markdown's table of contents; no table is made."""

    TreeProcessorClass = _HeadingIds

    def __init__(self, slugify: Callable[[str, str], str]) -> None:
        super().__init__(marker="", slugify=slugify)


class Capture(Extension):
    """Marks situations and keeps the finished tree, leaving nothing for Python-Markdown to serialise."""

    def __init__(self) -> None:
        super().__init__()
        self.reset()

    def reset(self) -> None:
        """Forget the text before."""
        self.root = Element("div")
        SubElement(self.root, "div")  # where the notes of an empty text would be

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  Python-Markdown's name
        """Register the first and the last of our own steps."""
        md.registerExtension(self)
        md.treeprocessors.register(_MarkSituations(md), "situations", 5.5)
        md.treeprocessors.register(_Keep(self), "capture", -1000)


class _Keep(Treeprocessor):
    fast_keeps_entities = True
    """For `fastmarkdown`: no text is touched."""

    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self.capture = capture

    def run(self, root: Element) -> Element:
        self.capture.root = root
        return Element("div")


def typeset_spaces(root: Element, lang: str) -> None:
    """Put no-break spaces into all texts below *root*, but not into code."""
    spaces = spaces_in(lang)
    if not spaces.search("\n".join(root.itertext())):
        return
    for element in root.iter():
        if element.text and not isinstance(element.text, AtomicString):
            element.text = spaces.sub(NBSP, element.text)
        if element.tail and not isinstance(element.tail, AtomicString):
            element.tail = spaces.sub(NBSP, element.tail)


def restore_values(root: Element, stash: Sequence[object]) -> None:
    """Put character references and the like, which Python-Markdown has put aside, back into attribute values."""
    for element in root.iter():
        for key, value in element.items():
            if value and STX in value:
                element.set(key, HTML_PLACEHOLDER_RE.sub(lambda held: str(stash[int(held[1])]), value))


def take_apart(root: Element, *, prefix: str, tokens: Tokens, written: Callable[[Element], str]) -> Apart:
    """Split the finished tree into its parts and notes; give ids to headings and numbers to notes.

    *written* gives what is in an element as HTML.
    """
    bodies = _note_bodies(root)
    ids = _identify_headings(root, prefix, tokens)
    for header in root.iter("th"):
        header.set("scope", "col")
    numbering = Numbering(prefix, tokens)
    numbered = [(heading, body, _number(body, numbering)) for heading, body in _split(root)]
    nested = [(bodies[key], _number(bodies[key], numbering)) for key in numbering.keys]  # grows by them
    parts = [Part(_headline(heading, written), written(body), references) for heading, body, references in numbered]
    notes = [Note(written(body), references) for body, references in nested]
    return Apart(parts=tuple(parts), notes=tuple(notes), ids=ids)


def written_by(md: markdown.Markdown) -> Callable[[Element], str]:
    """Return what gives the HTML in an element, with raw HTML put back, as *md* does with a document."""
    postprocessors = list(md.postprocessors)

    def written(element: Element) -> str:
        wrapper = Element("div")
        wrapper.text = element.text
        wrapper.extend(element)
        html: str = md.serializer(wrapper)
        html = html[html.index(">") + 1 : html.rindex("<")].strip()
        for postprocessor in postprocessors:
            html = postprocessor.run(html)
        return html

    return written


def _note_bodies(root: Element) -> dict[str, Element]:
    holder = root[-1]
    root.remove(holder)
    bodies = {note.attrib.pop(NOTE_KEY): note for note in holder}
    for note in bodies.values():
        note.attrib.clear()
    return bodies


def _identify_headings(root: Element, prefix: str, tokens: Tokens) -> frozenset[str]:
    """Give every heading that stays a token for its id; an author's own id gets the prefix too."""
    ids: set[str] = set()
    for element in root.iter():
        if element.tag not in _HEADINGS:
            continue
        given = element.get("id") or ""
        wanted = given if given.startswith(f"{prefix}-") else f"{prefix}-{slugify(given) or 'section'}"
        unique, count = wanted, 1
        while unique in ids:
            count += 1
            unique = f"{wanted}-{count}"
        ids.add(unique)
        element.set("id", tokens.token({"id": unique}))
    return frozenset(ids)


def _split(root: Element) -> list[tuple[Element | None, Element]]:
    parts: list[tuple[Element | None, Element]] = [(None, Element("div"))]
    for element in root:
        if element.tag == SITUATION:
            parts.append((element, Element("div")))
        else:
            parts[-1][1].append(element)
    return parts


def _headline(heading: Element | None, written: Callable[[Element], str]) -> Headline | None:
    if heading is None:
        return None
    elements = frozenset(element.tag for element in heading.iter() if element is not heading)
    return Headline(dict(heading.attrib), written(_without_notes(heading)), elements)


def _without_notes(heading: Element) -> Element:
    """Return *heading*, in which no note has a number: that would be no part of a headline."""
    for mark in heading.iter("a"):
        if mark.attrib.pop(NOTE_KEY, None) is not None:
            mark.text = ""
    return heading


def _number(body: Element, numbering: Numbering) -> References:
    """Number the references to notes in *body*."""
    found = []
    for mark in body.iter("a"):
        key = mark.attrib.pop(NOTE_KEY, None)
        if key is not None:
            number, own_id, token = numbering.refer(key)
            mark.attrib.clear()
            mark.set("id", token)
            mark.text = str(number)
            found.append((number, own_id))
    return tuple(found)
