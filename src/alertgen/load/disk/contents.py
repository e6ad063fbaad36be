"""The contents of listed files. A process that reads a site again and again reads only what has changed.

A file is known again by its state: number, size and times, which every change moves. Clocks of file systems move in
steps, so a file that had changed a moment before it was read is read again the next time.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from alertgen.diagnostics import Diagnostic
from alertgen.fingerprint import digest_bytes
from alertgen.load.disk.files import MOST_BYTES, Listing, State, read_bytes, read_listed
from alertgen.records import dataclass
from alertgen.standstill import DATED, is_old, moment_of
from alertgen.store import Store


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds."""

    content: bytes
    digest: str
    state: State | None = None
    """In which the file holds it, as any other content would be in another one; None where that is not for sure."""


class Contents:
    """Gives the contents of files."""

    def __init__(self, store: Store | None = None, moment: int = 0) -> None:
        """Keep alive in a lively *store* what had changed before *moment*, by the clock of the file system."""
        self._store = store or Store(None)
        self._moment = moment

    def of(self, root: Path, listing: Listing, most: int = MOST_BYTES) -> Iterator[tuple[str, Content | Diagnostic]]:
        """Yield the path of each file of *listing*, of the folder *root*, with its content or why it cannot be had."""
        keys = {path: f"content:{root}/{path}" for path in listing.paths} if self._moment else {}
        known = self._store.living(keys.values())
        for path in listing.paths:
            seen = known.get(keys.get(path, ""))
            if isinstance(seen, Content) and seen.state == state_of(root, path):
                yield path, seen
            else:
                yield path, self._read(root, path, most, plain=path in listing.plain)

    def _read(self, root: Path, path: str, most: int, *, plain: bool) -> Content | Diagnostic:
        content, status = read_listed(root, path, most) if plain else (read_bytes(root, path, most), None)
        if isinstance(content, Diagnostic):
            return content
        rested = status and self._moment and is_old(status.st_ctime_ns, self._moment)
        found = Content(content, digest_bytes(content), _told(status) if status and rested else None)
        if found.state:
            self._store.keep_alive(f"content:{root}/{path}", found)
        return found


def contents_of(root: Path, store: Store) -> Contents:
    """Return what gives the contents of the files of the site at *root*, and keeps them alive in a lively *store*."""
    moment = 0
    if DATED and (store.lively or store.file):
        with suppress(OSError):  # then every file is read each time
            moment = min(moment_of(root), time.time_ns())
    return Contents(store, moment)


def state_of(root: Path, path: str) -> State | None:
    """Return what the file *path* below *root* looks like; None when it is not there."""
    try:
        return _told(os.lstat(f"{root}/{path}"))
    except OSError:
        return None


def _told(status: os.stat_result) -> State:
    return status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
