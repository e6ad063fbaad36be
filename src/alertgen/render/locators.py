"""What of the world's coasts and borders falls into view around a country.

Shapes come from `data/maps/locators.json` (Natural Earth 1:50m). Neighbours share arcs, an arc is thinned once, and so
both sides of a border fit together at every scale.
"""

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

from alertgen.data import DATA
from alertgen.records import dataclass
from alertgen.render.projection import Box, View, around, visible

Points = tuple[Sequence[float], Sequence[float]]
"""Longitudes, which may run on over 180, and latitudes, in degrees. In arrays they take a quarter of the room."""

Step = tuple[int, int]
"""A point in the map's own units, y downwards."""

THINNEST = 3.4
"""Points of one line that lie closer together than this, in the map's units, are left out."""

FAR = 9.0
"""The same for lines that do not bound the countries that the map is about."""

SPARSE = 12
"""Degrees between the points kept of a line out of view: it only has to close the land that is in view."""

WIDE = 0.12
"""Degrees of latitude per map unit from which on the coarse lines are fine enough."""

SPECK = 6
"""Islands that measure less than this on the map are left out where larger ones are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A line between two meeting points of borders or coasts, or a closed one."""

    box: Box
    steps: str
    """Its first point and the steps from each to the next one, in hundredths of a degree."""

    def points(self) -> "Points":
        """Return its points."""
        return _points(self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A closed line. Fill rings together with the even-odd rule: some are holes."""

    refs: tuple[int, ...]
    """Arc numbers; `~i` walks arc *i* backwards."""
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One country in the data."""

    at: tuple[float, float]
    """Longitude and latitude of a point that stands for it."""
    frame: Box
    """What a map of it must show."""
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorShapes:
    """The world as locator maps need it."""

    arcs: tuple[Arc, ...]
    coarse: tuple[Arc, ...]
    """The same lines with fewer points, for views of half a continent and more."""
    land: tuple[Ring, ...]
    """All coasts."""
    borders: tuple[int, ...]
    disputed: tuple[int, ...]
    """Borders that are not agreed, or not final."""
    areas: Mapping[str, Area]
    """By ISO 3166-1 alpha-2 code."""


@cache
def locator_shapes() -> LocatorShapes:
    """Read the shapes that alertgen ships."""
    raw = json.loads((DATA / "maps" / "locators.json").read_text(encoding="utf-8"))
    arcs = tuple(_arc(flat) for flat in raw["arcs"])
    return LocatorShapes(
        arcs=arcs,
        coarse=tuple(_arc(flat) for flat in raw["coarse"]),
        land=_rings(raw["land"], arcs),
        borders=tuple(raw["borders"]),
        disputed=tuple(raw["disputed"]),
        areas={
            code: Area(
                at=(area["at"][0] / 100, area["at"][1] / 100),
                frame=_box(area["frame"]),
                rings=_rings(area["rings"], arcs),
            )
            for code, area in raw["countries"].items()
        },
    )


def _arc(line: str) -> Arc:
    *box, steps = line.split(" ", 4)
    return Arc(box=_box(map(int, box)), steps=steps)


@cache
def _points(steps: str) -> Points:
    """Most lines lie far from every country of a bulletin; those that do not are asked for by many maps."""
    numbers = list(map(int, steps.split()))
    return _degrees(numbers[0::2]), _degrees(numbers[1::2])


def _degrees(steps: Iterable[int]) -> Sequence[float]:
    return array("d", [value / 100 for value in accumulate(steps)])


def _rings(raw: Iterable[Sequence[int]], arcs: Sequence[Arc]) -> tuple[Ring, ...]:
    return tuple(Ring(refs=tuple(refs), box=around([arcs[_number(ref)].box for ref in refs])) for refs in raw)


def _number(ref: int) -> int:
    return ref if ref >= 0 else ~ref


def _box(raw: Iterable[int]) -> Box:
    west, south, east, north = (side / 100 for side in raw)
    return west, south, east, north


class Lines:
    """The arcs of the world as one view shows them; each is projected and thinned once."""

    def __init__(self, shapes: LocatorShapes, view: View, about: Iterable[Area] = (), coarseness: float = 1) -> None:
        """Prepare for *view*; the lines around the countries in *about*, by default all lines, are drawn finely.

        *coarseness* multiplies how far the points of a line lie apart.
        """
        self._arcs = shapes.coarse if math.degrees(1 / view.scale) > WIDE else shapes.arcs
        self._view = view
        self._seen = visible(view)
        self._done: dict[int, list[Step]] = {}
        self._coarseness = coarseness
        self._near = {_number(ref) for area in about for ring in area.rings for ref in ring.refs}

    def in_view(self, number: int) -> bool:
        """Whether arc *number* may touch the map."""
        return self._touches(self._arcs[number].box)

    def _touches(self, box: Box) -> bool:
        west, south, east, north = box
        left, bottom, right, top = self._seen
        if north < bottom or south > top:
            return False
        middle = (west + east) / 2 - self._view.lon
        middle -= 360 * round(middle / 360)
        half = (east - west) / 2
        return half > 170 or (middle + half >= left and middle - half <= right)

    def line(self, number: int) -> list[Step]:
        """Arc *number* on the map."""
        if number not in self._done:
            arc = self._arcs[number]
            if self.in_view(number):
                least = FAR if self._near and number not in self._near else THINNEST
                self._done[number] = _thinned(self._view.project(*arc.points()), least * self._coarseness)
            else:
                self._done[number] = self._sparse(arc)
        return self._done[number]

    def _sparse(self, arc: Arc) -> list[Step]:
        west, south, east, north = arc.box
        lons, lats = arc.points()
        every = max(1, (len(lons) - 1) // (1 + int((east - west + north - south) / SPARSE)))
        ends = (*lons[:-1:every], lons[-1]), (*lats[:-1:every], lats[-1])
        return [(round(x), round(y)) for x, y in self._view.project(*ends)]

    def outlines(self, rings: Iterable[Ring]) -> list[list[Step]]:
        """What of *rings* is in view, as closed lines to be filled with the even-odd rule."""
        width, height = self._view.size
        found: list[list[Step]] = []
        for ring in rings:
            if not self._touches(ring.box):
                continue
            found.append(trimmed(self._points(ring), self._view.size))
            if len(ring.refs) > 1 and self._holds_antipode(ring):
                found.append([(-9, -9), (width + 9, -9), (width + 9, height + 9), (-9, height + 9)])
        shown = [outline for outline in found if len(outline) > 2]
        return [outline for outline in shown if extent(outline) >= SPECK] or shown

    def _points(self, ring: Ring) -> list[Step]:
        return [point for ref in ring.refs for point in (self.line(ref)[:-1] if ref >= 0 else self.line(~ref)[:0:-1])]

    def _holds_antipode(self, ring: Ring) -> bool:
        """Whether the place opposite the centre lies in *ring*: the projection turns such a ring inside out.

        Counts how often the ring crosses the meridian south of that place.
        """
        lon, lat, crossings = self._view.lon + 180, -self._view.lat, 0
        for arc in (self._arcs[_number(ref)] for ref in ring.refs):
            west, south, east, _ = arc.box
            if south > lat or (lon - west) % 360 > east - west:
                continue
            lons, lats = arc.points()
            offsets = [(value - lon + 180) % 360 - 180 for value in lons]
            for (a, b), (low, high) in zip(pairwise(offsets), pairwise(lats), strict=True):
                if (a < 0) != (b < 0) and abs(a - b) < 180:
                    crossings += low + (high - low) * a / (a - b) < lat
        return crossings % 2 == 1


def extent(line: Sequence[Step]) -> int:
    """The larger of the width and height of a line."""
    return max(max(x for x, _ in line) - min(x for x, _ in line), max(y for _, y in line) - min(y for _, y in line))


def _thinned(points: Sequence[tuple[float, float]], least: float) -> list[Step]:
    """The points of a line that are at least *least* from each other; both ends stay."""
    kept = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return [(round(x), round(y)) for x, y in (*kept, points[-1])]


def trimmed(points: Sequence[Step], size: tuple[int, int]) -> list[Step]:
    """Leave out repeated points, and those outside whose neighbours lie beyond the same side of the map."""
    width, height = size
    kept: list[Step] = []
    sides: list[int] = []
    for x, y in points:
        side = (x < -9) + 2 * (x > width + 9) + 4 * (y < -9) + 8 * (y > height + 9)
        if kept and kept[-1] == (x, y):
            continue
        if side and len(kept) > 1 and sides[-1] & sides[-2] & side:
            kept.pop()
            sides.pop()
        kept.append((x, y))
        sides.append(side)
    return kept if not all(sides) or len(set(sides)) > 1 else []
