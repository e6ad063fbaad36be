"""Alerts without an id of their own whose files have exchanged their names, and with these their addresses and ids."""

from collections.abc import Mapping

from alertgen import urls
from alertgen.model import Alert, LedgerEntry, StandingPage


def exchanged_homes(texts: Mapping[str, Alert | StandingPage], entries: Mapping[str, LedgerEntry]) -> dict[str, str]:
    """Return where alerts were published that are at each other's addresses, since their files have changed names.

    At its address none of its situations was published, but all of them at that of another to which the same happens.
    Each is looked for under the anchor that it would get if it were new.
    """
    astray = {
        address: (text, entry)
        for address, text in texts.items()
        if isinstance(text, Alert) and (entry := entries.get(address)) and entry.anchors and entry.id == text.id
        if not _is_at_home(text, entry)
    }
    homes = {
        address: home
        for address, (text, _) in astray.items()
        if (home := next((home for home, (_, entry) in astray.items() if _has_all(text, entry)), ""))
    }
    while open_ended := [address for address, home in homes.items() if home not in homes]:
        for address in open_ended:  # it says what another said, who is nowhere: an alert that was written anew
            del homes[address]
    return homes


def _is_at_home(alert: Alert, entry: LedgerEntry) -> bool:
    """Tell whether a situation of *alert* was published at the address of *entry*; for most, a glance will do."""
    known = [anchor for anchor, _ in entry.anchors]
    plain = [f"-{situation.headline.lower().replace(' ', '-')}" for situation in alert.situations]
    if any(f"-{anchor}".endswith(headline) for headline in plain for anchor in known):
        return True
    return not _new_anchors(alert).isdisjoint(known)


def _new_anchors(alert: Alert) -> set[str]:
    return {urls.anchor(situation.headline, situation.countries) for situation in alert.situations}


def _has_all(alert: Alert, entry: LedgerEntry) -> bool:
    return bool(alert.situations) and _new_anchors(alert) <= {anchor for anchor, _ in entry.anchors}
