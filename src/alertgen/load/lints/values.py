"""Surprises in the values of keys, of texts and of site.yaml."""

import re
from collections.abc import Iterator
from html import unescape

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.load.lints.characters import unseen_in_value
from alertgen.load.lints.marks import KEYS_HOLD, MARKED, NOT_FOR_READERS, REMARK, UNFILLED
from alertgen.load.lints.pasted import sign_of_font_in_value
from alertgen.load.yaml.nodes import Mapping, Node, Scalar, every_value
from alertgen.patterns import late

_OPENING = ("\u201c", "\u201e", "\u2018", "\u201a", "\u00ab", "\u2039")
_QUOTED = re.compile(
    "[\u201c\u201e\u2018\u201a\u00ab\u2039]"
    "([^\u201c-\u201f\u00ab\u00bb\u2039\u203a]*)"
    "[\"'\u201c\u201d\u2018\u2019\u00bb\u203a]"
)
"""What stands between a pair of quotation marks of a word processor."""
_ANY = late(
    r"[&<\u201c\u201e\u2018\u201a\u00ab\u2039\ue000-\uf8ff\ufb00-\ufb06\ufb50-\ufefc]|\*[*|]|\]\(|\{[{%>+~=-]|~~"
    r"|XXX|\?\?\?|\[[A-Za-z?]|DRAFT|EMBARG|NOT FOR |DO NOT |CONFIDEN|INTERNAL U|Embargoed u|BORRADOR|BROUILLON"
)
"""Without one of these there are no quotation marks, markup or signs, and nothing that is not for readers."""
_BEGINS = ("title", "summary")
"""Keys of which readers see the beginning first: there it says whom the text is for."""
_SHOWN = (*_BEGINS, "image_alt", "image_caption", "image_credit", "image_sensitive", "corrections")
"""Keys that hold the words of the editors themselves."""
_UNFILLED = late(UNFILLED)
_MARKED = late(rf"[ \[(]*({MARKED})")
_MARKUP = late(
    r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]{2,8});|</?[A-Za-z][^<>@]*>|\*\*[^*\s][^*]*\*\*|\]\((?:https?:|/|#)[^()\s]*\)"
)


def surprises_in_values(node: Node, lang: str) -> Iterator[Diagnostic]:
    """Report whatever in the values below *node*, of a text in *lang*, is not what its author thinks."""
    values = list(every_value(node))
    whole = " ".join([value.text for value in values])
    if whole.isprintable() and not _ANY.search(whole):
        return
    for value in values:
        if not value.text.isprintable():
            yield from unseen_in_value(value, lang)
        if value.plain and value.text.startswith(_OPENING):
            yield from _quotes(value)
        yield from sign_of_font_in_value(value)
        if found := _MARKUP.search(value.text):
            yield _shown_as_it_stands(value, found[0])
        if found := _UNFILLED.search(value.text):
            message = f'"{found[0]}" is left over from another program'
            hint = "take it out, or replace it by what readers are meant to see"
            yield problem("sign-of-program", message, value.place, hint=hint)
    yield from _not_for_readers(node) if lang else ()


def _not_for_readers(node: Node) -> Iterator[Diagnostic]:
    """Find keys that were written for colleagues. Elsewhere, a source may be called so."""
    if not isinstance(node, Mapping):
        return
    for key, value in [(key, value) for key in _SHOWN if (said := node.get(key)) for value in every_value(said)]:
        if key in _BEGINS and _MARKED.match(value.text):
            yield problem("marked-unpublished", NOT_FOR_READERS, value.place, hint=KEYS_HOLD)
        elif found := REMARK.search(value.text):
            message = f'"{found[0]}" looks like a remark that is not for readers'
            yield problem("remark-left", message, value.place, hint="settle it, and take it out")


def _shown_as_it_stands(value: Scalar, markup: str) -> Diagnostic:
    """Tell of `title: A &amp; **B**`."""
    meant = unescape(markup)
    is_sign = meant != markup and meant.isprintable() and bool(meant.strip())
    hint = f'write "{meant}" itself' if is_sign else "write plain words here"
    return problem("markup-in-value", f'"{markup}" is shown to readers as it stands', value.place, hint=hint)


def _quotes(value: Scalar) -> Iterator[Diagnostic]:
    """Report `title: “X”`: what YAML takes for quotation marks are straight ones alone, and those are not shown."""
    if quoted := _QUOTED.fullmatch(value.text):
        message = f"the quotation marks {value.text[0]} {value.text[-1]} are shown to readers, as part of the text"
        meant = "" if '"' in value.text else f'; if they are meant, write "{value.text}"'
        hint = f"write {quoted[1].strip()} without them{meant}"
        yield problem("quotes-in-value", message, value.place, hint=hint)
