"""How to cite an alert: as a sentence, and as files for reference managers beside its page."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.model import Alert
from alertgen.outputs import Citation, Cited
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.language import Language
from alertgen.plan.views import authors
from alertgen.text import slugify
from alertgen.views import CitationView, Teaser, Term

_NAMES = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def plan_citations(bulletin: Bulletin) -> Iterator[Citation]:
    """Plan the citation files of each alert."""
    for edition in bulletin.editions:
        for alert in edition.alerts:
            teaser = edition.teasers[alert.path]
            yield from bulletin.recall(_files, alert.path, alert, teaser, edition.language)


def citation_view(alert: Alert, teaser: Teaser, language: Language) -> CitationView:
    """Return how to cite *alert*, which lists show as *teaser*."""
    files = tuple([Term(name, urls.citation(teaser.url, format_)) for format_, name in _NAMES.items()])
    return CitationView(text=sentence(alert, teaser, language), files=files)


def sentence(alert: Alert, teaser: Teaser, language: Language) -> str:
    """Return the suggested citation: authors (unless called like the issue), title, issue, day, address."""
    words = language.words
    signed = words.list(_authors(alert, language))
    issue = teaser.kicker or language.spoken(language.config.title)
    return words.say(
        "citation_unsigned" if signed == issue else "citation",
        authors=signed,
        title=words.quote(teaser.title),
        issue=issue,
        day=teaser.day.shown,
        url=language.absolute(teaser.url),
    )


def _files(alert: Alert, teaser: Teaser, language: Language) -> tuple[Citation, ...]:
    config = language.config
    cited = Cited(
        key=_key(alert),
        authors=_authors(alert, language),
        title=teaser.title,
        series=language.spoken(config.series),
        publisher=language.publisher,
        number="" if alert.number is None else str(alert.number),
        day=alert.date.isoformat(),
        lang=alert.lang,
        summary=alert.summary,
        keywords=tuple([term.name for term in (*teaser.places, *teaser.risk_tags)]),
        url=language.absolute(teaser.url),
    )
    return tuple(
        [Citation(address=urls.citation(teaser.url, format_), format=format_, cited=cited) for format_ in _NAMES]
    )


def _authors(alert: Alert, language: Language) -> tuple[str, ...]:
    return authors(alert, language) or (language.spoken(language.config.title),)


def _key(alert: Alert) -> str:
    """Return the name of the entry, in ASCII: `atrocity-2021-01-27-car-state-of-emergency`."""
    slug = slugify(alert.slug) if alert.slug.isascii() else slugify(alert.id)
    return f"{slug if slug.startswith(alert.date.isoformat()) else f'{alert.date.isoformat()}-{slug}'}-{alert.lang}"
