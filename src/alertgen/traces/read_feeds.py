"""What a build leaves of its feeds for an edit of words: how each lists its items, and by alert what these are.

An item stands in several feeds, each in three formats. For the fingerprint of a feed it is enough to know the tokens of
its items, so an edit changes one of them and needs to know nothing of all the others. See `read`.
"""

from collections.abc import Iterable

from alertgen.fingerprint import Token, digest_text
from alertgen.frozen import freeze
from alertgen.load.remembered.memory import UNREADABLE, Filling, name_of, thaw
from alertgen.model import Prose
from alertgen.outputs import FeedFile, FeedItem
from alertgen.records import dataclass, replace
from alertgen.store import Store
from alertgen.traces.read import KIND, TextAt, emptying, named


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed in all formats, without its items."""

    files: tuple[FeedFile, ...]
    items: tuple[tuple[str, str], ...]
    """Of each item, the path of the alert whose texts it holds (nothing where it holds none), and its token."""

    @property
    def planned(self) -> tuple[FeedFile, ...]:
        """The files as they are planned, but for items known by their tokens."""
        items = tuple(Token(token) for _, token in self.items)
        feed = replace(self.files[0].feed, items=items)  # type: ignore[arg-type]  # only for their fingerprints
        return tuple(replace(file, feed=feed) for file in self.files)


def write_channel(channel: Channel, memory: Store) -> None:
    """Remember *channel* in the place of what was known of it."""
    memory.put(_key(channel.files[0].address), freeze(channel))


def read_channels(names: Iterable[str], memory: Store) -> tuple[Channel, ...] | None:
    """Return the feeds with these *names*; None when one is not remembered."""
    known = memory.get_many(keys := [_key(name) for name in names])
    found = [thaw(known.get(key, b""), Channel) for key in keys]
    return None if None in found else tuple(filter(None, found))


def read_items(path: str, memory: Store, text_at: TextAt) -> tuple[FeedItem, ...] | None:
    """Return the items of the alert at *path*, with the texts that *text_at* gives; None when they are not known."""
    try:
        items = Filling(memory.get(key_of_items(path)) or b"", {name_of(named): text_at}).load()
    except (*UNREADABLE, LookupError):
        return None
    return items if isinstance(items, tuple) else None


def write_items(path: str, items: tuple[FeedItem, ...], texts: Iterable[Prose], memory: Store) -> None:
    """Remember the *items* of the alert at *path*, whose *texts* these are, in the place of those of before."""
    names = {prose.digest: (path, place) for place, prose in enumerate(texts)}
    memory.put(key_of_items(path), freeze(items, emptying(names)))


def key_of_items(path: str) -> str:
    """Return the key under which the items of the alert at *path* are remembered."""
    return f"{KIND}:items:{digest_text(path)}"


def _key(name: str) -> str:
    return f"{KIND}:feed:{digest_text(name)}"
