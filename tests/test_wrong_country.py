"""An alert that was published under a country which it is not about: those who follow that country are told."""

import datetime
import json

import feedparser
import pytest

from alertgen.build import build
from conftest import SiteFolder
from terminal import alertgen

NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
PATH = "alerts/2026-11-04-village.md"
CORRECTION = "corrections:\n  - date: 2026-11-05\n    text: It is about Nigeria.\n    wrong_country: {country}\n"
OTHER = "-- alerts/2026-11-11-market.md --\n---\ntitle: Market\ndate: 2026-11-11\ncountry: NE\n---\nText.\n"


def wrote(folder: SiteFolder, country: str, more: str = "", title: str = "Niger: a village") -> None:
    folder.write(PATH, f"---\ntitle: '{title}'\ndate: 2026-11-04\ncountry: {country}\n{more}---\nText.\n")


def problems(folder: SiteFolder) -> list[tuple[str, str]]:
    report = build(folder.root, folder.path("public"), now=NOON)
    return [(found.code, str(found.at.line)) for found in report.problems]


def items(folder: SiteFolder, address: str) -> dict[str, str]:
    return {item.id: item.title for item in feedparser.parse(folder.path(f"public{address}").read_bytes()).entries}


@pytest.fixture
def published(site) -> SiteFolder:
    """A site that has published an alert under Niger."""
    folder: SiteFolder = site(SITE)
    wrote(folder, "NE")
    assert problems(folder) == []
    return folder


def test_the_report_prints_what_to_write(published):
    wrote(published, "NG", title="Nigeria: a village")
    (problem,) = build(published.root, published.path("public"), now=NOON).problems
    assert (problem.code, problem.at.path, problem.at.line) == ("vanished-address", PATH, 4)
    for words in ("/countries/niger/", "feed.xml", "not about Niger"):
        assert words in problem.message
    text = "The alert first named Niger. It is about Nigeria."
    assert f"\ncorrections:\n  - date: …\n    text: {text}\n    wrong_country: NE\n" in problem.hint


def test_whoever_follows_the_wrong_country_gets_the_correction(published):
    before = items(published, "/countries/niger/feed.xml")
    wrote(published, "NG", CORRECTION.format(country="Niger"), title="Nigeria: a village")
    assert problems(published) == []
    assert items(published, "/countries/nigeria/feed.xml").keys() == before.keys()  # the same item, not a new one
    correction = items(published, "/countries/niger/feed.xml")
    assert correction == items(published, "/corrections/feed.xml") != {}
    page = published.path("public/countries/niger/index.html").read_text(encoding="utf-8")
    assert "It is about Nigeria." in page
    assert 'href="../../alerts/2026/village/"' in page
    data = json.loads(published.path("public/data/alerts.json").read_text(encoding="utf-8"))
    ((told,),) = (one["corrections"] for one in data["alerts"])
    assert told == {"date": "2026-11-05", "text": "It is about Nigeria.", "wrong_country_codes": ["NER"]}
    assert "NER" in {country["code"] for country in data["countries"]}
    countries = published.path("public/countries/index.html").read_text(encoding="utf-8")
    assert 'href="nigeria/"' in countries
    assert 'href="niger/"' not in countries
    rows = json.loads(published.path("public/data/countries.geojson").read_text(encoding="utf-8"))["features"]
    assert [row["properties"]["name"] for row in rows] == ["Nigeria"]


def test_no_page_begins_with_a_correction_that_nobody_can_have_missed(published):
    """A translation that comes later was never published under the wrong country, nor was it under a misspelt one."""
    published.edit("site.yaml", "title: T\n", "title: T\nlanguages: [en, fr]\n")
    correction = CORRECTION.format(country="[NE, SS]")
    wrote(published, "NG", correction, title="Nigeria: a village")
    note = correction.replace("It is about Nigeria.", "Non pas le Niger, mais le Nigeria.")
    keys = f"title: 'Nigeria : un village'\ndate: 2026-11-04\ncountry: NG\n{note}"
    published.write(PATH.replace(".md", ".fr.md"), f"---\n{keys}---\nTexte.\n")
    for _ in range(2):
        assert problems(published) == []
        made = {path.parent.name for path in published.path("public").glob("countries/*/index.html")}
        assert made == {"niger", "nigeria"}
        made = {path.parent.name for path in published.path("public").glob("fr/countries/*/index.html")}
        assert made == {"nigeria"}


def test_a_page_that_was_never_on_the_web_can_be_forgotten_although_a_correction_names_its_country(published):
    wrote(published, "NG", CORRECTION.format(country="NE"), title="Nigeria: a village")
    assert problems(published) == []
    ran = alertgen("forget", "/countries/niger/", cwd=published.root)
    assert ran.code == 0, ran.all
    assert problems(published) == []
    assert not published.path("public/countries/niger").exists()


def test_a_country_that_other_alerts_are_about_has_the_correction_among_them(site):
    folder: SiteFolder = site(SITE + OTHER)
    wrote(folder, "NE")
    assert problems(folder) == []
    wrote(folder, "NG", title="Nigeria: a village")
    assert problems(folder) == [("wrong-country", "4")]
    wrote(folder, "NG", CORRECTION.format(country="[NE]"), title="Nigeria: a village")
    assert problems(folder) == []
    titles = list(items(folder, "/countries/niger/feed.xml").values())
    assert titles == ["Market", "Correction, 5 November 2026: T: Nigeria: a village"]


def test_a_correction_that_is_there_gets_one_line(published):
    wrote(published, "NG", CORRECTION.format(country="").replace("    wrong_country: \n", ""))
    (problem,) = [
        found
        for found in build(published.root, published.path("public"), now=NOON).problems
        if found.code == "vanished-address"
    ]
    assert "\n    wrong_country: NE\n" in problem.hint
    assert "corrections:" not in problem.hint


def test_a_country_more_and_a_draft_that_corrects_itself_say_nothing(published):
    wrote(published, "[NG, NE]")
    assert problems(published) == []
    published.write(
        "alerts/2026-11-12-b.md",
        "---\ntitle: B\ndate: 2026-11-12\ncountry: ML\ndraft: true\n"
        "corrections:\n  - {date: 2026-11-12, text: Not Chad., wrong_country: TD}\n---\nText.\n",
    )
    assert problems(published) == []
    assert not published.path("public/countries/chad").exists()
    assert b"chad" not in published.path("public/feeds.opml").read_bytes().lower()


def test_an_unknown_country_is_told_at_its_place(published):
    wrote(published, "NG", CORRECTION.format(country="Nigre"))
    report = build(published.root, published.path("public"), now=NOON)
    (problem,) = [found for found in report.problems if found.code == "unknown-country"]
    assert problem.at.line == 8


def test_no_english_sentence_is_to_be_pasted_into_a_text_in_another_language(site):
    folder: SiteFolder = site(SITE.replace("title: T", "title: T\nlanguages: [fr]"))
    wrote(folder, "NE")
    assert problems(folder) == []
    wrote(folder, "NG", title="Nigeria : un village")
    (problem,) = build(folder.root, folder.path("public"), now=NOON).problems
    assert "\n    text: …\n    wrong_country: NE\n" in problem.hint


def test_of_several_situations_the_heading_is_shown_that_names_another_country(site):
    folder: SiteFolder = site(SITE)
    head = "---\ntitle: Two\ndate: 2026-11-04\n---\n"
    text = f"{head}## A {{{{: country=SD }}}}\n\nText.\n\n## {{0}} {{{{: country={{1}} }}}}\n\nText.\n"
    folder.write(PATH, text.format("A camp attacked near Malakal", "SS"))
    assert problems(folder) == []
    folder.write(PATH, text.format("A town shelled", "ET"))
    (problem,) = build(folder.root, folder.path("public"), now=NOON).problems
    assert (problem.code, problem.at.line) == ("vanished-address", 9)
    assert "It is about Ethiopia." in problem.hint
