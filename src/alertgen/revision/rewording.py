"""What has to be made when nothing but the words of a few alerts is different, and how (see `revision`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alertgen import WITHHELD
from alertgen.engine import engine_digest, take_for_known
from alertgen.fingerprint import Fingerprints
from alertgen.load.documents import key_of_file
from alertgen.outcome import Report
from alertgen.outputs import Output, SearchIndex
from alertgen.processes.forked import ForkedCopy, Task
from alertgen.processes.thread import in_thread
from alertgen.progress import Progress
from alertgen.records import replace
from alertgen.revision.alerts import edited_alerts, revised_alerts
from alertgen.revision.data import Data, reworded_data
from alertgen.revision.feeds import Feeds, remember, reworded_feeds
from alertgen.revision.pages import RewordedAlert, are_published, fingerprint_of_page, reworded_alerts, stand_in
from alertgen.revision.reading import make_ready_to_read
from alertgen.revision.remaking import Bench, Stale, remade, set_up
from alertgen.revision.report import said_again
from alertgen.revision.search import different, reworded_search
from alertgen.standstill import Since
from alertgen.store import Store
from alertgen.traces.read import (
    DATASET,
    SEARCH,
    Index,
    fingerprint_of,
    read_index,
    read_languages,
    read_search,
    write_data_spelling,
    write_records,
    write_since,
    write_spellings,
)
from alertgen.traces.read_feeds import read_channels
from alertgen.write import Changes, Keep, Laid, publish
from alertgen.write.census import is_twin_left
from alertgen.write.manifest import Rest, read_few
from alertgen.write.sizes import are_left, parts
from alertgen.write.trouble import DisturbedError

if TYPE_CHECKING:
    from alertgen.render import Searched


class _FaultyError(Exception):
    """A page cannot be made; `build` will tell why."""


def reworded_site(
    root: Path,
    out: Path,
    since: Since,
    other: ForkedCopy,
    memory: Store,
    progress: Progress,
    *,
    strict: bool,
) -> Report | None:
    """Publish the site with other words; do nothing and return None when it is not certain that nothing else changed.

    The *other* process looks whether anybody has changed the published files, and makes the pages. When None is
    returned because keys have changed, it makes itself ready to read them.

    Raises:
        DisturbedError: what is published is not as it should be.
        MachineError: the system refuses something.
    """
    if (root / WITHHELD).exists() or (root / WITHHELD).is_symlink():
        return None
    take_for_known(since.engine)
    index = read_index(memory)
    if index is None:
        return None
    read_languages(memory)
    edited = edited_alerts(root, since.texts, index, memory)
    if not edited:
        other.renew()  # it has begun to bring along what makes pages, which is not needed yet
        other.begin(make_ready_to_read, memory.file)
        return None
    bench = Bench(root, memory.file, engine_digest())
    other.begin(partial(set_up, feeds=any(index.feeds_of(file.path) for _, file in edited)), bench)
    left = [other.begin(is_twin_left, out), *(other.begin(are_left, out, start) for start in parts(out))]
    revised = revised_alerts(edited, index, memory)
    report = said_again(root, since.report, revised, strict=strict) if revised else None
    if report is None or not all(one.is_clear for one in revised):
        return None
    progress("comparing", 0, 0)
    pages = reworded_alerts(revised, memory)
    search = _search(pages, index, memory) if pages else None
    if pages is None or search is None:
        return None
    try:
        with _searching(search[1:], progress) as searched:
            work = _work(out, pages, search, since, index, memory)
            if work is None:
                return None
            progress("making", 0, 0)
            making = partial(_made, bench, work, searched, other, left, progress)
            published = publish(out, work.changes, making)
    except _FaultyError:
        return None
    _remember(search, work, index, memory)
    return replace(report, size=published.size, published=published)


def _made(
    bench: Bench,
    work: Work,
    searched: Searched,
    other: ForkedCopy,
    left: Sequence[Task[bool]],
    progress: Progress,
    keep: Keep,
) -> Iterator[tuple[Output, str, Laid]]:
    """Make and *keep* what is stale: the *other* process pages and feeds, while a thread copies the open data."""
    outputs = {output.address: output for output in work.changes.stale if output.address not in (DATASET, SEARCH)}
    pages = {page.new.page: page.alert.new.texts for page in work.pages}
    stale = Stale(pages, work.feeds.files, bench)
    made = other.begin(remade, stale, keep)
    with in_thread(partial(keep, work.data.path, work.data.content)) as data:
        import ctypes  # noqa: F401 - the exchange will need it, and here is time
        import shutil  # noqa: F401 - the same, to clear up

        if not all(part.soonest() for part in reversed(left)):  # the copy has begun with the first of them
            raise DisturbedError
        kept = made()
        if kept is None:
            raise _FaultyError
        for address, path, laid in kept:
            yield outputs[address], path, laid
        yield from searched(keep)
        progress("writing", 0, 0)
        yield work.data.output, work.data.path, data()
    other.ask_no_more()


@contextmanager
def _searching(outputs: Iterable[SearchIndex], progress: Progress) -> Iterator[Searched]:
    """Have the search index made, if it is among *outputs*, while something else is done; see `render.searching`."""
    if not outputs:
        yield lambda _keep: iter(())
        return
    from alertgen.render import RenderFaultError, searching  # here, since it brings much along

    try:
        with searching(outputs, progress) as searched:
            yield searched
    except RenderFaultError as fault:
        raise _FaultyError from fault


# --- what has to be made ------------------------------------------------------------------------------------------


class Work(NamedTuple):
    """What is to be done."""

    changes: Changes
    data: Data
    feeds: Feeds
    pages: tuple[RewordedAlert, ...]


Search = tuple[()] | tuple[SearchIndex, SearchIndex]
"""The search index of before and of now; nothing where there is none, or where it stays as it is."""


def _search(pages: Iterable[RewordedAlert], index: Index, memory: Store) -> Search | None:
    """Return what is different of the search index; None when it is not certain."""
    edited = [(page.old.page, page.alert.texts) for page in pages]
    if not index.searched or all(old == new for _, texts in edited for old, new in texts.items()):
        return ()
    before = read_search(memory)
    after = reworded_search(before, edited) if before else None
    return (before, after) if before and after else None


def _work(
    out: Path, pages: tuple[RewordedAlert, ...], search: Search, since: Since, index: Index, memory: Store
) -> Work | None:
    """Return what is to be done; None when it is not certain."""
    channels = read_channels(dict.fromkeys(name for page in pages for name in index.feeds_of(page.alert.path)), memory)
    if channels is None:
        return None
    files = (file.address for channel in channels for file in channel.files)
    addresses = (*(page.old.page for page in pages), DATASET, *(output.address for output in search[:1]))
    published = read_few(out, (*addresses, *files))
    if published is None or not are_published(pages, index, published):
        return None
    digest = Fingerprints()
    if any(published.entries[output.address].fingerprint != fingerprint_of(output, digest) for output in search[:1]):
        return None
    data = reworded_data(out, pages, published.entries[DATASET], memory)
    listed = [page.alert for page in pages if index.feeds_of(page.alert.path)]
    feeds = reworded_feeds(listed, channels, published.entries, memory)
    if data is None or feeds is None:
        return None
    fingerprints = {page.new.page: fingerprint_of_page(page.new, index) for page in pages}
    fingerprints |= {output.address: fingerprint_of(output, digest) for output in search[1:]}
    fingerprints |= {DATASET: data.fingerprint, **feeds.fingerprints}
    stale = (*map(stand_in, pages), data.output, *(file.output for file in feeds.files), *search[1:])
    published = published.only(fingerprints)
    changes = Changes(
        stale=tuple(sorted(stale, key=lambda output: output.address)),
        same=(),
        gone=(),
        fingerprints=lambda: fingerprints,
        published=published.entries,
        base="",
        rest=Rest(published.content, since.report.size - published.size),
    )
    return Work(changes, data, feeds, pages)


def _remember(search: Search, work: Work, index: Index, memory: Store) -> None:
    """Leave for the next build what is different now."""
    write_data_spelling(work.data.spelling, memory)
    remember(work.feeds, memory)
    for page in work.pages:
        write_spellings(page.alert.path, page.new, memory)
    if search:
        write_records(different(*search), memory)
    edited = {page.alert.path: key_of_file(page.alert.file, index.customs) for page in work.pages}
    write_since({**index.since, **edited}, memory)
