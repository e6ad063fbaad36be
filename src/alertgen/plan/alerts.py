"""The page and the social card of each alert."""

from collections.abc import Iterator
from urllib.parse import quote

from alertgen.model import Alert, Situation, notes_of
from alertgen.outputs import Card, Page
from alertgen.plan import views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.citations import citation_view
from alertgen.plan.current import locator
from alertgen.plan.head import alert_head
from alertgen.plan.images import picture_of
from alertgen.plan.language import Language
from alertgen.plan.links import addresses
from alertgen.text import excerpt
from alertgen.views import AlertView, Picture, SituationView

EARLIER = 5
"""How many alerts before it a page lists (docs/decisions/0003-earlier-alerts.md)."""


def plan_alerts(bulletin: Bulletin) -> Iterator[Page | Card]:
    """Plan the page and the social card of each alert. What looks the same in two languages is one card."""
    cards: dict[str, Card] = {}
    for edition in bulletin.editions:
        for place in range(len(edition.alerts)):
            yield _page(place, edition, bulletin)
        cards |= {card.address: card for card in (edition.card, *edition.cards.values())}
    yield from cards.values()


def _page(place: int, edition: Edition, bulletin: Bulletin) -> Page:
    alert = edition.alerts[place]
    picture = picture_of(alert.image)[0] if alert.image else None
    return Page(
        address=bulletin.files[alert.path],
        template="alert.html",
        chrome=edition.chrome,
        head=alert_head(alert, edition, bulletin, picture),
        view=_view(place, edition, bulletin, picture),
        section=edition.chrome.menu[0].url,
        links=addresses(alert, bulletin),
        pictures=tuple(picture_of(image)[0] for image in alert.images),
        searchable=True,
    )


def _view(place: int, edition: Edition, bulletin: Bulletin, picture: Picture | None) -> AlertView:
    alert, language = edition.alerts[place], edition.language
    earlier = tuple(edition.teasers[other.path] for other in edition.alerts[place + 1 : place + 1 + EARLIER])
    url = language.absolute(bulletin.files[alert.path])
    return AlertView(
        kicker=views.kicker(alert, language),
        title=views.title(alert, language),
        day=language.day(alert.date),
        updated=language.day(alert.changed) if alert.changed > alert.date else None,
        authors=alert.authors,
        summary=standfirst(alert),
        places=language.countries(alert.countries),
        risk_tags=language.risk_tags(alert.risk_tags),
        picture=picture,
        corrections=tuple(views.correction_view(note, language) for note in alert.corrections),
        republished=views.republication_view(alert.republished, language) if alert.republished else None,
        lead=alert.lead,
        situations=tuple(_situation(situation, alert, edition) for situation in alert.situations),
        notes=notes_of((alert.lead, *(situation.prose for situation in alert.situations))),
        sources=tuple(views.source_view(source, language) for source in alert.sources),
        citation=citation_view(alert, bulletin.files[alert.path], language),
        share_mail=_mail(alert, language, url),
        permanent_url=url,
        newer=edition.teasers[edition.alerts[place - 1].path] if place else None,
        older=earlier[0] if earlier else None,
        earlier=earlier,
    )


def standfirst(alert: Alert) -> str:
    """The editor's summary; nothing where the beginning of the text stands in for it, since the text follows."""
    beginning = alert.lead.text or next((situation.prose.text for situation in alert.situations), "")
    return "" if alert.summary == excerpt(beginning) else alert.summary


def _situation(situation: Situation, alert: Alert, edition: Edition) -> SituationView:
    language = edition.language
    return SituationView(
        anchor=situation.anchor,
        headline=views.title(alert, language) if situation.whole else situation.headline,
        places=language.countries(situation.countries),
        theme=situation.theme,
        level=language.level(situation.level),
        trend=language.trend(situation.trend),
        risk_tags=language.risk_tags(situation.risk_tags),
        prose=situation.prose,
        whole=situation.whole,
        map=locator(situation.countries, situation.level, edition),
    )


def _mail(alert: Alert, language: Language, url: str) -> str:
    """A `mailto:` address (RFC 6068)."""
    subject = views.full_title(alert, language)
    body = language.words.say("share_body", title=subject, url=url)
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(body.replace(chr(10), chr(13) + chr(10)), safe='')}"
