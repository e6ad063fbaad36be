"""Surprises with characters that cannot be seen, typed or spelled. Rows of `table.LINTS`, and the same for keys."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.load.disk.decoding import FORBIDDEN
from alertgen.load.markdown.source import Source
from alertgen.load.yaml.nodes import Scalar
from alertgen.patterns import late
from alertgen.text import INVISIBLE_LETTERS

_INVISIBLE = late(
    f"[{INVISIBLE_LETTERS}\u00ad\u034f\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
_JOINER = re.compile("[\u200c\u200d]")
_OVERRIDE = re.compile("[\u202a-\u202e]")
_ISOLATE = re.compile("[\u2066-\u2069]")
_MARK = re.compile("[\u200e\u200f\u061c]")
UNSEEN = (
    f"[{INVISIBLE_LETTERS}\u00ad\u034f\u061c\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""Expression for all of these."""
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_NAMED = "shy|zwn?j|[lr]rm|NoBreak|(?:ZeroWidth|Negative(?:Medium|VeryThin|Thick|Thin))Space|ApplyFunction|af|i[ct]|Inv"
REFERENCES = f"&(?:#|{_NAMED})"
"""Expression for whatever begins like a reference to one."""
_SPELLED = late(r"&(?:#(?:[xX][0-9a-fA-F]+|[0-9]+);?|[A-Za-z]+;)")


def invisible_character(source: Source) -> Iterator[Diagnostic]:
    """Report zero-width characters: they spoil search and copied quotations, and can mark a leaked copy."""
    hint = "delete the text around it and type it again"
    yield from _in_lines(source, "invisible-character", _INVISIBLES, hint)


def direction_character(source: Source) -> Iterator[Diagnostic]:
    """Report characters that turn the direction of text around: what is read is not what is stored."""
    hint = 'take it out; mark words of another direction with <span dir="rtl"> … </span>'
    yield from _in_lines(source, "direction-character", _directions(source.lang), hint)


def unseen_in_value(value: Scalar, lang: str) -> Iterator[Diagnostic]:
    r"""Report such characters in the *value* of a key, typed or brought in by an escape (`"\u202e"`)."""
    for code, kinds in (("invisible-character", _INVISIBLES), ("direction-character", _directions(lang))):
        for find in kinds:
            if found := find(value.text):
                message = f"this text holds {_told([value.text[at] for at in found])}"
                hint = rf"type the text again, or delete the escape (\u{ord(value.text[found[0]]):04x})"
                yield problem(code, message, value.place, hint=hint)


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


_INVISIBLES: tuple[Find, ...] = (_each(_INVISIBLE), _idle_joiners)
_ALWAYS: tuple[Find, ...] = (_each(_OVERRIDE), _unbalanced_isolates)


def _directions(lang: str) -> tuple[Find, ...]:
    return _ALWAYS if lang.partition("-")[0] in _RIGHT_TO_LEFT else (*_ALWAYS, _needless_marks)


def _in_lines(source: Source, code: str, kinds: tuple[Find, ...], hint: str) -> Iterator[Diagnostic]:
    """Report what is found in each line, whose characters may also be spelled by references."""
    if not _UNSEEN.search(source.prose) and not _REFERENCES.search(source.prose):
        return
    for offset, line in source.lines():
        if "&" in line or not line.isascii():
            shown, spans = _spelled_out(line)
            for find in kinds:
                if found := find(shown):
                    start, end = spans[found[0]]
                    message = f"this line holds {_told([shown[at] for at in found])}"
                    yield source.problem(code, message, source.place(offset + start, end - start), hint=hint)


def _spelled_out(line: str) -> tuple[str, Sequence[tuple[int, int]]]:
    """Return *line* with the characters that references in it stand for, and where each character of that stands."""
    shown: list[str] = []
    spans: list[tuple[int, int]] = []
    done = 0
    for match in _SPELLED.finditer(line):
        char = unescape(match[0])
        if _UNSEEN.fullmatch(char):
            shown += [*line[done : match.start()], char]
            spans += [*((at, at + 1) for at in range(done, match.start())), match.span()]
            done = match.end()
    return "".join([*shown, line[done:]]), [*spans, *((at, at + 1) for at in range(done, len(line)))]


def _told(chars: Sequence[str]) -> str:
    name = unicodedata.name(chars[0], "a control character").lower()
    more = f" and {len(chars) - 1} more like it" if len(chars) > 1 else ""
    return f"the invisible character U+{ord(chars[0]):04X} ({name}){more}"


_UNSEEN, _REFERENCES = re.compile(UNSEEN), re.compile(REFERENCES)
