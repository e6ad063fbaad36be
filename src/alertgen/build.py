"""The pipeline: files -> load -> Site -> plan -> outputs -> render -> bytes -> write -> public/."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from alertgen import diagnostics
from alertgen.check import check_site
from alertgen.diagnostics import Diagnostic
from alertgen.load import Loaded, load_site
from alertgen.model import Held, Site
from alertgen.outputs import Output, Plan
from alertgen.plan import plan_outputs
from alertgen.render import TemplateFaultError, Tools, open_tools, render_outputs, try_templates
from alertgen.store import Store
from alertgen.write import Published, decide, lock, publish, read_manifest, updated_ledger, write_ledger

MEMORY = ".alertgen"
"""Folder beside site.yaml that holds what is remembered between builds. Never published, may be deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build found and did."""

    problems: tuple[Diagnostic, ...]
    held: tuple[Held, ...]
    files: int
    """How many content files were read."""
    site: Site | None
    published: Published | None
    """What was written; None when nothing may be, or nothing was meant to be."""


def build(root: Path, out: Path, *, now: datetime, strict: bool = False, processes: int = 1) -> Report:
    """Build the site in *root* into *out*; write nothing if anything is wrong.

    Raises:
        MachineError: the disk, the lock or the permissions stand in the way.
    """
    with lock(root), Store(root / MEMORY / "memory.db") as memory:
        return _run(root, out, memory, now=now, strict=strict, processes=processes)


def check(root: Path, *, now: datetime, strict: bool = False, processes: int = 1) -> Report:
    """Do everything that `build` does, down to rendering every page, and write nothing but the memory."""
    with Store(root / MEMORY / "memory.db") as memory:
        return _run(root, None, memory, now=now, strict=strict, processes=processes)
