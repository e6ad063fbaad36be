"""What the machine may refuse, told in an editor's words."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNTOUCHED = "Nothing was written; the site that was there is untouched."
_AGAIN = "then run the command again."
_ROOM = f"Make room (empty the bin, remove what you do not need), {_AGAIN}"
_ONCE_MORE = (
    "Run the command again. If it says the same, restart the computer, or copy the folder of the site to another disk."
)
_OTHER_DISK = f"Copy the folder of the site to a disk that can be written to, go there, {_AGAIN}"
_RIGHTS = (
    f"Ask whoever owns it for the right to change it, or copy the folder of the site to a place of your own, {_AGAIN}"
)

_CAUSES = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    errno.EDQUOT: ("your share of the disk is used up", _ROOM),
    errno.EROFS: ("the disk can only be read", _OTHER_DISK),
    errno.EACCES: ("permission is denied", _RIGHTS),
    errno.EPERM: ("permission is denied", _RIGHTS),
    errno.EIO: ("the disk reports an error", "It may be failing: save your work elsewhere before anything else."),
    errno.EBUSY: ("the folder is in use as a mount point", "Build into a folder inside of it with --out."),
    errno.EXDEV: ("the folder lies in another layer of the disk", f"Remove the folder, {_AGAIN}"),
    errno.ENAMETOOLONG: ("a name is too long for this disk", "Shorten the slug of the page named above."),
    errno.ENOENT: (
        "this folder or file is not there, or not any more",
        "See whether the disk is connected on which it lies, and whether another program moves files in it (one that "
        f"keeps folders in step with a cloud), {_AGAIN}",
    ),
    errno.ENOTDIR: ("a file is where a folder is needed", "Rename that file, or choose another place."),
    errno.EEXIST: ("something else has that name", f"Rename or remove it, {_AGAIN}"),
    errno.EISDIR: ("a folder is where a file is needed", "Rename that folder, or choose another name."),
    errno.ELOOP: ("a link leads back to itself", f"Remove the link, {_AGAIN}"),
    errno.EMFILE: ("too many files are open", f"Close some programs, {_AGAIN}"),
    errno.ENOLCK: ("this disk knows no locks", "Keep the site folder on a local disk."),
}

_SCRATCH = re.compile(r"(\..+)?\.alertgen")
"""Names of the folders in which alertgen keeps what it can make anew."""
_NEVER_OURS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE))
"""Refusals that no fault of alertgen brings about, wherever they come from."""


class MachineError(Exception):
    """The machine, not the content, stands in the way of a build."""

    def __init__(self, message: str, hint: str, *, state: str = "", usage: bool = False, where: str = "") -> None:
        """Take *message*, one sentence without a full stop, *hint*, what to do about it, and how things stand now."""
        super().__init__(message)
        self.where = where
        """The file or folder that was refused, if that is known."""
        self.message = message
        self.hint = hint
        self.state = state
        self.usage = usage
        """The fault is in how alertgen was called (such as a wrong output folder), not in the machine."""


class DisturbedError(Exception):
    """What is published is not as the last publication left it, where that was taken for granted."""


@contextmanager
def in_words(doing: str, state: str = UNTOUCHED) -> Iterator[None]:
    """Turn an `OSError` within into a `MachineError`: *doing* begins its sentence, *state* says how things stand."""
    try:
        yield
    except OSError as error:
        raise _worded(error, doing, state) from error


def refusal(error: Exception, state: str) -> MachineError | None:
    """Return *error*, which nobody expected, in words if it is the machine's; *state* says how things stand.

    It may stand behind the refusal to import something.
    """
    if isinstance(error, ImportError) and isinstance(error.__cause__, OSError):
        error = error.__cause__
    if isinstance(error, OSError) and error.errno in _NEVER_OURS:
        return _worded(error, "alertgen cannot go on", state)
    return None


def _worded(error: OSError, doing: str, state: str) -> MachineError:
    cause, cure = _CAUSES.get(error.errno or 0, (error.strerror or str(error), _ONCE_MORE))
    where = str(error.filename or "")
    scratch = next((str(folder) for folder in Path(where).parents if _SCRATCH.fullmatch(folder.name)), "")
    if cure == _RIGHTS and scratch and os.access(Path(scratch).parent, os.W_OK):
        cure = f"Remove the folder {scratch} or give it another name, as it holds nothing that you wrote, {_AGAIN}"
    return MachineError(f"{doing}: {cause}{f' ({where})' if where else ''}", cure, state=state, where=where)


def choose_another(error: MachineError, out: Path, site: Path) -> None:
    """Have *error* speak of *out*, a folder apart from *site*, where it is that place that cannot be written to."""
    apart = not out.parent.is_relative_to(site) and not Path(error.where).is_relative_to(site)
    if apart and error.hint in (_OTHER_DISK, _RIGHTS) and Path(error.where).is_relative_to(out.parent):
        error.hint = f"Name another folder after --out, one that you may write to, {_AGAIN}"
