"""Pictures are found and judged by their bytes, whatever they are named and however they are damaged."""

import os
import unicodedata
import warnings
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from alertgen.build import build
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.texts.images import find_picture
from alertgen.load.texts.sniff import look
from alertgen.render.pixels import upright_pixels
from alertgen.store import Store
from conftest import NOON, SiteFolder
from stained_pictures import CORPUS, SIZE, png, saved
from txtar import picture

NAMES = [
    "Photo №1 (market).jpg", "50% & more.jpg", "it's.jpg", "a+b=c;d,e.jpg", "صورة.jpg", "照片.jpg", "Ñandú ü.JPG",
    "no ending", "two..dots.jpg", "-dash.jpg", "tab\tname.jpg", "emoji\U0001f4f7.jpg", "a" * 120 + ".jpg", "x%20y.jpg",
    "[brackets].jpg", "semi;colon.jpg", "hash#tag.jpg",
]  # fmt: skip


def found(folder: SiteFolder, target: str):
    return find_picture(folder.root, "alerts/a.md", target, Place("alerts/a.md", 5), Store(None))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_of_any_name_is_found_and_published_under_a_plain_one(site, name: str):
    folder: SiteFolder = site()
    folder.write(f"alerts/{name}", picture("jpeg"))
    folder.write(
        "alerts/a.md",
        f"---\ntitle: A market\ndate: 2026-11-18\nimage: '{name.replace(chr(39), chr(39) * 2)}'\nimage_alt: A\n"
        "image_credit: B\n---\nText.\n",
    )
    folder.write("site.yaml", "title: Test Alert\nbase_url: https://example.org/\nsearch: false\n")
    if "\t" in name:  # browsers drop it, so it could name another file than the one that was checked
        assert found(folder, name.replace("\t", "")).code == "missing-image"
        return
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok, report.problems
    made = {file.name for file in folder.path("public/images").iterdir()}
    assert len(made) == 3
    assert all(set("#?%&;'[]() \\/").isdisjoint(file) for file in made)


@pytest.mark.parametrize(("typed", "stored"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_may_be_stored_otherwise_than_typed(site, typed: str, stored: str):
    folder: SiteFolder = site()
    folder.write(f"alerts/{unicodedata.normalize(stored, 'Kémo.jpg')}", picture("jpeg"))
    assert not isinstance(found(folder, unicodedata.normalize(typed, "Kémo.jpg")), Diagnostic)


@pytest.mark.parametrize("target", ["x" * 300 + ".jpg", "x" * 300 + "/a.jpg", "a.jpg/b.jpg", ".", "", "./", "#", "%"])
def test_names_that_no_file_has_are_told(site, target: str):
    folder: SiteFolder = site()
    folder.write("alerts/a.jpg", picture("jpeg"))
    assert found(folder, target).code == "missing-image"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_waited_for(site):
    folder: SiteFolder = site()
    folder.path("alerts").mkdir()
    os.mkfifo(folder.path("alerts/a.jpg"))
    os.mkfifo(folder.path("alerts/b.md"))
    assert found(folder, "a.jpg").code == "image-unreadable"
    assert "unreadable-file" in {problem.code for problem in folder.load().problems}


@pytest.mark.parametrize("name", CORPUS)
def test_the_size_is_that_of_the_upright_picture(name: str):
    looked = look(CORPUS[name]())
    assert (looked.width, looked.height, looked.fault) == (*SIZE, "")
    assert looked.kind in {"jpeg", "png", "webp", "avif", "gif", "tiff"}


def test_what_is_judged_good_is_also_made(tmp_path):
    for make in CORPUS.values():
        pixels, _ = upright_pixels(make())
        assert pixels.size == SIZE
        assert pixels.mode in ("RGB", "RGBA")


def test_a_bomb_of_text_in_a_picture_is_refused():
    text = saved(Image.new("L", (1, 1)), "PNG")
    bomb = png((b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 200_000_000)))
    assert look(text).fault == ""
    assert look(bomb).code == "image-unreadable"


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(CORPUS)), st.data())
def test_no_damage_makes_a_picture_more_than_unreadable(name: str, data: st.DataObject):
    content = bytearray(CORPUS[name]())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(len(content) // 2, len(content)))]
    looked = look(bytes(content))
    assert looked.fault or (looked.width and looked.height)
    assert bool(looked.fault) == bool(looked.code) == bool(looked.hint)
    if not looked.fault:
        with warnings.catch_warnings(action="ignore"):
            pixels, _ = upright_pixels(bytes(content))
        assert pixels.width <= 1600


SENSITIVE = (
    "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nlanguages: [en, fr]\nsearch: false\n"
    "-- alerts/2026-11-04-a.md --\n---\ntitle: A\ndate: 2026-11-04\nimage: photo.jpg\nimage_alt: A\n"
    "image_credit: B\nimage_sensitive: victims\n---\nText.\n\n![Again](photo.jpg)\n\n![Another](other.jpg)\n"
    "-- alerts/2026-11-04-a.fr.md --\n---\ntitle: A\ndate: 2026-11-04\nimage: photo.jpg\nimage_alt: A\n"
    "image_credit: B\n---\nTexte.\n"
    "-- alerts/2026-11-11-b.md --\n---\ntitle: B\ndate: 2026-11-11\n---\nA copy: ![Copy](copy.jpg)\n"
    "-- pages/about.md --\n---\ntitle: About\n---\n![Page](../alerts/photo.jpg)\n"
)


def with_photos(folder: SiteFolder) -> SiteFolder:
    for name, kind in (("photo", "jpeg"), ("copy", "jpeg"), ("other", "png")):
        folder.write(f"alerts/{name}.jpg", picture(kind))
    return folder


def test_a_picture_behind_a_warning_is_so_wherever_the_same_file_is_shown(site):
    folder = with_photos(site(SENSITIVE))
    shown = folder.load().site
    assert shown
    marks = {
        (text.path, image.alt): image.sensitive
        for text in shown.texts
        for image in (*filter(None, [getattr(text, "image", None)]), *text.images)
    }
    assert marks == {
        ("alerts/2026-11-04-a.md", "A"): "victims", ("alerts/2026-11-04-a.md", "Again"): "victims",
        ("alerts/2026-11-04-a.md", "Another"): "", ("alerts/2026-11-04-a.fr.md", "A"): "victims",
        ("alerts/2026-11-11-b.md", "Copy"): "victims", ("pages/about.md", "Page"): "victims",
    }  # fmt: skip
    folder.edit("alerts/2026-11-04-a.fr.md", "image_credit: B", "image_credit: B\nimage_sensitive: des victimes")
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok, report.problems
    for file in folder.path("public").rglob("*"):
        if file.suffix in (".xml", ".json", ".csv") and file.name != ".alertgen-manifest.json":
            assert not [name for name in ("photo-", "copy-") if name in file.read_text(encoding="utf-8")], file


def test_what_a_draft_says_of_a_picture_is_not_told_elsewhere(site):
    folder = with_photos(site(SENSITIVE))
    folder.edit("alerts/2026-11-04-a.md", "title: A", "title: A\ndraft: true")
    shown = folder.load().site
    assert shown
    assert not any(image.sensitive for text in shown.alerts for image in (*filter(None, [text.image]), *text.images))
