"""Typographic quotes, dashes and ellipses in one pass over each text (`windows` decides, this module carries out).

Invariant: each sign is replaced by the substitute that the stock patterns choose, at the same place. Stock patterns keep
substitutes in the stash until the output is text. When only processors of Python-Markdown come between (`_direct`), an
entity can go into the text at once: nothing there changes it. Otherwise it is kept in the stash as well. A tree that
still holds inline placeholders, which the stock processor might mistake for its own, is left to the stock algorithm.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import inlinepatterns, postprocessors, treeprocessors, util
from markdown.extensions import smarty, toc

from . import windows
from .claims import trusted
from .inline import FastInlineProcessor
from .serialize import FAST
from .triggers import stock_class

PLAIN = re.compile(r'(?:&(?:#[0-9]+|#x[0-9a-fA-F]+|[0-9a-zA-Z]+);|[^\s<>&"\x02\x03])+')
"""A substitute that serializers and later processors of Python-Markdown leave as it is."""

SERIALIZERS = {*FAST, *FAST.values()}
LATER = (toc.TocTreeprocessor, treeprocessors.UnescapeTreeprocessor)
"""Tree processors that may come after `smarty` when entities are put into the text."""


def is_smarty(processor: Any) -> bool:
    """Say whether *processor* holds the patterns of `smarty` and nothing else."""
    patterns = list(getattr(processor, "inlinePatterns", ()))
    return bool(patterns) and trusted(*FastSmarty.stands_for) and all(
        type(pattern) is smarty.SubstituteTextPattern and pattern.pattern in windows.EXPRESSIONS for pattern in patterns
    )


class FastSmarty(FastInlineProcessor):
    """The inline processor that the `smarty` extension registers."""

    stands_for = (
        "treeprocessors:InlineProcessor",
        *(f"extensions.smarty:{name}" for name in (*windows.CONSTANTS, "SubstituteTextPattern")),
    )

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Replace the signs in all texts below *tree*."""
        patterns: list[Any] = list(self.inlinePatterns)
        text = "\n".join(tree.itertext())
        if util.INLINE_PLACEHOLDER_PREFIX in text or not is_smarty(self):
            return super().run(tree, ancestors)
        starts = [start for start in windows.STARTS if start in text]
        if starts:
            rules = tuple((pattern.pattern, tuple(pattern.replace)) for pattern in patterns)
            educator = windows.Educator(rules)
            if not self._direct(rules):
                substitutes = dict.fromkeys(part for _, parts in rules for part in parts if isinstance(part, str))
                educator.substitutes = {part: self.md.htmlStash.store(part) for part in substitutes}
            _educate_all(tree, educator.educate, starts)
        return tree

    def _direct(self, rules: tuple[windows.Rule, ...]) -> bool:
        """Say whether substitutes may stand in the text from here on."""
        order = [stock_class(type(processor)) for processor in self.md.treeprocessors]
        later = order[list(self.md.treeprocessors).index(self) + 1 :]
        first: Any = next(iter(self.md.postprocessors), None)
        return (
            all(cls in LATER for cls in later)
            and type(first) is postprocessors.RawHtmlPostprocessor
            and self.md.serializer in SERIALIZERS
            and all(PLAIN.fullmatch(part) for _, parts in rules for part in parts if isinstance(part, str))
        )


def _educate_all(tree: Element, educate: Callable[[str], str], starts: list[str]) -> None:
    """Educate every text below *tree* that holds one of *starts*."""
    for element in tree.iter():
        text, tail = element.text, element.tail
        if element is tree:
            continue
        if text and not isinstance(text, util.AtomicString):
            for start in starts:
                if start in text:
                    element.text = educate(text)
                    break
        if tail and tail != "\n" and not isinstance(tail, util.AtomicString):
            for start in starts:
                if start in tail:
                    element.tail = educate(tail)
                    break
