"""What the files of a site look like, and whether that is what the last build has noted (`standstill`).

This is all that the commonest build needs, so nothing is imported here that takes time: no dataclasses, no paths, no
dates. A moment is a number of seconds since 1970, a note what JSON makes of it.
"""

from __future__ import annotations

import json
import os
import sys
from hashlib import blake2b

from alertgen import FOLDERS, LEDGER, MANIFEST, MEMORY, SITE_FILE, STATICS, TEMPLATES, WITHHELD

TYPE_CHECKING = False
"""Known to type checkers by its name; `typing` would cost two milliseconds."""
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    Seen = tuple[list[bytes], list[int]]
    """A line for each thing, and when each of the files last changed in any way, in nanoseconds."""

_NOTE, _STATE = "standstill.json", "standstill.state"
_SINGLE = (SITE_FILE, WITHHELD)
"""Files that are read one by one. `_lists` finds the names that may be meant for the second one: they are errors."""
_ZONES = "/usr/share/zoneinfo/tzdata.zi"
"""Rules of time zones, where the system keeps them: a new edition may move an embargo."""
_INSTALLED = ("site-packages", "dist-packages")
"""How folders are called in which packages are."""
_BYTECODE = "__pycache__"
"""Whoever runs Python first in a folder makes it there; that changes nothing."""
DAMAGE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a note may raise when it is damaged, or when a file vanishes meanwhile."""


def note_of(root: str) -> str:
    """Return the path of the note that the last build of the site in *root* has left."""
    return f"{root}/{MEMORY}/{_NOTE}"


def state_of(root: str) -> str:
    """Return the path of the state that the last build has left; the note holds only its digest."""
    return f"{root}/{MEMORY}/{_STATE}"


def note_for(root: str, out: str, *, now: float, strict: bool) -> dict[str, Any] | None:
    """Return the note that the last build left, if it is about such a build at such a moment.

    Raises:
        DAMAGE: there is none, or it is damaged.
    """
    with open(note_of(root), "rb") as file:
        note: dict[str, Any] = json.loads(file.read())
    since, until = note["moments"]
    timely = since <= now and (until is None or now < until)
    return note if timely and note["how"] == how(out, strict=strict) else None


def unchanged(root: str, out: str, *, now: float, strict: bool) -> tuple[dict[str, Any] | None, Seen | None]:
    """Return the note of the last build if another one would change nothing; and what was seen for that."""
    seen = None
    try:
        note = note_for(root, out, now=now, strict=strict)
        if note is None:
            return None, None
        seen = look(root)
        same = digest(seen[0]) == note["state"] and is_undisturbed(root, out, note)
    except DAMAGE:
        return None, seen
    return note if same else None, seen


def how(out: str, *, strict: bool) -> list[object]:
    """Return what a build depends on beside its files: how it was called, and which Python runs it."""
    return [out, strict, sys.version, sys.prefix]


def is_undisturbed(root: str, out: str, note: Mapping[str, Any]) -> bool:
    """Tell whether the ledger, the output and the pictures that lie elsewhere are as they were left.

    Raises:
        DAMAGE: something is not there.
    """
    return is_listed_still(root, out, note) and digest_of_moments(moments(out, note["folders"])) == note["site"]


def is_listed_still(root: str, out: str, note: Mapping[str, Any]) -> bool:
    """Tell whether the ledger, the list of the output and the pictures that lie elsewhere are as they were left.

    Raises:
        DAMAGE: something is not there.
    """
    with open(f"{root}/{LEDGER}", "rb") as file:
        ledger = file.read()
    return bool(
        digest([ledger]) == note["ledger"]
        and state_of_list(out) == note["list"]
        and digest(lines(elsewhere(root, note["pictures"]))) == note["elsewhere"]
    )


def look(root: str) -> Seen:
    """Return what all that a build of the site in *root* reads looks like.

    Raises:
        OSError: something vanished meanwhile.
    """
    found = _everything(root)
    return [*lines(found), *_packages()], [status.st_ctime_ns for _, status in found]


def of_alertgen(state: Iterable[bytes]) -> list[bytes]:
    """Return the lines of *state* that are about alertgen itself and what is installed beside it."""
    begin = [f"{os.path.dirname(__file__)}/", *(folder for folder in sys.path if folder.endswith(_INSTALLED))]
    begins = tuple([path.encode(errors="surrogateescape") for path in begin])
    return [line for line in state if line.startswith(begins)]


def lines(files: Iterable[tuple[str, os.stat_result]]) -> list[bytes]:
    """Return a line for each of *files*: its path, inode, size in bytes, and times in nanoseconds."""
    told = "".join([f"{path}\0{at.st_ino} {at.st_size} {at.st_mtime_ns} {at.st_ctime_ns}\n" for path, at in files])
    return told.encode(errors="surrogateescape").splitlines(keepends=True)


def elsewhere(root: str, pictures: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the pictures that lie in none of the folders that are read as a whole."""
    for path in pictures:
        yield path, os.stat(f"{root}/{path}")


def _everything(root: str) -> list[tuple[str, os.stat_result]]:
    """Return every file that a build reads, in a fixed order."""
    package = os.path.dirname(__file__)
    checkout = os.path.dirname(os.path.dirname(package))  # where the theme is, beside `src`
    tops = [f"{root}/{name}" for name in FOLDERS] + [f"{checkout}/{name}" for name in (TEMPLATES, STATICS)]
    found: list[tuple[str, os.stat_result]] = []
    for top in (*tops, package):
        _look_below(top, found)
    single = (*(f"{root}/{name}" for name in (*_SINGLE, *_lists(root))), _ZONES)
    return [*found, *((path, os.stat(path)) for path in single if os.path.exists(path))]


def _lists(root: str) -> Iterator[str]:
    """Yield the names of files beside site.yaml that may be meant for do-not-publish.txt."""
    for name in sorted(os.listdir(root)):
        if "publish" in name.lower() and name[0] != "." and name not in (LEDGER, *_SINGLE):
            yield name


def _look_below(folder: str, found: list[tuple[str, os.stat_result]]) -> None:
    """Add the files in *folder* to what was *found*."""
    try:
        with os.scandir(folder) as scan:
            entries = {entry.name: entry for entry in scan}
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in sorted(entries):
        if name[0] == "." or name == _BYTECODE:
            continue
        entry = entries[name]
        if entry.is_dir(follow_symlinks=False):
            _look_below(entry.path, found)
            continue
        found.append((entry.path, entry.stat(follow_symlinks=False)))
        if entry.is_symlink() and os.path.exists(entry.path):
            found.append((f"{entry.path} ->", entry.stat()))


def _packages() -> Iterator[bytes]:
    """Yield what is installed beside alertgen: each entry of the folders where packages are, without bytecode.

    Whatever is installed anew is another folder or file, and so has another number.
    """
    for folder in sys.path:
        if folder.endswith(_INSTALLED) and os.path.isdir(folder):
            with os.scandir(folder) as scan:
                known = sorted((entry.name, entry.inode()) for entry in scan if entry.name != _BYTECODE)
            yield f"{folder}\0{known}\n".encode(errors="surrogateescape")


def moments(out: str, folders: Iterable[str]) -> list[int]:
    """Return when each of *folders* of the output last changed, in nanoseconds.

    Raises:
        OSError: one is not there.
    """
    return [os.lstat(f"{out}/{folder}".rstrip("/")).st_ctime_ns for folder in folders]


def digest_of_moments(moments: Iterable[int]) -> str:
    """Return the digest of the *moments* of all folders of the output."""
    return digest([" ".join(map(str, moments)).encode()])


def state_of_list(out: str) -> list[int]:
    """Return what the manifest, the list of all files of the output, looks like: inode, size, and time of change."""
    status = os.stat(f"{out}/{MANIFEST}")
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def digest(parts: Iterable[bytes]) -> str:
    """Return the digest of *parts*, joined."""
    return blake2b(b"".join(parts), digest_size=16).hexdigest()
