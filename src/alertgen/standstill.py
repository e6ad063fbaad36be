"""Whether anything has happened since the last build: the answer for the commonest build of all, in no time.

A build that went well leaves a note, `.alertgen/standstill.json`: what it reported, for which moments that holds, and
a digest of the state of all that it depended on. The state is path, inode, size and times of every file that is read
(texts, pictures, theme, `site.yaml`, alertgen itself), the packages that are installed, and the times of every folder
of the output; the ledger is compared by its content. Whoever finds the note damaged, missing or untrue builds.

The state is taken before anything is read, and the note is left only when every file had last changed before the build
began, by the clock of the file system. So whatever changes while a build reads is not what the note stands for. See
docs/decisions/0008-nothing-to-do.md.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.outcome import SITE_FILE, Held, HeldBecause, Published, Report

_MEMORY = ".alertgen"
_NOTE = "standstill.json"
_LEDGER = "published.json"
_MANIFEST = ".alertgen-manifest.json"
_WITHHELD = "do-not-publish.txt"
_FOLDERS = ("alerts", "pages", "templates", "static")
_ZONES = "/usr/share/zoneinfo/tzdata.zi"
"""Rules of time zones, where the system keeps them: a new edition may move an embargo."""
RECENT = 50_000_000
"""Nanoseconds: clocks of file systems move in steps of up to 10 ms, so a change right after another may not show."""
_COARSE = 2_000_000_000
"""The same for file systems that know only whole seconds, or every other one."""
_SECOND = 1_000_000_000
_BYTECODE = "__pycache__"
"""Whoever runs Python first in a folder makes it there; that changes nothing."""
_DATED = os.name != "nt"
"""Whether a file says when it last changed in any way (`st_ctime`); on Windows it says when it was made."""
_NEVER = datetime.max.replace(tzinfo=UTC)
_ABOUT_ABSENCE = frozenset(("missing-image", "image-kind", "image-too-large", "image-unreadable", "refused-path"))
"""Problems of a draft's picture, which then is none of the pictures that were read."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What all that a build reads looked like before it read anything."""

    moment: int
    """By the clock of the file system, in nanoseconds."""
    state: str
    """A digest; empty when it could not be told, or when something had changed a moment before."""


def begin(root: Path) -> Beginning:
    """Return the state of all that a build of *root* reads, to be called before anything is read."""
    clock = root / _MEMORY / "clock"
    try:
        clock.write_bytes(b"")
        moment = clock.stat().st_ctime_ns
        found = list(_everything(root))
    except OSError:  # nothing can be written, or something vanished under our eyes: there will be no note
        return Beginning(0, "")
    rested = _DATED and all(_is_old(status, moment) for _, status in found)
    return Beginning(moment, _digest((*_state(found), *_packages())) if rested else "")


def nothing_to_do(root: Path, out: Path, *, now: datetime, strict: bool) -> Report | None:
    """Return the report of a build of *root* into *out* at *now* if it would change nothing, else None: build."""
    try:
        note = json.loads((root / _MEMORY / _NOTE).read_bytes())
        since, until = (datetime.fromisoformat(moment) for moment in note["moments"])
        if not since <= now < until or note["how"] != _how(out, strict=strict):
            return None
        found = {
            "ledger": _digest([(root / _LEDGER).read_bytes()]),
            "site": _digest(_moments(out, note["folders"])),
            "state": _digest((*_state(_everything(root)), *_packages())),
            "elsewhere": _digest(_state(_elsewhere(root, note["pictures"]))),
        }
        return _report_from(note["report"]) if found == {name: note[name] for name in found} else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def settle(
    root: Path, out: Path, report: Report, *,
    now: datetime, strict: bool, begun: Beginning, pictures: Iterable[str], ledger: bytes, folders: Mapping[str, int],
) -> None:  # fmt: skip
    """Leave the note that *report* holds until something changes; leave none where that is not certain.

    *begun* is what `begin` returned, *pictures* the paths of all pictures that were read, *ledger* the content that
    the ledger has now, *folders* when each folder of the output was last changed when the last publication left it.

    Raises:
        OSError: the note cannot be written.
    """
    note = root / _MEMORY / _NOTE
    note.unlink(missing_ok=True)
    others = sorted({path for path in pictures if path.partition("/")[0] not in _FOLDERS})
    rested = begun.state and folders and _is_settled(report) and _has_rested(root, others, begun.moment)
    if not rested or not all(_is_left(f"{out}/{folder}", left, begun.moment) for folder, left in folders.items()):
        return
    values = {
        "how": _how(out, strict=strict),
        "moments": [
            now.isoformat(),
            min(filter(None, (held.until for held in report.held)), default=_NEVER).isoformat(),
        ],
        "ledger": _digest([ledger]),
        "folders": list(folders),
        "site": _digest(_moments(out, folders)),
        "state": begun.state,
        "pictures": others,
        "elsewhere": _digest(_state(_elsewhere(root, others))),
        "report": asdict(replace(report, published=None)),
    }
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps(values, default=str), encoding="utf-8")
    fresh.replace(note)


def _how(out: Path, *, strict: bool) -> list[object]:
    return [str(out), strict, sys.version, sys.prefix]


def _is_settled(report: Report) -> bool:
    """Tell whether *report* can only change with the files that were read.

    A draft may name a picture that is not there; where it would have to appear is not watched.
    """
    return report.ok and not any(problem.code in _ABOUT_ABSENCE for problem in report.problems)


def _has_rested(root: Path, others: Iterable[str], begun: int) -> bool:
    """Tell whether the pictures *others*, and the folders they lie in, last changed before *begun*."""
    parents = {(root / path).parent for path in others} - {root}
    known = [status for _, status in _elsewhere(root, others)] + [path.stat() for path in parents]
    return all(_is_old(status, begun) for status in known)


def _is_old(status: os.stat_result, begun: int) -> bool:
    moment = status.st_ctime_ns
    return moment < begun - (RECENT if moment % _SECOND else _COARSE)


def _is_left(folder: str, left: int, begun: int) -> bool:
    """Tell whether nobody changed *folder* of the output since the publication *left* it, or since *begun*."""
    status = os.lstat(folder.rstrip("/"))
    return status.st_ctime_ns == left or _is_old(status, begun)


def _state(files: Iterable[tuple[str, os.stat_result]]) -> Iterator[bytes]:
    for path, status in files:
        told = f"{path}\0{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}\n"
        yield told.encode(errors="surrogateescape")


def _elsewhere(root: Path, pictures: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the pictures that lie in none of the folders that are read as a whole."""
    for path in pictures:
        yield path, os.stat(f"{root}/{path}")  # noqa: PTH116


def _everything(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file that a build reads, in a fixed order."""
    package = os.path.dirname(__file__)  # noqa: PTH120
    checkout = os.path.dirname(os.path.dirname(package))  # noqa: PTH120 - where the theme is, beside `src`
    tops = [f"{root}/{name}" for name in _FOLDERS] + [f"{checkout}/{name}" for name in _FOLDERS[2:]]
    for top in (*tops, package):
        yield from _below(top)
    for path in (f"{root}/{SITE_FILE}", f"{root}/{_WITHHELD}", _ZONES):
        if os.path.exists(path):  # noqa: PTH110
            yield path, os.stat(path)  # noqa: PTH116


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == _BYTECODE:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
            continue
        yield entry.path, entry.stat(follow_symlinks=False)
        if entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110
            yield f"{entry.path} ->", entry.stat()


def _packages() -> Iterator[bytes]:
    """Yield what is installed beside alertgen: each entry of the folders where packages are, without bytecode.

    Whatever is installed anew is another folder or file, and so has another number.
    """
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):  # noqa: PTH112
            with os.scandir(folder) as scan:
                known = sorted((entry.name, entry.inode()) for entry in scan if entry.name != _BYTECODE)
            yield f"{folder}\0{known}\n".encode(errors="surrogateescape")


def _moments(out: Path, folders: Iterable[str]) -> Iterator[bytes]:
    """Yield when each of *folders* of the output last changed, and the state of the list of its files."""
    for folder in folders:
        yield b"%d " % os.lstat(f"{out}/{folder}".rstrip("/")).st_ctime_ns
    status = os.stat(out / _MANIFEST)  # noqa: PTH116
    yield b"%d %d %d" % (status.st_ino, status.st_size, status.st_mtime_ns)


def _digest(parts: Iterable[bytes]) -> str:
    return blake2b(b"".join(parts), digest_size=16).hexdigest()


def _report_from(values: Mapping[str, Any]) -> Report:
    return Report(
        problems=tuple(_problem_from(dict(problem)) for problem in values["problems"]),
        held=tuple(_held_from(**held) for held in values["held"]),
        files=int(values["files"]),
        pages=int(values["pages"]),
        published=Published(),
        size=int(values["size"]),
    )


def _problem_from(values: dict[str, Any]) -> Diagnostic:
    at, also = Place(**values.pop("at")), tuple(Place(**place) for place in values.pop("also"))
    return Diagnostic(**values | {"at": at, "also": also, "severity": Severity(values["severity"])})


def _held_from(path: str, because: str, until: str | None) -> Held:
    return Held(path=path, because=HeldBecause(because), until=datetime.fromisoformat(until) if until else None)
