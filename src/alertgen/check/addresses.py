"""No two outputs at one address, also where file systems do not tell capitals or forms of a letter apart."""

import unicodedata
from collections.abc import Iterator

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.model import Held, Site
from alertgen.outputs import Output, Page, Plan


def check(site: Site, plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find outputs whose files would overwrite each other, or stand where another one needs a folder."""
    first: dict[str, Output] = {}
    for output in plan.outputs:
        other = first.setdefault(_folded(output.address), output)
        if other is not output and _is_redirect(output) == _is_redirect(other):
            yield _taken(output, _claims(site, output.address), aliases=_is_redirect(output))


def _folded(address: str) -> str:
    return unicodedata.normalize("NFC", urls.file_of(address)).casefold()


def _is_redirect(output: Output) -> bool:
    """Tell whether *output* stands for an alias; one that meets a page is told by the check of the ledger."""
    return isinstance(output, Page) and output.leads_on


def _claims(site: Site, address: str) -> list[Place]:
    """Return where the alerts and pages stand that are published, or have an alias, at *address*, sorted."""
    default, wanted = site.config.languages[0], _folded(address)
    claims = [alert.place for alert in site.alerts if _folded(urls.alert(alert, default)) == wanted]
    claims += [page.place for page in site.pages if _folded(urls.standing_page(page, default)) == wanted]
    claims += [text.place for text in site.texts for alias in text.aliases if _folded(alias) == wanted]
    return sorted(claims)


def _taken(output: Output, claims: list[Place], *, aliases: bool) -> Diagnostic:
    *others, at = claims or [Place("site.yaml")]
    what = "a page that alertgen makes itself"
    if others:
        what = f"{others[0].path}, too"
    message = f"{output.address} is the address of {what}"
    if aliases:
        message = f'the alias "{output.address}" stands in {others[0].path}, too' if others else message
        taken = problem("address-taken", message, at, hint="remove it from one of them", also=tuple(others))
        return at_key(taken, "aliases", output.address)
    hint = "give this one another `slug`"
    return at_key(problem("address-taken", message, at, hint=hint, also=tuple(others)), "slug")
