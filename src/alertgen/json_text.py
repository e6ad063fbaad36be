"""JSON as alertgen writes it: a member a line, and the rows of long lists found and written one by one."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from alertgen.filed import Filed
from alertgen.lengthy import Lengthy
from alertgen.outputs import Json, JsonFile, Record
from alertgen.records import dataclass

_quoted = encode_basestring


def render_json(file: JsonFile) -> bytes:
    """Return *file* as JSON in UTF-8."""
    return b"".join(json_parts(file))


def json_parts(file: JsonFile) -> Iterator[bytes]:
    """Yield *file* as JSON in UTF-8, part by part: as one text it would take many times its room for a moment."""
    for part in _parts(file.content):
        yield part.encode()
    yield b"\n"


def _parts(value: Json) -> Iterator[str]:
    """Yield *value* as `_spelled` writes it, the rows of its lists one by one."""
    if not isinstance(value, Record) or not any(isinstance(member, tuple) for member in value.values):
        yield _spelled(value, "\n")
        return
    separator = "{"
    for name, member in dict(value.members).items():
        yield f"{separator}\n {_quoted(name)}: "
        yield from _rows(member) if isinstance(member, tuple) and member else [_spelled(member, "\n ")]
        separator = ","
    yield "\n}"


def _rows(members: tuple[Json, ...]) -> Iterator[str]:
    separator = "["
    for member in members:
        text = member.text if isinstance(member, Standing) else _spelled(member, _ROW_START)
        yield f"{separator}\n  {text}"
        separator = ","
    yield "\n ]"


def _spelled(value: Json, start: str) -> str:
    """Return *value* as `json.dumps(…, ensure_ascii=False, indent=1)` writes it, in a fraction of its time.

    *start* is what begins a line at the depth of *value*.
    """
    pieces: list[str] = []
    _spell(value, start, pieces.append)
    return "".join(pieces)


def _spell(value: Json, start: str, put: Callable[[str], None]) -> None:
    """Call *put* with the pieces of `_spelled` one after the other."""
    if type(value) is str:
        put(_quoted(value))
    elif isinstance(value, Record):
        deeper = f"{start} "
        for beginning, member in zip(_beginnings(value.names, deeper), value.values, strict=True):
            put(beginning)
            if type(member) is str:
                put(_quoted(member))
            else:
                _spell(member, deeper, put)
        put(f"{start}}}" if value.names else "{}")
    elif isinstance(value, tuple):
        deeper = f"{start} "
        separator = "["
        for member in value:
            put(separator + deeper)
            _spell(member, deeper, put)
            separator = ","
        put(f"{start}]" if value else "[]")
    elif value is None:
        put("null")
    elif isinstance(value, int | float):
        put(str(value) if type(value) is int else json.dumps(value))
    elif isinstance(value, str | Filed):
        put(_quoted(str(value)))
    else:
        _spell(value.made(), start, put)  # what is left is promised: to ask for that takes Python 8 µs


@lru_cache(maxsize=256)
def _beginnings(names: tuple[str, ...], line: str) -> tuple[str, ...]:
    """Return how members of these *names* begin, each on a *line* of its own; a file has few kinds of records."""
    return tuple([f"{',' if place else '{'}{line}{_quoted(name)}: " for place, name in enumerate(names)])


@dataclass(frozen=True, slots=True)
class Standing:
    """A member of a long list that stands in a JSON file already, to be copied into another one."""

    file: Lengthy
    start: int
    end: int

    @property
    def text(self) -> str:
        """How it is spelled."""
        return b"".join(self.file.pieces(self.start, self.end)).decode()

    def made(self) -> Record:
        """Return what it says."""
        return row_of(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A member of a long list in a JSON file, and where its bytes are."""

    value: Record
    start: int
    end: int


def quoted(text: str) -> bytes:
    """Return how *text* stands in a JSON file, as a value or name, and nowhere else."""
    return _quoted(text).encode()


def row_at(content: bytes, at: int) -> Row | None:
    """Return the row of a list of *content*, a part of a `render_json` of an object, that has something *at* a place.

    Return None where that is none, or it is not there as a whole.
    """
    start, end = content.rfind(ROW, 0, at) + len(ROW) - 1, content.find(_ROW_END, at) + len(_ROW_END)
    try:
        row = Row(row_of(content[start:end]), start, end)
    except ValueError:
        return None
    return row if respelled(row.value) == content[start:end] else None


def row_of(spelled: str | bytes) -> Record:
    """Return the row that is *spelled* so.

    Raises:
        ValueError: that is none.
    """
    value = _frozen(json.loads(spelled, object_pairs_hook=_as_record))
    if not isinstance(value, Record):
        raise ValueError("not an object")
    return value


def respelled(row: Record) -> bytes:
    """Return the bytes of *row* as a member of a list in a JSON file."""
    return _spelled(row, _ROW_START).encode()


_ROW_START = "\n  "
ROW, _ROW_END = f"{_ROW_START}{{".encode(), f"{_ROW_START}}}".encode()


def _as_record(members: list[tuple[str, Any]]) -> Record:
    return Record(tuple((name, _frozen(member)) for name, member in members))


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
