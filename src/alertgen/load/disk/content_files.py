"""The files of the folders for texts: which are read, which only look so, and whose names some machines cannot have."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from alertgen import LEDGER, SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import (
    ending,
    is_attached,
    is_device,
    is_left_over,
    is_office_text,
    is_picture,
    is_written,
    original_of,
)
from alertgen.load.disk.files import Listing, list_folder
from alertgen.load.disk.placeholders import elsewhere
from alertgen.load.people.list_name import misplaced
from alertgen.text import folded, listed, suggestions

_ALIKE = (".yaml", ".yml")
"""Endings of what may begin like a text and is none."""
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')

_ALONE = {
    LEDGER: (
        "copy the lines that only this file has into published.json: they are of addresses and feed ids that another "
        "computer has published; then delete it"
    ),
    SITE_FILE: "compare the two, write what is meant into site.yaml, and delete this one",
}
"""Files of which a site has one each, with what to do about a copy."""


def list_content(root: Path, folder: str) -> Listing:
    """List the Markdown files of the content folder *folder*, with the problems of their names."""
    listing = list_folder(root, folder)
    texts = tuple(path for path in listing.paths if path.endswith(".md") and not _unreadable_name(path))
    lists = tuple(misplaced(listing.paths))
    known = {found.at.path for found in lists}
    ignored = (_ignored(path) for path in listing.paths if path not in known and _looks_written(root, path))
    gone = elsewhere(path for path in listing.elsewhere if ending(path) == ".md" or is_written(path))
    problems = (*listing.problems, *lists, *ignored, *gone, *name_problems(listing.paths))
    return Listing(paths=texts, plain=listing.plain.intersection(texts), problems=problems)


def unread_texts(root: Path, names: Collection[str]) -> Iterator[Diagnostic]:
    """Find texts that lie beside the content folders *names*, or in one that is called almost like one of them."""
    there = sorted(root.iterdir()) if root.is_dir() else []
    for folder, name, hint in _nearly_called({path.name for path in there if path.is_dir()}, names):
        if any((root / folder).rglob("*.md")):
            message = f'the texts in the folder "{folder}" are not read; the folder for them is called "{name}"'
            yield problem("unread-text", message, Place(folder), hint=hint)
    for path in there:
        if path.suffix == ".md" and path.is_file() and _begins_like_a_text(path):
            message = "this text is not read, since it lies beside the folders for texts"
            hint = f"move it into {listed(f'{name}/' for name in sorted(names))}"
            yield problem("unread-text", message, Place(path.name), hint=hint)


def _nearly_called(folders: set[str], names: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each of *folders* that is called almost like one of *names*, with that name and what to do."""
    for name in sorted(set(names) - folders):
        for near in suggestions(name, folders - set(names), 1):
            yield near, name, f"rename it to {name}"
    for folder in sorted(folders - set(names)):
        name = folder.lower()
        if name in names and name in folders:
            yield folder, name, f"move them into {name}/"


def copies_beside(root: Path) -> Iterator[Diagnostic]:
    """Find what looks like another computer's copy of a file at the top of the site: what it alone says is lost."""
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        meant = f"{original_of(path.stem)}{path.suffix}"
        if meant in _ALONE and path.is_file():
            message = f"the name of this looks like that of a copy of {meant}, and nothing reads it"
            yield problem("copied-file", message, Place(path.name), hint=_ALONE[meant], also=(Place(meant),))


def _begins_like_a_text(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return False  # whatever it is, it was never meant to be read


def _looks_written(root: Path, path: str) -> bool:
    if path.endswith(".md") or is_picture(path) or is_left_over(path):
        return False
    if ending(path) == ".md" or is_written(path) or is_attached(path):
        return True
    return ending(path) not in _ALIKE and (root / path).is_file() and _begins_like_a_text(root / path)


def _ignored(path: str) -> Diagnostic:
    if is_attached(path):
        message = "this file is not published: besides texts, only the pictures that they show are"
        hint = "if readers are to have it, put it elsewhere on a web host and link its full address; then move it away"
        return problem("ignored-file", message, Place(path), hint=hint)
    suffix = PurePosixPath(path).suffix
    what = f'ends in "{suffix}"' if suffix else "has no ending"
    message = f'only files that end in ".md" are read; this one {what}'
    hint = "rename it, or move it out of this folder"
    if is_office_text(path):
        hint = (
            "begin an alert with `alertgen new` and copy the text into its file; then move this one out of this folder"
        )
    return problem("ignored-file", message, Place(path), hint=hint)


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
