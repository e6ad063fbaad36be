"""Whether all published files have their sizes, looked at while others write, or wait for the disk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")


class DisturbedError(Exception):
    """A published file is not there, or has another size."""


class Sizes(Thread):
    """Looks at files from the beginning of a `with` on; at its end nothing of it goes on."""

    def __init__(self, out: Path, files: Iterable[tuple[str, str]]) -> None:
        """Take *files* in *out*: pairs of path and size in digits."""
        super().__init__(daemon=True)
        self._out, self._files, self._same = f"{out}/", files, False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.join()

    def run(self) -> None:
        """Look at all files until one is not as it should be."""
        stat, out = os.stat, self._out
        try:
            self._same = all(stat(out + path).st_size == int(size) for path, size in self._files)
        except OSError:
            self._same = False

    def seen_after(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield *items*; then wait until all files have been looked at.

        Raises:
            DisturbedError: one of them is not as it should be.
        """
        yield from items
        self.join()
        if not self._same:
            raise DisturbedError
