"""What is written on the pages of a PDF file, as far as its fonts tell which letters their signs are."""

import re
from collections.abc import Iterator, Mapping, Sequence

from alertgen.load.papers.paper import Paper
from alertgen.load.papers.pdf_objects import PdfObject, end_of_string, from_hex, unescaped
from alertgen.records import dataclass

_MOST_READINGS = 6
"""So many fonts of one name are told apart."""
_FEW = 3
"""So many signs without a letter are no text: programs write gaps and marks of lists like this."""
_MOST_SIGNS = 70_000
_PAGE = 900
"""Pixels of the shorter side of a page that was scanned."""
_GAP = -180.0
"""In thousandths of the size of letters: what is moved further to the right is a space."""

_FONTS = re.compile(rb"/Font\s*<<(.*?)>>|/Font\s+(\d+)\s+\d+\s+R", re.DOTALL)
_ENTRY = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
_COMPOSITE = re.compile(rb"/Subtype\s*/Type0\b")
_IS_FONT = re.compile(rb"/Type\s*/Font\b")
_TOKEN = re.compile(
    rb"(?P<text>\()|<(?P<hex>[0-9a-fA-F\s]*)>|/(?P<name>[^\s/<>\[\]()]+)|(?P<number>[-+]?\d*\.?\d+)|(?P<sign>[\[\]])"
    rb"|(?P<word>[A-Za-z*'\"]+)"
)
_SIZE = re.compile(rb"/(?:Width|Height)\s+(\d+)")
_PLAIN = "cp1252"


@dataclass(frozen=True, slots=True)
class Font:
    """How the signs of a font are letters."""

    letters: Mapping[bytes, str] | None = None
    """By the bytes of a sign; None where each byte is a letter of Latin script."""
    width: int = 1
    """Bytes of a sign."""
    is_known: bool = True

    def read(self, signs: bytes) -> str:
        """Return the letters of *signs*."""
        letters = self.letters
        if letters is None:
            return signs.decode(_PLAIN, "replace") if self.is_known else ""
        pieces = (signs[at : at + self.width] for at in range(0, len(signs), self.width))
        return "".join(letters.get(piece, "\ufffd") for piece in pieces)


def written(objects: Sequence[PdfObject], paper: Paper) -> Iterator[str]:
    """Yield what is written in the streams of *objects*, read in each possible way; *paper* notes what cannot be."""
    fonts = _named_fonts(objects)
    shown = 0
    for obj in objects:
        if obj.data is None or obj.is_picture or not _shows_text(obj.data):
            continue
        readings = [_Reading(fonts, number, obj.data) for number in range(_readings(fonts))]
        shown += bool(readings[0].close.strip())
        for read in readings:
            yield read.spaced
            yield read.close
        if min(read.unknown for read in readings) > _FEW:
            paper.unread["a font does not tell which letters its signs are"] = None
    if _scans(objects) > shown or (shown == 0 and any(obj.is_picture for obj in objects)):
        paper.unread["pages of it are pictures"] = None


def _scans(objects: Sequence[PdfObject]) -> int:
    """Return how many pictures are large enough to be pages that were scanned."""
    sizes = (_SIZE.findall(obj.head) for obj in objects if obj.is_picture)
    return sum(len(size) >= 2 and all(int(length) >= _PAGE for length in size) for size in sizes)


def _shows_text(data: bytes) -> bool:
    return b"BT" in data and (b"Tj" in data or b"TJ" in data or b"'" in data or b'"' in data)


def _readings(fonts: Mapping[bytes, Sequence[Font]]) -> int:
    return min(_MOST_READINGS, max((1, *map(len, fonts.values()))))


def _named_fonts(objects: Sequence[PdfObject]) -> dict[bytes, list[Font]]:
    """Return the fonts that pages may mean by each name."""
    by_number = {obj.number: obj for obj in objects}
    fonts = {number: _font(obj, by_number) for number, obj in by_number.items() if _IS_FONT.search(obj.head)}
    named: dict[bytes, list[Font]] = {}
    for obj in objects:
        for inline, number in _FONTS.findall(obj.head):
            listed = by_number[int(number)].head if number and int(number) in by_number else inline
            for name, target in _ENTRY.findall(listed):
                known = named.setdefault(name, [])
                font = fonts.get(int(target))
                if font and font not in known:
                    known.append(font)
    return named


def _font(obj: PdfObject, by_number: Mapping[int, PdfObject]) -> Font:
    found = _TO_UNICODE.search(obj.head)
    table = by_number.get(int(found[1])) if found else None
    if table and table.data:
        letters = _letters(table.data)
        if letters:
            return Font(letters, len(next(iter(letters))))
    return Font(is_known=not _COMPOSITE.search(obj.head))


_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PART = re.compile(rb"<([0-9a-fA-F\s]*)>|([\[\]])")


def _letters(table: bytes) -> dict[bytes, str]:
    """Return the letters of each sign, as *table* (ToUnicode, a CMap) gives them."""
    letters: dict[bytes, str] = {}
    for kind, block in _BLOCK.findall(table):
        parts = [mark or b"".join(digits.split()) for digits, mark in _PART.findall(block)]
        if kind == b"bfchar":
            for sign, letter in zip(parts[::2], parts[1::2], strict=False):
                letters[_bytes(sign)] = _bytes(letter).decode("utf-16-be", "replace")
        else:
            _add_ranges(parts, letters)
    return letters


def _add_ranges(parts: list[bytes], letters: dict[bytes, str]) -> None:
    at = 0
    while at + 2 < len(parts) and len(letters) < _MOST_SIGNS:
        low, high = _bytes(parts[at]), _bytes(parts[at + 1])
        first, last = int.from_bytes(low), min(int.from_bytes(high), int.from_bytes(low) + _MOST_SIGNS)
        if parts[at + 2] == b"[":
            end = parts.index(b"]", at) if b"]" in parts[at:] else len(parts)
            given = [_bytes(part).decode("utf-16-be", "replace") for part in parts[at + 3 : end]]
            at = end + 1
        else:
            start = _bytes(parts[at + 2])
            given = [_after(start, step) for step in range(last - first + 1)]
            at += 3
        for step, letter in enumerate(given[: last - first + 1]):
            letters[(first + step).to_bytes(len(low))] = letter


def _after(start: bytes, step: int) -> str:
    """Return the letter *step* places after that of *start*."""
    value = int.from_bytes(start) + step
    return (value % (1 << 8 * len(start))).to_bytes(len(start)).decode("utf-16-be", "replace")


def _bytes(digits: bytes) -> bytes:
    try:
        return from_hex(digits)
    except ValueError:
        return b""


class _Reading:
    """A stream in which text is shown, read with the font of each name that has *number* among those of its name."""

    def __init__(self, fonts: Mapping[bytes, Sequence[Font]], number: int, data: bytes) -> None:
        self._fonts = fonts
        self._number = number
        self._font = Font()
        self._pieces: list[str | None] = []
        """What is shown, and None where the place moves."""
        self.unknown = 0
        """Signs that nobody can read."""
        self._take(data)

    @property
    def spaced(self) -> str:
        """What is read where every move of the place is a space."""
        return "".join(" " if piece is None else piece for piece in self._pieces)

    @property
    def close(self) -> str:
        """What is read where none is."""
        return "".join(filter(None, self._pieces))

    def _take(self, data: bytes) -> None:
        at, name, last_number, in_list = 0, b"", 0.0, False
        while found := _TOKEN.search(data, at):
            at = found.end()
            kind = found.lastgroup
            if kind == "text":
                end = end_of_string(data, at)
                self._show(unescaped(data[at:end]))
                at = end + 1
            elif kind == "hex":
                self._show(_bytes(found["hex"]))
            elif kind == "name":
                name = found["name"]
            elif kind == "number":
                last_number = float(found["number"])
                if in_list and last_number < _GAP:
                    self._pieces.append(" ")
            elif kind == "sign":
                in_list = found["sign"] == b"["
            elif found["word"] == b"Tf":
                self._choose(name)
            elif found["word"] not in (b"Tj", b"TJ", b"Tc", b"Tw"):
                self._move()

    def _choose(self, name: bytes) -> None:
        known = self._fonts.get(name, ())
        self._font = known[min(self._number, len(known) - 1)] if known else Font()

    def _move(self) -> None:
        if self._pieces and self._pieces[-1] is not None:
            self._pieces.append(None)

    def _show(self, signs: bytes) -> None:
        text = self._font.read(signs)
        self.unknown += text.count("\ufffd") if self._font.is_known else len(signs)
        self._pieces.append(text)
