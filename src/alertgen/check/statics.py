"""Pictures among the static files: they are copied, so they must be bare already."""

from collections.abc import Iterator

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


def check(site: Site, _plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find static pictures that say more than they show, such as where and by whom they were taken."""
    for file in site.theme.statics:
        stranger = _stranger(file.content)
        if stranger:
            message = f"this picture is published as it is, but {stranger}"
            hint = "show it by ![words](picture) in a text instead, or save it without its data (metadata)"
            yield problem("static-picture-not-bare", message, Place(f"static/{file.path}"), hint=hint)


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
