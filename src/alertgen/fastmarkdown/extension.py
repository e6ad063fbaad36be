"""The extension: gives Python-Markdown's own objects faster classes, where it can vouch for the result."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from itertools import chain
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from .claims import trusted

FAST = (
    "source.FastNormalize",
    "source.FastHtmlBlock",
    "blocks.FastBlockParser",
    "headings.FastHashHeader",
    "tables.FastTable",
    "notes.FastFootnotes",
    "inline.FastInlineProcessor",
    "emphasis.FastDelimiters",
    "links.FastLink",
    "links.FastImage",
    "links.FastReference",
    "links.FastShortReference",
    "links.FastImageReference",
    "links.FastShortImageReference",
    "trees.FastAttrList",
    "trees.FastAbbr",
    "trees.FastPrettify",
    "trees.FastUnescape",
    "contents.FastToc",
    "smarty.FastSmarty",
)
"""Classes that may take the place of the Python-Markdown class they are derived from."""

SERIALIZERS = {"to_html_string": "to_html", "to_xhtml_string": "to_xhtml"}
"""Serializers of Python-Markdown, and those of `serialize` that may take their place."""


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
                _exchange(thing)
        self._md.serializer = _serializer(self._md.serializer)


def _things(md: Markdown) -> list[Any]:
    """Everything that *md* works with: processors, patterns, the parser, extensions."""
    registries: Any = (md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors)
    return [md.parser, *md.registeredExtensions, *chain.from_iterable(registries)]


def _exchange(thing: Any) -> None:
    """Give *thing* the first class that may take the place of its own and, when it says so, accepts this thing."""
    for fast in _substitutes().get(type(thing), ()):
        if trusted(*fast.stands_for) and getattr(fast, "accepts", _always)(thing):
            thing.__class__ = fast
            return


def _always(_thing: object) -> bool:
    return True


@cache
def _substitutes() -> dict[type, list[Any]]:
    """Stock class -> fast classes, the most particular first."""
    found: dict[type, list[Any]] = {}
    for name in FAST:
        module, _, class_name = name.partition(".")
        if (loaded := _load(module)) is not None:
            fast = getattr(loaded, class_name)
            stock = next(cls for cls in fast.__mro__ if cls.__module__.startswith("markdown."))
            found.setdefault(stock, []).insert(0, fast)
    return found


def pieces() -> tuple[str, ...]:
    """Name every piece of Python-Markdown that a shortcut stands for or counts on, sorted."""
    named: set[str] = set()
    for fast in chain.from_iterable(_substitutes().values()):
        named.update(fast.stands_for)
    for module in filter(None, map(_load, ("blocks", "triggers", "serialize"))):
        named.update(module.PIECES)
    return tuple(sorted(named))


@cache
def _load(name: str) -> Any:
    """Load a module of this package; None when the installed Python-Markdown lacks something that it is made from."""
    try:
        return import_module(f".{name}", __package__)
    except (ImportError, AttributeError):
        return None


@cache
def _serializer(serializer: Any) -> Any:
    """Return the fast serializer for *serializer*, or *serializer* itself."""
    fast = _load("serialize")
    name = getattr(serializer, "__name__", "")
    if fast is None or name not in SERIALIZERS or serializer.__module__ != "markdown.serializers":
        return serializer
    return getattr(fast, SERIALIZERS[name]) if trusted(*fast.PIECES) else serializer
