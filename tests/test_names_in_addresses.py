"""A name that is listed after it was published goes from addresses, anchors and ids too, in spite of all promises."""

import json

import feedparser
import pytest

from alertgen import WITHHELD, standstill
from conftest import SiteFolder
from terminal import NOW, alertgen

SECRET = "Anna Ivanova"
SPELLINGS = (b"anna-ivanova", b"Anna Ivanova", b"Anna%20Ivanova")
ALERT = "alerts/2026/2026-11-11-arrests.md"
TEXT = """---
title: Arrests
date: 2026-11-11
---
What happened.

## {0} {{country=SD}}

She was taken away.
"""


@pytest.fixture
def folder(site) -> SiteFolder:
    made: SiteFolder = site()
    made.write("site.yaml", "title: Test\nbase_url: https://example.org/\n")
    made.write("alerts/2026/2026-11-04-good.md", "---\ntitle: Good\ndate: 2026-11-04\ncountry: SD\n---\nText.\n")
    return made


def build(folder: SiteFolder) -> str:
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 0, ran.all
    return ran.all


def refused(folder: SiteFolder) -> str:
    ran = alertgen("build", "--now", NOW, cwd=folder.root)
    assert ran.code == 1, ran.all
    return ran.all


def kept(folder: SiteFolder) -> set[str]:
    """Where the name stands in what is published, remembered or recorded."""
    named = {
        path.name for path in folder.root.rglob("*")
        if path.is_file() and path.name != WITHHELD and any(one in path.read_bytes() for one in SPELLINGS)
    }  # fmt: skip
    return named | {path.name for path in folder.root.rglob("*") if "ivanova" in path.name.lower()}


def ids(folder: SiteFolder) -> set[str]:
    """The ids of all items in the feed of a country."""
    return {item.id for item in feedparser.parse(folder.path("public/countries/sudan/feed.xml").read_bytes()).entries}


def entry(folder: SiteFolder, address: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(folder.path("published.json").read_text(encoding="utf-8"))["addresses"][
        address
    ]
    return found


def test_an_anchor_goes_when_the_name_is_taken_out_of_the_heading(folder):
    folder.write(ALERT, TEXT.format(f"{SECRET} arrested"))
    build(folder)
    before = ids(folder)
    assert entry(folder, "/alerts/2026/arrests/")["anchors"] == {"sudan-anna-ivanova-arrested": "SD"}
    folder.write(WITHHELD, SECRET)
    assert "2026-11-11-arrests.md:7: error[do-not-publish]" in refused(folder)
    folder.write(ALERT, TEXT.format("Woman arrested"))
    assert SECRET.lower() not in build(folder).lower()
    assert kept(folder) == set()
    assert ids(folder) == before, "feed readers replace what they have"
    assert entry(folder, "/alerts/2026/arrests/")["anchors"] == {"sudan-woman-arrested": "SD"}
    assert 'id="sudan-woman-arrested"' in folder.path("public/alerts/2026/arrests/index.html").read_text(
        encoding="utf-8"
    )


def test_check_tells_that_a_build_has_to_take_the_name_out(folder):
    """Or the next build on a host, which has no list of names, goes on with the anchor."""
    folder.write(ALERT, TEXT.format(f"{SECRET} arrested"))
    build(folder)
    folder.write(WITHHELD, SECRET)
    folder.write(ALERT, TEXT.format("Woman arrested"))
    for code, told in ((1, "published.json: error[do-not-publish]"), (0, "")):
        ran = alertgen("check", "--now", NOW, cwd=folder.root)
        assert ran.code == code
        assert told in ran.all
        assert SECRET not in ran.all
        build(folder)


def test_an_anchor_goes_when_the_name_is_listed_after_the_heading_was_reworded(folder):
    folder.write(ALERT, TEXT.format(f"{SECRET} arrested"))
    build(folder)
    folder.write(ALERT, TEXT.format("Woman arrested"))
    build(folder)
    assert "index.html" in kept(folder), "an anchor is kept as long as nobody says that it is a name"
    folder.write(WITHHELD, SECRET)
    build(folder)
    assert kept(folder) == set()


def test_an_anchor_that_the_author_chose_may_go(folder):
    folder.write(ALERT, TEXT.format("Arrest").replace("{country=SD}", "{#anna-ivanova country=SD}"))
    build(folder)
    before = ids(folder)
    folder.write(WITHHELD, SECRET)
    folder.write(ALERT, TEXT.format("Arrest"))
    build(folder)
    assert kept(folder) == set()
    assert ids(folder) == before


def test_an_address_goes_with_the_name_of_its_file_and_the_alert_keeps_its_id(folder):
    old = "alerts/2026/2026-11-11-anna-ivanova.md"
    folder.write(old, TEXT.format("Woman arrested"))
    build(folder)
    before = ids(folder)
    folder.write(WITHHELD, SECRET)
    assert "stands in the name of this file" in refused(folder)
    folder.move(old, ALERT)
    told = refused(folder)
    assert "2026-11-11-arrests.md:1:1: error[changed-id]" in told
    assert "aliases" not in told
    line = next(line for line in told.splitlines() if line.strip().startswith("id: "))
    folder.write(ALERT, TEXT.format("Woman arrested").replace("---\nWhat", f"{line.strip()}\n---\nWhat"))
    assert "/alerts/2026/[withheld]/" in build(folder)
    assert kept(folder) == set()
    assert ids(folder) == before


def test_the_name_of_a_file_does_not_stay_where_the_build_cannot_tell_whether_anything_changed(folder, monkeypatch):
    old = "alerts/2026/2026-11-11-anna-ivanova.md"
    folder.write(old, TEXT.format("Woman arrested").replace("---\nWhat", "id: urn:x:1\n---\nWhat"))
    monkeypatch.setattr(standstill.Beginning, "rested", True)
    build(folder)
    assert "standstill.state" in kept(folder)
    folder.move(old, ALERT)
    folder.write(WITHHELD, SECRET)
    monkeypatch.setattr(standstill.Beginning, "rested", False)
    build(folder)
    assert kept(folder) == set()


def test_the_line_of_the_ledger_that_is_named_may_be_deleted_when_it_is_another_alert(folder):
    old = "alerts/2026/2026-11-11-anna-ivanova.md"
    folder.write(old, TEXT.format("Woman arrested"))
    build(folder)
    folder.write(WITHHELD, SECRET)
    folder.move(old, ALERT)
    told = refused(folder)
    known = told.split('that holds "')[1].split('"')[0]
    lines = folder.path("published.json").read_text(encoding="utf-8").splitlines()
    folder.write("published.json", "\n".join(line for line in lines if known not in line))
    build(folder)
    assert kept(folder) == set()


def test_an_alert_may_be_deleted_whose_address_holds_a_name(folder):
    old = "alerts/2026/2026-11-11-anna-ivanova.md"
    folder.write(old, TEXT.format("Woman arrested"))
    build(folder)
    folder.write(WITHHELD, SECRET)
    folder.delete(old)
    build(folder)
    assert kept(folder) == set()


def test_an_old_address_that_holds_a_name_may_go(folder):
    folder.write(ALERT, TEXT.format("Arrest").replace("---\nWhat", "aliases: [/anna-ivanova/]\n---\nWhat"))
    build(folder)
    folder.write(WITHHELD, SECRET)
    assert "arrests.md:4: error[do-not-publish]" in refused(folder)
    folder.write(ALERT, TEXT.format("Arrest"))
    build(folder)
    assert kept(folder) == set()


def test_an_id_that_holds_a_name_may_be_changed(folder):
    said = TEXT.format("Arrest").replace("---\nWhat", "id: tag:example.org,2026:anna-ivanova\n---\nWhat")
    folder.write(ALERT, said)
    build(folder)
    folder.write(WITHHELD, SECRET)
    folder.write(ALERT, said.replace("anna-ivanova", "arrest"))
    build(folder)
    assert kept(folder) == set()
    assert entry(folder, "/alerts/2026/arrests/")["id"] == "tag:example.org,2026:arrest"


def test_an_id_that_holds_a_name_is_not_taken_from_the_ledger(folder):
    said = TEXT.format("Arrest")
    folder.write(ALERT, said.replace("---\nWhat", "id: tag:example.org,2026:anna-ivanova\n---\nWhat"))
    build(folder)
    folder.write(WITHHELD, SECRET)
    folder.write(ALERT, said)
    build(folder)
    assert kept(folder) == set()


def test_what_is_still_published_stays_in_the_ledger(folder):
    """A country may be called as a person is."""
    folder.write("alerts/2026/2026-11-18-events.md", "---\ntitle: Events\ndate: 2026-11-18\ncountry: JO\n---\nText.\n")
    folder.write(ALERT, TEXT.format("Arrest").replace("SD", "JO"))
    build(folder)
    before = folder.path("published.json").read_bytes()
    folder.write(WITHHELD, "Jordan")
    build(folder)
    assert folder.path("published.json").read_bytes() == before


def test_a_heading_that_was_reworded_once_more_is_known_no_longer_by_the_name(folder):
    two = "\n## Talks {: country=SD }\n\nText.\n"
    folder.write(ALERT, TEXT.format("Woman arrested") + two)
    build(folder)
    folder.write(ALERT, TEXT.format(f"{SECRET} arrested") + two)
    build(folder)
    before = ids(folder)
    assert entry(folder, "/alerts/2026/arrests/")["headings"] == {"sudan-anna-ivanova-arrested": "SD"}
    folder.write(WITHHELD, SECRET)
    folder.write(ALERT, TEXT.format("Somebody arrested") + two)
    build(folder)
    assert entry(folder, "/alerts/2026/arrests/")["headings"] == {"sudan-somebody-arrested": "SD"}
    assert kept(folder) == set()
    assert ids(folder) == before


def test_all_other_addresses_and_anchors_are_promised_as_ever(folder):
    folder.write(ALERT, TEXT.format("Woman arrested"))
    build(folder)
    folder.write(WITHHELD, SECRET)
    folder.write(ALERT, TEXT.format("Somebody arrested"))
    build(folder)
    assert entry(folder, "/alerts/2026/arrests/")["anchors"] == {"sudan-woman-arrested": "SD"}
    folder.move(ALERT, "alerts/2026/2026-11-11-else.md")
    assert "error[vanished-address]: /alerts/2026/arrests/" in refused(folder)
