"""Files that iCloud has taken off the computer, and copies that programs make which keep folders alike."""

import datetime

import pytest

from alertgen.build import build
from alertgen.file_names import note_for, original_of, stands_for
from conftest import SiteFolder

NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
ALERT = "---\ntitle: Talks\ndate: 2026-11-18\ncountry: SD\n---\nText.\n"


def told(folder: SiteFolder) -> list[tuple[str, str]]:
    report = build(folder.root, folder.path("public"), now=NOON)
    return [(found.code, found.at.path) for found in report.problems]


@pytest.mark.parametrize(
    "path",
    ["alerts/2026/2026-11-11-sudan.md", "pages/about.md", "published.json", "do-not-publish.txt", "static/logo.svg"],
)
def test_what_is_in_icloud_is_not_missing_without_a_word(site, path):
    folder: SiteFolder = site(f"{SITE}-- alerts/2026/2026-11-18-talks.md --\n{ALERT}")
    folders, slash, name = path.rpartition("/")
    folder.write(f"{folders}{slash}{note_for(name)}", "bplist00")
    assert told(folder) == [("not-downloaded", path)]
    assert not folder.path("public").exists()
    folder.path(f"{folders}{slash}{note_for(name)}").unlink()
    assert told(folder) == []


def test_a_site_whose_settings_are_in_icloud_says_so(site, capsys):
    from alertgen.cli import run

    folder: SiteFolder = site(f"-- .site.yaml.icloud --\nbplist00\n-- alerts/a.md --\n{ALERT}")
    folder.path("site.yaml").unlink()
    assert run(["check", "--site", str(folder.root)]) == 2
    assert "in iCloud and not on this computer" in capsys.readouterr().err


def test_a_picture_in_icloud_is_told_where_it_is_named(site):
    text = ALERT.replace("country", "image: p.jpg\nimage_alt: A market hall.\nimage_credit: A/B\ncountry")
    folder: SiteFolder = site(f"{SITE}-- alerts/a.md --\n{text}-- alerts/.p.jpg.icloud --\nbplist00\n")
    (problem,) = build(folder.root, folder.path("public"), now=NOON).problems
    assert (problem.code, problem.at.line) == ("missing-image", 4)
    assert "iCloud" in problem.hint


def test_other_hidden_files_and_pictures_that_nobody_shows_say_nothing(site):
    folder: SiteFolder = site(f"{SITE}-- alerts/a.md --\n{ALERT}")
    for name in (".old.jpg.icloud", ".a.md.swp", ".icloud"):
        folder.write(f"alerts/{name}", "x")
    assert told(folder) == []
    assert (stands_for(".icloud"), stands_for("a.icloud"), stands_for(".a.md.icloud")) == ("", "", "a.md")


@pytest.mark.parametrize("name", ["a 2", "a (1)", "a kopie", "a copy 3", "a (Amina's conflicted copy 2026-11-11)"])
def test_of_two_alike_the_one_that_is_called_like_a_copy_is_told(site, name):
    assert original_of(name) == "a"
    folder: SiteFolder = site(f"{SITE}-- alerts/{name}.md --\n{ALERT}-- alerts/a.md --\n{ALERT}")
    assert told(folder) == [("twin-alerts", f"alerts/{name}.md")]


def test_a_text_of_an_office_program_is_copied_rather_than_renamed(site):
    folder: SiteFolder = site(f"{SITE}-- alerts/sudan.gdoc --\nx\n-- alerts/sudan.odt --\nx\n")
    problems = build(folder.root, folder.path("public"), now=NOON).problems
    assert [found.at.path for found in problems] == ["alerts/sudan.gdoc", "alerts/sudan.odt"]
    assert all("alertgen new" in found.hint for found in problems)
