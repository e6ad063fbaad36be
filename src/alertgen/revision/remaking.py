"""Making again the few pages and feeds that hold an edited text, in this process or a copy of it.

What makes outputs takes long to import, and is imported where it is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from alertgen.records import dataclass
from alertgen.store import Store

if TYPE_CHECKING:
    from alertgen.i18n import Words
    from alertgen.model import Prose
    from alertgen.outputs import FeedFile, FeedItem
    from alertgen.write import Keep, Laid
    from alertgen.write.manifest import FileRecord


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed as it was, and as it is now."""

    old: FeedItem
    new: FeedItem


@dataclass(frozen=True, slots=True)
class Reworded:
    """A file of a feed in which some items are different."""

    output: FeedFile
    """Without its items."""
    published: FileRecord
    items: tuple[Item, ...]
    """Those that are different."""


@dataclass(frozen=True, slots=True)
class Stale:
    """What is to be made again, and what has to be known for that."""

    pages: Mapping[str, tuple[Prose, ...]]
    """By address, the texts on pages of alerts."""
    feeds: tuple[Reworded, ...]
    root: Path
    memory: Path | None
    """File of what is remembered."""
    engine: str
    """Digest of this alertgen."""
    languages: tuple[Words, ...]
    """The interface, as it is known."""


def make_ready() -> None:
    """Bring along what `remade` needs."""
    import alertgen.load.theme
    import alertgen.plan.alerts
    import alertgen.render.feed_passages
    import alertgen.render.templates  # noqa: F401


def remade(stale: Stale, keep: Keep) -> list[tuple[str, str, Laid]] | None:
    """Make *stale* outputs and *keep* them; return address, path and whereabouts of each.

    Return None if one has a fault, or is not known.

    Raises:
        MachineError: the system refuses it.
    """
    from alertgen.engine import take_for_known
    from alertgen.i18n import take_for_known as take_for_spoken
    from alertgen.load.theme import read_templates
    from alertgen.render import RenderFaultError, keep_outputs, open_tools
    from alertgen.traces import read_page

    take_for_known(stale.engine)
    take_for_spoken(stale.languages)
    with Store(stale.memory) as memory:
        tools, _ = open_tools(read_templates(stale.root)[0], stale.root, memory, whole=False)
        found = [read_page(address, texts, memory) for address, texts in stale.pages.items()]
        pages = tuple(filter(None, found))
        if len(pages) < len(found):
            return None
        try:
            made = [(output.address, path, laid) for output, path, laid in keep_outputs(pages, tools, keep)]
            return [*made, *_feeds(stale.feeds, keep)]
        except (RenderFaultError, ValueError):
            return None


def _feeds(feeds: tuple[Reworded, ...], keep: Keep) -> Iterator[tuple[str, str, Laid]]:
    """Keep *feeds* as they are published, but for the items that are different.

    Raises:
        ValueError: one is not as it was published, or it is not certain where its items stand.
    """
    from alertgen.render.feed_passages import changes, with_changes

    items = {id(item): item for feed in feeds for item in feed.items}  # each stands in many of them
    spelled = {key: changes(item.old, item.new) for key, item in items.items()}
    for feed in feeds:
        path = feed.published.path
        content = Path(keep.out, path).read_bytes()
        if sha256(content).hexdigest() != feed.published.sha256:
            raise ValueError(f"{path} is not as it was published")
        wanted = [spelled[id(item)][feed.output.format] for item in feed.items]
        yield feed.output.address, path, keep(path, with_changes(content, wanted))
