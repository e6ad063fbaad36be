"""Fingerprints of the outputs of a plan, to be compared with those of what is published."""

from collections.abc import Callable, Mapping
from functools import cached_property

from alertgen.engine import engine_digest
from alertgen.fingerprint import Fingerprints, digest_text
from alertgen.model import Site
from alertgen.outputs import JsonFile, Output, Page, Plan
from alertgen.traces.read import DATASET
from alertgen.write import fingerprints_of


class Comparing:
    """Knows the fingerprints of the outputs of a plan; they are worked out when they are first asked for."""

    def __init__(self, site: Site, plan: Plan) -> None:
        """Take the *plan* of *site*."""
        self._site, self._plan = site, plan
        self.fingerprint_of = Fingerprints()
        """Remembers what it has seen of the plan."""

    @cached_property
    def spelling(self) -> str:
        """How the content of the open data (alerts.json) is spelled for its fingerprint; empty without that file."""
        files = (output for output in self._plan.outputs if isinstance(output, JsonFile))
        found = (file.content for file in files if file.address == DATASET)
        return next(map(self.fingerprint_of.spelled, found), "")

    @cached_property
    def fingerprints(self) -> Mapping[str, str]:
        """The fingerprints of all outputs, by address."""
        assert self.spelling is not None  # first: what was spelled out is known when its file is looked at
        return fingerprints_of(self._plan, engine_of(self._site), self.fingerprint_of)


def engine_of(site: Site) -> Callable[[Output], str]:
    """Return what the making of an output depends on beside its value: alertgen itself and, for pages, the theme."""
    themed = engine_of_pages(site)
    return lambda output: themed if isinstance(output, Page) else engine_digest()


def engine_of_pages(site: Site) -> str:
    """Return what the making of pages depends on beside their values."""
    return digest_text(engine_digest() + site.theme.digest)
