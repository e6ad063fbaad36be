"""The world map's shapes: Equal Earth projection, simplified, as SVG path data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypedDict

from simplify import simplify
from topology import Point, Ring, Topology, dissolve, ring_points, signed_area

WIDTH, HEIGHT = 1000.0, 487.0
"""The size of the whole world in the map's own units."""

VIEW = (30, 0, 970, 436)
"""What is shown of it: left, top, width, height. No alert is about Antarctica, and without it the rest is larger."""

MERIDIAN = 11.0
"""Central meridian: the map is cut in the Bering Strait, so no country is torn but by a few islands."""

LEAST_TRIANGLE = 0.5
"""Square units: what `simplify` drops."""

LEAST_RING = 0.8
"""Square units: smaller islands are left out."""

LEAST_SHAPE = 3.0
"""Square units: smaller countries have a dot only."""

SMALL = 40.0
"""Square units: countries up to this size have a dot as well as a shape."""


class Place(TypedDict, total=False):
    """A country on the world map."""

    d: str
    x: float
    y: float


class World(TypedDict):
    """What `maps/world.json` holds."""

    viewBox: str
    land: str
    borders: str
    disputed: str
    countries: dict[str, Place]


def world_data(topology: Topology, disputed: Sequence[int], labels: Mapping[str, Point]) -> World:
    """Lay out the whole world; *labels* gives each country's longitude and latitude."""
    arcs = [world_arc(arc) for arc in topology.arcs]
    shapes = {code: shape for code, shape in topology.shapes.items() if code != "AQ"}
    rings = {code: big_rings(shape, arcs) for code, shape in shapes.items()}
    land = big_rings(dissolve([r for shape in shapes.values() for r in shape], topology.arcs), arcs)
    return World(
        viewBox=" ".join(map(str, VIEW)),
        land=path([ring_points(ring, arcs) for ring in land], closed=True),
        borders=path([arcs[i] for i in inner_arcs(rings) if i not in disputed], closed=False),
        disputed=path([arcs[i] for i in disputed], closed=False),
        countries={code: place(rings.get(code, []), arcs, label) for code, label in sorted(labels.items())},
    )


def place(rings: Sequence[Ring], arcs: Sequence[Sequence[Point]], label: Point) -> Place:
    """One country's shape, dot, or both."""
    outlines = [ring_points(ring, arcs) for ring in rings]
    area = sum(abs(signed_area(outline)) for outline in outlines)
    made = Place()
    if area >= LEAST_SHAPE:
        made["d"] = path(outlines, closed=True)
    if area < SMALL:
        x, y = equal_earth(wrap(label[0] - MERIDIAN), label[1])
        made["x"], made["y"] = round(x, 1), round(min(y, VIEW[1] + VIEW[3] - 6), 1)
    return made


def big_rings(rings: Sequence[Ring], arcs: Sequence[Sequence[Point]]) -> list[Ring]:
    """The rings that are large enough to be seen."""
    return [ring for ring in rings if abs(signed_area(ring_points(ring, arcs))) >= LEAST_RING]


def inner_arcs(rings: Mapping[str, Sequence[Ring]]) -> list[int]:
    """The arcs that two countries share."""
    refs = {ref for shape in rings.values() for ring in shape for ref in ring}
    return sorted(ref for ref in refs if ref >= 0 and ~ref in refs)


def world_arc(arc: Sequence[Point]) -> list[Point]:
    """An arc on the map, simplified; a ring around the pole is closed along the lower edge of the map."""
    if winds(arc):
        coast = rotated(arc)
        return [*simplify([equal_earth(*point) for point in coast], 4 * LEAST_TRIANGLE), *lower_edge(coast)]
    return simplify([equal_earth(*point) for point in unwrapped(arc)], LEAST_TRIANGLE)


def winds(arc: Sequence[Point]) -> bool:
    """Whether an arc goes once around the pole."""
    steps = [wrap(b[0] - a[0]) for a, b in pairwise(arc)]
    return abs(sum(steps)) > 180


def unwrapped(arc: Sequence[Point]) -> list[Point]:
    """Longitudes from the central meridian, without a jump inside the arc."""
    points = [(wrap(lon - MERIDIAN), lat) for lon, lat in arc]
    if max(x for x, _ in points) - min(x for x, _ in points) < 180:
        return points
    return [(x + 360 if x < 0 else x, y) for x, y in points]


def lower_edge(coast: Sequence[Point]) -> list[Point]:
    """From the coast's eastern end down to the pole, along the bottom of the map and up to its western end."""
    (west, left), (_, right) = coast[0], coast[-1]
    down = [(180.0, right + (-90 - right) * i / 4) for i in range(5)]
    up = [(-180.0, -90 + (left + 90) * i / 4) for i in range(5)]
    return [equal_earth(*point) for point in (*down, *up, (west, left))]


def rotated(arc: Sequence[Point]) -> list[Point]:
    """The points of a ring around the pole from west to east, starting where it crosses the map's edge."""
    cut = max(range(1, len(arc)), key=lambda i: abs(wrap(arc[i][0] - MERIDIAN) - wrap(arc[i - 1][0] - MERIDIAN)))
    points = [(wrap(arc[cut][0] - MERIDIAN), arc[cut][1])]
    for lon, lat in (*arc[cut + 1 :], *arc[1:cut]):
        points.append((points[-1][0] + wrap(lon - MERIDIAN - points[-1][0]), lat))
    eastward = points if points[0][0] < points[-1][0] else points[::-1]
    turn = 360 * round((points[0][0] + points[-1][0]) / 720)
    return [(max(-180.0, min(180.0, lon - turn)), lat) for lon, lat in eastward]


def wrap(lon: float) -> float:
    """A longitude between -180 and 180."""
    return (lon + 180) % 360 - 180


def equal_earth(lon: float, lat: float) -> Point:
    """Equal Earth on the map's own units, y downwards.

    B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of Geographical
    Information Science 33 (2019; online 2018), equations 1 and 2. *lon* is counted from the central meridian.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    scale = WIDTH / (2 * 2 * math.sqrt(3) * math.pi / (3 * a1))
    return WIDTH / 2 + x * scale, HEIGHT / 2 - y * scale


def path(lines: Sequence[Sequence[Point]], *, closed: bool) -> str:
    """SVG path data in tenths of a unit, relative and as short as it can be written."""
    parts: list[str] = []
    for line in lines:
        tenths = [(round(x * 10), round(y * 10)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
        steps = [step for step in (steps[:-1] if closed else steps) if step != (0, 0)]
        if steps:
            parts.append("M" + numbers(tenths[0]) + "l" + numbers([n for step in steps for n in step]) + "z" * closed)
    return "".join(parts)


def numbers(tenths: Sequence[int]) -> str:
    """Numbers in SVG's shortest notation: `.5-1.2 3`."""
    text = ""
    for value in tenths:
        word = f"{value / 10:g}".replace("0.", ".", 1) if abs(value) < 10 else f"{value / 10:g}"
        word = word or "0"
        glued = word[0] == "-" or (word[0] == "." and "." in text.rpartition(" ")[2].rpartition("-")[2])
        text += word if not text or glued else " " + word
    return text
