"""What a file is, told by its bytes."""

import gzip
import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from alertgen.bare import NotBareError, assert_bare
from alertgen.kinds import is_film, is_known

SOUND_AND_FILM = (
    b"\0\0\0\x18ftypisom",
    b"\0\0\0\x08wide",
    b"RIFF\x24\0\0\0WAVEfmt ",
    b"FORM\0\0\0\x1eAIFFCOMM",
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm",
    b"OggS\0\x02",
    b"fLaC\0\0\0\x22",
    b"ID3\x04\0",
    b"\xff\xfb\x90\x44",
    b"\xff\xf1\x50\x80",
    b"#!AMR\n\x3c",
    b"FLV\x01\x05",
    b"0&\xb2u\x8ef\xcf\x11\xa6\xd9",
    b"\0\0\x01\xba\x44",
)
KNOWN = (
    b"",
    b"body { color: red }",
    "Café".encode(),
    "Café".encode("cp1252"),
    "Café".encode("utf-16"),
    b"a.b='\x01\x1f'",  # as some programs write scripts
    b"wOF2\0\1\0\0",
    b"OTTO\0",
    b"\0\1\0\0\0\x12\1\0",
    b"%PDF-1.7\n",
    b"PK\x03\x04\0[Content_Types].xml",
    b"PK\x03\x04\0mimetypeapplication/epub+zip",
    b"\xff\xd8\xff\xe0\0",
    b"\0\0\1\0\1\0",
)
UNKNOWN = (
    gzip.compress(b"<svg/>", mtime=0),
    b"PK\x03\x04\0WhatsApp Chat.txt",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07\x00",
    b"SQLite format 3\0",
    b"\0\1\0\0Standard ACE DB\0",
    b"%!PS-Adobe-3.0\n%%For: Jane Witness",
    b"L\0\0\0\x01\x14\x02\0",  # a shortcut of Windows, which names folders
    b"\0asm\x01\0\0\0",
    b"\0\0\2\0\1\0",
    b"BM\0\0\0\0",
)


@pytest.mark.parametrize("content", SOUND_AND_FILM)
def test_films_and_recordings_are_recognised(content):
    assert is_film(content)
    assert is_known(content)


@pytest.mark.parametrize("content", KNOWN)
def test_texts_pictures_fonts_and_papers_are_known_and_are_no_films(content):
    assert is_known(content)
    assert not is_film(content)


@pytest.mark.parametrize("content", UNKNOWN)
def test_anything_else_is_not_known(content):
    assert not is_known(content)
    assert not is_film(content)


def _icon(**settings: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(buffer, "ICO", sizes=[(16, 16), (32, 32)], **settings)
    return buffer.getvalue()


def _with_icon(picture: bytes) -> bytes:
    """Return an icon file that holds *picture* alone."""
    return b"\0\0\1\0\1\0" + b"\x20\x20\0\0\1\0\x20\0" + len(picture).to_bytes(4, "little") + b"\x16\0\0\0" + picture


def test_an_icon_holds_pixels_and_nothing_else():
    assert_bare(_icon(), "ico")
    assert_bare(_icon(bitmap_format="bmp"), "ico")


def test_what_an_icon_says_beside_its_pixels_is_found():
    note = PngInfo()
    note.add_text("Author", "Jane Witness")
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32)).save(buffer, "PNG", pnginfo=note)
    with pytest.raises(NotBareError, match="the ico file holds a chunk tEXt"):
        assert_bare(_with_icon(buffer.getvalue()), "ico")
    with pytest.raises(NotBareError, match="bytes after its end"):
        assert_bare(_icon() + b"Jane Witness", "ico")
    with pytest.raises(NotBareError, match="cannot be taken apart"):
        assert_bare(_icon()[:9], "ico")
