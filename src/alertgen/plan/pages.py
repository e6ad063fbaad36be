"""A page made of a view: the part that all kinds of list pages have in common."""

from alertgen.outputs import Contents, Page
from alertgen.plan import head, jsonld
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.policy import PAGE_POLICY
from alertgen.records import replace
from alertgen.views import FeedLink, Head, Term, View


def list_page(
    bulletin: Bulletin,
    edition: Edition,
    address: str,
    template: str,
    view: View,
    *,
    title: str,
    description: str,
    section: str = "",
    parent: Term | None = None,
    about: tuple[jsonld.Node, ...] = (),
    holds: jsonld.Node | None = None,
    feeds: tuple[FeedLink, ...] = (),
    lasting: bool = True,
) -> Page:
    """Return a list page of *edition*.

    *address* and *section* are those of the site's first language. *parent* is the page above it; without one that is
    the home page. In JSON-LD the page is *about* some things; or what it *holds*, such as a data set, stands in its
    place.
    """
    language = edition.language
    local = language.local(address)
    trail = (*head.home_trail(edition.chrome, language), *((parent,) if parent else ()), Term(title, local))
    url = language.absolute(local)
    return Page(
        address=local,
        template=template,
        chrome=edition.chrome,
        lasting=lasting,
        contents=Contents(
            head=Head(
                title=title,
                description=description,
                canonical=url,
                translations=head.list_translations(address, bulletin),
                feeds=feeds,
                card=language.absolute(edition.card.address),
                json_ld=jsonld.serialised(
                    holds or jsonld.web_page("CollectionPage", url, title, language, about),
                    jsonld.breadcrumbs(trail, language),
                ),
                policy=PAGE_POLICY,
            ),
            view=view,
        ),
        section=language.local(section or address),
    )


def unlisted(page: Page) -> Page:
    """Return *page* as one that search engines shall not show."""
    head = replace(page.head, canonical="", translations=(), card="", json_ld="", robots="noindex")
    return with_head(page, head)


def with_head(page: Page, head: Head) -> Page:
    """Return *page* with another *head*."""
    return replace(page, contents=Contents(head=head, view=page.view))
