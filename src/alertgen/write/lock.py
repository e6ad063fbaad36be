"""One build at a time: a lock of the operating system, which is gone with the process that held it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from alertgen.records import dataclass
from alertgen.write.trouble import UNTOUCHED, MachineError, in_words

WAIT = 10.0
"""Seconds that a build waits for another one."""
_STEP = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that holds a lock."""

    pid: int
    host: str
    since: str
    """Local time with zone, ISO 8601, to the second."""


@contextmanager
def lock(root: Path, wait: float = WAIT) -> Iterator[Holder | None]:
    """Hold the lock of the site folder *root*, so that no other build reads or writes it meanwhile.

    Yields the holder of a build that ended without letting go (it was killed, or the power failed), else None. Such a
    stale lock stops nobody.

    Raises:
        MachineError: another build still holds it after *wait* seconds; the message says which.
    """
    with held(root / ".alertgen" / "lock", wait) as stale:
        yield stale


@contextmanager
def held(file: Path, wait: float) -> Iterator[Holder | None]:
    """Hold the lock *file*; see `lock`.

    Who holds it stands in a note beside it, since Windows lets nobody read a file that is locked.
    """
    note = file.with_name(f"{file.name}.json")
    gate = _acquired(file, note, wait)
    try:
        stale = _holder(note)
        with in_words("Cannot begin the build"):
            note.write_text(json.dumps(asdict(_myself())), encoding="ascii")
        try:
            yield stale
        finally:
            with suppress(OSError):  # a note that stays only looks as if the build had been killed
                note.unlink()
    finally:
        gate.release()


def _acquired(file: Path, note: Path, wait: float) -> FileLock:
    gate = FileLock(file, timeout=wait)
    with in_words("Cannot begin the build"):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            gate.acquire(poll_interval=_STEP)
        except Timeout as error:
            raise _busy(_holder(note)) from error
    return gate


def _busy(holder: Holder | None) -> MachineError:
    who = f" (process {holder.pid} on {holder.host}, since {holder.since})" if holder else ""
    return MachineError(
        f"Another build of this site is running{who}",
        "Wait until it has ended, then run the command again.",
        state=UNTOUCHED,
    )


def _holder(note: Path) -> Holder | None:
    """Read who holds the lock; None when nobody does or it cannot be told."""
    try:
        values = json.loads(note.read_bytes())
        return Holder(pid=int(values["pid"]), host=str(values["host"]), since=str(values["since"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _myself() -> Holder:
    now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return Holder(pid=os.getpid(), host=socket.gethostname(), since=now)
