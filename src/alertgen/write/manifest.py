"""What is published: the list of all files, kept inside the output folder as its mark of ownership.

`.alertgen-manifest.json` is one JSON object: `alertgen`, the version that wrote it, and `outputs`, by address the
fingerprint of the output and a list of its files, each as path, size in bytes and SHA-256. It depends on nothing but
the content of the site. Each output has a line of its own, so that a few of them can be found and replaced without
taking the others apart (`read_few`, `with_other`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container, Iterable, Mapping
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, NamedTuple

from alertgen import MANIFEST, __version__
from alertgen.fingerprint import digest_bytes
from alertgen.records import dataclass
from alertgen.write.places import Places
from alertgen.write.trouble import MachineError, in_words

_START = f'{{"alertgen":"{__version__}","outputs":{{\n'
_BETWEEN = ",\n"
_RECORD = re.compile(rb'\["([^"]*)",(\d+),"')


class FileRecord(NamedTuple):
    """A published file."""

    path: str
    """POSIX path relative to the output folder."""
    size: int
    """Bytes."""
    sha256: str


class Entry(NamedTuple):
    """A published output."""

    fingerprint: str
    """Of its value and of everything its making depends on."""
    files: tuple[FileRecord, ...]


class Rest(NamedTuple):
    """What is published beside a few outputs: nobody needs to know more of it than that it stays."""

    content: bytes
    """The whole list, those few included."""
    size: int
    """Bytes of its files."""


class Few(NamedTuple):
    """A few published outputs, and the list of all."""

    entries: Mapping[str, Entry]
    """By address."""
    content: bytes
    """Of the list."""

    @property
    def size(self) -> int:
        """Bytes of the files of these few."""
        return sum(record.size for entry in self.entries.values() for record in entry.files)

    def only(self, addresses: Container[str]) -> Few:
        """Return those of them at *addresses*."""
        few = {address: entry for address, entry in self.entries.items() if address in addresses}
        return self._replace(entries=few)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What alertgen left in an output folder."""

    entries: Mapping[str, Entry]
    """By address."""
    missing: frozenset[str] = frozenset()
    """Addresses of which a file is not there any more, or of another size."""
    digest: str = ""
    """Of the file itself."""
    unreadable: bool = False
    """The file is there but damaged: nothing is known but that the folder is alertgen's."""


def read_manifest(out: Path) -> Manifest | None:
    """Return what alertgen left in *out*, compared with the files that are there; None when nothing was.

    Where a swap in two steps was cut short, the site is read where it waits; `publish` will bring it back.

    Raises:
        MachineError: the site was built by a newer version of alertgen, or cannot be read.
    """
    places = Places.of(out)
    site = places.out if places.out.exists() else places.old
    with in_words(f"Cannot read {out.name}/", ""):
        try:
            content = (site / MANIFEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    _refuse_newer(content, out)
    try:
        _, entries = parsed(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Manifest(entries={}, digest=digest_bytes(content), unreadable=True)
    return Manifest(entries=entries, missing=frozenset(_missing(site, entries)), digest=digest_bytes(content))


def read_few(out: Path, addresses: Iterable[str]) -> Few | None:
    """Return the outputs at *addresses* and the list of all that alertgen left in *out*.

    Return None where that is not certain: when one of them is not published, and when the list is not one of ours, line
    by line. Whoever asks must know that it is as it was left, and look at the files (see `sizes`).

    Raises:
        MachineError: it cannot be read.
    """
    with in_words(f"Cannot read {out.name}/", ""):
        try:
            content = (out / MANIFEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    spans = {address: _span(content, address) for address in addresses}
    if not content.startswith(_START.encode()) or b"\\" in content or (0, 0) in spans.values():
        return None
    return Few({address: _entry(json.loads(content[start:end])) for address, (start, end) in spans.items()}, content)


def sizes_in(content: bytes) -> list[tuple[bytes, bytes]]:
    """Return path and size of every file in a list that `read_few` has read, in the list's own spelling."""
    return _RECORD.findall(content)


def with_other(rest: Rest, entries: Mapping[str, Entry]) -> bytes:
    """Return the content of the manifest file with *entries* in the place of those few, and the *rest*."""
    parts, done = [], 0
    for (start, end), entry in sorted((_span(rest.content, address), entry) for address, entry in entries.items()):
        parts += [rest.content[done:start], _spelled(entry).encode("utf-8", "surrogatepass")]
        done = end
    return b"".join([*parts, rest.content[done:]])


def serialized(entries: Mapping[str, Entry]) -> bytes:
    """Return the content of the manifest file for *entries*, sorted by address."""
    lines = [f"{encode_basestring(address)}:{_spelled(entry)}" for address, entry in sorted(entries.items())]
    return f"{_START}{_BETWEEN.join(lines)}}}}}".encode("utf-8", "surrogatepass")


def _spelled(entry: Entry) -> str:
    """Return *entry* as JSON, in less than half of the time of `json.dumps`."""
    files = [f'[{encode_basestring(path)},{size},"{sha256}"]' for path, size, sha256 in entry.files]
    return f'["{entry.fingerprint}",[{",".join(files)}]]'


def _span(content: bytes, address: str) -> tuple[int, int]:
    """Return where what is listed of the output at *address* stands in *content*; (0, 0) when nothing is."""
    key = f"\n{encode_basestring(address)}:".encode("utf-8", "surrogatepass")
    start = content.find(key, *_near(content, address.encode("utf-8", "surrogatepass")))
    if start < 0:
        return 0, 0
    start += len(key)
    end = content.find(b",\n", start)
    return start, end if end > 0 else len(content) - len("}}")


def _near(content: bytes, address: bytes) -> tuple[int, int]:
    """Return a short stretch of *content* that has the line of *address*, if any has it: they are in order."""
    start, end = 0, len(content)
    while end - start > _SHORT:
        middle = content.find(b'\n"', (start + end) // 2, end)
        if middle < 0:
            break
        begin = middle + len(b'\n"')
        if content[begin : content.find(b'":', begin)] <= address:
            start = middle
        else:
            end = middle
    return start, end


_SHORT = 16 * 1024
"""Bytes that are looked through as fast as they are halved."""


def _entry(values: Iterable[Any]) -> Entry:
    fingerprint, files = values
    return Entry(str(fingerprint), tuple(map(_record, files)))


def parsed(content: bytes) -> tuple[str, dict[str, Entry]]:
    """Return version and entries of a manifest file.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: the file is damaged.
    """
    values = json.loads(content)
    version = values["alertgen"]
    _release(version)
    return version, {address: _entry(values) for address, values in values["outputs"].items()}


def listed(content: bytes) -> list[FileRecord]:
    """Return the files that a list names (see `listing`).

    Raises:
        ValueError, TypeError, KeyError, AttributeError: the list is damaged.
    """
    return [_record((row["path"], row["size"], row["sha256"])) for row in json.loads(content)["files"]]


def is_inside(path: str) -> bool:
    """Tell whether the relative POSIX *path* names a file below the folder it is meant for."""
    return bool(path) and not path.startswith("/") and not ({"", ".", ".."} & set(path.split("/")))


def _record(row: Iterable[object]) -> FileRecord:
    path, size, sha256 = row
    if not (isinstance(path, str) and isinstance(size, int) and isinstance(sha256, str) and is_inside(path)):
        raise ValueError(f"not a file record: {row!r}")
    return FileRecord(path, size, sha256)


def _missing(out: Path, entries: Mapping[str, Entry]) -> Iterable[str]:
    """Yield the addresses of which a file is not as it was left. This is most of the cost of a build without work."""
    root = f"{out}/"
    for address, entry in entries.items():
        for record in entry.files:
            if not _has_size(root + record.path, record.size):
                yield address
                break


def _has_size(file: str, size: int) -> bool:
    try:
        return os.stat(file).st_size == size  # noqa: PTH116  half the time of Path.stat
    except OSError:
        return False


def _release(version: str) -> tuple[int, int]:
    numbers = re.match(r"(\d+)\.(\d+)", version)
    if not numbers:
        raise ValueError(f"not a version: {version!r}")
    return int(numbers[1]), int(numbers[2])


def _refuse_newer(content: bytes, out: Path) -> None:
    """Refuse what a newer alertgen wrote, before anything else is read: it may be laid out in another way."""
    stamp = re.match(rb'\s*{\s*"alertgen"\s*:\s*"(\d+\.\d+[^"]*)"', content)
    version = stamp[1].decode("utf-8", "replace") if stamp else __version__
    if _release(version) > _release(__version__):
        raise MachineError(
            f"{out.name}/ was built by alertgen {version}, and this is the older alertgen {__version__}",
            f"Install alertgen {version} or newer; or remove {out} to build all of it with this version.",
        )
