"""What is to be said of the PDF and office files among the static files of a site."""

from collections.abc import Collection, Iterator
from pathlib import Path

from alertgen import STATICS, WITHHELD
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes
from alertgen.frozen import freeze
from alertgen.kinds import is_paper
from alertgen.load.papers.paper import Named, Paper
from alertgen.load.people.withheld import CODE, Withheld
from alertgen.load.remembered.memory import key_of, recalled
from alertgen.model import Theme
from alertgen.records import dataclass
from alertgen.store import Store
from alertgen.text import listed

_MOST_TOLD = 6
"""So many people are named of one file."""
_CLEARED = "under `cleared` in site.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Findings:
    """What a file says, without its texts."""

    kind: str
    named: tuple[Named, ...]
    closed: str
    unread: tuple[str, ...]
    withheld: bool
    """A name that must not be published stands in it."""


def papers_in(
    root: Path, theme: Theme, withheld: Withheld, cleared: Collection[str], store: Store
) -> tuple[Diagnostic, ...]:
    """Find what endangers people in those static files of the *theme* that belong to the site at *root*.

    What is *cleared* may be published: names of people, and the paths of files that nobody but people can read.
    """
    found: list[Diagnostic] = []
    for file in theme.statics:
        path = f"{STATICS}/{file.path}"
        if is_paper(file.content) and (root / path).is_file():
            found += _told(path, _findings(file.content, withheld, store), cleared, listing=bool(withheld))
    return tuple(found)


def _findings(content: bytes, withheld: Withheld, store: Store) -> _Findings:
    """Return what *content* says; what holds a withheld name is remembered nowhere."""
    key = key_of("paper", withheld.digest, digest_bytes(content))
    known = recalled(store, [key], _Findings).get(key)
    if known:
        return known
    from alertgen.load.papers.opening import open_paper  # here, since most sites have no such file

    paper = open_paper(content)
    assert paper is not None, key
    found = _found(paper, withheld)
    if not found.withheld:
        store.put(key, freeze(found))
        store.keep_alive(key, found)
    return found


def _found(paper: Paper, withheld: Withheld) -> _Findings:
    texts = (*paper.texts, *(named.who for named in paper.named))
    return _Findings(
        kind=paper.kind,
        named=tuple(paper.named),
        closed=paper.closed,
        unread=tuple(paper.unread),
        withheld=bool(withheld) and any(map(withheld.stands_in, texts)),
    )


def _told(path: str, found: _Findings, cleared: Collection[str], *, listing: bool) -> Iterator[Diagnostic]:
    at = Place(path)
    if found.withheld:
        message = f"a name from {WITHHELD} stands in this {found.kind}"
        hint = "take it out of the document and save the file again; reports never show which name it is"
        yield problem(CODE, message, at, hint=hint)
    known = {one.casefold() for one in cleared}
    people = [named for named in found.named if (named.who or path).casefold() not in known]
    if people:
        yield _names_people(at, found.kind, people)
    if found.closed and path not in cleared:
        message = f"nobody can tell whom this {found.kind} names: {found.closed}"
        hint = f"save it as a PDF without a password; if you know that it may be published, write {path} {_CLEARED}"
        yield problem("static-file-not-bare", message, at, hint=hint)
    elif found.unread and listing and path not in cleared:
        unread = listed(found.unread, "and")
        message = f"not all of this {found.kind} can be searched for the names of {WITHHELD}: {unread}"
        hint = f"look through it yourself; once you have, write {path} {_CLEARED}"
        yield problem("unsearched-file", message, at, hint=hint)


def _names_people(at: Place, kind: str, people: list[Named]) -> Diagnostic:
    told = [f"{named.who} ({named.what})" if named.who else named.what for named in people]
    more = [f"{len(told) - _MOST_TOLD} more"] if len(told) > _MOST_TOLD else []
    message = (
        f"this {kind} is published as it is, and its hidden data say: {listed((*told[:_MOST_TOLD], *more), 'and')}"
    )
    hint = f"save it without properties, comments and tracked changes; list who may be named {_CLEARED}"
    return problem("static-file-not-bare", message, at, hint=hint)
