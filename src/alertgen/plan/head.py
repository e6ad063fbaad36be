"""What pages say of themselves to machines."""

from collections.abc import Iterator, Sequence

from alertgen import urls
from alertgen.i18n import words
from alertgen.model import Alert, StandingPage
from alertgen.plan import jsonld, views
from alertgen.plan.bulletin import Bulletin, Surroundings
from alertgen.plan.language import Language
from alertgen.plan.policy import PAGE_POLICY
from alertgen.text import excerpt
from alertgen.views import Chrome, Head, Picture, Teaser, Term, Translation

_DESCRIPTION = 300
"""Longest description, in characters."""


def alert_head(
    alert: Alert, teaser: Teaser, around: Surroundings, picture: Picture | None, chrome: Chrome, language: Language
) -> Head:
    """Return the head of an alert's page."""
    name = views.full_title(alert, teaser.kicker, language)
    url, card = language.absolute(teaser.url), language.absolute(around.card)
    shown = jsonld.picture(picture, language) if picture and not picture.sensitive else jsonld.card(card)
    trail = (*home_trail(chrome, language), chrome.menu[0], Term(alert.title, teaser.url))
    report = jsonld.report(alert, teaser.title, language, url, shown)
    return Head(
        title=name,
        description=excerpt(alert.summary, _DESCRIPTION),
        canonical=url,
        translations=around.translations,
        kind="article",
        card=card,
        meta=tuple(_highwire(alert, name, language, url)),
        json_ld=jsonld.serialised(report, jsonld.breadcrumbs(trail, language)),
        policy=PAGE_POLICY,
        published=alert.date.isoformat(),
        modified=alert.changed.isoformat(),
    )


def home_trail(chrome: Chrome, language: Language) -> tuple[Term, ...]:
    """Return the beginning of every way through the site."""
    return (Term(language.words.say("home"), chrome.home),)


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


def _highwire(alert: Alert, name: str, language: Language, url: str) -> Iterator[tuple[str, str]]:
    """Citation tags as Google Scholar and Zotero read them (https://scholar.google.com/intl/en/scholar/inclusion.html)."""
    config = language.config
    yield "citation_title", name
    for author in views.authors(alert, language):
        yield "citation_author", author
    yield "citation_publication_date", alert.date.isoformat().replace("-", "/")
    if alert.changed > alert.date:
        yield "citation_online_date", alert.changed.isoformat().replace("-", "/")
    if alert.number is not None:
        yield "citation_technical_report_number", str(alert.number)
    if language.publisher:
        yield "citation_technical_report_institution", language.publisher
        yield "citation_publisher", language.publisher
    yield "citation_series_title", language.spoken(config.series)
    yield "citation_language", alert.lang
    yield "citation_public_url", url
    for tag in alert.risk_tags:
        yield "citation_keywords", language.spoken(tag.name)
