"""Documents in XML: the sitemap, and the list of feeds for feed readers."""

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(rows: tuple[tuple[str, ...], ...]) -> str:
    """Write rows of absolute address, last change (`YYYY-MM-DD` or empty), then pairs of language and absolute address.

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


def opml(rows: tuple[tuple[str, ...], ...]) -> str:
    """Write a row with the title, then rows of language, heading, name of the feed, its address and that of its page.

    http://opml.org/spec2.opml; headings become folders in feed readers, those of several languages in a folder each.
    """
    (title,), *feeds = rows
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for language, spoken in groupby(feeds, key=lambda row: row[0]):
        several = len({row[0] for row in feeds}) > 1
        folder = SubElement(body, "outline", {"text": language}) if several else body
        for heading, group in groupby(spoken, key=lambda row: row[1]):
            outline = SubElement(folder, "outline", {"text": heading})
            for _, _, name, feed, page in group:
                about = {"type": "rss", "text": name, "title": name, "xmlUrl": feed, "htmlUrl": page, "version": "RSS"}
                SubElement(outline, "outline", about)
    return _declared(root)


def _declared(root: Element) -> str:
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
