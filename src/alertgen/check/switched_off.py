"""Addresses that go with a line of site.yaml: those in a language, those of a risk tag, the feeds of a level."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from alertgen import SITE_FILE
from alertgen.check.held_again import at_its_key, way_back
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.model import Held, LedgerEntry, Site
from alertgen.patterns import late
from alertgen.text import counted, listed

_OF_LANGUAGE = re.compile(r"/([^/]+)/alerts/")
"""A list that every language has in which anything is published."""
_OF_TERM = late(r"(?:/[^/]+)?/(levels|risks)/([^/]+)/.*")
_KEYS = {"levels": "levels", "risks": "risk_tags"}
_KEPT = {
    "levels": "one that is not in use any more stays there, with the last month in which it was: `until: 2023-03`",
    "risks": "the alerts that had it keep it, too",
}


Moved = Callable[[LedgerEntry], bool]
"""Tells whether an alert seems to live elsewhere now."""


def switched_off(
    lost: Sequence[LedgerEntry], site: Site, held: Mapping[Held, Sequence[LedgerEntry]], has_moved: Moved
) -> tuple[tuple[Diagnostic, ...], frozenset[str]]:
    """Tell which of the *lost* entries of the ledger *site* has no language or term for; return their addresses, too.

    Alerts that live elsewhere now are left out, and so are those that had a term: they have files of their own. *held*
    is what of them is held back, by what holds it.
    """
    told: dict[str, Diagnostic] = {}
    for lang, entries in _by_language(lost, has_moved):
        told |= dict.fromkeys([entry.address for entry in entries], _of_language(lang, entries, site, held))
    for (kind, slug), entries in _by_term([entry for entry in lost if entry.address not in told], site).items():
        told |= dict.fromkeys([entry.address for entry in entries], _of_term(kind, slug, entries))
    return tuple(dict.fromkeys(told.values())), frozenset(told)


def _by_language(lost: Sequence[LedgerEntry], has_moved: Moved) -> Iterator[tuple[str, list[LedgerEntry]]]:
    for entry in lost:
        if found := _OF_LANGUAGE.fullmatch(entry.address):
            of_language = [one for one in lost if one.address.startswith(f"/{found[1]}/")]
            yield found[1], [one for one in of_language if not (one.id and has_moved(one))]


def _by_term(lost: Sequence[LedgerEntry], site: Site) -> dict[tuple[str, str], list[LedgerEntry]]:
    known = {("levels", level.slug) for level in site.config.levels} | {("risks", tag.slug) for tag in site.risk_tags}
    found: dict[tuple[str, str], list[LedgerEntry]] = {}
    for entry in lost:
        term = _OF_TERM.fullmatch(entry.address)
        if term and (term[1], term[2]) not in known:
            found.setdefault((term[1], term[2]), []).append(entry)
    return found


def _of_language(
    lang: str, entries: Sequence[LedgerEntry], site: Site, held: Mapping[Held, Sequence[LedgerEntry]]
) -> Diagnostic:
    others = counted(len(entries) - 1, "other address", "other addresses")
    message = (
        f"/{lang}/ was published on {entries[0].first} and would not be there any more, nor would {others} in it: "
        "alerts, pages, lists and feeds"
    )
    forget = f"alertgen forget /{lang}/"
    waiting = ((one, entry) for one, those in held.items() for entry in those if entry in entries)
    if lang in site.config.languages and (first := next(waiting, None)):
        fault = problem("vanished-address", message, Place(first[0].path), hint=way_back(*first, forget))
        return at_its_key(fault, first[0])
    hint = f"write {lang} among the `languages` again; its texts stay as they are, also if no new ones are added"
    if lang in site.config.languages:
        hint = f"no text in {lang} is left: bring its files back; they stay as they are, also if no new ones are added"
    hint += (
        f"\nif all of it must go: leave {lang} out of the `languages`, type this and build again; readers and feed "
        f"readers who have one of these addresses then find nothing:\n{forget}"
    )
    return at_key(problem("vanished-address", message, Place(SITE_FILE), hint=hint), "languages")


def _of_term(kind: str, slug: str, entries: Sequence[LedgerEntry]) -> Diagnostic:
    addresses = listed([entry.address for entry in entries], "and")
    key = _KEYS[kind]
    message = f'"{slug}" is not among the `{key}` any more; what was published of it would be gone: {addresses}'
    hint = f"let one of the `{key}` have `slug: {slug}` again; its `name`, which readers see, may change\n{_KEPT[kind]}"
    return at_key(problem("vanished-address", message, Place(SITE_FILE), hint=hint), key)
