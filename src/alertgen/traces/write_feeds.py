"""How a build leaves its feeds for the next one; see `read_feeds`, which reads it."""

from collections.abc import Collection, Iterable, Mapping

from alertgen.fingerprint import Fingerprints
from alertgen.frozen import freeze
from alertgen.outputs import FeedFile, FeedItem
from alertgen.records import replace
from alertgen.store import Store
from alertgen.traces.read import Name, emptying
from alertgen.traces.read_feeds import Channel, key_of_items, write_channel


def trace_feeds(
    files: Iterable[FeedFile],
    made: Collection[str],
    names: Mapping[str, Name],
    fingerprint_of: Fingerprints,
    memory: Store,
) -> dict[str, list[str]]:
    """Remember feeds of which a file is *made* now, and their items; return by path of an alert which feeds hold it.

    *made* are the addresses of files that are made now, *names* those of texts, by digest. A feed is named by the
    address of its first file.
    """
    holding: dict[str, list[str]] = {}
    items: dict[str, dict[str, FeedItem]] = {}
    stale: set[str] = set()
    for channel in _channels(files):
        feed, name = channel[0].feed, channel[0].address
        listed = tuple((_owner(item, names), fingerprint_of.token(item)) for item in feed.items)
        owners = {owner for owner, _ in listed if owner}
        for item, (owner, token) in zip(feed.items, listed, strict=True):
            items.setdefault(owner, {})[token] = item
        for owner in owners:
            holding.setdefault(owner, []).append(name)
        if owners and any(file.address in made for file in channel):
            stale |= owners
            bare = replace(feed, items=())
            write_channel(Channel(tuple(replace(file, feed=bare) for file in channel), listed), memory)
    empty = emptying(names)
    for path in stale:
        memory.put(key_of_items(path), freeze(tuple(items[path].values()), empty))
    return holding


def _channels(files: Iterable[FeedFile]) -> Iterable[list[FeedFile]]:
    """Return the files of each feed."""
    channels: dict[str, list[FeedFile]] = {}
    for file in files:
        channels.setdefault(file.feed.id, []).append(file)
    return channels.values()


def _owner(item: FeedItem, names: Mapping[str, Name]) -> str:
    """Return the path of the alert whose texts *item* holds; nothing if it holds none."""
    return next((names[part.prose.digest][0] for part in item.parts if part.prose.digest in names), "")
