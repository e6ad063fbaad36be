"""`alertgen new`: a file for the next alert, by flags in a script or by questions in a terminal."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from alertgen.cli import OK, USAGE, answers
from alertgen.cli.asking import ask
from alertgen.cli.bulletin import series_or_report
from alertgen.cli.options import short, site_option, today_option
from alertgen.cli.streams import in_terminal, say
from alertgen.cli.usage import WrongUseError
from alertgen.load.keys import fields
from alertgen.load.keys.fields import FaultError
from alertgen.load.series import Series
from alertgen.model import Level
from alertgen.records import dataclass, replace
from alertgen.text import listed
from alertgen.tools import new_alert
from alertgen.tools.new_alert import NewAlert, Photo

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What was said on the command line; empty where nothing was said."""

    country: tuple[str, ...]
    title: str
    date: str
    number: str
    risk_tag: tuple[str, ...]
    level: str
    trend: str
    image: str
    image_alt: str
    image_caption: str
    image_credit: str

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


@click.command("new")
@site_option
@today_option
@click.option("--country", multiple=True, help="Country: code (SD), English name or other known name. May be repeated.")
@click.option("--title", default="", help="Title.  [default: the names of the countries]")
@click.option("--date", default="", help="Day of the alert, as in 2026-11-25.  [default: the next day of publication]")
@click.option("--number", default="", help="Number in the series; `none` for no number.  [default: the next one]")
@click.option("--risk-tag", multiple=True, help="Risk tag, such as war-crimes. May be repeated.")
@click.option("--level", default="", help="Alert level of the country.")
@click.option("--trend", default="", help="deteriorated, unchanged or improved.")
@click.option("--image", default="", help="Lead photo: a file in the folder of the site.")
@click.option("--image-alt", default="", help="What the photo shows, for readers who cannot see it.")
@click.option("--image-caption", default="", help="Line below the photo.")
@click.option("--image-credit", default="", help="Photographer and agency.")
def new_command(site: Path, now: datetime, **said: str | tuple[str, ...]) -> int:
    """Begin the next alert.

    Writes a draft with number, date, title and permanent id. Without options it asks you for them, if it runs in a
    terminal. With options, it needs --country or, for an alert about a theme, --title.
    """
    flags = Flags(**said)  # type: ignore[arg-type]  # click gives each option the type it declares
    series = series_or_report(site)
    if series is None:
        return USAGE
    today = now.astimezone(ZoneInfo(series.config.timezone)).date()
    if not flags and in_terminal():
        alert = _from_answers(series, today, site)
    else:
        alert = _from_flags(flags, series, today, site)
    path = new_alert.path_of(alert, series)
    new_alert.write_new(site, path, new_alert.text_of(alert))
    _tell(site / path)
    return OK


def _from_flags(flags: Flags, series: Series, today: date, site: Path) -> NewAlert:
    if not flags.country and not flags.title:
        raise WrongUseError("--country is missing", "name the country, or give a --title to an alert about a theme")
    for lonely in ("image_alt", "image_caption", "image_credit"):
        if getattr(flags, lonely) and not flags.image:
            raise WrongUseError(
                f"--{lonely.replace('_', '-')} is about a photo", "name the file of the photo with --image"
            )
    places = tuple(place for typed in flags.country for place in _flag("country", answers.countries, typed, series))
    lang = series.config.languages[0]
    day = _flag("date", fields.day, flags.date) if flags.date else new_alert.next_day(series, today)
    level = _flag("level", answers.level, flags.level, series)
    trend = _flag("trend", answers.trend, flags.trend, series)
    alert = NewAlert(
        id=uuid.uuid4().urn,
        title=_flag("title", answers.title, flags.title or new_alert.default_title(places, lang)),
        date=day,
        number=_flag("number", answers.number, flags.number, series) if flags.number else new_alert.next_number(series),
        countries=tuple(dict.fromkeys(places)),
        risk_tags=tuple(tag for typed in flags.risk_tag for tag in _flag("risk-tag", answers.risk_tags, typed, series)),
        level=_flag("level", answers.in_use, _flag("level", answers.about_one, level, "level", places), day),
        trend=_flag("trend", answers.about_one, trend, "trend", places),
    )
    if not flags.image:
        return alert
    path = _flag("image", new_alert.photo_path, flags.image, Path.cwd(), site, new_alert.path_of(alert, series))
    photo = Photo(path=path, alt=flags.image_alt, caption=flags.image_caption, credit=flags.image_credit)
    return replace(alert, photo=photo)


def _flag(name: str, read: Callable[..., Value], *values: object) -> Value:
    """Read the value of the flag *name*; what cannot be taken is an error of usage."""
    try:
        return read(*values)
    except FaultError as fault:
        raise WrongUseError(f"--{name}: {fault.message}", fault.hint) from fault


def _from_answers(series: Series, today: date, site: Path) -> NewAlert:
    """Ask for everything; the Enter key alone takes what stands in brackets."""
    say("A new alert. Press Enter to take what stands in [brackets], Ctrl-C to stop.")
    lang = series.config.languages[0]
    places = ask(
        "Country", lambda typed: answers.countries(typed, series),
        help="Which country is it about? Several are separated by commas; Enter alone for none.",
    )  # fmt: skip
    alert = NewAlert(
        id=uuid.uuid4().urn,
        countries=places,
        title=ask("Title", answers.title, default=new_alert.default_title(places, lang)),
        date=ask("Date", fields.day, default=str(new_alert.next_day(series, today))),
        number=ask(
            "Number", lambda typed: answers.number(typed, series), default=str(new_alert.next_number(series) or "none")
        ),
    )
    if len(places) == 1 and series.config.levels:
        alert = replace(alert, level=_asked_level(series, alert))
    return replace(alert, photo=_asked_photo(series, site, alert))


def _asked_level(series: Series, alert: NewAlert) -> Level | None:
    usable = [level.slug for level in series.config.levels if level.in_use(alert.date)]
    return ask(
        "Level", lambda typed: answers.in_use(answers.level(typed, series), alert.date),
        help=f"At which alert level is the country? {listed(usable)}; Enter alone for none.",
    )  # fmt: skip


def _asked_photo(series: Series, site: Path, alert: NewAlert) -> Photo | None:
    where = new_alert.path_of(alert, series)
    path = ask(
        "Photo", lambda typed: new_alert.photo_path(typed, Path.cwd(), site, where) if typed else "",
        help="Is there a lead photo? Its file, in the folder of the site; Enter alone for none.",
    )  # fmt: skip
    if not path:
        return None
    return Photo(
        path=path,
        alt=ask("What it shows", str, help="For readers who do not see it. Enter alone to write it later."),
        caption=ask("Caption", str),
        credit=ask("Photographer and agency", str),
    )


def _tell(file: Path) -> None:
    say(f"Wrote {short(file)}, a draft: no build publishes it yet.")
    say(
        "Next: open it in your editor and write the text where it says TODO:. `alertgen serve` shows it as you write, "
        "`alertgen check` says what is still missing.\n"
        "When it is ready: delete the line `draft: true`, then run `alertgen build`."
    )
