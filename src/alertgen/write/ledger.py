"""The record of every address and feed id that was ever published: `published.json`.

The layout is made for Git. Each address has a line of its own, the lines are sorted, and a comma begins a line rather
than ends the one before, so that a new address never changes another line. With `published.json merge=union` in
`.gitattributes` two branches that each add alerts merge without a conflict, and the result is sound JSON; an address
that both have added then stands twice, which readers must take as one (`merged`).
"""

import datetime
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from alertgen import urls
from alertgen.model import Alert, Ledger, LedgerEntry, Site
from alertgen.outputs import ArchiveView, FeedFile, NotFoundView, Output, Page, Plan, SearchView
from alertgen.write.tree import sync_folder, write_new
from alertgen.write.trouble import in_words


def updated_ledger(ledger: Ledger, site: Site, plan: Plan, today: datetime.date) -> Ledger:
    """Return *ledger* with everything that *plan* publishes for the first time, *today*.

    Nothing in a ledger is ever changed or removed, but an address without an id gets the id of an alert that comes to
    live there, and a page gets the anchors of new situations.
    """
    alerts = {urls.alert(alert, site.config.languages[0]): alert for alert in site.alerts}
    known = {entry.address: entry for entry in ledger.entries}
    for output in plan.outputs:
        if is_lasting(output):
            old = known.get(output.address) or LedgerEntry(address=output.address, id="", first=today)
            known[output.address] = _completed(old, alerts.get(output.address))
    return Ledger(entries=tuple(known[address] for address in sorted(known)))


def is_lasting(output: Output) -> bool:
    """Tell whether the address of *output* is one that others cite or subscribe to.

    Not so: files for machines that belong to a page or name their content, further pages of the archive, whose content
    moves on every week, the search page, and the page for what is not there.
    """
    if isinstance(output, Page):
        further = isinstance(output.view, ArchiveView) and output.view.pager.number > 1
        return not further and not isinstance(output.view, NotFoundView | SearchView)
    return isinstance(output, FeedFile)


def ledger_text(ledger: Ledger) -> str:
    """Return the content of `published.json` for *ledger*."""
    return '{"version": 1, "addresses": {\n' + "\n,".join(_lines(ledger.entries)) + "\n}}\n"


def write_ledger(file: Path, ledger: Ledger) -> bool:
    """Make *file* say what *ledger* says, at once; return False, with nothing done, when it does already.

    Raises:
        MachineError: the system refuses it; *file* is as it was.
    """
    content = ledger_text(ledger).encode()
    with in_words(f"Cannot write {file.name}", "The new site is in place; build again to have its addresses recorded."):
        if file.exists() and file.read_bytes() == content:
            return False
        temporary = file.with_name(f".{file.name}.alertgen-new")
        temporary.unlink(missing_ok=True)
        try:
            write_new(temporary, content, sync=True)
            os.replace(temporary, file)  # noqa: PTH105
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(file.parent)
    return True


def _completed(entry: LedgerEntry, alert: Alert | None) -> LedgerEntry:
    if alert is None:
        return entry
    here = ((situation.anchor, situation.key) for situation in alert.situations if not situation.whole)
    anchors = dict(here) | dict(entry.anchors)
    return replace(entry, id=entry.id or alert.id, anchors=tuple(sorted(anchors.items())))


def _lines(entries: Iterable[LedgerEntry]) -> Iterator[str]:
    for entry in entries:
        anchors = {"anchors": dict(entry.anchors)} if entry.anchors else {}
        values = {"id": entry.id, "first": entry.first.isoformat()} | anchors
        yield f"{json.dumps(entry.address, ensure_ascii=False)}: {json.dumps(values, ensure_ascii=False)}"
