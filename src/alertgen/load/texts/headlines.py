"""Countries that a headline begins with, compared with those that it is said to be about.

A wrong country puts an alert on the page, the map and the feed of people whom it is not about. `country=NE` and
`country=NG` are both right in themselves; that one of them is wrong shows where the headline says `Nigeria: …`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.load.markdown.body import OtherHeading
from alertgen.load.vocabulary.terms import Terms, shown
from alertgen.load.vocabulary.vocabularies import bare
from alertgen.model import Country
from alertgen.text import listed

_BEGINNING = re.compile(r"([^:\uff1a]{3,80}?)\s*(?:[:\uff1a\u2014|]|\s(?:\u2013|--?-?)\s)")
"""What stands before a colon, a dash or a bar."""
_BETWEEN = re.compile(r"\s*[,،;/&\u2013]\s*(?:(?:and|et|y|e|та|і|й) |و ?)?|\s+(?:and|et|y|e|та|і|й)\s+|\s+و ?")  # noqa: RUF001
"""What stands between the names of countries."""
_SHORT_FORM = re.compile(r"\s*\([A-Z]{2,5}\)$")
"""An abbreviation behind a name. Other words there may say another country: `France (Mayotte)`."""
_ARTICLE = re.compile(r"\A(?:(?:the|las?|les?|los|el|os?|as?)\s+|l['\u2019])", re.IGNORECASE)
_REPUBLIC = re.compile(
    r"\A(?:republic of (?:the )?|république (?:du |de la |de l['\u2019]|des |de |d['\u2019])"
    r"|rep[úu]blica (?:del |de la |de los |das |dos |da |do |de )|جمهورية |республіка )|\s+republic\Z",
    re.IGNORECASE,
)
"""What makes the name of a country that of its state: `République du Niger`."""

Named = tuple[Country, ...]
"""The countries that one name may stand for."""


def countries_at_odds(
    headline: str, countries: Sequence[Country], lang: str, at: Place, terms: Terms
) -> Iterator[Diagnostic]:
    """Find a *headline* in *lang* that begins with countries of which none is among the *countries* it is about.

    It may also be the name of a country and nothing else.
    """
    named = _meant(headline.strip(_MARKS), lang, terms) if countries else ()
    if not named or set(chain(*named)) & set(countries):
        return
    said, meant = listed([listed(map(shown, one)) for one in named], "and"), listed(map(shown, countries), "and")
    codes = " ".join(listed(country.code for country in one) for one in named)
    message = f"this headline begins with {said}, but `country` says {meant}"
    yield problem("other-country", message, at, hint=f"write {codes} as its country, or begin the headline otherwise")


def country_of_title_alone(
    title: str, countries: Sequence[Country], lang: str, at: Place, terms: Terms, *, several: bool
) -> Iterator[Diagnostic]:
    """Find a *title* that lists what an alert is about, and with it a country that nothing in it is about.

    *countries* are those of all its situations, *at* is its place. Only when it has *several*, or is about a country
    that the title leaves out, is this a slip: the title `Sudan and Chad: refugees` may well be about Chad.
    """
    named = _certain(_meant(title.strip(_MARKS), lang, terms))
    alone = [country for country in named if country not in countries]
    if alone and len(alone) < len(named) and (several or not set(countries) <= set(named)):
        told = listed(map(shown, alone), "and")
        message = f"this title begins with {told} as well, but nothing in the alert is about that"
        hint = "look whether a heading or the header says another country by mistake; if not, write this one there, too"
        yield at_key(problem("other-country", message, at, hint=hint), "title")


def title_without_country(title: str, lang: str, at: Place, terms: Terms) -> Iterator[Diagnostic]:
    """Find a *title* in *lang* that begins with countries, of an alert *at* a place that is about none."""
    if named := _certain(_meant(title.strip(_MARKS), lang, terms)):
        codes = ", ".join(country.code for country in named)
        message = f"this title begins with {listed(map(shown, named), 'and')}, but the alert has no `country`"
        hint = f"add a line `country: [{codes}]`" if len(named) > 1 else f"add a line `country: {codes}`"
        hint = f"{hint}; without that, it is not on the page, the map or in the feed of the country"
        yield at_key(problem("country-without-situation", message, at, hint=hint), "title")


def country_without_situation(
    heading: OtherHeading, countries: Sequence[Country], lang: str, terms: Terms
) -> Iterator[Diagnostic]:
    """Find a *heading* that names countries and begins no situation, in an alert that is not about these alone.

    *countries* are those that the alert as a whole is about, *lang* is its language.
    """
    named = _certain(_meant(heading.text.strip(_MARKS), lang, terms))
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
    named = [(line, _certain(_named(line, lang, terms))) for line in lines if line and line[-1] not in _ENDS]
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
_WORD = re.compile(r"\w+")
_BEFORE_NAMES = frozenset(
    "the la las le les los el o os a as l republic république república republica جمهورية республіка".split()  # noqa: SIM905
)
"""The words with which `_ARTICLE` and `_REPUBLIC` begin, as `bare` gives them."""
_LONGEST_NAME = 64
"""Letters of the name of a country, with all that may stand around it."""
_ENDS = ".!?\u2026\u061f\u3002:;,"


_MARKS = "*_ "


def _certain(named: Sequence[Named]) -> tuple[Country, ...]:
    """Return the countries *named*; none where one of the names may stand for several."""
    return tuple(one[0] for one in named) if all(len(one) == 1 for one in named) else ()


def _meant(headline: str, lang: str, terms: Terms) -> tuple[Named, ...]:
    """Return the country whose name *headline* is, else those that it begins with."""
    whole = _called(headline, lang, terms)
    return (whole,) if whole else _named(headline, lang, terms)


def _named(headline: str, lang: str, terms: Terms) -> tuple[Named, ...]:
    """Return the countries that *headline* begins with; nothing where it begins with anything else, too."""
    beginning = _BEGINNING.match(headline)
    if not beginning:
        return ()
    words = beginning[1].strip(_MARKS)
    whole = _called(words, lang, terms)
    found = (whole,) if whole else tuple(_called(name, lang, terms) for name in _BETWEEN.split(words))
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _called(name: str, lang: str, terms: Terms) -> Named:
    """Return the country called *name*, also as in `The Republic of the Niger` or `Central African Republic (CAR)`."""
    first = _WORD.search(bare(name)) if len(name) <= _LONGEST_NAME else None
    if not first or not (first[0] in _BEFORE_NAMES or terms.begins_country(first[0], lang)):
        return ()
    forms = [name, _SHORT_FORM.sub("", name)]
    forms += [_ARTICLE.sub("", form) for form in forms]
    forms += [_REPUBLIC.sub("", form) for form in forms]
    found = (terms.countries_called(form, lang) for form in dict.fromkeys(forms))
    return next(filter(None, found), ())
