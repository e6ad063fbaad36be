"""What is remembered of alerts is told again only where reading would say the same."""

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alertgen.load.remembered.rereading as rereading
from alertgen import urls
from alertgen.build import build
from alertgen.codes import problem
from alertgen.load.documents import Customs, Document, Kind, SourceFile
from alertgen.load.reading import read_document
from alertgen.load.remembered.alerts import remember, remembered_alerts
from alertgen.load.remembered.apart import freeze_apart
from alertgen.load.site import Loaded
from alertgen.load.texts.alerts import read_alert
from alertgen.load.texts.desk import Desk
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies
from alertgen.model import Alert, LedgerEntry
from alertgen.store import Store
from conftest import NOON, SITE_YAML, SiteFolder
from factories import CONFIG
from txtar import ODD_PICTURES, picture

LONG = "A sentence that is long enough to lie in a file, as most of them do. " * 6
ALERT = """\
---
title: Week {number}
date: 2026-01-{day:02}
country: [SD, SS]
risk_tags: [war-crimes]
sources:
  - title: A report
---

{long} A note.[^1]

## North of {number} {{: country=SD level=current-crisis }}

{long} See [the other](a1.md).

## South of {number} {{: country=SS risk_tags="genocide" }}

{long}

[^1]: A note.
"""
WHOLE = "---\ntitle: Alone\ndate: 2026-01-20\ncountry: SD\nlevel: current-crisis\n---\nThe whole of it.\n"
FRENCH = "---\ntitle: Seul\ndate: 2026-01-20\ncountry: SD\nlang: fr\n---\nTout.\n"
WARNED = "---\ntitle: Warned\ndate: 2026-01-22\ncountry: ML\n---\nText.\nIndented | a | b\n\nCall +44 20 7946 0958.\n"
SHOWN = """\
---
title: Shown
date: 2026-01-23
country: SD
image: one.png
image_alt: A market
image_credit: Anna/AFP
---
Text.

![A road](two.png)
"""
PAGE = "---\ntitle: Who we are\n---\nWe write.\n"
SETTINGS = "languages: [en, fr]\nlevels: r2p-monitor\nsearch: false\n"
PATHS = {"alerts/a0.md", "alerts/a1.md", "alerts/a2.md", "alerts/plain.md", "alerts/plain.fr.md", "alerts/warned.md"}
PATHS |= {"alerts/shown.md"}


@pytest.fixture
def here(site: Callable[..., SiteFolder]) -> SiteFolder:
    folder = site()
    folder.write("site.yaml", SITE_YAML + SETTINGS)
    for number in range(3):
        folder.write(f"alerts/a{number}.md", ALERT.format(number=number, day=7 + number, long=LONG))
    for name, text in (("plain", WHOLE), ("plain.fr", FRENCH), ("warned", WARNED), ("shown", SHOWN)):
        folder.write(f"alerts/{name}.md", text)
    folder.write("alerts/one.png", picture("png"))
    folder.write("alerts/two.png", picture("png", 30))
    folder.write("pages/about.md", PAGE)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Paths of the alerts that were read."""
    paths: set[str] = set()

    def spied(document: Document, desk: Desk) -> object:
        paths.add(document.path)
        return read_alert(document, desk)

    monkeypatch.setattr(rereading, "read_alert", spied)
    return paths


def said(loaded: Loaded) -> tuple[object, ...]:
    return loaded.site, loaded.problems, loaded.held, loaded.pictures, loaded.keys, loaded.later


def again(folder: SiteFolder, read: set[str]) -> set[str]:
    """Load, and see that it is the same as without a memory; return what was read for that."""
    read.clear()
    loaded = folder.load()
    paths = set(read)
    assert said(loaded) == said(replace(folder, memory=Store(None)).load())
    return paths


def publish(folder: SiteFolder, **changes: object) -> None:
    """Write what the ledger says of a0 when it is published, but for the *changes*."""
    entry = {"id": alert_at(folder, "alerts/a0.md").id, "first": "2026-01-07", "anchors": ANCHORS} | changes
    folder.write("published.json", json.dumps({"version": 1, "addresses": {"/alerts/2026/a0/": entry}}))


ANCHORS = [["south-sudan-south-of-0", "SS"], ["sudan-north-of-0", "SD"]]


def alert_at(folder: SiteFolder, path: str) -> Alert:
    site = folder.load().site
    assert site
    return next(alert for alert in site.alerts if alert.path == path)


def test_what_has_not_changed_is_told_again(here: SiteFolder, read: set[str]) -> None:
    assert again(here, read) == PATHS
    assert again(here, read) == set()
    assert [one.code for one in here.load().problems].count("phone-number") == 1, "warnings are told each time"


EDITS: dict[str, tuple[Callable[[SiteFolder], None], set[str]]] = {
    "another title": (lambda here: here.edit("alerts/a1.md", "Week 1", "Week one"), {"alerts/a1.md"}),
    "other words": (lambda here: here.edit("alerts/a1.md", "See [", "Do see ["), {"alerts/a1.md"}),
    "another heading": (lambda here: here.edit("alerts/a1.md", "North of", "The north of"), {"alerts/a1.md"}),
    "a draft": (lambda here: here.edit("alerts/a1.md", "country: [", "draft: true\ncountry: ["), {"alerts/a1.md"}),
    "an embargo": (
        lambda here: here.edit("alerts/plain.md", "country: SD", "country: SD\nembargo: 2026-12-24T12:00:00Z"),
        {"alerts/plain.md"},
    ),
    "another name": (lambda here: here.move("alerts/a1.md", "alerts/a9.md"), {"alerts/a9.md"}),
    "another folder": (lambda here: here.move("alerts/a1.md", "alerts/2026/a1.md"), {"alerts/2026/a1.md"}),
    "an error": (lambda here: here.edit("alerts/a1.md", "[SD, SS]", "[SD, SX]"), {"alerts/a1.md"}),
    "a twin": (lambda here: here.write("alerts/old/plain.md", WHOLE), {"alerts/old/plain.md"}),
    "a deleted file": (lambda here: here.delete("alerts/a1.md"), set()),
    "a deleted original": (lambda here: here.delete("alerts/plain.md"), set()),
    "a page": (lambda here: here.edit("pages/about.md", "We write", "All of us write"), set()),
    "a picture": (lambda here: here.write("alerts/two.png", picture("png", 31)), {"alerts/shown.md"}),
    "another lead picture": (lambda here: here.write("alerts/one.png", picture("jpeg")), {"alerts/shown.md"}),
    "a missing picture": (lambda here: here.delete("alerts/two.png"), {"alerts/shown.md"}),
    "a picture that is none": (lambda here: here.write("alerts/one.png", "text"), {"alerts/shown.md"}),
    "a sensitive picture elsewhere": (
        lambda here: here.write(
            "alerts/seen.md", SHOWN.replace("image_credit", "image_sensitive: Blood\nimage_credit")
        ),
        {"alerts/seen.md"},
    ),
    "another setting": (lambda here: here.edit("site.yaml", "search: false", "search: false\npage_size: 9"), PATHS),
    "own levels": (
        lambda here: here.edit("site.yaml", "r2p-monitor", "[{slug: current-crisis, name: Worst}]"),
        PATHS,
    ),
    "no levels": (lambda here: here.edit("site.yaml", "levels: r2p-monitor\n", ""), PATHS),
    "one language": (lambda here: here.edit("site.yaml", "languages: [en, fr]\n", ""), PATHS),
    "another first language": (lambda here: here.edit("site.yaml", "[en, fr]", "[fr, en]"), PATHS),
    "a tag of its own": (
        lambda here: here.edit("site.yaml", "search", "risk_tags: [{slug: siege, name: Siege}]\nsearch"),
        PATHS,
    ),
    "signed pictures": (lambda here: here.edit("site.yaml", "search", "image_rights: true\nsearch"), PATHS),
    "another time zone": (lambda here: here.edit("site.yaml", "search", "timezone: Asia/Tokyo\nsearch"), PATHS),
    "the ledger says the same": (publish, set()),
    "the ledger knows its number": (lambda here: publish(here, numbers=[7]), set()),
    "the ledger knows another id": (lambda here: publish(here, id="urn:x:1"), {"alerts/a0.md"}),
    "the ledger knows other keys": (
        lambda here: publish(here, anchors=[["south-sudan-south-of-0", "SS-2"], ["sudan-north-of-0", "SD-2"]]),
        {"alerts/a0.md"},
    ),
    "the ledger knows an older anchor": (
        lambda here: publish(here, anchors=[["the-north", "SD"], ANCHORS[0]]),
        {"alerts/a0.md"},
    ),
    "the ledger knows more anchors": (lambda here: publish(here, anchors=[*ANCHORS, ["x", "ML"]]), {"alerts/a0.md"}),
    "the ledger knows another heading": (
        lambda here: publish(here, headings=[["sudan-the-north", "SD"]]),
        {"alerts/a0.md"},
    ),
    "the ledger knows an alias": (
        lambda here: here.write(
            "published.json", '{"version": 1, "addresses": {"/old/": {"id": "urn:x:2", "first": "2026-01-07"}}}'
        ),
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_after_any_edit_the_same_is_said_as_without_memory(edit: str, here: SiteFolder, read: set[str]) -> None:
    change, expected = EDITS[edit]
    again(here, read)
    change(here)
    assert again(here, read) == expected
    faulty = {problem.at.path for problem in here.load().problems}
    assert again(here, read) <= faulty, "nothing is remembered where more is wrong than with the document"


def test_an_alias_that_comes_to_the_ledger_gives_its_id(here: SiteFolder, read: set[str]) -> None:
    here.edit("alerts/a2.md", "risk_tags: [war", "aliases: /old/\nrisk_tags: [war")
    again(here, read)
    EDITS["the ledger knows an alias"][0](here)
    assert again(here, read) == {"alerts/a2.md"}
    assert alert_at(here, "alerts/a2.md").id == "urn:x:2"
    assert again(here, read) == set()


def test_all_is_told_again_after_it_was_published(here: SiteFolder, read: set[str]) -> None:
    out = here.path("public")
    assert build(here.root, out, now=NOON).ok
    assert read == PATHS
    here.edit("alerts/a1.md", "title: Week 1", "title: Week one")
    read.clear()
    assert build(here.root, out, now=NOON).ok
    assert read == {"alerts/a1.md"}
    here.edit("alerts/a1.md", "## North of 1", "## Far north of 1")
    read.clear()
    assert build(here.root, out, now=NOON).ok
    assert read == {"alerts/a1.md"}
    here.edit("alerts/a2.md", "title: Week 2", "title: Week two")
    read.clear()
    assert build(here.root, out, now=NOON).ok
    assert read == {"alerts/a2.md", "alerts/a1.md"}, "the ledger knows its new heading"
    here.edit("alerts/a2.md", "title: Week two", "title: Week 2")
    read.clear()
    assert build(here.root, out, now=NOON).ok
    assert read == {"alerts/a2.md"}


def test_another_alertgen_reads_all_anew(here: SiteFolder, read: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    again(here, read)
    monkeypatch.setattr("alertgen.load.remembered.memory.engine_digest", lambda: "another")
    assert again(here, read) == PATHS
    assert again(here, read) == set()


def test_what_is_damaged_is_read_again(here: SiteFolder, read: set[str]) -> None:
    again(here, read)
    key = here.load().keys["alerts/a1.md"]
    content = here.memory.get(key)
    assert content
    for damaged in (
        b"",
        content[:9],
        content[:200],
        content.replace(b"RememberedAlert", b"RecollectedText"),
        content[:-1],
    ):
        here.memory.put(key, damaged)
        assert again(here, read) == {"alerts/a1.md"}
        assert again(here, read) == set()


def test_a_damaged_memory_is_no_trouble(here: SiteFolder, read: set[str]) -> None:
    out, memory = here.path("public"), here.path(".alertgen/memory.db")
    build(here.root, out, now=NOON)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    raw = bytearray(memory.read_bytes())
    raw[len(raw) // 3 : len(raw) // 2] = b"\xff" * (len(raw) // 2 - len(raw) // 3)
    memory.write_bytes(raw)
    here.edit("site.yaml", "search: false", "search: false  # as before")
    assert build(here.root, out, now=NOON).ok
    assert read == PATHS
    after = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    assert {file.name for file in before if before[file] != after.get(file)} <= {".alertgen-manifest.json"}


def test_of_a_name_that_must_not_be_published_nothing_is_remembered(here: SiteFolder, read: set[str]) -> None:
    here.write("do-not-publish.txt", "Anna Ivanova\n")
    here.edit("alerts/a1.md", "title: Week 1", "title: Anna Ivanova speaks")
    for _ in range(2):
        assert "alerts/a1.md" in again(here, read), "each time, since nothing of it is kept"
    here.memory.flush()
    assert all(b"Ivanova" not in value for value in here.memory._waiting.values())
    here.write("do-not-publish.txt", "Somebody Else\n")
    assert again(here, read) == {"alerts/a1.md"}
    assert again(here, read) == set()
    here.write("do-not-publish.txt", "Anna Ivanova\n")
    assert again(here, read) == {"alerts/a1.md"}, "also what was remembered before the name was listed"


def test_what_was_held_back_is_told_when_its_day_has_come(here: SiteFolder, read: set[str]) -> None:
    here.edit("alerts/plain.md", "country: SD", "country: SD\nembargo: 2026-12-24T12:00:00Z")
    here.load()
    read.clear()
    later = NOON + datetime.timedelta(days=60)
    assert here.load().held
    loaded = here.load(now=later)
    assert not read
    assert loaded.site
    assert not loaded.held
    assert "alerts/plain.md" in {alert.path for alert in loaded.site.alerts}


def test_a_picture_to_be_warned_of_is_looked_at_each_time(here: SiteFolder, read: set[str]) -> None:
    here.write("alerts/two.png", ODD_PICTURES["moving"]())
    for _ in range(2):
        assert "alerts/shown.md" in again(here, read)
        assert "image-first-frame" in {problem.code for problem in here.load().problems}


def test_nothing_is_remembered_of_what_the_site_makes_wrong(terms: Terms) -> None:
    file = SourceFile(
        path="alerts/a.md", kind=Kind.ALERT, raw=WHOLE.replace("level: current-crisis\n", "").encode(), digest=""
    )
    document = read_document(file, Customs())
    with Store(None) as store:
        desk = Desk(root=Path(), config=CONFIG, terms=terms, published={}, store=store)
        made, problems = read_alert(document, desk)
        assert made
        for more, known in (((problem("dropped-level", "more", document.place),), 0), ((), 1)):
            store.put("document:a", freeze_apart(document, document.texts))
            remember("document:a", document, made, (*problems, *more), desk)
            assert len(remembered_alerts(["document:a"], desk)) == known


# Whatever stands in the ledger: what is told again is what would be made.

places = st.sampled_from(["country=SD", "country=SS", 'country="SD SS"', 'theme="Health"'])
headings = st.sampled_from(["North", "South", "Sudan", "Health"])
attributes = st.tuples(headings, places, st.sampled_from(["", " #own"]))
anchors = st.sampled_from(
    ["north", "sudan-north", "sudan-south", "south-sudan-north", "health", "sudan", "sudan-2", "own"]
)
keys = st.sampled_from(["SD", "SS", "SD-2", "SD+SS", "theme-1", "theme-2"])
entry = st.builds(
    lambda name, known, last: LedgerEntry(
        address="/alerts/2026/a/",
        id=name,
        first=datetime.date(2026, 1, 1),
        anchors=tuple(sorted(known.items())),
        headings=tuple(sorted(last.items())),
    ),
    st.sampled_from(["", "urn:x:1"]),
    st.dictionaries(anchors, keys, max_size=3),
    st.dictionaries(anchors, keys, max_size=2),
)


def _own(alert: Alert) -> LedgerEntry:
    known = tuple(sorted((one.anchor, one.key) for one in alert.situations))
    first, headings = datetime.date(2026, 1, 1), urls.reworded_headings(alert)
    return LedgerEntry(address="/alerts/2026/a/", id=alert.id, first=first, anchors=known, headings=headings)


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(read_vocabularies(*data_files()), (), ())


@given(st.lists(attributes, max_size=4), st.none() | entry, st.none() | entry | st.just("own"))
def test_whatever_the_ledger_says_is_heeded(
    terms: Terms,
    sections: list[tuple[str, str, str]],
    before: LedgerEntry | None,
    after: LedgerEntry | str | None,
) -> None:
    head = "---\ntitle: Title\ndate: 2026-01-01\ncountry: SD\n---\n"
    body = "".join(f"\n## {words} {{: {place}{own} }}\n\nText.\n" for words, place, own in sections) or "Text.\n"
    file = SourceFile(path="alerts/a.md", kind=Kind.ALERT, raw=(head + body).encode(), digest="")
    document = read_document(file, Customs())

    def desk(known: LedgerEntry | None) -> Desk:
        published = {known.address: known} if known else {}
        return Desk(root=Path(), config=CONFIG, terms=terms, published=published, store=store)

    with Store(None) as store:
        made, problems = read_alert(document, desk(before))
        if made is None:
            return
        now = _own(made) if after == "own" else after
        assert isinstance(now, LedgerEntry | None)
        store.put("document:a", freeze_apart(document, document.texts))
        remember("document:a", document, made, problems, desk(before))
        for known in remembered_alerts(["document:a"], desk(now)).values():
            assert (known.alert, known.problems) == read_alert(document, desk(now))
        if now == before or (before is None and after == "own"):
            assert remembered_alerts(["document:a"], desk(now)) or len(problems) > len(document.problems)
