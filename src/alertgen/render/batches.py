"""Which outputs other processes make, and how they get there: a few at a time, as frozen bytes.

Texts do not travel. They stay in a file that all processes know (`filed`); the one that makes a page reads its texts.
"""

import pickle
from collections.abc import Iterable, Iterator
from typing import Any

from alertgen.filed import Filed
from alertgen.frozen import Reductions, freeze
from alertgen.outputs import Citation, Contents, Document, FeedFile, JsonFile, Output, Page, Record
from alertgen.records import dataclass

_FULL = 112
"""What the outputs of a batch weigh together at most: as much as sixteen alerts with their citations."""
_WEIGHTS = {Page: 16, FeedFile: 12, Document: 1, Citation: 1, JsonFile: 1}
_ALERT = 4
_LONG = 64
"""Rows from which on a list is made sooner than it has travelled."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Outputs that are made together."""

    outputs: tuple[Output, ...]
    stays: bool = False
    """It takes longer to travel than to be made."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as frozen values do."""
        return ReceivedBatch, (freeze(self.outputs, _FOR_COPIES),)


_FOR_COPIES = Reductions({Filed: Filed.reduced_for_copies})


@dataclass(frozen=True, slots=True)
class ReceivedBatch:
    """A batch in the process that it has travelled to."""

    content: bytes

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Its outputs.

        If they cannot be had here, as when a text lies in a file that is not known, that is an error in the making of
        them, and they are made where they came from.
        """
        return tuple(pickle.loads(self.content))  # noqa: S301 - a process of our own has sent it a moment ago


def in_batches(outputs: Iterable[Output]) -> Iterator[Batch]:
    """Part *outputs*, keeping their order."""
    some: list[Output] = []
    weight = 0
    for output in outputs:
        travels = can_travel(output)
        more = _weight(output) if travels else _FULL
        if some and weight + more > _FULL:
            yield Batch(tuple(some))
            some, weight = [], 0
        if not travels:
            yield Batch((output,), stays=True)
            continue
        some.append(output)
        weight += more
    if some:
        yield Batch(tuple(some))


def _weight(output: Output) -> int:
    one = isinstance(output, Page) and not isinstance(output.contents, Contents)
    return _ALERT if one else _WEIGHTS[type(output)]


def can_travel(output: Output) -> bool:
    """Tell whether *output* may be made by another process in less time than it takes to get there."""
    if isinstance(output, Document):
        return len(output.rows) < _LONG
    if isinstance(output, JsonFile):
        values = output.content.values if isinstance(output.content, Record) else (output.content,)
        return not any(isinstance(value, tuple) and len(value) >= _LONG for value in values)
    return isinstance(output, Page | FeedFile | Citation)
