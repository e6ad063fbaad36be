"""The search index with other words: the records of the alerts that were edited, in the place of those of before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alertgen.outputs import SearchIndex, SearchRecord
from alertgen.records import replace

Edited = tuple[str, Mapping[str, str]]
"""Address of the page of an alert, and its new texts by the old ones."""


def reworded_search(index: SearchIndex, edited: Iterable[Edited]) -> SearchIndex | None:
    """Return *index* with the texts of what was *edited*; None when it is not certain where they stand."""
    records = {record.address: record for record in index.records}
    for address, texts in edited:
        record = records.get(address)
        if record is None or sum(str(text) in texts for _, _, text in record.parts) != len(texts):
            return None
        records[address] = _reworded(record, texts)
    return replace(index, records=tuple(records.values()))


def _reworded(record: SearchRecord, texts: Mapping[str, str]) -> SearchRecord:
    parts = [(anchor, heading, texts.get(str(text), text)) for anchor, heading, text in record.parts]
    return replace(record, parts=tuple(parts))


def different(old: SearchIndex, new: SearchIndex) -> tuple[SearchRecord, ...]:
    """Return the records of *new* that are not those of *old*, of which it was made."""
    return tuple(record for record, before in zip(new.records, old.records, strict=True) if record is not before)
