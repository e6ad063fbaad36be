"""Whether anything has happened since the last build: the answer for the commonest build of all, in no time.

A build that went well leaves a note, `.alertgen/standstill.json`: what it reported, for which moments that holds, and
a digest of the state of all that it depended on. The state is path, inode, size and times of every file that is read
(texts, pictures, theme, `site.yaml`, alertgen itself), the packages that are installed, and the times of every folder
of the output; the ledger is compared by its content. Whoever finds the note damaged, missing or untrue builds.

The state is taken before anything is read, and the note is left only when every file had last changed before the build
began, by the clock of the file system. So whatever changes while a build reads is not what the note stands for. See
docs/decisions/0008-nothing-to-do.md.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from alertgen import ALERTS, FOLDERS, MEMORY
from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.outcome import Held, HeldBecause, Published, Report
from alertgen.records import asdict, dataclass, replace
from alertgen.stillness import (
    DAMAGE,
    digest,
    digest_of_moments,
    elsewhere,
    how,
    is_listed_still,
    lines,
    look,
    moments,
    note_for,
    note_of,
    of_alertgen,
    state_of,
    state_of_list,
)

if TYPE_CHECKING:
    from alertgen.stillness import Seen

FEW = 8
"""How many edited alerts `since_then` names at most. After more edits a whole build is faster than `revision`."""
RECENT = 50_000_000
"""Nanoseconds: clocks of file systems move in steps of up to 10 ms, so a change right after another may not show."""
_COARSE = 2_000_000_000
"""The same for file systems that know only whole seconds, or every other one."""
_SECOND = 1_000_000_000
_TICK = 5_000_000
"""A step of the clock of a file system."""
DATED = os.name != "nt"
"""Whether a file says when it last changed in any way (`st_ctime`); on Windows it says when it was made."""
_NAMED = "do-not-publish"
"""Code of the problem that a name from do-not-publish.txt stands somewhere."""
_ABOUT_ABSENCE = frozenset(
    (
        "missing-image",
        "image-kind",
        "image-too-large",
        "image-unreadable",
        "refused-path",
        "unread-text",
        "unread-theme",
    )
)
"""Problems of pictures and files that were not read, so that they are not watched: nobody would see them mended."""

_UNTIL_PUBLISHED = frozenset(
    ("alias-repeats-folder", "changed-number", "day-of-another", "last-year", "seems-held", "windows-name")
)
"""Problems of what the ledger does not know yet, or knows otherwise."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What all that a build reads looked like before it read anything."""

    moment: int
    """By the clock of the file system, in nanoseconds: after it was looked at, before anything was read."""
    state: Sequence[bytes] = ()
    """A line for each file; empty when it could not be told."""
    changes: Sequence[int] = ()
    """When each file last changed, in nanoseconds."""

    @property
    def rested(self) -> bool:
        """Whether what was read since is for sure what was looked at.

        It is not where a file had changed a moment before: another change right after it might leave the same time.
        """
        recent = self.moment - _COARSE
        return DATED and bool(self.state) and all(is_old(at, self.moment) for at in self.changes if at >= recent)


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


def begin(root: Path, seen: Seen | None = None) -> Beginning:
    """Return the state of all that a build of *root* reads, to be called before anything is read.

    *seen* is what `look` returned, where it was called already.
    """
    try:
        state, changes = seen or look(str(root))
    except OSError:  # it vanished under our eyes
        state, changes = [], []
    return Beginning(moment_of(root), state, changes)


def ripened(root: Path, begun: Beginning) -> Beginning:
    """Return *begun* at a moment by which it has `rested`, if it is not further off than 50 ms: wait for that."""
    waits = max((change + RECENT - begun.moment for change in begun.changes if change % _SECOND), default=-1)
    if not 0 <= waits <= RECENT:
        return begun
    now = moment_of(root)  # something else has been done since
    rest = begun.moment + waits - now
    if rest >= 0:
        sleep((rest + _TICK) / _SECOND)
        now = moment_of(root)
    return replace(begun, moment=now)


def moment_of(root: Path) -> int:
    """Return the present by the clock of the file system of *root*, in nanoseconds.

    Raises:
        OSError: nothing can be written there.
    """
    clock = root / MEMORY / "clock"
    clock.write_bytes(b"")
    return clock.stat().st_ctime_ns


def since_then(root: Path, out: Path, begun: Beginning, *, now: datetime, strict: bool) -> Since | None:
    """Return what has happened since the last build of *root* into *out*; None when it is more than a few edits.

    *begun* is what `begin` returned for this build. Whether the folders of *out* are as they were left is for `publish`
    to see.
    """
    try:
        note = note_for(str(root), str(out), now=now.timestamp(), strict=strict)
        texts = _edited(root, begun.state, note["state"]) if note else ()
        if not note or not texts or not is_listed_still(str(root), str(out), note):
            return None
        return Since(
            report=report_from(note["report"]),
            texts=texts,
            pictures=tuple(note["pictures"]),
            engine=str(note["engine"]),
        )
    except DAMAGE:
        return None


def engine_since(root: Path, begun: Beginning) -> str:
    """Return the digest of the alertgen that has built last, if that is this one; nothing when it is not certain.

    *begun* is what `begin` returned for this build.
    """
    try:
        note = json.loads(Path(note_of(str(root))).read_bytes())
        known = Path(state_of(str(root))).read_bytes()
        same = digest([known]) == note["state"] and note["how"][2:] == how("", strict=False)[2:]
        before = of_alertgen(known.splitlines(keepends=True))
        return str(note["engine"]) if same and before and before == of_alertgen(begun.state) else ""
    except DAMAGE:
        return ""


def _edited(root: Path, state: Sequence[bytes], noted: str) -> tuple[str, ...]:
    """Return the paths of the alerts in whose lines *state* differs from that of digest *noted*; none if in more."""
    known = Path(state_of(str(root))).read_bytes()
    before = known.splitlines(keepends=True)
    if digest([known]) != noted or len(before) != len(state):
        return ()
    begins = f"{root}/{ALERTS}/".encode(errors="surrogateescape")
    paths = []
    for old, new in zip(before, state, strict=True):
        if old == new:
            continue
        path = new.partition(b"\0")[0]
        if path != old.partition(b"\0")[0] or not (path.startswith(begins) and path.endswith(b".md")):
            return ()
        paths.append(path[len(begins) - len(f"{ALERTS}/") :].decode(errors="surrogateescape"))
    return tuple(paths) if len(paths) <= FEW else ()


def settle(
    root: Path, out: Path, report: Report, *,
    now: datetime, strict: bool, begun: Beginning, pictures: Iterable[str], ledger: bytes, folders: Mapping[str, int],
    fresh: bool = False, recorded: bool = False,
) -> None:  # fmt: skip
    """Leave the note that *report* holds until something changes; leave none where that is not certain.

    *begun* is what `begin` returned, *pictures* the paths of all pictures that were read, *ledger* the content that
    the ledger has now, *folders* when each folder of the output was last changed when the last publication left it;
    that was a moment ago if it is *fresh*. Whether this build has *recorded* anything in the ledger is told, too.

    Raises:
        OSError: the note cannot be written.
    """
    note, state = Path(note_of(str(root))), Path(state_of(str(root)))
    for file in (note, state):  # a state that is not replaced would keep the names of files that are gone
        file.unlink(missing_ok=True)
    others = sorted({path for path in pictures if path.partition("/")[0] not in FOLDERS})
    if not (
        begun.rested and folders and _is_settled(report, recorded=recorded) and _has_rested(root, others, begun.moment)
    ):
        return
    left = list(folders.values()) if fresh else _left(str(out), folders, begun.moment)
    if not left:
        return
    from alertgen.engine import engine_digest  # here, since a build with nothing to do has no use for it

    values = {
        "how": how(str(out), strict=strict),
        "moments": [
            now.timestamp(),
            min((held.until.timestamp() for held in report.held if held.until), default=None),
        ],
        "ledger": digest([ledger]),
        "folders": list(folders),
        "list": state_of_list(str(out)),
        "site": digest_of_moments(left),
        "state": digest(begun.state),
        "pictures": others,
        "elsewhere": digest(lines(elsewhere(str(root), others))),
        "engine": engine_digest(),
        "report": asdict(replace(report, published=None)),
    }
    state.write_bytes(b"".join(begun.state))
    new = note.with_suffix(".new")
    new.write_text(json.dumps(values, default=str), encoding="utf-8")
    new.replace(note)


def _is_settled(report: Report, *, recorded: bool) -> bool:
    """Tell whether *report* can only change with the files that were read.

    It can change otherwise where a draft names a picture that is not there: the place where it would have to appear is
    not watched. So it can where a name from do-not-publish.txt was found: that may be the name of a file, and what is
    left on the disk for the next build must not hold it. And what is told of something until it is published
    is not told any more when the build has *recorded* that.
    """
    passing = (*_ABOUT_ABSENCE, _NAMED, *(_UNTIL_PUBLISHED if recorded else ()))
    return report.ok and not any(problem.code in passing for problem in report.problems)


def _has_rested(root: Path, others: Iterable[str], begun: int) -> bool:
    """Tell whether the pictures *others*, and the folders they lie in, last changed before *begun*."""
    parents = {(root / path).parent for path in others} - {root}
    known = [status for _, status in elsewhere(str(root), others)] + [path.stat() for path in parents]
    return all(is_old(status.st_ctime_ns, begun) for status in known)


def is_old(change: int, begun: int) -> bool:
    """Tell whether a file that last changed at *change* could not have changed after *begun* without showing it."""
    return change < begun - (RECENT if change % _SECOND else _COARSE)


def _left(out: str, folders: Mapping[str, int], begun: int) -> list[int]:
    """Return when each of *folders* last changed; nothing when somebody changed one since the publication left it.

    What had changed before the build *begun* is none of its business.
    """
    found = moments(out, folders)
    known = zip(found, folders.values(), strict=True)
    return found if all(change == left or is_old(change, begun) for change, left in known) else []


def report_from(values: Mapping[str, Any]) -> Report:
    """Return the report that a note holds."""
    return Report(
        problems=tuple(_problem_from(dict(problem)) for problem in values["problems"]),
        held=tuple(_held_from(**held) for held in values["held"]),
        files=int(values["files"]),
        pages=int(values["pages"]),
        published=Published(),
        size=int(values["size"]),
        stand_in=str(values["stand_in"]),
    )


def _problem_from(values: dict[str, Any]) -> Diagnostic:
    at, also = Place(**values.pop("at")), tuple(Place(**place) for place in values.pop("also"))
    return Diagnostic(**values | {"at": at, "also": also, "severity": Severity(values["severity"])})


def _held_from(path: str, because: str, until: str | None) -> Held:
    return Held(path=path, because=HeldBecause(because), until=datetime.fromisoformat(until) if until else None)
