"""Pages with other words: what is told of an alert, before and now; the page itself is made of it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from alertgen.fingerprint import digest_text
from alertgen.outputs import JsonFile
from alertgen.records import dataclass
from alertgen.revision.alerts import Revised
from alertgen.store import Store
from alertgen.traces.read import Index, Told, read_told
from alertgen.write.manifest import Few


@dataclass(frozen=True, slots=True)
class Retold:
    """What was told of an alert, and what is told of it with other words."""

    alert: Revised
    old: Told
    new: Told


def retold_alerts(revised: Iterable[Revised], memory: Store) -> tuple[Retold, ...] | None:
    """Return what is told of *revised* alerts; None when it is not known."""
    found = [(one, read_told(one.path, memory)) for one in revised]
    retold = tuple(Retold(one, told, told.reworded(one.digests)) for one, told in found if told)
    return retold if len(retold) == len(found) else None


def are_published(pages: Iterable[Retold], index: Index, published: Few) -> bool:
    """Tell whether what was told of *pages* is what is published."""
    return all(published.entries[one.old.page].fingerprint == print_of(one.old, index) for one in pages)


def print_of(told: Told, index: Index) -> str:
    """Return the fingerprint of the page of an alert of which this is *told*."""
    return digest_text(f"{index.themed} {digest_text(told.token)}")


def stand_in(page: Retold) -> JsonFile:
    """Return what stands for a page among what is stale; it has no content."""
    return JsonFile(address=page.new.page, content=None)
