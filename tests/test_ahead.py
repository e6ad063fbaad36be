"""What is made while the site is planned and compared."""

from dataclasses import replace

import pytest

from alertgen.load.theme import read_theme
from alertgen.outputs import Card, Page
from alertgen.plan import Recall, gather, plan_bulletin, plan_outputs
from alertgen.render import begin_cards, begin_tools, open_tools, render_outputs
from alertgen.render.cards import render_cards
from alertgen.store import Store
from alertgen.workers import map_ordered, standing_by
from browsing import ROOT
from factories import MALI, SUDAN, alert, country, site, situation, theme_file


@pytest.fixture(scope="module")
def whole():
    theme, _ = read_theme(ROOT / "nowhere")
    return replace(site(alert("2021-01-27", situation("A", SUDAN, MALI), situation("B", SUDAN), stem="a")), theme=theme)


@pytest.fixture
def somebody():
    """A process that stands by."""
    with standing_by():
        assert list(map_ordered(len, ["a"] * 64, processes=2)) == [1] * 64
        yield


def pages(whole, tools):
    planned = plan_outputs(whole).outputs
    return [content for _, _, content in render_outputs((one for one in planned if isinstance(one, Page)), tools)]


def test_nothing_is_begun_where_nobody_stands_by(whole):
    assert begin_tools(whole.theme, whole.alerts, Store(None)) is None


def test_templates_are_compiled_and_maps_drawn_by_a_process_that_stands_by(whole, somebody, monkeypatch):
    memory = Store(None)
    begun = begin_tools(whole.theme, whole.alerts, memory)
    assert begun is not None
    asked, made = begun()
    assert sum(key.startswith("outline:") for key in made) == 3  # of both countries together, and of each alone
    assert sum(key.startswith("template:") for key in made) == len(whole.theme.templates)
    tools, faults = open_tools(whole.theme, ROOT, memory, begun=lambda: (asked, made))
    assert faults == ()
    monkeypatch.setattr(memory, "put", lambda key, _: pytest.fail(f"{key} was missing"))
    assert pages(whole, tools) == pages(whole, open_tools(whole.theme, ROOT, Store(None))[0])


def test_what_is_remembered_is_not_begun_again(whole, somebody):
    memory = Store(None)
    begun = begin_tools(whole.theme, whole.alerts, memory)
    assert begun is not None
    memory.take_up(begun())
    assert begin_tools(whole.theme, whole.alerts, memory) is None
    more = (*whole.alerts, alert("2021-02-03", situation("C", MALI), stem="b"))
    assert begin_tools(whole.theme, more, memory) is None
    changed = replace(whole.theme, templates=(*whole.theme.templates, theme_file("own.html", "own")))
    assert begin_tools(changed, whole.alerts, memory) is not None


def test_faults_of_templates_and_unknown_countries_are_told_in_their_turn(whole, somebody):
    memory = Store(None)
    broken = replace(whole.theme, templates=(*whole.theme.templates, theme_file("own.html", "{% if %}")))
    nowhere = alert("2021-01-27", situation("A", country("QQ", "Nowhere")), stem="a")
    begun = begin_tools(broken, (nowhere,), memory)
    assert begun is not None
    _, faults = open_tools(broken, ROOT, memory, begun=begun)
    assert [fault.at.path for fault in faults] == ["templates/own.html"]


def test_the_first_cards_are_drawn_by_a_process_that_stands_by(whole, somebody, monkeypatch):
    memory = Store(None)
    cards = [one for one in plan_outputs(whole).outputs if isinstance(one, Card)]
    many = [*cards, *(replace(cards[0], title=f"Title {number}") for number in range(80))]
    begun = begin_cards(many, memory)
    assert begun is not None
    asked, made = begun()
    assert len(made) == 64
    assert asked == set(made)
    memory.take_up((asked, made))
    drawn = dict(render_cards(cards, Store(None), 1))
    monkeypatch.setattr(memory, "put", lambda key, _: pytest.fail(f"{key} was missing"))
    assert dict(render_cards(cards, memory, 1)) == drawn
    assert begin_cards(cards, memory) is None


def test_cards_are_known_before_the_site_is_planned(whole):
    twice = replace(whole, config=replace(whole.config, languages=("en", "fr")))
    twice = replace(twice, alerts=(*whole.alerts, replace(whole.alerts[0], lang="fr", path="alerts/a.fr.md")))
    for one in (whole, twice):
        bulletin = gather(one, Recall())
        planned = plan_bulletin(bulletin)
        assert planned == plan_outputs(one)
        assert set(bulletin.cards) == {output for output in planned.outputs if isinstance(output, Card)}


def test_no_card_is_begun_where_nobody_stands_by(whole):
    assert begin_cards(plan_outputs(whole).outputs, Store(None)) is None
