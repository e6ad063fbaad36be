"""Feeds: which there are, what is in each, and the list of all of them."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice

from alertgen import urls
from alertgen.model import Level
from alertgen.outputs import Document, Feed, FeedFile, FeedItem
from alertgen.plan import moments
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.feed_items import Items
from alertgen.plan.history import AlertCorrection, History, corrections_of
from alertgen.plan.views import Entry
from alertgen.records import dataclass, replace
from alertgen.views import FeedGroup, FeedLink

ICON = "icon-144.png"
"""Name of the static file that feeds show as their picture: square, at most 144 pixels, as RSS 2.0 demands."""

Select = Callable[[Items], Iterable[FeedItem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed before its items are made; it exists in every format."""

    group: str
    """Key of the heading under which it is listed: `feeds_all`, `feeds_countries`, `feeds_tags`, `feeds_levels`."""
    name: str
    folder: str
    """Address of the folder that its files lie in."""
    home: str
    """Address of the page that it belongs to."""
    select: Select
    """Makes its items, newest first."""


def plan_feeds(bulletin: Bulletin) -> Iterator[FeedFile | Document]:
    """Plan every feed in every format, and the list of them for feed readers."""
    for edition in bulletin.editions:
        items = Items(edition, bulletin)
        for channel in channels(edition):
            yield from _files(channel, items, bulletin)
    yield _opml(bulletin)


def channels(edition: Edition) -> Iterator[Channel]:
    """Yield the feeds of *edition*: of everything, of corrections, by country, by risk tag and by level."""
    language, say = edition.language, edition.language.words.say
    yield _channel("feeds_all", "", urls.home(), _everything, edition)
    yield _channel("feeds_all", say("corrections"), urls.corrections(), _corrections, edition)
    for history in edition.countries:
        name, folder = language.spoken(history.country.name), urls.country(history.country)
        yield _channel("feeds_countries", name, folder, _of_country(history), edition)
    for tag, entries in edition.by_tag:
        yield _channel("feeds_tags", language.spoken(tag.name), urls.risk(tag), _of(entries), edition)
    yield from _level_channels(edition)


def _level_channels(edition: Edition) -> Iterator[Channel]:
    for level, entries in _by_level(edition):
        name, home = edition.language.spoken(level.name), urls.level_list(level) if entries else urls.countries()
        yield _channel("feeds_levels", name, urls.level(level), _of(entries), edition, home)


def feed_groups(edition: Edition, bulletin: Bulletin) -> tuple[FeedGroup, ...]:
    """Return all feeds of *edition* under their headings, then the bulletin in other languages; with the host."""
    language = edition.language
    grouped = groupby(channels(edition), key=lambda channel: channel.group)
    groups = [
        FeedGroup(language.words.say(group), tuple(link for channel in members for link in _links(channel, edition)))
        for group, members in grouped
    ]
    foreign = tuple(link for other in bulletin.editions if other is not edition for link in _in_language(other))
    return (*groups, FeedGroup(language.words.say("other_languages"), foreign)) if foreign else tuple(groups)


def _in_language(edition: Edition) -> Iterator[FeedLink]:
    """Yield the feeds of the whole of *edition*, called after its language."""
    whole = next(channels(edition))
    spoken = edition.language.words
    named = replace(whole, name=spoken.say("labelled", label=spoken.language_name, text=whole.name))
    return (replace(link, lang=spoken.lang) for link in _links(named, edition))


def level_feeds(edition: Edition) -> tuple[FeedLink, ...]:
    """Return the feeds of the levels; they have no page but the list of countries."""
    feeds = edition.language.feeds
    return tuple(link for channel in _level_channels(edition) for link in feeds(channel.folder, channel.name))


def feed_name(name: str, edition: Edition) -> str:
    """Return what a feed, or another part of the bulletin, is called that is about *name*: a country, corrections."""
    return edition.language.words.say("feed_title", site=edition.chrome.title, name=name)


def _links(channel: Channel, edition: Edition) -> Iterator[FeedLink]:
    language = edition.language
    for link in language.feeds(channel.folder, channel.name):
        yield FeedLink(link.title, language.absolute(link.url), link.media_type)


def _channel(group: str, name: str, folder: str, select: Select, edition: Edition, home: str = "") -> Channel:
    language = edition.language
    return Channel(
        group=group,
        name=feed_name(name, edition) if name else edition.chrome.title,
        folder=language.local(folder),
        home=language.local(home or folder),
        select=select,
    )


def _everything(items: Items) -> Iterator[FeedItem]:
    return map(items.alert, items.edition.alerts)


def _corrections(items: Items) -> Iterator[FeedItem]:
    """Every correction ever made, the newest first."""
    return _items_of(corrections_of(items.edition.alerts), items)


def _items_of(notes: Sequence[AlertCorrection], items: Items) -> Iterator[FeedItem]:
    """Yield the corrections *notes*, the newest first."""
    newest = sorted(notes, key=lambda one: moments.instant(items.issue(one.alert).corrected(one.place)), reverse=True)
    return (items.correction(one.alert, one.place) for one in newest)


def _of_country(history: History) -> Select:
    """Select the situations in a country, and the corrections which say that an alert was not about it."""
    situations, notes = _of(history.entries), history.corrections
    if not notes:
        return situations

    def newest(item: FeedItem) -> datetime.datetime:
        return moments.instant(item.published)

    return lambda items: merge(situations(items), _items_of(notes, items), key=newest, reverse=True)


def _of(entries: Iterable[Entry]) -> Select:
    return lambda items: map(items.entry, entries)


def _by_level(edition: Edition) -> list[tuple[Level, tuple[Entry, ...]]]:
    """The levels with the entries that state them, the most severe level first."""
    found: dict[str, list[Entry]] = {}
    for entry in edition.entries:
        if entry.level:
            found.setdefault(entry.level.slug, []).append(entry)
    return [(level, tuple(found.get(level.slug, ()))) for level in edition.levels]


def _files(channel: Channel, items: Items, bulletin: Bulletin) -> Iterator[FeedFile]:
    feed = _feed(channel, items, bulletin)
    for kind in urls.FEED_FILES:
        address = urls.feed(channel.folder, kind)
        yield FeedFile(address=address, format=kind, url=items.edition.language.absolute(address), feed=feed)


def _feed(channel: Channel, items: Items, bulletin: Bulletin) -> Feed:
    language = items.edition.language
    config = language.config
    shown = tuple(islice(channel.select(items), config.feed_items))
    icon = dict(bulletin.assets).get(ICON, "")
    return Feed(
        id=urls.absolute(channel.folder, bulletin.first_home),
        title=channel.name,
        description=language.spoken(config.description) or channel.name,
        lang=language.lang,
        home=language.absolute(channel.home),
        author=language.publisher,
        rights=_rights(items.edition),
        updated=max((item.updated for item in shown), key=moments.instant, default=moments.NEVER),
        icon=language.absolute(icon) if icon else "",
        hub=urls.encoded(config.hub),
        items=shown,
    )


def _rights(edition: Edition) -> str:
    rights, licence = edition.chrome.rights, edition.chrome.licence
    licensed = edition.language.words.say("licensed_under", licence=licence.name) if licence else ""
    return f"{rights.rstrip('.')}. {licensed}" if rights and licensed else rights or licensed


def _opml(bulletin: Bulletin) -> Document:
    """Plan the list of all feeds in RSS: a row with the title, then rows of language, group, name, feed and page."""
    first = bulletin.editions[0]
    rows = [
        (
            edition.language.words.language_name,
            edition.language.words.say(channel.group),
            channel.name,
            edition.language.absolute(urls.feed(channel.folder, "rss")),
            edition.language.absolute(channel.home),
        )
        for edition in bulletin.editions
        for channel in channels(edition)
    ]
    return Document(address=urls.opml(), kind="opml", rows=((first.chrome.title,), *rows))
