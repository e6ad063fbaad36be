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
from pathlib import Path

from alertgen import MANIFEST
from alertgen.records import dataclass, field
from alertgen.write.places import Places
from alertgen.write.trouble import UNTOUCHED, MachineError

_RECENT = 50_000_000
"""Nanoseconds: clocks of file systems move in steps of up to 10 ms, so a change right after another may not show."""
_SECOND = 1_000_000_000

_FOLDERS_ARE_DATED = os.name != "nt"
"""Whether the system tells when a folder was last changed. Windows tells when it was made."""

Moments = tuple[int, int]
"""When a folder was last changed in `out` and in `tree`, in nanoseconds; 0 where it is not there."""


@dataclass(frozen=True, slots=True)
class Census:
    """What two trees looked like when they were left."""

    folders: Mapping[str, Moments] = field(default_factory=dict)
    """By path of the folder: empty for the top, else with a `/` at the end."""
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Paths that alertgen did not make, by folder; empty folders of others end in `/`."""
    taken: int = 0
    """When it was taken, by the clock of the file system, in nanoseconds."""

    def vouches(self, folder: str, moments: Moments) -> bool:
        """Tell whether *folder* is for sure as it was when the census was taken, if *moments* are those of now."""
        return self.folders.get(folder) == moments and all(map(self.is_old, moments))

    def is_old(self, moment: int) -> bool:
        """Tell whether a folder that last changed at *moment* cannot have changed since without showing it.

        A change right after the census might bear the same moment; whole seconds are a sign of a coarse clock.
        """
        return _FOLDERS_ARE_DATED and moment < self.taken - _RECENT and bool(moment % _SECOND)


@dataclass(frozen=True, slots=True)
class Survey:
    """What two trees look like now."""

    folders: Mapping[str, Moments]
    foreign: frozenset[str]
    """Paths in `out` that alertgen did not make; empty folders of others end in `/`."""
    drift: frozenset[str]
    """Paths of files at which `tree` does not hold the very file that `out` holds."""
    notes: frozenset[str] = frozenset()
    """Paths of files in `out` that a system keeps beside others; they may name files that are gone."""


def output_folders(out: Path) -> Mapping[str, int]:
    """Return when each folder of *out* was last changed when the last publication left it; empty when unknown.

    Paths are relative and end in `/`; the top is empty. Moments are nanoseconds, those of `st_ctime`.
    """
    places = Places.of(out)
    return {folder: here for folder, (here, _) in read_census(places, places.out / MANIFEST).folders.items() if here}


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
        if census.vouches(folder, moments):
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


def as_left(places: Places, census: Census) -> Survey | None:
    """Return what `out` and `tree` look like if that is for sure what the *census* says; None when it is not.

    This is `survey` for whoever has no use for any other answer, in a fraction of its time. Whether the folders of
    `tree` are as they were left, `is_twin_left` must have told. Nobody but alertgen has any business there, so that is
    believed although the whole twin of a new site was made right before its census.
    """
    folders = census.folders
    try:
        if not folders or _moments(places.out, folders) != [here for here, _ in folders.values()]:
            return None
    except OSError:
        return None
    out, tree = f"{places.out}/", f"{places.tree}/"
    recent = [folder for folder, (here, _) in folders.items() if not census.is_old(here)]
    if any(_listed(out, folder) != _listed(tree, folder) for folder in recent):
        return None
    return Survey(folders, frozenset(path for paths in census.foreign.values() for path in paths), frozenset())


def is_twin_left(out: Path) -> bool:
    """Tell whether each folder of the twin of *out* last changed when the last publication left it."""
    places = Places.of(out)
    folders = read_census(places, places.out / MANIFEST).folders
    try:
        return _moments(places.tree, folders) == [there for _, there in folders.values()]
    except OSError:
        return False


def _moments(top: Path, folders: Collection[str]) -> list[int]:
    """Return when each of *folders* in *top* was last changed.

    A disk that is mounted in the place of one has a moment of its own.
    """
    if not folders:
        return []
    start = os.open(top, os.O_RDONLY)
    try:  # with its slash, a link to a folder would be followed
        return [os.lstat(folder[:-1] or ".", dir_fd=start).st_ctime_ns for folder in folders]
    finally:
        os.close(start)


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
        moments = zip(map(int, values["out"]), map(int, values["tree"]), strict=True)
        folders = dict(zip(values["folders"], moments, strict=True))
        foreign = {folder: tuple(map(str, paths)) for folder, paths in values["foreign"].items()}
        return Census(folders, foreign, int(values["taken"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
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
    taken = temporary.stat().st_ctime_ns
    folders = dict(before)
    for folder in {"", *touched}:
        moments = (_moment(f"{places.out}/{folder}", None), _moment(f"{places.tree}/{folder}", None))
        folders[folder] = moments
        if not any(moments):
            del folders[folder]
    by_folder: dict[str, list[str]] = {}
    for path in sorted(foreign):
        folder = path if path.endswith("/") else path[: path.rfind("/") + 1]
        by_folder.setdefault(folder, []).append(path)
    here, there = zip(*folders.values(), strict=True) if folders else ((), ())
    values = {
        "manifest": _stamp(manifest), "taken": taken, "foreign": by_folder,
        "folders": list(folders), "out": here, "tree": there,
    }  # fmt: skip
    temporary.write_text(json.dumps(values), encoding="ascii")
    temporary.replace(places.census)


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
            "Mount it outside of the output folder, so that the site can be exchanged as a whole.",
            state=UNTOUCHED,
        )
    return status.st_ctime_ns


def _inode(entry: os.DirEntry[str]) -> int:
    """Return the number of the file *entry*; on Windows the folder does not hold it."""
    return (entry.stat(follow_symlinks=False) if os.name != "nt" else os.lstat(entry.path)).st_ino


def _listed(top: str, folder: str) -> dict[str, int]:
    """Return the paths in *folder* with their inodes; folders end in `/` and have the number 0."""
    try:
        with os.scandir(top + folder) as entries:
            return {
                folder + entry.name + "/" * is_folder: 0 if is_folder else _inode(entry)
                for entry in entries
                for is_folder in [entry.is_dir(follow_symlinks=False)]
            }
    except (FileNotFoundError, NotADirectoryError):
        return {}
