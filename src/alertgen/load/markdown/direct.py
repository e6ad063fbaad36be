r"""Usual texts written at once: most of a bulletin needs no parser.

Invariant: what `written_directly` returns is what the extensions of `conversion`, our steps on their tree and the
serializer make of the same text, byte for byte. So it takes only what can mean one thing:

- blocks between blank lines: paragraphs, headings, lists of one level and one line an item, quotations of one
  paragraph, tables with a border all around or none, rules, definitions of notes and abbreviations, and one of them
  right below abbreviations; no line of them begins like another kind of block, and none begins or ends with a space;
- in a text links with a plain address, such addresses in `<>`, emphasis without anything in it, references to notes,
  abbreviations;
- no other character that means anything in Markdown or HTML.

The first thing that is not on this list gives the whole text to Python-Markdown. `tests/test_markdown_direct.py`
compares the two.
"""

import re
from collections.abc import Callable, Iterable
from itertools import groupby, takewhile

from alertgen.load.markdown.attributes import SITUATION_KEYS
from alertgen.load.markdown.parts import Apart, Tokens
from alertgen.load.markdown.sanitise import UNFIT
from alertgen.load.markdown.sheet import Sheet, UnusualError
from alertgen.load.markdown.source import Source

_ELSEWHERE = b"`\\" + bytes([*range(10), *range(11, 32), 127])
"""A text with one of these is not looked at: code, escapes, tabs, control characters."""

_PARAGRAPH = re.compile(r"[^\s\d#<>=_*+|\[-]|\d++(?!\.[ ])|(?:\*\*?+|__?+)[^\s*\[_]|\[[^\^]|<(?=http)")
"""How a paragraph begins, and nothing else does."""
_OTHER_LINE = re.compile(r"\n[\s#>=_*+\[|:-]")
"""A further line that may make something else of it."""
_HEADING = re.compile(r"(#{2,6}) +([^\s#{}][^#{}\n]*+)(?:(?<= )\{: *+([^{}\n]*+)\})?")
_VALUE = re.compile(rf'({"|".join(SITUATION_KEYS)})=(?:"((?:[^\W_]|[ ,.:-])+)"|([a-zA-Z0-9-]+))(?: +|$)')
_ITEM = {"ul": re.compile(r"[-*+] +(\S.*)"), "ol": re.compile(r"\d++\. +(\S.*)")}
_BORDERED = re.compile(r"\|(.*)\|")
_UNBORDERED = re.compile(r"([^|].*[^|])")
_WITHOUT_BORDER = re.compile(r"[^|\n]+\|[^\n]*\n[ :-]+\|[ |:-]+(?:\n|\Z)")
"""The first two lines of a table without a border."""
_RULE = re.compile(r" *(:?)-+(:?) *")
_ALIGNED = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]: +(\S(?:.*\S)?)", re.DOTALL)
_NEXT_NOTE = re.compile(r"\n(?=\[\^)")
_ABBREVIATION = re.compile(r'\*\[([^\W_]+)\]: +([^\s&<>"\'](?:[^\n&<>"]*[^\s&<>"])?)')


def written_directly(source: Source, prefix: str, tokens: Tokens) -> Apart | None:
    """Return *source* taken apart, as `take_apart` does; None when it takes Python-Markdown to read it."""
    text = source.text
    content = text.encode("utf-8", "surrogatepass")
    if len(content.translate(None, _ELSEWHERE)) != len(content) or "\n " in text or " \n" in text:
        return None  # the last two: what is indented, and breaks of lines
    if not text.isascii() and UNFIT.search(text):
        return None
    shown: list[str] = []
    notes: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    try:
        for block in filter(None, (block.strip("\n") for block in text.split("\n\n"))):
            if block.startswith("[^"):
                _define(notes, _notes(block))
            elif block.startswith("*["):
                defined, below = _parted(block)
                _define(abbreviations, map(_abbreviation, defined))
                shown += below
            else:
                shown.append(block)
        sheet = Sheet(prefix, tokens, notes, abbreviations)
        _write(shown, sheet)
        return sheet.apart(source.lang)
    except UnusualError:
        return None


def _define(known: dict[str, str], pairs: Iterable[tuple[str, str]]) -> None:
    for key, text in pairs:
        if key in known:
            raise UnusualError
        known[key] = text


def _notes(block: str) -> Iterable[tuple[str, str]]:
    for definition in _NEXT_NOTE.split(block):
        key, text = _read(_NOTE, definition).groups()
        yield key, _paragraph(text)


def _parted(block: str) -> tuple[list[str], list[str]]:
    """Return the definitions of abbreviations that *block* begins with, and the block right below them, if any."""
    lines = block.split("\n")
    defined = list(takewhile(lambda line: line.startswith("*["), lines))
    below = "\n".join(lines[len(defined) :])
    if below.startswith("[^"):
        raise UnusualError
    return defined, [below] if below else []


def _abbreviation(line: str) -> tuple[str, str]:
    short, meaning = _read(_ABBREVIATION, line).groups()
    return short, meaning


def _read(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise UnusualError
    return match


def _paragraph(block: str) -> str:
    """Return *block*, the text of a paragraph and certainly nothing else."""
    if _PARAGRAPH.match(block) is None or ("\n" in block and _OTHER_LINE.search(block)) or "]:" in block:
        raise UnusualError
    return block


def _write(blocks: Iterable[str], sheet: Sheet) -> None:
    for kind, together in groupby(blocks, _kind):
        if kind in _ITEM:
            _write_list(kind, list(together), sheet)
            continue
        for number, block in enumerate(together):
            if number and kind == "blockquote":  # it becomes one with that before
                raise UnusualError
            _KINDS[kind](block, sheet)


def _kind(block: str) -> str:
    if block in _BREAKS:
        return "break"
    if block.startswith(("- ", "* ", "+ ")):
        return "ul"
    if block.startswith("1. "):
        return "ol"
    if "|" in block and _WITHOUT_BORDER.match(block):
        return "table"
    return _BY_SIGN.get(block[0], "p")


_BREAKS = frozenset({"---", "***", "___"})
_BY_SIGN = {"#": "heading", "|": "table", ">": "blockquote"}


def _write_paragraph(block: str, sheet: Sheet) -> None:
    sheet.text("<p>", _paragraph(block), "</p>\n")


def _write_heading(block: str, sheet: Sheet) -> None:
    signs, text, attributes = _read(_HEADING, block).groups()
    if attributes is None:
        sheet.heading(len(signs), text.rstrip())
    elif len(signs) == 2:
        sheet.situation(text.rstrip(), _values(attributes))
    else:
        raise UnusualError


def _values(listed: str) -> dict[str, str]:
    values: dict[str, str] = {}
    end = 0
    while end < len(listed) and (value := _VALUE.match(listed, end)):
        _define(values, [(value[1], value[2] or value[3])])
        end = value.end()
    if end < len(listed) or not values:
        raise UnusualError
    return values


def _write_list(tag: str, blocks: list[str], sheet: Sheet) -> None:
    """Write one list of *blocks*: the items between which there are blank lines hold paragraphs."""
    sheet.markup(f"<{tag}>\n")
    for number, block in enumerate(blocks):
        lines = block.split("\n")
        for line_number, line in enumerate(lines):
            text = _paragraph(_read(_ITEM[tag], line)[1])
            behind_blank = number > 0 and line_number == 0
            before_blank = number < len(blocks) - 1 and line_number == len(lines) - 1
            if behind_blank or before_blank:
                sheet.text("<li>\n<p>", text, "</p>\n</li>\n")
            else:
                sheet.text("<li>", text, "</li>\n")
    sheet.markup(f"</{tag}>\n")


def _write_quotation(block: str, sheet: Sheet) -> None:
    lines = block.split("\n")
    if not all(line.startswith("> ") for line in lines):
        raise UnusualError
    sheet.markup("<blockquote>\n")
    _write_paragraph("\n".join(line[2:] for line in lines), sheet)
    sheet.markup("</blockquote>\n")


def _write_break(_block: str, sheet: Sheet) -> None:
    sheet.markup("<hr>\n")


def _write_table(block: str, sheet: Sheet) -> None:
    inside = _BORDERED if block.startswith("|") else _UNBORDERED
    header, *rows = (_read(inside, line)[1].split("|") for line in block.split("\n"))
    if len(header) < 2 or len(rows) < 2 or any(len(row) != len(header) for row in rows):
        raise UnusualError
    aligned = [_ALIGNED[_read(_RULE, cell).groups()] for cell in rows[0]]  # type: ignore[index]  # two groups
    sheet.markup("<table>\n<thead>\n")
    _write_row(header, [_start("th", align, ' scope="col"') for align in aligned], "</th>\n", sheet)
    sheet.markup("</thead>\n<tbody>\n")
    starts = [_start("td", align) for align in aligned]
    for row in rows[1:]:
        _write_row(row, starts, "</td>\n", sheet)
    sheet.markup("</tbody>\n</table>\n")


def _start(cell: str, align: str, scope: str = "") -> tuple[str, str]:
    """Return the start tag of a cell, and what stands for it on a page."""
    aligned = (f' align="{align}"', f' class="align-{align}"') if align else ("", "")
    return f"<{cell}{aligned[0]}{scope}>", f"<{cell}{aligned[1]}{scope}>"


def _write_row(cells: list[str], starts: list[tuple[str, str]], end: str, sheet: Sheet) -> None:
    sheet.markup("<tr>\n")
    for start, cell in zip(starts, cells, strict=True):
        sheet.cell(start, cell.strip(" "), end)
    sheet.markup("</tr>\n")


_KINDS: dict[str, Callable[[str, Sheet], None]] = {
    "p": _write_paragraph,
    "heading": _write_heading,
    "blockquote": _write_quotation,
    "break": _write_break,
    "table": _write_table,
}
