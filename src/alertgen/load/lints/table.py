"""Markdown's silent surprises: text that is shown otherwise than its author thinks, each at its line.

Every lint is a function from a `Source` to the problems in it, and a row of `LINTS`. Code and HTML comments are out of
reach of all of them, because they look at `Source.prose`.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from alertgen.diagnostics import Diagnostic
from alertgen.load.disk import conflicts
from alertgen.load.lints import attributes, blocks, characters, leftovers, links, pasted, todo, tolls, tongues
from alertgen.load.markdown.source import Source
from alertgen.screens import Screen, in_any_case

Lint = Callable[[Source], Iterator[Diagnostic]]

_BLANK = r"[\s\x1c-\x1f]"
_OF_PARAGRAPH = r"[^ \n\-*+#>|<0-9]|[-*+](?:[^ \n]|$)|[0-9]+(?:[^0-9.\n]|\.(?:[^ \n]|$)|$)"
_AFTER_BLANK = rf"(?:\A|(?:\A|\n){_BLANK}*\n)"
_UNLINKED = r"(?:\A|[^(]|(?:\A|[^\]])\()https?://|(?:\A|[^/])www\."
_UNENDED = r"\]\(https?://[^\s\x1c-\x1f()<>\[\]]*(?:[\s\x1c-\x1f(<>\[\]]|\z)"

LINTS: dict[Lint, str] = {
    blocks.list_without_blank_line: rf"(?m:^ {{0,3}}(?:{_OF_PARAGRAPH})[^\n]*\n {{0,3}}(?:[-*+]|1\.) )",
    blocks.number_became_list: rf"{_AFTER_BLANK} {{0,3}}(?:[\d--01]|\d{{2,}})\. ",
    blocks.heading_without_space: r"(?m:^#{1,6}[^#\s])",
    blocks.heading_of_level_one: r"(?m:^#[^#\n]|^=+ *$)",
    blocks.heading_skips_level: r"(?m:^#{4})",
    blocks.heading_indented: r"(?m:^ {1,3}##)",
    blocks.line_became_heading: r"(?m:^-+ *$)",
    blocks.bold_heading: rf"(?m:^{blocks.BOLD}$)",
    blocks.fenced_code: "",
    blocks.indented_text: r"(?m:^ {8})",
    blocks.broken_table: "",
    blocks.unclosed_html: "<",
    blocks.stray_less_than: "<",
    blocks.leftover_of_mail: f"(?i:{'|'.join(map(re.escape, (*blocks.ALONE, *blocks.ANYWHERE)))})",
    pasted.pasted_bullet: pasted.BULLETS,
    pasted.pasted_cells: pasted.CELLS,
    pasted.broken_word: pasted.BROKEN,
    pasted.sign_of_font: pasted.OF_FONTS,
    pasted.page_line: pasted.PAGE_LINES,
    leftovers.keys_in_text: leftovers.KEYS,
    leftovers.merge_conflict: conflicts.MARK,
    leftovers.remark_left: leftovers.REMARKS,
    leftovers.comment_left: leftovers.COMMENTS,
    leftovers.sign_of_program: leftovers.SIGNS,
    leftovers.empty_heading: leftovers.EMPTY,
    leftovers.pasted_message: leftovers.MESSAGES,
    leftovers.marked_unpublished: leftovers.UNPUBLISHED,
    links.faulty_notes: "",
    links.unknown_reference: r"\]\[",
    links.wiki_link: r"\[\[",
    links.bare_address: f"{_UNLINKED}|{_UNENDED}",
    links.vague_link_text: rf"(?i:\[(?:{_BLANK}|[*_])*(?:{in_any_case(links.VAGUE)})?(?:{_BLANK}|[*_.:])*\][(\[])",
    attributes.faulty_lists: "",
    characters.invisible_character: f"{characters.UNSEEN}|{characters.REFERENCES}",
    characters.direction_character: f"{characters.UNSEEN}|{characters.REFERENCES}",
    characters.forbidden_reference: "&#[xX0-9]",
    todo.todo_left: todo.MARK,
    tolls.toll_without_source: "",
    tongues.other_language: "",
}
"""All of them, each with an expression for a screen: whatever it speaks of matches that; `""` for any text.

An expression that is found in many texts where nothing is wrong, as tables are, would have all screens asked of them.
"""

_SCREENS = {expression: Screen(expression) for expression in LINTS.values() if expression}
_ANY = Screen("|".join(f"(?:{expression})" for expression in _SCREENS))
_ROWS = tuple((row, _SCREENS.get(expression)) for row, expression in LINTS.items())


def lint(source: Source) -> Iterator[Diagnostic]:
    """Yield every surprise in *source*."""
    any_of_them = _ANY.matches(source.prose)
    for row, screen in _ROWS:
        if screen is None or (any_of_them and screen.matches(source.prose)):
            yield from row(source)


_SPOILED_LIST = frozenset(
    {"curly-quotes-in-attributes", "malformed-attributes", "misplaced-situation", "unknown-situation-attribute"}
)
ECHOES: dict[str, frozenset[str]] = {
    "attribute-removed": _SPOILED_LIST | {"stray-less-than"},
    "element-removed": frozenset({"stray-less-than"}),
    "malformed-attributes": frozenset({"curly-quotes-in-attributes"}),
    "unclosed-html": frozenset({"stray-less-than"}),
}
"""Problems that only follow from another one of the same line."""


def without_echoes(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return *problems* without those that follow from another one in their line."""
    found: dict[int, set[str]] = {}
    for problem in problems:
        found.setdefault(problem.at.line, set()).add(problem.code)
    return [problem for problem in problems if found[problem.at.line].isdisjoint(ECHOES.get(problem.code, ()))]
