"""How two trees differ, without reading what has not changed since they were last seen.

After every publication the output folder and its twin hold the same files (hard links). The census remembers for each
folder the moment of its last change in both trees. A folder where both moments still hold is as it was left: nobody
has added, removed or replaced a file. The others are read anew, and files are compared by inode, so one and the same
file is known for sure.
"""

import json
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from alertgen.write.places import Places
from alertgen.write.trouble import MachineError

_RECENT = 50_000_000
"""Nanoseconds: clocks of file systems move in steps of up to 10 ms, so a change right after another may not show."""
_SECOND = 1_000_000_000

Moments = tuple[int, int]
"""When a folder was last changed in `out` and in `tree`, in nanoseconds; 0 where it is not there or too recent."""


@dataclass(frozen=True, slots=True)
class Census:
    """What two trees looked like when they were left."""

    folders: Mapping[str, Moments] = field(default_factory=dict)
    """By path of the folder: empty for the top, else with a `/` at the end."""
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Paths that alertgen did not make, by folder; empty folders of others end in `/`."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What two trees look like now."""

    folders: Mapping[str, Moments]
    foreign: frozenset[str]
    """Paths in `out` that alertgen did not make; empty folders of others end in `/`."""
    drift: frozenset[str]
    """Paths of files at which `tree` does not hold the very file that `out` holds."""


def survey(places: Places, census: Census, owned: Collection[str]) -> Survey:
    """Look at `out` and `tree`. *owned* are the paths that alertgen made: every other file is foreign.

    Raises:
        MachineError: a folder in `out` belongs to another file system.
    """
    out, tree = f"{places.out}/", f"{places.tree}/"
    device = _device(out)
    folders: dict[str, Moments] = {}
    foreign: set[str] = set()
    drift: set[str] = set()
    empty: set[str] = set()
    pending = ["", *census.folders]
    while pending:
        folder = pending.pop()
        if folder in folders:
            continue
        folders[folder] = moments = (_moment(out + folder, device), _moment(tree + folder, None))
        if all(moments) and census.folders.get(folder) == moments:
            if folder in census.foreign:
                foreign.update(census.foreign[folder])
            continue
        here, there = _listed(out, folder), _listed(tree, folder)
        foreign.update(path for path in here if not path.endswith("/") and path not in owned)
        if not here and moments[0] and folder:
            empty.add(folder)
        drift.update(path for path in here.keys() | there.keys() if here.get(path) != there.get(path))
        pending += (path for path in here.keys() | there.keys() if path.endswith("/"))
    if empty:
        foreign |= empty - parents(owned)
    return Survey(folders, frozenset(foreign), frozenset(path for path in drift if not path.endswith("/")))


def parents(paths: Iterable[str]) -> set[str]:
    """Return all folders above *paths*, each with a `/` at the end, without the top."""
    above: set[str] = set()
    for path in paths:
        end = path.rfind("/", 0, len(path) - 1)
        while end > 0 and path[: end + 1] not in above:
            above.add(path[: end + 1])
            end = path.rfind("/", 0, end)
    return above


def read_census(places: Places, manifest: Path) -> Census:
    """Return the census that was taken when *manifest* was published; an empty one when there is none."""
    try:
        values = json.loads(places.census.read_bytes())
        if values["manifest"] != _stamp(manifest):
            return Census()
        folders = {path: (int(here), int(there)) for path, (here, there) in values["folders"].items()}
        return Census(folders, {folder: tuple(map(str, paths)) for folder, paths in values["foreign"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Census()  # everything is looked at anew


def take_census(
    places: Places, manifest: Path, before: Mapping[str, Moments], touched: Iterable[str], foreign: Iterable[str]
) -> None:
    """Remember what both trees look like.

    *before* holds the folders known, with their moments as (`out`, `tree`), *touched* those that have to be looked at
    again.
    """
    temporary = places.census.with_suffix(".new")
    temporary.write_bytes(b"")
    now = temporary.stat().st_ctime_ns
    folders = dict(before)
    for folder in {"", *touched}:
        moments = (_moment(f"{places.out}/{folder}", None), _moment(f"{places.tree}/{folder}", None))
        folders[folder] = moments if all(_is_sure(moment, now) for moment in moments) else (0, 0)
        if not any(moments):
            del folders[folder]
    by_folder: dict[str, list[str]] = {}
    for path in sorted(foreign):
        folder = path if path.endswith("/") else path[: path.rfind("/") + 1]
        by_folder.setdefault(folder, []).append(path)
    values = {"manifest": _stamp(manifest), "folders": folders, "foreign": by_folder}
    temporary.write_text(json.dumps(values), encoding="ascii")
    temporary.replace(places.census)


def _is_sure(moment: int, now: int) -> bool:
    """Tell whether any later change will show as another moment; whole seconds are a sign of a coarse clock."""
    return moment < now - _RECENT and moment % _SECOND != 0


def _stamp(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _device(folder: str) -> int | None:
    try:
        return os.stat(folder).st_dev  # noqa: PTH116
    except FileNotFoundError:
        return None


def _moment(folder: str, device: int | None) -> int:
    """Return when *folder* was last changed, 0 when it is not there. It must lie on *device*, if one is given."""
    try:
        status = os.lstat(folder[:-1])  # with its slash, a link to a folder would be followed
    except (FileNotFoundError, NotADirectoryError):
        return 0
    if not stat.S_ISDIR(status.st_mode):
        return 0
    if device is not None and status.st_dev != device:
        raise MachineError(
            f"{folder} is another disk, mounted inside the output folder",
            "Mount it outside of the output folder, so that the site can be exchanged as a whole. Nothing was written.",
        )
    return status.st_ctime_ns


def _listed(top: str, folder: str) -> dict[str, int]:
    """Return the paths in *folder* with their inodes; folders end in `/` and have the number 0."""
    try:
        with os.scandir(top + folder) as entries:
            return {
                folder + entry.name + "/" * is_folder: 0 if is_folder else entry.stat(follow_symlinks=False).st_ino
                for entry in entries
                for is_folder in [entry.is_dir(follow_symlinks=False)]
            }
    except (FileNotFoundError, NotADirectoryError):
        return {}
