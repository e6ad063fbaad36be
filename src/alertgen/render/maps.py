"""Maps as inline SVG: the world with links to countries, and the surroundings of some of them.

Colours, line widths and dashes belong to the style sheet; a strict content policy allows no style in the markup. The
classes are: `map map-world` or `map map-locator` on the root; `map-land`; `map-border`; `map-disputed` (drawn over or
instead of a border: dash it); `map-country` on a country's shape, with `level-<slug>` and `rank-<number>` when a level
is stated;
`map-dot`, the same for a small state; `map-hit`, its larger target; `map-point`, a ring around a country that would
be too small to see.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from itertools import pairwise

from alertgen.data import DATA
from alertgen.engine import engine_digest
from alertgen.fingerprint import digest_text
from alertgen.records import dataclass
from alertgen.render.locators import Area, Lines, Step, extent, locator_shapes, trimmed
from alertgen.render.projection import view_of
from alertgen.store import Store
from alertgen.views import Map, MapMark

LOCATOR_SIZE = (240, 180)
"""Width and height of a locator map in its own units."""

DOT = 3.5
"""Radius of a small state on the world map, in the map's units; the world is 1000 wide."""

HIT = 22.0
"""Radius of its target: 44 pixels across where the map is shown 1000 pixels wide, and less beside another mark."""

FAINT = 12
"""A country on a locator map that measures less than this, in the map's units, gets a ring around it."""


COARSENESS = (1, 1.5, 2)
"""How much farther apart the points of a locator map may lie, so that it is not longer than `LONGEST`."""

LONGEST = 2800
"""Characters of path data in a locator map: an alert may have four of them, and its page shall stay light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldShapes:
    """The world map as path data (`data/maps/world.json`): Equal Earth, Natural Earth 1:50m, simplified."""

    view_box: str
    land: str
    borders: str
    disputed: str
    shapes: Mapping[str, str]
    """Path data by ISO 3166-1 alpha-2 code; the smallest have none."""
    dots: Mapping[str, tuple[float, float]]
    """Where a small country is marked, whether or not it has a shape."""


@cache
def world_shapes() -> WorldShapes:
    """Read the shapes that alertgen ships."""
    raw = json.loads((DATA / "maps" / "world.json").read_text(encoding="utf-8"))
    places = raw["countries"]
    return WorldShapes(
        view_box=raw["viewBox"],
        land=raw["land"],
        borders=raw["borders"],
        disputed=raw["disputed"],
        shapes={code: place["d"] for code, place in places.items() if "d" in place},
        dots={code: (place["x"], place["y"]) for code, place in places.items() if "x" in place},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The surroundings of some countries as a locator map shows them, whatever is said about them."""

    land: str
    """Path data."""
    countries: tuple[str, ...]
    """Path data of each country; empty where nothing of it shows."""
    rest: str
    """Markup of borders and of the rings around small countries."""


@lru_cache(maxsize=512)  # a bulletin comes back to the same countries
def outline_of(codes: tuple[str, ...]) -> Outline:
    """Draw what a locator map of *codes* shows. Costs 20 ms.

    Raises:
        KeyError: the shapes do not know one of *codes*.
        ValueError: there is no code.
    """
    if not codes:
        raise ValueError("a locator map is about one country at least")
    areas = [locator_shapes().areas[code] for code in codes]
    drawings = (_outline(areas, coarseness) for coarseness in COARSENESS)
    return next(filter(lambda outline: _length(outline) <= LONGEST, drawings), None) or _outline(areas, COARSENESS[-1])


def _length(outline: Outline) -> int:
    return len(outline.land) + sum(map(len, outline.countries)) + len(outline.rest)


def _outline(areas: Sequence[Area], coarseness: float) -> Outline:
    shapes = locator_shapes()
    view = view_of([area.frame for area in areas], LOCATOR_SIZE)
    lines = Lines(shapes, view, areas, coarseness)
    countries: list[str] = []
    points: list[str] = []
    land = _path(lines.outlines(shapes.land), "z")
    for area in areas:
        outlines = lines.outlines(area.rings)
        countries.append(_path(outlines, "z"))
        if max(map(extent, outlines), default=0) < FAINT:
            ((x, y),) = view.project([area.at[0]], [area.at[1]])
            points.append(f'<circle class="map-point" cx="{x:.0f}" cy="{y:.0f}" r="6" fill="none"/>')
    borders = [_in_view(lines, number) for number in shapes.borders if lines.in_view(number)]
    disputed = [_in_view(lines, number) for number in shapes.disputed if lines.in_view(number)]
    rest = _lines(_path(borders, ""), _path(disputed, ""), "") + "".join(points)
    return Outline(land=land, countries=tuple(countries), rest=rest)


def remembering(memory: Store) -> Callable[[tuple[str, ...]], Outline]:
    """Return `outline_of` that remembers outlines between builds."""

    @cache
    def outline(codes: tuple[str, ...]) -> Outline:
        key = _key(codes)
        known = memory.get(key)
        if known is not None:
            land, countries, rest = json.loads(known)
            return Outline(land=land, countries=tuple(countries), rest=rest)
        made = outline_of(codes)
        memory.put(key, json.dumps([made.land, made.countries, made.rest]).encode())
        return made

    return outline


def not_remembered(places: Iterable[tuple[str, ...]], memory: Store) -> tuple[tuple[str, ...], ...]:
    """Return those of *places*, tuples of codes, whose outline *memory* does not know."""
    keys = {codes: _key(codes) for codes in places}
    known = memory.get_many(keys.values())
    return tuple(codes for codes, key in keys.items() if key not in known)


def _key(codes: tuple[str, ...]) -> str:
    return "outline:" + digest_text(" ".join((engine_digest(), *codes)))


def draw(
    drawn: Map,
    prefix: str,
    link: Callable[[str], str] = str,
    outline: Callable[[tuple[str, ...]], Outline] = outline_of,
) -> str:
    """Draw *drawn* as SVG; element ids begin with *prefix*, and *link* makes an address relative to the page.

    *outline* is `outline_of`, or one that remembers. Raises KeyError for a country that the shapes do not know.
    """
    if drawn.kind == "world":
        marks = {mark.code: mark for mark in drawn.marks}
        return world_map(world_shapes(), marks, title=drawn.title, desc=drawn.description, id_prefix=prefix, link=link)
    levels = {mark.code: _stated(mark) for mark in drawn.marks}
    codes = tuple(levels)
    return locator_map(outline(codes), codes, drawn.title, prefix, levels=levels)


def world_map(
    shapes: WorldShapes,
    marks: Mapping[str, MapMark],
    *,
    title: str,
    desc: str,
    id_prefix: str,
    link: Callable[[str], str] = str,
) -> str:
    """The world with each country of *marks* (by code) as a link, large ones first.

    Raises KeyError for a code that the shapes do not know.
    """
    large = [mark for code, mark in marks.items() if code not in shapes.dots]
    small = [mark for code, mark in marks.items() if code in shapes.dots]
    places = {mark.code: shapes.dots[mark.code] for mark in small}
    links = [
        *(_link(mark, link(mark.url), _shape(shapes.shapes[mark.code], mark)) for mark in large),
        _lines(shapes.borders, shapes.disputed, ' fill="none" pointer-events="none"'),
        *(_link(mark, link(mark.url), _dot(shapes, mark, places)) for mark in small),
    ]
    role = "group" if marks else "img"
    body = f'<path class="map-land" fill-rule="evenodd" d="{shapes.land}"/>' + "".join(links)
    return _svg("map-world", shapes.view_box, role, title, desc, id_prefix, body)


def _link(mark: MapMark, address: str, drawing: str) -> str:
    return (
        f'<a class="map-link" href={_attribute(address)} aria-label={_attribute(mark.label)}>'
        f"<title>{escape(mark.label, quote=False)}</title>{drawing}</a>"
    )


def _shape(path: str, mark: MapMark) -> str:
    return f'<path class={_classes("map-country", _stated(mark))} fill-rule="evenodd" d="{path}"/>'


def _dot(shapes: WorldShapes, mark: MapMark, places: Mapping[str, tuple[float, float]]) -> str:
    """A small state: its shape if it has one, a target that does not reach into the next one's, and a dot."""
    x, y = places[mark.code]
    others = [math.dist((x, y), place) / 2 for code, place in places.items() if code != mark.code]
    reach = max(DOT, min([HIT, *others]))
    shape = _shape(shapes.shapes[mark.code], mark) if mark.code in shapes.shapes else ""
    return (
        f'<circle class="map-hit" cx="{x:g}" cy="{y:g}" r="{reach:.1f}" fill="none" pointer-events="all"/>{shape}'
        f'<circle class={_classes("map-dot", _stated(mark))} cx="{x:g}" cy="{y:g}" r="{DOT:g}"/>'
    )


def _attribute(value: str) -> str:
    """Return *value* as that of an attribute, with its quotes."""
    escaped = escape(value, quote=False).replace('"', "&quot;")
    return f'"{escaped}"'


def _stated(mark: MapMark) -> str:
    """The slug of the mark's level, followed by a class for its rank."""
    return f"{mark.level} rank-{mark.rank}" if mark.rank else mark.level


def _classes(name: str, level: str) -> str:
    """The value of a class attribute, with its quotes."""
    return _attribute(f"{name} level-{level}" if level else name)


def _lines(borders: str, disputed: str, attributes: str) -> str:
    return "".join(
        f'<path class="{name}"{attributes} d="{path}"/>'
        for name, path in (("map-border", borders), ("map-disputed", disputed))
        if path
    )


def _svg(name: str, view_box: str, role: str, title: str, desc: str, prefix: str, body: str) -> str:
    named, told = _attribute(f"{prefix}-title"), _attribute(f"{prefix}-desc")
    described = f" aria-describedby={told}" if desc else ""
    description = f"<desc id={told}>{escape(desc, quote=False)}</desc>" if desc else ""
    return (
        f'<svg class="map {name}" viewBox="{view_box}" role="{role}" aria-labelledby={named}{described}>'
        f"<title id={named}>{escape(title, quote=False)}</title>{description}{body}</svg>"
    )


def locator_map(
    outline: Outline,
    codes: Sequence[str],
    title: str,
    id_prefix: str,
    *,
    levels: Mapping[str, str] | None = None,
) -> str:
    """The countries of *codes*, whose outline is *outline*; *levels* gives the slug of a code's level."""
    parts = [f'<path class="map-land" fill-rule="evenodd" d="{outline.land}"/>']
    for code, path in zip(codes, outline.countries, strict=True):
        if path:
            name = _classes("map-country", (levels or {}).get(code, ""))
            parts.append(f'<path class={name} fill-rule="evenodd" d="{path}"/>')
    body = "".join(parts) + outline.rest
    return _svg("map-locator", f"0 0 {LOCATOR_SIZE[0]} {LOCATOR_SIZE[1]}", "img", title, "", id_prefix, body)


def _in_view(lines: Lines, number: int) -> list[Step]:
    return trimmed(lines.line(number), LOCATOR_SIZE)


def _path(lines: Sequence[Sequence[Step]], end: str) -> str:
    """Path data of whole numbers, relative and without needless spaces."""
    return "".join(_subpath(line, end) for line in lines if len(line) > 1)


def _subpath(line: Sequence[Step], end: str) -> str:
    steps = "".join(f" {b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(line))
    return f"M{line[0][0]} {line[0][1]}l{steps[1:]}{end}".replace(" -", "-")
