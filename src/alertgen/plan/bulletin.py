"""The site arranged for planning: one edition for each language, with the parts that pages share, each built once."""

import datetime
from collections.abc import Mapping

from alertgen import urls
from alertgen.model import Alert, Level, RiskTag, Site, StandingPage
from alertgen.outputs import Card
from alertgen.plan.history import History
from alertgen.plan.language import Language
from alertgen.plan.recall import Recall
from alertgen.plan.views import Entry
from alertgen.records import dataclass
from alertgen.views import Chrome, LevelMark, Teaser, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The bulletin in one language."""

    language: Language
    chrome: Chrome
    alerts: tuple[Alert, ...]
    """Newest first."""
    pages: tuple[StandingPage, ...]
    teasers: Mapping[str, Teaser]
    """By path of the alert."""
    card: Card
    """Of all pages that are no alert."""
    cards: Mapping[str, Card]
    """By path of the alert."""
    entries: tuple[Entry, ...]
    """Newest first; within an alert in the order of its text."""
    countries: tuple[History, ...]
    """What was said of the countries that have pages, by name."""
    by_tag: tuple[tuple[RiskTag, tuple[Entry, ...]], ...]
    """The risk tags that occur with their entries, newest first, in the order of the vocabularies."""
    levels: tuple[Level, ...]
    """The levels with feeds, the most severe first: those in use, and those of which somebody may have a feed."""
    legend: tuple[LevelMark, ...]
    """The levels in use, the most severe first."""
    lists: frozenset[str]
    """Addresses of its list pages as they would be in the site's first language."""

    @property
    def texts(self) -> tuple[Alert | StandingPage, ...]:
        """Its alerts, then its standing pages."""
        return (*self.alerts, *self.pages)

    @property
    def by_country(self) -> tuple[History, ...]:
        """What was said of the countries that occur, by name: of others, alerts were only wrongly said to be about."""
        return tuple([history for history in self.countries if history.entries])


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the page of an alert shows that is not of the alert itself."""

    card: str
    """Address of its social card."""
    newer: Teaser | None
    earlier: tuple[Teaser, ...]
    """The newest first."""
    links: tuple[str, ...]
    """Where its links lead."""
    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """The whole site, ready for the planners."""

    site: Site
    editions: tuple[Edition, ...]
    """In the order of the site's languages; the first is always there."""
    assets: tuple[tuple[str, str], ...]
    """Pairs of name and address of each static file."""
    files: Mapping[str, str]
    """Address of each alert and standing page, by path of its file."""
    translations: Mapping[str, tuple[Alert | StandingPage, ...]]
    """All languages of each alert and standing page, itself among them, by path of its file."""
    recall: Recall
    """What was made of parts of the bulletin."""

    @property
    def first_home(self) -> str:
        """The address of the site when it was first published, by which its feeds are known."""
        homes = (entry.id for entry in self.site.ledger.entries[:1] if entry.address == urls.home())
        known = next(homes, "")
        return known if known and known not in self.site.given_up else self.site.config.base_url

    @property
    def cards(self) -> tuple[Card, ...]:
        """All social cards. What looks the same in two languages is one card."""
        cards = (card for edition in self.editions for card in (edition.card, *edition.cards.values()))
        return tuple({card.address: card for card in cards}.values())

    @property
    def newest(self) -> datetime.date | None:
        """The date of the newest alert in any language."""
        return self.site.alerts[0].date if self.site.alerts else None

    @property
    def running_year(self) -> int:
        """The ISO year of the newest alert, of which the end is not known; 0 without alerts."""
        return self.newest.isocalendar().year if self.newest else 0
