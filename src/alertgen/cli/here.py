"""Where and when alertgen is called: the folder of the site, and the moment that counts as now."""

from __future__ import annotations

import os
import time

from alertgen import SITE_FILE

_DIGITS = 11
"""Seconds since 1970 have no more for the next three thousand years."""


def default_site() -> str:
    """Return the nearest folder at or above the current one that holds `site.yaml`, else the current one."""
    here = folder = os.getcwd()
    while not os.path.isfile(f"{folder}/{SITE_FILE}"):
        above = os.path.dirname(folder)
        if above == folder:
            return here
        folder = above
    return folder


def short(path: str) -> str:
    """Return the absolute *path* as an editor would type it from here."""
    here = os.getcwd()
    if path == here:
        return "."
    return path.removeprefix(here.rstrip(os.sep) + os.sep)


def present() -> float | None:
    """Return the seconds since 1970 that count as now: `SOURCE_DATE_EPOCH` where it is set, else those of the clock.

    Return None where `SOURCE_DATE_EPOCH` is no such number.
    """
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not stamp:
        return time.time()
    return float(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) <= _DIGITS else None
