"""Where links inside the site lead."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from unicodedata import normalize
from urllib.parse import unquote

from alertgen import urls
from alertgen.model import Alert, Faulty, Link, Prose, StandingPage, anchors_of
from alertgen.outputs import Output
from alertgen.plan.bulletin import Bulletin

NO_ADDRESS = "it has no address"
NO_FILE = "no published file has that name"
NO_PAGE = "there is no page at that address"
NO_ANCHOR = "that page has no heading or note of that name"


def resolve(target: str, path: str, files: Mapping[str, str]) -> str | None:
    """Return the address that *target* leads to, as written in the file *path*.

    A target is the name of an alert or standing page (`2020-12-02-nigeria.md#note`), relative to the file or, with a
    leading slash, to the site folder; or an address (`/countries/sudan/`); or an anchor on the same page. *files*
    gives the address of each published file. None means that no such file is published; whether there is a page at
    an address is not known here.
    """
    place, mark, fragment = unquote(target).partition("#")
    place, question, query = place.partition("?")
    rest = question + query + mark + fragment
    if not place:
        return files[path] + rest
    file = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), place)).lstrip("/")
    if file not in files and not file.isascii():
        file = _as_on_disk(file, files)
    if file in files:
        return files[file] + rest
    if not place.startswith("/") or place.endswith(".md"):
        return None
    return urls.slashed(place) + rest


def _as_on_disk(file: str, files: Iterable[str]) -> str:
    """Return *file* as it is spelled among *files*: a disk may store accents in another way than they are typed."""
    typed = normalize("NFC", file)
    return next((path for path in files if not path.isascii() and normalize("NFC", path) == typed), file)


def addresses(text: Alert | StandingPage, bulletin: Bulletin) -> tuple[str, ...]:
    """Return where each link of *text* leads; a link that leads nowhere stays as it was written."""
    return tuple(resolve(link.target, text.path, bulletin.files) or link.target for link in text.links)


def unresolved(
    texts: Sequence[Alert | StandingPage],
    files: Mapping[str, str],
    outputs: Iterable[Output],
    faulty: Iterable[Faulty] = (),
) -> tuple[tuple[Link, str], ...]:
    """Return the links of *texts*, which lie at *files*, that lead nowhere among *outputs*, each with the reason.

    Those of *faulty* texts are among them, but for links to their own headings, which nobody knows yet.
    """
    known = {output.address for output in outputs}
    at = {files[text.path]: text for text in texts}

    @cache
    def anchors(address: str) -> frozenset[str] | None:
        return frozenset(_ids(at[address])) if address in at else None

    return tuple(
        (link, reason)
        for text in (*texts, *faulty)
        for link in text.links
        if (reason := _reason(link.target, text, files, known, anchors))
    )


def _reason(
    target: str,
    text: Alert | StandingPage | Faulty,
    files: Mapping[str, str],
    known: set[str],
    anchors: Callable[[str], frozenset[str] | None],
) -> str:
    """Return why *target* leads nowhere; empty when it leads somewhere, or that cannot be known yet."""
    if not target:
        return NO_ADDRESS
    if isinstance(text, Faulty) and unquote(target).startswith(("#", "?")):
        return ""
    return _fault(resolve(target, text.path, files), known, anchors)


def _fault(address: str | None, known: set[str], anchors: Callable[[str], frozenset[str] | None]) -> str:
    if address is None:
        return NO_FILE
    place, _, fragment = address.partition("#")
    place = place.partition("?")[0]
    if place not in known:
        return NO_PAGE
    there = anchors(place) if fragment else None
    return NO_ANCHOR if there is not None and fragment not in there else ""


def _ids(text: Alert | StandingPage) -> Iterator[str]:
    """Element ids that the text itself gives to its page."""
    prose: tuple[Prose, ...] = (text.prose,) if isinstance(text, StandingPage) else (text.lead,)
    if isinstance(text, Alert):
        yield from (situation.anchor for situation in text.situations)
        prose += tuple(situation.prose for situation in text.situations)
    yield from chain.from_iterable(map(anchors_of, prose))
