"""A tiny site as a tree of expected files: what readers and programs get, kept readable. `--refresh` writes it anew.

Pages are kept as an outline of their text and links, so that a change of looks alone changes nothing here.
"""

from pathlib import Path

import html5lib

from alertgen.build import build
from conftest import NOON
from small_site import SITE

GOLDEN = Path(__file__).parent / "golden"
WHOLE = ("robots.txt", "_redirects", "sitemap.xml", "feed.xml", "countries/sudan/feed.xml", "feeds.opml")
OUTLINED = (
    "index.html", "404.html", "alerts/2026/sudan-and-norway/index.html", "alerts/index.html",
    "countries/sudan/index.html", "risks/war-crimes/index.html", "corrections/index.html",
)  # fmt: skip
EXTRAS = """\
-- alerts/2026/2026-11-12-corrected.md --
---
title: Mali, corrected
date: 2026-11-12
summary: About Mali.
country: ML
level: imminent-risk
aliases: [/old/mali/]
sources: [{title: A report, url: "https://un.example/report", publisher: UN, date: 2026-11-10}]
republished: {publisher: Partner, url: "https://partner.example/mali", date: 2026-11-11, rights: With permission}
corrections: [{date: 2026-11-13, text: The toll was given too high.}]
id: urn:uuid:00000000-0000-4000-8000-000000000004
---
A text with [what came before](2026-11-04-sudan.md), *stress*, a note[^1] and "quotes".

[^1]: The note.
"""


def test_the_tree_of_a_tiny_site(site, refresh):
    folder = site(SITE + EXTRAS)
    report = build(folder.root, folder.root / "public", now=NOON)
    assert report.problems == ()
    for path, text in made(folder.root / "public").items():
        golden = GOLDEN / path
        if refresh:
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, encoding="utf-8", newline="\n")
        assert text == golden.read_text(encoding="utf-8"), path


def made(public: Path) -> dict[str, str]:
    """What is compared: the list of files, some files whole, some pages outlined."""
    files = sorted(path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file())
    named = [path for path in files if not path.startswith(("static/", "cards/"))]  # those name their content
    texts = {"files.txt": "\n".join(named) + "\n"}
    texts |= {path: (public / path).read_text(encoding="utf-8") for path in WHOLE}
    return texts | {f"{path}.txt": outline((public / path).read_text(encoding="utf-8")) for path in OUTLINED}


def outline(html: str) -> str:
    """The text of a page, a line for each element that holds any, indented as elements are, links with their target."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    lines = [f"title: {page.findtext('head/title')}"]
    describe(page.find("body"), 0, lines)
    return "\n".join(lines) + "\n"


def describe(element, depth, lines):
    if not isinstance(element.tag, str) or element.tag.endswith(("svg", "script", "style")):
        return
    words = " ".join((element.text or "").split())
    target = f" -> {element.get('href')}" if element.tag == "a" and element.get("href") else ""
    shown = bool(words or target)
    if shown:
        lines.append(f"{'  ' * depth}{element.tag}: {words}{target}")
    for child in element:
        describe(child, depth + shown, lines)
        tail = " ".join((child.tail or "").split())
        if tail:
            lines.append(f"{'  ' * (depth + shown)}{tail}")
