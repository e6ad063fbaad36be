"""A deployed copy is compared byte for byte with what was published."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from alertgen import __version__
from alertgen.write import MachineError
from alertgen.write.listing import write_listing
from alertgen.write.verify import Difference, Kind, verify
from conftest import SiteFolder
from copies import published
from terminal import alertgen

TEXTS = {"/": "home", "/a/": "first", "/b/": "second", "/feed.xml": "feed"}


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    published(tmp_path / "public", TEXTS)
    return Path(shutil.copytree(tmp_path / "public", tmp_path / "mirror"))


def test_a_true_copy_has_no_difference(mirror: Path) -> None:
    assert verify(mirror) == ()


def test_every_difference_is_found(mirror: Path) -> None:
    (mirror / "a/index.html").write_text("f1rst")
    (mirror / "b/index.html").unlink()
    (mirror / "feed.xml").write_text("feed and more")
    (mirror / "malware.js").write_text("evil()")
    assert verify(mirror) == (
        Difference("a/index.html", Kind.CHANGED),
        Difference("b/index.html", Kind.MISSING),
        Difference("feed.xml", Kind.CHANGED),
        Difference("malware.js", Kind.FOREIGN),
    )


def test_a_copy_without_manifest_is_compared_with_that_of_the_original(mirror: Path, tmp_path: Path) -> None:
    (mirror / ".alertgen-manifest.json").unlink()
    assert verify(mirror, tmp_path / "public/.alertgen-manifest.json") == ()
    with pytest.raises(MachineError, match="is not there") as caught:
        verify(mirror)
    assert caught.value.usage


def test_a_damaged_manifest_is_told(mirror: Path) -> None:
    (mirror / ".alertgen-manifest.json").write_text("{")
    with pytest.raises(MachineError, match="is damaged"):
        verify(mirror)


@pytest.fixture
def listing(mirror: Path, tmp_path: Path) -> Path:
    write_listing(tmp_path / "public", tmp_path / "files.json")
    (mirror / ".alertgen-manifest.json").unlink()
    return tmp_path / "files.json"


def test_a_list_names_every_file_with_size_and_digest(listing: Path) -> None:
    listed = json.loads(listing.read_bytes())
    assert listed["alertgen"] == __version__
    assert [file["path"] for file in listed["files"]] == ["a/index.html", "b/index.html", "feed.xml", "index.html"]
    assert listed["files"][3] == {"path": "index.html", "size": 4, "sha256": hashlib.sha256(b"home").hexdigest()}


def test_a_list_that_lies_elsewhere_tells_a_true_copy_from_others(listing: Path, mirror: Path) -> None:
    assert verify(mirror, listing) == ()
    (mirror / "a/index.html").write_text("f1rst")
    (mirror / "b/index.html").unlink()
    (mirror / "more.html").write_text("more")
    assert [(one.path, one.kind) for one in verify(mirror, listing)] == [
        ("a/index.html", Kind.CHANGED), ("b/index.html", Kind.MISSING), ("more.html", Kind.FOREIGN),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"files": [1]}',
        '{"files": [{"path": "../x", "size": 1, "sha256": "0"}]}',
        '{"files": [{"path": "x"}]}',
    ],
)
def test_a_damaged_list_is_told(listing: Path, mirror: Path, content: str) -> None:
    listing.write_text(content)
    with pytest.raises(MachineError, match="is damaged, or no list of files that alertgen wrote"):
        verify(mirror, listing)


def test_a_list_does_not_lie_in_the_site_that_it_lists(tmp_path: Path, mirror: Path) -> None:
    with pytest.raises(MachineError, match="cannot lie in") as caught:
        write_listing(tmp_path / "public", tmp_path / "public/files.json")
    assert caught.value.usage
    assert verify(tmp_path / "public") == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_what_is_no_file_gets_the_list_and_stays_what_it_is(mirror: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_listing(mirror, pipe)
    assert pipe.is_fifo()
    assert os.read(reader, 10) == b'{"alertgen'
    os.close(reader)


def test_build_writes_the_list_and_verify_reads_it(site: Callable[..., SiteFolder]) -> None:
    folder = site("-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: SD\n---\nText.\n")
    for _ in range(2):  # also when there is nothing to do
        assert alertgen("build", "--manifest", "files.json", cwd=folder.root).code == 0
        first = folder.path("files.json").read_bytes()
        folder.delete("files.json")
    assert alertgen("build", "--manifest", "files.json", cwd=folder.root).code == 0
    assert folder.path("files.json").read_bytes() == first
    folder.delete("public/.alertgen-manifest.json")
    assert alertgen("verify", "public", "--manifest", "files.json", cwd=folder.root).code == 0
    folder.write("public/index.html", "Defaced")
    ran = alertgen("verify", "public", "--manifest", "files.json", cwd=folder.root)
    assert ran.code == 1
    assert "changed: index.html" in ran.out


def test_a_copy_of_an_earlier_build_is_not_what_was_built(site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    folder = site("-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: SD\n---\nText.\n")
    assert alertgen("build", cwd=folder.root).code == 0
    copy = shutil.copytree(folder.path("public"), tmp_path / "fetched")
    assert alertgen("verify", str(copy), cwd=folder.root).code == 0
    folder.edit("alerts/a.md", "Text.", "Other text.")
    assert alertgen("build", cwd=folder.root).code == 0
    ran = alertgen("verify", str(copy), cwd=folder.root)
    assert ran.code == 1
    assert "changed: feed.xml" in ran.out
    assert alertgen("verify", str(copy), cwd=tmp_path).code == 0
    assert "changed: feed.xml" in alertgen("verify", str(copy), "--site", str(folder.root), cwd=tmp_path).out
    assert alertgen("verify", "--site", str(folder.root), cwd=tmp_path).code == 0
    ran = alertgen("verify", str(copy), "--site", ".", cwd=tmp_path)
    assert ran.code == 2
    assert "holds no site that alertgen built" in ran.err, "the list in the copy itself would prove nothing"
