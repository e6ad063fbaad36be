"""Proof on the bytes that a published picture holds pixels and nothing else.

A position, an owner's name or a thumbnail in a photograph can put the person who took it in danger. So the maker of
renditions does not trust its own care: every file is taken apart here, and anything beyond the parts that a picture
of its format needs is refused. Sources: ITU-T T.81 (JPEG), W3C PNG, RFC 9649 (WebP), ISO 14496-12 and AV1-ISOBMFF.
"""

import struct
from collections.abc import Callable, Iterator

_JPEG_PARTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD}
_JFIF = b"JFIF\x00"
_JFIF_LENGTH = 14
"""Content of an APP0 part without a thumbnail."""
_PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_WEBP_PARTS = {b"VP8 ", b"VP8L", b"ALPH", b"VP8X"}
_WEBP_ALPHA_ONLY = 0x10
_AVIF_TOP = {b"ftyp", b"meta", b"mdat"}
_AVIF_META = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp"}
_AVIF_PROPERTIES = {b"ispe", b"pixi", b"av1C", b"colr", b"auxC"}


class NotBareError(Exception):
    """A rendition holds something beside its pixels; the message names the part."""


def assert_bare(content: bytes, format: str) -> None:
    """Check that *content*, a picture in *format* (`jpeg`, `png`, `webp`, `avif`), is nothing but pixels.

    Raises:
        NotBareError: it holds metadata, a profile, a comment, a thumbnail, or bytes after its end.
    """
    for part in _STRANGERS[format](content):
        raise NotBareError(f"the {format} file holds {part}")


def _jpeg(content: bytes) -> Iterator[str]:
    if content[:2] != b"\xff\xd8":
        yield "no JPEG start"
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1] not in (0xD9, 0xDA):
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        body = content[at + 4 : at + 2 + length]
        plain = marker == 0xE0 and body.startswith(_JFIF) and len(body) == _JFIF_LENGTH and body[-2:] == b"\0\0"
        if marker not in _JPEG_PARTS and not plain:
            yield f"a part {marker:#04x}"
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


def _png(content: bytes) -> Iterator[str]:
    at, name = 8, b""
    while at < len(content) and name != b"IEND":
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if name not in _PNG_PARTS:
            yield f"a chunk {name.decode('ascii', 'replace')}"
        at += 12 + length
    if at != len(content):
        yield "bytes after its end"


def _webp(content: bytes) -> Iterator[str]:
    if struct.unpack("<I", content[4:8])[0] + 8 != len(content):
        yield "bytes after its end"
    at = 12
    while at < len(content):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        if name not in _WEBP_PARTS or (name == b"VP8X" and content[at + 8] & ~_WEBP_ALPHA_ONLY):
            yield f"a chunk {name.decode('ascii', 'replace')}"
        at += 8 + length + length % 2


def _avif(content: bytes) -> Iterator[str]:
    for name, start, end in _boxes(content, 0, len(content)):
        if name not in _AVIF_TOP:
            yield f"a box {name.decode('ascii', 'replace')}"
        if name == b"meta":
            yield from _avif_meta(content, start + 4, end)


def _avif_meta(content: bytes, start: int, end: int) -> Iterator[str]:
    for name, inner, stop in _boxes(content, start, end):
        if name not in _AVIF_META:
            yield f"a box {name.decode('ascii', 'replace')}"
        if name == b"iinf":
            kinds = [content[at + 8 : at + 12] for item, at, _ in _boxes(content, inner + 6, stop) if item == b"infe"]
            yield from (f"an item {kind.decode('ascii', 'replace')}" for kind in kinds if kind != b"av01")
        if name == b"iprp":
            yield from _avif_properties(content, inner, stop)


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


_STRANGERS: dict[str, Callable[[bytes], Iterator[str]]] = {"jpeg": _jpeg, "png": _png, "webp": _webp, "avif": _avif}
