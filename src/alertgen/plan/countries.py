"""The list of countries, and the page of each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from alertgen import urls
from alertgen.outputs import Page
from alertgen.plan import jsonld
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.current import is_current, level_now, locator, whole_map
from alertgen.plan.feeds import feed_name, level_feeds
from alertgen.plan.history import History, Span
from alertgen.plan.language import Language, with_numbers
from alertgen.plan.pages import list_page
from alertgen.plan.views import Entry, correction_view
from alertgen.plan.weeks import strips
from alertgen.records import replace
from alertgen.views import (
    CorrectedAlert,
    CountriesView,
    CountryRow,
    CountryView,
    FeedLink,
    LevelGroup,
    LevelMark,
    LevelSpan,
    Region,
    TagYears,
    Teaser,
    Term,
)


def plan_countries(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the list of countries and the page of each country in each language."""
    for edition in bulletin.editions:
        yield _list(edition, bulletin)
        for history in edition.countries:
            yield _page(history, edition, bulletin)


def _list(edition: Edition, bulletin: Bulletin) -> Page:
    say = edition.language.words.say
    view = CountriesView(
        world=whole_map(edition, bulletin),
        regions=tuple(_regions(edition, bulletin)),
        levels=edition.legend,
        by_level=tuple(_at_level(mark, edition, bulletin) for mark in edition.legend),
    )
    return list_page(
        bulletin,
        edition,
        urls.countries(),
        "countries.html",
        view,
        title=say("countries"),
        description=say("describe_countries", site=edition.chrome.title),
        feeds=(*edition.chrome.feeds, *level_feeds(edition)),
    )


def _at_level(mark: LevelMark, edition: Edition, bulletin: Bulletin) -> LevelGroup:
    """The countries whose latest level is *mark*, by name."""
    language, countries, earlier = edition.language, [], []
    for history in edition.by_country:
        place = language.places[history.country.code]
        if history.level is None or history.level.slug != mark.slug:
            continue
        if level_now(history, bulletin):
            countries.append(place)
        else:
            earlier.append((place, language.day(history.spans[0].last)))
    return LevelGroup(mark, tuple(countries), tuple(earlier))


def _regions(edition: Edition, bulletin: Bulletin) -> Iterator[Region]:
    """UN regions by name, with their countries by name."""
    language = edition.language
    named = sorted(edition.by_country, key=lambda history: language.region(history.country))
    for name, group in groupby(named, key=lambda history: language.region(history.country)):
        yield Region(name, tuple(_row(one, edition, bulletin) for one in group))


def _row(history: History, edition: Edition, bulletin: Bulletin) -> CountryRow:
    language = edition.language
    return CountryRow(
        place=replace(language.places[history.country.code], count=len(history.entries)),
        level=language.level(level_now(history, bulletin)),
        trend=language.trend(history.trend) if is_current(history, bulletin) else None,
        day=history.entries[0].row.day,
    )


def _page(history: History, edition: Edition, bulletin: Bulletin) -> Page:
    language, country = edition.language, history.country
    place = language.places[country.code]
    feeds = language.feeds(place.url, feed_name(place.name, edition))
    corrected = tuple([edition.teasers[note.alert.path] for note in history.corrections])
    current = level_now(history, bulletin) is not None
    view = bulletin.recall(_view, place.url, history, corrected, current, bulletin.running_year, feeds, language)
    return list_page(
        bulletin,
        edition,
        urls.country(country),
        "country.html",
        view,
        title=place.name,
        description=language.words.say("describe_country", country=place.name, site=edition.chrome.title),
        section=urls.countries(),
        parent=edition.chrome.menu[1],
        about=(jsonld.country(country, language),),
        feeds=view.feeds,
    )


def _view(
    history: History,
    corrected: tuple[Teaser, ...],
    current: bool,
    running_year: int,
    feeds: tuple[FeedLink, ...],
    language: Language,
) -> CountryView:
    country, entries = history.country, history.entries
    drawn = locator((country,), history.level if current else None, language)
    assert drawn
    levels = tuple([_span(span, language) for span in history.spans])
    days = [event.date.year for event in history.events]
    years = tuple(range(days[0], days[-1] - 1, -1)) if days else ()
    notes = zip(history.corrections, corrected, strict=True)
    return CountryView(
        name=language.places[country.code].name,
        region=language.region(country),
        map=drawn,
        current=current,
        level=levels[0].level if levels else None,
        level_since=levels[0].since if levels else None,
        levels=levels,
        strips=strips(history.events, language, running_year),
        situations=tuple([entry.row for entry in entries]),
        corrections=tuple([CorrectedAlert(correction_view(one.correction, language), alert) for one, alert in notes]),
        years=years,
        risk_tags=tag_years(entries, years, language),
        feeds=feeds,
    )


def _span(span: Span, language: Language) -> LevelSpan:
    return LevelSpan(
        level=language.level_mark(span.level),
        since=language.day(span.since),
        last=language.day(span.last),
        url=span.url,
    )


def tag_years(entries: Iterable[Entry], years: Iterable[int], language: Language) -> tuple[TagYears, ...]:
    """Return the risk tags of *entries* with their numbers of situations in *years*, the most frequent first."""
    counts = Counter((tag.slug, entry.alert.date.year) for entry in entries for tag in entry.risk_tags)
    every = ((term, tuple(counts[slug, year] for year in years)) for slug, term in language.tags.items())
    found = [TagYears(replace(term, count=sum(numbers)), numbers) for term, numbers in every if any(numbers)]
    return tuple(sorted(found, key=lambda tag: -tag.term.count))


def place_terms(entries: Iterable[Entry], language: Language) -> tuple[Term, ...]:
    """Return the countries of *entries* with their numbers of situations, the most frequent first."""
    terms = with_numbers(language.places, (country.code for entry in entries for country in entry.countries))
    return tuple(sorted(terms, key=lambda term: -term.count))
