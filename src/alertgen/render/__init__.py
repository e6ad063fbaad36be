"""Outputs -> bytes: one row of a table for each kind of output.

The order of reading, after this module and `tools`:

- pages: `templates`, `template_functions`; `template_code` and `template_running` are how Jinja is made fast,
  `template_syntax` and `template_words` say what is wrong with a template;
- feeds: `feeds`, `feed_content`, `feed_xml`; `feed_passages` replaces single items in a published feed;
- files for machines: `documents`, `xml_documents`, `citations`, `reliefweb`;
- pictures: `images`, `pixels`; social cards: `cards`, `card_drawing`, `bidi`; maps: `maps`, `locators`, `projection`;
- the search index: `search`, `search_files`;
- work in other processes: `batches`, `ahead`.

What brings a large library along is imported when the first output of its kind is made.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, Generic, TypeVar

from alertgen import urls
from alertgen.diagnostics import Diagnostic
from alertgen.json_text import json_parts, render_json
from alertgen.outputs import (
    Card,
    Citation,
    Copy,
    Document,
    FeedFile,
    JsonFile,
    Output,
    Page,
    Plan,
    ReliefWebPost,
    Rendition,
    SearchIndex,
)
from alertgen.processes.workers import map_ordered, map_with_copy, somebody_stands_by
from alertgen.progress import Progress
from alertgen.records import dataclass
from alertgen.render.ahead import begin_all_templates, begin_cards, begin_outlines, begin_templates
from alertgen.render.batches import Batch, ReceivedBatch, can_travel, in_batches
from alertgen.render.faults import RenderFaultError, is_told
from alertgen.render.tools import PackedTools, Tools, open_tools, packed, unpacked
from alertgen.store import Noted

__all__ = [
    "RenderFaultError", "Searched", "Tools", "begin_all_templates", "begin_cards", "begin_outlines", "begin_templates",
    "is_told", "keep_outputs", "nothing", "open_tools", "render_outputs", "searching", "try_templates",
]  # fmt: skip


Made = TypeVar("Made")
Content = bytes | Iterator[bytes]
"""Of a file; of a long one part by part, to be taken once."""
Keeping = Callable[[str, Content], Made]
"""Takes path and content of a file that was made, in the process that made it; what it returns travels."""
Searched = Callable[[Keeping[Any]], Iterator[tuple[Output, str, Any]]]
"""Waits for the files of the search index, and keeps them."""


Files = Iterator[tuple[str, Content]]
"""Pairs of a path relative to the output folder and its content."""


def render_outputs(outputs: Iterable[Output], tools: Tools) -> Iterator[tuple[Output, str, bytes]]:
    """Make the files of *outputs*, one after the other: in their order, but for feeds, which come last.

    Raises:
        RenderFaultError: a template fails on a page, an original picture cannot be read, or the search index fails.
    """
    return keep_outputs(outputs, tools, content)


def keep_outputs(outputs: Iterable[Output], tools: Tools, keep: Keeping[Made]) -> Iterator[tuple[Output, str, Made]]:
    """Make the files of *outputs*, as `render_outputs` does, and give what *keep* returns of each.

    It is called in whatever process makes a file, and must be able to travel there. Feeds come last: they take longest
    to travel, and what is last is done here while others are busy with what is first.
    """
    wanted = sorted(outputs, key=lambda output: isinstance(output, FeedFile))
    alike: dict[Callable[..., Iterator[list[tuple[str, Made]]]], list[Output]] = {}
    for output in wanted:
        alike.setdefault(_way(output), []).append(output)
    made = {way: way(some, tools, keep) for way, some in alike.items()}
    for output in wanted:
        for path, kept in next(made[_way(output)]):
            yield output, path, kept


@contextmanager
def searching(outputs: Iterable[Output], progress: Progress) -> Iterator[Searched]:
    """Have Pagefind make the search index, if it is among *outputs*, while something else is done.

    Give what waits for it, tells *progress* of that, and keeps its files. At the end nothing of it goes on.

    Raises:
        RenderFaultError: Pagefind is missing, or fails: then where its files are asked for.
    """
    index = next((output for output in outputs if isinstance(output, SearchIndex)), None)
    if index is None:
        yield lambda _keep: iter(())
        return
    from alertgen.render.search import indexing  # here, since without search nobody needs it

    with indexing(index.records) as files:

        def kept(keep: Keeping[Any]) -> Iterator[tuple[Output, str, Any]]:
            progress("indexing", 0, 0)
            for name, made in files().items():
                path = _path_in(index, name)
                yield index, path, keep(path, made)

        yield kept


def _path_in(index: SearchIndex, name: str) -> str:
    return f"{index.address.strip('/')}/{name}"


def _way(output: Output) -> Callable[..., Iterator[list[tuple[str, Any]]]]:
    return _WAYS.get(type(output), _others)


def content(_path: str, made: Content) -> bytes:
    """Keep the content of a file."""
    return made if isinstance(made, bytes) else b"".join(made)


def nothing(_path: str, made: Content) -> None:
    """Keep nothing of a file: it was made to see whether it can be."""
    deque(() if isinstance(made, bytes) else made, maxlen=0)


def _renditions(outputs: list[Output], tools: Tools, keep: Keeping[Made]) -> Iterator[list[tuple[str, Made]]]:
    """Make pictures: together, because they may be encoded by several processes."""
    from alertgen.render.images import render_renditions  # brings Pillow along

    wanted = [output for output in outputs if isinstance(output, Rendition)]
    for rendition, made in render_renditions(wanted, tools.root, tools.memory, tools.processes):
        path = urls.file_of(rendition.address)
        yield [(path, keep(path, made))]


def _cards(outputs: list[Output], tools: Tools, keep: Keeping[Made]) -> Iterator[list[tuple[str, Made]]]:
    """Make cards, by several processes."""
    from alertgen.bare import assert_bare
    from alertgen.render.cards import render_cards

    wanted = (output for output in outputs if isinstance(output, Card))
    for card, made in render_cards(wanted, tools.memory, tools.processes):
        assert_bare(made, "png")
        path = urls.file_of(card.address)
        yield [(path, keep(path, made))]


def _others(outputs: list[Output], tools: Tools, keep: Keeping[Made]) -> Iterator[list[tuple[str, Made]]]:
    """Make all else, by several processes when there is much of it, or one stands by anyway."""
    making, some, stays = Maker(tools, keep), in_batches(outputs), attrgetter("stays")
    many = sum(isinstance(output, Page) for output in outputs) >= _WORTHWHILE
    if many or somebody_stands_by():
        tools.memory.flush()
    if many:
        made = map_ordered(making, some, processes=tools.processes, chunk=1, ahead=None, stays=stays)
    else:
        made = map_with_copy(making, some, stays=stays)
    for kept, noted in made:
        tools.memory.take_up(noted)
        yield from kept


@dataclass(frozen=True, slots=True)
class Maker(Generic[Made]):
    """Makes the outputs of a batch. In another process it has tools of its own."""

    tools: Tools
    keep: Keeping[Made]
    away: bool = False

    def __call__(self, batch: Batch | ReceivedBatch) -> tuple[list[list[tuple[str, Made]]], Noted]:
        """Return what is kept of each output, and what the memory of this process must tell the other one."""
        kept = [list(_kept(output, self.tools, self.keep)) for output in batch.outputs]
        return kept, self.tools.memory.noted() if self.away else (set(), {})

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel without what cannot."""
        return _maker_away, (packed(self.tools.theme, self.tools.root, self.tools.memory), self.keep)


def _maker_away(tools: PackedTools, keep: Keeping[Made]) -> Maker[Made]:
    return Maker(unpacked(tools), keep, away=True)


def _kept(output: Output, tools: Tools, keep: Keeping[Made]) -> Iterator[tuple[str, Made]]:
    for path, made in _WRITERS[type(output)](output, tools):
        yield path, keep(path, made)


def try_templates(plan: Plan, tools: Tools) -> tuple[Diagnostic, ...]:
    """Render one page with each template, and return the faults that show."""
    from alertgen.render.templates import render_page

    first = {page.template: page for page in reversed(plan.outputs) if isinstance(page, Page)}
    faults: list[Diagnostic] = []
    for _, page in sorted(first.items()):
        try:
            render_page(tools.templates(), page)
        except RenderFaultError as fault:
            if not is_told(fault.problem, faults):  # a part may fail on all of them
                faults.append(fault.problem)
    return tuple(faults)


def _page(page: Page, tools: Tools) -> Files:
    from alertgen.render.templates import render_page  # brings Jinja along

    yield urls.file_of(page.address), render_page(tools.templates(), page)


def _feed(file: FeedFile, _tools: Tools) -> Files:
    from alertgen.render.feeds import render_feed  # brings feedgen along

    yield urls.file_of(file.address), render_feed(file)


def _document(document: Document, _tools: Tools) -> Files:
    from alertgen.render.documents import document_parts, render_document

    short = can_travel(document)
    yield urls.file_of(document.address), render_document(document) if short else document_parts(document)


def _citation(citation: Citation, _tools: Tools) -> Files:
    from alertgen.render.citations import render_citation

    yield urls.file_of(citation.address), render_citation(citation)


def _json(file: JsonFile, _tools: Tools) -> Files:
    yield urls.file_of(file.address), render_json(file) if can_travel(file) else json_parts(file)


def _reliefweb(post: ReliefWebPost, tools: Tools) -> Files:
    from alertgen.render.images import render_rendition

    picture = render_rendition(post.picture, tools.root, tools.memory) if post.picture else None
    from alertgen.render.reliefweb import render_post  # here, since most sites have none

    yield urls.file_of(post.address), render_post(post, picture)


def _copy(copy: Copy, _tools: Tools) -> Files:
    yield urls.file_of(copy.address), copy.content


def _search(index: SearchIndex, _tools: Tools) -> Files:
    from alertgen.render.search import indexing

    with indexing(index.records) as files:
        for name, content in files().items():
            yield _path_in(index, name), content


_WRITERS: dict[type, Callable[..., Files]] = {
    Page: _page,
    FeedFile: _feed,
    Document: _document,
    Citation: _citation,
    JsonFile: _json,
    ReliefWebPost: _reliefweb,
    Copy: _copy,
    SearchIndex: _search,
}

_WORTHWHILE = 64
"""So many pages are shared among processes, and what lies between them; fewer are made before these have begun, and
shared with the copy of this process, if there is one."""

_WAYS: dict[type, Callable[..., Iterator[list[tuple[str, Any]]]]] = {
    Rendition: _renditions,
    Card: _cards,
}
"""How outputs are made of which all of a kind are made together."""
