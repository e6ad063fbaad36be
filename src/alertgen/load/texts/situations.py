"""The situations of an alert: what a heading says, and what it inherits from the front matter."""

from __future__ import annotations  # those of inner functions would be worked out at each call

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from alertgen import text
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.documents import Document
from alertgen.load.markdown.body import Section
from alertgen.load.texts.anchors import Heading, keys_and_anchors
from alertgen.load.vocabulary.terms import SEVERAL, Terms, has_suggestion, sorted_out
from alertgen.model import NO_PROSE, Country, Level, Prose, RiskTag, Situation, Trend
from alertgen.records import dataclass, replace

Term = TypeVar("Term")

_WORD = re.compile(r"[^\s,;]+")
_JOINING = re.compile("(?i:and)|et")
"""Words between two countries that are codes as well: of Andorra (AND) and, when in capitals, of Ethiopia (ET)."""

_SEVERAL_WORDS = "write several with spaces between them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a text is about: an alert by its front matter, or a situation by its heading."""

    countries: tuple[Country, ...] = ()
    theme: str = ""
    risk_tags: tuple[RiskTag, ...] = ()
    level: Level | None = None
    trend: Trend | None = None
    said: frozenset[str] = frozenset()
    """The keys that were given, rightly or wrongly."""


def front_matter_subject(document: Document, terms: Terms) -> tuple[Subject, tuple[Diagnostic, ...]]:
    """Look up the terms in the front matter of *document*."""

    def found(key: str, find: Callable[[str, Place], Term | Diagnostic]) -> tuple[Term, ...]:
        if not typed[key]:
            return ()
        known, faults = sorted_out([find(value.text, value.place) for value in typed[key]])
        problems.extend(faults)
        return known

    problems: list[Diagnostic] = []
    typed = {key: document.typed(key) for key in ("country", "risk_tags", "level", "trend")}
    subject = Subject(
        countries=found("country", terms.country),
        risk_tags=found("risk_tags", terms.risk_tag),
        level=next(iter(found("level", terms.level)), None),
        trend=next(iter(found("trend", terms.trend)), None),
        said=frozenset([key for key, values in typed.items() if values or key in document.broken]),
    )
    return subject, tuple(problems)


def heading_subject(section: Section, terms: Terms) -> tuple[Subject, tuple[Diagnostic, ...]]:
    """Look up the terms in the attributes of the heading of *section*."""
    values = {key: (value, place) for (key, value), place in zip(section.attributes, section.places, strict=True)}
    problems: list[Diagnostic] = []

    def found(key: str, find: Callable[[str, Place], list[Term | Diagnostic]]) -> tuple[Term, ...]:
        if key not in values:
            return ()
        known, faults = sorted_out(find(*values[key]))
        problems.extend(faults)
        return known

    def one(find: Callable[[str, Place], Term]) -> Callable[[str, Place], list[Term]]:
        return lambda value, at: [find(value.strip(), at)] if value.strip() else []

    subject = Subject(
        countries=found("country", lambda value, at: _countries(value, at, terms)),
        theme=" ".join(values["theme"][0].split()) if "theme" in values else "",
        risk_tags=found("risk_tags", lambda value, at: [terms.risk_tag(*word) for word in _words(value, at)]),
        level=next(iter(found("level", one(terms.level))), None),
        trend=next(iter(found("trend", one(terms.trend))), None),
        said=frozenset(values),
    )
    problems += [
        problem("empty-value", f'"{key}" has no value', place, hint="give one, or delete it")
        for key, (value, place) in values.items()
        if not value.strip()
    ]
    if not text.can_be_seen(section.text):
        message = "this heading has no words that readers can see"
        hint = "write what happened; a picture, a remark in <!-- --> or a note alone is no headline"
        problems.append(problem("no-headline", message, section.place, hint=hint))
    return subject, (*problems, *_contradictions(subject, section, values))


def _countries(value: str, at: Place, terms: Terms) -> list[Country | Diagnostic]:
    """Look up the countries in *value*: one name of several words, or several names of one word each."""
    if terms.knows_country(value):
        return [terms.country(value.strip(), at)]
    found = [_country(*word, terms) for word in _words(value, at)]
    wrong = [one for one in found if isinstance(one, Diagnostic)]
    if " " in value.strip() and any(one.code == "unknown-country" for one in wrong):
        whole = _country(value.strip(), at, terms)
        if isinstance(whole, Diagnostic) and _says_more(whole, wrong, of_all=len(wrong) == len(found)):
            return [whole]
    return found


def _says_more(whole: Diagnostic, wrong: list[Diagnostic], *, of_all: bool) -> bool:
    """Tell whether the problem of all words together helps more than the problems of those that are *wrong*."""
    if whole.hint.startswith(_SEVERAL_WORDS):
        return True
    alone = {one.hint for one in wrong if has_suggestion(one)}
    return has_suggestion(whole) and (of_all or not alone or whole.hint in alone)


def _country(word: str, at: Place, terms: Terms) -> Country | Diagnostic:
    """Look up one of several words: `and` and `et` join two countries, and are not taken for a third one."""
    country = terms.country(word, at)
    if isinstance(country, Diagnostic) and country.hint.startswith(SEVERAL):
        codes = country.hint.removeprefix(SEVERAL).strip(": []").replace(",", "")
        return replace(country, hint=f'{_SEVERAL_WORDS}: country="{codes}"')
    if isinstance(country, Diagnostic) or not _JOINING.fullmatch(word):
        return country
    hint = f'leave it out, as in country="SD TD"; or write {country.code} for {country.name.default}'
    return problem("ambiguous-country", f'"{word}" may be a word, or the code of a country', at, hint=hint)


def _words(value: str, at: Place) -> list[tuple[str, Place]]:
    """Part *value* at its spaces and commas, each word with its place."""
    within = at.column and at.length >= len(value)
    return [
        (word[0], Place(at.path, at.line, at.column + word.start(), len(word[0])) if within else at)
        for word in _WORD.finditer(value)
    ]


def _contradictions(subject: Subject, section: Section, values: dict[str, tuple[str, Place]]) -> Iterable[Diagnostic]:
    if {"country", "theme"} <= subject.said:
        hint = "keep `country` when it happens in a country, and name the theme in the heading"
        yield problem("country-and-theme", "a situation has either a country or a theme", values["theme"][1], hint=hint)
    elif "theme" in subject.said:
        for key in sorted({"level", "trend"} & subject.said):
            message = f"a {key} is about a country, but this situation has a theme"
            yield problem("level-without-country", message, values[key][1], hint=f"delete the {key}")
    if not section.prose:
        hint = "write its text below the heading, or delete the heading"
        yield problem("empty-situation", "this situation has no text", section.place, hint=hint)


def inherited(own: Subject, front: Subject, section: Section) -> Subject | Diagnostic:
    """Return *own* with what its heading does not say taken from the front matter *front*."""
    tags = own.risk_tags if "risk_tags" in own.said else front.risk_tags
    if "theme" in own.said:
        return Subject(theme=own.theme, risk_tags=tags, said=own.said)
    countries = own.countries if "country" in own.said else front.countries
    reported = "country" in front.said and not countries
    if "country" not in own.said and len(countries) != 1 and not reported:
        message = "this situation says neither which country it is about nor which theme"
        return problem("situation-without-country", message, section.place, hint='add country=… or theme="…"')
    return Subject(
        countries=countries,
        risk_tags=tags,
        level=own.level if "level" in own.said else front.level,
        trend=own.trend if "trend" in own.said else front.trend,
        said=own.said,
    )


def said_of_others(front: Subject, sections: Sequence[Section], subjects: Sequence[Subject]) -> Iterable[Diagnostic]:
    """Find situations that take over what the front matter says of other countries than theirs."""
    for section, subject in zip(sections, subjects, strict=True):
        if not front.countries or not subject.countries or set(front.countries) & set(subject.countries):
            continue
        taken = {
            "level": front.level.slug if front.level else "",
            "trend": front.trend or "",
            "risk_tags": f'"{" ".join(tag.slug for tag in front.risk_tags)}"' if front.risk_tags else "",
        }
        taken = {key: value for key, value in taken.items() if value and key not in subject.said}
        if not taken:
            continue
        here, there = (text.listed([one.name.default for one in who.countries], "and") for who in (subject, front))
        keys = text.listed([f"`{key}`" for key in taken], "and")
        message = f"this situation is about {here}, but takes {keys} from the top of the file, which is about {there}"
        written = " ".join(f"{key}={value}" for key, value in taken.items())
        hint = (
            f"write this into its braces if it is true of {here}, too: {written}\n"
            "if not, delete it at the top, and write it into the braces of the headings that it is true of"
        )
        yield problem("said-of-other-country", message, section.place, hint=hint)


def build_situations(
    title: str,
    document: Document,
    front: Subject,
    subjects: Sequence[Subject],
    known: Mapping[str, str],
    reworded: Mapping[str, str],
    gone: Collection[str],
    given_up: Collection[str],
) -> tuple[Situation, ...]:
    """Make the situations of *document*: one for each of its sections, or the whole body when it has none.

    *known* are the anchors published before, with the keys of their situations: a situation keeps its key wherever it
    is moved, and its anchor when its heading is reworded; both, when its countries change. *reworded* are
    the keys of situations by what their last headings would make of their anchors. The keys of those that are *gone* no
    other situation gets, and anchors *given_up* none keeps.
    """
    parts = tuple(_parts(title, document, front, subjects))
    headings = [
        Heading(headline=part.headline, id=part.id, countries=part.subject.countries, is_theme=bool(part.subject.theme))
        for part in parts
    ]
    anchored = keys_and_anchors(headings, known, reworded, gone, given_up)
    return tuple(
        Situation(
            key=key,
            anchor=anchor,
            headline=part.headline,
            countries=part.subject.countries,
            theme=part.subject.theme,
            level=part.subject.level,
            trend=part.subject.trend,
            risk_tags=part.subject.risk_tags,
            prose=part.prose,
            whole=part.whole,
            place=part.place,
        )
        for part, (key, anchor) in zip(parts, anchored, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What a situation is made of."""

    headline: str
    id: str
    """Which the author chose; empty for none."""
    subject: Subject
    prose: Prose
    place: Place
    whole: bool
    """Whether it is the whole body."""


def _parts(title: str, document: Document, front: Subject, subjects: Sequence[Subject]) -> Iterator[_Part]:
    body = document.body
    assert body is not None
    if not body.sections and front.countries:
        yield _Part(headline=title, id="", subject=front, prose=body.lead, place=document.place, whole=True)
    for section, subject in zip(body.sections, subjects, strict=True):
        yield _Part(
            headline=section.text, id=section.id, subject=subject, prose=section.prose, place=section.place, whole=False
        )


def lead_of(document: Document, front: Subject) -> Prose:
    """Return the text of *document* that belongs to no situation."""
    assert document.body is not None
    return NO_PROSE if front.countries and not document.body.sections else document.body.lead
