"""Whether all published files have their sizes, and their twins are there."""

import os
from pathlib import Path

from alertgen.write.census import is_twin_left
from alertgen.write.manifest import NAME, sizes_in


def are_left(out: Path) -> bool:
    """Tell whether all files in *out* have the sizes that its list says, and each folder of the twin is as it was left.

    It takes long where there are many.
    """
    try:
        return _have_sizes(out) and is_twin_left(out)
    except (OSError, ValueError):  # one of them is not there, or the list is none
        return False


def _have_sizes(out: Path) -> bool:
    listed = sizes_in((out / NAME).read_bytes())
    start = os.open(out, os.O_RDONLY)  # from there the way to each file is short
    try:
        found = [os.stat(path, dir_fd=start).st_size for path, _ in listed]
    finally:
        os.close(start)
    return found == [int(size) for _, size in listed]
