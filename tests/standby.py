"""alertgen that stands by: loaded once, and forked for each run, which then costs what it does and not its start.

As a program it takes an order per line (JSON) and answers each with a line. A run under strace begins when strace is
attached to it, so that calls are counted from its first one. Only the process that was forked is counted and stopped,
or those that it starts itself.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from alertgen.cli import run

_SET_PTRACER, _ANYBODY = 0x59616D61, -1


@dataclass(frozen=True)
class Ended:
    code: int
    """Of the exit; below zero the signal that killed it."""
    said: str


class Standby:
    """alertgen, loaded, with so many *processors* as it is to see."""

    def __init__(self, folder: Path, processors: int = 1) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(processors)],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str | Path, strace: Sequence[str | Path] = ()) -> Ended:
        """Run alertgen with *arguments* in a copy; under strace, when there are options for it."""
        return self._ordered(arguments=[*map(str, arguments)], strace=[*map(str, strace)])

    def warm(self, *arguments: str | Path) -> Ended:
        """Run alertgen in the process that all others are copies of, so that nothing is left to be loaded."""
        return self._ordered(arguments=[*map(str, arguments)], here=True)

    def _ordered(self, **order: object) -> Ended:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate(timeout=60)


def _served(order: dict) -> dict[str, object]:
    with tempfile.TemporaryFile() as said:
        code = _here(order["arguments"], said.fileno()) if order.get("here") else _forked(order, said.fileno())
        said.seek(0)
        return {"code": code, "said": said.read().decode()}


def _here(arguments: list[str], said: int) -> int:
    kept = [os.dup(1), os.dup(2)]
    os.dup2(said, 1)
    os.dup2(said, 2)
    try:
        return run(arguments)
    finally:
        sys.stdout.flush()
        for number, descriptor in enumerate(kept, 1):
            os.dup2(descriptor, number)
            os.close(descriptor)


def _forked(order: dict, said: int) -> int:
    gate, opener = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(opener)
        _perform(order["arguments"], gate, said)
    os.close(gate)
    with _watched(child, order["strace"]):
        os.close(opener)  # it begins
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _perform(arguments: list[str], gate: int, said: int) -> None:
    """Be alertgen, once the gate is opened, and end."""
    code = 70
    try:
        ctypes.CDLL(None).prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.read(gate, 1)
        code = run(arguments)
    finally:
        os._exit(code)


@contextmanager
def _watched(process: int, options: list[str]) -> Iterator[None]:
    """Have strace, with *options*, at *process*; without any, let it be."""
    if not options:
        yield
        return
    with subprocess.Popen(["strace", *options, "-p", str(process)], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr
        told = tracer.stderr.readline()
        assert "attached" in told, told
        yield


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    processors = int(sys.argv[1])
    os.sched_getaffinity = lambda _: set(range(processors))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_served(json.loads(line))) + "\n")
        sys.stdout.flush()
