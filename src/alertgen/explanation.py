"""What a problem code means, for whoever asks: its row of the table and a report as an example."""

import re
import textwrap
from functools import cache

from alertgen.codes import CODES
from alertgen.data import DATA

_HEADER = re.compile(r"^-- ([a-z0-9-]+) --\n", re.MULTILINE)
_WIDTH = 78


def explanation(code: str) -> str:
    """Return what *code* means: severity, meaning and cure, and a report of it.

    Raises:
        KeyError: there is no such code.
    """
    row = CODES[code]
    text = f"{code} ({row.severity})\n\n{textwrap.fill(row.meaning, _WIDTH)}\n"
    example = examples().get(code, "")
    return f"{text}\nFor example:\n\n{textwrap.indent(example, '    ')}" if example else text


def overview() -> str:
    """Return all codes, one a line, each with the beginning of its meaning."""
    widest = max(map(len, CODES))
    return "".join(
        f"{code:{widest}}  {row.severity:7}  {textwrap.shorten(row.meaning, _WIDTH, placeholder=' ...')}\n"
        for code, row in sorted(CODES.items())
    )


@cache
def examples() -> dict[str, str]:
    """Return a report for each code that a site can provoke, as the tests of this version produced it."""
    text = (DATA / "examples.txt").read_text(encoding="utf-8")
    _, *parts = _HEADER.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))
