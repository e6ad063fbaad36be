"""Quotation marks, dashes, ellipses and spaces by language: in bodies, and in the lines of the front matter alike."""

import re
from collections.abc import Sequence
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.util import ETX, STX, AtomicString

from alertgen.fastmarkdown import Educator, rules_of, stays_in_text

_NBSP = "\u00a0"
_IN_FIGURES = r"(?<=\d )(?=\d{3}(?!\d)|(?:million|billion|per cent|%)(?!\w))|(?<=\bNo\. )(?=\d)"
"""Behind a space inside a figure, or between a figure and its unit, at which no line may end."""
_BEFORE_SIGNS = r"(?=[;:!?»](?:[\s»)\]]|$))|(?<=« )"
"""Behind a space that French puts before high signs and inside its quotation marks."""

_DOUBLE_QUOTES = {
    "ar": ("«", "»"),
    "de": ("\N{DOUBLE LOW-9 QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}"),
    "es": ("«", "»"),
    "fa": ("«", "»"),
    "fr": ("«" + _NBSP, _NBSP + "»"),
    "ru": ("«", "»"),
}
"""First-level quotation marks by primary language subtag, as the publishing style of each language has them."""


def substitutions(lang: str) -> dict[str, str]:
    """Return what `smarty` puts for straight quotes, hyphens and dots in *lang*, a BCP 47 tag.

    The right single quote stays the apostrophe in every language, because `smarty` uses one for the other.
    """
    left, right = _DOUBLE_QUOTES.get(
        lang.partition("-")[0].lower(), ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")
    )
    return {
        "left-double-quote": left,
        "right-double-quote": right,
        "left-single-quote": "\N{LEFT SINGLE QUOTATION MARK}",
        "right-single-quote": "\N{RIGHT SINGLE QUOTATION MARK}",
        "ndash": "\N{EN DASH}",
        "mdash": "\N{EM DASH}",
        "ellipsis": "\N{HORIZONTAL ELLIPSIS}",
    }


def typeset(text: str, lang: str) -> str:
    """Return the plain *text* in *lang* with the signs that a typesetter would put for those of a keyboard."""
    return _spaces(lang).sub(_NBSP, _educator(lang).educate(text))


def typeset_all(texts: Sequence[str], lang: str) -> tuple[list[str], list[str]]:
    """Return *texts* in *lang* with typographic signs, and with no-break spaces as well: as in a tree of Markdown.

    There a sign that has a space of its own is put aside until all spaces are set, and here its substitute is.
    """
    educator = _educator(lang, aside=True)
    signed = educator.educate_all(texts)
    spaced = _spaced(signed, lang)
    if not educator.substitutes:
        return signed, spaced
    return [_PUT_ASIDE.sub(_put_back, text) for text in signed], [_PUT_ASIDE.sub(_put_back, text) for text in spaced]


def _spaced(texts: list[str], lang: str) -> list[str]:
    spaces = _spaces(lang)
    return [spaces.sub(_NBSP, text) for text in texts] if spaces.search("\n".join(texts)) else texts


_PUT_ASIDE = re.compile(f"{STX}([^{ETX}]*){ETX}")


def _put_back(sign: re.Match[str]) -> str:
    return "".join(chr(int(number)) for number in sign[1].split("-"))


def typeset_spaces(root: Element, lang: str) -> None:
    """Put no-break spaces into all texts below *root*, but not into code."""
    spaces = _spaces(lang)
    if not spaces.search("\n".join(root.itertext())):
        return
    for element in root.iter():
        if element.text and not isinstance(element.text, AtomicString):
            element.text = spaces.sub(_NBSP, element.text)
        if element.tail and not isinstance(element.tail, AtomicString):
            element.tail = spaces.sub(_NBSP, element.tail)


@cache
def _spaces(lang: str) -> re.Pattern[str]:
    french = lang.partition("-")[0].lower() == "fr"
    return re.compile(f" (?:{_IN_FIGURES}|{_BEFORE_SIGNS})" if french else rf" (?=[\dmbp%])(?:{_IN_FIGURES})")


@cache
def _educator(lang: str, *, aside: bool = False) -> Educator:
    """Return what does with a text in *lang* what `smarty` does; if asked, with signs put *aside* as it does."""
    educator = Educator(rules_of(Markdown(extensions=[SmartyExtension(substitutions=substitutions(lang))])))
    if aside and not all(map(stays_in_text, educator.signs())):
        spelled = {sign: "-".join(str(ord(char)) for char in sign) for sign in educator.signs()}
        educator.substitutes = {sign: f"{STX}{numbers}{ETX}" for sign, numbers in spelled.items()}
    return educator
