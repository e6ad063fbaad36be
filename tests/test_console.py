"""What editors and programs read: encodings, colours, forms of a report, progress, exit codes."""

import errno
import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise

import pytest

from alertgen.cli import bar, run, streams
from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.formats import as_annotation, sarif
from terminal import COMMAND, NOW, alertgen, process, typed

FAULTY = """\
-- alerts/[bulletin-12].md --
---
title: "السودان: «حرب»"
date: 2026-11-18
country: Sudann
level: current-crisis
---
النص.
-- alerts/good.md --
---
title: Good
date: 2026-11-18
draft: true
---
Text.
"""
ESCAPE = "\x1b["


@pytest.fixture
def faulty(site):
    return site(FAULTY)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "cp437"])
def test_a_report_is_complete_on_every_console(faulty, encoding):
    ran = process("check", "--now", NOW, cwd=faulty.root, env={"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert ran.code == 1
    assert ran.err == ""
    assert "alerts/[bulletin-12].md:4:10: error[unknown-country]" in ran.out
    assert "hint: did you mean" in ran.out
    assert ran.out.rstrip().endswith("Nothing was written; this was only a check.")


def test_a_console_without_arabic_shows_its_numbers_and_plain_signs(faulty):
    faulty.edit("alerts/[bulletin-12].md", "country: Sudann", "country: السودا")
    ran = process("check", "--now", NOW, cwd=faulty.root, env={"PYTHONIOENCODING": "ascii"}, encoding="ascii")
    assert '"\\u0627\\u0644\\u0633' in ran.out
    faulty.write("site.yaml", "titel: x\nbase_url: https://example.org/\n")
    ran = process("check", "--now", NOW, cwd=faulty.root, env={"PYTHONIOENCODING": "ascii"}, encoding="ascii")
    assert "..." in ran.out or "did you mean title?" in ran.out
    assert "\\u2026" not in ran.out


def test_colours_are_for_terminals_whose_owners_want_them(faulty):
    assert ESCAPE not in process("check", "--now", NOW, cwd=faulty.root, env={"TERM": "xterm"}).all
    shown = typed("check", "--now", NOW, keys=[], cwd=faulty.root, env={"TERM": "xterm"}).out
    assert f"{ESCAPE}31m" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "4 | country: Sudann" in plain
    for wish in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert ESCAPE not in typed("check", "--now", NOW, keys=[], cwd=faulty.root, env={"TERM": "xterm", **wish}).out


def test_json_says_all_that_the_text_says(faulty):
    ran = alertgen("check", "--now", NOW, "--format", "json", cwd=faulty.root)
    told_ = json.loads(ran.out)
    assert ran.code == 1
    assert told_["ok"] is False
    assert told_["files"] == 2
    assert told_["held"] == [{"path": "alerts/good.md", "because": "draft", "until": None}]
    assert [problem["code"] for problem in told_["problems"]] == ["unknown-country", "unknown-level"]
    assert told_["problems"][0] == {
        "code": "unknown-country",
        "severity": "error",
        "message": '"Sudann" is not a country I know',
        "hint": "did you mean Sudan (SD)?",
        "path": "alerts/[bulletin-12].md",
        "line": 4,
        "column": 10,
        "length": 6,
        "excerpt": "country: Sudann",
        "also": [],
    }


def test_json_of_a_build_names_what_changed_and_what_falls_due(site):
    folder = site(
        "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: SD\n---\nText.\n"
        "-- alerts/b.md --\n---\ntitle: B\ndate: 2026-11-25\n---\nText.\n"
    )
    folder.write("site.yaml", "title: T\nbase_url: https://example.org/\nsearch: false\n")
    ran = alertgen("build", "--now", NOW, "--format", "json", cwd=folder.root)
    told_ = json.loads(ran.out)
    assert told_["written"]["into"] == "public/"
    assert "/alerts/2026/a/" in told_["written"]["added"]
    assert told_["next_due"] == "2026-11-25T00:00:00+00:00"
    assert (
        json.loads(alertgen("build", "--now", NOW, "--format", "json", cwd=folder.root).out)["written"]["added"] == []
    )


def test_paths_count_from_the_folder_one_is_in(faulty):
    ran = alertgen("check", "--site", "site", "--now", NOW, "--format", "github", cwd=faulty.root.parent)
    assert ran.out.startswith("::error file=site/alerts/[bulletin-12].md,line=4,col=10,endLine=4,endColumn=16,")


def test_a_remark_for_github_keeps_to_one_line():
    at = Place("alerts/a,b:c%.md", 3)
    problem = Diagnostic(code="x", message="50% of\nit", at=at, hint="do this", severity=Severity.ADVICE)
    assert as_annotation(problem) == (
        "::notice file=alerts/a%2Cb%3Ac%25.md,line=3,title=x::50%25 of%0Ait%0Ahint: do this"
    )


def test_sarif_names_rules_and_places(faulty):
    log = json.loads(alertgen("check", "--now", NOW, "--format", "sarif", cwd=faulty.root).out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["unknown-country", "unknown-level"]
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("unknown-country", 0, "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "alerts/%5Bbulletin-12%5D.md"
    assert place["region"] == {"startLine": 4, "startColumn": 10, "endColumn": 16}


def test_sarif_leaves_out_what_is_not_known_of_a_place():
    problem = Diagnostic(code="todo-left", message="m", at=Place("a.md"), also=(Place("b.md", 2),))
    (result,) = sarif([problem])["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 2}


def test_quiet_prints_nothing_when_nothing_is_wrong(site):
    folder = site("-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\nText.\n")
    folder.write("site.yaml", "title: T\nbase_url: https://example.org/\nsearch: false\n")
    ran = alertgen("build", "--quiet", "--now", NOW, cwd=folder.root)
    assert (ran.code, ran.all) == (0, "")
    folder.edit("alerts/a.md", "title: A", "titel: A")
    ran = alertgen("build", "-q", "--now", NOW, cwd=folder.root)
    assert ran.code == 1
    assert "unknown-key" in ran.out
    assert "untouched" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "did you mean build?"),
        (["xyz"], "the commands are build"),
        (["build", "--sit", "x"], "--site"),
        (["build", "--site", "nowhere"], "there is no folder nowhere"),
        (["check", "--now", "tomorrow"], "is not a day with time and zone"),
        (["check", "--now", "2026-11-25T12:00:00"], "add the difference from UTC, such as 2026-11-25T12:00:00+00:00"),
        (["check", "--now", "2026-11-25"], "such as 2026-11-25T12:00+00:00"),
        (["check", "--format", "xml"], "text"),
        (["build", "--sit", "x"], "hint: did you mean --site?"),
        (["build", "--sideways"], 'there is no flag "--sideways"'),
        (["build", "--out"], "--out needs a value behind it"),
        (["build", "--site", "alertz"], "hint: did you mean alerts?"),
        (["verify", "alertz"], "FOLDER: there is no folder alertz\n  hint: did you mean alerts?"),
        (["verify"], "holds no site that alertgen built"),
        (
            ["check", "alerts/good.md"],
            '"alerts/good.md" is more than this command takes\n  hint: `alertgen check --help`',
        ),
        (["cms"], "--repo is missing\n  hint: Repository that holds the site"),
        (["serve", "--port", "99999"], "--port: 99999 is no whole number from 0 to 65535"),
        (["serve", "--port", "80x"], "--port: '80x' is no whole number from 0 to 65535"),
        (["forget"], "ADDRESS is missing"),
        (["explain", "unknwn-country"], "hint: did you mean unknown-country"),
    ],
)
def test_wrong_usage_is_told_with_what_was_meant(faulty, arguments, said):
    ran = alertgen(*arguments, cwd=faulty.root)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.startswith("alertgen: ")
    assert "  hint: " in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("command", ["build", "check", "serve", "new", "schema", "cms"])
def test_a_folder_that_is_no_site_is_left_as_it_is(tmp_path, command):
    flags = ["--repo", "o/n"] if command == "cms" else []
    ran = alertgen(command, *flags, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "alertgen: there is no site.yaml in this folder\n"
        "  hint: go to the folder of your site (cd …), or make a new one with `alertgen init`\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("site.yml", "did you mean site.yml? Rename it to site.yaml"),
        ("site.yaml.txt", "did you mean site.yaml.txt? Rename it to site.yaml"),
        ("sitemap.xml", "go to the folder of your site"),
        ("news/site.yaml", "there is one in news: type `cd news` first"),
    ],
)
def test_a_site_nearby_is_pointed_out(tmp_path, there, said):
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("title: T\n")
    assert said in alertgen("build", cwd=tmp_path).err
    assert said in alertgen("doctor", cwd=tmp_path).out


def test_of_many_sites_nearby_a_few_are_named(tmp_path):
    for name in "edcba":
        (tmp_path / name).mkdir()
        (tmp_path / name / "site.yaml").write_text("title: T\n")
    assert "there is one in a, b, c or 2 other folders: type `cd a` first" in alertgen("check", cwd=tmp_path).err


def test_the_moment_can_come_from_the_environment(faulty):
    ran = process("check", cwd=faulty.root, env={"SOURCE_DATE_EPOCH": "yesterday"})
    assert ran.code == 2
    assert 'SOURCE_DATE_EPOCH is "yesterday", not a number of seconds' in ran.err


def test_each_command_says_what_it_does(tmp_path):
    ran = alertgen("--help", cwd=tmp_path)
    assert ran.code == 0
    rows = re.findall(r"^  ([a-z]+) +(\S.*)$", ran.out, re.MULTILINE)
    assert {"build", "check", "new"} <= {name for name, _ in rows}
    assert all(not said.endswith("...") for _, said in rows), rows


def make(outputs, progress):
    for number in range(1, outputs + 1):
        progress("making", number, outputs)


def test_progress_is_shown_only_for_long_work(monkeypatch, capsys):
    with bar.shown_on(quiet=False) as progress:
        make(3, progress)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(bar, "_PATIENCE", {False: 0, True: 0})
    monkeypatch.setattr(bar, "_STEP", {False: 0, True: 0})
    with bar.shown_on(quiet=False) as progress:
        make(1200, progress)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Making 1 of 1,200 outputs"
    assert all(ESCAPE not in line for line in lines)
    assert all(first <= second for first, second in pairwise([int(line.split()[1].replace(",", "")) for line in lines]))
    with bar.shown_on(quiet=True) as progress:
        make(3, progress)
    assert capsys.readouterr().err == ""


def test_texts_are_counted_while_they_are_read_and_what_is_not_counted_is_named(monkeypatch, capsys, site):
    monkeypatch.setattr(bar, "_PATIENCE", {False: 0, True: 0})
    monkeypatch.setattr(bar, "_STEP", {False: 0, True: 0})
    folder = site("-- alerts/2026-11-18-a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: SD\n---\nText.\n")
    assert run(["check", "--site", str(folder.root)]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[:4] == ["Reading …", "Reading 1 of 1 text", "Planning …", "Checking …"]


def test_a_terminal_shows_a_bar_and_takes_it_away(monkeypatch, capsys):
    for module in (bar, streams):
        monkeypatch.setattr(module, "shows_colours", lambda _: True)
    monkeypatch.setattr(bar, "_PATIENCE", {True: 0})
    monkeypatch.setattr(bar, "_STEP", {True: 0})
    with bar.shown_on(quiet=False) as progress:
        make(4, progress)
    shown = capsys.readouterr().err
    assert "[============            ] Making 2 of 4 outputs" in shown
    assert shown.endswith("\r\x1b[2K")


@pytest.mark.parametrize("number", ["EIO", "ENOSPC", "EROFS", "EACCES", "EMFILE"])
def test_what_the_machine_refuses_is_no_bug_wherever_it_comes_from(monkeypatch, capsys, site, number):
    def refused(*_args, **_kwargs):
        raise OSError(getattr(errno, number), "refused", "a/file")

    monkeypatch.setattr("alertgen.build.build", refused)
    monkeypatch.setattr("alertgen.cli.plain.unchanged", lambda *_args, **_kwargs: (None, None))
    assert run(["build", "--site", str(site("").root)]) == 3
    told_of = capsys.readouterr().err
    assert "a/file" in told_of
    assert "Traceback" not in told_of
    assert "bug" not in told_of


def test_any_other_error_is_a_bug_and_shows_where_it_is(monkeypatch, capsys, site):
    monkeypatch.setattr("alertgen.build.build", lambda *_args, **_kwargs: [][1])
    monkeypatch.setattr("alertgen.cli.plain.unchanged", lambda *_args, **_kwargs: (None, None))
    assert run(["build", "--site", str(site("").root)]) == 70
    assert "IndexError" in capsys.readouterr().err


@pytest.mark.parametrize(("country", "code"), [("SD", 0), ("Sudann", 1)])
def test_who_stops_reading_changes_neither_the_work_nor_its_code(site, country, code):
    folder = site(f"-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ncountry: {country}\n---\nText.\n")
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run([*COMMAND, "build"], cwd=folder.root, stdout=writer, stderr=writer)
    os.close(writer)
    assert ran.returncode == code
    assert folder.path("public/index.html").exists() == (code == 0)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_change_neither_the_work_nor_its_code(site, closed):
    folder = site("-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\nText.\n")
    ran = subprocess.run(["sh", "-c", f"{shlex.join([*COMMAND, 'build'])} {closed}"], cwd=folder.root, check=True)
    assert ran.returncode == 0
    assert folder.path("public/index.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that somebody is in stays there")
@pytest.mark.parametrize("words", ["build", "check --site {}", "doctor", "new --country SD", "verify"])
def test_who_is_in_a_folder_that_was_removed_is_told(faulty, tmp_path, words):
    gone = tmp_path / "gone"
    gone.mkdir()
    command = [*COMMAND, *words.format(faulty.root).split()]
    line = f"rmdir {gone}; exec {shlex.join(command)}"
    ran = subprocess.run(["sh", "-c", line], cwd=gone, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("alertgen: the folder that this terminal is in is gone\n")
