"""From the file of a picture to its pixels: upright, 8-bit RGB or RGBA in sRGB, no wider than pictures are published.

Whatever the file says besides goes no further than this module. Large originals are reduced band by band, so that they
cost the memory of one decoded copy and no more.
"""

from io import BytesIO
from math import ceil, floor

from PIL import Image, ImageCms
from PIL.Image import Transpose

from alertgen.kinds import ORIENTATION, SIDEWAYS
from alertgen.outputs import WIDEST

_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What brings a picture upright, by EXIF's orientation."""
_BAND = 128
"""Rows of the result that are made at once."""
_REACH = 3
"""Pixels of the result on either side that the filter (Lanczos) looks at."""


def upright_pixels(content: bytes) -> tuple[Image.Image, bool]:
    """Return the pixels of the picture file *content*, and whether they came from a palette of at most 256 colours.

    Raises:
        Exception: the file is damaged; the readers of the many formats raise whatever they please.
    """
    with Image.open(BytesIO(content)) as original:
        original.draft(None, (2 * WIDEST, 2 * WIDEST))
        original.load()
        turn = original.getexif().get(ORIENTATION)
        shrunk = _shrunk(original, _size(original.size, sideways=turn in SIDEWAYS))
        upright = shrunk.transpose(_TURNS[turn]) if turn in _TURNS else shrunk
        return _in_srgb(upright, original.info.get("icc_profile")), original.mode == "P"


def _size(size: tuple[int, int], *, sideways: bool) -> tuple[int, int]:
    """Return *size*, of a picture that may lie on its side, reduced to the largest that is published."""
    width, height = size
    scale = min(1, WIDEST / (height if sideways else width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return *image* in *size*, in one of the modes L, RGB, RGBA and CMYK."""
    see_through = image.has_transparency_data and not image.mode.startswith("I")
    if size == image.size:
        return _plain(image, see_through=see_through)
    scale = image.height / size[1]
    bands = []
    for top in range(0, size[1], _BAND):
        bottom = min(top + _BAND, size[1])
        start = max(0, floor((top - _REACH) * scale))
        end = min(image.height, ceil((bottom + _REACH) * scale))
        band = _plain(image.crop((0, start, image.width, end)), see_through=see_through)
        rows = (0, top * scale - start, image.width, min(bottom * scale, image.height) - start)
        bands.append(band.resize((size[0], bottom - top), Image.Resampling.LANCZOS, box=rows))
    return _joined(bands, size)


def _joined(bands: list[Image.Image], size: tuple[int, int]) -> Image.Image:
    whole = Image.new(bands[0].mode, size)
    for number, band in enumerate(bands):
        whole.paste(band, (0, number * _BAND))
    return whole


def _plain(image: Image.Image, *, see_through: bool) -> Image.Image:
    """Return *image* in a mode that can be reduced: no palette, no colour that means see-through, 8 bits."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if see_through:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a fresh image of *image*'s pixels in sRGB; nothing of its metadata goes along."""
    pixels = (_converted(image, profile) if profile else None) or image
    pixels = _without_what_was_erased(pixels) if image.mode == "RGBA" else pixels.convert("RGB")
    fresh = Image.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    return fresh


def _without_what_was_erased(image: Image.Image) -> Image.Image:
    """Return *image* without the colours under its see-through parts.

    An eraser makes a face see-through, but most drawing programs keep its colours, and anybody could bring them back.
    Of what is nearly see-through as much is left as can be seen.
    """
    return image.convert("RGBa").convert("RGBA")


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return *image* converted from *profile* to sRGB; None when the profile is damaged or of other colours.

    Browsers take no notice of such a profile either.
    """
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (OSError, ImageCms.PyCMSError):
        return None
