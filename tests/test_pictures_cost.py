"""What pictures cost: memory, processes, and nothing at all the second time."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from alertgen.build import build
from alertgen.fingerprint import digest_bytes
from alertgen.outputs import Rendition
from alertgen.render import images
from alertgen.store import Store
from conftest import NOON, SITE_YAML, SiteFolder
from stained_pictures import exif
from txtar import picture

MOST_MEGABYTES = 300
MEASURED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from alertgen.build import build
root = Path(sys.argv[1])
assert build(root, root / "public", now=datetime(2026, 11, 20, tzinfo=UTC)).ok
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(used / (1024 * 1024 if sys.platform == "darwin" else 1024))
"""
"""Builds a site and prints the most memory that it and its processes have used, in megabytes."""


def photo(file: Path, kind: str) -> None:
    """Write a picture of 24 megapixels, with detail enough to be no easy case."""
    small = Image.frombytes("RGB", (300, 200), random.Random(1).randbytes(180_000))
    large = small.resize((6000, 4000), Image.Resampling.BILINEAR)
    if kind == "PNG with transparency":
        large.putalpha(large.getchannel(0))
        large.save(file, "PNG", exif=b"Exif\0\0" + exif(6), compress_level=1)
    else:
        large.save(file, "JPEG", quality=85, exif=b"Exif\0\0" + exif(6))


def alert_with(name: str) -> str:
    return f"---\ntitle: Attack\ndate: 2026-11-18\nimage: {name}\nimage_alt: A market\nimage_credit: A/B\n---\nText.\n"


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells used memory otherwise")
@pytest.mark.parametrize("kind", ["JPEG", "PNG with transparency"])
def test_a_picture_of_24_megapixels_costs_less_than_300_megabytes(tmp_path: Path, kind: str) -> None:
    site = SiteFolder(tmp_path)
    site.write("site.yaml", SITE_YAML + "search: false\n")
    site.write("alerts/2026-11-18-attack.md", alert_with("photo.jpg"))
    photo(site.path("alerts/photo.jpg"), kind)
    command = [sys.executable, "-c", MEASURED, str(tmp_path)]
    assert float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) < MOST_MEGABYTES
    with Image.open(next(site.path("public/images").glob("*-1600.webp"))) as made:
        assert made.size == (1600, 2400)


@pytest.fixture
def pictured(site) -> SiteFolder:
    folder: SiteFolder = site()
    folder.write("site.yaml", SITE_YAML + "search: false\n")
    for number in range(5):
        folder.write(f"alerts/photo-{number}.jpg", picture("jpeg", 40 + number, 30))
        folder.write(f"alerts/attack-{number}.md", alert_with(f"photo-{number}.jpg"))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_second_build_encodes_nothing_even_if_the_output_is_gone(pictured, monkeypatch) -> None:
    build(pictured.root, pictured.path("public"), now=NOON)
    first = files(pictured.path("public/images"))
    monkeypatch.setattr(images, "_encode", lambda *_: pytest.fail("a picture was encoded"))
    monkeypatch.setattr(images, "_upright", lambda *_: pytest.fail("a picture was decoded"))
    assert build(pictured.root, pictured.path("public"), now=NOON).published.changed == ()
    pictured.delete("public")
    build(pictured.root, pictured.path("public"), now=NOON)
    assert files(pictured.path("public/images")) == first


def test_a_new_picture_is_the_only_one_encoded(pictured, monkeypatch) -> None:
    build(pictured.root, pictured.path("public"), now=NOON)
    pictured.write("alerts/photo-3.jpg", picture("jpeg", 90, 80))
    encoded = []
    encode = images._encode
    monkeypatch.setattr(images, "_encode", lambda *given: encoded.append(given[-1].source) or encode(*given))
    build(pictured.root, pictured.path("public"), now=NOON)
    assert set(encoded) == {"alerts/photo-3.jpg"}


def renditions(root: Path, count: int) -> Iterator[Rendition]:
    for number in range(count):
        content = picture("jpeg", 60 + number, 40)
        (root / f"{number}.jpg").write_bytes(content)
        for kind, width in (("avif", 20), ("avif", 40), ("webp", 40), ("jpeg", 40)):
            yield Rendition(
                address=f"/images/{number}-{width}.{kind}", source=f"{number}.jpg",
                source_digest=digest_bytes(content), format=kind, width=width, height=30,
            )  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 7])
def test_several_processes_make_the_same_bytes_in_the_same_order(tmp_path: Path, count: int) -> None:
    wanted = list(renditions(tmp_path, count))
    made = {}
    for processes in (1, 3):
        with Store(None) as memory:
            made[processes] = list(images.render_renditions(wanted, tmp_path, memory, processes))
    assert made[1] == made[3]
    assert [rendition for rendition, _ in made[3]] == wanted


def test_processes_are_begun_only_when_it_is_worth_while(tmp_path: Path, monkeypatch) -> None:
    begun = []
    shared = images.map_ordered
    monkeypatch.setattr(
        images, "map_ordered", lambda *given, processes, chunk: begun.append(processes) or shared(*given, processes=1)
    )
    for count in (1, 2, 3):
        with Store(None) as memory:
            list(images.render_renditions(list(renditions(tmp_path, count)), tmp_path, memory, 4))
            list(images.render_renditions(list(renditions(tmp_path, count)), tmp_path, memory, 4))  # all remembered
    assert begun == [1, 1, 1, 1, 4, 1]


def test_the_fault_of_a_picture_comes_in_its_turn_from_any_process(tmp_path: Path) -> None:
    wanted = list(renditions(tmp_path, 5))
    (tmp_path / "3.jpg").write_bytes(b"changed meanwhile")
    with Store(None) as memory:
        made = images.render_renditions(wanted, tmp_path, memory, 2)
        assert [next(made)[0] for _ in range(12)] == wanted[:12]
        with pytest.raises(images.RenderFaultError):
            next(made)
