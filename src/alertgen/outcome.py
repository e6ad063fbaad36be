"""What a run found and did: the records that the report to the editor is made of.

They stand apart from the stages, so that a build with nothing to do can tell about it without any of them.
"""

import datetime
from enum import StrEnum

from alertgen import SITE_FILE
from alertgen.diagnostics import Diagnostic, has_errors
from alertgen.records import dataclass, field

NOTHING = "Nothing was written;"
"""How a sentence begins that says so."""


def untouched(target: str, *, there: bool) -> str:
    """Say that nothing was written to the folder *target*, and whether a site is *there*."""
    return f"{NOTHING} the site in {target} is untouched." if there else f"{NOTHING} there is no site in {target} yet."


class HeldBecause(StrEnum):
    """Why a finished file is not published in this build."""

    DRAFT = "draft"
    EMBARGO = "embargo"
    FUTURE = "future date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that stays at home. Only the report to the editor may mention it; no output may."""

    path: str
    because: HeldBecause
    until: datetime.datetime | None
    """The moment it will appear, with zone; None for a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication changed, for readers of the site."""

    added: tuple[str, ...] = ()
    """Addresses."""
    changed: tuple[str, ...] = ()
    """Addresses of which a byte changed."""
    removed: tuple[str, ...] = ()
    """Addresses."""
    foreign: tuple[str, ...] = ()
    """Files in the output folder that alertgen did not make, carried over; empty folders end in `/`."""
    size: int = field(default=0, compare=False)
    """Bytes of the whole site, without what alertgen did not make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideCounts:
    """How the links to other sites fare, each counted once."""

    good: int
    moved: int
    gone: int
    """Those that only one's own network knows are among them."""
    unclear: int
    known: int
    """How many of all these are remembered from an earlier run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build found and did."""

    problems: tuple[Diagnostic, ...]
    held: tuple[Held, ...]
    files: int
    """How many content files were read."""
    pages: int = 0
    """How many pages the site has, or would have."""
    published: Published | None = None
    """What was written; None when nothing may be, or nothing was meant to be."""
    size: int = 0
    """Bytes of the site that was built."""
    rehearsal: bool = False
    """Another moment than the present was tried out: what readers see, and the ledger, are as they were."""
    mended: tuple[str, ...] = ()
    """What was found damaged or left halfway, and was put in order: a sentence each, without a full stop."""
    stand_in: str = ""
    """`base_url`, while it is an address that was made for examples, so that no web host can have it."""
    outside: OutsideCounts | None = None
    """What was found of links to other sites; None when nobody asked."""

    @property
    def ok(self) -> bool:
        """Whether nothing forbids publishing."""
        return not has_errors(self.problems)

    @property
    def unusable(self) -> bool:
        """Whether `site.yaml` itself is at fault."""
        return has_errors(problem for problem in self.problems if problem.at.path == SITE_FILE)
