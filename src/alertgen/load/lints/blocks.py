"""Surprises with lists, headings, fences, tags and leftovers of e-mails. Rows of `table.LINTS`."""

import re
from collections.abc import Iterator
from itertools import pairwise

from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.attributes import headings
from alertgen.load.markdown.html import known, unclosed
from alertgen.load.markdown.source import Source, paragraphs
from alertgen.patterns import late
from alertgen.text import counted

_ITEM = re.compile(r" {0,3}(?:[-*+]|(?P<number>\d+)\.) +(?=\S)")
_NOT_TEXT = re.compile(r" {0,3}(?:[-*+] |\d+\. |#|>|\||<|\[\^[^\]]*\]:|(?:[-*_] ?){3,}$)|    |\t")
"""A line that begins something other than a paragraph, so that a list may follow it or it is in one."""


def _lines(paragraph: re.Match[str]) -> Iterator[tuple[int, str]]:
    offset = paragraph.start()
    for line in paragraph[0].split("\n"):
        yield offset, line
        offset += len(line) + 1


def list_without_blank_line(source: Source) -> Iterator[Diagnostic]:
    """Report `text` and `- item` in adjacent lines: the items run on in the paragraph."""
    for paragraph in paragraphs(source.prose):
        if "\n" not in paragraph[0]:
            continue
        lines = list(_lines(paragraph))
        if _NOT_TEXT.match(lines[0][1]) and not lines[0][1].startswith("#"):
            continue
        for (_, before), (offset, line) in pairwise(lines):
            item = _ITEM.match(line)
            is_table = set(line) <= set("|:- ")
            if item and not is_table and not _NOT_TEXT.match(before) and item["number"] in (None, "1"):
                yield source.problem(
                    "list-without-blank-line",
                    f'"{item[0].strip()}" is not a list item here, because the line above it is text',
                    source.place(offset + item.start(), len(item[0].rstrip())),
                    hint="put a blank line above the list",
                )
                break


def number_became_list(source: Source) -> Iterator[Diagnostic]:
    """Report a paragraph that begins with a number and a point, such as `2026. Fighting`."""
    in_list = False
    for paragraph in paragraphs(source.prose):
        if paragraph[0].startswith(("    ", "\t")):
            continue
        item = _ITEM.match(paragraph[0])
        number = item["number"] if item else None
        if item and number and not in_list and number not in ("0", "1"):
            place = source.place(paragraph.start() + item.start("number"), len(number) + 1)
            yield source.problem(
                "number-became-list",
                f'"{number}." at the start of a paragraph begins a numbered list',
                place,
                hint=f"write {number}\\. for text, or begin the list with 1.",
            )
        in_list = bool(number)


_WITHOUT_SPACE = re.compile(r"(#(?<![^\n]#)#{0,5})([^#\s]\S*)")
_INDENTED = re.compile(r"^ {1,3}(#{2,6}) +\S", re.MULTILINE)


def heading_without_space(source: Source) -> Iterator[Diagnostic]:
    """Report `#Sudan`: a heading, not a hashtag."""
    for match in _WITHOUT_SPACE.finditer(source.prose):
        yield source.problem(
            "heading-without-space",
            f'"{match[0]}" at the start of a line is a heading',
            source.place(match.start(), len(match[0])),
            hint=f"write \\{match[1]}{match[2]} for text, or put a space after {match[1]} for a heading",
        )


BOLD = r"(?:\*\*|__)[^\s*_][^*_\n]*(?:\*\*|__) *"
_IN_BOLD = re.compile(rf"{BOLD}\n?")
_LONGEST_HEADING = 100
"""Signs."""
_ENDS_A_SENTENCE = tuple(".!?:;,\u2026")


def bold_heading(source: Source) -> Iterator[Diagnostic]:
    """Report `**Sudan**` in a paragraph of its own, above another one."""
    for paragraph, below in pairwise(paragraphs(source.prose)):
        words = paragraph[0].strip("*_ \n")
        is_bold = _IN_BOLD.fullmatch(paragraph[0]) and len(words) <= _LONGEST_HEADING
        if is_bold and not words.endswith(_ENDS_A_SENTENCE) and not _NOT_TEXT.match(below[0]):
            yield source.problem(
                "bold-heading",
                "this line in bold letters looks like a heading, but is none",
                source.place(paragraph.start(), len(paragraph[0].rstrip())),
                hint=f"write ## {words}",
            )


def heading_of_level_one(source: Source) -> Iterator[Diagnostic]:
    """Report `# Heading`: the title in the front matter is the only heading of that level."""
    for heading in headings(source):
        if heading.level == 1 and heading.text and source.prose[heading.offset : heading.text_offset] != "#":
            yield source.problem(
                "heading-of-level-one",
                f'the heading "{heading.text}" is of level 1, which only the title has',
                source.place(heading.offset, heading.text_offset - heading.offset + len(heading.text)),
                hint=f"write ## {heading.text}",
            )


def heading_skips_level(source: Source) -> Iterator[Diagnostic]:
    """Report `####` right after `##`. A text may begin with `##` or `###`."""
    before = 2
    for heading in headings(source):
        level = max(2, heading.level)
        if level > before + 1:
            yield source.problem(
                "heading-skips-level",
                f'the heading "{heading.text}" is of level {level}, after one of level {before}',
                source.place(heading.offset, level),
                hint=f"write {'#' * (before + 1)} {heading.text}",
            )
        before = level


def heading_indented(source: Source) -> Iterator[Diagnostic]:
    """Report ` ## Heading` with spaces in front: it is shown as it stands."""
    for match in _INDENTED.finditer(source.prose):
        yield source.problem(
            "heading-indented",
            f'"{match[1]}" with spaces in front of it is not a heading',
            source.place(match.start(1), len(match[1])),
            hint="take the spaces out",
        )


def line_became_heading(source: Source) -> Iterator[Diagnostic]:
    """Report text with a line of hyphens right below it."""
    for heading in headings(source):
        if heading.underlined and heading.level == 2:
            yield source.problem(
                "line-became-heading",
                "the line of hyphens below this text makes a heading of it",
                source.place(heading.offset, len(heading.text)),
                hint=f"for a horizontal line, put a blank line below the text; for a heading, write ## {heading.text}",
            )


def fenced_code(source: Source) -> Iterator[Diagnostic]:
    """Report ``` fences, which this Markdown does not know."""
    for start, _ in source.fences:
        yield source.problem(
            "fenced-code",
            f'"{source.text[start : start + 3]}" does not begin a block of code here',
            source.place(start, 3),
            hint="indent the lines of the block by four spaces instead",
        )


_SENTENCE = late(r"[^\S\n]*[^\w\s]*[^\W_]+(?:[,;:]? [^\W_]+){3}(?s:.*?)[.!?\u2026](?!\S)")
"""A paragraph that begins with four words and has an end, which hardly any program code does."""


def indented_text(source: Source) -> Iterator[Diagnostic]:
    """Report paragraphs that are shown as program code for the indent of their first line, the first of each run."""
    run = False
    for paragraph in paragraphs(source.text):
        start, end = paragraph.span()
        first = paragraph[0].partition("\n")[0]
        is_code = (
            len(first.expandtabs(4)) - len(first.expandtabs(4).lstrip()) >= 4 and not source.prose[start:end].strip()
        )
        fenced = any(begin <= start < stop for begin, stop in source.fences)
        if is_code and not run and not fenced and _SENTENCE.match(paragraph[0]):
            words = first.strip()
            yield source.problem(
                "indented-text",
                "this paragraph is indented, so it is shown as program code",
                source.place(start + first.index(words), len(words)),
                hint="delete the spaces or the tab at the beginning of its lines",
            )
            run = True
        elif not is_code:
            run = False


_ROW = re.compile(r" {0,3}\|")
_HYPHENS = re.compile(r" {0,3}(?=[^\n]*\|)[ |:]*-[ |:-]*$")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def broken_table(source: Source) -> Iterator[Diagnostic]:
    """Report rows of a table that run on in one paragraph, since something is missing above or below the first."""
    if "|" not in source.prose:
        return
    for paragraph in paragraphs(source.prose):
        if paragraph[0].count("|") > 1 and "\n" in paragraph[0]:
            fault = _fault_of_table(source, list(_lines(paragraph)))
            if fault:
                offset, message, hint = fault
                yield source.problem("broken-table", message, source.place(offset), hint=hint)


def _fault_of_table(source: Source, lines: list[tuple[int, str]]) -> tuple[int, str, str] | None:
    hyphens = next((number for number, (_, line) in enumerate(lines) if _HYPHENS.match(line)), None)
    rows = [offset for offset, line in lines if _ROW.match(line)]
    if hyphens is None:
        missing = "these rows are not a table: the line of hyphens below the first row is missing"
        return (rows[0], missing, "write it, with as many cells: |---|---|") if len(rows) > 1 else None
    if hyphens > 1:
        return (
            lines[hyphens - 1][0],
            "these rows are not a table, since the line above them is text",
            "put a blank line above",
        )
    if hyphens == 1 and (first := _cells(source, *lines[0])) != (below := _cells(source, *lines[1])):
        message = f"these rows are not a table: the first has {counted(first, 'cell')}, the line of hyphens {below}"
        return lines[1][0], message, "give both as many cells"
    return _row_too_long(source, lines) if hyphens == 1 else None


def _row_too_long(source: Source, lines: list[tuple[int, str]]) -> tuple[int, str, str] | None:
    """Find the first row of a table that has more cells than its head: those beyond would be lost."""
    columns = _cells(source, *lines[0])
    for row in lines[2:]:
        if (cells := _cells(source, *row)) > columns:
            than = f"{counted(cells, 'cell')}, but the table has {counted(columns, 'column')}"
            message = f"this row has {than}: the rest is lost"
            return row[0], message, "give all rows as many cells as the first, and write \\| for a | that is text"
    return None


def _cells(source: Source, offset: int, row: str) -> int:
    """Return how many cells the *row* at *offset* has; a stroke in code parts none, nor one at either end."""
    typed = source.text[offset : offset + len(row)].strip()
    ends = typed.startswith("|") + (typed.endswith("|") and not typed.endswith("\\|"))
    return len(_BETWEEN_CELLS.findall(row)) + 1 - ends


def unclosed_html(source: Source) -> Iterator[Diagnostic]:
    """Report a tag or comment without its end. It is shown as text, or it would take hold of all that follows."""
    for tag in unclosed(source):
        comment = tag.name == "!--"
        yield source.problem(
            "unclosed-html",
            "this comment is never closed" if comment else f"<{tag.name}> is never closed",
            source.place(tag.offset, len(tag.name) + 1),
            hint="add --> where it ends" if comment else f"add </{tag.name}> where it ends, or write Markdown instead",
        )


_LESS_THAN = re.compile(r"(?<!\]\()<(?=[a-zA-Z])([a-zA-Z][\w-]*)([^<>\n]*)(>?)")
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[^\s<>]+@")


def stray_less_than(source: Source) -> Iterator[Diagnostic]:
    """Report `a<b`: what follows may be taken for a tag and vanish."""
    for match in _LESS_THAN.finditer(source.prose):
        name, rest, closed = match.groups()
        is_tag = closed and name.lower() in known() and (not rest.strip(" /") or "=" in rest)
        if not is_tag and not _ADDRESS.match(source.prose, match.start(1)) and not _continues(source, match):
            yield source.problem(
                "stray-less-than",
                f'"<{name}" is taken for the beginning of an HTML tag',
                source.place(match.start(), len(name) + 1),
                hint="write &lt; for the sign itself",
            )


def _continues(source: Source, match: re.Match[str]) -> bool:
    """Tell whether a known tag has its attributes in the next lines."""
    return not match[3] and match[1].lower() in known() and source.prose[match.end() : match.end() + 1] == "\n"


ALONE = (
    "top of page", "bottom of page", "skip to content", "skip to main content", "view in browser", "unsubscribe",
    "forward to a friend", "use tab to navigate through the menu items.", "share this post",
)  # fmt: skip
"""Leftovers when there is nothing else in their line."""

ANYWHERE = (
    "no images? click here", "view this email in your browser", "view this e-mail in your browser",
    "sent from my iphone", "sent from my ipad", "sent from my samsung", "envoy\u00e9 de mon iphone",
    "enviado desde mi iphone", "get outlook for ", "begin forwarded message:", "-original message-",
    "- forwarded message -", "confidentiality notice", "this e-mail and any attachments",
    "this email and any attachments", "intended only for the addressee", "intended solely for the addressee",
    "update your preferences", "manage your preferences", "unsubscribe from this list",
    "you are receiving this email because", "this message was sent to",
)  # fmt: skip
_FRAME = re.compile(r"\]\([^)]*\)|[\[\]*_#>|\s-]+")


def leftover_of_mail(source: Source) -> Iterator[Diagnostic]:
    """Report what e-mail programmes and site builders put around a text that is copied from them."""
    lowered = source.prose.lower()
    if len(lowered) != len(source.prose) or not any(map(lowered.__contains__, ALONE + ANYWHERE)):
        return  # in the few scripts where capitals are longer, no such phrase is looked for
    for offset, line in source.lines():
        bare = " ".join(_FRAME.sub(" ", line.lower()).split())
        phrase = bare if bare in ALONE else next(filter(line.lower().__contains__, ANYWHERE), "")
        if phrase:
            start = max(0, line.lower().find(phrase))
            yield source.problem(
                "leftover-of-mail",
                f'"{line[start : start + len(phrase)]}" looks like a leftover of an e-mail or a web page',
                source.place(offset + start, len(phrase)),
                hint="take the line out",
            )
