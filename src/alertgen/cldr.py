"""What CLDR says of a language, in plain values: asked of Babel once, and good for as long as the same Babel is there.

Babel reads the data of a language in as many milliseconds as a page takes to make, several times over; what alertgen
needs of it are a few patterns. CLDR is https://cldr.unicode.org/, its patterns of dates are
https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns.
"""

import datetime
import re
from collections.abc import Callable, Mapping

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import DateTimeFormat, get_date_format, match_skeleton

from alertgen.manners import ROUND, Manner

_ENGLISH = "en"
_FRENCH = "fr"
_SPANISH = "es"
_RTL_SCRIPTS = frozenset(
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]
)
_FIELD = re.compile(r"%\((\w+)\)s")
_YEAR = 2001


def manner_of(lang: str, counting: str) -> Manner:
    """Return how dates, numbers and lists are written in *lang*, a BCP 47 tag, and how *counting*, a language, counts.

    Where CLDR does not know *lang*, it is that of English.
    """
    locale = _dated(_locale(lang))
    days = _by_month(str(get_date_format("long", locale).format), locale)
    lists: Mapping[str, str] = locale.list_patterns["standard"]
    number = locale.decimal_formats[None]
    forms: Callable[[int], str] = Locale.parse(counting).plural_form
    return Manner(
        days=days,
        first_days=tuple(map(_french, days)) if locale.language == _FRENCH else days,
        months=_by_month(_skeleton(locale), locale),
        month_names=month_names_of(lang),
        short_months=_by_month("%(LLL)s", locale),
        lists=(lists["2"], lists["start"], lists["middle"], lists["end"]),
        lists_before_i=_before_i(lists["2"], lists["end"], locale),
        grouping=tuple(number.grouping),
        separator=str(locale.number_symbols["latn"]["group"]),
        plurals=(*(forms(number) for number in range(2 * ROUND)), forms(1_000_000)),
    )


def month_names_of(lang: str) -> tuple[str, ...]:
    """Return the names of the months in *lang* as they stand in dates; none where CLDR does not know it."""
    locale = _locale(lang)
    names: Mapping[int, str] = locale.months["format"]["wide"] if locale else {}
    return tuple(names[number] for number in sorted(names))


def name_of(lang: str) -> str:
    """Return the name of *lang* in itself; the tag where CLDR has none."""
    locale = _locale(lang)
    return (locale.get_display_name(locale) if locale else None) or lang


def short_code_of(code: str) -> str:
    """Return the code of two letters that stands for the language of *code*, such as `fr` for `fra`; else nothing."""
    alias = str(get_global("language_aliases").get(code, ""))
    return alias if len(alias) == 2 else ""


def direction_of(lang: str) -> str:
    """Return `ltr` or `rtl`: by the script in the tag, else by the language's usual script."""
    locale = _locale(lang)
    scripts = [part for part in lang.split("-")[1:] if len(part) == 4 and part.isalpha()]
    usual = get_global("likely_subtags").get(lang.partition("-")[0], "").split("_")[1:2]
    for script in (scripts or usual)[:1]:
        return "rtl" if script.title() in _RTL_SCRIPTS else "ltr"
    return locale.text_direction if locale else "ltr"


def _locale(lang: str) -> Locale | None:
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _dated(locale: Locale | None) -> Locale:
    """Return the locale of dates and lists; plain English is written as the UN does: `27 January`, `a, b and c`."""
    if locale is None or (locale.language == _ENGLISH and not locale.territory):
        return Locale("en", "GB")
    return locale


def _skeleton(locale: Locale) -> str:
    """Return the pattern of month and year."""
    known = locale.datetime_skeletons
    wanted = "yMMMM"
    return str(known[wanted if wanted in known else match_skeleton(wanted, known) or wanted].format)


def _by_month(pattern: str, locale: Locale) -> tuple[str, ...]:
    """Return a pattern of `str.format` with `{y}` and `{d}` for each month, of a *pattern* of dates of Babel."""
    literal = pattern.replace("{", "{{").replace("}", "}}")
    months = (DateTimeFormat(datetime.date(_YEAR, month, 1), locale) for month in range(1, 13))
    return tuple(_FIELD.sub(_writing(month), literal).replace("%%", "%") for month in months)


def _writing(month: DateTimeFormat) -> Callable[[re.Match[str]], str]:
    """Return what writes fields of the pattern of *month*: days and years stay fields, all else has its name there."""

    def written(match: re.Match[str]) -> str:
        field = match[1]
        if field[0] in "dy":
            return f"{{{field[0]}:0{len(field)}d}}" if len(field) > 1 else f"{{{field}}}"
        assert field[0] in "MLG", field
        return str(month[field])

    return written


def _french(day: str) -> str:
    """Return the pattern of the first day of a month: French counts it, and CLDR does not."""
    return day.replace("{d} ", "1er ", 1)


def _before_i(pair: str, end: str, locale: Locale) -> tuple[str, str]:
    """Return the patterns *pair* and *end* of lists before a name that begins with i; CLDR leaves this to programs."""
    return (pair.replace(" y ", " e "), end.replace(" y ", " e ")) if locale.language == _SPANISH else (pair, end)
