"""What became of a link to another site: the records that the modules of this package hand on."""

import datetime
from enum import StrEnum

from alertgen.records import dataclass


class State(StrEnum):
    """How a link fares."""

    GOOD = "good"
    MOVED = "moved"
    """It leads elsewhere, and for good."""
    GONE = "gone"
    """It leads to nothing."""
    CLOSED = "closed"
    """The site answers, but not to a program; a reader may see the page."""
    SILENT = "silent"
    """The site did not answer this time."""
    PRIVATE = "private"
    """Only computers of one's own network can follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found at an address."""

    state: State
    cause: str = ""
    """The reason in words; empty for good links."""
    to: str = ""
    """The address it has moved to."""
    whole_host: bool = False
    """What holds for the host: nothing of it can be reached."""
    known: bool = False
    """It is remembered from an earlier run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What the web archive keeps of an address."""

    address: str
    """The copy nearest to the day that was asked for; empty for none."""
    asked: bool = True
    """Whether the archive answered; if not, `address` is where it shows a copy if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question to the web archive."""

    address: str
    date: datetime.date
