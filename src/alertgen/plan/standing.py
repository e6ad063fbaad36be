"""Standing pages, the page of feeds, the list of corrections, and the page for addresses that are not there."""

from collections.abc import Iterator

from alertgen import urls
from alertgen.model import StandingPage
from alertgen.outputs import Contents, Page
from alertgen.plan import head, jsonld, views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.feeds import feed_groups, feed_name
from alertgen.plan.history import corrections_of
from alertgen.plan.images import picture_of
from alertgen.plan.links import addresses
from alertgen.plan.pages import list_page, unlisted
from alertgen.plan.policy import PAGE_POLICY
from alertgen.views import CorrectedAlert, CorrectionsView, Head, NotFoundView, StandingView, SubscribeView, Term

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
        contents=Contents(head=_standing_head(page, edition, bulletin), view=view),
        section=address,
        links=addresses(page, bulletin),
        pictures=tuple(picture_of(image)[0] for image in page.images),
    )


def _standing_head(page: StandingPage, edition: Edition, bulletin: Bulletin) -> Head:
    language, address = edition.language, bulletin.files[page.path]
    url = language.absolute(address)
    trail = (*head.home_trail(edition.chrome, language), Term(page.title, address))
    return Head(
        title=page.title,
        description=page.summary,
        canonical=url,
        translations=head.text_translations(page, bulletin),
        card=language.absolute(edition.card.address),
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
            _subscribe(edition, bulletin),
            title=say("subscribe"),
            description=say("describe_subscribe", site=edition.chrome.title),
        )


def _subscribe(edition: Edition, bulletin: Bulletin) -> SubscribeView:
    language = edition.language
    return SubscribeView(
        groups=feed_groups(edition, bulletin), opml=language.absolute(urls.opml()), email=language.config.email
    )


def plan_corrections(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the list of all corrections in each language."""
    for edition in bulletin.editions:
        say = edition.language.words.say
        view = CorrectionsView(
            rows=tuple(
                CorrectedAlert(
                    views.correction_view(note.correction, edition.language), edition.teasers[note.alert.path]
                )
                for note in corrections_of(edition.alerts)
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
            feeds=edition.language.feeds(
                edition.language.local(urls.corrections()), feed_name(say("corrections"), edition)
            ),
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
        lasting=False,
    )
    yield unlisted(page)
