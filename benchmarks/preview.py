"""How long a saved alert takes until the browser has it: from the save to the page with the new words.

    python benchmarks/preview.py --size 500 --edits 15

A site of the corpus is served by `alertgen serve` in a process of its own; its stream of events is read as a browser
reads it, and the page is fetched when it tells of a new state.
"""

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alertgen.serve.marks import OWN
from corpus import edit, write_alertgen

_PATIENCE = 120


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=500, help="alerts in the site")
    parser.add_argument("--edits", type=int, default=15, help="saves to measure")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        write_alertgen(site, wanted.size)
        with served(site) as port:
            times = list(measured(site, port, wanted.edits))
    for name, values in zip(("told", "shown"), zip(*times, strict=True), strict=True):
        figures = f"median {statistics.median(values):.0f} ms, {min(values):.0f} to {max(values):.0f}"
        print(f"{wanted.size} alerts, {name}: {figures}")


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


def measured(site: Path, port: int, edits: int) -> Iterator[tuple[float, float]]:
    """Yield milliseconds from each save until the browser is told, and until it has the page."""
    file = sorted((site / "alerts").glob("*.md"))[-1]
    address = f"/alerts/{file.name[:4]}/{file.stem[11:]}/"
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    stream.request("GET", f"/{OWN}/events")
    events = stream.getresponse()
    next_event(events)
    time.sleep(1.5)  # until watching has settled
    for run in range(edits):
        begun = time.perf_counter()
        word = edit(file, run)
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
