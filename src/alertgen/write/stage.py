"""The new files of a publication, written aside until all of them are whole and on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alertgen import MANIFEST
from alertgen.records import dataclass, field
from alertgen.write import manifest
from alertgen.write.decide import Changes
from alertgen.write.manifest import Entry, FileRecord
from alertgen.write.places import Places
from alertgen.write.tree import holds, holds_digest, sync_all, sync_file, write_below, write_new
from alertgen.write.trouble import in_words

if TYPE_CHECKING:  # see decide
    from alertgen.outputs import Output

FEW = 16
"""Up to so many files and folders are made safe one by one; more of them by one call for the whole file system."""


class Laid(NamedTuple):
    """A file of the new site that is in its place, or waits to be moved there."""

    record: FileRecord
    waits: bool
    """It is below `new`; else the very same is published already."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Lays files down in `new`. It may travel to other processes: whoever makes a file writes it."""

    new: str
    out: str
    """What is published; empty when nothing is."""

    def __call__(self, path: str, content: bytes | Iterator[bytes]) -> Laid:
        """Lay *content*, whole or in parts, down for *path* in the site, unless the very same is there.

        Raises:
            MachineError: the system refuses it.
            ValueError: *path* leads out of the site (a bug in alertgen).
        """
        if not manifest.is_inside(path) or path == MANIFEST:
            raise ValueError(f"{path!r} leads out of the site")
        with in_words(f"Cannot write {path}"):
            if not isinstance(content, bytes):
                return self._in_parts(path, content)
            waits = not (self.out and holds(f"{self.out}/{path}", content))
            if waits:
                write_below(self.new, path, [content])
        return Laid(FileRecord(path, len(content), sha256(content).hexdigest()), waits)

    def _in_parts(self, path: str, parts: Iterator[bytes]) -> Laid:
        size, digest = 0, sha256()

        def passing() -> Iterator[bytes]:
            nonlocal size
            for part in _gathered(parts):
                size += len(part)
                digest.update(part)
                yield part

        write_below(self.new, path, passing())
        record = FileRecord(path, size, digest.hexdigest())
        if self.out and holds_digest(f"{self.out}/{path}", size, record.sha256):
            os.unlink(f"{self.new}/{path}")  # noqa: PTH108
            return Laid(record, waits=False)
        return Laid(record, waits=True)


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield *parts* some at a time: each is a call of the system."""
    some: list[bytes] = []
    size = 0
    for part in parts:
        some.append(part)
        size += len(part)
        if size >= _MUCH:
            yield b"".join(some)
            some.clear()
            size = 0
    yield b"".join(some)


_MUCH = 256 * 1024

Files = Iterable[tuple["Output", str, Laid]]
Making = Callable[[Keep], Files]
"""Makes the files of outputs, lays each of them down with what it is given, and tells where they are."""


@dataclass(slots=True)
class Stage:
    """What the new site is made of."""

    moved: set[str] = field(default_factory=set)
    """Paths of the files that wait below `new`."""
    kept: set[str] = field(default_factory=set)
    """Paths at which the file stays that is there, without those of `Changes.rest`."""
    gone: set[str] = field(default_factory=set)
    """Paths of files that alertgen made and that are not part of the new site."""
    replaced: set[str] = field(default_factory=set)
    """Paths of `moved` at which alertgen's own file is now."""
    records: dict[str, tuple[FileRecord, ...]] = field(default_factory=dict)
    """By address, the files of the outputs that were made."""


def stage_files(places: Places, new: Path, changes: Changes, making: Making) -> Stage:
    """Write what is new into *new*, and the new manifest with it; `sync_new` has it on the disk.

    Raises:
        MachineError: the system refuses something.
        ValueError: two files have one path, or a path leads out of the site (a bug in alertgen).
    """
    owned = {record.path for entry in changes.published.values() for record in entry.files}
    stage = Stage(kept={record.path for address in changes.same for record in changes.published[address].files})
    records: dict[str, list[FileRecord]] = {}
    for output, _, laid in making(Keep(str(new), str(places.out) if places.out.exists() else "")):
        _take(stage, output.address, laid)
        records.setdefault(output.address, []).append(laid.record)
    stage.records = {address: tuple(sorted(found)) for address, found in records.items()}
    with in_words(f"Cannot write {MANIFEST}"):
        write_new(f"{new}/{MANIFEST}", _listed(changes, stage))
        stage.moved.add(MANIFEST)
    stage.replaced = owned & stage.moved
    stage.gone = owned - stage.kept - stage.moved
    return stage


def _take(stage: Stage, address: str, laid: Laid) -> None:
    path = laid.record.path
    if path in stage.moved or path in stage.kept:
        raise ValueError(f"{address} makes {path!r}, which is made twice")
    (stage.moved if laid.waits else stage.kept).add(path)


def sync_new(new: Path, stage: Stage) -> None:
    """Return when all that waits in *new* is on the disk."""
    if len(stage.moved) > FEW:
        sync_all(new)
        return
    for path in stage.moved:
        sync_file(f"{new}/{path}")


def _listed(changes: Changes, stage: Stage) -> bytes:
    """Return the manifest of the new site."""
    entries = _entries(changes, stage)
    return manifest.with_other(changes.rest, entries) if changes.rest else manifest.serialized(entries)


def _entries(changes: Changes, stage: Stage) -> dict[str, Entry]:
    same = {address: changes.published[address] for address in changes.same}
    fingerprints = changes.fingerprints()
    made = {
        output.address: Entry(fingerprints[output.address], stage.records.get(output.address, ()))
        for output in changes.stale
    }
    return same | made
