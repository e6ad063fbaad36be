"""`alertgen explain`."""

import click
from click.shell_completion import CompletionItem

from alertgen.cli.streams import say
from alertgen.cli.usage import WrongUseError
from alertgen.codes import CODES
from alertgen.explanation import explanation, overview
from alertgen.text import listed, suggestions


class Explained(click.ParamType[str]):
    """A problem code, such as `unknown-country` (the brackets of a report may be copied along), or a template."""

    name = "code or template"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """Return the code, or the file, value or function of the theme, that *value* names."""
        if value[:1].isupper() or "." in value or (value.isalpha() and value not in CODES):
            found = _of_templates(value, ctx)
            if found:
                return found
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
@click.argument("code", type=Explained(), required=False)
def explain_command(code: str | None) -> None:
    """Explain a problem code, or a template.

    The code stands in brackets in a report: error[unknown-country]. Without a code, all codes are listed. For a
    template, such as home.html, it lists everything that the template may show. For any file of the theme, such as
    static/site.css, it says where the default file is, so that you can copy and change it. For a function of
    templates, such as t, it says what the function knows.
    """
    if code is None or code in CODES:
        say(explanation(code) if code else overview(), end="")
        return
    from alertgen.tools.template_guide import guide  # here, because it brings the templates along

    say(guide(code), end="")


def _of_templates(typed: str, ctx: click.Context | None) -> str:
    """Return the file of the theme, value or function of templates that *typed* means; empty when it is none."""
    from alertgen.tools.template_guide import names  # here, because it brings the templates along

    name, known = typed.replace("\\", "/").removeprefix("templates/"), names()
    found = next((full for full in (name, f"static/{name}", f"parts/{name}") if full in known), "")
    near = suggestions(name, known)
    if found or not ("." in name or near):
        return found
    hint = f"did you mean {listed(near)}?" if near else f"they are {listed((n for n in known if '.' in n), 'and')}"
    raise WrongUseError(f'the theme has no "{typed}"', hint, ctx)
