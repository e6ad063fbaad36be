"""A deployed copy is compared byte for byte with what was published."""

import shutil
from pathlib import Path

import pytest

from alertgen.write import Difference, Kind, MachineError, verify
from copies import published

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
