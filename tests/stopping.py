"""Stopping a program at any system call, by an error or for good: Debian's strace does it."""

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CALLS = (
    "write,pwrite64,ftruncate,fsync,fdatasync,syncfs,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,"
    "mkdir,mkdirat,chmod,openat"
)
"""Every call by which a build changes anything; of `openat` only those that may make a file."""
TWO_STEPS = ("-e", "inject=renameat2:error=EINVAL")
"""As on a system that cannot exchange two names."""


@dataclass(frozen=True)
class Point:
    """A place to stop at."""

    call: str
    number: int
    """1-based among the calls of its kind."""
    about: str = field(default="", compare=False)
    """What the call was about."""

    def options(self, how: str) -> tuple[str, str]:
        return "-e", f"inject={self.call}:{how}:when={self.number}"


def need_strace() -> None:
    if shutil.which("strace") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("strace is not installed")
        pytest.skip("strace is not installed")


@contextmanager
def in_memory() -> Iterator[Path]:
    """Yield a folder that waits for no disk, if the system has such: the calls are the same, and far more of them."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


def watching(log: Path, *options: str) -> list[str | Path]:
    """Return the options by which strace notes every call of interest in *log*."""
    return ["-f", "-o", log, "-e", f"trace={CALLS}", *options]


def was_hit(log: Path, how: str) -> bool:
    """Tell whether the call at which a program was to be stopped came at all; by a signal, in its first process.

    Others are ended by such a signal when they have nothing more to do.
    """
    calls = log.read_text()
    if how == "signal=KILL":
        return f"\n{calls.partition(' ')[0]} +++ killed by SIGKILL" in re.sub(" +", " ", calls)
    return bool(re.search(rf" = -1 {how.removeprefix('error=')} .*\(INJECTED\)", calls))


def was_about(log: Path) -> str:
    """Return the call that was made to fail last."""
    return [line for line in log.read_text().splitlines() if "(INJECTED)" in line][-1]


def traced(
    program: Sequence[str | Path], log: Path, *options: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run *program* under strace, in a way that it makes the same calls each time."""
    command = ["strace", "-qq", "--seccomp-bpf", *watching(log, *options)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    return subprocess.run([*command, *program], env=environment, capture_output=True, text=True, check=False)


def points_of(log: Path) -> list[Point]:
    """Number the calls of each kind in *log* and return those that change something.

    Each process counts its own calls; a point is where the first of them gets to.
    """
    counted: Counter[tuple[str, str]] = Counter()
    points: dict[Point, None] = {}
    for line in log.read_text().splitlines():
        call = re.match(r"(\d+) +(\w+)\(", line)
        if call:
            counted[call.groups()] += 1
            if call[2] != "openat" or "O_CREAT" in line:
                points.setdefault(Point(call[2], counted[call.groups()], line[call.end() :]))
    return list(points)


def calls_in(log: Path) -> Counter[str]:
    """Count by kind the calls in *log* that change something, whichever process makes them."""
    calls = (re.match(r"\d+ +(\w+)\((.*)", line) for line in log.read_text().splitlines())
    return Counter(call[1] for call in calls if call and (call[1] != "openat" or "O_CREAT" in call[2]))


def sampled(points: list[Point], most: int) -> list[Point]:
    """Return about *most* of *points*: first and last of each kind, and others evenly."""
    firsts = {point.call: point for point in reversed(points)}
    lasts = {point.call: point for point in points}
    kinds = list(dict.fromkeys((*firsts.values(), *lasts.values())))
    step = max(1, len(points) // max(1, most - len(kinds)))
    return list(dict.fromkeys([*kinds, *points[::step]]))
