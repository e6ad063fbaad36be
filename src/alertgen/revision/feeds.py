"""Feeds with other words: the items of alerts that were edited are replaced in them, all else is copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from alertgen.fingerprint import Fingerprints
from alertgen.model import Prose, opening_of
from alertgen.outputs import FeedItem
from alertgen.records import replace
from alertgen.revision.alerts import Revised
from alertgen.revision.remaking import Item, RewordedFeed
from alertgen.store import Store
from alertgen.text import FEED_SUMMARY
from alertgen.traces.read import TextAt, fingerprint_of
from alertgen.traces.read_feeds import Channel, read_items, write_channel, write_items
from alertgen.write.manifest import Entry


class Feeds(NamedTuple):
    """All that is different of feeds."""

    files: tuple[RewordedFeed, ...]
    fingerprints: Mapping[str, str]
    """Of these files, by address."""
    channels: tuple[Channel, ...]
    """To be remembered, and `items`."""
    items: tuple[tuple[Revised, tuple[Item, ...]], ...]


class _UncertainError(Exception):
    """What is remembered is not what is published."""


def reworded_feeds(
    revised: Iterable[Revised], channels: Iterable[Channel], published: Mapping[str, Entry], memory: Store
) -> Feeds | None:
    """Return what is different of *channels*, which hold all the items of *revised* alerts; None if not certain."""
    digest = Fingerprints()
    try:
        items = [(one, tuple(_items(one, memory))) for one in revised]
        known = {one.path: {digest.token(item.old): item for item in found} for one, found in items}
        changed = [_changed(channel, known, published, digest) for channel in channels]
    except _UncertainError:
        return None
    return Feeds(
        files=tuple(file for one in changed if one for file in one.files),
        fingerprints={address: value for one in changed if one for address, value in one.fingerprints.items()},
        channels=tuple(one.channel for one in changed if one),
        items=tuple(items),
    )


def remember(feeds: Feeds, memory: Store) -> None:
    """Leave *feeds* for the next build as they are now."""
    for channel in feeds.channels:
        write_channel(channel, memory)
    for one, items in feeds.items:
        if any(item.old.summary != item.new.summary for item in items):
            write_items(one.path, tuple(item.new for item in items), one.new.texts, memory)


def _items(one: Revised, memory: Store) -> Iterator[Item]:
    """Yield the items of the alert *one*."""
    before, after = (
        read_items(one.path, memory, _texts_of(one.path, proses)) for proses in (one.old.texts, one.new.texts)
    )
    if before is None or after is None:
        raise _UncertainError
    for old, new in zip(before, after, strict=True):
        if one.has_situations and "#" in old.url:  # it is one of them, and the beginning of its text is its summary
            if old.summary != _beginning(old) or not _beginning(new):
                raise _UncertainError
            new = replace(new, summary=_beginning(new))
        yield Item(old, new)


def _texts_of(path: str, proses: tuple[Prose, ...]) -> TextAt:
    """Return where texts of the alert at *path* are found by name."""

    def text_at(asked: str, place: int) -> Prose:
        if asked != path:
            raise LookupError(asked)
        return proses[place]

    return text_at


def _beginning(item: FeedItem) -> str:
    return opening_of(item.parts[0].prose, FEED_SUMMARY)


class _Changed(NamedTuple):
    """A feed in which something is different."""

    channel: Channel
    fingerprints: Mapping[str, str]
    files: tuple[RewordedFeed, ...]


def _changed(
    channel: Channel, known: Mapping[str, Mapping[str, Item]], published: Mapping[str, Entry], digest: Fingerprints
) -> _Changed | None:
    """Return *channel* with the items that are *known* to be others now; None if there are none."""
    if any(published[file.address].fingerprint != fingerprint_of(file, digest) for file in channel.planned):
        raise _UncertainError
    edited = tuple(known[owner].get(token) if owner in known else None for owner, token in channel.items)
    if any(owner in known and item is None for (owner, _), item in zip(channel.items, edited, strict=True)):
        raise _UncertainError
    different = tuple(item for item in edited if item and item.new != item.old)
    if not different:
        return None
    listed = tuple(
        (owner, digest.token(item.new) if item else token)
        for (owner, token), item in zip(channel.items, edited, strict=True)
    )
    new = replace(channel, items=listed)
    return _Changed(
        channel=new,
        fingerprints={file.address: fingerprint_of(file, digest) for file in new.planned},
        files=tuple(RewordedFeed(file, published[file.address].files[0], different) for file in channel.files),
    )
