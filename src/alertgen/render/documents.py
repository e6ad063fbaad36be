"""Files for machines: one row of a table for each kind of document.

Every writer takes the rows of its `Document`; what they mean is said at the writer.
"""

import csv
import io
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from alertgen.outputs import Document

Rows = tuple[tuple[str, ...], ...]

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def render_document(document: Document) -> bytes:
    """Return *document* as a file in UTF-8.

    Raises:
        KeyError: no writer knows its kind (a bug in alertgen).
    """
    return WRITERS[document.kind](document.rows).encode("utf-8")


def _text(rows: Rows) -> str:
    """Each row is one line: robots.txt, `_headers`, `_redirects`."""
    return "".join(f"{line}\n" for row in rows for line in row)


def _sitemap(rows: Rows) -> str:
    """Rows of absolute address, last change (`YYYY-MM-DD` or empty), then pairs of language and absolute address.

    https://www.sitemaps.org/protocol.html; a page names all its translations, itself included
    (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap).
    """
    root = Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for address, changed, *translations in rows:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = address
        if changed:
            SubElement(url, "lastmod").text = changed
        for lang, translated in zip(translations[::2], translations[1::2], strict=True):
            SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": lang, "href": translated})
    return _declared(root)


def _csv(rows: Rows) -> str:
    """Rows of a table, heading first (RFC 4180: CRLF, quotes where needed), with a byte order mark for spreadsheets."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + file.getvalue()


def _declared(root: Element) -> str:
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


WRITERS: dict[str, Callable[[Rows], str]] = {
    "csv": _csv,
    "sitemap": _sitemap,
    "text": _text,
}
"""Kind of document -> its writer."""
