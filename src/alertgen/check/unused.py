"""Static files that nothing shows, which lie there by accident: readers get them all the same."""

from collections.abc import Iterable, Iterator
from posixpath import basename, dirname
from unicodedata import normalize
from urllib.parse import unquote, unquote_to_bytes

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import is_licence
from alertgen.kinds import is_text
from alertgen.mentions import mentions, named
from alertgen.model import Site, ThemeFile
from alertgen.patterns import late
from alertgen.text import listed, suggestions

_WORKED_OUT = late(rb"\basset\((?!\s*(?:\"[^\"]*\"|'[^']*')\s*\))|\bfor\b[^%}]*\bin\s[^%}]*\bassets\b")
"""How a template names files that nobody can tell without running it."""
_AT_THE_TOP = late(
    r"CNAME|favicon\.ico|google[0-9a-f]{8,}\.html|BingSiteAuth\.xml|yandex_[0-9a-f]+\.html|ads\.txt|security\.txt"
)
"""What others look for at the top of a site, as hosts and search engines have it put there."""
_LOADED = ("own.css", "manifest.webmanifest")
"""What default templates load if it is there."""
_MADE_HERE = frozenset(("robots.txt", "sitemap.xml", "_headers", "_redirects", "404.html"))
_NOTHING_SHOWS_IT = "this file is published, but nothing shows it"
_TO_THE_TOP = (
    "move it into public/, where builds leave what they have not made; if a host builds the site, have it copied there "
    "after each build"
)
_DELETE = "delete {0} here; if readers are to fetch {0} by an address, write {1} under `cleared` in site.yaml"
_BEFORE_NAMES = ('"', "'", "(", "( ", "/", "=", ", ")
_MOST_TOLD = 3
"""So many files of one folder are told one by one."""


def unused(files: Iterable[ThemeFile], site: Site) -> Iterator[Diagnostic]:
    """Find those of *files* that no template, style, script or text of *site* names."""
    folders: dict[str, list[str]] = {}
    for path in _named_by_nobody(files, site):
        if _AT_THE_TOP.fullmatch(basename(path)):
            yield _told(path, f"{_NOTHING_SHOWS_IT}; it is looked for at the top of the site", _TO_THE_TOP)
        elif basename(path) in _MADE_HERE:
            yield _told(path, f"{_NOTHING_SHOWS_IT}; alertgen makes the one at the top of the site", "delete it here")
        else:
            folders.setdefault(dirname(path), []).append(path)
    for folder, paths in folders.items():
        if len(paths) > _MOST_TOLD:
            some = listed(map(basename, paths[:_MOST_TOLD]), "and")
            message = f"{len(paths):,} files in this folder, such as {some}, are published, but nothing shows them"
            yield _told(folder, message, _DELETE.format("them", "their paths"))
        else:
            yield from (
                _told(path, _NOTHING_SHOWS_IT, _meant(path, site) or _DELETE.format("it", path)) for path in paths
            )


def _usual(site: Site) -> set[str]:
    """Return the static files that pages load by default, among them those that a site may add."""
    return {file.path for file in site.theme.statics}.difference(site.theme.added).union(_LOADED)


def _meant(path: str, site: Site) -> str:
    """Return what to do if the file at *path* lies where no page looks for it; nothing if it may be anything."""
    name, usual = path.removeprefix("static/"), _usual(site)
    if name.lower().endswith(".html"):
        return f"move it into templates/ if it is one; else {_DELETE.format('it', path)}"
    same = [one for one in usual if one.casefold() == basename(name).casefold()]
    near = same or suggestions(name, _LOADED, 1)
    return f"did you mean static/{near[0]}?" if near else ""


def _told(path: str, message: str, hint: str) -> Diagnostic:
    return problem("unused-static-file", message, Place(path), hint=hint)


def _named_by_nobody(files: Iterable[ThemeFile], site: Site) -> Iterator[str]:
    added = [file for file in files if file.path in site.theme.added and not is_licence(file.path)]
    if not added:
        return
    templates = b"\0".join(template.content for template in site.theme.templates)
    statics = (file.content for file in site.theme.statics if is_text(file.content))
    said = normalize("NFC", unquote_to_bytes(b"\0".join((templates, *statics))).decode("utf-8", "replace"))
    astray = _astray(added, site, said)
    left = [file for file in added if file.path in astray or not _is_named(file.path, said)]
    if not left or _WORKED_OUT.search(templates):
        return
    linked = {unquote(link.target.partition("#")[0].partition("?")[0]) for text in site.texts for link in text.links}
    for file in left:
        if urls.static(file.path, file.digest) not in linked:
            yield f"static/{file.path}"


def _astray(added: Iterable[ThemeFile], site: Site, said: str) -> set[str]:
    """Return those *added* that have the name of a usual file, but lie in another folder, and are not named with it."""
    usual = _usual(site)
    found = {file.path for file in added if basename(file.path) in usual and file.path not in usual}
    found = {path for path in found if f"{basename(dirname(path))}/{basename(path)}" not in said}
    if not found:
        return found
    known = {normalize("NFC", file.path) for file in site.theme.statics}
    files = ((normalize("NFC", file.path), file.content) for file in site.theme.statics)
    return found - {named(one, path, known)[0] for path, content in files for one in mentions(path, content)}


def _is_named(path: str, said: str) -> bool:
    """Tell whether the file at *path* is named in what templates, styles and scripts have *said*."""
    name = normalize("NFC", basename(path))
    return any(f"{mark}{name}" in said for mark in _BEFORE_NAMES)
