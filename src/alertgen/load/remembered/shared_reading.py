"""Many content files: what is remembered of them, and the others read, by several processes at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from alertgen.load.documents import Customs, Document, SourceFile, key_of_file, remember_document
from alertgen.load.reading import read_all_frozen, read_frozen, read_one_of_many
from alertgen.load.remembered.apart import thaw_apart
from alertgen.load.remembered.memory import recalled
from alertgen.processes.workers import map_ordered, meanwhile, somebody_stands_by
from alertgen.store import Store

_WORTHWHILE = 16
"""So many files to read are shared among processes; fewer are done before the processes have begun."""
_CHUNK = 8
"""Files that travel at once; more of many, since a process that waits for the next ones does nothing."""


def read_documents(
    files: Sequence[SourceFile],
    customs: Customs,
    store: Store,
    processes: int = 1,
    unremembered: Collection[str] = (),
) -> Iterator[Document]:
    """Read *files* with *processes* at once, or remember what was read from the same bytes before.

    Of the paths *unremembered* nothing is kept. While a document is looked at, other processes read the next ones.
    """
    keys = {file.path: key_of_file(file, customs) for file in files if file.path not in unremembered}
    return map(Documents(files, keys, customs, store, processes).of, files)


class Documents:
    """What files say: what is remembered, and what is read, which begins at once, in the order of the files."""

    def __init__(
        self, files: Iterable[SourceFile], keys: Mapping[str, str], customs: Customs, store: Store, processes: int
    ) -> None:
        """Remember under *keys*, by path; of files without one nothing is kept."""
        self._customs, self._store = customs, store
        self.keys = dict(keys)
        """Keys of what is remembered."""
        self.remembered = store.known(keys.values())
        """Keys under which anything is remembered; the other files are read, whatever may be remembered meanwhile."""
        unknown = [file for file in files if keys.get(file.path) not in self.remembered]
        self._unknown = {file.path: self._now(file) for file in unknown}
        self._reading = _reading(tuple(self._unknown.values()), customs, processes)
        self._file = store.scratch()

    def of(self, file: SourceFile) -> Document:
        """Return what *file* says."""
        if file.path in self._unknown:
            return self._kept(file.path, next(self._reading))
        key = self.keys[file.path]
        thawed = partial(thaw_apart, file=self._file)
        known = recalled(self._store, [key], Document, thawed).get(key)
        return known or self._kept(file.path, read_frozen(self._customs, self._now(file)))

    def _now(self, file: SourceFile) -> SourceFile:
        """Return *file* as it is now; if it has just changed, nothing is kept of it."""
        now = file.now
        if now.digest != file.digest:
            self.keys.pop(file.path, None)
        return now

    def _kept(self, path: str, content: bytes) -> Document:
        key = self.keys.get(path)
        return remember_document(key or "", content, self._store if key else Store(None), self._file)


def _reading(files: tuple[SourceFile, ...], customs: Customs, processes: int) -> Iterator[bytes]:
    """Return what gives *files* one after the other, read by several processes, or by one that stands by."""
    if len(files) >= _WORTHWHILE:
        chunk = max(_CHUNK, min(len(files) // 60, 4 * _CHUNK))
        return map_ordered(partial(read_one_of_many, customs), files, processes=processes, chunk=chunk)
    if files and somebody_stands_by():
        return _arriving(meanwhile(partial(read_all_frozen, customs), files))
    return map(partial(read_frozen, customs), files)


def _arriving(waited_for: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    yield from waited_for()
