"""What stays at home: drafts, and texts whose embargo or date is still to come."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from alertgen import urls
from alertgen.load.documents import Label, Made
from alertgen.model import Alert, Config, Held, HeldBecause, HeldText, StandingPage


def held_back(
    documents: Iterable[Label], made: Iterable[Made], now: datetime.datetime, config: Config
) -> tuple[HeldText, ...]:
    """List what is not published at *now*, sorted by path; a date begins at midnight in the time zone of *config*.

    A draft is listed even when nothing could be made of it.
    """
    zone, results = ZoneInfo(config.timezone), {one.document.path: one.result for one in made}
    drafts = [Held(path=one.path, because=HeldBecause.DRAFT, until=None) for one in documents if one.draft]
    others = (_until(one, zone) for one in made if not one.document.draft)
    waiting = [held for held in others if held.until and held.until > now]
    return tuple(
        HeldText(
            path=held.path,
            because=held.because,
            until=held.until,
            addresses=_addresses(results.get(held.path), config.languages[0]),
        )
        for held in sorted([*drafts, *waiting], key=lambda held: held.path)
    )


def _addresses(text: Alert | StandingPage | None, default_lang: str) -> tuple[str, ...]:
    if text is None:
        return ()
    return (urls.text(text, default_lang), *text.aliases)


def _until(one: Made, zone: ZoneInfo) -> Held:
    """Return the moment from which *one* is public, and what sets it."""
    moments: list[tuple[datetime.datetime, HeldBecause]] = []
    if isinstance(one.result, Alert):
        moments.append((datetime.datetime.combine(one.result.date, datetime.time.min, zone), HeldBecause.FUTURE))
    if one.document.embargo:
        moments.append((one.document.embargo, HeldBecause.EMBARGO))
    until, because = max(moments, default=(None, HeldBecause.EMBARGO), key=lambda pair: pair[0])
    return Held(path=one.document.path, because=because, until=until)
