"""Pages with other words: their fingerprints, before and now. The pages themselves are made in `remaking`."""

from __future__ import annotations

from collections.abc import Iterable

from alertgen.fingerprint import digest_text
from alertgen.outputs import JsonFile
from alertgen.records import dataclass
from alertgen.revision.alerts import Revised
from alertgen.store import Store
from alertgen.traces.read import Index, Spellings, read_spellings
from alertgen.write.manifest import Few


@dataclass(frozen=True, slots=True)
class RewordedAlert:
    """How an alert, its page and its row in the open data were spelled, and how with other words."""

    alert: Revised
    old: Spellings
    new: Spellings


def reworded_alerts(revised: Iterable[Revised], memory: Store) -> tuple[RewordedAlert, ...] | None:
    """Return how *revised* alerts were spelled and are now; None when that is not remembered of one."""
    found = [(one, read_spellings(one.path, memory)) for one in revised]
    reworded = tuple(RewordedAlert(one, old, old.reworded(one.digests)) for one, old in found if old)
    return reworded if len(reworded) == len(found) else None


def are_published(pages: Iterable[RewordedAlert], index: Index, published: Few) -> bool:
    """Tell whether *pages* as they were spelled are the ones that are published."""
    return all(published.entries[one.old.page].fingerprint == fingerprint_of_page(one.old, index) for one in pages)


def fingerprint_of_page(spellings: Spellings, index: Index) -> str:
    """Return the fingerprint of the page of an alert with these *spellings*."""
    return digest_text(f"{index.themed} {digest_text(spellings.token)}")


def stand_in(page: RewordedAlert) -> JsonFile:
    """Return an output without content that stands for a page among those that are stale."""
    return JsonFile(address=page.new.page, content=None)
