"""What was typed under some keys, in plain tuples: an archive has ten thousands of values, and records take room."""

from collections.abc import Collection

from alertgen.diagnostics import Place
from alertgen.load.yaml.nodes import Items, Mapping, Node, Scalar, scalars

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


def typed_in_groups(key: str, group: str, node: Mapping) -> tuple[Typed, ...]:
    """Return what stands under *key* in each of the groups of keys under *group* in *node*."""
    groups = node.get(group)
    found = [one for item in (groups.items if isinstance(groups, Items) else (groups,)) for one in _under(key, item)]
    values = tuple([(one.text, _spot(one.place)) for one in found])
    return ((key, values[0][1], values),) if values else ()


def _under(key: str, group: Node | None) -> tuple[Scalar, ...]:
    return scalars(group.get(key)) if isinstance(group, Mapping) else ()


def _spot(place: Place) -> Spot:
    return place.line, place.column, place.length
