"""Passes over the finished tree that look closely only where there is something to see.

Invariant: each pass changes an element only if one of its strings holds a certain mark (`{` for attribute lists, the
STX character for escapes). The stock pass is run as it is, on a stand-in for the tree that yields just the elements
with that mark, in document order. Layout and abbreviations are done by the same steps as in Python-Markdown, with
the answers about tags and words remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown.extensions import abbr, attr_list
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString


class Chosen:
    """What a stock tree processor sees of the tree: `iter()` over some of its elements."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements

    def iter(self) -> Iterator[Element]:
        """Yield the chosen elements in document order."""
        return iter(self._elements)


class FastUnescape(UnescapeTreeprocessor):
    """Undo backslash escapes where an STX character shows that there may be one."""

    stands_for = ("treeprocessors:UnescapeTreeprocessor",)

    def run(self, root: Element) -> None:
        """Change texts, tails and attributes of *root* and all below it."""
        valued = [(e, items) for e in root.iter() if (items := e.items())]
        marked = {e for e, items in valued for _, value in items if value and STX in value}
        if self.RE.search("\n".join(root.itertext())):
            marked.update(e for e in root.iter() if STX in (e.text or "") or STX in (e.tail or ""))
        if marked:
            super().run(cast(Element, Chosen(list(marked))))


class FastAttrList(attr_list.AttrListTreeprocessor):
    """Read attribute lists in the elements that hold, or whose children are followed by, a brace."""

    stands_for = ("extensions.attr_list:AttrListTreeprocessor",)

    def run(self, doc: Element) -> None:
        """Set attributes on *doc* and all below it."""
        followed = {element for element in doc.iter() if (tail := element.tail) and "{" in tail}
        marked = [element for element in doc.iter() if (text := element.text) and "{" in text]
        if followed:
            found = followed.union(marked)
            marked = [element for element in doc.iter() if element in found or any(c in followed for c in element)]
        if marked:
            super().run(cast(Element, Chosen(marked)))


class FastPrettify(PrettifyTreeprocessor):
    """Line breaks between block elements, asking once per tag whether it is one."""

    stands_for = ("treeprocessors:PrettifyTreeprocessor",)
    _names: list[str] = []  # noqa: RUF012  replaced, never changed
    _blocks: dict[Any, bool] = {}  # noqa: RUF012

    def run(self, root: Element) -> None:
        """Add line breaks to *root* and all below it."""
        names = self.md.block_level_elements
        if names != self._names:
            self._names, self._blocks = list(names), {}
        super().run(root)

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802  Python-Markdown's name
        tag, text, tail = elem.tag, elem.text, elem.tail
        if self._is_block(tag) and tag != "code" and tag != "pre" and len(elem):
            if (not text or not text.strip()) and self._is_block(elem[0].tag):
                elem.text = "\n"
            for child in elem:
                if not self._is_block(child.tag):
                    continue
                if len(child):
                    self._prettifyETree(child)
                elif not child.tail or not child.tail.strip():
                    child.tail = "\n"
        if not tail or not tail.strip():
            elem.tail = "\n"

    def _is_block(self, tag: Any) -> bool:
        known = self._blocks.get(tag)
        if known is None:
            known = self._blocks[tag] = self.md.is_block_level(tag)
        return known


class FastAbbr(abbr.AbbrTreeprocessor):
    """Mark abbreviations, searching only where one of them is written."""

    stands_for = ("extensions.abbr:AbbrTreeprocessor",)
    _present: tuple[str, ...] = ()

    def run(self, root: Element) -> Element | None:
        """Wrap every abbreviation in *root* and below it."""
        text = "\n".join(root.itertext())
        self._present = tuple(short for short in self.abbrs if short in text)
        return super().run(root) if self._present else None

    def iter_element(self, el: Element, parent: Element | None = None) -> None:  # noqa: ARG002  *el* is the whole tree
        """Wrap abbreviations in all texts of *el* and below it."""
        elements = list(el.iter())
        texts = {e for short in self._present for e in elements if (text := e.text) and short in text}
        tails = {e for short in self._present for e in elements if (tail := e.tail) and short in tail}
        for element in texts:
            element.text = self._wrap(element.text or "", element, 0)
        for element, child in [(e, child) for e in elements for child in e if child in tails] if tails else ():
            child.tail = self._wrap(child.tail or "", element, list(element).index(child) + 1)

    def _wrap(self, text: str, into: Element, index: int) -> str:
        """Insert the abbreviations of *text* as children of *into* from *index* on; return what stands before them."""
        found = [] if isinstance(text, AtomicString) or self.RE is None else list(self.RE.finditer(text))
        for match in reversed(found):
            if self.abbrs[match.group(0)]:
                element = self.create_element(self.abbrs[match.group(0)], match.group(0), text[match.end() :])
                into.insert(index, element)
                text = text[: match.start()]
        return text
