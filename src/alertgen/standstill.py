"""Whether anything has happened since the last build: the answer for the commonest build of all, in no time.

A build that went well leaves a note, `.alertgen/standstill.json`: what it reported, for which moments that holds, and
a digest of the state of all that it depended on. The state is path, inode, size and times of every file that is read
(texts, pictures, theme, `site.yaml`, alertgen itself), of the folders where packages are installed, and of every
folder of the output; the ledger is compared by its content. Whoever finds the note damaged, missing or untrue builds.

The note is left only when every file and folder last changed before the build began, by the clock of their own file
system, so that what the digest stands for is what was read. See docs/decisions/0008-nothing-to-do.md.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
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
_FOLDERS = ("alerts", "pages", "templates", "static")
_ZONES = "/usr/share/zoneinfo/tzdata.zi"
"""Rules of time zones, where the system keeps them: a new edition may move an embargo."""
_RECENT = 50_000_000
"""Nanoseconds: clocks of file systems move in steps of up to 10 ms, so a change right after another may not show."""
_COARSE = 2_000_000_000
"""The same for file systems that know only whole seconds, or every other one."""
_SECOND = 1_000_000_000
_DATED = os.name != "nt"
"""Whether a file says when it last changed in any way (`st_ctime`); on Windows it says when it was made."""
_NEVER = datetime.max.replace(tzinfo=UTC)
_ABOUT_ABSENCE = frozenset(("missing-image", "image-kind", "image-too-large", "image-unreadable", "refused-path"))
"""Problems of a draft's picture, which then is none of the pictures that were read."""


def begin(root: Path) -> int:
    """Return the present by the clock of the file system of *root*, to be called before anything is read.

    Raises:
        OSError: the folder for what is remembered cannot be written.
    """
    clock = root / _MEMORY / "clock"
    clock.write_bytes(b"")
    return clock.stat().st_ctime_ns


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
            "state": _digest(_state(root, note["others"])),
        }
        return _report_from(note["report"]) if found == {name: note[name] for name in found} else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def settle(
    root: Path, out: Path, report: Report, *,
    now: datetime, strict: bool, begun: int, pictures: Iterable[str], ledger: bytes, folders: Mapping[str, int],
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
    rested = _DATED and folders and _is_settled(report) and _has_rested(root, others, begun)
    if not rested or not all(_is_left(f"{out}/{folder}", left, begun) for folder, left in folders.items()):
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
        "others": others,
        "state": _digest(_state(root, others)),
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
    """Tell whether everything that was read, and the folders it lies in, last changed before *begun*."""
    parents = {(root / path).parent for path in others} - {root}
    known = [status for _, status in _everything(root, others, folders=True)] + [path.stat() for path in parents]
    return all(_is_old(status, begun) for status in known)


def _is_old(status: os.stat_result, begun: int) -> bool:
    moment = status.st_ctime_ns
    return moment < begun - (_RECENT if moment % _SECOND else _COARSE)


def _is_left(folder: str, left: int, begun: int) -> bool:
    """Tell whether nobody changed *folder* of the output since the publication *left* it, or since *begun*."""
    status = os.lstat(folder.rstrip("/"))
    return status.st_ctime_ns == left or _is_old(status, begun)


def _state(root: Path, others: Iterable[str]) -> Iterator[bytes]:
    for path, status in _everything(root, others, folders=False):
        told = f"{path}\0{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}\n"
        yield told.encode(errors="surrogateescape")


def _everything(root: Path, others: Iterable[str], *, folders: bool) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file that a build reads, in a fixed order; with *folders*, also every folder that it lists."""
    package = os.path.dirname(__file__)  # noqa: PTH120
    checkout = os.path.dirname(os.path.dirname(package))  # noqa: PTH120 - where the theme is, beside `src`
    tops = [f"{root}/{name}" for name in _FOLDERS] + [f"{checkout}/{name}" for name in _FOLDERS[2:]]
    for top in (*tops, package):
        yield from _below(top, folders=folders)
    for path in (f"{root}/{SITE_FILE}", *(f"{root}/{path}" for path in others)):
        yield path, os.stat(path)  # noqa: PTH116
    installed = (path for path in sys.path if path.endswith(("site-packages", "dist-packages")))
    for path in (*installed, _ZONES):
        if os.path.exists(path):  # noqa: PTH110
            yield path, os.stat(path)  # noqa: PTH116


def _below(folder: str, *, folders: bool) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    if folders:
        yield folder, os.stat(folder)  # noqa: PTH116
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, folders=folders)
            continue
        yield entry.path, entry.stat(follow_symlinks=False)
        if entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110
            yield f"{entry.path} ->", entry.stat()


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
    )


def _problem_from(values: dict[str, Any]) -> Diagnostic:
    at, also = Place(**values.pop("at")), tuple(Place(**place) for place in values.pop("also"))
    return Diagnostic(**values | {"at": at, "also": also, "severity": Severity(values["severity"])})


def _held_from(path: str, because: str, until: str | None) -> Held:
    return Held(path=path, because=HeldBecause(because), until=datetime.fromisoformat(until) if until else None)
