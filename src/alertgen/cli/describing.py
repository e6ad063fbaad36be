"""`alertgen schema` and `alertgen cms`: what other editing programs need to know of a site."""

import re
from collections.abc import Callable
from pathlib import Path

import click

from alertgen.cli import OK, USAGE
from alertgen.cli.bulletin import series_or_report
from alertgen.cli.options import short, site_option
from alertgen.cli.streams import say
from alertgen.cli.usage import WrongUseError
from alertgen.formats import json_text
from alertgen.load.series import Series
from alertgen.tools.cms import PROGRAMS, Forms, cms_config
from alertgen.tools.schemas import KINDS, schema_of
from alertgen.write.trouble import in_words

out_option = click.option("--out", type=click.Path(path_type=Path), help="File to write.  [default: print it]")


@click.command("schema")
@site_option
@click.option(
    "--of", type=click.Choice(list(KINDS)), default="alert", show_default=True, help="Which keys to describe."
)
@out_option
def schema_command(site: Path, of: str, out: Path | None) -> int:
    """Describe the keys for editing programs (JSON Schema).

    With this file, a program such as VS Code completes and checks the keys. It includes the countries, risk tags and
    levels of the site.
    """
    return _described(site, out, lambda series: json_text(schema_of(of, series)) + "\n")


@click.command("cms")
@site_option
@click.option(
    "--for", "program", type=click.Choice(PROGRAMS), default="sveltia", show_default=True, help="Editing program."
)
@click.option("--repo", required=True, help="Repository that holds the site, as in owner/name.")
@click.option("--branch", default="main", show_default=True, help="Its branch.")
@click.option(
    "--backend", type=click.Choice(["github", "gitlab"]), default="github", show_default=True, help="Where it is kept."
)
@out_option
def cms_command(site: Path, program: str, repo: str, branch: str, backend: str, out: Path | None) -> int:
    """Let editors write through forms in a browser.

    Prints the configuration for Sveltia or Decap CMS, two editing programs for sites that are kept in Git. With
    several languages, use Sveltia, which shows them side by side.
    """
    if not re.fullmatch(r"[^/\s]+(/[^/\s]+)+", repo):
        raise WrongUseError(f'--repo: "{repo}" does not say whose it is', "write owner and name, as in owner/name")
    return _described(
        site, out, lambda series: cms_config(Forms(series, program), backend=backend, repository=repo, branch=branch)
    )


def _described(site: Path, out: Path | None, describe: Callable[[Series], str]) -> int:
    series = series_or_report(site)
    if series is None:
        return USAGE
    text = describe(series)
    if out is None:
        say(text, end="")
        return OK
    with in_words(f"Cannot write {short(out.absolute())}", ""):
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    say(f"Wrote {short(out.absolute())}.")
    return OK
