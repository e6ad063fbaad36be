"""Caps on size and nesting: what is beyond them is reported, not converted.

Python-Markdown and any HTML parser take quadratic time, deep recursion or a multiple of the memory for some texts that
nobody writes. Each row of `LIMITS` names one way and a number that no bulletin comes near; together they keep every
conversion within a few seconds (`tests/test_markdown_limits.py` measures the worst texts known).
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.source import Source, paragraphs
from alertgen.records import dataclass

Measure = Callable[[Source], tuple[int, int]]
"""Gives the largest value in a text and the offset where it stands."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One cap."""

    measure: Measure
    most: int
    message: str
    """What is wrong, with `{value:,}`."""
    hint: str
    code: str = "body-too-intricate"
    bound: Callable[[Source], int] | None = None
    """Gives at once what the value cannot exceed."""


def _size(source: Source) -> tuple[int, int]:
    return len(source.text.encode("utf-8", "surrogatepass")), 0


def _lines(source: Source) -> tuple[int, int]:
    return len(source.starts), 0


def _paragraph_size(source: Source) -> tuple[int, int]:
    spans = (paragraph.span() for paragraph in paragraphs(source.text))
    return _largest((end - start, start) for start, end in spans)


def _paragraph_lines(source: Source) -> tuple[int, int]:
    spans = (paragraph.span() for paragraph in paragraphs(source.text))
    return _largest((source.text.count("\n", start, end) + 1, start) for start, end in spans)


_MARKS = b"[]()<>*_\"'`&\\{}|"


def _marks(source: Source) -> tuple[int, int]:
    text = source.text.encode("utf-8", "surrogatepass")
    return len(text) - len(text.translate(None, _MARKS)), 0


def _tags(source: Source) -> tuple[int, int]:
    return source.text.count("<"), max(source.text.find("<"), 0)


_MOST_OPEN = 20
_BRACKET = re.compile(r"(?<!\\)[][()]")


def _open_brackets(source: Source) -> tuple[int, int]:
    """Brackets and parentheses that are open at once within a paragraph."""

    def depths() -> Iterator[tuple[int, int]]:
        few = max(source.text.count("["), source.text.count("(")) <= _MOST_OPEN
        for paragraph in () if few else paragraphs(source.text):
            if max(paragraph[0].count("["), paragraph[0].count("(")) <= _MOST_OPEN:
                continue
            open_now = {"[": 0, "(": 0}
            for bracket in _BRACKET.finditer(source.text, *paragraph.span()):
                kind, step = _STEPS[bracket[0]]
                open_now[kind] = max(0, open_now[kind] + step)
                yield open_now[kind], bracket.start()

    return _largest(depths())


_STEPS = {"[": ("[", 1), "]": ("[", -1), "(": ("(", 1), ")": ("(", -1)}

_MARKERS = re.compile(r"[ \t]*(?:(?:>|(?:[-*+]|\d+\.)(?=[ \t]))[ \t]*)+")
_MARKER = re.compile(r">|[-*+]|\d+\.")
_RULE = re.compile(r"[-*_\s]*$", re.MULTILINE)
_NO_MARKER = frozenset("\n#|[").union(filter(str.isalpha, map(chr, range(128))))
"""What no line begins with that is in a list or quotation, or indented."""


def _nesting(source: Source) -> tuple[int, int]:
    """List and quotation marks in front of a line, and its indent in steps of four columns."""
    return _largest(
        (len(_MARKER.findall(line[0])) + _indent(line[0]) // 4, line.start())
        for start in source.starts
        if source.prose[start : start + 1] not in _NO_MARKER
        and (line := _MARKERS.match(source.prose, start))
        and not _RULE.match(source.prose, start)
    )


def _indent(text: str) -> int:
    blank = text[: len(text) - len(text.lstrip(" \t"))]
    return len(blank.expandtabs(4))


_DEFINITION = re.compile(r" {0,3}(?P<kind>\*?)\[(?P<key>[^\]\n]*)\] ?:(?P<rest>.*(?:\n[ \t]*\S.*)?)")


_BEFORE_KEY = " *["


@lru_cache(maxsize=1)
def _defined(source: Source) -> tuple[re.Match[str], ...]:
    """Return the definitions; a line that another one has run on into begins none."""
    text, found, done = source.text, [], 0
    for start in source.starts if "]:" in text or "] :" in text else ():
        if text[start : start + 1] in _BEFORE_KEY and start >= done and (match := _DEFINITION.match(text, start)):
            found.append(match)
            done = match.end()
    return tuple(found)


def _definitions(source: Source) -> tuple[int, int]:
    return len(_defined(source)), 0


def _definition_size(source: Source) -> tuple[int, int]:
    return _largest((len(match["rest"]), match.start()) for match in _defined(source))


def _abbreviation_size(source: Source) -> tuple[int, int]:
    return _largest((len(match["rest"]), match.start()) for match in _defined(source) if match["kind"] == "*")


def _expansion(source: Source) -> tuple[int, int]:
    """Characters that the addresses of references can grow to, were each of them used at every bracket."""
    value, offset = _largest(
        (len(match["rest"]), match.start())
        for match in _defined(source)
        if not match["kind"] and not match["key"].startswith("^")
    )
    return value * source.text.count("["), offset


def _abbreviated(source: Source) -> tuple[int, int]:
    """Places where an abbreviation may be explained."""
    keys = {match["key"]: match.start() for match in _defined(source) if match["kind"] == "*"}
    return sum(source.text.count(key) for key in keys if key), min(keys.values(), default=0)


def _braces(source: Source) -> tuple[int, int]:
    return source.text.count("{"), max(source.text.find("{"), 0)


def _cells(source: Source) -> tuple[int, int]:
    """Cells of all tables: every row is as wide as the widest."""
    cells, widest, at = 0, 0, 0
    for paragraph in paragraphs(source.text):
        if "|" in paragraph[0]:
            columns = max(line.count("|") for line in paragraph[0].split("\n"))
            cells += (columns + 1) * (paragraph[0].count("\n") + 1)
            widest, at = max((widest, at), (columns, paragraph.start()))
    return cells, at


def _characters(source: Source) -> int:
    return len(source.text)


def _line_count(source: Source) -> int:
    return len(source.starts)


def _all_expanded(source: Source) -> int:
    return len(source.text) * source.text.count("[")


def _possible_cells(source: Source) -> int:
    return (source.text.count("|") + 1) * len(source.starts)


def _largest(values: Iterator[tuple[int, int]]) -> tuple[int, int]:
    return max(values, key=lambda value: value[0], default=(0, 0))


_SPLIT = "split the text, or leave out what was pasted by accident"
_BLANK = "put blank lines between paragraphs"
_SHORTEN = "shorten it"

LIMITS: tuple[Limit, ...] = (
    Limit(_size, 256 * 1024, "the text is {value:,} bytes long", _SPLIT, "body-too-large"),
    Limit(_lines, 5_000, "the text has {value:,} lines", _SPLIT, "body-too-large"),
    Limit(_paragraph_size, 20_000, "a paragraph has {value:,} characters", _BLANK, bound=_characters),
    Limit(_paragraph_lines, 1_000, "there are {value:,} lines without a blank line", _BLANK, bound=_line_count),
    Limit(
        _marks, 20_000, "the text has {value:,} characters that mean something in Markdown", _SPLIT, bound=_characters
    ),
    Limit(_tags, 500, "the text has {value:,} times `<`", "write Markdown instead of HTML"),
    Limit(
        _open_brackets,
        _MOST_OPEN,
        "{value:,} brackets are open at once",
        "close each, or write \\[ for one that is text",
    ),
    Limit(_nesting, 12, "lists and quotations are {value:,} levels deep", "take levels out"),
    Limit(_definitions, 500, "there are {value:,} notes, references and abbreviations", _SPLIT),
    Limit(_definition_size, 4_000, "a note or reference has {value:,} characters", _SHORTEN),
    Limit(_abbreviation_size, 200, "an abbreviation is explained in {value:,} characters", _SHORTEN),
    Limit(_expansion, 2_000_000, "references grow to {value:,} characters", _SHORTEN, bound=_all_expanded),
    Limit(_abbreviated, 2_000, "abbreviations stand in {value:,} places", "leave out those that need no explanation"),
    Limit(_braces, 500, "the text has {value:,} times `{{`", _SPLIT),
    Limit(
        _cells,
        10_000,
        "the tables have {value:,} cells",
        "publish the table as a file of its own",
        bound=_possible_cells,
    ),
)
"""Every cap, cheapest first. The first that is exceeded is reported, since the others follow from it."""


def excess(source: Source) -> Diagnostic | None:
    """Return the problem with a text that is too large or too intricate to convert, or None."""
    for limit in LIMITS:
        if limit.bound and limit.bound(source) <= limit.most:
            continue
        value, offset = limit.measure(source)
        if value > limit.most:
            message = f"{limit.message.format(value=value)}; at most {limit.most:,} are read"
            return source.problem(limit.code, message, source.place(offset), hint=limit.hint)
    return None
