"""Errors that will stop a build once an embargo ends or a date comes, told while there is time to mend them.

A text that is held back is read like any other. But whether it fits into the site, above all with its links and its
addresses, shows only in a site that holds it. So the site is planned once more for each of the next moments. What is
wrong then does not stop what can be published today, so it is a warning.
"""

from collections.abc import Collection, Iterator

from alertgen.check import check_site
from alertgen.diagnostics import Diagnostic, Severity
from alertgen.load.site import Later, Loaded
from alertgen.plan.planners import plan_outputs
from alertgen.records import replace
from alertgen.report import format_moment

_OF_TODAY = "vanished-"
"""How the codes of problems begin that no new text can cause: they are told already, perhaps at another place."""


def faults_to_come(loaded: Loaded, known: Collection[Diagnostic], *, whole: bool) -> tuple[Diagnostic, ...]:
    """Return the errors that a build at one of the next moments will find, each once, beside those that are *known*."""
    told: dict[Diagnostic, Diagnostic] = {}
    for later in loaded.later:
        for fault in _faults(later, whole=whole):
            if fault not in known:
                told.setdefault(fault, _told(fault, later))
    return tuple(told.values())


def _faults(later: Later, *, whole: bool) -> Iterator[Diagnostic]:
    planned = plan_outputs(later.site)
    for fault in check_site(later.site, planned, later.held, whole=whole):
        if fault.severity is Severity.ERROR and not fault.code.startswith(_OF_TODAY):
            yield fault


def _told(fault: Diagnostic, later: Later) -> Diagnostic:
    message = f"{fault.message}; from {format_moment(later.moment)} on, no build will succeed with this"
    return replace(fault, severity=Severity.WARNING, message=message)
