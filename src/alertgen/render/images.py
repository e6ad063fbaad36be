"""Pictures made anew from pixels, at the planned size and bare of everything else: from memory, or encoded."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

from alertgen.bare import assert_bare, credit_note
from alertgen.codes import problem
from alertgen.diagnostics import Place
from alertgen.fingerprint import digest_bytes, digest_text
from alertgen.outputs import Rendition
from alertgen.processes.workers import map_ordered
from alertgen.render.faults import RenderFaultError
from alertgen.render.pixels import upright_pixels
from alertgen.store import Store

_ENGINE = "pictures-3"
"""Raised when the same original and settings are to give other bytes: remembered renditions are then made again."""
_SETTINGS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},  # one thread: bytes differ with more
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
}
_WORTHWHILE = 3
"""So many originals to encode are shared among processes; fewer are done before the processes have begun."""


def render_renditions(
    renditions: Iterable[Rendition], root: Path, memory: Store, processes: int
) -> Iterator[tuple[Rendition, bytes]]:
    """Yield *renditions* with their files, in order; originals not remembered are encoded by *processes* at once.

    Raises:
        RenderFaultError: see `render_rendition`.
        NotBareError: see `render_rendition`.
    """
    originals = [tuple(group) for _, group in groupby(renditions, lambda one: (one.source, one.source_digest))]
    wanted = [_not_remembered(group, memory) for group in originals]
    jobs = [group for group in wanted if group]
    shared = processes if len(jobs) >= _WORTHWHILE else 1
    made = map_ordered(partial(_encoded, root), jobs, processes=shared, chunk=1)
    for group, missing in zip(originals, wanted, strict=True):
        for rendition, content in zip(missing, next(made) if missing else (), strict=True):
            memory.put(_key(rendition), content)
        for rendition in group:
            yield rendition, render_rendition(rendition, root, memory)


def render_rendition(rendition: Rendition, root: Path, memory: Store) -> bytes:
    """Return the file of *rendition*, from memory or made anew.

    Raises:
        RenderFaultError: the original has changed since it was planned, or cannot be decoded.
        NotBareError: the result holds more than pixels (a bug in alertgen or its libraries).
    """
    content = memory.get(_key(rendition))
    if content is None:
        (content,) = _encoded(root, (rendition,))
        memory.put(_key(rendition), content)
    assert_bare(content, rendition.format, credit_note(rendition.credit))
    return content


def _key(rendition: Rendition) -> str:
    settings = repr(sorted(_SETTINGS[rendition.format].items()))
    size = (str(rendition.width), str(rendition.height))
    parts = (_ENGINE, rendition.source_digest, settings, *size, rendition.credit)
    return "rendition:" + digest_text("\n".join(parts))


def _not_remembered(renditions: Sequence[Rendition], memory: Store) -> tuple[Rendition, ...]:
    known = memory.get_many(map(_key, renditions))
    return tuple(rendition for rendition in renditions if _key(rendition) not in known)


def _encoded(root: Path, renditions: Sequence[Rendition]) -> list[bytes]:
    """Return the files of *renditions*, which are of one original."""
    return [_encode(*_upright(root / one.source, one.source, one.source_digest), one) for one in renditions]


@lru_cache(maxsize=1)  # the renditions of one original follow each other
def _upright(file: Path, path: str, digest: str) -> tuple[Image.Image, bool]:
    """Return the pixels of *file*, and whether they were of few colours; *path* is how its editor knows it."""
    content = file.read_bytes()
    if digest_bytes(content) != digest:
        raise RenderFaultError(problem("image-changed", "this picture changed while the site was built", Place(path)))
    try:
        return upright_pixels(content)
    except Exception as error:
        fault = problem("image-unreadable", f"this picture cannot be decoded: {error}", Place(path))
        raise RenderFaultError(fault) from error


def _encode(upright: Image.Image, few_colours: bool, rendition: Rendition) -> bytes:
    image = upright.resize((rendition.width, rendition.height), Image.Resampling.LANCZOS)
    if rendition.format == "jpeg" and image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if rendition.format == "png" and few_colours and image.mode == "RGB":
        image = image.quantize(256, dither=Image.Dither.NONE)
    image.info.clear()
    made = BytesIO()
    image.save(made, **_SETTINGS[rendition.format], **_noted(rendition))
    return made.getvalue()


def _noted(rendition: Rendition) -> dict[str, Any]:
    """Return the settings that write the credit, if there is any, into the file."""
    note = credit_note(rendition.credit)
    if note and rendition.format == "png":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", note.decode())
        return {"pnginfo": text}
    return {"xmp": note} if note else {}
