"""What is public is documented, what is generated is up to date, and what is shown works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from alertgen.build import check
from alertgen.cli.commands import COMMANDS, Commands
from alertgen.codes import CODES
from alertgen.load.schema import AlertKeys, PageKeys
from alertgen.load.site_keys import SiteKeys
from conftest import NOON

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from docs_theming import TEMPLATES  # noqa: E402
from make_docs import GENERATED  # noqa: E402

REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/writing-alerts.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_generated_is_up_to_date(name):
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), "run `make docs`"


def test_every_command_and_flag_is_in_the_reference():
    group = Commands.of_alertgen()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert f"### `alertgen {name}`" in REFERENCE
        for parameter in command.params:
            assert all(option in REFERENCE for option in parameter.opts if option.startswith("--"))


def test_every_key_and_code_is_in_the_reference():
    for keys in (AlertKeys, PageKeys, SiteKeys):
        assert not [name for name in keys.model_fields if f"| `{name}`" not in REFERENCE]
    assert not [code for code in CODES if f"| `{code}` |" not in REFERENCE]


def test_each_template_has_the_view_that_the_docs_say(site):
    theme = (ROOT / "docs/theming.md").read_text(encoding="utf-8")
    templates = {path.name for path in (ROOT / "templates").glob("*.html")} - {"base.html"}
    assert templates == set(TEMPLATES)
    assert all(f"`{name}`" in theme for name in templates)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_the_docs_leads_somewhere(page):
    for text, target in re.findall(r"(?<![`\\])\[([^\]]+)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"https?:|/|…", target) or "…" in target or target.endswith(".md#sudan-x"):
            continue
        path, _, fragment = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), (text, target)
        if fragment:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in {slug(heading) for heading in headings}, target


def slug(heading):
    """As the hosts of repositories make an anchor from a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_commands_of_the_guide_exist():
    shown = re.findall(
        r"^(?:\$ )?alertgen (\w+)|`alertgen (\w+)", GUIDE + (ROOT / "README.md").read_text(), re.MULTILINE
    )
    assert {first or second for first, second in shown} <= set(COMMANDS)


def test_the_alert_of_the_guide_is_a_valid_one(site):
    example = next(block for block in re.findall(r"```markdown\n(.*?)```", GUIDE, re.DOTALL) if "number:" in block)
    folder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nlevels: r2p-monitor\n")
    folder.write("alerts/2026/2026-11-18-sudan.md", example.replace("2026-11-25", "2026-11-18"))
    assert check(folder.root, now=NOON).problems == ()


def test_the_alert_of_the_readme_is_a_valid_one(site):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folder = site()
    folder.write("alerts/2021-01-27-car.md", re.search(r"```markdown\n(.*?)```", readme, re.DOTALL)[1])
    assert check(folder.root, now=NOON).problems == ()


def test_the_keys_of_the_guide_are_keys():
    blocks = [block for block in re.findall(r"```markdown\n(.*?)```", GUIDE, re.DOTALL) if re.match(r"\w+:", block)]
    assert len(blocks) == 2
    for block in blocks:
        assert set(yaml.safe_load(block)) <= set(AlertKeys.model_fields)


def test_the_recipes_of_the_guide_are_those_of_a_new_site():
    recipes = (ROOT / "src/alertgen/data/newsite/DEPLOY.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## ((?:Git|Net|Cloud)[^\n]*)\n(.*?)(?=^## |\Z)", recipes, re.MULTILINE | re.DOTALL))
    assert list(sections) == ["GitHub Pages", "GitLab Pages", "Netlify", "Cloudflare Pages"]
    for host, text in sections.items():
        assert f"### {host}\n{text.rstrip()}\n" in GUIDE


def test_the_completion_of_the_guide_is_that_of_the_program():
    shells = re.findall(r"_ALERTGEN_COMPLETE=(\w+)_source alertgen", GUIDE)
    assert shells == ["bash", "zsh", "fish"]
    for shell in shells:
        told = subprocess.run(
            [sys.executable, "-m", "alertgen"], capture_output=True, text=True,
            env={**os.environ, "_ALERTGEN_COMPLETE": f"{shell}_source"},
        )  # fmt: skip
        assert "_ALERTGEN_COMPLETE" in told.stdout or "bash version" in told.stderr.lower() + told.stdout.lower()
