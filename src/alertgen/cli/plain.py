"""The commonest calls of all, read and answered without anything that takes time to import.

`alertgen build` with nothing to do is answered here, with the standard library alone. Whatever is not exactly what is
known here is left to click, which also tells what is wrong with it.
"""

from __future__ import annotations

import os
import time

from alertgen import OUTPUT, SITE_FILE, __version__
from alertgen.cli import OK
from alertgen.cli.here import default_site, present, short
from alertgen.cli.streams import say
from alertgen.stillness import unchanged
from alertgen.text import nothing_has_changed

TYPE_CHECKING = False
"""Known to type checkers by its name; `typing` would cost two milliseconds."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_FLAGS = {"--strict": "strict", "--quiet": "quiet", "-q": "quiet"}
_NAMES = {"--site": "site", "--out": "out"}


def answered(words: Sequence[str]) -> int | None:
    """Do what *words* ask for and return the exit code; None when that is for click to find out."""
    if list(words) == ["--version"]:
        say(f"alertgen {__version__}")
        return OK
    asked = _asked(words)
    return _built(**asked) if asked else None


def _asked(words: Sequence[str]) -> dict[str, Any] | None:
    """Return what a build is told by *words*, if that is no more than folders and flags that make no trouble."""
    if not words or words[0] != "build":
        return None
    given: dict[str, Any] = {"strict": False, "quiet": False}
    rest = iter(words[1:])
    for word in rest:
        if word in _FLAGS:
            given[_FLAGS[word]] = True
        elif word in _NAMES:
            given[_NAMES[word]] = next(rest, "")
        else:
            return None
    site = os.path.realpath(given["site"]) if "site" in given else default_site()
    out = os.path.join(os.getcwd(), given["out"]) if "out" in given else f"{site}/{OUTPUT}"
    plain = given.get("site") != "" and os.path.isfile(f"{site}/{SITE_FILE}") and os.path.normpath(out) == out
    return given | {"site": site, "out": out} if plain and given.get("out") != "" else None


def _built(site: str, out: str, *, strict: bool, quiet: bool) -> int | None:
    started = time.perf_counter()
    now = present()
    if now is None:
        return None
    note, seen = unchanged(site, out, now=now, strict=strict)
    report = note["report"] if note else None
    if report and not report["problems"] and not report["held"]:
        if not quiet:
            took = time.perf_counter() - started
            say(nothing_has_changed(report["pages"], report["size"], short(out) + os.sep, took))
        return OK
    from datetime import UTC, datetime  # here, since there is something to do
    from pathlib import Path

    from alertgen.cli.carrying import Order, carried_out

    moment = datetime.fromtimestamp(now, UTC)
    return carried_out(
        Order(site=Path(site), out=Path(out), now=moment, strict=strict, quiet=quiet), started, note, seen
    )
