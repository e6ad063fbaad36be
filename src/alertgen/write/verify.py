"""Whether a folder is exactly the site that was published."""

import json
import os
from collections.abc import Iterator
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path

from alertgen import MANIFEST
from alertgen.records import dataclass
from alertgen.write.manifest import FileRecord, listed, parsed
from alertgen.write.trouble import MachineError, in_words


class Kind(StrEnum):
    """How a file differs."""

    MISSING = "missing"
    CHANGED = "changed"
    FOREIGN = "not made by alertgen"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A file that is not as it was published."""

    path: str
    """Relative to the folder."""
    kind: Kind


def verify(folder: Path, manifest: Path | None = None) -> tuple[Difference, ...]:
    """Compare every file in *folder*, byte for byte by its SHA-256, with what was published.

    *manifest* is the manifest file to compare with; that of *folder* itself when it is left out (a copy on a server
    may have lost it, since its name begins with a dot).

    Raises:
        MachineError: there is no manifest, it is damaged, or something cannot be read.
    """
    with in_words(f"Cannot verify {folder}", ""):
        records = {record.path: record for record in _records(manifest or folder / MANIFEST)}
        missing_or_changed = filter(None, (_difference(folder, record) for record in records.values()))
        foreign = (
            Difference(path, Kind.FOREIGN) for path in _files(folder) if path not in records and path != MANIFEST
        )
        return tuple(sorted((*missing_or_changed, *foreign)))


def _records(manifest: Path) -> Iterator[FileRecord]:
    if not manifest.is_file():
        message = (
            f"{manifest.parent} holds no site that alertgen built: its list of files is not there ({manifest.name})"
        )
        raise MachineError(
            message, "Build first; or name the folder of a copy, with --manifest for its list.", usage=True
        )
    try:
        content = manifest.read_bytes()
        if "files" in json.loads(content):
            yield from listed(content)
            return
        _, entries = parsed(content)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"{manifest} is damaged, or no list of files that alertgen wrote"
        raise MachineError(message, "Build again, then verify again.") from error
    for entry in entries.values():
        yield from entry.files


def _difference(folder: Path, record: FileRecord) -> Difference | None:
    file = folder / record.path
    if not file.is_file():
        return Difference(record.path, Kind.MISSING)
    with file.open("rb") as content:
        same = file.stat().st_size == record.size and file_digest(content, "sha256").hexdigest() == record.sha256
    return None if same else Difference(record.path, Kind.CHANGED)


def _files(folder: Path) -> Iterator[str]:
    """Yield every file below *folder*, and every link to a folder: what is behind it would be published as well."""
    for parent, folders, names in os.walk(folder):
        links = (name for name in folders if Path(parent, name).is_symlink())
        yield from (Path(parent, name).relative_to(folder).as_posix() for name in (*names, *links))
