"""The address of the site, as editors type it and as it is published."""

import pytest

from alertgen.build import build
from alertgen.load.keys.fields import FaultError
from alertgen.load.keys.site_address import site_address
from conftest import NOON, SiteFolder
from terminal import NOW, alertgen

TEXTS = """\
-- site.yaml --
title: T
base_url: https://Bücher.example/päth
languages: [en, fr]
search: false
redirects: [nginx, apache]
-- alerts/2026-11-04-market.md --
---
title: A market
date: 2026-11-04
country: SD
aliases: [/alt/]
corrections: [{date: 2026-11-05, text: Corrected.}]
---
Text.
-- alerts/2026-11-04-market.fr.md --
---
title: Un marché
date: 2026-11-04
country: SD
---
Texte.
"""


def test_a_host_in_letters_of_another_script_is_published_as_computers_ask_for_it(site):
    folder: SiteFolder = site(TEXTS)
    assert build(folder.root, folder.path("public"), now=NOON).ok
    told = set()
    for file in folder.path("public").rglob("*"):
        if file.suffix in {".html", ".xml", ".json", ".opml", ".txt", ".csv", ".bib", ".ris", ".geojson", ".nginx"}:
            text = file.read_text(encoding="utf-8")
            assert "bücher.example" not in text.lower(), file
            told |= {file.name} if "xn--bcher-kva.example/p%C3%A4th/" in text else set()
    assert {"index.html", "feed.xml", "atom.xml", "feed.json", "feeds.opml", "sitemap.xml", "robots.txt"} <= told
    assert {"alerts.json", "alerts.csv", "cite.bib", "cite.ris", "cite.json"} <= told


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (f"https://a{'ü' * 70}.example/", "copy it from a browser"),
        ("https://-a.example/", "copy it from a browser"),
        ("https://a..example/", "copy it from a browser"),
        ("https://.example/", "copy it from a browser"),
        ("https://b\u00adücher.example/", "copy it from a browser"),
        ("https://example\u200b.org/", "copy it from a browser"),
        ("https://exa%20mple.org/", "copy it from a browser"),
        ("https://bücher;example.org/", "copy it from a browser"),
        ("https://example.org/a//b/", "write https://example.org/a/b"),
        ("https://example.org/a/../b", "write https://example.org/b"),
        ("https://example.org//a", "write https://example.org/a"),
        ("https://example.org/a/./b/../c", "write https://example.org/a/c"),
        ("https://example.org/./", "write https://example.org/"),
        ("https://example.org/index.html", "write https://example.org/"),
        ("https://example.org/a/Index.PHP/", "write https://example.org/a/"),
        ("https://example.org/?x", "leave out what follows ? or #"),
    ],
)
def test_an_address_that_no_browser_finds_or_that_browsers_spell_otherwise_is_refused(typed, hint):
    with pytest.raises(FaultError) as fault:
        site_address(typed)
    assert fault.value.code == "wrong-address"
    assert fault.value.hint.startswith(hint)


@pytest.mark.parametrize(
    "typed",
    [
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "http://[::1]:8000/x/",
        "https://my_host.example./",
        "https://example.org/v1.2/",
        "https://💩.la/",
    ],
)
def test_addresses_that_are_found_are_taken(typed):
    assert site_address(typed).isascii()


def test_a_new_site_gets_no_address_that_would_be_refused_later(tmp_path):
    ran = alertgen("init", "x", "--base-url", "https://-a.example/", "--now", NOW, cwd=tmp_path)
    assert ran.code == 2
    assert "copy it from a browser" in ran.err
    assert not (tmp_path / "x").exists()
