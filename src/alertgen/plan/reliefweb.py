"""Alerts for ReliefWeb, in the public format of its Post API v2, when site.yaml asks for them.

ReliefWeb needs a country and takes five languages, so alerts on themes alone and in other languages are left out.
"""

from collections.abc import Iterator

from alertgen import urls
from alertgen.model import Alert, Image, ReliefWeb
from alertgen.outputs import FeedItem, ReliefWebPost, Rendition
from alertgen.plan import views
from alertgen.plan.bulletin import Bulletin
from alertgen.plan.feed_items import Items
from alertgen.plan.images import picture_of
from alertgen.plan.language import Language
from alertgen.records import replace
from alertgen.text import excerpt, plain

LANGUAGES = {"en": 267, "fr": 268, "es": 269, "ar": 6876, "ru": 10906}
"""ReliefWeb's numbers of languages."""
_NARROWEST = 700
"""Pixels that a picture must have."""
_LONGEST_LINE = 512
"""Characters of a picture's description, and of its credit."""
_FORMATS = ("jpeg", "png")


def plan_reliefweb(bulletin: Bulletin) -> Iterator[ReliefWebPost]:
    """Plan a post for each alert that ReliefWeb can take."""
    asked = bulletin.site.config.reliefweb
    if asked is None:
        return
    for edition in bulletin.editions:
        language, items = edition.language, Items(edition, bulletin)
        number = LANGUAGES.get(language.lang.partition("-")[0], 0)
        for alert in edition.alerts if number else ():
            if alert.countries:
                title = plain(views.full_title(alert, edition.teasers[alert.path].kicker, language))
                address = urls.reliefweb(bulletin.files[alert.path])
                post = _post(alert, address, title, number, items.alert(alert), asked)
                yield _with_picture(post, alert.image, language) if alert.image else post


def _post(alert: Alert, address: str, title: str, language: int, item: FeedItem, asked: ReliefWeb) -> ReliefWebPost:
    numbers = dict(asked.countries)
    return ReliefWebPost(
        address=address,
        title=title,
        sources=asked.sources,
        format=asked.format,
        countries=tuple((country.code, numbers.get(country.code, 0)) for country in alert.countries),
        language=language,
        item=replace(item, picture=None, pictures=tuple(None for _ in item.pictures)),
        picture=None,
        picture_url="",
        alt="",
        credit="",
        place=alert.place,
    )


def _with_picture(post: ReliefWebPost, image: Image, language: Language) -> ReliefWebPost:
    """Return *post* with *image*, unless that is sensitive or too small."""
    shown = None if image.sensitive else _rendition(image)
    if shown is None:
        return post
    address = language.absolute(shown.address)
    alt, credit = (plain(excerpt(text, _LONGEST_LINE)) for text in (image.alt, image.credit))
    return replace(post, picture=shown, picture_url=address, alt=alt, credit=credit)


def _rendition(image: Image) -> Rendition | None:
    """Return the smallest rendition that is wide enough, in a format that ReliefWeb takes."""
    wide = [one for one in picture_of(image)[1] if one.format in _FORMATS and one.width >= _NARROWEST]
    return min(wide, key=lambda one: one.width, default=None)
