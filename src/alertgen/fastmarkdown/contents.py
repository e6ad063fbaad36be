"""Tables of contents, looking only at the elements that can be in one.

Invariant: the stock processor looks at all elements for two things, an `id` and a heading's tag, and does nothing to
the rest. It is handed a stand-in for the tree that yields the elements with one of the two, in document order. The
marker's place is searched for, by the stock search in the real tree, only if the marker is written somewhere.
"""

from __future__ import annotations

from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown.extensions.toc import TocTreeprocessor

from .trees import Chosen


class FastToc(TocTreeprocessor):
    """`markdown.extensions.toc.TocTreeprocessor` on chosen elements."""

    stands_for = ("extensions.toc:TocTreeprocessor",)

    def run(self, doc: Element) -> None:
        """Give headings their ids and levels, and put the table of contents on the Markdown instance."""
        self._doc = doc
        tags: set[Any] = {element.tag for element in doc.iter()}
        headings = {tag for tag in tags if isinstance(tag, str) and self.header_rgx.match(tag)}
        chosen = [e for e in doc.iter() if e.tag in headings or "id" in e.keys()]  # noqa: SIM118  no mapping
        super().run(cast(Element, Chosen(chosen)))

    def replace_marker(self, root: Element, elem: Element) -> None:  # noqa: ARG002  *root* is the stand-in
        """Put *elem* where the marker is."""
        if self.marker in "".join(self._doc.itertext()):
            super().replace_marker(self._doc, elem)
