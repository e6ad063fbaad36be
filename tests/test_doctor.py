"""`alertgen doctor` and `alertgen verify`."""

import datetime
import importlib.metadata
import json
import os
import subprocess
import sys

import pytest
from PIL import features

from alertgen.tools import doctor
from alertgen.write.lock import lock
from conftest import NOON
from terminal import NOW, alertgen

TEXT = "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\nText.\n"


@pytest.fixture
def folder(site):
    made = site(TEXT)
    made.write("site.yaml", "title: T\nbase_url: https://example.org/\nsearch: false\n")
    return made


def ill(folder, now=NOON):
    return {finding.what: finding for finding in doctor.examine(folder.root, now) if not finding.ok}


@pytest.fixture(autouse=True)
def present(monkeypatch, tmp_path_factory):
    """The moment of tests counts as later than the program."""
    program = tmp_path_factory.mktemp("program") / "doctor.py"
    program.touch()
    os.utime(program, (0, 0))
    monkeypatch.setattr(doctor, "__file__", str(program))


def look(folder, what):
    return next(
        finding for finding in doctor.examine(folder.root, datetime.datetime.now(datetime.UTC)) if finding.what == what
    )


def test_a_healthy_site_on_a_healthy_machine(folder):
    alertgen("build", "--now", NOW, cwd=folder.root)
    ran = alertgen("doctor", cwd=folder.root)
    assert ran.code == 0, ran.out
    assert ran.out.endswith("All is well.\n")
    assert "1 alert file\n" in ran.out
    assert all(line.startswith("ok    ") for line in ran.out.splitlines()[:-1])


def test_a_folder_without_a_site_is_named_with_its_cure(tmp_path):
    ran = alertgen("doctor", cwd=tmp_path)
    assert ran.code == 3
    assert f"there is no site.yaml in {tmp_path}" in ran.out
    assert "  hint: go to the folder of your site" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_packages_that_are_missing_or_too_old(folder, monkeypatch):
    wanted = ["click>=99", "no-such-package>=1", "pillow>=1,<2", 'never; extra == "dev"', "jinja2"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: wanted)
    found = ill(folder, datetime.datetime.now(datetime.UTC))["alertgen"].found
    assert "no-such-package is missing" in found
    assert "but >=99 is needed" in found
    assert "but <2 is needed" in found
    assert "never" not in found


def test_a_pillow_without_avif(folder, monkeypatch):
    monkeypatch.setattr(features, "check", lambda codec: codec != "avif")
    assert "but not AVIF" in look(folder, "Pictures").found


def test_a_full_disk(folder, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10}))
    assert look(folder, "Disk").cure.startswith("free some space")


def test_a_folder_that_takes_no_files(folder, monkeypatch):
    monkeypatch.setattr(doctor, "_takes_files", lambda _: False)
    assert "nothing can be written into" in look(folder, "Folder").found


def test_a_clock_that_is_behind(folder, monkeypatch):
    monkeypatch.setattr(doctor, "__file__", __file__)
    then = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    found = ill(folder, then)["Clock"]  # all tests run with the variable
    assert found.found == "2001-01-01 00:00 UTC, says SOURCE_DATE_EPOCH"
    assert found.cure.startswith("take SOURCE_DATE_EPOCH out of the environment")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    found = ill(folder, then)["Clock"]
    assert (found.found, found.cure[:13]) == ("2001-01-01 00:00 UTC", "set the clock")


def test_a_clock_that_was_ahead_when_something_was_built(folder):
    first = "2026-11-20"
    folder.write("published.json", f'{{"version": 1, "addresses": {{"/": {{"id": "", "first": "{first}"}}}}}}')
    for day, wrong in ((18, True), (19, False), (20, False)):
        found = ill(folder, datetime.datetime(2026, 11, day, tzinfo=datetime.UTC)).get("Ledger")
        assert bool(found) is wrong
        assert not found or f"1 address in published.json, some since {first}, which is still to come" == found.found


def test_a_running_build(folder):
    with lock(folder.root):
        assert "Another build of this site is running" in look(folder, "Lock").found
    assert look(folder, "Lock").ok


def test_a_damaged_memory_and_a_damaged_ledger(folder):
    alertgen("build", "--now", NOW, cwd=folder.root)
    folder.write(".alertgen/memory.db", b"not a database at all" * 100)
    folder.write("published.json", "{")
    folder.write("public/.alertgen-manifest.json", "{")
    found = ill(folder, datetime.datetime.now(datetime.UTC))
    assert {"Memory", "Ledger", "Output"} == set(found)
    assert found["Memory"].cure.startswith("nothing: it was emptied")


def test_a_list_of_names_that_git_would_publish(folder):
    def git(*words):
        subprocess.run(["git", "-C", str(folder.root), *words], check=True, capture_output=True)

    folder.write("do-not-publish.txt", "Amina Example\n")
    assert look(folder, "Names").ok, "without a repository nothing is published"
    git("init")
    assert "/do-not-publish.txt into .gitignore" in look(folder, "Names").cure
    folder.write(".gitignore", "/do-not-publish.txt\n")
    assert look(folder, "Names").ok
    git("add", "--force", "do-not-publish.txt")
    assert "git rm --cached" in look(folder, "Names").cure, "it is committed although it is named there"
    assert "Amina" not in alertgen("doctor", cwd=folder.root).all
    folder.write("do-not-publish.txt", "A\n")
    assert "too short" in look(folder, "Names").found


def test_what_git_leaves_out_although_it_belongs_to_the_site(folder):
    def git(*words):
        subprocess.run(["git", "-C", str(folder.root), *words], check=True, capture_output=True)

    folder.write("published.json", '{"version": 1, "addresses": {}}')
    folder.write("static/own.css", "a { color: red }")
    folder.write("static/été.svg", "<svg/>")
    folder.write("static/.DS_Store", "")
    assert "Git" not in ill(folder), "there is no repository"
    git("init")
    folder.write(".gitignore", ".DS_Store\n/public/\n")
    assert "Git" not in ill(folder)
    folder.write(".gitignore", ".DS_Store\n*.json\n*.svg\n")
    assert ill(folder)["Git"].found == "Git leaves out published.json and 1 other file"
    git("add", "--force", "published.json")
    assert ill(folder)["Git"].found == "Git leaves out static/été.svg"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_name_that_is_no_unicode_is_no_obstacle(folder):
    subprocess.run(["git", "-C", str(folder.root), "init"], check=True, capture_output=True)
    folder.write(".gitignore", "*.svg\n")
    folder.write("static/own.css", "a { color: red }")
    (folder.path("static") / os.fsdecode(b"logo\xff.svg")).write_text("<svg/>")
    assert "Git leaves out static/logo" in ill(folder)["Git"].found


def test_a_link_to_a_folder_in_a_copy_is_told(folder):
    alertgen("build", "--now", NOW, cwd=folder.root)
    folder.path("public/drafts").symlink_to(folder.path("alerts"))
    assert alertgen("verify", cwd=folder.root).out.splitlines()[0] == "not made by alertgen: drafts"


def test_a_copy_is_verified_file_by_file(folder):
    alertgen("build", "--now", NOW, cwd=folder.root)
    assert alertgen("verify", cwd=folder.root).out == "public is what was built, byte for byte.\n"
    folder.write("public/CNAME", "example.org\n")
    ran = alertgen("verify", "public", cwd=folder.root)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "not made by alertgen: CNAME")
    assert alertgen("verify", "--strict", cwd=folder.root).code == 1
    folder.edit("public/robots.txt", "User-agent", "User-Agent")
    folder.delete("public/feed.xml")
    ran = alertgen("verify", "public", cwd=folder.root)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "not made by alertgen: CNAME",
        "missing: feed.xml",
        "changed: robots.txt",
        "public is not what was built: 2 files differ.",
    ]


def test_a_copy_without_its_list_is_compared_with_another_one(folder):
    alertgen("build", "--now", NOW, cwd=folder.root)
    folder.move("public/.alertgen-manifest.json", "list.json")
    ran = alertgen("verify", "public", cwd=folder.root)
    assert (ran.code, ran.out) == (2, "")
    assert "is not there" in ran.err
    assert alertgen("verify", "public", "--manifest", "list.json", cwd=folder.root).code == 0
    assert json.loads(folder.path("list.json").read_text(encoding="utf-8"))["outputs"]
