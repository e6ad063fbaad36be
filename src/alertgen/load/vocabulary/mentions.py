"""Countries that a text names.

That a country is meant is taken for granted at the least sign, such as `Burmese`. That another one is named counts only
where its name, or that of a place in it, stands there as it is. So this is of use only in languages in which the name
of a country has one form.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property

from alertgen.load.vocabulary.signs import EVERYDAY
from alertgen.load.vocabulary.vocabularies import bare

_KEY = 4
"""Letters by which a name is looked up, and in which what people are called often agrees with their country."""
_MOST = 3
"""Countries whose names begin with the same letters; where there are more, these tell nothing: `Unit…`."""
_LONGEST = 60
"""Letters of a name."""
_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de]\w+")
"""It may be the end of a word, too: looking behind each letter takes three times as long."""

Names = Mapping[str, Collection[str]]
"""Names, and the codes of the countries that each may mean."""


class NamesInTexts:
    """The names of countries in one language."""

    def __init__(self, names: Names, places: Names, codes: Names) -> None:
        """Take *names* as `bare` gives them or, if short, as they are written, and *places* and *codes* likewise."""
        self._names, self._places, self._codes = names, places, codes
        self._begins = cache(lambda word: bare(word) in self._first_words)
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
    def _first_words(self) -> frozenset[str]:
        """The words with which names and places begin."""
        return frozenset(word[0] for name in (*self._names, *self._places) if (word := _WORD.search(bare(name))))

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
            if not self._begins(capital[0]) or start < end or text[start - 1 : start].isalnum():
                continue
            name, end = self._whole_name_at(text, start, capital[0])
            codes = self._meant(name)
            times.update(codes if len(codes) == 1 else ())
        return times

    def _whole_name_at(self, text: str, start: int, word: str) -> tuple[str, int]:
        """Return the name or place that begins with *word* in *text*, and where it ends; empty for none."""
        if len(word) < _KEY and (short := self._short(word)):
            return short, start + len(short)
        key = text[start : start + _KEY].casefold()
        if key.isascii() and key not in self._by_key:
            return "", start
        told = bare(text[start : start + _LONGEST])
        name = self._name_at(told, 0)
        return (name, start + len(name)) if name and _ends_at(told, len(name)) else ("", start + len(name))

    def _short(self, word: str) -> str:
        """Return the form of a name that is *word*: initials as they are written, a name in any capitals."""
        return next((form for form in (word, word.casefold()) if form in self._names), "")

    def all_in(self, text: str) -> set[str]:
        """Return the codes of all countries that *text* may mean.

        A word that may mean a country which *text* names for certain means no other.
        """
        named = set(self.named(text))
        return named.union(*(codes for codes in self._in_words(text) if named.isdisjoint(codes)))

    def _in_words(self, text: str) -> Iterator[Collection[str]]:
        """Yield the codes of the countries that each word of *text* may mean."""
        told, end = bare(text.replace(".", "")), 0
        for word in _WORD.finditer(told):
            start = word.start()
            if start < end:
                continue
            if name := self._name_at(told, start):
                end = start + len(name)
                yield {*self._meant(name), *(() if _ends_at(told, end) else self._begun_by(word[0]))}
            elif word[0] not in EVERYDAY and len(codes := self._beginnings.get(word[0][:_KEY], ())) <= _MOST:
                yield codes
        for written in _WORD.findall(text.replace(".", "")):
            if len(written) < _KEY:
                yield self._meant(self._short(written))
                yield self._codes.get(written, ())

    def _begun_by(self, word: str) -> Iterator[str]:
        """Yield the codes of the countries whose names begin with *word*: `Dominican` is not of Dominica alone."""
        for name in self._by_key.get(word[:_KEY], ()):
            yield from self._meant(name) if name.startswith(f"{word} ") else ()

    def _name_at(self, told: str, start: int) -> str:
        """Return the longest name or place at *start*; a long one may be the beginning of a word. Empty for none."""
        for name in self._by_key.get(told[start : start + _KEY], ()):
            if told.startswith(name, start) and (len(name) > _KEY or _ends_at(told, start + len(name))):
                return name
        return ""

    def _meant(self, name: str) -> Collection[str]:
        return self._names.get(name) or self._places.get(name, ())


def _ends_at(told: str, end: int) -> bool:
    return not told[end : end + 1].isalnum()
