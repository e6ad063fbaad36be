"""Texts that never name the country they are said to be about, and name another one.

That is what remains of last week's heading, or of two situations that have exchanged their countries.
"""

from collections.abc import Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.vocabulary.terms import Terms, shown
from alertgen.load.vocabulary.towns import names_town
from alertgen.model import Country
from alertgen.records import dataclass
from alertgen.text import listed

_OFTEN = 2
"""Times that a text names another country, or a place in it. Its headline need do so but once."""
_MOST = 3
"""Countries that are told."""


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as a whole, or a situation of it: what it says, and the countries that it is said to be about."""

    headline: str
    text: str
    countries: Sequence[Country]
    place: Place


def country_never_named(
    told: Told, above: str, everywhere: Sequence[Country], lang: str, terms: Terms
) -> Iterator[Diagnostic]:
    """Find what is *told* in *lang* and names none of its countries, but others.

    *everywhere* are all countries that the alert is about: another one of these need be named but once. What the alert
    says *above* may name one of its own instead, unless another one of *everywhere* is named.
    """
    names = terms.names_in_texts(lang) if told.countries and told.text else None
    whole = f"{told.headline}\n{told.text}"
    if not names or any(names.is_plain(country.name.said_in(lang), whole) for country in told.countries):
        return
    own, all_codes = ({country.code for country in some} for some in (told.countries, everywhere))
    times, in_headline = names.named(whole), names.named(told.headline)
    others = [code for code, count in times.most_common() if count >= _OFTEN or code in {*in_headline, *all_codes}]
    if not others or own & names.all_in(whole) or names_town(own, whole):
        return
    if own & names.all_in(above) and all_codes.isdisjoint(others):
        return
    named = listed([shown(terms.country_of(code)) for code in others[:_MOST]], "and")
    meant = listed(map(shown, told.countries))
    message = f"this text names {named}, or places there, but never {meant}, which `country` says"
    hint = "look which country it is about, and write that; if this one is right, name it in the text"
    yield problem("country-never-named", message, told.place, hint=hint)


def country_of_header_alone(
    header: Sequence[Country], situations: Sequence[Told], above: str, lang: str, at: Place, terms: Terms
) -> Iterator[Diagnostic]:
    """Find countries of the *header* that no text means and none of the *situations* is about.

    Where another one has come in their place, and is named, that is what remains of last week's header.
    """
    told = {country for situation in situations for country in situation.countries}
    spare = [country for country in header if country not in told]
    names = terms.names_in_texts(lang) if spare and told.difference(header) else None
    if not names:
        return
    text = "\n".join((above, *(f"{one.headline}\n{one.text}" for one in situations)))
    if not names.named(text).keys() & {country.code for country in told.difference(header)}:
        return
    meant = names.all_in(text)
    for country in spare:
        if country.code not in meant and not names_town([country.code], text):
            message = f"`country` says {shown(country)}, but no situation is about it, and no text names it"
            hint = "take it out, or write it into the braces of the heading that it belongs to"
            yield problem("country-never-named", message, at, hint=hint)
