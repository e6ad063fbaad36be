"""Where names of do-not-publish.txt stand: in texts and the names of their files, site.yaml, the theme, the ledger.

`papers/findings` looks into PDF and office files.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from alertgen import LEDGER, SITE_FILE, STATICS, TEMPLATES, WITHHELD
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes
from alertgen.kinds import UTF16, is_paper
from alertgen.load.disk.files import read_bytes
from alertgen.load.documents import SourceFile
from alertgen.load.ledger import MOST_BYTES
from alertgen.load.people.withheld import CODE, Withheld
from alertgen.load.remembered.memory import key_of, remembered
from alertgen.model import Ledger, Theme
from alertgen.records import dataclass
from alertgen.store import Store

_BEGINNING = 4096
"""Bytes in which a file that is no text shows it."""
_OF_WINDOWS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "gb18030", "big5", "cp932", "cp949", "cp874",
)  # fmt: skip
"""Encodings in which programs still save tables: of alphabets from Latin to Arabic, then of East Asia and of Thai."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of a file in which a name stands."""

    numbers: tuple[int, ...]


def names_in_texts(files: Iterable[SourceFile], withheld: Withheld, store: Store) -> tuple[Diagnostic, ...]:
    """Find the names in the texts *files* and in their paths."""
    if not withheld:
        return ()
    return tuple(found for file in files for found in _in_file(file.path, file.content, withheld, store))


def names_in_site(root: Path, theme: Theme, withheld: Withheld, store: Store) -> tuple[Diagnostic, ...]:
    """Find the names in site.yaml, and in those files of the *theme* that belong to the site at *root*."""
    if not withheld:
        return ()
    return tuple(found for path, content in _others(root, theme) for found in _in_file(path, content, withheld, store))


def names_in_ledger(root: Path, ledger: Ledger, withheld: Withheld, store: Store) -> frozenset[str]:
    """Return the addresses, anchors and feed ids in the *ledger* of the site at *root* in which a name stands."""
    content = read_bytes(root, LEDGER, MOST_BYTES) if withheld and ledger.entries else None
    if not isinstance(content, bytes) or not _lines_with_names(content, withheld, store):
        return frozenset()
    return frozenset(filter(withheld.stands_in, ledger.promised))


def _others(root: Path, theme: Theme) -> Iterator[tuple[str, bytes]]:
    content = read_bytes(root, SITE_FILE)
    if isinstance(content, bytes):
        yield SITE_FILE, content
    for folder, files in ((TEMPLATES, theme.templates), (STATICS, theme.statics)):
        yield from ((path, file.content) for file in files if (root / (path := f"{folder}/{file.path}")).is_file())


def _in_file(path: str, content: bytes, withheld: Withheld, store: Store) -> Iterator[Diagnostic]:
    if withheld.stands_in(path):
        message = f"a name from {WITHHELD} stands in the name of this file"
        yield problem(CODE, message, Place(path), hint="rename it; its name becomes an address")
    if (b"\0" in content[:_BEGINNING] and not content.startswith(UTF16)) or is_paper(content):
        return
    for number in _lines_with_names(content, withheld, store):
        message = f"a name from {WITHHELD} stands in this line"
        yield problem(CODE, message, Place(path, number), hint="take it out; reports never show which name it is")


def _lines_with_names(content: bytes, withheld: Withheld, store: Store) -> tuple[int, ...]:
    """Return the lines of the text *content* in which a name stands or begins; this alone is remembered of it."""

    def find() -> _Lines:
        numbers = {line for text in _texts_of(content) for line in withheld.lines(text.replace("\r\n", "\n"))}
        return _Lines(tuple(sorted(numbers)))

    return remembered(store, key_of("withheld", withheld.digest, digest_bytes(content)), _Lines, find).numbers


def _texts_of(content: bytes) -> Iterator[str]:
    """Yield the text of *content*, or all that it may be when it does not say how it is encoded."""
    if content.startswith(UTF16):
        yield content.decode("utf-16", "replace")
        return
    yield content.decode("utf-8-sig", "replace")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        yield from (content.decode(encoding, "replace") for encoding in _OF_WINDOWS)
