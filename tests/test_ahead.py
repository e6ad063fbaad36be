"""What is made while the site is planned and compared."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from alertgen.build import build
from alertgen.load.theme.reading import read_templates, read_theme
from alertgen.outputs import Card, Page
from alertgen.plan.gather import gather
from alertgen.plan.planners import plan_bulletin, plan_outputs
from alertgen.plan.recall import Recall
from alertgen.processes import forked
from alertgen.processes.forked import ForkedCopy
from alertgen.processes.workers import map_ordered, standing_by
from alertgen.render import (
    begin_all_templates,
    begin_cards,
    begin_outlines,
    begin_templates,
    maps,
    open_tools,
    render_outputs,
)
from alertgen.render.cards import not_remembered, render_cards
from alertgen.render.template_running import PageEnvironment
from alertgen.store import Store
from browsing import ROOT
from conftest import NOON, SITE_YAML
from factories import MALI, SUDAN, alert, country, site, situation, theme_file


@pytest.fixture(scope="module")
def whole():
    theme, _ = read_theme(ROOT / "nowhere")
    return replace(site(alert("2021-01-27", situation("A", SUDAN, MALI), situation("B", SUDAN), stem="a")), theme=theme)


@pytest.fixture
def alone(monkeypatch):
    """Whatever threads other tests have left: a copy may begin."""
    monkeypatch.setattr(forked.threading, "active_count", lambda: 1)


@pytest.fixture
def somebody():
    """A process that stands by."""
    with standing_by():
        assert list(map_ordered(len, ["a"] * 64, processes=2)) == [1] * 64
        yield


def pages(whole, tools):
    planned = plan_outputs(whole).outputs
    return [content for _, _, content in render_outputs((one for one in planned if isinstance(one, Page)), tools)]


def ahead(whole, memory):
    begin_templates(whole.theme, ROOT, memory)
    begin_outlines(whole.alerts, memory)
    begin_cards(cards(whole), memory)


def cards(whole):
    return [one for one in plan_outputs(whole).outputs if isinstance(one, Card)]


def arrived(memory, kind):
    """Keys that were made by somebody else, when one of that kind is asked for."""
    memory.get(f"{kind}:nothing of this name")
    asked, made = memory.noted()
    return {key for key in asked & made.keys() if key.startswith(f"{kind}:")}


def nobody_makes_anything(*_):
    pytest.fail("it was made here")


def test_nothing_is_begun_where_nobody_stands_by(whole, monkeypatch):
    monkeypatch.setattr(Store, "expect", nobody_makes_anything)
    ahead(whole, Store(None))


def test_templates_are_compiled_and_maps_drawn_by_a_process_that_stands_by(whole, somebody, monkeypatch):
    memory = Store(None)
    ahead(whole, memory)
    monkeypatch.setattr(maps, "outline_of", nobody_makes_anything)
    monkeypatch.setattr(PageEnvironment, "compile", nobody_makes_anything)
    tools, faults = open_tools(whole.theme, ROOT, memory)
    assert faults == ()
    made = pages(whole, tools)
    monkeypatch.undo()
    assert made == pages(whole, open_tools(whole.theme, ROOT, Store(None))[0])


def test_each_kind_is_waited_for_when_it_is_asked_for(whole, somebody):
    memory = Store(None)
    ahead(whole, memory)
    assert len(arrived(memory, "outline")) == 3  # of both countries together, and of each alone
    assert len(arrived(memory, "card")) == len({card.address for card in cards(whole)})
    assert len(arrived(memory, "template")) == len(whole.theme.templates)
    assert [arrived(memory, kind) for kind in ("outline", "card", "template")] == [set()] * 3  # it has come


def test_what_is_remembered_is_not_begun_again(whole, somebody, monkeypatch):
    memory = Store(None)
    ahead(whole, memory)
    for kind in ("outline", "card", "template"):
        memory.get(f"{kind}:nothing of this name")
    begun = []
    monkeypatch.setattr(memory, "expect", lambda kind, _: begun.append(kind))
    ahead(whole, memory)
    begin_outlines((*whole.alerts, alert("2021-02-03", situation("C", MALI), stem="b")), memory)
    assert begun == []
    begin_templates(
        replace(whole.theme, templates=(*whole.theme.templates, theme_file("own.html", "own"))), ROOT, memory
    )
    assert begun == ["template"]


def test_faults_of_templates_and_unknown_countries_are_told_in_their_turn(whole, somebody):
    memory = Store(None)
    broken = replace(whole.theme, templates=(*whole.theme.templates, theme_file("own.html", "{% if %}")))
    begin_templates(broken, ROOT, memory)
    begin_outlines([alert("2021-01-27", situation("A", country("QQ", "Nowhere")), stem="a")], memory)
    _, faults = open_tools(broken, ROOT, memory)
    assert [fault.at.path for fault in faults] == ["templates/own.html"]
    assert arrived(memory, "outline") == set()


def test_for_an_empty_memory_a_copy_compiles_the_templates_before_anything_is_read(tmp_path, whole, alone, monkeypatch):
    with Store(tmp_path / "memory.db") as memory, ForkedCopy() as copy, standing_by(copy):
        begin_all_templates(partial(read_templates, tmp_path), memory, copy)
        monkeypatch.setattr(Store, "expect", nobody_makes_anything)
        begin_templates(whole.theme, tmp_path, memory)
        monkeypatch.setattr(PageEnvironment, "compile", nobody_makes_anything)
        tools, faults = open_tools(whole.theme, tmp_path, memory)
        assert faults == ()
        assert pages(whole, tools)


@pytest.mark.parametrize("others", [True, False])
def test_the_copy_ends_with_the_templates_where_other_processes_stand_by(tmp_path, whole, alone, others):
    with Store(tmp_path / "memory.db") as memory, ForkedCopy() as copy, standing_by(copy):
        begin_all_templates(partial(read_templates, tmp_path), memory, copy)
        if others:
            assert list(map_ordered(len, ["a"] * 64, processes=2)) == [1] * 64
        assert len(arrived(memory, "template")) == len(whole.theme.templates)
        assert copy.has_begun is not others


def test_where_something_is_remembered_no_copy_begins(tmp_path, alone):
    with Store(tmp_path / "memory.db") as memory:
        memory.put("text:a", b"a")
    with Store(tmp_path / "memory.db") as memory, ForkedCopy() as copy:
        begin_all_templates(partial(read_templates, tmp_path), memory, copy)
        assert not copy.has_begun
        assert not memory.expects("template")


def test_a_fault_in_a_template_is_told_although_a_copy_compiled_the_others(tmp_path, whole, alone):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/own.html").write_text("{% if %}", encoding="utf-8")
    broken = replace(whole.theme, templates=(*whole.theme.templates, theme_file("own.html", "{% if %}")))
    with Store(tmp_path / "memory.db") as memory, ForkedCopy() as copy, standing_by(copy):
        begin_all_templates(partial(read_templates, tmp_path), memory, copy)
        _, faults = open_tools(broken, tmp_path, memory)
    assert [fault.at.path for fault in faults] == ["templates/own.html"]


def test_the_first_cards_are_drawn_by_a_process_that_stands_by(whole, somebody, monkeypatch):
    memory = Store(None)
    many = [*cards(whole), *(replace(cards(whole)[0], title=f"Title {number}") for number in range(80))]
    begin_cards(many, memory)
    drawn = dict(render_cards(cards(whole), Store(None), 1))
    monkeypatch.setattr("alertgen.render.cards._drawn", nobody_makes_anything)
    assert dict(render_cards(cards(whole), memory, 1)) == drawn
    assert len(not_remembered(many, memory)) == len(set(many)) - 64


@pytest.mark.parametrize("room", [0, 1 << 30])
def test_what_is_expected_is_found_wherever_it_is_kept(tmp_path, monkeypatch, room):
    monkeypatch.setattr("alertgen.store._WAITING_BYTES", room)
    with Store(tmp_path / "memory.db") as memory:
        memory.put("card:known", b"known")
        memory.expect("card", lambda: ({"card:new"}, {"card:new": b"new", "card:more": b"more"}))
        assert memory.get_many(["card:known", "map:new"]) == {"card:known": b"known"}
        memory.expect("map", nobody_makes_anything)
        assert memory.get_many(["card:known", "card:new"]) == {"card:known": b"known", "card:new": b"new"}
        assert memory.get("card:more") == b"more"
        assert memory.get("card:no") is None


def test_cards_are_known_before_the_site_is_planned(whole):
    twice = replace(whole, config=replace(whole.config, languages=("en", "fr")))
    twice = replace(twice, alerts=(*whole.alerts, replace(whole.alerts[0], lang="fr", path="alerts/a.fr.md")))
    for one in (whole, twice):
        bulletin = gather(one, Recall())
        planned = plan_bulletin(bulletin)
        assert planned == plan_outputs(one)
        assert set(bulletin.cards) == {output for output in planned.outputs if isinstance(output, Card)}


def test_what_a_build_has_no_use_for_is_remembered_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr("alertgen.render.ahead.somebody_stands_by", lambda: True)
    monkeypatch.setattr("alertgen.render.ahead.meanwhile", partial)
    (tmp_path / "alerts").mkdir()
    (tmp_path / "site.yaml").write_text(SITE_YAML)
    text = "---\ntitle: Week one\ndate: 2021-01-27\n---\nFighting.\n\n## The north {: country=ML }\n\nFighting.\n"
    (tmp_path / "alerts" / "a.md").write_text(text)
    published, known = tmp_path / "public", tmp_path / ".alertgen" / "memory.db"
    assert build(tmp_path, published, now=NOON).ok
    known.unlink()
    again = build(tmp_path, published, now=NOON)
    assert again.published
    assert not (again.published.added or again.published.changed)
    assert kinds(known) >= {"template", "outline", "card"}


def kinds(memory):
    with closing(sqlite3.connect(memory)) as connection:
        return {key.partition(":")[0] for (key,) in connection.execute("SELECT key FROM memory")}
