"""Which typographic sign stands where: decided on a few characters around it, and remembered.

Python-Markdown's `smarty` tries some 18 expressions on every text, one after the other. Here the signs are found by
one expression and cut out with the characters around them (a window); the same 18 expressions, in their order, decide
on the window. Letters and digits in it are first replaced by `a` and `0`, so that there are few different windows.

Invariant: no expression in `smarty.EXPRESSIONS` looks back beyond one character (or one entity) or ahead beyond three,
and none consumes more than the sign, one character after it, and one character or entity before it. So a sign's fate
depends on the signs at most `NEAR` characters away, and on that many characters around them: a window is a whole run
of such near signs with that surrounding, and nothing outside it can change the answer. Texts are put in one row for
this, with a sign between them that none of them holds; a window across it is decided on part by part. Among letters
only `s`, among digits none is special to the expressions, except in entities: windows with an ampersand are taken as
they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

Rule = tuple[str, tuple[int | str, ...]]
"""An expression, and what takes the place of its match: groups by their number, and substitutes."""

Edits = tuple[tuple[int, int, str], ...]
"""Start, end and substitute for each sign that is replaced, in order; places count from the window's start."""

SIGNS = {
    start: re.compile(expression)
    for start, expression in {
        "'": "'", '"': '"', "--": "--+", "...": r"\.\.\.+", "<<": "<<+", ">>": ">>+"
    }.items()
}  # fmt: skip
"""What a sign starts with, and an expression for the whole sign: several plain searches are faster than one for all."""

BETWEEN = "\x00"
"""What stands between texts that are educated at once: nothing sees across it."""
NEAR = 3
ENTITY_LENGTH = 7
KINDS = str.maketrans(
    {sign: "a" for sign in map(chr, range(128)) if sign.isalpha() and sign != "s"} | dict.fromkeys("0123456789", "0")
)
PLAIN = re.compile(r'(?:&(?:#[0-9]+|#x[0-9a-fA-F]+|[0-9a-zA-Z]+);|[^\s<>&"\x02\x03])+')
"""A substitute that serializers and later processors of Python-Markdown leave as it is."""

_MEMORY_SIZE = 20_000
_memory: dict[tuple[Rule, ...], dict[str, Edits]] = {}


class Educator:
    """Replaces the signs of texts by *rules*; `substitutes` says what to write for a substitute other than itself."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._known = _memory.setdefault(rules, {})
        self.substitutes: dict[str, str] = {}

    def signs(self) -> list[str]:
        """Return what may be put for signs."""
        return list(dict.fromkeys(part for _, parts in self._rules for part in parts if isinstance(part, str)))

    def educate(self, text: str, starts: Iterable[str] = tuple(SIGNS)) -> str:
        """Return *text* with its signs replaced that begin like *starts*, and there are no others."""
        spans = _spans(text, starts)
        return self._replaced(text, spans) if spans else text

    def educate_all(self, texts: Sequence[str], starts: Iterable[str] = tuple(SIGNS)) -> list[str]:
        """Return what `educate` makes of each of *texts*: the signs of all of them are found and replaced at once."""
        joined = BETWEEN.join(texts)
        spans = _spans(joined, starts)
        if not spans:
            return list(texts)
        if joined.count(BETWEEN) >= len(texts):  # one of them holds the sign that is to stand between them
            return [self.educate(text, starts) for text in texts]
        return self._replaced(joined, spans).split(BETWEEN)

    def _replaced(self, text: str, spans: list[tuple[int, int]]) -> str:
        pieces: list[str] = []
        known, substitutes, done = self._known, self.substitutes, 0
        for start, end in _windows(text, spans):
            window = text[start:end]
            decision = known.get(window)
            if decision is None:
                decision = self._learn(window)
            for first, last, substitute in decision:
                pieces += text[done : start + first], substitutes.get(substitute, substitute)
                done = start + last
        pieces.append(text[done:])
        return "".join(pieces)

    def _learn(self, window: str) -> Edits:
        kind = window if "&" in window else window.translate(KINDS)
        if len(self._known) > _MEMORY_SIZE:
            self._known.clear()
        if kind not in self._known:
            self._known[kind] = tuple(self._decided(kind))
        decision = self._known[window] = self._known[kind]
        return decision

    def _decided(self, kind: str) -> Iterator[tuple[int, int, str]]:
        """Decide on each of the texts of which *kind* is a stretch."""
        start = 0
        for part in kind.split(BETWEEN):
            for first, last, substitute in decide(part, self._rules):
                yield start + first, start + last, substitute
            start += len(part) + 1


def stays_in_text(sign: str) -> bool:
    """Say whether *sign*, a substitute, may stand in the text from there on, as far as it is concerned itself."""
    return PLAIN.fullmatch(sign) is not None


def _spans(text: str, starts: Iterable[str]) -> list[tuple[int, int]]:
    """Find the signs in *text* that begin like one of *starts*; none of them holds a line end."""
    there = [start for start in starts if start[0] in text and start in text]  # one character is found much faster
    return sorted([match.span() for start in there for match in SIGNS[start].finditer(text)])


def _windows(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut out every run of signs that are near each other, with the characters around it."""
    found = []
    previous = 0
    first, last = spans[0]
    for start, end in spans:
        if start - last > NEAR:
            found.append((_left(text, first, previous), last + NEAR))
            previous, first = last, start
        last = end
    found.append((_left(text, first, previous), last + NEAR))
    return found


def _left(text: str, first: int, previous: int) -> int:
    """Where the window of a run of signs starts that begins at *first*, when the run before ended at *previous*."""
    if first == 0:
        return 0
    return max(previous, first - ENTITY_LENGTH) if text[first - 1] == ";" else first - 1


def decide(window: str, rules: Sequence[Rule]) -> Edits:
    """Apply *rules* one after the other, as `smarty` does; what was replaced is hidden from those that follow."""
    data, places = window, list(range(len(window)))
    found: list[tuple[int, int, str]] = []
    for expression, parts in rules:
        pattern, position = re.compile(expression, re.DOTALL), 0
        while match := pattern.search(data, position):
            first, last = _replaced(match, parts)
            found.append((places[first], places[last - 1] + 1, "".join(p for p in parts if isinstance(p, str))))
            start, end = match.span()
            data, position = f"{data[:start]}\x02\x03{data[end:]}", start + 2
            places[start:end] = (-1, -1)
    return tuple(sorted(found))


def _replaced(match: re.Match[str], parts: tuple[int | str, ...]) -> tuple[int, int]:
    """The span of the match that a substitute is put for: all but the group that *parts* keep."""
    start, end = match.span()
    if isinstance(parts[0], int):
        return match.end(parts[0]), end
    if isinstance(parts[-1], int):
        return start, match.start(parts[-1])
    return start, end
