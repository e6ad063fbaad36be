"""Reshaping a tree of hard links in place: what is new moves in, what is unchanged is linked, what is gone goes."""

import errno
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from alertgen.records import dataclass
from alertgen.write.census import parents

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.EACCES}
"""How a system says that it makes no link here: FAT, some network disks, or a file of somebody else."""

_AS_IT_IS = getattr(os, "O_BINARY", 0)
"""Windows would write line ends of its own."""
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | _AS_IT_IS
_THE_LINK_ITSELF = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}
"""Where a system can tell the two apart, a symbolic link gets the further name, not the file that it leads to."""


def _kept_back() -> int:
    """Return what this process keeps from others of the files that it makes, of what they need to read them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask & 0o055


_KEPT_BACK = _kept_back()
"""Most often nothing. Else it is given back: whoever copies a site to a host with its rights copies it for readers."""


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
    moved: Collection[str] = (),
    new: Path | None = None,
    absent: Collection[str] = (),
    folders: Collection[str] = (),
    stray: Iterable[str] = (),
) -> Reshaped:
    """Make *tree* hold the files of *source* at the paths *linked*, and nothing at *absent*.

    At the paths *moved* it gets the files of the folder *new*, which are not in *new* any more then. Folders that it
    does not have come as a whole.

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
    if moved:
        touched |= _moved(f"{new}/", top, moved)
    return Reshaped(frozenset(touched), copied)


def write_new(file: Path | str, content: bytes) -> None:
    """Write a file that nobody reads yet."""
    _fill(os.open(file, _ANEW, 0o666), [content])


def _fill(descriptor: int, parts: Iterable[bytes]) -> None:
    try:
        for part in parts:
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def write_below(folder: str, path: str, parts: Iterable[bytes]) -> None:
    """Write a file that nobody reads yet at *path* in *folder*, and make the folders between."""
    try:
        descriptor = os.open(f"{folder}/{path}", _ANEW, 0o666)
    except FileNotFoundError:
        _make(f"{folder}/{_parent(path)}".rstrip("/"))
        descriptor = os.open(f"{folder}/{path}", _ANEW, 0o666)
    if _KEPT_BACK:
        with suppress(PermissionError):  # the disk knows no rights
            os.fchmod(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) | 0o044)
    _fill(descriptor, parts)


def _make(folder: str) -> None:
    """Make *folder*; most often the one above is there, and no other process makes it."""
    with suppress(FileExistsError):
        try:
            _make_one(folder)
        except FileNotFoundError:
            _make(os.path.dirname(folder))  # noqa: PTH120
            _make_one(folder)


def _make_one(folder: str) -> None:
    os.mkdir(folder)  # noqa: PTH102
    open_to_readers(folder)


def open_to_readers(folder: Path | str) -> None:
    """Let everybody look into *folder* if nobody but its owner may, since all folders made here are like that."""
    if not _KEPT_BACK:
        return
    with suppress(PermissionError):  # the disk knows no rights
        os.chmod(folder, stat.S_IMODE(os.stat(folder).st_mode) | 0o055)  # noqa: PTH101, PTH116, S103 - readers are all


def holds(file: str, content: bytes) -> bool:
    """Tell whether *file* is a file of its own that holds *content*."""
    try:
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
            return False
        with open(file, "rb") as opened:  # noqa: PTH123
            return opened.read() == content
    except OSError:
        return False  # what cannot be read is written anew


def holds_digest(file: str, size: int, digest: str) -> bool:
    """Tell whether *file* is a file of its own of *size* bytes that have the SHA-256 *digest*."""
    try:
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return False
        with open(file, "rb") as opened:  # noqa: PTH123
            return file_digest(opened, "sha256").hexdigest() == digest
    except OSError:
        return False


def sync_file(file: Path | str) -> None:
    """Return when what is in *file* is on the disk."""
    descriptor = os.open(file, os.O_RDWR | _AS_IT_IS)
    try:
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
    import ctypes  # see `swap`

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
    for file in folder.rglob("*"):
        if file.is_file():
            sync_file(file)


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


def _moved(new: str, top: str, paths: Iterable[str]) -> set[str]:
    """Move the files at *paths* from *new* to *top*, by whole folders where these are missing in *top*."""
    within = _by_folder(paths)
    touched: set[str] = set()
    pending = [""]
    while pending:
        folder = pending.pop()
        for path in within[folder]:
            if not path.endswith("/"):
                os.replace(new + path, top + path)  # noqa: PTH105
                touched.add(folder)
            elif _is_taken(new + path[:-1], top + path[:-1]):
                pending.append(path)
            else:
                touched.update((folder, *_folders_from(path, within)))
    return touched


def _folders_from(folder: str, within: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield *folder* and all folders in it."""
    yield folder
    for path in within[folder]:
        if path.endswith("/"):
            yield from _folders_from(path, within)


def _by_folder(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return what lies in each folder above *paths*: files, and folders with a `/` at the end."""
    within: dict[str, list[str]] = {"": []}
    for path in sorted({*paths, *parents(paths)}):  # a folder comes before what is in it
        if path.endswith("/"):
            within[path] = []
        within[_parent(path.removesuffix("/"))].append(path)
    return within


def _is_taken(folder: str, name: str) -> bool:
    """Give *folder* the name *name*; tell whether a folder has it, to whose content the new one must be added."""
    try:
        os.rename(folder, name)  # noqa: PTH104
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            return True
        if error.errno != errno.EXDEV:  # another layer of the disk takes files alone
            raise
        _make(name.rstrip("/"))
        return True
    return False


def _made(top: str, folder: str, made: set[str]) -> set[str]:
    """Make *folder* and those above it where they are missing; return the folders in which one was made."""
    if not folder or folder in made:
        return set()
    made.add(folder)
    try:
        _make_one(top + folder)
    except FileExistsError:
        return set()
    except FileNotFoundError:
        touched = _made(top, _parent(folder[:-1]), made)
        _make_one(top + folder)
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
        from shutil import copy2  # here, since it is hardly ever needed

        copy2(file, name, follow_symlinks=False)
        return False
    return True
