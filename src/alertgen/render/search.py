"""The search index, made by Pagefind from small pages that hold only what may be found.

Pagefind reads HTML, so each record becomes a page of its own in a temporary folder: no rendered page is needed, and
the index changes exactly when a record does.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Place
from alertgen.outputs import SearchIndex, SearchRecord
from alertgen.render.faults import RenderFaultError
from alertgen.render.search_files import in_fixed_form

_INTERFACE = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Ready-made interfaces that come with every index and that our search page does not use."""


def render_search(index: SearchIndex) -> Iterator[tuple[str, bytes]]:
    """Make the files of the index, sorted by path relative to its folder.

    Raises:
        RenderFaultError: Pagefind is missing or fails.
    """
    with tempfile.TemporaryDirectory(prefix="alertgen-search-") as folder:
        pages, made = Path(folder, "pages"), Path(folder, "index")
        for record in index.records:
            file = pages / urls.file_of(record.address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_page(record), encoding="utf-8", newline="\n")
        _run_pagefind(pages, made)
        files = {file.relative_to(made).as_posix(): file.read_bytes() for file in made.rglob("*") if file.is_file()}
        wanted = {path: content for path, content in files.items() if not path.startswith(_INTERFACE)}
        yield from in_fixed_form(wanted).items()


def _page(record: SearchRecord) -> str:
    meta = "".join(f'<p data-pagefind-meta="{escape(name)}">{escape(value)}</p>' for name, value in record.meta)
    filters = "".join(f'<p data-pagefind-filter="{escape(name)}">{escape(value)}</p>' for name, value in record.filters)
    body = "".join(_part(anchor, heading, text) for anchor, heading, text in record.parts)
    return (
        f'<!doctype html><html lang="{escape(record.lang)}"><head><title>{escape(record.title)}</title></head>'
        f"<body><div data-pagefind-ignore>{meta}{filters}</div>"
        f"<main data-pagefind-body><h1>{escape(record.title)}</h1>{body}</main></body></html>"
    )


def _part(anchor: str, heading: str, text: str) -> str:
    title = f'<h2 id="{escape(anchor)}">{escape(heading)}</h2>' if heading else ""
    return title + "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _run_pagefind(pages: Path, made: Path) -> None:
    pages.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"it stopped with exit code {done.returncode}"
        fault = problem("search-failed", f"Pagefind could not make the search index: {said}", Place("site.yaml"))
        raise RenderFaultError(fault)
