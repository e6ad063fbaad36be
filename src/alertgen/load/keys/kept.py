"""What was typed under some keys, in plain tuples: an archive has ten thousands of values, and records take room."""

from alertgen.diagnostics import Place
from alertgen.load.yaml.nodes import Mapping, Scalar, groups, scalars

Spot = tuple[int, int, int]
"""Line, column and length of a place."""
Typed = tuple[str, Spot, tuple[tuple[str, Spot], ...]]
"""A key, where its value stands, and each single value in it with the spot of that one."""


_KEPT = frozenset(("country", "date", "id", "image", "lang", "level", "number", "risk_tags", "slug", "trend"))
"""Keys that alerts and pages are made from, or that their problems point at."""


def kept_of(node: Mapping) -> tuple[Typed, ...]:
    """Return what stands in *node* under such keys, and under `wrong_country` in each of the corrections."""
    found = [(entry.key, entry.value.place, scalars(entry.value)) for entry in node.entries if entry.key in _KEPT]
    if wrong := _wrong_countries(node):
        found.append(("wrong_country", wrong[0].place, wrong))
    return tuple([
        (key, _spot(place), tuple([(one.text, _spot(one.place)) for one in values])) for key, place, values in found
    ])  # fmt: skip


def _wrong_countries(node: Mapping) -> tuple[Scalar, ...]:
    return tuple([one for note in groups(node.get("corrections")) for one in scalars(note.get("wrong_country"))])


def _spot(place: Place) -> Spot:
    return place.line, place.column, place.length
