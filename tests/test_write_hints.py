"""The hint to the file system is given where it is understood, and is nothing that can go wrong."""

import fcntl
import os
from array import array
from pathlib import Path

import pytest

from alertgen.write import hints
from alertgen.write.hints import spread


def marks(folder: Path, add: int = 0) -> int:
    """Return the marks of *folder*, after some were added; skip where the file system has no such marks."""
    flags = array("i", [0, 0])
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, hints._GET, flags)
        flags[0] |= add
        if add:
            fcntl.ioctl(descriptor, hints._SET, flags)
    except OSError:
        pytest.skip("this file system has no such marks")
    finally:
        os.close(descriptor)
    return flags[0]


def test_a_folder_is_marked_and_keeps_its_other_marks(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    before, top = marks(one), marks(one, add=hints._TOP)
    spread(other)
    spread(other)
    assert marks(other) == marks(one)
    assert marks(other) in (before, top)
    (other / "a/b").mkdir(parents=True)


def test_a_refusal_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spread(tmp_path / "missing")
    opened = len(list(Path("/proc/self/fd").iterdir()))

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no")

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    spread(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == opened
