"""`alertgen init`: a new site in an empty folder."""

import uuid
from calendar import WEDNESDAY
from datetime import datetime, timedelta
from pathlib import Path

import click

from alertgen.cli import answers
from alertgen.cli.asking import ask
from alertgen.cli.options import short, today_option
from alertgen.cli.streams import in_terminal, say
from alertgen.cli.usage import WrongUseError
from alertgen.load.keys.fields import FaultError
from alertgen.load.keys.site_address import site_address
from alertgen.tools import new_site
from alertgen.tools.new_site import NewSite

_TITLE, _BASE_URL = "My Atrocity Alert", "https://alerts.example.org/"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--title", default="", help="Name of the publication.")
@click.option("--base-url", default="", help="Web address of the site, with https:// at the front.")
@today_option
def init_command(folder: Path, title: str, base_url: str, now: datetime) -> None:
    """Make a small site in an empty folder.

    FOLDER is made if it does not exist. Without FOLDER, the site is made in the current folder. Title and address can
    be changed later, in site.yaml.
    """
    new_site.check_empty(folder)
    if not title and not base_url and in_terminal():
        say("A new site. Press Enter to take what stands in [brackets]; you can change it later in site.yaml.")
        title = ask("Name of the publication", answers.title, default=_TITLE)
        base_url = ask("Address under which it will stand", _address, default=_BASE_URL)
    try:
        address = _address(base_url or _BASE_URL)
    except FaultError as fault:
        raise WrongUseError(f"--base-url: {fault.message}", fault.hint) from fault
    today = now.date()
    site = NewSite(
        title=title or _TITLE,
        base_url=address,
        today=today,
        next_day=today + timedelta(days=(WEDNESDAY - today.weekday()) % 7 or 7),
        ids=(uuid.uuid4().urn, uuid.uuid4().urn),
    )
    paths = new_site.write_site(folder, site)
    _tell(folder, paths)
    if address == _BASE_URL:
        say(f"Before you publish, write the address of your site in the place of {_BASE_URL} into site.yaml.")


def _address(typed: str) -> str:
    site_address(typed)
    return typed.rstrip("/") + "/"


def _tell(folder: Path, paths: tuple[str, ...]) -> None:
    say(f"Made a site in {short(folder.resolve())}:")
    for path in paths:
        say(f"  {path}")
    if folder.resolve() != Path.cwd():
        say(f"Next: cd {short(folder.resolve())}")
    say(
        "Next: `alertgen serve` shows it in your browser, `alertgen new` begins an alert, `alertgen build` makes the "
        "folder public/.\nsite.yaml says what else can be set; DEPLOY.md says how to publish."
    )
