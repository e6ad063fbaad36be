"""What makes the preview look again: changes of the files that a site is made of."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from alertgen import FOLDERS, LEDGER, SITE_FILE, WITHHELD
from alertgen.records import dataclass, field

FILES = (SITE_FILE, LEDGER, WITHHELD)
_STEP, _DEBOUNCE = 15, 60
"""Milliseconds: how long quiet must last before changes are told, and how long they are gathered at most."""
_POLL_DELAY = 200
"""Milliseconds from one look to the next where the system tells of no changes."""
_SETTLED = 0.5
"""Seconds after which newly begun watching can be relied on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watch:
    """One span of watching, until a content folder comes or goes."""

    root: Path
    stop: asyncio.Event
    poll: bool
    """Look at all files again and again, instead of being told by the system."""
    folders: tuple[Path, ...]
    """The content folders that are there."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends this span alone; what is cancelled sets the event that it was given."""
    found: asyncio.Queue[tuple[str, ...]] = field(default_factory=asyncio.Queue)


async def changes(root: Path, stop: asyncio.Event, *, poll: bool) -> AsyncIterator[tuple[str, ...]]:
    """Yield the paths, relative to *root*, that changed, whenever some did; end when *stop* is set.

    The folder itself is watched alone, so that nobody waits for `node_modules` and the like; when a content folder
    comes or goes, watching begins anew. An empty tuple means that something may have changed meanwhile.
    """
    while not stop.is_set():
        watch = _Watch(root=root, stop=stop, poll=poll, folders=_folders(root))
        tasks = [asyncio.create_task(_watched(watch, (root,), deep=False))]
        tasks += [asyncio.create_task(_watched(watch, watch.folders, deep=True))] if watch.folders else []
        asyncio.get_running_loop().call_later(_SETTLED, watch.found.put_nowait, ())
        try:
            async for paths in _until_ended(watch):
                yield paths
        finally:
            watch.over.set()
            await asyncio.gather(*tasks, return_exceptions=True)


def _folders(root: Path) -> tuple[Path, ...]:
    return tuple(root / name for name in FOLDERS if (root / name).is_dir())


async def _watched(watch: _Watch, places: tuple[Path, ...], *, deep: bool) -> None:
    """Gather what changes in *places*; where the system cannot tell, look by ourselves."""
    try:
        await _gather(watch, places, deep=deep, poll=watch.poll)
    except (OSError, RuntimeError):
        if watch.poll:
            raise
        await _gather(watch, places, deep=deep, poll=True)


async def _gather(watch: _Watch, places: tuple[Path, ...], *, deep: bool, poll: bool) -> None:
    async for found in awatch(
        *places,
        watch_filter=lambda _, path: _counts(watch.root, Path(path)),
        debounce=_DEBOUNCE,
        step=_STEP,
        stop_event=watch.over,
        force_polling=poll or None,
        poll_delay_ms=_POLL_DELAY,
        recursive=deep,
        ignore_permission_denied=True,
    ):
        await watch.found.put(tuple(sorted({Path(path).relative_to(watch.root).as_posix() for _, path in found})))


def _counts(root: Path, path: Path) -> bool:
    """Tell whether a change of *path* can change the site: not the scratch files that editors write beside it."""
    inside = path.relative_to(root).parts if path.is_relative_to(root) else ()
    if not inside or path.name.startswith(".") or path.name.endswith(("~", ".tmp", ".swp")):
        return False
    return inside[0] in FOLDERS or (len(inside) == 1 and inside[0] in FILES)


async def _until_ended(watch: _Watch) -> AsyncIterator[tuple[str, ...]]:
    """Yield what is found, until watching has to begin anew or to stop."""
    while not watch.stop.is_set() and watch.folders == _folders(watch.root):
        found, stopped = asyncio.create_task(watch.found.get()), asyncio.create_task(watch.stop.wait())
        _, pending = await asyncio.wait([found, stopped], return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        if found not in pending:
            yield found.result()
