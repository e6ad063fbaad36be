"""The command line as an editor meets it: what it prints, and its exit codes."""

import os
import subprocess
import sys

import pytest

from alertgen.cli import run
from alertgen.text import format_bytes
from copies import tree
from small_site import SITE

NOW = ("--now", "2026-11-20T12:00:00+00:00")


def alertgen(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "alertgen", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_good_build_ends_with_what_changed_and_what_is_next(site, capsys):
    folder = site(SITE)
    assert run(["build", "--site", str(folder.root), *NOW]) == 0
    told = capsys.readouterr().out
    size = sum(file.stat().st_size for file in folder.path("public").rglob("*") if file.is_file())
    size -= folder.path("public/.alertgen-manifest.json").stat().st_size
    assert f"pages, {format_bytes(size)} into" in told
    assert "index.html" in told
    assert "write its address into site.yaml and build again" in told
    assert run(["build", "--site", str(folder.root), *NOW]) == 0
    again = capsys.readouterr().out
    assert "Nothing has changed: " in again
    assert f", {format_bytes(size)} in" in again
    folder.edit("site.yaml", "https://example.org/news/", "https://alerts.desk.int/")
    assert run(["build", "--site", str(folder.root), *NOW]) == 0
    real = capsys.readouterr().out
    assert "then copy " in real
    assert "base_url" not in real


def test_five_files_with_three_faults_each_are_told_in_one_run(site, capsys):
    folder = site(SITE)
    run(["build", "--site", str(folder.root), *NOW])
    capsys.readouterr()
    before = tree(folder.root / "public")
    for number in range(5):
        folder.write(
            f"alerts/2026/2026-10-0{number + 1}-broken.md",
            f"---\ntitel: Fault\ntitle: Broken {number}\ndate: 2026-10-0{number + 1}\n"
            f"country: Norwya\nrisk_tags: [war crime]\nslug: broken-{number}\n---\nText.\n",
        )
    assert run(["build", "--site", str(folder.root), *NOW]) == 1
    lines = capsys.readouterr().out.splitlines()
    told = [line for line in lines if ": error[" in line]
    assert len(told) == 15
    for number in range(5):
        path = f"alerts/2026/2026-10-0{number + 1}-broken.md"
        assert [line.split(": error")[0] for line in told if line.startswith(path)] == [
            f"{path}:2:1",
            f"{path}:5:10",
            f"{path}:6:13",
        ]
    assert lines[-1].startswith("15 errors in 5 of 9 files. Nothing was written; the site in ")
    assert lines[-1].endswith(" is untouched.")
    assert tree(folder.root / "public") == before


def test_exit_codes(site, capsys, tmp_path):
    folder = site(SITE)
    where = ("--site", str(folder.root))
    assert run(["check", *where, *NOW]) == 0
    assert run(["build", *where, "--sideways"]) == 2
    assert run(["build", *where, "--now", "yesterday"]) == 2
    assert run(["bulid"]) == 2
    assert run(["build", "--site", str(tmp_path / "nowhere")]) == 2
    folder.write("elsewhere/thesis.txt", "years of work")
    assert run(["build", *where, *NOW, "--out", str(folder.root / "elsewhere")]) in (2, 3)
    folder.edit("site.yaml", "base_url: https://example.org/news/", "base_url: nonsense")
    assert run(["build", *where, *NOW]) == 2
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_folder_without_site_yaml_says_what_to_do(tmp_path):
    done = alertgen("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "site.yaml" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_site_is_found_from_a_folder_inside_it(site):
    folder = site(SITE)
    done = alertgen("check", *NOW, cwd=folder.root / "alerts/2026")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_any_console_gets_the_whole_report(site, encoding):
    folder = site(SITE)
    folder.write("alerts/2026/[bulletin-12].md", "---\ntitle: السودان\ndate: 2026-10-01\ncountry: السودانن\n---\nنص.\n")
    done = alertgen("check", *NOW, cwd=folder.root, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 1
    assert "[bulletin-12].md:4:10: error[unknown-country]" in done.stdout
    assert "Traceback" not in done.stderr


def test_source_date_epoch_is_the_present(site):
    folder = site(SITE)
    done = alertgen("build", cwd=folder.root, SOURCE_DATE_EPOCH="1762700000")  # 9 November 2025
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("held back") == 3
    done = alertgen("build", cwd=folder.root, SOURCE_DATE_EPOCH="soon")
    assert done.returncode == 2


def test_the_same_bytes_in_any_zone_locale_and_hash_seed(site):
    folder = site(SITE)
    folder.write("alerts/2026/2026-10-01-école.md", "---\ntitle: École\ndate: 2026-10-01\ncountry: SD\n---\nText.\n")
    trees = []
    environments = (
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
        {"TZ": "Asia/Kolkata", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},  # Python takes names of files for ASCII
    )
    for number, environment in enumerate(environments):
        out = folder.root / f"out{number}"
        done = alertgen("build", *NOW, "--out", str(out), cwd=folder.root, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        folder.delete(".alertgen")
        trees.append(tree(out))
    assert "alerts/2026/ecole/index.html" in trees[0]
    assert trees[0] == trees[1] == trees[2]


def test_the_console_keeps_the_encoding_of_the_locale(site):
    """Although names of files are always read as UTF-8."""
    folder = site(SITE)
    folder.write("alerts/2026/é.md", "---\ntitel: É\n---\nText.\n")
    done = alertgen("check", *NOW, cwd=folder.root, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert "alerts/2026/\\xe9.md:2:1: error[unknown-key]" in done.stdout
