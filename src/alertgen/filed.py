"""Long texts that lie in a file until somebody looks at them: an archive need not be in memory as a whole."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary, finalize

Place = tuple[int, int, int]
"""Key of a file, and start and length of bytes in it."""


class FiledBytes:
    """Bytes in a file. Pickled, they are plain bytes."""

    __slots__ = ("_file", "_length", "_start")

    def __init__(self, file: "File", start: int, length: int) -> None:
        self._file = file
        self._start = start
        self._length = length

    def __bytes__(self) -> bytes:
        """Return the bytes."""
        return os.pread(self._file.number, self._length, self._start)

    @property
    def _whereabouts(self) -> Place:
        return self._file.key, self._start, self._length

    def place(self) -> Place | None:
        """Return where a copy of this process finds the bytes; None where no copy has begun since the file was made."""
        return self._whereabouts if self._file.is_inherited else None

    def part(self, start: int, length: int) -> "FiledBytes":
        """Return *length* of the bytes, from the one at *start* on."""
        return FiledBytes(self._file, self._start + start, length)

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* is the same bytes, in a file or not."""
        if isinstance(other, FiledBytes) and other._whereabouts == self._whereabouts:
            return True
        return bytes(self) == bytes(other) if isinstance(other, FiledBytes | bytes) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the bytes."""
        return hash(bytes(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as plain bytes."""
        return bytes, (bytes(self),)


class Filed:
    """A text in a file. Pickled, to be sent or remembered, it is a plain string."""

    __slots__ = ("_content",)

    def __init__(self, content: FiledBytes) -> None:
        self._content = content

    def __str__(self) -> str:
        """Return the text."""
        return bytes(self._content).decode("utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* is the same text, in a file or not."""
        if isinstance(other, Filed):
            return self._content == other._content
        return str(self) == str(other) if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the text."""
        return hash(str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as a plain string."""
        return str, (str(self),)

    def reduced_for_copies(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Pickle as the place where the text lies, for a copy of this process that knows the file."""
        place = self._content.place()
        return (_lying_at, place) if place else self.__reduce__()


def _lying_at(key: int, start: int, length: int) -> Filed:
    """Return the text at a place.

    Raises:
        KeyError: this process does not know the file.
    """
    return Filed(FiledBytes(_files[key], start, length))


class File:
    """A file without a name, which is gone when this process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Make it in *folder*.

        Raises:
            OSError: the system refuses it.
        """
        from tempfile import TemporaryFile  # here, since an edit of words needs no such file

        with TemporaryFile(dir=folder, buffering=0) as opened:
            self.number = os.dup(opened.fileno())
        self.key = next(_keys)
        self.is_inherited = False
        """Whether a copy of this process has begun since the file was made, so that it knows the file."""
        self._end = 0
        _files[self.key] = self
        finalize(self, os.close, self.number)  # it is open as long as there is a text in it

    def put(self, text: str) -> str | Filed:
        """Put *text* into the file; return it as it is where it is short, or where the file takes no more."""
        filed = self.put_bytes(text.encode("utf-8", "surrogatepass"))
        return text if isinstance(filed, bytes) else Filed(filed)

    def put_bytes(self, content: bytes) -> bytes | FiledBytes:
        """Put *content* into the file; return it as it is where it is short, or where the file takes no more."""
        if len(content) < SHORT:
            return content
        try:
            written = os.pwrite(self.number, content, self._end)
        except OSError:
            return content  # no room: it stays in memory
        if written < len(content):
            return content
        filed = FiledBytes(self, self._end, written)
        self._end += written
        return filed


_keys = count()
_files: WeakValueDictionary[int, File] = WeakValueDictionary()
"""All that are open, by key."""


def _hand_down() -> None:
    for file in _files.values():
        file.is_inherited = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_hand_down)

SHORT = 256
"""Bytes: fewer take no more memory than a `Filed` does."""


def file_in(folder: Path | None) -> File | None:
    """Return a new file in *folder*; None without one, and where the system refuses it or cannot read at a place."""
    if folder is None or not hasattr(os, "pread"):
        return None
    try:
        return File(folder)
    except OSError:
        return None
