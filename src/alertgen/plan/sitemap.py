"""The list of all pages for search engines, and the rules for robots."""

from collections.abc import Iterable, Iterator

from alertgen import urls
from alertgen.outputs import Document, Output, Page
from alertgen.plan.bulletin import Bulletin
from alertgen.views import AlertView, StandingView


def plan_sitemap(outputs: Iterable[Output]) -> Iterator[Document]:
    """Plan `sitemap.xml`: a row for each page that may be found, in order of address.

    A row holds the absolute address, the ISO date of the last change (empty where a page has no date of its own), and
    then, in turn, the language tag and absolute address of each translation, itself and `x-default` among them.
    """
    pages = [output for output in outputs if isinstance(output, Page) and not output.head.robots]
    rows = tuple(_row(page) for page in sorted(pages, key=lambda page: page.address))
    yield Document(address=urls.sitemap(), kind="sitemap", rows=rows)


def _row(page: Page) -> tuple[str, ...]:
    others = (part for other in page.head.translations for part in (other.lang, other.absolute))
    return (page.head.canonical, _last_change(page), *others)


def _last_change(page: Page) -> str:
    """Only what is known for sure: a wrong date makes search engines ignore all of them."""
    match page.view:
        case AlertView(day=day, updated=updated):
            return (updated or day).iso
        case StandingView(updated=updated):
            return updated.iso if updated else ""
        case _:
            return ""


def plan_robots(bulletin: Bulletin) -> Iterator[Document]:
    """Plan `robots.txt`: rows of field and value. All is open; what is not to be found says so itself."""
    sitemap = urls.absolute(urls.sitemap(), bulletin.site.config.base_url)
    rows = (("User-agent", "*"), ("Disallow", ""), ("Sitemap", sitemap))
    yield Document(address=urls.robots(), kind="robots", rows=rows)
