"""The files of a site folder: which there are, and what bytes they hold."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from alertgen import STATICS
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import is_folder_of_programs, is_of_programs, stands_for
from alertgen.records import dataclass
from alertgen.text import counted

MOST_BYTES = 1024 * 1024
"""Size of the largest text file that is read. The longest bulletins are about 30 KB; one paragraph of brackets can
keep a Markdown parser busy for seconds."""
_SPLIT_IT = "an alert is a text of a few pages: split it, and keep pictures in files of their own"
_ELSEWHERE = "files of static/ are for the theme: put this one elsewhere on a web host, and link its full address"

State = tuple[int, ...]
"""What a file looks like without being opened."""

_AS_IT_IS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened that was just listed, should there be a link or a pipe by now."""


class RefusedPathError(ValueError):
    """A path that leads, or could lead, out of the folder it belongs to."""


def inside(root: Path, relative: str) -> Path:
    """Return the absolute path of *relative* below *root*, links followed. Every read of a named file goes through it.

    Raises:
        RefusedPathError: *relative* is absolute, climbs with `..`, hides either behind percent signs or backslashes,
            or is a link that leads out of *root*.
    """
    spelled = unquote(relative)
    climbs = ".." in PurePosixPath(spelled).parts
    if climbs or spelled.startswith(("/", "~")) or PureWindowsPath(spelled).drive or re.search(r"[\\\0]", spelled):
        raise RefusedPathError(relative)
    base = root.resolve()
    try:
        found = (base / relative).resolve()
    except (OSError, RuntimeError) as error:
        raise RefusedPathError(relative) from error
    # What is still a link leads to itself. A name that is too long for the disk is none: that file is missing.
    if not found.is_relative_to(base) or os.path.islink(found):  # noqa: PTH114 - never raises, Path.is_symlink does
        raise RefusedPathError(relative)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a folder holds."""

    paths: tuple[str, ...] = ()
    """Site-relative POSIX paths, sorted."""
    plain: frozenset[str] = frozenset()
    """Those of *paths* that are no links and lie behind none."""
    elsewhere: tuple[str, ...] = ()
    """Files that iCloud has taken off this computer, sorted; see `placeholders`."""
    problems: tuple[Diagnostic, ...] = ()


def list_folder(root: Path, folder: str) -> Listing:
    """List all files below *folder* of the site at *root*, but not hidden ones and what programs leave there.

    Links to files are listed when they stay in the site. Links to folders are a problem: what is behind them could be
    read twice, or for ever.
    """
    paths: list[str] = []
    plain: list[str] = []
    problems: list[Diagnostic] = []
    gone: list[str] = []
    for path, entry in _walk(root, folder, problems, gone):
        is_link = entry.is_symlink()
        if is_link and (fault := _link_problem(root, path, _is_folder(entry))):
            problems.append(fault)
            continue
        paths.append(path)
        plain += [] if is_link else [path]
    behind_a_link = (root / folder).is_symlink()
    return Listing(
        paths=tuple(sorted(paths)),
        plain=frozenset(() if behind_a_link else plain),
        elsewhere=tuple(sorted(set(gone).difference(paths))),
        problems=tuple(problems),
    )


def _walk(
    root: Path, folder: str, problems: list[Diagnostic], gone: list[str]
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield every file, and every link to a folder, below *folder*.

    Folders that cannot be looked into are added to *problems*, and files that are not on this computer to those that
    are *gone*: what is in them would be missing without a word.
    """
    try:
        with os.scandir(root / folder) as found:
            everything = list(found)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        problems.append(_unreadable("folder", folder, error))
        return
    for entry in everything:
        if entry.name.startswith("."):
            gone += [f"{folder}/{name}" for name in (stands_for(entry.name),) if name]
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if not is_folder_of_programs(entry.name):
                yield from _walk(root, path, problems, gone)
        elif not is_of_programs(entry.name) or _is_folder(entry):
            yield path, entry


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Tell whether *entry* is a folder or a link to one; a link to itself is neither."""
    return os.path.isdir(entry)  # noqa: PTH112 - DirEntry.is_dir raises on such a link


def _link_problem(root: Path, path: str, is_folder: bool) -> Diagnostic | None:
    try:
        inside(root, path)
    except RefusedPathError:
        hint = "put a copy of the file there instead"
        return problem("refused-path", "this is a link to something outside the site folder", Place(path), hint=hint)
    if is_folder:
        hint = "put the folder itself there instead"
        return problem("refused-path", "this is a link to a folder; links are not followed", Place(path), hint=hint)
    return None


def _unreadable(what: str, path: str, error: OSError) -> Diagnostic:
    message = f"this {what} cannot be read: {(error.strerror or str(error)).lower()}"
    hint = f"see whether you can open it yourself; if not, ask whoever owns the {what} for the right to read it"
    return problem("unreadable-file", message, Place(path), hint=hint)


def read_bytes(root: Path, path: str, most: int = MOST_BYTES) -> bytes | Diagnostic:
    """Return the bytes of the file *path* of the site at *root*, or why they cannot be had."""
    try:
        found = inside(root, path)
        if found.exists() and not found.is_file():  # a pipe would keep its reader waiting for ever
            return problem("unreadable-file", "this is not a file that can be read", Place(path))
        with found.open("rb") as file:
            content = file.read(most + 1)
    except RefusedPathError:
        return problem("refused-path", "this path leads out of the site folder", Place(path))
    except OSError as error:
        return _unreadable("file", path, error)
    return _not_too_large(content, path, most)


def read_listed(root: Path, path: str, most: int = MOST_BYTES) -> tuple[bytes | Diagnostic, os.stat_result | None]:
    """Return the bytes of the file *path*, which was listed below *root* and is no link, with its state before that."""
    status = None
    try:
        handle = os.open(f"{root}/{path}", _AS_IT_IS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return problem("unreadable-file", "this is not a file that can be read", Place(path)), None
            # Python makes room for as much as may be read: if for the largest file, that takes longer than reading.
            content = file.read() if status.st_size <= most else file.read(most + 1)
    except OSError as error:
        return _unreadable("file", path, error), None
    return _not_too_large(content, path, most), status


@dataclass(frozen=True, slots=True)
class Unread:
    """The content of a listed file that is no link, for whoever wants to read it."""

    root: Path
    path: str

    def __bytes__(self) -> bytes:
        """Read it; return nothing where that is not possible any more."""
        content, _ = read_listed(self.root, self.path)
        return content if isinstance(content, bytes) else b""


def _not_too_large(content: bytes, path: str, most: int) -> bytes | Diagnostic:
    if len(content) > most:
        message = f"this file is larger than {counted(most // 1024, 'KB', 'KB')}"
        hint = _ELSEWHERE if path.startswith(f"{STATICS}/") else _SPLIT_IT
        return problem("too-large", message, Place(path), hint=hint)
    return content
