"""What the keys of a content file say, once their form is right."""

import datetime
from dataclasses import dataclass

from alertgen.model import Correction, Republication, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertHeader:
    """The keys of an alert, but for the terms (country, level and the like), which are looked up in `alerts.py`."""

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
    corrections: tuple[Correction, ...]
    embargo: datetime.datetime | None
    aliases: tuple[str, ...]
    id: str
    """Empty when the editor gave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeader:
    """The keys of a standing page."""

    title: str
    summary: str
    nav: bool
    updated: datetime.date | None
    embargo: datetime.datetime | None
    aliases: tuple[str, ...]
