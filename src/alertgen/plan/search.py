"""The search page of each language, and the records that the search index is made from."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.filed import Filed
from alertgen.model import Alert, StandingPage
from alertgen.outputs import Page, SearchIndex, SearchRecord
from alertgen.plan.archives import place_terms, year_terms
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.pages import list_page, with_head
from alertgen.plan.policy import SEARCH_POLICY
from alertgen.records import replace
from alertgen.views import SearchView


def plan_search(bulletin: Bulletin) -> Iterator[Page | SearchIndex]:
    """Plan the search pages and the index, unless search is off."""
    if not bulletin.site.config.search:
        return
    for edition in bulletin.editions:
        yield _page(edition, bulletin)
    yield SearchIndex(address=urls.search_index(), records=tuple(_records(bulletin)))


def _page(edition: Edition, bulletin: Bulletin) -> Page:
    say = edition.language.words.say
    page = list_page(
        bulletin,
        edition,
        urls.search(),
        "search.html",
        SearchView(years=year_terms(edition), places=place_terms(edition, edition.alerts)),
        title=say("search"),
        description=say("describe_search", site=edition.chrome.title),
        lasting=False,
    )
    return with_head(page, replace(page.head, policy=SEARCH_POLICY))


def _records(bulletin: Bulletin) -> Iterator[SearchRecord]:
    for edition in bulletin.editions:
        for alert in edition.alerts:
            yield _alert(alert, edition)
        for page in edition.pages:
            yield _standing(page, edition, bulletin)


def _alert(alert: Alert, edition: Edition) -> SearchRecord:
    teaser = edition.teasers[alert.path]
    return SearchRecord(
        address=teaser.url,
        lang=alert.lang,
        title=teaser.title,
        issue="" if alert.number is None else teaser.kicker,
        parts=search_parts(alert),
        filters=tuple(_filters(alert, edition)),
        meta=(
            ("kicker", teaser.kicker),
            ("date", teaser.day.shown),
            ("places", " · ".join(place.name for place in teaser.places)),
        ),
    )


def search_parts(alert: Alert) -> tuple[tuple[str, str, str | Filed], ...]:
    """Return the texts of *alert* that are searched, with their anchors and headings."""
    return tuple(part for part in _parts(alert) if part[2])


def _parts(alert: Alert) -> Iterator[tuple[str, str, str | Filed]]:
    yield "", "", "\n".join(note.text for note in alert.corrections)
    yield "", "", alert.lead.plain
    for situation in alert.situations:
        yield situation.anchor, "" if situation.whole else situation.headline, situation.prose.plain


def _filters(alert: Alert, edition: Edition) -> Iterator[tuple[str, str]]:
    teaser = edition.teasers[alert.path]
    yield "year", str(alert.date.year)
    for name, terms in (("country", teaser.places), ("tag", teaser.risk_tags), ("level", teaser.levels)):
        for term in terms:
            yield name, term.name


def _standing(page: StandingPage, edition: Edition, bulletin: Bulletin) -> SearchRecord:
    return SearchRecord(
        address=bulletin.files[page.path],
        lang=page.lang,
        title=page.title,
        issue="",
        parts=(("", "", page.prose.plain),),
        filters=(),
        meta=(("kicker", edition.chrome.title), ("date", ""), ("places", "")),
    )
