"""Whether all published files have their sizes, and their twins are there."""

import os
from collections.abc import Sequence
from pathlib import Path

from alertgen.write.census import is_twin_left
from alertgen.write.manifest import NAME, sizes_in

_PART = 512 * 1024
"""Bytes of the list that are looked through at once: some 4,000 files."""


def parts(out: Path) -> Sequence[int]:
    """Return where the parts of the list of *out* begin that `are_left` is to look through; there is one at least."""
    try:
        size = (out / NAME).stat().st_size
    except OSError:
        size = 0
    return range(0, max(1, size), _PART)


def are_left(out: Path, start: int) -> bool:
    """Tell whether the files in *out* have the sizes that its list says in the part from *start* on.

    With the first part, also tell whether each folder of the twin is as it was left.
    """
    try:
        return _have_sizes(out, start) and (start > 0 or is_twin_left(out))
    except (OSError, ValueError):  # one of them is not there, or the list is none
        return False


def _have_sizes(out: Path, start: int) -> bool:
    listed = sizes_in(_lines(out / NAME, start))
    top = os.open(out, os.O_RDONLY)  # from there the way to each file is short
    try:
        found = [os.stat(path, dir_fd=top).st_size for path, _ in listed]
    finally:
        os.close(top)
    return found == [int(size) for _, size in listed]


def _lines(file: Path, start: int) -> bytes:
    """Return the lines of *file* that begin in the part from *start* on."""
    with file.open("rb") as lines:
        lines.seek(max(0, start - 1))
        if start:
            lines.readline()  # the rest of one that begins before
        room = start + _PART - lines.tell()
        content = lines.read(max(0, room))
        return content + lines.readline() if content and not content.endswith(b"\n") else content
