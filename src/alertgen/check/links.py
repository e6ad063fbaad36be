"""Links in texts that lead nowhere in the site."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.file_names import is_attached, is_office_text, is_picture
from alertgen.model import Alert, Held, Link, Site, StandingPage
from alertgen.outputs import Page, Plan
from alertgen.records import dataclass
from alertgen.text import listed, suggestions

LOOK = "correct the address; leave it if something that is not part of this bulletin stands there"
_OF_THEME = "static/"
"""Where files lie whose addresses change with what is in them, so that nothing but the theme can name them."""

_DAY = re.compile(r"\d{4}-\d\d?-\d\d?[-_ ]?|\.md$")
"""What any two names of alerts have in common; names that have nothing else in common are not alike."""

_TELLING = 6
"""Characters of a file name, with its ending, up to which anything is like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a link may have meant."""

    texts: Mapping[str, Alert | StandingPage]
    """By path, as it is typed."""
    pages: tuple[str, ...]
    """Addresses."""
    folders: frozenset[str]
    """First parts of the addresses of this site, such as `alerts`."""


def check(site: Site, plan: Plan, held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find the links of *plan* that lead nowhere, and say so apart where they lead to something that is held back."""
    at_home = {_typed(one.path): one for one in held}
    known = _Known(
        texts={_typed(text.path): text for text in site.texts},
        pages=tuple(output.address for output in plan.outputs if isinstance(output, Page)) if plan.unresolved else (),
        folders=frozenset(first_part(output.address) for output in plan.outputs) if plan.unresolved else frozenset(),
    )
    may_be = _may_be(site) if site.faulty else frozenset()
    for link, reason in plan.unresolved:
        if not link.target:
            hint = "write it between the round brackets, or keep the words alone"
            yield problem("dead-link", "this link has no address", link.place, hint=hint)
            continue
        file = _file(link)
        if site.faulty and (_lies_in(file, may_be) or _last_part(link) in may_be or _last_part(link).isdigit()):
            continue
        if file in at_home and file not in known.texts:
            yield problem(
                "link-to-held",
                f'"{link.target}" leads to a file that is held back ({at_home[file].because})',
                link.place,
                hint="take the link out, or publish both together",
            )
        elif link.full and first_part(link.target) not in known.folders:
            message = f'"{link.full}" is an address of this site, but no page of it'
            yield problem("no-own-page", message, link.place, hint=LOOK)
        else:
            message = f'"{link.full or link.target}" leads nowhere: {reason}'
            yield problem("dead-link", message, link.place, hint=_hint(link, file, known))


def first_part(address: str) -> str:
    """Return the outermost folder of *address*: `alerts` of `/alerts/2021/`."""
    return unquote(address).lstrip("/").partition("/")[0]


def _may_be(site: Site) -> frozenset[str]:
    """Return the files and folders, and the last parts of addresses, that may be there once all texts are mended.

    Nobody knows yet which countries and tags they are about. Addresses that end in a number are years and the like.
    """
    texts = [part for text in site.faulty for part in (_typed(text.path), text.slug)]
    countries = [country.slug for country in site.countries]
    return frozenset((*texts, *countries, *(tag.slug for tag in site.risk_tags)))


def _lies_in(file: str, may_be: frozenset[str]) -> bool:
    """Tell whether *file*, or a folder that it would lie in, is one of those that *may be* there."""
    return not may_be.isdisjoint((file, *map(str, PurePosixPath(file).parents)))


def _last_part(link: Link) -> str:
    """Return the last part of the address that *link* leads to; empty for a file."""
    place = unquote(link.target).partition("#")[0].partition("?")[0]
    return posixpath.basename(place.rstrip("/")) if place.startswith("/") else ""


def _file(link: Link) -> str:
    """Return the site-relative path that *link* would name if it named a file."""
    target = unquote(link.target).partition("#")[0]
    if not target:
        return _typed(link.place.path)
    return _typed(posixpath.normpath(posixpath.join("/", posixpath.dirname(link.place.path), target)).lstrip("/"))


def _typed(path: str) -> str:
    """Return *path* with accents as keyboards give them; a disk may store them in another way."""
    return path if path.isascii() else normalize("NFC", path)


def _hint(link: Link, file: str, known: _Known) -> str:
    target, _, fragment = unquote(link.target).partition("#")
    if file in known.texts:
        anchors = _anchors(known.texts[file])
        near = [f"{target}#{anchor}" for anchor in suggestions(fragment, anchors)]
        if not near:
            there = f"; it has {listed((f'#{anchor}' for anchor in anchors), 'and')}" if anchors else ""
            return f"leave out #{fragment} to link the whole page{there}"
    elif is_picture(file):
        return f"a picture is shown, not linked: ![what it shows]({target})"
    elif file.startswith(_OF_THEME):
        return "files of static/ are for the theme: put this one elsewhere on a web host, and link its full address"
    elif target.startswith("www."):
        return f"an address of another site begins with https://: https://{target}"
    elif not target.startswith("/") and (is_attached(file) or is_office_text(file)):
        return "only texts and pictures are published from here: put this file on a web host, and link its full address"
    elif fragment and target.partition("?")[0] in known.pages:
        return f"leave out #{fragment} to link the whole page"
    elif target.startswith("/") and not target.endswith(".md"):
        near = list(suggestions(target, known.pages))
    else:
        near = _files_like(link, file, known)
    if near:
        return f"did you mean {listed(near)}?"
    return "write the name of a file as seen from this one, or an address such as /countries/sudan/"


def _anchors(text: Alert | StandingPage) -> list[str]:
    return [situation.anchor for situation in text.situations] if isinstance(text, Alert) else []


def _files_like(link: Link, file: str, known: _Known) -> list[str]:
    """Return the names of files like *file*, as they are written in the file that *link* stands in."""
    wanted = posixpath.basename(file)
    if len(wanted) <= _TELLING:
        return []
    by_name = {posixpath.basename(path): path for path in known.texts if path != _typed(link.place.path)}
    words = {name: _DAY.sub("", name) for name in by_name}
    alike = get_close_matches(_DAY.sub("", wanted), sorted({*words.values()}), 3, 0.6)
    near = get_close_matches(wanted, [name for name in by_name if words[name] in alike], 3, 0.6)
    folder = posixpath.dirname(_typed(link.place.path))
    return [posixpath.relpath(by_name[name], folder) for name in near]
