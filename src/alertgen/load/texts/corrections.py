"""Corrections: the countries that were wrong, and their numbers.

By its number feeds know a correction for ever, whatever becomes of the others of its day.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count, groupby
from math import inf

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.load.documents import Document
from alertgen.load.keys.header import AlertHeader
from alertgen.load.vocabulary.terms import Terms, sorted_out
from alertgen.load.yaml.nodes import Scalar
from alertgen.model import Correction, Country
from alertgen.records import replace


def wrong_countries(document: Document, terms: Terms) -> tuple[Mapping[str, Country], tuple[Diagnostic, ...]]:
    """Return the countries that the corrections of *document* call wrong, by what was typed, and what is not known."""
    typed = document.typed("wrong_country")
    if not typed:
        return {}, ()
    found = [terms.country(value.text, value.place) for value in typed]
    known = {_line(value): one for value, one in zip(typed, found, strict=True) if isinstance(one, Country)}
    return known, sorted_out(found)[1]


def corrections_of(
    header: AlertHeader, countries: Mapping[str, Country], known: Mapping[str, int]
) -> tuple[Correction, ...]:
    """Return the corrections in *header*; see `wrong_countries` for *countries* and `numbered` for what is *known*."""
    notes = [
        Correction(
            date=note.date, text=note.text, wrong_countries=tuple([countries[one] for one in note.wrong_country])
        )
        for note in header.corrections
    ]
    return numbered(notes, known)


def still_wrong(document: Document, wrong: Mapping[str, Country], said: Sequence[Country]) -> Iterator[Diagnostic]:
    """Find countries that a correction in *document* calls *wrong*, though they are *said* as before."""
    for value in document.typed("wrong_country"):
        country = wrong.get(_line(value))
        if country and country in said:
            name = country.name.default
            message = f"this correction says that {name} was wrong, but the alert is about {name}"
            hint = f"take {name} out of the header or the heading, or out of `wrong_country`"
            yield problem("wrong-country", message, value.place, hint=hint)


def _line(value: Scalar) -> str:
    return " ".join(value.text.split())


def numbered(corrections: Sequence[Correction], known: Mapping[str, int]) -> tuple[Correction, ...]:
    """Return *corrections*, whose days are in order, newest first, each with its number of its day.

    *known* are the numbers under which corrections were published, by their marks. Whatever is new of a day is newer
    than what was published, wherever it stands.
    """
    days = groupby(corrections, key=lambda note: note.date)
    return tuple(chain.from_iterable(_of_a_day(list(notes), _of(f"{day} ", known)) for day, notes in days))


def _of(day: str, known: Mapping[str, int]) -> dict[str, int]:
    return {mark: number for mark, number in known.items() if mark.startswith(day)}


def _of_a_day(notes: Sequence[Correction], known: Mapping[str, int]) -> list[Correction]:
    oldest_first = notes[::-1]
    numbers = _published([note.mark for note in oldest_first], known)
    gone = sorted({*known.values()}.difference(numbers))
    start = 0
    for is_known, group in groupby(numbers[:], bool):
        end = start + len(list(group))
        if not is_known:
            numbers[start:end] = _reworded(numbers, start, end, gone)
        start = end
    new = count(max(known.values(), default=0) + 1)
    told = [replace(note, number=number or next(new)) for note, number in zip(oldest_first, numbers, strict=True)]
    return sorted(told, key=lambda note: note.number, reverse=True)


def _reworded(numbers: Sequence[int], start: int, end: int, gone: Sequence[int]) -> list[int]:
    """Return the numbers for what stands between *start* and *end*: of those that are *gone*, or 0 for what is new.

    They lie between the *numbers* around, so that nothing new gets the number of what was deleted long before. Where
    more are gone than there are texts, the oldest were deleted, rather than reworded.
    """
    older, newer = max(numbers[:start], default=0), min(filter(None, numbers[end:]), default=inf)
    fit = [number for number in gone if older < number < newer]
    fit = fit[max(0, len(fit) - (end - start)) :]
    return fit + [0] * (end - start - len(fit))


def _published(marks: Sequence[str], known: Mapping[str, int]) -> list[int]:
    """Return the numbers under which corrections with *marks* were published, 0 for those that are new or reworded."""
    numbers: list[int] = []
    for mark in marks:
        number = known.get(mark, 0)
        numbers.append(0 if number in numbers else number)
    return numbers
