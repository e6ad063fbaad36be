"""What has to be made when nothing but the words of a few alerts is different, and how (see `revision`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from alertgen.aside import aside
from alertgen.diagnostics import Diagnostic
from alertgen.engine import engine_digest, take_for_known
from alertgen.fingerprint import Fingerprints, digest_bytes, digest_text
from alertgen.load.documents import Document, Kind, SourceFile, key_of_file, read_again, remembered_document
from alertgen.load.files import read_bytes
from alertgen.load.keys.header import AlertHeader
from alertgen.load.people.withheld import LIST
from alertgen.load.theme import read_templates
from alertgen.model import Prose, anchors_of, notes_of
from alertgen.outcome import Report
from alertgen.outputs import Output, Page, SearchIndex, SearchRecord
from alertgen.progress import Progress, told
from alertgen.records import dataclass
from alertgen.reworded_data import Data, Edited, reworded_data
from alertgen.reworded_search import different, reworded_search
from alertgen.standstill import Since
from alertgen.store import Store
from alertgen.text import FEED_SUMMARY, excerpt
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
from alertgen.write.sizes import Sizes


@dataclass(frozen=True, slots=True)
class Revised:
    """An alert as it was at the last build, and as it is now."""

    old: Document
    new: Document
    file: SourceFile

    @property
    def path(self) -> str:
        """Path of its file."""
        return self.file.path

    @property
    def texts(self) -> dict[str, str]:
        """What is written now, by what was before; see `is_clear`."""
        return {old.text: new.text for old, new in self._proses if old.text}

    @property
    def is_clear(self) -> bool:
        """Whether no two of its texts were the same."""
        return len(self.texts) == sum(bool(old.text) for old, _ in self._proses)

    @property
    def _proses(self) -> Iterator[tuple[Prose, Prose]]:
        return zip(proses_of(self.old), proses_of(self.new), strict=True)


class _FaultyError(Exception):
    """A page cannot be made; `build` will tell why."""


def reworded_site(
    root: Path, out: Path, since: Since, sizes: Sizes, memory: Store, progress: Progress
) -> Report | None:
    """Publish the site with other words; do nothing and return None when it is not for sure that these are all.

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
    revised = _revised(root, since.texts, index, memory)
    if not revised or _is_reported(since.report, revised):
        return None
    progress("comparing", 0, 0)
    work = _work(out, revised, since, index, memory)
    if work is None:
        return None
    progress("making", 0, 0)
    try:
        published = publish(out, work.changes, lambda keep: sizes.seen_after(_made(root, work, keep, memory, progress)))
    except _FaultyError:
        return None
    _remember(revised, work, index, memory)
    return replace(since.report, size=published.size, published=published)


def _made(root: Path, work: Work, keep: Keep, memory: Store, progress: Progress) -> Iterator[tuple[Output, str, Laid]]:
    """Make and *keep* what is stale; other threads copy the open data and have the search index made meanwhile."""
    with aside(partial(keep, work.data.path, work.data.content)) as data:
        from alertgen.render import RenderFaultError, keep_aside, keep_outputs, open_tools  # here: it brings much along

        read_languages(memory)
        tools, _ = open_tools(read_templates(root)[0], root, memory, whole=False)
        others = tuple(output for output in work.changes.stale if output.address not in (DATASET, SEARCH))
        with keep_aside(work.changes.stale, tools, keep, progress) as indexed:
            try:
                yield from keep_outputs(told("making", others, progress), tools, keep)
                yield from indexed()
            except RenderFaultError as fault:
                raise _FaultyError from fault
        progress("writing", 0, 0)
        yield work.data.output, work.data.path, data()


def _is_reported(report: Report, revised: Iterable[Revised]) -> bool:
    """Tell whether anything was said of the files, which might now be said otherwise."""
    paths = {one.path for one in revised}
    return any(problem.at.path in paths for problem in report.problems)


# --- what has changed ---------------------------------------------------------------------------------------------


def _revised(root: Path, paths: Iterable[str], index: Index, memory: Store) -> tuple[Revised, ...]:
    """Return the alerts at *paths* if only their words have changed; nothing when anything else has."""
    found = []
    for path in paths:
        old = remembered_document(index.key_of(path), memory)
        content = read_bytes(root, path)
        if old is None or isinstance(content, Diagnostic):
            return ()
        file = SourceFile(path=path, kind=Kind.ALERT, raw=content, digest=digest_bytes(content))
        new = read_again(old, file, index.customs, memory)
        if not has_same_face(old, new):
            return ()
        found.append(Revised(old, new, file))
    return tuple(found)


def has_same_face(old: Document, new: Document) -> bool:
    """Tell whether two states of an alert differ in nothing that is seen outside of its text.

    What stands in a text is taken for different when other files could refer to it, or when it is used elsewhere.
    """
    if old.body is None or new.body is None or old.problems or new.problems or old.body.images or new.body.images:
        return False
    return _faces(old) == _faces(new) and _anchors(old) <= _anchors(new)


def _faces(document: Document) -> tuple[object, ...]:
    body, header = document.body, document.header
    assert body is not None
    proses = proses_of(document)
    summary = header.summary if isinstance(header, AlertHeader) else ""
    beginning = next((prose.text for prose in proses if prose.text), "")
    return (
        replace(document, body=None),
        [(section.text, section.attributes, section.id) for section in body.sections],
        [link.target for link in body.links],
        [(bool(prose), bool(prose.text)) for prose in proses],
        [excerpt(section.prose.text, FEED_SUMMARY) for section in body.sections],
        summary or excerpt(beginning),
    )


def _anchors(document: Document) -> frozenset[str]:
    return frozenset(anchor for prose in proses_of(document) for anchor in anchors_of(prose))


# --- what has to be made ------------------------------------------------------------------------------------------


class Work(NamedTuple):
    """What is to be done."""

    changes: Changes
    data: Data
    records: tuple[SearchRecord, ...]
    """Of the search index, those that are different."""


def _work(out: Path, revised: tuple[Revised, ...], since: Since, index: Index, memory: Store) -> Work | None:
    """Return what is to be done; None when it is not certain."""
    addresses = dict.fromkeys(address for one in revised for address in index.holders_of(one.path))
    is_found_otherwise = index.searched and any(old != new for one in revised for old, new in one.texts.items())
    published = read_few(out, (*addresses, DATASET, *([SEARCH] if is_found_otherwise else ())))
    if published is None:
        return None
    others: dict[str, Document] = {}
    before, after = (
        read_outputs(addresses, memory, _library(edited, others, index, memory))
        for edited in ({one.path: one.old for one in revised}, {one.path: one.new for one in revised})
    )
    if before is None or after is None or not all(one.is_clear for one in revised):
        return None
    edited = [(_page_of(one, index, before), one.texts) for one in revised]
    search = _search(edited, memory) if is_found_otherwise else ()
    digest = Fingerprints()
    if search is None or not _are_published((*before.values(), *search[:1]), index, published, digest):
        return None
    data = reworded_data(out, edited, published.entries[DATASET], memory)
    if data is None:
        return None
    made = (*map(_with_notes, after.values()), *search[1:])
    fingerprints = {output.address: _fingerprint(output, index, digest) for output in made}
    fingerprints[DATASET] = data.fingerprint
    changes = Changes(
        stale=tuple(sorted((*made, data.output), key=lambda output: output.address)),
        same=(),
        gone=(),
        fingerprints=lambda: fingerprints,
        published=published.entries,
        base="",
        rest=Rest(published.content, since.report.size - published.size),
    )
    return Work(changes, data, different(*search) if search else ())


def _search(edited: Iterable[Edited], memory: Store) -> tuple[SearchIndex, SearchIndex] | None:
    """Return the search index of before and of now; None when it is not certain."""
    old = read_search(memory)
    new = reworded_search(old, edited) if old else None
    return (old, new) if old and new else None


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


def _page_of(one: Revised, index: Index, outputs: Mapping[str, Output]) -> Page:
    """Return the page of the alert *one*, which is among *outputs*."""
    pages = (outputs[address] for address in index.holders_of(one.path))
    return next(page for page in pages if isinstance(page, Page) and isinstance(page.view, AlertView))


def _remember(revised: tuple[Revised, ...], work: Work, index: Index, memory: Store) -> None:
    """Leave for the next build what is different now."""
    write_spelling(work.data.spelling, memory)
    write_records(work.records, memory)
    edited = {one.path: key_of_file(one.file, index.customs) for one in revised}
    write_since({**index.since, **edited}, memory)
