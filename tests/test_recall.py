"""After any edit the preview makes anew what differs alone, and shows what a preview from scratch shows."""

import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from alertgen.fingerprint import Fingerprints
from alertgen.load.site import load_site
from alertgen.model import Site
from alertgen.outputs import Output, Page
from alertgen.plan.planners import plan_outputs
from alertgen.plan.recall import Recall
from alertgen.serve import Preview
from alertgen.serve.preview import Shown
from alertgen.store import Store
from conftest import NOON, SITE_YAML, SiteFolder
from txtar import picture

SETTINGS = """\
languages: [en, fr]
levels: r2p-monitor
search: true
redirects: [nginx]
reliefweb: {sources: [1], format: 2, countries: {SD: 220, SS: 8, ML: 149}}
"""
ALERT = """\
---
title: Week {number}
date: 2026-01-{day:02}
country: [SD]
risk_tags: [war-crimes]
---

{long} Word{number} in the lead. See [the other](a1.md#sudan-north-of-1) and a note.[^1]

## North of {number} {{: country=SD level=current-crisis }}

{long} More of word{number}, and another note.[^2]

## South {{: country=SS }}

{long} Less of word{number} in the south.

[^1]: A note on word{number}.
[^2]: Another note on word{number}.
"""
PLAIN = "---\ntitle: Alone\ndate: 2026-01-20\ncountry: SD\n---\nThe whole of it.\n"
FRENCH = "---\ntitle: Seul\ndate: 2026-01-20\ncountry: SD\nlang: fr\n---\nTout.\n"
DRAFT = "---\ntitle: To come\ndate: 2026-01-21\ncountry: SS\ndraft: true\n---\nTODO: all of it.\n"
PAGE = "---\ntitle: Who we are\n---\nWe write.\n"
LEDGER = '{"version": 1, "addresses": {%s}}'
LONG = "This sentence stands at the beginning. " + "Then comes more than what a feed shows of it. " * 8


@pytest.fixture
def here(site: Callable[..., SiteFolder]) -> SiteFolder:
    folder = site()
    folder.write("site.yaml", SITE_YAML + SETTINGS)
    for number in range(4):
        folder.write(f"alerts/a{number}.md", ALERT.format(number=number, day=7 + number, long=LONG))
    for path, text in (("plain", PLAIN), ("plain.fr", FRENCH), ("draft", DRAFT)):
        folder.write(f"alerts/{path}.md", text)
    folder.write("pages/about.md", PAGE)
    return folder


def site_of(folder: SiteFolder) -> Site:
    found = load_site(folder.root, now=NOON, store=folder.memory, preview=True).site
    assert found
    return found


WORDS = [
    ("alerts/a2.md", "Word2 in", "Many words in"),
    ("alerts/a2.md", "More of", "Line\n\nafter line of"),
    ("alerts/a2.md", "Less of", "*Much* less of"),
    ("alerts/a2.md", "A note on", "A longer note on"),
    ("alerts/a2.md", "Word2 in the lead. ", "\n\nAnd new lines above the link.\n\n"),
    ("alerts/a1.md", "word1, and another note.[^2]", "word1, which\n\n> is quoted\n\n[^2]"),
]  # fmt: skip
"""Edits that show nowhere but in texts."""
FACES = [
    ("alerts/a2.md", "---\n\nThis sentence", "---\n\nAnother sentence"),
    ("alerts/a2.md", "country=SS }\n\nThis sentence", "country=SS }\n\nAnother sentence"),
    ("alerts/a2.md", "risk_tags: [war-crimes]", "risk_tags: [genocide, war-crimes]"),
    ("alerts/a2.md", "level=current-crisis", "level=imminent-risk"),
    ("alerts/a2.md", "country: [SD]", "country: [SD, TD]"),
    ("alerts/a2.md", "title: Week 2\n", "title: Week 2\nnumber: 7\n"),
    ("alerts/a2.md", "title: Week 2\n", "title: Week 2\nslug: week-two\naliases: [/old/two/]\n"),
    ("alerts/a2.md", "title: Week 2\n", "title: Week 2\nupdated: 2026-02-01\n"),
    ("alerts/a2.md", "title: Week 2\n", "title: Week 2\ncorrections: [{date: 2026-02-01, text: It was not so.}]\n"),
    ("alerts/a2.md", "date: 2026-01-09", "date: 2025-12-30"),
    ("alerts/a3.md", "date: 2026-01-10", "date: 2026-03-01"),
    ("alerts/a2.md", "title: Week 2", "title: Week two"),
    ("alerts/a2.md", "## South", "## Deep south"),
    ("alerts/a2.md", "country=SS", "country=ML"),
    ("alerts/a2.md", "a1.md#sudan-north-of-1", "a3.md"),
    ("alerts/a2.md", "date: 2026-01-09", "date: 2026-01-08"),
    ("alerts/a2.md", "title: Week 2\n", "title: Week 2\nsummary: What it says.\n"),
    ("alerts/a2.md", "Less of word2 in the south.", "[The other](a3.md) tells of word2."),
    ("alerts/plain.md", "The whole", "All"),
    ("alerts/draft.md", "title: To come", "title: Still to come"),
    ("pages/about.md", "We write", "We wrote"),
    ("site.yaml", "Test Alert", "Real Alert"),
    ("site.yaml", "levels: r2p-monitor", "levels: [{slug: current-crisis, name: Worst}]"),
]
"""Edits that lists, feeds or other pages show."""


@pytest.mark.parametrize(("path", "old", "new"), [*WORDS, *FACES])
def test_what_is_recalled_makes_no_difference_to_the_plan(here: SiteFolder, path: str, old: str, new: str) -> None:
    recall = Recall(lasting=True)
    before = plan_outputs(site_of(here), recall)
    here.edit(path, old, new)
    after = plan_outputs(site_of(here), recall)
    assert after == plan_outputs(site_of(here))
    assert after != before
    digest = Fingerprints()
    assert list(map(digest, after.outputs)) == list(map(digest, plan_outputs(site_of(here)).outputs))


def test_pages_that_stay_the_same_are_seen_to_be_so(here: SiteFolder) -> None:
    recall, made = Recall(lasting=True), []
    before = alert_pages(plan_outputs(site_of(here), recall).outputs)
    for old, new in (("Less of", "Much less of"), ("title: Week 2", "title: Week two")):
        here.edit("alerts/a2.md", old, new)
        after = alert_pages(plan_outputs(site_of(here), recall).outputs)
        made.append({address.split("/")[3] for address, page in after.items() if page != before[address]})
        before = after
    assert made == [{"a2"}, {"a1", "a2", "a3", "plain", "draft"}]


def alert_pages(outputs: tuple[Output, ...]) -> dict[str, Page]:
    found = (output for output in outputs if isinstance(output, Page) and output.template == "alert.html")
    return {page.address: page for page in found}


def test_only_what_was_made_last_is_recalled(here: SiteFolder) -> None:
    recall, sizes = Recall(lasting=True), []
    for number in range(4):
        plan_outputs(site_of(here), recall)
        sizes.append(len(recall._known))
        here.edit("alerts/a2.md", f"Week {number + 2}", f"Week {number + 3}")
    assert len(set(sizes)) == 1
    here.delete("alerts/a3.md")
    plan_outputs(site_of(here), recall)
    assert len(recall._known) < sizes[0]


def test_nothing_is_recalled_unless_asked_for(here: SiteFolder) -> None:
    recall = Recall()
    first, second = (alert_pages(plan_outputs(site_of(here), recall).outputs) for _ in range(2))
    assert first == second
    assert not any(page is second[address] for address, page in first.items())
    assert recall._known == {}


def test_a_link_to_a_note_that_is_gone_is_found(here: SiteFolder) -> None:
    recall = Recall(lasting=True)
    first = next(alert for alert in site_of(here).alerts if alert.path == "alerts/a1.md")
    (note,) = (part.id for part in first.situations[0].prose.footnotes)
    here.edit("alerts/plain.md", "The whole of it.", f"The whole of [it](a1.md#{note}).")
    assert plan_outputs(site_of(here), recall).unresolved == ()
    here.edit("alerts/a1.md", " and a note.[^1]", " and no note.")
    here.edit("alerts/a1.md", "[^1]: A note on word1.\n", "")
    assert [link.target for link, _ in plan_outputs(site_of(here), recall).unresolved] == [f"a1.md#{note}"]


def looks(shown: Shown) -> tuple[object, ...]:
    """All that a browser can get of a state, but for its number."""
    made = {path: making.output for path, making in shown.files.items()}
    return made, shown.theme, dict(shown.held), shown.problems, shown.bug


def test_after_any_edits_the_preview_shows_what_a_preview_from_scratch_shows(here: SiteFolder) -> None:
    rng = random.Random(6)
    files = {path: here.path(path).read_text(encoding="utf-8") for path, _, _ in (*WORDS, *FACES)}
    with Preview(here.root, lambda: NOON) as preview:
        preview.look()
        for step in range(24):
            path, old, new = rng.choice((*WORDS, *FACES, ("alerts/draft.md", "all of it", "most of it")))
            text = files[path] if step % 3 == 2 else here.path(path).read_text(encoding="utf-8")
            here.write(path, text.replace(old, new, 1))
            shown = preview.look([path])
            with Preview(here.root, lambda: NOON) as fresh:
                scratch = fresh.look()
            assert shown.problems == scratch.problems
            assert scratch.trouble or looks(shown) == looks(scratch), (step, path, new)


def test_a_page_is_made_of_the_newest_words_and_a_fault_leaves_the_last_good_ones(here: SiteFolder) -> None:
    address = "alerts/2026/a2/index.html"
    with Preview(here.root, lambda: NOON) as preview:
        preview.look()
        here.edit("alerts/a2.md", "More of", "First of")
        preview.look(["alerts/a2.md"])
        assert b"First of word2" in preview.file(address).content
        here.edit("alerts/a2.md", "country: [SD]", "country: [XQ]")
        here.edit("alerts/a2.md", "First of", "Second of")
        assert preview.look(["alerts/a2.md"]).trouble
        assert b"First of word2" in preview.file(address).content
        here.edit("alerts/a2.md", "country: [XQ]", "country: [SD]")
        assert not preview.look(["alerts/a2.md"]).trouble
        assert b"Second of word2" in preview.file(address).content


def test_no_quick_save_is_missed_even_if_the_file_stays_as_large_as_it_was(here: SiteFolder) -> None:
    with Preview(here.root, lambda: NOON) as preview:
        preview.look()
        for number in range(100, 160):
            here.write("alerts/plain.md", PLAIN.replace("Alone", f"Alone {number}").replace("whole", f"whole {number}"))
            preview.look(["alerts/plain.md"])
            shown = preview.file("alerts/2026/plain/index.html").content.decode()
            assert f"Alone {number}" in shown
            assert f"The whole {number} of it" in shown
            assert f"Alone {number}" in preview.file("alerts/index.html").content.decode()


EDIT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from alertgen.serve import Preview

with Preview(Path(), lambda: datetime(2026, 11, 20, tzinfo=UTC)) as preview:
    assert not preview.look().trouble
    preview.warm_up()
    preview.file("alerts/2026/a2/index.html")
    known, file = set(sys.modules), Path("alerts/a2.md")
    file.write_text(file.read_text().replace("title: Week 2", "title: Week two").replace("More of", "*More* of [^1]"))
    assert not preview.look(["alerts/a2.md"]).trouble
    assert b"Week two" in preview.file("alerts/2026/a2/index.html").content
    print(sorted(set(sys.modules) - known))
"""


def test_the_first_edit_of_a_site_that_is_remembered_waits_for_no_import(here: SiteFolder) -> None:
    with Preview(here.root, lambda: NOON) as preview:
        assert not preview.look().trouble
    ran = subprocess.run([sys.executable, "-c", EDIT], cwd=here.root, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_what_is_made_of_a_text_follows_the_ledger_the_terms_and_the_pictures(here: SiteFolder) -> None:
    here.edit("alerts/plain.md", "The whole", "![Smoke over a town](town.png)\n\nThe whole")
    small, large = (picture("png", size, 6) for size in (8, 9))
    entry = '"/alerts/2026/plain/": {"id": "urn:example:plain", "first": "2026-01-20"}'
    steps = (
        ("alerts/town.png", small), ("alerts/town.png", large), ("published.json", LEDGER % entry),
        ("site.yaml", SITE_YAML + SETTINGS + "risk_tags: [{slug: famine, name: Famine, definition: Hunger.}]\n"),
        ("alerts/a3.md", ALERT.format(number=3, day=10, long=LONG).replace("war-crimes", "famine")),
        ("published.json", LEDGER % ""), ("site.yaml", SITE_YAML + SETTINGS),
    )  # fmt: skip
    with Preview(here.root, lambda: NOON) as preview:
        seen = [looks(preview.look())]
        for path, content in steps:
            here.write(path, content)
            seen.append(looks(preview.look([path])))
            with Preview(here.root, lambda: NOON) as fresh:
                scratch = fresh.look()
            assert seen[-1][3] == scratch.problems, path
            assert scratch.trouble or seen[-1] == looks(scratch), path
            assert path == "site.yaml" or seen[-1] != seen[-2], path


def test_only_what_was_read_last_is_kept_alive(here: SiteFolder) -> None:
    kept = []
    with Preview(here.root, lambda: NOON) as preview:
        preview.look()
        for number in range(30):
            here.write("alerts/plain.md", PLAIN.replace("whole", f"whole {number}"))
            preview.look(["alerts/plain.md"])
            kept.append(len(preview._memory._living))
    assert len(set(kept)) == 1
    assert kept[0] >= 8


def test_nothing_is_kept_alive_unless_asked_for() -> None:
    with Store(None) as store:
        store.keep_alive("a", ("value",))
        assert store.living(["a"]) == {}
    with Store(None, lively=True) as store:
        value = ("value",)
        store.keep_alive("a", value)
        store.let_go()
        assert store.living(["a"]) == {}
        store.keep_alive("a", value)
        assert store.living(["a", "b"])["a"] is value
        store.let_go()
        assert store.living(["a"])["a"] is value
