"""A long file, looked through and copied piece by piece."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_PIECE = 256 * 1024
"""Bytes: large enough that nobody waits for the interpreter, and so few that they stay near the processor."""
_NEAR = 64 * 1024
"""Bytes in which the mark that `shortly_before` looks for mostly stands; only the time depends on it."""

Passage = tuple[int, int, bytes]
"""Where something begins and ends in a file, and what is to stand there instead."""


class Lengthy:
    """A file that is open as long as somebody holds this."""

    def __init__(self, file: Path) -> None:
        """Open *file*.

        Raises:
            OSError: the system refuses it.
        """
        self._file = file.open("rb", buffering=0)

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()

    def first(self, wanted: bytes, start: int = 0) -> int:
        """Return where *wanted* stands for the first time from *start* on; -1 when that is nowhere."""
        return next(self.every(wanted, start), -1)

    def every(self, wanted: bytes, start: int = 0) -> Iterator[int]:
        """Yield each place from *start* on where *wanted* stands, which must be such that it cannot overlap itself."""
        known, end = b"", start
        for piece in self.pieces(start):
            content = known + piece
            end += len(piece)
            at = content.find(wanted)
            while at >= 0:
                yield end - len(content) + at
                at = content.find(wanted, at + len(wanted))
            known = content[max(0, len(content) - len(wanted) + 1) :]  # what may be the beginning of it

    def shortly_before(self, mark: re.Pattern[bytes], is_ahead: Callable[[bytes], bool]) -> int:
        """Return a place before the first match of *mark* for which *is_ahead* is false; most often close to it.

        *is_ahead* is given the first group of a match. All matches for which it is true must stand before all others:
        then halving finds the place, however long the file is.
        """
        start, end = 0, os.fstat(self._file.fileno()).st_size
        while end - start > _NEAR:
            middle = (start + end) // 2
            found = mark.search(b"".join(self.pieces(middle, middle + _NEAR)))
            if found and is_ahead(found[1]):
                start = middle
            else:
                end = middle
        return start

    def pieces(self, start: int, end: int | None = None) -> Iterator[bytes]:
        """Yield what stands from *start* to *end*, or to the end of the file."""
        self._file.seek(start)
        while piece := self._file.read(_PIECE if end is None else min(_PIECE, end - self._file.tell())):
            yield piece

    def with_others(self, passages: Iterable[Passage]) -> Iterator[bytes]:
        """Yield the file with other *passages*, which do not overlap, in the place of its own."""
        done = 0
        for start, end, instead in sorted(passages):
            yield from self.pieces(done, start)
            yield instead
            done = end
        yield from self.pieces(done)
