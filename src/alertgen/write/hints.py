"""A hint to the file system: the folders in a folder have nothing to do with each other.

ext4 lays a folder near the one that it is in. Where it keeps no journal, as on many rented machines, a new file does
not get the place of one that was deleted minutes ago: for each new file it passes by all of those. A first build right
after the last one was removed took twice its time. Folders in one that is marked as the top of hierarchies
(`chattr +T`) are spread over the disk, so the new site lies elsewhere than what was removed.
"""

import os
import sys
from array import array
from contextlib import suppress
from pathlib import Path

_LONG = array("l").itemsize
_GET = 2 << 30 | _LONG << 16 | ord("f") << 8 | 1
_SET = 1 << 30 | _LONG << 16 | ord("f") << 8 | 2
_TOP = 0x00020000
"""`FS_IOC_GETFLAGS`, `FS_IOC_SETFLAGS` and `FS_TOPDIR_FL` of linux/fs.h."""


def spread(folder: Path) -> None:
    """Have the folders in *folder* laid far from each other, where the system knows such a hint."""
    if sys.platform != "linux":
        return
    from fcntl import ioctl

    with suppress(OSError):  # it only saves time
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            flags = array("i", [0, 0])  # as large as a long; the system writes and reads the first half
            ioctl(descriptor, _GET, flags)
            flags[0] |= _TOP
            ioctl(descriptor, _SET, flags)
        finally:
            os.close(descriptor)
