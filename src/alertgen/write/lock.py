"""One build at a time: a lock of the operating system, which is gone with the process that held it."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from alertgen.write.trouble import MachineError, in_words

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
    """Hold the lock *file*; see `lock`."""
    with in_words("Cannot lock the site"):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _acquire(descriptor, wait)
        stale = _holder(descriptor)
        with in_words("Cannot lock the site"):
            _note(descriptor, json.dumps(asdict(_myself())))
        try:
            yield stale
        finally:
            with suppress(OSError):  # a note that stays only looks as if the build had been killed
                _note(descriptor, "")
    finally:
        os.close(descriptor)  # lets go


def _acquire(descriptor: int, wait: float) -> None:
    end = time.monotonic() + wait
    while not _tried(descriptor):
        if time.monotonic() >= end:
            raise _busy(_holder(descriptor))
        time.sleep(_STEP)


def _tried(descriptor: int) -> bool:
    with in_words("Cannot lock the site"):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _busy(holder: Holder | None) -> MachineError:
    who = f" (process {holder.pid} on {holder.host}, since {holder.since})" if holder else ""
    return MachineError(
        f"Another build of this site is running{who}", "Wait until it has ended, then build again. Nothing was written."
    )


def _holder(descriptor: int) -> Holder | None:
    """Read who holds the lock; None when nobody does or it cannot be told."""
    try:
        values = json.loads(os.pread(descriptor, 4096, 0))
        return Holder(pid=int(values["pid"]), host=str(values["host"]), since=str(values["since"]))
    except (ValueError, TypeError, KeyError):
        return None


def _myself() -> Holder:
    now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return Holder(pid=os.getpid(), host=os.uname().nodename, since=now)


def _note(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)
