"""Static files are copied, so they must be bare already, or of a kind that tells nothing of those who made them."""

import binascii
import re
from base64 import b64decode
from collections.abc import Collection, Iterator
from urllib.parse import unquote_to_bytes

from alertgen.bare import NotBareError, assert_bare
from alertgen.check.drawings import is_drawing, told_by
from alertgen.check.strays import strays
from alertgen.check.unused import unused
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.kinds import UTF16, is_film, is_folder, is_known, picture_format
from alertgen.model import Held, Site, ThemeFile
from alertgen.outputs import Plan
from alertgen.patterns import late
from alertgen.profiles import without_usual_profile

_INLINE = late(rb"data:[^,;\"'()<>\s]*(?:;[^,;\"'()<>\s]*)*;base64,([A-Za-z0-9+/=%\s]+)", re.IGNORECASE)
"""A picture within a text."""
_BARELY = "show it by ![words](picture) in a text instead, or save it without its data (metadata)"
_ANEW = "save it as JPEG or PNG without its data (metadata), or show that file by ![words](picture) in a text"
_WITHIN = "save that picture without its data (metadata), and then put it in again"
_PLAINLY = "save it again without its data (in Inkscape: as Plain SVG), or write {} under `cleared` in site.yaml"
_LOOK = (
    "move it out of static/, which is for the theme; if you know what it contains, write {} under `cleared` in "
    "site.yaml"
)
_ELSEWHERE = (
    "publish it on a site for films, and link to it; if you know that it reveals nothing, write {} under `cleared` in "
    "site.yaml"
)


def check(site: Site, _plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find static files that say more than they show, such as where and by whom they were taken, or show nothing."""
    cleared = {one.casefold() for one in site.config.cleared}
    quiet: list[ThemeFile] = []
    for file in site.theme.statics:
        path = f"static/{file.path}"
        is_cleared = path.casefold() in cleared
        told = tuple(_told(path, file.content, None if is_cleared else cleared))
        yield from told
        if not told and not is_cleared:
            quiet.append(file)
    yield from unused(quiet, site)


def _told(path: str, content: bytes, cleared: Collection[str] | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with the file at *path*. *cleared* names people who may be named; None if the file is."""
    for what, stranger, hint in _strangers(_readable(content), cleared):
        message = f"this {what} is published as it is, but {stranger}"
        yield problem("static-picture-not-bare", message, Place(path), hint=hint.format(path))
    if cleared is not None and not is_known(content):
        kind = "it is an archive of other files" if is_folder(content) else "its kind is not known here"
        message = f"this file is published as it is, but {kind}, so nobody can tell what it says"
        yield problem("unknown-static-file", message, Place(path), hint=_LOOK.format(path))
    if cleared is not None:
        yield from strays(path, _readable(content))


def _readable(content: bytes) -> bytes:
    """Return the text *content* as others are saved; anything else as it is."""
    return content.decode("utf-16", "replace").encode() if content.startswith(UTF16) else content


def _strangers(content: bytes, cleared: Collection[str] | None) -> Iterator[tuple[str, str, str]]:
    """Yield what *content* is, what it holds beside what it shows, and what to do; of pictures also when it is cleared.

    *cleared* names people who may be named; it is None for a file that may be published as it is.
    """
    if is_film(content):
        if cleared is not None:
            yield "film or recording", "nobody can tell whether it says where it was made, and by whom", _ELSEWHERE
        return
    if stranger := _stranger(content):
        yield "picture", stranger, _BARELY if picture_format(content) else _ANEW
    if stranger := _within(content):
        yield "file", f"there is a picture in it, and {stranger}", _WITHIN
    if cleared is not None and is_drawing(content):
        yield from (("drawing", told, _PLAINLY) for told in told_by(content, cleared))


def _within(content: bytes) -> str:
    """Return what a picture that is spelled within *content*, a text, holds beside its pixels."""
    if b";base64," not in content.lower():
        return ""
    pictures = (_decoded(spelled[1]) for spelled in _INLINE.finditer(content))
    return next(filter(None, (_stranger(picture) for picture in pictures if picture_format(picture))), "")


def _decoded(spelled: bytes) -> bytes:
    try:
        return b64decode(unquote_to_bytes(spelled))
    except binascii.Error:
        return b""


def _stranger(content: bytes) -> str:
    """Return what *content*, if it is a picture, holds beside its pixels and how these are to be understood."""
    kind = picture_format(content)
    if kind is None:
        return ""
    if not kind:
        return "only JPEG, PNG, WebP, AVIF and ICO files can be proved to hold nothing but pixels"
    try:
        assert_bare(without_usual_profile(content, kind), kind)
    except NotBareError as error:
        return f"it says more than it shows: {error}"
    return ""
