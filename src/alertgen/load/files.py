"""The files of a site folder: which there are, what bytes and what text they hold."""

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import ending, is_attached, is_device, is_written
from alertgen.load.people.list_name import misplaced
from alertgen.records import dataclass
from alertgen.text import counted, folded, listed, suggestions

MOST_BYTES = 1024 * 1024
"""Size of the largest text file that is read. The longest bulletins are about 30 KB; one paragraph of brackets can
keep a Markdown parser busy for seconds."""

State = tuple[int, ...]
"""What a file looks like without being opened."""

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')

_OF_PROGRAMS = re.compile(r"~\$.*|.*~|#.*#|(eh)?thumbs\.db|desktop\.ini|icon\r", re.IGNORECASE | re.DOTALL)
"""Names of files that nobody wrote: locks of Office, back-ups of editors, and what a system notes of a folder."""
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
    problems: tuple[Diagnostic, ...] = ()


def list_folder(root: Path, folder: str) -> Listing:
    """List all files below *folder* of the site at *root*, but not hidden ones and those that programs leave there.

    Links to files are listed when they stay in the site. Links to folders are a problem: what is behind them could be
    read twice, or for ever.
    """
    paths: list[str] = []
    plain: list[str] = []
    problems: list[Diagnostic] = []
    for path, entry in _walk(root, folder, problems):
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
        problems=tuple(problems),
    )


def _walk(root: Path, folder: str, problems: list[Diagnostic]) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield every file, and every link to a folder, below *folder*.

    Folders that cannot be looked into are added to *problems*: what is in them would be missing without a word.
    """
    try:
        with os.scandir(root / folder) as found:
            entries = [entry for entry in found if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        problems.append(_unreadable("folder", folder, error))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, problems)
        elif not is_of_programs(entry.name) or _is_folder(entry):
            yield path, entry


def is_of_programs(name: str) -> bool:
    """Tell whether nobody wrote the file called *name*, but a program left it there."""
    return bool(_OF_PROGRAMS.fullmatch(name))


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


def list_content(root: Path, folder: str) -> Listing:
    """List the Markdown files of the content folder *folder*, with the problems of their names."""
    listing = list_folder(root, folder)
    texts = tuple(path for path in listing.paths if path.endswith(".md") and not _unreadable_name(path))
    lists = tuple(misplaced(listing.paths))
    known = {found.at.path for found in lists}
    ignored = (_ignored(path) for path in listing.paths if path not in known and _looks_written(root, path))
    problems = (*listing.problems, *lists, *ignored, *name_problems(listing.paths))
    return Listing(paths=texts, plain=listing.plain.intersection(texts), problems=problems)


def unread_texts(root: Path, names: Collection[str]) -> Iterator[Diagnostic]:
    """Find texts that lie beside the content folders *names*, or in one that is called almost like a missing one."""
    there = sorted(root.iterdir()) if root.is_dir() else []
    folders = [path.name for path in there if path.is_dir()]
    for name in sorted(set(names) - set(folders)):
        for near in suggestions(name, set(folders) - set(names), 1):
            if any((root / near).rglob("*.md")):
                message = f'the texts in the folder "{near}" are not read; the folder for them is called "{name}"'
                yield problem("unread-text", message, Place(near), hint=f"rename it to {name}")
    for folder in folders:
        name = folder.lower()
        if folder not in names and name in names and name in folders and any((root / folder).rglob("*.md")):
            message = f'the texts in the folder "{folder}" are not read; the folder for them is called "{name}"'
            yield problem("unread-text", message, Place(folder), hint=f"move them into {name}/")
    for path in there:
        if path.suffix == ".md" and path.is_file() and _begins_like_a_text(path):
            message = "this text is not read, since it lies beside the folders for texts"
            hint = f"move it into {listed(f'{name}/' for name in sorted(names))}"
            yield problem("unread-text", message, Place(path.name), hint=hint)


def _begins_like_a_text(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return False  # whatever it is, it was never meant to be read


def _looks_written(root: Path, path: str) -> bool:
    if path.endswith(".md"):
        return False
    if not ending(path):
        return (root / path).is_file() and _begins_like_a_text(root / path)
    return ending(path) == ".md" or is_written(path) or is_attached(path)


def _ignored(path: str) -> Diagnostic:
    if is_attached(path):
        message = "this file is not published: beside texts, only the pictures are that they show"
        hint = "if readers are to have it, put it elsewhere on a web host and link its full address; then move it away"
        return problem("ignored-file", message, Place(path), hint=hint)
    suffix = PurePosixPath(path).suffix
    what = f'ends in "{suffix}"' if suffix else "has no ending"
    message = f'only files that end in ".md" are read; this one {what}'
    return problem("ignored-file", message, Place(path), hint="rename it, or move it out of this folder")


def name_problems(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Find names that only some computers can tell apart or store."""
    seen: dict[str, str] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        if _unreadable_name(path):
            yield problem("unusable-name", "the name of this file is not valid Unicode", Place(path), hint="rename it")
            continue
        twin = seen.setdefault(folded(path), path)
        if twin != path:
            yield _twin(path, twin)
        if is_device(name) or _NOT_ON_WINDOWS.search(name):
            message = f'Windows cannot store a file named "{name}"'
            yield problem("windows-name", message, Place(path), hint="rename it with plain letters, digits and hyphens")


def _unreadable_name(path: str) -> bool:
    return not path.isascii() and any(unicodedata.category(char) == "Cs" for char in path)


def _twin(path: str, other: str) -> Diagnostic:
    same_letters = unicodedata.normalize("NFC", path) == unicodedata.normalize("NFC", other)
    difference = "in how its accents are stored (NFC and NFD)" if same_letters else "in capital letters"
    message = f'this file differs from "{PurePosixPath(other).name}" only {difference}; many computers cannot keep both'
    return problem("twin-names", message, Place(path), hint="rename one of them", also=(Place(other),))


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
        hint = "an alert is a text of a few pages: split it, and keep pictures in files of their own"
        return problem("too-large", message, Place(path), hint=hint)
    return content
