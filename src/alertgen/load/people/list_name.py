"""How the list of names that must not be published is called, and what else it is called by mistake.

Under another name it would protect nobody: Notepad adds a second `.txt`, a shared folder makes conflicting copies, and
whoever types the name types it from memory.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from alertgen import WITHHELD
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.patterns import late

_NO_LETTERS = re.compile(r"[^a-z]+")
_MEANT = late(r"(?:names?)?(?:do|must)?(?:not|nt|never)(?:be|to)?publish")
_BACKUPS = ("~", "#", ".bak", ".swp", ".tmp", ".orig")


def is_meant_as_list(name: str) -> bool:
    """Tell whether a file called *name* was meant to be the list; what programs keep beside a file was not."""
    return not name.startswith((".", "#", "~")) and not name.endswith(_BACKUPS) and _sounds_like_list(name)


def _sounds_like_list(name: str) -> bool:
    return bool(_MEANT.match(_NO_LETTERS.sub("", name.lower())))


def misnamed_beside(names: Iterable[str]) -> Iterator[Diagnostic]:
    """Find what was meant as the list among the *names* of the files beside site.yaml."""
    there = sorted(names)
    for name in there:
        if name != WITHHELD and is_meant_as_list(name):
            yield _misnamed(name, f"the list of names must be called {WITHHELD}", there)


def misplaced(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Find what was meant as the list, or keeps it, among the *paths* of files in a folder of the site."""
    for path in paths:
        if _sounds_like_list(path.rpartition("/")[2]):
            yield _misnamed(path, f"the list of names must lie beside site.yaml, as {WITHHELD}", ())


def _misnamed(path: str, message: str, there: Collection[str]) -> Diagnostic:
    if WITHHELD in there:
        hint = f"put its lines into {WITHHELD}, and delete this file"
    elif "/" in path:
        hint = "move it out of this folder"
    else:
        hint = f"rename it to {WITHHELD}"
    return problem("misnamed-list", f"names in this file are not looked for: {message}", Place(path), hint=hint)
