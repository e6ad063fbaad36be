"""Read a TopoJSON file of countries: shared arcs in degrees, and each country's rings as arc references.

Format: https://github.com/topojson/topojson-specification (quantised, delta-encoded arcs; a reference below
zero, ``~i``, is arc *i* walked backwards; neighbours share arcs, so what is done to an arc is done to both sides).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y on a plane."""

Ring = tuple[int, ...]
"""Arc references that close on themselves."""

Box = tuple[float, float, float, float]
"""West, south, east, north."""

MERGED: Mapping[str, str] = {
    "SOL": "SO",  # Somaliland is part of Somalia in the UN's view
    "CYN": "CY",  # the north of Cyprus is part of Cyprus
    "ATC": "AU",  # Ashmore and Cartier Islands
}
"""Shapes of the source that have no ISO 3166-1 code of their own, by the source's three letters."""

UNASSIGNED = "KAS"
"""Siachen glacier: given to no country, drawn as land between disputed lines."""

PARTS: tuple[tuple[str, str, Box], ...] = (
    ("FRA", "GF", (-55, 2, -51, 6)),
    ("FRA", "GP", (-62, 15.7, -60.9, 16.6)),
    ("FRA", "MQ", (-61.3, 14.3, -60.7, 15)),
    ("FRA", "RE", (55, -21.5, 56, -20.8)),
    ("FRA", "YT", (44.9, -13.1, 45.4, -12.5)),
    ("NLD", "BQ", (-68.6, 11.9, -62.8, 17.7)),
    ("NOR", "SJ", (5, 74, 36, 81)),
    ("NOR", "SJ", (-10, 70.5, -7, 72)),
    ("IOA", "CC", (96, -13, 97.5, -11.5)),
    ("IOA", "CX", (105, -11, 106, -10)),
    ("NZL", "TK", (-173, -10, -171, -8)),
)
"""Parts of a source shape that have an ISO code of their own: source's letters, code, box around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """A world of countries that share their borders."""

    arcs: tuple[tuple[Point, ...], ...]
    """Longitude and latitude in degrees."""
    shapes: Mapping[str, tuple[Ring, ...]]
    """Rings, outer ones and holes alike (fill with the even-odd rule), by the code that `read_topology` gave."""


def read_topology(path: Path, alpha3: Mapping[str, str]) -> Topology:
    """Read *path*; *alpha3* maps ISO alpha-3 to alpha-2.

    Shapes in ``MERGED`` and ``UNASSIGNED`` keep the source's letters. Raises KeyError for any other unknown shape.
    """
    raw = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode_arcs(raw["arcs"], raw["transform"])
    codes = {**alpha3, **{letters: letters for letters in (*MERGED, UNASSIGNED)}}
    shapes: dict[str, list[Ring]] = {}
    for geometry in raw["objects"]["countries"]["geometries"]:
        letters = geometry["properties"]["a3"]
        for polygon in geometry["arcs"]:
            code = part_of(letters, ring_points(polygon[0], arcs)) or codes[letters]
            shapes.setdefault(code, []).extend(tuple(ring) for ring in polygon)
    return Topology(arcs=arcs, shapes={code: tuple(rings) for code, rings in sorted(shapes.items())})


def merge_parts(topology: Topology) -> Topology:
    """Give the shapes in ``MERGED`` to their countries and drop every border inside one country."""
    shapes: dict[str, list[Ring]] = {}
    for code, rings in topology.shapes.items():
        shapes.setdefault(MERGED.get(code, code), []).extend(rings)
    return Topology(
        arcs=topology.arcs,
        shapes={code: dissolve(rings, topology.arcs) for code, rings in sorted(shapes.items())},
    )


def decode_arcs(
    arcs: Sequence[Sequence[Sequence[int]]], transform: Mapping[str, Sequence[float]]
) -> tuple[tuple[Point, ...], ...]:
    """Undo delta encoding and quantisation."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    return tuple(
        tuple(
            (x * kx + dx, y * ky + dy)
            for x, y in zip(accumulate(p[0] for p in arc), accumulate(p[1] for p in arc), strict=True)
        )
        for arc in arcs
    )


def part_of(letters: str, points: Sequence[Point]) -> str | None:
    """The ISO code of that part of the source shape *letters* which *points* outline, if it has one."""
    return next((code for name, code, box in PARTS if name == letters and within(points, box)), None)


def within(points: Iterable[Point], box: Box) -> bool:
    """Whether every point lies in *box*."""
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in points)


def dissolve(rings: Sequence[Ring], arcs: Sequence[Sequence[Point]]) -> tuple[Ring, ...]:
    """Drop the arcs that *rings* walk both ways (borders inside one country) and close what is left."""
    refs = {ref for ring in rings for ref in ring}
    inner = {ref for ref in refs if ~ref in refs}
    if not inner:
        return tuple(rings)
    whole = [ring for ring in rings if not inner.intersection(ring)]
    loose = [ref for ring in rings if inner.intersection(ring) for ref in ring if ref not in inner]
    return (*whole, *stitch(loose, arcs))


def stitch(refs: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Ring]:
    """Join arcs end to start into rings. Raises KeyError when an end meets no start."""
    starts: dict[Point, list[int]] = {}
    for ref in refs:
        starts.setdefault(ends(ref, arcs)[0], []).append(ref)
    rings: list[Ring] = []
    for ref in refs:
        if ref not in starts.get(ends(ref, arcs)[0], []):
            continue
        ring = [take(starts, ends(ref, arcs)[0])]
        while ends(ring[-1], arcs)[1] != ends(ring[0], arcs)[0]:
            ring.append(take(starts, ends(ring[-1], arcs)[1]))
        rings.append(tuple(ring))
    return rings


def take(starts: dict[Point, list[int]], point: Point) -> int:
    """Take one of the arcs that start at *point*."""
    ref = starts[point].pop(0)
    if not starts[point]:
        del starts[point]
    return ref


def ends(ref: int, arcs: Sequence[Sequence[Point]]) -> tuple[Point, Point]:
    """First and last point of an arc as *ref* walks it; the two sides of the 180th meridian are one place."""
    arc = arcs[index_of(ref)]
    first, last = ((round(x % 360, 6), round(y, 6)) for x, y in (arc[0], arc[-1]))
    return (first, last) if ref >= 0 else (last, first)


def index_of(ref: int) -> int:
    """The arc that a reference names, whichever way it is walked."""
    return ref if ref >= 0 else ~ref


def ring_points(ring: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The points of *ring* in order; the first is repeated at the end."""
    points: list[Point] = []
    for ref in ring:
        arc = arcs[index_of(ref)]
        points.extend((arc if ref >= 0 else arc[::-1])[1 if points else 0 :])
    return points


def signed_area(points: Sequence[Point]) -> float:
    """Area of a closed ring by the shoelace formula, in square units; the sign tells the direction."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points)) / 2
