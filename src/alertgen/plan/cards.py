"""Social cards: words only, whatever the picture of an alert shows.

Drawing a card takes longer than making all else of an alert, and what is passed on is new. So the newest alerts have a
card each, and all older ones share that of the bulletin, as do all other pages.
"""

from collections.abc import Mapping, Sequence

from alertgen import urls
from alertgen.fingerprint import digest_text
from alertgen.model import Alert
from alertgen.outputs import Card
from alertgen.plan.language import Language
from alertgen.views import Teaser


def cards_of(
    alerts: Sequence[Alert], teasers: Mapping[str, Teaser], language: Language, shared: Card
) -> Mapping[str, Card]:
    """Return the social card of each of *alerts* (newest first), by the path of its file; *shared* for older ones."""
    own = language.config.social_cards
    cards = {alert.path: _alert(teasers[alert.path], language) for alert in alerts[:own]}
    return cards | dict.fromkeys((alert.path for alert in alerts[own:]), shared)


def _alert(teaser: Teaser, language: Language) -> Card:
    return _card(
        language,
        kicker=teaser.kicker,
        title=teaser.title,
        day=teaser.day.shown,
        places=" · ".join(place.name for place in teaser.places),
    )


def bulletin_card(language: Language) -> Card:
    """Return the card of the bulletin: of all its pages that are no alert, and of older alerts."""
    publisher, title = language.publisher, language.spoken(language.config.title)
    return _card(language, kicker=publisher if publisher != title else "", title=title, day="", places="")


def _card(language: Language, *, kicker: str, title: str, day: str, places: str) -> Card:
    parts = {
        "kicker": kicker,
        "title": title,
        "day": day,
        "places": places,
        "site": language.spoken(language.config.title),
        "dir": language.words.direction,
    }
    return Card(address=urls.card(digest_text("\0".join(parts.values()))), **parts)
