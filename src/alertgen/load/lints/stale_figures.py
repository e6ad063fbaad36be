"""Figures of victims in a title, a summary or a heading that the text gives otherwise.

Most often only the text was corrected, and the old figure still stands in lists, in feeds and on social cards.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.load.figure_words import may_be_spelled
from alertgen.load.figures import FIGURED_KEYS, UNREAD, figures_of
from alertgen.load.keys.header import AlertHeader
from alertgen.load.lints.toll_words import TOLL_WORDS
from alertgen.load.lints.tolls import tolls_in
from alertgen.load.markdown.attributes import headings
from alertgen.load.markdown.source import Source
from alertgen.patterns import late

_ROUGHLY = late(
    r"(?:\b(?:than|over|above|nearly|almost|about|some|around|up to|as many as|an estimated|another|plus de|près de"
    r"|environ|quelque|presque|jusqu['\u2019]à|moins de|más de|cerca de|casi|unos|unas|alrededor de|hasta|otr[oa]s"
    r"|mais de|quase|até|uns|umas|outr[oa]s|between|entre|in|sur|cada|\d+ (?:to|and|or|à|et|ou|a|y|o|e))\s"
    r"|[/\u2013-])$",
    re.IGNORECASE,
)
"""What stands before a figure that need not be the very one of the text: `about`, a range, `one in`."""
_BEFORE = 60
"""Signs before a figure that are looked at."""
_PARTS, _MOST = 3, 40
"""So many figures may add up to one, of so many as are tried."""
_ROUND, _NEAR = 100, 0.1
"""From here on a figure that ends in a nought may be a round one, for what is so near to it."""
_MILLION = 1_000_000
"""From here on figures are written in words as well: one and a half million."""
_SMALL = {
    "en": "two three four five six seven eight nine ten",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez",
    "fr": "deux trois quatre cinq six sept huit neuf dix",
    "pt": "dois três quatro cinco seis sete oito nove dez",
}
_WORD = late(r"\w+")
_FIGURE = {lang: late(words.figure, re.IGNORECASE) for lang, words in TOLL_WORDS.items()}
_HARMED = {
    lang: late(rf"(?:\s[^\s\d.,;:]+){{0,2}}\s{words.harm}\b", re.IGNORECASE) for lang, words in TOLL_WORDS.items()
}
"""What stands behind a figure of victims in a headline: `12 killed`, `12 people were killed`."""
_HARMS = {
    lang: late(
        rf"(?:(?:{words.stems.replace(' ', '|')})\w*|\btoll\b[^\d.:;]*\s(?:to|at|is|reaches|hits))\s(?:(?:of|de|a)\s)?"
        r"(?:(?:at least|au moins|al menos|por lo menos|pelo menos|ao menos)\s)?$",
        re.IGNORECASE,
    )
    for lang, words in TOLL_WORDS.items()
}
"""What stands before it: `kills 12`, `the deaths of at least 12`, `the toll rises to 12`."""


def stale_figures(source: Source, header: AlertHeader, start: Place) -> Iterator[Diagnostic]:
    """Report figures of victims above the text of *source*, and in its headings, that it gives otherwise.

    *start* is where the keys are.
    """
    lang = source.lang.partition("-")[0]
    if lang not in TOLL_WORDS:
        return
    above = [(key, _in_line(getattr(header, key), lang)) for key in FIGURED_KEYS]
    lines = [(heading, _in_line(heading.text, lang)) for heading in headings(source) if heading.level == 2]
    stated = {value for _, values in (*above, *lines) for value in values}
    below = _below_headings(source) if stated else ""
    if all(_says_plainly(below, value) for value in stated):
        return
    text = UNREAD.sub(" ", below)
    wrong = _not_in(text, stated, lang)
    other = next((value for value in _in_text(text, lang) if value not in stated), "") if wrong else ""
    if not other:
        return
    for key, values in above:
        yield from (at_key(_stale(value, other, f"`{key}`", start), key) for value in values if value in wrong)
    for heading, values in lines:
        at = source.place(heading.text_offset, len(heading.text))
        yield from (_stale(value, other, "this heading", at) for value in values if value in wrong)


def _says_plainly(text: str, value: str) -> bool:
    """Tell at a glance whether *text* says *value*, whatever parts its thousands: nearly all texts do."""
    typed = f"{int(value):,}".replace(",", "[.,'\u2019\u00a0\u202f ]?")
    found = re.finditer(rf"{typed}(?!\d)", text)  # to look behind at each letter takes much longer
    return any(not text[one.start() - 1 : one.start()].isdigit() for one in found)


def _stale(value: str, other: str, where: str, at: Place) -> Diagnostic:
    message = f"{where} says {value}, which the text nowhere does; it says {other}"
    hint = "write what is right in both; most often a figure was corrected in one of them alone"
    return problem("stale-figure", message, at, hint=hint)


def _below_headings(source: Source) -> str:
    return "\n".join([line for line in source.prose.split("\n") if not line.startswith("##")])


def _not_in(text: str, stated: Collection[str], lang: str) -> set[str]:
    """Return those of the *stated* figures that *text* does not say, as they are or in another way."""
    figures = (int(value) for value, _, _ in figures_of(text) if value.isdigit())
    said = list(dict.fromkeys((*_small(text, lang), *figures)))[:_MOST]
    return {value for value in stated if not _is_said(int(value), said) and not may_be_spelled(value, text, lang)}


def _in_line(line: str, lang: str) -> list[str]:
    """Return the figures of victims in a *line* that are meant to be the very ones of the text."""
    lowered = line.casefold()
    if not any(map(lowered.__contains__, TOLL_WORDS[lang].stems.split())):
        return []
    return [
        value
        for value, start, length in figures_of(line)
        if value.isdigit()
        and int(value) < _MILLION
        and _FIGURE[lang].match(line, start)
        and _counts_victims(line, start, start + length, lang)
    ]


def _counts_victims(line: str, start: int, end: int, lang: str) -> bool:
    """Tell whether the figure from *start* to *end* of *line* counts victims, and not days, towns or roughly."""
    before = line[max(0, start - _BEFORE) : start]
    is_of_victims = _HARMED[lang].match(line, end) or _HARMS[lang].search(before)
    return bool(is_of_victims) and not _ROUGHLY.search(before)


def _in_text(text: str, lang: str) -> Iterator[str]:
    """Yield the figures of which *text* says in so many words that they count victims."""
    for told in tolls_in(text, lang):
        yield from (value for value, _, _ in figures_of(told) if value.isdigit())


def _small(text: str, lang: str) -> Iterator[int]:
    """Yield the numbers from two to ten that *text* says in figures or words: others may be sums with them."""
    words = _SMALL[lang].split()
    for word in {*_WORD.findall(text.casefold())}:
        if word in words:
            yield words.index(word) + 2
        elif word.isdecimal() and 2 <= int(word) <= len(words) + 1:
            yield int(word)


def _is_said(value: int, said: Sequence[int]) -> bool:
    """Tell whether *value* is among those that are *said*, is the sum of some, or a round one for one of them."""
    if value in said or any(sum(some) == value for parts in range(2, _PARTS + 1) for some in combinations(said, parts)):
        return True
    return value >= _ROUND and value % 10 == 0 and any(abs(one - value) <= _NEAR * value for one in said)
