"""Colour profiles in pictures (ICC.1:2022): those that thousands of pictures share tell of nobody and may stay.

That of a screen or a scanner names it, often with its serial number, and that of a calibration who made it.
"""

import struct
import zlib
from collections.abc import Iterator

_USUAL = frozenset(
    (
        *("sRGB IEC61966-2.1", "sRGB", "sRGB built-in", "GIMP built-in sRGB", "sRGB2014", "c2", "uRGB", "sGry"),
        *(
            "Display P3",
            "Adobe RGB (1998)",
            "Compatible with Adobe RGB (1998)",
            "Apple RGB",
            "ProPhoto RGB",
            "Generic RGB Profile",
            "Generic Gray Profile",
        ),
        *("Generic Gray Gamma 2.2 Profile", "Gray Gamma 2.2", "Dot Gain 20%"),
    )
)
"""How the profiles of spaces of colours describe themselves."""
_TAGS = frozenset(
    b"desc dscm cprt wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC chad chrm cicp lumi meas tech "
    b"view vued dmnd dmdd".split()
)
_NAMES = frozenset(("ICC Profile", "ICC profile", "icc", "Photoshop ICC profile", "kCGColorSpaceSRGB", *_USUAL))
"""What programs call a profile within a PNG file."""
_HEADER, _ENTRY, _MOST, _LARGEST = 128, 12, 100, 64 * 1024
_IN_JPEG = b"ICC_PROFILE\0"


def without_usual_profile(content: bytes, format: str) -> bytes:
    """Return the picture *content*, `jpeg` or `png` by *format*, without its colour profile if that is a usual one."""
    try:
        if format == "png":
            return _without(content, [place for place in _chunks(content) if _is_usual_chunk(content, place)])
        if format == "jpeg":
            places = [place for place in _segments(content) if content.startswith(_IN_JPEG, place[0] + 4)]
            whole = b"".join(content[start + 4 + len(_IN_JPEG) + 2 : end] for start, end in places)
            return _without(content, places if is_usual(whole) else [])
    except (struct.error, IndexError, zlib.error, ValueError):
        return content  # what cannot be taken apart stays, and is told by whoever looks for it
    return content


def is_usual(profile: bytes) -> bool:
    """Tell whether *profile* is one of a space of colours, and holds nothing else.

    Raises:
        struct.error: it ends too soon.
        ValueError: the same.
    """
    count = struct.unpack_from(">I", profile, _HEADER)[0]
    if count > _MOST or profile[36:40] != b"acsp":
        return False
    tags: list[tuple[bytes, int, int]] = [
        struct.unpack_from(">4sII", profile, _HEADER + 4 + _ENTRY * number) for number in range(count)
    ]
    if any(start + size > len(profile) for _, start, size in tags):
        return False
    rest = bytearray(profile)
    rest[: _HEADER + 4 + _ENTRY * count] = bytes(_HEADER + 4 + _ENTRY * count)
    for _, start, size in tags:
        rest[start : start + size] = bytes(size)
    called = [_text(profile[start : start + size]) for name, start, size in tags if name == b"desc"]
    return set(called) <= _USUAL and len(called) == 1 and {name for name, _, _ in tags} <= _TAGS and not any(rest)


def _text(tag: bytes) -> str:
    """Return the text of *tag* in its first language."""
    if tag.startswith(b"desc"):
        return tag[12 : 12 + struct.unpack_from(">I", tag, 8)[0]].rstrip(b"\0").decode("ascii")
    length, start = struct.unpack_from(">II", tag, 20)
    return tag[start : start + length].decode("utf-16-be").rstrip("\0") if tag.startswith(b"mluc") else ""


def _is_usual_chunk(content: bytes, place: tuple[int, int]) -> bool:
    start, end = place
    if content[start + 4 : start + 8] != b"iCCP":
        return False
    name, _, packed = content[start + 8 : end - 4].partition(b"\0")
    unpacking = zlib.decompressobj()
    profile = unpacking.decompress(packed[1:], _LARGEST)
    is_whole = unpacking.eof and not unpacking.unused_data
    return is_whole and name.decode("latin-1") in _NAMES and is_usual(profile)


def _chunks(png: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each chunk before the pixels."""
    start = 8
    while png[start + 4 : start + 8] not in (b"IDAT", b""):
        end = start + 12 + struct.unpack_from(">I", png, start)[0]
        yield start, end
        start = end


def _segments(jpeg: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each part before the pixels."""
    start = 2
    while jpeg[start : start + 1] == b"\xff" and jpeg[start + 1] not in (0xD9, 0xDA):
        end = start + 2 + struct.unpack_from(">H", jpeg, start + 2)[0]
        yield start, end
        start = end


def _without(content: bytes, places: list[tuple[int, int]]) -> bytes:
    for start, end in reversed(places):
        content = content[:start] + content[end:]
    return content
