"""Stopping a program at any system call, by an error or for good: Debian's strace does it."""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

CALLS = (
    "write,pwrite64,ftruncate,fsync,fdatasync,syncfs,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,"
    "mkdir,mkdirat,chmod,flock,openat"
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

    def options(self, how: str) -> tuple[str, str]:
        return "-e", f"inject={self.call}:{how}:when={self.number}"


def need_strace() -> None:
    if shutil.which("strace") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("strace is not installed")
        pytest.skip("strace is not installed")


def traced(
    program: Sequence[str | Path], log: Path, *options: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run *program* under strace, in a way that it makes the same calls each time."""
    command = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", log, "-e", f"trace={CALLS}", *options]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    return subprocess.run([*command, *program], env=environment, capture_output=True, text=True, check=False)


def points_of(log: Path) -> list[Point]:
    """Number the calls of each kind in *log* and return those that change something."""
    counted: Counter[str] = Counter()
    points = []
    for line in log.read_text().splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if call:
            counted[call[1]] += 1
            changes = "O_CREAT" in line if call[1] == "openat" else "LOCK_UN" not in line  # letting go cannot fail
            if changes:
                points.append(Point(call[1], counted[call[1]]))
    return points


def sampled(points: list[Point], most: int) -> list[Point]:
    """Return about *most* of *points*: first and last of each kind, and others evenly."""
    firsts = {point.call: point for point in reversed(points)}
    lasts = {point.call: point for point in points}
    kinds = list(dict.fromkeys((*firsts.values(), *lasts.values())))
    step = max(1, len(points) // max(1, most - len(kinds)))
    return list(dict.fromkeys([*kinds, *points[::step]]))
