"""Addresses that templates of the site link by `href("…")`, and at which the site has nothing."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.check.links import LOOK, first_part
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.model import Held, Site
from alertgen.outputs import Plan
from alertgen.patterns import late
from alertgen.text import blanked_where, listed, suggestions

_LINKING = late(rb"""\bhref\(\s*["'](?!/pagefind/)""")
"""What stands in a template in which there is anything to find."""
_HREF = late(r"""\bhref\(\s*(["'])([^"'#][^"']*)\1\s*\)""")
_REMARK = late(r"\{#.*?#\}", re.DOTALL)
_CHANGING = '"{}" leads nowhere: files of static/ are published under names that change with them'


def check(site: Site, plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find the links of templates that lead nowhere; to what is held back, too, for it is in no plan."""
    linking = [] if site.faulty else [file for file in site.theme.templates if _LINKING.search(file.content)]
    known = {output.address for output in plan.outputs} if linking else set()
    pages = sorted(address for address in known if address.endswith("/") and address != urls.search_index())
    folders = frozenset(map(first_part, pages))
    for file in linking:
        text = blanked_where(_REMARK, file.text)
        for found in _HREF.finditer(text):
            link, address = found[2], found[2].partition("#")[0].partition("?")[0]
            place = place_of(text, found.start(2), f"templates/{file.path}", len(link))
            if address in known or address.startswith(urls.search_index()) or urlsplit(address).scheme:
                continue
            if not address.startswith("/"):
                yield _relative(link, pages, place)
            elif address.startswith("/static/"):
                hint = f"write {{{{ asset('{address.removeprefix('/static/')}') }}}} in place of href(…)"
                yield problem("dead-link", _CHANGING.format(link), place, hint=hint)
            else:
                near = suggestions(address, pages)
                code = "dead-link" if first_part(address) in folders else "no-own-page"
                message = f'"{link}" leads nowhere: the site has nothing at this address'
                hint = f"did you mean {listed(near)}?" if near else LOOK
                yield problem(code, message, place, hint=hint)


def _relative(link: str, pages: Sequence[str], place: Place) -> Diagnostic:
    """Tell of a *link* that would lead elsewhere from each page; *pages* are the addresses of all."""
    near = suggestions(f"/{link.strip('./')}/", pages)
    hint = f"did you mean {listed(near)}?" if near else LOOK
    message = f'"{link}" leads elsewhere from each page: an address of this site begins with /'
    return problem("dead-link", message, place, hint=hint)
