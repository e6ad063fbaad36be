"""Moments for feeds: an alert has a date, a feed wants a time.

The date begins at midnight in the site's time zone (of that day: `Site.timezones`): that is determinate, never in the
future on the day itself, and the same in every build. Small steps after midnight keep items apart and in order for
readers that sort by time, and make the time of change move with every correction, also with the second one on one day.
"""

import datetime
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from alertgen.model import Alert

Zones = tuple[tuple[str, str], ...]
"""The time zones of a site; see `Site.timezones`."""

_LAST_SECOND = 59

NEVER = "2000-01-01T00:00:00+00:00"
"""When a feed without items changed; readers and validators doubt dates before 1990."""


def ranks(alerts: Iterable[Alert]) -> Mapping[str, int]:
    """Return, by path, how many alerts of the same day come before each of *alerts* (newest first) in time."""
    days: dict[datetime.date, list[str]] = {}
    for alert in alerts:
        days.setdefault(alert.date, []).append(alert.path)
    return {path: rank for paths in days.values() for rank, path in enumerate(reversed(paths))}


def published(alert: Alert, rank: int, zones: Zones, place: int | None = None) -> str:
    """Return when *alert* was published, or its situation at *place* (0-based), in RFC 3339.

    The alerts of one day follow each other by a minute; the situations of an alert count down from its 59th second, so
    that the first of them is the newest.
    """
    seconds = 0 if place is None else max(0, _LAST_SECOND - place)
    return (_midnight(alert.date, zones) + datetime.timedelta(minutes=rank, seconds=seconds)).isoformat()


def updated(alert: Alert, rank: int, zones: Zones, place: int | None = None) -> str:
    """Return when *alert*, or its situation at *place*, last changed, in RFC 3339; never before `published`."""
    at = instant(published(alert, rank, zones, place))
    notes = max([note.number for note in alert.corrections if note.date == alert.changed], default=0)
    if not notes and alert.changed == alert.date:
        return at.isoformat()
    return _changed(alert, alert.changed, notes, at, zones)


def corrected(alert: Alert, rank: int, place: int, zones: Zones) -> str:
    """Return when the correction of *alert* at *place* (0-based, newest first) was made, in RFC 3339."""
    at, note = instant(published(alert, rank, zones)), alert.corrections[place]
    return _changed(alert, note.date, note.number, at, zones)


def _changed(alert: Alert, day: datetime.date, notes: int, at: datetime.datetime, zones: Zones) -> str:
    """Return a moment on *day* for what was published *at* its own: no two changes of one day have the same.

    An hour after midnight for each correction of that day, a second for each day since the publication, and a
    thousandth for each second of the time of publication. These are hours that pass: where clocks are put forward, an
    hour by the clock may be none.
    """
    time, days = at - _midnight(alert.date, zones), (day - alert.date).days
    since = datetime.timedelta(hours=notes, seconds=days) + time / 1000
    return (_midnight(day, zones).astimezone(datetime.UTC) + since).astimezone(_zone(day, zones)).isoformat()


def instant(moment: str) -> datetime.datetime:
    """Return the point in time that *moment* (RFC 3339) names, for comparison across offsets."""
    return datetime.datetime.fromisoformat(moment)


def _midnight(date: datetime.date, zones: Zones) -> datetime.datetime:
    return datetime.datetime.combine(date, datetime.time(), _zone(date, zones))


def _zone(date: datetime.date, zones: Zones) -> ZoneInfo:
    day = date.isoformat()
    return ZoneInfo(next((zone for first, zone in reversed(zones) if first <= day), zones[0][1]))
