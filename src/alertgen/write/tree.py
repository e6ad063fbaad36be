"""Reshaping a tree of hard links in place: what is new moves in, what is unchanged is linked, what is gone goes."""

import ctypes
import errno
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from alertgen.records import dataclass
from alertgen.write.census import parents

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.EACCES}
"""How a system says that it makes no link here: FAT, some network disks, or a file of somebody else."""

_AS_IT_IS = getattr(os, "O_BINARY", 0)
"""Windows would write line ends of its own."""
_THE_LINK_ITSELF = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}
"""Where a system can tell the two apart, a symbolic link gets the further name, not the file that it leads to."""


@dataclass(frozen=True, slots=True)
class Reshaped:
    """What was done to a tree."""

    touched: frozenset[str]
    """Folders in which a name was added, replaced or removed: empty for the top, else with a `/` at the end."""
    copied: bool
    """A file had to be copied, because it could not be linked."""


def reshape(
    tree: Path,
    source: Path,
    *,
    linked: Collection[str] = (),
    moved: Mapping[str, str] | None = None,
    new: Path | None = None,
    absent: Collection[str] = (),
    folders: Collection[str] = (),
    stray: Iterable[str] = (),
) -> Reshaped:
    """Make *tree* hold the files of *source* at the paths *linked*, and nothing at *absent*.

    At the paths *moved* it gets files of the folder *new*, by the names given, which are not in *new* any more then.

    Empty folders left behind by this, and *stray* ones, are removed; *folders* are made. A file that other trees hold
    too is never written to: its name is given to another file.

    Raises:
        OSError: the tree is left halfway; another call mends it.
    """
    top = f"{tree}/"
    touched = _pruned(top, {*parents(absent), *stray}, _unlinked(top, absent))
    made: set[str] = set()
    copied = False
    for path in folders:
        touched |= _made(top, path, made)
    for path in linked:
        touched |= _made(top, _parent(path), made)
        copied |= not _link(f"{source}/{path}", top + path)
        touched.add(_parent(path))
    for path, name in (moved or {}).items():
        touched |= _made(top, _parent(path), made)
        os.replace(f"{new}/{name}", top + path)  # noqa: PTH105
        touched.add(_parent(path))
    return Reshaped(frozenset(touched), copied)


def write_new(file: Path | str, content: bytes, *, sync: bool) -> None:
    """Write a file that is not there yet; with *sync*, return only when it is on the disk."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_IT_IS, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if sync:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path | str) -> None:
    """Return when the names in *folder* are on the disk. Windows has no call for it, and orders them by itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(folder: Path) -> None:
    """Return when everything on the file system of *folder*, or at least in it, is on the disk."""
    if not hasattr(os, "sync"):  # Windows
        _sync_each(folder)
        return
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if syncfs(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)


def _sync_each(folder: Path) -> None:
    for file in folder.iterdir():
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())


def _parent(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _unlinked(top: str, paths: Iterable[str]) -> set[str]:
    touched = set()
    for path in paths:
        try:
            os.unlink(top + path)  # noqa: PTH108
            touched.add(_parent(path))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (IsADirectoryError, PermissionError):
            if not os.path.isdir(top + path):  # noqa: PTH112
                raise
    return touched


def _pruned(top: str, folders: Iterable[str], touched: set[str]) -> set[str]:
    """Remove those of *folders* that are empty; return the folders that are *touched* then."""
    for folder in sorted(folders, key=lambda folder: -folder.count("/")):
        try:
            os.rmdir(top + folder)  # noqa: PTH106
            touched = (touched - {folder}) | {_parent(folder[:-1])}
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    return touched


def _made(top: str, folder: str, made: set[str]) -> set[str]:
    """Make *folder* and those above it where they are missing; return the folders in which one was made."""
    if not folder or folder in made:
        return set()
    made.add(folder)
    try:
        os.mkdir(top + folder)  # noqa: PTH102
    except FileExistsError:
        return set()
    except FileNotFoundError:
        touched = _made(top, _parent(folder[:-1]), made)
        os.mkdir(top + folder)  # noqa: PTH102
        return touched | {_parent(folder[:-1]), folder}
    return {_parent(folder[:-1]), folder}


def _link(file: str, name: str) -> bool:
    """Give *file* the further name *name*, whatever has it now; return False when it had to be copied."""
    try:
        try:
            os.link(file, name, **_THE_LINK_ITSELF)
        except FileExistsError:
            os.unlink(name)  # noqa: PTH108
            os.link(file, name, **_THE_LINK_ITSELF)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        Path(name).unlink(missing_ok=True)
        shutil.copy2(file, name, follow_symlinks=False)
        return False
    return True
