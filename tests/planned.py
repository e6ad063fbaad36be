"""Shortcuts into a plan for tests."""

from typing import TypeVar

from alertgen.fingerprint import Fingerprints
from alertgen.model import Site
from alertgen.outputs import Output, Page
from alertgen.plan.planners import plan_outputs

View = TypeVar("View")


def outputs(site: Site) -> dict[str, Output]:
    """Every output by address; an address that stands twice is a fault."""
    planned = plan_outputs(site).outputs
    found = {output.address: output for output in planned}
    assert len(found) == len(planned)
    return found


def page(site: Site, address: str) -> Page:
    found = outputs(site)[address]
    assert isinstance(found, Page)
    return found


def view(site: Site, address: str, kind: type[View]) -> View:
    found = page(site, address).view
    assert isinstance(found, kind)
    return found


def changed(before: Site, after: Site, *kinds: type[Output]) -> set[str]:
    """Addresses whose output of one of *kinds* (all, if none is named) is new, gone, or of another fingerprint."""
    old, new = _prints(before, kinds), _prints(after, kinds)
    return {address for address in old.keys() | new.keys() if old.get(address) != new.get(address)}


def _prints(site: Site, kinds: tuple[type[Output], ...]) -> dict[str, str]:
    fingerprint = Fingerprints()
    return {
        address: fingerprint(output)
        for address, output in outputs(site).items()
        if not kinds or isinstance(output, kinds)
    }
