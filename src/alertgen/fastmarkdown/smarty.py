"""Typographic quotes, dashes and ellipses in one pass over each text (`windows` decides, this module carries out).

Invariant: each sign is replaced by the substitute that the stock patterns choose, at the same place. Stock patterns
keep substitutes in the stash until the output is text. When only processors of Python-Markdown come between
(`is_direct`), or such as have a true attribute `fast_keeps_entities`, an entity can go into the text at once: nothing
there changes it. Otherwise it is kept in the stash as well. A tree that still holds inline placeholders, which the
stock processor might mistake for its own, is left to the stock algorithm.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import postprocessors, serializers, treeprocessors, util
from markdown.extensions import smarty, toc

from . import windows
from .inline import FastInlineProcessor
from .serialize import to_html, to_xhtml
from .triggers import stock_class

CONSTANTS = (
    "singleQuoteStartRe", "doubleQuoteStartRe", "doubleQuoteSetsRe", "singleQuoteSetsRe", "doubleQuoteSetsRe2",
    "singleQuoteSetsRe2", "decadeAbbrRe", "openingDoubleQuotesRegex", "closingDoubleQuotesRegex",
    "closingDoubleQuotesRegex2", "openingSingleQuotesRegex", "closingSingleQuotesRegex", "closingSingleQuotesRegex2",
    "remainingSingleQuotesRegex", "remainingDoubleQuotesRegex",
)  # fmt: skip
"""Names of the expressions for quotes in `markdown.extensions.smarty`."""

EXPRESSIONS = frozenset(
    (
        *(getattr(smarty, name) for name in CONSTANTS),
        r"(?<!-)---(?!-)", r"(?<!-)--(?!-)", r"(?<!\.)\.{3}(?!\.)", r"\<\<", r"\>\>",
    )
)  # fmt: skip

SERIALIZERS = (serializers.to_html_string, serializers.to_xhtml_string, to_html, to_xhtml)
LATER: tuple[type, ...] = (toc.TocTreeprocessor, treeprocessors.UnescapeTreeprocessor)
"""Tree processors that may come after `smarty` when entities are put into the text."""


class FastSmarty(FastInlineProcessor):
    """The inline processor that the `smarty` extension registers."""

    stands_for = (
        "treeprocessors:InlineProcessor",
        *(f"extensions.smarty:{name}" for name in (*CONSTANTS, "SubstituteTextPattern")),
    )
    _rules: tuple[windows.Rule, ...] = ()
    _surroundings: Any = None
    _direct = False

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Replace the signs in all texts below *tree*."""
        text = "\n".join(tree.itertext())
        if util.INLINE_PLACEHOLDER_PREFIX in text or not self._ready():
            return super().run(tree, ancestors)
        starts = [start for start in windows.SIGNS if start in text]
        if starts:
            educator = windows.Educator(self._rules)
            if not self._direct:
                educator.substitutes = {sign: self.md.htmlStash.store(sign) for sign in educator.signs()}
            _educate_all(tree, educator, starts)
        return tree

    @staticmethod
    def accepts(processor: Any) -> bool:
        """Say whether *processor* holds the patterns of `smarty` and nothing else."""
        patterns = list(processor.inlinePatterns)
        return bool(patterns) and all(
            type(pattern) is smarty.SubstituteTextPattern and pattern.pattern in EXPRESSIONS for pattern in patterns
        )

    def _ready(self) -> bool:
        """Say whether this still holds the patterns of `smarty`, and look about if anything changed."""
        md: Any = self.md
        patterns: list[Any] = list(self.inlinePatterns)
        surroundings = (patterns, list(md.treeprocessors), next(iter(md.postprocessors), None), md.serializer)
        if surroundings != self._surroundings:
            self._surroundings = surroundings
            patterns = patterns if self.accepts(self) else []
            self._rules = _rules(patterns)
            self._direct = is_direct(self)
        return bool(self._rules)


def rules_of(md: Any) -> tuple[windows.Rule, ...]:
    """Return the rules of the `smarty` extension of the instance *md*."""
    return _rules(md.treeprocessors["smarty"].inlinePatterns)


def _rules(patterns: Iterable[Any]) -> tuple[windows.Rule, ...]:
    return tuple((pattern.pattern, tuple(pattern.replace)) for pattern in patterns)


def is_direct(processor: Any) -> bool:
    """Say whether the substitutes of *processor* may stand in the text from there on."""
    md = processor.md
    order = list(md.treeprocessors)
    later = order[order.index(processor) + 1 :] if processor in order else order
    first = next(iter(md.postprocessors), None)
    return (
        all(stock_class(after) in LATER or getattr(after, "fast_keeps_entities", False) for after in later)
        and type(first) is postprocessors.RawHtmlPostprocessor
        and md.serializer in SERIALIZERS
        and all(map(windows.stays_in_text, windows.Educator(_rules(processor.inlinePatterns)).signs()))
    )


def _educate_all(tree: Element, educator: windows.Educator, starts: list[str]) -> None:
    """Educate every text below *tree*; its signs begin like one of *starts*."""
    texts: list[str] = []
    places: list[tuple[Element, bool]] = []
    for element in tree.iter():
        text, tail = element.text, element.tail
        if element is tree:
            continue
        if text and not isinstance(text, util.AtomicString):
            texts.append(text)
            places.append((element, True))
        if tail and tail != "\n" and not isinstance(tail, util.AtomicString):
            texts.append(tail)
            places.append((element, False))
    for (element, is_text), typed, educated in zip(places, texts, educator.educate_all(texts, starts), strict=True):
        if educated is typed or educated == typed:
            continue
        if is_text:
            element.text = educated
        else:
            element.tail = educated
