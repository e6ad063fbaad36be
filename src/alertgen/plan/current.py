"""Current situations: the countries that recent alerts are about, as a table and as marks on the world map."""

import datetime
from functools import lru_cache

from alertgen.i18n import words
from alertgen.model import Country, Level
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.history import History
from alertgen.plan.language import Language
from alertgen.views import CurrentRow, LevelMark, Map, MapMark, Term

_NO_LEVEL = 1_000
"""Sorts after every rank."""


def is_current(history: History, bulletin: Bulletin) -> bool:
    """Tell whether the newest of *history* lies within the site's `current_weeks` before the newest alert of all."""
    return bool(history.events) and _is_recent(history.last, bulletin)


def level_now(history: History, bulletin: Bulletin) -> Level | None:
    """Return the latest level of *history*, if it was last stated within the same weeks; None otherwise.

    An alert on the country that states no level does not renew it.
    """
    span = next(iter(history.spans), None)
    return span.level if span and _is_recent(span.last, bulletin) else None


def _is_recent(day: datetime.date, bulletin: Bulletin) -> bool:
    weeks = datetime.timedelta(weeks=bulletin.site.config.current_weeks)
    return bulletin.newest is not None and day >= bulletin.newest - weeks


def current_rows(edition: Edition, bulletin: Bulletin) -> tuple[CurrentRow, ...]:
    """Return the current countries: the most severe level first, then the newest, then by name."""
    current = (history for history in edition.by_country if is_current(history, bulletin))
    rows = [_row(history, level_now(history, bulletin), edition.language) for history in current]
    rows.sort(key=lambda row: row.day.iso, reverse=True)
    return tuple(sorted(rows, key=lambda row: row.level.rank if row.level else _NO_LEVEL))


def _row(history: History, level: Level | None, language: Language) -> CurrentRow:
    newest = history.leading[0].row
    return CurrentRow(
        place=language.places[history.country.code],
        level=language.level(level),
        trend=language.trend(history.trend),
        day=newest.day,
        headline=newest.headline,
        url=newest.url,
    )


def current_map(edition: Edition, bulletin: Bulletin) -> Map:
    """Return the world with the current countries marked."""
    say = edition.language.words.say
    language = edition.language
    current = (one for one in edition.by_country if is_current(one, bulletin))
    marks = tuple(_mark(one, level_now(one, bulletin), language) for one in current)
    names = _names(marks, edition)
    text = say("world_map_text", places=names) if marks else say("world_map_none")
    return Map(kind="world", title=say("world_map"), description=text, marks=marks)


def whole_map(edition: Edition, bulletin: Bulletin) -> Map:
    """Return the world with every country of the bulletin marked; only current ones with a level."""
    say = edition.language.words.say
    language = edition.language
    marks = tuple(_mark(one, level_now(one, bulletin), language) for one in edition.by_country)
    text = say("world_map_all_text", places=_names(marks, edition)) if marks else say("no_alerts")
    return Map(kind="world", title=say("world_map_all"), description=text, marks=marks)


def locator(countries: tuple[Country, ...], level: Level | None, language: Language) -> Map | None:
    """Return the surroundings of *countries*; None when there are none."""
    if not countries:
        return None
    codes = tuple([country.code for country in countries])
    return _located(codes, language.countries(countries), language.level(level), language.lang)


@lru_cache(maxsize=1024)  # an archive is about the same countries again and again
def _located(codes: tuple[str, ...], places: tuple[Term, ...], level: LevelMark | None, lang: str) -> Map:
    say, names = words(lang).say, words(lang).list(place.name for place in places)
    slug, rank = (level.slug, level.rank) if level else ("", 0)
    pairs = zip(codes, places, strict=True)
    return Map(
        kind="locator",
        title=say("map_of", places=names),
        description="",
        marks=tuple([MapMark(code, place.name, place.url, slug, rank) for code, place in pairs]),
    )


def _mark(history: History, level: Level | None, language: Language) -> MapMark:
    code, day = history.country.code, history.entries[0].row.day.shown
    place = language.places[code]
    if level is None:
        return MapMark(code, language.words.say("mark_plain", country=place.name, day=day), place.url)
    label = language.words.say("mark_level", country=place.name, level=language.spoken(level.name), day=day)
    return MapMark(code, label, place.url, level.slug, level.rank)


def _names(marks: tuple[MapMark, ...], edition: Edition) -> str:
    return edition.language.words.list(edition.language.places[mark.code].name for mark in marks)
