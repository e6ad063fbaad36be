"""The text of `docs/reference.md`, made from the command line, the schemas, the vocabularies and the table of codes."""

from collections.abc import Iterable, Iterator

import click
from pydantic.fields import FieldInfo

from alertgen.cli.commands import Commands
from alertgen.codes import CODES
from alertgen.load.keys.reading import Keys
from alertgen.load.keys.schema import AlertKeys, CorrectionKeys, PageKeys, RepublishedKeys, SourceKeys
from alertgen.load.keys.site_keys import FollowKeys, LevelKeys, LicenceKeys, ReliefWebKeys, SiteKeys, TagKeys
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies

_ABOUT = """\
# Reference

Every command, key, vocabulary and problem code. This page is generated (`make docs`); a test fails when it is out of
date. [writing-alerts.md](writing-alerts.md) explains how to write an alert.
"""
_SITUATION = """\
### Attributes of a situation's heading

`## Headline {: country=SD level=current-crisis trend=deteriorated risk_tags="war-crimes genocide" }`

| attribute | meaning |
|---|---|
| `country` | country codes, or names in quotes, separated by spaces: `country="IL PS"` |
| `theme` | name of a theme, for a situation without a country: `theme="Healthcare in conflict"` |
| `level`, `trend` | as in the front matter, for this situation alone |
| `risk_tags` | risk tags of this situation, separated by spaces; they replace those of the front matter |
| `#name` | an anchor of your own, instead of the one made from the headline: `{: #sudan-attacks country=SD }` |
"""


_SIGNS = str.maketrans({"[": "\\[", "|": "\\|"})
"""Signs that begin a link or end a cell, spelled so that they do not."""


def reference() -> str:
    """Return the whole page."""
    parts = [_ABOUT, "## Commands\n", *_commands(), "## Keys of an alert\n", *_tables(AlertKeys, _PARTS_OF_ALERTS)]
    parts += [_SITUATION, "## Keys of a standing page\n", _table(PageKeys)]
    parts += ["## Keys of `site.yaml`\n", *_tables(SiteKeys, _PARTS_OF_SITES)]
    parts += ["## Vocabularies\n", *_vocabularies(), "## Problem codes\n", *_codes()]
    return "\n".join(parts)


_PARTS_OF_ALERTS: dict[str, type[Keys]] = {
    "An entry of `sources`": SourceKeys,
    "An entry of `corrections`": CorrectionKeys,
    "`republished`": RepublishedKeys,
}
_PARTS_OF_SITES: dict[str, type[Keys]] = {
    "A level of a scheme of your own": LevelKeys,
    "A risk tag of your own": TagKeys,
    "The `source` of a risk tag": SourceKeys,
    "An entry of `follow`": FollowKeys,
    "`licence`": LicenceKeys,
    "`reliefweb`": ReliefWebKeys,
}


def _commands() -> Iterator[str]:
    group = Commands.of_alertgen()
    with group.make_context("alertgen", [], resilient_parsing=True) as whole:
        for name in group.list_commands(whole):
            command = group.get_command(whole, name)
            if command is None:
                raise LookupError(name)
            with click.Context(command, parent=whole, info_name=name) as own:
                own.max_content_width = 100
                own.terminal_width = 100
                yield f"### `alertgen {name}`\n\n```text\n{command.get_help(own)}\n```\n"
    yield "Exit codes: 0 ok, 1 the content has errors, 2 wrong usage or `site.yaml`, 3 the machine (lock held, disk"
    yield "full, no permission), 10 nothing is due (`due` alone), 70 a bug in alertgen, 130 interrupted.\n"


def _tables(keys: type[Keys], parts: dict[str, type[Keys]]) -> Iterator[str]:
    yield _table(keys)
    for name, part in parts.items():
        yield f"### {name}\n\n{_table(part)}"


def _table(keys: type[Keys]) -> str:
    rows = "".join(
        f"| `{name}`{' (required)' if field.is_required() else ''} | {_meaning(field)} |\n"
        for name, field in keys.model_fields.items()
    )
    return f"| key | meaning |\n|---|---|\n{rows}"


def _meaning(field: FieldInfo) -> str:
    usual = f" Usual value: `{field.default}`." if isinstance(field.default, int | str) and field.default else ""
    return f"{field.description}{'' if usual == ' Usual value: `False`.' else usual}".replace("|", "\\|")


def _vocabularies() -> Iterator[str]:
    vocabularies = read_vocabularies(*data_files())
    schemes = {"atrocity-crime": "Atrocity crimes", "un-risk-factor": "UN risk factors"}
    for scheme, name in schemes.items():
        tags = [tag for tag in vocabularies.risk_tags if tag.scheme == scheme]
        rows = "".join(f"| `{tag.slug}` | {tag.name.default} | {tag.definition.default} |\n" for tag in tags)
        yield f"### {name}\n\n| slug | name | definition |\n|---|---|---|\n{rows}"
    yield "### Countries\n\n| code | name | slug |\n|---|---|---|\n" + "".join(
        f"| `{country.code}` | {country.name.default} | `{country.slug}` |\n" for country in vocabularies.countries
    )


def _codes() -> Iterable[str]:
    yield "`alertgen explain CODE` prints one of these, with an example.\n"
    yield "| code | severity | meaning |\n|---|---|---|\n" + "".join(
        f"| `{name}` | {code.severity} | {' '.join(code.meaning.split()).translate(_SIGNS)} |\n"
        for name, code in sorted(CODES.items())
    )
