"""What leaves the ledger because somebody says so: nothing else is ever taken out of it, but names."""

from collections.abc import Collection

from alertgen import urls
from alertgen.model import Ledger


def without(addresses: Collection[str], ledger: Ledger) -> Ledger:
    """Return *ledger* without *addresses*, the feeds of those that are lists, and all in those that are languages."""
    feeds = (f"{address}{name}" for address in addresses for name in urls.FEED_FILES.values() if address != urls.home())
    gone = {*addresses, *feeds}
    known = {entry.address for entry in ledger.entries}
    languages = tuple(address for address in addresses if is_language(address, known))
    left = (one for one in ledger.entries if one.address not in gone and not one.address.startswith(languages))
    return Ledger(entries=tuple(left))


def is_language(address: str, known: Collection[str]) -> bool:
    """Tell whether *address* is that of a further language: everything in it begins with that, its archive as well."""
    return address != urls.home() and f"{address}alerts/" in known
