"""Ids never change, bytes depend on the content alone, and every character comes out right or is refused."""

import json
import random
import re
import time
import uuid
from dataclasses import replace
from datetime import datetime

import feedgen.entry
import feedgen.feed
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from alertgen.build import build
from alertgen.load.texts.anchors import Heading, keys_and_anchors
from alertgen.model import Alert, Site, Worded
from alertgen.plan.feed_items import situation_id
from alertgen.render.feeds import FeedFaultError
from conftest import NOON, SiteFolder
from factories import (
    MALI,
    SUDAN,
    alert,
    prose,
    site,
    situation,
)
from feed_rules import ATOM, CONTENT
from feed_samples import all_feeds, feed, guids, items, rich


@pytest.mark.parametrize(
    "title", ["AT&T", "a ]]> b", "&nbsp; &amp; &#38;", "<b>x</b>", "السودان", "Côte d\u2019Ivoire 🕊", "\u00a0x"]
)
def test_every_title_comes_out_as_it_went_in(title):
    told = site(alert("2021-01-27", situation(title, SUDAN), title=title))
    assert items(told)[0].findtext("title") == f"Test Alert: {title}"
    assert items(told, "/countries/sudan/feed.xml")[0].findtext("title") == title
    assert etree.fromstring(feed(told, "/atom.xml")).findtext(f"{ATOM}entry/{ATOM}title") == f"Test Alert: {title}"
    assert json.loads(feed(told, "/feed.json"))["items"][0]["title"] == f"Test Alert: {title}"


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("address", ["/feed.xml", "/atom.xml", "/feed.json"])
def test_a_character_that_no_feed_can_hold_is_refused_with_the_name_of_the_item(character, address):
    told = site(alert("2021-01-27", lead=prose(f"x{character}")))
    with pytest.raises(FeedFaultError, match=rf"urn:x:alerts/2021/2021-01-27-alert.md.*U\+{ord(character):04X}"):
        feed(told, address)


@pytest.mark.parametrize(
    ("title", "body", "code", "line"),
    [
        ("A\x07", "Text.", "control-character", 2),
        ('"A \\x07"', "Text.", "control-character", 2),
        ('"A \\uFFFE"', "Text.", "control-character", 2),
        ('"A \\uD800"', "Text.", "yaml-syntax", 2),
        ("A\ud800", "Text.", "not-utf8", 2),
        ("A", "Text \x0b here.", "control-character", 5),
        ("A", "Text \ufffe here.", "control-character", 5),
        ("A", "Text &#7; here.", "control-character", 5),
        ("A", "Text &#xD800; here.", "control-character", 5),
        ("A", "Text \ud800 here.", "not-utf8", 5),
    ],
)
def test_such_a_character_never_gets_past_its_source_line(site, title, body, code, line):
    folder: SiteFolder = site()
    text = f"---\ntitle: {title}\ndate: 2021-01-27\n---\n{body}\n"
    folder.write("alerts/2021-01-27-a.md", text.encode("utf-8", "surrogatepass"))
    loaded = folder.load()
    assert (code, line) in {(problem.code, problem.at.line) for problem in loaded.problems}
    assert not (loaded.site and loaded.site.alerts)


@pytest.mark.parametrize("written", ["&#8217;", "&#x2019;", "&rsquo;", "&#146;", "\u2019"])
def test_references_to_characters_come_out_as_these(site, written):
    folder: SiteFolder = site()
    folder.write("alerts/2021-01-27-a.md", f"---\ntitle: A\ndate: 2021-01-27\n---\nThe UN{written}s text.\n")
    loaded = folder.load()
    assert loaded.problems == ()
    assert loaded.site
    assert "The UN\u2019s text." in (items(loaded.site)[0].findtext(CONTENT) or "")


# --- ids and bytes -------------------------------------------------------------------------------------------------


def edited(change) -> Site:
    """The rich site with *change* made to each alert."""
    before = rich()
    return replace(before, alerts=tuple(change(one) for one in before.alerts))


def _other_body(one: Alert) -> Alert:
    told = tuple(replace(part, prose=prose("Other."), headline="Other", anchor="other") for part in one.situations)
    return replace(one, lead=prose("Other.") if one.lead else one.lead, situations=told)


@pytest.mark.parametrize(
    "after",
    [
        edited(lambda one: replace(one, title="Another title")),
        edited(lambda one: replace(one, slug=f"other-{one.slug}")),
        edited(_other_body),
        replace(rich(), config=replace(rich().config, base_url="https://elsewhere.example/x/")),
        replace(rich(), config=replace(rich().config, base_url="http://alerts.example.org/")),
        replace(rich(), config=replace(rich().config, timezone="Pacific/Auckland", publisher=Worded("Other"))),
    ],
    ids=["title", "slug", "body and headlines", "domain", "scheme", "time zone and publisher"],
)
def test_no_edit_changes_an_id(after):
    assert guids(after) == guids(rich())


def test_ids_never_depend_on_the_order_of_situations():
    before = site(alert("2021-01-27", situation("A", SUDAN), situation("B", MALI)))
    after = site(alert("2021-01-27", situation("B", MALI), situation("A", SUDAN)))
    for address in ("/countries/sudan/feed.xml", "/countries/mali/feed.xml"):
        assert guids(before)[address] == guids(after)[address]


DARFUR, KORDOFAN = "Fighting in Darfur {: country=SD }", "Famine in Kordofan {: country=SD }"
HOSPITALS, SCHOOLS = 'Hospitals {: theme="Health" }', 'Schools {: theme="School" }'
TALKS, WATER = "Talks {: country=SD }", 'Water {: theme="Water" }'
DECLARED = "Famine declared in Kordofan {: country=SD }"
ENDED, SPREADS = "Fighting ends {: country=SD }", "Famine spreads {: country=SD }"


def test_situations_on_one_country_keep_their_ids_when_they_are_moved_joined_and_reworded(site):
    """They are told apart by the anchors and the last headings that the ledger holds, not by their order."""
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")

    def published(*headings: str) -> dict[str, str]:
        text = "".join(f"\n## {heading}\n\nText.\n" for heading in headings)
        folder.write("alerts/2026-11-04-a.md", f"---\ntitle: Sudan\ndate: 2026-11-04\n---\n{text}")
        report = build(folder.root, folder.path("public"), now=NOON)
        assert report.ok, report.problems
        told = json.loads(folder.path("public/data/alerts.json").read_text(encoding="utf-8"))
        return {part["headline"]: part["id"] for part in told["alerts"][0]["situations"]}

    first = published(DARFUR, KORDOFAN, HOSPITALS, SCHOOLS)
    assert len(set(first.values())) == 4
    assert published(SCHOOLS, KORDOFAN, HOSPITALS, DARFUR) == first
    joined = published(TALKS, WATER, SCHOOLS, KORDOFAN, HOSPITALS, DARFUR)
    assert first.items() < joined.items()
    assert len(set(joined.values())) == 6
    reworded = published(TALKS, WATER, SCHOOLS, DECLARED, HOSPITALS, DARFUR)
    assert reworded.pop("Famine declared in Kordofan") == joined.pop("Famine in Kordofan")
    assert reworded == joined
    moved = published(DARFUR, DECLARED, HOSPITALS, TALKS, WATER, SCHOOLS)
    assert moved.pop("Famine declared in Kordofan") == first["Famine in Kordofan"]
    assert moved == joined
    ended = published(ENDED, DECLARED, HOSPITALS, TALKS, WATER, SCHOOLS)
    assert ended.pop("Fighting ends") == first["Fighting in Darfur"]
    spread = published(SPREADS, ENDED, HOSPITALS, TALKS, WATER, SCHOOLS)
    assert spread.pop("Famine spreads") == first["Famine in Kordofan"]
    assert spread.pop("Fighting ends") == first["Fighting in Darfur"]
    ledger = json.loads(folder.path("published.json").read_text(encoding="utf-8"))
    entry = ledger["addresses"]["/alerts/2026/a/"]
    assert entry["headings"] == {"sudan-famine-spreads": "SD-2", "sudan-fighting-ends": "SD"}


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        ("Fighting {: country=SD }", "Fighting spreads {: country=SD }", "Talks {: country=SD }"),
        ("Fighting {: country=NE }", "Fighting {: country=NG }", "Talks {: country=NE }"),
        ("Fighting {: country=NE }", "Fighting spreads {: country=NG }", "Talks {: country=NE }"),
    ],
    ids=["reworded", "another country", "both"],
)
def test_one_that_is_added_never_takes_the_id_of_one_that_was_reworded_before(site, before, now, new):
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")
    note = "corrections: [{date: 2026-11-05, text: Wrong., wrong_country: NE}]\n" if "NG" in now else ""

    def published(*headings: str, more: str = "") -> list[str]:
        text = "".join(f"\n## {heading}\n\nText.\n" for heading in headings)
        folder.write("alerts/2026-11-04-a.md", f"---\ntitle: Africa\ndate: 2026-11-04\n{more}---\n{text}")
        report = build(folder.root, folder.path("public"), now=NOON)
        assert report.ok, report.problems
        told = json.loads(folder.path("public/data/alerts.json").read_text(encoding="utf-8"))
        return [part["id"] for part in told["alerts"][0]["situations"]]

    first = published(before)
    assert published(now, more=note) == first
    added = published(new, now, more=note if "NE" not in new else note.replace(", wrong_country: NE", ""))
    assert added[1:] == first
    assert added[0] not in first


def test_a_situation_that_was_taken_out_gives_its_id_and_its_address_to_no_other(site):
    """Subscribers have read the item of that id, and the address holds the words of the headline that was withdrawn."""
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")
    keys = "title: Sudan\ndate: 2026-11-04\nid: urn:x:1\ncorrections: [{date: 2026-11-05, text: It was wrong.}]\n"

    def published(*headings: str, more: str = "", name: str = "a") -> dict[str, tuple[str, str]]:
        text = "".join(f"\n## {heading}\n\nText.\n" for heading in headings)
        folder.write(f"alerts/2026-11-04-{name}.md", f"---\n{keys}{more}---\n{text}")
        report = build(folder.root, folder.path("public"), now=NOON)
        assert report.ok, report.problems
        assert "vanished-anchor" not in {problem.code for problem in report.problems}
        told = json.loads(folder.path("public/data/alerts.json").read_text(encoding="utf-8"))
        return {part["headline"]: (part["id"], part["url"]) for part in told["alerts"][0]["situations"]}

    first = published(DARFUR, KORDOFAN, WATER)
    assert published(DARFUR, WATER).items() < first.items()
    reworded = published(ENDED, WATER)
    assert reworded["Fighting ends"] == first["Fighting in Darfur"]
    joined = published(TALKS, ENDED, WATER)
    assert joined.items() > reworded.items()
    assert joined["Talks"][0] not in {known for known, _ in first.values()}
    assert "kordofan" not in folder.path("public/alerts/2026/a/index.html").read_text(encoding="utf-8")

    back = published(TALKS, KORDOFAN, ENDED, WATER)
    assert back.items() > joined.items()
    assert back["Famine in Kordofan"] == first["Famine in Kordofan"]

    published(TALKS, ENDED, WATER)
    folder.delete("alerts/2026-11-04-a.md")
    moved = published(TALKS, "Fighting is over {: country=SD }", WATER, more="aliases: [/alerts/2026/a/]\n", name="b")
    assert moved["Fighting is over"][0] == first["Fighting in Darfur"][0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sudan: talks {: country=SD }", 'Sudan: talks {: country="SD SS" }'),
        ("Talks {: country=SD }", 'Talks {: country="SD SS" }'),
        ('Talks {: country="SD SS" }', "Talks {: country=SD }"),
        ("Talks {: country=SD #talks }", 'Talks {: country="SD SS" #talks }'),
        ("Talks {: country=SD }", 'Talks end {: country="SD SS" }'),
        ("Talks {: country=SD }", "Talks {: country=SS }"),
        ('Talks {: theme="Peace" }', "Talks {: country=SD }"),
    ],
    ids=["headline names it", "one more", "one less", "anchor of one's own", "reworded as well", "another", "no theme"],
)
@pytest.mark.parametrize(
    "others", [(), (TALKS.replace("Talks", "Market"), "Deal {: country=ML }")], ids=["alone", "among others"]
)
def test_a_situation_whose_countries_change_keeps_id_and_address(site, before, after, others):
    folder: SiteFolder = site(f"{SITE}-- alerts/b.md --\n{ALERT_ON_BOTH}")

    def published(*headings: str) -> dict[str, tuple[str, str]]:
        text = "".join(f"\n## {heading}\n\nText.\n" for heading in headings)
        folder.write("alerts/2026-11-04-a.md", f"---\ntitle: Talks\ndate: 2026-11-04\n---\n{text}")
        return _situations_of(folder, "a")

    first = published(before, *others)
    then = published(*others, after)
    assert then.pop(after.partition(" {")[0]) == first.pop(before.partition(" {")[0])
    assert then == first
    new = published("Border {: country=SD }", 'Famine {: country="SD SS" }', *others, after)
    assert len({name for name, _ in new.values()}) == len(new) == len(others) + 3
    assert first.items() <= new.items()


def test_an_alert_without_headings_keeps_id_and_address_of_its_situation(site):
    """Another title, another country more, a heading at last."""
    folder: SiteFolder = site(f"{SITE}-- alerts/b.md --\n{ALERT_ON_BOTH}")

    def published(title: str, country: str, heading: str = "") -> list[tuple[str, str]]:
        head = f"---\ntitle: {title}\ndate: 2026-11-04\ncountry: {country}\n---\n"
        folder.write("alerts/2026-11-04-a.md", f"{head}{heading}\n\nText.\n")
        return list(_situations_of(folder, "a").values())

    first = published("Talks", "SD")
    assert first[0][1] == "https://example.org/alerts/2026/a/#sudan-talks"
    assert published("Talks end", "SD") == first
    assert published("Talks end", "[SD, SS]") == first
    assert published("Talks", "SS") == first
    assert published("Talks", "[SD, SS]", '## No talks {: country="SD" }') == first


SITE = "-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n"
ALERT_ON_BOTH = """\
---
title: B
date: 2026-11-03
---
## Both {: country="SD SS ML" }

Text.
"""


def _situations_of(folder: SiteFolder, slug: str) -> dict[str, tuple[str, str]]:
    """Build the site, and return id and address of each situation of an alert, by headline."""
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok
    assert {found.code for found in report.problems} <= {"wrong-country"}
    told = json.loads(folder.path("public/data/alerts.json").read_text(encoding="utf-8"))
    (here,) = [one for one in told["alerts"] if one["url"].endswith(f"/{slug}/")]
    return {part["headline"]: (part["id"], part["url"]) for part in here["situations"]}


@pytest.mark.parametrize("above", [False, True], ids=["written below", "written above"])
def test_a_correction_keeps_its_id_when_another_of_its_day_is_added(site, above: bool):
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")

    def published(*texts: str) -> dict[str, str]:
        notes = [*(f"  - {{date: 2026-11-05, text: {text}}}\n" for text in texts)]
        days = ["  - {date: 2026-11-04, text: First}\n", *notes] if texts else notes
        keys = "".join(reversed(days) if above else days)
        header = f"title: Sudan\ndate: 2026-11-04\ncorrections:\n{keys}"
        folder.write("alerts/2026-11-04-a.md", f"---\n{header}---\n\nText.\n")
        report = build(folder.root, folder.path("public"), now=NOON)
        assert report.ok, report.problems
        told = json.loads(folder.path("public/corrections/feed.json").read_text(encoding="utf-8"))
        return {item["summary"]: item["id"] for item in told["items"]}

    before = published("Second")
    after = published("Second", "Third")
    assert list(after) == ["Third", "Second", "First"]
    assert before.items() < after.items()


ONE, TWO, THREE, FOUR = "One was wrong.", "Two was wrong.", "Three was wrong.", "Four was wrong."


@pytest.mark.parametrize(
    ("builds", "expected"),
    [
        pytest.param([(ONE, TWO), (TWO,)], [(2, TWO)], id="the first is deleted"),
        pytest.param([(ONE, TWO), (TWO,), (TWO, THREE)], [(3, THREE), (2, TWO)], id="and another follows"),
        pytest.param([(ONE, TWO), (TWO,), (THREE,)], [(2, THREE)], id="and the other is reworded"),
        pytest.param([(ONE, TWO), (TWO,), (ONE, TWO)], [(2, TWO), (1, ONE)], id="and it comes back"),
        pytest.param([(ONE,), (TWO, ONE)], [(2, TWO), (1, ONE)], id="the newer one is written above the only one"),
        pytest.param([(ONE, TWO), (TWO, ONE)], [(2, TWO), (1, ONE)], id="they change places"),
        pytest.param([(ONE, TWO), (THREE, TWO)], [(2, TWO), (1, THREE)], id="the first is reworded"),
        pytest.param([(ONE, TWO), (THREE, FOUR)], [(2, FOUR), (1, THREE)], id="both are reworded"),
        pytest.param([(ONE,), (TWO, THREE)], [(2, THREE), (1, TWO)], id="reworded, and another follows"),
        pytest.param([(ONE,), (TWO,), (ONE, TWO)], [(2, ONE), (1, TWO)], id="what it said comes back as another"),
        pytest.param([(ONE, ONE), (ONE, ONE)], [(2, ONE), (1, ONE)], id="the same twice"),
    ],
)
def test_a_correction_keeps_its_number_whatever_becomes_of_others_of_its_day(site, builds, expected):
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")
    for texts in builds:
        notes = "".join(f"  - {{date: 2026-11-05, text: {text}}}\n" for text in texts)
        header = f"title: Sudan\ndate: 2026-11-04\nid: urn:x:a\ncorrections:\n{notes}"
        folder.write("alerts/2026-11-04-a.md", f"---\n{header}---\n\nText.\n")
        assert build(folder.root, folder.path("public"), now=NOON).ok
    told = json.loads(folder.path("public/corrections/feed.json").read_text(encoding="utf-8"))
    numbers = {uuid.uuid5(uuid.NAMESPACE_URL, f"urn:x:a correction 2026-11-05 {n}").urn: n for n in range(1, 5)}
    assert [(numbers[item["id"]], item["summary"]) for item in told["items"]] == expected


def test_the_last_of_several_corrections_that_are_all_of_one_day_is_the_newest(site):
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")
    keys = "".join(f"  - {{date: 2026-11-05, text: {text}}}\n" for text in ("First", "Second"))
    folder.write("alerts/2026-11-04-a.md", f"---\ntitle: A\ndate: 2026-11-04\ncorrections:\n{keys}---\n\nText.\n")
    assert build(folder.root, folder.path("public"), now=NOON).ok
    told = json.loads(folder.path("public/corrections/feed.json").read_text(encoding="utf-8"))
    assert [item["summary"] for item in told["items"]] == ["Second", "First"]


def test_the_order_of_files_changes_no_byte():
    texts = rich().alerts
    assert all_feeds(site(*texts)) == all_feeds(site(*reversed(texts)))


def test_the_day_and_place_of_the_build_change_no_byte(monkeypatch):
    before = all_feeds(rich())

    class AnyDate(type):
        def __instancecheck__(cls, value):
            return isinstance(value, datetime)

    class Later(metaclass=AnyDate):
        @classmethod
        def now(cls, tz=None):
            return datetime(2050, 7, 1, 12, tzinfo=tz)

    monkeypatch.setattr(feedgen.feed, "datetime", Later)
    monkeypatch.setattr(feedgen.entry, "datetime", Later)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert all_feeds(rich()) == before
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_an_alert_of_the_same_day_leaves_the_times_of_the_others():
    def published(of: Site) -> dict[str, str]:
        return {entry.id: entry.published for entry in feedparser.parse(feed(of, "/atom.xml")).entries}

    first = alert("2021-01-27", number=1, stem="b")
    before = published(site(first))
    after = published(site(first, alert("2021-01-27", number=2, stem="a")))
    assert before.items() <= after.items()
    assert len(set(after.values())) == 2


@pytest.mark.parametrize("number", range(40))
def test_ids_of_situations_are_derived_as_uuids_of_version_5(number: int) -> None:
    text = alert("2021-01-27", situation(f"Über {number}", SUDAN), situation("B", MALI))
    for part in text.situations:
        assert situation_id(text, part) == uuid.uuid5(uuid.NAMESPACE_URL, f"{text.id} {part.key}").urn


PLACES = st.lists(st.sampled_from([SUDAN, MALI]), unique=True, max_size=2)
HEADINGS = st.lists(
    st.builds(
        lambda headline, own, places: Heading(headline=headline, id=own, countries=tuple(places), is_theme=not places),
        st.sampled_from(["Talks", "Sudan", "Sudan: talks", "…", "Talks 2"]),
        st.sampled_from(["", "", "", "talks"]),
        PLACES,
    ),
    max_size=4,
).filter(lambda headings: len([one for one in headings if one.id]) < 2)
KNOWN = st.dictionaries(
    st.sampled_from(["talks", "sudan-talks", "sudan-talks-2", "mali-talks", "sudan", "mali-sudan-talks", "theme-1"]),
    st.sampled_from(["SD", "SD-2", "ML", "ML+SD", "theme-1"]),
).map(lambda known: dict(sorted(known.items())))


@given(HEADINGS, KNOWN, KNOWN)
def test_whatever_was_published_every_situation_has_a_key_and_an_anchor_of_its_own_for_good(headings, known, reworded):
    told = keys_and_anchors(headings, known, reworded)
    keys, anchors = zip(*told, strict=True) if told else ((), ())
    assert len(set(keys)) == len(set(anchors)) == len(headings)
    recorded = dict(sorted(({anchor: key for key, anchor in told} | known).items()))
    assert [anchor for _, anchor in keys_and_anchors(headings, recorded, reworded)] == list(anchors)
    if not known:
        assert keys_and_anchors(headings, {anchor: key for key, anchor in told}, {}) == told


MOST, PLACES = 5, ("SD", "ML", "SD ML", "NE")
ALL = "---\ntitle: All of them\ndate: 2026-11-03\ncountry: [SD, ML, NE]\n---\nText.\n"


class Parts:
    """An alert with several situations, of which one at a time is changed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.headings: dict[str, tuple[int, str]] = {}
        self.gone: dict[str, tuple[int, str]] = {}
        self.all: list[str] = []
        self.names = ["name0"]
        self.add()

    def add(self) -> None:
        self.all.append(f"mark{len(self.all)}mark")
        self.put(self.all[-1], (0, self.rng.choice(PLACES)))

    def put(self, mark: str, heading: tuple[int, str]) -> None:
        there = [*self.headings.items(), (mark, heading)]
        self.headings = dict(self.rng.sample(there, len(there)))

    def take_out(self) -> None:
        if len(self.headings) > 1:
            mark = self.rng.choice(sorted(self.headings))
            self.gone[mark] = self.headings.pop(mark)

    def bring_back(self) -> None:
        if self.gone:
            mark = self.rng.choice(sorted(self.gone))
            self.put(mark, self.gone.pop(mark))

    def reword(self) -> None:
        mark = self.rng.choice(sorted(self.headings))
        words, place = self.headings[mark]
        self.headings[mark] = (words + 1, place)

    def move(self) -> None:
        mark = self.rng.choice(sorted(self.headings))
        self.headings[mark] = (self.headings[mark][0], self.rng.choice(PLACES))

    def rename(self) -> None:
        self.names.append(f"name{len(self.names)}")

    def text(self) -> str:
        aliases = ", ".join(f"/alerts/2026/{name}/" for name in self.names[:-1])
        parts = (
            f'## Words {"again " * words}of {mark} {{: country="{place}" }}\n\nText.\n'
            for mark, (words, place) in self.headings.items()
        )
        return "\n".join([f"---\ntitle: Some\ndate: 2026-11-04\naliases: [{aliases}]\n---\n", *parts])


@pytest.mark.parametrize(
    ("seed", "length"),
    [(0, 12), (1, 12), *(pytest.param(seed, 60, marks=pytest.mark.exhaustive) for seed in range(2, 12))],
)
def test_whatever_becomes_of_others_a_situation_keeps_its_id_and_what_is_gone_leaves_no_word(site, seed, length):
    folder: SiteFolder = site("-- site.yaml --\ntitle: T\nbase_url: https://example.org/\nsearch: false\n")
    folder.write("alerts/all.md", ALL)
    parts, ids = Parts(seed), dict[str, str]()
    for _ in range(length):
        for name in parts.names[:-1]:
            folder.path(f"alerts/{name}.md").unlink(missing_ok=True)
        folder.write(f"alerts/{parts.names[-1]}.md", parts.text())
        report = build(folder.root, folder.path("public"), now=NOON)
        assert report.ok, report.problems

        told = json.loads(folder.path("public/data/alerts.json").read_text(encoding="utf-8"))["alerts"][0]["situations"]
        here = {re.findall(r"mark\d+mark", part["headline"])[0]: part["id"] for part in told}
        assert list(here) == list(parts.headings)
        assert {mark: ids.get(mark, name) for mark, name in here.items()} == here
        ids |= here
        assert len(set(ids.values())) == len(ids)
        files = (file.read_bytes() for file in folder.path("public").rglob("*") if file.is_file())
        assert set(re.findall(rb"mark\d+mark", b"".join(files))) == {mark.encode() for mark in here}
        more = (parts.add, parts.bring_back) if len(here) < MOST else ()
        edits = [parts.take_out, parts.reword, parts.move, parts.rename, *more]
        parts.rng.choice(edits)()
