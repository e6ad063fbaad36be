"""A build after which nothing is different but the words of a few alerts: the commonest edit, at any size of archive.

Every condition for it is looked at, here and in `rewording`. Where one does not hold, the answer is None, and `build`
does all of the work. `alerts`, `pages`, `feeds`, `data` and `search` find out what is different, `remaking` makes it,
`report` says what there is to say. The result is that of `build`, byte by byte: see `traces.read` and
docs/decisions/0012-words-alone.md.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alertgen import LEDGER, MEMORY
from alertgen.outcome import Report
from alertgen.processes.forked import ForkedCopy
from alertgen.progress import Progress, silent
from alertgen.revision.reading import make_ready_to_read
from alertgen.standstill import Beginning, begin, engine_since, ripened, settle, since_then
from alertgen.store import Store, memory_file
from alertgen.write import check_target, lock
from alertgen.write.census import output_folders
from alertgen.write.trouble import DisturbedError

if TYPE_CHECKING:
    from alertgen.stillness import Seen


def revise(
    root: Path,
    out: Path,
    *,
    now: datetime,
    strict: bool,
    seen: Seen | None = None,
    progress: Progress = silent,
    other: ForkedCopy | None = None,
) -> Report | None:
    """Build the site in *root* into *out* if a few alerts have other words and nothing else is new; else None.

    What a build reads may have been *seen* before. The *other* process does some of it, if there is one.

    Raises:
        MachineError: the disk, the lock or the permissions stand in the way.
    """
    check_target(out, root)
    if not (root / MEMORY / "standstill.json").exists():
        return None
    other = other or ForkedCopy()
    with lock(root), Store(memory_file(root)) as memory, suppress(DisturbedError):
        begun = begin(root, seen)
        progress("reading", 0, 0)
        since = since_then(root, out, begun, now=now, strict=strict)
        if not since:
            _begin_to_read(root, begun, other, memory)
            return None
        from alertgen.revision.rewording import reworded_site  # here, since it brings much along

        begun = ripened(root, begun)
        made = reworded_site(root, out, since, other, memory, progress, strict=strict) if begun.rested else None
        if made is None:
            return None
        with suppress(OSError):  # the note only saves time, and one that is not true is not believed
            settle(
                root, out, made, now=now, strict=strict, begun=begun, pictures=since.pictures,
                ledger=(root / LEDGER).read_bytes(), folders=output_folders(out), fresh=True,
            )  # fmt: skip
        return made
    return None


def _begin_to_read(root: Path, begun: Beginning, other: ForkedCopy, memory: Store) -> None:
    """Have the *other* process made ready to read what is new; take over here what the last build has worked out.

    That can only be taken over from a build of the same alertgen.
    """
    from alertgen.engine import take_for_known
    from alertgen.traces.read import read_index, read_languages

    engine = engine_since(root, begun)
    if engine:
        take_for_known(engine)
        read_index(memory)
        read_languages(memory)
    other.renew()
    other.begin(make_ready_to_read, memory.file if engine else None)
