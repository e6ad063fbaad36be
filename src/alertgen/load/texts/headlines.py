"""Countries that a headline begins with, compared with those that it is said to be about.

A wrong country puts an alert on the page, the map and the feed of people whom it is not about. `country=NE` and
`country=NG` are both right in themselves; that one of them is wrong shows where the headline says `Nigeria: …`.
"""

import re
from collections.abc import Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.markdown.body import OtherHeading
from alertgen.load.vocabulary.terms import Terms, shown
from alertgen.model import Country
from alertgen.text import listed

_BEGINNING = re.compile(r"([^:\uff1a]{3,80}?)\s*(?:[:\uff1a]|\s[\u2013\u2014-]\s)")
"""What stands before a colon or a dash."""
_BETWEEN = re.compile(r"\s*[,،;/&]\s*(?:and |et |و ?)?|\s+and\s+|\s+et\s+|\s+و ?")
"""What stands between the names of countries."""
_SHORT_FORM = re.compile(r"\s*\([A-Z]{2,5}\)$")
"""An abbreviation behind a name. Other words there may say another country: `France (Mayotte)`."""


def countries_at_odds(
    headline: str, countries: Sequence[Country], lang: str, at: Place, terms: Terms
) -> Iterator[Diagnostic]:
    """Find a *headline* in *lang* that begins with countries of which none is among the *countries* it is about.

    It may also be the name of a country and nothing else.
    """
    named = _meant(headline, lang, terms) if countries else ()
    if not named or set(named) & set(countries):
        return
    said, meant = listed(map(shown, named), "and"), listed(map(shown, countries), "and")
    codes = " ".join(country.code for country in named)
    message = f"this headline begins with {said}, but `country` says {meant}"
    yield problem("other-country", message, at, hint=f"write {codes} as its country, or begin the headline otherwise")


def country_without_situation(
    heading: OtherHeading, countries: Sequence[Country], lang: str, terms: Terms
) -> Iterator[Diagnostic]:
    """Find a *heading* that names countries and begins no situation, in an alert that is not about these alone.

    *countries* are those that the alert as a whole is about, *lang* is its language.
    """
    named = _meant(heading.text.strip("*_ "), lang, terms)
    if not named or named == tuple(countries):
        return
    message = f"this heading names {listed(map(shown, named), 'and')}, but begins no situation there"
    hint = f"write {_in_braces(named)} behind it; without that, what stands below is not on the page of the country"
    yield problem("country-without-situation", message, heading.place, hint=hint)


def headlines_in_text(
    text: str, countries: Sequence[Country], lang: str, at: Place, terms: Terms
) -> Iterator[Diagnostic]:
    """Find lines of the *text* of an alert about several *countries* that were headlines in a word processor.

    Two of them, each short, without a full stop and beginning with one of the countries, are no accident.
    """
    lines = [line.strip() for line in text.split("\n") if len(line) <= _LONGEST_HEADLINE] if len(countries) > 1 else []
    named = [(line, _named(line, lang, terms)) for line in lines if line and line[-1] not in _ENDS]
    found = [(line, said) for line, said in named if said and set(said) <= set(countries)]
    if len({said for _, said in found}) > 1:
        line, said = found[0]
        message = f'"{line}" reads like the headline of a situation, but begins none'
        whole = listed([country.name.default for country in countries], "and")
        hint = (
            f"write ## in front of it and of the other headlines, and their countries behind them:\n"
            f"## {line} {_in_braces(said)}\nwithout that, the text is one situation about {whole}"
        )
        yield problem("country-without-situation", message, at, hint=hint)


def _in_braces(countries: Sequence[Country]) -> str:
    """Return what ties a heading to *countries*: `{: country="SD TD" }`."""
    codes = " ".join(country.code for country in countries)
    return f'{{: country="{codes}" }}' if len(countries) > 1 else f"{{: country={codes} }}"


_LONGEST_HEADLINE = 150
_ENDS = ".!?\u2026\u061f\u3002:;,"


def _meant(headline: str, lang: str, terms: Terms) -> tuple[Country, ...]:
    """Return the country whose name *headline* is, else those that it begins with."""
    whole = _called(headline, lang, terms)
    return (whole,) if whole else _named(headline, lang, terms)


def _named(headline: str, lang: str, terms: Terms) -> tuple[Country, ...]:
    """Return the countries that *headline* begins with; nothing where it begins with anything else, too."""
    beginning = _BEGINNING.match(headline)
    if not beginning:
        return ()
    whole = _called(beginning[1], lang, terms)
    found = [whole] if whole else [_called(name, lang, terms) for name in _BETWEEN.split(beginning[1])]
    known = tuple(country for country in found if country)
    return known if len(known) == len(found) else ()


def _called(name: str, lang: str, terms: Terms) -> Country | None:
    """Return the country called *name*, also as in `The Democratic Republic of the Congo` or `Central … (CAR)`."""
    called = name[4:] if name.startswith(("The ", "the ")) else name
    return terms.country_called(called, lang) or terms.country_called(_SHORT_FORM.sub("", called), lang)
