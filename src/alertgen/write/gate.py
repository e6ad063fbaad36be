"""A lock of the operating system on a file, which the kernel lets go with the process that holds it.

Where there is `flock`, it is asked directly: `filelock`, which knows all systems, takes longer to import than an edited
text to be converted.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class TakenError(Exception):
    """Another process holds it."""


def acquired(file: Path, wait: float, step: float) -> Callable[[], None]:
    """Hold the lock on *file*, which comes to be if it is not there; return what lets go.

    Look every *step* seconds whether another process has let go.

    Raises:
        TakenError: another process still holds it after *wait* seconds.
        OSError: the system knows no locks there, or refuses the file.
    """
    if sys.platform == "win32":
        return _elsewhere(file, wait, step)
    until = time.monotonic() + wait
    while (descriptor := _taken(file)) is None:
        if time.monotonic() >= until:
            raise TakenError
        time.sleep(step)
    _held.add(descriptor)

    def let_go() -> None:
        if descriptor in _held:  # not so in a copy of the process
            _held.remove(descriptor)
            os.close(descriptor)

    return let_go


if sys.platform == "win32":

    def _elsewhere(file: Path, wait: float, step: float) -> Callable[[], None]:
        from filelock import FileLock, Timeout

        gate = FileLock(file, timeout=wait)
        try:
            gate.acquire(poll_interval=step)
        except Timeout as error:
            raise TakenError from error
        return gate.release

else:
    import fcntl

    _held: set[int] = set()
    """Descriptors of the locks that this process holds."""

    def _taken(file: Path) -> int | None:
        """Return the descriptor of *file*, locked; None when it cannot be now."""
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_same(descriptor, file):
                return descriptor
        except BlockingIOError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None

    def _is_same(descriptor: int, file: Path) -> bool:
        """Tell whether *file* is still the one that is open, and not another one that was put in its place."""
        try:
            return os.path.samestat(os.fstat(descriptor), file.stat())
        except FileNotFoundError:
            return False

    def _forget() -> None:
        """Let go in a copy of this process, so that a lock ends with the process that has taken it."""
        for descriptor in _held:
            os.close(descriptor)
        _held.clear()

    os.register_at_fork(after_in_child=_forget)
