"""Remembered results of costly pure functions, by digest: a file that may be deleted at any time.

Keys and values are the business of the callers. Forgetting is always allowed, so a file that is damaged, held by
another process or not writable means that work is done again, never that a build stops. What is returned is always
what was put: every value is kept with a digest and checked against it.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

from alertgen import MEMORY
from alertgen.filed import File, file_in

_LAYOUT = 1
"""Raised when the table changes; a file of another layout is emptied."""
_PATIENCE = 0.5
"""Seconds to wait for another process; after that the values at hand are not remembered."""
_BATCH = 500
"""Keys in one question to the file; every SQLite takes 999."""
_WAITING_BYTES = 512 * 1024
"""How much may wait in memory before it is written to the file."""
_DIGEST_SIZE = 16
_CACHE_KB = 512
"""Kilobytes of the file that SQLite keeps in memory: few, because hardly any key is asked for twice."""
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


Noted = tuple[set[str], dict[str, bytes]]
"""Keys that were asked for, and values that were put."""


def memory_file(root: Path) -> Path:
    """Return the file in which things are remembered for the site in *root*."""
    return root / MEMORY / "memory.db"


class Store:
    """A memory of bytes by key in one SQLite file; without a file, for its own lifetime only.

    Use it as a context manager: what was put is in the file at the end. Two processes may use one file at once; at
    worst one of them remembers less.
    """

    def __init__(self, file: Path | None, *, lively: bool = False) -> None:
        """Remember in *file*. When *lively*, also keep values that were made of the bytes; see `keep_alive`."""
        self.damaged = False
        """Whether the file was found damaged, and emptied."""
        self.file = file
        self._connection: sqlite3.Connection | None = None
        self._waiting: dict[str, bytes] = {}
        self._waiting_bytes = 0
        self._asked: set[str] = set()
        self._new = False
        self._living: dict[str, object] | None = {} if lively else None
        self._expected: dict[str, Callable[[], Noted]] = {}
        """By kind of keys, a function that waits for what another process puts under them; see `expect`."""
        self._lent: tuple[sqlite3.Connection | None] | None = None
        """The connection of the process that this one is a copy of, in a tuple: kept, so that it is not closed here."""

    def __enter__(self) -> Self:
        self._connection = self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> bytes | None:
        """Return what was put under *key*, or None when it is not remembered."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what was put under those of *keys* that are remembered; wait for those that are expected."""
        wanted = list(dict.fromkeys(keys))
        self._asked.update(wanted)
        found = {key: self._waiting[key] for key in wanted if key in self._waiting}
        found.update(self._found_in_file([key for key in wanted if key not in found]))
        missing = [key for key in wanted if key not in found]
        if self._expected and self._arrived(set(map(_kind, missing))):
            found.update(self.get_many(missing))
        return found

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return those of *keys* under which anything is remembered or alive: it may be damaged, or of another kind."""
        wanted = list(dict.fromkeys(keys))
        found = {key for key in wanted if key in self._waiting or key in (self._living or ())}
        found.update(row[0] for row in self._rows("key", wanted))
        return found

    def _found_in_file(self, asked: list[str]) -> dict[str, bytes]:
        rows = self._rows("key, digest, value", asked)
        return {key: value for key, digest, value in rows if digest == _digest(key, value)}

    def _rows(self, columns: str, keys: list[str]) -> Iterator[tuple[str, bytes, bytes]]:
        """Yield the *columns* of those of *keys* that are in the file."""
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._ask(f"SELECT {columns} FROM memory WHERE key IN ({marks})", batch)  # noqa: S608

    def expect(self, kind: str, begun: Callable[[], Noted]) -> None:
        """Call *begun* when a key of that *kind* is asked for and not remembered, and remember what it returns.

        It waits for another process, which has begun to make values for such keys. The kind of a key is what stands
        before its first colon. If no such key is ever asked for, `all_that_is_expected` alone waits for the values.
        """
        self._expected[kind] = begun

    def expects(self, kind: str) -> bool:
        """Tell whether another process makes values for keys of that *kind*, and nobody has waited for them yet."""
        return kind in self._expected

    @property
    def is_empty(self) -> bool:
        """Whether nothing is remembered in the file, as far as can be told."""
        return not self._ask("SELECT key FROM memory LIMIT 1", [])

    def all_that_is_expected(self) -> None:
        """Wait for all values that other processes make, and remember them."""
        self._arrived(tuple(self._expected))

    def _arrived(self, kinds: Iterable[str]) -> bool:
        """Wait for what is expected of *kinds* and remember it; tell whether there was any."""
        begun = [self._expected.pop(kind) for kind in kinds if kind in self._expected]
        for waited_for in begun:
            self.take_up(waited_for())
        return bool(begun)

    @property
    def lively(self) -> bool:
        """Whether `keep_alive` keeps anything."""
        return self._living is not None

    def living(self, keys: Iterable[str]) -> dict[str, object]:
        """Return the values that `keep_alive` has kept under *keys*; none if the store is not lively."""
        if self._living is None:
            return {}
        wanted = list(keys)
        self._asked.update(wanted)
        return {key: self._living[key] for key in wanted if key in self._living}

    def keep_alive(self, key: str, value: object) -> None:
        """Keep *value*, which never changes and was made of the bytes under *key*, if this store is lively."""
        if self._living is not None:
            self._living[key] = value

    def let_go(self) -> None:
        """Drop the values that `keep_alive` has kept and nobody has asked for since the last call. The bytes stay."""
        if self._living is not None:
            self._living = {key: value for key, value in self._living.items() if key in self._asked}
            self._asked = set()

    def put(self, key: str, value: bytes) -> None:
        """Remember *value* under *key*, in place of what was there."""
        self._asked.add(key)
        self._new = True
        self._waiting_bytes += len(value) - len(self._waiting.get(key, b""))
        self._waiting[key] = value
        if self._connection is not None and self._waiting_bytes > _WAITING_BYTES:
            self.flush()

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget everything but *keys*; the file gets smaller."""
        kept = set(keys)
        self._waiting = {key: value for key, value in self._waiting.items() if key in kept}
        forgotten = [row for row in self._ask("SELECT key FROM memory", []) if row[0] not in kept]
        self._write("DELETE FROM memory WHERE key = ?", forgotten)

    def forget_unasked(self, spared: Collection[str] = ()) -> None:
        """Forget what nobody has asked for or put since the store was opened, if anything new may have replaced it.

        *spared* are kinds of keys of which nothing is forgotten.
        """
        if not self._new:
            return
        known = (row[0] for row in self._ask("SELECT key FROM memory", []))
        spared_keys = {key for key in known if _kind(key) in spared}
        self.keep_only(self._asked | spared_keys)

    def scratch(self) -> File | None:
        """Return a new file, in the folder of this store's, for texts that need not be in memory.

        None where none can be made, and for a lively store: what it keeps is meant to be in memory.
        """
        return file_in(self.file.parent) if self.file and self._living is None else None

    def flush(self) -> None:
        """Write to the file what waits in memory."""
        if self._connection is None or self._lent is not None:
            return
        rows = [(key, _digest(key, value), value) for key, value in self._waiting.items()]
        self._waiting, self._waiting_bytes = {}, 0
        self._write("INSERT OR REPLACE INTO memory (key, digest, value) VALUES (?, ?, ?)", rows)

    def apart(self) -> None:
        """Go on in a process that is a copy of another: read through a connection of its own, and write nothing.

        A connection must not be used by two processes, not even to close it.
        """
        if self._lent is None:
            self._lent = (self._connection,)
            self._connection = self._open()
            self._asked, self._waiting = set(), {}

    def noted(self) -> Noted:
        """Return what has been asked for and put since the last call, for the store of the other process."""
        noted = self._asked, self._waiting
        self._asked, self._waiting = set(), {}
        return noted

    def take_up(self, noted: Noted) -> None:
        """Remember what the store of another process has `noted`."""
        asked, values = noted
        self._asked |= asked
        for key, value in values.items():
            self.put(key, value)

    def _ask(self, question: str, values: list[str]) -> list[tuple[str, bytes, bytes]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            self._after(error)
            return []

    def _write(self, statement: str, rows: list[tuple[str, bytes, bytes]]) -> None:
        if self._connection is None or not rows:
            return
        try:
            with self._connection:
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            self._after(error)

    def _after(self, error: sqlite3.Error) -> None:
        """Begin with an empty file when this one is damaged; any other trouble only costs what was asked for."""
        if not _is_damage(error) or self._connection is None:
            return
        self._connection.close()
        self._connection = self._emptied()

    def _open(self) -> sqlite3.Connection | None:
        if self.file is None:
            return None
        try:
            _keep_out_of_git(self.file.parent)
            return _connected(self.file)
        except sqlite3.Error as error:
            return self._emptied() if _is_damage(error) else None
        except OSError:
            return None  # no folder to remember in: the build goes on without memory

    def _emptied(self) -> sqlite3.Connection | None:
        self.damaged = True
        assert self.file is not None
        with suppress(sqlite3.Error, OSError):
            for ending in ("", "-journal", "-wal", "-shm"):
                self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
            return _connected(self.file)
        return None


def _keep_out_of_git(folder: Path) -> None:
    """Make *folder*, and have Git pass it over: what is remembered also tells of drafts."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Set up the table. The file need not survive a power cut, so nothing waits for the disk.

    A write-ahead log would be mapped into memory, and a full disk would kill the process.
    """
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten may hold a name
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    if _layout(connection) == _LAYOUT:
        return
    connection.execute("PRAGMA auto_vacuum = FULL")
    connection.execute("BEGIN IMMEDIATE")
    if _layout(connection) != _LAYOUT:  # nobody was faster
        connection.execute("DROP TABLE IF EXISTS memory")
        connection.execute("CREATE TABLE memory (key TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, value BLOB NOT NULL)")
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.execute("COMMIT")


def _layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _kind(key: str) -> str:
    return key.partition(":")[0]


def _digest(key: str, value: bytes) -> bytes:
    return blake2b(value, digest_size=_DIGEST_SIZE, key=key.encode()[:64]).digest()


def _is_damage(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGE
