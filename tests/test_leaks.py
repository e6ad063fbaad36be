"""A text that is held back leaves no trace in what is deployed, whatever is packed, counted or remembered there.

Each place of the text carries a token of its own, so a leak names where it came from. Two proofs stand side by side:
no token is found in any file, unpacked, and the output is byte for byte that of a site without the text.
"""

import csv
import gzip
import io
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from alertgen.build import build
from alertgen.model import HeldBecause
from conftest import NOON, SiteFolder
from copies import tree
from terminal import alertgen

FIELDS = (
    "title", "summary", "author", "body", "heading", "slug", "alias", "tag", "number", "alt", "caption", "credit",
    "warning", "file", "bodyalt", "bodyfile", "pixels", "source", "publisher", "anchor", "note", "id", "correction",
    "republisher", "link", "french", "frenchslug", "page", "pageslug",
)  # fmt: skip
TOKEN = {field: f"qzx{field}xzq" for field in FIELDS}
NUMBER = 7351946
"""The number of the text: a token too."""
HELD = {
    "draft": "draft: true",
    "embargo": "embargo: 2026-12-24T00:00:00+01:00",
    "future": "",
}
"""How a text is held back, and the line that says so."""

SITE = f"""\
-- site.yaml --
title: Test Alert
base_url: https://example.org/news/
languages: [en, fr]
levels: r2p-monitor
image_rights: true
hub: https://hub.example.org/
reliefweb: {{sources: [1], format: 2, countries: {{SD: 220, TD: 50}}}}
risk_tags:
  - slug: {TOKEN["tag"]}
    name: {TOKEN["tag"]} tag
    definition: What {TOKEN["tag"]} means.
  - {{slug: own-tag, name: Own tag, definition: A tag that published alerts use.}}
-- alerts/2026/2026-11-04-sudan.md --
---
title: Fighting in Sudan
date: 2026-11-04
number: 1
summary: About Sudan, in one sentence.
country: SD
risk_tags: [war-crimes, own-tag]
image: lead.jpg
image_alt: A street.
image_credit: A. Photographer
---
What happened first.
-- alerts/2026/lead.jpg (jpeg) --
-- alerts/2026/2026-11-04-sudan.fr.md --
---
title: Combats au Soudan
date: 2026-11-04
number: 1
country: SD
risk_tags: [war-crimes, own-tag]
---
Ce qui s'est passé.
-- pages/about.md --
---
title: About
nav: true
---
Who we are.
"""
SECRET = "alerts/2026/secret.md"
FRENCH = "alerts/2026/secret.fr.md"
PAGE = "pages/secret.md"


def text(line: str, date: str = "2026-11-12") -> str:
    """The held text, with the *line* that holds it back."""
    t = TOKEN
    return f"""\
---
title: {t["title"]} in the news
date: {date}
number: {NUMBER}
summary: {t["summary"]} in short
authors: [{t["author"]}]
country: TD
level: current-crisis
trend: deteriorated
risk_tags: [{t["tag"]}]
slug: {t["slug"]}
aliases: [/{t["alias"]}/]
id: urn:x:{t["id"]}
image: {t["file"]}.png
image_alt: {t["alt"]}
image_caption: {t["caption"]}
image_credit: {t["credit"]}
image_sensitive: {t["warning"]}
sources: [{{title: {t["source"]}, url: "https://{t["source"]}.example/", publisher: {t["publisher"]}}}]
corrections: [{{date: {date}, text: {t["correction"]}}}]
republished: {{publisher: {t["republisher"]}, url: "https://example.com/", date: {date}, rights: All}}
{line}
---
{t["body"]} happened.[^1]

![{t["bodyalt"]}]({t["bodyfile"]}.jpg)

[A link](https://{t["link"]}.example/) and [another](2026-11-04-sudan.md).

## {t["heading"]} in Chad {{: #{t["anchor"]} country=TD risk_tags="{t["tag"]}" }}

More.

[^1]: {t["note"]}
"""


def french(line: str, date: str = "2026-11-12") -> str:
    keys = f"date: {date}\nnumber: {NUMBER}\ncountry: TD\nslug: {TOKEN['frenchslug']}\n{line}"
    return f"---\ntitle: {TOKEN['french']}\n{keys}\n---\nDu texte {TOKEN['french']}.\n"


def page(line: str) -> str:
    return f"---\ntitle: {TOKEN['page']}\nslug: {TOKEN['pageslug']}\nnav: true\n{line}\n---\n{TOKEN['page']}\n"


def write_secret(folder: SiteFolder, how: str) -> None:
    line, date = HELD.get(how, ""), "2026-12-01" if how == "future" else "2026-11-12"
    folder.write(SECRET, text(line, date))
    folder.write(FRENCH, french(line, date))
    if how != "future":  # a page has no date
        folder.write(PAGE, page(line))
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", TOKEN["pixels"])
    Image.new("RGB", (90, 70), "#246").save(folder.path(f"alerts/2026/{TOKEN['file']}.png"), pnginfo=told)
    Image.new("RGB", (64, 48), "#642").save(
        folder.path(f"alerts/2026/{TOKEN['bodyfile']}.jpg"), comment=TOKEN["pixels"]
    )


def publish(folder: SiteFolder, out: str = "public"):
    report = build(folder.root, folder.path(out), now=NOON)
    assert report.ok, report.problems
    return report


def readings(path: Path) -> Iterator[bytes]:
    """What a file says: its bytes, and what is packed in it."""
    content = path.read_bytes()
    yield content
    if content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content)
    for start in (found.start() for found in re.finditer(rb"zTXt|iTXt|iCCP|IDAT", content)):
        for skip in (4, 5 + content[start + 4 :].find(b"\0") + 1):
            try:
                yield zlib.decompressobj().decompress(content[start + skip :])
            except zlib.error:
                continue


def traces(folder: Path) -> set[tuple[str, str]]:
    """Pairs of a file below *folder* and what of the held text is in its name or content."""
    wanted = {**{field: token.encode() for field, token in TOKEN.items()}, "number": str(NUMBER).encode()}
    wanted |= {"title in two bytes": "".join(f"{char}\0" for char in TOKEN["title"]).encode()}
    return {
        (path.relative_to(folder).as_posix(), field)
        for path in folder.rglob("*")
        for content in [path.as_posix().encode(), *(readings(path) if path.is_file() else ())]
        for field, token in wanted.items()
        if token in content.lower()
    }


@pytest.fixture(scope="module")
def without(tmp_path_factory) -> dict[str, bytes]:
    """What is published of the site without the text."""
    from txtar import unpack

    folder = SiteFolder(tmp_path_factory.mktemp("without"))
    unpack(SITE, folder.root)
    publish(folder)
    return tree(folder.root / "public")


def test_what_is_published_does_leave_traces(site):
    """Else nothing else here would mean anything."""
    folder = site(SITE)
    write_secret(folder, "published")
    publish(folder)
    found = traces(folder.root / "public")
    assert {field for _, field in found} >= set(FIELDS) - {"pixels"} | {"number"}
    assert [path for path, field in found if field == "body" and path.endswith(".pf_fragment")], "packed, in the index"
    assert ("pagefind/", "pixels") not in found


@pytest.mark.parametrize("how", HELD)
def test_a_held_text_leaves_no_trace(site, without, how: str):
    folder = site(SITE)
    write_secret(folder, how)
    report = publish(folder)
    held = {one.path for one in report.held}
    assert held == {SECRET, FRENCH, *([PAGE] if how != "future" else [])}
    assert {one.because for one in report.held} == {
        {"draft": HeldBecause.DRAFT, "embargo": HeldBecause.EMBARGO, "future": HeldBecause.FUTURE}[how]
    }
    assert traces(folder.root / "public") == set()
    assert traces(folder.root / ".public.alertgen") == set()
    assert tree(folder.root / "public") == without
    ledger = folder.path("published.json").read_text(encoding="utf-8")
    assert not [token for token in TOKEN.values() if token in ledger]
    assert "chad" not in ledger


def take_down(folder: SiteFolder) -> int:
    """Do what the report and docs/writing-alerts.md say, until it names no line any more; return how often."""
    for rounds in range(5):
        report = build(folder.root, folder.path("out"), now=NOON)
        if report.ok:
            return rounds
        assert {one.code for one in report.problems if one.severity == "error"} == {"vanished-address"}
        assert not folder.path("out").exists()
        typed = [
            line for one in report.problems for line in re.findall(r"^alertgen (forget .*)", one.hint, re.MULTILINE)
        ]
        for line in typed:
            assert alertgen(*line.split(), cwd=folder.root).code == 0
    pytest.fail("it never ends")


@pytest.mark.parametrize("how", HELD)
def test_a_published_text_that_is_held_back_later_leaves_no_trace(site, without, how: str):
    """The ledger forbids it unless the lines that are named are taken out; the old edition is then gone as well."""
    folder = site(SITE)
    write_secret(folder, "published")
    publish(folder)
    write_secret(folder, how)
    if how == "future":  # a page has no date
        folder.delete(PAGE)
    assert take_down(folder) == 1
    report = publish(folder)
    assert any(TOKEN["slug"] in address for address in report.published.removed)
    assert traces(folder.root / "public") == set()
    assert traces(folder.root / ".public.alertgen") == set()
    forget_what_may_stay(folder)
    publish(folder)
    assert tree(folder.root / "public") == without


def forget_what_may_stay(folder: SiteFolder) -> None:
    """Have the ledger forget what stays, empty, as long as it knows it: feeds of levels, and pages of shipped tags."""
    lines = folder.path("published.json").read_text(encoding="utf-8").split("\n")
    folder.write("published.json", "\n".join(line for line in lines if not re.search('"/(levels|risks/.)', line)))


def test_only_the_translation_is_held(site, without):
    """The original says nothing of it: no link, no alternate, no language in the sitemap or the feeds."""
    folder = site(SITE)
    line = HELD["draft"]
    body = "---\ntitle: {0}\nslug: {0}\ndate: 2026-11-04\nnumber: 1\ncountry: SD\n{1}\n---\n{0}\n"
    folder.delete("alerts/2026/2026-11-04-sudan.fr.md")
    publish(folder)
    alone = tree(folder.root / "public")
    folder.delete("published.json")
    shutil.rmtree(folder.root / "public")
    folder.write("alerts/2026/2026-11-04-sudan.fr.md", body.format(TOKEN["french"], line))
    publish(folder)
    assert traces(folder.root / "public") == set()
    assert tree(folder.root / "public") == alone
    assert "hreflang" not in alone["alerts/2026/sudan/index.html"].decode().replace('hreflang="x-default"', "").replace(
        'hreflang="en"', ""
    )


def test_counts_do_not_move(site, without):
    """The sums that readers see count what is published, and nothing else."""
    folder = site(SITE)
    write_secret(folder, "draft")
    publish(folder)
    public = folder.root / "public"
    data = json.loads((public / "data/alerts.json").read_bytes())
    rows = list(csv.DictReader(io.StringIO((public / "data/alerts.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 3, "two alerts below the row of hashtags"
    assert data["count"] == 2 if "count" in data else len(data["alerts"]) == 2
    assert "1 situation<" in (public / "risks/index.html").read_text(encoding="utf-8")
    assert (public / "pagefind/pagefind-entry.json").read_bytes() == without["pagefind/pagefind-entry.json"]


def test_a_tag_of_the_site_that_only_a_draft_uses_is_not_listed(site):
    """And it is as soon as the draft is published: the test of the test."""
    folder = site(SITE)
    write_secret(folder, "draft")
    publish(folder)
    listed = folder.path("public/risks/index.html").read_text(encoding="utf-8")
    assert "Own tag" in listed and TOKEN["tag"] not in listed
    write_secret(folder, "published")
    publish(folder)
    assert TOKEN["tag"] in folder.path("public/risks/index.html").read_text(encoding="utf-8")


def test_a_link_to_a_held_text_is_refused_not_published(site):
    folder = site(SITE)
    write_secret(folder, "draft")
    folder.edit("alerts/2026/2026-11-04-sudan.md", "What happened", "[See](secret.md) what happened")
    report = build(folder.root, folder.path("public"), now=NOON)
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["link-to-held"]
    assert not folder.path("public").exists()


def test_what_is_remembered_stays_beside_the_output(site):
    """`.alertgen/` and `.public.alertgen/` lie beside `public/`, are hidden, and keep themselves out of Git."""
    folder = site(SITE)
    write_secret(folder, "draft")
    publish(folder)
    assert {path.name for path in folder.path("public").iterdir() if path.name.startswith(".")} == {
        ".alertgen-manifest.json"
    }
    assert {path.name for path in folder.root.iterdir() if path.name.startswith(".")} == {
        ".alertgen", ".public.alertgen",
    }  # fmt: skip
    assert "*" in folder.path(".public.alertgen/.gitignore").read_text().split()
    assert "*" in folder.path(".alertgen/.gitignore").read_text().split()


def test_a_picture_in_use_by_nobody_is_never_published(site, without):
    folder = site(SITE)
    Image.new("RGB", (64, 48), "red").save(folder.path(f"alerts/2026/{TOKEN['file']}.png"))
    folder.write(f"alerts/2026/{TOKEN['file']}.pdf", b"%PDF-1.7 " + TOKEN["body"].encode())
    publish(folder)
    assert traces(folder.root / "public") == set()
    assert tree(folder.root / "public") == without
