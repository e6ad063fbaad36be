"""The two lines `---` of a content file, between which its keys stand."""

import re

from alertgen.records import dataclass

FENCE = "---"
_DASHES = "-\u2010-\u2015\u2212\u2e3a\u2e3b"
"""The hyphen, and every longer dash that a program may make of two or three."""
ANY_FENCE = re.compile(rf"\s*(?:[{_DASHES}]\s*){{2,}}$|\s*[\u2014\u2015\u2e3a\u2e3b]\s*$")
"""A fence, or what an autocorrection or a typing error makes of one."""
_FIRST_OF_FENCE = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b")
"""What stands first in one, behind white space."""
FIRST_KEY = re.compile(r"[\w-]+:(\s|$)")


@dataclass(frozen=True, slots=True)
class Fences:
    """0-based lines of the fences; -1 for an opening fence that was forgotten."""

    opening: int
    closing: int

    def head(self, lines: list[str]) -> str:
        """Return everything above the body, fences included."""
        return "\n".join(lines[: self.closing + 1])

    def header(self, lines: list[str]) -> str:
        """Return what stands between them."""
        return "\n".join(lines[self.opening + 1 : self.closing])

    def body(self, lines: list[str]) -> str:
        """Return what stands below them."""
        return "\n".join(lines[self.closing + 1 :])

    @property
    def body_line(self) -> int:
        """1-based line of the file at which the body begins."""
        return self.closing + 2


def find_fences(lines: list[str]) -> Fences | None:
    """Find the fences, right or wrong, so that a wrong one hides no other problem."""
    opened = bool(ANY_FENCE.match(lines[0]))
    if not opened and not FIRST_KEY.match(lines[0]):
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.lstrip()[:1] in _FIRST_OF_FENCE and ANY_FENCE.match(line):
            return Fences(0 if opened else -1, number)
    return None
