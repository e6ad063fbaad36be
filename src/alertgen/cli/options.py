"""Options that several commands share, and the types of their values."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from alertgen import SITE_FILE
from alertgen.cli import here
from alertgen.cli.usage import WrongUseError, flag
from alertgen.text import listed, suggestions

Command = TypeVar("Command", bound=Callable[..., Any])


class Folder(click.ParamType[Path]):
    """A folder that is there."""

    name = "folder"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the absolute path of the folder."""
        folder = Path(value).resolve()
        if not folder.is_dir():
            near = suggestions(folder.name, _folders_beside(folder))
            hint = f"did you mean {listed(near)}?" if near else "write where it is, as seen from here"
            raise WrongUseError(f"{flag(param)}: there is no folder {value}", hint, ctx)
        return folder


def _folders_beside(folder: Path) -> list[str]:
    parent = folder.parent
    return sorted(entry.name for entry in parent.iterdir() if entry.is_dir()) if parent.is_dir() else []


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
            message = f'{flag(param)}: "{value}" is not a day with time and zone'
            raise WrongUseError(message, "write it as in 2026-11-25T12:00+00:00", ctx) from None
        if moment.tzinfo is None:
            timed = value if ":" in value else f"{value}T12:00"
            message = f'{flag(param)}: "{value}" does not say in which time zone'
            raise WrongUseError(message, f"add the difference from UTC, such as {timed}+00:00", ctx)
        return moment


def default_site() -> Path:
    """Return the nearest folder at or above the current one that holds `site.yaml`, else the current one."""
    return Path(here.default_site())


def present() -> datetime:
    """Return the moment that counts as now: `SOURCE_DATE_EPOCH` where it is set, else the clock's.

    Raises:
        WrongUseError: `SOURCE_DATE_EPOCH` is not a number of seconds.
    """
    now = here.present()
    if now is None:
        stamp = os.environ["SOURCE_DATE_EPOCH"]
        message = f'SOURCE_DATE_EPOCH is "{stamp}", not a number of seconds since 1970'
        raise WrongUseError(message, "take this variable out of the environment, or mend it")
    return datetime.fromtimestamp(now, UTC)


def _with_site_file(ctx: click.Context, param: click.Parameter, folder: Path) -> Path:  # noqa: ARG001 - click's
    """Refuse a *folder* that is no site, before anything is written into it."""
    if not (folder / SITE_FILE).is_file():
        from alertgen.load.settings.site_file import first_steps  # brings much along

        raise WrongUseError(f"there is no {SITE_FILE} in {_named(folder)}", first_steps(folder), ctx)
    return folder


def _named(folder: Path) -> str:
    return "this folder" if folder == Path.cwd() else short(folder)


def _site(callback: Callable[[click.Context, click.Parameter, Path], Path] | None) -> Callable[[Command], Command]:
    return click.option(
        "--site", type=Folder(), default=default_site, show_default="the nearest folder with site.yaml",
        callback=callback, help="Folder of the publication.",
    )  # fmt: skip


def _now(help: str) -> Callable[[Command], Command]:
    return click.option("--now", type=Moment(), default=present, show_default="the present", help=help)


site_option = _site(_with_site_file)
folder_option = _site(None)
"""The same for a folder that need not be a site."""
now_option = _now("Rehearse another moment: what would be published then?")
today_option = _now("The moment that counts as the present.")


def short(path: Path) -> str:
    """Return the absolute *path* as an editor would type it from here."""
    return here.short(str(path))
