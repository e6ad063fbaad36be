"""The rows of the open data: alerts, situations and countries, each with the addresses and ids that `model` lacks."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.model import Alert, Country, Situation
from alertgen.plan.feed_items import situation_id
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRow:
    """A situation."""

    situation: Situation
    id: str
    """Permanent id, the same as in feeds."""
    url: str
    """Absolute address on the alert's page."""
    headline: str
    """The alert's title when it has no headline of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert."""

    alert: Alert
    url: str
    issue: str
    """Id of the version in the site's first language."""
    base_url: str
    situations: tuple[SituationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """A situation and one of its countries."""

    of: AlertRow
    """The alert that the situation is in."""
    row: SituationRow
    """The row of the situation."""
    situation: Situation
    """What is said of the country."""
    country: Country | None
    """None for a situation without countries."""


def alert_row(alert: Alert, url: str, issue: str, base_url: str) -> AlertRow:
    """Return *alert*, which lives at the absolute address *url*, as a row."""
    situations = tuple([_situation_row(situation, alert, url) for situation in alert.situations])
    return AlertRow(alert=alert, url=url, issue=issue, base_url=base_url, situations=situations)


def country_rows(row: AlertRow) -> Iterator[CountryRow]:
    """Yield a row for each country of each situation of *row*, and one for a situation without countries."""
    for situation in row.situations:
        for country in situation.situation.countries or (None,):
            yield CountryRow(of=row, row=situation, situation=situation.situation, country=country)


def _situation_row(situation: Situation, alert: Alert, url: str) -> SituationRow:
    return SituationRow(
        situation=situation,
        id=situation_id(alert, situation),
        url=urls.situation(url, urls.encoded(situation.anchor)),
        headline=alert.title if situation.whole else situation.headline,
    )
