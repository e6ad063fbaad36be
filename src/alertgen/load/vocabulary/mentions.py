"""Countries that a text names.

That a country is meant is taken for granted at the least sign, such as `Burmese`. That another one is named counts only
where its name, or that of a place in it, stands there as it is. So this is of use only in languages in which the name
of a country has one form.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from alertgen.load.vocabulary.vocabularies import bare

ONE_FORM = frozenset(("en", "es", "fr", "pt"))
"""Languages in which the name of a country has one form."""

_KEY = 4
"""Letters by which a name is looked up, and in which what people are called often agrees with their country."""
_MOST = 3
"""Countries whose names begin with the same letters; where there are more, these tell nothing: `Unit…`."""
_LONGEST = 60
"""Letters of a name."""
_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"(?<!\w)[A-Z\u00c0-\u00de]\w+")

Names = Mapping[str, Collection[str]]
"""Names, and the codes of the countries that each may mean."""


class NamesInTexts:
    """The names of countries in one language."""

    def __init__(self, names: Names, places: Names, initials: Names) -> None:
        """Take *names* and *places* as `bare` gives them, and *initials* as they are written."""
        self._names, self._places, self._initials = names, places, initials
        self._within: dict[str, bool] = {}
        """Names of countries -> whether they stand within another one, as `Guinea` does."""

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        """Names and places by their first letters, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted({*self._names, *self._places}, key=lambda name: (-len(name), name)):
            found.setdefault(name[:_KEY], []).append(name)
        return found

    @cached_property
    def _beginnings(self) -> dict[str, set[str]]:
        """Codes by the first letters of the words in names of one or two words."""
        found: dict[str, set[str]] = {}
        for words, codes in ((name.split(), codes) for name, codes in self._names.items()):
            for word in words if len(words) < 3 else ():
                found.setdefault(word[:_KEY], set()).update(codes)
        return found

    def is_plain(self, name: str, text: str) -> bool:
        """Tell at a glance whether *text* says *name*, and means it, as it need not where it says `Guinea`."""
        start = text.find(name)
        if start < 0:
            return False
        if name not in self._within:
            within = f" {bare(name)} "
            forms = (f" {other} " for other in self._names)
            self._within[name] = any(within in form and within != form for form in forms)
        return not self._within[name] and not text[start + len(name) : start + len(name) + 1].isalnum()

    def named(self, text: str) -> Counter[str]:
        """Return how often *text* names each country, or a place in it, for certain."""
        times: Counter[str] = Counter()
        end = 0
        for capital in _CAPITAL.finditer(text):
            start = capital.start()
            key = text[start : start + _KEY].casefold()
            if start < end or (key.isascii() and key not in self._by_key):
                continue
            told = bare(text[start : start + _LONGEST])
            if name := self._name_at(told, 0):
                end = start + len(name)
                codes = self._meant(name)
                times.update(codes if len(codes) == 1 and _ends_at(told, len(name)) else ())
        return times

    def signs(self, text: str, named: Collection[str]) -> set[str]:
        """Return the codes of all countries that a word of *text* may mean.

        A word that may mean one of those that are *named* for certain means no other.
        """
        return {code for codes in self._in_words(text) if not set(codes) & set(named) for code in codes}

    def _in_words(self, text: str) -> Iterator[Collection[str]]:
        """Yield the codes of the countries that each word of *text* may mean."""
        told, end = bare(text.replace(".", "")), 0
        for word in _WORD.finditer(told):
            start = word.start()
            if start < end:
                continue
            if name := self._name_at(told, start):
                end = start + len(name)
                yield self._meant(name)
            elif len(codes := self._beginnings.get(word[0][:_KEY], ())) <= _MOST:
                yield codes
        for written in _WORD.findall(text.replace(".", "")):
            yield from (self._initials[form] for form in (written, written.casefold()) if form in self._initials)

    def _name_at(self, told: str, start: int) -> str:
        """Return the longest name or place at *start*; a long one may be the beginning of a word. Empty for none."""
        for name in self._by_key.get(told[start : start + _KEY], ()):
            if told.startswith(name, start) and (len(name) > _KEY or _ends_at(told, start + len(name))):
                return name
        return ""

    def _meant(self, name: str) -> Collection[str]:
        return self._names.get(name) or self._places[name]


def _ends_at(told: str, end: int) -> bool:
    return not told[end : end + 1].isalnum()
