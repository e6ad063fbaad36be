"""Pictures that editors name: where they lie, and what their bytes say they are."""

import posixpath
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes
from alertgen.load.addresses import Kind, kind_of
from alertgen.load.files import RefusedPathError, inside, read_bytes
from alertgen.load.memory import key_of, remembered
from alertgen.store import Store
from alertgen.text import folded, listed, suggestions

MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 100_000_000
"""Larger pictures would need more than a gigabyte of memory while renditions are made."""

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
_SIDEWAYS = (5, 6, 7, 8)
"""Values of EXIF's orientation (tag 274) that swap width and height (Exif 2.32, table 6)."""
_ORIENTATION = 274


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A file that holds a picture."""

    path: str
    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the bytes of a file say; `fault` is empty for a good picture."""

    width: int
    height: int
    fault: str = ""


def find_picture(root: Path, owner: str, target: str, at: Place, store: Store) -> Picture | Diagnostic:
    """Return the picture *target*, named in the file *owner*, or what is wrong with it."""
    path = _resolved(root, owner, target)
    if path is None:
        message = f'"{target}" is not a file of this site'
        hint = "put the picture beside the alert and write its name only"
        return problem("refused-path", message, at, hint=hint)
    if not _exists(root, path):
        return _missing(root, path, target, at)
    content = read_bytes(root, path, MOST_BYTES)
    if isinstance(content, Diagnostic):
        return problem("image-unreadable", f'"{target}": {content.message}', at, hint=content.hint)
    digest = digest_bytes(content)
    looked = remembered(store, key_of("picture", digest), _Looked, lambda: _look(content))
    if looked.fault:
        hint = "save it again as JPEG, PNG or WebP from a picture program"
        return problem("image-unreadable", f'"{target}" {looked.fault}', at, hint=hint)
    return Picture(path=path, digest=digest, width=looked.width, height=looked.height)


def _resolved(root: Path, owner: str, target: str) -> str | None:
    """Return the site-relative path of *target*, or None when it is not inside the site."""
    if kind_of(target) is not Kind.INSIDE:
        return None
    folder = posixpath.dirname(owner)
    spelled = [target, unquote(target)] if "%" in target else [target]
    paths = [posixpath.normpath(posixpath.join(folder, one)) for one in spelled]
    try:
        for path in paths:
            inside(root, path)
    except RefusedPathError:
        return None
    return next((path for path in paths if (root / path).is_file()), paths[-1])


def _exists(root: Path, path: str) -> bool:
    """Whether the file is there under exactly this name, also on a disk that ignores upper and lower case."""
    folder = (root / path).parent
    return folder.is_dir() and any(file.name == posixpath.basename(path) for file in folder.iterdir() if file.is_file())


def _missing(root: Path, path: str, target: str, at: Place) -> Diagnostic:
    folder = (root / path).parent
    names = [file.name for file in folder.iterdir() if _is_picture_name(file.name)] if folder.is_dir() else []
    name = posixpath.basename(path)
    near = [other for other in names if folded(other) == folded(name)] or suggestions(name, sorted(names))
    hint = f"did you mean {listed(near)}?" if near else f"put the picture into the folder {posixpath.dirname(path)}/"
    return problem("missing-image", f'there is no picture "{target}"', at, hint=hint)


def _is_picture_name(name: str) -> bool:
    return name.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff"))


def _look(content: bytes) -> _Looked:
    """Open the picture in *content* and decode it once, so that a damaged file is found before anything is written."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(content), formats=_FORMATS)
    except UnidentifiedImageError:
        return _Looked(0, 0, _what_it_is(content))
    except Image.DecompressionBombError:
        return _Looked(0, 0, f"has more than {MOST_PIXELS // 1_000_000} million pixels")
    width, height = image.size
    if width * height > MOST_PIXELS:
        return _Looked(0, 0, f"has more than {MOST_PIXELS // 1_000_000} million pixels")
    try:
        sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
        image.draft("L", (max(1, width // 8), max(1, height // 8)))
        image.load()
    except (OSError, SyntaxError, ValueError):
        return _Looked(0, 0, "is damaged or ends too early")
    return _Looked(height, width) if sideways else _Looked(width, height)


_SIGNS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda start: start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"), "is a HEIC photo of a phone"),
    (lambda start: b"<svg" in start or start.lstrip().startswith(b"<?xml"), "is an SVG drawing, which could run code"),
    (lambda start: start.startswith(b"%PDF"), "is a PDF document"),
    (lambda start: start.lstrip().lower().startswith((b"<!doctype html", b"<html")), "is a web page"),
    (lambda start: start.startswith(b"version https://git-lfs"), "is a Git LFS pointer; the picture was not fetched"),
    (lambda start: not start, "is empty"),
)
"""How files that are no pictures begin, and what they are."""


def _what_it_is(content: bytes) -> str:
    start = content[:1000]
    return next((what for sign, what in _SIGNS if sign(start)), "is not a picture that can be read")
