"""Markdown's silent surprises: text that is shown otherwise than its author thinks, each at its line.

Every lint is a function from a `Source` to the problems in it, and a row of `LINTS`. Code and HTML comments are out of
reach of all of them, because they look at `Source.prose`.
"""

from collections.abc import Callable, Iterator, Sequence

from alertgen.diagnostics import Diagnostic
from alertgen.load import lints_attributes, lints_blocks, lints_characters, lints_links, lints_todo, lints_tolls
from alertgen.load.markdown_source import Source

Lint = Callable[[Source], Iterator[Diagnostic]]

LINTS: tuple[Lint, ...] = (
    lints_blocks.list_without_blank_line,
    lints_blocks.number_became_list,
    lints_blocks.heading_without_space,
    lints_blocks.heading_of_level_one,
    lints_blocks.heading_skips_level,
    lints_blocks.heading_indented,
    lints_blocks.line_became_heading,
    lints_blocks.fenced_code,
    lints_blocks.unclosed_html,
    lints_blocks.stray_less_than,
    lints_blocks.leftover_of_mail,
    lints_links.unknown_note,
    lints_links.unused_note,
    lints_links.duplicate_note,
    lints_links.unknown_reference,
    lints_links.wiki_link,
    lints_links.bare_address,
    lints_links.vague_link_text,
    lints_attributes.curly_quotes_in_attributes,
    lints_attributes.malformed_attributes,
    lints_attributes.unknown_situation_attribute,
    lints_attributes.repeated_attribute,
    lints_characters.invisible_character,
    lints_characters.direction_character,
    lints_characters.forbidden_reference,
    lints_todo.todo_left,
    lints_tolls.toll_without_source,
)


def lint(source: Source) -> Iterator[Diagnostic]:
    """Yield every surprise in *source*."""
    for row in LINTS:
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
