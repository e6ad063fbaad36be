"""A lock of the operating system on a file: it is gone with the process that held it.

Where the system has `flock`, that is all there is to it. `filelock` knows the others; it takes longer to import than
the rest of a build takes to find out that it has nothing to do.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN, ENOSYS
from pathlib import Path

_STEP = 0.05
"""Seconds between two tries."""
_HELD_ELSEWHERE = {EACCES, EAGAIN}
_ours: set[int] = set()
"""Descriptors of the files that this process locks. A lock is held as long as any process has one of them."""


class BusyError(Exception):
    """Another process, or another part of this one, holds the lock."""


@contextmanager
def passed(file: Path, wait: float) -> Iterator[None]:
    """Hold the lock on *file*, which is made where it is not there.

    Raises:
        BusyError: somebody else still holds it after *wait* seconds.
        OSError: the system refuses it.
    """
    if sys.platform == "win32":
        with _passed_elsewhere(file, wait):
            yield
        return
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
    _ours.add(descriptor)
    try:
        known = _closed(descriptor, wait)
        if known:
            yield
    finally:
        if descriptor in _ours:  # else this is a copy of the process, which has let go
            _ours.remove(descriptor)
            os.close(descriptor)
    if not known:
        with _passed_elsewhere(file, wait):
            yield


def _closed(descriptor: int, wait: float) -> bool:
    """Lock the file of *descriptor* against all others; return False where the file system knows no such lock."""
    import fcntl  # not on Windows

    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno == ENOSYS:
                return False
            if error.errno not in _HELD_ELSEWHERE:
                raise
        else:
            return True
        if time.monotonic() >= until:
            raise BusyError
        time.sleep(_STEP)


@contextmanager
def _passed_elsewhere(file: Path, wait: float) -> Iterator[None]:
    from filelock import FileLock, SoftFileLock, Timeout

    windows = sys.platform == "win32"
    gate = FileLock(file, timeout=wait) if windows else SoftFileLock(f"{file}.soft", timeout=wait)
    try:
        gate.acquire(poll_interval=_STEP)
    except Timeout as error:
        raise BusyError from error
    try:
        yield
    finally:
        gate.release()


def _let_go() -> None:
    """Close in a copy of the process what the original holds: a lock must not outlive it."""
    for descriptor in _ours:
        os.close(descriptor)
    _ours.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
