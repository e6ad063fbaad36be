"""How to cite an alert: as a sentence, and as files for reference managers beside its page."""

from collections.abc import Iterator
from itertools import chain

from alertgen import urls
from alertgen.model import Alert
from alertgen.outputs import Document, Json, JsonFile, Record
from alertgen.plan import views
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.language import Language
from alertgen.text import slugify
from alertgen.views import CitationView, Term

_NAMES = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def plan_citations(bulletin: Bulletin) -> Iterator[Document | JsonFile]:
    """Plan the citation files of each alert."""
    for edition in bulletin.editions:
        for alert in edition.alerts:
            yield from _files(alert, bulletin.files[alert.path], edition.language)


def citation_view(alert: Alert, address: str, language: Language) -> CitationView:
    """Return how to cite *alert*, whose page is at *address*."""
    files = tuple(Term(name, urls.citation(address, format_)) for format_, name in _NAMES.items())
    return CitationView(text=sentence(alert, address, language), files=files)


def sentence(alert: Alert, address: str, language: Language) -> str:
    """Return the suggested citation: authors, title, issue, day, address."""
    words = language.words
    return words.say(
        "citation",
        authors=words.list(_authors(alert, language)),
        title=words.quote(views.title(alert, language)),
        issue=views.kicker(alert, language) or language.spoken(language.config.title),
        day=words.day(alert.date),
        url=language.absolute(address),
    )


def _files(alert: Alert, address: str, language: Language) -> Iterator[Document | JsonFile]:
    yield Document(address=urls.citation(address, "bibtex"), kind="bibtex", rows=_bibtex(alert, address, language))
    yield Document(address=urls.citation(address, "ris"), kind="ris", rows=_ris(alert, address, language))
    yield JsonFile(address=urls.citation(address, "csl"), content=(_csl(alert, address, language),))


def _authors(alert: Alert, language: Language) -> tuple[str, ...]:
    config = language.config
    return alert.authors or (config.publisher or language.spoken(config.title),)


def _key(alert: Alert) -> str:
    """Return the name of the entry, in ASCII: `atrocity-2021-01-27-car-state-of-emergency`."""
    slug = slugify(alert.slug) if alert.slug.isascii() else slugify(alert.id)
    return f"{slug if slug.startswith(alert.date.isoformat()) else f'{alert.date.isoformat()}-{slug}'}-{alert.lang}"


def _bibtex(alert: Alert, address: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """Rows of key of the entry, then of field and value; several authors are several rows.

    The series stands as the type, so that styles say "Atrocity Alert 18", not "Technical Report 18".
    """
    fields = (
        *(("author", name) for name in _authors(alert, language)),
        ("title", views.title(alert, language)),
        ("institution", language.config.publisher),
        ("type", language.spoken(language.config.series)),
        ("number", "" if alert.number is None else str(alert.number)),
        ("date", alert.date.isoformat()),
        ("year", str(alert.date.year)),
        ("month", str(alert.date.month)),
        ("url", language.absolute(address)),
        ("language", alert.lang),
        ("abstract", alert.summary),
    )
    return ((_key(alert),), *(field for field in fields if field[1]))


def _ris(alert: Alert, address: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """Rows of tag and value."""
    fields = (
        ("TY", "RPRT"),
        *(("AU", name) for name in _authors(alert, language)),
        ("TI", views.title(alert, language)),
        ("T3", language.spoken(language.config.series)),
        ("SN", "" if alert.number is None else str(alert.number)),
        ("PB", language.config.publisher),
        ("PY", str(alert.date.year)),
        ("DA", f"{alert.date:%Y/%m/%d}"),
        ("AB", alert.summary),
        *(("KW", keyword) for keyword in _keywords(alert, language)),
        ("LA", alert.lang),
        ("UR", language.absolute(address)),
        ("ID", _key(alert)),
    )
    return tuple(field for field in fields if field[1])


def _csl(alert: Alert, address: str, language: Language) -> Record:
    """Return the item in CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json)."""
    members: tuple[tuple[str, Json], ...] = (
        ("id", _key(alert)),
        ("type", "report"),
        ("title", views.title(alert, language)),
        ("author", tuple(Record((("literal", name),)) for name in _authors(alert, language))),
        ("issued", Record((("date-parts", ((alert.date.year, alert.date.month, alert.date.day),)),))),
        ("publisher", language.config.publisher),
        ("collection-title", language.spoken(language.config.series)),
        ("number", "" if alert.number is None else str(alert.number)),
        ("language", alert.lang),
        ("abstract", alert.summary),
        ("keyword", ", ".join(_keywords(alert, language))),
        ("URL", language.absolute(address)),
    )
    return Record(tuple(member for member in members if member[1]))


def _keywords(alert: Alert, language: Language) -> tuple[str, ...]:
    names = chain((country.name for country in alert.countries), (tag.name for tag in alert.risk_tags))
    return tuple(map(language.spoken, names))
