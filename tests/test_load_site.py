"""Whole small sites: what is made of good files, and what stays at home."""

import datetime
import json
from zoneinfo import ZoneInfo

import pytest

from alertgen.diagnostics import Severity
from alertgen.load.site import Loaded
from alertgen.model import Alert, HeldBecause, Site
from conftest import NOON, SITE_YAML, SiteFolder
from txtar import picture

ALERT = """\
-- alerts/2026/2026-11-18-market.md --
---
title: Attack on a market
date: 2026-11-18
country: SD
---
At least 40 people were killed, the UN said.

More were wounded.
"""

SEVERAL = """\
-- site.yaml --
title: Test
base_url: https://example.org/bulletin
levels: r2p-monitor
-- alerts/2026-11-18-week.md --
---
title: "Sudan and others: a week"
date: 2026-11-18
number: 7
risk_tags: [war-crimes, genocide]
---
What happened this week.

## Attack on a market {: country=SD level=current-crisis trend=deteriorated }

First.

## A strike {: country="IL PS" risk_tags="armed-conflict-or-instability" }

Second.

### Not a situation

Still second.

## Another attack in Sudan {: country=Sudan }

Third.

## Hospitals under attack {: theme="Healthcare in conflict" }

Fourth.

## A heading of its own {: #own country=MM }

Fifth.
"""


def good(loaded: Loaded) -> Site:
    assert loaded.problems == ()
    assert loaded.site is not None
    return loaded.site


def only_alert(loaded: Loaded) -> Alert:
    (alert,) = good(loaded).alerts
    return alert


def test_title_date_and_body_are_enough(site):
    folder: SiteFolder = site(
        "-- alerts/2026-11-18-market.md --\n---\ntitle: Attack\ndate: 2026-11-18\n---\nOne *two*.\n"
    )
    loaded = folder.load()
    alert = only_alert(loaded)
    assert (alert.stem, alert.slug, alert.lang) == ("2026-11-18-market", "market", "en")
    assert (alert.title, alert.date, alert.number) == ("Attack", datetime.date(2026, 11, 18), None)
    assert (alert.summary, alert.countries, alert.situations) == ("One two.", (), ())
    assert alert.lead.html == "<p>One <em>two</em>.</p>"
    assert loaded.files == 1


def test_what_site_yaml_says_to_readers_has_typographic_signs(site):
    folder: SiteFolder = site(ALERT)
    texts = "title: {en: Women's \"Alert\", fr: 'Alerte : \"femmes\"'}\nlanguages: [en, fr]\nnotice: That's -- all...\n"
    folder.write("site.yaml", f"base_url: https://example.org/\n{texts}")
    config = good(folder.load()).config
    assert config.title.default == config.title.said_in("en") == "Women\u2019s \u201cAlert\u201d"
    assert config.series.said_in("fr") == "Alerte\u00a0: \u00ab\u00a0femmes\u00a0\u00bb"
    assert config.notice.default == "That\u2019s \u2013 all\u2026"


def test_site_yaml_is_complete_with_defaults(site):
    config = good(site(ALERT).load()).config
    assert (config.title.default, config.series.default, config.publisher.default) == ("Test Alert",) * 3
    assert (config.base_url, config.languages, config.timezone) == ("https://example.org/", ("en",), "UTC")
    assert (config.levels, config.feed_items, config.search) == ((), 20, True)


TAGS_IN_SPANISH = """
languages: [en, fr, es]
risk_tags:
  - slug: genocide
    name: {es: Genocidio}
    definition: {fr: Un crime.}
  - {slug: famine, name: Famine}
"""


def test_a_site_translates_risk_tags_that_come_with_alertgen(site):
    folder = site(ALERT)
    folder.write("site.yaml", SITE_YAML + TAGS_IN_SPANISH)
    loaded = folder.load()
    assert loaded.problems == ()
    tags = {tag.slug: tag for tag in good(loaded).risk_tags}
    genocide = tags["genocide"]
    assert (genocide.scheme, tags["famine"].scheme) == ("atrocity-crime", "site")
    assert [genocide.name.said_in(lang) for lang in ("en", "fr", "es")] == ["Genocide", "Génocide", "Genocidio"]
    assert genocide.definition.said_in("fr") == "Un crime."
    assert genocide.definition.said_in("es") == genocide.definition.default
    assert list(tags).index("genocide") == 0


@pytest.mark.parametrize("begins", ["  ", "  - "])
def test_one_place_to_follow_is_looked_at_as_a_list_of_them_is(site, begins):
    folder = site(ALERT)
    folder.write(
        "site.yaml",
        f"{SITE_YAML}follow:\n{begins}url: https://example.org/\n{' ' * len(begins)}name: {{fr: Lettres}}\n",
    )
    problems = folder.load().problems
    assert {(found.code, found.at.line) for found in problems} == {("unknown-language", 5), ("untranslated-value", 5)}


def test_a_risk_tag_of_the_site_has_a_name_and_a_slug_of_its_own(site):
    folder = site(ALERT)
    own = "risk_tags:\n  - {slug: famine}\n  - {slug: genocide, definition: Another.}\n"
    folder.write("site.yaml", SITE_YAML + own)
    assert [(one.code, one.at.line) for one in folder.load().problems if one.severity is Severity.ERROR] == [
        ("missing-key", SITE_YAML.count("\n") + 2),
        ("twin-term", SITE_YAML.count("\n") + 3),
    ]


def test_the_whole_body_of_an_alert_about_a_country_is_one_situation(site):
    alert = only_alert(site(ALERT).load())
    (situation,) = alert.situations
    assert situation.whole
    assert not alert.lead
    assert (situation.key, situation.anchor, situation.headline) == ("SD", "sudan-attack-on-a-market", alert.title)
    assert situation.prose.text == "At least 40 people were killed, the UN said.\nMore were wounded."
    assert alert.summary == "At least 40 people were killed, the UN said. More were wounded."


def test_a_summary_passes_over_the_headings_of_a_text(site):
    heading = '### Back*ground* & [what](https://example.org) was said[^n] "then"'
    folder = site(ALERT)
    folder.edit(
        "alerts/2026/2026-11-18-market.md",
        "More were",
        f"{heading}\n\nMore[^n] were.\n\n[^n]: Note.\n\n### Since\n\nAnd",
    )
    assert only_alert(folder.load()).summary.startswith("At least 40 people were killed, the UN said. More were. And")


def test_a_summary_ends_before_a_table(site):
    folder = site(ALERT)
    folder.edit(
        "alerts/2026/2026-11-18-market.md", "More were", "| Place | Dead |\n|---|---|\n| Market | 40 |\n\nMore were"
    )
    (alert,) = folder.load().site.alerts
    assert alert.summary == "At least 40 people were killed, the UN said."
    assert alert.situations[0].prose.text.split("\n")[1:3] == ["Place\tDead", "Market\t40"]


def test_who_begins_each_summary_alike_is_not_told_to_write_one(site):
    folder = site()
    always = "This bulletin appears each week and tells where people are at risk of mass atrocities"
    for day in (4, 11, 18):
        header = f"title: Week {day}\ndate: 2026-11-{day:02}\nsummary: {always}, now in week {day}."
        folder.write(f"alerts/a{day}.md", f"---\n{header}\n---\nText of week {day}.\n")
    (problem,) = (one for one in folder.load().problems if one.code == "same-summary")
    assert problem.hint.startswith("begin `summary` with other words; ")


def test_headings_with_attributes_begin_situations_that_inherit(site):
    alert = only_alert(site(SEVERAL).load())
    assert alert.lead.text == "What happened this week."
    assert [situation.key for situation in alert.situations] == ["SD", "IL+PS", "SD-2", "theme-1", "MM"]
    assert [situation.anchor for situation in alert.situations] == [
        "sudan-attack-on-a-market",
        "israel-occupied-palestinian-territory-a-strike",
        "sudan-another-attack-in-sudan",
        "hospitals-under-attack",
        "own",
    ]
    tags = [[tag.slug for tag in situation.risk_tags] for situation in alert.situations]
    shared = ["war-crimes", "genocide"]
    assert tags == [shared, ["armed-conflict-or-instability"], shared, shared, shared]
    assert [situation.theme for situation in alert.situations] == ["", "", "", "Healthcare in conflict", ""]
    assert [bool(situation.level) for situation in alert.situations] == [True, False, False, False, False]
    assert [country.code for country in alert.countries] == ["SD", "IL", "PS", "MM"]
    assert [tag.slug for tag in alert.risk_tags] == [*shared, "armed-conflict-or-instability"]
    assert "Not a situation" in alert.situations[1].prose.text


@pytest.mark.parametrize(
    ("headline", "country", "anchor"),
    [
        ("Sudan: Attack on a market", "SD", "sudan-attack-on-a-market"),
        ("Attack on a market", "SD", "sudan-attack-on-a-market"),
        ("Nigerien soldiers: Attack", "NE", "niger-nigerien-soldiers-attack"),
        ("Israel and others: A strike", "IL PS", "israel-and-others-a-strike"),
        ("السودان", "SD", "sudan-السودان"),
        ("?!", "SD", "sudan"),
    ],
)
def test_an_anchor_names_the_country_once(headline: str, country: str, anchor: str, site):
    folder: SiteFolder = site(ALERT)
    path = "alerts/2026/2026-11-18-market.md"
    folder.edit(path, "At least", f'## {headline} {{: country="{country}" }}\n\nAt least')
    folder.edit(path, "country: SD", f"country: [{country.replace(' ', ', ')}]")
    assert [situation.anchor for situation in only_alert(folder.load()).situations] == [anchor]


def test_no_anchor_is_an_id_that_the_page_has_unless_it_was_published_as_one(site):
    folder: SiteFolder = site(ALERT)
    path = "alerts/2026/2026-11-18-market.md"
    headings = '## Main {: theme="A" }\n\nText.\n\n## Main {: theme="B" }\n\nText.\n\n'
    folder.edit(path, "At least", f"{headings}At least")
    assert [situation.anchor for situation in only_alert(folder.load()).situations] == ["main-2", "main-3"]
    folder.edit(path, '## Main {: theme="A" }', '## Main {: #main theme="A" }')
    entry = {"id": "urn:x:1", "first": "2026-11-18", "anchors": {"main": "theme-1"}}
    folder.write("published.json", json.dumps({"version": 1, "addresses": {"/alerts/2026/market/": entry}}))
    assert [situation.anchor for situation in only_alert(folder.load()).situations] == ["main", "main-2"]


def test_situations_of_an_alert_about_one_country_inherit_country_level_and_trend(site):
    folder: SiteFolder = site(SEVERAL)
    folder.write(
        "alerts/2026-11-18-week.md",
        "---\ntitle: A\ndate: 2026-11-18\ncountry: Burma\nlevel: imminent-risk\ntrend: unchanged\n---\n"
        "## One {: risk_tags=genocide }\n\nText.\n\n## Two {: level=current-crisis }\n\nText.\n\n"
        "## Three {: theme=T }\n\nText.\n",
    )
    one, two, three = only_alert(folder.load()).situations
    assert [country.code for country in one.countries] == ["MM"]
    assert one.level and one.level.slug == "imminent-risk"
    assert one.trend == "unchanged"
    assert two.level and two.level.slug == "current-crisis"
    assert (three.countries, three.level, three.trend) == ((), None, None)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("NO", ["NO"]),
        ("no", ["NO"]),
        ("[SE, NO]", ["SE", "NO"]),
        ("nor", ["NO"]),
        ("Norway", ["NO"]),
        ("Kosovo", ["XK"]),
        ("Burma", ["MM"]),
        ("MYANMAR", ["MM"]),
        ("UK", ["GB"]),
        ("CAR", ["CF"]),
        ("Cote d'Ivoire", ["CI"]),
        ("Côte d'Ivoire", ["CI"]),
        ("Democratic People's Republic of Korea", ["KP"]),
        ("[DRC, CD, Congo-Brazzaville]", ["CD", "CG"]),
    ],
)
def test_countries_are_known_by_code_name_and_alias(typed: str, codes: list[str], site):
    alert = only_alert(site(ALERT.replace("country: SD", f"country: {typed}")).load())
    assert [country.code for country in alert.countries] == codes


def test_a_country_of_several_words_is_one_country_in_a_heading(site):
    folder: SiteFolder = site(
        ALERT.replace("country: SD\n", "").replace("At least", '## A {: country="South Sudan" }\n\nAt least')
    )
    (situation,) = only_alert(folder.load()).situations
    assert [country.code for country in situation.countries] == ["SS"]


def test_numbers_and_times_are_text_where_text_is_meant(site):
    alert = only_alert(
        site(ALERT.replace("title: Attack on a market", "title: 12:30\nauthors: [0123, 3.10, no]")).load()
    )
    assert (alert.title, alert.authors) == ("12:30", ("0123", "3.10", "no"))


def test_one_value_stands_for_a_list_of_one(site):
    folder: SiteFolder = site(ALERT)
    folder.edit(
        "alerts/2026/2026-11-18-market.md",
        "country: SD",
        "country: SD\nauthors: A. Writer\nsources:\n  title: A report",
    )
    alert = only_alert(folder.load())
    assert alert.authors == ("A. Writer",)
    assert [source.title for source in alert.sources] == ["A report"]


def test_an_optional_key_without_a_value_is_as_good_as_absent(site):
    folder: SiteFolder = site(ALERT)
    folder.edit(
        "alerts/2026/2026-11-18-market.md", "country: SD", 'country: SD\nsummary:\nauthors: []\nimage: ""\nupdated:'
    )
    assert only_alert(folder.load()).authors == ()


def test_corrections_stand_newest_first_and_move_the_day_of_change(site):
    folder: SiteFolder = site(ALERT)
    notes = "corrections:\n  - {date: 2026-11-19, text: First}\n  - {date: 2026-11-20, text: Second}"
    folder.edit("alerts/2026/2026-11-18-market.md", "country: SD", f"country: SD\n{notes}")
    alert = only_alert(folder.load())
    assert [note.text for note in alert.corrections] == ["Second", "First"]
    assert alert.changed == datetime.date(2026, 11, 20)


def test_byte_order_mark_and_windows_line_ends_are_fine(site):
    plain, windows = site(ALERT), ALERT.replace("market.md --", "market.md (crlf) --")
    first = only_alert(plain.load())
    plain.delete("alerts")
    second = only_alert(site(windows).load())
    assert first == second


def test_the_address_comes_from_the_file_name_unless_the_editor_gives_one(site):
    folder: SiteFolder = site(ALERT)
    folder.edit("alerts/2026/2026-11-18-market.md", "country: SD", "country: SD\nslug: other")
    assert only_alert(folder.load()).slug == "other"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2026-11-18.md", "2026-11-18"),
        ("Market_Attack.md", "market-attack"),
        ("2026-11-18 Béni.md", "beni"),
        ("2026-11-18-السودان.md", "السودان"),
        ("2026-11-18-v2.final.md", "v2-final"),
    ],
)
def test_every_file_name_gives_a_stable_last_part_of_the_address(name: str, slug: str, site):
    folder: SiteFolder = site(ALERT)
    folder.move("alerts/2026/2026-11-18-market.md", f"alerts/{name}")
    assert only_alert(folder.load()).slug == slug


# --- ids ---


def test_an_id_depends_on_the_file_name_and_language_alone(site):
    folder: SiteFolder = site(ALERT)
    first = only_alert(folder.load()).id
    assert first.startswith("urn:uuid:")
    folder.edit("alerts/2026/2026-11-18-market.md", "title: Attack on a market", "title: New title\nslug: new")
    folder.edit("alerts/2026/2026-11-18-market.md", "At least", "More than")
    folder.write("site.yaml", "title: Other\nbase_url: https://other.example/\n")
    assert only_alert(folder.load()).id == first
    folder.move("alerts/2026/2026-11-18-market.md", "alerts/elsewhere/2026-11-18-market.md")
    assert only_alert(folder.load()).id == first


def test_a_renamed_file_keeps_the_id_of_its_old_address(site):
    ledger = '{"version": 1, "addresses": {"/alerts/2026/market/": {"id": "urn:x:1", "first": "2026-11-18"}}}'
    folder: SiteFolder = site(ALERT + f"-- published.json --\n{ledger}\n")
    assert only_alert(folder.load()).id == "urn:x:1"
    folder.move("alerts/2026/2026-11-18-market.md", "alerts/2026-11-18-bazaar.md")
    folder.edit("alerts/2026-11-18-bazaar.md", "country: SD", "country: SD\naliases: /alerts/2026/market/")
    assert only_alert(folder.load()).id == "urn:x:1"
    folder.edit("alerts/2026-11-18-bazaar.md", "country: SD", "country: SD\nid: urn:x:2")
    assert only_alert(folder.load()).id == "urn:x:2"


def test_a_ledger_merged_by_git_may_name_an_address_twice(site):
    ledger = (
        '{"version": 1, "addresses": {\n"/a/": {"id": "", "first": "2026-11-20", "anchors": {"x": "SD"}}\n'
        ',"/a/": {"id": "urn:x:1", "first": "2026-11-18", "anchors": {"y": "SS"}}\n}}'
    )
    (entry,) = good(site(ALERT + f"-- published.json --\n{ledger}\n").load()).ledger.entries
    assert (entry.id, entry.first) == ("urn:x:1", datetime.date(2026, 11, 18))
    assert entry.anchors == (("x", "SD"), ("y", "SS"))


# --- languages ---

TRANSLATED = """\
-- site.yaml --
title: {en: Test, fr: Essai}
base_url: https://example.org/
languages: [en, fr]
risk_tags:
  - slug: looting
    name: {fr: Pillage, en: Looting}
levels:
  - {slug: high, name: High}
  - {slug: low, name: {en: Low, fr: Bas}, until: 2025-01}
-- alerts/2026-11-18-market.md --
---
title: Attack
date: 2026-11-18
country: SD
risk_tags: looting
level: high
---
Text "quoted".
-- alerts/2026-11-18-market.fr.md --
---
title: Attaque
date: 2026-11-18
country: SD
---
Texte "cité".
-- alerts/2026-11-19-town.md --
---
title: Ville
date: 2026-11-19
lang: fr
---
Texte.
"""


def test_files_of_one_stem_are_translations(site):
    loaded = site(TRANSLATED).load()
    alerts = {(alert.stem, alert.lang): alert for alert in good(loaded).alerts}
    assert set(alerts) == {("2026-11-18-market", "en"), ("2026-11-18-market", "fr"), ("2026-11-19-town", "fr")}
    english, french = alerts["2026-11-18-market", "en"], alerts["2026-11-18-market", "fr"]
    assert english.slug == french.slug == "market"
    assert english.id != french.id
    assert "«" in french.situations[0].prose.text


def test_texts_of_the_publisher_may_be_in_several_languages(site):
    found = good(site(TRANSLATED).load())
    assert (found.config.title.said_in("en"), found.config.title.said_in("fr")) == ("Test", "Essai")
    looting = found.risk_tags[-1]
    assert (looting.scheme, looting.name.default, looting.name.said_in("fr")) == ("site", "Looting", "Pillage")
    assert [(level.rank, level.name.said_in("fr")) for level in found.config.levels] == [(1, "High"), (2, "Bas")]


def test_shipped_terms_keep_their_english_where_another_language_comes_first(site):
    folder: SiteFolder = site(ALERT)
    folder.write("site.yaml", "title: T\nbase_url: https://example.org/\nlanguages: [fr, en]\nlevels: r2p-monitor\n")
    level = good(folder.load()).config.levels[0]
    assert (level.name.said_in("en"), level.name.said_in("fr")) == ("Current crisis", "Crise en cours")


def test_a_publisher_text_in_a_language_that_the_site_lacks_is_told(site):
    folder: SiteFolder = site(ALERT)
    folder.write("site.yaml", "title: {en: T, fr: E}\nbase_url: https://example.org/\n")
    loaded = folder.load()
    assert loaded.site is None
    assert [(problem.code, problem.at.path, problem.at.column) for problem in loaded.problems] == [
        ("unknown-language", "site.yaml", 16)
    ]


def test_a_bad_site_file_hides_no_problem_of_the_alerts(site):
    folder: SiteFolder = site(ALERT.replace("date: 2026-11-18", "date: 2026-02-30"))
    folder.write("site.yaml", "titel: T\nbase_url: nowhere\n")
    codes = [problem.code for problem in folder.load().problems]
    assert codes == ["wrong-date", "unknown-key", "wrong-address"]


# --- what stays at home ---


def held(loaded: Loaded) -> list[tuple[str, str, str]]:
    return [(one.path, one.because.value, one.until.isoformat() if one.until else "") for one in loaded.held]


def test_drafts_embargoes_and_future_dates_are_held_back(site):
    folder: SiteFolder = site(
        ALERT
        + "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\ndraft: true\n---\nText.\n"
        + "-- alerts/b.md --\n---\ntitle: B\ndate: 2026-11-20\nembargo: 2026-11-20T14:00+01:00\n---\nText.\n"
        + "-- alerts/c.md --\n---\ntitle: C\ndate: 2026-11-21\n---\nText.\n"
        + "-- alerts/d.md --\n---\ntitle: D\ndate: 2026-11-22\nembargo: 2026-11-22T00:30+02:00\n---\nText.\n"
        + "-- pages/e.md --\n---\ntitle: E\ndraft: true\n---\nText.\n"
        + "-- alerts/f.md --\n---\ntitle: F\ndate: 2026-11-22\ndraft: true\n---\nText.\n"
        + "-- pages/g.md --\n---\ntitle: G\n---\nText.\n"
    )
    loaded = folder.load()
    assert [alert.title for alert in good(loaded).alerts] == ["Attack on a market"]
    assert [page.title for page in good(loaded).pages] == ["G"]
    assert held(loaded) == [
        ("alerts/a.md", "draft", ""),
        ("alerts/b.md", "embargo", "2026-11-20T14:00:00+01:00"),
        ("alerts/c.md", "future date", "2026-11-21T00:00:00+00:00"),
        ("alerts/d.md", "future date", "2026-11-22T00:00:00+00:00"),
        ("alerts/f.md", "draft", ""),
        ("pages/e.md", "draft", ""),
    ]
    assert loaded.files == 8


def test_an_embargo_ends_at_its_moment(site):
    folder: SiteFolder = site(ALERT.replace("country: SD", "country: SD\nembargo: 2026-11-20T14:00+01:00"))
    end = datetime.datetime(2026, 11, 20, 13, tzinfo=datetime.UTC)
    assert folder.load(now=end - datetime.timedelta(seconds=1)).held
    assert folder.load(now=end).held == ()


@pytest.mark.parametrize(("zone", "public"), [("UTC", False), ("Pacific/Auckland", True), ("America/New_York", False)])
def test_a_date_begins_at_midnight_in_the_time_zone_of_the_site(zone: str, public: bool, site):
    folder: SiteFolder = site(ALERT)
    folder.write("site.yaml", f"title: T\nbase_url: https://example.org/\ntimezone: {zone}\n")
    late = datetime.datetime(2026, 11, 17, 23, 30, tzinfo=datetime.UTC)
    assert bool(good(folder.load(now=late)).alerts) is public
    assert good(folder.load(now=late.astimezone(ZoneInfo("Asia/Tokyo")))) == good(folder.load(now=late))


def test_errors_of_a_draft_are_warnings_and_it_is_still_listed(site):
    folder: SiteFolder = site(
        ALERT + "-- alerts/a.md --\n---\ntitle: A\ndraft: true\ncountry: Norwya\n---\n![](gone.png)\n"
    )
    loaded = folder.load()
    assert loaded.site is not None
    assert [alert.title for alert in loaded.site.alerts] == ["Attack on a market"]
    assert [one.because for one in loaded.held] == [HeldBecause.DRAFT]
    assert {problem.code for problem in loaded.problems} >= {"missing-key", "unknown-country", "missing-image"}
    assert {problem.severity for problem in loaded.problems} == {Severity.WARNING}


def test_a_draft_whose_keys_cannot_be_read_is_an_error(site):
    loaded = site("-- alerts/a.md --\ndraft: true\n\nText.\n").load()
    assert [problem.severity for problem in loaded.problems] == [Severity.ERROR]
    assert loaded.held == ()


# --- pictures ---


def test_pictures_are_measured_as_they_will_be_seen(site):
    folder: SiteFolder = site(ALERT)
    keys = "image: ../photos/Market 1.jpg\nimage_alt: A market\nimage_credit: A/B\nimage_sensitive: A body"
    folder.edit("alerts/2026/2026-11-18-market.md", "country: SD", f"country: SD\n{keys}")
    folder.edit(
        "alerts/2026/2026-11-18-market.md",
        "More were",
        '![Two stalls](../photos/Market%201.jpg "Caption")\n\nMore were',
    )
    folder.write("alerts/photos/Market 1.jpg", picture("jpeg", 30, 20))
    alert = only_alert(folder.load())
    assert alert.image is not None
    assert (alert.image.path, alert.image.width, alert.image.height) == ("alerts/photos/Market 1.jpg", 30, 20)
    assert (alert.image.alt, alert.image.credit, alert.image.sensitive) == ("A market", "A/B", "A body")
    (image,) = alert.images
    assert (image.path, image.alt, image.caption) == ("alerts/photos/Market 1.jpg", "Two stalls", "Caption")


def test_a_photo_taken_upright_is_higher_than_wide(site):
    from io import BytesIO

    from PIL import Image

    exif, buffer = Image.Exif(), BytesIO()
    exif[274] = 6
    Image.new("RGB", (30, 20)).save(buffer, "jpeg", exif=exif)
    folder: SiteFolder = site(ALERT.replace("country: SD", "country: SD\nimage: a.jpg\nimage_alt: A\nimage_credit: B"))
    folder.write("alerts/2026/a.jpg", buffer.getvalue())
    image = only_alert(folder.load()).image
    assert image is not None
    assert (image.width, image.height) == (20, 30)


def test_a_photo_that_was_cut_short_is_found(site):
    folder: SiteFolder = site(ALERT.replace("country: SD", "country: SD\nimage: a.jpg\nimage_alt: A\nimage_credit: B"))
    whole = picture("jpeg", 300, 200)
    folder.write("alerts/2026/a.jpg", whole[: len(whole) // 2])
    (problem,) = folder.load().problems
    assert (problem.code, problem.message) == ("image-unreadable", '"a.jpg" is damaged or ends too early')


# --- theme, order, memory ---


def test_files_of_the_site_stand_over_those_of_the_theme(site):
    folder: SiteFolder = site(ALERT)
    before = good(folder.load()).theme
    folder.write("templates/own/extra.html", "x")
    folder.write("static/site.css", "body {}")
    after = folder.load().site.theme
    assert {file.path for file in after.templates} == {file.path for file in before.templates} | {"own/extra.html"}
    assert before.digest != after.digest
    assert [file.content for file in after.statics if file.path == "site.css"] == [b"body {}"]


def test_alerts_stand_newest_first(site):
    files = [("a", "2026-11-17", 3), ("b", "2026-11-18", 4), ("c", "2026-11-18", 5), ("d", "2026-11-16", 1)]
    texts = (
        f"-- alerts/{name}.md --\n---\ntitle: {name}\ndate: {day}\nnumber: {n}\n---\nT.\n" for name, day, n in files
    )
    assert [alert.title for alert in good(site("".join(texts)).load()).alerts] == ["c", "b", "a", "d"]


def test_a_second_load_reads_only_what_changed(site, monkeypatch: pytest.MonkeyPatch):
    from alertgen.load import reading
    from alertgen.load.documents import Customs, Document, SourceFile

    read: list[str] = []
    original = reading.read_document

    def spy(file: SourceFile, customs: Customs) -> Document:
        read.append(file.path)
        return original(file, customs)

    monkeypatch.setattr(reading, "read_document", spy)
    folder: SiteFolder = site(ALERT + "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\n---\nText.\n")
    first = folder.load()
    assert folder.load() == first
    assert sorted(read) == ["alerts/2026/2026-11-18-market.md", "alerts/a.md"]
    folder.edit("alerts/a.md", "Text.", "Other.")
    assert folder.load() != first
    assert read[2:] == ["alerts/a.md"]


def test_a_damaged_memory_is_as_good_as_none(site, monkeypatch: pytest.MonkeyPatch):
    folder: SiteFolder = site(ALERT)
    first = folder.load()
    monkeypatch.setattr(folder.memory, "get_many", lambda keys: dict.fromkeys(keys, b"\x80\x05nonsense"))
    assert folder.load(now=NOON) == first


# --- many problems at once ---

FIVE = """\
-- alerts/a.md --
---
titel: Attack
date: 2026-02-30
country: Norwya
---
Text.
-- alerts/b.md --
---
title: Attack: again
date: 2026-11-18
number: 05
country: SD
risk_tags: [war crime]
---
Text.
-- alerts/c.md --
—
title: Attack
date: 2026-11-18
title: Twice
—
## Attack {: country=XX }

Text.
-- alerts/d.md --
---
title: "Attack
date: 18/11/2026
image: gone.jpg
image_alt: A market
image_credit: A/B
---
Text.
-- alerts/e.md --
---
title: Attack
date: 2026-11-18
embargo: 2026-11-18T17:00
country: [Congo]
---
## Attack {: country=SD level=grave }

Text.
"""


def test_fifteen_faults_in_five_files_are_all_found_at_their_places(site):
    found = [
        (problem.code, problem.at.path[7], problem.at.line, problem.at.column) for problem in site(FIVE).load().problems
    ]
    assert found == [
        ("unknown-key", "a", 2, 1),
        ("wrong-date", "a", 3, 7),
        ("unknown-country", "a", 4, 10),
        ("yaml-syntax", "b", 2, 14),
        ("wrong-number", "b", 4, 9),
        ("unknown-risk-tag", "b", 6, 13),
        ("wrong-fence", "c", 1, 1),
        ("duplicate-key", "c", 4, 1),
        ("wrong-fence", "c", 5, 1),
        ("unknown-country", "c", 6, 22),
        ("yaml-syntax", "d", 2, 8),
        ("wrong-date", "d", 3, 7),
        ("missing-image", "d", 4, 8),
        ("wrong-moment", "e", 4, 10),
        ("ambiguous-country", "e", 5, 11),
        ("unknown-level", "e", 7, 31),
    ]


def test_texts_in_a_folder_of_other_capitals_beside_the_right_one_are_told(site):
    folder: SiteFolder = site(ALERT)
    if (folder.root / "ALERTS").exists():
        pytest.skip("this disk knows no capitals")
    folder.write("Alerts/2026/2026-11-19-town.md", "---\ntitle: A\ndate: 2026-11-19\n---\nText.\n")
    told = [(one.code, one.at.path, one.hint) for one in folder.load().problems]
    assert told == [("unread-text", "Alerts", "move them into alerts/")]


def test_a_folder_of_letters_is_no_theme_that_is_spelled_in_other_capitals(site):
    folder: SiteFolder = site(ALERT)
    folder.write("Templates/letter.txt", "Dear reader")
    folder.write("Static/.DS_Store", "")
    assert [one for one in folder.load().problems if one.code == "unread-theme"] == []
    folder.write("Static/own.css", "a { color: red }")
    assert [one.at.path for one in folder.load().problems if one.code == "unread-theme"] == ["Static"]


@pytest.mark.parametrize("said", ["level: current-crisis", "trend: improved", "risk_tags: [genocide]"])
@pytest.mark.parametrize(
    ("front", "heading", "warned"),
    [
        ("SD", "TD", True), ("SD", "SD", False), ("SD", '"SD TD"', False), ("[SD, TD]", "TD", False), ("", "TD", False)
    ],
)  # fmt: skip
def test_what_is_said_of_one_country_is_not_taken_over_for_another_in_silence(
    said: str, front: str, heading: str, warned: bool, site
):
    folder: SiteFolder = site("-- site.yaml --\ntitle: A\nbase_url: https://example.org/\nlevels: r2p-monitor\n")
    country = f"country: {front}\n" if front else ""
    text = f"---\ntitle: A\ndate: 2026-11-18\n{country}{said}\n---\n## Attack {{: country={heading} }}\n\nText.\n"
    folder.write("alerts/a.md", text)
    assert [one.code for one in folder.load().problems] == (["said-of-other-country"] if warned else [])


@pytest.mark.parametrize("typed", ["GMT+2", "UTC+3", "Etc/GMT-20"])
def test_nobody_is_led_to_a_time_zone_that_is_the_other_way_round(typed: str, site):
    folder: SiteFolder = site(f"-- site.yaml --\ntitle: A\nbase_url: https://example.org/\ntimezone: {typed}\n")
    (told,) = folder.load().problems
    assert told.code == "wrong-timezone"
    assert "GMT" not in told.hint


@pytest.mark.parametrize("typed", ["localtime", "Local", "local", "posixrules", "Factory", "right/Europe/Paris"])
def test_the_zone_of_a_computer_is_none_of_a_bulletin(typed: str, site):
    """Another computer would see another day begin, and build another site."""
    folder: SiteFolder = site(f"-- site.yaml --\ntitle: A\nbase_url: https://example.org/\ntimezone: {typed}\n")
    (told,) = folder.load().problems
    assert told.code == "wrong-timezone"
    assert "localtime" not in told.hint


def test_a_higher_number_of_an_earlier_day_is_told_where_that_day_stands(site):
    folder: SiteFolder = site(
        "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-18\nnumber: 7\n---\nText.\n"
        "-- alerts/b.md --\n---\ntitle: B\ndate: 2025-11-25\nnumber: 8\n---\nText.\n"
    )
    (told,) = folder.load().problems
    assert (told.code, told.at.path, told.at.line) == ("number-gap", "alerts/b.md", 3)
    assert told.message == "number 8 has the date 2025-11-25, but number 7 before it has 2026-11-18"
