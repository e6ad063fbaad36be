"""The archive as open data, and the page that explains it."""

from collections.abc import Iterable, Iterator
from typing import Any

from alertgen import urls
from alertgen.model import Alert
from alertgen.outputs import Document, Json, JsonFile, Output, Page, Record
from alertgen.plan import jsonld, views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.columns import Cells, Column, cells, flattened, record, schema, table
from alertgen.plan.dataset import ALERT
from alertgen.plan.dataset_parts import COUNTRY, LEVEL, RISK_TAG
from alertgen.plan.dataset_rows import AlertRow, alert_row, country_rows
from alertgen.plan.dataset_situations import SITUATION
from alertgen.plan.feeds import feed_name
from alertgen.plan.geography import COUNTRIES, COUNTRY_STATE, plan_geography, states
from alertgen.plan.language import SHIPPED
from alertgen.plan.pages import list_page
from alertgen.records import dataclass, replace
from alertgen.views import DataColumn, DataTable, DataView, Term

ALERTS_JSON, ALERTS_CSV, SITUATIONS_CSV = "alerts.json", "alerts.csv", "situations.csv"
SCHEMA = "alerts.schema.json"
_MEDIA_TYPES = {
    ALERTS_JSON: "application/json",
    ALERTS_CSV: "text/csv",
    SITUATIONS_CSV: "text/csv",
    COUNTRIES: "application/geo+json",
}

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PARTS: tuple[tuple[str, tuple[Column[Any], ...]], ...] = (
    ("countries", COUNTRY),
    ("risk_tags", RISK_TAG),
    ("levels", LEVEL),
    ("alerts", ALERT),
)
"""The lists in alerts.json, with the columns of each."""
_record, _cells, _situation_cells = record(ALERT), cells(ALERT), cells(SITUATION)


def plan_exports(bulletin: Bulletin) -> Iterator[Output]:
    """Plan the files of the open data, and the codebook in each language."""
    alerts = tuple(_alerts(bulletin))
    rows = tuple(bulletin.recall(_rows, one.alert.path, one) for one in alerts)
    situations = tuple(row for one in rows for row in one.situations)
    countries = tuple(states(bulletin))
    yield _dataset(alerts, bulletin)
    yield JsonFile(address=urls.data_file(SCHEMA), content=_schema(bulletin))
    yield Document(address=urls.data_file(ALERTS_CSV), kind="csv", rows=table(ALERT, (one.alert for one in rows)))
    yield Document(address=urls.data_file(SITUATIONS_CSV), kind="csv", rows=table(SITUATION, situations))
    yield plan_geography(countries)
    records = _Records(alerts=len(alerts), situations=len(situations), countries=len(countries))
    for edition in bulletin.editions:
        yield _codebook(edition, bulletin, records)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """What the row of an alert in the JSON file is made of."""

    SHARED = True
    alert: Alert
    url: str
    issue: str
    """Id that all languages of it share."""
    base_url: str

    def made(self) -> Record:
        """Return the row."""
        return _record(self.row)

    @property
    def row(self) -> AlertRow:
        """The alert with its address and its ids."""
        return alert_row(self.alert, self.url, self.issue, self.base_url)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the tables say of an alert."""

    alert: Cells
    situations: tuple[Cells, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Records:
    """Numbers of rows in the files."""

    alerts: int
    situations: int
    countries: int


def _alerts(bulletin: Bulletin) -> Iterator[DataRow]:
    base_url = bulletin.site.config.base_url
    for alert in bulletin.site.alerts:
        address, issue = bulletin.files[alert.path], _issue(alert, bulletin)
        yield DataRow(alert=alert, url=urls.absolute(address, base_url), issue=issue, base_url=base_url)


def _rows(alert: DataRow) -> _Rows:
    row = alert.row
    return _Rows(_cells(row), tuple([_situation_cells(one) for one in country_rows(row)]))


def _issue(alert: Alert, bulletin: Bulletin) -> str:
    first = bulletin.translations[alert.path][0]
    return first.id if isinstance(first, Alert) else alert.id


def _dataset(rows: tuple[DataRow, ...], bulletin: Bulletin) -> JsonFile:
    site = bulletin.site
    alerts = site.alerts
    used = {country.alpha3: country for alert in alerts for country in alert.countries}
    used |= {wrong.alpha3: wrong for alert in alerts for note in alert.corrections for wrong in note.wrong_countries}
    tags = {tag.slug for alert in alerts for tag in alert.risk_tags}
    lists: dict[str, Iterable[Json]] = {
        "countries": map(record(COUNTRY), (used[code] for code in sorted(used))),
        "risk_tags": map(record(RISK_TAG), (tag for tag in site.risk_tags if tag.slug in tags)),
        "levels": map(record(LEVEL), sorted(site.config.levels, key=views.severity)),
        "alerts": rows,
    }
    contents = tuple((name, tuple(lists[name])) for name, _ in _PARTS)
    return JsonFile(address=urls.data_file(ALERTS_JSON), content=Record((*_about(bulletin), *contents)))


def _about(bulletin: Bulletin) -> tuple[tuple[str, Json], ...]:
    config, edition = bulletin.site.config, bulletin.editions[0]
    changed = max((alert.changed for alert in bulletin.site.alerts), default=None)
    return (
        ("$schema", edition.language.absolute(urls.data_file(SCHEMA))),
        ("title", edition.chrome.title),
        ("publisher", config.publisher.default or None),
        ("url", edition.language.absolute(urls.home())),
        ("rights", edition.chrome.rights or None),
        ("licence", config.licence_name.default or None),
        ("licence_url", config.licence_url or None),
        ("updated", changed.isoformat() if changed else None),
    )


def _schema(bulletin: Bulletin) -> Record:
    """Return the JSON Schema of alerts.json."""
    about = dict.fromkeys(name for name, _ in _about(bulletin))
    text = Record((("type", ("string", "null")),))
    lists = ((name, Record((("type", "array"), ("items", schema(columns))))) for name, columns in _PARTS)
    return Record(
        (
            ("$schema", _DRAFT),
            ("$id", urls.absolute(urls.data_file(SCHEMA), bulletin.site.config.base_url)),
            ("title", bulletin.editions[0].chrome.title),
            ("type", "object"),
            ("properties", Record((*((name, text) for name in about), *lists))),
            ("required", (*about, *(name for name, _ in _PARTS))),
            ("additionalProperties", False),
        )
    )


def _codebook(edition: Edition, bulletin: Bulletin, records: _Records) -> Page:
    """Plan the page that explains every file and column; the meanings are in English in every language."""
    language, say = edition.language, edition.language.words.say
    whole = tuple(column for name, columns in _PARTS for column in _explained(columns, f"{name}[]."))
    files = {
        ALERTS_JSON: (whole, records.alerts),
        ALERTS_CSV: (tuple(column for column in _explained(ALERT) if column.hashtag), records.alerts),
        SITUATIONS_CSV: (tuple(_explained(SITUATION)), records.situations),
        COUNTRIES: (tuple(_explained(COUNTRY_STATE)), records.countries),
    }
    terms = {name: Term(name, urls.data_file(name), count) for name, (_, count) in files.items()}
    view = DataView(
        files=(*terms.values(), Term(SCHEMA, urls.data_file(SCHEMA))),
        tables=tuple(
            DataTable(name.replace(".", "-"), replace(terms[name], count=0), columns)
            for name, (columns, _) in files.items()
        ),
        lang="" if language.lang == SHIPPED else SHIPPED,
    )
    description = say("describe_data", site=edition.chrome.title)
    dataset = jsonld.dataset(
        language.absolute(language.local(urls.data())),
        feed_name(say("data"), edition),
        description,
        language,
        {urls.data_file(name): media_type for name, media_type in _MEDIA_TYPES.items()},
        bulletin.site.alerts,
    )
    return list_page(
        bulletin,
        edition,
        urls.data(),
        "data.html",
        view,
        title=say("data"),
        description=description,
        holds=dataset,
    )


def _explained(columns: Iterable[Column[Any]], above: str = "") -> Iterator[DataColumn]:
    for name, column in flattened(columns, above):
        yield DataColumn(name=name, kind=f"data_kind_{column.kind}", hashtag=column.hxl, meaning=column.meaning)
