"""Where the writing happens: the output folder and the hidden folder beside it."""

from pathlib import Path
from typing import Self

from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders and files of one output folder. All of them lie on its file system, so files move at once."""

    out: Path
    """What is deployed: exactly one whole site, at every moment."""
    beside: Path
    """Holds everything below. It may be deleted whenever no build is running."""
    tree: Path
    """A twin of `out` made of hard links. It becomes the new site, and the old site becomes the twin."""
    new: Path
    """New files, at their paths in the site, in a folder of each build, until all are whole and on the disk."""
    old: Path
    """The old site, for the moment between the two steps of a swap where the system has no exchange."""
    census: Path
    """What `tree` and `out` looked like when they were left."""
    rehearsal: Path
    """Is there when the site in `out` was never meant for readers."""
    lock: Path
    """Held while something is written."""

    @classmethod
    def of(cls, out: Path) -> Self:
        """Return the places that belong to the output folder *out*."""
        out = out.absolute()
        beside = out.parent / f".{out.name}.alertgen"
        return cls(
            out=out,
            beside=beside,
            tree=beside / "tree",
            new=beside / "new",
            old=beside / "old",
            census=beside / "census.json",
            rehearsal=beside / "rehearsal",
            lock=beside / "lock",
        )
