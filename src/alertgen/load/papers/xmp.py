"""Packets of metadata (XMP, ISO 16684-1), and other XML: whom it names, and its text."""

import re
from collections.abc import Iterator
from html import unescape

_XMP_PEOPLE = "creator|author|owner|manager|lastmodifiedby|lastsavedby|captionwriter|initial-creator|printed-by"
_ELEMENT = re.compile(rf"<(?P<tag>[\w.-]+:(?:{_XMP_PEOPLE}))\b[^<>]*+(?<!/)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"\s[\w.-]+:(?:{_XMP_PEOPLE})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ITEM = re.compile(r"<(?P<tag>rdf:li)\b[^<>]*+>")
_TAG = re.compile(r"<[^<>]*>")


def named_in_xmp(xml: str) -> Iterator[str]:
    """Yield the people named in *xml*, a packet of metadata (XMP, ISO 16684-1)."""
    for one, other in _ATTRIBUTE.findall(xml):
        yield unescape(one or other)
    for _, inner in enclosed(_ELEMENT, xml):
        yield from map(without_tags, [item for _, item in enclosed(_ITEM, inner)] or [inner])


def enclosed(opening: re.Pattern[str], xml: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each start tag that *opening* finds in *xml*, and what stands between it and the next end tag of its name.

    The expression calls the name `tag`. What is not ended is passed over, and its end is looked for once.
    """
    done, endless = 0, set()
    for start in opening.finditer(xml):
        tag = start["tag"].casefold()
        if start.start() < done or tag in endless:
            continue
        end = re.compile(rf"</{re.escape(tag)}\s*>", re.IGNORECASE).search(xml, start.end())
        if end is None:
            endless.add(tag)
            continue
        done = end.end()
        yield start, xml[start.end() : end.start()]


def without_tags(xml: str) -> str:
    """Return the text of *xml*."""
    return unescape(_TAG.sub("", xml))
