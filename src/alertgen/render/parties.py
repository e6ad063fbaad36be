"""Which outputs are made by other processes, and how they get there: some at a time, as frozen bytes."""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from alertgen.frozen import freeze
from alertgen.outputs import Document, FeedFile, JsonFile, Output, Page, Record
from alertgen.records import dataclass

_SIZE = 32
"""Outputs of a party, about eight alerts."""
_LONG = 64
"""Rows from which on a list is made sooner than it has travelled."""


@dataclass(frozen=True, slots=True)
class Party:
    """Outputs that are made together."""

    outputs: tuple[Output, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as frozen values do."""
        return _arrived, (freeze(self.outputs),)


def _arrived(frozen: bytes) -> Party:
    return Party(pickle.loads(frozen))  # noqa: S301 - a process of our own has sent it a moment ago


def parties(outputs: Iterable[Output]) -> Iterator[Party]:
    """Part *outputs*, keeping their order."""
    rest = iter(outputs)
    while some := tuple(islice(rest, _SIZE)):
        yield Party(some)


def can_travel(output: Output) -> bool:
    """Tell whether *output* may be made by another process in less time than it takes to get there."""
    if isinstance(output, Document):
        return len(output.rows) < _LONG
    if isinstance(output, JsonFile) and isinstance(output.content, Record):
        return not any(isinstance(value, tuple) and len(value) >= _LONG for _, value in output.content.members)
    return isinstance(output, Page | FeedFile)
