"""What the next alert has to fit into: the terms of the site, and the numbers, days and names of all alerts so far."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from alertgen.diagnostics import Diagnostic
from alertgen.load.documents import Document, Kind, customs_of
from alertgen.load.excerpts import with_excerpts
from alertgen.load.folder import content_files, shipped_vocabularies
from alertgen.load.keys.fields import FaultError, day, whole
from alertgen.load.people.withheld import read_withheld
from alertgen.load.remembered.shared_reading import read_documents
from alertgen.load.settings.site_finding import find_site_file
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import with_names
from alertgen.model import Config, Country, RiskTag
from alertgen.records import dataclass
from alertgen.store import Store

Value = TypeVar("Value")

EXAMPLES = frozenset({"how-this-bulletin-is-made", "how-a-draft-works"})
"""Slugs of the alerts that a new site comes with; they are none of the series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An alert as far as its file can be read: it may be a draft, held back, or wrong in other respects."""

    path: str
    lang: str
    slug: str
    date: datetime.date | None
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The bulletin so far."""

    config: Config
    countries: tuple[Country, ...]
    """All that are known, by English name."""
    risk_tags: tuple[RiskTag, ...]
    terms: Terms
    issues: tuple[Issue, ...]

    @property
    def real_issues(self) -> tuple[Issue, ...]:
        """All but the examples of a new site."""
        return tuple(issue for issue in self.issues if issue.slug not in EXAMPLES)


def read_series(root: Path, store: Store) -> Series | tuple[Diagnostic, ...]:
    """Read the bulletin in the site folder *root*; return what is wrong when its site.yaml cannot be used."""
    vocabularies, digest = shipped_vocabularies(store)
    site_file = find_site_file(root, vocabularies, digest, store)
    if site_file.config is None:
        return with_excerpts(root, site_file.problems, read_withheld(root)[0])
    vocabularies = with_names(vocabularies, site_file.country_names)
    files = [file for file in content_files(root)[0] if file.kind is Kind.ALERT]
    documents = tuple(read_documents(files, customs_of(site_file.config), store))
    return Series(
        config=site_file.config,
        countries=vocabularies.countries,
        risk_tags=site_file.risk_tags,
        terms=Terms(vocabularies, site_file.risk_tags, site_file.config.levels),
        issues=tuple(_issues(documents)),
    )


def _issues(documents: tuple[Document, ...]) -> Iterator[Issue]:
    for document in documents:
        yield Issue(
            path=document.path,
            lang=document.lang,
            slug=document.slug,
            date=_if_right(day, document.said("date") or document.name.date),
            number=_if_right(whole, document.said("number")),
        )


def _if_right(read: Callable[[str], Value], typed: str) -> Value | None:
    try:
        return read(typed)
    except FaultError:
        return None  # told by every check of the site
