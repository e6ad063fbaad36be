"""What the pages of the sample say of themselves to machines: addresses, languages, cards, citations, linked data."""

import json

import html5lib
import pytest

from browsing import public

__all__ = ["public"]
HOST = "https://alerts.example.org"


@pytest.fixture(scope="module")
def heads(public):
    """The head of every page, by its address."""
    found = {}
    for file in public.rglob("*.html"):
        tree = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
        found["/" + file.relative_to(public).as_posix().removesuffix("index.html")] = tree.find("head")
    return found


def metas(head, attribute="name"):
    return {meta.get(attribute): meta.get("content") for meta in head.iter("meta") if meta.get(attribute)}


def links(head, rel):
    return [link for link in head.iter("link") if link.get("rel") == rel]


def published(heads):
    """Those that search engines shall show."""
    return {address: head for address, head in heads.items() if metas(head).get("robots") != "noindex"}


def graph(head):
    (script,) = [script for script in head.iter("script") if script.get("type") == "application/ld+json"]
    return json.loads(script.text)["@graph"]


def test_every_page_names_its_own_address_and_only_that(heads):
    for address, head in published(heads).items():
        assert [link.get("href") for link in links(head, "canonical")] == [HOST + address]
        assert metas(head, "property")["og:url"] == HOST + address


def test_translations_name_each_other_and_a_default(heads):
    named = {
        HOST + address: {
            link.get("hreflang"): link.get("href") for link in links(head, "alternate") if link.get("hreflang")
        }
        for address, head in published(heads).items()
    }
    several = {address: languages for address, languages in named.items() if languages}
    assert f"{HOST}/ar/alerts/2021/car-state-of-emergency/" in several
    for address, languages in several.items():
        assert address in languages.values()
        assert languages["x-default"] == languages["en"]
        assert all(named[other] == languages for other in languages.values()), address


def test_every_page_has_what_a_social_network_shows(heads, public):
    for address, head in published(heads).items():
        said = metas(head, "property")
        assert {"og:title", "og:site_name", "og:type", "og:description", "og:image"} <= said.keys(), address
        assert all(said.values()), address
        assert (public / said["og:image"].removeprefix(f"{HOST}/")).is_file()
        assert metas(head)["twitter:card"] == "summary_large_image"
        assert (said["og:type"] == "article") == ("citation_title" in metas(head))


def test_a_republished_and_translated_alert_is_told_in_linked_data(heads):
    report, way = graph(heads["/alerts/2021/car-state-of-emergency/"])
    assert report["@type"] == ["NewsArticle", "Report"]
    assert report["reportNumber"] == "5"
    assert report["spatialCoverage"][0]["identifier"]["value"] == "CF"
    assert report["isBasedOn"]["publisher"]["name"].startswith("Example Partner Bulletin")
    assert report["image"]["creditText"]
    assert report["copyrightNotice"].startswith("Republished with permission")
    assert "license" not in report  # that of the site is not that of the text
    assert [place["item"] for place in way["itemListElement"]][-1] == report["url"]


def test_a_correction_is_told_in_linked_data(heads):
    report = graph(heads["/alerts/2020/nigeria-borno-ethiopia-tigray/"])[0]
    assert report["correction"][0]["@type"] == "CorrectionComment"
    assert report["dateModified"] == report["correction"][0]["datePublished"] > report["datePublished"]


def test_citation_tags_and_feeds_are_on_every_alert(heads):
    alerts = {address: head for address, head in heads.items() if metas(head).get("citation_title")}
    assert len(alerts) == 20
    for head in alerts.values():
        assert {"citation_author", "citation_publication_date", "citation_public_url"} <= metas(head).keys()
        kinds = {link.get("type") for link in links(head, "alternate")} - {None}
        assert kinds == {"application/rss+xml", "application/atom+xml", "application/feed+json"}


def test_the_page_for_missing_addresses_and_old_addresses_are_not_to_be_found(heads):
    hidden = heads.keys() - published(heads).keys()
    assert "/404.html" in hidden
    assert not links(heads["/404.html"], "canonical")
