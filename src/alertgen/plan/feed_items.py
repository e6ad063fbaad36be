"""Alerts, situations and corrections as items of feeds."""

import uuid
from collections.abc import Iterator
from hashlib import sha1
from urllib.parse import quote

from alertgen import urls
from alertgen.model import Alert, Country, Image, Level, RiskTag, Situation, opening_of
from alertgen.outputs import Category, FeedItem, FeedPart, FeedPicture
from alertgen.plan import moments, views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.images import picture_of
from alertgen.plan.language import Language
from alertgen.plan.links import addresses
from alertgen.plan.views import Entry
from alertgen.records import dataclass, replace
from alertgen.text import FEED_SUMMARY
from alertgen.views import RepublicationView, Teaser

ISO_COUNTRIES = "urn:iso:std:iso:3166:-1"
UN_REGIONS = "https://unstats.un.org/unsd/methodology/m49/"
_TAG_SCHEMES = {
    "atrocity-crime": "https://undocs.org/A/RES/60/1",
    "un-risk-factor": "https://undocs.org/A/70/741",
}
"""Scheme of a risk tag -> the document that defines it; the site's own tags are defined on its own pages."""
_WIDEST = 1200
"""Pixels: readers do not choose among sizes, so feeds give one that suits a screen."""
_WHOLE = -1
"""Stands for the place of a situation when the alert as a whole is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An alert, with what its items are made of beside it."""

    alert: Alert
    teaser: Teaser
    rank: int
    """How many alerts of the same day come before it in time."""
    links: tuple[str, ...]
    """Where its links lead."""
    language: Language
    zones: moments.Zones

    @property
    def name(self) -> str:
        """The title with series and number."""
        return views.full_title(self.alert, self.teaser.kicker, self.language)

    def corrected(self, place: int) -> str:
        """Return when its correction at *place* was made."""
        return moments.corrected(self.alert, self.rank, place, self.zones)


class Items:
    """Gives the items of one language, each made once however many feeds carry it."""

    def __init__(self, edition: Edition, bulletin: Bulletin) -> None:
        self.edition = edition
        self._bulletin = bulletin
        self._ranks = moments.ranks(edition.alerts)
        self._zones = bulletin.site.timezones
        self._made: dict[tuple[str, int], FeedItem] = {}

    def entry(self, entry: Entry) -> FeedItem:
        """Return the situation of *entry*, or its alert when it has none."""
        if entry.situation is None:
            return self.alert(entry.alert)
        return self.situation(entry.alert, entry.alert.situations.index(entry.situation))

    def alert(self, alert: Alert) -> FeedItem:
        """Return *alert* with all of its text."""
        return self._once(alert, _WHOLE)

    def situation(self, alert: Alert, place: int) -> FeedItem:
        """Return the situation of *alert* at *place* (0-based) with only its text."""
        return self._once(alert, place)

    def correction(self, alert: Alert, place: int) -> FeedItem:
        """Return the correction of *alert* at *place* (0-based, newest first) with a link to the corrected text."""
        return _correction(self.issue(alert), place, self.alert(alert))

    def issue(self, alert: Alert) -> Issue:
        """Return *alert* with what its items are made of."""
        return Issue(
            alert=alert,
            teaser=self.edition.teasers[alert.path],
            rank=self._ranks[alert.path],
            links=addresses(alert, self._bulletin),
            language=self.edition.language,
            zones=self._zones,
        )

    def _once(self, alert: Alert, place: int) -> FeedItem:
        key = (alert.path, place)
        if key not in self._made:
            make = _alert if place == _WHOLE else _situation
            self._made[key] = self._bulletin.recall(make, f"{alert.path} {place}", self.issue(alert), place)
        return self._made[key]


def _alert(issue: Issue, _: int) -> FeedItem:
    alert, language = issue.alert, issue.language
    lead = (FeedPart(heading="", note="", prose=alert.lead),) if alert.lead else ()
    return _item(
        issue,
        id=alert.id,
        title=issue.name,
        summary=alert.summary,
        place=None,
        countries=alert.countries,
        risk_tags=alert.risk_tags,
        levels=tuple(dict.fromkeys(s.level for s in alert.situations if s.level)),
        picture=alert.image,
        parts=(*lead, *[_part(situation, language) for situation in alert.situations]),
    )


def _situation(issue: Issue, place: int) -> FeedItem:
    alert, situation = issue.alert, issue.alert.situations[place]
    alone = situation.whole or (len(alert.situations) == 1 and not alert.lead)
    item = _item(
        issue,
        id=situation_id(alert, situation),
        title=issue.teaser.title if situation.whole else situation.headline,
        summary=alert.summary if situation.whole else opening_of(situation.prose, FEED_SUMMARY),
        place=place,
        countries=situation.countries,
        risk_tags=situation.risk_tags,
        levels=(situation.level,) if situation.level else (),
        picture=alert.image if alone else None,
        parts=(replace(_part(situation, issue.language), heading=""),),
    )
    return replace(item, url=f"{item.url}#{quote(situation.anchor)}", sources=item.sources if alone else ())


def _correction(issue: Issue, place: int, item: FeedItem) -> FeedItem:
    language, note = issue.language, issue.alert.corrections[place]
    title = language.words.say("correction_of", day=language.words.day(note.date))
    moment = issue.corrected(place)
    return replace(
        item,
        id=_derived(f"{issue.alert.id} correction {note.date.isoformat()} {note.number}"),
        title=language.words.say("labelled", label=title, text=issue.name),
        summary=note.text,
        authors=tuple(filter(None, [language.publisher])),
        published=moment,
        updated=moment,
        corrections=(views.correction_view(note, language),),
        republished=None,
        picture=None,
        parts=(),
        links=(),
        pictures=(),
        sources=(),
    )


def _item(
    issue: Issue,
    *,
    id: str,
    title: str,
    summary: str,
    place: int | None,
    countries: tuple[Country, ...],
    risk_tags: tuple[RiskTag, ...],
    levels: tuple[Level, ...],
    picture: Image | None,
    parts: tuple[FeedPart, ...],
) -> FeedItem:
    alert, language, zones = issue.alert, issue.language, issue.zones
    return FeedItem(
        id=id,
        url=language.absolute(issue.teaser.url),
        title=title,
        summary=summary,
        authors=views.authors(alert, language),
        published=moments.published(alert, issue.rank, zones, place),
        updated=moments.updated(alert, issue.rank, zones, place),
        lang=alert.lang,
        dir=language.words.direction,
        categories=tuple(_categories(countries, risk_tags, levels, language)),
        corrections=tuple([views.correction_view(note, language) for note in alert.corrections]),
        republished=_republished(alert, language),
        picture=_picture(picture, language) if picture else None,
        parts=parts,
        links=tuple([_absolute(address, language) for address in issue.links]),
        pictures=tuple([_picture(image, language) for image in alert.images]),
        sources=tuple([views.source_view(source, language) for source in alert.sources]),
    )


def _part(situation: Situation, language: Language) -> FeedPart:
    say = language.words.say
    level, trend = language.level(situation.level), language.trend(situation.trend)
    facts = {
        "places": say("comma").join(language.spoken(country.name) for country in situation.countries),
        "theme": situation.theme,
        "level": level.name if level else "",
        "trend": trend.word if trend else "",
    }
    stated = [say("labelled", label=say(label), text=text) for label, text in facts.items() if text]
    heading = "" if situation.whole else situation.headline
    return FeedPart(heading=heading, note=" · ".join(stated), prose=situation.prose)


def _categories(
    countries: tuple[Country, ...], risk_tags: tuple[RiskTag, ...], levels: tuple[Level, ...], language: Language
) -> Iterator[Category]:
    for country in countries:
        yield Category(country.code, ISO_COUNTRIES, language.spoken(country.name))
    for region, of_region in {country.region: country for country in countries if country.region}.items():
        yield Category(region, UN_REGIONS, language.region(of_region))
    for tag in risk_tags:
        scheme = _TAG_SCHEMES.get(tag.scheme) or language.absolute(urls.risks())
        yield Category(tag.slug, scheme, language.spoken(tag.name))
    for level in levels:
        yield Category(level.slug, language.absolute(urls.levels()), language.spoken(level.name))


def _republished(alert: Alert, language: Language) -> RepublicationView | None:
    if alert.republished is None:
        return None
    view = views.republication_view(alert.republished, language)
    return replace(view, url=urls.encoded(view.url))


def _picture(image: Image, language: Language) -> FeedPicture | None:
    """Return *image* in one size, JPEG or PNG; None when it is sensitive."""
    if image.sensitive:
        return None
    fallback = picture_of(image)[0].formats[-1]
    file = max((file for file in fallback.files if file.width <= _WIDEST), key=lambda file: file.width)
    return FeedPicture(
        url=language.absolute(file.url),
        media_type=fallback.media_type,
        width=file.width,
        height=file.height,
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
    )


def _absolute(address: str, language: Language) -> str:
    """Return *address* with the host; nothing for a link that leads nowhere."""
    return language.absolute(address) if address.startswith("/") else ""


def situation_id(alert: Alert, situation: Situation) -> str:
    """Return the permanent id of a situation: it depends on the alert's id and the situation's key alone."""
    return _derived(f"{alert.id} {situation.key}")


def _derived(name: str) -> str:
    """Return the id that is derived from *name*: `uuid.uuid5(uuid.NAMESPACE_URL, name).urn`, in a third of its time."""
    digits = sha1(_IN_URLS + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANTS[int(digits[16], 16) & 3]
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


_IN_URLS = uuid.NAMESPACE_URL.bytes
_VARIANTS = "89ab"
