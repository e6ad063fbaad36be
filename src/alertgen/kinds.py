"""What a file is, told by its bytes: the ending of its name can be anything."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_PICTURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"RIFF", "webp"),
    (b"\0\0\1\0", "ico"),
    (b"GIF8", ""),
    (b"II*\0", ""),
    (b"MM\0*", ""),
    (b"\0\0\0\x0cjP  ", ""),
    (b"\0\0\0\x0cJXL ", ""),
    (b"\xff\x0a", ""),
    (b"8BPS", ""),
)
"""How picture files begin, and the format that the proof knows them by; empty for formats that are not accepted."""
_AVIF, _OTHER_MEDIA = b"ftypavif", b"ftyp"
_FILMS = re.compile(
    rb"....(?:ftyp(?!avi|hei|hev|mif|msf)|moov|mdat|wide)|RIFF....(?!WEBP)|FORM....AIF"  # MP4, M4A, MOV; AVI, WAV; AIFF
    rb"|\x1aE\xdf\xa3|OggS|fLaC|#!AMR|FLV\x01|0&\xb2u\x8ef\xcf\x11|\0\0\x01\xba"  # WebM; Ogg, Opus …; WMV, WMA; MPEG
    rb"|ID3[\x02-\x04]|\xff[\xe2\xe3\xf1-\xf3\xf9-\xfb]",  # MP3, AAC
    re.DOTALL,
)
"""How films and sound recordings begin."""
_PDF, _HEADER = b"%PDF-", 1024
"""How PDF files begin, within so many bytes."""
ARCHIVES, RTF, OLD_OFFICE = (b"PK\x03\x04", b"PK\x05\x06"), b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MICROSOFT, _OPEN_DOCUMENT, _MIME_TYPE = b"[Content_Types].xml", b"mimetypeapplication/", 100
"""What only archives that are office files hold, the latter (an EPUB as well) within so many bytes."""
_FLAT_OFFICE = (b"urn:schemas-microsoft-com:office:", b"urn:oasis:names:tc:opendocument:xmlns:office:")
_HEAD = 4096
"""What Word, Excel and LibreOffice write into pages and XML, within so many bytes."""
_FONTS = (b"wOF2", b"wOFF", b"\0\1\0\0\0", b"OTTO", b"true", b"ttcf")
"""How fonts begin: WOFF 2, WOFF, TrueType, OpenType, TrueType of Apple, collections."""
ORIENTATION, SIDEWAYS = 274, (5, 6, 7, 8)
"""Tag of EXIF that says how a picture is turned, and its values for one on its side (Exif 2.32, table 6)."""
UTF16 = (BOM_UTF16_LE, BOM_UTF16_BE)
_PRINTER = b"%!"
"""How PostScript begins: a text, but one that names who made it, and on which computer."""
_CONTROLS = bytes([*range(0x07), *range(0x0E, 0x1A), *range(0x1C, 0x20)])
"""Bytes that stand in no text, however it is encoded."""


def is_known(content: bytes) -> bool:
    """Tell whether *content* is of a kind that can be looked into, or that tells nothing of people."""
    return not is_folder(content) and (
        content.startswith(_FONTS)
        or picture_format(content) is not None
        or is_film(content)
        or is_paper(content)
        or is_text(content)
    )


def picture_format(content: bytes) -> str | None:
    """Return the format of a picture as the proof knows it (`bare`); empty for any other, None for no picture."""
    if content[4:8] == _OTHER_MEDIA:
        return "avif" if content[4:12] == _AVIF else ""
    return next((kind for start, kind in _PICTURES if content.startswith(start)), None)


def is_film(content: bytes) -> bool:
    """Tell whether *content* is a film or a sound recording."""
    return bool(_FILMS.match(content))


def is_folder(content: bytes) -> bool:
    """Tell whether *content* is an archive with files of any kind in it, as a folder has, and no office file."""
    is_office = _MICROSOFT in content or _OPEN_DOCUMENT in content[:_MIME_TYPE]
    return content.startswith(ARCHIVES) and not is_office


def is_paper(content: bytes) -> bool:
    """Tell whether *content* is that of a PDF or office file, or an archive that may hold some."""
    return content.startswith((*ARCHIVES, RTF, OLD_OFFICE)) or _PDF in content[:_HEADER] or is_flat_office(content)


def is_flat_office(content: bytes) -> bool:
    """Tell whether *content* is a page or XML file as office programs save them, with their notes in it."""
    head = content[:_HEAD]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and any(sign in head for sign in _FLAT_OFFICE)


def is_text(content: bytes) -> bool:
    """Tell whether *content* is a text, however it is encoded."""
    if content.startswith(UTF16):
        return True
    if b"\0" in content or content.startswith(_PRINTER):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return len(content.translate(None, _CONTROLS)) == len(content)  # a text in one of the older encodings
    return True
