"""Surprises in the values of keys, of texts and of site.yaml."""

import re
from collections.abc import Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.load.lints.characters import unseen_in_value
from alertgen.load.yaml.nodes import Node, Scalar, every_value

_OPENING = ("\u201c", "\u201e", "\u2018", "\u201a", "\u00ab", "\u2039")
_QUOTED = re.compile(
    "[\u201c\u201e\u2018\u201a\u00ab\u2039]"
    "([^\u201c-\u201f\u00ab\u00bb\u2039\u203a]*)"
    "[\"'\u201c\u201d\u2018\u2019\u00bb\u203a]"
)
"""What stands between a pair of quotation marks of a word processor."""


def surprises_in_values(node: Node, lang: str) -> Iterator[Diagnostic]:
    """Report whatever in the values below *node*, of a text in *lang*, is not what its author thinks."""
    for value in every_value(node):
        if not value.text.isprintable():
            yield from unseen_in_value(value, lang)
        if value.plain and value.text.startswith(_OPENING):
            yield from _quotes(value)


def _quotes(value: Scalar) -> Iterator[Diagnostic]:
    """Report `title: “X”`: what YAML takes for quotation marks are straight ones alone, and those are not shown."""
    if quoted := _QUOTED.fullmatch(value.text):
        message = f"the quotation marks {value.text[0]} {value.text[-1]} are shown to readers, as part of the text"
        meant = "" if '"' in value.text else f'; if they are meant, write "{value.text}"'
        hint = f"write {quoted[1].strip()} without them{meant}"
        yield problem("quotes-in-value", message, value.place, hint=hint)
