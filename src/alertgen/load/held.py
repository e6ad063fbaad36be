"""What stays at home: drafts, embargoes and dates still to come."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from alertgen.load.documents import Document
from alertgen.load.siblings import Made
from alertgen.model import Alert, Held, HeldBecause


def held_back(
    documents: Iterable[Document], made: Iterable[Made], now: datetime.datetime, timezone: str
) -> tuple[Held, ...]:
    """List what is not published at *now*, sorted by path; a date begins at midnight in *timezone*.

    A draft is listed even when nothing could be made of it.
    """
    zone = ZoneInfo(timezone)
    drafts = [Held(path=one.path, because=HeldBecause.DRAFT, until=None) for one in documents if one.draft]
    others = (_until(one, zone) for one in made if not one.document.draft)
    waiting = [held for held in others if held.until and held.until > now]
    return tuple(sorted([*drafts, *waiting], key=lambda held: held.path))


def _until(one: Made, zone: ZoneInfo) -> Held:
    """Return the moment from which *one* is public, and what sets it."""
    moments: list[tuple[datetime.datetime, HeldBecause]] = []
    if isinstance(one.result, Alert):
        moments.append((datetime.datetime.combine(one.result.date, datetime.time.min, zone), HeldBecause.FUTURE))
    if one.document.header and one.document.header.embargo:
        moments.append((one.document.header.embargo, HeldBecause.EMBARGO))
    until, because = max(moments, default=(None, HeldBecause.EMBARGO), key=lambda pair: pair[0])
    return Held(path=one.document.path, because=because, until=until)
