"""The locator maps' shapes: arcs in hundredths of a degree, which `alertgen.render.locators` projects for each map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypedDict

from simplify import simplify
from topology import Box, Point, Ring, Topology, dissolve, index_of, ring_points, signed_area
from world_map_data import inner_arcs, winds, wrap

UNIT = 100
"""Steps in a degree."""

LEAST_TRIANGLE, LEAST_TRIANGLE_COARSE = 0.0012, 0.03
"""Square degrees of latitude (about 15 and 370 km²): what `simplify` drops for near views and for wide ones.
Small islands keep at least a few points."""

MAIN_PART = 0.012
"""An island belongs to the frame when it has at least this share of the largest part's area."""

LEAST_SIZE, MOST_SIZE = 5.0, 26.0
"""Height of a frame in degrees: at least, and at most when it grows until other land is in it."""

RECOGNISED = 0.4
"""Square degrees: the smallest land that tells a reader where an island lies."""


class Locator(TypedDict):
    """One country in `maps/locators.json`; all numbers in hundredths of a degree."""

    at: list[int]
    frame: list[int]
    rings: list[list[int]]


class Locators(TypedDict):
    """What `maps/locators.json` holds; negative references, ``~i``, walk an arc backwards."""

    arcs: list[str]
    coarse: list[str]
    land: list[list[int]]
    borders: list[int]
    disputed: list[int]
    countries: dict[str, Locator]


def locator_data(topology: Topology, disputed: Sequence[int], labels: Mapping[str, Point]) -> Locators:
    """Lay out every country; *labels* gives its longitude and latitude."""
    arcs = [hundredths(arc, LEAST_TRIANGLE) for arc in topology.arcs]
    seen = {i for i, arc in enumerate(arcs) if len(set(arc)) > 1}
    shapes = {code: drawable(rings, seen, arcs) for code, rings in topology.shapes.items()}
    land = dissolve([ring for rings in topology.shapes.values() for ring in rings], topology.arcs)
    inner = seen.intersection(disputed)  # a line inside one country bounds no shape
    used = sorted({index_of(ref) for rings in shapes.values() for ring in rings for ref in ring} | inner)
    new = {old: number for number, old in enumerate(used)}
    return Locators(
        arcs=[line(arcs[old]) for old in used],
        coarse=[line(hundredths(topology.arcs[old], LEAST_TRIANGLE_COARSE)) for old in used],
        land=renumbered(drawable(land, seen, arcs), new),
        borders=[new[i] for i in inner_arcs(shapes) if i not in disputed],
        disputed=[new[i] for i in disputed if i in new],
        countries={
            code: Locator(
                at=[round(label[0] * UNIT), round(label[1] * UNIT)],
                frame=[round(side * UNIT) for side in frame(code, label, topology)],
                rings=renumbered(shapes.get(code, []), new),
            )
            for code, label in sorted(labels.items())
        },
    )


def drawable(rings: Sequence[Ring], seen: set[int], arcs: Sequence[Sequence[tuple[int, int]]]) -> list[Ring]:
    """The rings that still enclose something after rounding, without arcs that shrank to a point."""
    kept = [tuple(ref for ref in ring if index_of(ref) in seen) for ring in rings]
    return [ring for ring in kept if ring and signed_area(ring_points(ring, arcs)) != 0]


def renumbered(rings: Sequence[Ring], new: Mapping[int, int]) -> list[list[int]]:
    """Rings in the new numbering of arcs."""
    return [[new[ref] if ref >= 0 else ~new[~ref] for ref in ring] for ring in rings]


def hundredths(arc: Sequence[Point], least: float) -> list[tuple[int, int]]:
    """An arc simplified and rounded; its longitudes run on over the 180th meridian."""
    lons = [arc[0][0]]
    for lon, _ in arc[1:]:
        lons.append(lons[-1] + wrap(lon - lons[-1]))
    lats = [lat for _, lat in arc]
    shrink = math.cos(math.radians(sum(lats) / len(lats)))
    flat = [(lon * shrink, lat) for lon, lat in zip(lons, lats, strict=True)]
    size = (max(x for x, _ in flat) - min(x for x, _ in flat)) * (max(lats) - min(lats))
    points = [(round(x / shrink * UNIT), round(y * UNIT)) for x, y in simplify(flat, min(least, size / 300))]
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]


def line(arc: Sequence[tuple[int, int]]) -> str:
    """The box of *arc* (west, south, east, north), its first point, then steps: a string that few maps take apart."""
    lons, lats = zip(*arc, strict=True)
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(arc)]
    box = (min(lons), min(lats), max(lons), max(lats))
    return " ".join(str(number) for part in (box, arc[0], *steps) for number in part)


def frame(code: str, label: Point, topology: Topology) -> Box:
    """West, south, east, north around the main parts of a country, wide enough to tell where it is.

    West may lie below -180 or east above 180 for a country on the 180th meridian.
    """
    rings = [ring_points(ring, topology.arcs) for ring in topology.shapes.get(code, ())]
    if any(winds(ring) for ring in rings):
        return (-180.0, -90.0, 180.0, -63.0)
    areas = [abs(signed_area(near(ring, label))) for ring in rings]
    main = [near(ring, label) for ring, area in zip(rings, areas, strict=True) if area >= MAIN_PART * max(areas)]
    points = [label, *(point for ring in main for point in ring)]
    box = (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
    size = LEAST_SIZE
    while size < MOST_SIZE and not others_in(widened(box, size), code, topology):
        size *= 1.25
    return widened(box, size)


def near(ring: Sequence[Point], label: Point) -> list[Point]:
    """The ring's points with longitudes within half a turn of *label*."""
    return [(label[0] + wrap(lon - label[0]), lat) for lon, lat in ring]


def widened(box: Box, size: float) -> Box:
    """*box* grown around its middle to at least *size* degrees of latitude, and as wide on the ground."""
    west, south, east, north = box
    middle = (south + north) / 2
    tall = max(0.0, size - (north - south)) / 2
    wide = max(0.0, size / math.cos(math.radians(middle)) - (east - west)) / 2
    return west - wide, south - tall, east + wide, north + tall


def others_in(box: Box, code: str, topology: Topology) -> bool:
    """Whether part of another country's land, large enough to be recognised, lies in *box*."""
    west, south, east, north = box
    middle = ((west + east) / 2, 0.0)
    return any(
        west <= lon <= east and south <= lat <= north
        for other, rings in topology.shapes.items()
        if other != code
        for ring in rings
        if abs(signed_area(points := near(ring_points(ring, topology.arcs), middle))) >= RECOGNISED
        for lon, lat in points[::4]
    )
