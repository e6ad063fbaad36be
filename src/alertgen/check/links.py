"""Links inside the site that lead nowhere."""

import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic
from alertgen.model import Held, Link, Site
from alertgen.outputs import Plan
from alertgen.text import listed


def check(site: Site, plan: Plan, held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find the links of *plan* that lead nowhere, and say so apart where they lead to something that is held back."""
    at_home = {one.path: one for one in held}
    known = [text.path for text in site.texts]
    for link, reason in plan.unresolved:
        file = _file(link)
        if file in at_home:
            yield problem(
                "link-to-held",
                f'"{link.target}" leads to a file that is held back ({at_home[file].because})',
                link.place,
                hint="take the link out, or publish both together",
            )
        else:
            yield problem("dead-link", f'"{link.target}" leads nowhere: {reason}', link.place, hint=_hint(file, known))


def _file(link: Link) -> str:
    """Return the site-relative path that *link* would name if it named a file."""
    target = unquote(link.target).partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(link.place.path), target)).lstrip("/")


def _hint(file: str, known: list[str]) -> str:
    by_name = {posixpath.basename(path): path for path in known}
    near = get_close_matches(posixpath.basename(file), by_name, 3, 0.6)
    return f"did you mean {listed(by_name[name] for name in near)}?" if near else ""
