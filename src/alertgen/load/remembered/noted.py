"""Notes on what each text held when it was last read, by the state of its file: a file in that state is not read again.

A build that finds nothing changed (`standstill`) relies on the same, with the same care: a state is noted only of a
file that had last changed well before anything was read. If the content is needed after all, the file is read then.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from alertgen.load.disk.files import State
from alertgen.load.documents import Customs, SourceFile, spelling_of
from alertgen.load.remembered.memory import key_of
from alertgen.store import Store

Noted = Mapping[str, tuple[str, State]]
"""By path, the digest of a text and the state of its file."""


def noted(customs: Customs, store: Store) -> Noted:
    """Return what was noted of the texts of a site with these *customs*; what they say is remembered as well.

    What a lively store keeps alive are the contents themselves.
    """
    if store.lively:
        return {}
    with suppress(ValueError, TypeError, AttributeError):
        known = json.loads(store.get(_key(customs)) or b"")
        return {path: (digest, tuple(state)) for path, (digest, *state) in known.items()}
    return {}


def note(
    files: Iterable[SourceFile], before: Noted, customs: Customs, store: Store, unremembered: Collection[str]
) -> None:
    """Note what *files* hold, if that is not what was noted *before*; nothing of the paths *unremembered*."""
    now = {file.path: (file.digest, file.state) for file in files if file.state and file.path not in unremembered}
    if now != before and not store.lively:
        spelled = json.dumps({path: (digest, *state) for path, (digest, state) in now.items()}, separators=(",", ":"))
        store.put(_key(customs), spelled.encode())


def _key(customs: Customs) -> str:
    return key_of("states", spelling_of(customs))
