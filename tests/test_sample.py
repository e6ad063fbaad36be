"""The real sample publication, built whole and read again with parsers that are not ours."""

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import html5lib
import pytest

from browsing import BASE, public

__all__ = ["public"]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def pages(public):
    return {path.relative_to(public).as_posix(): path.read_text(encoding="utf-8") for path in public.rglob("*.html")}


@pytest.fixture(scope="module")
def headers():
    found = []
    for path in sorted(ROOT.glob("alerts/*/*.md")):
        text = path.read_text(encoding="utf-8")
        if "draft: true" not in text and "embargo:" not in text:
            found.append((path, text))
    return found


def test_every_week_has_an_alert_and_every_alert_a_page(public, headers):
    english = [path for path, _ in headers if path.stem.count(".") == 0]
    assert len(english) == 18
    made = {path.parent.name for path in public.glob("alerts/20*/*/index.html")}
    assert made == {path.stem[11:] for path in english}
    assert (public / "fr/alerts/2021/car-state-of-emergency/index.html").is_file()
    assert (public / "ar/alerts/2021/car-state-of-emergency/index.html").is_file()


def test_every_country_and_tag_in_use_has_a_page(public, headers):
    tags = {tag for _, text in headers for tag in words_of(r"^risk_tags: \[(.*?)\]|risk_tags=\"(.*?)\"", text)}
    assert {path.parent.name for path in public.glob("risks/*/index.html")} >= tags
    assert {path.parent.name for path in public.glob("countries/*/index.html")} >= {
        "sudan", "south-sudan", "myanmar", "yemen", "mali", "nigeria", "ethiopia", "central-african-republic",
        "burkina-faso", "afghanistan", "niger", "ukraine", "syria", "china", "israel",
        "occupied-palestinian-territory", "haiti", "democratic-republic-of-the-congo",
    }  # fmt: skip


def words_of(pattern, text):
    for groups in re.findall(pattern, text, re.MULTILINE):
        yield from re.split(r"[,\s]+", " ".join(groups).strip())


def test_every_page_is_valid_to_a_strict_parser(pages):
    parser = html5lib.HTMLParser(strict=True)
    for path, text in pages.items():
        try:
            parser.parse(text)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{path}: {error}")


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.ids += [named["id"]] if "id" in named else []
        if tag == "a":
            self.links += [named["href"]] if "href" in named else []
        elif tag in ("script", "img", "source", "iframe", "video", "audio"):
            self.loaded += [named["src"]] if named.get("src") else []
            self.loaded += [part.split()[0] for part in (named.get("srcset") or "").split(",") if part.strip()]
        elif tag == "link" and named.get("rel") in ("stylesheet", "icon", "preload", "apple-touch-icon"):
            self.loaded.append(named["href"])


@pytest.fixture(scope="module")
def links(pages):
    return {path: Links(text) for path, text in pages.items()}


def target(path, href):
    """File and fragment that *href* on the page *path* leads to; pages for missing addresses link from the root."""
    parts = urlsplit(href)
    place = unquote(parts.path)
    file = place.lstrip("/") if place.startswith("/") else posixpath.join(posixpath.dirname(path), place)
    if not place:
        file = path
    elif place.endswith("/") or place in (".", ".."):
        file = posixpath.join(file, "index.html")
    return posixpath.normpath(file), unquote(parts.fragment)


def test_every_link_and_anchor_leads_somewhere(public, links):
    dead = []
    for path, found in links.items():
        for href in found.links:
            if urlsplit(href).scheme in ("http", "https", "mailto"):
                continue
            file, fragment = target(path, href)
            if not (public / file).is_file() or (fragment and file in links and fragment not in links[file].ids):
                dead.append((path, href))
    assert dead == []


def test_links_between_pages_are_relative(links):
    for path, found in links.items():
        if path != "404.html" and not path.endswith("subscribe/index.html"):  # there, addresses are to be copied
            assert not [href for href in found.links if href.startswith(("/", BASE))], path


def test_no_page_loads_anything_from_another_host(public, links):
    for path, found in links.items():
        for address in found.loaded:
            assert not urlsplit(address).netloc, (path, address)
            assert (public / target(path, address)[0]).is_file(), (path, address)


def test_ids_are_unique_on_every_page(links):
    for path, found in links.items():
        assert len(found.ids) == len(set(found.ids)), path


def test_every_page_has_its_own_title_one_heading_and_a_language(pages):
    seen = {}
    for path, text in pages.items():
        title = (re.search(r"<title>(.*?)</title>", text)[1], re.search(r'lang="(\w+)"', text)[1])
        assert title not in seen, (path, seen[title])
        seen[title] = path
        assert text.count("<h1") == 1, path
        assert re.search(r'<html[^>]* lang="(en|fr|ar)"[^>]* dir="(ltr|rtl)"', text), path


def test_the_feed_reads_without_complaint_newest_first_in_full(public):
    feed = feedparser.parse((public / "feed.xml").read_bytes())
    assert not feed.bozo
    days = [entry.published_parsed for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert len(feed.entries) == 18
    for entry in feed.entries:
        assert entry.link.startswith(BASE)
        assert entry.id.startswith("urn:uuid:")
        assert not entry.guidislink
        assert entry.author
        assert len(entry.content[0].value) > 2000
        assert not re.search(r'(href|src)="(?!https?:|mailto:)', entry.content[0].value)
        assert {tag.scheme for tag in entry.tags if tag.scheme}
    assert {link.rel: link.href for link in feed.feed.links}["self"] == BASE + "feed.xml"


def test_feed_ids_are_those_of_the_files(public, headers):
    feed = feedparser.parse((public / "feed.xml").read_bytes())
    written = {re.search(r"^id: (\S+)", text, re.MULTILINE)[1] for path, text in headers if path.stem.count(".") == 0}
    assert {entry.id for entry in feed.entries} == written


def test_every_figure_of_the_files_is_on_its_page(public, headers):
    """A check against loss on the way: every number of three digits or more in a body is on the page."""
    for path, text in headers:
        if path.stem.count("."):
            continue
        body = text.split("---", 2)[2]
        plain = re.sub(r"\]\([^)]*\)|\{:.*?\}|https?://\S+", "", body)
        page = (public / f"alerts/{path.parent.name}/{path.stem[11:]}/index.html").read_text(encoding="utf-8")
        for number in set(re.findall(r"\d[\d,.]{2,}\d", plain)):
            assert number in page, (path.name, number)


def test_what_is_held_back_is_nowhere(public):
    tokens = [b"how-a-draft-works", b"embargo-demonstration", b"/2099", b"2099-01"]  # a digest may hold the bare digits
    for path in public.rglob("*"):
        if path.is_file() and path.suffix not in (".avif", ".webp", ".png", ".jpg", ".woff2", ".pagefind", ".js"):
            content = path.read_bytes()
            assert not [
                token for token in tokens if token in content or token.decode() in f"/{path.relative_to(public)}"
            ], path


def test_every_page_says_that_it_is_a_demonstration(pages):
    words = ("demonstration", "démonstration", "عرض توضيحي")
    assert not [path for path, text in pages.items() if not any(word in text for word in words)]


def test_sentences_in_english_say_so_on_pages_in_other_languages(pages):
    told = {lang: set() for lang in ("en", "fr", "ar")}
    lists = {path: page for path, page in pages.items() if "alerts/20" not in path}  # sources are in any language
    for path, page in lists.items():
        for lang, text in said(html5lib.parse(page, namespaceHTMLElements=False).find("body"), language_of(path)):
            if len(text.split()) > 3:
                told[lang].add((language_of(path), text))
    english = {text for _, text in told["en"]}
    assert {text for lang in ("fr", "ar") for _, text in told[lang]}.isdisjoint(english)
    assert {page for page, _ in told["en"]} == {"en", "fr", "ar"}


def language_of(path):
    return next((lang for lang in ("fr", "ar") if path.startswith(f"{lang}/")), "en")


def said(element, lang):
    """Yield each text in *element*, which is in a part of the page in *lang*, with its language."""
    lang = element.get("lang", lang)
    yield lang, " ".join((element.text or "").split())
    for child in element:
        yield from said(child, lang)
        yield lang, " ".join((child.tail or "").split())
