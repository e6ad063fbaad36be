"""Addresses that templates of the site link by `href("/…")`, and at which the site has nothing."""

import re
from collections.abc import Iterator

from alertgen import urls
from alertgen.check.links import LOOK, first_part
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, place_of
from alertgen.model import Held, Site
from alertgen.outputs import Plan
from alertgen.patterns import late
from alertgen.text import blanked_where, listed, suggestions

_LINKING = late(rb"""\bhref\(\s*["']/(?!pagefind/)""")
"""What stands in a template in which there is anything to find."""
_HREF = late(r"""\bhref\(\s*(["'])(/[^"']*)\1\s*\)""")
_REMARK = late(r"\{#.*?#\}", re.DOTALL)


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
            if address not in known and not address.startswith(urls.search_index()):
                near = suggestions(address, pages)
                code = "dead-link" if first_part(address) in folders else "no-own-page"
                message = f'"{link}" leads nowhere: the site has nothing at this address'
                hint = f"did you mean {listed(near)}?" if near else LOOK
                place = place_of(text, found.start(2), f"templates/{file.path}", len(link))
                yield problem(code, message, place, hint=hint)
