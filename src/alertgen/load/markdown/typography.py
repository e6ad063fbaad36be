"""Quotation marks, dashes, ellipses and spaces by language: in bodies, and in the lines of the front matter alike."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from alertgen.fastmarkdown.windows import Educator, Rule, stays_in_text
from alertgen.screens import Screen

_STX, _ETX = "\u0002", "\u0003"
"""What Python-Markdown sets around what it puts aside."""

NBSP = "\u00a0"
"""A space at which no line ends."""
_IN_FIGURES = r"(?<=\d )(?=\d{3}(?!\d)|(?:million|billion|per cent|%)(?!\w))|(?<=\bNo\. )(?=\d)"
"""Behind a space inside a figure, or between a figure and its unit, at which no line may end."""
_BEFORE_SIGNS = r"(?=[;:!?»](?:[\s»)\]]|$))|(?<=« )"
"""Behind a space that French puts before high signs and inside its quotation marks."""
_MAY_HOLD_SPACES = Screen(r"\d (?:\d|million|billion|per cent|%)|No\. \d| [;:!?»]|« ")
"""Any of these spaces, in any language."""

_LOW, _HIGH_LEFT, _HIGH_RIGHT = (
    "\N{DOUBLE LOW-9 QUOTATION MARK}",
    "\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
)
_DOUBLE_QUOTES = {
    **dict.fromkeys(("ar", "be", "el", "es", "fa", "hy", "nb", "nn", "no", "ru", "uk"), ("«", "»")),
    **dict.fromkeys(("bg", "cs", "de", "ka", "sk"), (_LOW, _HIGH_LEFT)),
    **dict.fromkeys(("hu", "pl", "ro"), (_LOW, _HIGH_RIGHT)),
    **dict.fromkeys(("fi", "sv"), (_HIGH_RIGHT, _HIGH_RIGHT)),
    "fr": ("«" + NBSP, NBSP + "»"),
}
"""First-level quotation marks by primary language subtag, as the publishing style of each language has them."""
_WITHOUT_SPACES = frozenset({"bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"})
"""Languages whose words no spaces part. `smarty` tells by the space before it that a quotation mark opens, and would
make closing ones of all; so there the marks stay as they were typed."""


def substitutions(lang: str) -> dict[str, str]:
    """Return what `smarty` puts for straight quotes, hyphens and dots in *lang*, a BCP 47 tag.

    The right single quote stays the apostrophe in every language, because `smarty` uses one for the other.
    """
    language = lang.partition("-")[0].lower()
    left, right = _DOUBLE_QUOTES.get(language, (_HIGH_LEFT, _HIGH_RIGHT))
    left_single, right_single = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
    if language in _WITHOUT_SPACES:
        left = right = '"'
        left_single = right_single = "'"
    return {
        "left-double-quote": left,
        "right-double-quote": right,
        "left-single-quote": left_single,
        "right-single-quote": right_single,
        "ndash": "\N{EN DASH}",
        "mdash": "\N{EM DASH}",
        "ellipsis": "\N{HORIZONTAL ELLIPSIS}",
    }


def typeset(text: str, lang: str) -> str:
    """Return the plain *text* in *lang* with the signs that a typesetter would put for those of a keyboard."""
    return spaces_in(lang).sub(NBSP, _educator(lang).educate(text))


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
    if not _MAY_HOLD_SPACES.matches("\n".join(texts)):
        return texts
    spaces = spaces_in(lang)
    return [spaces.sub(NBSP, text) for text in texts]


_PUT_ASIDE = re.compile(f"{_STX}([^{_ETX}]*){_ETX}")


def _put_back(sign: re.Match[str]) -> str:
    return "".join(chr(int(number)) for number in sign[1].split("-"))


@cache
def spaces_in(lang: str) -> re.Pattern[str]:
    """Return an expression for the spaces of texts in *lang* at which no line may end."""
    french = lang.partition("-")[0].lower() == "fr"
    return re.compile(f" (?:{_IN_FIGURES}|{_BEFORE_SIGNS})" if french else rf" (?=[\dmbp%])(?:{_IN_FIGURES})")


_rules: dict[str, tuple[Rule, ...]] = {}
"""By language, by which rules signs are put for others."""


def rules_for(lang: str) -> tuple[Rule, ...]:
    """Return the rules of `smarty` for texts in *lang*. Python-Markdown is asked for them once."""
    if lang not in _rules:
        from markdown import Markdown
        from markdown.extensions.smarty import SmartyExtension

        from alertgen.fastmarkdown.smarty import rules_of

        _rules[lang] = rules_of(Markdown(extensions=[SmartyExtension(substitutions=substitutions(lang))]))
    return _rules[lang]


def take_for_known(rules: Mapping[str, tuple[Rule, ...]]) -> None:
    """Have the *rules* by language that `rules_for` has returned to another process with the same Python-Markdown."""
    _rules.update(rules)


@cache
def _educator(lang: str, *, aside: bool = False) -> Educator:
    """Return what does with a text in *lang* what `smarty` does; if asked, with signs put *aside* as it does."""
    educator = Educator(rules_for(lang))
    if aside and not all(map(stays_in_text, educator.signs())):
        spelled = {sign: "-".join(str(ord(char)) for char in sign) for sign in educator.signs()}
        educator.substitutes = {sign: f"{_STX}{numbers}{_ETX}" for sign, numbers in spelled.items()}
    return educator
