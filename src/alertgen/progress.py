"""How far long work has come: whoever does it tells, whoever asked for it may show it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

Progress = Callable[[str, int, int], None]
"""Takes what is being done (`reading`, `planning`, `checking`, `comparing`, `making` or `trying`, `indexing`,
`writing`; of links to other sites `asking` and `seeking`), how many pieces of it have been begun, and how many there
are; 0 of 0 when it begins and is not counted."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""


def told(what: str, items: Sequence[Item], progress: Progress) -> Iterator[Item]:
    """Yield *items* and tell *progress* of each."""
    for number, item in enumerate(items, 1):
        progress(what, number, len(items))
        yield item
    if items:
        progress(what, len(items), len(items))
