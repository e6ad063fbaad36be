"""The theme: templates and static files, those of the site over those of the package."""

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import alertgen
from alertgen import STATICS, TEMPLATES
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes, digest_text
from alertgen.load.disk import conflicts
from alertgen.load.disk.content_files import name_problems
from alertgen.load.disk.contents import Content, Contents
from alertgen.load.disk.decoding import decode
from alertgen.load.disk.files import list_folder
from alertgen.load.disk.placeholders import elsewhere
from alertgen.load.people.list_name import misplaced
from alertgen.model import Theme, ThemeFile
from alertgen.records import replace
from alertgen.text import listed, suggestions

_PROGRAMS = (".css", ".js", ".mjs", ".webmanifest")
"""Endings of static files whose line ends mean nothing."""
_MOST_BYTES = 32 * 1024 * 1024


def default_theme() -> Path:
    """Return the folder that holds the default `templates/` and `static/`.

    In the wheel it is `alertgen/theme`, in a source checkout the root of the repository.
    """
    package = Path(alertgen.__file__).resolve().parent
    packed = package / "theme"
    return packed if packed.is_dir() else package.parents[1]


def read_theme(root: Path, contents: Contents | None = None) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Read the default theme and whatever the site at *root* puts in the place of its files, or adds."""
    theme, faults = read_templates(root, contents)
    statics, more = _merged(_folders(root), STATICS, contents or Contents())
    default = list_folder(default_theme(), STATICS).paths
    paths = [f"{STATICS}/{file.path}" for file in statics]
    added = [path for path in paths if path not in default]
    names = (*misplaced(paths), *name_problems((*default, *added)))
    own = list_folder(root, STATICS).paths if root.resolve() != default_theme() else ()
    lost = _slips_in_statics(own, statics)
    torn = (*conflicts.in_theme(theme.templates, TEMPLATES), *conflicts.in_theme(statics, STATICS))
    whole = replace(theme, statics=statics, added=tuple(path.removeprefix(f"{STATICS}/") for path in added))
    return whole, (*faults, *more, *names, *lost, *torn, *_of_own(root, whole), *_misspelled(root))


def _slips_in_statics(own: Collection[str], statics: Collection[ThemeFile]) -> Iterable[Diagnostic]:
    if not own:
        return ()
    from alertgen.load.theme.static_slips import slips_in_statics  # here, since an edit of words asks for no theme

    return slips_in_statics([path.removeprefix(f"{STATICS}/") for path in own], statics)


def _misspelled(root: Path) -> Iterator[Diagnostic]:
    """Find folders that hold a theme, but are spelled in other capitals."""
    for folder in sorted(path.name for path in root.glob("*") if path.is_dir()):
        name = folder.lower()
        if name == folder or name not in (STATICS, TEMPLATES):
            continue
        if any(name == STATICS or path.endswith(".html") for path in list_folder(root, folder).paths):
            message = f'the files in the folder "{folder}" are not found by every computer; it is called "{name}"'
            yield problem("unread-theme", message, Place(folder), hint=f"rename it to {name}")


def read_templates(root: Path, contents: Contents | None = None) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Read the theme of the site at *root* as `read_theme` does, without its static files."""
    templates, faults = _merged(_folders(root), TEMPLATES, contents or Contents())
    digest = digest_text("\0".join(f"{file.path}\0{file.digest}" for file in templates))
    return Theme(templates=templates, statics=(), digest=digest), faults


def _of_own(root: Path, theme: Theme) -> Iterator[Diagnostic]:
    """Find what is wrong with the templates of the site at *root* as files; *theme* are all files that there are."""
    own = set(list_folder(root, TEMPLATES).paths) if root.resolve() != default_theme() else set()
    if own:
        yield from _unused(own, theme.templates)
        yield from _slips(own, theme)
    for file in theme.templates:
        path = f"{TEMPLATES}/{file.path}"
        if path not in own:
            continue
        if not file.content.strip() and "/" not in file.path:  # a part may be left out so, but not a page
            message, hint = (
                "this template is empty, and so would be its pages",
                "delete it: the default one takes its place",
            )
            yield problem("empty-file", message, Place(path), hint=hint)
        if (decoded := decode(file.content, path))[0] is None:
            yield from decoded[1]


def _slips(own: set[str], theme: Theme) -> Iterator[Diagnostic]:
    from alertgen.load.theme.template_slips import slips_in  # here, since most sites have no templates of their own

    sources = {file.path: file.text for file in theme.templates}
    names = {name.removeprefix(f"{TEMPLATES}/") for name in own} & sources.keys()
    pages = {path.removeprefix(f"{TEMPLATES}/") for path in list_folder(default_theme(), TEMPLATES).paths}
    yield from slips_in(names, sources, pages, {file.path: file.content for file in theme.statics})


def _unused(own: set[str], templates: Iterable[ThemeFile]) -> Iterator[Diagnostic]:
    """Find the templates at the paths *own* that neither stand in the place of a default nor are named by another."""
    default = set(list_folder(default_theme(), TEMPLATES).paths)
    texts = "".join(file.text for file in templates)
    for path in sorted(own - default):
        name = path.removeprefix(f"{TEMPLATES}/")
        if not re.search(rf"""["']{re.escape(name)}["']""", texts):
            near = suggestions(path, default, 1)
            hint = (
                f"did you mean {listed(near)}?"
                if near
                else "`alertgen explain home.html` and the like say what is used"
            )
            yield problem("unused-template", "no page uses this template", Place(path), hint=hint)


def _folders(root: Path) -> list[Path]:
    return list(dict.fromkeys([default_theme(), root.resolve()]))


def _file(path: str, found: Content, *, is_text: bool) -> ThemeFile:
    """Return the file at *path*, a text as it is on every computer.

    Editors and Git on Windows may have ended its lines otherwise, or put a byte-order mark before them.
    """
    content = found.content
    if is_text and (b"\r\n" in content or content.startswith(BOM_UTF8)):
        content = content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
        return ThemeFile(path=path, digest=digest_bytes(content), content=content)
    return ThemeFile(path=path, digest=found.digest, content=content)


def _merged(folders: list[Path], name: str, contents: Contents) -> tuple[tuple[ThemeFile, ...], tuple[Diagnostic, ...]]:
    """Read the files below *name* in each of *folders*; a later folder wins."""
    files: dict[str, ThemeFile] = {}
    problems: list[Diagnostic] = []
    for folder in folders:
        listing = list_folder(folder, name)
        problems += (*listing.problems, *elsewhere(listing.elsewhere))
        for path, found in contents.of(folder, listing, _MOST_BYTES):
            if isinstance(found, Diagnostic):
                problems.append(found)
            else:
                below = path.removeprefix(f"{name}/")
                files[below] = _file(below, found, is_text=name == TEMPLATES or below.endswith(_PROGRAMS))
    return tuple(files[path] for path in sorted(files)), tuple(problems)
