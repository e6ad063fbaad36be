"""Giving memory back to the system as soon as it is free, where glibc would keep it for later."""

import sys
from contextlib import suppress
from typing import Any

_SETTINGS = {-1: 128 * 1024, -3: 128 * 1024, -8: 1}
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD with the values that glibc begins with, and M_ARENA_MAX. Set by hand, they
stay; by itself it raises them with every large block, and gives each thread an arena of its own."""


def keep_little() -> None:
    """Keep little of what is freed, from now on; so do processes that begin later. Other systems stay as they are."""
    libc = _libc()
    for setting, value in _SETTINGS.items():
        with suppress(AttributeError):
            libc.mallopt(setting, value)


def give_back() -> None:
    """Give back what is free."""
    with suppress(AttributeError):
        _libc().malloc_trim(0)


def _libc() -> Any:
    if sys.platform != "linux":
        return None
    import ctypes  # here, since it is of no use elsewhere

    return ctypes.CDLL(None)
