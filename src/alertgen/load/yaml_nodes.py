"""YAML as it was typed: nodes that keep their text and their place, and never guess a type.

`NO`, `12:30`, `0123`, `3.10`, `~` and `2026-02-30` are the text that stands there. What a value means is decided by
the key it stands under (`schema.py`), never by what it looks like. Anchors, aliases, tags, merge keys, keys that are
not plain words and several documents are refused; a key may stand only once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load import yaml_faults
from alertgen.load.nodes import Entry, Items, Mapping, Node, Scalar

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser is seven times faster; the pure one stands in where PyYAML was built without it."""
_DEEPEST = 12
_MOST_CHARACTERS = 64 * 1024
"""The longest real headers are about 8 KB; the parser's time grows faster than the text."""
_KEY = re.compile(r"^[ \t]*(?:- +)?[\"']?([\w-]+)[\"']?[ \t]*:?", re.MULTILINE)
_COMMENT = re.compile(r"\s+(#[^\s#].*)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTINUES = re.compile(r"[\s#\-\]}]|$")
"""The start of a line that belongs to the key above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlRead:
    """What was found in a stretch of YAML."""

    node: Node | None
    """None when there is nothing but comments."""
    problems: tuple[Diagnostic, ...]


def read_yaml(text: str, path: str, first_line: int = 1) -> YamlRead:
    """Read *text*, which begins at line *first_line* of the file *path*. Never raises for a fault in the text.

    After a fault, every key at the start of a line is read on its own, so that one fault hides no other.
    """
    if len(text) > _MOST_CHARACTERS:
        message = f"these keys are longer than {_MOST_CHARACTERS:,} characters"
        fault = problem("too-large", message, Place(path, first_line), hint="the text itself belongs below the keys")
        return YamlRead(node=Mapping((), Place(path, first_line), tuple(_KEY.findall(text))), problems=(fault,))
    lines = text.split("\n")
    if any(line.lstrip(" ").startswith("\t") and line.strip() for line in lines):
        return _piecewise(lines, path, first_line)
    try:
        read = _compose(lines, path, first_line)
    except yaml.YAMLError:
        return _piecewise(lines, path, first_line)
    return _piecewise(lines, path, first_line) if isinstance(read.node, Scalar) else read


def _compose(lines: list[str], path: str, first_line: int) -> YamlRead:
    composer = _Composer(lines, path, first_line)
    return YamlRead(node=composer.document(), problems=tuple(composer.problems))


def _piecewise(lines: list[str], path: str, first_line: int) -> YamlRead:
    """Read each top-level key of *lines* on its own and put together what can be read."""
    entries: list[Entry] = []
    problems: list[Diagnostic] = []
    broken: list[str] = []
    for start, piece in _pieces(lines):
        read, unread = _read_piece(piece, path, first_line + start)
        entries += read.node.entries if isinstance(read.node, Mapping) else ()
        broken += read.node.broken if isinstance(read.node, Mapping) else ()
        broken += unread
        problems += read.problems
    kept, twins = _without_twins(entries)
    return YamlRead(node=Mapping(kept, Place(path, first_line), tuple(broken)), problems=(*problems, *twins))


def _pieces(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    starts = [number for number, line in enumerate(lines) if not _CONTINUES.match(line)]
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first not in starts:
        starts.insert(0, first)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if any(line.strip() and not line.lstrip().startswith("#") for line in lines[start:end]):
            yield start, lines[start:end]


def _read_piece(lines: list[str], path: str, first_line: int) -> tuple[YamlRead, list[str]]:
    """Return what *lines* hold, and the keys in them that could not be read."""
    keys = _KEY.findall("\n".join(lines))
    try:
        if fault := yaml_faults.tab(lines):
            raise fault
        read = _compose(lines, path, first_line)
    except yaml.YAMLError as error:
        return YamlRead(node=None, problems=(_syntax(error, lines, path, first_line),)), keys
    if isinstance(read.node, Mapping) or (read.node is None and not read.problems):
        return read, []
    if read.problems:
        return YamlRead(node=None, problems=read.problems), keys
    fault = yaml_faults.no_colon(lines)
    return YamlRead(node=None, problems=(_syntax(fault, lines, path, first_line),)), keys


def _syntax(error: yaml.YAMLError, lines: list[str], path: str, first_line: int) -> Diagnostic:
    said = yaml_faults.explain(error, lines)
    place = Place(path, first_line + said.line, said.column + 1, max(1, said.length))
    return problem("yaml-syntax", said.message, place, hint=said.hint)


def _without_twins(entries: list[Entry]) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    first: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        original = first.setdefault(entry.key, entry)
        if original is not entry:
            message = f'the key "{entry.key}" stands here a second time; the first is in line {original.place.line}'
            hint = "keep one of the two lines"
            problems.append(problem("duplicate-key", message, entry.place, hint=hint, also=(original.place,)))
    return tuple(first.values()), problems


@dataclass(frozen=True, slots=True)
class _Span:
    """0-based lines and columns between which an event stands."""

    line: int
    column: int
    end_line: int
    end_column: int


def _span(event: yaml.Event, last: yaml.Event | None = None) -> _Span:
    start, end = event.start_mark, (last or event).end_mark
    assert start is not None
    assert end is not None
    return _Span(start.line, start.column, end.line, end.column)


class _Composer:
    """Builds nodes from the events of the parser. Raises `yaml.YAMLError` when the text is not YAML."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines = lines
        self.path = path
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self.events: Iterator[yaml.Event] = yaml.parse("\n".join(lines), Loader=_LOADER)

    def document(self) -> Node | None:
        node = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "a second document begins here", "keep one of them", 3)
                    break
                node = self.node(next(self.events), 0)
        return None if isinstance(node, Scalar) and node.empty else node

    def node(self, event: yaml.Event, depth: int) -> Node:
        if depth > _DEEPEST:
            raise yaml_faults.error(yaml_faults.TOO_DEEP, *self.start(event))
        if isinstance(event, yaml.AliasEvent):
            what = f'"*{event.anchor}" stands for a value given elsewhere (a YAML alias)'
            self.refuse(event, what, "write the value out, or put quotation marks around the text")
            return Scalar("", self.place(event))
        self.refuse_decoration(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        return self.scalar(event)

    def scalar(self, event: yaml.Event) -> Scalar:
        assert isinstance(event, yaml.ScalarEvent)
        place = self.place(event)
        unquoted = not event.style
        if event.style in ("'", '"') and self.runs_over_keys(event):
            raise yaml_faults.error(yaml_faults.NEVER_CLOSED, *self.start(event))
        if lone := _LONE_SURROGATE.search(event.value):
            self.refuse(event, f"\\u{ord(lone[0]):04x} is half of a character", "type the character itself")
        if unquoted:
            self.warn_of_comment(event)
        return Scalar(event.value, place, unquoted)

    def runs_over_keys(self, event: yaml.Event) -> bool:
        """Whether a quoted text goes on at the very start of a later line: its end was forgotten."""
        span = _span(event)
        following = self.lines[span.line + 1 : span.end_line + 1]
        return any(line[:1].strip() for line in following)

    def sequence(self, event: yaml.Event, depth: int) -> Items:
        items = []
        while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(item, depth + 1))
        return Items(tuple(items), self.place(event, item))

    def mapping(self, event: yaml.Event, depth: int) -> Mapping:
        entries: list[Entry] = []
        broken: list[str] = []
        while not isinstance(item := next(self.events), yaml.MappingEndEvent):
            before = len(self.problems)
            key = self.node(item, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if self.is_plain_key(key) and isinstance(key, Scalar):
                entries.append(Entry(key.text, key.place, value))
                broken += [key.text] if any(fault.code == "yaml-feature" for fault in self.problems[before:]) else []
        kept, twins = _without_twins(entries)
        self.problems += twins
        readable = tuple(entry for entry in kept if entry.key not in broken)
        return Mapping(readable, self.place(event, item), tuple(broken))

    def is_plain_key(self, key: Node) -> bool:
        if isinstance(key, Scalar) and key.text and key.text != "<<":
            return True
        what = 'a key must be a plain word, such as "title"'
        if isinstance(key, Scalar) and key.text == "<<":
            what = '"<<" takes over keys from elsewhere (a YAML merge key)'
        hint = "write the keys out one by one"
        self.problems.append(problem("yaml-feature", what, key.place, hint=hint))
        return False

    def refuse_decoration(self, event: yaml.Event) -> None:
        quote = "if it is part of the text, put quotation marks around the whole text"
        if anchor := getattr(event, "anchor", None):
            self.refuse(event, f'"&{anchor}" names a value for use elsewhere (a YAML anchor)', quote, len(anchor) + 1)
        if tag := getattr(event, "tag", None):
            self.refuse(event, f'"{tag}" gives the value a type (a YAML tag)', quote, len(tag))

    def refuse(self, event: yaml.Event, message: str, hint: str, length: int = 0) -> None:
        place = self.place(event)
        place = replace(place, length=length) if length else place
        self.problems.append(problem("yaml-feature", message, place, hint=hint))

    def warn_of_comment(self, event: yaml.Event) -> None:
        """`title: Alert #5` is read as `Alert`; a comment that was meant has a space after its sign."""
        span = _span(event)
        line = self.lines[span.end_line] if span.end_line < len(self.lines) else ""
        if "#" not in line or not (found := _COMMENT.match(line[span.end_column :])):
            return
        column = span.end_column + found.start(1) + 1
        at = Place(self.path, self.first_line + span.end_line, column, len(found[1].rstrip()))
        message = f'"{found[1].strip()}" is taken for a comment and left out'
        self.problems.append(
            problem("left-out-comment", message, at, hint="put quotation marks around the whole text to keep it")
        )

    def place(self, event: yaml.Event, end: yaml.Event | None = None) -> Place:
        span = _span(event, end)
        line = self.lines[span.line] if span.line < len(self.lines) else ""
        stop = span.end_column if span.end_line == span.line else len(line.rstrip())
        return Place(self.path, self.first_line + span.line, span.column + 1, max(1, stop - span.column))

    def start(self, event: yaml.Event) -> tuple[int, int]:
        span = _span(event)
        return span.line, span.column
