"""Table rows split without the two expressions that cost most on ordinary rows.

Invariant: `EndBorder` answers as the expression does that it stands for, which can only match a row (one line) that
ends with a pipe, and matches just that pipe when no backslash is before it. A row with neither backslash nor backtick
has no escaped pipe and no code, so that every pipe in it separates cells.
"""

from __future__ import annotations

from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from markdown.extensions.tables import TableProcessor


class EndBorder:
    """Stands for `TableProcessor.RE_END_BORDER`."""

    def search(self, row: str) -> object | None:
        """Return something if *row* has a border at its end."""
        if not row.endswith("|"):
            return None
        return TableProcessor.RE_END_BORDER.search(row) if row.endswith("\\|") else row

    def sub(self, replacement: str, row: str) -> str:
        """Return *row* with *replacement* for the border at its end."""
        if not row.endswith("|"):
            return row
        return TableProcessor.RE_END_BORDER.sub(replacement, row) if row.endswith("\\|") else row[:-1] + replacement


class FastTable(TableProcessor):
    """`markdown.extensions.tables.TableProcessor` with quicker looks at rows."""

    stands_for = ("extensions.tables:TableProcessor",)
    RE_END_BORDER: ClassVar[Any] = EndBorder()

    def test(self, parent: Element, block: str) -> bool:
        """Say whether *block* is a table: it needs a pipe, for a start."""
        return "|" in block and super().test(parent, block)

    def _split(self, row: str) -> list[str]:
        if "\\" in row or "`" in row:
            return super()._split(row)  # type: ignore[misc,no-any-return]  # the stubs leave it out
        return row.split("|")
