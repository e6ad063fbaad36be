"""The situations of an alert: what a heading says, and what it inherits from the front matter."""

from __future__ import annotations  # those of inner functions would be worked out at each call

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import TypeVar

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.documents import Document
from alertgen.load.markdown.body import Body, Section
from alertgen.load.terms import Terms, has_suggestion, sorted_out
from alertgen.model import NO_PROSE, Country, Level, Prose, RiskTag, Situation, Trend
from alertgen.records import dataclass
from alertgen.text import slugify

Term = TypeVar("Term")

OF_THE_PAGE = frozenset(
    {"main", "citation-text"}
    | {f"{part}-title" for part in ("contents", "corrections", "notes", "sources", "citation", "sharing", "earlier")}
)
"""Ids that the page of an alert has whatever its text is, so no situation gets one of them as its anchor."""

_WORD = re.compile(r"[^\s,;]+")


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
    return subject, (*problems, *_contradictions(subject, section, values))


def _countries(value: str, at: Place, terms: Terms) -> list[Country | Diagnostic]:
    """Look up the countries in *value*: one name of several words, or several names of one word each."""
    if terms.knows_country(value):
        return [terms.country(value.strip(), at)]
    found = [terms.country(*word) for word in _words(value, at)]
    wrong = [one for one in found if isinstance(one, Diagnostic)]
    if " " in value.strip() and wrong and (len(wrong) == len(found) or not any(map(has_suggestion, wrong))):
        whole = terms.country(value.strip(), at)
        if isinstance(whole, Diagnostic) and has_suggestion(whole):
            return [whole]
    return found


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


def build_situations(
    title: str, document: Document, front: Subject, subjects: Sequence[Subject], known: Mapping[str, str]
) -> tuple[Situation, ...]:
    """Make the situations of *document*: one for each of its sections, or the whole body when it has none.

    *known* are the anchors published before, with the keys of their situations: a situation keeps its key wherever it
    is moved, and its anchor when its heading is reworded.
    """
    body = document.body
    assert body is not None
    if not body.sections:
        return (_whole(title, body, front, document.place),) if front.countries else ()
    names = [_name(subject) for subject in subjects]
    wanted = [
        section.id or _anchor(subject, section.text) or key
        for section, subject, key in zip(body.sections, subjects, _keys(names, (), {}), strict=True)
    ]
    numbered = _numbered(wanted, OF_THE_PAGE.difference(known))
    keys = _keys(names, numbered, known)
    anchors = _kept(numbered, keys, [bool(section.id) for section in body.sections], known)
    return tuple(
        _situation(section.text, subject, key, anchor, section.prose, section.place)
        for section, subject, key, anchor in zip(body.sections, subjects, keys, anchors, strict=True)
    )


def _kept(anchors: Sequence[str], keys: Sequence[str], chosen: Sequence[bool], known: Mapping[str, str]) -> list[str]:
    """Give situations whose anchor is new, and not *chosen* by the author, the anchor that their key has lost."""
    lost = {key: anchor for anchor, key in known.items() if anchor not in anchors}
    return [
        anchor if by_author or anchor in known else lost.get(key, anchor)
        for anchor, key, by_author in zip(anchors, keys, chosen, strict=True)
    ]


def lead_of(document: Document, front: Subject) -> Prose:
    """Return the text of *document* that belongs to no situation."""
    assert document.body is not None
    return NO_PROSE if front.countries and not document.body.sections else document.body.lead


def _whole(title: str, body: Body, front: Subject, place: Place) -> Situation:
    key = _name(front)
    return _situation(title, front, key, _anchor(front, title), body.lead, place, whole=True)


def _situation(
    headline: str, subject: Subject, key: str, anchor: str, prose: Prose, place: Place, *, whole: bool = False
) -> Situation:
    return Situation(
        key=key,
        anchor=anchor,
        headline=headline,
        countries=subject.countries,
        theme=subject.theme,
        level=subject.level,
        trend=subject.trend,
        risk_tags=subject.risk_tags,
        prose=prose,
        whole=whole,
        place=place,
    )


def _anchor(subject: Subject, headline: str) -> str:
    """Return `sudan-mass-graves-found`: the countries, unless the headline begins with the first, and the headline."""
    slug, countries = slugify(headline), [country.slug for country in subject.countries]
    named = countries and f"{slug}-".startswith(f"{countries[0]}-")
    return slug if named else "-".join(filter(None, [*countries, slug]))


_THEME = "theme"


def _name(subject: Subject) -> str:
    """Return the countries of *subject* in order of code, or that it is a theme: what its key begins with."""
    return _THEME if subject.theme else "+".join(sorted(country.code for country in subject.countries))


def _keys(names: Sequence[str], anchors: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Make *names* distinct: `SD`, `SD-2`, `theme-1`. Those at *anchors* that are *known* keep the key they had."""
    keys = [""] * len(names)
    for place, (name, anchor) in enumerate(zip(names, anchors, strict=False)):
        had = known.get(anchor, "")
        if had not in keys and re.fullmatch(rf"{re.escape(name)}(-\d+)?", had):
            keys[place] = had
    for place, name in enumerate(names):
        if not keys[place]:
            keys[place] = next(key for key in _candidates(name) if key not in keys)
    return keys


def _candidates(name: str) -> Iterator[str]:
    if name != _THEME:
        yield name
    yield from _with_numbers(name, 1 if name == _THEME else 2)


def _numbered(names: Iterable[str], of_others: Collection[str]) -> list[str]:
    """Make *names* distinct, also from those *of_others*: the second `sudan` becomes `sudan-2`."""
    taken: list[str] = []
    for name in names:
        candidates = chain([name], _with_numbers(name, 2))
        taken.append(next(one for one in candidates if one not in taken and one not in of_others))
    return taken


def _with_numbers(name: str, first: int) -> Iterator[str]:
    return (f"{name}-{number}" for number in count(first))
