"""`alertgen forget`: what was published and must go is taken down, by the line that the report prints."""

import re

import pytest

from conftest import SiteFolder
from terminal import alertgen

ALERT = "---\ntitle: Mali\ndate: 2026-11-18\ncountry: ML\nrisk_tags: [war-crimes]\n---\n\nWhat happened.\n"


@pytest.fixture
def desk(site) -> SiteFolder:
    """A site that has published two alerts."""
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/b/\nsearch: false\n")
    folder.write("alerts/mali.md", ALERT)
    folder.write("alerts/sudan.md", ALERT.replace("Mali", "Sudan").replace("ML", "SD").replace("[war-crimes]", ""))
    assert alertgen("build", cwd=folder.root).code == 0
    return folder


def ledger(desk: SiteFolder) -> str:
    return desk.path("published.json").read_text(encoding="utf-8")


def test_the_line_of_the_report_takes_everything_down(desk: SiteFolder) -> None:
    desk.write("alerts/mali.md", ALERT.replace("---\n\n", "draft: true\n---\n\n"))
    refused = alertgen("build", cwd=desk.root)
    assert refused.code == 1
    (typed,) = re.findall(r"alertgen (forget .*)", refused.all)
    forgot = alertgen(*typed.split(), cwd=desk.root)
    assert forgot.code == 0
    assert "5 lines of published.json" in forgot.out
    assert "alertgen build" in forgot.out
    assert "mali" not in ledger(desk)
    assert "/countries/sudan/feed.xml" in ledger(desk)
    assert alertgen("build", cwd=desk.root).code == 0
    assert not [path for path in desk.path("public").rglob("*") if "mali" in path.name]


def test_a_text_that_must_go_is_taken_down_although_a_new_one_has_nearly_its_name(desk: SiteFolder) -> None:
    desk.delete("alerts/mali.md")
    desk.write("alerts/mali-2.md", ALERT.replace("title: Mali", "title: Talks"))
    refused = alertgen("build", cwd=desk.root)
    assert "if it is now at /alerts/2026/mali-2/" in refused.all
    (typed,) = re.findall(r"alertgen (forget .*)", refused.all)
    assert typed == "forget /alerts/2026/mali/"
    assert alertgen(*typed.split(), cwd=desk.root).code == 0
    assert alertgen("build", cwd=desk.root).code == 0
    assert not desk.path("public/alerts/2026/mali").exists()
    assert "/alerts/2026/mali/" not in ledger(desk)


def test_a_renamed_alert_with_its_headings_is_not_said_to_go(desk: SiteFolder) -> None:
    desk.move("alerts/mali.md", "alerts/mali-2.md")
    refused = alertgen("build", cwd=desk.root)
    assert "aliases: [/alerts/2026/mali/]" in refused.all
    assert "alertgen forget" not in refused.all


@pytest.mark.parametrize("typed", ["countries/mali/", "https://example.org/b/countries/mali/"])
def test_an_address_may_be_typed_in_other_ways(desk: SiteFolder, typed: str) -> None:
    assert alertgen("forget", typed, cwd=desk.root).code == 0
    assert "/countries/mali/" not in ledger(desk)


def test_what_is_not_known_is_told_and_nothing_is_forgotten(desk: SiteFolder) -> None:
    before = ledger(desk)
    ran = alertgen("forget", "/countries/sudan/", "/countries/malli/", cwd=desk.root)
    assert ran.code == 2
    assert "did you mean /countries/mali/?" in ran.all
    assert ledger(desk) == before


@pytest.mark.parametrize("typed", ["/", "", "https://example.org/b/", "https://example.org/"])
def test_the_first_page_is_never_forgotten_with_what_the_ids_of_feeds_begin_with(desk: SiteFolder, typed: str) -> None:
    before = desk.path("published.json").read_bytes()
    ran = alertgen("forget", "/countries/mali/", typed, cwd=desk.root)
    assert (ran.code, ran.out) == (2, "")
    assert "nothing was forgotten" in ran.err
    assert desk.path("published.json").read_bytes() == before


def test_a_part_of_a_page_is_not_taken_for_the_page(desk: SiteFolder) -> None:
    before = desk.path("published.json").read_bytes()
    ran = alertgen("forget", "/alerts/2026/market/#mali-a-market", cwd=desk.root)
    assert ran.code == 2
    assert "is a part of a page; nothing was forgotten" in ran.err
    assert desk.path("published.json").read_bytes() == before


def test_what_is_still_there_is_known_again_after_the_next_build(desk: SiteFolder) -> None:
    before = ledger(desk)
    assert alertgen("forget", "/countries/sudan/", cwd=desk.root).code == 0
    assert ledger(desk) != before
    assert alertgen("build", cwd=desk.root).code == 0
    assert ledger(desk).count("/countries/sudan/") == 4


def test_the_feeds_of_a_level_go_by_the_address_of_their_folder(desk: SiteFolder) -> None:
    desk.write("site.yaml", desk.path("site.yaml").read_text(encoding="utf-8") + "levels: r2p-monitor\n")
    desk.write("alerts/mali.md", ALERT.replace("date", "level: current-crisis\ndate"))
    assert alertgen("build", cwd=desk.root).code == 0
    desk.write("alerts/mali.md", ALERT)
    assert alertgen("forget", "/levels/current-crisis/", cwd=desk.root).code == 0
    assert alertgen("build", cwd=desk.root).code == 0
    assert not desk.path("public/levels").exists()


def test_all_that_is_in_a_language_goes_by_its_address(desk: SiteFolder) -> None:
    whole = desk.path("site.yaml").read_text(encoding="utf-8")
    desk.write("site.yaml", whole + "languages: [en, fr]\n")
    desk.write("alerts/mali.fr.md", ALERT)
    assert alertgen("build", cwd=desk.root).code == 0
    desk.delete("alerts/mali.fr.md")
    desk.write("site.yaml", whole)
    refused = alertgen("build", cwd=desk.root)
    (typed,) = re.findall(r"alertgen (forget .*)", refused.all)
    assert typed == "forget /fr/"
    assert alertgen(*typed.split(), cwd=desk.root).code == 0
    assert "/fr/" not in ledger(desk)
    assert "/countries/mali/feed.xml" in ledger(desk)
    assert alertgen("build", cwd=desk.root).code == 0
    assert not desk.path("public/fr").exists()
