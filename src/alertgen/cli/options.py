"""Options that several commands share, and the types of their values."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

SITE_FILE = "site.yaml"


class SiteFolder(click.ParamType[Path]):
    """The folder of a site: the one that holds `site.yaml`."""

    name = "folder"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the absolute path of the folder."""
        folder = Path(value).resolve()
        if not folder.is_dir():
            self.fail(f"there is no folder {value}", param, ctx)
        return folder


class Moment(click.ParamType[datetime]):
    """An ISO date-time with zone."""

    name = "date-time"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date-time such as 2026-11-25T12:00:00+00:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no time zone; add one, such as 2026-11-25T12:00:00-05:00", param, ctx)
        return moment


def default_site() -> Path:
    """Return the nearest folder at or above the current one that holds `site.yaml`, else the current one."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / SITE_FILE).is_file()), here)


def present() -> datetime:
    """Return the moment that counts as now: `SOURCE_DATE_EPOCH` where it is set, else the clock's."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not stamp:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {stamp!r}, not a number of seconds since 1970") from None


site_option = click.option(
    "--site", type=SiteFolder(), default=default_site, show_default="the nearest folder with site.yaml",
    help="Folder of the publication.",
)  # fmt: skip
now_option = click.option(
    "--now", type=Moment(), default=present, show_default="the present",
    help="Rehearse another moment: what would be published then?",
)  # fmt: skip


def short(path: Path) -> str:
    """Return *path* as an editor would type it from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
