"""Feeds: one row of a table for each format, all made from the same value."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from alertgen.json_text import render_json
from alertgen.outputs import FeedFile, FeedItem, Json, JsonFile, Record
from alertgen.records import Parts, fields, is_record, parts_of
from alertgen.render.feed_content import content, once
from alertgen.render.feed_xml import atom, rss

_JSON_FEED = "https://jsonfeed.org/version/1.1"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML 1.0 document can hold, however they are written (https://www.w3.org/TR/xml/#charsets)."""


class FeedFaultError(Exception):
    """A character that no feed can hold got past the reading of files; the message names the item."""


def render_feed(file: FeedFile) -> bytes:
    """Return *file* in its format, in UTF-8.

    Raises:
        FeedFaultError: a text in it holds a character that XML forbids.
    """
    _refuse_broken(file)
    return WRITERS[file.format](file)


def _json(file: FeedFile) -> bytes:
    """Return *file* as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""
    feed = file.feed
    document = _filled(
        ("version", _JSON_FEED),
        ("title", feed.title),
        ("home_page_url", feed.home),
        ("feed_url", file.url),
        ("description", feed.description),
        ("icon", feed.icon),
        ("language", feed.lang),
        ("authors", _authors((feed.author,))),
        ("hubs", (Record((("type", "WebSub"), ("url", feed.hub))),) if feed.hub else ()),
    )
    items = tuple(map(_json_item, feed.items))
    return render_json(JsonFile(address=file.address, content=Record((*document, ("items", items)))))


def _json_item(item: FeedItem) -> Record:
    return Record(
        _filled(
            ("id", item.id),
            ("url", item.url),
            ("external_url", item.republished.url if item.republished else ""),
            ("title", item.title),
            ("summary", item.summary),
            ("content_html", content(item)),
            ("image", item.picture.url if item.picture else ""),
            ("date_published", item.published),
            ("date_modified", item.updated),
            ("authors", _authors(item.authors)),
            ("tags", tuple([category.label for category in item.categories])),
            ("language", item.lang),
        )
    )


def _authors(names: tuple[str, ...]) -> tuple[Record, ...]:
    return tuple([Record((("name", name),)) for name in names if name])


def _filled(*members: tuple[str, Json]) -> tuple[tuple[str, Json], ...]:
    return tuple([member for member in members if member[1]])


def _refuse_broken(file: FeedFile) -> None:
    feed = file.feed
    _refuse(f"the feed {file.address}", _first_broken((feed.title, feed.description, feed.author, feed.rights)))
    for item in feed.items:
        if broken := _broken(item):
            _refuse(f'the item "{item.title}" ({item.id}) of {file.address}', broken)


def _refuse(name: str, broken: str) -> None:
    if broken:
        raise FeedFaultError(f"{name!a} holds the character U+{ord(broken):04X}")


@once
def _broken(item: FeedItem) -> str:
    """Return the first character of *item* that no feed can hold."""
    told = (item.id, item.url, item.title, item.summary, item.authors, item.published, item.updated, item.categories)
    return _first_broken((*told, item.republished, item.picture, content(item)))


def _first_broken(value: object) -> str:
    found = _NOT_XML.search("\n".join(_texts(value)))
    return found[0] if found else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif parts := _parts(type(value)):  # type: ignore[arg-type]  # every type can be a key
        yield from _texts(parts(value))


@cache
def _parts(kind: type) -> Parts | None:
    return parts_of(field.name for field in fields(kind)) if is_record(kind) else None


WRITERS: dict[str, Callable[[FeedFile], bytes]] = {"rss": rss, "atom": atom, "json": _json}
"""Format -> its writer."""
