"""Standing pages, the page of feeds, the list of corrections, and the page for addresses that are not there."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.model import StandingPage
from alertgen.outputs import (
    CorrectedAlert,
    CorrectionsView,
    FeedGroup,
    FeedLink,
    Head,
    NotFoundView,
    Page,
    StandingView,
    SubscribeView,
    Term,
)
from alertgen.plan import head, jsonld, views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.countries import feed_name
from alertgen.plan.images import picture_of
from alertgen.plan.links import addresses
from alertgen.plan.pages import list_page, unlisted
from alertgen.plan.policy import PAGE_POLICY

NOT_FOUND_ALERTS = 5
"""How many alerts the page for missing addresses offers."""


def plan_standing(bulletin: Bulletin) -> Iterator[Page]:
    """Plan each standing page."""
    for edition in bulletin.editions:
        for page in edition.pages:
            yield _standing(page, edition, bulletin)


def _standing(page: StandingPage, edition: Edition, bulletin: Bulletin) -> Page:
    language = edition.language
    address = bulletin.files[page.path]
    view = StandingView(
        title=page.title,
        summary=page.summary,
        updated=language.day(page.updated) if page.updated else None,
        prose=page.prose,
    )
    return Page(
        address=address,
        template="standing.html",
        chrome=edition.chrome,
        head=_standing_head(page, edition, bulletin),
        view=view,
        section=address,
        links=addresses(page, bulletin),
        pictures=tuple(picture_of(image)[0] for image in page.images),
        searchable=True,
    )


def _standing_head(page: StandingPage, edition: Edition, bulletin: Bulletin) -> Head:
    language, address = edition.language, bulletin.files[page.path]
    url = language.absolute(address)
    trail = (*head.home_trail(edition), Term(page.title, address))
    return Head(
        title=page.title,
        description=page.summary,
        canonical=url,
        translations=head.text_translations(page, bulletin),
        json_ld=jsonld.serialised(
            jsonld.web_page("WebPage", url, page.title, language), jsonld.breadcrumbs(trail, language)
        ),
        policy=PAGE_POLICY,
    )


def plan_subscribe(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the page that lists the feeds of each language."""
    for edition in bulletin.editions:
        say = edition.language.words.say
        yield list_page(
            bulletin,
            edition,
            urls.subscribe(),
            "subscribe.html",
            _subscribe(edition),
            title=say("subscribe"),
            description=say("describe_subscribe", site=edition.chrome.title),
        )


def _subscribe(edition: Edition) -> SubscribeView:
    language, say = edition.language, edition.language.words.say
    groups = (
        FeedGroup(say("feeds_all"), _absolute(edition.chrome.feeds, edition)),
        FeedGroup(say("feeds_countries"), _feeds(tuple(language.places.values()), edition)),
        FeedGroup(say("feeds_tags"), _feeds(tuple(language.tags.values()), edition)),
    )
    return SubscribeView(
        groups=tuple(group for group in groups if group.feeds),
        opml=language.absolute(urls.opml()),
        email=language.config.email,
    )


def _feeds(places: tuple[Term, ...], edition: Edition) -> tuple[FeedLink, ...]:
    feeds = (edition.language.feeds(place.url, feed_name(place, edition)) for place in places)
    return tuple(feed for group in feeds for feed in _absolute(group, edition))


def _absolute(feeds: tuple[FeedLink, ...], edition: Edition) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(feed.title, edition.language.absolute(feed.url), feed.media_type) for feed in feeds)


def plan_corrections(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the list of all corrections in each language."""
    for edition in bulletin.editions:
        say = edition.language.words.say
        rows = [(note, alert) for alert in edition.alerts for note in alert.corrections]
        rows.sort(key=lambda row: row[0].date, reverse=True)
        view = CorrectionsView(
            rows=tuple(
                CorrectedAlert(views.correction_view(note, edition.language), edition.teasers[alert.path])
                for note, alert in rows
            )
        )
        yield list_page(
            bulletin,
            edition,
            urls.corrections(),
            "corrections.html",
            view,
            title=say("corrections"),
            description=say("describe_corrections", site=edition.chrome.title),
        )


def plan_not_found(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the page for addresses that are not there, in the first language."""
    edition = bulletin.editions[0]
    recent = edition.alerts[:NOT_FOUND_ALERTS]
    say = edition.language.words.say
    page = list_page(
        bulletin,
        edition,
        urls.not_found(),
        "not_found.html",
        NotFoundView(recent=tuple(edition.teasers[alert.path] for alert in recent)),
        title=say("not_found"),
        description=say("not_found_text"),
    )
    yield unlisted(page)
