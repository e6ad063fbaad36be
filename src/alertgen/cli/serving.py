"""`alertgen serve`: the preview."""

import gc
import webbrowser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alertgen.cli import OK
from alertgen.cli.options import Moment, present, site_option
from alertgen.cli.streams import in_terminal, painter, say
from alertgen.processes.room import OFTEN
from alertgen.report import format_problem
from alertgen.text import counted

if TYPE_CHECKING:
    from alertgen.serve import Shown


@click.command("serve")
@site_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port in the address of the preview.  [default: the first free one from 8000]",
)
@click.option("--now", type=Moment(), help="Show another moment.  [default: the present]")
@click.option("--open/--no-open", default=None, help="Open a browser.  [default: when run in a terminal]")
@click.option("--stay", is_flag=True, help="Stay on the same page, whichever file is edited.")
@click.option("--poll", is_flag=True, help="Look for changes at intervals: for network drives and some containers.")
def serve_command(site: Path, port: int | None, now: datetime | None, open: bool | None, stay: bool, poll: bool) -> int:
    """Show the site while you write.

    Drafts and embargoed alerts are shown, too, with a mark. Every change appears at once. Problems are shown above the
    page, with their lines. Only this computer can see the preview, and public/ is not touched. Ctrl-C ends it.
    """
    from alertgen.serve import Preview, bound, serve  # brings the server along

    gc.set_threshold(*OFTEN)

    listening = bound(port)
    preview = Preview(site, (lambda: now) if now else present, stay=stay)
    address = f"http://localhost:{listening.getsockname()[1]}"
    opens = in_terminal() if open is None else open

    def looked(changed: tuple[str, ...], shown: "Shown") -> None:
        for problem in shown.troubles:
            say(format_problem(problem, painter()) + "\n")
        if shown.version == 1:
            say(f"The preview is at {address}{shown.root} (Ctrl-C ends it).")
            if opens:
                webbrowser.open(address + shown.root)
        elif changed:
            say(f"{datetime.now():%H:%M:%S} {_named(changed)}: {_outcome(shown)}")

    say("Reading the site ...")
    try:
        serve(preview, listening, poll=poll, looked=looked)
    except KeyboardInterrupt:
        say("The preview has ended; public/ is untouched.")
    return OK


def _named(changed: tuple[str, ...]) -> str:
    return changed[0] if len(changed) == 1 else counted(len(changed), "file")


def _outcome(shown: "Shown") -> str:
    if shown.bug:
        return "alertgen stumbled; the browser shows where"
    if shown.troubles:
        return f"{counted(len(shown.troubles), 'error')}; the last good pages stay"
    remarks = f", with {counted(len(shown.problems), 'remark')}" if shown.problems else ""
    return f"shown{remarks}"
