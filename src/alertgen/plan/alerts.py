"""The page and the social card of each alert."""

from collections.abc import Iterator
from urllib.parse import quote

from alertgen.model import Alert, Prose, Situation, beginning_of, notes_of
from alertgen.outputs import Card, Contents, Page
from alertgen.plan import views
from alertgen.plan.bulletin import Bulletin, Edition, Surroundings
from alertgen.plan.citations import citation_view
from alertgen.plan.current import locator
from alertgen.plan.head import alert_head, text_translations
from alertgen.plan.images import picture_of
from alertgen.plan.language import Language
from alertgen.plan.links import addresses
from alertgen.records import dataclass
from alertgen.views import AlertView, Chrome, Picture, SituationView, Teaser

EARLIER = 5
"""How many alerts before it a page lists (docs/decisions/0003-earlier-alerts.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertContents:
    """What the page of an alert is made of."""

    alert: Alert
    teaser: Teaser
    around: Surroundings
    chrome: Chrome
    language: Language

    def made(self) -> Contents:
        """Return what is on the page."""
        alert, teaser, around, language = self.alert, self.teaser, self.around, self.language
        picture = picture_of(alert.image)[0] if alert.image else None
        return Contents(
            head=alert_head(alert, teaser, around, picture, self.chrome, language),
            view=_view(alert, teaser, around, picture, language),
        )

    @property
    def texts(self) -> tuple[Prose, ...]:
        """The texts of the alert."""
        return (self.alert.lead, *[situation.prose for situation in self.alert.situations])

    @property
    def url(self) -> str:
        """Absolute address of the page."""
        return self.language.absolute(self.teaser.url)


def plan_alerts(bulletin: Bulletin) -> Iterator[Page | Card]:
    """Plan the page and the social card of each alert."""
    for edition in bulletin.editions:
        for place, alert in enumerate(edition.alerts):
            yield _page(alert, _around(place, edition, bulletin), edition)
    yield from bulletin.cards


def _around(place: int, edition: Edition, bulletin: Bulletin) -> Surroundings:
    alert, newer = edition.alerts[place], edition.alerts[place - 1] if place else None
    earlier = edition.alerts[place + 1 : place + 1 + EARLIER]
    return Surroundings(
        card=edition.cards[alert.path].address,
        newer=edition.teasers[newer.path] if newer else None,
        earlier=tuple([edition.teasers[other.path] for other in earlier]),
        links=addresses(alert, bulletin),
        translations=text_translations(alert, bulletin),
    )


def _page(alert: Alert, around: Surroundings, edition: Edition) -> Page:
    teaser, chrome = edition.teasers[alert.path], edition.chrome
    return Page(
        address=teaser.url,
        template="alert.html",
        chrome=chrome,
        contents=AlertContents(alert=alert, teaser=teaser, around=around, chrome=chrome, language=edition.language),
        section=chrome.menu[0].url,
        links=around.links,
        pictures=tuple([picture_of(image)[0] for image in alert.images]),
    )


def _view(alert: Alert, teaser: Teaser, around: Surroundings, picture: Picture | None, language: Language) -> AlertView:
    url = language.absolute(teaser.url)
    return AlertView(
        kicker=teaser.kicker,
        title=teaser.title,
        day=teaser.day,
        updated=language.day(alert.changed) if alert.changed > alert.date else None,
        authors=alert.authors,
        summary=standfirst(alert),
        places=teaser.places,
        risk_tags=teaser.risk_tags,
        picture=picture,
        corrections=tuple([views.correction_view(note, language) for note in alert.corrections]),
        republished=views.republication_view(alert.republished, language) if alert.republished else None,
        lead=alert.lead,
        situations=tuple([_situation(situation, teaser, language) for situation in alert.situations]),
        notes=notes_of((alert.lead, *(situation.prose for situation in alert.situations))),
        sources=tuple([views.source_view(source, language) for source in alert.sources]),
        citation=citation_view(alert, teaser, language),
        share_mail=_mail(views.full_title(alert, teaser.kicker, language), url, language),
        permanent_url=url,
        newer=around.newer,
        older=around.earlier[0] if around.earlier else None,
        earlier=around.earlier,
    )


def standfirst(alert: Alert) -> str:
    """The editor's summary; nothing where the beginning of the text stands in for it, since the text follows."""
    return "" if alert.summary == beginning_of(alert.lead, alert.situations) else alert.summary


def _situation(situation: Situation, teaser: Teaser, language: Language) -> SituationView:
    return SituationView(
        anchor=situation.anchor,
        headline=teaser.title if situation.whole else situation.headline,
        places=language.countries(situation.countries),
        theme=situation.theme,
        level=language.level(situation.level),
        trend=language.trend(situation.trend),
        risk_tags=language.risk_tags(situation.risk_tags),
        prose=situation.prose,
        whole=situation.whole,
        map=locator(situation.countries, situation.level, language),
    )


def _mail(subject: str, url: str, language: Language) -> str:
    """A `mailto:` address (RFC 6068)."""
    body = language.words.say("share_body", title=subject, url=url)
    return f"mailto:?subject={_encoded(subject)}&body={_encoded(body.replace(chr(10), chr(13) + chr(10)))}"


def _encoded(text: str) -> str:
    """Return *text* percent-encoded, all but letters, digits and `_.-~`."""
    return text.translate(_PERCENT) if text.isascii() else quote(text, safe="")


_PERCENT = {code: quote(chr(code), safe="") for code in range(128)}
