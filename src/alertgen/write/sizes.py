"""Whether all published files have their sizes, and their twins are there, looked at while other things are done."""

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from alertgen.write.census import is_twin_left
from alertgen.write.manifest import NAME, sizes_in
from alertgen.write.trouble import DisturbedError

Item = TypeVar("Item")

_LONG = 500_000
"""Bytes of a list from which on a copy is sooner made than its files are looked at."""


class Sizes:
    """Looks at files from the beginning of a `with` on; at its end nothing of it goes on.

    Where there are many, and it is safe, a copy of this process looks; else a thread, which gets little done while
    others are at work.
    """

    def __init__(self, out: Path) -> None:
        """Take all files in *out* that its list names; see `read_few`."""
        self._out, self._list = out, out / NAME
        self._copy = 0
        self._thread: threading.Thread | None = None
        self._same = False

    def __enter__(self) -> Self:
        if self._is_long() and sys.platform == "linux" and threading.active_count() == 1:
            self._copy = os.fork()
            if not self._copy:
                self._end_copy()
        else:
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._copy:
            os.kill(self._copy, signal.SIGKILL)  # nobody wants to know any more
        self._wait()

    def seen_after(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield *items*; then wait until all files have been looked at.

        Raises:
            DisturbedError: one of them, or a folder of the twin, is not as it should be.
        """
        yield from items
        self._wait()
        if not self._same:
            raise DisturbedError

    def _is_long(self) -> bool:
        try:
            return self._list.stat().st_size > _LONG
        except OSError:  # whoever looks will see
            return False

    def _look(self) -> None:
        """Look whether all files are as they should be."""
        with suppress(OSError, ValueError):  # then one is not
            self._same = self._have_sizes() and is_twin_left(self._out)

    def _have_sizes(self) -> bool:
        listed = sizes_in(self._list.read_bytes())
        out = os.open(self._out, os.O_RDONLY)  # from there the way to each file is short
        try:
            found = [os.stat(path, dir_fd=out).st_size for path, _ in listed]
        finally:
            os.close(out)
        return found == [int(size) for _, size in listed]

    def _end_copy(self) -> None:
        """Look, and end this process, which is a copy, with what was seen; it tells nobody of an error."""
        try:
            self._look()
        finally:
            os._exit(not self._same)

    def _wait(self) -> None:
        if self._thread:
            self._thread.join()
        if self._copy:
            self._same = os.waitpid(self._copy, 0)[1] == 0
            self._copy = 0
