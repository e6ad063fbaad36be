"""An edit of words alone is built without the plan, and gives what a whole build gives, byte for byte."""

import errno
import gzip
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pagefind_bin
import pytest

from alertgen import standstill
from alertgen.build import build
from alertgen.fingerprint import digest_bytes
from alertgen.load.documents import Customs, Kind, SourceFile
from alertgen.load.reading import read_document, with_other_words
from alertgen.model import Prose, Site
from alertgen.outputs import FeedFile, Output, Page, SearchRecord
from alertgen.plan.planners import plan_outputs
from alertgen.processes import forked
from alertgen.render import search
from alertgen.revision import remaking
from alertgen.standstill import Beginning, ripened
from alertgen.store import Store
from alertgen.traces import read as traces
from alertgen.write import MachineError, stage
from conftest import NOON, SiteFolder
from copies import tree
from editing import ALERT, LONG, begun, clean, nothing_to_do, revised, stopped_before_it_is_published, whole
from factories import MALI, SUDAN, alert, situation
from factories import site as site_of


@pytest.fixture
def here(site: Callable[..., SiteFolder]) -> SiteFolder:
    return begun(site(), "search: false\n")


@pytest.fixture
def searched(site: Callable[..., SiteFolder]) -> SiteFolder:
    """Return a site with search."""
    return begun(site(), "")


@pytest.fixture(params=[True, False])
def copied(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Have a copy of this process make the pages, or nobody else."""
    made: list[object] = []
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1 if request.param else 2)
    monkeypatch.setattr(remaking, "Store", lambda file: made.append(file) or Store(file))
    yield request.param
    assert bool(made) != (request.param and sys.platform == "linux"), "made in this process"


def test_other_words_are_built_without_the_plan_and_give_the_same_bytes(here: SiteFolder, copied: bool) -> None:
    for number, (old, new) in enumerate([("More of", "Much more of"), ("A note", "A *new* note")]):
        here.edit(f"alerts/a{number}.md", old, new)
        report = revised(here)
        assert report and report.published and f"/alerts/2026/a{number}/" in report.published.changed
        assert tree(here.path("public")) == clean(here.root)
        assert nothing_to_do(here.root, here.path("public"), now=NOON, strict=False) is not None


def test_a_figure_that_differs_from_a_translation_is_told(site: Callable[..., SiteFolder]) -> None:
    folder = begun(site(), "search: false\nlanguages: [en, fr]\n")
    long = "Cette phrase se trouve au début. " + "Puis vient plus de ce que montre un fil pour les lecteurs. " * 8
    french = ALERT.format(number=0, day=7, long=f"{long} Par 120 personnes.").replace(
        ".\ncountry", " semaine.\ncountry"
    )
    folder.write("alerts/a0.fr.md", french.replace("What happened in week 0", "Ce qui est arrivé pendant la semaine 0"))
    folder.edit("alerts/a0.md", "More of", "By 120 people. More of")
    assert not whole(folder).problems
    folder.edit("alerts/a0.md", "By 120 people", "By all of 120 people")
    assert revised(folder), "a word"
    folder.edit("alerts/a0.md", "120", "210")
    assert revised(folder) is None
    assert [problem.code for problem in whole(folder).problems] == ["other-figure"]


def found(folder: SiteFolder) -> str:
    """Return all that can be found in the search index."""
    fragments = folder.path("public/pagefind/fragment").glob("*.pf_fragment")
    return "".join(sorted(gzip.decompress(file.read_bytes()).decode() for file in fragments))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many records Pagefind is asked to take up, each time."""
    times: list[int] = []
    usual = search.indexing

    def counted(records: tuple[SearchRecord, ...]) -> object:
        times.append(len(records))
        return usual(records)

    monkeypatch.setattr(search, "indexing", counted)
    return times


def test_what_is_found_of_other_words_is_what_a_whole_build_has_found(searched: SiteFolder, copied: bool) -> None:
    first, other = "More of word2", "Zebras and word2"
    for old, new in [(first, other), ("Word2 in the lead", "Two leads"), (other, first)]:
        assert old in found(searched)
        searched.edit("alerts/a2.md", old, new)
        report = revised(searched)
        assert report and report.published and "/pagefind/" in report.published.changed
        assert new in found(searched)
        assert old not in found(searched)
        assert tree(searched.path("public")) == clean(searched.root)
        assert nothing_to_do(searched.root, searched.path("public"), now=NOON, strict=False) is not None


def test_where_nothing_that_is_searched_is_different_the_index_stays(searched: SiteFolder, asked: list[int]) -> None:
    for old, new in [("A note", "Another *note*"), ("More of", "*More* of")]:
        searched.edit("alerts/a2.md", old, new)
        report = revised(searched)
        assert report and report.published and "/alerts/2026/a2/" in report.published.changed
        assert "/pagefind/" not in report.published.changed
        assert not asked
    searched.edit("alerts/a2.md", "*More* of", "Zebras and")
    assert revised(searched)
    assert asked == [5]
    assert tree(searched.path("public")) == clean(searched.root)


def test_edits_of_all_kinds_with_a_search_index(searched: SiteFolder) -> None:
    """Words, titles and new alerts, in turn: what the one way leaves, the other takes up."""
    rng = random.Random(2)
    short = []
    for number in range(6):
        some = f"alerts/a{rng.randrange(5)}.md"
        if number == 2:
            searched.edit(some, "title: Week", "title: A week of")
        elif number == 4:
            searched.write("alerts/a7.md", ALERT.format(number=7, day=20, long=LONG))
        else:
            searched.edit(some, "ore of", f"ore {rng.randrange(10**6)} ore of")
        short.append(bool(revised(searched)))
        if not short[-1]:
            whole(searched)
    assert short == [True, True, False, True, False, True]
    assert tree(searched.path("public")) == clean(searched.root)


def test_pagefind_that_fails_leaves_the_site_as_it_was(searched: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    searched.edit("alerts/a2.md", "More of", "Zebras and")
    before = tree(searched.path("public"))
    with monkeypatch.context() as patched:
        patched.setattr(pagefind_bin, "get_executable", lambda: searched.path("gone"))
        assert revised(searched) is None
        assert tree(searched.path("public")) == before
        report = build(searched.root, searched.path("public"), now=NOON)
        assert [problem.code for problem in report.problems] == ["search-failed"]
    assert tree(searched.path("public")) == before
    whole(searched)
    assert tree(searched.path("public")) == clean(searched.root)


@pytest.mark.parametrize("damage", ["all", "another", "none", "the same"])
def test_an_index_of_which_not_all_is_remembered_is_left_to_a_whole_build(searched: SiteFolder, damage: str) -> None:
    searched.edit("alerts/a2.md", "More of", "Zebras and")
    with Store(searched.path(".alertgen/memory.db")) as memory:
        index = traces.read_search(memory)
        assert index
        if damage == "all":
            memory.put("trace:search", b"{}")
        elif damage == "none":
            memory.put("trace:search:/alerts/2026/a1/", b"")
        elif damage == "another":
            traces.write_records([replace(record, title="Other") for record in index.records[:1]], memory)
        else:
            traces.write_records(index.records, memory)
    assert bool(revised(searched)) == (damage == "the same")
    whole(searched)
    assert tree(searched.path("public")) == clean(searched.root)


def test_a_correction_that_says_what_a_text_says_is_left_to_a_whole_build(searched: SiteFolder) -> None:
    note = "corrections: [{date: 2026-01-10, text: Less of word2 in the south.}]\n"
    searched.edit("alerts/a2.md", "date: 2026-01-09\n", f"date: 2026-01-09\n{note}")
    whole(searched)
    searched.edit("alerts/a2.md", "\nLess of", "\nNothing of")
    assert revised(searched) is None
    whole(searched)
    assert tree(searched.path("public")) == clean(searched.root)


def test_a_whole_build_after_it_finds_nothing_to_make(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "More of", "Much more of")
    assert revised(here)
    here.path(".alertgen/standstill.json").unlink()
    report = whole(here)
    assert report.published and not (report.published.added or report.published.changed or report.published.removed)


@pytest.mark.parametrize(("passed", "waited"), [(0, 55), (30, 25), (49, 6), (51, 0)])
def test_an_edit_of_this_moment_is_waited_for_no_longer_than_needed(
    tmp_path: Path, passed: int, waited: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In milliseconds by the clock of the file system: *passed* between the look at the files and the question."""
    clock, slept = [10**18 + 1], []
    begun = Beginning(clock[0], [b"a line"], [clock[0]])

    def sleep(seconds: float) -> None:
        slept.append(round(seconds * 1000))
        clock[0] += int(seconds * 1e9)

    monkeypatch.setattr(standstill, "moment_of", lambda _root: clock[0])
    monkeypatch.setattr(standstill, "sleep", sleep)
    clock[0] += passed * 1_000_000
    assert not begun.rested
    assert ripened(tmp_path, begun).rested
    assert sum(slept) == waited


def test_a_long_text_is_found_in_the_open_data(here: SiteFolder) -> None:
    here.write("alerts/a1.md", ALERT.format(number=1, day=8, long=f"{LONG}\n\n" * 200))
    whole(here)
    here.edit("alerts/a1.md", "More of", "Much more of")
    assert revised(here)
    assert tree(here.path("public")) == clean(here.root)


def test_several_edits_at_once_and_one_after_the_other(here: SiteFolder) -> None:
    rng = random.Random(1)
    for _ in range(4):
        for number in rng.sample(range(5), 2):
            here.edit(f"alerts/a{number}.md", "ore of", f"ore {rng.randrange(10**6)} ore of")
        assert revised(here)
    assert tree(here.path("public")) == clean(here.root)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Week 2", "title: Week two"),
        ("## South", "## Deep south"),
        ("country=SS", "country=ML"),
        ("a1.md)", "a3.md)"),
        ("a note.[^1]", "no note."),
        ("summary: What happened in week 2.\n", ""),
        ("date: 2026-01-09\n", "date: 2026-01-09\nnumber: 7\n"),
    ],
)
def test_what_others_may_see_of_an_alert_is_left_to_a_whole_build(here: SiteFolder, old: str, new: str) -> None:
    here.edit("alerts/a2.md", old, new)
    before = tree(here.path("public"))
    assert revised(here) is None
    assert tree(here.path("public")) == before
    whole(here)
    assert tree(here.path("public")) == clean(here.root)


VAGUE = "More of word2. See [here](https://other.example/report)"


def test_what_is_said_of_a_text_is_said_of_the_line_where_it_stands_now(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "More of word2", VAGUE)
    before = whole(here).problems
    here.edit("alerts/a2.md", "Word2 in the lead.", "Word2 in the lead.\n\nMore of it.")
    here.edit("alerts/a2.md", VAGUE, f"Much more. {VAGUE}")
    report = revised(here)
    assert report
    assert [problem.code for problem in report.problems] == ["vague-link-text"]
    assert report.problems[0].at.line == before[0].at.line + 2
    assert "Much more. More of word2" in report.problems[0].excerpt
    assert tree(here.path("public")) == clean(here.root)
    again = nothing_to_do(here.root, here.path("public"), now=NOON, strict=False)
    assert again
    here.path(".alertgen/standstill.json").unlink()
    assert whole(here).problems == report.problems == again.problems


def test_what_is_said_of_keys_is_said_again(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "title: Week 2", "title: Week of 9 January 2026")
    before = whole(here).problems
    here.edit("alerts/a2.md", "Word2 in the lead.", "Word2 in the lead.\n\nMore of it.")
    report = revised(here)
    assert report
    assert report.problems == before
    assert [problem.code for problem in before] == ["title-says-twice"]
    assert tree(here.path("public")) == clean(here.root)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (VAGUE, f"{VAGUE} and [here](https://other.example/two)"), (VAGUE, "Less"), ("More", VAGUE),
        ("More", "Somebody@other.example told more"),
    ],
)  # fmt: skip
def test_what_is_said_of_other_words_is_what_a_whole_build_says(here: SiteFolder, first: str, second: str) -> None:
    here.edit("alerts/a2.md", "More of word2", f"{first}\n\n[other]: https://other.example/report")
    whole(here)
    here.edit("alerts/a2.md", first, second)
    report = revised(here)
    assert report
    assert tree(here.path("public")) == clean(here.root)
    here.path(".alertgen/standstill.json").unlink()
    assert whole(here).problems == report.problems


@pytest.mark.parametrize(("words", "forbidden"), [("See [[Sudan]].", True), ("**Dead**\n\nTwo.", False)])
def test_a_warning_forbids_a_strict_build(here: SiteFolder, words: str, forbidden: bool) -> None:
    assert build(here.root, here.path("public"), now=NOON, strict=True).ok
    here.edit("alerts/a2.md", "Word2 in the lead.", f"Word2 in the lead.\n\n{words}")
    assert (revised(here, strict=True) is None) == forbidden


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("Sudan and Chad", "Chad and Chad", True),
        ("Sudanese men in Chad and Chad", "Armed men in Chad and Chad", True),
        ("Sudanese men in Chad and Chad", "A Sudanese in Chad and Chad, in Chad", False),
        ("Sudan and the DRC, the DRC", "The DRC, the DRC", True),
        ("Sudan and Chad and Chad", "South Sudan and Chad and Chad", True),
        ("Omdurman, Chad and Chad", "A town, Chad and Chad", True),
    ],
)
def test_what_may_name_another_country_is_left_to_a_whole_build(
    here: SiteFolder, first: str, then: str, told: bool
) -> None:
    here.edit("alerts/a2.md", "More of word2", first)
    assert not whole(here).problems
    here.edit("alerts/a2.md", first, then)
    assert revised(here) is None
    assert [problem.code for problem in whole(here).problems] == (["country-never-named"] if told else [])


@pytest.mark.parametrize(
    ("code", "name", "other"),
    [("ER", "Érythrée", "Tchad"), ("US", "États-Unis", "Égypte"), ("MU", "Île Maurice", "Mali")],
)
def test_a_name_with_an_accent_that_goes_is_left_to_a_whole_build(
    site: Callable[..., SiteFolder], code: str, name: str, other: str
) -> None:
    folder = begun(site(), "search: false\nlanguages: [en, fr]\n")
    header = f"title: Un rapport\nlang: fr\ndate: 2026-01-13\ncountry: {code}\nsummary: Ce qui est dit."
    folder.write("alerts/rapport.md", f"---\n{header}\n---\n\n{LONG}\n\nSelon {name}, {other} et {other}.\n")
    assert not whole(folder).problems
    folder.edit("alerts/rapport.md", "Selon", "D'après")
    assert revised(folder)
    folder.edit("alerts/rapport.md", f"{name}, ", "")
    assert revised(folder) is None
    assert [problem.code for problem in whole(folder).problems] == ["country-never-named"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Sudan and Chad and Chad", "SUDAN and Chad and Mali and Chad"),
        ("Chad, South Sudan and Sudan", "South Sudan, and Sudan"),
        ("Residents told of it", "Residents told of crimes, children and armed men"),
        ("Residents told of it", "Residents of Novoselytsia told of it"),
        ("Residents told of it", "People told of it. The United Nations and the State knew"),
    ],
)
def test_where_a_country_is_named_in_so_many_words_others_may_come_and_go(
    here: SiteFolder, first: str, then: str
) -> None:
    here.edit("alerts/a2.md", "More of word2", first)
    whole(here)
    here.edit("alerts/a2.md", first, then)
    assert revised(here)
    assert not whole(here).problems


def test_an_edit_of_everyday_words_needs_no_plan_though_countries_begin_like_them(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "More of word2", "More armed men in the south told of crimes in word2")
    assert revised(here)


def test_a_heading_that_begins_no_situation_is_looked_at_by_a_whole_build(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "More of word2", "\n\n## What was done\n\nMore of word2")
    whole(here)
    here.edit("alerts/a2.md", "## What was done", "## Chad")
    assert revised(here) is None
    assert [problem.code for problem in whole(here).problems] == ["country-without-situation"]


@pytest.mark.parametrize(
    ("first", "old", "new"),
    [
        (("More of word2", VAGUE.replace("other.example", "example.org")), "Less of word2", "Nothing of word2"),
    ],
)
def test_what_may_be_said_otherwise_is_left_to_a_whole_build(
    here: SiteFolder, first: tuple[str, str], old: str, new: str
) -> None:
    here.edit("alerts/a2.md", *first)
    whole(here)
    here.edit("alerts/a2.md", old, new)
    assert revised(here) is None
    assert whole(here).problems == build(here.root, here.path("public"), now=NOON).problems
    assert tree(here.path("public")) == clean(here.root)


@pytest.mark.parametrize("path", ["alerts/a9.md", "pages/about.md", "static/extra.css", "do-not-publish.txt"])
def test_any_other_file_is_left_to_a_whole_build(here: SiteFolder, path: str) -> None:
    here.edit("alerts/a2.md", "More of", "Much more of")
    here.write(path, ALERT.format(number=9, day=20, long=LONG))
    assert revised(here) is None


@pytest.mark.parametrize(
    "damage",
    [
        "index", "since", "output", "dataset", "database", "page", "another page", "no page", "data", "twin", "no twin",
        "data of the twin", "census",
    ],
)  # fmt: skip
def test_damage_is_left_to_a_whole_build(here: SiteFolder, damage: str) -> None:
    here.edit("alerts/a2.md", "More of", "Much more of")
    if damage == "page":
        here.path("public/alerts/2026/a2/index.html").write_text("short", encoding="utf-8")
    elif damage == "another page":
        here.path("public/alerts/2026/a1/index.html").write_text("short", encoding="utf-8")
    elif damage == "no page":
        here.path("public/alerts/2026/a1/index.html").unlink()
    elif "twin" in damage:
        twin = here.path(".public.alertgen/tree")
        shutil.rmtree(twin / {"twin": "alerts/2026/a1", "no twin": ".", "data of the twin": "data"}[damage])
    elif damage == "census":
        here.path(".public.alertgen/census.json").write_text("{}", encoding="utf-8")
    elif damage == "data":
        here.path("public/data/alerts.json").write_text("{}", encoding="utf-8")
    elif damage == "database":
        here.path(".alertgen/memory.db").write_bytes(b"nothing")
    else:
        key = traces.key_of_output("/alerts/2026/a2/") if damage == "output" else f"trace:{damage}"
        with Store(here.path(".alertgen/memory.db")) as memory:
            assert memory.get(key)
            memory.put(key, b"nothing" if damage == "since" else b"{}")
    assert revised(here) is None
    whole(here)
    assert tree(here.path("public")) == clean(here.root)


@pytest.mark.parametrize("name", ["mine.txt", "index.html"])
def test_a_file_of_somebody_else_is_left_to_a_whole_build(here: SiteFolder, name: str) -> None:
    here.edit("alerts/a2.md", "More of", "Much more of")
    page = here.path("public/alerts/2026/a1/index.html")
    other = here.path("other")
    other.write_bytes(page.read_bytes().replace(b"word1", b"Word1"))
    other.replace(page.with_name(name))
    assert revised(here) is None
    report = whole(here)
    assert report.published
    assert report.published.foreign == (("alerts/2026/a1/mine.txt",) if name == "mine.txt" else ())
    here.edit("alerts/a2.md", "Much more of", "More of")
    report = revised(here)
    assert report and report.published
    assert report.published.foreign == (("alerts/2026/a1/mine.txt",) if name == "mine.txt" else ())


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("path", ["data/alerts.json", "alerts/2026/a2/index.html", "pagefind/pagefind-entry.json"])
def test_a_full_disk_leaves_the_site_as_it_was(
    searched: SiteFolder, path: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open data are written by another thread, pages by another process where there was only one thread."""
    monkeypatch.setattr(forked.threading, "active_count", lambda: threads)
    here = searched
    here.edit("alerts/a2.md", "More of", "Much more of")
    before, usual = tree(here.path("public")), stage.write_below

    def refused(folder: str, name: str, parts: Iterable[bytes]) -> None:
        if name == path:
            raise OSError(errno.ENOSPC, "No space left on device", name)
        usual(folder, name, parts)

    monkeypatch.setattr(stage, "write_below", refused)
    with pytest.raises(MachineError, match=f"Cannot write {path}: the disk is full"):
        revised(here)
    assert tree(here.path("public")) == before
    monkeypatch.undo()
    assert revised(here)
    assert tree(here.path("public")) == clean(here.root)


def test_a_page_that_cannot_be_made_is_left_to_a_whole_build(here: SiteFolder, copied: bool) -> None:
    template = (
        '{% extends "base.html" %}{% block main %}{{ view.nothing if "Much" in prose(view.situations[0].prose) }}'
    )
    here.write("templates/alert.html", template + "{% endblock %}")
    whole(here)
    here.edit("alerts/a2.md", "More of", "Much more of")
    before = tree(here.path("public"))
    assert revised(here) is None
    assert tree(here.path("public")) == before
    time.sleep(0.06)
    report = build(here.root, here.path("public"), now=NOON)
    assert [problem.at.path for problem in report.problems] == ["templates/alert.html"]


def test_what_was_noted_of_a_site_that_never_came_to_be_is_not_taken_for_published(here, monkeypatch) -> None:
    here.edit("alerts/a2.md", "title: Week 2", "title: Another week")
    stopped_before_it_is_published(here, monkeypatch)
    here.edit("alerts/a2.md", "title: Another week", "title: Week 2")
    here.edit("alerts/a2.md", "More of", "Much more of")
    assert revised(here) is None
    whole(here)
    here.edit("alerts/a2.md", "Much more of", "More of")
    assert revised(here)
    assert tree(here.path("public")) == clean(here.root)


def test_of_two_alerts_with_the_same_lead_the_edited_one_is_another(here: SiteFolder) -> None:
    here.edit("alerts/a2.md", "Word2 in the lead.", "Word3 in the lead.")
    assert revised(here)
    here.edit("alerts/a2.md", "Word3 in the lead.", "Word4 in the lead.")
    assert revised(here)
    assert tree(here.path("public")) == clean(here.root)


def test_an_address_that_stands_in_the_row_of_another_alert_is_left_to_a_whole_build(here: SiteFolder) -> None:
    source = "sources:\n  - title: Earlier\n    url: https://example.org/alerts/2026/a2/\n---"
    here.edit("alerts/a1.md", "date: 2026-01-08\n", "date: 2026-01-09\n")
    here.edit("alerts/a1.md", "in week 1.\n---", f"in week 1.\n{source}")
    assert whole(here).ok
    here.edit("alerts/a2.md", "More of", "Much more of")
    assert revised(here) is None
    whole(here)
    assert tree(here.path("public")) == clean(here.root)


def found_in(value: object) -> set[str]:
    """Return the digest of every text anywhere in *value*."""
    if isinstance(value, Prose):
        return {value.digest}
    if isinstance(value, tuple):
        return set().union(*map(found_in, value))
    if is_dataclass(value):
        return set().union(*(found_in(getattr(value, field.name)) for field in fields(value)))
    return set()


def whole_site() -> Site:
    return site_of(
        alert("2021-01-27", situation("A", MALI), number=5), alert("2021-02-03", situation("B", SUDAN)),
    )  # fmt: skip


def proses_in(output: Output) -> Iterator[Prose]:
    """Yield every text of an alert that *output* holds."""
    if isinstance(output, Page):
        yield from output.contents.texts
    elif isinstance(output, FeedFile):
        for item in output.feed.items:
            yield from (part.prose for part in item.parts)


def test_every_text_in_every_output_is_known() -> None:
    held = 0
    for output in plan_outputs(whole_site()).outputs:
        if output.address == traces.DATASET:
            continue
        known = {prose.digest for prose in proses_in(output)}
        assert found_in(output) == known, output.address
        held += bool(known)
    assert held > 6


def test_no_other_output_says_what_stands_in_a_text() -> None:
    before = whole_site()
    texts = [part.prose.text for text in before.alerts for part in text.situations if part.prose.text]
    assert texts
    for output in plan_outputs(before).outputs:
        if output.address in (traces.DATASET, traces.SEARCH):
            continue
        spelled = repr(output) if not list(proses_in(output)) else ""
        assert not any(text in spelled for text in texts), output.address


TYPED = b"---\ntitle: Attack\ndate: 2026-11-18\ncountry: SD\n---\n\nFirst words, on 19 November.\n"


@pytest.mark.parametrize(
    "text",
    [
        b"Other words.\n",
        b"On 30 November 2026.[^1]\n\n[^1]: A note.\n",
        b"#Sudan\n",
        b"",
        b"\xff\n",
        b"a\x07b\n",
        b"---\n",
    ],
)
@pytest.mark.parametrize("before", [TYPED, TYPED + b"\nSee [here](https://example.org/a).\n"])
@pytest.mark.parametrize("head", [TYPED.rpartition(b"---")[0], b"---\ntitle: Attack\ndate: 2026-11-19\n", b"--\n"])
def test_keys_that_are_the_same_to_the_letter_are_not_read_again(before: bytes, head: bytes, text: bytes) -> None:
    def file(content: bytes) -> SourceFile:
        return SourceFile(path="alerts/a.md", kind=Kind.ALERT, raw=content, digest=digest_bytes(content))

    customs = Customs()
    old = read_document(file(before), customs)
    assert bool(old.problems) == (before != TYPED)
    new = file(head + b"---\n\n" + text)
    reworded = with_other_words(old, new, customs)
    assert reworded in (None, read_document(new, customs))
    assert (reworded is not None) == (TYPED.startswith(head + b"---\n") and b"\xff" not in text and b"\x07" not in text)


HEAVY = ("markdown", "yaml", "pydantic", "babel", "PIL", "lxml", "feedgen", "click", "xml", "dataclasses")
EDIT = f"""
import sys, threading
if sys.argv[1:]:  # then no copy is made
    threading.Thread(target=threading.Event().wait, daemon=True).start()
from alertgen.cli import run
code = run(["build", "--quiet"])
if "_colorize" in sys.modules:  # of Python 3.14, which brings them along for its own errors
    sys.modules.pop("dataclasses", None)
print(code, "jinja2" in sys.modules, [name for name in {HEAVY!r} if name in sys.modules])
"""


def test_an_edit_of_words_imports_nothing_that_it_can_do_without(searched: SiteFolder) -> None:
    def built(*words: str) -> str:
        time.sleep(0.06)
        return subprocess.run(
            [sys.executable, "-c", EDIT, *words], cwd=searched.root, capture_output=True, text=True, check=True,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(int(NOON.timestamp()))},
        ).stdout  # fmt: skip

    searched.edit("alerts/a2.md", "More of", "*More* of")  # which is not searched
    assert built() == f"0 {sys.platform != 'linux'} []\n"
    searched.edit(
        "alerts/a3.md", "More of word3", "It was \"less\" -- a 'little' -- of word3... since 3 January 2026, and"
    )
    assert built("alone") == "0 True []\n"
    shown = searched.path("public/alerts/2026/a3/index.html").read_text(encoding="utf-8")
    assert "It was \u201cless\u201d \u2013 a \u2018little\u2019 \u2013 of word3\u2026 since 3" in shown
