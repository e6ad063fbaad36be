"""What the alerts on one country add up to: its level, since when, and how that moved."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from alertgen.model import Level, Trend
from alertgen.plan.views import Entry, severity
from alertgen.plan.weeks import Dated
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A level that one alert after another stated."""

    level: Level
    since: datetime.date
    """The first of them."""
    last: datetime.date
    """The last of them."""
    url: str
    """Address of the situation that stated it first."""


def spans(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Return the unbroken runs of one level in *entries* (newest first), the newest first.

    An alert without a level breaks no run. Of several levels in one alert the most severe counts.
    """
    stated = [(event.level, event) for event in by_alert(entries) if event.level]
    runs = ((level, [event for _, event in run]) for level, run in groupby(stated, key=lambda pair: pair[0]))
    return tuple(Span(level, since=run[-1].date, last=run[0].date, url=run[-1].url) for level, run in runs)


def by_alert(entries: Iterable[Entry]) -> list[Dated]:
    """Return one event for each alert in *entries*: the address of its first entry and its most severe level."""
    alerts = (list(group) for _, group in groupby(entries, key=lambda entry: entry.alert.path))
    return [Dated(group[0].alert.date, group[0].row.url, worst_level(group)) for group in alerts]


def worst_level(entries: Iterable[Entry]) -> Level | None:
    """Return the most severe level that *entries* state."""
    return min((entry.level for entry in entries if entry.level), key=severity, default=None)


def latest_trend(entries: Sequence[Entry]) -> Trend | None:
    """Return the movement that the newest alert in *entries* (newest first) states."""
    newest = (entry for entry in entries if entry.alert.path == entries[0].alert.path)
    return next((entry.trend for entry in newest if entry.trend), None)
