"""What is public is documented, what is generated is up to date, and what is shown works."""

import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import click
import pytest
import yaml
from PIL import Image

from alertgen import outputs, views
from alertgen.build import build, check
from alertgen.cli.commands import COMMANDS, Commands
from alertgen.codes import CODES
from alertgen.filed import Filed
from alertgen.load.keys.reading import Keys
from alertgen.load.keys.schema import AlertKeys, PageKeys
from alertgen.load.keys.site_keys import SiteKeys
from alertgen.render.template_functions import functions
from alertgen.store import Store
from alertgen.tools.template_guide import TEMPLATES
from conftest import NOON, SITE_YAML
from terminal import alertgen

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from make_docs import GENERATED  # noqa: E402

THEMING = (ROOT / "docs/theming.md").read_text(encoding="utf-8")
TEMPLATE_TEXTS = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("templates/**/*.html")))
REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/writing-alerts.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_generated_is_up_to_date(name):
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), "run `make docs`"


def test_every_command_and_flag_is_in_the_reference():
    group = Commands.of_alertgen()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        told = section(REFERENCE, f"### `alertgen {name}`")
        flags = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        assert flags <= set(re.findall(r"(?<![\w-])--[\w-]+", told)), name


def test_every_key_and_code_is_in_the_reference():
    tops = {"an alert": AlertKeys, "a standing page": PageKeys, "`site.yaml`": SiteKeys}
    for whose, top in tops.items():
        told = re.findall(r"^\| `(\w+)`", section(REFERENCE, f"## Keys of {whose}"), re.MULTILINE)
        for keys in keys_in(top):
            assert set(keys.model_fields) <= set(told), keys
    assert not [code for code in CODES if f"| `{code}` |" not in REFERENCE]


def section(text, heading):
    """What stands below *heading*, up to the next one of its level."""
    level = heading.partition(" ")[0]
    assert f"\n{heading}\n" in text
    return re.split(rf"\n#{{2,{len(level)}}} ", text.partition(f"\n{heading}\n")[2])[0]


def is_keys(found):
    return issubclass(found, Keys)


def keys_in(keys):
    """*keys*, and the keys of the groups inside of them."""
    inner = [one for field in keys.model_fields.values() for one in inside(field.annotation, is_keys)]
    return [keys, *(found for one in inner for found in keys_in(one))]


def test_each_template_has_the_view_that_the_docs_say():
    templates = {path.name for path in (ROOT / "templates").glob("*.html")} - {"base.html"}
    assert templates == set(TEMPLATES)
    assert all(f"| `{name}` | [`{view}`]" in THEMING for name, view in TEMPLATES.items())


def test_every_field_that_a_template_can_see_is_in_the_docs():
    """Also those of values inside of values, by the types that Python knows rather than by reading their source."""
    seen, waiting = set(), [outputs.Page, *(getattr(views, view) for view in TEMPLATES.values())]
    while waiting:
        kind = waiting.pop()
        seen.add(kind)
        told = re.findall(r"^\| `(\w+)` \|", section(THEMING, f"### {kind.__name__}"), re.MULTILINE)
        by_properties = {Filed, outputs.PageContents}
        filed = {name for name, hint in get_type_hints(kind).items() if by_properties & {hint, *get_args(hint)}}
        read = {name: member for name, member in vars(kind).items() if isinstance(member, property)}
        assert [*(field.name for field in fields(kind) if field.name not in filed), *read] == told, kind
        hints = [*get_type_hints(kind).values(), *(get_type_hints(member.fget)["return"] for member in read.values())]
        waiting += {inner for hint in hints for inner in inside(hint, is_dataclass)} - seen


def inside(hint, wanted):
    """The classes that *hint* is made of, as far as they are *wanted*: of `tuple[Teaser, ...] | None` the Teaser."""
    if isinstance(hint, type) and wanted(hint):
        return [hint]
    return [found for part in get_args(hint) for found in inside(part, wanted)]


def test_every_function_that_a_template_can_call_is_in_the_docs():
    ours = functions(Store(None))
    used = set(re.findall(r"(?<![.\w])(\w+)\(", " ".join(re.findall(r"\{[{%].*?[%}]\}", TEMPLATE_TEXTS, re.DOTALL))))
    assert used >= set(ours) - {"range"}  # Jinja's own, within bounds
    assert all(f"| `{name}` | `{name}(" in THEMING for name in ours)


def test_every_example_of_theming_builds_a_site(site):
    blocks = re.findall(r"```(?:css|jinja|js)\n(?:/\*|\{#) (\S+) (?:\*/|#\})\n(.*?)```", THEMING, re.DOTALL)
    assert len(blocks) == len(re.findall(r"^```(?:css|jinja|js)$", THEMING, re.MULTILINE)) == 7
    folder = site("-- alerts/2026/2026-11-18-a.md --\n---\ntitle: Attack\ndate: 2026-11-18\ncountry: SD\n---\nText.\n")
    folder.write("alerts/b.md", "---\ntitle: Newer\ndate: 2026-11-19\n---\nText.\n")
    folder.write("pages/method.md", "---\ntitle: How we work\nupdated: 2026-11-18\n---\nSee [it](/alerts/).\n")
    for name, text in blocks:
        folder.write(name, text)
    report = build(folder.root, folder.root / "public", now=NOON)
    assert report.problems == ()
    pages = {
        name: folder.path(f"public/{name}").read_text(encoding="utf-8") for name in ("index.html", "method/index.html")
    }
    assert ">Attack</a> (1 country)</li>" in pages["index.html"]
    assert '<a href="corrections/">Corrections</a></p>\n</footer>' in pages["index.html"]
    sheet = re.search(r'href="\.\./(static/own\.[^"]+css)"', pages["method/index.html"])
    assert "--accent:#7a1f1f" in folder.path(f"public/{sheet[1]}").read_text(encoding="utf-8").replace(" ", "")
    (script,) = folder.path("public/static/js").glob("corrections.*.js")
    (module,) = re.findall(r'from "\./(matches\.\w+\.js)"', script.read_text(encoding="utf-8"))
    assert (script.parent / module).is_file()


def test_commands_and_layout_of_theming_are_true(tmp_path):
    commands, layout = re.findall(r"```text\n(.*?)```", THEMING, re.DOTALL)
    for line in commands.splitlines():
        name = line.removeprefix("alertgen explain ")
        told = alertgen("explain", name, cwd=tmp_path)
        assert told.code == 0, told.all
        default = re.search(r"^The default is (.+)$", told.out, re.MULTILINE)
        assert Path(default[1]).is_file() if "." in name else re.match(rf"{name}[\n(]", told.out)
    named = {line.strip() for line in layout.splitlines() if not line.endswith("/")}
    own = {"own.css", "logo.svg"}
    assert named - own - {"site.yaml"} <= {path.name for path in ROOT.glob("templates/**/*")} | {"site.css"}
    assert own.isdisjoint(path.name for path in ROOT.glob("static/**/*"))


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(page):
    cells, quoted = 0, False
    for line in page.read_text(encoding="utf-8").split("\n"):
        quoted ^= line.startswith("```")
        found = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") and not quoted else 0
        cells = cells if cells and found else found
        assert found == cells, line


def test_commands_of_the_guide_exist():
    shown = re.findall(
        r"^(?:\$ )?alertgen (\w+)|`alertgen (\w+)", GUIDE + (ROOT / "README.md").read_text(), re.MULTILINE
    )
    assert {first or second for first, second in shown} <= set(COMMANDS)


def test_nobody_is_told_to_install_alertgen_from_an_index_where_it_is_not():
    """It is not released, so that anybody may put something else there under its name."""
    by_name = re.compile(r"pip install (?:-\S+ )*alertgen\b(?!/)")
    texts = [*PAGES, *(ROOT / "src/alertgen").rglob("*.py"), *(ROOT / "src/alertgen/data/newsite").iterdir()]
    assert [file.name for file in texts if by_name.search(file.read_text(encoding="utf-8"))] == []


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
    assert len(blocks) == 3
    for block in blocks:
        assert set(yaml.safe_load(block)) <= set(AlertKeys.model_fields)


def shown(beginning):
    """Return the block of the guide that begins so."""
    return re.search(rf"```\w+\n({re.escape(beginning)}.*?)```", GUIDE, re.DOTALL)[1]


def test_every_example_of_the_guide_builds(site):
    """What it shows of headers, headings, `site.yaml` and names, all in one site."""
    folder = site(f"-- site.yaml --\n{SITE_YAML}levels: r2p-monitor\n{shown('cleared:')}")
    folder.write("do-not-publish.txt", shown("# Lines that begin"))

    header = f"title: A week\ndate: 2025-02-05\n{shown('image: market')}{shown('sources:')}"
    folder.write("alerts/2025-02-05-week.md", f"---\n{header}---\n\nText.\n\n{shown('## Market')}")
    Image.new("RGB", (1600, 1200), "grey").save(folder.path("alerts/market.jpg"))
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok, report.problems
    page = folder.path("public/alerts/2025/week/index.html").read_text(encoding="utf-8")
    for told in ("Healthcare in conflict", "Name of photographer", "Daily briefing", "It is in Omdurman", "Partner"):
        assert told in page, told


def test_the_recipes_of_the_guide_are_those_of_a_new_site():
    recipes = (ROOT / "src/alertgen/data/newsite/DEPLOY.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", recipes, re.MULTILINE | re.DOTALL))
    own = ["A web server of your own (rsync)", "FTP or SFTP"]
    assert list(sections) == [*own, "Texts in Git", "GitHub Pages", "GitLab Pages", "Netlify", "Cloudflare Pages"]
    for host, text in sections.items():
        assert f"### {host}\n{text.rstrip()}\n" in GUIDE


def test_the_line_for_cron_copies_again_what_could_not_be_copied(tmp_path):
    line = re.search(r"^\*/10 \* \* \* \* (cd [^\n]*)$", GUIDE, re.MULTILINE)
    assert line
    (tmp_path / ".alertgen").mkdir()
    for name, script in {
        "alertgen": 'echo "$1" >> said; test "$1" = build || exit "$(cat due)"',
        "rsync": 'echo copied >> said; exit "$(cat down)"',
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)

    def ticks(due: int, down: int) -> str:
        (tmp_path / "due").write_text(str(due))
        (tmp_path / "down").write_text(str(down))
        (tmp_path / "said").write_text("")
        command = line[1].replace("/home/me/my-bulletin", str(tmp_path))
        subprocess.run(["sh", "-c", command], env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, check=False)
        return " ".join((tmp_path / "said").read_text().split())

    assert ticks(due=10, down=0) == "due"
    assert ticks(due=1, down=0) == "due"
    assert ticks(due=0, down=1) == "due build copied"
    assert ticks(due=10, down=0) == "due copied"
    assert ticks(due=10, down=0) == "due"


def test_the_completion_of_the_guide_is_that_of_the_program():
    shells = re.findall(r"_ALERTGEN_COMPLETE=(\w+)_source alertgen", GUIDE)
    assert shells == ["bash", "zsh", "fish"]
    for shell in shells:
        told = subprocess.run(
            [sys.executable, "-m", "alertgen"], capture_output=True, text=True,
            env={**os.environ, "_ALERTGEN_COMPLETE": f"{shell}_source"},
        )  # fmt: skip
        assert "_ALERTGEN_COMPLETE" in told.stdout or "bash version" in told.stderr.lower() + told.stdout.lower()


def test_every_file_that_the_docs_for_developers_name_is_there():
    folders = ("src", "templates", "static", "tests", "scripts", "benchmarks")
    files = [*ROOT.iterdir(), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    ends = {"/".join(path.parts[-length:]) for path in files for length in range(1, len(path.parts))}
    for page in (*(ROOT / "docs" / f"{name}.md" for name in ("architecture", "design", "speed")), *DECISIONS):
        named = set(re.findall(r"`([\w/.-]+\.(?:py|html|css|js|toml))`", page.read_text(encoding="utf-8")))
        assert named <= ends, page.name


def test_each_decision_has_a_number_of_its_own_and_a_place_in_the_map():
    architecture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    numbers = [int(decision.name[:4]) for decision in DECISIONS]
    assert len(set(numbers)) == len(numbers), [decision.name for decision in DECISIONS]
    for number, decision in zip(numbers, DECISIONS, strict=True):
        assert decision.read_text(encoding="utf-8").startswith(f"# {number}. "), decision.name
        assert f"(decisions/{decision.name})" in architecture.partition("## Decisions")[2], decision.name


def test_what_tests_share_stands_in_no_test():
    modules = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*.py")}
    borrowed = {
        name: found
        for name, code in modules.items()
        if (found := {*re.findall(r"^(?:from|import) (test_\w+)", code, re.MULTILINE)} - {name})
    }
    assert borrowed == {}
