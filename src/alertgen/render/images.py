"""Pictures made anew from pixels: upright, in sRGB, at the planned size, and bare of everything else."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from alertgen.codes import problem
from alertgen.diagnostics import Place
from alertgen.fingerprint import digest_bytes, digest_text
from alertgen.outputs import Rendition
from alertgen.render.bare import assert_bare
from alertgen.render.faults import RenderFaultError
from alertgen.store import Store

_ENGINE = "pictures-1"
"""Raised when the same original and settings are to give other bytes: remembered renditions are then made again."""
_LARGEST = 1600
"""Pixels of the longer side that any rendition can have; larger originals are reduced to it once."""
_SETTINGS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},  # one thread: bytes differ with more
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
}


def render_rendition(rendition: Rendition, root: Path, memory: Store) -> bytes:
    """Return the file of *rendition*, from memory or made anew.

    Raises:
        RenderFaultError: the original has changed since it was planned, or cannot be decoded.
        NotBareError: the result holds more than pixels (a bug in alertgen or its libraries).
    """
    settings = repr(sorted(_SETTINGS[rendition.format].items()))
    parts = (_ENGINE, rendition.source_digest, settings, str(rendition.width), str(rendition.height))
    key = digest_text("\n".join(parts))
    content = memory.get(key)
    if content is None:
        content = _encode(_upright(root / rendition.source, rendition.source, rendition.source_digest), rendition)
        memory.put(key, content)
    assert_bare(content, rendition.format)
    return content


@lru_cache(maxsize=1)  # the renditions of one original follow each other
def _upright(file: Path, path: str, digest: str) -> Image.Image:
    """Return the pixels of *file*, upright, 8-bit RGB(A) in sRGB, at most `_LARGEST` wide or high."""
    content = file.read_bytes()
    if digest_bytes(content) != digest:
        raise RenderFaultError(problem("image-changed", "this picture changed while the site was built", Place(path)))
    try:
        with Image.open(BytesIO(content)) as original:
            original.draft("RGB", (2 * _LARGEST, 2 * _LARGEST))
            colours = original.mode
            upright = ImageOps.exif_transpose(original)
            upright.thumbnail((_LARGEST, _LARGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
            fresh = _in_srgb(upright)
    except (OSError, SyntaxError, ValueError, ImageCms.PyCMSError) as error:
        fault = problem("image-unreadable", f"this picture cannot be decoded: {error}", Place(path))
        raise RenderFaultError(fault) from error
    fresh.info["few-colours"] = colours == "P"
    return fresh


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return a fresh image of *image*'s pixels in sRGB, RGB or RGBA; nothing of its metadata goes along."""
    profile = image.info.get("icc_profile")
    see_through = image.has_transparency_data
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _converted(image, profile)
    pixels = image.convert("RGBA" if see_through else "RGB")
    fresh = Image.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    return fresh


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if converted is None:
        raise ValueError("its colour profile cannot be applied")
    return converted


def _encode(upright: Image.Image, rendition: Rendition) -> bytes:
    image = upright.resize((rendition.width, rendition.height), Image.Resampling.LANCZOS)
    if rendition.format == "jpeg" and image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if rendition.format == "png" and upright.info["few-colours"] and image.mode == "RGB":
        image = image.quantize(256, dither=Image.Dither.NONE)
    image.info.clear()
    made = BytesIO()
    image.save(made, **_SETTINGS[rendition.format])
    return made.getvalue()
