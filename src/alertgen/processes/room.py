"""Giving memory back to the system as soon as it is free, where glibc would keep it for later."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

OFTEN = (20_000, 10_000, 10_000)
"""How often Python looks for values that hold each other and are held by nobody else: after so many new ones, hardly
ever among older ones, which stay."""
SELDOM = (500_000, 10_000, 10_000)
"""The same while a site is read and planned: nearly all that is made then stays."""

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


@contextmanager
def settled() -> Iterator[None]:
    """Look no more at what there is, which stays, and `OFTEN` at what is made from now on."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*OFTEN)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _libc() -> Any:
    if sys.platform != "linux":
        return None
    import ctypes  # here, since it is of no use elsewhere

    return ctypes.CDLL(None)
