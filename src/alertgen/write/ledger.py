"""The record of every address and feed id that was ever published: `published.json`.

The layout is made for Git. Each address has a line of its own, the lines are sorted, and a comma begins a line rather
than ends the one before, so that a new address never changes another line. With `published.json merge=union` in
`.gitattributes` two branches that each add alerts merge without a conflict, and the result is sound JSON; an address
that both have added then stands twice, which readers must take as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from alertgen.write.replacing import replace_file
from alertgen.write.trouble import in_words

if TYPE_CHECKING:  # see decide
    from alertgen.model import Ledger, LedgerEntry


@lru_cache(maxsize=1)  # it is put aside, written, and noted
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
        replace_file(file, content)
    return True


def _lines(entries: Iterable[LedgerEntry]) -> Iterator[str]:
    for entry in entries:
        optional = {
            "lang": entry.lang,
            "timezones": dict(entry.timezones),
            "numbers": entry.numbers,
            "anchors": dict(entry.anchors),
            "headings": dict(entry.headings),
            "gone": entry.gone,
            "corrections": dict(entry.corrections),
        }
        values: dict[str, object] = {"id": entry.id, "first": entry.first.isoformat()}
        values |= {name: value for name, value in optional.items() if value}
        yield f"{json.dumps(entry.address, ensure_ascii=False)}: {json.dumps(values, ensure_ascii=False)}"
