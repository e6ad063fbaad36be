"""Alerts: what one file says about the site's terms, pictures and addresses."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TypeVar

from alertgen import text, urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, has_errors
from alertgen.load.documents import Document
from alertgen.load.keys.header import AlertHeader
from alertgen.load.texts.anchors import OF_THE_PAGE
from alertgen.load.texts.corrections import corrections_of, still_wrong, wrong_countries
from alertgen.load.texts.desk import Desk, body_images, language_problems
from alertgen.load.texts.headlines import (
    countries_at_odds,
    country_of_title_alone,
    country_without_situation,
    headlines_in_text,
    title_without_country,
)
from alertgen.load.texts.images import find_picture
from alertgen.load.texts.never_named import Told, country_never_named, country_of_header_alone
from alertgen.load.texts.seeming import seems_held
from alertgen.load.texts.situations import (
    Subject,
    build_situations,
    front_matter_subject,
    heading_subject,
    inherited,
    lead_of,
    said_of_others,
)
from alertgen.load.vocabulary.terms import distinct
from alertgen.model import Alert, Country, Image, LedgerEntry, Level, beginning_of

Term = TypeVar("Term")

_IDS = uuid.UUID("3f0c2b52-97a4-4c0e-8f0e-6f6b5d9f3a17")
"""Namespace of the ids of alerts that were given none. Changing it would change published ids."""


def read_alert(document: Document, desk: Desk) -> tuple[Alert | None, tuple[Diagnostic, ...]]:
    """Return the alert in *document*, or None when anything is wrong with it, and what is wrong."""
    front, problems = front_matter_subject(document, desk.terms)
    subjects, more = _subjects(document, front, desk)
    wrong, wrong_problems = wrong_countries(document, desk.terms)
    image, image_problems = _lead_image(document, desk)
    images, body_problems = body_images(document, desk)
    found = (
        *document.problems,
        *problems,
        *more,
        *wrong_problems,
        *image_problems,
        *body_problems,
        *language_problems(document, desk),
        *_name_problems(document),
        *seems_held(document, is_public=_is_public(document, desk)),
        *_without_country(document, front, subjects),
        *_dropped_levels(document, front, subjects, desk.config.levels),
        *_anchor_problems(document, desk),
        *_countries_at_odds(document, front, subjects, desk),
        *_countries_of_nothing(document, front, desk),
        *still_wrong(document, wrong, _mentioned(front.countries, (one.countries for one in subjects))),
    )
    if has_errors(found) or document.body is None or not isinstance(document.header, AlertHeader):
        return None, found
    return _alert(document, document.header, front, subjects, image, images, wrong, desk), found


def _subjects(document: Document, front: Subject, desk: Desk) -> tuple[tuple[Subject, ...], tuple[Diagnostic, ...]]:
    subjects: list[Subject] = []
    problems: list[Diagnostic] = []
    for section in document.body.sections if document.body else ():
        own, faults = heading_subject(section, desk.terms)
        problems += faults
        whole = inherited(own, front, section)
        if isinstance(whole, Subject):
            subjects.append(whole)
        else:
            problems.append(whole)
    return tuple(subjects), tuple(problems)


def _lead_image(document: Document, desk: Desk) -> tuple[Image | None, tuple[Diagnostic, ...]]:
    typed = document.typed("image")
    if not typed:
        return None, ()
    found = find_picture(desk.root, document.path, typed[0].text, typed[0].place, desk.store)
    if isinstance(found, Diagnostic):
        return None, (found,)
    header = document.header
    if not isinstance(header, AlertHeader):
        return None, found.problems
    return Image(
        path=found.path,
        kind=found.kind,
        original=found.digest,
        width=found.width,
        height=found.height,
        alt=header.image_alt,
        caption=header.image_caption,
        credit=header.image_credit,
        sensitive=header.image_sensitive,
        signed=desk.config.image_rights,
        place=typed[0].place,
    ), found.problems


def _name_problems(document: Document) -> Iterable[Diagnostic]:
    header, named = document.header, document.name.date
    if isinstance(header, AlertHeader) and named and named != header.date.isoformat():
        message = f"`date` is {header.date}, but the file name begins with {named}"
        hint = "write the same date in both; a new file name changes the address, unless `slug` keeps it"
        yield problem("name-mismatch", message, document.at("date"), hint=hint)
    if not document.slug:
        message = "no address can be made from the name of this file"
        yield problem("wrong-slug", message, document.place, hint="add a line `slug: …` with lower-case words")


def _without_country(document: Document, front: Subject, subjects: Sequence[Subject]) -> Iterable[Diagnostic]:
    """Find a level or a trend of no country."""
    if "country" in front.said or any("country" in subject.said for subject in subjects):
        return
    for key in sorted({"level", "trend"} & front.said):
        message = f"a {key} is about a country, but this alert names none"
        yield problem("level-without-country", message, document.at(key), hint="add a line `country: …`")


def _dropped_levels(
    document: Document, front: Subject, subjects: Sequence[Subject], levels: Iterable[Level]
) -> Iterable[Diagnostic]:
    """Find levels that were not in use any more on the day of the alert."""
    if not isinstance(document.header, AlertHeader):
        return
    day = document.header.date
    used = [level.slug for level in levels if level.in_use(day)]
    hint = f"write what was in use on the day of the alert: {text.listed(used)}" if used else "leave the level out"
    for level, place in _stated_levels(document, front, subjects):
        if level and not level.in_use(day):
            message = f'the level "{level.slug}" has not been in use since {level.until}'
            yield problem("dropped-level", message, place, hint=hint)


def _stated_levels(
    document: Document, front: Subject, subjects: Sequence[Subject]
) -> Iterable[tuple[Level | None, Place]]:
    """Yield each level that is stated in *document*, with its place."""
    yield front.level, document.at("level")
    sections = document.body.sections if document.body else ()
    for section, subject in zip(sections, subjects, strict=True) if len(sections) == len(subjects) else ():
        for (key, _), place in zip(section.attributes, section.places, strict=True):
            if key == "level":
                yield subject.level, place


def _anchor_problems(document: Document, desk: Desk) -> Iterable[Diagnostic]:
    """Find anchors that the page itself has: links to them, such as that past the menu, would lead astray."""
    header, body = document.header, document.body
    chosen = [section for section in body.sections if section.id in OF_THE_PAGE] if body else []
    if not chosen or not isinstance(header, AlertHeader):
        return
    known = _known_anchors(entries_of(header.date, document.slug, document.lang, header.aliases, desk))
    for section in chosen:
        if section.id not in known:
            message = f'"{section.id}" is already the anchor of another part of the page'
            yield problem("taken-anchor", message, section.place, hint=f"write another one, such as #{section.id}-text")


def _countries_at_odds(
    document: Document, front: Subject, subjects: Sequence[Subject], desk: Desk
) -> Iterable[Diagnostic]:
    """Find titles, headings and texts that name another country than theirs, and what is said of another one."""
    sections = document.body.sections if document.body else ()
    if not isinstance(document.header, AlertHeader) or not document.body or len(sections) != len(subjects):
        return
    header, lang, terms = document.header, document.lang, desk.terms
    everywhere = _mentioned(front.countries, (subject.countries for subject in subjects))
    beginning = f"{header.summary}\n{document.body.lead.text}"
    whole = Told(header.title, "" if sections else beginning, everywhere, document.at("country"))
    situations = [
        Told(one.text, one.prose.text, subject.countries, one.place)
        for one, subject in zip(sections, subjects, strict=True)
    ]
    above = f"{header.title}\n{beginning}"
    for told in (whole, *situations):
        at_odds = tuple(countries_at_odds(told.headline, told.countries, lang, told.place, terms))
        yield from at_odds or country_never_named(told, above, everywhere, lang, terms)
    several = len(sections) > 1
    yield from country_of_title_alone(header.title, everywhere, lang, document.place, terms, several=several)
    yield from country_of_header_alone(front.countries, situations, above, lang, document.at("country"), terms)
    yield from said_of_others(front, sections, subjects)


def _countries_of_nothing(document: Document, front: Subject, desk: Desk) -> Iterable[Diagnostic]:
    """Find titles, headings and lines that begin with a country, as if they tied a text to it."""
    header, body, lang, terms = document.header, document.body, document.lang, desk.terms
    if not isinstance(header, AlertHeader) or not body:
        return
    if not body.sections and "country" not in front.said and not document.typed("wrong_country"):
        yield from title_without_country(header.title, lang, document.place, terms)
    if not body.sections and not body.others:
        yield from headlines_in_text(body.lead.text, front.countries, lang, document.at("country"), terms)
    for heading in body.others:
        yield from country_without_situation(heading, front.countries, lang, terms)


def _is_public(document: Document, desk: Desk) -> bool:
    """Tell whether the alert in *document* was published at the address that its name makes."""
    header = document.header
    if not isinstance(header, AlertHeader):
        return False
    return bool(entries_of(header.date, document.slug, document.lang, (), desk))


def entries_of(day: date, slug: str, lang: str, aliases: Iterable[str], desk: Desk) -> list[LedgerEntry]:
    """Return what the ledger says of an alert."""
    address = urls.alert_at(day.year, slug, lang, desk.main_language)
    return [desk.published[one] for one in urls.with_old(address, aliases) if one in desk.published]


def _alert(
    document: Document,
    header: AlertHeader,
    front: Subject,
    subjects: tuple[Subject, ...],
    image: Image | None,
    images: tuple[Image, ...],
    wrong: Mapping[str, Country],
    desk: Desk,
) -> Alert:
    assert document.body is not None
    entries = entries_of(header.date, document.slug, document.lang, header.aliases, desk)
    situations = build_situations(
        header.title,
        document,
        front,
        subjects,
        _known_anchors(entries),
        _reworded(entries),
        _gone(entries, urls.alert_at(header.date.year, document.slug, document.lang, desk.main_language)),
        desk.given_up,
    )
    lead = lead_of(document, front)
    return Alert(
        id=header.id or _known_id(entries, desk) or _made_id(document),
        path=document.path,
        stem=document.name.stem,
        slug=document.slug,
        lang=document.lang,
        title=header.title,
        date=header.date,
        number=header.number,
        summary=header.summary or beginning_of(lead, situations),
        authors=header.authors,
        countries=_mentioned(front.countries, (situation.countries for situation in situations)),
        risk_tags=_mentioned(front.risk_tags, (situation.risk_tags for situation in situations)),
        image=image,
        republished=header.republished,
        sources=header.sources,
        updated=header.updated,
        corrections=corrections_of(header, wrong, _known_corrections(entries)),
        aliases=header.aliases,
        lead=lead,
        situations=situations,
        links=document.body.links,
        images=images,
        place=document.place,
    )


def _mentioned(first: tuple[Term, ...], others: Iterable[tuple[Term, ...]]) -> tuple[Term, ...]:
    return distinct(chain(first, *others))


def _known_id(entries: Iterable[LedgerEntry], desk: Desk) -> str:
    """Return the id of an alert that has *entries* in the ledger: a renamed file keeps its id."""
    return next((entry.id for entry in entries if entry.id and entry.id not in desk.given_up), "")


def _known_anchors(entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """Return the keys of situations by the anchors under which they were published."""
    return {anchor: key for entry in entries for anchor, key in entry.anchors}


def _reworded(entries: Sequence[LedgerEntry]) -> dict[str, str]:
    """Return the keys of situations by what their anchors would be if their headings of now were new.

    What is known of its address of now counts before what was known of others.
    """
    return {name: key for entry in reversed(entries) for name, key in entry.headings}


def _gone(entries: Sequence[LedgerEntry], address: str) -> set[str]:
    """Return the keys of situations that were taken out, by what is known of *address*, or else of the newest ones."""
    newest = [entry for entry in entries if entry.address == address]
    if not newest:
        day = max((entry.first for entry in entries), default=None)
        newest = [entry for entry in entries if entry.first == day]
    there = {key for entry in newest for _, key in entry.anchors}.difference(*(entry.gone for entry in newest))
    return {key for entry in entries for _, key in entry.anchors} - there


def _known_corrections(entries: Iterable[LedgerEntry]) -> dict[str, int]:
    """Return the numbers of corrections by the marks under which they were published."""
    return {mark: number for entry in entries for mark, number in entry.corrections}


def _made_id(document: Document) -> str:
    """Return an id that depends on the name and language of the file only: a UUID of version 5 (RFC 9562)."""
    return uuid.uuid5(_IDS, f"{document.name.stem}\n{document.lang}").urn
