"""Whole folders in one string, as in Go's txtar: a line `-- path --` begins a file, what follows is its content.

A word in brackets after the path says how the file comes about:

    -- alerts/a.md (utf-16) --      in this encoding; also latin-1, cp1252
    -- alerts/a.md (crlf) --        with CR LF line ends, after a byte-order mark
    -- alerts/a.md (escapes) --     with \\x07 and the like in the text made into what they mean
    -- alerts/a.md (link to ../b) --   a symbolic link
    -- alerts/a.png (png) --        a small picture; also jpeg, ico
    -- alerts/a.jpg (picture deep) --   a picture of the kind that a function of `ODD_PICTURES` makes
    -- alerts/a.md (2000 KB) --     so much text
    -- alerts/a.md (9000 more lines) --   followed by so many lines of text
    -- site.yaml (absent) --        not there, although the maker of the site would have put it there
"""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

_HEADER = re.compile(r"^-- (?P<path>.+?)(?: \((?P<how>[^)]+)\))? --\n", re.MULTILINE)


def unpack(files: str, root: Path) -> None:
    """Write the files of *files* below *root*."""
    for path, how, text in parts(files):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if how == "absent":
            file.unlink()
        elif how.startswith("link to "):
            file.symlink_to(how.removeprefix("link to "))
        else:
            file.write_bytes(_content(how, text))


def parts(files: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, manner and text of each file in *files*."""
    headers = list(_HEADER.finditer(files))
    ends = [*(header.start() for header in headers[1:]), len(files)][: len(headers)]
    for header, end in zip(headers, ends, strict=True):
        yield _escaped(header["path"]), header["how"] or "", files[header.end() : end]


def _content(how: str, text: str) -> bytes:
    if how in ("png", "jpeg", "ico"):
        return picture(how)
    if how.startswith("picture "):
        return ODD_PICTURES[how.removeprefix("picture ")]()
    if how.endswith(" KB"):
        return b"text " * (int(how.removesuffix(" KB")) * 1024 // 5)
    if how.endswith(" more lines"):
        return (text + "text\n" * int(how.removesuffix(" more lines"))).encode()
    if how == "crlf":
        return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    if how == "escapes":
        return _escaped(text).encode("utf-8", "surrogatepass")
    return text.encode(how or "utf-8")


def _escaped(text: str) -> str:
    return re.sub(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))", lambda found: chr(int(found[1] or found[2], 16)), text)


def _saved(image: Image.Image, format: str, **settings: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **settings)
    return buffer.getvalue()


def _frames(format: str) -> bytes:
    first, *others = (Image.new("RGB", (8, 6), colour) for colour in ("red", "green", "blue"))
    return _saved(first, format, save_all=True, append_images=others)


def png_header(width: int, height: int) -> bytes:
    """Return a PNG file that claims to have so many pixels, and holds none of them."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


ODD_PICTURES: dict[str, Callable[[], bytes]] = {
    "moving": lambda: _frames("GIF"),
    "with a comment": lambda: _saved(Image.new("RGB", (8, 6)), "JPEG", comment=b"Taken by A. Photographer"),
    "of pages": lambda: _frames("TIFF"),
    "cut short": lambda: picture("jpeg", 200, 100)[:400],
    "of 400 million pixels": lambda: png_header(20_000, 20_000),
    "of 12 million WebP pixels": lambda: _saved(Image.new("L", (4000, 3000)), "WEBP", method=0),
    "like a strip": lambda: picture("png", 8, 16_001),
    "in floating point": lambda: _saved(Image.new("F", (8, 6)), "TIFF"),
}


def picture(format: str = "png", width: int = 8, height: int = 6) -> bytes:
    """Return the bytes of a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(buffer, format)
    return buffer.getvalue()
