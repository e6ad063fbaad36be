"""RSS 2.0 and Atom through feedgen, with everything set that feedgen would otherwise guess or drop.

feedgen takes the present for dates that are not set, adds entries in front, makes the last link the channel's, drops
authors without an e-mail address and knows no picture credit. Here every date is given, entries are appended, links
go in with the home page last, and one extension of feedgen's own kind writes what it lacks: Dublin Core creators, the
hub and Media RSS (https://www.rssboard.org/media-rss).
"""

import re
from datetime import UTC, datetime
from html import escape

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from alertgen.i18n import words
from alertgen.outputs import Feed, FeedFile, FeedItem, FeedPicture
from alertgen.render.feed_content import content, first_published
from alertgen.render.feed_passages import hexadecimal

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_RSS_TYPE, _ATOM_TYPE = "application/rss+xml", "application/atom+xml"
_ICON_SIDE = 144
"""Pixels; readers that are told no size squeeze the picture into 88 x 31."""
_MINUTES_BETWEEN_VISITS = 60
"""A weekly bulletin changes rarely, but a correction should arrive within the hour."""


def rss(file: FeedFile) -> bytes:
    """Return *file* as RSS 2.0 (https://www.rssboard.org/rss-specification)."""
    feed = file.feed
    generator = _generator(file, _RSS_TYPE)
    generator.description(feed.description or feed.title)
    generator.copyright(feed.rights or None)
    generator.lastBuildDate(_whole_hours(_moment(feed.updated)))
    generator.ttl(_MINUTES_BETWEEN_VISITS)
    if feed.icon:
        side = str(_ICON_SIDE)
        generator.image(url=feed.icon, title=feed.title, link=feed.home, width=side, height=side)
    for item in feed.items:
        _rss_entry(generator.add_entry(order="append"), item)
    return _written(generator.rss_str(pretty=True))


def atom(file: FeedFile) -> bytes:
    """Return *file* as Atom (RFC 4287)."""
    feed = file.feed
    generator = _generator(file, _ATOM_TYPE)
    generator.author({"name": feed.author or feed.title})
    generator.subtitle(feed.description or None)
    generator.rights(feed.rights or None)
    generator.icon(feed.icon or None)
    for item in feed.items:
        _atom_entry(generator.add_entry(order="append"), item)
    return _written(generator.atom_str(pretty=True))


def _generator(file: FeedFile, media_type: str) -> FeedGenerator:
    feed = file.feed
    generator = FeedGenerator()
    generator.register_extension("alertgen", _FeedParts, _ItemParts)
    generator.alertgen.feed = feed
    generator.id(feed.id)
    generator.title(feed.title)
    generator.language(feed.lang)
    generator.updated(_moment(feed.updated))
    generator.generator("alertgen")
    generator.link(href=file.url, rel="self", type=media_type)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    generator.link(href=feed.home, rel="alternate", type="text/html")
    return generator


def _entry(entry: FeedEntry, item: FeedItem) -> None:
    entry.alertgen.item = item
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.content(content(item), type="html")
    entry.category([{"term": one.term, "scheme": one.scheme, "label": one.label} for one in item.categories])


def _rss_entry(entry: FeedEntry, item: FeedItem) -> None:
    _entry(entry, item)
    entry.link(href=item.url, rel="alternate")
    entry.published(_whole_hours(_moment(item.published)))
    entry.description(escape(item.summary or item.title, quote=False), isSummary=True)
    if item.republished:
        entry.source(url=item.republished.url, title=item.republished.publisher)


def _atom_entry(entry: FeedEntry, item: FeedItem) -> None:
    _entry(entry, item)
    entry.published(_moment(item.published))
    entry.updated(_moment(item.updated))
    if item.summary:
        entry.summary(item.summary)
    entry.author([{"name": name} for name in item.authors])
    if item.republished:
        entry.rights(item.republished.rights or first_published(item.republished, words(item.lang)))


class _FeedParts(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """What feedgen leaves out of a channel."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """Name the vocabularies in use."""
        return {"dc": _DC, "media": _MEDIA}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the hub to the channel; feedgen writes it into Atom only."""
        if self.feed.hub:
            etree.SubElement(feed[0], f"{_ATOM}link", {"rel": "hub", "href": self.feed.hub})
        return feed


class _ItemParts(BaseEntryExtension):  # type: ignore[misc]  # feedgen is untyped
    """What feedgen leaves out of an item."""

    item: FeedItem

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add creators and the picture."""
        for name in self.item.authors:
            etree.SubElement(feed, f"{{{_DC}}}creator").text = name
        return self._with_picture(feed)

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Add the links, whose kind and type feedgen loses, and the picture."""
        etree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": self.item.url})
        if self.item.republished:
            first = self.item.republished
            etree.SubElement(feed, "link", {"rel": "via", "href": first.url, "title": first.publisher})
        return self._with_picture(feed)

    def _with_picture(self, item: etree._Element) -> etree._Element:
        if self.item.picture:
            _add_media(item, self.item.picture)
        return item


def _add_media(item: etree._Element, picture: FeedPicture) -> None:
    attributes = {
        "url": picture.url,
        "medium": "image",
        "type": picture.media_type,
        "width": str(picture.width),
        "height": str(picture.height),
    }
    media = etree.SubElement(item, f"{{{_MEDIA}}}content", attributes)
    if picture.caption or picture.alt:
        etree.SubElement(media, f"{{{_MEDIA}}}description", {"type": "plain"}).text = picture.caption or picture.alt
    if picture.credit:
        etree.SubElement(media, f"{{{_MEDIA}}}credit").text = picture.credit
        etree.SubElement(media, f"{{{_MEDIA}}}copyright").text = picture.credit


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _whole_hours(moment: datetime) -> datetime:
    """Return *moment* in UTC where its zone is not a whole or half hour off: old readers know no other offsets."""
    offset = moment.utcoffset()
    return moment if offset is None or offset.total_seconds() % 1800 == 0 else moment.astimezone(UTC)


def _written(document: bytes) -> bytes:
    """Return the document with the quotation marks of everybody else in its first line, and a line end.

    In plain text the signs `&` and `<` become hexadecimal references, which no old reader takes for HTML
    (https://www.rssboard.org/rss-profile#data-types-characterdata): a title may be about `&nbsp;` or `<b>`.
    """
    declared = re.sub(rb"^<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="UTF-8"?>', document)
    return _PLAIN_TEXT.sub(_with_hexadecimal_references, declared).rstrip() + b"\n"


_PLAIN_TEXT = re.compile(
    rb"<(?:title|subtitle|category|source|copyright|rights|name|summary|dc:creator|media:[a-z]+)(?: [^>]*)?>[^<]*&"
    rb"[^<]*</"
)
"""Elements without HTML in them that hold a reference; `description` and the content are HTML."""


def _with_hexadecimal_references(element: re.Match[bytes]) -> bytes:
    start, closed, text = element[0].partition(b">")
    return start + closed + hexadecimal(text)
