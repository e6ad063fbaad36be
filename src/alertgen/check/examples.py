"""Texts that `alertgen init` wrote as examples, on a site that has an address of its own by now."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.model import Alert, Held, Site
from alertgen.outputs import Plan

_REPORTS_NOTHING = "This text reports no event."
_TO_BE_WRITTEN = "Say here who you are"
"""How the summary of an example begins, and the text of a page; see `data/newsite`."""
_AS_TOLD = "; if that is an error, since the site was built with it, type the line that the report then gives"


def check(site: Site, _plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find examples that readers would see."""
    if urls.is_stand_in(site.config.base_url):
        return
    for text in site.texts:
        if isinstance(text, Alert):
            is_example, hint = text.summary.startswith(_REPORTS_NOTHING), "delete this file"
        else:
            is_example, hint = text.prose.text.startswith(_TO_BE_WRITTEN), "write who you are, or delete this file"
        if is_example:
            message = "this is still the example that `alertgen init` wrote, and readers would see it"
            yield at_key(problem("example-text", message, text.place, hint=f"{hint}{_AS_TOLD}"), "title")
