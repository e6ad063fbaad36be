"""What the keys of a content file say, once their form is right."""

import datetime
from collections.abc import Callable

from alertgen.model import Republication, Source
from alertgen.records import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedCorrection:
    """A correction, but for the countries, which are looked up in `texts/corrections.py`."""

    date: datetime.date
    text: str
    wrong_country: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertHeader:
    """The keys of an alert, but for the terms (country, level and the like), looked up in `texts/alerts.py`."""

    title: str
    date: datetime.date
    number: int | None
    summary: str
    authors: tuple[str, ...]
    image_alt: str
    image_caption: str
    image_credit: str
    image_sensitive: str
    republished: Republication | None
    sources: tuple[Source, ...]
    updated: datetime.date | None
    corrections: tuple[NotedCorrection, ...]
    embargo: datetime.datetime | None
    aliases: tuple[str, ...]
    id: str
    """Empty when the editor gave none."""

    @property
    def changed(self) -> datetime.date:
        """The day of the newest word: the date, `updated`, or the newest correction."""
        return max([self.date, *filter(None, [self.updated]), *(note.date for note in self.corrections)])

    def typeset(self, set_line: Callable[[str], str]) -> "AlertHeader":
        """Return the header with every line that the editor wrote for readers put through *set_line*."""
        return replace(
            self,
            title=set_line(self.title),
            summary=set_line(self.summary),
            image_alt=set_line(self.image_alt),
            image_caption=set_line(self.image_caption),
            image_credit=set_line(self.image_credit),
            image_sensitive=set_line(self.image_sensitive),
            republished=self.republished and replace(self.republished, rights=set_line(self.republished.rights)),
            corrections=tuple(replace(one, text=set_line(one.text)) for one in self.corrections),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeader:
    """The keys of a standing page."""

    title: str
    summary: str
    nav: bool
    updated: datetime.date | None
    embargo: datetime.datetime | None
    aliases: tuple[str, ...]

    def typeset(self, set_line: Callable[[str], str]) -> "PageHeader":
        """Return the header with every line that the editor wrote for readers put through *set_line*."""
        return replace(self, title=set_line(self.title), summary=set_line(self.summary))
