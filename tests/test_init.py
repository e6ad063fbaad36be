"""`alertgen init`: a small site in an empty folder, complete and without a fault."""

import re
import subprocess
import tomllib

import pytest
import yaml

from alertgen import __version__
from terminal import NOW, alertgen, typed


@pytest.fixture
def made(tmp_path):
    ran = alertgen(
        "init", "bulletin", "--title", 'Alert "No: 1"', "--base-url", "https://a.example", "--now", NOW, cwd=tmp_path
    )
    assert ran.code == 0, ran.all
    return tmp_path / "bulletin"


def test_it_makes_a_site_without_a_fault(made):
    ran = alertgen("check", "--strict", "--now", NOW, cwd=made)
    assert ran.code == 0, ran.all
    assert "warning" not in ran.out
    assert "advice" not in ran.out
    assert "held back: alerts/2026/2026-11-25-how-a-draft-works.md (draft)" in ran.out


def test_what_init_wrote_is_told_once_the_site_has_an_address_of_its_own(made):
    text = made.joinpath("site.yaml").read_text(encoding="utf-8").replace("https://a.example/", "https://a-desk.org/")
    made.joinpath("site.yaml").write_text(text, encoding="utf-8")
    ran = alertgen("check", "--now", NOW, cwd=made)
    assert [line.partition(":")[0] for line in ran.all.splitlines() if "warning[example-text]" in line] == [
        "alerts/2026/2026-11-20-how-this-bulletin-is-made.md",
        "pages/about.md",
    ]


def test_a_build_shows_the_text_that_reports_no_event(made):
    ran = alertgen("build", "--now", NOW, cwd=made)
    assert ran.code == 0, ran.all
    page = (made / "public/alerts/2026/how-this-bulletin-is-made/index.html").read_text(encoding="utf-8")
    assert "This file reports no event" in page
    assert "Alert “No: 1”" in page
    assert "https://a.example/alerts/2026/how-this-bulletin-is-made/" in page
    assert "Antarctica" not in page


def test_a_new_alert_fits_into_it(made):
    ran = alertgen("new", "--country", "Sudan", "--now", NOW, cwd=made)
    assert ran.code == 0, ran.all
    assert "alerts/2026/2026-11-25-sudan.md" in ran.out
    assert "\nnumber: 1\n" in (made / "alerts/2026/2026-11-25-sudan.md").read_text(encoding="utf-8")


def test_every_site_has_ids_of_its_own(made, tmp_path):
    alertgen("init", "other", "--now", NOW, cwd=tmp_path)
    ids = [
        re.findall(r"^id: (urn:uuid:\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        for folder in (made, tmp_path / "other")
        for file in sorted(folder.rglob("alerts/**/*.md"))
    ]
    assert len({one for (one,) in ids}) == 4


def test_who_keeps_the_address_of_the_example_is_told_to_replace_it(tmp_path):
    told = (
        "Before you publish, write the address of your site in the place of https://alerts.example.org/ into site.yaml."
    )
    assert told in alertgen("init", "one", "--now", NOW, cwd=tmp_path).out
    assert told not in alertgen("init", "two", "--base-url", "https://a.example", "--now", NOW, cwd=tmp_path).out


def test_nothing_is_left_to_fill_in(made):
    for file in made.rglob("*"):
        if file.is_file():
            assert not re.search(r"@[A-Z_0-9]+@", file.read_text(encoding="utf-8")), file
    assert (made / ".gitattributes").read_text(encoding="utf-8").endswith("published.json merge=union\n")
    assert f"\n./alertgen-{__version__}-py3-none-any.whl\n" in (made / "requirements.txt").read_text(encoding="utf-8")


def test_the_remarks_of_site_yaml_can_be_taken_at_their_word(made):
    text = (made / "site.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^# (?=  |[a-z_]+: ?|[a-z_]+:$)", "", text, flags=re.MULTILINE)
    assert "\nlevels: r2p-monitor\n" in text
    assert "\nlicence:\n" in text
    (made / "site.yaml").write_text(text, encoding="utf-8")
    ran = alertgen("check", "--now", NOW, cwd=made)
    assert ran.code == 0, ran.all


def test_the_remarks_of_the_draft_can_be_taken_at_their_word(made):
    (file,) = made.rglob("*how-a-draft-works.md")
    text = (
        file.read_text(encoding="utf-8")
        .replace("# risk_tags:", "risk_tags:")
        .replace("country: Antarctica", "country: [SD, TD]")
    )
    file.write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    ran = alertgen("check", "--now", "2027-01-01T00:00:00+00:00", cwd=made)
    assert ran.code == 0, ran.all


def test_the_recipes_are_well_formed(made):
    text = (made / "DEPLOY.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(yaml|toml)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["yaml", "yaml", "toml"]
    assert "\nalertgen build && rsync " in text
    github, gitlab, netlify = (tomllib.loads(body) if kind == "toml" else yaml.safe_load(body) for kind, body in blocks)
    steps = github["jobs"]["publish"]["steps"]
    assert {"run": "alertgen build --format github"} in steps
    assert steps[-2]["uses"].startswith("actions/deploy-pages@")  # what is remembered is no longer due
    assert steps[-1]["name"] == "Remember what was published"
    assert "alertgen build" in gitlab["pages"]["script"]
    assert netlify["build"]["publish"] == "public"
    for host in ("rsync", "GitHub Pages", "GitLab Pages", "Netlify", "Cloudflare Pages"):
        assert host in text


def test_what_github_published_is_remembered_although_somebody_pushed_meanwhile(made, tmp_path):
    recipe = re.search(r"^```yaml\n(.*?)^```", (made / "DEPLOY.md").read_text(encoding="utf-8"), re.M | re.S)[1]
    remember = yaml.safe_load(recipe)["jobs"]["publish"]["steps"][-1]["run"]
    origin, runner = tmp_path / "origin.git", tmp_path / "runner"
    ran("git", "init", "--bare", "--initial-branch", "main", origin, cwd=tmp_path)
    ran("git", "init", "--initial-branch", "main", cwd=made)
    push(made, origin)
    ran("git", "clone", "--depth", "1", origin.as_uri(), runner, cwd=tmp_path)

    assert alertgen("build", "--now", NOW, cwd=runner).code == 0
    (made / "pages/contact.md").write_text("---\ntitle: Contact\n---\n\nWrite to us.\n", encoding="utf-8")
    assert alertgen("build", "--now", NOW, cwd=made).code == 0
    push(made, origin)
    ran("sh", "-e", "-c", remember, cwd=runner)

    ran("git", "pull", origin, "main", cwd=made)
    for place in (made, runner):
        assert '"/contact/"' in (place / "published.json").read_text(encoding="utf-8")
        assert '"/about/"' in (place / "published.json").read_text(encoding="utf-8")
        assert alertgen("check", "--now", NOW, cwd=place).code == 0


def push(folder, origin):
    ran("git", "add", "--all", cwd=folder)
    ran("git", "-c", "user.name=Editor", "-c", "user.email=editor@example.org", "commit", "-m", "Edit", cwd=folder)
    ran("git", "push", origin, "main", cwd=folder)


def ran(*words, cwd):
    subprocess.run(words, cwd=cwd, check=True, capture_output=True)


@pytest.mark.parametrize("there", ["notes.txt", "site.yaml", ".gitignore", "alerts/a.md"])
def test_a_folder_with_something_in_it_is_refused(tmp_path, there):
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    ran = alertgen("init", "--now", NOW, cwd=tmp_path)
    assert ran.code == 2
    assert f"this folder is not empty: {there.partition('/')[0]}" in ran.err
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [tmp_path / there]


def test_git_a_python_environment_and_notes_of_a_system_are_no_obstacle(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "desktop.ini").write_text("[.ShellClassInfo]", encoding="utf-8")
    (tmp_path / "Thumbs.db").write_bytes(b"\0")
    (tmp_path / "@eaDir").mkdir()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "env").mkdir()
    (tmp_path / "env/pyvenv.cfg").write_text("home = /usr", encoding="utf-8")
    ran = alertgen("init", "--now", NOW, cwd=tmp_path)
    assert ran.code == 0, ran.all
    assert (tmp_path / "site.yaml").is_file()


def test_a_wrong_address_is_told_before_anything_is_written(tmp_path):
    ran = alertgen("init", "x", "--base-url", "example.org", cwd=tmp_path)
    assert ran.code == 2
    assert "write https://example.org" in ran.err
    assert not (tmp_path / "x").exists()


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "x").write_text("", encoding="utf-8")
    ran = alertgen("init", "x", cwd=tmp_path)
    assert ran.code == 2
    assert "is a file" in ran.err


def test_questions_in_a_terminal(tmp_path):
    ran = typed("init", "--now", NOW, keys=["Desk Alert", "www.example.org", "https://www.example.org"], cwd=tmp_path)
    assert ran.code == 0, ran.out
    assert "hint: write https://www.example.org" in ran.out
    text = (tmp_path / "site.yaml").read_text(encoding="utf-8")
    assert '\ntitle: "Desk Alert"\n' in text
    assert '\nbase_url: "https://www.example.org/"\n' in text
