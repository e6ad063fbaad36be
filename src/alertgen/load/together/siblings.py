"""What the content files of a site say together: pictures, trends, summaries and numbers that do not fit."""

from collections.abc import Iterable, Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.load.documents import Label, Made
from alertgen.load.together.translations import translations_at_odds
from alertgen.load.together.twins import public_first, twins_among
from alertgen.model import Alert, Situation, beginning_of
from alertgen.text import counted


def family_problems(made: Sequence[Made], languages: Sequence[str]) -> Iterator[Diagnostic]:
    """Compare all files of the site with each other. Of two that clash, the problem stands at the less public one."""
    ordered = public_first(made, languages)
    alerts = [one for one in ordered if isinstance(one.result, Alert)]
    yield from twins_among(ordered, languages)
    yield from translations_at_odds(alerts)
    yield from _same_summaries(alerts)
    yield from _copied_summaries(alerts)
    yield from _trends_at_odds(alerts)
    yield from _credits_at_odds(alerts)


_STANDING = 80
"""Signs in which summaries are alike that begin with what stands in each issue."""
_WRITTEN = 40
"""Signs of a summary that two alerts hardly have by chance."""
_ISSUES, _PAIR = 3, 2
"""So many alerts make a habit, and so many are an original and its copy."""


def _same_summaries(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find the newest of several alerts whose summaries, or texts, begin with what stands in every issue."""
    alike: dict[tuple[str, str], list[Made]] = {}
    for one in alerts:
        alert = one.alert
        if len(alert.summary) >= _STANDING:
            alike.setdefault((alert.lang, alert.summary[:_STANDING]), []).append(one)
    for several in alike.values():
        if len(several) >= _ISSUES:
            newest = max(several, key=lambda one: (one.alert.date, one.document.path))
            others = counted(len(several) - 1, "other alert")
            message = f"in lists and feeds, this alert begins with the same words as {others}"
            way = "begin `summary` with other words" if _is_written(newest.alert) else "add a line `summary: …`"
            hint = f"{way}; what all issues begin with can stand as `description` in site.yaml"
            yield problem("same-summary", message, newest.document.place, hint=hint)


def _copied_summaries(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find the newer of two alerts with one summary that somebody wrote: most often it came with a copied file."""
    alike: dict[tuple[str, str], dict[str, Made]] = {}
    for one in alerts:
        alert = one.alert
        if len(alert.summary) >= _WRITTEN:
            alike.setdefault((alert.lang, alert.summary), {}).setdefault(alert.stem, one)
    for several in alike.values():
        if len(several) == _PAIR and all(_is_written(one.alert) for one in several.values()):
            older, newer = sorted(several.values(), key=lambda one: (one.alert.date, one.alert.number or 0))
            message = f"{older.document.path} has the same summary"
            hint = "write what this alert is about; lists, feeds and previews of links show it below the title"
            found = problem("copied-summary", message, newer.document.place, hint=hint, also=(older.document.place,))
            yield at_key(found, "summary")


def _is_written(alert: Alert) -> bool:
    """Tell whether *alert* has a summary beside the beginning of its text."""
    return alert.summary != beginning_of(alert.lead, alert.situations)


def _credits_at_odds(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find lead pictures that another alert, too, shows and credits otherwise."""
    first: dict[tuple[str, str], Made] = {}
    for one in alerts:
        picture = one.alert.image
        if not picture:
            continue
        other = first.setdefault((picture.original, one.result.lang), one)
        known = other.alert.image
        if known and other.result.stem != one.result.stem and known.credit.casefold() != picture.credit.casefold():
            message = f'the same picture is credited to "{known.credit}" in {other.document.path}'
            hint = "check which of the two is right, and write it in both"
            also = (other.document.at("image"),)
            yield at_key(problem("other-credit", message, one.document.place, hint=hint, also=also), "image_credit")


def _trends_at_odds(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find trends that contradict how the level of a country has changed. Only the last change of each is looked at."""
    last: dict[str, tuple[Made, Situation]] = {}
    compared: set[str] = set()
    for one in sorted(alerts, key=lambda one: (one.alert.date, one.alert.number or 0), reverse=True):
        for situation in one.alert.situations:
            for country in situation.countries if situation.level else ():
                newer, newest = last.setdefault(country.code, (one, situation))
                if newer.result.stem != one.result.stem and country.code not in compared:
                    compared.add(country.code)
                    yield from _trend_at_odds(newer, newest, one, situation, country.name.default)


def _trend_at_odds(
    newer: Made, newest: Situation, older: Made, before: Situation, country: str
) -> Iterator[Diagnostic]:
    """Compare the trend of the *newest* situation in a country with the levels of it and of the one *before*."""
    if not newest.trend or not newest.level or not before.level or newest.level.rank == before.level.rank:
        return
    meant = "deteriorated" if newest.level.rank < before.level.rank else "improved"
    if newest.trend != meant:
        levels = f"{before.level.slug} on {older.alert.date}, and is {newest.level.slug} here"
        message = f"the trend is {newest.trend}, but the level of {country} was {levels}"
        hint = f"write {meant}, or the level that is meant; if the trend is about something else, leave it out"
        at, also = newer.stated(newest, "trend"), older.stated(before, "level")
        yield problem("trend-against-level", message, at, hint=hint, also=(also,))


def series_problems(documents: Iterable[Label]) -> Iterator[Diagnostic]:
    """Look whether the number of the newest alert follows on those before it. Older gaps are history."""
    numbers: dict[int, Label] = {}
    for document in documents:
        typed = document.said("number")
        if typed.isascii() and typed.isdigit():
            numbers.setdefault(int(typed), document)
    newest = max(numbers.items(), key=lambda pair: (_day(pair[1]), pair[0]), default=None)
    others = sorted(numbers.keys() - {newest[0]}) if newest else []
    if newest and others and newest[0] != others[-1] + 1:
        number, document = newest
        last = numbers[others[-1]]
        if number > others[-1]:
            message = f"the newest alert has the number {number}, but the highest one before it is {others[-1]}"
            hint = f"write {others[-1] + 1}, unless the series leaves numbers out"
            yield problem("number-gap", message, document.at("number"), hint=hint, also=(last.at("number"),))
        else:
            message = (
                f"number {others[-1]} has the date {_day(last)}, but number {number} before it has {_day(document)}"
            )
            hint = "check the dates and numbers of the two, above all the year"
            yield problem("number-gap", message, last.at("date"), hint=hint, also=(document.at("date"),))


def _day(document: Label) -> str:
    return document.said("date") or document.name.date
