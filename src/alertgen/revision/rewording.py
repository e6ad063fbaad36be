"""What has to be made when nothing but the words of a few alerts is different, and how (see `revision`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alertgen.aside import aside
from alertgen.beside import Beside
from alertgen.engine import engine_digest, take_for_known
from alertgen.feed_traces import read_channels
from alertgen.fingerprint import Fingerprints, digest_text
from alertgen.i18n import spoken
from alertgen.load.documents import Document, key_of_file, remembered_document
from alertgen.load.people.withheld import LIST
from alertgen.model import Prose, notes_of
from alertgen.outcome import Report
from alertgen.outputs import FeedFile, Output, Page, SearchIndex
from alertgen.progress import Progress
from alertgen.revision.alerts import Revised, edited_alerts, revised_alerts
from alertgen.revision.data import Data, reworded_data
from alertgen.revision.feeds import Feeds, remember, reworded_feeds
from alertgen.revision.reading import make_ready_to_read
from alertgen.revision.remaking import Stale, remade
from alertgen.revision.search import different, reworded_search
from alertgen.standstill import Since
from alertgen.store import Store
from alertgen.traces import (
    DATASET,
    SEARCH,
    Index,
    TextAt,
    proses_of,
    read_index,
    read_languages,
    read_outputs,
    read_search,
    write_records,
    write_since,
    write_spelling,
)
from alertgen.views import AlertView
from alertgen.write import Changes, Keep, Laid, publish
from alertgen.write.manifest import Few, Rest, read_few
from alertgen.write.sizes import are_left
from alertgen.write.trouble import DisturbedError

if TYPE_CHECKING:
    from alertgen.render import Searched


class _FaultyError(Exception):
    """A page cannot be made; `build` will tell why."""


def reworded_site(
    root: Path,
    out: Path,
    since: Since,
    other: Beside,
    memory: Store,
    progress: Progress,
) -> Report | None:
    """Publish the site with other words; do nothing and return None when it is not for sure that these are all.

    The *other* process looks whether all that is published was left as it is, and makes the pages; or it makes itself
    ready to read what is not words.

    Raises:
        DisturbedError: what is published is not as it should be.
        MachineError: the system refuses something.
    """
    if (root / LIST).exists() or (root / LIST).is_symlink():
        return None
    take_for_known(since.engine)
    index = read_index(memory)
    if index is None:
        return None
    read_languages(memory)
    edited = edited_alerts(root, since.texts, index, memory)
    if not edited:
        other.begin(make_ready_to_read, memory.file)
        return None
    left = other.begin(are_left, out)
    revised = revised_alerts(edited, index, memory)
    if not revised or _is_reported(since.report, revised):
        return None
    if not all(one.is_clear for one in revised):
        return None
    progress("comparing", 0, 0)
    search = _search(revised, index, memory)
    if search is None:
        return None
    try:
        with _searching(search[1:], progress) as searched:
            work = _work(out, revised, search, since, index, memory)
            if work is None:
                return None
            progress("making", 0, 0)
            making = partial(_made, root, work, searched, other, left, memory, progress)
            published = publish(out, work.changes, making)
    except _FaultyError:
        return None
    _remember(revised, search, work, index, memory)
    return replace(since.report, size=published.size, published=published)


def _made(
    root: Path,
    work: Work,
    searched: Searched,
    other: Beside,
    left: Callable[[], bool],
    memory: Store,
    progress: Progress,
    keep: Keep,
) -> Iterator[tuple[Output, str, Laid]]:
    """Make and *keep* what is stale: the *other* process pages and feeds, while a thread copies the open data."""
    outputs = {output.address: output for output in work.changes.stale if output.address not in (DATASET, SEARCH)}
    pages = tuple(output for output in outputs.values() if not isinstance(output, FeedFile))
    stale = Stale(pages, work.feeds.files, root, memory.file, engine_digest(), spoken())
    made = other.begin(remade, stale, keep)
    with aside(partial(keep, work.data.path, work.data.content)) as data:
        kept = made()
        if kept is None:
            raise _FaultyError
        for address, path, laid in kept:
            yield outputs[address], path, laid
        yield from searched(keep)
        progress("writing", 0, 0)
        yield work.data.output, work.data.path, data()
    is_left = left()
    other.ask_no_more()
    if not is_left:
        raise DisturbedError


@contextmanager
def _searching(outputs: Iterable[SearchIndex], progress: Progress) -> Iterator[Searched]:
    """Have the search index among *outputs* made, if it is, while something else is done; see `render.searching`."""
    if not outputs:
        yield lambda _keep: iter(())
        return
    from alertgen.render import RenderFaultError, searching  # here, since it brings much along

    try:
        with searching(outputs, progress) as searched:
            yield searched
    except RenderFaultError as fault:
        raise _FaultyError from fault


def _is_reported(report: Report, revised: Iterable[Revised]) -> bool:
    """Tell whether anything was said of the files, which might now be said otherwise."""
    paths = {one.path for one in revised}
    return any(problem.at.path in paths for problem in report.problems)


# --- what has to be made ------------------------------------------------------------------------------------------


class Work(NamedTuple):
    """What is to be done."""

    changes: Changes
    data: Data
    feeds: Feeds


Search = tuple[()] | tuple[SearchIndex, SearchIndex]
"""The search index of before and of now; nothing where there is none, or where it stays as it is."""


def _search(revised: Iterable[Revised], index: Index, memory: Store) -> Search | None:
    """Return what is different of the search index; None when it is not certain."""
    edited = [(index.holders_of(one.path), one.texts) for one in revised]
    if not index.searched or all(old == new for _, texts in edited for old, new in texts.items()):
        return ()
    before = read_search(memory)
    after = reworded_search(before, edited) if before else None
    return (before, after) if before and after else None


def _work(
    out: Path, revised: tuple[Revised, ...], search: Search, since: Since, index: Index, memory: Store
) -> Work | None:
    """Return what is to be done; None when it is not certain."""
    addresses = dict.fromkeys(address for one in revised for address in index.holders_of(one.path))
    channels = read_channels(dict.fromkeys(name for one in revised for name in index.feeds_of(one.path)), memory)
    if channels is None:
        return None
    files = (file.address for channel in channels for file in channel.files)
    published = read_few(out, (*addresses, *files, DATASET, *(output.address for output in search[:1])))
    if published is None:
        return None
    others: dict[str, Document] = {}
    before, after = (
        read_outputs(addresses, memory, _library(edited, others, index, memory))
        for edited in ({one.path: one.old for one in revised}, {one.path: one.new for one in revised})
    )
    digest = Fingerprints()
    if before is None or after is None:
        return None
    if not _are_published((*before.values(), *search[:1]), index, published, digest):
        return None
    edited = [(_view_of(one, index, before), one.texts) for one in revised]
    data = reworded_data(out, edited, published.entries[DATASET], memory)
    listed = [one for one in revised if index.feeds_of(one.path)]
    feeds = reworded_feeds(listed, channels, published.entries, memory)
    if data is None or feeds is None:
        return None
    made = (*map(_with_notes, after.values()), *search[1:])
    fingerprints = {output.address: _fingerprint(output, index, digest) for output in made}
    fingerprints |= {DATASET: data.fingerprint, **feeds.fingerprints}
    stale = (*made, data.output, *(file.output for file in feeds.files))
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
    return Work(changes, data, feeds)


def _are_published(outputs: Iterable[Output], index: Index, published: Few, digest: Fingerprints) -> bool:
    """Tell whether *outputs* are what is published: then they are what the last build has planned."""
    return all(
        published.entries[output.address].fingerprint == _fingerprint(_with_notes(output), index, digest)
        for output in outputs
    )


def _library(edited: Mapping[str, Document], others: dict[str, Document], index: Index, memory: Store) -> TextAt:
    """Return where texts are found by name: in *edited*, and in what is remembered of all *others*."""

    def text_at(path: str, place: int) -> Prose:
        document = edited.get(path) or others.get(path)
        if document is None:
            document = remembered_document(index.key_of(path), memory)
            if document is None:
                raise LookupError(path)
            others[path] = document
        return proses_of(document)[place]

    return text_at


def _with_notes(output: Output) -> Output:
    """Return *output* with the footnotes of its own texts."""
    if not isinstance(output, Page) or not isinstance(output.view, AlertView):
        return output
    view = output.view
    notes = notes_of((view.lead, *(situation.prose for situation in view.situations)))
    return replace(output, view=replace(view, notes=notes))


def _fingerprint(output: Output, index: Index, digest: Fingerprints) -> str:
    engine = index.themed if isinstance(output, Page) else engine_digest()
    return digest_text(f"{engine} {digest(output)}")


def _view_of(one: Revised, index: Index, outputs: Mapping[str, Output]) -> AlertView:
    """Return what the page of the alert *one* shows, which is among *outputs*."""
    pages = (outputs[address] for address in index.holders_of(one.path))
    return next(page.view for page in pages if isinstance(page, Page) and isinstance(page.view, AlertView))


def _remember(revised: tuple[Revised, ...], search: Search, work: Work, index: Index, memory: Store) -> None:
    """Leave for the next build what is different now."""
    write_spelling(work.data.spelling, memory)
    remember(work.feeds, memory)
    if search:
        write_records(different(*search), memory)
    edited = {one.path: key_of_file(one.file, index.customs) for one in revised}
    write_since({**index.since, **edited}, memory)
