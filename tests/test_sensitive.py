"""A sensitive picture is nowhere but behind its warning: on whole sites, and in a browser with scripts and without."""

import gzip
from pathlib import Path

import html5lib
import pytest

from alertgen.build import build
from browsing import chromium, reader, served  # noqa: F401  a fixture
from conftest import NOON, SiteFolder
from txtar import picture

HTML = "{http://www.w3.org/1999/xhtml}"
SITE = """\
-- site.yaml --
title: Test Alert
base_url: https://example.org/news/
languages: [en, fr]
levels: r2p-monitor
reliefweb: {sources: [1], format: 2, countries: {SD: 220}}
image_rights: true
-- alerts/2026/2026-11-04-sudan.md --
---
title: Killings in Sudan
date: 2026-11-04
number: 1
country: SD
level: current-crisis
image: wound.jpg
image_alt: Bodies in a street, qzx
image_caption: What happened on Monday.
image_credit: A. Photographer
image_sensitive: people who were killed
---
First.

![Bodies in a street, qzx](wound.jpg)

Text with ![Bodies in a street, qzx](wound.jpg) in it.

## In the south {: country=SD }

![Bodies in a street, qzx](wound.jpg "Again")
-- alerts/2026/2026-11-04-sudan.fr.md --
---
title: Tueries au Soudan
date: 2026-11-04
number: 1
country: SD
image: wound.jpg
image_alt: Des corps dans une rue, qzx
image_credit: A. Photographer
image_sensitive: des personnes tuées
---
Texte.
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> Path:
    from txtar import unpack

    folder = SiteFolder(tmp_path_factory.mktemp("sensitive"))
    unpack(SITE, folder.root)
    folder.write("alerts/2026/wound.jpg", picture("jpeg", 1400, 900))
    report = build(folder.root, folder.path("public"), now=NOON)
    assert report.ok, report.problems
    return folder.root / "public"


def said(path: Path) -> str:
    content = path.read_bytes()
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8", "replace")


def names(public: Path) -> list[str]:
    found = [path.name for path in (public / "images").iterdir()]
    assert found
    return found


def test_its_files_are_named_on_pages_only(public):
    for path in public.rglob("*"):
        if path.is_file() and path.suffix != ".html" and path.name != ".alertgen-manifest.json":
            assert not [name for name in names(public) if name in said(path)], path


def test_on_pages_it_is_in_templates_and_in_links_that_ask_for_it(public):
    seen = 0
    for path in public.rglob("*.html"):
        page = html5lib.parse(said(path))
        inside = {id(element) for template in page.iter(f"{HTML}template") for element in template.iter()}
        for element in page.iter():
            named = [key for key, value in element.attrib.items() if any(name in value for name in names(public))]
            if not named or id(element) in inside:
                continue
            asks = "data-gate-open" in element.attrib or element.get("class") == "gate-inline"
            assert (element.tag, named, asks) == (f"{HTML}a", ["href"], True), path
            seen += 1
    assert seen >= 6


def test_no_metadata_shows_it(public):
    for path in public.rglob("*.html"):
        head = said(path).partition("</head>")[0]
        assert "/images/" not in head, path
        page = html5lib.parse(said(path))
        for script in page.iter(f"{HTML}script"):
            if script.get("type") == "application/ld+json":
                assert "image/" not in (script.text or "") and "/images/" not in (script.text or "")


def test_data_and_feeds_say_at_most_what_it_shows(public):
    """Its description stands in for it: readers of a feed get a link to the page in its place."""
    for pattern in ("*.xml", "feed.json", "data/*.json", "data/*.csv", "**/reliefweb.json"):
        paths = list(public.glob(pattern))
        assert paths, pattern
        for path in paths:
            assert "<img" not in said(path) and "wound" not in said(path), path
            assert "/images/" not in said(path), path


def test_the_search_shows_no_picture(public):
    fragments = [said(path) for path in (public / "pagefind").rglob("*.pf_fragment")]
    assert len(fragments) == 2
    assert not [text for text in fragments if "image" in text or "wound" in text]


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    "page",
    ["/", "/alerts/2026/sudan/", "/fr/", "/fr/alerts/2026/sudan/", "/countries/sudan/", "/alerts/", "/alerts/2026/"],
)  # fmt: skip
def test_nothing_of_it_is_fetched_or_shown_before_the_reader_asks(public, chromium, page: str, script: bool):  # noqa: F811
    with served(public) as host, reader(chromium, script=script) as there:
        there.go(host + page)
        there.page.mouse.wheel(0, 50_000)
        there.page.emulate_media(media="print")
        there.page.wait_for_timeout(100)
        assert [url for url in there.urls() if "/images/" in url] == []
        assert there.page.locator("main img").count() == 0
        if "alerts/2026/sudan" in page:
            there.page.emulate_media(media="screen")
            assert there.page.locator(".gate-warning").first.is_visible()
            there.page.locator(".gate a, .gate-inline").first.click()
            there.page.wait_for_load_state("networkidle")
            assert len([url for url in there.urls() if "/images/" in url]) >= 1
