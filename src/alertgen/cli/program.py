"""alertgen as click reads it: every command, every option, and what is wrong with what was typed."""

import sys
from collections.abc import Sequence

import click
from click.exceptions import NoArgsIsHelpError

from alertgen.cli import OK, USAGE
from alertgen.cli.commands import Commands
from alertgen.cli.streams import complain
from alertgen.cli.usage import in_words


def called(words: Sequence[str]) -> int:
    """Run the command that *words* call and return its exit code.

    Raises:
        KeyboardInterrupt: somebody has pressed Ctrl-C, or ended the input while being asked.
    """
    command = Commands.of_alertgen()
    try:
        code = command.main(list(words), "alertgen", standalone_mode=False)
    except NoArgsIsHelpError as error:
        error.show(sys.stderr)
        return USAGE
    except click.ClickException as error:
        complain(*in_words(error))
        return USAGE
    except click.Abort as stop:
        stopped = KeyboardInterrupt()
        for note in getattr(stop.__cause__ or stop, "__notes__", ()):
            stopped.add_note(note)
        raise stopped from stop
    return code if isinstance(code, int) else OK
