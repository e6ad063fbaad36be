"""The home page of each language."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.outputs import Page
from alertgen.plan import jsonld
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.current import current_map, current_rows
from alertgen.plan.images import picture_of
from alertgen.plan.pages import list_page, with_head
from alertgen.records import replace
from alertgen.views import HomeView

RECENT = 6
"""How many alerts follow the latest one on the home page."""


def plan_home(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the home page of each language."""
    for edition in bulletin.editions:
        page = list_page(
            bulletin,
            edition,
            urls.home(),
            "home.html",
            _view(edition, bulletin),
            title="",
            description=edition.chrome.description,
        )
        yield with_head(page, replace(page.head, json_ld=jsonld.serialised(jsonld.website(edition.language))))


def _view(edition: Edition, bulletin: Bulletin) -> HomeView:
    teasers = tuple(edition.teasers[alert.path] for alert in edition.alerts[: RECENT + 1])
    latest = edition.alerts[0] if edition.alerts else None
    return HomeView(
        latest=teasers[0] if teasers else None,
        latest_picture=picture_of(latest.image)[0] if latest and latest.image else None,
        latest_situations=tuple(
            entry.row
            for entry in edition.entries
            if latest and entry.alert.path == latest.path and "#" in entry.row.url
        ),
        world=current_map(edition, bulletin),
        current=current_rows(edition, bulletin),
        recent=teasers[1:],
        levels=edition.legend,
    )
