"""Heading lines recognised without weighing every character.

Invariant: `Heading` answers as the stock expression does. On a block whose first line is a run of one to six `#` and
then text without `#` or backslash, that is the whole line; anywhere else the stock expression decides.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from markdown.blockprocessors import HashHeaderProcessor

FIRST_LINE = re.compile(r"(?P<level>#{1,6}+)(?P<header>[^\\#\n]*+)(?:\n|\Z)")


class Heading:
    """Stands for `HashHeaderProcessor.RE`."""

    def search(self, block: str) -> re.Match[str] | None:
        """Find the first heading in *block*."""
        return FIRST_LINE.match(block) or HashHeaderProcessor.RE.search(block)


class FastHashHeader(HashHeaderProcessor):
    """`markdown.blockprocessors.HashHeaderProcessor` with a quicker expression."""

    stands_for = ("blockprocessors:HashHeaderProcessor",)
    RE: ClassVar[Any] = Heading()
