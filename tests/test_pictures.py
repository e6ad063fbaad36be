"""Every picture that reaches the output is upright, in the planned size, and holds nothing but pixels."""

import struct
import xml.etree.ElementTree
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from alertgen.bare import NotBareError, assert_bare, credit_note
from alertgen.fingerprint import digest_bytes
from alertgen.outputs import Rendition
from alertgen.render.faults import RenderFaultError
from alertgen.render.images import render_rendition
from alertgen.store import Store

NOTHING_PERSONAL = {"background", "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progressive"}
NOTHING_PERSONAL |= {"progression"}
FORMATS = ("avif", "webp", "jpeg", "png")
SECRET = b"SECRET-51.5074N"


def upright_sample(mode="RGB", size=(400, 200)):
    """Red at the left, blue at the right, white along the top."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.paste("white", (0, 0, size[0], size[1] // 8))
    return image.convert(mode)


def with_exif(image, orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    made = BytesIO()
    image.save(made, "JPEG", exif=exif, comment=SECRET, quality=95)
    return made.getvalue()


def rendition_of(root, content, format, size=(200, 100)):
    (root / "photo").write_bytes(content)
    return Rendition(
        address="/images/x", source="photo", source_digest=digest_bytes(content), format=format, width=size[0],
        height=size[1],
    )  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_a_photo_with_position_owner_and_comment_comes_out_bare(tmp_path, format):
    with Store(None) as memory:
        made = render_rendition(rendition_of(tmp_path, with_exif(upright_sample()), format), tmp_path, memory)
    assert SECRET not in made
    with Image.open(BytesIO(made)) as image:
        assert image.size == (200, 100)
        assert not image.getexif()
        assert "comment" not in image.info
        assert "icc_profile" not in image.info


TURNS = {
    1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180], 4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}  # fmt: skip


@pytest.mark.parametrize("orientation", TURNS)
def test_every_orientation_comes_out_upright(tmp_path, orientation):
    stored = upright_sample()
    for turn in TURNS[orientation]:
        stored = stored.transpose(turn)
    with Store(None) as memory:
        made = render_rendition(
            rendition_of(tmp_path, with_exif(stored, orientation), "png"), tmp_path, memory
        )  # fmt: skip
    with Image.open(BytesIO(made)) as image:
        pixels = image.convert("RGB")
        top, left, right = (pixels.getpixel(at) for at in ((100, 3), (20, 80), (180, 80)))
    assert min(top) > 200
    assert left[0] > 200 > 100 > left[2]
    assert right[2] > 200 > 100 > right[0]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "1", "I;16"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_colour_mode_is_handled(tmp_path, mode, format):
    image = Image.new("I;16", (400, 200), 40000) if mode == "I;16" else upright_sample(mode)
    kind = "TIFF" if mode == "CMYK" else "PNG"
    stored = BytesIO()
    image.save(stored, kind)
    with Store(None) as memory:
        made = render_rendition(rendition_of(tmp_path, stored.getvalue(), format), tmp_path, memory)
    with Image.open(BytesIO(made)) as made_image:
        assert made_image.size == (200, 100)
        if mode == "I;16":
            assert 140 < made_image.convert("L").getpixel((50, 50)) < 170


def erased(mode, fmt, faintly):
    """A picture of which the middle was erased, though the colours are still there."""
    image = Image.new("RGBA", (200, 100), "white")
    image.paste((250, 120, 30, faintly), (50, 25, 150, 75))
    made = BytesIO()
    image.convert(mode).save(made, fmt, **({"lossless": True, "exact": True} if fmt == "WEBP" else {}))
    return made.getvalue()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("faintly", [0, 1])
@pytest.mark.parametrize(("mode", "original"), [("RGBA", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "TIFF")])
def test_what_was_erased_from_a_picture_cannot_be_brought_back(tmp_path, mode, original, faintly, format):
    content = erased(mode, original, faintly)
    with Store(None) as memory:
        made = render_rendition(rendition_of(tmp_path, content, format, (200, 100)), tmp_path, memory)
    with Image.open(BytesIO(made)) as image:
        inner = image.convert("RGBA").convert("RGB").crop((60, 35, 140, 65))
    values = {value for lowest_and_highest in inner.getextrema() for value in lowest_and_highest}
    assert all(value <= 20 or value >= 235 for value in values), values


def test_a_picture_without_see_through_parts_keeps_its_colours(tmp_path):
    made = BytesIO()
    upright_sample("RGBA").save(made, "PNG")
    with Store(None) as memory:
        png = render_rendition(rendition_of(tmp_path, made.getvalue(), "png", (400, 200)), tmp_path, memory)
    with Image.open(BytesIO(png)) as image:
        assert image.convert("RGB").tobytes() == upright_sample().tobytes()


def test_remembered_bytes_are_used_and_equal(tmp_path):
    rendition = rendition_of(tmp_path, with_exif(upright_sample()), "webp")
    with Store(tmp_path / "memory.db") as memory:
        first = render_rendition(rendition, tmp_path, memory)
    (tmp_path / "photo").unlink()
    with Store(tmp_path / "memory.db") as memory:
        assert render_rendition(rendition, tmp_path, memory) == first


def test_a_picture_that_changed_under_the_build_is_refused(tmp_path):
    rendition = rendition_of(tmp_path, with_exif(upright_sample()), "webp")
    (tmp_path / "photo").write_bytes(b"other")
    with Store(None) as memory, pytest.raises(RenderFaultError) as caught:
        render_rendition(rendition, tmp_path, memory)
    assert caught.value.problem.code == "image-changed"


def test_a_truncated_picture_is_told_not_published_half(tmp_path):
    with Store(None) as memory, pytest.raises(RenderFaultError) as caught:
        content = with_exif(upright_sample())
        render_rendition(rendition_of(tmp_path, content[: len(content) // 2], "webp"), tmp_path, memory)
    assert caught.value.problem.code == "image-unreadable"


def saved(format, **settings):
    made = BytesIO()
    upright_sample().save(made, format, **settings)
    return made.getvalue()


def png_text():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    return saved("PNG", pnginfo=info)


def exif():
    data = Image.Exif()
    data[0x010F] = SECRET.decode()
    return data.tobytes()


def webp_with(chunk):
    body = saved("WEBP")[12:] + chunk + struct.pack("<I", len(SECRET)) + SECRET + b"\0" * (len(SECRET) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def webp_that_says(flags):
    body = b"VP8X" + struct.pack("<I", 10) + bytes((flags,)) + bytes(9) + saved("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def png_with(chunk, body=SECRET):
    plain = saved("PNG")
    end = plain.rindex(b"IEND") - 4
    part = struct.pack(">I", len(body)) + chunk + body + struct.pack(">I", zlib.crc32(chunk + body))
    return plain[:end] + part + plain[end:]


def jpeg_with(marker, body):
    plain = saved("JPEG")
    return plain[:2] + bytes((0xFF, marker)) + struct.pack(">H", 2 + len(body)) + body + plain[2:]


JFIF = b"JFIF\0\1\1\0\0\1\0\1"
"""Without the size of a thumbnail, which follows."""


def avif_with(box, *, within_meta=False):
    """Return a picture with one *box* more at its end, or at the end of its box `meta`."""
    plain = saved("AVIF", max_threads=1)
    part = struct.pack(">I", 8 + len(SECRET)) + box + SECRET
    if not within_meta:
        return plain + part
    start = plain.index(b"meta") - 4
    size = struct.unpack_from(">I", plain, start)[0]
    end = start + size
    return plain[:start] + struct.pack(">I", size + len(part)) + plain[start + 4 : end] + part + plain[end:]


def icons(*pictures):
    """Return a collection of icons."""
    places, start = [], 6 + 16 * len(pictures)
    for picture in pictures:
        places.append(struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(picture), start))
        start += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join((*places, *pictures))


STAINED = {
    "jpeg with Exif": ("jpeg", lambda: with_exif(upright_sample())),
    "jpeg with a comment": ("jpeg", lambda: saved("JPEG", comment=SECRET)),
    "jpeg with XMP": ("jpeg", lambda: saved("JPEG", xmp=SECRET)),
    "jpeg with a profile": ("jpeg", lambda: saved("JPEG", icc_profile=SECRET)),
    "jpeg with bytes after its end": ("jpeg", lambda: saved("JPEG") + SECRET),
    "jpeg with a comment between scans": (
        "jpeg", lambda: saved("JPEG", progressive=True)[:-2] + b"\xff\xfe" + struct.pack(">H", 2 + len(SECRET)) + SECRET
        + b"\xff\xd9",
    ),
    "jpeg in a Photoshop wrapper": (
        "jpeg", lambda: b"\xff\xd8\xff\xed" + struct.pack(">H", 2 + len(SECRET)) + SECRET + saved("JPEG")[2:],
    ),
    "jpeg with a thumbnail": ("jpeg", lambda: jpeg_with(0xE0, JFIF + b"\1\1" + SECRET[:3])),
    "jpeg that says it has a thumbnail": ("jpeg", lambda: jpeg_with(0xE0, JFIF + b"\1\1")),
    "jpeg with a thumbnail it does not speak of": ("jpeg", lambda: jpeg_with(0xE0, JFIF + SECRET + b"\0\0")),
    "jpeg with an extension of JFIF": ("jpeg", lambda: jpeg_with(0xE0, b"JFXX" + JFIF[4:] + b"\0\0")),
    "jpeg with JFIF in a part of another name": ("jpeg", lambda: jpeg_with(0xE4, JFIF + b"\0\0")),
    "jpeg with something else in a part of Adobe": ("jpeg", lambda: jpeg_with(0xEE, (SECRET * 9)[:12])),
    "jpeg with colours in a part of another name": ("jpeg", lambda: jpeg_with(0xE4, b"Adobe\0\x64\0\0\0\0\1")),
    "jpeg after something else": ("jpeg", lambda: SECRET[:2] + saved("JPEG")[2:]),
    "png with text": ("png", png_text),
    "png after something else": ("png", lambda: SECRET[:8] + saved("PNG")[8:]),
    "png with Exif": ("png", lambda: saved("PNG", exif=exif())),
    "png with a time": ("png", lambda: png_with(b"tIME")),
    "png with bytes after its end": ("png", lambda: saved("PNG") + SECRET),
    "webp with Exif": ("webp", lambda: saved("WEBP", exif=exif())),
    "webp with XMP": ("webp", lambda: saved("WEBP", xmp=SECRET)),
    "webp with an unknown chunk": ("webp", lambda: webp_with(b"JUNK")),
    "webp with bytes after its end": ("webp", lambda: saved("WEBP") + SECRET),
    "avif with Exif": ("avif", lambda: saved("AVIF", exif=exif(), max_threads=1)),
    "avif with XMP": ("avif", lambda: saved("AVIF", xmp=SECRET, max_threads=1)),
    "webp that says it has Exif": ("webp", lambda: webp_that_says(0x08)),
    "webp that says it has a profile": ("webp", lambda: webp_that_says(0x20)),
    "webp that says it has XMP": ("webp", lambda: webp_that_says(0x04)),
    "webp that says it moves": ("webp", lambda: webp_that_says(0x02)),
    "avif with a box": ("avif", lambda: avif_with(b"uuid")),
    "avif with a box in its own": ("avif", lambda: avif_with(b"uuid", within_meta=True)),
    "avif with a second list of items": ("avif", lambda: avif_with(b"iinf", within_meta=True)),
    "avif with a profile": ("avif", lambda: saved("AVIF", icc_profile=SECRET, max_threads=1)),
    "icon with text": ("ico", lambda: icons(saved("PNG"), png_text())),
    "icon with bytes after its end": ("ico", lambda: icons(saved("PNG")) + SECRET),
    "avif with bytes after its end": ("avif", lambda: saved("AVIF", max_threads=1) + SECRET),
}  # fmt: skip


@pytest.mark.parametrize("case", STAINED)
def test_the_proof_refuses_anything_beside_pixels(case):
    kind, make = STAINED[case]
    with pytest.raises(NotBareError):
        assert_bare(make(), kind)


@pytest.mark.parametrize("format", FORMATS)
def test_the_credit_is_in_the_file_if_the_site_asks_for_it_and_the_proof_accepts_nothing_else(tmp_path, format):
    plain = rendition_of(tmp_path, with_exif(upright_sample("RGBA").convert("RGB")), format)
    signed = replace(plain, credit='Yousuf "Yo" Ahmed & Söhne/<AFP>')
    note = credit_note(signed.credit)
    with Store(None) as memory:
        bare, made = (render_rendition(one, tmp_path, memory) for one in (plain, signed))
    assert note in made
    assert SECRET not in made
    assert_bare(made, format, note)
    assert_bare(bare, format)
    for other in (b"", credit_note("Somebody else"), note[:-1], note + b" "):
        with pytest.raises(NotBareError):
            assert_bare(made, format, other)
    with Image.open(BytesIO(made)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"xmp", "XML:com.adobe.xmp"} | NOTHING_PERSONAL


def test_the_credit_is_well_formed_whatever_it_says():
    for credit in ("A & B", "<script>", "]]>", "\u202eabc", 'a"b'):
        words = xml.etree.ElementTree.fromstring(credit_note(credit)).itertext()
        assert [word for word in words if word.strip()] == [credit, credit]
    assert credit_note("") == b""


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("cut", [0, 1, 11, 30, -1, -40])
def test_the_proof_refuses_what_it_cannot_take_apart(format, cut):
    with pytest.raises(NotBareError):
        assert_bare(saved(format.upper())[:cut], format)


@pytest.mark.parametrize("format", FORMATS)
def test_the_proof_accepts_a_bare_picture(format):
    assert_bare(saved(format.upper(), **({"max_threads": 1} if format == "avif" else {})), format)


@pytest.mark.parametrize(
    ("format", "make"),
    [
        ("jpeg", lambda: jpeg_with(0xE0, JFIF + b"\0\0")),
        ("webp", lambda: webp_that_says(0x10)),
        ("ico", lambda: icons(saved("PNG"), saved("PNG"))),
    ],
    ids=["size of a pixel", "see-through parts", "icons"],
)
def test_the_proof_accepts_what_tells_of_pixels_alone(format, make):
    assert_bare(make(), format)


SCALES = {b"gAMA": 4, b"sRGB": 1, b"pHYs": 9, b"sBIT": 3, b"cICP": 4}


@pytest.mark.parametrize("name", SCALES)
def test_how_bright_and_large_pixels_are_is_nothing_beside_them(name: bytes):
    assert_bare(png_with(name, bytes(SCALES[name])), "png")
    with pytest.raises(NotBareError, match=name.decode()):
        assert_bare(png_with(name, bytes(SCALES[name]) + SECRET), "png")


def test_in_which_colours_a_jpeg_is_stored_is_nothing_beside_its_pixels():
    made = BytesIO()
    upright_sample().convert("CMYK").save(made, "JPEG")
    content = made.getvalue()
    assert b"\xff\xee\x00\x0eAdobe" in content
    assert_bare(content, "jpeg")
    longer = content.replace(b"\xff\xee\x00\x0eAdobe", b"\xff\xee\x00\x12AdobeJane")
    with pytest.raises(NotBareError, match="0xee"):
        assert_bare(longer, "jpeg")
