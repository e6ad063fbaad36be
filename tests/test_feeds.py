"""Feeds: what is in them, that every reader takes them, and that their ids never change."""

import json
import os
import shutil
import sqlite3
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feedgen.entry
import feedgen.feed
import feedparser
import pytest
from lxml import etree

from alertgen.load import load_site
from alertgen.model import Alert, Footnote, Republication, Site, Source, Trend
from alertgen.outputs import Document, FeedFile, Page, SubscribeView
from alertgen.plan import plan_outputs
from alertgen.render.documents import render_document
from alertgen.render.feeds import FeedFaultError, render_feed
from alertgen.store import Store
from conftest import SiteFolder
from factories import (
    CRISIS,
    GENOCIDE,
    ISRAEL,
    MALI,
    PALESTINE,
    RISK,
    SUDAN,
    WAR_CRIMES,
    alert,
    image,
    prose,
    site,
    situation,
    theme_file,
)
from feed_rules import ATOM, CONTENT, CREATOR, MEDIA, faults
from planned import outputs, view

ROOT = Path(__file__).parent.parent
DC = {"dc": "http://purl.org/dc/elements/1.1/"}


def feed(of: Site, address: str) -> bytes:
    file = outputs(of)[address]
    assert isinstance(file, FeedFile)
    return render_feed(file)


def items(of: Site, address: str = "/feed.xml") -> list[etree._Element]:
    return etree.fromstring(feed(of, address)).findall("channel/item")


def content(of: Site, address: str = "/feed.xml") -> str:
    return items(of, address)[0].findtext(CONTENT) or ""


def all_feeds(of: Site) -> dict[str, bytes]:
    return {one.address: render_feed(one) for one in plan_outputs(of).outputs if isinstance(one, FeedFile)}


def guids(of: Site) -> dict[str, list[str | None]]:
    """The ids in every RSS feed, by address."""
    return {
        address: [item.findtext("guid") for item in etree.fromstring(document).findall("channel/item")]
        for address, document in all_feeds(of).items()
        if address.endswith(".xml") and b"<rss" in document
    }


def rich() -> Site:
    """One of everything that feeds tell."""
    note = Footnote("fn-a-1", 3, "<p>The <em>note</em>.</p>", ("fnref-a-1",))
    told = prose(
        "The lead.",
        '<p>The lead<sup><a class="footnote-ref" id="fnref-a-1" href="#fn-a-1" role="doc-noteref">3</a></sup> has a '
        '<a href="alertgen:link/0">link</a>, <a href="https://a.example/é" rel="noopener">another</a> and '
        'a picture <img src="alertgen:image/0" alt="A camp."> in it.</p>\n'
        '<p><img src="alertgen:image/1" alt="Blood &amp; sand."></p>',
        notes=(note,),
    )
    whole = alert(
        "2021-01-27",
        situation("Attack in Darfur", SUDAN, level=CRISIS, trend=Trend.DETERIORATED, tags=(WAR_CRIMES,)),
        situation("Ceasefire & aid", ISRAEL, PALESTINE, level=RISK, tags=(GENOCIDE,)),
        situation("Hospitals attacked", theme="Healthcare in conflict"),
        title="Sudan, Gaza",
        number=7,
        lead=told,
        links=("2021-01-20-alert.md",),
        images=(image(), image("alerts/2021/blood.jpg", sensitive="a wounded person")),
        picture=image("alerts/2021/lead.jpg", 900, 600),
        corrections=(("2021-02-01", 'It said "ten" & was <wrong>.'),),
        republished=Republication(
            publisher="Partner & Co", url="https://p.example/ä", date=datetime(2021, 1, 26).date(), rights="CC BY"
        ),
        sources=(
            Source(title="A <report>", url="https://un.example/r", publisher="UN", archived="https://w.example/"),
        ),
        authors=("A. Desk", "B. Desk"),
    )
    return site(
        whole,
        alert("2021-01-20", situation("All of it", MALI, whole=True, level=CRISIS), title="Mali", number=6),
        alert("2021-01-13", lead=prose("Nothing but text."), countries=(MALI,), picture=image(sensitive="a wound")),
        alert(
            "2021-01-27", situation("الهجوم", SUDAN, body="نص."), lang="ar", title="السودان", stem="2021-01-27-alert"
        ),
        statics=(theme_file("icon-144.png", "png"),),
        hub="https://hub.example/",
    )


# --- every reader takes them ---------------------------------------------------------------------------------------


SITES = {
    "rich": rich(),
    "empty": site(),
    "one": site(alert("2021-01-27", situation("A", SUDAN))),
    "two hundred": site(
        *(
            alert(f"{2020 - week // 48}-{1 + week % 12:02}-{1 + week // 12 % 4:02}", situation("A", SUDAN))
            for week in range(200)
        ),
        feed_items=500,
    ),
    "signs": site(
        alert("2021-01-27", situation("AT&T ]]> <b>bold</b>", SUDAN, body="x"), title="Fish & chips ]]> <script>"),
        alert("2021-01-28", lead=prose("a", "<p>AT&amp;T ]]&gt; &lt;script&gt; \u00a0 “” <b>x</b></p>"), title="Ça"),
    ),
    "same day": site(
        *(
            alert("2021-01-27", situation("A", SUDAN), situation("B", MALI, SUDAN), stem=name, number=number)
            for name, number in (("x", 1), ("y", 2), ("z", 3))
        )
    ),
    "corrected on one day": site(
        *(
            alert(f"2021-01-{day}", situation("A", SUDAN), corrections=(("2021-02-02", "Wrong."),))
            for day in (13, 20, 27)
        )
    ),
    "far zone": site(alert("2021-01-27", situation("A", SUDAN)), timezone="Asia/Kathmandu"),
    "half an hour": site(alert("2021-01-27", situation("A", SUDAN)), timezone="Asia/Kolkata"),
}  # fmt: skip
EXPECTED = {"signs": {"ContainsHTML: title"}}
"""A title that really is about HTML tags; the validator warns, and it is right to ask."""


@pytest.mark.parametrize("name", SITES)
def test_the_w3c_validator_has_nothing_to_say(name):
    for address, document in all_feeds(SITES[name]).items():
        if address.endswith(".xml"):
            assert set(faults(document)) <= EXPECTED.get(name, set()), address


@pytest.mark.parametrize("name", SITES)
def test_feedparser_reads_every_feed_without_complaint(name):
    for address, document in all_feeds(SITES[name]).items():
        if address.endswith(".xml"):
            read = feedparser.parse(document)
            assert not read.bozo, (address, read.get("bozo_exception"))
            assert read.version == ("atom10" if address.endswith("atom.xml") else "rss20")
            times = [entry.published_parsed for entry in read.entries]
            assert times == sorted(times, reverse=True), address


@pytest.mark.parametrize("name", SITES)
def test_the_three_formats_tell_the_same(name):
    documents = all_feeds(SITES[name])
    for address, document in documents.items():
        if address.endswith(".json"):
            rss = feedparser.parse(documents[address.replace("feed.json", "feed.xml")])
            atom = feedparser.parse(documents[address.replace("feed.json", "atom.xml")])
            told = json.loads(document)
            assert [entry.id for entry in rss.entries] == [item["id"] for item in told["items"]]
            assert [entry.id for entry in atom.entries] == [item["id"] for item in told["items"]]
            assert [entry.link for entry in rss.entries] == [item["url"] for item in told["items"]]


def test_json_feeds_hold_what_version_1_1_demands():
    """https://jsonfeed.org/version/1.1: `version`, `title`, `items`; each item an `id` and one kind of content."""
    for address, document in all_feeds(rich()).items():
        if not address.endswith(".json"):
            continue
        told = json.loads(document)
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert told["title"]
        assert told["feed_url"] == f"https://alerts.example.org{address}"
        assert told["home_page_url"].startswith("https://alerts.example.org/")
        assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        assert all(isinstance(item["id"], str) and item["content_html"] for item in told["items"])
        assert all(datetime.fromisoformat(item["date_published"]).tzinfo for item in told["items"])
        assert not any("author" in item for item in told["items"])  # version 1.0's way


@pytest.mark.slow
def test_every_feed_of_the_sample_site_is_valid():
    with Store(None) as store:
        loaded = load_site(ROOT, now=datetime.now(UTC), store=store)
    assert loaded.site
    documents = all_feeds(loaded.site)
    assert {"/feed.xml", "/fr/feed.xml", "/ar/feed.xml", "/countries/sudan/feed.xml", "/corrections/feed.xml"} <= set(
        documents
    )
    for address, document in documents.items():
        if address.endswith(".xml"):
            assert faults(document) == [], address
            assert not feedparser.parse(document).bozo, address


@pytest.mark.slow
def test_newsboat_lists_the_items_in_order(tmp_path):
    newsboat = shutil.which("newsboat")
    if newsboat is None:
        if os.environ.get("CI"):
            pytest.fail("newsboat is missing; scripts/test_tools.sh names the package")
        pytest.skip("newsboat is not installed")
    for number, address in enumerate(["/feed.xml", "/atom.xml", "/countries/sudan/feed.xml", "/ar/feed.xml"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "feed.xml").write_bytes(feed(rich(), address))
        (folder / "urls").write_text(f"file://{folder}/feed.xml\n")
        files = ["-C", os.devnull, "-u", str(folder / "urls"), "-c", str(folder / "cache.db")]
        home = {**os.environ, "HOME": str(folder)}
        subprocess.run([newsboat, *files, "-x", "reload"], check=True, timeout=60, env=home)
        cache = sqlite3.connect(folder / "cache.db")
        found = cache.execute("select guid, title from rss_item order by pubDate desc").fetchall()
        cache.close()
        assert found == [(entry.id, entry.title) for entry in feedparser.parse(feed(rich(), address)).entries], address


# --- what is in them -----------------------------------------------------------------------------------------------


def test_there_is_a_feed_of_everything_of_corrections_and_of_each_country_tag_and_level_in_each_language():
    folders = {address.rpartition("/")[0] + "/" for address in all_feeds(rich())}
    assert folders == {
        "/", "/corrections/", "/countries/sudan/", "/countries/mali/", "/countries/israel/", "/countries/palestine/",
        "/risks/war-crimes/", "/risks/genocide/", "/levels/current-crisis/", "/levels/imminent-risk/",
        "/ar/", "/ar/corrections/", "/ar/countries/sudan/",
    }  # fmt: skip


def test_the_feed_of_everything_has_alerts_and_that_of_a_country_only_its_situations():
    whole, sudan, mali = (
        items(rich(), f"{folder}feed.xml") for folder in ("/", "/countries/sudan/", "/countries/mali/")
    )
    assert [item.findtext("title") for item in whole] == [
        "Test Alert No. 7: Sudan, Gaza", "Test Alert No. 6: Mali", "Test Alert: Alert of 2021-01-13",
    ]  # fmt: skip
    assert [item.findtext("title") for item in sudan] == ["Attack in Darfur"]
    text = sudan[0].findtext(CONTENT) or ""
    assert "What happened." in text
    assert "Ceasefire" not in text
    assert "The lead" not in text
    assert sudan[0].findtext("link") == "https://alerts.example.org/alerts/2021/2021-01-27-alert/#attack-in-darfur"
    assert [item.findtext("title") for item in mali] == ["Mali", "Test Alert: Alert of 2021-01-13"]


def test_an_alert_without_a_situation_on_its_country_is_there_as_itself():
    assert items(rich(), "/countries/mali/feed.xml")[1].findtext("guid") == "urn:x:alerts/2021/2021-01-13-alert.md"


def test_an_rss_item_says_all_that_the_contract_names():
    item = items(rich())[0]
    assert item.findtext("link") == "https://alerts.example.org/alerts/2021/2021-01-27-alert/"
    assert item.findtext("pubDate") == "Wed, 27 Jan 2021 00:00:00 +0000"
    assert item.findtext("description") == "Summary of 2021-01-27."
    assert [creator.text for creator in item.findall(CREATOR)] == ["A. Desk", "B. Desk"]
    source = item.find("source")
    assert source is not None
    assert (source.text, source.get("url")) == ("Partner & Co", "https://p.example/%C3%A4")
    categories = {(category.get("domain"), category.text) for category in item.findall("category")}
    assert categories == {
        ("urn:iso:std:iso:3166:-1", "Sudan"),
        ("urn:iso:std:iso:3166:-1", "Israel"),
        ("urn:iso:std:iso:3166:-1", "Palestine"),
        ("https://unstats.un.org/unsd/methodology/m49/", "Africa"),
        ("https://unstats.un.org/unsd/methodology/m49/", "Asia"),
        ("https://undocs.org/A/RES/60/1", "War crimes"),
        ("https://undocs.org/A/RES/60/1", "Genocide"),
        ("https://alerts.example.org/levels/", "Current crisis"),
        ("https://alerts.example.org/levels/", "Imminent risk"),
    }
    media = item.find(f"{MEDIA}content")
    assert media is not None
    assert media.get("url", "").startswith("https://alerts.example.org/images/lead-")
    assert (media.get("type"), media.get("width"), media.get("height")) == ("image/jpeg", "900", "600")
    assert media.findtext(f"{MEDIA}credit") == "A. Photographer"
    assert media.findtext(f"{MEDIA}copyright") == "A. Photographer"
    assert media.findtext(f"{MEDIA}description") == "The camp."


def test_the_channel_says_all_that_the_contract_names():
    channel = etree.fromstring(feed(rich(), "/countries/sudan/feed.xml"))[0]
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    assert links == {"self": "https://alerts.example.org/countries/sudan/feed.xml", "hub": "https://hub.example/"}
    assert channel.findtext("link") == "https://alerts.example.org/countries/sudan/"
    assert channel.findtext("title") == "Test Bulletin: Sudan"
    assert channel.findtext("language") == "en"
    assert channel.findtext("copyright") == "All rights given. Licensed under CC BY 4.0"
    assert channel.findtext("ttl") == "60"
    assert channel.findtext("lastBuildDate") == "Mon, 01 Feb 2021 01:01:04 +0000"
    assert (channel.findtext("image/url") or "").endswith(".png")


def test_atom_links_keep_their_kind_and_type():
    entry = etree.fromstring(feed(rich(), "/atom.xml")).findall(f"{ATOM}entry")[0]
    assert {(link.get("rel"), link.get("type"), link.get("href")) for link in entry.findall(f"{ATOM}link")} == {
        ("alternate", "text/html", "https://alerts.example.org/alerts/2021/2021-01-27-alert/"),
        ("via", None, "https://p.example/%C3%A4"),
    }
    assert entry.findtext(f"{ATOM}rights") == "CC BY"
    country = entry.find(f"{ATOM}category")
    assert country is not None
    assert dict(country.attrib) == {"term": "SD", "scheme": "urn:iso:std:iso:3166:-1", "label": "Sudan"}


def test_content_is_whole_with_absolute_addresses_and_no_trace_of_the_page():
    html = content(rich())
    assert '<a href="https://alerts.example.org/alerts/2021/2021-01-20-alert/">link</a>' in html
    assert '<a href="https://a.example/é">another</a>' in html
    for unwanted in (
        "alertgen:",
        'class="',
        'id="',
        "srcset",
        "style",
        "<picture",
        "loading",
        'rel="',
        'role="',
        "#fn",
    ):
        assert unwanted not in html
    for heading in ("Attack in Darfur", "Ceasefire &amp; aid", "Hospitals attacked"):
        assert f'<h2 lang="en" dir="ltr">{heading}</h2>' in html
    assert "Alert level: Current crisis · Movement: Deteriorated" in html


def test_a_picture_is_a_plain_img_with_size_alt_and_visible_credit():
    html = content(rich())
    assert 'width="900" height="600" alt="A camp.">' in html
    assert "The camp. Credit: A. Photographer" in html
    assert 'camp-b806495c-1200.png" width="1200" height="600" alt="A camp."' in html  # in the text, none wider


def test_sensitive_pictures_are_in_no_feed_but_their_description_and_a_link_are():
    for document in all_feeds(rich()).values():
        assert b"blood" not in document.lower().replace(b"blood &amp;amp; sand", b"").replace(b"blood &amp; sand", b"")
    html = content(rich())
    assert "[Blood &amp; sand.]</a>" in html
    assert items(rich())[2].find(f"{MEDIA}content") is None
    assert "<img" not in (items(rich())[2].findtext(CONTENT) or "")


def test_footnotes_are_plain_numbers_with_their_text_at_the_end():
    html = content(rich())
    assert "The lead<sup>[3]</sup> has" in html
    assert '<p lang="en" dir="ltr">[3] The <em>note</em>.</p>' in html
    assert html.index("[3] The") > html.index("Hospitals attacked")


def test_a_correction_is_visible_text_at_the_top():
    html = content(rich())
    assert html.startswith(
        '<p lang="en" dir="ltr"><strong>Correction, 1 February 2021.</strong> It said "ten" &amp; was'
    )
    assert "&lt;wrong&gt;" in html.splitlines()[0]


def test_a_correction_moves_updated_and_never_published():
    def times(*corrections: tuple[str, str]) -> tuple[str, str]:
        told = site(alert("2021-01-27", situation("A", SUDAN), corrections=corrections))
        entry = feedparser.parse(feed(told, "/atom.xml")).entries[0]
        return entry.published, entry.updated

    same_day, later = ("2021-01-27", "One."), ("2021-02-01", "Two.")
    histories = [(), (same_day,), (same_day, same_day), (later, same_day), (later, later, same_day)]
    moments = [times(*history) for history in histories]
    assert len({published for published, _ in moments}) == 1
    updated = [datetime.fromisoformat(moment) for _, moment in moments]
    assert updated == sorted(updated)
    assert len(set(updated)) == len(updated)
    assert moments[0][0] == moments[0][1]


def test_the_feed_of_corrections_has_an_item_for_each_with_an_id_of_its_own():
    told = site(
        alert("2021-01-27", corrections=(("2021-02-01", "Two."), ("2021-02-01", "One."))),
        alert("2021-01-20", corrections=(("2021-03-01", "Three."),)),
        alert("2021-01-13"),
    )
    found = items(told, "/corrections/feed.xml")
    assert [item.findtext("description") for item in found] == ["Three.", "Two.", "One."]
    assert len({item.findtext("guid") for item in found}) == 3
    assert found[0].findtext("title") == "Correction, 1 March 2021: Test Alert: Alert of 2021-01-20"
    assert faults(feed(told, "/corrections/atom.xml")) == []


def test_an_older_correction_keeps_its_id_when_another_follows():
    before = site(alert("2021-01-27", corrections=(("2021-02-01", "One."),)))
    after = site(alert("2021-01-27", corrections=(("2021-02-01", "Two."), ("2021-02-01", "One, reworded."))))
    assert guids(before)["/corrections/feed.xml"][0] == guids(after)["/corrections/feed.xml"][1]


def test_right_to_left_text_says_so_on_every_block():
    document = etree.HTML(content(rich(), "/ar/feed.xml"))
    blocks = document.xpath("//p|//h2|//h3|//ul|//li|//figure")
    assert isinstance(blocks, list)
    assert blocks
    assert all(block.get("dir") == "rtl" and block.get("lang") == "ar" for block in blocks)  # type: ignore[union-attr]


def test_a_summary_with_signs_is_the_same_for_those_who_read_it_as_html_and_as_text():
    told = site(replace(alert("2021-01-27"), summary="AT&T is < 3 & “so” on"))
    assert items(told)[0].findtext("description") == "AT&amp;T is &lt; 3 &amp; “so” on"
    atom = etree.fromstring(feed(told, "/atom.xml"))
    assert atom.findtext(f"{ATOM}entry/{ATOM}summary") == "AT&T is < 3 & “so” on"


# --- characters ----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("character", ["\x07", "\x0b", "\ufffe"])
def test_such_a_character_never_gets_past_its_source_line(site, character):
    folder: SiteFolder = site()
    folder.write("alerts/2021-01-27-a.md", f"---\ntitle: A\ndate: 2021-01-27\n---\nText {character} here.\n")
    loaded = folder.load()
    assert ("control-character", 5) in {(problem.code, problem.at.line) for problem in loaded.problems}
    assert loaded.site
    assert not loaded.site.alerts


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
        replace(rich(), config=replace(rich().config, timezone="Pacific/Auckland", publisher="Other")),
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


# --- where they are listed -----------------------------------------------------------------------------------------


def test_the_list_of_feeds_and_the_subscribe_page_name_every_feed():
    planned = outputs(rich())
    opml = planned["/feeds.opml"]
    assert isinstance(opml, Document)
    listed = etree.fromstring(render_document(opml)).xpath("//outline/@xmlUrl")
    base = "https://alerts.example.org"
    assert sorted(listed) == sorted(base + address for address in all_feeds(rich()) if address.endswith("feed.xml"))  # type: ignore[arg-type]
    pages = [view(rich(), address, SubscribeView) for address in ("/subscribe/", "/ar/subscribe/")]
    named = {link.url for page in pages for group in page.groups for link in group.feeds}
    assert named == {base + address for address in all_feeds(rich())}


def test_pages_offer_the_feeds_that_belong_to_them():
    planned = outputs(rich())
    for address in ("/countries/sudan/", "/risks/genocide/", "/corrections/"):
        page = planned[address]
        assert isinstance(page, Page)
        assert {link.url for link in page.head.feeds} == {
            address + name for name in ("feed.xml", "atom.xml", "feed.json")
        }
        assert {link.url for link in page.chrome.feeds} == {"/feed.xml", "/atom.xml", "/feed.json"}


def test_feed_addresses_that_pages_offer_are_all_there():
    planned = outputs(rich())
    for page in planned.values():
        if isinstance(page, Page):
            for link in (*page.head.feeds, *page.chrome.feeds):
                assert isinstance(planned[link.url], FeedFile)
