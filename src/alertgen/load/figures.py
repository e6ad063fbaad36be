"""Figures in the texts of an alert, and those that a translation gives otherwise.

Nobody can tell whether 12 is right where another language says 120, only that one of the two is wrong. Since a warning
must hardly ever be false, paragraphs are compared one by one, and only where both languages have as many; a paragraph
counts only when each side has a figure that the other one lacks. What languages spell in words, measure in other units
or leave out is passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from alertgen.load.figure_words import LANGUAGES, TIMES_TEN, UNCERTAIN, may_be_spelled
from alertgen.load.markdown.source import Source, paragraphs
from alertgen.patterns import late
from alertgen.records import dataclass

FIGURED_KEYS = ("title", "summary")
"""Keys whose figures are compared."""
_SPELLED_OUT = 10
"""Figures up to this one are not compared: one language writes them in words, another one does not."""
UNREAD = late(r"\]\([^)\n]*\)|<[^>\n]*>|\[\^[^\]\n]*\]:?|\{:[^}\n]*\}|https?://\S+")
"""Addresses, notes and attributes: figures in them count nothing."""
_SEPARATED = r"\d{1,3}(?:[.,'\u2019\u066b\u066c\u00a0\u202f ]\d{3}(?!\d))+"
_DATE = r"\d{1,4}(?P<sign>[./-])\d{1,2}(?P=sign)\d{1,4}(?!\d)"
_FIGURE = late(
    rf"{_DATE}|\d{{1,2}}:\d\d|\d{{4}}[/\u2013-]\d\d(?!\d)"
    rf"|(?P<figure>(?:{_SEPARATED}|\d+)(?:[.,\u066b]\d{{1,2}}(?!\d))?)"
)
"""Days in figures, hours and pairs of years (2024/25), which are spelled in many ways; and all other figures."""
_DIGIT, _LETTERS = late(r"\d"), late(r"\w+")
_NOT_A_DIGIT = late(r"[^\d]")
_FRACTION = late(r"[.,\u066b](\d{1,2})$")
_LONGEST = 30
"""Signs of a figure; what is longer counts nothing."""
_BEHIND = 24
"""So many signs behind a figure can say what it counts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures in a text, by its headings and paragraphs."""

    values: str
    """A line for each heading with the paragraphs below it; between these `|`, and spaces between the figures."""
    spots: str
    """Line, column and length of each figure, all in their order; of one in a key, 0, the place of the key, and 0."""


NO_FIGURES = Figures("", "")


def figures_in(source: Source, keys: Sequence[str] = ()) -> Figures:
    """Return the figures in *source*, an alert's text, and before them those in the values of its *keys*."""
    lang = source.lang.partition("-")[0]
    if lang not in LANGUAGES:
        return NO_FIGURES
    rows: list[list[str]] = [[" ".join([value for value, _, _ in figures_of(text)]) for text in keys], []]
    spots = [f"0:{number}:0" for number, value in enumerate(rows[0]) for _ in value.split()]
    for start, text in _passages(source):
        if text.startswith("#"):
            rows.append([])
        found = list(figures_of(text))
        rows[-1].append(" ".join([value for value, _, _ in found]))
        for _, offset, length in found:
            place = source.place(start + offset, length)
            spots.append(f"{place.line}:{place.column}:{place.length}")
    return Figures("\n".join(["|".join(row) for row in rows]), " ".join(spots))


def _passages(source: Source) -> Iterator[tuple[int, str]]:
    """Yield headings and paragraphs with their offset; notes stand anywhere, so they are left out."""
    text = UNREAD.sub(lambda found: " " * len(found[0]), source.prose)
    for paragraph in paragraphs(source.prose):
        start, end = paragraph.span()
        shown = text[start:end]
        if shown.startswith("#"):
            head, _, rest = shown.partition("\n")
            yield start, head
            start, shown = start + len(head) + 1, rest
        if shown.strip() and not paragraph[0].startswith("["):
            yield start, shown


def figures_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each figure above ten in *text*: what it says, where it begins, and its length."""
    for start, end in _spans(text):
        behind = text[end : end + _BEHIND]
        if not UNCERTAIN.match(behind):
            value = _value(text[start:end], behind)
            if float(value) > _SPELLED_OUT:
                yield value, start, end - start


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where figures are that do not belong to a word. The first digit is looked for by itself, which is fast."""
    end = 0
    while found := _DIGIT.search(text, end):
        start = found.start()
        inside = start > end and text[start - 1 : start].isalpha()
        match = (_LETTERS if inside else _FIGURE).match(text, start)
        assert match is not None
        end = match.end()
        if not inside and match["figure"] and end - start <= _LONGEST:
            yield start, end


def _value(typed: str, behind: str) -> str:
    """Return what is meant by a figure as *typed*, whatever parts its thousands, with the word *behind* it."""
    fraction = _FRACTION.search(typed)
    whole = int(_NOT_A_DIGIT.sub("", typed[: fraction.start()] if fraction else typed))
    parts = str(int(f"1{fraction[1]}"))[1:] if fraction else ""
    zeros = next((zeros for zeros, word in TIMES_TEN if word.match(behind)), 0)
    if zeros:
        return str(int(f"{whole}{parts.ljust(zeros, '0')}"))
    parts = parts.rstrip("0")
    return f"{whole}.{parts}" if parts else str(whole)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands. In the value of a key its line is 0, and its column tells which of the keys."""

    value: str
    line: int
    column: int
    length: int


Passage = list[Figure]
"""The figures of a paragraph, a heading or the value of a key."""
Odds = tuple[Passage, Passage]
"""The figures that a passage in one language and the same one in another language have alone."""


def figures_at_odds(here: Figures, there: Figures) -> list[Odds]:
    """Return the passages of two texts that each have a figure which the other one lacks.

    Texts with other headings are not compared, nor parts with other paragraphs. Passages of the text that share no
    figure may have changed places, so each of theirs is looked for in the whole other text; if there are many of them,
    one text follows the other only loosely, and they are left out.
    """
    if here.values == there.values:
        return []
    rows, other_rows = (_rows(figures) for figures in (here, there))
    if len(rows) != len(other_rows):
        return []
    everywhere, other_everywhere = (_values(chain.from_iterable(several)) for several in (rows, other_rows))
    sure: list[Odds] = []
    loose: list[Odds] = []
    pairs = [pair for row, other in zip(rows, other_rows, strict=True) for pair in _pairs(row, other)]
    for one, other in pairs:
        shared = _values([one]) & _values([other])
        is_sure = bool(shared) or not one[0].line
        alone = [figure for figure in one if figure.value not in (shared if is_sure else other_everywhere)]
        other_alone = [figure for figure in other if figure.value not in (shared if is_sure else everywhere)]
        if alone and other_alone:
            (sure if is_sure else loose).append((alone, other_alone))
    return sure + loose if len(loose) <= max(1, len(pairs) // 4) else sure


def _pairs(row: list[Passage], other: list[Passage]) -> list[tuple[Passage, Passage]]:
    """Return the passages of two parts that both have figures, when these parts have as many."""
    return [pair for pair in zip(row, other, strict=True) if all(pair)] if len(row) == len(other) else []


def _values(passages: Iterable[Passage]) -> frozenset[str]:
    return frozenset(figure.value for passage in passages for figure in passage)


def _rows(figures: Figures) -> list[list[Passage]]:
    spots = iter(figures.spots.split())
    return [
        [[Figure(value, *map(int, next(spots).split(":"))) for value in passage.split()] for passage in row.split("|")]
        for row in figures.values.split("\n")
    ]


def unspelled(figures: list[Figure], text: str, lang: str) -> list[Figure]:
    """Return the *figures* that no word in *text*, of the language *lang*, may stand for."""
    return [figure for figure in figures if not may_be_spelled(figure.value, text, lang.partition("-")[0])]
