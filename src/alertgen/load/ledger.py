"""The ledger: every address and feed id ever published."""

import datetime
import json
from pathlib import Path
from typing import Any

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.files import read_bytes
from alertgen.model import Ledger, LedgerEntry
from alertgen.records import replace

NAME = "published.json"
MOST_BYTES = 64 * 1024 * 1024


class UnsupportedLedgerError(ValueError):
    """A ledger of a version that this program does not know."""


def read_ledger(root: Path) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Read the ledger of the site at *root*. A site without one has published nothing yet."""
    if not (root / NAME).exists():
        return Ledger(), ()
    content = read_bytes(root, NAME, MOST_BYTES)
    if isinstance(content, Diagnostic):
        return Ledger(), (content,)
    try:
        return Ledger(entries=_entries(content)), ()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        at = Place(NAME, error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else Place(NAME)
        message = "the ledger of published addresses cannot be read"
        if isinstance(error, UnsupportedLedgerError):
            message = "the ledger of published addresses was written by a newer alertgen"
        hint = (
            "put an older copy of it in its place, from a backup or from Git: it keeps addresses and feed ids from "
            "changing; delete it only if nothing was ever published"
        )
        if b"\n<<<<<<<" in content:
            message = "Git has left the marks of a conflict in the ledger of published addresses"
            hint = "delete the lines that begin with <<<<<<<, ======= or >>>>>>> and keep all others"
        return Ledger(), (problem("unreadable-ledger", message, at, hint=hint),)


def united(ledger: Ledger, content: bytes) -> Ledger:
    """Return *ledger* with all that another one says, of which *content* is the text.

    Raises:
        ValueError: *content* is no ledger.
    """
    entries = {entry.address: entry for entry in ledger.entries}
    for entry in _entries(content):
        entries[entry.address] = _merged(entries.get(entry.address, entry), entry)
    return Ledger(entries=tuple(entries[address] for address in sorted(entries)))


def _entries(content: bytes) -> tuple[LedgerEntry, ...]:
    record = dict(json.loads(content.decode("utf-8-sig"), object_pairs_hook=tuple))
    if record["version"] != 1:
        raise UnsupportedLedgerError(record["version"])
    entries: dict[str, LedgerEntry] = {}
    for address, values in record["addresses"]:
        entry = _entry(address, dict(values))
        entries[address] = _merged(entries[address], entry) if address in entries else entry
    return tuple(entries[address] for address in sorted(entries))


def _entry(address: str, values: dict[str, Any]) -> LedgerEntry:
    return LedgerEntry(
        address=address,
        id=str(values.get("id", "")),
        first=datetime.date.fromisoformat(values["first"]),
        anchors=tuple(dict(sorted((str(anchor), str(key)) for anchor, key in values.get("anchors", ()))).items()),
        corrections=tuple(sorted((str(mark), int(number)) for mark, number in values.get("corrections", ()))),
        lang=str(values.get("lang", "")),
    )


def _merged(one: LedgerEntry, other: LedgerEntry) -> LedgerEntry:
    """Take two entries of one address as one: both branches of a Git merge may have added it. The older one leads."""
    older, younger = sorted((one, other), key=lambda entry: entry.first)
    anchors = dict(younger.anchors) | dict(older.anchors)
    corrections = dict(younger.corrections) | dict(older.corrections)
    return replace(
        older,
        id=older.id or younger.id,
        lang=older.lang or younger.lang,
        anchors=tuple(sorted(anchors.items())),
        corrections=tuple(sorted(corrections.items())),
    )
