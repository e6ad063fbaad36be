"""Regular expressions that are compiled when they are first asked for.

Compiling one takes as long as searching a hundred texts with it, and one of a large class of characters a hundred
times that. An edit of one text asks few of all that alertgen knows.
"""

import marshal
import re
import sys
from array import array
from collections.abc import Iterator
from typing import Any, cast

_UNREADABLE = (AttributeError, EOFError, ImportError, RuntimeError, TypeError, ValueError)
"""What reading may raise when it is damaged, or when another Python keeps its expressions elsewhere."""

Compiled = tuple[str | bytes, int, int, bytes, int, dict[str, int]]
"""Source and flags that were asked for, flags, code, number of groups, and the names of some."""


class _Late:
    """Becomes as quick as the expression itself once it has been asked: its methods are put in place."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as the compiled expression *source*; that it is none does not show before it is asked."""
    return cast("re.Pattern[str]", _Late(source, flags))


def all_compiled(known: bytes = b"") -> bytes:
    """Return what all expressions were compiled to that this process has asked for lately, in *known* or not.

    That holds for this very Python; `take_for_compiled` gives it to another process.
    """
    try:
        rows = _read(known)
        return marshal.dumps((sys.version, [*rows, *_new({row[:2] for row in rows})]))
    except _UNREADABLE:
        return b""


def take_for_compiled(content: bytes) -> None:
    """Have `re.compile` find what `all_compiled` has returned; do nothing where it is of no use.

    Python proves the code of each before it makes an expression of it.
    """
    try:
        import _sre  # type: ignore[import-not-found]  # a part of Python that has no types

        cache = re._cache  # type: ignore[attr-defined]
        for source, asked, flags, code, groups, names in _read(content):
            by_number: list[str | None] = [None] * (groups + 1)
            for name, number in names.items():
                by_number[number] = name
            made = _sre.compile(source, flags, array("I", code).tolist(), groups, names, tuple(by_number))
            cache.setdefault((type(source), source, asked), made)
    except _UNREADABLE:
        return


def _read(content: bytes) -> list[Compiled]:
    version, rows = marshal.loads(content) if content else (sys.version, [])  # noqa: S302 - as safe as compiled code
    return rows if version == sys.version else []


def _new(known: set[tuple[str | bytes, int]]) -> Iterator[Compiled]:
    from re import _compiler, _parser  # type: ignore[attr-defined]
    from warnings import catch_warnings, simplefilter

    with catch_warnings():
        simplefilter("ignore")  # whoever asked for it has been told
        for (_, source, asked), made in list(re._cache.items()):  # type: ignore[attr-defined]
            if (source, asked) not in known:
                code = _compiler._code(_parser.parse(source, asked), asked)
                yield source, asked, made.flags, array("I", code).tobytes(), made.groups, dict(made.groupindex)
