"""The open data with other words: rows of the alerts that were edited are found and replaced, all else is copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from alertgen.fingerprint import token_of
from alertgen.json_text import Row, quoted, respelled, row_at
from alertgen.lengthy import Lengthy, Passage
from alertgen.outputs import Json, JsonFile, Record
from alertgen.records import dataclass, replace
from alertgen.revision.pages import RewordedAlert
from alertgen.store import Store
from alertgen.traces.read import DATASET, Spellings, fingerprint_of_data, read_data_spelling
from alertgen.write.manifest import Entry


@dataclass(frozen=True, slots=True)
class Data:
    """The open data with other words."""

    output: JsonFile
    """Stands for them among the outputs that are stale; it has no content."""
    path: str
    content: Iterator[bytes]
    """Part by part, to be taken once."""
    fingerprint: str
    spelling: str
    """How the content is spelled for the fingerprint."""


def reworded_data(out: Path, edited: Iterable[RewordedAlert], published: Entry, memory: Store) -> Data | None:
    """Return the open data in *out*, which are *published*, with other words.

    None where they are not as the last build has left them, or where a row, or a text in it, is not found.
    """
    (record,) = published.files
    file = Lengthy(out / record.path)
    spelling = read_data_spelling(memory)
    if fingerprint_of_data(spelling) != published.fingerprint:
        return None
    passages: list[Passage] = []
    for one in edited:
        row = _row_of(file, one.old)
        before, after = token_of(one.old.row), token_of(one.new.row)
        texts = one.alert.texts
        if row is None or spelling.count(before) != 1 or not texts.keys() <= set(_texts_in(row.value)):
            return None
        made = _reworded(row.value, texts)
        spelling = spelling.replace(before, after)
        passages.append((row.start, row.end, respelled(made)))
    output = JsonFile(address=DATASET, content=None)
    return Data(output, record.path, file.with_others(passages), fingerprint_of_data(spelling), spelling)


def _row_of(file: Lengthy, spellings: Spellings) -> Row | None:
    """Return the row of an alert in the list of *file*, newest first; None if it is not found."""
    start = file.shortly_before(_DAY, lambda day: day.decode() > spellings.day)
    at = file.first(quoted(spellings.url), start)
    rows = (_row_at(file, at, room) for room in (_ROOM // 16, _ROOM) if at >= 0)  # most rows are short
    row = next(filter(None, rows), None)
    return row if row and dict(row.value.members).get("url") == spellings.url else None


def _row_at(file: Lengthy, at: int, room: int) -> Row | None:
    """Return the row in *file* that has something *at* a place, and begins and ends in so much *room* around it."""
    begin = max(0, at - room)
    row = row_at(b"".join(file.pieces(begin, at + room)), at - begin)
    return row and replace(row, start=begin + row.start, end=begin + row.end)


_DAY = re.compile(rb'\n   "date": "(\d{4}-\d\d-\d\d)"')
"""The day of a row; a list in a row stands further to the right."""
_ROOM = 1024 * 1024
"""Bytes in which a row ends for sure, before and after any place in it; else it is not found."""


def _texts_in(value: Json) -> Iterator[str]:
    """Yield all texts in *value*."""
    if isinstance(value, Record):
        yield from (text for name, text in value.members if name == "text" and isinstance(text, str))
        yield from chain.from_iterable(map(_texts_in, value.values))
    elif isinstance(value, tuple):
        yield from chain.from_iterable(map(_texts_in, value))


def _reworded(record: Record, texts: Mapping[str, str]) -> Record:
    """Return *record* with other values for its `text`, and for those of the records in it."""
    return Record(tuple((name, _member(name, value, texts)) for name, value in record.members))


def _member(name: str, value: Json, texts: Mapping[str, str]) -> Json:
    if isinstance(value, Record):
        return _reworded(value, texts)
    if isinstance(value, tuple):
        return tuple(_member("", part, texts) for part in value)
    return texts.get(value, value) if name == "text" and isinstance(value, str) else value
