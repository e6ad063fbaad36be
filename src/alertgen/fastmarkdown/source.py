"""The steps before the parser, without the work that an ordinary text gives no cause for.

Invariant: the lines returned are those of the stock preprocessors. Expressions and the HTML parser are run only if the
text holds the characters that they act on: carriage returns, tabs, control characters, spaces before a line's end; a
`<` or a `&#` (other ampersands leave the HTML parser as they came).
"""

from __future__ import annotations

import re

from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX

BLANK = re.compile(r"(?<=\n) +\n")


class FastNormalize(NormalizeWhitespace):
    """Line ends, tabs, blank lines, and control characters that Markdown keeps for itself."""

    stands_for = ("preprocessors:NormalizeWhitespace",)

    def run(self, lines: list[str]) -> list[str]:
        """Return the text of *lines*, cleaned, as lines."""
        source = "\n".join(lines)
        if STX in source or ETX in source:
            source = source.replace(STX, "").replace(ETX, "")
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        source += "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        if " \n" in source:
            source = BLANK.sub("\n", source)
        return source.split("\n")


class FastHtmlBlock(HtmlBlockPreprocessor):
    """Raw HTML blocks, looked for only where there can be HTML."""

    stands_for = ("preprocessors:HtmlBlockPreprocessor", "htmlparser:HTMLExtractor")

    def run(self, lines: list[str]) -> list[str]:
        """Return *lines* with placeholders for raw HTML blocks."""
        source = "\n".join(lines)
        if "<" in source or "&#" in source:
            return super().run(lines)
        return source.split("\n")
