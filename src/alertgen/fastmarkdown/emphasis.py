"""Plain `*emphasis*` and `**strong emphasis**` taken at once.

Invariant: the stock parser for delimiters weighs every run of `*` and `_` against the others. When the first run opens,
one or two asterisks long, and the very next run of either sign is of the same length, of asterisks, and closes, then it
pairs these two whatever follows, and starts afresh after them. `SIMPLE` matches just this; when the asterisks of its
matches are all signs that a text has, these are its emphasis. All else, also while the stock parser has results of an
earlier match in store, is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import DelimiterProcessor

SIMPLE = re.compile(r"(?<!\*)(\*{1,2})(?![*\s])([^*_]*[^*_\s])\1(?!\*)")
USUAL = [("*", ("strong", "em"), False, False), ("_", ("strong", "em"), True, False)]
"""Sign, tags, whether smart, whether only double: as Python-Markdown sets them."""

ASTERISK = re.compile(r"\*")
Found = tuple[Element | None, int | None, int | None]


def _element(signs: str, text: str) -> Element:
    element = Element("em" if len(signs) == 1 else "strong")
    element.text = text
    return element


class FastDelimiters(DelimiterProcessor):
    """`markdown.inlinepatterns.DelimiterProcessor`, quicker for the plain case."""

    stands_for = ("inlinepatterns:DelimiterProcessor", "inlinepatterns:Delimiter")

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802  as Python-Markdown has it
        """Return the element for the delimiters at the match, where it starts, and where it ends."""
        if not self.regions and self._usual():
            match = SIMPLE.match(data, m.start())
            if match:
                return _element(*match.groups()), match.start(), match.end()
        return super().handleMatch(m, data)

    def cut(self, data: str) -> list[Any] | None:
        """Return text, emphasis, text, ..., text; None unless all signs are those of plain emphasis."""
        if "_" in data or self.regions or not self._usual():
            return None
        pieces: list[Any] = SIMPLE.split(data)
        if 2 * sum(map(len, pieces[1::3])) != data.count("*"):
            return None
        pieces[1::3] = [_element(*pair) for pair in zip(pieces[1::3], pieces[2::3], strict=True)]
        del pieces[2::3]
        return pieces

    def matches(self, data: str, position: int) -> Iterator[re.Match[str]]:
        """Find the signs in *data*; one sign at a time is found faster."""
        usual = "_" not in data and self.pattern == r"\*|_"
        return (ASTERISK if usual else self.compiled_re).finditer(data, position)

    def _usual(self) -> bool:
        """Say whether the signs are as Python-Markdown sets them, and none is open."""
        signs = [(token, sign.tags, sign.smart, sign.double) for token, sign in self.delimiters.items()]
        return signs == USUAL and not any(sign.stack for sign in self.delimiters.values())
