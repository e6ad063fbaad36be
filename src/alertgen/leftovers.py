"""What an earlier build, or the disk, left behind that is not as it should be, and what became of it."""

from collections.abc import Iterator
from pathlib import Path

from alertgen.outcome import MEMORY
from alertgen.store import Store
from alertgen.write import lock, write_ledger
from alertgen.write.pending import announced, withdraw

NAME = "published.json"


def mended(root: Path) -> tuple[str, ...]:
    """Put in order what the site in *root* keeps between builds, and tell of it in a sentence each.

    Raises:
        MachineError: another build is running.
    """
    return tuple(_mended(root))


def _mended(root: Path) -> Iterator[str]:
    with lock(root) as stale, Store(root / MEMORY / "memory.db") as memory:
        if stale:
            who = f"process {stale.pid} on {stale.host}, since {stale.since}"
            yield f"an earlier build ({who}) was stopped before its end; this one does its work"
        if memory.damaged:
            yield f"what was remembered in {MEMORY}/ was damaged; it is made anew"
        if _records(root):
            yield f"an earlier build was stopped before {NAME} said what it had published; that is written now"


def _records(root: Path) -> bool:
    """Write into the ledger what was published without it; tell whether there was anything."""
    content = announced(root)
    if content is None:
        withdraw(root)
        return False
    from alertgen.load.ledger import read_ledger, united  # here, since there is hardly ever anything to record

    ledger, problems = read_ledger(root)
    if problems:
        return False  # the build will tell of them, and the next one has another try
    written = write_ledger(root / NAME, united(ledger, content))
    withdraw(root)
    return written
