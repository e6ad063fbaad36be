"""Trees written as HTML with the checks that ordinary trees need, and no others.

Invariant: for a tree whose tags are strings and whose attribute names and values are strings, or values None, the
output is that of `markdown.serializers`; the first element or attribute of another kind, or a tree too deep for
recursion, hands the whole tree to the stock serializer. Escaping uses the stock functions, called only when there is a
character to escape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, cast
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers

PIECES: tuple[str, ...] = (
    "serializers:to_html_string",
    "serializers:to_xhtml_string",
    "serializers:_write_html",
    "serializers:_serialize_html",
    "serializers:_escape_cdata",
    "serializers:_escape_attrib_html",
)
"""The pieces of Python-Markdown that this module stands for."""

Escape = Callable[[str], str]
_escape_text = cast(Escape, serializers._escape_cdata)  # type: ignore[attr-defined]
_escape_value = cast(Escape, serializers._escape_attrib_html)  # type: ignore[attr-defined]
BOOLEAN: frozenset[str] = getattr(serializers, "BOOLEAN_ATTRIBUTES", {}).get("html", frozenset())


class NotPlainError(Exception):
    """Something in the tree is of another kind than the fast writer knows."""


def to_html(element: Element) -> str:
    """Write *element* as HTML."""
    return _written(element, serializers.to_html_string, xhtml=False)


def to_xhtml(element: Element) -> str:
    """Write *element* as XHTML."""
    return _written(element, serializers.to_xhtml_string, xhtml=True)


def _written(element: Element, stock: Callable[[Element], str], *, xhtml: bool) -> str:
    pieces: list[str] = []
    try:
        _write(element, pieces.append, xhtml)
    except (NotPlainError, RecursionError):
        return stock(element)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None], xhtml: bool) -> None:
    """Write *element*, what is below it, and its tail."""
    tag, text, tail, items = element.tag, element.text, element.tail, element.items()
    known = _TAGS.get(tag) or _tag(tag)
    empty = xhtml and known.empty
    if items:
        write(f"<{tag}{''.join(_attributes(items, xhtml))}{' />' if empty else '>'}")
    else:
        write(known.start_xhtml if xhtml else known.start)
    if not empty:
        if text:
            write(text if known.raw else _escaped(text))
        for child in element:
            _write(child, write, xhtml)
        write(known.end)
    if tail:
        write(tail if tail == "\n" else _escaped(tail))


def _escaped(text: str) -> str:
    return _escape_text(text) if "&" in text or "<" in text or ">" in text else text


class Tag(NamedTuple):
    """How elements of one name are written."""

    start: str
    start_xhtml: str
    end: str
    empty: bool
    raw: bool


_TAGS: dict[str, Tag] = {}


def _tag(name: object) -> Tag:
    if type(name) is not str:
        raise NotPlainError
    empty = name.lower() in HTML_EMPTY
    made = Tag(
        start=f"<{name}>",
        start_xhtml=f"<{name} />" if empty else f"<{name}>",
        end="" if empty else f"</{name}>",
        empty=empty,
        raw=name.lower() in ("script", "style"),
    )
    if len(_TAGS) < 200:
        _TAGS[name] = made
    return made


def _attributes(items: Iterable[tuple[str, str | None]], xhtml: bool) -> Iterator[str]:
    for name, value in sorted(items):
        if type(name) is not str:
            raise NotPlainError
        if value is None:
            yield f" {name}"
            continue
        if not isinstance(value, str):
            raise NotPlainError
        escaped = _escape_value(value)
        if name == escaped and not xhtml and name in BOOLEAN:
            yield f" {escaped}"
        else:
            yield f' {name}="{escaped}"'
