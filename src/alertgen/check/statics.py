"""Pictures and films among the static files: they are copied, so they must be bare already."""

import binascii
import re
from base64 import b64decode
from collections.abc import Collection, Iterator

from alertgen.bare import NotBareError, assert_bare
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.model import Held, Site
from alertgen.outputs import Plan

_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"RIFF", "webp"),
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
_FILMS = re.compile(rb"....(?:ftyp(?!avi|hei|hev|mif|msf)|moov|mdat|wide)|RIFF....(?!WEBP)", re.DOTALL)
"""How films and sound recordings of phones and cameras begin: MP4, M4A, MOV, AVI and WAV."""
_DRAWING = b"<svg"
_BEGINNING = 4096
"""Bytes in which a drawing shows that it is one."""
_INLINE = re.compile(rb"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)")
"""A picture within a text."""
_FOLDER = re.compile(rb"""(?:export-filename|docbase|absref)\s*=\s*["'][^"']*[/\\]|["'(]file:///""")
"""What drawing programs write of the computer that they run on."""
_MAKER = re.compile(rb"<(?:\w+:)?creator\b[^>]*>(.*?)</(?:\w+:)?creator>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BARELY = "show it by ![words](picture) in a text instead, or save it without its data (metadata)"
_WITHIN = "save that picture without its data (metadata), and then put it in again"
_PLAINLY = "save it again without its data (in Inkscape: as Plain SVG), or write {} under `cleared` in site.yaml"
_ELSEWHERE = (
    "publish it at a place for films, and link to it; if you know that it tells nothing, write {} under `cleared` in "
    "site.yaml"
)


def check(site: Site, _plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find static files that say more than they show, such as where and by whom they were taken."""
    cleared = {one.casefold() for one in site.config.cleared}
    for file in site.theme.statics:
        path = f"static/{file.path}"
        for what, stranger, hint in _strangers(file.content, cleared if path.casefold() not in cleared else None):
            message = f"this {what} is published as it is, but {stranger}"
            yield problem("static-picture-not-bare", message, Place(path), hint=hint.format(path))


def _strangers(content: bytes, cleared: Collection[str] | None) -> Iterator[tuple[str, str, str]]:
    """Yield what *content* is, what it holds beside what it shows, and what to do; of pictures also when it is cleared.

    *cleared* names people who may be named; it is None for a file that may be published as it is.
    """
    if _FILMS.match(content):
        if cleared is not None:
            yield "film or recording", "nobody can tell whether it says where it was made, and by whom", _ELSEWHERE
        return
    if stranger := _stranger(content):
        yield "picture", stranger, _BARELY
    if stranger := _within(content):
        yield "file", f"a picture within it says more than it shows: {stranger}", _WITHIN
    if cleared is not None and _DRAWING in content[:_BEGINNING]:
        yield from (("drawing", told, _PLAINLY) for told in _told(content, cleared))


def _within(content: bytes) -> str:
    """Return what a picture that is spelled within *content*, a text, holds beside its pixels."""
    if b";base64," not in content:
        return ""
    pictures = (_decoded(spelled[1]) for spelled in _INLINE.finditer(content))
    return next(filter(None, (_stranger(picture) for picture in pictures if _format(picture))), "")


def _decoded(spelled: bytes) -> bytes:
    try:
        return b64decode(spelled)
    except binascii.Error:
        return b""


def _told(drawing: bytes, cleared: Collection[str]) -> Iterator[str]:
    """Yield what *drawing*, an SVG file, tells of those who made it."""
    if _FOLDER.search(drawing):
        yield "it names a folder of the computer on which it was made"
    makers = [" ".join(_TAG.sub(" ", maker.decode("utf-8", "replace")).split()) for maker in _MAKER.findall(drawing)]
    yield from (f"it names who made it: {maker}" for maker in makers if maker and maker.casefold() not in cleared)


def _stranger(content: bytes) -> str:
    """Return what *content*, if it is a picture, holds beside its pixels."""
    kind = _format(content)
    if kind is None:
        return ""
    if not kind:
        return "only JPEG, PNG, WebP and AVIF files can be proved to hold nothing but pixels"
    try:
        assert_bare(content, kind)
    except NotBareError as error:
        return str(error)
    return ""


def _format(content: bytes) -> str | None:
    """Return the format of a picture as the proof knows it; None for a file that is no picture."""
    if content[4:8] == _OTHER_MEDIA:
        return "avif" if content[4:12] == _AVIF else ""
    return next((kind for start, kind in _STARTS if content.startswith(start)), None)
