"""Running alertgen as a person or a program does: in this process, in a pipe, or in a terminal."""

import contextlib
import io
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alertgen.cli import run

COMMAND = [sys.executable, "-m", "alertgen"]
NOW = "2026-11-20T12:00:00+00:00"
"""The moment of tests: a Friday."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def alertgen(*arguments: str, cwd: Path) -> Ran:
    """Run alertgen in this process, which is quicker; nobody can be asked."""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    try:
        sys.stdin = io.StringIO()
        with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(arguments)
    finally:
        sys.stdin = before
    return Ran(code, out.getvalue(), err.getvalue())


def process(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Ran:
    """Run alertgen in a pipe, in a process of its own."""
    ran = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=_environment(env),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    return Ran(ran.returncode, ran.stdout.decode(encoding), ran.stderr.decode(encoding))


def typed(*arguments: str, keys: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run alertgen in a terminal, where somebody types *keys*, one line after each question; all it shows is `out`."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.execve(COMMAND[0], [*COMMAND, *arguments], _environment(env))
    shown, waiting = b"", list(keys)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        try:
            piece = os.read(terminal, 65536) if ready else b""
        except OSError:  # Linux says so when the other side is closed
            break
        if ready and not piece:
            break
        shown += piece
        if waiting and shown.rstrip(b"\r\n").endswith(b": "):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
            shown += b"\n"
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ran(code, shown.decode().replace("\r\n", "\n"), "")


def _environment(env: Mapping[str, str] | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "NO_COLOR"))}
    return {**kept, "LANG": "C.UTF-8", "PYTHONUTF8": "0", **(env or {})}
