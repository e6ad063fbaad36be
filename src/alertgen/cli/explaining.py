"""`alertgen explain`."""

import click
from click.shell_completion import CompletionItem

from alertgen.cli.streams import say
from alertgen.cli.usage import WrongUseError
from alertgen.codes import CODES
from alertgen.explanation import explanation, overview
from alertgen.text import listed, suggestions


class ProblemCode(click.ParamType[str]):
    """A problem code, such as `unknown-country`; the brackets of a report may be copied along."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """Return the code that *value* names."""
        code = value.lower().partition("[")[2].partition("]")[0] or value.lower().strip("[]:")
        if code not in CODES:
            near = suggestions(code, CODES)
            hint = f"did you mean {listed(near)}?" if near else "`alertgen explain` lists all codes"
            raise WrongUseError(f'there is no problem code "{value}"', hint, ctx)
        return code

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's signature
        """Return the codes that begin with *incomplete*."""
        return [CompletionItem(code) for code in CODES if code.startswith(incomplete)]


@click.command("explain")
@click.argument("code", type=ProblemCode(), required=False)
def explain_command(code: str | None) -> None:
    """Say what a problem code means.

    The code is what stands in brackets in a report: error[unknown-country]. Without a code, all of them are listed.
    """
    say(explanation(code) if code else overview(), end="")
