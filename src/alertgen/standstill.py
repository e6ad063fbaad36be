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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.outcome import MEMORY, SITE_FILE, Held, HeldBecause, Published, Report
from alertgen.records import dataclass

_NOTE = "standstill.json"
_STATE = "standstill.state"
"""The state itself; the note has its digest."""
FEW = 8
"""Up to so many edited alerts are told by name; of more it is only known that there is work to do."""
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
_DAMAGE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
_NEVER = datetime.max.replace(tzinfo=UTC)
_NAMED = "do-not-publish"
_ABOUT_ABSENCE = frozenset(("missing-image", "image-kind", "image-too-large", "image-unreadable", "refused-path"))
"""Problems of a draft's picture, which then is none of the pictures that were read."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What all that a build reads looked like before it read anything."""

    moment: int
    """By the clock of the file system, in nanoseconds."""
    state: tuple[bytes, ...] = ()
    """A line for each file; empty when it could not be told, or when something had changed a moment before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What has happened since the last build: a few alerts were edited, and nothing else."""

    report: Report
    """Of the last build."""
    texts: tuple[str, ...]
    """Paths of the alerts."""
    pictures: tuple[str, ...]
    """Paths of the pictures that lie elsewhere than the texts."""
    engine: str
    """Digest of the alertgen that has built it, which is this one."""


def begin(root: Path) -> Beginning:
    """Return the state of all that a build of *root* reads, to be called before anything is read."""
    clock = root / MEMORY / "clock"
    try:
        clock.write_bytes(b"")
        moment = clock.stat().st_ctime_ns
        found = list(_everything(root))
    except OSError:  # it vanished under our eyes
        return Beginning(moment)
    rested = _DATED and all(_is_old(status, moment) for _, status in found)
    return Beginning(moment, (*_state(found), *_packages()) if rested else ())


def nothing_to_do(root: Path, out: Path, *, now: datetime, strict: bool) -> Report | None:
    """Return the report of a build of *root* into *out* at *now* if it would change nothing, else None: build."""
    try:
        note = _note_for(root, out, now=now, strict=strict)
        same = note and _digest((*_state(_everything(root)), *_packages())) == note["state"]
        return _report_from(note["report"]) if note and same and _is_undisturbed(root, out, note) else None
    except _DAMAGE:
        return None


def since_then(root: Path, out: Path, begun: Beginning, *, now: datetime, strict: bool) -> Since | None:
    """Return what has happened since the last build of *root* into *out*; None when it is more than a few edits.

    *begun* is what `begin` returned for this build.
    """
    try:
        note = _note_for(root, out, now=now, strict=strict)
        texts = _edited(root, begun.state, note["state"]) if note else ()
        if not note or not texts or not _is_undisturbed(root, out, note):
            return None
        return Since(
            report=_report_from(note["report"]),
            texts=texts,
            pictures=tuple(note["pictures"]),
            engine=str(note["engine"]),
        )
    except _DAMAGE:
        return None


def _note_for(root: Path, out: Path, *, now: datetime, strict: bool) -> dict[str, Any] | None:
    """Return the note that the last build left, if it is about such a build at such a moment."""
    note: dict[str, Any] = json.loads((root / MEMORY / _NOTE).read_bytes())
    since, until = (datetime.fromisoformat(moment) for moment in note["moments"])
    return note if since <= now < until and note["how"] == _how(out, strict=strict) else None


def _is_undisturbed(root: Path, out: Path, note: Mapping[str, Any]) -> bool:
    """Tell whether the ledger, the output and the pictures that lie elsewhere are as they were left."""
    found = {
        "ledger": _digest([(root / _LEDGER).read_bytes()]),
        "site": _digest(_moments(out, note["folders"])),
        "elsewhere": _digest(_state(_elsewhere(root, note["pictures"]))),
    }
    return found == {name: note[name] for name in found}


def _edited(root: Path, state: Sequence[bytes], digest: str) -> tuple[str, ...]:
    """Return the paths of the alerts in whose lines *state* differs from that of *digest*; none when there is more."""
    known = (root / MEMORY / _STATE).read_bytes()
    lines = known.splitlines(keepends=True)
    if _digest([known]) != digest or len(lines) != len(state):
        return ()
    begins = f"{root}/alerts/".encode(errors="surrogateescape")
    paths = []
    for old, new in zip(lines, state, strict=True):
        if old == new:
            continue
        path = new.partition(b"\0")[0]
        if path != old.partition(b"\0")[0] or not (path.startswith(begins) and path.endswith(b".md")):
            return ()
        paths.append(path[len(begins) - len("alerts/") :].decode(errors="surrogateescape"))
    return tuple(paths) if len(paths) <= FEW else ()


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
    note = root / MEMORY / _NOTE
    note.unlink(missing_ok=True)
    others = sorted({path for path in pictures if path.partition("/")[0] not in _FOLDERS})
    rested = begun.state and folders and _is_settled(report) and _has_rested(root, others, begun.moment)
    if not rested or not all(_is_left(f"{out}/{folder}", left, begun.moment) for folder, left in folders.items()):
        return
    from alertgen.engine import engine_digest  # here, since a build with nothing to do has no use for it

    values = {
        "how": _how(out, strict=strict),
        "moments": [
            now.isoformat(),
            min(filter(None, (held.until for held in report.held)), default=_NEVER).isoformat(),
        ],
        "ledger": _digest([ledger]),
        "folders": list(folders),
        "site": _digest(_moments(out, folders)),
        "state": _digest(begun.state),
        "pictures": others,
        "elsewhere": _digest(_state(_elsewhere(root, others))),
        "engine": engine_digest(),
        "report": asdict(replace(report, published=None)),
    }
    (root / MEMORY / _STATE).write_bytes(b"".join(begun.state))
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps(values, default=str), encoding="utf-8")
    fresh.replace(note)


def _how(out: Path, *, strict: bool) -> list[object]:
    return [str(out), strict, sys.version, sys.prefix]


def _is_settled(report: Report) -> bool:
    """Tell whether *report* can only change with the files that were read.

    A draft may name a picture that is not there; where it would have to appear is not watched. And where a name stands
    that nothing may say, it may stand in the name of a file, of which no list is kept then.
    """
    return report.ok and not any(problem.code in (*_ABOUT_ABSENCE, _NAMED) for problem in report.problems)


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
