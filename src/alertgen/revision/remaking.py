"""Making again the few pages and feeds that hold an edited text, in this process or a copy of it.

What makes outputs takes long to import, and is imported where it is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from alertgen.records import dataclass
from alertgen.store import Store

if TYPE_CHECKING:
    from alertgen.model import Prose
    from alertgen.outputs import FeedFile, FeedItem
    from alertgen.render import Tools
    from alertgen.write import Keep, Laid
    from alertgen.write.manifest import FileRecord


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed as it was, and as it is now."""

    old: FeedItem
    new: FeedItem


@dataclass(frozen=True, slots=True)
class RewordedFeed:
    """A file of a feed in which some items are different."""

    output: FeedFile
    """Without its items."""
    published: FileRecord
    items: tuple[Item, ...]
    """Those that are different."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the pages of a site are made."""

    root: Path
    memory: Path | None
    """File of what is remembered."""
    engine: str
    """Digest of this alertgen."""


@dataclass(frozen=True, slots=True)
class Stale:
    """What is to be made again, and what has to be known for that."""

    pages: Mapping[str, tuple[Prose, ...]]
    """By address, the texts on pages of alerts."""
    feeds: tuple[RewordedFeed, ...]
    bench: Bench


def make_ready() -> None:
    """Import what `remade` needs for each page."""
    import alertgen.load.theme.reading
    import alertgen.plan.alerts
    import alertgen.render.templates  # noqa: F401


def set_up(bench: Bench, *, feeds: bool) -> None:
    """Prepare what `remade` will need: the tools, the template of an alert's page, with *feeds* what makes feeds."""
    _opened(bench)[0].templates().get_template("alert.html")
    if feeds:
        import alertgen.render.feed_passages  # noqa: F401


@lru_cache(maxsize=1)
def _opened(bench: Bench) -> tuple[Tools, ExitStack]:
    """Return the tools of *bench*, and what closes their memory."""
    from alertgen.engine import take_for_known
    from alertgen.load.theme.reading import read_templates
    from alertgen.render import open_tools
    from alertgen.traces.read import read_languages

    take_for_known(bench.engine)
    opened = ExitStack()
    memory = opened.enter_context(Store(bench.memory))
    read_languages(memory)
    return open_tools(read_templates(bench.root)[0], bench.root, memory, whole=False)[0], opened


def remade(stale: Stale, keep: Keep) -> list[tuple[str, str, Laid]] | None:
    """Make *stale* outputs and *keep* them (write them for `publish`); return address, path and whereabouts of each.

    Return None if one cannot be made, or is not remembered.

    Raises:
        MachineError: the system refuses it.
    """
    from alertgen.render import RenderFaultError, keep_outputs
    from alertgen.traces.read import read_page

    tools, opened = _opened(stale.bench)
    _opened.cache_clear()
    with opened:
        found = [read_page(address, texts, tools.memory) for address, texts in stale.pages.items()]
        pages = tuple(filter(None, found))
        if len(pages) < len(found):
            return None
        try:
            made = [(output.address, path, laid) for output, path, laid in keep_outputs(pages, tools, keep)]
            return [*made, *_feeds(stale.feeds, keep)]
        except (RenderFaultError, ValueError):
            return None


def _feeds(feeds: tuple[RewordedFeed, ...], keep: Keep) -> Iterator[tuple[str, str, Laid]]:
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
