"""What comes along with a text that is pasted from Word, Excel or a PDF. Rows of `table.LINTS`, and one for keys."""

import re
import unicodedata
from collections.abc import Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.source import Source, paragraphs
from alertgen.load.yaml.nodes import Scalar
from alertgen.patterns import late

_ALWAYS = "•▪■●○◦‣\uf0a7\uf0b7\uf0d8\uf0fc"
"""Bullets, also those that Word takes from fonts of its own."""
_BEFORE_TAB = "·§o"
"""What Word's bullets become in plain text; before a space they may be words."""
_IN_ROWS = "·\u2013\u2014➢➤►✓✔"
"""What begins an item when the next line begins with it, too; alone it may be a remark or a speech."""
_BLANK = r"[ \t\xa0]"
BULLETS = rf"(?m:^{_BLANK}*(?:[{_ALWAYS}{_IN_ROWS}]|[1ai]\)){_BLANK}|^{_BLANK}*[{_BEFORE_TAB}]\t)"
_BULLET = late(
    rf"^{_BLANK}*(?:([{_ALWAYS}]|1\)){_BLANK}+|([{_BEFORE_TAB}])\t{_BLANK}*"
    rf"|([{_IN_ROWS}]){_BLANK}+(?=\S[^\n]*\n{_BLANK}*\3{_BLANK}+\S)"
    rf"|([ai]\)){_BLANK}+(?=\S[^\n]*\n{_BLANK}*(?:b|ii)\){_BLANK}+\S))\S",
    re.MULTILINE,
)


def pasted_bullet(source: Source) -> Iterator[Diagnostic]:
    """Report `• item` and `1) item`, which word processors write: the first of each paragraph stands for all."""
    for paragraph in paragraphs(source.prose):
        if found := _BULLET.search(paragraph[0]):
            group = found.lastindex or 1
            sign = "1." if found[group].endswith(")") else "-"
            yield source.problem(
                "pasted-bullet",
                f'"{found[group]}" does not begin a list item here; the lines would run on in one paragraph',
                source.place(paragraph.start() + found.start(group), len(found[group])),
                hint=f"write {sign} in its place, with a space behind it, and put a blank line above the list",
            )


CELLS = r"\t[^\n]*\n[^\n]*\t"
_BETWEEN_CELLS = late(r"(?<=\S)[ \xa0]*\t[ \xa0]*(?=\S)")
_MARK = late(r"\s*(?:[^\w\s]|o|\w{1,4}[.)]|\[\^[^\]]*\]:)\s*\t")
"""The mark of a list or a note with a tab behind it."""


def pasted_cells(source: Source) -> Iterator[Diagnostic]:
    """Report rows of a spreadsheet, whose cells are parted by tabs: they would run on in one paragraph."""
    for paragraph in paragraphs(source.prose) if "\t" in source.prose else ():
        first, *rest = paragraph[0].split("\n")
        cells = _cells(first)
        if cells > 1 and rest and _cells(rest[0]) == cells and not _MARK.match(first) and "|" not in first:
            yield source.problem(
                "broken-table",
                "these rows are not a table: their cells are separated by tabs, as Excel and Word copy them",
                source.place(paragraph.start(), len(first)),
                hint=f"write | in place of each tab, and below the first row a line of hyphens: {'|---' * cells}|",
            )


def _cells(row: str) -> int:
    return len(_BETWEEN_CELLS.findall(row)) + 1


_LATIN, _SMALL = "A-Za-z\u00c0-\u024f", "a-z\u00df-\u00f6\u00f8-\u00ff"
BROKEN = rf"[{_LATIN}]-\n[{_SMALL}]"
_BROKEN = late(rf"(?<![{_LATIN}])([{_LATIN}]+)-\n([{_SMALL}][{_LATIN}]*)")
_JOINING = frozenset(("and", "or", "nor", "to", "et", "ou", "y", "e", "o", "u", "und", "oder"))
"""What follows a hyphen that is meant: pre- and post-war."""


def broken_word(source: Source) -> Iterator[Diagnostic]:
    """Report a word that is parted at the end of a line, as in a PDF: a space would stand behind the hyphen."""
    for match in _BROKEN.finditer(source.prose):
        before, behind = match.groups()
        if behind not in _JOINING:
            yield source.problem(
                "broken-word",
                f'this word is hyphenated at the end of the line; readers would see "{before}- {behind}"',
                source.place(match.start(), len(before) + 1),
                hint=f"write {before}{behind}, or {before}-{behind} where the hyphen belongs to the word",
            )


_SEVERAL = "\ufb00-\ufb06"
"""Signs for several Latin letters in one."""
_SHAPES = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufe70-\ufefc"
"""Signs for the shapes that Arabic letters have beside each other; those that texts hold on purpose are not in it."""
_PRIVATE = "\ue000-\uf8ff"
OF_FONTS = f"[{_SEVERAL}{_SHAPES}{_PRIVATE}]"
_OF_FONT = late(rf"(?<![^\W\d_])[^\W\d_]*[{_SEVERAL}{_SHAPES}][^\W\d_]*|[{_PRIVATE}]")


def sign_of_font(source: Source) -> Iterator[Diagnostic]:
    """Report `oﬃcial` as PDFs spell it, and signs of Word's own fonts: the first of each line."""
    told = 0
    for match in _OF_FONT.finditer(source.prose):
        at = source.place(match.start(), len(match[0]))
        if at.line != told and not _is_bullet(source.prose, match):
            told = at.line
            message, hint = _told(match[0])
            yield source.problem("sign-of-font", message, at, hint=hint)


def sign_of_font_in_value(value: Scalar) -> Iterator[Diagnostic]:
    """Report the same in the *value* of a key."""
    if match := _OF_FONT.search(value.text):
        message, hint = _told(match[0])
        yield problem("sign-of-font", message, value.place, hint=hint)


def _is_bullet(prose: str, match: re.Match[str]) -> bool:
    """Tell whether a sign begins its line and stands alone there, of which `pasted_bullet` tells."""
    start = prose.rfind("\n", 0, match.start()) + 1
    return not prose[start : match.start()].strip() and prose[match.end() : match.end() + 1].isspace()


def _told(word: str) -> tuple[str, str]:
    meant = unicodedata.normalize("NFKC", word)
    if meant == word:
        message = f"the sign U+{ord(word[0]):04X} is of a font that readers do not have: they see an empty box"
        return message, "type what was meant in its place, or take it out"
    why = "as in text from a PDF; a search may not find it"
    return f'"{word}" is spelled with signs of a font, {why}', f"write {meant}"


_PAGE = (
    "[Pp]age|PAGE|P a g e|[Pp]\u00e1gina|[Ss]eite"
    "|\u0421\u0442\u043e\u0440\u0456\u043d\u043a\u0430|\u0441\u0442\u043e\u0440\u0456\u043d\u043a\u0430|\u0635\u0641\u062d\u0629"
)
_OF = "of|sur|de|von|\u0437|\u0645\u0646"
_PAGE_LINE = (
    rf"^{_BLANK}*[*_]*(?:(?:{_PAGE})[ |]{{0,3}}\d{{1,4}}(?: ?(?:{_OF}|/) ?\d{{1,4}})?|\d{{1,3}} (?:{_OF}) \d{{1,3}}"
    rf"|\d{{1,3}} ?\| ?(?:{_PAGE})|[-\u2013\u2014] ?\d{{1,3}} ?[-\u2013\u2014])[*_]*{_BLANK}*$"
)
_NUMBER = r"^\d{1,3}[ \t]*$"
PAGE_LINES = f"(?m:{_PAGE_LINE}|{_NUMBER})"
_ANY_PAGE_LINE, _NUMBER_ALONE = late(PAGE_LINES), late(r"\d{1,3}\s*")


def page_line(source: Source) -> Iterator[Diagnostic]:
    """Report `Page 2 of 5` in a line of its own, and a number alone in a paragraph: the foot of a page."""
    for paragraph in paragraphs(source.prose):
        rows = "|" in paragraph[0] and "\n" in paragraph[0]
        for match in () if rows else _ANY_PAGE_LINE.finditer(paragraph[0]):
            within = _NUMBER_ALONE.fullmatch(match[0]) and match[0] != paragraph[0]
            start, shown = paragraph.start() + match.start(), match[0].strip()
            if not within and source.text.startswith(match[0], start):
                at = source.place(start + match[0].index(shown), len(shown))
                message = f'"{shown}" alone in its line looks like the number of a page, as at the foot of a PDF'
                yield source.problem("leftover-of-page", message, at, hint="take the line out")
