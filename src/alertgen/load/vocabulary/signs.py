"""Words that may say which country a text is about, for whom it would take too long to look up countries."""

import re
import unicodedata
from collections import Counter
from functools import cache

from alertgen.data import DATA

ONE_FORM = frozenset(("en", "es", "fr", "pt"))
"""Languages in which the name of a country has one form."""

_LETTERS = 4
"""So many letters at the beginning of a word tell whether a name of a country begins with it, or that of its people."""
EVERYDAY = frozenset(
    (
        *(
            "north",
            "south",
            "east",
            "west",
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "center",
            "centre",
        ),
        *("allegations", "alleged", "allegedly", "anti", "armed", "assault", "authorities", "came", "cent", "check"),
        *("children", "city", "coast", "cost", "costs", "crime", "crimes", "crisis", "demonstration", "done", "equal"),
        *("federal", "great", "greater", "heard", "hunger", "independent", "indiscriminate", "individuals", "island"),
        *("islands", "letter", "letters", "month", "months", "named", "occupied", "occur", "part", "particular"),
        *("parties", "partner", "partners", "parts", "people", "place", "places", "police", "political", "population"),
        *("regime", "republic", "served", "service", "services", "single", "state", "stated", "statement", "states"),
        *("strike", "strikes", "strip", "territory", "terrorism", "terrorist", "terrorists", "unidentified", "united"),
        *("autre", "autres", "armés", "grande", "grands", "guerre", "pays", "partie", "politiques", "porte", "état"),
        *("armados", "costa", "estado", "estados", "grande", "grandes", "guerra", "partes", "países", "territorio"),
    )
)
"""Words that are part of a name in capitals only, or by chance begin like one."""
_WORD = re.compile(r"\w+")
_MARK = re.compile("[\u0300-\u036f]")


def may_say_other_countries(old: str, new: str, lang: str) -> bool:
    """Tell whether a word that may mean a country stands more or less often in *new* than in *old*, texts in *lang*.

    In other languages than those of `ONE_FORM` nobody looks for countries in a text.
    """
    if lang.partition("-")[0] not in ONE_FORM:
        return False
    before, after = (Counter(_WORD.findall(text)) for text in (old, new))
    return any(_may_mean_a_country(word) for word in (before - after) + (after - before))


def _may_mean_a_country(word: str) -> bool:
    if len(word) < _LETTERS:
        return word[:2].isupper() or not word.isascii()
    return word not in EVERYDAY and _plain(word)[:_LETTERS] in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    """Return how the words in the names of countries and of places there begin."""
    tables = [(DATA / name).read_text(encoding="utf-8") for name in ("countries.csv", "other_names.csv")]
    table = _plain("".join(table.partition("\n")[2] for table in tables))
    return frozenset(word[:_LETTERS] for word in _WORD.findall(table))


def _plain(text: str) -> str:
    return _MARK.sub("", unicodedata.normalize("NFKD", text.casefold()))
