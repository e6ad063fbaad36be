"""Packets of metadata (XMP, ISO 16684-1), and other XML: whom it names, and its text."""

import re
from collections.abc import Iterator
from html import unescape

_XMP_PEOPLE = "creator|author|owner|manager|lastmodifiedby|lastsavedby|captionwriter|initial-creator|printed-by"
_XMP = re.compile(
    rf"<(?P<tag>[\w.-]+:(?:{_XMP_PEOPLE}))\b[^>]*(?<!/)>(?P<inner>.*?)</(?P=tag)\s*>"
    rf"|\s[\w.-]+:(?:{_XMP_PEOPLE})\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(r"<rdf:li\b[^>]*>(.*?)</rdf:li\s*>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def named_in_xmp(xml: str) -> Iterator[str]:
    """Yield the people named in *xml*, a packet of metadata (XMP, ISO 16684-1)."""
    for found in _XMP.finditer(xml):
        inner = found["inner"]
        if inner is None:
            yield unescape(found["double"] or found["single"] or "")
        else:
            yield from (without_tags(item) for item in _ITEM.findall(inner) or [inner])


def without_tags(xml: str) -> str:
    """Return the text of *xml*."""
    return unescape(_TAG.sub("", xml))
