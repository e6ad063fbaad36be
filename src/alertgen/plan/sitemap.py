"""The list of all pages for search engines, and the rules for robots."""

from collections.abc import Iterable, Iterator

from alertgen import urls
from alertgen.outputs import Document, Output, Page
from alertgen.plan.alerts import AlertContents
from alertgen.plan.bulletin import Bulletin
from alertgen.views import StandingView, Translation


def plan_sitemap(outputs: Iterable[Output]) -> Iterator[Document]:
    """Plan `sitemap.xml`: a row for each page that may be found, in order of address.

    A row holds the absolute address, the ISO date of the last change (empty where a page has no date of its own), and
    then, in turn, the language tag and absolute address of each translation, itself and `x-default` among them.
    """
    pages = sorted((output for output in outputs if isinstance(output, Page)), key=lambda page: page.address)
    yield Document(address=urls.sitemap(), kind="sitemap", rows=tuple(filter(None, map(_row, pages))))


def _row(page: Page) -> tuple[str, ...]:
    """Return the row of *page*; nothing for one that is not to be found.

    Dates are only what is known for sure: a wrong one makes search engines ignore all of them.
    """
    contents = page.contents
    if isinstance(contents, AlertContents):
        return _listed(contents.url, contents.alert.changed.isoformat(), contents.around.translations)
    head, view = page.head, page.view
    if head.robots:
        return ()
    changed = view.updated.iso if isinstance(view, StandingView) and view.updated else ""
    return _listed(head.canonical, changed, head.translations)


def _listed(url: str, changed: str, translations: Iterable[Translation]) -> tuple[str, ...]:
    return (url, changed, *(part for other in translations for part in (other.lang, other.absolute)))


def plan_robots(bulletin: Bulletin) -> Iterator[Document]:
    """Plan `robots.txt`: rows of field and value. All is open; what is not to be found says so itself."""
    sitemap = urls.absolute(urls.sitemap(), bulletin.site.config.base_url)
    rows = (("User-agent", "*"), ("Disallow", ""), ("Sitemap", sitemap))
    yield Document(address=urls.robots(), kind="robots", rows=rows)
