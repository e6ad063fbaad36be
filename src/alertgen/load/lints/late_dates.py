"""Days in a text that come after the day of its alert: most often a slip in one of the two."""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from alertgen.diagnostics import Diagnostic
from alertgen.i18n import month_names
from alertgen.load.markdown.source import Source
from alertgen.patterns import late
from alertgen.screens import Screen, in_any_case

_YET_TO_COME = late(
    r"\b(?:will|would|shall|until|till|by|before|due|scheduled|planned|plans?|expires?|expected|upcoming|next|deadline"
    r"|ahead|set to|is to|are to|extend\w*|renew\w*|mandate|postponed|updated?|accessed|retrieved"
    r"|jusqu\w*|avant|prévue?s?|prochaine?s?|devra\w*|doit|doivent|sera|seront|reportée?s?|proroge\w*|prolong\w*|mandat"
    r"|hasta|até|antes|previst[oa]s?|próxim\w+|será|serán|serão|deber\w+|dever\w+|prorrog\w+|mandato|aplaza\w*"
    r"|adia\w*|vence\w*|expira\w*)\b|حتى|سوف|المقبل|سي\w+",
    re.IGNORECASE,
)
"""Words that announce a day; a sentence with one of them is left alone."""
_SPACES = tuple(filter(str.isspace, map(chr, range(0x3001))))
"""All white space there is."""
_LONGEST = 60
"""Characters before its year that a day can have."""
_SENTENCE = late(r"[^.!?؟\n]+(?:[.!?؟]|\n|$)")


def late_dates(source: Source, day: datetime.date) -> Iterator[Diagnostic]:
    """Report days, written out with their year, that a text of the *day* tells of as if they had been."""
    body, lang = source.text, source.lang
    years = list(_years(body, day.year)) if _may_name_days(lang.partition("-")[0]).matches(body) else ()
    pattern = _pattern(lang.partition("-")[0]) if years else None
    if pattern is None or not any(_is_late(match, lang, day) for match in _dated(body, pattern, years)):
        return
    for sentence in _SENTENCE.finditer(source.prose):
        if not _YET_TO_COME.search(sentence[0]):
            yield from _in_sentence(sentence, pattern, source, day)


@cache
def _may_name_days(lang: str) -> Screen:
    return Screen(partial(_days, lang))


def _days(lang: str) -> str:
    """Return the expression for whatever may be a day with its year in *lang*."""
    names = in_any_case("|".join(re.escape(name) for name in _months(lang)))
    blank = r"[\s\x1c-\x1f]"
    before = rf"\d(?:er|st|nd|rd|th)?\.?{blank}+(?:de{blank}+)?(?:{names}){blank}*,?{blank}+(?:de{blank}+)?\d{{4}}"
    return rf"(?i:{before}|(?:{names}){blank}+\d+(?:st|nd|rd|th)?,?{blank}+\d{{4}})"


def _years(text: str, first: int) -> Iterator[int]:
    """Yield where the years in *text* end that are *first* or later."""
    for space in _SPACES:
        for year in _year_behind(space).finditer(text) if space in text else ():
            if int(year[0][1:]) >= first:
                yield year.end()


def _dated(text: str, pattern: re.Pattern[str], years: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the days in *text*, searching only before its *years*."""
    for end in years:
        yield from pattern.finditer(text, max(0, end - 4 - _LONGEST), end)


@cache
def _year_behind(space: str) -> re.Pattern[str]:
    """Return the expression for a year behind that white space: it is found fast by its first character."""
    return re.compile(rf"{re.escape(space)}\d{{4}}(?!\d)")


def _in_sentence(
    sentence: re.Match[str], pattern: re.Pattern[str], source: Source, day: datetime.date
) -> Iterator[Diagnostic]:
    for match in pattern.finditer(sentence[0]):
        if _is_late(match, source.lang, day):
            yield source.problem(
                "late-date",
                f'"{match[0]}" is after the date of the alert, {day}',
                source.place(sentence.start() + match.start(), len(match[0])),
                hint="check whether one of the two is wrong; a day that is still to come may stay",
            )


@cache
def _months(lang: str) -> dict[str, int]:
    """Return the numbers of the months by their names in *lang*, in small letters."""
    return {name.lower(): number for number, name in enumerate(month_names(lang), 1)}


@cache
def _pattern(lang: str) -> re.Pattern[str] | None:
    names = "|".join(re.escape(name) for name in _months(lang))
    if not names:
        return None
    one = r"(?<![\d.,])(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\.?\s+(?:de\s+)?"
    two = rf"{one}(?P<month>{names})\s*,?\s+(?:de\s+)?(?P<year>\d{{4}})(?!\d)"
    other = rf"\b(?P<month2>{names})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})(?!\d)"
    return re.compile(f"{two}|{other}", re.IGNORECASE)


def _number(month: str, lang: str) -> int:
    """Return the number of the *month*, which may be in capitals (`HAZİRAN`) or a letter off (`Mayis`)."""
    known = _months(lang)
    same = (number for name, number in known.items() if re.fullmatch(re.escape(name), month, re.IGNORECASE))
    return known.get(month.lower()) or next(same)


def _is_late(match: re.Match[str], lang: str, day: datetime.date) -> bool:
    number, month, year = (
        match.group("day", "month", "year") if match["day"] else match.group("day2", "month2", "year2")
    )
    try:
        return datetime.date(int(year), _number(month, lang.partition("-")[0]), int(number)) > day
    except ValueError:
        return False  # 31 June: no day, so not a late one
