"""A long file, looked through and copied piece by piece."""

from collections.abc import Iterable, Iterator
from pathlib import Path

_PIECE = 1024 * 1024
"""Bytes: large enough that nobody waits for the interpreter, small beside any archive."""

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

    def only(self, wanted: bytes) -> int:
        """Return where *wanted* stands; -1 when that is nowhere, or at several places."""
        content = bytearray(_PIECE + len(wanted))
        room = memoryview(content)
        found, base, known = -1, 0, 0
        self._file.seek(0)
        while read := self._file.readinto(room[known:]):
            end = known + read
            at = content.find(wanted, 0, end)
            if at >= 0 and (found >= 0 or content.find(wanted, at + 1, end) >= 0):
                return -1
            found = base + at if at >= 0 else found
            known = min(end, len(wanted) - 1)  # what may be the beginning of another one
            room[:known] = room[end - known : end]
            base += end - known
        return found

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
