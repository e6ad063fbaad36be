"""Reading what is typed for a new alert, as flags or as answers to questions.

Every function takes the text as typed and returns the value, or raises `FaultError`, which says why it cannot be taken.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import TypeVar

from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.keys import fields
from alertgen.load.keys.fields import FaultError
from alertgen.load.series import Series
from alertgen.model import Country, Level, RiskTag, Trend
from alertgen.text import listed

Term = TypeVar("Term")
_NOWHERE = Place("")


def countries(typed: str, series: Series) -> tuple[Country, ...]:
    """Read one country, or several separated by commas."""
    return _terms(typed, series.terms.country)


def risk_tags(typed: str, series: Series) -> tuple[RiskTag, ...]:
    """Read one risk tag, or several separated by commas."""
    return _terms(typed, series.terms.risk_tag)


def level(typed: str, series: Series) -> Level | None:
    """Read a level of the site; nothing for none."""
    return next(iter(_terms(typed, series.terms.level)), None)


def trend(typed: str, series: Series) -> Trend | None:
    """Read a trend; nothing for none."""
    return next(iter(_terms(typed, series.terms.trend)), None)


def title(typed: str) -> str:
    """Read a title."""
    if not typed.strip():
        raise FaultError("missing-key", "an alert needs a title", "say in a few words where and what")
    return fields.line(typed)


def number(typed: str, series: Series) -> int | None:
    """Read a number that no other alert has; nothing, or `none`, for an alert without number."""
    if typed.lower() in ("", "none"):
        return None
    wanted = fields.whole(typed)
    taken = next((issue for issue in series.issues if issue.number == wanted), None)
    if taken:
        highest = max(issue.number or 0 for issue in series.issues)
        raise FaultError("twin-number", f"{taken.path} has the number {wanted}", f"the next free one is {highest + 1}")
    return wanted


def _terms(typed: str, find: Callable[[str, Place], Term | Diagnostic]) -> tuple[Term, ...]:
    """Look up *typed* as a whole, since some names have commas in them, else each of its parts."""
    whole = find(typed.strip(), _NOWHERE) if typed.strip() else None
    if whole is None:
        return ()
    if not isinstance(whole, Diagnostic):
        return (whole,)
    return tuple(dict.fromkeys(_each(typed, find)))


def _each(typed: str, find: Callable[[str, Place], Term | Diagnostic]) -> Iterable[Term]:
    for word in filter(None, (part.strip() for part in typed.split(","))):
        found = find(word, _NOWHERE)
        if isinstance(found, Diagnostic):
            raise FaultError(found.code, found.message, found.hint)
        yield found


def in_use(chosen: Level | None, on: datetime.date) -> Level | None:
    """Return the level *chosen* if it may be stated on the day *on*."""
    if chosen and not chosen.in_use(on):
        message = f'the level "{chosen.slug}" has not been in use since {chosen.until}'
        raise FaultError("dropped-level", message, "choose one that is in use")
    return chosen


def about_one(chosen: Term | None, what: str, about: tuple[Country, ...]) -> Term | None:
    """Return the level or trend *chosen* if the alert is about one country."""
    if chosen is not None and len(about) != 1:
        names = listed((country.name.default for country in about), "and") or "no country"
        hint = f"write {what}=… behind the heading of each country instead" if about else "name the country too"
        raise FaultError("level-without-country", f"a {what} is about one country, and this is about {names}", hint)
    return chosen
