"""What pages say of themselves to machines."""

from collections.abc import Iterator, Sequence

from alertgen import urls
from alertgen.i18n import words
from alertgen.model import Alert, StandingPage
from alertgen.plan import jsonld, views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.language import Language
from alertgen.plan.policy import PAGE_POLICY
from alertgen.text import excerpt
from alertgen.views import Head, Picture, Term, Translation

_DESCRIPTION = 300
"""Longest description, in characters."""


def alert_head(alert: Alert, edition: Edition, bulletin: Bulletin, picture: Picture | None) -> Head:
    """Return the head of an alert's page."""
    language = edition.language
    url = language.absolute(bulletin.files[alert.path])
    card = language.absolute(edition.cards[alert.path].address)
    shown = jsonld.picture(picture, language) if picture and not picture.sensitive else jsonld.card(card)
    trail = (*home_trail(edition), edition.chrome.menu[0], Term(alert.title, bulletin.files[alert.path]))
    return Head(
        title=views.full_title(alert, language),
        description=excerpt(alert.summary, _DESCRIPTION),
        canonical=url,
        translations=text_translations(alert, bulletin),
        kind="article",
        card=card,
        meta=tuple(_highwire(alert, language, url)),
        json_ld=jsonld.serialised(jsonld.report(alert, language, url, shown), jsonld.breadcrumbs(trail, language)),
        policy=PAGE_POLICY,
        published=alert.date.isoformat(),
        modified=alert.changed.isoformat(),
    )


def home_trail(edition: Edition) -> tuple[Term, ...]:
    """Return the beginning of every way through the site."""
    return (Term(edition.language.words.say("home"), edition.chrome.home),)


def text_translations(text: Alert | StandingPage, bulletin: Bulletin) -> tuple[Translation, ...]:
    """Return the languages in which an alert or standing page exists, when there are several."""
    found = bulletin.translations[text.path]
    return _translations([(other.lang, bulletin.files[other.path]) for other in found], bulletin)


def list_translations(address: str, bulletin: Bulletin) -> tuple[Translation, ...]:
    """Return the languages in which a list page exists, when there are several; *address* as in the first language."""
    there = [edition.language for edition in bulletin.editions if address in edition.lists]
    return _translations([(language.lang, language.local(address)) for language in there], bulletin)


def _translations(places: Sequence[tuple[str, str]], bulletin: Bulletin) -> tuple[Translation, ...]:
    if len(places) < 2:
        return ()
    base_url = bulletin.site.config.base_url
    named = [(lang, words(lang).language_name, address) for lang, address in places]
    named.append(("x-default", "", places[0][1]))
    return tuple(Translation(lang, name, there, urls.absolute(there, base_url)) for lang, name, there in named)


def _highwire(alert: Alert, language: Language, url: str) -> Iterator[tuple[str, str]]:
    """Citation tags as Google Scholar and Zotero read them (https://scholar.google.com/intl/en/scholar/inclusion.html)."""
    config = language.config
    yield "citation_title", views.full_title(alert, language)
    for name in alert.authors or (config.publisher,):
        if name:
            yield "citation_author", name
    yield "citation_publication_date", f"{alert.date:%Y/%m/%d}"
    if alert.changed > alert.date:
        yield "citation_online_date", f"{alert.changed:%Y/%m/%d}"
    if alert.number is not None:
        yield "citation_technical_report_number", str(alert.number)
    if config.publisher:
        yield "citation_technical_report_institution", config.publisher
        yield "citation_publisher", config.publisher
    yield "citation_series_title", language.spoken(config.series)
    yield "citation_language", alert.lang
    yield "citation_public_url", url
    for tag in alert.risk_tags:
        yield "citation_keywords", language.spoken(tag.name)
