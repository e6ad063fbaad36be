"""Proof on the bytes that a published picture holds pixels and nothing else.

A position, an owner's name or a thumbnail in a photograph can put the person who took it in danger. So the maker of
renditions does not trust its own care: every file is taken apart here, and anything beyond the parts that a picture
of its format needs is refused. Sources: ITU-T T.81 (JPEG), W3C PNG, RFC 9649 (WebP), ISO 14496-12 and AV1-ISOBMFF.

One thing more may be there when a site asks for it: a note of exactly the words of the credit (XMP, ISO 16684-1).
"""

import struct
from collections.abc import Callable, Iterator
from html import escape

_JPEG_PARTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD}
_PROFILE = " (a colour profile that can name a screen or a person)"
_JPEG_NAMES = {
    0xE1: " (Exif or XMP, such as the camera, the time and the place)",
    0xE2: _PROFILE,
    0xED: " (IPTC, such as who took it)",
    0xFE: " (a comment)",
}
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_ADOBE, _ADOBE_LENGTH = b"Adobe", 12
"""How an APP14 part says in which colours a picture is stored."""
_JFIF = b"JFIF\x00"
_JFIF_LENGTH = 14
"""Content of an APP0 part without a thumbnail."""
_PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_PNG_SCALES = {b"gAMA": 4, b"sRGB": 1, b"cICP": 4, b"pHYs": 9, b"sBIT": 4, b"bKGD": 6}
"""How bright and how large pixels are, and the most bytes that say it: programs write this into nearly every file."""
_PNG_XMP = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00"
_WEBP_PARTS = {b"VP8 ", b"VP8L", b"ALPH", b"VP8X"}
_WEBP_ALPHA, _WEBP_XMP = 0x10, 0x04
_AVIF_TOP = {b"ftyp", b"meta", b"mdat"}
_AVIF_META = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp"}
_AVIF_PROPERTIES = {b"ispe", b"pixi", b"av1C", b"colr", b"auxC"}


class NotBareError(Exception):
    """A picture holds something beside its pixels; the message names the part."""


def credit_note(credit: str) -> bytes:
    """Return the note that says *credit*; nothing when it is empty.

    It gives Credit Line and Copyright Notice as the IPTC Photo Metadata Standard writes them in XMP.
    """
    if not credit:
        return b""
    said = escape(credit)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"<photoshop:Credit>{said}</photoshop:Credit>"
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{said}</rdf:li></rdf:Alt></dc:rights>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def assert_bare(content: bytes, format: str, note: bytes = b"") -> None:
    """Check that *content* (`jpeg`, `png`, `webp`, `avif` or `ico` by *format*) is nothing but pixels and *note*.

    Raises:
        NotBareError: it holds metadata, a profile, a comment, a thumbnail, or bytes after its end.
    """
    try:
        strangers = list(_STRANGERS[format](content, note))
    except (struct.error, IndexError, KeyError) as error:
        raise NotBareError(f"the {format} file cannot be taken apart") from error
    for part in strangers:
        raise NotBareError(f"the {format} file holds {part}")


def _jpeg(content: bytes, note: bytes) -> Iterator[str]:
    if content[:2] != b"\xff\xd8":
        yield "no JPEG start"
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1] not in (0xD9, 0xDA):
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        body = content[at + 4 : at + 2 + length]
        plain = marker == 0xE0 and body.startswith(_JFIF) and len(body) == _JFIF_LENGTH and body[-2:] == b"\0\0"
        wanted = note and marker == 0xE1 and body == _JPEG_XMP + note
        colours = marker == 0xEE and body.startswith(_ADOBE) and len(body) == _ADOBE_LENGTH
        if marker not in _JPEG_PARTS and not plain and not colours and not wanted:
            yield f"a part {marker:#04x}{_JPEG_NAMES.get(marker, '')}"
        at += 2 + length
    yield from _jpeg_scans(content, at)


def _jpeg_scans(content: bytes, at: int) -> Iterator[str]:
    """Walk the coded scans from *at*: only scan headers, tables and restarts may stand between them."""
    allowed = {0x00, 0xDA, 0xC4, 0xDB, 0xDD, *range(0xD0, 0xD8)}
    while (at := content.find(b"\xff", at)) >= 0:
        marker = content[at + 1] if at + 1 < len(content) else -1
        if marker == 0xD9:
            if at + 2 != len(content):
                yield "bytes after its end"
            return
        if marker not in allowed:
            yield f"a part {marker:#04x} between its scans"
        at += 2 if marker in (0x00, *range(0xD0, 0xD8)) else 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    yield "no end"


def _png(content: bytes, note: bytes) -> Iterator[str]:
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield "no PNG start"
    at, name = 8, b""
    while at < len(content) and name != b"IEND":
        length, name = struct.unpack(">I4s", content[at : at + 8])
        wanted = note and name == b"iTXt" and content[at + 8 : at + 8 + length] == _PNG_XMP + note
        if name not in _PNG_PARTS and not length <= _PNG_SCALES.get(name, -1) and not wanted:
            yield f"a chunk {name.decode('ascii', 'replace')}{_PROFILE if name == b'iCCP' else ''}"
        at += 12 + length
    if at != len(content):
        yield "bytes after its end"


def _webp(content: bytes, note: bytes) -> Iterator[str]:
    if struct.unpack("<I", content[4:8])[0] + 8 != len(content):
        yield "bytes after its end"
    if content[:4] + content[8:12] != b"RIFFWEBP":
        yield "no WebP start"
    flags = _WEBP_ALPHA | (_WEBP_XMP if note else 0)
    at = 12
    while at < len(content):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        wanted = note and name == b"XMP " and content[at + 8 : at + 8 + length] == note
        known = name in _WEBP_PARTS and not (name == b"VP8X" and content[at + 8] & ~flags)
        if not known and not wanted:
            yield f"a chunk {name.decode('ascii', 'replace')}"
        at += 8 + length + length % 2


def _avif(content: bytes, note: bytes) -> Iterator[str]:
    if content[4:12] != b"ftypavif":
        yield "no AVIF start"
    for name, start, end in _boxes(content, 0, len(content)):
        if name not in _AVIF_TOP:
            yield f"a box {name.decode('ascii', 'replace')}"
        if name == b"meta":
            yield from _avif_meta(content, start + 4, end, note)


def _avif_meta(content: bytes, start: int, end: int, note: bytes) -> Iterator[str]:
    boxes: dict[bytes, tuple[int, int]] = {}
    for name, inner, stop in _boxes(content, start, end):
        if name not in _AVIF_META or name in boxes:
            yield f"a box {name.decode('ascii', 'replace')}"
        boxes[name] = inner, stop
    for kind, item in _avif_items(content, *boxes[b"iinf"]):
        wanted = note and kind == b"mime" and _avif_item(content, boxes[b"iloc"][0], item) == note
        if kind != b"av01" and not wanted:
            yield f"an item {kind.decode('ascii', 'replace')}"
    yield from _avif_properties(content, *boxes[b"iprp"])


def _avif_items(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Yield type and number of each item."""
    for name, at, _ in _boxes(content, start + 6, end):
        if name == b"infe":
            yield content[at + 8 : at + 12], struct.unpack(">H", content[at + 4 : at + 6])[0]


def _avif_item(content: bytes, at: int, wanted: int) -> bytes:
    """Return the content of the item number *wanted*, looked up in the table of places (`iloc`) at *at*.

    Raises:
        NotBareError: the table has another form than the one that libavif writes.
    """
    version, sizes, count = content[at], content[at + 4 : at + 6], struct.unpack(">H", content[at + 6 : at + 8])[0]
    if version != 0 or sizes != b"\x44\x00":
        raise NotBareError("the avif file places its items in an unknown way")
    at += 8
    for _ in range(count):
        item, _reference, extents = struct.unpack(">HHH", content[at : at + 6])
        places = struct.iter_unpack(">II", content[at + 6 : at + 6 + 8 * extents])
        if item == wanted:
            return b"".join(content[start : start + length] for start, length in places)
        at += 6 + 8 * extents
    return b""


def _avif_properties(content: bytes, start: int, end: int) -> Iterator[str]:
    for name, inner, stop in _boxes(content, start, end):
        for kind, at, _ in _boxes(content, inner, stop) if name == b"ipco" else ():
            if kind not in _AVIF_PROPERTIES or (kind == b"colr" and content[at : at + 4] != b"nclx"):
                yield f"a property {kind.decode('ascii', 'replace')}"


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start of content and end of the ISO boxes between *start* and *end*."""
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", content[start : start + 8])
        if size < 8:
            raise NotBareError("the avif file holds a box without a size")
        yield name, start + 8, start + size
        start += size
    if start != end:
        raise NotBareError("the avif file holds bytes after its end")


def _ico(content: bytes, _note: bytes) -> Iterator[str]:
    """Look into the icons of a collection, which are PNG files or bitmaps without a header."""
    end = 0
    for number in range(struct.unpack("<H", content[4:6])[0]):
        length, start = struct.unpack("<II", content[14 + 16 * number : 22 + 16 * number])
        icon, end = content[start : start + length], max(end, start + length)
        if icon.startswith(b"\x89PNG"):
            yield from _png(icon, b"")
    if end != len(content):
        yield "bytes after its end"


_STRANGERS: dict[str, Callable[[bytes, bytes], Iterator[str]]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "avif": _avif,
    "ico": _ico,
}
