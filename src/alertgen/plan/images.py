"""Pictures: which sizes and formats of an original will exist, and where."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from alertgen import urls
from alertgen.fingerprint import digest_text
from alertgen.model import Image
from alertgen.outputs import WIDEST, Rendition
from alertgen.patterns import late
from alertgen.plan.bulletin import Bulletin
from alertgen.text import slugify
from alertgen.views import Picture, PictureFile, PictureFormat

BEST = (480, 800, 1200, WIDEST)
"""Widths in pixels of the format that nearly every browser reads; a smaller original is never enlarged."""
SECOND = (800, WIDEST)
"""Widths for browsers of some years ago."""
LAST = (1200,)
"""The one width for feeds, mail programs and old browsers."""

_MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
_ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}
_DRAWN = ("png", "gif")
"""Formats of maps and charts, whose sharp lines and see-through parts JPEG would spoil."""
_BY_CAMERA = late(
    r"(?:^|-)(?:img|dsc[fn]?|pxl|mvimg|imag|dji|gopr)-?e?\d{3}|^p\d{7}|\d{8}"
    r"|\d\d-\d\d-\d\d(?:\d\d)?-(?:[a-z]{1,3}-){0,2}(?:\d{1,2}-\d\d|\d{6})(?!\d)"
)
"""What stands in names that cameras and phones give: a day with a time, or the number of a shot."""
_SETTINGS = "1"
"""Part of every address; to be raised when pictures are encoded otherwise, because browsers keep them for ever."""


def plan_images(bulletin: Bulletin) -> Iterator[Rendition]:
    """Plan every size and format of every picture, each once however many pages show it."""
    images = [image for text in bulletin.site.texts for image in text.images]
    leads = [alert.image for alert in bulletin.site.alerts if alert.image]
    planned = {rendition.address: rendition for image in (*leads, *images) for rendition in picture_of(image)[1]}
    yield from planned.values()


def picture_of(image: Image) -> tuple[Picture, tuple[Rendition, ...]]:
    """Return *image* as pages show it, and the files that must be made for it.

    The formats are AVIF, WebP and, for every browser, PNG for a PNG or GIF original and JPEG for all others.
    """
    last = "png" if image.kind in _DRAWN else "jpeg"
    formats = {"avif": BEST, "webp": SECOND, last: LAST}
    made = {
        kind: tuple(_rendition(image, kind, width) for width in _widths(image, most)) for kind, most in formats.items()
    }
    shown = tuple(PictureFormat(_MEDIA_TYPES[kind], tuple(map(_file, files))) for kind, files in made.items())
    picture = Picture(
        formats=shown,
        fallback=shown[-1].files[-1],
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
        sensitive=image.sensitive,
    )
    return picture, tuple(rendition for files in made.values() for rendition in files)


def _widths(image: Image, wanted: tuple[int, ...]) -> list[int]:
    return sorted({min(width, image.width) for width in wanted})


def _rendition(image: Image, format: str, width: int) -> Rendition:
    stem = slugify(PurePosixPath(image.path).stem)
    stem = "image" if not stem or _BY_CAMERA.search(stem) else stem
    credit = image.credit if image.signed else ""
    digest = digest_text(f"{image.original} {_SETTINGS}{credit and ' '}{credit}")
    return Rendition(
        address=urls.rendition(stem, digest, width, _ENDINGS[format]),
        source=image.path,
        source_digest=image.original,
        format=format,
        width=width,
        height=max(1, round(image.height * width / image.width)),
        credit=credit,
    )


def _file(rendition: Rendition) -> PictureFile:
    return PictureFile(rendition.address, rendition.width, rendition.height)
