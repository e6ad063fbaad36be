"""The table of commands, each in a module that is imported only when it is needed."""

from collections.abc import Mapping
from importlib import import_module
from typing import Self

import click

from alertgen import __version__
from alertgen.cli.usage import WrongUseError
from alertgen.text import listed, suggestions

COMMANDS: Mapping[str, str] = {
    "build": "building",
    "check": "building",
    "due": "scheduling",
    "serve": "serving",
    "new": "writing",
    "init": "starting",
    "explain": "explaining",
    "forget": "forgetting",
    "doctor": "examining",
    "verify": "examining",
    "schema": "describing",
    "cms": "describing",
}
"""Name of a command -> the module of this package that holds it as `<name>_command`, in the order of the help."""

EPILOG = "Begin with `alertgen init` in an empty folder, or `alertgen new` in the folder of a site."


class Commands(click.Group):
    """All commands of alertgen."""

    @classmethod
    def of_alertgen(cls) -> Self:
        """Return the group that the program `alertgen` is."""
        about = "Turn a folder of Markdown alerts into a publication: pages, feeds and open data."
        group = cls("alertgen", help=about, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
        return click.version_option(__version__, message="alertgen %(version)s")(group)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command *cmd_name*; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"alertgen.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that *args* begin with; suggest near misses where there is none."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            near = ("--help",) if name == "help" else suggestions(name, COMMANDS)
            hint = f"did you mean {listed(near)}?" if near else f"the commands are {listed(COMMANDS, 'and')}"
            raise WrongUseError(f'there is no command "{name}"', hint, ctx)
        return super().resolve_command(ctx, args)
