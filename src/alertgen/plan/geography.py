"""The countries of the bulletin as GeoJSON (RFC 7946): points, so that no border is drawn and none is judged."""

import datetime
from collections.abc import Iterator

from alertgen import urls
from alertgen.model import Country, Level
from alertgen.outputs import Json, JsonFile, Record
from alertgen.plan import history
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.columns import ADDRESS, CODE, DATE, NUMBER, TEXT, Column, record
from alertgen.plan.views import Entry
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
)
"""The properties of a country; its place is a point inside its largest part."""


def plan_geography(bulletin: Bulletin) -> JsonFile:
    """Plan the file of countries."""
    features = tuple(_feature(row) for row in country_rows(bulletin))
    collection = Record((("type", "FeatureCollection"), ("features", features)))
    return JsonFile(address=urls.data_file(COUNTRIES), content=collection)


def country_rows(bulletin: Bulletin) -> Iterator[CountryRow]:
    """Yield a row for each country that any alert is about, by code."""
    found: dict[Country, list[Entry]] = {}
    pages: dict[Country, str] = {}
    for edition in bulletin.editions:
        for country, entries in edition.by_country:
            found.setdefault(country, []).extend(entries)
            pages.setdefault(country, edition.language.absolute(edition.language.places[country.code].url))
    for country in sorted(found, key=lambda country: country.alpha3):
        yield _row(country, found[country], pages[country], bulletin)


def _row(country: Country, entries: list[Entry], url: str, bulletin: Bulletin) -> CountryRow:
    newest_first = sorted(entries, key=lambda entry: entry.alert.date, reverse=True)
    issues = {bulletin.translations[entry.alert.path][0].path for entry in entries}
    situations = {
        (bulletin.translations[entry.alert.path][0].path, entry.situation.key) for entry in entries if entry.situation
    }
    span = next(iter(history.spans(newest_first)), None)
    return CountryRow(
        country=country,
        url=url,
        alerts=len(issues),
        situations=len(situations),
        first=newest_first[-1].alert.date,
        last=newest_first[0].alert.date,
        level=span.level if span else None,
        level_since=span.since if span else None,
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
            ("properties", record(COUNTRY_STATE, row)),
        )
    )
