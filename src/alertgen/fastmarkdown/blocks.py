"""Blocks handed only to the processors that can do something with them.

Invariant: a block processor named in `MARKS` does nothing to a block that holds none of its marks: its test fails, or
its run puts the block back. A block that starts like plain text (`FIRST`), and of which no line starts like anything
else (`NEXT`), is refused by all of them and goes to the paragraph processor at once; only if no other processor than
those is registered, because another might change the block first. Processors that are not known are always asked.
The call depth is that of the stock parser (its block quotes look at it).
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import ParagraphProcessor

from .claims import trusted
from .triggers import stock_class

Marks = tuple[str, ...]

RULE = tuple(f"{sign}{gap}{sign}" for sign in "-_*" for gap in ("", " ", "  "))
MARKS: dict[str, Marks] = {
    "blockprocessors:EmptyBlockProcessor": ("",),
    "blockprocessors:ListIndentProcessor": (" ",),
    "blockprocessors:CodeBlockProcessor": (" ",),
    "blockprocessors:HashHeaderProcessor": ("#",),
    "blockprocessors:SetextHeaderProcessor": ("\n=", "\n-"),
    "blockprocessors:HRProcessor": RULE,
    "blockprocessors:OListProcessor": (". ",),
    "blockprocessors:UListProcessor": ("- ", "* ", "+ "),
    "blockprocessors:BlockQuoteProcessor": (">",),
    "blockprocessors:ReferenceProcessor": ("]:",),
    "extensions.tables:TableProcessor": ("|",),
    "extensions.footnotes:FootnoteBlockProcessor": ("]:",),
    "extensions.abbr:AbbrBlockprocessor": ("*[",),
    "extensions.sane_lists:SaneOListProcessor": (". ",),
    "extensions.sane_lists:SaneUListProcessor": ("- ", "* ", "+ "),
}
"""Processors, and what a block must hold for them to do anything (`""` is always there)."""

PIECES: tuple[str, ...] = tuple(MARKS)
FIRST = re.compile(r"[^\s\d#>=_*+|\[-]")
"""A first character with which a block is no heading, list, quote, code, definition or rule."""

NEXT = re.compile(r"\n(?:[ ]{0,3}[#>=_*+\[-]|[ ]*[|:-])")
"""A further line that may make it a heading, rule, quote, definition or table after all."""

_needed: dict[type, Marks | None] = {}


class FastBlockParser(BlockParser):
    """`markdown.blockparser.BlockParser` that keeps its processors in lists, with what they need."""

    stands_for = ("blockparser:BlockParser",)
    _processors: list[Any] = []  # noqa: RUF012  replaced, never changed
    _steps: list[tuple[Any, Marks]] = []  # noqa: RUF012
    _paragraph: list[tuple[Any, Marks]] | None = None

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802  Python-Markdown's name
        """Parse *text* and attach what it is to *parent*."""
        self._prepare()
        self.parseBlocks(parent, text.split("\n\n"))

    def _prepare(self) -> None:
        """Look at the registered processors, if they changed."""
        processors: list[Any] = list(self.blockprocessors)
        if processors == self._processors:
            return
        self._processors = processors
        needs = [needed(processor) for processor in processors]
        self._steps = [(processor, need or ("",)) for processor, need in zip(processors, needs, strict=True)]
        usual = None not in needs[:-1] and [type(last) for last in processors[-1:]] == [ParagraphProcessor]
        self._paragraph = self._steps[-1:] if usual else None

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  Python-Markdown's name
        """Hand the first block to the processors in turn until one takes it, and so on until none is left."""
        if not self._steps:
            self._prepare()
        while blocks:
            steps, block = self._steps, blocks[0]
            if self._paragraph and FIRST.match(block) and not ("\n" in block and NEXT.search(block)):
                steps = self._paragraph
            for processor, need in steps:
                for mark in need:
                    if mark in blocks[0]:
                        break
                else:
                    continue
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


def needed(processor: object) -> Marks | None:
    """Return what a block must hold for *processor* to do anything, None when that is not known."""
    stock = stock_class(processor)
    if stock not in _needed:
        name = f"{stock.__module__}:{stock.__name__}".removeprefix("markdown.")
        _needed[stock] = MARKS.get(name) if name in MARKS and trusted(name) else None
    return _needed[stock]
