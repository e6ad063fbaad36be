"""Alerts without an id of their own that are at each other's addresses, and so have each other's feed ids."""

from collections.abc import Collection, Mapping

from alertgen import urls
from alertgen.model import Alert, LedgerEntry, StandingPage

Texts = Mapping[str, Alert | StandingPage]
Entries = Mapping[str, LedgerEntry]


def exchanged_homes(texts: Texts, entries: Entries, gone: Collection[str]) -> dict[str, str]:
    """Return where alerts were published that are at the addresses of others, since their files have changed names.

    At its address none of its situations was published, but all of them, or some, at that of another to which the same
    happens, or all at an address of *gone*, where nothing would be any more. Each is looked for under the anchor that
    it would get if it were new.
    """
    astray = {
        address: (text, entry)
        for address, text in texts.items()
        if isinstance(text, Alert) and (entry := entries.get(address)) and entry.anchors and entry.id == text.id
        if not is_at_home(text, entry)
    }
    left = [*astray, *(address for address in gone if entries[address].id)] if astray else []
    homes = {}
    for address, (text, _) in astray.items():
        all_there = (home for home in left if has_all(text, entries[home]))
        some_there = (home for home in astray if is_at_home(text, entries[home]))
        if home := next(all_there, "") or next(some_there, ""):
            homes[address] = home
    while open_ended := [address for address, home in homes.items() if home not in homes and home not in gone]:
        for address in open_ended:  # it says what another said, who is nowhere: an alert that was written anew
            del homes[address]
    return homes


def is_at_home(alert: Alert, entry: LedgerEntry) -> bool:
    """Tell whether a situation of *alert* was published at the address of *entry*; for most, a glance will do."""
    known = [anchor for anchor, _ in entry.anchors]
    plain = [f"-{situation.headline.lower().replace(' ', '-')}" for situation in alert.situations]
    if any(f"-{anchor}".endswith(headline) for headline in plain for anchor in known):
        return True
    return not _new_anchors(alert).isdisjoint(known)


def _new_anchors(alert: Alert) -> set[str]:
    return {urls.anchor(situation.headline, situation.countries) for situation in alert.situations}


def has_all(alert: Alert, entry: LedgerEntry) -> bool:
    """Tell whether all situations of *alert* were published at the address of *entry*."""
    return bool(alert.situations) and _new_anchors(alert) <= {anchor for anchor, _ in entry.anchors}
