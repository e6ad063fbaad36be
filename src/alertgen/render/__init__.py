"""Outputs -> bytes: one row of a table for each kind of output.

What brings a large library along is imported when the first output of its kind is made.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from jinja2 import Environment

from alertgen import urls
from alertgen.bare import assert_bare
from alertgen.diagnostics import Diagnostic
from alertgen.model import Theme
from alertgen.outputs import (
    Card,
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
from alertgen.records import dataclass
from alertgen.render.documents import render_document, render_json
from alertgen.render.faults import RenderFaultError
from alertgen.render.reliefweb import render_post
from alertgen.render.templates import compiled, render_page
from alertgen.store import Noted, Store
from alertgen.workers import can_inherit, map_inherited, processors

__all__ = ["RenderFaultError", "Tools", "open_tools", "render_outputs", "try_templates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What rendering needs beside the outputs themselves."""

    root: Path
    """The site folder, where original pictures lie."""
    templates: Environment
    memory: Store
    """Remembers renditions by the digest of their original and their settings."""
    processes: int
    """How many may draw and encode pictures at once."""


Files = Iterator[tuple[str, bytes]]
"""Pairs of a path relative to the output folder and its content."""


def open_tools(theme: Theme, root: Path, memory: Store, *, whole: bool = True) -> tuple[Tools, tuple[Diagnostic, ...]]:
    """Compile the templates of *theme*; return the tools of rendering and what is wrong with the templates.

    When it is not *whole*, templates are compiled as they are needed: nothing can be wrong with them.
    """
    environment, faults = compiled(theme, memory, whole=whole)
    return Tools(root=root, templates=environment, memory=memory, processes=processors()), faults


def render_outputs(outputs: Iterable[Output], tools: Tools) -> Iterator[tuple[Output, str, bytes]]:
    """Make the files of *outputs*, one after the other, in their order.

    Raises:
        RenderFaultError: a template fails on a page, an original picture cannot be read, or the search index fails.
    """
    for made, run in groupby(outputs, lambda output: _TOGETHER.get(type(output), _others)):
        yield from made(run, tools)


def _renditions(run: Iterable[Output], tools: Tools) -> Iterator[tuple[Output, str, bytes]]:
    """Make pictures that follow each other: together, because they may be encoded by several processes."""
    from alertgen.render.images import render_renditions  # brings Pillow along

    wanted = [output for output in run if isinstance(output, Rendition)]
    for rendition, content in render_renditions(wanted, tools.root, tools.memory, tools.processes):
        yield rendition, urls.file_of(rendition.address), content


def _cards(run: Iterable[Output], tools: Tools) -> Iterator[tuple[Output, str, bytes]]:
    """Make cards that follow each other, by several processes."""
    from alertgen.render.cards import render_cards  # brings Pillow along

    cards = (output for output in run if isinstance(output, Card))
    for card, content in render_cards(cards, tools.memory, tools.processes):
        assert_bare(content, "png")
        yield card, urls.file_of(card.address), content


def _others(run: Iterable[Output], tools: Tools) -> Iterator[tuple[Output, str, bytes]]:
    """Make all else: pages and feeds by several processes when there are many, what costs little on the way."""
    outputs = list(run) if tools.processes > 1 and can_inherit() else run
    shared = isinstance(outputs, list) and sum(isinstance(output, _APART) for output in outputs) >= _WORTHWHILE
    made = _made_apart([output for output in outputs if isinstance(output, _APART)], tools) if shared else iter(())
    for output in outputs:
        files = next(made) if shared and isinstance(output, _APART) else _WRITERS[type(output)](output, tools)
        for path, content in files:
            yield output, path, content


def _made_apart(outputs: list[Output], tools: Tools) -> Iterator[list[tuple[str, bytes]]]:
    """Yield the files of each of *outputs*, made by several processes that are copies of this one."""
    here = os.getpid()
    tools.memory.flush()

    def made(output: Output) -> tuple[list[tuple[str, bytes]], Noted]:
        if os.getpid() != here:
            tools.memory.apart()
        files = list(_WRITERS[type(output)](output, tools))
        return files, tools.memory.noted() if os.getpid() != here else (set(), {})

    for files, noted in map_inherited(made, outputs, processes=tools.processes, chunk=_CHUNK):
        tools.memory.take_up(noted)
        yield files


def try_templates(plan: Plan, tools: Tools) -> tuple[Diagnostic, ...]:
    """Render one page with each template, and return the faults that show."""
    first = {page.template: page for page in reversed(plan.outputs) if isinstance(page, Page)}
    faults = []
    for _, page in sorted(first.items()):
        try:
            render_page(tools.templates, page)
        except RenderFaultError as fault:
            faults.append(fault.problem)
    return tuple(faults)


def _page(page: Page, tools: Tools) -> Files:
    yield urls.file_of(page.address), render_page(tools.templates, page)


def _feed(file: FeedFile, _tools: Tools) -> Files:
    from alertgen.render.feeds import render_feed  # brings feedgen along

    yield urls.file_of(file.address), render_feed(file)


def _document(document: Document, _tools: Tools) -> Files:
    yield urls.file_of(document.address), render_document(document)


def _json(file: JsonFile, _tools: Tools) -> Files:
    yield urls.file_of(file.address), render_json(file)


def _reliefweb(post: ReliefWebPost, tools: Tools) -> Files:
    from alertgen.render.images import render_rendition

    picture = render_rendition(post.picture, tools.root, tools.memory) if post.picture else None
    yield urls.file_of(post.address), render_post(post, picture)


def _copy(copy: Copy, _tools: Tools) -> Files:
    yield urls.file_of(copy.address), copy.content


def _search(index: SearchIndex, _tools: Tools) -> Files:
    from alertgen.render.search import render_search

    folder = index.address.strip("/")
    for path, content in render_search(index):
        yield f"{folder}/{path}", content


_WRITERS: dict[type, Callable[..., Files]] = {
    Page: _page,
    FeedFile: _feed,
    Document: _document,
    JsonFile: _json,
    ReliefWebPost: _reliefweb,
    Copy: _copy,
    SearchIndex: _search,
}

_APART = (Page, FeedFile)
"""Kinds that take long enough to be made by other processes."""
_WORTHWHILE = 64
"""So many of them are shared among processes; fewer are made before the processes have begun."""
_CHUNK = 16
"""How many of them a process makes at a time."""

_TOGETHER: dict[type, Callable[[Iterable[Output], Tools], Iterator[tuple[Output, str, bytes]]]] = {
    Rendition: _renditions,
    Card: _cards,
}
"""Kinds that are made several at a time."""
