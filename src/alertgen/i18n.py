"""Words of the interface: catalogues of texts, plurals, dates and lists in the languages of readers.

The texts are in `data/locales/<tag>.toml`: `[text]` holds sentences with `{named}` values, `[counted.KEY]` one sentence
for each plural category of CLDR (Unicode Plural Rules, https://cldr.unicode.org/index/cldr-spec/plural-rules).
"""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache

from alertgen.data import DATA
from alertgen.manners import Manner
from alertgen.records import dataclass, field

FALLBACK = "en"
"""The language of texts and dates where a language has no catalogue, or CLDR does not know it."""

_FOLDER = DATA / "locales"

CATALOGUES: tuple[str, ...] = tuple(sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir()))
"""Languages that have a catalogue."""


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
    _manner: Manner
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
        pattern = forms.get(self._manner.plural(number)) or forms["other"]
        return pattern.format(n=self.number(number), **values)

    def patterns(self, *, counted: bool = False) -> Mapping[str, str]:
        """Return the texts by key, with the names of what is put in between braces; or those that are *counted*."""
        return {key: forms["other"] for key, forms in self._counted.items()} if counted else self._text

    def day(self, date: datetime.date) -> str:
        """Return *date* as readers write it: `27 January 2021`."""
        return self._manner.day(date)

    def month(self, date: datetime.date) -> str:
        """Return the month of *date*: `January 2021`."""
        return self._manner.month(date)

    def short_month(self, date: datetime.date) -> str:
        """Return the name of the month of *date*, as short as is usual: `Jan`."""
        return self._manner.short_month(date)

    @property
    def month_names(self) -> tuple[str, ...]:
        """The names of the months as they stand in dates; none where nobody knows them."""
        return self._manner.month_names

    def number(self, number: int) -> str:
        """Return *number* with the language's mark between thousands."""
        return self._manner.number(number)

    def list(self, names: Iterable[str]) -> str:
        """Return *names* as a list in a sentence: `Sudan, South Sudan and Mali`."""
        return self._manner.list(tuple(names))

    def quote(self, text: str) -> str:
        """Return *text* between the quotation marks of the language, and the other kind around what it quotes."""
        left, _, right = self._text["quoted"].partition("{text}")
        inner_left, _, inner_right = self._text["quoted_inside"].partition("{text}")
        return self.say("quoted", text=text.replace(left, inner_left).replace(right, inner_right))


_known: dict[str, Words] = {}


def words(lang: str) -> Words:
    """Return the interface in *lang*, a BCP 47 tag; a region's own variant falls back on the language."""
    known = _known.get(lang)
    if known is None:
        known = _known[lang] = _words(lang)
    return known


def spoken() -> tuple[Words, ...]:
    """Return the interface in all languages that anybody has asked for."""
    return tuple(_known.values())


def take_for_known(languages: Iterable[Words]) -> None:
    """Take *languages* for what `words` would make anew: they were made by this alertgen."""
    _known.update((known.lang, known) for known in languages)


def month_names(lang: str) -> tuple[str, ...]:
    """Return the names of the months in *lang* as they stand in dates; none where nobody knows them."""
    known = _known.get(lang)
    if known is not None:
        return known.month_names
    from alertgen.cldr import month_names_of  # here, since what is known needs no Babel

    return month_names_of(lang)


def _words(lang: str) -> Words:
    from alertgen.cldr import direction_of, manner_of, name_of  # here, since what is known needs no Babel

    catalogue = next((tag for tag in (lang, lang.partition("-")[0]) if tag in CATALOGUES), None)
    text, counted = _read(catalogue or FALLBACK)
    return Words(
        lang=lang,
        direction=direction_of(lang),
        language_name=name_of(lang),
        complete=catalogue is not None,
        _manner=manner_of(lang, catalogue or FALLBACK),
        _text=text,
        _counted=counted,
    )


@cache
def _read(tag: str) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    import tomllib  # here, for the same reason

    tables = tomllib.loads((_FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    return tables["text"], tables["counted"]
