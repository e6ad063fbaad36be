"""The moment of publication: two folders change places."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from alertgen.write.lock import WAIT, held
from alertgen.write.places import Places
from alertgen.write.trouble import in_words

_SWAPS = {"linux": ("renameat2", -100), "darwin": ("renameatx_np", -2)}
"""By platform, the call that exchanges two names, and its word for "relative to the working folder"."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}
"""How a kernel or a file system says that it cannot exchange."""


def swap(places: Places) -> None:
    """Put `tree` in the place of `out`, and `out`, if it was there, in the place of `tree`.

    Where the system can exchange two names this is one step, and `out` is whole at every moment. Elsewhere it takes
    two, between which `out` is missing; `recover` undoes the first when the second never came.
    """
    if not places.out.exists():
        places.tree.rename(places.out)
    elif not exchange(places.tree, places.out):
        _in_two_steps(places)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once; return False, with nothing done, where the system cannot."""
    import ctypes  # here, so that a build whose other process is still at work has it by then

    name, here = _SWAPS.get(sys.platform, ("", 0))
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None) if name else None
    if call is None:
        return False
    if call(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(other))


def brought_back(out: Path) -> bool:
    """Bring back the old site if a swap in two steps was cut short while *out* was missing; tell whether it was.

    Every build begins with this, since not every build goes on to publish.

    Raises:
        MachineError: the system refuses it; the old site is where it was.
    """
    places = Places.of(out)
    if not places.old.exists() or (places.out.exists() and any(places.out.iterdir())):
        return False
    with held(places.lock, WAIT), in_words(f"Cannot bring back {out.name}/", f"The site is safe in {places.old}."):
        recover(places)
    return True


def recover(places: Places) -> None:
    """Bring back the old site, or finish with it, when a swap in two steps was cut short.

    The names are the journal: `old` is there exactly between the first step and the last.
    """
    if not places.old.exists():
        return
    with suppress(OSError):
        places.out.rmdir()  # an empty folder, which somebody has made in place of the one that was missing
    if places.out.exists():
        from shutil import rmtree  # here, since it is hardly ever needed

        rmtree(places.old)
    else:
        places.old.rename(places.out)


def _in_two_steps(places: Places) -> None:
    places.out.rename(places.old)
    try:
        places.tree.rename(places.out)
    except OSError:
        places.old.rename(places.out)
        raise
    with suppress(OSError):  # the new site is in place; `recover` removes what stays of the old one
        places.old.rename(places.tree)
