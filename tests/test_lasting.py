"""What was published lasts, whatever is changed in site.yaml or in the names of files: told in one round, or kept."""

import json
import re

import pytest

from alertgen.build import build
from alertgen.load.ledger import read_ledger
from alertgen.outcome import Report
from alertgen.write import write_ledger
from alertgen.write.forgetting import without
from conftest import NOON, SiteFolder
from terminal import alertgen

SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
MARKET = """\
-- alerts/market.md --
---
title: Market
date: 2026-11-04
country: SD
aliases: [/old/, /alerts/2026/older]
---
Text.
"""
RIVER = "-- alerts/river.md --\n---\ntitle: River\ndate: 2026-11-03\ncountry: SD\n---\nText.\n"
ABOUT = "-- pages/about.md --\n---\ntitle: About\n---\nWords.\n"


def built(folder: SiteFolder) -> Report:
    return build(folder.root, folder.path("public"), now=NOON)


def told(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.at.path) for problem in report.problems]


def ledger(folder: SiteFolder) -> dict[str, dict[str, str]]:
    return json.loads(folder.path("published.json").read_text(encoding="utf-8"))["addresses"]


# --- languages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "language: fr\n"),
        ("language: en\n", "languages: [fr, en]\n"),
        ("languages: [en, fr]\n", "languages: [fr, en]\n"),
        ("languages: [en]\n", "languages: [ar, en, fr]\n"),
    ],
)
def test_texts_and_addresses_are_never_given_another_language_quietly(site, before, after):
    folder: SiteFolder = site(SITE + RIVER + ABOUT)
    folder.write("site.yaml", f"title: T\nbase_url: https://example.org/\nsearch: false\n{before}")
    assert built(folder).ok
    assert ledger(folder)["/"]["lang"] == "en"
    home = folder.path("public/index.html").read_bytes()
    folder.write("site.yaml", f"title: T\nbase_url: https://example.org/\nsearch: false\n{after}")
    report = built(folder)
    assert ("changed-language", "site.yaml") in told(report)
    assert folder.path("public/index.html").read_bytes() == home
    (hint,) = [problem.hint for problem in report.problems if problem.code == "changed-language"]
    (line,) = re.findall(r"languages: \[.*\]", hint)
    folder.write("site.yaml", f"title: T\nbase_url: https://example.org/\nsearch: false\n{line}\n")
    assert built(folder).ok


def test_a_site_that_was_in_another_language_all_along_is_set_right_in_the_ledger(site):
    folder: SiteFolder = site(SITE + RIVER)
    assert built(folder).ok
    ids = {address: entry["id"] for address, entry in ledger(folder).items()}
    folder.edit("site.yaml", "title: T\n", "title: T\nlanguage: fr\n")
    assert told(built(folder)) == [("changed-language", "site.yaml")]
    folder.edit("published.json", ', "lang": "en"', "")
    assert built(folder).ok
    assert ledger(folder)["/"]["lang"] == "fr"
    assert {address: entry["id"] for address, entry in ledger(folder).items()} == ids


def test_a_language_that_gets_a_region_is_the_same_language(site):
    folder: SiteFolder = site(SITE + RIVER)
    assert built(folder).ok
    folder.edit("site.yaml", "title: T\n", "title: T\nlanguage: en-GB\n")
    assert built(folder).problems == ()
    assert 'lang="en-GB"' in folder.path("public/index.html").read_text(encoding="utf-8")


def test_whatever_is_identified_stays_so_however_often_the_site_moves(site):
    """Its ids begin with its first address, which the ledger holds: also that of builds after the move."""
    folder: SiteFolder = site(SITE + RIVER)
    known = []
    for host in ("one", "two", "two", "three"):
        folder.write("site.yaml", f"title: T\nbase_url: https://{host}.alerts.internal/\nsearch: false\n")
        assert built(folder).ok
        feeds = sorted(folder.path("public").rglob("*.xml"))
        known.append([re.findall(r"<(?:guid|id)\b.*", feed.read_text(encoding="utf-8")) for feed in feeds])
    assert sum(map(len, known[0])) == 7  # three feeds, and two items in two formats
    assert "one.alerts.internal" in str(known[0])
    assert known[1:] == known[:1] * 3


WEEKS = [f"alerts/week-{number}{ending}.md" for number in range(1, 6) for ending in ("", ".fr")]


@pytest.mark.parametrize("line_first", [True, False], ids=["the line of site.yaml goes first", "the files go first"])
def test_a_language_that_must_go_is_one_problem_with_the_way_to_do_it(site, line_first):
    folder: SiteFolder = site(SITE.replace("title: T\n", "title: T\nlanguages: [en, fr]\n") + ABOUT)
    for path in WEEKS:
        folder.write(path, f"---\ntitle: {path[7:13]}\ndate: 2026-10-0{path[12]}\ncountry: SD\n---\nText.\n")
    assert built(folder).ok
    if line_first:
        folder.edit("site.yaml", "[en, fr]", "[en]")
        (many,) = built(folder).problems
        assert (many.code, many.at.path) == ("unknown-language", "alerts/week-1.fr.md")
        assert many.message == '"fr" is not a language of this site, but 4 more texts are in it'
        assert many.hint.endswith(
            "if all that is in this language must go, move these files out of the folders for texts"
        )
    for path in WEEKS[1::2]:
        folder.delete(path)
    (gone,) = built(folder).problems
    assert (gone.code, gone.at.path, gone.at.line) == ("vanished-address", "site.yaml", 2)
    french = [address for address in ledger(folder) if address.startswith("/fr/")]
    assert f"nor would {len(french) - 1} other addresses in it" in gone.message
    assert alertgen(*gone.hint.splitlines()[-1].split()[1:], cwd=folder.root).code == 0
    report = built(folder)
    assert report.problems == ()
    assert not folder.path("public/fr/alerts").exists()


def test_a_site_whose_language_nobody_has_said_is_one_problem(site):
    folder: SiteFolder = site(SITE)
    french = "Des hommes armés ont attaqué le village, selon les autorités, qui ont ouvert une enquête. " * 3
    for number in range(1, 6):
        text = f"{number} fois. {french}"
        folder.write(f"alerts/{number}.md", f"---\ntitle: N {number}\ndate: 2026-10-0{number}\n---\n{text}\n")
    (many,) = built(folder).problems
    assert (many.code, many.at.path) == ("other-language", "alerts/1.md")
    assert many.message.endswith("seems to be in French, and the same is true of 4 more texts")
    folder.edit("site.yaml", "title: T\n", "title: T\nlanguage: fr\n")
    folder.delete("published.json")
    assert built(folder).problems == ()


def test_a_language_that_goes_is_missed(site):
    french = RIVER.replace("river.md", "river.fr.md")
    folder: SiteFolder = site(SITE.replace("title: T\n", "title: T\nlanguages: [en, fr]\n") + RIVER + french)
    assert built(folder).ok
    folder.edit("site.yaml", "languages: [en, fr]\n", "")
    assert told(built(folder)) == [("unknown-language", "alerts/river.fr.md")]
    folder.delete("alerts/river.fr.md")
    assert {code for code, _ in told(built(folder))} == {"vanished-address"}


# --- what goes with a line of site.yaml -----------------------------------------------------------------------------

TERMS = """\
-- site.yaml --
title: T
base_url: https://example.org/
search: false
languages: [en, fr]
levels:
  - {slug: high, name: High}
  - {slug: low, name: Low}
risk_tags:
  - {slug: looting, name: Looting}
-- alerts/talks.md --
---
title: Talks
date: 2026-11-04
country: SD
level: high
risk_tags: looting
---
Text.
-- alerts/talks.fr.md --
---
title: Pourparlers
date: 2026-11-04
country: SD
level: high
risk_tags: looting
---
Texte.
"""
TALKS = ("alerts/talks.md", "alerts/talks.fr.md")


def test_the_feeds_of_a_level_that_gets_another_slug_are_told_once_with_the_line_that_keeps_them(site):
    folder: SiteFolder = site(TERMS)
    assert built(folder).ok
    folder.edit("site.yaml", "slug: high", "slug: higher")
    for path in TALKS:
        folder.edit(path, "level: high", "level: higher")
    report = built(folder)
    assert told(report) == [("vanished-address", "site.yaml")]
    (problem,) = report.problems
    assert (problem.at.line, problem.message.count("/levels/high/")) == (6, 6)
    assert "slug: high`" in problem.hint
    folder.edit("site.yaml", "  - {slug: low", '  - {slug: high, name: High, until: "2026-10"}\n  - {slug: low')
    assert built(folder).problems == ()


def test_a_risk_tag_that_gets_another_slug_is_told_once_and_its_name_may_change(site):
    folder: SiteFolder = site(TERMS)
    assert built(folder).ok
    folder.edit("site.yaml", "{slug: looting, name: Looting}", "{slug: plunder, name: Plunder}")
    for path in TALKS:
        folder.edit(path, "looting", "plunder")
    report = built(folder)
    assert told(report) == [("vanished-address", "site.yaml")]
    assert report.problems[0].message.count("/risks/looting/") == 8
    folder.edit("site.yaml", "slug: plunder", "slug: looting")
    for path in TALKS:
        folder.edit(path, "plunder", "looting")
    assert built(folder).problems == ()


def test_a_tag_that_only_no_alert_has_any_more_is_missed_where_it_was(site):
    folder: SiteFolder = site(TERMS)
    assert built(folder).ok
    for path in TALKS:
        folder.edit(path, "risk_tags: looting\n", "")
    assert told(built(folder)) == [("vanished-address", "published.json")] * 2


def test_a_language_that_is_given_another_tag_is_told_once_beside_its_alerts(site):
    folder: SiteFolder = site(TERMS)
    assert built(folder).ok
    folder.edit("site.yaml", "[en, fr]", "[en, fr-CA]")
    folder.move("alerts/talks.fr.md", "alerts/talks.fr-CA.md")
    report = built(folder)
    assert told(report) == [("vanished-address", "alerts/talks.fr-CA.md"), ("vanished-address", "site.yaml")]
    assert "and would not be there any more, nor would" in report.problems[1].message
    assert report.problems[1].hint.startswith("write fr among the `languages` again")
    folder.edit("site.yaml", "[en, fr-CA]", "[en, fr]")
    folder.move("alerts/talks.fr-CA.md", "alerts/talks.fr.md")
    assert built(folder).problems == ()


# --- the address of the site ---------------------------------------------------------------------------------------


def atom_ids(folder: SiteFolder) -> dict[str, list[str]]:
    """Return the ids in each Atom feed, its own first."""
    return {
        file.relative_to(folder.path("public")).as_posix(): re.findall(
            r"<id>(.*?)</id>", file.read_text(encoding="utf-8")
        )
        for file in folder.path("public").rglob("atom.xml")
    }


@pytest.mark.parametrize("to", ["https://x.example/", "http://bulletin.org/sub/"])
def test_no_id_in_any_feed_changes_when_the_site_moves(site, to):
    folder: SiteFolder = site(TERMS.replace("https://example.org/", "https://bulletin.org/"))
    assert built(folder).ok
    before = atom_ids(folder)
    assert before["atom.xml"][0] == "https://bulletin.org/"
    assert before["fr/countries/sudan/atom.xml"][0] == "https://bulletin.org/fr/countries/sudan/"
    folder.edit("site.yaml", "base_url: https://bulletin.org/", f"base_url: {to}")
    assert built(folder).problems == ()
    assert atom_ids(folder) == before
    assert f'href="{to}atom.xml"' in folder.path("public/atom.xml").read_text(encoding="utf-8")
    assert ledger(folder)["/"]["id"] == "https://bulletin.org/"


@pytest.mark.parametrize("host", ["alerts.example.org", "localhost:8000", "[::1]"])
def test_a_feed_is_not_known_for_ever_by_an_address_that_is_nobodys(site, host):
    folder: SiteFolder = site(RIVER)
    folder.write("site.yaml", f"title: T\nbase_url: http://{host}/\nsearch: false\n")
    assert built(folder).ok
    assert ledger(folder)["/"]["id"] == ""
    folder.edit("site.yaml", host, "latest.org")
    assert built(folder).ok
    assert atom_ids(folder)["atom.xml"][0] == ledger(folder)["/"]["id"] == "http://latest.org/"


# --- texts that go -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["draft: true", "embargo: 2026-12-01T12:00Z"])
@pytest.mark.parametrize("slug", ["", "slug: elsewhere\n"])
def test_a_text_with_aliases_is_taken_down_in_one_round(site, key, slug):
    folder: SiteFolder = site(SITE + MARKET.replace("country: SD", f"country: ML\n{slug}".strip()) + RIVER)
    assert built(folder).ok
    folder.edit("alerts/market.md", "title: Market\n", f"title: Market\n{key}\n")
    report = built(folder)
    assert [one for one in told(report) if one[0] == "vanished-address"] == [("vanished-address", "alerts/market.md")]
    assert "/countries/mali/" in report.problems[0].hint
    _forget_what_is_named(folder, report)
    assert built(folder).ok
    assert not folder.path("public/old/index.html").exists()


def test_links_to_a_text_that_is_taken_down_are_told_in_the_same_round(site):
    folder: SiteFolder = site(SITE + MARKET + RIVER.replace("Text.", "See [the market](market.md)."))
    assert built(folder).ok
    folder.edit("alerts/market.md", "title: Market\n", "title: Market\ndraft: true\n")
    report = built(folder)
    assert told(report) == [("vanished-address", "alerts/market.md"), ("link-to-held", "alerts/river.md")]
    _forget_what_is_named(folder, report)
    folder.edit("alerts/river.md", "See [the market](market.md).", "Text.")
    assert built(folder).ok


def _forget_what_is_named(folder: SiteFolder, report: Report) -> None:
    """Do as *report* says to take down what must go: type its line `alertgen forget …`."""
    typed = [line for problem in report.problems for line in re.findall("^alertgen forget (.+)$", problem.hint, re.M)]
    known, _ = read_ledger(folder.root)
    write_ledger(folder.path("published.json"), without(" ".join(typed).split(), known))


# --- files that change names ---------------------------------------------------------------------------------------


def test_two_files_that_exchange_their_names_are_told_and_mended_either_way(site):
    folder: SiteFolder = site(SITE + MARKET + RIVER)
    assert built(folder).ok
    before = folder.path("public/feed.json").read_bytes()
    folder.move("alerts/market.md", "alerts/x.md")
    folder.move("alerts/river.md", "alerts/market.md")
    folder.move("alerts/x.md", "alerts/river.md")
    folder.edit("alerts/river.md", "aliases: [/old/, /alerts/2026/older]\n", "")
    folder.edit("alerts/market.md", "country: SD\n", "country: SD\naliases: [/old/, /alerts/2026/older]\n")
    assert told(built(folder)) == [("changed-id", "alerts/market.md"), ("changed-id", "alerts/river.md")]
    folder.edit("alerts/market.md", "aliases: [/old/, /alerts/2026/older]\n", "slug: river\n")
    folder.edit("alerts/river.md", "country: SD\n", "country: SD\nslug: market\naliases: [/old/, /alerts/2026/older]\n")
    assert built(folder).ok
    assert folder.path("public/feed.json").read_bytes() == before


@pytest.mark.parametrize("alias", ["/alerts/2026/market", "/alerts/2026/market/", "/alerts/2026/market/index.html"])
def test_a_renamed_file_keeps_the_feed_id_however_its_old_address_is_spelled(site, alias):
    folder: SiteFolder = site(SITE + MARKET)
    assert built(folder).ok
    before = json.loads(folder.path("public/feed.json").read_bytes())["items"][0]["id"]
    folder.move("alerts/market.md", "alerts/fair.md")
    folder.edit("alerts/fair.md", "aliases: [", f"aliases: [{alias}, ")
    assert built(folder).ok
    (item,) = json.loads(folder.path("public/feed.json").read_bytes())["items"]
    assert (item["id"], item["url"]) == (before, "https://example.org/alerts/2026/fair/")
    folder.edit("alerts/fair.md", "country: SD\n", "country: ML\n")
    assert "vanished-address" in {problem.code for problem in built(folder).problems}
    assert "wrong_country: SD" in str(built(folder).problems)


# --- translations of situations whose countries have changed --------------------------------------------------------


def test_a_translation_that_comes_later_is_held_against_a_situation_whose_countries_have_changed(site):
    heading = "## Talks {: country=SD trend=improved }"
    text = f"-- alerts/talks.md --\n---\ntitle: Talks\ndate: 2026-11-04\n---\n{heading}\n\nText.\n"
    folder: SiteFolder = site(SITE.replace("title: T\n", "title: T\nlanguages: [en, fr]\n") + text)
    assert built(folder).ok
    folder.edit("alerts/talks.md", "country=SD", 'country="SD SS"')
    french = text.partition("\n")[2].replace("Talks", "Pourparlers").replace("country=SD", 'country="SD SS"')
    folder.write("alerts/talks.fr.md", french.replace("improved", "deteriorated"))
    assert told(built(folder)) == [("translation-mismatch", "alerts/talks.fr.md")]
    folder.write("alerts/talks.fr.md", french)
    assert built(folder).problems == ()
    counted = json.loads(folder.path("public/data/countries.geojson").read_text(encoding="utf-8"))["features"]
    assert [place["properties"]["situation_count"] for place in counted] == [1, 1]


# --- what is taken down -----------------------------------------------------------------------------------------------


def test_a_text_that_is_taken_down_is_left_in_no_file(site):
    """What a build remembers to save time beside `public/` as well."""
    folder: SiteFolder = site(SITE + RIVER + MARKET.replace("Text.", "Quokkaville was shelled."))
    assert built(folder).ok
    assert left(folder, "Quokkaville")
    folder.delete("alerts/market.md")
    lines = folder.path("published.json").read_text(encoding="utf-8").splitlines(keepends=True)
    folder.write("published.json", "".join(line for line in lines if "market" not in line and "old" not in line))
    assert built(folder).ok
    assert left(folder, "Quokkaville") == []


def left(folder: SiteFolder, word: str) -> list[str]:
    """The files below *folder* that hold *word*."""
    return [path.name for path in folder.root.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def times(folder: SiteFolder) -> dict[str, tuple[str, str]]:
    """Return by its name when each item of the feed was published and changed."""
    items = json.loads(folder.path("public/feed.json").read_text(encoding="utf-8"))["items"]
    return {item["url"].rsplit("/", 2)[1]: (item["date_published"], item["date_modified"]) for item in items}


def test_what_was_published_keeps_its_times_when_the_site_gets_another_time_zone(site):
    folder: SiteFolder = site(SITE.replace("title: T\n", "title: T\ntimezone: Asia/Tokyo\n") + RIVER)
    correction = "corrections: [{date: 2026-11-05, text: Not so.}]"
    folder.write("alerts/lake.md", f"---\ntitle: Lake\ndate: 2026-11-03\n{correction}\n---\nText.\n")
    assert built(folder).ok
    before = times(folder)
    folder.edit("site.yaml", "Asia/Tokyo", "America/New_York")
    folder.edit("alerts/river.md", "country: SD\n", "country: SD\ncorrections: [{date: 2026-11-06, text: No.}]\n")
    folder.write("alerts/hill.md", "---\ntitle: Hill\ndate: 2026-11-07\n---\nText.\n")
    for _ in range(2):
        assert built(folder).problems == ()
        after = times(folder)
        assert after["lake"] == before["lake"]
        assert after["river"][0] == before["river"][0] == "2026-11-03T00:00:00+09:00"
        assert after["river"][1] > before["river"][1]
        assert after["hill"][0] == "2026-11-07T00:00:00-05:00"
        assert ledger(folder)["/"]["timezones"] == {"0001-01-01": "Asia/Tokyo", "2026-11-07": "America/New_York"}


def test_a_time_zone_in_which_nothing_was_published_leaves_no_trace(site):
    folder: SiteFolder = site(SITE.replace("title: T\n", "title: T\ntimezone: Asia/Tokyo\n") + RIVER)
    assert built(folder).ok
    before = times(folder)
    folder.edit("site.yaml", "Asia/Tokyo", "Africa/Cairo")
    assert built(folder).ok
    folder.edit("site.yaml", "Africa/Cairo", "UTC")
    assert built(folder).ok
    assert times(folder) == before
    assert list(ledger(folder)["/"]["timezones"].values()) == ["Asia/Tokyo", "UTC"]


@pytest.mark.parametrize("zone", ['"Mars/Base"', '"../x"', '"Africa"', "7", '""'])
def test_a_ledger_with_a_time_zone_that_nobody_knows_cannot_be_read(site, zone):
    folder: SiteFolder = site(SITE + RIVER)
    assert built(folder).ok
    folder.edit("published.json", '"0001-01-01": "UTC"', f'"0001-01-01": {zone}')
    assert told(built(folder)) == [("unreadable-ledger", "published.json")]
