"""Every page of the sample before the Nu HTML checker, and the weight of what comes before the first paint."""

import gzip
import re
import subprocess

import html5lib

from alertgen.build import build
from browsing import PAGES, ROOT, host, missing, needed, public
from conftest import NOON

__all__ = ["host", "public"]

CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
ALERT_BUDGET, MAP_BUDGET = 14 * 1024, 40 * 1024
"""Bytes of HTML and style sheets, compressed, on an alert page and on a page with the world map."""

KICKER = re.compile(r'<p class="kicker">(.*?)</p>', re.DOTALL)


def test_every_page_is_valid_without_a_warning(public, host):
    """The pages are read from a host: the checker knows no `'self'` for files, so it would warn of their policy."""
    java = needed("java")
    if not CHECKER.is_file():
        missing("the Nu HTML checker is not installed (npm ci)")
    pages = [path.relative_to(public).as_posix().removesuffix("index.html") for path in sorted(public.rglob("*.html"))]
    command = [java, "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(CHECKER), "--format", "gnu"]
    done = subprocess.run([*command, *(f"{host}/{page}" for page in pages)], capture_output=True, text=True)
    assert len(pages) > 100
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_what_comes_before_the_first_paint_is_small(public):
    alerts = {path: weight(public, path) for path in sorted(public.glob("**/alerts/20*/*/index.html"))}
    assert len(alerts) == 20
    assert {str(path): size for path, size in alerts.items() if size > ALERT_BUDGET} == {}
    assert weight(public, public / "index.html") <= MAP_BUDGET
    assert weight(public, public / "countries/index.html") <= MAP_BUDGET


def weight(public, page):
    """Bytes of a page and its style sheets for the screen, each compressed by itself."""
    html = page.read_text(encoding="utf-8")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', html)
    assert sheets
    files = [page, *((page.parent / sheet).resolve() for sheet in sheets)]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_series_and_day_are_parted_also_for_those_who_read_only_the_words(public):
    """The dot between them comes of a style: text browsers and reading modes made "No. 1815 October" of the two."""
    lines = [line for path in public.rglob("*.html") for line in KICKER.findall(path.read_text(encoding="utf-8"))]
    assert any("</span> <time" in line for line in lines)
    assert [line for line in lines if re.search(r"</\w+><\w", line)] == []


def test_no_page_has_inline_style_or_script(public):
    for path in public.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", html), path
        for script in re.findall(r"<script\b[^>]*>", html):
            assert "src=" in script or 'type="application/ld+json"' in script, path


def test_links_to_other_sites_tell_them_nothing_and_no_page_asks_anybody_else(public):
    """Neither may the other site reach back (`noopener`), nor learn from where a reader came (`noreferrer`)."""
    own, seen = "https://alerts.example.org/", 0
    for path in public.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert '<meta name="referrer" content="no-referrer">' in html, path
        for link in re.findall(r"<a\b[^>]*>", html):
            if re.search(r'href="https?://', link) and f'href="{own}' not in link:
                assert {"noopener", "noreferrer"} <= set(re.search(r'rel="([^"]*)"', link)[1].split()), link
                seen += 1
        assert not re.search(
            r"<(?:img|script|source|iframe|object|embed|video|audio)\b[^>]*\b(?:src|data)=\"?(?:https?:)?//", html
        )
        for link in re.findall(r"<link\b[^>]*>", html):
            asks = re.search(
                r'rel="[^"]*\b(?:stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|manifest)\b', link
            )
            assert not asks or not re.search(r'href="(?:https?:)?//', link), link
    assert seen > 100


BARE = """\
-- site.yaml --
title: Field Notes
base_url: https://example.org/notes/
search: false
-- alerts/2026-11-18-mali.md --
---
title: Attack in Mali
date: 2026-11-18
country: ML
---
Armed men attacked a village.
"""
"""The least that a publication can be: one alert, without number, level, photo, source or tag."""


def test_no_part_of_a_page_is_empty(site, public):
    folder = site(BARE)
    assert build(folder.root, folder.root / "public", now=NOON).ok
    sample = [public / address.lstrip("/").partition("?")[0] / "index.html" for address in PAGES.values()]
    pages = [*(folder.root / "public").rglob("*.html"), *filter(lambda page: page.is_file(), sample)]
    assert len(pages) > 25
    assert {str(page): found for page in pages if (found := empty_parts(page))} == {}


def empty_parts(page):
    """Tags and classes of elements on *page* that hold nothing; those that a script fills are named by `data-`."""
    tree = html5lib.parse(page.read_bytes(), namespaceHTMLElements=False)
    for holder in tree.iter():
        for pattern in holder.findall("template"):  # filled by a script
            holder.remove(pattern)
    parts = ("p", "ul", "ol", "dl", "dd", "nav", "section", "header", "figcaption", "thead", "h1", "h2", "h3")
    return [
        (element.tag, element.attrib.get("class"))
        for element in tree.find("body").iter()
        if element.tag in parts
        and not "".join(element.itertext()).strip()
        and element.find(".//img") is None
        and element.attrib.get("class") != "weeks"  # a year without an alert
        and not [name for name in element.attrib if name.startswith("data-")]
    ]


def test_an_alert_that_says_little_repeats_nothing(site):
    folder = site(BARE)
    build(folder.root, folder.root / "public", now=NOON)
    html = (folder.root / "public/alerts/2026/mali/index.html").read_text(encoding="utf-8")
    shown = html[html.index("<body") :]
    assert shown.count("Armed men attacked a village.") == 1
    assert not re.search('class="(?:standfirst|byline|neighbours|earlier|contents|sources)"', shown)
    home = (folder.root / "public/index.html").read_text(encoding="utf-8")
    assert re.findall('<th scope="col">([^<]+)', home) == ["Country", "Situation", "Last alert"]
    assert "to-search" not in home
