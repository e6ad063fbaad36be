"""Addresses that templates of the site link by `href("…")`, and at which the site has nothing."""

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.check.links import LOOK, first_part
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.model import Held, Site
from alertgen.outputs import Plan
from alertgen.patterns import late
from alertgen.text import blanked_where, listed, suggestions

_LINKING = late(rb"""\bhref\(\s*["'](?!/pagefind/)|\bhref\s*=\s*["'](?:/|\{\{\s*[\w.]+\s*\}\})""", re.IGNORECASE)
"""What stands in a template in which there is anything to find."""
_HREF = late(r"""\bhref\(\s*(["'])([^"'#][^"']*)\1\s*\)""")
_ROOTED = late(r"""<a\b[^<>{]*?\shref\s*=\s*(["'])(/(?:[^"'{}/][^"'{}]*/)?[^"'{}/.]*)\1""", re.IGNORECASE)
"""A link to a page of this site, or of another at the same host, that begins at the top of the host."""
_VALUE = late(r"""\bhref\s*=\s*["']\{\{\s*([\w.]+)\s*\}\}""", re.IGNORECASE)
_LOOP = late(
    r"\bfor\s+(\w+)\s+in\b(?:\s+(chrome\.(?:menu|footer)|[\w.]+\.(?:recent|earlier|teasers|latest_situations|places))\b)?"
)
"""A loop, and through what it goes if that leads into this site."""
_INSIDE = ("view.latest.url", "view.older.url", "view.newer.url", "teaser.url", "chrome.home", "chrome.search")
"""Values that are addresses of this site."""
_REMARK = late(r"\{#.*?#\}", re.DOTALL)
_CHANGING = '"{}" leads nowhere: files of static/ are published under names that change with them'


def check(site: Site, plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find the links of templates that lead nowhere; to what is held back, too, for it is in no plan."""
    linking = [] if site.faulty else [file for file in site.theme.templates if _LINKING.search(file.content)]
    known = {output.address for output in plan.outputs} if linking else set()
    pages = sorted(address for address in known if address.endswith("/") and address != urls.search_index())
    for file in linking:
        text = blanked_where(_REMARK, file.text)
        path = f"templates/{file.path}"
        for found in _HREF.finditer(text):
            yield from _leading_nowhere(found[2], place_of(text, found.start(2), path, len(found[2])), known, pages)
        for found in _ROOTED.finditer(text):
            link, place = found[2], place_of(text, found.start(2), path, len(found[2]))
            dead = list(_leading_nowhere(link, place, known, pages))
            yield from dead or [_rooted(link, f'href("{link}")', place)]
        loops = {f"{loop[1]}.url": loop[2] for loop in sorted(_LOOP.finditer(text), key=lambda loop: not loop[2])}
        inside = {*_INSIDE, *filter(loops.get, loops)}  # a name of several loops is no sure sign
        for found in _VALUE.finditer(text):
            if found[1] in inside:
                yield _rooted(found[1], f"href({found[1]})", place_of(text, found.start(1), path, len(found[1])))


def _leading_nowhere(link: str, place: Place, known: Collection[str], pages: Sequence[str]) -> Iterator[Diagnostic]:
    """Find that the site has nothing at the address *link*; it has something at those *known*, of which are *pages*."""
    address = link.partition("#")[0].partition("?")[0]
    if address in known or address.startswith(urls.search_index()) or urlsplit(address).scheme:
        return
    if not address.startswith("/"):
        yield _relative(link, pages, place)
    elif address.startswith("/static/"):
        hint = f"write {{{{ asset('{address.removeprefix('/static/')}') }}}} in place of href(…)"
        yield problem("dead-link", _CHANGING.format(link), place, hint=hint)
    else:
        near = suggestions(address, pages)
        code = "dead-link" if first_part(address) in map(first_part, pages) else "no-own-page"
        message = f'"{link}" leads nowhere: the site has nothing at this address'
        yield problem(code, message, place, hint=f"did you mean {listed(near)}?" if near else LOOK)


def _rooted(what: str, remedy: str, place: Place) -> Diagnostic:
    message = f'"{what}" begins at the top of the host: it leads elsewhere from a page that was opened from a folder'
    return problem("rooted-link", message, place, hint=f"write {{{{ {remedy} }}}} in its place")


def _relative(link: str, pages: Sequence[str], place: Place) -> Diagnostic:
    """Tell of a *link* that would lead elsewhere from each page; *pages* are the addresses of all."""
    near = suggestions(f"/{link.strip('./')}/", pages)
    hint = f"did you mean {listed(near)}?" if near else LOOK
    message = f'"{link}" leads elsewhere from each page: an address of this site begins with /'
    return problem("dead-link", message, place, hint=hint)
