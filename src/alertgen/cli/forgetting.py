"""`alertgen forget`: addresses that were published and must go leave the ledger."""

from collections.abc import Set
from pathlib import Path
from urllib.parse import urlsplit

import click

from alertgen import LEDGER, urls
from alertgen.cli import OK
from alertgen.cli.options import site_option
from alertgen.cli.streams import say
from alertgen.cli.usage import WrongUseError
from alertgen.text import counted, listed, suggestions


@click.command("forget")
@site_option
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
def forget_command(site: Path, addresses: tuple[str, ...]) -> int:
    """Forget the published addresses of a text that must be taken down.

    A build refuses to lose a published address, and prints the line to type if it must go all the same. Copy ADDRESS
    from its report: /alerts/2026/a-market/. The address of a list, such as /countries/sudan/, includes its feeds; that
    of a language, such as /fr/, includes everything in it. The next build remembers whatever is still there.
    """
    from alertgen.load.ledger import read_ledger  # here, since the other commands do not need it
    from alertgen.write import lock, write_ledger
    from alertgen.write.forgetting import without

    with lock(site):
        ledger, problems = read_ledger(site)
        if problems:
            raise WrongUseError(f"{LEDGER}: {problems[0].message}", problems[0].hint)
        known = {entry.address for entry in ledger.entries}
        wanted = [_address(typed, known) for typed in addresses]
        left = without(wanted, ledger)
        write_ledger(site / LEDGER, left)
    lines = counted(len(ledger.entries) - len(left.entries), "line")
    say(f"Forgot {listed(wanted, 'and')}: {lines} of {LEDGER}.")
    say("Next: `alertgen build` takes down what is not among your texts any more; then publish public/ as usual.")
    return OK


def _address(typed: str, known: Set[str]) -> str:
    """Return *typed* as one of the *known* addresses; it may be a full one, or lack the stroke in front.

    Some shells take a stroke in front for a folder of the computer.
    """
    from alertgen.write.forgetting import is_language  # see above

    if urlsplit(typed).fragment:
        hint = "an alert is forgotten as a whole; a situation that was taken out is told under `corrections`"
        raise WrongUseError(f'"{typed}" is a part of a page; nothing was forgotten', hint)
    path = f"/{urlsplit(typed).path.lstrip('/')}"
    if path == urls.home():
        hint = "copy the address from the report; in one command, addresses are separated by spaces"
        raise WrongUseError(f'"{typed}" is the first page, which every site has; nothing was forgotten', hint)
    feeds = (f"{path}{name}" for name in urls.FEED_FILES.values())  # levels have nothing else
    if path in known or is_language(path, known) or not known.isdisjoint(feeds):
        return path
    parts = path.split("/")[1:] if "://" in typed else []  # `base_url` may end in a folder
    found = [tail for tail in (f"/{'/'.join(parts[start:])}" for start in range(1, len(parts))) if tail in known]
    if found and found[0] != urls.home():
        return found[0]
    near = [f"{path}/"] if f"{path}/" in known else suggestions(path, known, 1)
    hint = f"did you mean {listed(near)}?" if near else "copy the address from the report"
    raise WrongUseError(f'"{typed}" is not in {LEDGER}; nothing was forgotten', hint)
