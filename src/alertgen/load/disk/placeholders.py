"""Files that iCloud has taken off this computer: a hidden note `.name.md.icloud` stands in the place of `name.md`.

Nobody sees it in the Finder, where the file looks as if it were there. Without a word an alert would be missing, or
worse, the ledger, or the list of names that must not be published. Other programs that keep folders alike leave the
name as it is, and the system fetches the file when it is read.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from alertgen import LEDGER, SITE_FILE, WITHHELD
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import note_for

FETCH_IT = (
    "open the folder in the Finder, click on the cloud beside its name, and wait until it is there; "
    "`Keep Downloaded` on the folder of the site keeps this from happening again"
)


def is_elsewhere(path: Path) -> bool:
    """Tell whether only a note stands in the place of the file *path*."""
    return os.path.isfile(path.with_name(note_for(path.name)))  # noqa: PTH113  no file is there under too long a name


def elsewhere(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Tell of files of the site that are not on this computer, by their *paths*."""
    for path in paths:
        yield problem("not-downloaded", "this file is in iCloud and not on this computer", Place(path), hint=FETCH_IT)


def elsewhere_beside(root: Path) -> Iterator[Diagnostic]:
    """Find what a site has one of each that is not on this computer: without it the site would be another one."""
    names = (SITE_FILE, LEDGER, WITHHELD)
    return elsewhere(name for name in names if not (root / name).exists() and is_elsewhere(root / name))
