"""What rendering needs beside the outputs themselves, in every process that renders."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from alertgen.diagnostics import Diagnostic
from alertgen.engine import engine_digest
from alertgen.engine import take_for_known as take_engine_for_known
from alertgen.i18n import Words, spoken
from alertgen.i18n import take_for_known as take_languages_for_known
from alertgen.model import Theme
from alertgen.processes.workers import processors
from alertgen.records import dataclass, replace
from alertgen.render.template_memory import know_templates
from alertgen.store import Store

if TYPE_CHECKING:
    from alertgen.render.template_running import PageEnvironment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What rendering needs beside the outputs themselves."""

    root: Path
    """The site folder, where original pictures lie."""
    theme: Theme
    """Its templates alone."""
    templates: Callable[[], PageEnvironment]
    """Gives the same, compiled; it brings Jinja along."""
    memory: Store
    """Remembers renditions by the digest of their original and their settings."""
    processes: int
    """How many may make outputs at once."""


def open_tools(theme: Theme, root: Path, memory: Store, *, whole: bool = True) -> tuple[Tools, tuple[Diagnostic, ...]]:
    """Return the tools of rendering and what is wrong with the templates of *theme*.

    When it is not *whole*, and when *memory* knows what all of them compile to, they are compiled as they are needed:
    nothing can be wrong with them.
    """
    whole = whole and not know_templates(theme, memory)
    compiling = cache(partial(_compiled, theme, memory, whole=whole))
    tools = Tools(
        root=root, theme=replace(theme, statics=()), templates=lambda: compiling()[0], memory=memory,
        processes=processors(),
    )  # fmt: skip
    return tools, compiling()[1] if whole else ()


def _compiled(theme: Theme, memory: Store, *, whole: bool) -> tuple[PageEnvironment, tuple[Diagnostic, ...]]:
    from alertgen.render.templates import compiled  # brings Jinja along

    return compiled(theme, memory, whole=whole)


@dataclass(frozen=True, slots=True)
class PackedTools:
    """What another process needs to have the same tools; it may have begun long ago, and would find out the rest."""

    theme: Theme
    """Its templates alone."""
    root: Path
    memory: Path | None
    """File of what is remembered."""
    engine: str
    """Digest of this alertgen."""
    languages: tuple[Words, ...]
    """The interface, as it is known."""


def packed(theme: Theme, root: Path, memory: Store) -> PackedTools:
    """Return what the tools for a site travel as."""
    return PackedTools(replace(theme, statics=()), root, memory.file, engine_digest(), spoken())


def unpacked(tools: PackedTools) -> Tools:
    """Return the tools in the process that they have travelled to."""
    take_engine_for_known(tools.engine)
    take_languages_for_known(tools.languages)
    return _tools_away(tools.theme, tools.root, tools.memory)


@lru_cache(maxsize=1)  # they come again and again
def _tools_away(theme: Theme, root: Path, memory: Path | None) -> Tools:
    store = Store(memory)
    store.apart()
    return open_tools(theme, root, store, whole=False)[0]
