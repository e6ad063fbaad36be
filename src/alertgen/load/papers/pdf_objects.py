"""The objects of a PDF file: their dictionaries and streams, unpacked, and the texts in them."""

import base64
import re
import zlib
from collections.abc import Iterator

from alertgen.load.papers.paper import Paper
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class PdfObject:
    """An object."""

    number: int
    head: bytes
    """Its value, or the dictionary of its stream."""
    data: bytes | None = None
    """The stream, unpacked; of a picture as it lies there."""
    is_picture: bool = False


_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")
_END = re.compile(rb"\bendobj\b|\bstream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\d|\s+\d+\s+R)")
_FILTER = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_TABLE = re.compile(rb"/Type\s*/XRef\b")
_FIRST = re.compile(rb"/First\s+(\d+)")
_PICTURES = frozenset({b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode"})
_PREDICTED = re.compile(rb"/Predictor\s+(?:[2-9]|1\d)")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")


def objects_in(content: bytes, paper: Paper) -> Iterator[PdfObject]:
    """Yield every object of the file *content*, also those that a later one replaces; *paper* notes what is not."""
    at = 0
    while found := _OBJECT.search(content, at):
        end = _END.search(content, found.end())
        if end is None:
            return
        head, at = content[found.end() : end.start()], end.end()
        number = int(found[1])
        if end[0] == b"endobj":
            yield PdfObject(number, head)
            continue
        stop = _stop(content, head, end.end())
        at = stop
        yield from _with_stream(number, head, content[end.end() : stop], paper)


def _stop(content: bytes, head: bytes, start: int) -> int:
    """Return where the stream that begins at *start* ends: as long as it says, if its end is there."""
    length = _LENGTH.search(head)
    if length and content[start + int(length[1]) :][:20].lstrip().startswith(b"endstream"):
        return start + int(length[1])
    stop = content.find(b"endstream", start)
    return stop if stop >= 0 else len(content)


def _with_stream(number: int, head: bytes, raw: bytes, paper: Paper) -> Iterator[PdfObject]:
    if _TABLE.search(head):
        yield PdfObject(number, head)
        return
    names = _NAME.findall(filters[1]) if (filters := _FILTER.search(head)) else []
    packed = bool(_PACKED.search(head))
    data = _unpacked(raw, [name for name in names if name not in _PICTURES], paper)
    if packed and _PREDICTED.search(head):
        data = None
    is_picture = bool(_PICTURES.intersection(names) or _IMAGE.search(head))
    if data is None and packed:
        paper.closed = "a part of it cannot be unpacked"
    elif data is None and not is_picture:
        paper.unread["a part of it cannot be unpacked"] = None
    yield PdfObject(number, head, data, is_picture)
    if packed and data is not None:
        yield from _inside(data, head)


def _inside(data: bytes, head: bytes) -> Iterator[PdfObject]:
    """Yield the objects that are packed into one stream."""
    first = int(found[1]) if (found := _FIRST.search(head)) else 0
    numbers = [int(word) for word in data[:first].split() if word.isdigit()]
    starts = [first + offset for offset in numbers[1::2]]
    for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(data)], strict=False):
        yield PdfObject(number, data[start:end])


def _unpacked(raw: bytes, names: list[bytes], paper: Paper) -> bytes | None:
    data = raw
    for name in names:
        try:
            if name in (b"FlateDecode", b"Fl"):
                data = zlib.decompressobj().decompress(data, paper.room + 1)
                if not paper.take_room_for(data):
                    return None
            elif name in (b"ASCII85Decode", b"A85"):
                data = base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
            elif name in (b"ASCIIHexDecode", b"AHx"):
                data = from_hex(data.partition(b">")[0])
            else:
                return None
        except (ValueError, zlib.error):
            return None
    return data


_KEYED = re.compile(rb"(?:/([A-Za-z_][\w.:#-]*)\s*)?(?:(\()|<(?!<)([0-9a-fA-F\s]*)>)")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
_PARENTHESIS = re.compile(rb"\\[\s\S]|[()]")


def strings_of(head: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the texts in the dictionary *head* as bytes, each with the key right in front of it, if there is one."""
    at = 0
    while found := _KEYED.search(head, at):
        key = (found[1] or b"").decode("ascii", "replace")
        at = found.end()
        if found[2]:
            end = end_of_string(head, at)
            yield key, unescaped(head[at:end])
            at = end + 1
        else:
            yield key, from_hex(found[3])


def end_of_string(content: bytes, at: int) -> int:
    """Return where the text ends that begins at *at*, behind its parenthesis."""
    depth = 1
    for found in _PARENTHESIS.finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return len(content)


def unescaped(text: bytes) -> bytes:
    r"""Return *text* with its escapes (`\(`, `\351`) as what they stand for."""
    if b"\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: bytes([int(found[1], 8) & 0xFF]) if found[1] else _ESCAPED.get(found[2], found[2]), text
    )


def from_hex(digits: bytes) -> bytes:
    """Return the bytes that *digits* spell, an odd one in the end with a 0 behind it.

    Raises:
        ValueError: there is something else among them.
    """
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii", "replace"))


_DOC_ENCODING = dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True)) | {0xA0: "€"}  # noqa: RUF001


def text_of(said: bytes) -> str:
    """Return what the bytes *said* of a text outside of a page mean."""
    if said.startswith((b"\xfe\xff", b"\xff\xfe")):
        return said.decode("utf-16", "replace")
    if said.startswith(b"\xef\xbb\xbf"):
        return said.decode("utf-8-sig", "replace")
    return said.decode("latin-1").translate(_DOC_ENCODING)
