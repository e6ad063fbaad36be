"""What a publication adds to the ledger."""

import datetime
import re
from collections.abc import Container
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.model import Alert, Ledger, LedgerEntry, Site
from alertgen.outputs import FeedFile, Output, Page, Plan
from alertgen.records import replace


def updated_ledger(ledger: Ledger, site: Site, plan: Plan, today: datetime.date) -> Ledger:
    """Return *ledger* with everything that *plan* publishes for the first time, *today*.

    Nothing in a ledger is ever changed or removed, but an address without an id gets the id of an alert that comes to
    live there, a page gets the anchors of new situations and the numbers of new corrections, a reworded correction or
    heading is known by its new words, a situation that was taken out as gone, an alert has the number of today where it
    is today, and the home page gets the language, the first address and the time zones of the site. What *site* has
    given up is forgotten.
    """
    alerts = {urls.alert(alert, site.config.languages[0]): alert for alert in site.alerts}
    ids = {alert.id for alert in alerts.values()}
    known = {entry.address: _moved_from(_without(site.given_up, entry), ids) for entry in ledger.entries}
    lasting = [output.address for output in plan.outputs if is_lasting(output)]
    for address in lasting:
        old = known.get(address) or LedgerEntry(address=address, id="", first=today)
        known[address] = _completed(old, alerts.get(address))
    home = known.get(urls.home())
    if home:
        known[home.address] = replace(
            home,
            id=home.id or _lasting_id(site.config.base_url),
            lang=home.lang or site.config.languages[0],
            timezones=site.timezones,
        )
    forgotten = site.given_up.difference(lasting)
    return Ledger(entries=tuple(known[address] for address in sorted(known) if address not in forgotten))


_NOBODYS = re.compile(r"(.*\.)?(example(\.(com|net|org))?|test|invalid|localhost)|[\d.]+|.*:.*")
"""Hosts that many sites begin with: those for examples (RFC 2606), and computers without a name."""


def _lasting_id(base_url: str) -> str:
    """Return what the ids of feeds begin with for ever; nothing while the address of the site is not its own."""
    return "" if _NOBODYS.fullmatch(urlsplit(base_url).hostname or "") else base_url


def _without(given_up: frozenset[str], entry: LedgerEntry) -> LedgerEntry:
    """Return *entry* without the id, the anchors and the headings that are *given_up*."""
    if given_up.isdisjoint((entry.id, *(name for name, _ in (*entry.anchors, *entry.headings)))):
        return entry
    anchors, headings = (
        tuple((name, key) for name, key in pairs if name not in given_up) for pairs in (entry.anchors, entry.headings)
    )
    return replace(entry, id="" if entry.id in given_up else entry.id, anchors=anchors, headings=headings)


def _moved_from(entry: LedgerEntry, ids: Container[str]) -> LedgerEntry:
    """Return *entry* without the number of its alert, if that is one of *ids*: it is noted where the alert is now."""
    return replace(entry, numbers=()) if entry.numbers and entry.id in ids else entry


def is_lasting(output: Output) -> bool:
    """Tell whether the address of *output* is one that others cite or subscribe to.

    Not so: files for machines that belong to a page or name their content, further pages of the archive, whose content
    moves on every week, the search page, and the page for what is not there.
    """
    return output.lasting if isinstance(output, Page) else isinstance(output, FeedFile)


def _completed(entry: LedgerEntry, alert: Alert | None) -> LedgerEntry:
    if alert is None:
        return entry
    here = {situation.anchor: situation.key for situation in alert.situations}
    anchors = here | dict(entry.anchors)
    return LedgerEntry(
        address=entry.address,
        id=entry.id or alert.id,
        first=entry.first,
        anchors=tuple(sorted(anchors.items())),
        headings=tuple(sorted(_headings(entry, alert).items())),
        gone=tuple(sorted({*anchors.values()}.difference(here.values()))),
        corrections=tuple(sorted(_numbers(entry, alert).items())),
        numbers=() if alert.number is None else (alert.number,),
    )


def _headings(entry: LedgerEntry, alert: Alert) -> dict[str, str]:
    """Return the keys of situations by what their anchors would be, beside those that are no more."""
    here = {situation.key for situation in alert.situations}
    return {name: key for name, key in entry.headings if key not in here} | dict(urls.reworded_headings(alert))


def _numbers(entry: LedgerEntry, alert: Alert) -> dict[str, int]:
    """Return the numbers of corrections by their marks. Old words lose theirs, or two corrections could claim one."""
    here = {note.mark: note.number for note in alert.corrections}
    taken = {(_day(mark), number) for mark, number in here.items()}
    return {mark: number for mark, number in entry.corrections if (_day(mark), number) not in taken} | here


def _day(mark: str) -> str:
    return mark.partition(" ")[0]
