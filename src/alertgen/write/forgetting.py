"""What leaves the ledger because somebody says so: nothing else is ever taken out of it, but names."""

from collections.abc import Collection

from alertgen import urls
from alertgen.model import Ledger


def without(addresses: Collection[str], ledger: Ledger) -> Ledger:
    """Return *ledger* without *addresses*, and without the feeds of those that are lists."""
    feeds = (f"{address}{name}" for address in addresses for name in urls.FEED_FILES.values() if address != urls.home())
    gone = {*addresses, *feeds}
    return Ledger(entries=tuple(entry for entry in ledger.entries if entry.address not in gone))
