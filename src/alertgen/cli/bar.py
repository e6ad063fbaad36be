"""Showing how far long work has come: a bar on a terminal, now and then a line in a pipe, nothing for quick work."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from alertgen.cli.streams import say, shows_colours
from alertgen.progress import Progress, silent
from alertgen.text import counted

_PATIENCE = {True: 1.0, False: 10.0}
"""Seconds until something is shown on a terminal, and in a pipe."""
_STEP = {True: 0.1, False: 10.0}
"""Seconds from one sign of life to the next."""
_CELLS = 24
_WORDS = {
    "reading": "Reading", "planning": "Planning", "checking": "Checking", "comparing": "Comparing", "making": "Making",
    "trying": "Trying", "indexing": "Making the search index", "writing": "Writing", "asking": "Asking for",
    "seeking": "Seeking",
}  # fmt: skip
_NOUNS = {"reading": "text", "making": "output", "trying": "output", "asking": "link", "seeking": "archived copy"}
_ERASED = "\r\x1b[2K"


class _Bar:
    """What is shown on the error stream, so that a report on the other stream stays clean."""

    def __init__(self) -> None:
        self.moving = shows_colours(sys.stderr)
        self.started = time.monotonic()
        self.due = self.started + _PATIENCE[self.moving]
        self.shown = False

    def tell(self, what: str, done: int, total: int) -> None:
        """Show where the work is, if it is time to."""
        now = time.monotonic()
        begins = self.moving and self.shown and not total
        if now < self.due and not begins:
            return
        self.due = now + _STEP[self.moving]
        self.shown = True
        line = f"{_WORDS[what]} {done:,} of {counted(total, _NOUNS[what])}" if total else f"{_WORDS[what]} …"
        if self.moving:
            filled = _CELLS * done // total if total else 0
            line = f"{_ERASED}[{'=' * filled}{' ' * (_CELLS - filled)}] {line}"
        say(line, end="" if self.moving else "\n", err=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self.moving and self.shown:
            say(_ERASED, end="", err=True)


@contextmanager
def shown_on(*, quiet: bool) -> Iterator[Progress]:
    """Show progress on the error stream for the span of some work; nothing when *quiet*."""
    if quiet:
        yield silent
        return
    bar = _Bar()
    try:
        yield bar.tell
    finally:
        bar.clear()
