"""Days and moments of texts that look wrong: a translation before its original, an embargo that ends too early.

All of them are told when it is known what is public now, and what is held back.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.load.documents import Made
from alertgen.load.together.twins import nearly_translations
from alertgen.model import Alert, Config, Held, HeldBecause, LedgerEntry, StandingPage

_ABOUT = 45
"""Days before and after a day within which a slip in a date is likely: today, or today a year ago."""


def odd_days(
    made: Sequence[Made],
    public: Sequence[Made],
    held: Sequence[Held],
    published: Mapping[str, LedgerEntry],
    now: datetime.datetime,
    config: Config,
) -> Iterator[Diagnostic]:
    """Yield what looks wrong with when texts appear.

    Of the texts that were *made*, some are *public* at *now*, others are *held* back; *published* is the ledger.
    """
    yield from _before_embargoes(made, held, published, now, config)
    yield from _translations_of_drafts(made, public, held, config.languages)
    yield from _days_to_come(public, now, config.timezone)
    yield from _dated_before_they_appear(made, held, published, config)
    yield from _ended_before_their_days(made, config.timezone)
    yield from _of_another_season(made, held, config.timezone)
    yield from _of_last_year(public, published, now, config)
    yield from _of_another_issue(public, published, now, config)


def _days_to_come(made: Iterable[Made], now: datetime.datetime, timezone: str) -> Iterator[Diagnostic]:
    """Find days in the keys of alerts that are public at *now*, though the days themselves are still to come."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    for one in made:
        if isinstance(one.result, Alert):
            for key, day in {key: day for key, day in _days(one.result) if day > today}.items():
                message = f"the day {day} is still to come, but the alert is public"
                hint = "correct the date if it is wrong; to publish on a later day, use `draft` or `embargo`"
                yield at_key(problem("day-to-come", message, one.document.place, hint=hint), key)


def _days(alert: Alert) -> Iterator[tuple[str, datetime.date]]:
    """Yield the days in *alert* that can only have been, each with its key."""
    if alert.updated:
        yield "updated", alert.updated
    if alert.republished:
        yield "republished", alert.republished.date
    yield from (("corrections", correction.date) for correction in alert.corrections)
    yield from (("sources", source.date) for source in alert.sources if source.date)


def _dated_before_they_appear(
    made: Sequence[Made], held: Iterable[Held], published: Mapping[str, LedgerEntry], config: Config
) -> Iterator[Diagnostic]:
    """Find alerts that will be older on the day they appear than that day. A translation has that of its original."""
    zone = ZoneInfo(config.timezone)
    days = {one.path: one.until.astimezone(zone).date() for one in held if one.until}
    known = {one.result.stem for one in made if _was_published(one.result, published, config)} if days else set()
    for one in made:
        day = days.get(one.document.path)
        if day and isinstance(one.result, Alert) and day > one.result.date and one.result.stem not in known:
            message = f"this will appear on {day}, but its date is {one.result.date}"
            hint = f"write `date: {day}` and, if the name of the file says the day, rename it; or leave it dated back"
            yield problem("dated-back", message, one.document.at("date"), hint=hint)


def _ended_before_their_days(made: Iterable[Made], timezone: str) -> Iterator[Diagnostic]:
    """Find embargoes that end before the days of their alerts: they keep nothing at home on the day itself."""
    zone = ZoneInfo(timezone)
    for one in made:
        until = one.document.embargo
        if until and isinstance(one.result, Alert) and not one.document.draft:
            ended = max(until.date(), until.astimezone(zone).date())
            if ended < one.result.date:
                message = f"the embargo ends on {ended}, but the date of the alert is {one.result.date}"
                hint = "write the moment that is meant, or delete the line; then it appears when its day begins"
                yield at_key(problem("stale-embargo", message, one.document.place, hint=hint), "embargo")


def _of_another_season(made: Iterable[Made], held: Iterable[Held], timezone: str) -> Iterator[Diagnostic]:
    """Find embargoes that are told in the summer time of *timezone* in winter, or the other way round."""
    zone = ZoneInfo(timezone)
    waiting = {one.path for one in held if one.because is HeldBecause.EMBARGO}
    for one in made:
        until = one.document.embargo
        if until and one.document.path in waiting and _is_of_another_season(until, zone):
            there = until.astimezone(zone)
            message = f"at that moment it is {there:%H:%M} by the clocks of {timezone}, not {until:%H:%M}"
            meant = until.replace(tzinfo=zone).astimezone(datetime.UTC).astimezone(zone).isoformat()
            hint = f"the difference from UTC changes there in the course of the year; write {meant} if its clocks count"
            yield at_key(problem("summer-time", message, one.document.place, hint=hint), "embargo")


def _of_last_year(
    public: Sequence[Made], published: Mapping[str, LedgerEntry], now: datetime.datetime, config: Config
) -> Iterator[Diagnostic]:
    """Find alerts that were never *published* and are of this time of last year: perhaps nobody looked at the year.

    A new translation of what was published then has its date rightly.
    """
    if not any(entry.id for entry in published.values()):
        return  # the first build of an archive
    year_ago = now.astimezone(ZoneInfo(config.timezone)).date() - datetime.timedelta(days=365)
    alerts = [(one, one.result) for one in public if isinstance(one.result, Alert)]
    new = [
        (one, alert)
        for one, alert in alerts
        if abs((alert.date - year_ago).days) <= _ABOUT and not _was_published(alert, published, config)
    ]
    known = {alert.stem for _, alert in alerts if _was_published(alert, published, config)} if new else set()
    for one, alert in new:
        if alert.stem not in known:
            message = f"this alert is new, but its date is {alert.date}"
            hint = "check the year: the address keeps it for ever, and feeds would not show this as the newest"
            yield problem("last-year", message, one.document.at("date"), hint=hint)


def _of_another_issue(
    public: Iterable[Made], published: Mapping[str, LedgerEntry], now: datetime.datetime, config: Config
) -> Iterator[Diagnostic]:
    """Find alerts that were never *published* and have the day of an earlier one that was: copied with its file."""
    today = now.astimezone(ZoneInfo(config.timezone)).date()
    recent = [(one, one.result) for one in public if isinstance(one.result, Alert)]
    recent = [(one, alert) for one, alert in recent if 0 < (today - alert.date).days <= _ABOUT]
    known = {(alert.date, alert.lang): one for one, alert in recent if _was_published(alert, published, config)}
    stems = {one.result.stem for one in known.values() if one.result}
    for one, alert in recent if known else ():
        other = known.get((alert.date, alert.lang))
        if other and alert.stem not in stems and not _was_published(alert, published, config):
            message = f"this alert is new, but it has the day of {other.document.path}, {alert.date}"
            hint = "write the day on which it appears; feeds sort by days, so that it would not be the newest"
            also = (other.document.at("date"),)
            yield problem("day-of-another", message, one.document.at("date"), hint=hint, also=also)


def _was_published(text: Alert | StandingPage, published: Mapping[str, LedgerEntry], config: Config) -> bool:
    """Tell whether *text* stands at an address that is *published*, or stood there."""
    address = urls.text(text, config.languages[0])
    return any(home in published for home in urls.with_old(address, text.aliases))


def _is_of_another_season(moment: datetime.datetime, zone: ZoneInfo) -> bool:
    """Tell whether *moment* is told with a difference from UTC that *zone* has in another month only."""
    told = moment.utcoffset()
    if not told or told == moment.astimezone(zone).utcoffset():
        return False
    return any(told == datetime.datetime(moment.year, month, 15, tzinfo=zone).utcoffset() for month in range(1, 13))


def _translations_of_drafts(
    made: Iterable[Made], public: Iterable[Made], held: Iterable[Held], languages: Sequence[str]
) -> Iterator[Diagnostic]:
    """Find what is *public* while the same text in the first of *languages* is a draft: perhaps it was taken down."""
    drafts = {one.path for one in held if one.because is HeldBecause.DRAFT}
    at_home = {
        (type(one.result), one.result.stem): one.document
        for one in made
        if one.document.path in drafts and one.document.lang == languages[0]
    }
    for one in public if at_home else ():
        if original := at_home.get((type(one.result), one.result.stem)):
            message = f"this is published, while {original.path}, the same text, is a draft"
            hint = "if nothing of the text is to be public, write `draft: true` here, too"
            yield problem("translation-of-draft", message, one.document.place, hint=hint, also=(original.at("draft"),))


def _before_embargoes(
    made: Iterable[Made],
    held: Iterable[Held],
    published: Mapping[str, LedgerEntry],
    now: datetime.datetime,
    config: Config,
) -> Iterator[Diagnostic]:
    """Find what would be published while the same text in another language is under embargo.

    A translation waits for its original. As long as nothing of the text is public, all that has no embargo waits for
    one that has: it was forgotten there. So does what is a translation but for its name.
    """
    ends = {one.document.path: one.document.embargo for one in made if one.document.embargo}
    ends = {path: end for path, end in ends.items() if end > now}
    if not ends:
        return
    moments = {one.path: one.until for one in held}
    order = {lang: number for number, lang in enumerate(config.languages)}
    nearly = nearly_translations(made, config.languages)
    stems = {one.document.path: original.result.stem for one, original, _ in nearly}
    families: dict[object, list[Made]] = {}
    for one in sorted(made, key=lambda one: (one.document.path in stems, order[one.document.lang])):
        if one.document.embargo or not one.document.draft:
            stem = stems.get(one.document.path, one.result.stem)
            families.setdefault((type(one.result), stem), []).append(one)
    for family in families.values():
        secret = not any(_was_published(one.result, published, config) for one in family)
        for one in family:
            others = family if secret and not one.document.embargo else family[:1]
            other = next((other for other in others if other is not one and other.document.path in ends), None)
            appears = moments.get(one.document.path) or datetime.datetime.min.replace(tzinfo=datetime.UTC)
            if other and not one.document.draft and appears < ends[other.document.path]:
                yield _early(one, other, ends[other.document.path], original=other is family[0])


def _early(one: Made, other: Made, until: datetime.datetime, *, original: bool) -> Diagnostic:
    message = f"this would be published before {other.document.path}, which is under embargo"
    hint = f"translations of one text appear together; write among the keys:\nembargo: {until.isoformat()}"
    if not original:
        hint += f"\nif only {other.document.path} is to wait, write `draft: true` there in place of its embargo"
    also = (other.document.place,)
    return at_key(problem("translation-mismatch", message, one.document.place, hint=hint, also=also), "embargo")
