"""What was typed under some keys, in plain tuples: an archive has ten thousands of values, and records take room."""

from collections.abc import Collection

from alertgen.diagnostics import Place
from alertgen.load.yaml.nodes import Mapping, scalars

Spot = tuple[int, int, int]
"""Line, column and length of a place."""
Typed = tuple[str, Spot, tuple[tuple[str, Spot], ...]]
"""A key, where its value stands, and each single value in it with the spot of that one."""


def typed_under(keys: Collection[str], node: Mapping) -> tuple[Typed, ...]:
    """Return what stands under *keys* in *node*."""
    return tuple([
        (entry.key, _spot(entry.value.place), tuple([(one.text, _spot(one.place)) for one in scalars(entry.value)]))
        for entry in node.entries
        if entry.key in keys
    ])  # fmt: skip


def _spot(place: Place) -> Spot:
    return place.line, place.column, place.length
