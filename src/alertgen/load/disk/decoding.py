"""Bytes to text: UTF-8 only, and every character that must not be there is named with its place."""

import codecs
import re
import unicodedata
from functools import cache

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.patterns import late
from alertgen.text import counted

AS_UTF8 = "save the file again with the encoding UTF-8 (in most editors: Save as, Encoding)"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
FORBIDDEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Control characters, line ends that only some programs know, and marks of byte order inside a text."""
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_FORBIDDEN_AS_UTF8 = tuple(
    map(re.compile, (rb"\xc2[\x80-\x9f]", rb"\xe2\x80[\xa8\xa9]", rb"\xef\xbb\xbf", rb"\xef\xbf[\xbe\xbf]"))
)
_SIGNS_OF_GARBLING = ("\xc3", "\xc4", "\xc5", "\xd0", "\xd8", "\xd9", "\xe2\u20ac")
_NAMES = {
    "\x00": "NUL",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
}


def decode(content: bytes, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of *content* with line feeds as line ends, and what is wrong with it.

    A byte-order mark is fine. Forbidden characters are replaced by spaces, so that columns stay true and the rest of
    the file can still be checked. The text is None when the bytes are not UTF-8.
    """
    if looks_like_utf16(content):
        message = "this file is saved as UTF-16, which is not read here"
        return None, (problem("utf-16", message, Place(path), hint=AS_UTF8),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(content, error.start, path),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _may_be_forbidden(content):
        return text, _damaged(text, path)
    return FORBIDDEN.sub(" ", text), (*_forbidden(text, path), *_damaged(text, path))


def _may_be_forbidden(content: bytes) -> bool:
    """Tell whether a forbidden character may stand in *content*: much faster than to look for it in the text."""
    if len(content.translate(None, _CONTROLS)) != len(content):
        return True
    return not content.isascii() and any(form.search(content) for form in _FORBIDDEN_AS_UTF8)


def looks_like_utf16(content: bytes) -> bool:
    """Tell whether *content* has a mark of UTF-16, or a NUL in every second byte, as no text has by accident."""
    start = content[:400]
    few, many = sorted((start[0::2].count(0), start[1::2].count(0)))
    return content.startswith(_UTF16_MARKS) or (len(start) > 3 and few <= len(start) // 4 < many)


def _not_utf8(content: bytes, start: int, path: str) -> Diagnostic:
    before = content[:start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    place = place_of(before + "?", len(before), path)
    if _SURROGATE.match(content, start):
        message = "half of a character stands here (a lone surrogate)"
        return problem("not-utf8", message, place, hint="delete it and type the character again")
    byte = content[start : start + 1]
    message = f"this file is not saved as UTF-8: what stands here (byte {byte.hex().upper()}) cannot be read"
    guess = byte.decode("cp1252", "replace")
    if guess.isprintable() and guess != "\ufffd":
        message = f'this file is not saved as UTF-8: "{guess}" stands here as older programs save it (Windows-1252)'
    return problem("not-utf8", message, place, hint=AS_UTF8)


def _forbidden(text: str, path: str) -> tuple[Diagnostic, ...]:
    found = list(FORBIDDEN.finditer(text))
    if not found:
        return ()
    more = f", and {counted(len(found) - 1, 'more such character')} in this file" if found[1:] else ""
    message = f"the invisible character {named(found[0][0])} stands here{more}"
    hint = "delete it; it usually comes along when text is copied from another program"
    return (problem("control-character", message, place_of(text, found[0].start(), path), hint=hint),)


def named(char: str) -> str:
    """Return number and name of *char*: `U+0007`, `U+000C (form feed)`."""
    name = _NAMES.get(char) or unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X}" + (f" ({name})" if name else "")


@cache
def _garbled() -> re.Pattern[str]:
    """Return what finds UTF-8 that was read as Windows-1252: accents, quotation marks, Arabic and Cyrillic letters."""
    later = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")  # what the second bytes of letters become
    odd = "".join(char for char in later if char not in "\xa0\xab\xbb" and not "\u2013" <= char <= "\u203a")
    return re.compile(f"[\xc3-\xc5][{odd}]|\xe2\u20ac[{later}]|(?:[\xd0\xd1\xd8\xd9][{later}]){{2}}")


def _damaged(text: str, path: str) -> tuple[Diagnostic, ...]:
    index = text.find("\ufffd")
    if index >= 0:
        message = 'the sign "\ufffd" stands here: a letter was lost when the text was copied or saved'
        return (
            problem("lost-letter", message, place_of(text, index, path), hint="type the right letter in its place"),
        )
    garbled = _garbled().search(text) if any(sign in text for sign in _SIGNS_OF_GARBLING) else None
    if not garbled:
        return ()
    message = f'"{garbled[0]}" stands here: letters were garbled when the text was copied or saved'
    hint = "copy the text again from its source, or type the right letters"
    return (problem("lost-letter", message, place_of(text, garbled.start(), path, len(garbled[0])), hint=hint),)
