"""The first language of a site must stay what it was: it is that of all addresses and texts that name none."""

from collections.abc import Iterator

from alertgen import SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.model import Held, Site
from alertgen.outputs import Plan


def check(site: Site, _plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find that the site was published in another language than what comes first in site.yaml now."""
    first, *others = site.config.languages
    published = next((entry.lang for entry in site.ledger.entries if entry.lang), first)
    if _primary(published) != _primary(first):
        told = ", ".join(dict.fromkeys([published, first, *others]))
        message = (
            f'this site was published in "{published}"; with "{first}" in front, everything without a language would '
            f'count as "{first}": texts, lists, feeds, and the addresses of all of these'
        )
        hint = (
            f"write the new language after the one that was there: languages: [{told}]\n"
            f'if the texts have been in "{first}" all along: delete `, "lang": "{published}"` from the line of "/" in '
            "published.json"
        )
        yield at_key(problem("changed-language", message, Place(SITE_FILE), hint=hint), "languages")


def _primary(tag: str) -> str:
    """Return the language of *tag* without its region or script: English stays English where it becomes British."""
    return tag.partition("-")[0]
