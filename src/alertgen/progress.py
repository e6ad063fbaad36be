"""How far long work has come: whoever does it tells, whoever asked for it may show it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Takes what is being done (`reading`, `planning`, `checking`, `comparing`, `making` or `trying`, `indexing`,
`writing`; of links to other sites `asking` and `seeking`), how many pieces of it have been begun, and how many there
are; 0 of 0 when it begins and is not counted."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""
