"""Pictures that editors name: where they lie, and whether they can be published."""

import posixpath
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import is_picture
from alertgen.fingerprint import digest_bytes
from alertgen.load.addresses import Kind, kind_of
from alertgen.load.disk.files import RefusedPathError, inside, read_bytes
from alertgen.load.disk.placeholders import FETCH_IT, is_elsewhere
from alertgen.load.remembered.memory import key_of, remembered
from alertgen.load.texts.sniff import Looked, look
from alertgen.records import dataclass
from alertgen.store import Store
from alertgen.text import folded, listed, suggestions

MOST_BYTES = 50 * 1024 * 1024
_SITE = "."
"""Path of the folder of the site itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A file that holds a picture."""

    path: str
    digest: str
    kind: str
    """Its format as its bytes say: `jpeg`, `png`, `webp`, `avif`, `gif` or `tiff`."""
    width: int
    height: int
    problems: tuple[Diagnostic, ...] = ()
    """What is worth a warning."""


def find_picture(root: Path, owner: str, target: str, at: Place, store: Store) -> Picture | Diagnostic:
    """Return the picture *target*, named in the file *owner*, or what is wrong with it."""
    spelled = _inside_site(root, owner, target)
    if not spelled:
        message = f'"{target}" is not a file of this site'
        hint = "put the picture beside the alert and write its name only"
        turned = target.replace("\\", "/")
        if turned != target and _inside_site(root, owner, turned):
            hint = f"write / in place of \\: {turned}"
        return problem("refused-path", message, at, hint=hint)
    path = next(filter(None, (_on_disk(root, one) for one in spelled)), None)
    if path is None:
        return _missing(root, spelled[-1], target, at)
    if (root / path).is_dir():
        hint = "write the name of a picture in it"
        return problem("missing-image", f'"{target}" is a folder, not a picture', at, hint=hint)
    content = read_bytes(root, path, MOST_BYTES)
    if isinstance(content, Diagnostic):
        return _unread(content, target, at)
    digest = digest_bytes(content)
    looked = remembered(store, key_of("picture", digest), Looked, lambda: look(content))
    if looked.fault:
        return problem(looked.code, f'"{target}" {looked.fault}', at, hint=looked.hint)
    return Picture(
        path=path,
        digest=digest,
        kind=looked.kind,
        width=looked.width,
        height=looked.height,
        problems=_remarks(looked, target, at),
    )


def _unread(fault: Diagnostic, target: str, at: Place) -> Diagnostic:
    """Return *fault*, met while the bytes were read, in words about a picture."""
    if fault.code == "too-large":
        message = f'"{target}" is larger than {MOST_BYTES // 1024 // 1024} MB'
        return problem("image-too-large", message, at, hint="save it again in a smaller size, as JPEG")
    return problem("image-unreadable", f'"{target}": {fault.message}', at, hint=fault.hint)


def _remarks(looked: Looked, target: str, at: Place) -> tuple[Diagnostic, ...]:
    if looked.frames == 1:
        return ()
    what = "has several pages" if looked.kind == "tiff" else "moves"
    hint = "save the part that matters as a picture of its own"
    return (problem("image-first-frame", f'"{target}" {what}; only the first picture in it is shown', at, hint=hint),)


def _inside_site(root: Path, owner: str, target: str) -> list[str]:
    """Return the site-relative paths that *target* may mean; none when it is not inside the site."""
    if kind_of(target) is not Kind.INSIDE:
        return []
    folder = posixpath.dirname(owner)
    spelled = [target, unquote(target)] if "%" in target else [target]
    paths = [posixpath.normpath(posixpath.join(folder, one)) for one in spelled]
    try:
        for path in paths:
            inside(root, path)
    except RefusedPathError:
        return []
    return paths


def _on_disk(root: Path, path: str) -> str | None:
    """Return *path* as the disk spells it, or None when it is not there.

    Capital letters count, also on a disk that ignores them. Accents may be stored in another way than they were typed.
    """
    if path == _SITE:
        return path
    folder, name = posixpath.split(path)
    names = _names(root / folder)
    found = [one for one in names if one == name] or [one for one in names if _nfc(one) == _nfc(name)]
    return posixpath.join(folder, found[0]) if found else None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(file.name for file in folder.iterdir())
    except OSError:
        return []  # no folder, or one that may not be listed: there is no picture that could be read


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _missing(root: Path, path: str, target: str, at: Place) -> Diagnostic:
    folder, name = posixpath.split(path)
    names = [one for one in _names(root / folder) if is_picture(one)]
    near = [other for other in names if folded(other) == folded(name)] or suggestions(name, names)
    hint = f"did you mean {listed(near)}?" if near else f"put the picture into {_called(folder)}"
    if is_elsewhere(root / path):
        hint = f"it is in iCloud and not on this computer: {FETCH_IT}"
    return problem("missing-image", f'there is no picture "{target}"', at, hint=hint)


def _called(folder: str) -> str:
    return f"the folder {folder}/" if folder else "the folder of site.yaml"
