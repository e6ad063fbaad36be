"""What is about to be published, from just before the exchange of the sites until the ledger says it.

Whoever is killed between the exchange and the ledger leaves a site with addresses that nothing remembers. So the ledger
to be is put aside first, with the fingerprints of the site that it belongs to; the next run records it if that is the
site that it finds, and else throws it away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alertgen import MEMORY
from alertgen.fingerprint import digest_text
from alertgen.write.ledger import ledger_text
from alertgen.write.manifest import read_manifest
from alertgen.write.replacing import replace_file
from alertgen.write.trouble import in_words

if TYPE_CHECKING:  # see decide
    from alertgen.model import Ledger

_NAME = "pending.json"


def announce(root: Path, out: Path, fingerprints: Mapping[str, str], ledger: Ledger) -> None:
    """Put *ledger* aside, which belongs to a site in *out* with *fingerprints*, by address.

    Raises:
        MachineError: the system refuses it.
    """
    values = {"out": str(out), "site": _digest(fingerprints), "ledger": ledger_text(ledger)}
    with in_words("Cannot note what is about to be published"):
        replace_file(root / MEMORY / _NAME, json.dumps(values).encode())


def announced(root: Path) -> bytes | None:
    """Return the ledger that was put aside for the site that is published now; None when there is none."""
    try:
        values: dict[str, Any] = json.loads((root / MEMORY / _NAME).read_bytes())
        manifest = read_manifest(Path(values["out"]))
        found = {address: entry.fingerprint for address, entry in manifest.entries.items()} if manifest else {}
        return str(values["ledger"]).encode() if _digest(found) == values["site"] else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def withdraw(root: Path) -> None:
    """Forget what was put aside: the ledger says it, or it never came to be."""
    with in_words("Cannot forget what was about to be published", "The site is whole."):
        (root / MEMORY / _NAME).unlink(missing_ok=True)


def _digest(fingerprints: Mapping[str, str]) -> str:
    return digest_text("\n".join(f"{address} {fingerprints[address]}" for address in sorted(fingerprints)))
