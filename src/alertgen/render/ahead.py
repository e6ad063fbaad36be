"""What is known to be needed before its turn: made by a process that stands by, while this one plans and compares."""

from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from alertgen.model import Alert, Theme
from alertgen.outputs import Card, Output
from alertgen.records import dataclass
from alertgen.render import maps
from alertgen.render.locators import locator_shapes
from alertgen.render.templates import compiled, know_templates
from alertgen.store import Noted, Store
from alertgen.workers import meanwhile, somebody_stands_by


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is not remembered, and will be asked for."""

    theme: Theme | None
    """Templates to be compiled."""
    outlines: tuple[tuple[str, ...], ...]
    """Countries of locator maps to be drawn."""


def begin_tools(theme: Theme, alerts: Iterable[Alert], memory: Store) -> Callable[[], Noted] | None:
    """Begin to make what pages of *theme* and *alerts* need and *memory* does not know.

    Return what waits for it and gives what *memory* is to take up; None if there is nothing to do, or nobody to do it.
    """
    if not somebody_stands_by():
        return None
    known = know_templates(theme, memory)
    outlines = maps.not_remembered(_places(alerts), memory)
    if known and not outlines:
        return None
    return meanwhile(_made, Ahead(None if known else replace(theme, statics=()), outlines))


def begin_cards(outputs: Iterable[Output], memory: Store) -> Callable[[], Noted] | None:
    """Begin to draw the first cards among *outputs* that *memory* does not know; see `begin_tools`."""
    if not somebody_stands_by():
        return None
    from alertgen.render.cards import not_remembered  # brings Pillow along

    missing = not_remembered((output for output in outputs if isinstance(output, Card)), memory)
    return meanwhile(_drawn, missing[:_CARDS]) if missing else None


_CARDS = 64
"""So many are drawn in less time than it takes to plan a long archive. Others come with the pages."""


def _drawn(cards: tuple[Card, ...]) -> Noted:
    from alertgen.render.cards import render_cards

    memory = Store(None)
    deque(render_cards(cards, memory, 1), maxlen=0)
    return memory.noted()


def _places(alerts: Iterable[Alert]) -> Collection[tuple[str, ...]]:
    """Return the codes of the countries that locator maps will show together."""
    found = dict.fromkeys(situation.countries for alert in alerts for situation in alert.situations)
    together = (tuple(dict.fromkeys(country.code for country in countries)) for countries in found)
    alone = ((country.code,) for countries in found for country in countries)
    return dict.fromkeys(codes for codes in (*together, *alone) if codes)


def _made(ahead: Ahead) -> Noted:
    memory = Store(None)
    if ahead.theme:
        compiled(ahead.theme, memory)
    outline = maps.remembering(memory)
    for codes in ahead.outlines:
        if locator_shapes().areas.keys() >= set(codes):  # if not, the page tells of it
            outline(codes)
    return memory.noted()
