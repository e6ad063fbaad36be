"""What the machine may refuse, told in an editor's words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

UNTOUCHED = "The site that was there is untouched."

_CAUSES = {
    errno.ENOSPC: ("the disk is full", "Free some space and build again."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space and build again."),
    errno.EROFS: ("the disk can only be read", "Build into a folder on another disk with --out."),
    errno.EACCES: ("permission is denied", "Ask who owns the folder, or build into another one with --out."),
    errno.EPERM: ("permission is denied", "Ask who owns the folder, or build into another one with --out."),
    errno.EIO: ("the disk reports an error", "It may be failing: save your work elsewhere before anything else."),
    errno.EBUSY: ("the folder is in use as a mount point", "Build into a folder inside of it with --out."),
    errno.EXDEV: ("the folder lies in another layer of the disk", "Remove the folder and build again."),
    errno.ENAMETOOLONG: ("a name is too long for this disk", "Shorten the slug of the page named above."),
    errno.ENOENT: ("something vanished while the site was being written", "Build again."),
    errno.ENOTDIR: ("a file is where a folder is needed", "Rename that file, or choose another place."),
    errno.EISDIR: ("a folder is where a file is needed", "Rename that folder, or choose another name."),
    errno.EMFILE: ("too many files are open", "Close some programs and build again."),
    errno.ENOLCK: ("this disk knows no locks", "Keep the site folder on a local disk."),
}

_NEVER_OURS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE))
"""Refusals that no fault of alertgen brings about, wherever they come from."""


class MachineError(Exception):
    """The machine, not the content, stands in the way of a build."""

    def __init__(self, message: str, hint: str, *, usage: bool = False) -> None:
        """Take *message*, one sentence without a full stop, and *hint*, what to do about it."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.usage = usage
        """The fault is in how alertgen was called (such as a wrong output folder), not in the machine."""


@contextmanager
def in_words(doing: str, state: str = UNTOUCHED) -> Iterator[None]:
    """Turn an `OSError` within into a `MachineError`: *doing* begins its sentence, *state* its hint."""
    try:
        yield
    except OSError as error:
        raise _worded(error, doing, state) from error


def refusal(error: Exception, state: str) -> MachineError | None:
    """Return *error*, which nobody expected, in words if it is the machine's; *state* says how things stand."""
    if isinstance(error, OSError) and error.errno in _NEVER_OURS:
        return _worded(error, "alertgen cannot go on", state)
    return None


def _worded(error: OSError, doing: str, state: str) -> MachineError:
    cause, cure = _CAUSES.get(error.errno or 0, (error.strerror or str(error), "Try again."))
    where = f" ({error.filename})" if error.filename else ""
    return MachineError(f"{doing}: {cause}{where}", f"{cure} {state}".strip())
