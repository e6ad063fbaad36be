"""Words that may say which country a text is about, for whom it would take too long to look up all countries.

Whoever asks wants to be sure that nothing has changed. So an answer may be that something may have, though it has not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache

from alertgen.data import DATA
from alertgen.text import unaccented

ONE_FORM = frozenset(("en", "es", "fr", "pt"))
"""Languages in which the name of a country has one form."""
_EVERYDAY = """
allegations alleged allegedly anti armed assault authorities came cent center central centre check children city
coast cost costs crime crimes crisis demonstration done east eastern equal federal great greater heard hunger
independent indiscriminate individuals island islands letter letters month months named north northern occupied
occur part particular parties partner partners parts people place places police political population regime
republic served service services single south southern state stated statement states strike strikes strip
territory terrorism terrorist terrorists unidentified united west western armados armes autre autres costa
estado estados etat grande grandes grands guerra guerre partes partie pays paises politiques porte territorio
"""
EVERYDAY = frozenset(_EVERYDAY.split())
"""Words, without accents, that are part of a name in capitals only, or by chance begin like one."""

_TABLES = ("countries.csv", "other_names.csv")
_TOWNS = ("towns.csv",)
_HOLDING_NAMES = ("alias", "name", "place")
"""How the columns begin that hold names; others hold codes, and regions of the world."""
_LETTERS = 4
"""So many letters at the beginning of a word tell whether a name of a country begins with it, or that of its people."""
_WORD = re.compile(r"\w+")


def may_say_other_countries(old: str, new: str, typed: Collection[str]) -> bool:
    """Tell whether *new* may name other countries than *old*, or not mean those any more that were *typed* for it.

    It does neither where no name has come or gone, nor the last word that may mean the latter.
    """
    before, after = (Counter(_WORD.findall(text)) for text in (old, new))
    changed = {_form(word) for word in (before - after) + (after - before) if word[0].isupper()}
    lost = {_form(word) for word in before}.difference(map(_form, after), EVERYDAY)
    if not any(map(_seems_known, changed | lost)):
        return False
    codes = [code_of(one) for one in typed]
    if not all(codes) or any(_means(word, codes) for word in lost):
        return True
    said, says_now = _words(old), _words(new)
    names = {name for word in changed for name in _names_with(f" {word} ")}
    return any(said.count(name) != says_now.count(name) for name in names)


def _seems_known(word: str) -> bool:
    """Tell at a glance whether a word in the tables may begin as *word* does."""
    start = _plain(word[:_LETTERS])
    forms = (start.capitalize(), start.upper(), start)
    return any(form in _plain_table(table) for table in (*_TABLES, *_TOWNS) for form in forms)


def _means(word: str, codes: Iterable[str]) -> bool:
    """Tell whether *word* may mean one of the countries *codes*, or stands in the name of a town there."""
    if len(word) < _LETTERS:
        return any(word in _words_of(code, _TABLES) for code in codes)
    return any(word[:_LETTERS] in _beginnings(code) or word in _words_of(code, _TOWNS) for code in codes)


@cache
def _beginnings(code: str) -> frozenset[str]:
    return frozenset(word[:_LETTERS] for word in _words_of(code, _TABLES))


@cache
def _words_of(code: str, tables: tuple[str, ...]) -> frozenset[str]:
    """Return the words in the names of a country and of places there, and its codes, as *tables* have them."""
    rows = (row for table in tables for row in _rows(table, code) if row["code"] == code)
    return frozenset(word for row in rows for value in row.values() for word in _words(value).split())


def says(text: str, typed: str, lang: str) -> bool:
    """Tell whether the country that was *typed* is named in *text* and is meant, as it is called in *lang* or English.

    `Sudan` is not where only `South Sudan` is named.
    """
    said, code = _words(text), code_of(typed)
    called = next((row for row in _rows(_TABLES[0], code) if row["code"] == code), {})
    for name in {called.get("name", ""), called.get(f"name_{lang}", "")} - {""}:
        form, rest = _words(name), said
        for longer in (other for other in _names_with(form) if form != other):
            rest = rest.replace(longer, " ")
        if form in rest:
            return True
    return False


@cache
def code_of(typed: str) -> str:
    """Return the code of the country whose code or name was *typed*; empty where that is not certain."""
    name = _words(typed)
    for row in _rows(_TABLES[0], name):
        if typed.upper() == row["code"] or name in map(
            _words, (row["alpha3"], row["name"], *row["aliases"].split("|"))
        ):
            return row["code"]
    return ""


def _names_with(form: str) -> set[str]:
    """Return the names of countries and of places in them in which *form* stands, all as `_words` gives them."""
    rows = (row for table in _TABLES for row in _rows(table, form))
    fields = (value for row in rows for key, value in row.items() if value and key.startswith(_HOLDING_NAMES))
    return {name for name in (_words(name) for value in fields for name in value.split("|")) if form in name}


def _rows(table: str, having: str) -> Iterable[dict[str, str]]:
    """Return the rows of a *table* in which *having* may stand, since to take all apart takes too long."""
    import csv  # here, since most edits can do without

    head, *lines = zip(_text(table).splitlines(), _plain_lines(table), strict=True)
    longest = max(_plain(having).casefold().split(), key=len, default="")
    return csv.DictReader((head[0], *(line for line, plain in lines if longest in plain)))


@cache
def _plain_lines(table: str) -> list[str]:
    return _plain_table(table).casefold().splitlines()


@cache
def _plain_table(table: str) -> str:
    return _plain(_text(table))


@cache
def _text(table: str) -> str:
    return (DATA / table).read_text(encoding="utf-8")


def _words(text: str) -> str:
    """Return the words of *text* with a space before and behind each."""
    return f" {' '.join(_WORD.findall(_form(text)))} "


def _form(text: str) -> str:
    return unaccented(text).casefold()


def _plain(text: str) -> str:
    """Return what of *text* can be said in ASCII; of a word of it, the same is left."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
