"""Making ahead what is sure to be needed: a process that stands by does it while this one plans and compares.

The memory expects the results: whoever asks for one waits for it. What makes them is imported where they are made.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from alertgen.model import Alert, Theme
from alertgen.outputs import Card, Output
from alertgen.processes.forked import ForkedCopy, Task
from alertgen.processes.workers import end_spare_copy, meanwhile, somebody_stands_by
from alertgen.records import replace
from alertgen.render.template_memory import know_templates
from alertgen.render.tools import PackedTools, packed, unpacked
from alertgen.store import Noted, Store


def begin_all_templates(read: Callable[[], tuple[Theme, object]], memory: Store, copy: ForkedCopy) -> None:
    """Have the *copy* read the theme and compile its templates if *memory* is empty: before anything else is read."""
    if memory.is_empty:
        memory.expect(_TEMPLATE, partial(_taken_over, copy.begin(_read_and_compiled, read)))


def _taken_over(compiling: Task[Noted]) -> Noted:
    compiled = compiling()
    end_spare_copy()
    return compiled


def begin_templates(theme: Theme, root: Path, memory: Store) -> None:
    """Begin to compile the templates of *theme*, if *memory* does not know them and somebody stands by.

    If it does, they are made ready where pages will be made.
    """
    if not somebody_stands_by() or memory.expects(_TEMPLATE):
        return
    if know_templates(theme, memory):
        meanwhile(_made_ready, packed(theme, root, memory))
    else:
        memory.expect(_TEMPLATE, meanwhile(_compiled, replace(theme, statics=())))


def begin_outlines(alerts: Iterable[Alert], memory: Store) -> None:
    """Begin to draw what locator maps of *alerts* show and *memory* does not know, if somebody stands by."""
    from alertgen.render import maps

    if somebody_stands_by() and (missing := maps.not_remembered(_places(alerts), memory)):
        memory.expect("outline", meanwhile(_outlined, missing))


def begin_cards(outputs: Iterable[Output], memory: Store) -> None:
    """Begin to draw the first cards among *outputs* that *memory* does not know, if somebody stands by."""
    from alertgen.render.cards import not_remembered

    cards = (output for output in outputs if isinstance(output, Card))
    if somebody_stands_by() and (missing := not_remembered(cards, memory)):
        memory.expect("card", meanwhile(_drawn, missing[:_CARDS]))


_TEMPLATE = "template"
"""Kind of the keys of compiled templates."""
_CARDS = 64
"""So many are drawn in less time than it takes to plan a long archive. Others come with the pages."""


def _read_and_compiled(read: Callable[[], tuple[Theme, object]]) -> Noted:
    return _compiled(read()[0])


def _compiled(theme: Theme) -> Noted:
    from alertgen.render.templates import compiled  # brings Jinja along

    memory = Store(None)
    compiled(theme, memory)
    return memory.noted()


def _made_ready(sent: PackedTools) -> None:
    tools = unpacked(sent)
    for template in tools.theme.templates:
        tools.templates().get_template(template.path)


def _places(alerts: Iterable[Alert]) -> Collection[tuple[str, ...]]:
    """Return the codes of the countries that locator maps will show together."""
    found = dict.fromkeys(situation.countries for alert in alerts for situation in alert.situations)
    together = (tuple(dict.fromkeys(country.code for country in countries)) for countries in found)
    alone = ((country.code,) for countries in found for country in countries)
    return dict.fromkeys(codes for codes in (*together, *alone) if codes)


def _outlined(places: tuple[tuple[str, ...], ...]) -> Noted:
    from alertgen.render import maps
    from alertgen.render.locators import locator_shapes

    memory = Store(None)
    outline = maps.remembering(memory)
    for codes in places:
        if locator_shapes().areas.keys() >= set(codes):  # if not, the page tells of it
            outline(codes)
    return memory.noted()


def _drawn(cards: tuple[Card, ...]) -> Noted:
    from alertgen.render.cards import render_cards

    memory = Store(None)
    deque(render_cards(cards, memory, 1), maxlen=0)
    return memory.noted()
