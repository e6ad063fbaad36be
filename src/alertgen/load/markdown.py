"""Markdown to clean HTML, taken apart into lead and situations, with everything found on the way."""

from dataclasses import dataclass
from html import unescape
from importlib.metadata import version
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

import alertgen
from alertgen.diagnostics import Diagnostic, Place, sorted_by_place
from alertgen.fingerprint import digest_text
from alertgen.load.addresses import Kind, kind_of, trimmed, without_tracking
from alertgen.load.markdown_tree import SITUATION_KEYS, Capture, Notes, Part, Tokens, Tree, take_apart
from alertgen.load.sanitise import Attributes, clean, plain_text
from alertgen.load.typography import substitutions
from alertgen.model import Footnote, Link, Prose
from alertgen.text import slugify

ENGINE = f"alertgen {alertgen.__version__} markdown {markdown.__version__} nh3 {version('nh3')}"
"""Names everything but its arguments that decides what `convert` returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyImage:
    """A picture in the text, as the author wrote it."""

    target: str
    """Path relative to the file."""
    alt: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A situation: a heading with attributes, and the text below it."""

    text: str
    """The heading as plain text."""
    attributes: tuple[tuple[str, str], ...]
    """Pairs of `SITUATION_KEYS` and value, as written."""
    places: tuple[Place, ...]
    """Where the value of each of `attributes` stands."""
    id: str
    """The author's own id of the heading (`{: #id }`); empty for none."""
    place: Place
    """The heading."""
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands in a body of text."""

    lead: Prose
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    images: tuple[BodyImage, ...]
    problems: tuple[Diagnostic, ...]


def convert(source: str, *, path: str, first_line: int, prefix: str, lang: str = "en") -> Body:
    """Convert the Markdown *source*, which begins at line *first_line* of the file *path*.

    *prefix* begins every id in the result, so that several texts can share a page. *lang*, a BCP 47 tag, decides the
    quotation marks.
    """
    tokens = Tokens(source)
    md, root = _parsed(source, prefix, lang)
    tree = take_apart(root, prefix=prefix, tokens=tokens)
    writer = _Writer(md, tokens, prefix, tree.ids, Place(path, first_line))
    prose = _proses(tree, writer, f"{ENGINE}\0{prefix}\0{lang}\0{source}")
    return Body(
        lead=prose[0],
        sections=tuple(
            _section(part.heading, text, writer)
            for part, text in zip(tree.parts, prose, strict=True)
            if part.heading is not None
        ),
        links=tuple(writer.links),
        images=tuple(writer.images),
        problems=sorted_by_place(writer.problems),
    )


def _parsed(source: str, prefix: str, lang: str) -> tuple[markdown.Markdown, Element]:
    capture = Capture()
    md = markdown.Markdown(
        output_format="html",
        extensions=[
            Notes(),
            TableExtension(use_align_attribute=True),
            AttrListExtension(),
            SmartyExtension(substitutions=substitutions(lang)),
            SaneListExtension(),
            AbbrExtension(),
            TocExtension(marker="", slugify=lambda text, _: f"{prefix}-{slugify(text) or 'section'}"),
            capture,
        ],
    )
    md.convert(source or "\n")
    root = capture.root
    if len(root) == 0:
        root.append(Element("div"))
    return md, root


def _proses(tree: Tree, writer: "_Writer", engine: str) -> list[Prose]:
    htmls = [writer.html(part.body) for part in tree.parts]
    notes = [writer.html(note.body) for note in tree.notes]
    return [
        Prose(
            digest=digest_text(f"{engine}\0{index}"),
            html=html,
            text=plain_text(html),
            footnotes=_footnotes(part, tree, notes, writer.prefix),
        )
        for index, (part, html) in enumerate(zip(tree.parts, htmls, strict=True))
    ]


def _footnotes(part: Part, tree: Tree, notes: list[str], prefix: str) -> tuple[Footnote, ...]:
    """Return the notes that *part* refers to, directly or through another note."""
    references: dict[int, list[str]] = {}
    pending = list(part.references)
    while pending:
        number, reference = pending.pop(0)
        if number not in references:
            pending.extend(tree.nested[number - 1])
        references.setdefault(number, []).append(reference)
    return tuple(
        Footnote(f"fn-{prefix}-{number}", number, notes[number - 1], tuple(ids))
        for number, ids in sorted(references.items())
    )


def _section(heading: Element, prose: Prose, writer: "_Writer") -> Section:
    attributes = tuple((key, value or "") for key, value in heading.items() if key in SITUATION_KEYS)
    own_id = heading.get("id") or ""
    text = writer.heading_text(heading)
    return Section(
        text=text,
        attributes=attributes,
        places=tuple(writer.start for _ in attributes),
        id=own_id,
        place=writer.start,
        prose=prose,
    )


class _Writer:
    """Writes elements as clean HTML and keeps the links and pictures met on the way."""

    def __init__(self, md: markdown.Markdown, tokens: Tokens, prefix: str, ids: frozenset[str], start: Place) -> None:
        self.md = md
        self.tokens = tokens
        self.prefix = prefix
        self.ids = ids
        self.start = start
        self.links: list[Link] = []
        self.images: list[BodyImage] = []
        self.problems: list[Diagnostic] = []

    def html(self, element: Element) -> str:
        return clean(self._raw(element), self._amended).strip()

    def heading_text(self, heading: Element) -> str:
        for mark in heading.iter("sup"):
            mark.clear()
        return plain_text(clean(self._raw(heading), lambda _, attributes: attributes))

    def _raw(self, element: Element) -> str:
        """Serialise what is inside *element* and put raw HTML back, as Python-Markdown does with a document."""
        wrapper = Element("div")
        wrapper.text = element.text
        wrapper.extend(element)
        html = self.md.serializer(wrapper)
        html = html[html.index(">") + 1 : html.rindex("<")].strip()
        for postprocessor in self.md.postprocessors:
            html = postprocessor.run(html)
        return html

    def _amended(self, name: str, attributes: Attributes) -> Attributes | None:
        if name == "img":
            return self._picture(attributes)
        own = self.tokens.attributes(attributes.pop("id", ""))
        if "align" in attributes:
            own = {"class": f"align-{attributes.pop('align')}"}
        if "href" in attributes:
            attributes.update(self._target(attributes.pop("href")))
        return own | attributes

    def _target(self, address: str) -> Attributes:
        match kind_of(address):
            case Kind.WEB:
                return {"href": without_tracking(trimmed(address))[0], "rel": "noopener noreferrer"}
            case Kind.MAIL:
                return {"href": trimmed(address)}
            case Kind.INSIDE:
                self.links.append(Link(self._own_anchor(trimmed(address)), self.start))
                return {"href": f"alertgen:link/{len(self.links) - 1}"}
        return {}

    def _own_anchor(self, target: str) -> str:
        """Return a link to a heading of this text with the prefix that its id has got."""
        prefixed = f"#{self.prefix}-{unescape(target[1:])}"
        return prefixed if target.startswith("#") and prefixed[1:] in self.ids else target

    def _picture(self, attributes: Attributes) -> Attributes | None:
        target = attributes.get("src", "")
        if not target or kind_of(target) is not Kind.INSIDE:
            return None
        alt, title = attributes.get("alt", ""), attributes.get("title", "")
        self.images.append(BodyImage(target=trimmed(target), alt=alt, title=title, place=self.start))
        return {"src": f"alertgen:image/{len(self.images) - 1}", "alt": alt}
