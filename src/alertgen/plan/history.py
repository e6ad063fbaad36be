"""What the alerts on one country add up to: its level, since when, and how that moved."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from alertgen.model import Alert, Correction, Country, Level, Trend
from alertgen.plan.views import Entry, severity
from alertgen.plan.weeks import Dated
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A level that one alert after another stated."""

    level: Level
    since: datetime.date
    """Day of the first of them."""
    last: datetime.date
    """Day of the last of them."""
    url: str
    """Address of the situation that stated it first."""


@dataclass(frozen=True, slots=True)
class AlertCorrection:
    """A correction of an alert."""

    alert: Alert
    place: int
    """Among the corrections of the alert, the newest being 0."""

    @property
    def correction(self) -> Correction:
        """What it says."""
        return self.alert.corrections[self.place]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that was said of a country. It may be nothing where alerts were only wrongly published under it.

    `last`, `leading` and `trend` raise an IndexError then.
    """

    country: Country
    entries: tuple[Entry, ...]
    """Newest first."""
    events: tuple[Dated, ...]
    """One for each alert, newest first."""
    spans: tuple[Span, ...]
    """The unbroken runs of one level, newest first."""
    corrections: tuple[AlertCorrection, ...] = ()
    """Those which say that an alert was wrongly published under it, newest first."""

    @property
    def last(self) -> datetime.date:
        """The day of the newest alert on it."""
        return self.events[0].date

    @property
    def level(self) -> Level | None:
        """The level of the newest alert that states one."""
        return self.spans[0].level if self.spans else None

    @property
    def leading(self) -> tuple[Entry, ...]:
        """The situations of the newest alert, and where they state levels, those of the most severe one."""
        newest = self.entries[0].alert.path
        return _most_severe([entry for entry in self.entries if entry.alert.path == newest])

    @property
    def trend(self) -> Trend | None:
        """The movement that the newest alert states, of its most severe situation."""
        return next((entry.trend for entry in self.leading if entry.trend), None)


def history_of(country: Country, entries: tuple[Entry, ...], corrections: tuple[AlertCorrection, ...] = ()) -> History:
    """Return what *entries* (newest first) add up to, and which *corrections* take back that it was about *country*."""
    events = by_alert(entries)
    return History(country=country, entries=entries, events=events, spans=_spans(events), corrections=corrections)


def corrections_of(alerts: Iterable[Alert]) -> list[AlertCorrection]:
    """Return every correction of *alerts*, the newest first."""
    notes = [AlertCorrection(alert, place) for alert in alerts for place in range(len(alert.corrections))]
    return sorted(notes, key=lambda note: note.correction.date, reverse=True)


def _spans(events: Iterable[Dated]) -> tuple[Span, ...]:
    """An alert without a level breaks no run."""
    stated = ((event.level, event) for event in events if event.level)
    runs = ((level, [event for _, event in run]) for level, run in groupby(stated, key=lambda pair: pair[0]))
    return tuple(Span(level, since=run[-1].date, last=run[0].date, url=run[-1].url) for level, run in runs)


def by_alert(entries: Iterable[Entry]) -> tuple[Dated, ...]:
    """Return one event for each alert in *entries*: its most severe level, and the address of what states it."""
    alerts: dict[str, list[Entry]] = {}
    for entry in entries:
        alerts.setdefault(entry.alert.path, []).append(entry)
    first = (_most_severe(group)[0] for group in alerts.values())
    return tuple([Dated(entry.alert.date, entry.row.url, entry.level) for entry in first])


def _most_severe(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return those of *entries* that state the most severe level; all of them when none states any."""
    worst = min([entry.level for entry in entries if entry.level], key=severity, default=None)
    return tuple([entry for entry in entries if entry.level == worst])
