"""Which folders may be written: alertgen never touches what it does not own."""

import os
from collections.abc import Iterable
from pathlib import Path

from alertgen import FOLDERS, MANIFEST, MEMORY, SITE_FILE
from alertgen.file_names import is_note_of_system
from alertgen.write.places import Places
from alertgen.write.trouble import MachineError, in_words

SOURCES = (*FOLDERS, MEMORY)
"""Folders of a site that are read; what is written there would be read as content by the next build."""


def check_target(out: Path, root: Path) -> None:
    """Refuse *out* as the output folder of the site in *root* unless it is alertgen's own, empty or not there yet.

    Raises:
        MachineError: with the reason; `usage` is true.
    """
    with in_words(f"Cannot look at {out}"):
        target, source = out.resolve(), root.resolve()
        for holds, reason, hint in _places(target, source):
            if holds:
                raise _refused(out, reason, hint)
        check_owned(out)


def check_owned(out: Path) -> None:
    """Refuse *out* when it is no folder of alertgen's, whatever site it belongs to.

    Raises:
        MachineError: with the reason; `usage` is true.
    """
    with in_words(f"Cannot look at {out}"):
        for holds, reason, hint in _states(out):
            if holds:
                raise _refused(out, reason, hint)


def check_rehearsal(out: Path) -> None:
    """Refuse to rehearse in *out* when it holds a site that was built for readers, or lies in one.

    Raises:
        MachineError: with the reason; `usage` is true.
    """
    with in_words(f"Cannot look at {out}"):
        here = out.resolve()
        if found := next(filter(_is_for_readers, (here, *here.parents)), None):
            place = "holds" if found == here else "lies in"
            raise MachineError(
                f"I will not rehearse in {out}: it {place} the site that readers see",
                "Name another folder with --out, or leave --out out: the rehearsal goes to rehearsal/ then. "
                "Nothing was written.",
                usage=True,
            )


def _is_for_readers(folder: Path) -> bool:
    return (folder / MANIFEST).exists() and not Places.of(folder).rehearsal.exists()


def mark(out: Path, *, rehearsal: bool) -> None:
    """Remember whether the site that comes into *out* is for a *rehearsal* only.

    Raises:
        MachineError: it cannot be remembered.
    """
    file = Places.of(out).rehearsal
    with in_words(f"Cannot write {out.name}/"):
        if rehearsal:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        else:
            file.unlink(missing_ok=True)


def _places(target: Path, source: Path) -> Iterable[tuple[bool, str, str]]:
    """Yield what speaks against *target* by where it lies: whether it holds, the reason, the cure."""
    other = f"Name {_another(target)}"
    yield target == Path(target.anchor), "it is the root of the file system", other
    yield target == source, "it is the site folder itself, where your texts are", other
    yield source.is_relative_to(target), "the site folder, where your texts are, lies in it", other
    yield _is_of_another_site(target, source), f"the site in {target.parent} is built there", other
    yield Path.home().resolve().is_relative_to(target), "it is your home folder, or holds it", other
    folder = next((name for name in SOURCES if target.is_relative_to(source / name)), "")
    yield bool(folder), f"it lies in {folder}/, which is read as part of the site", other


def _is_of_another_site(target: Path, source: Path) -> bool:
    return target.parent != source and (target.parent / SITE_FILE).is_file()


def _states(out: Path) -> Iterable[tuple[bool, str, str]]:
    """Yield what speaks against *out* by what is there."""
    other = _another(out)
    yield out.is_symlink(), f"it is a link to {_link(out)}", "Name the folder itself with --out, or remove the link."
    yield out.exists() and not out.is_dir(), "it is a file", f"Remove it if nobody needs it, or name {other}"
    yield (
        out.is_mount(),
        "it is a disk or a volume of its own, which cannot be exchanged as a whole",
        "Name a folder inside of it with --out.",
    )
    yield os.path.lexists(out / ".git"), "it is a Git repository or work tree (.git)", f"Name {other}"
    yield (
        out.is_dir()
        and not (out / MANIFEST).exists()
        and not all(is_note_of_system(path.name) for path in out.iterdir()),
        "there are files in it that alertgen did not make",
        f"Empty it if nobody needs them, or name {other} What your host needs there, such as CNAME, can be put back "
        "into it after the build, and stays.",
    )


def _another(out: Path) -> str:
    return f"another folder, such as `--out {'website' if out.name == 'public' else 'public'}`."


def _link(out: Path) -> str:
    return str(out.readlink()) if out.is_symlink() else ""


def _refused(out: Path, reason: str, hint: str) -> MachineError:
    return MachineError(f"I will not write to {out}: {reason}", f"{hint} Nothing was written.", usage=True)
