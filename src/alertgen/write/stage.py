"""The new files of a publication, written aside until all of them are whole and on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from hashlib import sha256
from typing import TYPE_CHECKING

from alertgen.records import dataclass
from alertgen.write import manifest
from alertgen.write.decide import Changes
from alertgen.write.manifest import Entry, FileRecord
from alertgen.write.places import Places
from alertgen.write.tree import sync_all, write_new
from alertgen.write.trouble import in_words

if TYPE_CHECKING:  # see decide
    from alertgen.outputs import Output

FEW = 16
"""Up to so many files and folders are made safe one by one; more of them by one call for the whole file system."""


@dataclass(slots=True)
class Stage:
    """What the new site is made of."""

    moved: dict[str, str] = field(default_factory=dict)
    """By path in the site, the name below `new` of the file that waits for it."""
    kept: set[str] = field(default_factory=set)
    """Paths at which the file stays that is there."""
    gone: set[str] = field(default_factory=set)
    """Paths of files that alertgen made and that are not part of the new site."""
    replaced: set[str] = field(default_factory=set)
    """Paths of `moved` at which alertgen's own file is now."""
    records: dict[str, tuple[FileRecord, ...]] = field(default_factory=dict)
    """By address, the files of the outputs that were made."""


def stage_files(places: Places, changes: Changes, files: Iterable[tuple[Output, str, bytes]]) -> Stage:
    """Write what is new into `new`, and the new manifest with it; return when all of it is on the disk.

    Raises:
        MachineError: the system refuses something.
        ValueError: two files have one path, or a path leads out of the site (a bug in alertgen).
    """
    owned = {record.path: record for entry in changes.published.values() for record in entry.files}
    stage = Stage(kept={record.path for address in changes.same for record in changes.published[address].files})
    for output, path, content in files:
        with in_words(f"Cannot write {path}"):
            _take(places, stage, owned, output.address, path, content)
    stage.replaced = owned.keys() & stage.moved.keys()
    stage.gone = owned.keys() - stage.kept - stage.moved.keys()
    with in_words(f"Cannot write {manifest.NAME}"):
        _add(places, stage, manifest.NAME, manifest.serialized(_entries(changes, stage)))
        if len(stage.moved) > FEW:
            sync_all(places.new)
    return stage


def _take(
    places: Places, stage: Stage, owned: Mapping[str, FileRecord], address: str, path: str, content: bytes
) -> None:
    """Stage one file, unless the very same is published already."""
    if not manifest.is_inside(path) or path in stage.moved or path in stage.kept or path == manifest.NAME:
        raise ValueError(f"{address} makes {path!r}, which leads out of the site or is made twice")
    record = FileRecord(path, len(content), sha256(content).hexdigest())
    stage.records[address] = tuple(sorted((*stage.records.get(address, ()), record)))
    if owned.get(path) == record and manifest.is_intact(places.out, record):
        stage.kept.add(path)
    else:
        _add(places, stage, path, content)


def _add(places: Places, stage: Stage, path: str, content: bytes) -> None:
    name = str(len(stage.moved))
    write_new(f"{places.new}/{name}", content, sync=len(stage.moved) < FEW)
    stage.moved[path] = name


def _entries(changes: Changes, stage: Stage) -> dict[str, Entry]:
    same = {address: changes.published[address] for address in changes.same}
    made = {
        output.address: Entry(changes.fingerprints[output.address], stage.records.get(output.address, ()))
        for output in changes.stale
    }
    return same | made
