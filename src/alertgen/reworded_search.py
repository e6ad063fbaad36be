"""The search index with other words: the records of the alerts that were edited, in the place of those of before."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alertgen.outputs import Page, SearchIndex, SearchRecord


def reworded_search(index: SearchIndex, edited: Iterable[tuple[Page, Mapping[str, str]]]) -> SearchIndex | None:
    """Return *index* with the new texts, by the old ones, of the pages that were *edited*; None when it has others."""
    records = {record.address: record for record in index.records}
    for page, texts in edited:
        record = records.get(page.address)
        if record is None or sum(str(text) in texts for _, _, text in record.parts) != len(texts):
            return None
        records[page.address] = _reworded(record, texts)
    return replace(index, records=tuple(records.values()))


def different(old: SearchIndex, new: SearchIndex) -> tuple[SearchRecord, ...]:
    """Return the records of *new* that are not those of *old*, of which it was made."""
    return tuple(record for record, before in zip(new.records, old.records, strict=True) if record is not before)


def _reworded(record: SearchRecord, texts: Mapping[str, str]) -> SearchRecord:
    parts = [(anchor, heading, texts.get(str(text), text)) for anchor, heading, text in record.parts]
    return replace(record, parts=tuple(parts))
