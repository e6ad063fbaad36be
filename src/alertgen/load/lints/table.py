"""Markdown's silent surprises: text that is shown otherwise than its author thinks, each at its line.

Every lint is a function from a `Source` to the problems in it, and a row of `LINTS`. Code and HTML comments are out of
reach of all of them, because they look at `Source.prose`.
"""

from collections.abc import Callable, Iterator, Sequence

from alertgen.diagnostics import Diagnostic
from alertgen.load.lints import attributes, blocks, characters, links, todo, tolls
from alertgen.load.markdown.source import Source

Lint = Callable[[Source], Iterator[Diagnostic]]

LINTS: tuple[Lint, ...] = (
    blocks.list_without_blank_line,
    blocks.pasted_bullet,
    blocks.number_became_list,
    blocks.heading_without_space,
    blocks.heading_of_level_one,
    blocks.heading_skips_level,
    blocks.heading_indented,
    blocks.line_became_heading,
    blocks.fenced_code,
    blocks.unclosed_html,
    blocks.stray_less_than,
    blocks.leftover_of_mail,
    links.unknown_note,
    links.unused_note,
    links.duplicate_note,
    links.unknown_reference,
    links.wiki_link,
    links.bare_address,
    links.vague_link_text,
    attributes.curly_quotes_in_attributes,
    attributes.malformed_attributes,
    attributes.unknown_situation_attribute,
    attributes.repeated_attribute,
    characters.invisible_character,
    characters.direction_character,
    characters.forbidden_reference,
    todo.todo_left,
    tolls.toll_without_source,
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
