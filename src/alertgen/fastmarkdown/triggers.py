"""Characters that a text must hold for an inline pattern to do anything in it.

Invariant: for every pattern whose `needs` are known, a text with none of the marks holds no match that the pattern
would accept. The marks are read off the pattern's expression (every match begins with them), and for links off its
parser (the closing bracket must be followed at once by a parenthesis). A pattern of another class, or with another
expression, has no known needs, unless it tells them itself: an attribute `fast_needs`, a tuple of marks. It promises
that without any of them it does nothing, and that it puts no text of its own where further patterns look.
"""

from __future__ import annotations

from typing import Any

from markdown import inlinepatterns
from markdown.extensions import footnotes

from .claims import trusted

Needs = tuple[str, ...]
"""Marks of which at least one must be in the text; `("",)` is always there."""

MARKS: dict[tuple[str, str], Needs] = {
    ("BacktickInlineProcessor", "BACKTICK_RE"): ("`",),
    ("EscapeInlineProcessor", "ESCAPE_RE"): ("\\",),
    ("ReferenceInlineProcessor", "REFERENCE_RE"): ("[",),
    ("LinkInlineProcessor", "LINK_RE"): ("](",),
    ("ImageInlineProcessor", "IMAGE_LINK_RE"): ("![",),
    ("ImageReferenceInlineProcessor", "IMAGE_REFERENCE_RE"): ("![",),
    ("ShortReferenceInlineProcessor", "REFERENCE_RE"): ("[",),
    ("ShortImageReferenceInlineProcessor", "IMAGE_REFERENCE_RE"): ("![",),
    ("AutolinkInlineProcessor", "AUTOLINK_RE"): ("<",),
    ("AutomailInlineProcessor", "AUTOMAIL_RE"): ("<",),
    ("SubstituteTagInlineProcessor", "LINE_BREAK_RE"): ("  \n",),
    ("HtmlInlineProcessor", "HTML_RE"): ("<",),
    ("HtmlInlineProcessor", "ENTITY_RE"): ("&",),
}
"""Class and expression, both of `markdown.inlinepatterns`, and what a match needs."""

BY_REFERENCE = (
    inlinepatterns.ReferenceInlineProcessor,
    inlinepatterns.ShortReferenceInlineProcessor,
    inlinepatterns.ImageReferenceInlineProcessor,
    inlinepatterns.ShortImageReferenceInlineProcessor,
)
PIECES: tuple[str, ...] = (
    "extensions.footnotes:FootnoteInlineProcessor",
    *(f"inlinepatterns:{name}" for pair in MARKS for name in pair),
)
FOOTNOTE_RE = r"\[\^([^\]]*)\]"
_stock: dict[type, type] = {}


def needs(pattern: Any) -> Needs | None:
    """Return the marks without which *pattern* does nothing, or None when they are not known."""
    told: Needs | None = getattr(pattern, "fast_needs", None)
    if told is not None:
        return told
    stock = stock_class(pattern)
    if stock is footnotes.FootnoteInlineProcessor:
        known = pattern.pattern == FOOTNOTE_RE and trusted("extensions.footnotes:FootnoteInlineProcessor")
        return ("[^",) if known else None
    if stock is getattr(inlinepatterns, "DelimiterProcessor", None):
        return tuple(pattern.tokens) if trusted("inlinepatterns:DelimiterProcessor") else None
    for (class_name, expression), marks in MARKS.items():
        if stock is getattr(inlinepatterns, class_name) and pattern.pattern == getattr(inlinepatterns, expression):
            names = f"inlinepatterns:{class_name}", f"inlinepatterns:{expression}"
            return marks if trusted(*names) else None
    return None


def stock_class(thing: object) -> type:
    """Return the class that *thing* had before it was made fast."""
    cls = type(thing)
    if cls not in _stock:
        _stock[cls] = next(base for base in cls.__mro__ if not base.__module__.startswith(__package__))
    return _stock[cls]


def idle(pattern: Any, md: Any) -> bool:
    """Say whether *pattern* looks up references in a document that defines none: it then changes nothing."""
    return not md.references and isinstance(pattern, BY_REFERENCE) and type(md.references) is dict


def writes(pattern: Any) -> bool:
    """Say whether *pattern*, a known one, puts text of its own where further patterns look."""
    return isinstance(pattern, footnotes.FootnoteInlineProcessor)


def written(pattern: Any) -> str:
    """Return that text: what frames the number of a footnote."""
    return str(pattern.footnotes.getConfig("SUPERSCRIPT_TEXT"))
