"""One build at a time: a lock of the operating system, which is gone with the process that held it.

SQLite takes it, in a file into which nothing is ever written; see docs/decisions/0028-lock.md.
"""

import errno
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from alertgen import MEMORY
from alertgen.records import asdict, dataclass
from alertgen.write.trouble import UNTOUCHED, MachineError, in_words

WAIT = 10.0
"""Seconds that a build waits for another one."""
_STEP = 0.05
_WHEN_ENDED = "Wait until it has ended, then run the command again."
_NONE_RUNS = "If none is running, this disk knows no locks: keep the site folder on a local disk."


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that holds a lock."""

    pid: int
    host: str
    since: str
    """Local time with zone, ISO 8601, to the second."""


@contextmanager
def lock(root: Path, wait: float = WAIT) -> Iterator[Holder | None]:
    """Hold the lock of the site folder *root*, so that no other build reads or writes it meanwhile.

    Yields the holder of a build that ended without letting go (it was killed, or the power failed), else None. Such a
    stale lock stops nobody.

    Raises:
        MachineError: another build still holds it after *wait* seconds; the message says which.
    """
    with held(root / MEMORY / "lock", wait) as stale:
        yield stale


@contextmanager
def held(file: Path, wait: float) -> Iterator[Holder | None]:
    """Hold the lock *file*; see `lock`. Who holds it stands in a note beside it."""
    note = file.with_name(f"{file.name}.json")
    with closing(_acquired(file, note, wait)):
        stale = _holder(note)
        with in_words("Cannot begin the build"):
            note.write_text(json.dumps(asdict(_myself())), encoding="utf-8")
        try:
            yield stale
        finally:
            with suppress(OSError):  # a note that stays only looks as if the build had been killed
                note.unlink()


def _acquired(file: Path, note: Path, wait: float) -> sqlite3.Connection:
    """Return what holds the lock *file* until it is closed."""
    end = time.monotonic() + wait
    with in_words("Cannot begin the build"):
        file.parent.mkdir(parents=True, exist_ok=True)
        while (gate := _taken(file)) is None:
            if time.monotonic() >= end:
                raise _busy(_holder(note))
            time.sleep(_STEP)
    return gate


def _taken(file: Path) -> sqlite3.Connection | None:
    """Return what holds the lock *file*; None if somebody else does.

    Raises:
        OSError: the system refuses it.
        MachineError: the file cannot be used.
    """
    if file.is_symlink():  # perhaps to what is not ours
        raise _unfit(f"a link is where a file is needed ({file})", "Remove that link")
    try:
        return _locked(file)
    except sqlite3.Error as error:
        if _kind(error) == sqlite3.SQLITE_BUSY:
            return None
        if _kind(error) != sqlite3.SQLITE_NOTADB:
            raise _refusal(file, error) from error
    os.truncate(file, 0)  # what stands in it is of no use to anybody, and nobody can hold it
    return _taken(file)


def _locked(file: Path) -> sqlite3.Connection:
    """Have SQLite lock *file*; it begins a change that it never makes.

    No other part of this process may open the file: when it is closed, the system lets go of all locks that the
    process has on it. SQLite minds that; and a copy of the process never had them.
    """
    gate = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        gate.execute("PRAGMA journal_mode = MEMORY")  # else there would be a journal
        gate.execute("BEGIN EXCLUSIVE")
    except BaseException:
        gate.close()
        raise
    return gate


def _kind(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _refusal(file: Path, error: sqlite3.Error) -> OSError | MachineError:
    """Return why there can be no lock *file*, which SQLite's *error* does not tell. Nobody in this process holds it."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o644))
    except OSError as refused:
        return refused
    if _kind(error) == sqlite3.SQLITE_CANTOPEN:
        return _unfit(
            f"the path of the folder is too long ({file.parent})", "Move the site to where its path is shorter"
        )
    return OSError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(file))


def _unfit(cause: str, cure: str) -> MachineError:
    return MachineError(f"Cannot begin the build: {cause}", f"{cure}, then run the command again.", state=UNTOUCHED)


def _busy(holder: Holder | None) -> MachineError:
    hint = f"{_WHEN_ENDED} If it never ends, close the window in which it runs, or restart that computer."
    if holder is None:  # some systems say that a file is locked when they know no locks
        return MachineError("Another build of this site is running", f"{_WHEN_ENDED} {_NONE_RUNS}", state=UNTOUCHED)
    who = f"process {holder.pid} on {holder.host}, since {holder.since}"
    return MachineError(f"Another build of this site is running ({who})", hint, state=UNTOUCHED)


def _holder(note: Path) -> Holder | None:
    """Read who holds the lock; None when nobody does or it cannot be told."""
    try:
        values = json.loads(note.read_bytes())
        return Holder(pid=int(values["pid"]), host=str(values["host"]), since=str(values["since"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _myself() -> Holder:
    now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return Holder(pid=os.getpid(), host=_host(), since=now)


def _host() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    from socket import gethostname  # here, since it takes as long to import as all of this to do

    return gethostname()
