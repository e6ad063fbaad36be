"""Rows of the open data that stand in the published file letter by letter: they are copied, and only others made."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from alertgen.json_text import ROW, Standing
from alertgen.lengthy import Lengthy
from alertgen.outputs import JsonFile, Output, Record
from alertgen.records import replace
from alertgen.render.batches import can_travel
from alertgen.store import Store
from alertgen.traces.comparing import Comparing
from alertgen.traces.read import DATASET, fingerprint_of_data, read_data_spelling
from alertgen.write.manifest import Entry
from alertgen.write.tree import holds_digest


def with_published_rows(
    outputs: Iterable[Output], out: Path, published: Entry | None, comparing: Comparing, memory: Store
) -> tuple[Output, ...]:
    """Return *outputs*, and if the open data are among them, with the rows that stand in what is *published* in *out*.

    *comparing* knows how all rows are spelled for their fingerprints.
    """
    known = _standing(out, published, read_data_spelling(memory)) if published and _CAN_STAY_OPEN else {}
    return tuple(_with_rows(output, known, comparing.spelling) if known else output for output in outputs)


def _with_rows(output: Output, known: Mapping[str, Standing], spelling: str) -> Output:
    """Return *output* with *known* rows in the place of those that have their tokens."""
    if output.address != DATASET or not isinstance(output, JsonFile) or can_travel(output):
        return output
    assert isinstance(output.content, Record)
    *others, rows = output.content.values
    assert isinstance(rows, tuple)
    some = tuple([known.get(token, row) for token, row in zip(_tokens(spelling), rows, strict=True)])
    return replace(output, content=Record.of(output.content.names, (*others, some)))


def _standing(out: Path, published: Entry, spelling: str) -> Mapping[str, Standing]:
    """Return the rows of the *published* file by their tokens; nothing where it is another, or has none."""
    (record,) = published.files
    file, tokens = out / record.path, _tokens(spelling)
    same = fingerprint_of_data(spelling) == published.fingerprint
    if not (tokens and same and holds_digest(str(file), record.size, record.sha256)):
        return {}
    lengthy = Lengthy(file)
    starts = [at + len(ROW) - 1 for at in lengthy.every(ROW)][-len(tokens) :]
    ends = [*(start - len(_BETWEEN) for start in starts[1:]), record.size - len(_END)]
    return {token: Standing(lengthy, start, end) for token, start, end in zip(tokens, starts, ends, strict=True)}


_CAN_STAY_OPEN = os.name != "nt"
"""Windows exchanges no folder in which a file is open."""
_BETWEEN = b"," + ROW[:-1]
_END = b"\n ]\n}\n"
"""What follows the last row of the last list."""


def _tokens(spelling: str) -> list[str]:
    """Return the tokens of the rows in the last list that is *spelled*."""
    if not spelling.endswith('"]]]]'):  # it is empty
        return []
    return _TOKEN.findall(spelling, spelling.rindex(",[[{}"))


_TOKEN = re.compile(r'\[\{\},"#([0-9a-f]+)"\]')
