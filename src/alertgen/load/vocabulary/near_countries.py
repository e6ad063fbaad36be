"""Which country somebody may have meant who wrote another name of it, a place in it, or made a slip.

A wrong guess leads an editor astray, so whole words are compared, and letters only where the rest of a name agrees.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from alertgen.model import Country
from alertgen.records import dataclass
from alertgen.text import unaccented

Words = tuple[str, ...]

_SHORTEST = 4
"""Letters of a name that is no code, and of a word that may have a slip."""
_LONG_WORD = 9
"""Letters from which on a word may have two slips."""
_MOST = 4
"""Countries in one hint."""
_LONG = {"rep": "republic", "dem": "democratic", "st": "saint", "n": "north", "s": "south", "e": "east", "w": "west"}
_FILLERS = frozenset(("the", "of", "and"))
_TELLS_NOTHING = frozenset(
    (
        *("republic", "democratic", "people", "state", "states", "kingdom", "federal", "federated", "federation"),
        *("islamic", "arab", "union", "united", "islands", "island", "territory", "territories", "city", "saint"),
        *("new", "great", "central", "north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("africa", "african", "america", "american", "asia", "asian", "europe", "european"),
        *("british", "chinese", "french"),
    )
)
"""Words that stand in the names of several countries, or of what is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A name of a country, taken apart."""

    words: Words
    codes: tuple[str, ...]


class NearCountries:
    """The names of all countries, for whoever wrote none of them."""

    def __init__(
        self,
        names: Iterable[tuple[str, tuple[str, ...]]],
        places: Mapping[str, tuple[str, ...]],
        countries: Iterable[Country],
    ) -> None:
        translated = [(text, (one.code,)) for one in countries for _, text in one.name.by_language]
        self._names = [_Name(words=_words(name), codes=codes) for name, codes in (*names, *translated)]
        self._long = [name for name in self._names if len("".join(name.words)) >= _SHORTEST]
        """Without codes and initials, which are words of many languages."""
        self._places = {frozenset(_words(place)): codes for place, codes in places.items()}

    def of(self, typed: str) -> tuple[str, ...]:
        """Return the codes of the countries that *typed* may have meant, the likeliest first."""
        words = _words(typed)
        for found in (self._same(words), self._places.get(frozenset(words), ()), self._slips(words)):
            if found:
                return tuple(found)[:_MOST]
        return _distinct((*self._parts(words), *self._wholes(words)))[:_MOST]

    def _same(self, words: Words) -> Sequence[str]:
        """Return the countries of exactly these words, in whatever order: `Korea, Republic of`."""
        return _distinct(name for name in self._names if words and sorted(name.words) == sorted(words))

    def _slips(self, words: Words) -> Sequence[str]:
        """Return the countries of which every word is the same or mistyped."""
        joined = "".join(words)
        if glued := [name for name in self._long if "".join(name.words) == joined]:
            return _distinct(glued)
        found = [(name, _slips(words, name.words)) for name in self._long if len(name.words) == len(words)]
        fewest = min((slips for _, slips in found if slips is not None), default=None)
        return _distinct(name for name, slips in found if fewest is not None and slips == fewest)

    def _parts(self, words: Words) -> Iterable[_Name]:
        """Return the names of which *words* are a part: `Timor`."""
        if not set(words) - _TELLS_NOTHING:
            return []
        return [name for name in self._long if set(words) <= set(name.words)]

    def _wholes(self, words: Words) -> Iterable[_Name]:
        """Return the longest names that stand whole in *words*: `South Sudan` in `Republic of South Sudan`."""
        within = [name for name in self._long if set(name.words) <= set(words) and _tells(name.words, words)]
        return [name for name in within if not any(set(name.words) < set(other.words) for other in within)]


def _words(text: str) -> Words:
    """Return the words of *text* as they are compared: `S. Sudan` is `south sudan`, `Timor-Leste` `timor leste`."""
    plain = unaccented(text.casefold().replace("\u2019", "'").replace("'s ", " "))
    initials = re.sub(r"(?<!\w)(\w)\.\s*(?=\w\.)|(?<=\.)(\w)\.", r"\1\2", plain)
    words = [word for word in re.findall(r"\w+", initials) if word not in _FILLERS]
    return tuple(_LONG.get(word, word) for word in words) if len(words) > 1 else tuple(words)


def _tells(name: Words, words: Words) -> bool:
    """Tell whether *name* within *words* is more than the like of `United … States`."""
    return not set(name) <= _TELLS_NOTHING or set(words) - set(name) <= _TELLS_NOTHING


def _distinct(names: Iterable[_Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in names for code in name.codes))


def _slips(typed: Words, meant: Words) -> int | None:
    """Return how many letters of *typed* are wrong for *meant*; None where they are other words."""
    slips = [_slips_in_word(*pair) for pair in zip(typed, meant, strict=True)]
    return None if None in slips else sum(filter(None, slips))


def _slips_in_word(typed: str, meant: str) -> int | None:
    """Return how many letters are in only one of two words; None where these are too many, or the first is another."""
    from difflib import SequenceMatcher  # here, since hardly ever is anything mistyped

    if typed == meant:
        return 0
    if typed[0] != meant[0] or min(len(typed), len(meant)) < _SHORTEST:
        return None
    if sorted(typed) == sorted(meant):
        return 1
    alike = sum(block.size for block in SequenceMatcher(None, typed, meant).get_matching_blocks())
    slips = len(typed) + len(meant) - 2 * alike
    return slips if slips <= (4 if len(typed) >= _LONG_WORD else 2) else None
