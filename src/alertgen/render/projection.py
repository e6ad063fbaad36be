"""A small plane around some countries: an equal-area projection fitted to their frame."""

import math
from collections.abc import Sequence

from alertgen.records import dataclass

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

MARGIN = 0.94
"""Share of the map that the frame may fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Lambert's azimuthal equal-area projection around the middle of a frame, fitted to a map of a given size.

    J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), chapter 24, the sphere:
    equations 22-4, 22-5 and 24-2, and 20-14, 20-15 and 24-16 for the way back.
    """

    lon: float
    """Centre, in degrees."""
    lat: float
    scale: float
    """Map units per earth radius."""
    shift: tuple[float, float]
    """Map units added to both axes."""
    size: tuple[int, int]
    """Width and height in map units."""

    def project(self, lons: Sequence[float], lats: Sequence[float]) -> list[tuple[float, float]]:
        """Places in degrees to points on the map."""
        sin, cos, sqrt, turn = math.sin, math.cos, math.sqrt, math.pi / 180
        sin0, cos0, middle = sin(self.lat * turn), cos(self.lat * turn), self.lon
        scale, (right, down) = self.scale, self.shift
        points = []
        for lon, lat in zip(lons, lats, strict=True):
            across, up = (lon - middle) * turn, lat * turn
            flat = cos(up)
            near, high = flat * cos(across), sin(up)
            far = 1 + sin0 * high + cos0 * near
            stretch = scale * sqrt(2 / (far if far > 1e-9 else 1e-9))
            points.append((stretch * flat * sin(across) + right, down - stretch * (cos0 * high - sin0 * near)))
        return points

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point on the map to longitude and latitude; longitudes count from the centre's."""
        x, y = (x - self.shift[0]) / self.scale, (self.shift[1] - y) / self.scale
        rho = min(1.999, math.hypot(x, y)) or 1e-9
        angle, lat0 = 2 * math.asin(rho / 2), math.radians(self.lat)
        lat = math.asin(math.cos(angle) * math.sin(lat0) + y * math.sin(angle) * math.cos(lat0) / rho)
        east = rho * math.cos(lat0) * math.cos(angle) - y * math.sin(lat0) * math.sin(angle)
        return math.degrees(math.atan2(x * math.sin(angle), east)), math.degrees(lat)


def view_of(frames: Sequence[Box], size: tuple[int, int]) -> View:
    """A view that shows all *frames*, which are given in degrees, on a map of *size*."""
    west, south, east, north = _together(frames)
    middle = (west + east) / 2, (-90.0 if east - west >= 360 else (south + north) / 2)
    plane = View(lon=middle[0], lat=middle[1], scale=1, shift=(0, 0), size=size)
    lons = [west + (east - west) * i / 16 for i in range(17)]
    lats = [max(-89.9, south + (north - south) * i / 16) for i in range(17)]
    edge = [*plane.project(lons, [south] * 17), *plane.project(lons, [north] * 17)]
    edge += [*plane.project([west] * 17, lats), *plane.project([east] * 17, lats)]
    left, right = min(x for x, _ in edge), max(x for x, _ in edge)
    top, bottom = min(y for _, y in edge), max(y for _, y in edge)
    scale = MARGIN * min(size[0] / (right - left), size[1] / (bottom - top))
    shift = (size[0] / 2 - scale * (left + right) / 2, size[1] / 2 - scale * (top + bottom) / 2)
    return View(lon=middle[0], lat=middle[1], scale=scale, shift=shift, size=size)


def _together(frames: Sequence[Box]) -> Box:
    """One frame around all, on the side of the 180th meridian where the first one lies."""
    first = (frames[0][0] + frames[0][2]) / 2
    turns = [360 * round((first - (west + east) / 2) / 360) for west, _, east, _ in frames]
    moved = [(w + turn, s, e + turn, n) for (w, s, e, n), turn in zip(frames, turns, strict=True)]
    return around(moved)


def around(boxes: Sequence[Box]) -> Box:
    """The box around all *boxes*."""
    if len(boxes) == 1:
        return boxes[0]
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def visible(view: View) -> Box:
    """What the map shows, in degrees; longitudes count from the view's centre."""
    width, height = view.size
    rim = [view.place(width * i / 12, y) for i in range(13) for y in (0, height)]
    rim += [view.place(x, height * i / 12) for i in range(13) for x in (0, width)]
    west, east = min(lon for lon, _ in rim), max(lon for lon, _ in rim)
    south, north = min(lat for _, lat in rim), max(lat for _, lat in rim)
    pole = math.copysign(90, view.lat)
    ((x, y),) = view.project([view.lon], [pole])
    if 0 <= x <= width and 0 <= y <= height:
        west, east = -180.0, 180.0
        south, north = min(south, pole), max(north, pole)
    return west - 0.5, south - 0.5, east + 0.5, north + 0.5
