"""The archive: all alerts in pages, and each year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from alertgen import urls
from alertgen.model import Alert
from alertgen.outputs import Page
from alertgen.plan import history
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.language import with_numbers
from alertgen.plan.pages import list_page
from alertgen.plan.weeks import Dated, strips
from alertgen.records import dataclass
from alertgen.views import ArchiveView, LevelMark, Pager, Strip, Term

ONLY = Pager(1, 1, "", "")
"""Of a list that is on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filters above some alerts offer."""

    years: tuple[Term, ...]
    places: tuple[Term, ...]
    levels: tuple[LevelMark, ...]
    risk_tags: tuple[Term, ...]


def plan_archives(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the pages of the archive and of its years in each language."""
    for edition in bulletin.editions:
        years = year_strips(edition, bulletin)
        yield from _whole(edition, bulletin, years)
        yield from _years(edition, bulletin, years)


def year_strips(edition: Edition, bulletin: Bulletin) -> tuple[Strip, ...]:
    """Return the strips of all years, the newest first; each week leads to its alert."""
    events = history.by_alert(edition.entries)
    levels = {event.url.partition("#")[0]: event.level for event in events}
    addressed = ((alert, edition.teasers[alert.path].url) for alert in edition.alerts)
    every = [Dated(alert.date, address, levels.get(address)) for alert, address in addressed]
    return strips(every, edition.language, bulletin.running_year)


def year_terms(edition: Edition, here: int = 0) -> tuple[Term, ...]:
    """Return the years as links with their numbers of alerts, the newest first."""
    counts = Counter(alert.date.year for alert in edition.alerts)
    return tuple(
        Term(str(year), edition.language.local(urls.year(year)), counts[year], year == here)
        for year in sorted(counts, reverse=True)
    )


def place_terms(edition: Edition, alerts: Sequence[Alert]) -> tuple[Term, ...]:
    """Return the countries of *alerts* by name, with their numbers of alerts."""
    return with_numbers(edition.language.places, (country.code for alert in alerts for country in alert.countries))


def _whole(edition: Edition, bulletin: Bulletin, years: tuple[Strip, ...]) -> Iterator[Page]:
    say, size = edition.language.words.say, edition.language.config.page_size
    choices = _choices(edition, edition.alerts)
    parts = [edition.alerts[start : start + size] for start in range(0, len(edition.alerts), size)] or [()]
    for number, alerts in enumerate(parts, 1):
        title = say("all_alerts")
        if number > 1:
            title = f"{title} ({say('page_of', number=number, total=len(parts))})"
        shown = {alert.date.isocalendar().year for alert in alerts}
        yield list_page(
            bulletin,
            edition,
            urls.archive(number),
            "archive.html",
            _view(
                edition,
                alerts,
                choices,
                title=say("all_alerts"),
                strips=years if number == 1 else tuple(strip for strip in years if strip.year in shown),
                pager=_pager(edition, number, len(parts)),
            ),
            title=title,
            description=say("describe_archive", site=edition.chrome.title),
            section=urls.archive(),
            lasting=number == 1,
        )


def _years(edition: Edition, bulletin: Bulletin, years: tuple[Strip, ...]) -> Iterator[Page]:
    say = edition.language.words.say
    for year, group in groupby(edition.alerts, key=lambda alert: alert.date.year):
        alerts = tuple(group)
        title = say("alerts_of", year=year)
        yield list_page(
            bulletin,
            edition,
            urls.year(year),
            "archive.html",
            _view(
                edition,
                alerts,
                _choices(edition, alerts),
                title=title,
                year=year,
                strips=tuple(strip for strip in years if strip.year == year),
                pager=ONLY,
            ),
            title=title,
            description=say("describe_year", site=edition.chrome.title, year=year),
            section=urls.archive(),
            parent=edition.chrome.menu[0],
        )


def _view(
    edition: Edition,
    alerts: Sequence[Alert],
    choices: Choices,
    *,
    title: str,
    strips: tuple[Strip, ...],
    pager: Pager,
    year: int = 0,
) -> ArchiveView:
    """Make the view of *alerts*; the filters offer *choices*."""
    return ArchiveView(
        title=title,
        year=year,
        years=choices.years if not year else year_terms(edition, year),
        strips=strips,
        places=choices.places,
        levels=choices.levels,
        risk_tags=choices.risk_tags,
        teasers=tuple(edition.teasers[alert.path] for alert in alerts),
        pager=pager,
    )


def _choices(edition: Edition, alerts: Sequence[Alert]) -> Choices:
    return Choices(
        years=year_terms(edition),
        places=place_terms(edition, alerts),
        levels=_levels(edition, alerts),
        risk_tags=_tags(edition, alerts),
    )


def _levels(edition: Edition, alerts: Sequence[Alert]) -> tuple[LevelMark, ...]:
    stated = {level.slug for alert in alerts for level in edition.teasers[alert.path].levels}
    return tuple(mark for mark in edition.legend if mark.slug in stated)


def _tags(edition: Edition, alerts: Sequence[Alert]) -> tuple[Term, ...]:
    return with_numbers(edition.language.tags, (tag.slug for alert in alerts for tag in alert.risk_tags))


def _pager(edition: Edition, number: int, total: int) -> Pager:
    local = edition.language.local
    return Pager(
        number,
        total,
        local(urls.archive(number - 1)) if number > 1 else "",
        local(urls.archive(number + 1)) if number < total else "",
    )
