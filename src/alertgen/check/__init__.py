"""Site and plan -> what is wrong between them: a table of plain functions with one signature."""

from collections.abc import Callable, Iterable

from alertgen.check import addresses, ledger, links, reliefweb
from alertgen.diagnostics import Diagnostic, sorted_by_place
from alertgen.model import Held, Site
from alertgen.outputs import Plan

Check = Callable[[Site, Plan, tuple[Held, ...]], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    addresses.check,
    links.check,
    ledger.check,
    reliefweb.check,
)


def check_site(site: Site, plan: Plan, held: tuple[Held, ...]) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong in *site* and *plan* as a whole, sorted by place."""
    return sorted_by_place(problem for check in CHECKS for problem in check(site, plan, held))
