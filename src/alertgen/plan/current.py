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
    if bulletin.newest is None or not history.events:
        return False
    return history.last >= bulletin.newest - datetime.timedelta(weeks=bulletin.site.config.current_weeks)


def current_rows(edition: Edition, bulletin: Bulletin) -> tuple[CurrentRow, ...]:
    """Return the current countries: the most severe level first, then the newest, then by name."""
    rows = [_row(history, edition.language) for history in edition.by_country if is_current(history, bulletin)]
    rows.sort(key=lambda row: row.day.iso, reverse=True)
    return tuple(sorted(rows, key=lambda row: row.level.rank if row.level else _NO_LEVEL))


def _row(history: History, language: Language) -> CurrentRow:
    newest = history.leading[0].row
    return CurrentRow(
        place=language.places[history.country.code],
        level=language.level(history.level),
        trend=language.trend(history.trend),
        day=newest.day,
        headline=newest.headline,
        url=newest.url,
    )


def current_map(edition: Edition, bulletin: Bulletin) -> Map:
    """Return the world with the current countries marked."""
    say = edition.language.words.say
    language = edition.language
    marks = tuple(_mark(one, language, current=True) for one in edition.by_country if is_current(one, bulletin))
    names = _names(marks, edition)
    text = say("world_map_text", places=names) if marks else say("world_map_none")
    return Map(kind="world", title=say("world_map"), description=text, marks=marks)


def whole_map(edition: Edition, bulletin: Bulletin) -> Map:
    """Return the world with every country of the bulletin marked; only current ones with a level."""
    say = edition.language.words.say
    language = edition.language
    marks = tuple(_mark(one, language, current=is_current(one, bulletin)) for one in edition.by_country)
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


def _mark(history: History, language: Language, *, current: bool) -> MapMark:
    code, day = history.country.code, history.entries[0].row.day.shown
    place = language.places[code]
    level = history.level if current else None
    if level is None:
        return MapMark(code, language.words.say("mark_plain", country=place.name, day=day), place.url)
    label = language.words.say("mark_level", country=place.name, level=language.spoken(level.name), day=day)
    return MapMark(code, label, place.url, level.slug, level.rank)


def _names(marks: tuple[MapMark, ...], edition: Edition) -> str:
    return edition.language.words.list(edition.language.places[mark.code].name for mark in marks)
