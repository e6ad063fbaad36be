"""Social cards, from memory or drawn: who only looks for those that are remembered needs no Pillow."""

from collections.abc import Iterable, Iterator
from itertools import islice

from alertgen.fingerprint import digest_text
from alertgen.outputs import Card
from alertgen.processes.workers import map_ordered
from alertgen.records import fields
from alertgen.store import Store

_ENGINE = "cards-5"
"""Raised when the same card is to give other bytes."""
_BATCH = 512
"""Cards that are looked up together; bounds the memory."""
_WORTHWHILE = 16
"""So many cards to draw are shared among processes; fewer are done before the processes have begun."""


def render_cards(cards: Iterable[Card], memory: Store, processes: int) -> Iterator[tuple[Card, bytes]]:
    """Yield *cards*, each with its PNG of 1200 x 630 pixels, from memory or drawn anew by *processes* at once."""
    waiting = iter(cards)
    while batch := [(_key(card), card) for card in islice(waiting, _BATCH)]:
        known = memory.get_many(key for key, _ in batch)
        missing = [card for key, card in batch if key not in known]
        drawing = map_ordered(_drawn, missing, processes=processes if len(missing) >= _WORTHWHILE else 1)
        for key, card in batch:
            content = known.get(key)
            if content is None:
                content = next(drawing)
                memory.put(key, content)
            yield card, content


def not_remembered(cards: Iterable[Card], memory: Store) -> tuple[Card, ...]:
    """Return those of *cards* that *memory* does not know."""
    wanted = {_key(card): card for card in cards}
    known = memory.get_many(wanted)
    return tuple([card for key, card in wanted.items() if key not in known])


def _key(card: Card) -> str:
    return "card:" + digest_text("\0".join((_ENGINE, *_said_on(card))))


def _said_on(card: Card) -> list[str]:
    """Return all that a card shows."""
    return [getattr(card, field.name) for field in fields(card) if field.name != "address"]


def _drawn(card: Card) -> bytes:
    from alertgen.render.card_drawing import drawn_card  # brings Pillow along

    return drawn_card(card)
