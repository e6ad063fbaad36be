"""Current situations: the countries that recent alerts are about, as a table and as marks on the world map."""

import datetime

from alertgen.model import Country, Level
from alertgen.plan import history
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.views import Entry
from alertgen.views import CurrentRow, Map, MapMark

_NO_LEVEL = 1_000
"""Sorts after every rank."""


def is_current(entries: tuple[Entry, ...], bulletin: Bulletin) -> bool:
    """Tell whether the newest of *entries* lies within the site's `current_weeks` before the newest alert of all."""
    if bulletin.newest is None:
        return False
    return entries[0].alert.date >= bulletin.newest - datetime.timedelta(weeks=bulletin.site.config.current_weeks)


def latest_level(entries: tuple[Entry, ...]) -> Level | None:
    """Return the level of the newest alert in *entries* that states one."""
    return next((span.level for span in history.spans(entries)), None)


def current_level(entries: tuple[Entry, ...], bulletin: Bulletin) -> Level | None:
    """Return the latest level, if *entries* are current."""
    return latest_level(entries) if is_current(entries, bulletin) else None


def current_rows(edition: Edition, bulletin: Bulletin) -> tuple[CurrentRow, ...]:
    """Return the current countries: the most severe level first, then the newest, then by name."""
    found = [(country, entries) for country, entries in edition.by_country if is_current(entries, bulletin)]
    rows = [_row(country, entries, edition) for country, entries in found]
    rows.sort(key=lambda row: row.day.iso, reverse=True)
    return tuple(sorted(rows, key=lambda row: row.level.rank if row.level else _NO_LEVEL))


def _row(country: Country, entries: tuple[Entry, ...], edition: Edition) -> CurrentRow:
    newest, language = entries[0].row, edition.language
    return CurrentRow(
        place=language.places[country.code],
        level=language.level(latest_level(entries)),
        trend=language.trend(history.latest_trend(entries)),
        day=newest.day,
        headline=newest.headline,
        url=newest.url,
    )


def current_map(edition: Edition, bulletin: Bulletin) -> Map:
    """Return the world with the current countries marked."""
    say = edition.language.words.say
    marks = tuple(
        _mark(country, entries, edition, bulletin)
        for country, entries in edition.by_country
        if is_current(entries, bulletin)
    )
    names = _names(marks, edition)
    text = say("world_map_text", places=names) if marks else say("world_map_none")
    return Map(kind="world", title=say("world_map"), description=text, marks=marks)


def whole_map(edition: Edition, bulletin: Bulletin) -> Map:
    """Return the world with every country of the bulletin marked; only current ones with a level."""
    say = edition.language.words.say
    marks = tuple(_mark(country, entries, edition, bulletin) for country, entries in edition.by_country)
    text = say("world_map_all_text", places=_names(marks, edition)) if marks else say("no_alerts")
    return Map(kind="world", title=say("world_map_all"), description=text, marks=marks)


def locator(countries: tuple[Country, ...], level: Level | None, edition: Edition) -> Map | None:
    """Return the surroundings of *countries*; None when there are none."""
    if not countries:
        return None
    language = edition.language
    places = language.countries(countries)
    names = language.words.list(place.name for place in places)
    return Map(
        kind="locator",
        title=language.words.say("map_of", places=names),
        description=language.words.say("map_of_text", places=names),
        marks=tuple(
            MapMark(country.code, place.name, place.url, level.slug if level else "", level.rank if level else 0)
            for country, place in zip(countries, places, strict=True)
        ),
    )


def _mark(country: Country, entries: tuple[Entry, ...], edition: Edition, bulletin: Bulletin) -> MapMark:
    language = edition.language
    place, day = language.places[country.code], entries[0].row.day.shown
    level = current_level(entries, bulletin)
    if level is None:
        return MapMark(country.code, language.words.say("mark_plain", country=place.name, day=day), place.url)
    label = language.words.say("mark_level", country=place.name, level=language.spoken(level.name), day=day)
    return MapMark(country.code, label, place.url, level.slug, level.rank)


def _names(marks: tuple[MapMark, ...], edition: Edition) -> str:
    return edition.language.words.list(edition.language.places[mark.code].name for mark in marks)
