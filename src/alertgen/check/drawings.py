"""What an SVG drawing says and does beside what it shows.

A drawing is a text: it can name people, run scripts and fetch files.
"""

import re
from collections.abc import Collection, Iterator
from html import unescape

from alertgen.patterns import late

_DRAWING = re.compile(rb"<(?:\w+:)?svg\b")
_BEGINNING = 4096
"""Bytes in which a drawing shows that it is one."""
_NOTHING_ELSE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:\w+:)?svg\b", re.DOTALL
)
"""How a file begins that is a drawing, and not a page or a script with one in it."""
_ENTITY = late(r"""<!ENTITY\s+(\w+)\s+["']([^"'<>]{0,200})["']\s*>""")
"""A word of its own for some text, as a drawing may have."""
_PROGRAM = re.compile(r"""<(?:\w+:)?script\b|\son\w+\s*=\s*["']""", re.IGNORECASE)
_ADDRESS_THAT_RUNS = re.compile(r"""["';]\s*""" + r"[\t\r\n]*".join("javascript:"), re.IGNORECASE)
"""What runs when somebody opens a drawing, or clicks in it."""
_TO_OTHERS = re.compile(r"""=\s*["']\s*(?:https?:)?//""", re.IGNORECASE)
_FETCHING = re.compile(r"<([^<>]*[\s:])(?:href|src|srcset|data|poster|base)\s*\Z", re.IGNORECASE)
"""What stands before an address that a browser fetches."""
_LINK = re.compile(r"(?:\w+:)?a\s")
"""The one element that fetches nothing before somebody clicks."""
_STYLE_OF_OTHERS = late(r"""(?:\burl\(|@import)\s*+["']?\s*+(?:https?:)?//""", re.IGNORECASE)
_FOLDER = re.compile(
    r"""(?:export-filename|docname|docbase|absref)\s*=\s*["'][^"']*[/\\]|["'(>]file:///"""
    r"""|(?<!href=)["'>](?:[A-Za-z]:[\\/]+Users[\\/]+|/Users/|/home/)[^"'<>/\\]+[/\\]"""
)
"""What drawing programs write of the computer that they run on."""
_MAKER = late(
    r"""<(?:\w+:)?(creator|contributor|author)\b[^<>]*>(.*?)</(?:\w+:)?\1>"""
    r"""|\s(?:\w+:)?(?:creator|contributor|author)\s*=\s*["']([^"'<>]*)["']""",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")


def is_drawing(content: bytes) -> bool:
    """Tell whether *content* is an SVG file, or a text that may be one."""
    return bool(_DRAWING.search(content, 0, _BEGINNING) or _NOTHING_ELSE.match(content))


def told_by(drawing: bytes, cleared: Collection[str]) -> Iterator[str]:
    """Yield what *drawing* tells of those who made it, the *cleared* aside, and whether it does anything."""
    typed = drawing.decode("utf-8", "replace")
    if _NOTHING_ELSE.match(drawing):
        read = _as_read(typed)
        if _PROGRAM.search(typed) or _ADDRESS_THAT_RUNS.search(read):
            yield "it holds a script, which runs in the browser of whoever opens it"
        if _fetches(read):
            yield "it fetches a file from another site, which learns who looks at it; put that file into the drawing"
    if _FOLDER.search(typed):
        yield "it names a folder of the computer on which it was made"
    for maker in dict.fromkeys(_makers(typed)):
        if maker and maker.casefold() not in cleared:
            yield f"it names who made it: {maker}"


def _as_read(drawing: str) -> str:
    """Return *drawing* with its characters as a browser reads them, where numbers or words stand for them."""
    if "&" not in drawing:
        return drawing
    own = dict(_ENTITY.findall(drawing))
    return unescape(re.sub(r"&(\w+);", lambda word: own.get(word[1], word[0]), drawing))


def _fetches(drawing: str) -> bool:
    """Tell whether a browser that shows *drawing* fetches anything from elsewhere."""
    for found in _TO_OTHERS.finditer(drawing):
        before = _FETCHING.match(drawing, max(0, drawing.rfind("<", 0, found.start())), found.start())
        if before and not _LINK.match(before[1]):
            return True
    return _has(drawing, "url(", "@import") and bool(_STYLE_OF_OTHERS.search(drawing))


def _has(drawing: str, *words: str) -> bool:
    """Tell quickly whether any of *words* stands in *drawing*."""
    small = drawing.lower()
    return any(word in small for word in words)


def _makers(drawing: str) -> Iterator[str]:
    for found in _MAKER.finditer(drawing) if _has(drawing, "creator", "contributor", "author") else ():
        yield " ".join(unescape(_TAG.sub(" ", found[2] or found[3] or "")).split())
