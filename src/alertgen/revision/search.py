"""The search index with other words: the records of the alerts that were edited, in the place of those of before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alertgen.outputs import SearchIndex, SearchRecord

Edited = tuple[Iterable[str], Mapping[str, str]]
"""Addresses of the outputs that hold texts of an alert, its page among them, and its new texts by the old ones."""


def reworded_search(index: SearchIndex, edited: Iterable[Edited]) -> SearchIndex | None:
    """Return *index* with the texts of what was *edited*; None when it is not certain where they stand."""
    records = {record.address: record for record in index.records}
    for addresses, texts in edited:
        found = [records[address] for address in addresses if address in records]
        if len(found) != 1 or sum(str(text) in texts for _, _, text in found[0].parts) != len(texts):
            return None
        records[found[0].address] = _reworded(found[0], texts)
    return replace(index, records=tuple(records.values()))


def _reworded(record: SearchRecord, texts: Mapping[str, str]) -> SearchRecord:
    parts = [(anchor, heading, texts.get(str(text), text)) for anchor, heading, text in record.parts]
    return replace(record, parts=tuple(parts))


def different(old: SearchIndex, new: SearchIndex) -> tuple[SearchRecord, ...]:
    """Return the records of *new* that are not those of *old*, of which it was made."""
    return tuple(record for record, before in zip(new.records, old.records, strict=True) if record is not before)
