"""The extension: gives Python-Markdown's own objects faster classes, where it can vouch for the result."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from . import blocks, contents, emphasis, headings, inline, links, notes, serialize, smarty, source, tables, trees
from .claims import trusted

FAST: tuple[Any, ...] = (
    source.FastNormalize,
    source.FastHtmlBlock,
    blocks.FastBlockParser,
    inline.FastInlineProcessor,
    emphasis.FastDelimiters,
    links.FastLink,
    links.FastImage,
    links.FastReference,
    links.FastShortReference,
    links.FastImageReference,
    links.FastShortImageReference,
    headings.FastHashHeader,
    notes.FastFootnotes,
    tables.FastTable,
    contents.FastToc,
    trees.FastAttrList,
    trees.FastAbbr,
    trees.FastPrettify,
    trees.FastUnescape,
)
"""Classes that stand for the Python-Markdown class they are derived from, anywhere it is found."""


def _stock(fast: Any) -> type:
    return next(cls for cls in fast.__mro__ if cls.__module__.startswith("markdown."))


SWAPS: dict[type, Any] = {_stock(fast): fast for fast in FAST}


class FastMarkdownExtension(Extension):
    """Make conversion by Python-Markdown several times faster, with the same output to the byte.

    Works with any other extensions, in any order. What other extensions put in place is left alone.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Python-Markdown's name
        """Remember *md*: its objects are exchanged when it is reset, which it is once all extensions are in."""
        self._md = md
        self._seen: list[Any] = []
        md.registerExtension(self)

    def reset(self) -> None:
        """Exchange what is not exchanged yet."""
        things = _things(self._md)
        if things != self._seen:
            self._seen = things
            for thing in things:
                fast = _fast(type(thing))
                if fast is not None:
                    thing.__class__ = smarty.FastSmarty if smarty.is_smarty(thing) else fast
        fast_serializer = serialize.FAST.get(self._md.serializer)
        if fast_serializer and trusted(*serialize.SERIALIZERS):
            self._md.serializer = fast_serializer


def _things(md: Markdown) -> list[Any]:
    """Everything that *md* works with: processors, patterns, the parser, extensions."""
    registries: Any = (md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors)
    return [md.parser, *md.registeredExtensions, *chain.from_iterable(registries)]


@cache
def _fast(cls: type) -> Any:
    """Return the fast class for *cls*, None when there is none or the pieces it stands for are not proven."""
    fast = SWAPS.get(cls)
    return fast if fast and trusted(*fast.stands_for) else None
