"""Week strips: a year as a row of ISO weeks that shows when there was an alert."""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache

from alertgen.i18n import words
from alertgen.model import Level
from alertgen.plan.language import Language
from alertgen.plan.views import severity
from alertgen.records import dataclass
from alertgen.views import Strip, Week


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened in a week: an alert, or what it says of a country."""

    date: datetime.date
    url: str
    level: Level | None


def strips(events: Iterable[Dated], language: Language, running_year: int) -> tuple[Strip, ...]:
    """Return a strip for every year from the first to the last of *events* (newest first), the last year first.

    A year is the ISO year (ISO 8601): its first week is the one with its first Thursday. The strip of the
    *running_year* ends with the last event: what comes after it is not known.
    """
    found: dict[tuple[int, int], list[Dated]] = {}
    for event in events:
        found.setdefault(event.date.isocalendar()[:2], []).append(event)
    if not found:
        return ()
    (first, _), last = min(found), max(found)
    return tuple(
        _strip(year, last[1] if year == last[0] == running_year else weeks_in(year), found, language)
        for year in range(last[0], first - 1, -1)
    )


@cache
def weeks_in(year: int) -> int:
    """Return the number of ISO weeks in *year*: 28 December is always in the last."""
    return datetime.date(year, 12, 28).isocalendar().week


def _strip(year: int, weeks: int, found: Mapping[tuple[int, int], list[Dated]], language: Language) -> Strip:
    return Strip(
        year, tuple(_week(year, number, found.get((year, number), []), language) for number in range(1, weeks + 1))
    )


def _week(year: int, number: int, events: list[Dated], language: Language) -> Week:
    if not events:
        return _empty(year, number, language.lang)
    month = _month(year, number, language.lang)
    level = min([event.level for event in events if event.level], key=severity, default=None)
    label = _label(year, number, len(events), language.spoken(level.name) if level else "", language.lang)
    if level is None:
        return Week(label, events[0].url, month=month)
    return Week(label, events[0].url, level.slug, level.rank, month)


@cache
def _label(year: int, number: int, alerts: int, level: str, lang: str) -> str:
    say, monday = words(lang).say, words(lang).day(_monday(year, number))
    label = words(lang).count("week_of", alerts, day=monday)
    return say("week_level", week=label, level=level) if level else label


@cache
def _empty(year: int, number: int, lang: str) -> Week:
    monday = words(lang).day(_monday(year, number))
    return Week(words(lang).say("week_none", day=monday), "", month=_month(year, number, lang))


def _monday(year: int, number: int) -> datetime.date:
    return datetime.date.fromisocalendar(year, number, 1)


@cache
def _month(year: int, number: int, lang: str) -> str:
    """The month whose first Thursday lies in the week, as the year begins with the week of its first Thursday."""
    thursday = datetime.date.fromisocalendar(year, number, 4)
    return words(lang).short_month(thursday) if thursday.day <= 7 else ""
