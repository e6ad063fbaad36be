"""Alerts that have the address, or the feed id, of another one that has moved: readers would take the two for one."""

from collections.abc import Iterator

from alertgen.check.exchanges import Entries, Texts, has_all, is_at_home
from alertgen.model import Alert, LedgerEntry


def doubles(texts: Texts, entries: Entries) -> dict[str, str]:
    """Return the addresses of alerts that would be taken for another one, and where that one is now."""
    return dict(_replaced(texts, entries)) | dict(_of_one_id(texts, entries))


def _of_one_id(texts: Texts, entries: Entries) -> Iterator[tuple[str, str]]:
    """Find alerts with one feed id, which none of them has typed: `load/together/twins.py` tells of those.

    They have come to the old address of the one that was published, or use the name of its old file. Which that is, is
    told by the anchors of its situations, by its number, by its being at an address that is known, and by its date.
    """
    bearers: dict[str, list[tuple[str, Alert]]] = {}
    for address, text in texts.items():
        if isinstance(text, Alert):
            bearers.setdefault(text.id, []).append((address, text))
    for name, alerts in bearers.items():
        if len(alerts) > 1:
            published = [entry for entry in entries.values() if entry.id == name]
            (first, _), *others = sorted(alerts, key=lambda pair: _strangeness(pair[0], pair[1], published))
            yield from ((address, first) for address, _ in others)


def _strangeness(address: str, alert: Alert, published: list[LedgerEntry]) -> tuple[object, ...]:
    """Return what is less for an alert that was *published* than for one that has only its feed id."""
    at_home = any(is_at_home(alert, entry) for entry in published if entry.anchors)
    numbered = any(alert.number in entry.numbers for entry in published)
    known = any(address == entry.address for entry in published)
    return not at_home, not numbered, not known, alert.date, address


def _replaced(texts: Texts, entries: Entries) -> Iterator[tuple[str, str]]:
    """Find alerts at the address of one that has gone to a new address, where it has lost its feed id.

    That one is known for sure by its number together with the anchors of all of its situations.
    """
    new = {
        text.number: (address, text)
        for address, text in texts.items()
        if isinstance(text, Alert) and text.number is not None and address not in entries
    }
    for address, text in texts.items() if new else ():
        entry = entries.get(address)
        if isinstance(text, Alert) and entry and text.number not in entry.numbers and text.id == entry.id:
            moved = next((new[number] for number in entry.numbers if number in new), None)
            if moved and moved[1].stem != text.stem and has_all(moved[1], entry) and not is_at_home(text, entry):
                yield address, moved[0]
