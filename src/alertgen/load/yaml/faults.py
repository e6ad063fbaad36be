"""The YAML parser's errors in an editor's words: one sentence, the exact spot, and the line to write instead.

The C parser and the pure one word the same fault differently; every pattern below covers both.
"""

import re
from collections.abc import Callable

import yaml

from alertgen.records import dataclass

NEVER_CLOSED = "while scanning a quoted scalar: found unexpected end of stream"
TOO_DEEP = "too deep"
_TAB = "found a tab character"
_NO_COLON = "could not find expected ':'"

_KEY_LINE = re.compile(r"(?P<key>\s*(?:- +)*[\w-]+\s*: +)(?P<value>.*\S)")


@dataclass(frozen=True, slots=True)
class Said:
    """A fault of syntax; lines and columns are 0-based and relative to the text that was read."""

    line: int
    column: int
    length: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the parser stopped, and where the construct that it was reading began."""

    text: str
    line: int
    column: int
    lines: list[str]
    began: tuple[int, int]
    """Line and column of the construct's first character."""

    @property
    def char(self) -> str:
        return self.text[self.column : self.column + 1]

    @property
    def rest(self) -> str:
        return self.text[self.column :].rstrip()

    @property
    def before(self) -> str:
        return self.text[: self.column]

    def said(self, message: str, hint: str, length: int = 0) -> Said:
        return Said(self.line, self.column, length or len(self.rest), message, hint)

    def at_beginning(self) -> "_Spot":
        line, column = self.began
        return _Spot(self.lines[line] if line < len(self.lines) else "", line, column, self.lines, self.began)


def tab(lines: list[str]) -> yaml.MarkedYAMLError | None:
    """Return an error when a line of *lines* is indented with a tab: the C parser lets some pass, the other none."""
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            return error(_TAB, number, indent.index("\t"))
    return None


def no_colon(lines: list[str]) -> yaml.MarkedYAMLError:
    """Return an error for *lines* that hold text but no key."""
    number = next(index for index, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    return error(_NO_COLON, number, len(lines[number]) - len(lines[number].lstrip()))


def error(what: str, line: int, column: int) -> yaml.MarkedYAMLError:
    """Return an error that `explain` knows, at the 0-based *line* and *column*."""
    mark = yaml.Mark("", 0, line, column, None, 0)
    return yaml.MarkedYAMLError("", mark, what, mark)


def explain(error: yaml.YAMLError, lines: list[str]) -> Said:
    """Say what is wrong in *lines*, which gave *error*."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Said(0, 0, 1, "this cannot be read", "write every key as in `title: Text`")
    stopped, began = error.problem_mark, error.context_mark or error.problem_mark
    line = min(stopped.line, len(lines) - 1)
    spot = _Spot(lines[line], line, stopped.column if line == stopped.line else 0, lines, (began.line, began.column))
    said = f"{error.context or ''}: {error.problem or ''}"
    return next(
        (explanation(spot) for pattern, explanation in _EXPLANATIONS if re.search(pattern, said)), _otherwise(spot)
    )


_MARKS = "\"'\u201c\u201d\u201e\u2018\u2019"
"""Quotation marks, also those of word processors."""


def _quoted(text: str) -> str:
    """Return *text* in the quotation marks that need no care inside them."""
    inner = text.strip().strip(_MARKS) if text.strip()[:1] in _MARKS else text.strip()
    if '"' not in inner and "\\" not in inner:
        return f'"{inner}"'
    return "'" + inner.replace("'", "''") + "'"


def _in_quotes(spot: _Spot) -> str:
    """Return the hint that shows the line of *spot* with its value in quotation marks."""
    found = _KEY_LINE.match(spot.text)
    if not found:
        return "put quotation marks around the whole text"
    return f"put quotation marks around the text:\n{found['key'].strip()} {_quoted(found['value'])}"


def _tab(spot: _Spot) -> Said:
    column = spot.text.find("\t")
    spot = _Spot(spot.text, spot.line, max(column, 0), spot.lines, spot.began)
    return spot.said("a tab stands here, where only spaces may stand", "replace the tab by two spaces", 1)


def _never_closed(spot: _Spot) -> Said:
    spot = spot.at_beginning()
    hint = "put the same mark at the end of the text"
    return spot.said(f"the quotation mark {spot.char} that opens here is never closed", hint)


def _colon_expected(spot: _Spot) -> Said:
    spot = spot.at_beginning()
    if glued := re.match(r"([\w-]+):(\S.*)", spot.rest):
        message = f'a space is missing after the colon of "{glued[1]}:"'
        return spot.said(message, f"write it like this:\n{glued[1]}: {glued[2]}", len(glued[1]) + 1)
    if odd := re.match(r"([\w-]+):([^\S \t])", spot.rest):
        message = f'the space after "{odd[1]}:" is not a plain one (it is the invisible sign U+{ord(odd[2]):04X})'
        return spot.said(message, "delete it and type a space", len(odd[1]) + 2)
    if colon := re.match(r"([\w-]+)\s*([\uFF1A\u2236\uFE55])\s*(.*)", spot.rest):
        message = f'the sign "{colon[2]}" after "{colon[1]}" looks like a colon but is not one'
        return spot.said(message, f"write it like this:\n{colon[1]}: {colon[3]}", colon.start(3))
    if item := re.match(r"-(\w.*)", spot.rest):
        return spot.said("a space is missing after the hyphen", f"write it like this:\n- {item[1]}")
    message = f'"{spot.rest[:60]}" is not a line of the form `key: value`'
    return spot.said(message, "put a colon after the key; or indent the line, if it goes on from the line above")


def _colon_too_many(spot: _Spot) -> Said:
    if indented := re.match(r"(\s+)([\w-]+)$", spot.before):
        message = f'"{indented[2]}" is indented, as if it belonged to the line above'
        hint = "begin it in the same column as the keys around it"
        return Said(spot.line, len(indented[1]), len(indented[2]), message, hint)
    return spot.said('the text holds ": ", which separates a key from its value', _in_quotes(spot), 1)


def _not_a_key(spot: _Spot) -> Said:
    if not spot.before.strip():
        hint = "begin it in the same column as the line it belongs with"
        return spot.said("this line is not in one column with the lines around it", hint)
    if spot.char in ("]", "}"):
        return spot.said(f'this "{spot.char}" closes nothing', "delete it", 1)
    closed = spot.before.rstrip()[-1:]
    if closed in ("]", "}"):
        return spot.said(f'text follows the closing "{closed}"', _in_quotes(spot))
    hint = 'put the marks around all of the text; inside "…" a quotation mark is written \\"'
    if closed == "'":
        hint = _in_quotes(spot) if spot.text.count("'") != 2 else "put the marks around all of the text"
    return spot.said(f"text follows the closing quotation mark {closed}", hint)


def _bracket(spot: _Spot) -> Said:
    spot = spot.at_beginning()
    shape = "[first, second]" if spot.char == "[" else "{key: value, key: value}"
    return spot.said(f'what opens with "{spot.char}" here does not end as it should', f"write it like this: {shape}")


def _bad_start(spot: _Spot) -> Said:
    if spot.char == "\t":
        return _tab(spot)
    return spot.said(f'a text cannot begin with "{spot.char}"', _in_quotes(spot))


def _bad_sign(spot: _Spot) -> Said:
    return _bad_start(spot.at_beginning())


def _block(spot: _Spot) -> Said:
    spot = spot.at_beginning()
    return spot.said(f'after "{spot.char}" the text begins on the next line', _in_quotes(spot))


def _dash(spot: _Spot) -> Said:
    if not spot.before.strip():
        return _not_a_key(spot)
    hint = f"{_in_quotes(spot)}\nor, if this is a list, begin it on a line of its own"
    return spot.said('a text cannot begin with "- "', hint)


def _escape(spot: _Spot) -> Said:
    column = spot.text.rfind("\\", 0, spot.column + 1)
    spot = _Spot(spot.text, spot.line, max(column, 0), spot.lines, spot.began)
    message = f'"{spot.rest[:2]}" means nothing inside double quotation marks'
    if spot.rest[1:2] in ("x", "u", "U"):
        message = f'"{spot.rest[:2]}" is not followed by the number of a character'
    return spot.said(message, "write \\\\ for a backslash", 2)


def _too_deep(spot: _Spot) -> Said:
    return spot.said("lists and keys are nested too deeply here", "no key needs more than two levels")


def _misplaced(spot: _Spot) -> Said:
    hint = "write a value before the comma, or delete the comma" if spot.char == "," else _in_quotes(spot)
    return spot.said(f'"{spot.char}" cannot stand here', hint, 1)


def _second_start(spot: _Spot) -> Said:
    return spot.said("this line is not in one column with the first key", "begin every key at the start of its line")


def _otherwise(spot: _Spot) -> Said:
    return spot.said("this line cannot be read", _in_quotes(spot))


_EXPLANATIONS: tuple[tuple[str, Callable[[_Spot], Said]], ...] = (
    (r"tab character", _tab),
    (r"quoted scalar.*(end of stream|document indicator)", _never_closed),
    (r"could not find expected ':'", _colon_expected),
    (r"mapping values are not allowed", _colon_too_many),
    (r"flow (sequence|mapping)", _bracket),
    (r"(did not find expected key|block end|expected '-' indicator)", _not_a_key),
    (r"sequence entries are not allowed", _dash),
    (r"mapping keys are not allowed", _bad_start),
    (r"cannot start any token", _bad_start),
    (r"escape|hexdecimal", _escape),
    (r"scanning an? (alias|anchor|tag|directive)|tag handle", _bad_sign),
    (r"block scalar", _block),
    (r"node content", _misplaced),
    (r"document start", _second_start),
    (TOO_DEEP, _too_deep),
)
"""Pattern of the parser's words, and what to say instead; the first that fits is taken."""
