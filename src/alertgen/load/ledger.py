"""The ledger: every address and feed id ever published."""

import datetime
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alertgen import LEDGER
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.disk.decoding import AS_UTF8, looks_like_utf16
from alertgen.load.disk.files import read_bytes
from alertgen.model import Ledger, LedgerEntry
from alertgen.patterns import late
from alertgen.records import replace
from alertgen.text import listed

MOST_BYTES = 64 * 1024 * 1024


_FAULTS = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, OSError)
"""What comes of reading something that is no ledger."""
_MOST_LINES = 9
"""That somebody may be asked to delete by hand."""
_FIRST, _LAST = '{"version": 1, "addresses": {', "}}"
"""The lines around those of the addresses, as `write/ledger.py` writes them."""
_MARKS = late(rb"^(?:<{7}|\|{7}|={7}|>{7})[ \r\n]", re.MULTILINE)
"""How the lines begin that Git puts between two versions."""


class UnsupportedLedgerError(ValueError):
    """A ledger of a version that this program does not know."""


def read_ledger(root: Path) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Read the ledger of the site at *root*. A site without one has published nothing yet."""
    if not (root / LEDGER).exists():
        return Ledger(), ()
    content = read_bytes(root, LEDGER, MOST_BYTES)
    if isinstance(content, Diagnostic):
        return Ledger(), (content,)
    try:
        return Ledger(entries=_entries(content)), ()
    except _FAULTS as error:
        at = Place(LEDGER, error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else Place(LEDGER)
        message, hint = _unreadable(content, error)
        return Ledger(), (problem("unreadable-ledger", message, at, hint=hint),)


def _unreadable(content: bytes, error: Exception) -> tuple[str, str]:
    """Return what is wrong with a ledger, and what to do; *error* is what came of reading its *content*."""
    if isinstance(error, UnsupportedLedgerError):
        message = "the ledger of published addresses was written by a newer alertgen"
        hint = (
            "use that alertgen here, too: install the one that your colleagues have, or the version in "
            "requirements.txt; leave the file as it is"
        )
        return message, hint
    if _MARKS.search(content):
        message = "Git has left the marks of a conflict in the ledger of published addresses"
        marks = "<<<<<<<, |||||||, =======" if b"\n|||||||" in content else "<<<<<<<, ======="
        return message, f"delete the lines that begin with {marks} or >>>>>>> and keep all others"
    if looks_like_utf16(content):
        return "the ledger of published addresses is saved as UTF-16, which is not read here", AS_UTF8
    hint = (
        "put an older copy of it in its place, from a backup or from Git: it keeps addresses and feed ids from changing"
    )
    return "the ledger of published addresses cannot be read", f"{hint}\nif there is none, {_without_a_copy(content)}"


def _without_a_copy(content: bytes) -> str:
    """Return what saves most of a ledger of which there is no older copy. Each line is an entry of its own."""
    lines = [line.strip() for line in content.decode(errors="replace").removeprefix("\ufeff").rstrip().split("\n")]
    wrong = [str(number) for number, line in enumerate(lines, 1) if not _is_sound(line)]
    steps = [f"delete line{'s' * (len(wrong) > 1)} {listed(wrong, 'and')} of it"] if wrong else []
    steps += [f"write {_LAST} as its last line"] if lines[-1] != _LAST else []
    if lines[0] != _FIRST or not steps or len(wrong) > _MOST_LINES:
        return (
            "delete it: the next build records what is published now, but nobody can tell any more what was renamed or "
            "taken down before"
        )
    return listed(steps, "and")


def _is_sound(line: str) -> bool:
    """Tell whether *line* of a ledger can be read by itself."""
    line = line.strip(",")
    try:
        return line in ("", _FIRST, _LAST) or bool(_entries(f"{_FIRST}{line}{_LAST}".encode()))
    except _FAULTS:
        return False


def united(ledger: Ledger, content: bytes) -> Ledger:
    """Return *ledger* with all that another one says, of which *content* is the text.

    What it says of numbers stays as it is: of one that the other build has changed, nobody may have been told.

    Raises:
        ValueError: *content* is no ledger.
    """
    entries = {entry.address: entry for entry in ledger.entries}
    for entry in _entries(content):
        old = entries.get(entry.address, entry)
        entries[entry.address] = replace(_merged(old, entry), numbers=old.numbers or entry.numbers)
    return Ledger(entries=tuple(entries[address] for address in sorted(entries)))


def _entries(content: bytes) -> tuple[LedgerEntry, ...]:
    record = dict(_parsed(content.decode("utf-8-sig")))
    if record["version"] != 1:
        raise UnsupportedLedgerError(record["version"])
    entries: dict[str, LedgerEntry] = {}
    for address, values in record["addresses"]:
        entry = _entry(address, dict(values))
        entries[address] = _merged(entries[address], entry) if address in entries else entry
    return tuple(entries[address] for address in sorted(entries))


def _parsed(text: str) -> Any:
    """Return the JSON *text*, objects as pairs.

    Where both branches of a merge have written the whole file, or another first address, Git puts their lines one below
    the other as they are: then the first and last line stand twice, or a comma is missing. What is read are the lines.
    """
    try:
        return json.loads(text, object_pairs_hook=tuple)
    except json.JSONDecodeError:
        lines = [line.strip().strip(",") for line in text.strip().split("\n")]
        if (lines[0], lines[-1]) != (_FIRST, _LAST):
            raise
        entries = "\n,".join(line for line in lines if line not in ("", _FIRST, _LAST))
        with suppress(json.JSONDecodeError):
            return json.loads(f"{_FIRST}\n{entries}\n{_LAST}", object_pairs_hook=tuple)
        raise


def _entry(address: str, values: dict[str, Any]) -> LedgerEntry:
    return LedgerEntry(
        address=address,
        id=str(values.get("id", "")),
        first=datetime.date.fromisoformat(values["first"]),
        anchors=_pairs(values.get("anchors", ())),
        headings=_pairs(values.get("headings", ())),
        gone=tuple(sorted({str(key) for key in values.get("gone", ())})),
        corrections=tuple(sorted((str(mark), int(number)) for mark, number in values.get("corrections", ()))),
        numbers=tuple(sorted({int(number) for number in values.get("numbers", ())})),
        lang=str(values.get("lang", "")),
        timezones=tuple(sorted((str(first), ZoneInfo(zone).key) for first, zone in values.get("timezones", ()))),
    )


def _pairs(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict(sorted((str(name), str(key)) for name, key in found)).items())


def _merged(one: LedgerEntry, other: LedgerEntry) -> LedgerEntry:
    """Take two entries of one address as one: both branches of a Git merge may have added it. The older one leads."""
    older, younger = sorted((one, other), key=lambda entry: entry.first)
    anchors = dict(younger.anchors) | dict(older.anchors)
    headings = dict(younger.headings) | dict(older.headings)
    corrections = dict(younger.corrections) | dict(older.corrections)
    return replace(
        older,
        id=older.id or younger.id,
        lang=older.lang or younger.lang,
        timezones=tuple(sorted((dict(younger.timezones) | dict(older.timezones)).items())),
        anchors=tuple(sorted(anchors.items())),
        headings=tuple(sorted(headings.items())),
        gone=tuple(sorted({*older.gone, *younger.gone})),
        corrections=tuple(sorted(corrections.items())),
        numbers=tuple(sorted({*older.numbers, *younger.numbers})),
    )
