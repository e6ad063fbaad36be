"""`alertgen due`: whether a build would publish something that has waited for its moment."""

from datetime import datetime
from pathlib import Path

import click

from alertgen.cli import NOTHING_DUE, OK
from alertgen.cli.building import quiet_option
from alertgen.cli.options import now_option, site_option
from alertgen.cli.streams import say
from alertgen.cli.summary import held_as_json, held_lines
from alertgen.cli.telling import tell
from alertgen.report import format_moment


@click.command("due")
@site_option
@now_option
@click.option("--format", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to report.")
@quiet_option
def due_command(site: Path, now: datetime, format: str, quiet: bool) -> int:
    """Say whether something is due for publication.

    The exit code is 0 when an embargo or a date has passed, so that a build would publish something for the first
    time, 10 when nothing is due yet, and 1, 2 or 3 when something is wrong. Nothing is written. For a scheduler:
    alertgen due --quiet && alertgen build --quiet
    """
    from alertgen.tools.schedule import schedule_of  # here, since it brings everything along

    schedule = schedule_of(site, now=now)
    if not schedule.report.ok:
        return tell(schedule.report, format, site, "", 0.0, quiet=quiet)
    if format == "json":
        from alertgen.formats import json_text

        say(json_text({"due": schedule.due, **held_as_json(schedule.report.held)}))
    elif not quiet:
        for line in (*(f"  due: {path}" for path in schedule.due), *held_lines(schedule.report.held)):
            say(line)
        if schedule.next:
            say(f"The next moment is {format_moment(schedule.next)}.")
        say("Run `alertgen build` to publish what is due." if schedule.due else "Nothing is due.")
    return OK if schedule.due else NOTHING_DUE
