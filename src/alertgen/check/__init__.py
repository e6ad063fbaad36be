"""Site and plan -> what is wrong between them: a table of plain functions with one signature.

Each check is a module. The largest is `ledger`: `now` puts the plan beside the ledger, and `vanished`, `held_again`,
`switched_off`, `taken_back`, `exchanges`, `doubles` and `renumbered` find what was published and would be lost.
`statics` asks `drawings` about SVG files, `strays` about what lies there by accident, and `unused` about what nothing
shows.
"""

from collections.abc import Callable, Iterable

from alertgen.check import addresses, examples, languages, ledger, links, reliefweb, statics, template_links
from alertgen.diagnostics import Diagnostic, sorted_by_place
from alertgen.model import Held, Site
from alertgen.outputs import Plan

Check = Callable[[Site, Plan, tuple[Held, ...]], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    addresses.check,
    examples.check,
    languages.check,
    links.check,
    reliefweb.check,
    statics.check,
    template_links.check,
)

CHECKS_OF_A_WHOLE_SITE: tuple[Check, ...] = (ledger.check,)
"""Checks that find what is missing."""
CHECKS_OF_A_PART: tuple[Check, ...] = (ledger.check_aliases,)
"""What of these checks can be said, too, when files are left out that have errors."""


def check_site(site: Site, plan: Plan, held: tuple[Held, ...], *, whole: bool = True) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong in *site* and *plan* as a whole, sorted by place.

    A site that is not *whole* lacks files that have errors, so nothing is said about what is missing in it.
    """
    checks = CHECKS + (CHECKS_OF_A_WHOLE_SITE if whole else CHECKS_OF_A_PART)
    return sorted_by_place(problem for check in checks for problem in check(site, plan, held))
