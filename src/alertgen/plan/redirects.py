"""Old addresses that lead to the new ones: as pages, which work on any host, and as rules for hosts that have them."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlsplit

from alertgen import urls
from alertgen.model import Alert, StandingPage
from alertgen.outputs import Contents, Document, Page
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.policy import PAGE_POLICY
from alertgen.views import Head, RedirectView


def plan_redirects(bulletin: Bulletin) -> Iterator[Page | Document]:
    """Plan a page at each old address, and `_redirects`: rows of old path, new path and HTTP status.

    Paths in `_redirects` count from the folder that the file lies in, those for web servers from the host.
    """
    rows: list[tuple[str, str, str]] = []
    moves: list[tuple[str, str]] = []
    for edition in bulletin.editions:
        for text in edition.texts:
            target = bulletin.files[text.path]
            yield from (_page(alias, target, text, edition) for alias in text.aliases)
            rows += [(_quoted(alias), _quoted(target), "301") for alias in text.aliases]
            moves += [(urls.slashed(alias), target) for alias in text.aliases]
    yield Document(address=urls.host_redirects(), kind="redirects", rows=tuple(rows))
    for server in bulletin.site.config.redirects:
        yield Document(address=urls.SERVER_REDIRECTS[server], kind=server, rows=tuple(_from_host(moves, bulletin)))


def _from_host(moves: Iterable[tuple[str, str]], bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    """Yield old path, decoded as servers compare it, and new path, encoded as browsers get it, both from the host."""
    below = urlsplit(bulletin.site.config.base_url).path.rstrip("/")
    for old, new in moves:
        yield unquote(below + old), quote(unquote(below + new), safe="/")


def _page(alias: str, target: str, text: Alert | StandingPage, edition: Edition) -> Page:
    return Page(
        address=urls.slashed(alias),
        template="redirect.html",
        leads_on=True,
        chrome=edition.chrome,
        contents=Contents(
            head=Head(
                title=text.title,
                description="",
                canonical=edition.language.absolute(target),
                robots="noindex",
                policy=PAGE_POLICY,
            ),
            view=RedirectView(target=target, title=text.title),
        ),
    )


def _quoted(path: str) -> str:
    return quote(path, safe="/%:@!$&'()*+,;=~-._")
