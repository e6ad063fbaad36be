"""Texts that never name the country they are said to be about, and name another one.

That is what remains of last week's heading, or of two situations that have exchanged their countries.
"""

from collections.abc import Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.vocabulary.terms import Terms, shown
from alertgen.model import Country
from alertgen.text import listed

_OFTEN = 2
"""Times that another country, or a place in it, is named."""
_MOST = 3
"""Countries that are told."""


def country_never_named(
    text: str,
    countries: Sequence[Country],
    above: str,
    everywhere: Sequence[Country],
    lang: str,
    at: Place,
    terms: Terms,
) -> Iterator[Diagnostic]:
    """Find a *text* in *lang* that names none of the *countries* it is about, and names others.

    What the alert says *above* it may name one instead, unless the alert is about one of the others as well.
    *everywhere* are all countries that it is about.
    """
    names = terms.names_in_texts(lang) if countries and text else None
    if not names or any(names.is_plain(country.name.said_in(lang), text) for country in countries):
        return
    own = {country.code for country in countries}
    named = names.named(text)
    others = [terms.country_of(code) for code, times in named.most_common(_MOST) if times >= _OFTEN]
    if not others or own & {*named, *names.signs(text, named)}:
        return
    if own & names.signs(above, ()) and not set(others) & set(everywhere):
        return
    meant, told = listed(map(shown, countries)), listed(map(shown, others), "and")
    message = f"this text often names {told}, or places there, but never {meant}, which `country` says"
    hint = "look which country it is about, and write that; if this one is right, name it in the text"
    yield problem("country-never-named", message, at, hint=hint)
