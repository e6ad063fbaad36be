"""Inline marks (links, emphasis, code, footnote references) without trying every pattern on every text.

Invariant: this is Python-Markdown's own algorithm, in its own order, minus the calls that cannot change anything. A
pattern is skipped on a text when the characters it needs are not there (`triggers.needs`); a text in which no pattern
matched and which holds no placeholder is left where it is. Every match is still made by the pattern's own expression
and handled by the pattern itself, one by one or, where a fast pattern can tell (`cut`), all of a text at once; the
stash is filled in the same order with the same things.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import inlinepatterns, util
from markdown.treeprocessors import InlineProcessor

from .triggers import Needs, idle, needs, writes, written

Step = tuple[inlinepatterns.InlineProcessor, Needs]
Placed = tuple[Element, list[str]]
PREFIX = util.INLINE_PLACEHOLDER_PREFIX


class FastInlineProcessor(InlineProcessor):
    """`markdown.treeprocessors.InlineProcessor`, with a plan of the patterns that this document can need."""

    stands_for: tuple[str, ...] = ("treeprocessors:InlineProcessor", "inlinepatterns:InlineProcessor")
    _steps: list[Step]
    _patterns: list[Any] = []  # noqa: RUF012  replaced, never changed
    _expressions: list[Any] = []  # noqa: RUF012
    _needs: list[Needs | None] = []  # noqa: RUF012
    _writers: list[Any] = []  # noqa: RUF012

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the inline patterns to *tree*; *ancestors* are the tags above it."""
        patterns: list[Any] = list(self.inlinePatterns)
        expressions = [getattr(pattern, "pattern", None) for pattern in patterns]
        if patterns != self._patterns or expressions != self._expressions:
            self._patterns, self._expressions = patterns, expressions
            self._needs = [needs(pattern) for pattern in patterns]
            self._writers = [pattern for pattern in patterns if writes(pattern)]
        if not all(isinstance(pattern, inlinepatterns.InlineProcessor) for pattern in patterns):
            return super().run(tree, ancestors)
        self.stashed_nodes = {}
        self._plan(tree)
        if self._steps or PREFIX in "".join(tree.itertext()):
            self._walk(tree, [*(ancestors or ()), tree.tag.lower()])
        return tree

    def _plan(self, tree: Element) -> None:
        """Keep the patterns that can match somewhere in *tree*.

        Marks cannot arise from nothing: what patterns write back into the text is their match, their match between
        control characters, or what `written` tells. With a pattern that is not known none of this is certain and
        all patterns stay.
        """
        known = zip(self._patterns, self._needs, strict=True)
        if None in self._needs:
            self.parent_map = {child: parent for parent in tree.iter() for child in parent}
            self._steps = [(pattern, ("",) if need is None else need) for pattern, need in known]
            return
        self.parent_map = {}
        text = "\n".join([*tree.itertext(), *map(written, self._writers)])
        self._steps = []
        for pattern, need in known:
            for mark in need or ():
                if mark in text and not idle(pattern, self.md):
                    self._steps.append((pattern, need or ()))
                    break

    def _walk(self, tree: Element, parents: list[str]) -> None:
        """Visit elements level by level; what a text turned into is put in place after its siblings were read."""
        waiting: deque[Placed] = deque([(tree, parents)])
        while waiting:
            current, self.ancestors = waiting.popleft()
            if current is not tree:
                self.ancestors.append(current.tag.lower())
            inserts = []
            for child in current:
                if child.text and (made := self._convert_text(child)):
                    waiting.extend(made)
                    inserts.append((child, made))
                if child.tail:
                    self._convert_tail(current, child)
                if len(child):
                    waiting.append((child, self.ancestors[:]))
            for element, made in inserts:
                for index, (node, _) in enumerate(made):
                    element.insert(index, node)

    def _convert_text(self, child: Element) -> list[Placed]:
        text = child.text
        if not text or isinstance(text, util.AtomicString):
            return []
        self.ancestors.append(child.tag.lower())
        handled = self._handle(text, 0)
        made: list[Placed] = []
        if PREFIX in handled:
            child.text = None
            made = self._resolve(handled, child, is_text=True)
        self.ancestors.pop()
        return made

    def _convert_tail(self, current: Element, child: Element) -> None:
        handled = self._handle(child.tail or "", 0)
        if PREFIX not in handled:
            return
        dummy = Element("d")
        made = self._resolve(handled, dummy, is_text=False)
        child.tail = dummy.tail or None
        position = list(current).index(child) + 1
        for node, _ in reversed(made):
            current.insert(position, node)

    def _handle(self, data: str, first: int) -> str:
        """Put placeholders for every mark in *data* that the patterns from number *first* on find."""
        if isinstance(data, util.AtomicString):
            return data
        steps = self._steps
        for index in range(first, len(steps)):
            pattern, need = steps[index]
            for mark in need:
                if mark in data:
                    if not (pattern.ANCESTOR_EXCLUDES and self._excluded(pattern)):
                        data = self._apply(pattern, data, index)
                    break
        return data

    def _excluded(self, pattern: inlinepatterns.InlineProcessor) -> bool:
        return any(tag.lower() in self.ancestors for tag in pattern.ANCESTOR_EXCLUDES)

    def _apply(self, pattern: inlinepatterns.InlineProcessor, data: str, index: int) -> str:
        """Put placeholders for all matches of *pattern*, number *index*, in *data*."""
        cut = getattr(pattern, "cut", None)
        if cut and (pieces := cut(data)):
            return self._stash_all(pieces, index)
        handle, stashed, position = pattern.handleMatch, self.stashed_nodes, 0
        matches = getattr(pattern, "matches", None) or pattern.getCompiledRegExp().finditer
        while True:
            for match in matches(data, position):
                node, start, end = handle(match, data)
                if start is not None and end is not None:
                    break
            else:
                return data
            if node is None:
                position = end
                continue
            if not isinstance(node, str) and not isinstance(node.text, util.AtomicString):
                self._handle_inside(node, index)
            key = f"{len(stashed):04d}"
            stashed[key] = node
            data = f"{data[:start]}{PREFIX}{key}{util.ETX}{data[end:]}"
            position = start + len(PREFIX) + len(key) + 1

    def _stash_all(self, pieces: list[Any], index: int) -> str:
        """Put placeholders for the elements in *pieces*: every second one, the others are text."""
        stashed = self.stashed_nodes
        for place in range(1, len(pieces), 2):
            self._handle_inside(pieces[place], index)
            key = f"{len(stashed):04d}"
            stashed[key] = pieces[place]
            pieces[place] = f"{PREFIX}{key}{util.ETX}"
        return "".join(pieces)

    def _handle_inside(self, node: Element, index: int) -> None:
        for child in [node, *node]:
            text, tail = child.text, child.tail
            if text:
                self.ancestors.append(child.tag.lower())
                child.text = self._handle(text, index + 1)
                self.ancestors.pop()
            if tail:
                child.tail = self._handle(tail, index)

    def _resolve(self, data: str, parent: Element, *, is_text: bool) -> list[Placed]:
        """Turn placeholders in *data* back into elements; text goes to *parent* and to the elements' tails."""
        made: list[Placed] = []
        last, in_text = parent, is_text
        for piece in self._pieces(data):
            if isinstance(piece, str):
                if not piece:
                    continue
                if in_text:
                    last.text = last.text + piece if last.text else piece
                else:
                    last.tail = last.tail + piece if last.tail else piece
            else:
                self._resolve_inside(piece)
                last, in_text = piece, False
                made.append((piece, self.ancestors[:]))
        return made

    def _pieces(self, data: str) -> Iterable[str | Element]:
        """Cut *data* at its placeholders; one that stands for nothing is text."""
        pieces: list[Any] = util.INLINE_PLACEHOLDER_RE.split(data)
        if len(pieces) == 2 * data.count(PREFIX) + 1 and not isinstance(data, util.AtomicString):
            nodes = [self.stashed_nodes.get(key) for key in pieces[1::2]]
            if None not in nodes:
                pieces[1::2] = nodes
                return pieces
        return self._pieces_one_by_one(data)

    def _pieces_one_by_one(self, data: str) -> Iterator[str | Element]:
        start = 0
        while (index := data.find(PREFIX, start)) != -1:
            match = util.INLINE_PLACEHOLDER_RE.search(data, index)
            node = self.stashed_nodes.get(match.group(1)) if match else None
            if match is None or node is None:
                end = index + len(PREFIX)
                yield data[start:end]
                start = end
                continue
            if index > start:
                yield data[start:index]
            yield node
            start = match.end()
        rest = data[start:]
        yield util.AtomicString(rest) if isinstance(data, util.AtomicString) else rest

    def _resolve_inside(self, node: Element) -> None:
        for child in [node, *node]:
            text, tail = child.text, child.tail
            if tail and PREFIX in tail:
                self._resolve_in_place(node, child, is_text=False)
            if text and PREFIX in text:
                self._resolve_in_place(child, child, is_text=True)

    def _resolve_in_place(self, node: Element, child: Element, *, is_text: bool) -> None:
        if is_text:
            data, child.text = child.text or "", None
        else:
            data, child.tail = child.tail or "", None
        made = self._resolve(data, child, is_text=is_text)
        position = list(node).index(child) + 1 if not is_text and node is not child else 0
        for element, _ in reversed(made):
            node.insert(position, element)
