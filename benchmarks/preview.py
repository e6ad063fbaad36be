"""How long a saved alert takes until the browser has it: from the save to the page with what was written.

    python benchmarks/preview.py --size 500 --edits 15
    python benchmarks/preview.py --size 500 --edits 15 --kind title --kind level

A site of the corpus is served by `alertgen serve` in a process of its own; its stream of events is read as a browser
reads it, and the page is fetched when it tells of a new state. Every kind of edit also writes a word that was nowhere
before, by which the new page is known.
"""

import argparse
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alertgen.serve.marks import OWN
from corpus import edit, write_alertgen

_PATIENCE = 120


def _first(pattern: str, *choices: str) -> Callable[[str, int], str]:
    """Return the edit that writes one of *choices* in turn, with the number of the run, in place of the first match."""
    found = re.compile(pattern, re.MULTILINE)
    return lambda text, run: found.sub(lambda _: choices[run % len(choices)].format(run), text, count=1)


KINDS: dict[str, Callable[[str, int], str]] = {
    "words": lambda text, _: text,
    "title": _first("^title: .*", 'title: "Week {}: a new title"'),
    "date": _first("^date: .*", "date: 2026-06-03", "date: 2026-06-02"),
    "summary": _first("^summary: .*", "summary: What was reported {}."),
    "tags": _first(r"^risk_tags: .*", "risk_tags: [genocide]", "risk_tags: [war-crimes, genocide]"),
    "level": _first(r" level=[a-z-]+", " level=imminent-risk", " level=current-crisis"),
    "country": _first(r"\bcountry=[A-Z]+", "country=SD", "country=SS"),
    "heading": _first(r"^## .* \{:", "## A heading of run {} {{:"),
    "sentence": _first(r"(?<=\}\n\n)[^.\n]+\.", "Number {} was said first."),
}
"""Edits by kind. All but that of words change what lists and feeds show."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=500, help="alerts in the site")
    parser.add_argument("--edits", type=int, default=15, help="saves of each kind to measure")
    parser.add_argument(
        "--kind", action="append", choices=KINDS, help="kind of edit; may be given again (default: all)"
    )
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write_alertgen(site, wanted.size)
        newest = sorted((site / "alerts").glob("*.md"))[-1]
        file = newest.rename(newest.with_name(newest.name[11:]))  # a date in its name would have to agree with its keys
        address = f"/alerts/{newest.name[:4]}/{file.stem}/"
        with served(site) as port:
            runs = [kind for _ in range(wanted.edits) for kind in wanted.kind or KINDS]
            times = list(measured(file, address, port, runs))
    for kind in dict.fromkeys(runs):
        told, shown = zip(*(values for name, values in zip(runs, times, strict=True) if name == kind), strict=True)
        print(f"{wanted.size} alerts, {kind}: told {_figures(told)}; shown {_figures(shown)}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def _figures(values: tuple[float, ...]) -> str:
    return f"median {statistics.median(values):.0f} ms, at most {max(values):.0f}"


@contextmanager
def served(site: Path) -> Iterator[int]:
    """Serve *site* for the span of a measurement."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "alertgen", "serve", "--site", str(site), "--port", str(port), "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        while "The preview is at" not in process.stdout.readline():
            continue
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=_PATIENCE)


def measured(file: Path, address: str, port: int, kinds: list[str]) -> Iterator[tuple[float, float]]:
    """Yield milliseconds from a save of *file* for each of *kinds* until the browser is told, and has the page."""
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    stream.request("GET", f"/{OWN}/events")
    events = stream.getresponse()
    next_event(events)
    time.sleep(1.5)  # until watching has settled
    for run, kind in enumerate(kinds):
        changed = KINDS[kind](file.read_text(encoding="utf-8"), run)
        begun = time.perf_counter()
        word = edit(file, run, changed)
        next_event(events)
        told = time.perf_counter()
        while word not in page(port, address):
            next_event(events)
        yield (told - begun) * 1000, (time.perf_counter() - begun) * 1000
        time.sleep(0.3)


def next_event(events: http.client.HTTPResponse) -> None:
    """Wait until the stream tells of a state."""
    while not events.readline().startswith(b"data:"):
        continue


def page(port: int, address: str) -> str:
    """Fetch a page of the preview."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", address)
    return connection.getresponse().read().decode()


if __name__ == "__main__":
    main()
