"""From the events of the YAML parser to nodes, refusing whatever front matter does not need."""

import re
from collections.abc import Callable
from typing import Any

import yaml

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.disk.decoding import FORBIDDEN, named
from alertgen.load.yaml import faults
from alertgen.load.yaml.nodes import Entry, Items, Mapping, Node, Scalar
from alertgen.records import replace

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser is seven times faster; the pure one stands in where PyYAML was built without it."""
_DEEPEST = 12
_COMMENT = re.compile(r"\s+(#[^\s#].*)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def without_twins(entries: list[Entry]) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """Return *entries* without those whose key stood before, and a problem for each of these."""
    first: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        original = first.setdefault(entry.key, entry)
        if original is not entry:
            message = f'the key "{entry.key}" stands here a second time; the first is in line {original.place.line}'
            hint = "keep one of the two lines"
            problems.append(problem("duplicate-key", message, entry.place, hint=hint, also=(original.place,)))
    return tuple(first.values()), problems


_Span = tuple[int, int, int, int]
"""0-based lines and columns between which an event stands: those of its start, then those of its end."""


def _span(event: yaml.Event, last: yaml.Event | None = None) -> _Span:
    start, end = event.start_mark, (last or event).end_mark
    assert start is not None
    assert end is not None
    return start.line, start.column, end.line, end.column


class Composer:
    """Builds nodes from the events of the parser. Raises `yaml.YAMLError` when the text is not YAML."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self._lines = lines
        self._path = path
        self._first_line = first_line
        self.problems: list[Diagnostic] = []
        self._next: Callable[[], Any] = _LOADER("\n".join(lines)).get_event

    def document(self) -> Node | None:
        """Return what the text holds, None for nothing but comments; what is refused is added to `problems`."""
        node = None
        documents = 0
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second document begins here", "keep one of them", 3)
                    break
                node = self._node(self._next(), 0)
        return None if isinstance(node, Scalar) and node.empty else node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > _DEEPEST:
            raise faults.error(faults.TOO_DEEP, *self._start(event))
        if isinstance(event, yaml.ScalarEvent) and event.anchor is event.tag is None:
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            what = f'"*{event.anchor}" stands for a value given elsewhere (a YAML alias)'
            self._refuse(event, what, "write the value out, or put quotation marks around the text")
            return Scalar("", self._place(_span(event)))
        self._refuse_decoration(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        return self._scalar(event)

    def _scalar(self, event: yaml.Event) -> Scalar:
        assert isinstance(event, yaml.ScalarEvent)
        span = _span(event)
        place = self._place(span)
        unquoted = not event.style
        if event.style in ("'", '"') and self._runs_over_keys(span):
            raise faults.error(faults.NEVER_CLOSED, *self._start(event))
        if unquoted:
            self._warn_of_comment(span)
            if event.value == "null":  # no editor types it; forms do, for a choice that was taken back
                return Scalar("", place)
        if event.value.isprintable():
            return Scalar(event.value, place, unquoted)
        if lone := _LONE_SURROGATE.search(event.value):
            self._refuse(event, f"\\u{ord(lone[0]):04x} is half of a character", "type the character itself")
        return Scalar(self._without_forbidden(event.value, place), place, unquoted)

    def _without_forbidden(self, text: str, place: Place) -> str:
        r"""Return *text* with spaces for the characters that only an escape (`"\a"`, `"\x07"`) can have brought in."""
        if found := FORBIDDEN.search(text):
            message = f"an escape in this text stands for the invisible character {named(found[0])}"
            hint = r"delete it, or write \\ where a backslash is meant"
            self.problems.append(problem("control-character", message, place, hint=hint))
        return FORBIDDEN.sub(" ", text)

    def _runs_over_keys(self, span: _Span) -> bool:
        """Whether a quoted text goes on at the very start of a later line: its end was forgotten."""
        line, _, end_line, _ = span
        following = self._lines[line + 1 : end_line + 1]
        return any(line[:1].strip() for line in following)

    def _sequence(self, event: yaml.Event, depth: int) -> Items:
        items = []
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(item, depth + 1))
        return Items(tuple(items), self._place(_span(event, item)))

    def _mapping(self, event: yaml.Event, depth: int) -> Mapping:
        entries: list[Entry] = []
        broken: list[str] = []
        while not isinstance(item := self._next(), yaml.MappingEndEvent):
            before = len(self.problems)
            key = self._node(item, depth + 1)
            value = self._node(self._next(), depth + 1)
            if self._is_plain_key(key) and isinstance(key, Scalar):
                entries.append(Entry(key.text, key.place, value))
                if len(self.problems) > before and any(one.code == "yaml-feature" for one in self.problems[before:]):
                    broken.append(key.text)
        kept, twins = without_twins(entries)
        self.problems += twins
        readable = tuple(entry for entry in kept if entry.key not in broken) if broken else kept
        return Mapping(readable, self._place(_span(event, item)), tuple(broken))

    def _is_plain_key(self, key: Node) -> bool:
        if isinstance(key, Scalar) and key.text and key.text != "<<":
            return True
        what = 'a key must be a plain word, such as "title"'
        if isinstance(key, Scalar) and key.text == "<<":
            what = '"<<" takes over keys from elsewhere (a YAML merge key)'
        hint = "write the keys out one by one"
        self.problems.append(problem("yaml-feature", what, key.place, hint=hint))
        return False

    def _refuse_decoration(self, event: yaml.Event) -> None:
        quote = "if it is part of the text, put quotation marks around the whole text"
        if anchor := getattr(event, "anchor", None):
            self._refuse(event, f'"&{anchor}" names a value for use elsewhere (a YAML anchor)', quote, len(anchor) + 1)
        if tag := getattr(event, "tag", None):
            self._refuse(event, f'"{tag}" gives the value a type (a YAML tag)', quote, len(tag))

    def _refuse(self, event: yaml.Event, message: str, hint: str, length: int = 0) -> None:
        place = self._place(_span(event))
        place = replace(place, length=length) if length else place
        self.problems.append(problem("yaml-feature", message, place, hint=hint))

    def _warn_of_comment(self, span: _Span) -> None:
        """`title: Alert #5` is read as `Alert`; a comment that was meant has a space after its sign."""
        _, _, end_line, end_column = span
        line = self._lines[end_line] if end_line < len(self._lines) else ""
        if "#" not in line or not (found := _COMMENT.match(line[end_column:])):
            return
        column = end_column + found.start(1) + 1
        at = Place(self._path, self._first_line + end_line, column, len(found[1].rstrip()))
        message = f'"{found[1].strip()}" is taken for a comment and left out'
        self.problems.append(
            problem("left-out-comment", message, at, hint="put quotation marks around the whole text to keep it")
        )

    def _place(self, span: _Span) -> Place:
        line, column, end_line, stop = span
        if end_line != line:
            stop = len(self._lines[line].rstrip()) if line < len(self._lines) else 0
        return Place(self._path, self._first_line + line, column + 1, max(1, stop - column))

    def _start(self, event: yaml.Event) -> tuple[int, int]:
        return _span(event)[:2]
