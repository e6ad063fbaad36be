"""The exchange of the old site for the new one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from alertgen import MANIFEST
from alertgen.file_names import is_note_of_system
from alertgen.fingerprint import digest_bytes
from alertgen.outcome import Published
from alertgen.processes.thread import in_thread
from alertgen.records import replace
from alertgen.write.census import Census, Survey, as_left, parents, read_census, survey, take_census
from alertgen.write.decide import Changes
from alertgen.write.hints import spread
from alertgen.write.lock import WAIT, held
from alertgen.write.manifest import FileRecord
from alertgen.write.ownership import check_owned
from alertgen.write.places import Places
from alertgen.write.stage import FEW, Making, Stage, stage_files, sync_new
from alertgen.write.swap import recover, swap
from alertgen.write.tree import Reshaped, open_to_readers, reshape, sync_all, sync_folder
from alertgen.write.trouble import UNTOUCHED, DisturbedError, MachineError, in_words


def publish(out: Path, changes: Changes, making: Making) -> Published:
    """Make *out* the site that *changes* lead to; *making* gives the files of its stale outputs.

    It lays each of them down with the `Keep` that it is given, in this process or in another one. The site in *out* is
    untouched until all of them are on the disk, and when *making* fails. At every moment, also when the process is
    killed or the power fails, *out* is the whole old or the whole new site. When there is no change, nothing is written
    at all.

    Raises:
        MachineError: *out* is not alertgen's folder, or the system refuses something. *out* is then the old site, or,
            when the message says so, the new one.
        DisturbedError: *changes* know nothing of a `rest` that is not as the last publication left it.
    """
    if not changes:
        return Published(size=_bytes(record for entry in changes.published.values() for record in entry.files))
    places = Places.of(out)
    check_owned(places.out)
    doing = f"Cannot write {places.out.name}/"
    with held(places.lock, WAIT), _prepared(places, doing) as new:
        _check_base(places, changes)
        stage = stage_files(places, new, changes, making)
        with in_words(doing):
            seen = _seen(places, new, stage, changes)
            built = _built(places, new, stage, seen)
            swap(places)
        with in_words(doing, "The new site is in place, but a power cut in this minute may bring back the old one."):
            sync_folder(places.out.parent)
            sync_folder(places.beside)
        with suppress(OSError):  # the twin only saves time; the next build mends what is missing here
            _follow(places, stage, seen, built)
    return _told(changes, stage, seen)


@contextmanager
def _prepared(places: Places, doing: str) -> Iterator[Path]:
    """Mend what a killed build left, and have an empty folder in `new` for the span of this one.

    No other build has one of that name: what a process of a killed build still writes is not part of this site.
    """
    new = places.new / os.urandom(8).hex()
    with in_words(doing):
        recover(places)
        _remove(places.new)
        places.new.mkdir(parents=True)
        spread(places.new)
        new.mkdir()
        ignore = places.beside / ".gitignore"
        if not ignore.exists():
            spread(places.beside)
            ignore.write_text("*\n", encoding="ascii")
    try:
        yield new
    finally:
        from shutil import rmtree

        rmtree(places.new, ignore_errors=True)


def _remove(folder: Path) -> None:
    if folder.exists():
        from shutil import rmtree  # here and below, so that it is brought along where there is time

        rmtree(folder)


def _check_base(places: Places, changes: Changes) -> None:
    """Refuse to go on when the manifest that is published now is not the one that *changes* were decided by."""
    mark = places.out / MANIFEST
    with in_words(f"Cannot read {mark}"):
        content = mark.read_bytes() if mark.exists() else None
    known = content == changes.rest.content if changes.rest else _digest(content) == changes.base
    if not known:
        raise MachineError(
            f"{places.out.name}/ was changed by another build since this one began",
            "Run the command again.",
            state=UNTOUCHED,
        )


def _digest(content: bytes | None) -> str:
    """Return the digest of a manifest file as `read_manifest` gives it: a missing file has none, an empty one has."""
    return "" if content is None else digest_bytes(content)


def _seen(places: Places, new: Path, stage: Stage, changes: Changes) -> Survey:
    """Have what is new on the disk, and look at both trees."""
    if not changes.rest:
        sync_new(new, stage)
        return _surveyed(places, stage, trusted=changes.trusted)
    with in_thread(partial(_as_left, places)) as seen:  # the disk is waited for about as long
        sync_new(new, stage)
        return seen()


def _as_left(places: Places) -> Survey:
    """Look whether both trees are what the last publication left."""
    seen = as_left(places, read_census(places, places.out / MANIFEST))
    if seen is None:
        raise DisturbedError
    return seen


def _surveyed(places: Places, stage: Stage, *, trusted: bool) -> Survey:
    """Look at both trees; nothing foreign may be in the way.

    When the manifest is damaged (not *trusted*), nobody knows what is foreign: new files go where they belong, and
    all others stay.
    """
    owned = stage.kept | stage.gone | {MANIFEST}
    if not trusted:
        return survey(places, Census(), owned | stage.moved)
    mark = places.out / MANIFEST
    seen = survey(places, read_census(places, mark), owned | stage.replaced)
    notes = frozenset(path for path in seen.foreign if not path.endswith("/") and is_note_of_system(path))
    # What is to the letter what the site needs is its own now.
    seen = replace(seen, foreign=seen.foreign - stage.kept - notes, notes=notes)
    if seen.foreign:
        _check_room(places, stage, seen.foreign)
    return seen


def _check_room(places: Places, stage: Stage, foreign: frozenset[str]) -> None:
    above = parents(foreign)
    for path in stage.moved:
        way = {path, *(folder[:-1] for folder in parents([path]))} & foreign
        if way or f"{path}/" in above | foreign:
            raise MachineError(
                f"{places.out.name}/{min(way, default=path)} was not made by alertgen, and the site needs its place",
                "Move it elsewhere, or remove it if it is not needed.",
                state=UNTOUCHED,
            )


def _built(places: Places, new: Path, stage: Stage, seen: Survey) -> Reshaped:
    """Make `tree` the new site, whole and on the disk."""
    places.tree.mkdir(exist_ok=True)
    carried = stage.kept | seen.foreign
    built = reshape(
        places.tree,
        places.out,
        linked=seen.drift & carried,
        moved=stage.moved,
        new=new,
        absent=(seen.drift | stage.gone | seen.notes) - carried - stage.moved,
        folders=_folders(seen),
        stray=(folder for folder, (here, there) in seen.folders.items() if folder and there and not here),
    )
    if places.out.exists():
        places.tree.chmod(places.out.stat().st_mode & 0o7777)
    elif not places.rehearsal.exists():
        open_to_readers(places.tree)
    if built.copied or len(built.touched) > FEW:
        sync_all(places.tree)
    else:
        for folder in built.touched:
            sync_folder(f"{places.tree}/{folder}")
    return built


def _follow(places: Places, stage: Stage, seen: Survey, built: Reshaped) -> None:
    """Make what is now `tree` a twin of the new site, so that the next publication costs what it changes.

    Nothing of the old site is left then, just as if its tree had been removed, which takes far longer.
    """
    if built.copied:
        _remove(places.tree)
        return
    linked = stage.moved
    if not places.tree.exists():
        places.tree.mkdir()
        linked = linked | stage.kept | {path for path in seen.foreign if not path.endswith("/")}
    gone = stage.gone | seen.notes
    twin = reshape(places.tree, places.out, linked=linked, absent=gone, folders=_folders(seen))
    exchanged = {folder: (there, here) for folder, (here, there) in seen.folders.items()}
    touched = built.touched | twin.touched | parents(gone)
    take_census(places, places.out / MANIFEST, exchanged, touched, seen.foreign)


def _folders(seen: Survey) -> list[str]:
    return [path for path in seen.foreign if path.endswith("/")]


def _told(changes: Changes, stage: Stage, seen: Survey) -> Published:
    made = [output.address for output in changes.stale]
    return Published(
        added=tuple(address for address in made if address not in changes.published),
        changed=tuple(
            address
            for address in made
            if address in changes.published and changes.published[address].files != stage.records.get(address, ())
        ),
        removed=changes.gone,
        foreign=tuple(sorted(seen.foreign)),
        size=(changes.rest.size if changes.rest else 0)
        + _bytes(
            [
                *(record for address in changes.same for record in changes.published[address].files),
                *(record for records in stage.records.values() for record in records),
            ]
        ),
    )


def _bytes(records: Iterable[FileRecord]) -> int:
    return sum(record.size for record in records)
