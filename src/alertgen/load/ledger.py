"""The ledger: every address and feed id ever published."""

import datetime
import json
from pathlib import Path

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.files import read_bytes
from alertgen.model import Ledger, LedgerEntry

NAME = "published.json"
_MOST_BYTES = 64 * 1024 * 1024


def read_ledger(root: Path) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Read the ledger of the site at *root*. A site without one has published nothing yet."""
    if not (root / NAME).exists():
        return Ledger(), ()
    content = read_bytes(root, NAME, _MOST_BYTES)
    if isinstance(content, Diagnostic):
        return Ledger(), (content,)
    try:
        return Ledger(entries=_entries(content)), ()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"the ledger of published addresses cannot be read: {error}"
        hint = "restore it from version control; it is what keeps addresses and feed ids from changing"
        return Ledger(), (problem("unreadable-ledger", message, Place(NAME), hint=hint),)


def _entries(content: bytes) -> tuple[LedgerEntry, ...]:
    record = json.loads(content.decode("utf-8-sig"))
    if record["version"] != 1:
        raise ValueError(f"its version is {record['version']}, not 1")
    return tuple(
        LedgerEntry(address=address, id=str(entry.get("id", "")), first=datetime.date.fromisoformat(entry["first"]))
        for address, entry in sorted(record["addresses"].items())
    )
