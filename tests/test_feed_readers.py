"""Every feed reader takes every feed: the rules of the W3C validator, feedparser, newsboat, JSON Feed 1.1."""

import json
import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from alertgen.load.site import load_site
from alertgen.store import Store
from conftest import SiteFolder
from feed_rules import faults
from feed_samples import SITES, all_feeds, feed, rich

ROOT = Path(__file__).parent.parent
EXPECTED = {"signs": {"ContainsHTML: title", "ContainsHTML: {http://www.w3.org/2005/Atom}title"}}
"""A title that really holds an HTML end tag; the validator warns, and it is right to ask."""


@pytest.mark.parametrize("name", SITES)
def test_the_w3c_validator_has_nothing_to_say(name):
    for address, document in all_feeds(SITES[name]).items():
        if address.endswith(".xml"):
            assert set(faults(document)) <= EXPECTED.get(name, set()), address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://münchen.example/straße/", "https://xn--mnchen-3ya.example/stra%C3%9Fe/"),
        ("HTTPS://Alerts.Example.ORG", "https://alerts.example.org/"),
        ("https://x.example:443/Sub", "https://x.example/Sub/"),
        ("http://x.example:8080/~u/", "http://x.example:8080/~u/"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("https://例え。jp/", "https://xn--r8jz45g.jp/"),
        ("https://\uff42ücher\uff0eexample/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example:8443/päth", "https://xn--bcher-kva.example:8443/p%C3%A4th/"),
    ],
)
def test_the_validator_takes_the_address_of_a_site_however_it_was_typed(site, typed, address):
    folder: SiteFolder = site()
    folder.write("site.yaml", f"title: T\nbase_url: {typed}\nhub: https://hüb.example/ä?x=1&y=2\n")
    folder.write("alerts/2021-01-27-a.md", "---\ntitle: A\ndate: 2021-01-27\ncountry: SD\n---\nText.\n")
    loaded = folder.load()
    assert loaded.site
    assert loaded.site.config.base_url == address
    for name in ("/feed.xml", "/atom.xml", "/countries/sudan/atom.xml"):
        document = feed(loaded.site, name)
        assert faults(document) == []
        assert b'"https://xn--hb-xka.example/%C3%A4?x=1&amp;y=2"' in document


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
