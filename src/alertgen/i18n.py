"""Words of the interface: catalogues of texts, plurals, dates and lists in the languages of readers.

The texts are in `data/locales/<tag>.toml`: `[text]` holds sentences with `{named}` values, `[counted.KEY]` one sentence
for each plural category of CLDR (Unicode Plural Rules, https://cldr.unicode.org/index/cldr-spec/plural-rules).
"""

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from alertgen.records import dataclass

FALLBACK = "en"
"""The language of texts and dates where a language has no catalogue, or CLDR does not know it."""

_FOLDER = Path(__file__).parent / "data" / "locales"

CATALOGUES: tuple[str, ...] = tuple(sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir()))
"""Languages that have a catalogue."""

_RTL_SCRIPTS = frozenset(
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]
)


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language."""

    lang: str
    """The tag asked for, such as `fr-CH`."""
    direction: str
    """`ltr` or `rtl`."""
    language_name: str
    """Name of the language in itself; the tag where CLDR has none."""
    complete: bool
    """Whether there is a catalogue for the language; if not, texts are in English."""
    _locale: Locale
    _counting: Locale
    _text: Mapping[str, str] = field(repr=False)
    _counted: Mapping[str, Mapping[str, str]] = field(repr=False)

    def say(self, key: str, **values: object) -> str:
        """Return the text of *key* with *values* put in.

        Raises:
            KeyError: there is no such text, or a value is missing (a bug in code or template).
        """
        return self._text[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return the text of *key* in the plural that *number* needs; `{n}` in it is the number.

        Raises:
            KeyError: there is no such text, or a value is missing.
        """
        forms = self._counted[key]
        pattern = forms.get(self._counting.plural_form(number)) or forms["other"]
        return pattern.format(n=self.number(number), **values)

    def day(self, date: datetime.date) -> str:
        """Return *date* as readers write it: `27 January 2021`."""
        return _day(date, self._locale)

    def month(self, date: datetime.date) -> str:
        """Return the month of *date*: `January 2021`."""
        return str(format_skeleton("yMMMM", date, locale=self._locale))

    def short_month(self, date: datetime.date) -> str:
        """Return the name of the month of *date*, as short as is usual: `Jan`."""
        return str(format_date(date, "LLL", locale=self._locale))

    def number(self, number: int) -> str:
        """Return *number* with the language's mark between thousands."""
        return _number(number, self._locale)

    def list(self, names: Iterable[str]) -> str:
        """Return *names* as a list in a sentence: `Sudan, South Sudan and Mali`."""
        return format_list(list(names), locale=self._locale)

    def quote(self, text: str) -> str:
        """Return *text* between the quotation marks of the language."""
        return self.say("quoted", text=text)


@cache
def words(lang: str) -> Words:
    """Return the interface in *lang*, a BCP 47 tag; a region's own variant falls back on the language."""
    catalogue = next((tag for tag in (lang, lang.partition("-")[0]) if tag in CATALOGUES), None)
    locale = _locale(lang)
    text, counted = _read(catalogue or FALLBACK)
    return Words(
        lang=lang,
        direction=_direction(lang, locale),
        language_name=(locale.get_display_name(locale) if locale else None) or lang,
        complete=catalogue is not None,
        _locale=_dated(locale),
        _counting=Locale.parse(catalogue or FALLBACK),
        _text=text,
        _counted=counted,
    )


@cache
def _read(tag: str) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    tables = tomllib.loads((_FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    return tables["text"], tables["counted"]


def _locale(lang: str) -> Locale | None:
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _dated(locale: Locale | None) -> Locale:
    """Return the locale of dates and lists; plain English is written as the UN does: `27 January`, `a, b and c`."""
    if locale is None or (locale.language == FALLBACK and not locale.territory):
        return Locale("en", "GB")
    return locale


def _direction(lang: str, locale: Locale | None) -> str:
    """Tell the direction of writing: by the script in the tag, else by the language's usual script."""
    scripts = [part for part in lang.split("-")[1:] if len(part) == 4 and part.isalpha()]
    usual = get_global("likely_subtags").get(lang.partition("-")[0], "").split("_")[1:2]
    for script in (scripts or usual)[:1]:
        return "rtl" if script.title() in _RTL_SCRIPTS else "ltr"
    return locale.text_direction if locale else "ltr"


@lru_cache(maxsize=4096)
def _number(number: int, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@cache
def _day(date: datetime.date, locale: Locale) -> str:
    shown = format_date(date, "long", locale)
    if locale.language == "fr" and date.day == 1:
        return shown.replace("1 ", "1er ", 1)  # French counts the first day of a month; CLDR does not
    return shown
