"""The list of countries, and the page of each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from alertgen import urls
from alertgen.model import Country
from alertgen.outputs import Page
from alertgen.plan import history, jsonld
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.current import current_level, is_current, locator, whole_map
from alertgen.plan.feeds import level_feeds
from alertgen.plan.language import Language
from alertgen.plan.pages import list_page
from alertgen.plan.views import Entry
from alertgen.plan.weeks import strips
from alertgen.views import (
    CountriesView,
    CountryRow,
    CountryView,
    LevelGroup,
    LevelMark,
    LevelSpan,
    Region,
    TagYears,
    Term,
)


def plan_countries(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the list of countries and the page of each country in each language."""
    for edition in bulletin.editions:
        yield _list(edition, bulletin)
        for country, entries in edition.by_country:
            yield _page(country, entries, edition, bulletin)


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
    for country, entries in edition.by_country:
        span = next(iter(history.spans(entries)), None)
        if span is None or span.level.slug != mark.slug:
            continue
        if is_current(entries, bulletin):
            countries.append(language.places[country.code])
        else:
            earlier.append((language.places[country.code], language.day(span.last)))
    return LevelGroup(mark, tuple(countries), tuple(earlier))


def _regions(edition: Edition, bulletin: Bulletin) -> Iterator[Region]:
    """UN regions by name, with their countries by name."""
    named = [(edition.language.region(country), country, entries) for country, entries in edition.by_country]
    named.sort(key=lambda triple: triple[0])
    for name, group in groupby(named, key=lambda triple: triple[0]):
        yield Region(name, tuple(_row(country, entries, edition, bulletin) for _, country, entries in group))


def _row(country: Country, entries: tuple[Entry, ...], edition: Edition, bulletin: Bulletin) -> CountryRow:
    language = edition.language
    return CountryRow(
        place=replace(language.places[country.code], count=len(entries)),
        level=language.level(current_level(entries, bulletin)),
        trend=language.trend(history.latest_trend(entries)) if is_current(entries, bulletin) else None,
        day=entries[0].row.day,
    )


def _page(country: Country, entries: tuple[Entry, ...], edition: Edition, bulletin: Bulletin) -> Page:
    language = edition.language
    place = language.places[country.code]
    view = _view(country, entries, edition, bulletin)
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


def _view(country: Country, entries: tuple[Entry, ...], edition: Edition, bulletin: Bulletin) -> CountryView:
    language = edition.language
    place = language.places[country.code]
    drawn = locator((country,), current_level(entries, bulletin), edition)
    assert drawn
    levels = tuple(_span(span, language) for span in history.spans(entries))
    years = tuple(range(entries[0].alert.date.year, entries[-1].alert.date.year - 1, -1))
    return CountryView(
        name=place.name,
        region=language.region(country),
        map=drawn,
        current=is_current(entries, bulletin),
        level=levels[0].level if levels else None,
        level_since=levels[0].since if levels else None,
        levels=levels,
        strips=strips(history.by_alert(entries), language, bulletin.newest),
        situations=tuple(entry.row for entry in entries),
        years=years,
        risk_tags=tag_years(entries, years, language),
        feeds=language.feeds(place.url, feed_name(place, edition)),
    )


def _span(span: history.Span, language: Language) -> LevelSpan:
    return LevelSpan(
        level=language.level_mark(span.level),
        since=language.day(span.since),
        last=language.day(span.last),
        url=span.url,
    )


def tag_years(entries: Iterable[Entry], years: Iterable[int], language: Language) -> tuple[TagYears, ...]:
    """Return the risk tags of *entries* with their numbers of situations in *years*, the most frequent first."""
    counts = Counter((tag.slug, entry.alert.date.year) for entry in entries for tag in entry.risk_tags)
    told = ((term, tuple(counts[slug, year] for year in years)) for slug, term in language.tags.items())
    found = [TagYears(replace(term, count=sum(numbers)), numbers) for term, numbers in told if any(numbers)]
    return tuple(sorted(found, key=lambda tag: -tag.term.count))


def place_terms(entries: Iterable[Entry], language: Language) -> tuple[Term, ...]:
    """Return the countries of *entries* with their numbers of situations, the most frequent first."""
    counts = Counter(country.code for entry in entries for country in entry.countries)
    terms = [replace(term, count=counts[code]) for code, term in language.places.items() if code in counts]
    return tuple(sorted(terms, key=lambda term: -term.count))


def feed_name(place: Term, edition: Edition) -> str:
    """Return the name of the feed on a country or risk tag."""
    return edition.language.words.say("feed_title", site=edition.chrome.title, name=place.name)
