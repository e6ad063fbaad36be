"""The search index, made by Pagefind from small pages that hold only what may be found.

Pagefind reads HTML, so each record becomes a page of its own: no rendered page is needed, and the index changes exactly
when a record does. It runs as a service, which is sent the pages in the order of the records and gives back the files:
neither lie on the disk, and no order of a folder decides any byte.
"""

import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from html import escape
from itertools import chain, islice
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from typing import IO, Any

from alertgen import SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Place
from alertgen.outputs import SearchRecord
from alertgen.processes.thread import in_thread
from alertgen.render.faults import RenderFaultError
from alertgen.render.search_files import in_fixed_form

_INTERFACE = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Ready-made interfaces that come with every index and that our search page does not use."""
_TOGETHER = 32
"""Records that are sent at once. While Pagefind reads them, the next ones are spelled; answers are short."""
_PIECE = 1024 * 1024
_ELIDED = re.compile(
    r"(?<!\w)((?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019])(?=[aeiouyhàâäæéèêëîïôöœùûü])", re.IGNORECASE
)
"""A French article or the like before a vowel, as in `d'urgence`; but not `N'Djamena`, nor `aujourd'hui`."""
_CHINESE = re.compile("[\u3400-\u9fff]")
"""A sign of Chinese, which has no spaces between words: each is a word for Pagefind."""
_SEAM = "\u2060 "
"""Stands where Pagefind is to see two words and a reader one; search.js takes it out of what it shows."""


@contextmanager
def indexing(records: Iterable[SearchRecord]) -> Iterator[Callable[[], dict[str, bytes]]]:
    """Have Pagefind make the index of *records* while something else is done; at the end nothing of it goes on.

    Give what waits for its files and returns them by path relative to their folder, sorted.

    Raises:
        RenderFaultError: Pagefind is missing, or fails: then where its files are asked for.
    """
    with (
        TemporaryFile() as complaints,
        _begun(complaints) as process,
        in_thread(partial(_ask, process, records)) as files,
    ):

        def made() -> dict[str, bytes]:
            try:
                return in_fixed_form(files())
            except (BrokenPipeError, EOFError) as error:
                complaints.seek(0)
                said = complaints.read().decode(errors="replace").strip()
                raise _fault(said or "it stopped before it had answered") from error

        try:
            yield made
        finally:
            process.kill()  # it would wait for more


def _begun(complaints: IO[bytes]) -> Popen[bytes]:
    """Begin Pagefind as a service, where no file or variable that is meant for others can tell it anything."""
    try:
        from pagefind_bin import get_executable

        program = Path(get_executable()).absolute()
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND")}
        return Popen(  # noqa: S603 - our own arguments
            [program, "--service"], stdin=PIPE, stdout=PIPE, stderr=complaints, cwd=program.parent, env=variables
        )
    except (OSError, ImportError) as error:
        raise _fault(str(error)) from error


def _ask(process: Popen[bytes], records: Iterable[SearchRecord]) -> dict[str, bytes]:
    """Return the files that Pagefind makes of *records*.

    Raises:
        EOFError, BrokenPipeError: it ends before that.
    """
    assert process.stdin and process.stdout
    requests = chain(({"type": "NewIndex"},), map(_request, records), ({"type": "GetFiles", "index_id": 0},))
    try:
        *_, last = _asked(map(_spelled, requests), process.stdin, process.stdout)
    finally:
        with suppress(BrokenPipeError):  # it does not want to hear the rest
            process.stdin.close()
    wanted = (file for file in last["files"] if not file["path"].startswith(_INTERFACE))
    return {file["path"]: b64decode(file["content"]) for file in wanted}


def _asked(requests: Iterator[bytes], asking: IO[bytes], answering: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the answers to *requests*. Those to some are taken when the next ones are sent: it has something to do."""
    answers = _answers(answering)
    awaited = 0
    while some := [*islice(requests, _TOGETHER)]:
        asking.write(b"".join(some))
        asking.flush()
        yield from (_answered(answers) for _ in range(awaited))
        awaited = len(some)
    yield from (_answered(answers) for _ in range(awaited))


def _spelled(request: dict[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": 0, "payload": request}, ensure_ascii=False).encode()) + b","


def _answers(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the answers in *stream*, which a comma ends each."""
    begun: list[bytes] = []
    while piece := stream.read1(_PIECE):  # type: ignore[attr-defined]  # it is buffered
        *ends, rest = piece.split(b",")
        for end in ends:
            yield b"".join((*begun, end))
            begun.clear()
        begun.append(rest)


def _answered(answers: Iterator[bytes]) -> dict[str, Any]:
    answer = next(answers, None)
    if answer is None:
        raise EOFError
    payload: dict[str, Any] = json.loads(b64decode(answer))["payload"]
    if payload["type"] == "Error":
        raise _fault(payload["message"])
    return payload


def _fault(said: str) -> RenderFaultError:
    fault = problem("search-failed", f"Pagefind could not make the search index: {said}", Place(SITE_FILE))
    return RenderFaultError(fault)


def _request(record: SearchRecord) -> dict[str, Any]:
    return {"type": "AddFile", "index_id": 0, "url": record.address, "file_contents": _page(record)}


def _page(record: SearchRecord) -> str:
    meta = "".join(f'<p data-pagefind-meta="{escape(name)}">{escape(value)}</p>' for name, value in record.meta)
    filters = "".join(f'<p data-pagefind-filter="{escape(name)}">{escape(value)}</p>' for name, value in record.filters)
    issue = f'<p data-pagefind-weight="10">{escape(record.issue)}</p>' if record.issue else ""
    body = "".join(_part(anchor, heading, str(text), record.lang) for anchor, heading, text in record.parts)
    return (
        f'<!doctype html><html lang="{escape(record.lang)}"><head><title>{escape(record.title)}</title></head>'
        f"<body><div data-pagefind-ignore>{meta}{filters}</div>"
        f"<main data-pagefind-body><h1>{_words(record.title, record.lang)}</h1>{issue}{body}</main></body></html>"
    )


def _part(anchor: str, heading: str, text: str, lang: str) -> str:
    title = f'<h2 id="{escape(anchor)}">{_words(heading, lang)}</h2>' if heading else ""
    return title + "".join(f"<p>{_words(line, lang)}</p>" for line in text.splitlines() if line.strip())


def _words(text: str, lang: str) -> str:
    parted = _ELIDED.sub(rf"\1{_SEAM}", text)
    return escape(_CHINESE.sub(rf"{_SEAM}\g<0>", parted) if lang.startswith("zh") else parted)
