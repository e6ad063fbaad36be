"""A usual colour profile of a picture in `static/` may stay; whatever names a person or a device may not."""

import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import ImageCms

from alertgen.build import check
from alertgen.profiles import is_usual, without_usual_profile
from conftest import NOON, SiteFolder
from stained_pictures import jpeg, png

NAME = b"sRGB built-in"
TAGS = 132


def srgb(name: str = NAME.decode()) -> bytes:
    """Return a profile that calls itself *name*, which must be as long as the usual one."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert made.count(NAME.decode().encode("utf-16-be")) == 1
    return made.replace(NAME.decode().encode("utf-16-be"), name.encode("utf-16-be"))


def older(name: bytes) -> bytes:
    """Return a profile of version 2 that holds nothing but its *name*."""
    text = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(78)
    head = bytearray(128)
    head[36:40] = b"acsp"
    return bytes(head) + struct.pack(">I4sII", 1, b"desc", 144, len(text)) + text


def renamed_tag(profile: bytes, old: bytes, new: bytes) -> bytes:
    return profile[:TAGS] + profile[TAGS:].replace(old, new, 1)


def in_png(profile: bytes, name: bytes = b"ICC Profile", after: bytes = b"") -> bytes:
    return png((b"iCCP", name + b"\0\0" + zlib.compress(profile) + after))


def in_jpeg(*parts: bytes) -> bytes:
    return jpeg(
        *((0xE2, b"ICC_PROFILE\0" + bytes((number, len(parts))) + part) for number, part in enumerate(parts, 1))
    )


PICTURES: dict[str, Callable[[], tuple[str, bytes]]] = {
    "png": lambda: ("png", in_png(srgb())),
    "jpeg": lambda: ("jpeg", in_jpeg(srgb())),
    "jpeg in two parts": lambda: ("jpeg", in_jpeg(srgb()[:100], srgb()[100:])),
    "png of version 2": lambda: ("png", in_png(older(b"Display P3"), b"Display P3")),
}
STAINED: dict[str, Callable[[], tuple[str, bytes]]] = {
    "description": lambda: ("png", in_png(srgb("Jane's screen"))),
    "description of version 2": lambda: ("jpeg", in_jpeg(older(b"Jane"))),
    "tag of a screen": lambda: ("jpeg", in_jpeg(renamed_tag(srgb(), b"chrm", b"mmod"))),
    "name in the chunk": lambda: ("png", in_png(srgb(), b"Jane")),
    "behind what is packed": lambda: ("png", in_png(srgb(), after=b"Jane")),
    "behind the profile": lambda: ("jpeg", in_jpeg(srgb() + b"Jane")),
    "cut off": lambda: ("jpeg", in_jpeg(srgb()[:200])),
    "nearly nothing": lambda: ("png", in_png(b"Jane")),
    "not packed": lambda: ("png", png((b"iCCP", b"icc\0\0Jane"))),
    "too large": lambda: ("png", in_png(older(b"sRGB") + bytes(70_000))),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_usual_profile_may_stay(name: str, site: Callable[..., SiteFolder]) -> None:
    kind, content = PICTURES[name]()
    assert len(without_usual_profile(content, kind)) < len(content)
    folder = site()
    folder.write(f"static/logo.{kind}", content)
    assert "static-picture-not-bare" not in {one.code for one in check(folder.root, now=NOON).problems}


@pytest.mark.parametrize("name", STAINED)
def test_any_other_may_not(name: str) -> None:
    kind, content = STAINED[name]()
    assert without_usual_profile(content, kind) == content


def test_what_is_taken_out_is_the_profile_alone() -> None:
    assert without_usual_profile(in_png(srgb()), "png") == png()
    assert without_usual_profile(in_jpeg(srgb()), "jpeg") == jpeg()
    assert without_usual_profile(b"", "jpeg") == b""


def test_no_size_in_a_profile_costs_memory() -> None:
    assert not is_usual(older(b"sRGB")[:140] + struct.pack(">I", 2**32 - 1) + bytes(100))
