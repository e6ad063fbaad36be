"""YAML as it was typed: nodes that keep their text and their place, and never guess a type.

`NO`, `12:30`, `0123`, `3.10`, `~` and `2026-02-30` are the text that stands there. What a value means is decided by
the key it stands under (`schema.py`), never by what it looks like; only `null` is no value. Anchors, aliases, tags,
merge keys, keys that are not plain words and several documents are refused; a key may stand only once.
"""

import re
from collections.abc import Iterator

import yaml

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.load.disk import conflicts
from alertgen.load.yaml import faults
from alertgen.load.yaml.composer import Composer, without_twins
from alertgen.load.yaml.nodes import Entry, Mapping, Node, Scalar
from alertgen.records import dataclass, replace

_MOST_CHARACTERS = 64 * 1024
"""The longest real headers are about 8 KB; the parser's time grows faster than the text."""
_KEY = re.compile(r"^[ \t]*(?:- +)?[\"']?([\w-]+)[\"']?[ \t]*:?", re.MULTILINE)
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
    if (mark := conflicts.mark_in(text)) is not None:
        at = place_of(text, mark, path, conflicts.LENGTH)
        fault = conflicts.conflict(text, replace(at, line=at.line + first_line - 1))
        return YamlRead(node=Mapping((), Place(path, first_line), tuple(_KEY.findall(text))), problems=(fault,))
    lines = text.split("\n")
    if "\t" in text and any(line.lstrip(" ").startswith("\t") and line.strip() for line in lines):
        return _piecewise(lines, path, first_line)
    try:
        read = _compose(lines, path, first_line)
    except yaml.YAMLError:
        return _piecewise(lines, path, first_line)
    return _piecewise(lines, path, first_line) if isinstance(read.node, Scalar) else read


def _compose(lines: list[str], path: str, first_line: int) -> YamlRead:
    composer = Composer(lines, path, first_line)
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
    kept, twins = without_twins(entries)
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
        if fault := faults.tab(lines):
            raise fault
        read = _compose(lines, path, first_line)
    except yaml.YAMLError as error:
        return YamlRead(node=None, problems=(_syntax(error, lines, path, first_line),)), keys
    if isinstance(read.node, Mapping) or (read.node is None and not read.problems):
        return read, []
    if read.problems:
        return YamlRead(node=None, problems=read.problems), keys
    fault = faults.no_colon(lines)
    return YamlRead(node=None, problems=(_syntax(fault, lines, path, first_line),)), keys


def _syntax(error: yaml.YAMLError, lines: list[str], path: str, first_line: int) -> Diagnostic:
    said = faults.explain(error, lines)
    place = Place(path, first_line + said.line, said.column + 1, max(1, said.length))
    return problem("yaml-syntax", said.message, place, hint=said.hint)
