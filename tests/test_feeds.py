"""What is in feeds, and where they are listed."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import feedparser
import pytest
from lxml import etree

from alertgen.load.markdown import sanitise
from alertgen.model import Republication, Source, Worded
from alertgen.outputs import Document, FeedFile, Page
from alertgen.render.documents import render_document
from alertgen.render.feeds import FeedFaultError, render_feed
from alertgen.views import SubscribeView
from factories import (
    SUDAN,
    alert,
    prose,
    site,
    situation,
)
from feed_rules import ACCEPTABLE, ATOM, CONTENT, CREATOR, MEDIA, faults
from feed_samples import all_feeds, content, feed, guids, items, rich
from planned import outputs, view


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


@pytest.mark.parametrize("rights", ["All rights given", "All rights given."])
def test_rights_and_licence_are_two_sentences(rights):
    licensed = replace(rich().config, rights=Worded(rights))
    channel = etree.fromstring(feed(replace(rich(), config=licensed), "/countries/sudan/feed.xml"))[0]
    assert channel.findtext("copyright") == "All rights given. Licensed under CC BY 4.0"


def test_the_channel_says_all_that_the_contract_names():
    channel = etree.fromstring(feed(rich(), "/countries/sudan/feed.xml"))[0]
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    assert links == {"self": "https://alerts.example.org/countries/sudan/feed.xml", "hub": "https://hub.example/"}
    assert channel.findtext("link") == "https://alerts.example.org/countries/sudan/"
    assert channel.findtext("title") == "Test Bulletin: Sudan"
    assert channel.findtext("language") == "en"
    assert channel.findtext("copyright") == "All rights given. Licensed under CC BY 4.0"
    assert channel.findtext("ttl") == "60"
    assert channel.findtext("lastBuildDate") == "Mon, 01 Feb 2021 01:00:05 +0000"
    assert (channel.findtext("image/url") or "").endswith(".png")
    assert (channel.findtext("image/width"), channel.findtext("image/height")) == ("144", "144")


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
    for facts in (
        "Places: Sudan · Alert level: Current crisis · Movement: Deteriorated",
        "Places: Israel, Palestine · Alert level: Imminent risk",
        "Theme: Healthcare in conflict",
    ):
        assert f'<p lang="en" dir="ltr"><strong>{facts}</strong></p>' in html


def test_a_picture_is_a_plain_img_with_size_alt_and_visible_credit():
    html = content(rich())
    assert 'width="900" height="600" alt="A camp.">' in html
    assert "The camp. — Credit: A. Photographer" in html
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


def test_one_full_stop_follows_a_day_that_ends_with_one():
    told = site(alert("2021-01-27", corrections=(("2021-02-03", "No."),), lang="uk"), languages=("uk",))
    shown = content(told)
    assert "Виправлення від 3 лютого 2021\u202fр.</strong>" in shown  # noqa: RUF001 - Ukrainian


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


@pytest.mark.parametrize(("zone", "day"), [("Africa/Cairo", "2026-04-24"), ("Europe/Kyiv", "2026-03-29")])
def test_each_correction_moves_updated_on_a_day_on_which_clocks_are_put_forward(zone: str, day: str):
    def updated(corrections: int) -> datetime:
        told = site(alert(day, corrections=((day, "Note."),) * corrections), timezone=zone)
        return datetime.fromisoformat(feedparser.parse(feed(told, "/atom.xml")).entries[0].updated)

    steps = [updated(corrections + 1) - updated(corrections) for corrections in range(5)]
    assert set(steps) == {timedelta(hours=1)}


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


def test_a_republished_text_is_not_under_the_rights_of_the_feed():
    first = Republication(publisher="Partner", url="https://p.example/", date=date(2021, 1, 20), rights="")
    for rights, told in (("By permission.", "By permission."), ("", "First published by Partner on 20 January 2021.")):
        of = site(alert("2021-01-27", republished=replace(first, rights=rights)))
        (entry,) = etree.fromstring(feed(of, "/atom.xml")).findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}rights") == told


def test_a_correction_is_by_the_bulletin_not_by_who_published_the_text_first():
    first = Republication(publisher="Partner", url="https://p.example/", date=date(2021, 1, 20), rights="")
    told = site(alert("2021-01-27", corrections=(("2021-02-01", "One."),), republished=first, authors=()))
    (alone,), (note,) = items(told, "/feed.xml"), items(told, "/corrections/feed.xml")
    assert (alone.findtext(CREATOR), note.findtext(CREATOR)) == ("Partner", "Example Desk")


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


def test_names_of_sources_are_kept_apart_in_a_text_from_right_to_left():
    source = Source(title="Who was there?", url="https://a.example/", publisher="Desk Inc.")
    told = site(alert("2021-01-27", lang="ar", sources=(source,)), languages=("ar", "en"))
    shown = content(told)
    assert '<a href="https://a.example/"><bdi>Who was there?</bdi></a>، <bdi>Desk Inc.</bdi>' in shown
    assert faults(feed(told, "/atom.xml")) == []


def test_every_element_of_a_body_is_one_that_the_validator_knows():
    assert set(sanitise.ELEMENTS) - ACCEPTABLE == {"bdo"}
    told = site(alert("2021-01-27", lead=prose("x", '<p>A <bdo dir="rtl">b</bdo>.</p>')))
    assert '<p lang="en" dir="ltr">A <span dir="rtl">b</span>.</p>' in content(told)
    assert faults(feed(told, "/feed.xml")) == []


def test_what_opens_and_closes_says_its_language_too():
    told = site(alert("2021-01-27", lead=prose("x", "<details><summary>More</summary><p>Text.</p></details>")))
    assert '<details lang="en" dir="ltr"><summary lang="en" dir="ltr">' in content(told)


def test_a_summary_with_signs_is_the_same_for_those_who_read_it_as_html_and_as_text():
    told = site(replace(alert("2021-01-27"), summary="AT&T is < 3 & “so” on"))
    assert items(told)[0].findtext("description") == "AT&amp;T is &lt; 3 &amp; “so” on"
    atom = etree.fromstring(feed(told, "/atom.xml"))
    assert atom.findtext(f"{ATOM}entry/{ATOM}summary") == "AT&T is < 3 & “so” on"


def test_a_summary_of_a_text_without_spaces_is_cut_where_it_must():
    told = site(alert("2021-01-27", situation("A", SUDAN, body="苏丹" * 400 + " 完")))
    summary = items(told, "/countries/sudan/feed.xml")[0].findtext("description") or ""
    assert summary == "苏丹" * 149 + "苏…"


def test_signs_in_plain_text_are_written_so_that_no_old_reader_takes_them_for_html():
    """https://www.rssboard.org/rss-profile#data-types-characterdata"""
    told = site(alert("2021-01-27", situation("R&D", SUDAN), title="<b> & &nbsp;", authors=("Q&A",)))
    for address in ("/feed.xml", "/atom.xml"):
        document = feed(told, address).decode()
        assert "<title>Test Alert: &#x3C;b&#x3E; &#x26; &#x26;nbsp;</title>" in document
        assert ">Q&#x26;A</" in document
        assert "&lt;p lang=" in document  # the content is HTML, for everybody to decode


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


def test_the_subscribe_page_leads_to_the_bulletin_in_other_languages():
    page = view(rich(), "/subscribe/", SubscribeView)
    assert page.groups[-1].name == "In other languages"
    first = page.groups[-1].feeds[0]
    assert (first.title, first.url) == ("العربية: Test Bulletin (RSS)", "https://alerts.example.org/ar/feed.xml")
    assert {link.lang for group in page.groups[:-1] for link in group.feeds} == {""}
    assert {link.lang for link in page.groups[-1].feeds} == {"ar"}
    alone = view(site(alert("2021-01-27")), "/subscribe/", SubscribeView)
    assert "In other languages" not in {group.name for group in alone.groups}


def test_the_list_of_countries_offers_the_feeds_of_the_levels_since_these_have_no_page():
    page = outputs(rich())["/countries/"]
    assert isinstance(page, Page)
    offered = {link.url for link in page.head.feeds if link.media_type == "application/rss+xml"}
    assert offered == {"/feed.xml", "/levels/current-crisis/feed.xml", "/levels/imminent-risk/feed.xml"}


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


@pytest.mark.parametrize("address", ["/feed.xml", "/atom.xml", "/feed.json"])
def test_a_character_that_no_feed_can_hold_is_refused_with_the_name_of_its_item(address):
    file = outputs(rich())[address]
    first, second, *others = file.feed.items
    part = second.parts[0]
    for broken in (
        replace(second, summary="A\x01"),
        replace(second, authors=("A", "B\ufffe")),
        replace(second, parts=(replace(part, prose=replace(part.prose, markup="<p>A\x0b</p>")),)),
    ):
        items = (first, broken, *others)
        with pytest.raises(FeedFaultError, match=rf"{second.id}\) of {address}.* the character U\+"):
            render_feed(replace(file, feed=replace(file.feed, items=items)))
    with pytest.raises(FeedFaultError, match=f"the feed {address}"):
        render_feed(replace(file, feed=replace(file.feed, title="A\x01")))


def test_items_that_differ_in_anything_are_told_each_as_it_is():
    file = outputs(rich())["/feed.json"]
    item = file.feed.items[0]
    spoken = replace(item, lang="fr")
    told = json.loads(render_feed(replace(file, feed=replace(file.feed, items=(item, spoken, item)))))
    texts = [one["content_html"] for one in told["items"]]
    assert ' lang="en"' in texts[0]
    assert ' lang="fr"' in texts[1]
    assert texts[2] == texts[0]
