"""The Markdown text as the author typed it: where things stand in it, and which of it is code.

Python-Markdown forgets lines and columns, so everything that is to be shown at its place is looked up here.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_text
from alertgen.patterns import late
from alertgen.records import dataclass, field
from alertgen.screens import Screen
from alertgen.text import blanked

Span = tuple[int, int]
"""Start and end of a stretch of text, counted in characters from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A body of Markdown and its place in a file. What follows from its text is not compared."""

    path: str
    first_line: int
    """Line of the file in which the text begins."""
    lang: str
    text: str
    """With line feeds only."""
    prose: str = field(compare=False)
    """The same, with code and HTML comments overwritten by spaces: every offset is valid in both."""
    fences: tuple[Span, ...] = field(compare=False)
    """Blocks between lines of three backticks or tildes, which Python-Markdown does not take for code."""
    starts: tuple[int, ...] = field(compare=False)
    """Offset of each line."""
    digest: str
    """Digest of `text`."""

    @property
    def start(self) -> Place:
        """The text as a whole, shown at its first line."""
        return Place(self.path, self.first_line)

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of *length* characters at *offset*, cut at the end of the line."""
        line = bisect_right(self.starts, offset) - 1
        rest = self._end(line) - offset
        return Place(self.path, self.first_line + line, offset - self.starts[line] + 1, max(1, min(length, rest)))

    def line_at(self, place: Place) -> str:
        """Return the line of text that *place* is in."""
        line = place.line - self.first_line
        return self.text[self.starts[line] : self._end(line)]

    def _end(self, line: int) -> int:
        return self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield offset and prose of each line."""
        for line, start in enumerate(self.starts):
            yield start, self.prose[start : self._end(line)]

    def problem(
        self, code: str, message: str, at: Place, *, hint: str = "", also: tuple[Place, ...] = ()
    ) -> Diagnostic:
        """Make the problem *code* with the line it is in."""
        return problem(code, message, at, hint=hint, excerpt=self.line_at(at), also=also)


def read_source(text: str, *, path: str, first_line: int, lang: str) -> Source:
    """Look at *text* once: find its lines, code and comments."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    fences, prose = _without_code(text) if _MAY_HOLD_CODE.matches(text) else ((), text)
    return Source(
        path=path,
        first_line=first_line,
        lang=lang,
        text=text,
        prose=prose,
        fences=fences,
        starts=tuple(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0)),
        digest=digest_text(text),
    )


_MAY_HOLD_CODE = Screen("`|~~~|    |\\t|<!--")


def _without_code(text: str) -> tuple[tuple[Span, ...], str]:
    """Return the fences of *text*, and *text* with code and comments overwritten."""
    fences = tuple(_fences(text))
    prose = _blanked(text, fences)
    prose = _blanked(prose, _indented_code(prose))
    prose = _blanked(prose, _code_spans(prose))
    return fences, _blanked(prose, _comments(prose))


_PARAGRAPH = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*$", re.MULTILINE)
_LIST_ITEM = late(r" {0,3}(?:[-*+]|\d+\.)[ \t]|\[\^[^\]]*\]:")
_INDENT = re.compile(r"[ \t]*")


@lru_cache(maxsize=2)
def paragraphs(text: str) -> tuple[re.Match[str], ...]:
    """Return the runs of lines between blank lines; those of the last text and its prose are remembered."""
    return tuple(_PARAGRAPH.finditer(text))


def _blanked(text: str, spans: Iterable[Span]) -> str:
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], blanked(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _fences(text: str) -> Iterator[Span]:
    """Yield blocks from one fence to the next that is as long; a fence without an end is no block."""
    if "```" not in text and "~~~" not in text:
        return
    open_fence: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if open_fence is None:
            open_fence = fence
        elif fence[1].startswith(open_fence[1]):
            yield open_fence.start(), fence.end()
            open_fence = None


def _comments(text: str) -> Iterator[Span]:
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        end = close + 3
        yield start, end


def _indented_code(text: str) -> Iterator[Span]:
    """Yield the paragraphs that are code by their indent: four columns, eight below a list item or a note."""
    if "    " not in text and "\t" not in text:
        return
    needed = 4
    for paragraph in paragraphs(text):
        indent = len(_INDENT.match(text, paragraph.start())[0].expandtabs(4))  # type: ignore[index]  # matches always
        if indent >= needed:
            yield paragraph.span()
        elif indent < 4:
            needed = 8 if _LIST_ITEM.search(paragraph[0]) else 4


def _code_spans(text: str) -> Iterator[Span]:
    """Yield what stands between equal runs of backticks within a paragraph."""
    for paragraph in paragraphs(text) if "`" in text else ():
        if "`" in paragraph[0]:
            yield from _code_spans_in(text, *paragraph.span())


def _code_spans_in(text: str, start: int, end: int) -> Iterator[Span]:
    runs = list(re.compile("`+").finditer(text, start, end))
    later: dict[int, deque[int]] = {}
    for run in runs:
        later.setdefault(len(run[0]), deque()).append(run.end())
    done = start
    for run in runs:
        ends = later[len(run[0])]
        ends.popleft()
        if run.start() >= done and ends and text[run.start() - 1 : run.start()] != "\\":
            done = ends[0]
            yield run.start(), done


_TARGET = late(r"\]\(\s*<?|\]:\s*<?|\b(?:href|src|data)\s*=\s*[\"']?|<(?=[a-zA-Z])")
_WITHOUT_TAGS = re.compile(r"\]\(\s*<?|\]:\s*<?|<(?=[a-zA-Z])")
"""The same for a text in which no attribute is named: much faster, because so few signs can begin a match."""
_ATTRIBUTES = ("href", "src", "data")
_WORD = re.compile(r"[^\s<>\"'()\[\]&\\*]*")


@dataclass(slots=True)
class Finder:
    """Finds what the converted text holds in the text as typed, each time the next one of its kind."""

    source: Source
    _targets: dict[str, deque[int]] | None = None
    _passed: list[str] = field(default_factory=list)
    _after: dict[str, int] = field(default_factory=dict)

    def target(self, address: str) -> Place:
        """Return the place where a link or picture names *address*; the start of the text if it is not to be found."""
        for passed in self._passed:
            self._next(_word(passed, 0))
        self._passed.clear()
        key = _word(address, 0)
        offset = self._next(key)
        if offset is None:
            return self.source.start
        whole = self.source.text.startswith(address, offset)
        return self.source.place(offset, len(address) if whole else len(key))

    def pass_over(self, address: str) -> None:
        """Do as `target`, for a place that nobody wants to know."""
        self._passed.append(address)

    def _next(self, key: str) -> int | None:
        if self._targets is None:
            self._targets = self._scan()
        offsets = self._targets.get(key)
        if not offsets:
            return None
        return offsets.popleft() if len(offsets) > 1 else offsets[0]  # a definition serves many links

    def _scan(self) -> dict[str, deque[int]]:
        found: dict[str, deque[int]] = {}
        named = any(name in self.source.prose for name in _ATTRIBUTES)
        for match in (_TARGET if named else _WITHOUT_TAGS).finditer(self.source.prose):
            found.setdefault(_word(self.source.prose, match.end()), deque()).append(match.end())
        return found

    def literal(self, text: str, within: str = "") -> Place:
        """Return the next place where the beginning of *text* stands as it is, in the prose or in *within*."""
        needle = text[:40]
        offset = (within or self.source.prose).find(needle, self._after.get(needle, 0))
        if offset < 0:
            return self.source.start
        self._after[needle] = offset + len(needle)
        return self.source.place(offset, len(text))


def _word(text: str, offset: int) -> str:
    match = _WORD.match(text, offset)
    assert match is not None
    return match[0]
