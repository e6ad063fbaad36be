"""Surprises with characters that cannot be seen. Rows of `lints.LINTS`."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape

from alertgen.diagnostics import Diagnostic
from alertgen.load.decoding import FORBIDDEN
from alertgen.load.markdown.source import Source

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
_JOINER = re.compile("[\u200c\u200d]")
_OVERRIDE = re.compile("[\u202a-\u202e]")
_ISOLATE = re.compile("[\u2066-\u2069]")
_MARK = re.compile("[\u200e\u200f\u061c]")
UNSEEN = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""Expression for all of these."""
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def invisible_character(source: Source) -> Iterator[Diagnostic]:
    """Report zero-width characters: they spoil search and copied quotations, and can mark a leaked copy."""
    if source.prose.isascii():
        return
    hint = "take it out: delete the text around it and type it anew"
    yield from _once_a_line(source, "invisible-character", _INVISIBLE, _each(_INVISIBLE), hint)
    yield from _once_a_line(source, "invisible-character", _JOINER, _idle_joiners, hint)


def direction_character(source: Source) -> Iterator[Diagnostic]:
    """Report characters that turn the direction of text around: what is read is not what is stored."""
    if source.prose.isascii():
        return
    hint = 'take it out; mark words of another direction with <span dir="rtl"> … </span>'
    yield from _once_a_line(source, "direction-character", _OVERRIDE, _each(_OVERRIDE), hint)
    yield from _once_a_line(source, "direction-character", _ISOLATE, _unbalanced_isolates, hint)
    if source.lang.partition("-")[0] not in _RIGHT_TO_LEFT:
        yield from _once_a_line(source, "direction-character", _MARK, _needless_marks, hint)


def forbidden_reference(source: Source) -> Iterator[Diagnostic]:
    """Report `&#7;` and `&#xD800;`: browsers show nothing, or a sign for a lost letter; feeds may not hold them."""
    for match in _REFERENCE.finditer(source.prose):
        char = unescape(match[0])
        if not char or char == "\ufffd" or FORBIDDEN.match(char):
            message = f'"{match[0]}" stands for a character that cannot be shown'
            at = source.place(match.start(), len(match[0]))
            yield source.problem("control-character", message, at, hint="delete it, or type the character itself")


Find = Callable[[str], list[int]]
"""Gives the offsets of the characters in a line that are to be reported."""


def _each(characters: re.Pattern[str]) -> Find:
    return lambda line: [match.start() for match in characters.finditer(line)]


def _idle_joiners(line: str) -> list[int]:
    """Joiners and non-joiners beside a character that never takes one: ASCII, or a Latin letter."""
    return [at for at in _each(_JOINER)(line) if any(_takes_none(char) for char in _beside(line, at))]


def _beside(line: str, at: int) -> tuple[str, str]:
    return line[at - 1 : at] or " ", line[at + 1 : at + 2] or " "


def _takes_none(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


def _unbalanced_isolates(line: str) -> list[int]:
    opened = sum(line.count(char) for char in "\u2066\u2067\u2068")
    return [] if opened == line.count("\u2069") else _each(_ISOLATE)(line)


def _needless_marks(line: str) -> list[int]:
    """Direction marks in a line without any letter of a right-to-left script."""
    found = _each(_MARK)(line)
    needed = found and any(unicodedata.bidirectional(char) in ("R", "AL") for char in _MARK.sub("", line))
    return [] if needed else found


def _once_a_line(source: Source, code: str, characters: re.Pattern[str], find: Find, hint: str) -> Iterator[Diagnostic]:
    if not characters.search(source.prose):
        return
    for offset, line in source.lines():
        found = find(line)
        if found:
            char = line[found[0]]
            name = unicodedata.name(char, "a control character").lower()
            more = f" and {len(found) - 1} more like it" if len(found) > 1 else ""
            message = f"this line holds the invisible character U+{ord(char):04X} ({name}){more}"
            yield source.problem(code, message, source.place(offset + found[0]), hint=hint)
