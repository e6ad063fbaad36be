"""Whether published files have the sizes that their list says."""

import os
from collections.abc import Sequence
from pathlib import Path

from alertgen import MANIFEST
from alertgen.write.manifest import sizes_in

_PART = 256 * 1024
"""Bytes of the list that are looked through at once: some 2,000 files."""
_FEW = 2
"""Parts that are looked through at once; of a larger archive, others after the next publication."""


def parts(out: Path) -> Sequence[int]:
    """Return where the parts of the list of *out* begin that `are_left` is to look through now.

    There is one at least. Who adds, removes or replaces a file is found out by its folder. Only what was written into a
    published file shows by its size alone, and a build with nothing to do does not ask for that at all. So of a large
    archive it is enough to ask for some in turn: which ones, the moment of the last publication says.
    """
    try:
        status = (out / MANIFEST).stat()
    except OSError:
        return (0,)
    starts = range(0, max(1, status.st_size), _PART)
    first = status.st_mtime_ns % len(starts)
    return (*starts[first:], *starts[:first])[:_FEW]


def are_left(out: Path, start: int) -> bool:
    """Tell whether the files in *out* have the sizes that its list says in the part from *start* on."""
    try:
        return _have_sizes(out, start)
    except (OSError, ValueError):  # one of them is not there, or the list is none
        return False


def _have_sizes(out: Path, start: int) -> bool:
    listed = sizes_in(_lines(out / MANIFEST, start))
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
