"""Raw HTML in the Markdown as typed: which tags are never closed, and how to keep them from taking hold of the rest.

Python-Markdown leaves everything from an unclosed `<div>` to the end of the text as it stands, headings of situations
included. `defused` makes plain text of such a tag, so that the rest of the text can still be read.
"""

import re
from collections.abc import Iterator
from functools import cache

from alertgen.load.markdown.sanitise import ELEMENTS, GONE_WITH_CONTENT
from alertgen.load.markdown.source import Source
from alertgen.patterns import late
from alertgen.records import dataclass

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements without content, which have no end tag."""


@cache
def known() -> frozenset[str]:
    """Return the names that are meant as a tag when they follow a `<`."""
    from markdown.util import BLOCK_LEVEL_ELEMENTS  # here, since it brings Python-Markdown along

    others = ("font", "button", "label", "big", "tt")
    return frozenset({*ELEMENTS, *GONE_WITH_CONTENT, *VOID, *BLOCK_LEVEL_ELEMENTS, *others})


_END_OPTIONAL = frozenset(("dd", "dt", "li", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"))
"""Elements whose end tag HTML does not ask for, as long as what is around them has one."""

_TAG = late(r"(?<!\]\()<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])([^<>]*)>")


@dataclass(frozen=True, slots=True)
class OpenTag:
    """A tag, or the beginning of a comment, that has no end."""

    name: str
    """`!--` for a comment."""
    offset: int


def unclosed(source: Source) -> list[OpenTag]:
    """Return the tags of *source* without an end, in the order in which they stand."""
    if "<" not in source.prose:
        return []
    return sorted([*_unclosed_tags(source), *_unclosed_comments(source)], key=lambda tag: tag.offset)


def _unclosed_tags(source: Source) -> Iterator[OpenTag]:
    stack: list[OpenTag] = []
    for ends, tag in _tags(source):
        if not ends:
            stack.append(tag)
        elif any(tag.name == outer.name for outer in stack):
            while (inner := stack.pop()).name != tag.name:
                if inner.name not in _END_OPTIONAL:
                    yield inner
    yield from stack


def _tags(source: Source) -> Iterator[tuple[bool, OpenTag]]:
    for match in _TAG.finditer(source.prose):
        name = match[2].lower()
        if name in known() - VOID and not match[3].rstrip().endswith("/"):
            yield match[1] == "/", OpenTag(name, match.start())


def _unclosed_comments(source: Source) -> Iterator[OpenTag]:
    for match in re.finditer("<!--", source.prose):  # closed ones are blank in the prose
        yield OpenTag("!--", match.start())


def defused(source: Source) -> str:
    """Return the text of *source* with the signs of unclosed tags written as character references."""
    pieces, done = [], 0
    for tag in unclosed(source):
        pieces += [source.text[done : tag.offset], "&lt;"]
        done = tag.offset + 1
    return "".join([*pieces, source.text[done:]])
