"""Two outputs at one address, and folders that Windows cannot have.

Addresses are compared as on disks that do not tell capitals, or two forms of one letter, apart.
"""

from collections.abc import Iterator

from alertgen import SITE_FILE, urls
from alertgen.check.now import on_disk
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.file_names import is_device
from alertgen.model import Held, Site
from alertgen.outputs import Output, Page, Plan


def check(site: Site, plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find outputs whose files would overwrite each other, or stand where another one needs a folder."""
    first: dict[str, Output] = {}
    for output in plan.outputs:
        other = first.setdefault(on_disk(output.address), output)
        if other is not output and _is_redirect(output) == _is_redirect(other):
            yield _taken(output, _claims(site, output.address), aliases=_is_redirect(output))
    yield from _not_on_windows(site)


def _not_on_windows(site: Site) -> Iterator[Diagnostic]:
    """Find folders that Windows cannot have. Those of long ago are let be: they can have no other address any more."""
    texts = [text for text in site.texts if is_device(text.slug) and text.stem.lower() != text.slug]
    named = [(text.slug, text.place, "slug") for text in texts]  # where the file is called so, that was told
    named += [(tag.slug, Place(SITE_FILE), "risk_tags") for tag in site.risk_tags if is_device(tag.slug)]
    named += [(level.slug, Place(SITE_FILE), "levels") for level in site.config.levels if is_device(level.slug)]
    published = {part for entry in site.ledger.entries for part in entry.address.split("/")} if named else set()
    for slug, place, key in named:
        if slug not in published:
            message = (
                f'Windows cannot have a folder named "{slug}", so nobody who uses it could copy or unpack the site'
            )
            hint = "give it a `slug` of more than one word"
            yield at_key(problem("windows-name", message, place, hint=hint), key)


def _is_redirect(output: Output) -> bool:
    """Tell whether *output* stands for an alias; one that meets a page is told by the check of the ledger."""
    return isinstance(output, Page) and output.leads_on


def _claims(site: Site, address: str) -> list[Place]:
    """Return where the alerts and pages stand that are published, or have an alias, at *address*, sorted."""
    default, wanted = site.config.languages[0], on_disk(address)
    claims = [text.place for text in site.texts if on_disk(urls.text(text, default)) == wanted]
    claims += [text.place for text in site.texts for alias in text.aliases if on_disk(alias) == wanted]
    return sorted(claims)


def _taken(output: Output, claims: list[Place], *, aliases: bool) -> Diagnostic:
    *others, at = claims or [Place(SITE_FILE)]
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
