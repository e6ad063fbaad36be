"""Numbers of corrections: by these feeds know them for ever, whatever becomes of the others of their day."""

from collections.abc import Mapping, Sequence
from itertools import chain, count, groupby
from math import inf

from alertgen.model import Correction
from alertgen.records import replace


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
