"""Taking little memory: glibc gives back what is free at once, and garbage is collected as often as it pays."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

OFTEN = (20_000, 10_000, 10_000)
"""Thresholds of Python's garbage collector: new values are looked through after every 20,000, older ones, which mostly
stay, hardly ever."""
SELDOM = (500_000, 10_000, 10_000)
"""The same while a site is read and planned: nearly all that is made then stays."""

_SETTINGS = {-1: 128 * 1024, -3: 128 * 1024, -8: 1}
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD with the values that glibc begins with, and M_ARENA_MAX. Set by hand, they
stay; by itself it raises them with every large block, and gives each thread an arena of its own."""


def keep_little() -> None:
    """Have glibc keep little freed memory from now on, here and in processes begun later. Other systems: nothing."""
    libc = _libc()
    for setting, value in _SETTINGS.items():
        with suppress(AttributeError):
            libc.mallopt(setting, value)


def give_back() -> None:
    """Give all freed memory back to the system."""
    with suppress(AttributeError):
        _libc().malloc_trim(0)


@contextmanager
def settled() -> Iterator[None]:
    """Exempt all that there is from garbage collection, and collect `OFTEN` among what is made within the `with`."""
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
