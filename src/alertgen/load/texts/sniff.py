"""What the bytes of a picture file say: whether it can be published, and which kind it is.

The ending of a file's name is not trusted. Every picture is decoded once here, so that a damaged one is found before
anything is written; what would need too much memory is refused before it is decoded.
"""

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from alertgen.kinds import ORIENTATION, SIDEWAYS
from alertgen.outputs import WIDEST
from alertgen.records import dataclass, replace

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MOST_PIXELS = 100_000_000
"""Larger pictures would need more than half a gigabyte of memory while they are decoded."""
MOST_WEBP_PIXELS = 11_000_000
"""Reading WebP takes four times the memory of other formats: about 16 bytes for each pixel."""
LONGEST = 16_000
"""A picture brought to the width that is published may be so many pixels high: WebP ends at 16,383."""
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
"""What is accepted, by Pillow's names."""

_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "I;16", "I;16L", "I;16B", "I;16N")
"""Ways to hold colours that are understood, by Pillow's names."""

_RESAVE = "save it again as JPEG, PNG or WebP from a picture program"
_SMALLER = "save it again in a smaller size; 1,600 pixels are enough for the widest screen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the bytes of a file say."""

    width: int = 0
    """Pixels, upright."""
    height: int = 0
    kind: str = ""
    """Its format by Pillow's name, in small letters."""
    frames: int = 1
    """More than one when it moves or has several pages."""
    code: str = ""
    """Problem code of what is wrong with it; empty for a good picture."""
    fault: str = ""
    """Half a sentence on what is wrong with it."""
    hint: str = ""


_DAMAGED = Looked(code="image-unreadable", fault="is damaged or ends too early", hint=_RESAVE)
_TOO_MANY = Looked(
    code="image-too-large", fault=f"has more than {MOST_PIXELS // 1_000_000} million pixels", hint=_SMALLER
)
_TOO_MANY_IN_WEBP = Looked(
    code="image-too-large",
    fault=f"is a WebP picture of more than {MOST_WEBP_PIXELS // 1_000_000} million pixels, which takes too much memory",
    hint="save it again as JPEG, or in a smaller size; 1,600 pixels are enough for the widest screen",
)
_OTHER_COLOURS = Looked(
    code="image-kind", fault="holds its colours in a way that only laboratories and print shops use", hint=_RESAVE
)


def look(content: bytes) -> Looked:
    """Say what the picture file *content* is."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(action="ignore"):
            picture = Image.open(BytesIO(content), formats=FORMATS)
            return _before_decoding(picture) or _decoded(picture)
    except UnidentifiedImageError:
        return _no_picture(content)
    except Image.DecompressionBombError:
        return _TOO_MANY
    except Exception:  # noqa: BLE001  the readers of six formats raise whatever they please on damaged files
        return _DAMAGED


def _before_decoding(picture: "ImageFile") -> Looked | None:
    """Refuse what must not be decoded."""
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS:
        return _TOO_MANY
    if picture.format == "WEBP" and pixels > MOST_WEBP_PIXELS:
        return _TOO_MANY_IN_WEBP
    return None if picture.mode in _MODES else _OTHER_COLOURS


def _decoded(picture: "ImageFile") -> Looked:
    kind = "jpeg" if picture.format == "MPO" else str(picture.format).lower()
    frames = 1 if kind == "jpeg" else int(getattr(picture, "n_frames", 1))
    stored = picture.size
    picture.draft("L", (max(1, stored[0] // 8), max(1, stored[1] // 8)))
    picture.load()
    width, height = stored if kind == "jpeg" else picture.size  # a TIFF is turned upright while it is read
    if picture.getexif().get(ORIENTATION) in SIDEWAYS:
        width, height = height, width
    return _measured(Looked(width=width, height=height, kind=kind, frames=frames))


def _measured(looked: Looked) -> Looked:
    width, height = looked.width, looked.height
    if not width or not height:
        return _DAMAGED
    if height * min(width, WIDEST) > LONGEST * width:
        fault = f"is {height:,} pixels high but only {width:,} wide: such a strip cannot be published"
        return replace(looked, code="image-too-large", fault=fault, hint="cut it into several pictures")
    return looked


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(signs)


def _media(*brands: bytes) -> Callable[[bytes], bool]:
    """Return a test for the major brand of an ISO base media file (ISO 14496-12)."""
    return lambda start: start[4:8] == b"ftyp" and start[8:12] in brands


def _is_web_page(start: bytes) -> bool:
    text = start.lower()
    return not text.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<svg", b"<?xml")) and any(
        sign in text for sign in (b"<!doctype html", b"<html", b"<head", b"<body")
    )


_SET_PHONE = "export it from the phone as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
_FROM_PAGE = "open the page in a browser and save the picture itself"
_DRAW = "export it as PNG from the drawing program"
_SIGNS: tuple[tuple[Callable[[bytes], bool], str, str], ...] = (
    (
        _media(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"),
        "is a HEIC photo of a phone, which most browsers cannot show",
        _SET_PHONE,
    ),
    (
        _media(b"qt  ", b"isom", b"iso2", b"mp41", b"mp42", b"M4V ", b"3gp4", b"3gp5"),
        "is a video",
        "save one moment of it as JPEG",
    ),
    (_is_web_page, "is a web page, not a picture", _FROM_PAGE),
    (lambda start: b"<svg" in start.lower(), "is an SVG drawing, which could run code", _DRAW),
    (_begins(b"\x1f\x8b"), "is a compressed file, perhaps an SVG drawing", _DRAW),
    (_begins(b"%PDF", b"%!PS"), "is a PDF or PostScript document", "export the page or the picture as PNG"),
    (_begins(b"PK\x03\x04"), "is a ZIP file or an office document", "take the picture out of it"),
    (_begins(b"\xff\x0a", b"\x00\x00\x00\x0cJXL "), "is a JPEG XL picture, which most browsers cannot show", _RESAVE),
    (_begins(b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51"), "is a JPEG 2000 picture, which no browser shows", _RESAVE),
    (_begins(b"BM"), "is a Windows bitmap", _RESAVE),
    (_begins(b"8BPS"), "is a Photoshop document", _RESAVE),
    (
        _begins(b"version https://git-lfs"),
        "is a Git LFS pointer; the picture itself was not fetched",
        "run `git lfs pull` and build again",
    ),
)  # fmt: skip
"""How files that are no pictures for the web begin, what they are, and what helps."""


def _no_picture(content: bytes) -> Looked:
    start = content[:1000]
    if not start.strip(b"\0"):
        return Looked(code="image-unreadable", fault="is empty", hint="fetch the picture again: it holds nothing")
    for sign, what, hint in _SIGNS:
        if sign(start):
            return Looked(code="image-kind", fault=what, hint=hint)
    return Looked(code="image-unreadable", fault="is not a picture that can be read", hint=_RESAVE)
