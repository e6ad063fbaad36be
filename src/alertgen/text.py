"""Small pure operations on text."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import dropwhile, takewhile

_NOT_WORD = re.compile(r"[^\w]+")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80
_NOT_LINE_END = re.compile(r"[^\n]")


def slugify(text: str) -> str:
    """Return *text* as the last part of an address: lower-case words joined by hyphens, at most 80 characters.

    Latin letters lose their marks (`Côte d'Ivoire` -> `cote-d-ivoire`). Text without any Latin letter or digit keeps
    its own letters in NFC (`السودان`), so that it still has a stable address. Text without any letter gives `""`.
    """
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode("ascii")
    slug = _NOT_ASCII_WORD.sub("-", folded).strip("-")
    if not slug:
        slug = _NOT_WORD.sub("-", unicodedata.normalize("NFC", text.casefold())).replace("_", "-").strip("-")
    return _shortened(slug)


def _shortened(slug: str) -> str:
    if len(slug) <= _LONGEST_SLUG:
        return slug
    return slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]


def folded(text: str) -> str:
    """Return *text* as it is compared: NFC, case-folded, white space runs as one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def unaccented(text: str) -> str:
    """Return *text* with the plain letters in place of those with accents, and of other shapes of letters."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def blanked(text: str) -> str:
    """Return *text* with a space for each character but line ends: whatever follows keeps its line and column."""
    return _NOT_LINE_END.sub(" ", text)


def blanked_where(expression: re.Pattern[str], text: str) -> str:
    """Return *text* with everything that *expression* matches `blanked`."""
    return expression.sub(lambda found: blanked(found[0]), text)


def as_typed(text: str) -> str:
    """Return *text* with the spaces and apostrophes of a keyboard, sign by sign, where typographic ones were set."""
    return text.translate(_TYPED)


_TYPED = {0xA0: " ", 0x202F: " ", 0x2019: "'"}


def suggestions(typed: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return at most *most* of *known* that *typed* may have meant, the likeliest first."""
    from difflib import get_close_matches  # here, since hardly ever is anything mistyped

    by_folded = {folded(name): name for name in known}
    return tuple(by_folded[match] for match in get_close_matches(folded(typed), by_folded, most, 0.7))


def listed(names: Iterable[str], last: str = "or") -> str:
    """Return *names* as an English list: `a`, `a or b`, `a, b or c`."""
    *head, tail = list(names) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return `1 file`, `2 files`: English, for reports to the editor."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def format_bytes(size: int) -> str:
    """Return `12 KB` or `3.4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:,.1f} MB"


def size_of_site(pages: int, size: int) -> str:
    """Return `12 pages, 3.4 MB`."""
    return f"{counted(pages, 'page')}, {format_bytes(size)}"


def nothing_has_changed(pages: int, size: int, target: str, seconds: float) -> str:
    """Return what is told of a build of the site in *target* that had nothing to do."""
    return f"Nothing has changed: {size_of_site(pages, size)} in {target}, {seconds:.1f} s."


FEED_SUMMARY = 300
"""Longest summary of a situation in a feed, in characters."""


def excerpt(text: str, longest: int = 240) -> str:
    """Return the beginning of *text* in one line, cut after a whole word with an ellipsis when it is too long.

    Chinese, Thai or Burmese put few spaces or none: there the cut comes where it must.
    """
    line = " ".join(text.split(None, longest))  # what comes after so many words is cut off
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > longest // 2 else cut).rstrip(",;:.") + "…"


def opening(text: str, longest: int = 240) -> str:
    """Return an excerpt of the plain *text* that ends before a list or a table, which would run on in it.

    Tabs tell a table, and a letter or digit at its end a line that is no sentence: of a list, or a heading. Where
    *text* begins with such lines, the excerpt is of what follows; where nothing else is in it, as in languages without
    full stops, it is of all.
    """
    if "\n" not in text:
        return excerpt(text, longest)
    sentences = takewhile(_is_told, dropwhile(lambda line: not _is_told(line), text.split("\n")))
    return excerpt("\n".join(sentences) or text, longest)


def _is_told(line: str) -> bool:
    return "\t" not in line and not line[-1:].isalnum()


_SPACES = re.compile(r" {2,}")
_AROUND_LINES = re.compile(r" *\n[ \n]*")


def plain(text: str) -> str:
    """Return *text* with plain spaces only, none of them doubled or at an end, and without invisible characters."""
    spaced = "".join(map(_plain_character, text))
    return _AROUND_LINES.sub("\n", _SPACES.sub(" ", spaced)).strip()


def _plain_character(char: str) -> str:
    if char == "\n":
        return char
    kind = unicodedata.category(char)[0]
    return " " if kind == "Z" else "" if kind == "C" else char


INVISIBLE_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs of which nothing is seen: those that fill up a syllable of Korean, and Braille without a dot."""


def can_be_seen(text: str) -> bool:
    """Tell whether *text* is more than spaces, and characters that show only with others or not at all."""
    return any(unicodedata.category(char)[0] not in "ZCM" and char not in INVISIBLE_LETTERS for char in text)


def has_letter(text: str) -> bool:
    """Tell whether there is a letter of any script in *text*."""
    return any(unicodedata.category(char)[0] == "L" for char in text)
