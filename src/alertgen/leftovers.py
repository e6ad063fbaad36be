"""What an earlier build, or the disk, left behind that is not as it should be, and what became of it."""

from collections.abc import Iterator
from pathlib import Path

from alertgen.outcome import MEMORY
from alertgen.store import Store
from alertgen.write import lock


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
