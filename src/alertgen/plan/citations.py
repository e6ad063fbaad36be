"""How to cite an alert: as a sentence, and as files for reference managers beside its page."""

from collections.abc import Iterator
from functools import lru_cache

from alertgen import urls
from alertgen.model import Alert
from alertgen.outputs import Document, Json, JsonFile, Record
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.language import Language
from alertgen.records import dataclass
from alertgen.text import slugify
from alertgen.views import CitationView, Teaser, Term

_NAMES = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def plan_citations(bulletin: Bulletin) -> Iterator[Document | JsonFile]:
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
    """Return the suggested citation: authors, title, issue, day, address."""
    words = language.words
    return words.say(
        "citation",
        authors=words.list(_authors(alert, language)),
        title=words.quote(teaser.title),
        issue=teaser.kicker or language.spoken(language.config.title),
        day=teaser.day.shown,
        url=language.absolute(teaser.url),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    """What all files say of an alert."""

    key: str
    authors: tuple[str, ...]
    title: str
    series: str
    publisher: str
    number: str
    keywords: tuple[str, ...]
    url: str


def _files(alert: Alert, teaser: Teaser, language: Language) -> tuple[Document | JsonFile, ...]:
    config = language.config
    cited = _Cited(
        key=_key(alert),
        authors=_authors(alert, language),
        title=teaser.title,
        series=language.spoken(config.series),
        publisher=config.publisher,
        number="" if alert.number is None else str(alert.number),
        keywords=tuple([term.name for term in (*teaser.places, *teaser.risk_tags)]),
        url=language.absolute(teaser.url),
    )
    return (
        Document(address=urls.citation(teaser.url, "bibtex"), kind="bibtex", rows=_bibtex(alert, cited)),
        Document(address=urls.citation(teaser.url, "ris"), kind="ris", rows=_ris(alert, cited)),
        JsonFile(address=urls.citation(teaser.url, "csl"), content=(_csl(alert, cited),)),
    )


def _authors(alert: Alert, language: Language) -> tuple[str, ...]:
    config = language.config
    return alert.authors or (config.publisher or language.spoken(config.title),)


def _key(alert: Alert) -> str:
    """Return the name of the entry, in ASCII: `atrocity-2021-01-27-car-state-of-emergency`."""
    slug = slugify(alert.slug) if alert.slug.isascii() else slugify(alert.id)
    return f"{slug if slug.startswith(alert.date.isoformat()) else f'{alert.date.isoformat()}-{slug}'}-{alert.lang}"


@lru_cache(maxsize=1024)
def _field(name: str, value: str) -> tuple[str, str]:
    """Return the pair of both: the same one for all alerts that say the same."""
    return name, value


def _bibtex(alert: Alert, cited: _Cited) -> tuple[tuple[str, ...], ...]:
    """Rows of key of the entry, then of field and value; several authors are several rows.

    The series stands as the type, so that styles say "Atrocity Alert 18", not "Technical Report 18".
    """
    fields = (
        *[_field("author", name) for name in cited.authors],
        ("title", cited.title),
        _field("institution", cited.publisher),
        _field("type", cited.series),
        ("number", cited.number),
        ("date", alert.date.isoformat()),
        _field("year", str(alert.date.year)),
        _field("month", str(alert.date.month)),
        ("url", cited.url),
        _field("language", alert.lang),
        ("abstract", alert.summary),
    )
    return ((cited.key,), *[field for field in fields if field[1]])


def _ris(alert: Alert, cited: _Cited) -> tuple[tuple[str, ...], ...]:
    """Rows of tag and value."""
    fields = (
        _field("TY", "RPRT"),
        *[_field("AU", name) for name in cited.authors],
        ("TI", cited.title),
        _field("T3", cited.series),
        ("SN", cited.number),
        _field("PB", cited.publisher),
        _field("PY", str(alert.date.year)),
        ("DA", alert.date.isoformat().replace("-", "/")),
        ("AB", alert.summary),
        *[_field("KW", keyword) for keyword in cited.keywords],
        _field("LA", alert.lang),
        ("UR", cited.url),
        ("ID", cited.key),
    )
    return tuple([field for field in fields if field[1]])


def _csl(alert: Alert, cited: _Cited) -> Record:
    """Return the item in CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json)."""
    members: tuple[tuple[str, Json], ...] = (
        ("id", cited.key),
        ("type", "report"),
        ("title", cited.title),
        ("author", tuple([Record((("literal", name),)) for name in cited.authors])),
        ("issued", Record((("date-parts", ((alert.date.year, alert.date.month, alert.date.day),)),))),
        ("publisher", cited.publisher),
        ("collection-title", cited.series),
        ("number", cited.number),
        ("language", alert.lang),
        ("abstract", alert.summary),
        ("keyword", ", ".join(cited.keywords)),
        ("URL", cited.url),
    )
    return Record(tuple([member for member in members if member[1]]))
