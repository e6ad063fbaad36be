"""The countries of the bulletin as GeoJSON (RFC 7946): points, so that no border is drawn and none is judged."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from alertgen import urls
from alertgen.model import Country, Level
from alertgen.outputs import Json, JsonFile, Record
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.columns import ADDRESS, CODE, DATE, NUMBER, TEXT, Column, record
from alertgen.plan.history import History, history_of
from alertgen.records import dataclass

COUNTRIES = "countries.geojson"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """What the alerts of all languages say of a country, translations counted once."""

    country: Country
    url: str
    alerts: int
    situations: int
    first: datetime.date
    last: datetime.date
    level: Level | None
    level_since: datetime.date | None
    level_last: datetime.date | None


COUNTRY_STATE: tuple[Column[CountryRow], ...] = (
    Column("code", CODE, "ISO 3166-1 alpha-3 code; XKX for Kosovo.", lambda row: row.country.alpha3, stated=True),
    Column("alpha2", CODE, "ISO 3166-1 alpha-2 code.", lambda row: row.country.code, stated=True),
    Column("m49", CODE, "UN M49 code, three digits.", lambda row: row.country.m49),
    Column("name", TEXT, "English name of the country or area.", lambda row: row.country.name.default, stated=True),
    Column("region", TEXT, "UN geographic region (M49).", lambda row: row.country.region),
    Column("url", ADDRESS, "Address of its page.", lambda row: row.url, stated=True),
    Column(
        "alert_count", NUMBER, "How many alerts were about it, translations once.", lambda row: row.alerts, stated=True
    ),
    Column(
        "situation_count", NUMBER, "How many situations, translations once.", lambda row: row.situations, stated=True
    ),
    Column("first_date", DATE, "Day of the first alert on it.", lambda row: row.first, stated=True),
    Column("last_date", DATE, "Day of the latest alert on it.", lambda row: row.last, stated=True),
    Column("level", CODE, "Code of the latest alert level stated.", lambda row: row.level and row.level.slug),
    Column("level_name", TEXT, "Name of that level.", lambda row: row.level and row.level.name.default),
    Column("level_since", DATE, "Day since which it has been stated without a change.", lambda row: row.level_since),
    Column("level_last", DATE, "Day of the latest alert that states it.", lambda row: row.level_last),
)
"""The properties of a country; its place is a point inside its largest part."""


def plan_geography(rows: Iterable[CountryRow]) -> JsonFile:
    """Plan the file of countries."""
    features = tuple(map(_feature, rows))
    collection = Record((("type", "FeatureCollection"), ("features", features)))
    return JsonFile(address=urls.data_file(COUNTRIES), content=collection)


def states(bulletin: Bulletin) -> Iterator[CountryRow]:
    """Yield a row for each country that any alert is about, by code."""
    found: dict[str, list[History]] = {}
    pages: dict[str, str] = {}
    for edition in bulletin.editions:
        for history in edition.by_country:
            code = history.country.alpha3
            found.setdefault(code, []).append(history)
            pages.setdefault(code, edition.language.absolute(edition.language.places[history.country.code].url))
    for code in sorted(found):
        yield _row(_together(found[code]), pages[code], bulletin)


def _together(histories: list[History]) -> History:
    """Return what was said of a country in all languages."""
    if len(histories) == 1:
        return histories[0]
    entries = sorted(
        (entry for one in histories for entry in one.entries), key=lambda one: one.alert.date, reverse=True
    )
    return history_of(histories[0].country, tuple(entries))


def _row(history: History, url: str, bulletin: Bulletin) -> CountryRow:
    issues = {entry.alert.path: bulletin.translations[entry.alert.path][0].path for entry in history.entries}
    situations: dict[str, int] = {}  # by issue, those of the translation that has most of them
    for path, number in Counter(entry.alert.path for entry in history.entries if entry.situation).items():
        situations[issues[path]] = max(number, situations.get(issues[path], 0))
    span = next(iter(history.spans), None)
    return CountryRow(
        country=history.country,
        url=url,
        alerts=len(set(issues.values())),
        situations=sum(situations.values()),
        first=history.events[-1].date,
        last=history.last,
        level=span.level if span else None,
        level_since=span.since if span else None,
        level_last=span.last if span else None,
    )


def _feature(row: CountryRow) -> Record:
    geometry: Json = None
    if row.country.point:
        latitude, longitude = row.country.point
        geometry = Record((("type", "Point"), ("coordinates", (longitude, latitude))))
    return Record(
        (
            ("type", "Feature"),
            ("id", row.country.alpha3),
            ("geometry", geometry),
            ("properties", record(COUNTRY_STATE)(row)),
        )
    )
