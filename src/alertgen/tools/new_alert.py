"""A new alert: its number, its day, its title and a file to be written in."""

import datetime
import posixpath
from calendar import WEDNESDAY
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from alertgen.diagnostics import Diagnostic, Place
from alertgen.i18n import words
from alertgen.load.keys.fields import FaultError
from alertgen.load.keys.frontmatter import compose
from alertgen.load.series import Series
from alertgen.load.texts.images import find_picture
from alertgen.model import Country, Level, RiskTag, Trend
from alertgen.records import dataclass
from alertgen.store import Store
from alertgen.text import slugify
from alertgen.write.trouble import MachineError, in_words

_RECENT = 12
"""How many alerts decide on which day of the week the series appears."""
_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """The lead photo of a new alert. What is not known yet is empty."""

    path: str
    """Relative to the alert."""
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """What is known of an alert before it is written."""

    id: str
    title: str
    date: datetime.date
    number: int | None
    countries: tuple[Country, ...] = ()
    risk_tags: tuple[RiskTag, ...] = ()
    level: Level | None = None
    trend: Trend | None = None
    photo: Photo | None = None


def next_number(series: Series) -> int | None:
    """Return the number after the highest one; None for a series without numbers."""
    numbers = [issue.number for issue in series.real_issues if issue.number]
    if series.real_issues and not numbers:
        return None
    return max(numbers, default=0) + 1


def next_day(series: Series, today: datetime.date) -> datetime.date:
    """Return the next day of publication, *today* at the earliest, on which there is no alert yet."""
    taken = {issue.date for issue in series.real_issues if issue.date}
    day = today + datetime.timedelta(days=(_weekday(taken) - today.weekday()) % 7)
    while day in taken:
        day += _WEEK
    return day


def _weekday(days: Iterable[datetime.date]) -> int:
    """Return the day of the week, Monday being 0, on which most of the newest alerts appeared."""
    recent = [day.weekday() for day in sorted(days, reverse=True)[:_RECENT]]
    return Counter(recent).most_common(1)[0][0] if recent else WEDNESDAY


def default_title(countries: Iterable[Country], lang: str) -> str:
    """Return the names of *countries* as a title in *lang*: `Sudan, Mali and Yemen`."""
    return words(lang).list(country.name.said_in(lang) for country in countries)


def path_of(alert: NewAlert, series: Series) -> str:
    """Return where the file of *alert* belongs, below the site folder; its address is taken by no other alert."""
    year, lang = alert.date.year, series.config.languages[0]
    taken = {one.slug for one in series.issues if one.date and one.date.year == year and one.lang == lang}
    slug = slugify(alert.title) or "alert"
    others = [str(alert.number)] if alert.number else []
    others += [f"{alert.date:%m-%d}", *map(str, range(2, len(taken) + 3))]
    free = next(name for name in (slug, *(f"{slug}-{other}" for other in others)) if name not in taken)
    return f"alerts/{year}/{alert.date}-{free}.md"


def text_of(alert: NewAlert) -> str:
    """Return the content of the file of *alert*: a draft, with a mark at each place that is to be written."""
    return compose(_header(alert), _body(alert))


def _header(alert: NewAlert) -> dict[str, object]:
    codes = [country.code for country in alert.countries]
    header: dict[str, object] = {
        "title": alert.title,
        "date": alert.date,
        "number": alert.number,
        "summary": "TODO: say in one or two plain sentences what this alert is about",
        "country": codes[0] if len(codes) == 1 else codes,
        "level": alert.level.slug if alert.level else None,
        "trend": alert.trend.value if alert.trend else None,
        "risk_tags": [tag.slug for tag in alert.risk_tags],
        **_photo_keys(alert.photo),
        "draft": True,
        "id": alert.id,
    }
    return {key: value for key, value in header.items() if value not in (None, [], "")}


def _photo_keys(photo: Photo | None) -> dict[str, object]:
    if photo is None:
        return {}
    return {
        "image": photo.path,
        "image_alt": photo.alt or "TODO: say what the photo shows, for readers who cannot see it",
        "image_caption": photo.caption,
        "image_credit": photo.credit or "TODO: name photographer and agency",
    }


_PARAGRAPHS = (
    "TODO: write what happened, where and when. Say who reported it, and link the report.\n\n"
    "TODO: write what was asked for, by whom and of whom."
)


def _body(alert: NewAlert) -> str:
    """One situation needs no heading; several countries get one each."""
    if len(alert.countries) < 2:
        return _PARAGRAPHS
    parts = (
        f"## TODO: headline about {country.name.default} {{: country={country.code} }}\n\n{_PARAGRAPHS}"
        for country in alert.countries
    )
    return "\n\n".join(parts)


def photo_path(typed: str, here: Path, root: Path, alert_path: str) -> str:
    """Return *typed*, the path of a picture, as the alert at *alert_path* names it.

    It is as seen from the folder *here*, or from that of the alert, where pictures are copied to.

    Raises:
        FaultError: it is not there, lies outside the site folder *root*, or is not a picture.
    """
    folder = posixpath.dirname(alert_path)
    files = [(seen_from / typed).resolve() for seen_from in (here, root / folder)]
    file = next(filter(Path.is_file, files), None)
    if file is None:
        hint = f"copy it into {folder}/ first, then write its name"
        raise FaultError("missing-image", f'there is no file "{typed}"', hint)
    if not file.is_relative_to(root.resolve()):
        hint = f"copy it into {folder}/ first, then write its name alone"
        raise FaultError("refused-path", f'"{typed}" is outside the folder of the site', hint)
    target = posixpath.relpath(file.relative_to(root.resolve()).as_posix(), folder)
    found = find_picture(root, alert_path, target, Place(alert_path), Store(None))
    if isinstance(found, Diagnostic):
        raise FaultError(found.code, found.message, found.hint)
    return target


def write_new(root: Path, path: str, text: str) -> None:
    """Write *text* to the new file *path* below *root*. A file that is there already is never touched.

    Raises:
        MachineError: there is such a file, or the system refuses to write.
    """
    file = root / path
    try:
        with in_words(f"Cannot write {path}", "Nothing was written."):
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as new:
                new.write(text)
    except MachineError as error:
        if isinstance(error.__cause__, FileExistsError):
            hint = "Open that file, or give the new alert another title. Nothing was written."
            raise MachineError(f"{path} is there already", hint, usage=True) from error
        raise
