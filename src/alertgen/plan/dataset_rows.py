"""The rows of the open data: an alert, or a situation of it, with what they do not know of themselves."""

from alertgen import urls
from alertgen.model import Alert, Country, Situation
from alertgen.plan.feed_items import situation_id
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert, with what it does not know of itself."""

    alert: Alert
    url: str
    issue: str
    """Id of the version in the site's first language."""
    base_url: str

    @property
    def situations(self) -> "tuple[SituationRow, ...]":
        """Its situations, one row each."""
        return tuple(SituationRow(of=self, situation=situation) for situation in self.alert.situations)


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRow:
    """A situation, and the one of its countries that the row is about (None in the JSON file, which lists them)."""

    of: AlertRow
    situation: Situation
    country: Country | None = None

    @property
    def id(self) -> str:
        """Permanent id, the same as in feeds."""
        return situation_id(self.of.alert, self.situation)

    @property
    def url(self) -> str:
        """Absolute address on the alert's page."""
        return urls.situation(self.of.url, urls.encoded(self.situation.anchor))

    @property
    def headline(self) -> str:
        """The alert's title when it has no headline of its own."""
        return self.of.alert.title if self.situation.whole else self.situation.headline
