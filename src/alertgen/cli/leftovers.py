"""What an earlier build or the disk has left in disorder: it is put in order, and told."""

from collections.abc import Iterator
from pathlib import Path

from alertgen import LEDGER, MEMORY
from alertgen.store import Store, memory_file
from alertgen.write import lock, read_manifest, write_ledger
from alertgen.write.pending import announced, withdraw
from alertgen.write.swap import brought_back

_BEGUN_ANEW = (
    f"{LEDGER} was not there, so nothing is known of the addresses and feed ids of earlier builds; it is begun anew. "
    "If readers have had any of them, put the old file back from a backup or from Git, and build again"
)


def mended(root: Path, out: Path, *, rehearsal: bool) -> tuple[str, ...]:
    """Put in order what the site in *root*, published in *out*, keeps between builds; tell of it in a sentence each.

    Of what is in *out* after a *rehearsal*, no ledger speaks.

    Raises:
        MachineError: another build is running, or the system refuses it.
    """
    return tuple(_mended(root, out, rehearsal=rehearsal))


def _mended(root: Path, out: Path, *, rehearsal: bool) -> Iterator[str]:
    with lock(root) as stale, Store(memory_file(root)) as memory:
        if stale:
            who = f"process {stale.pid} on {stale.host}, since {stale.since}"
            yield f"an earlier build ({who}) was stopped before its end; this one does its work"
        if brought_back(out):
            yield f"an earlier build was stopped while {out.name}/ was away for a moment; the old site is back"
        if memory.damaged:
            yield f"what was remembered in {MEMORY}/ was damaged; it is made anew"
        if _records(root):
            yield f"an earlier build was stopped before {LEDGER} said what it had published; that is written now"
        elif not rehearsal and not (root / LEDGER).exists() and read_manifest(out):
            yield _BEGUN_ANEW


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
    written = write_ledger(root / LEDGER, united(ledger, content))
    withdraw(root)
    return written
