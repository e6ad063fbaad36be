"""The small parts that several pages show: teasers, rows, notes."""

from collections.abc import Iterable

from alertgen import urls
from alertgen.issues import begins, number_in
from alertgen.model import Alert, Correction, Country, Level, Republication, RiskTag, Situation, Source, Trend
from alertgen.patterns import late
from alertgen.plan.language import Language
from alertgen.records import dataclass, replace
from alertgen.views import CorrectionView, LevelMark, RepublicationView, SituationRow, SourceView, Teaser

_AFTER_KICKER = late(r"\s*[:\u2013\u2014-]\s*(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A situation as lists know it: what it is about, and its row.

    An alert whose front matter names a country or tag that no situation has is an entry itself, for those alone.
    """

    alert: Alert
    countries: tuple[Country, ...]
    risk_tags: tuple[RiskTag, ...]
    level: Level | None
    trend: Trend | None
    row: SituationRow
    situation: Situation | None = None
    """None for an alert that is an entry itself."""


def kicker(alert: Alert, language: Language) -> str:
    """Return the series and number of *alert*: `Atrocity Alert No. 237`."""
    series = language.spoken(language.config.series)
    if alert.number is None:
        return series
    return language.words.say("issue", series=series, number=alert.number).strip()


def title(alert: Alert, series: str) -> str:
    """Return the title as it stands below the kicker: without *series* and number, should they stand in it too."""
    end = 0
    if alert.number is None:
        end = len(series) if begins(alert.title, series) else 0
    elif (found := number_in(alert.title, series)) and found[0] == alert.number:
        end = found[1]
    mark = _AFTER_KICKER.match(alert.title, end) if end else None
    return alert.title[mark.end() :] if mark else alert.title


def full_title(alert: Alert, issue: str, language: Language) -> str:
    """Return the title with the kicker *issue* (series and number) before it, unless it begins with the series."""
    series = language.spoken(language.config.series)
    if not series or begins(alert.title, series):
        return alert.title
    return language.words.say("issue_title", issue=issue, title=alert.title)


def teaser(alert: Alert, language: Language) -> Teaser:
    """Return *alert* as lists show it."""
    levels = {situation.level for situation in alert.situations if situation.level}
    themes = dict.fromkeys(situation.theme for situation in alert.situations if situation.theme)
    issue = kicker(alert, language)
    return Teaser(
        url=urls.alert(alert, language.config.languages[0]),
        kicker=issue,
        title=title(alert, language.spoken(language.config.series)),
        day=language.day(alert.date),
        summary=alert.summary,
        places=language.countries(alert.countries),
        themes=tuple(themes),
        lang=language.lang,
        dir=language.words.direction,
        corrected=bool(alert.corrections),
        levels=tuple(language.level_mark(level) for level in sorted(levels, key=severity)),
        risk_tags=language.risk_tags(alert.risk_tags),
    )


def legend(entries: Iterable[Entry], language: Language) -> tuple[LevelMark, ...]:
    """Return the levels in use, the most severe first; each leads to its place in the list of countries."""
    stated = {entry.level.slug for entry in entries if entry.level}
    levels = [level for level in language.config.levels if level.slug in stated or not level.until]
    return tuple(
        replace(language.level_mark(level), url=language.local(urls.level_list(level)))
        for level in sorted(levels, key=severity)
    )


def severity(level: Level) -> tuple[int, str]:
    """Sort key of levels: the most severe first."""
    return level.rank, level.slug


def entries(alert: Alert, teaser: Teaser, language: Language) -> tuple[Entry, ...]:
    """Return the entries of *alert*, which lists show as *teaser*, in the order of its text."""
    of_text = tuple([_situation_entry(alert, situation, teaser, language) for situation in alert.situations])
    countries = {country.code for entry in of_text for country in entry.countries}
    tags = {tag.slug for entry in of_text for tag in entry.risk_tags}
    left = tuple(country for country in alert.countries if country.code not in countries)
    left_tags = tuple(tag for tag in alert.risk_tags if tag.slug not in tags)
    return (*of_text, _alert_entry(alert, left, left_tags, teaser)) if left or left_tags else of_text


def _situation_entry(alert: Alert, situation: Situation, teaser: Teaser, language: Language) -> Entry:
    row = SituationRow(
        url=urls.situation(teaser.url, situation.anchor),
        headline=teaser.title if situation.whole else situation.headline,
        day=teaser.day,
        alert_title=teaser.title,
        kicker=teaser.kicker,
        places=language.countries(situation.countries),
        theme=situation.theme,
        level=language.level(situation.level),
        trend=language.trend(situation.trend),
        risk_tags=language.risk_tags(situation.risk_tags),
        lang=teaser.lang,
        dir=teaser.dir,
    )
    return Entry(
        alert=alert,
        countries=situation.countries,
        risk_tags=situation.risk_tags,
        level=situation.level,
        trend=situation.trend,
        row=row,
        situation=situation,
    )


def _alert_entry(alert: Alert, countries: tuple[Country, ...], risk_tags: tuple[RiskTag, ...], teaser: Teaser) -> Entry:
    row = SituationRow(
        url=teaser.url,
        headline=teaser.title,
        day=teaser.day,
        alert_title=teaser.title,
        kicker=teaser.kicker,
        places=teaser.places,
        theme="",
        level=None,
        trend=None,
        risk_tags=teaser.risk_tags,
        lang=teaser.lang,
        dir=teaser.dir,
    )
    return Entry(alert=alert, countries=countries, risk_tags=risk_tags, level=None, trend=None, row=row)


def correction_view(correction: Correction, language: Language) -> CorrectionView:
    """Return *correction* as readers see it."""
    return CorrectionView(language.day(correction.date), correction.text)


def source_view(source: Source, language: Language) -> SourceView:
    """Return *source* as readers see it."""
    return SourceView(
        title=source.title,
        url=source.url,
        publisher=source.publisher,
        day=language.day(source.date) if source.date else None,
        archived=source.archived,
    )


def authors(alert: Alert, language: Language) -> tuple[str, ...]:
    """Return who wrote *alert*; where nobody is named the publisher, and of a republication who published it first."""
    publisher = alert.republished.publisher if alert.republished else language.publisher
    return alert.authors or tuple(filter(None, [publisher]))


def republication_view(republished: Republication, language: Language) -> RepublicationView:
    """Return where a text first appeared, as readers see it."""
    return RepublicationView(
        publisher=republished.publisher,
        url=republished.url,
        day=language.day(republished.date),
        rights=republished.rights,
    )
