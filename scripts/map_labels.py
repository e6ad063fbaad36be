"""Names on a sample map: none over another, none over a dot, and over lines only where nothing else is possible."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from PIL import Image, ImageFont

from alertgen.render.locators import LocatorShapes, Step, extent
from cartography import (
    ACCENT,
    FINE,
    GRID,
    INK,
    PAPER,
    SOFT,
    Fonts,
    Panel,
    Sheet,
    Spot,
    around,
    covered,
    draw_land,
    draw_scale,
    mask_of,
    overlap,
    project,
)  # fmt: skip

NEAR = 12 * FINE
"""Distance of a label from its dot when no line need lead to it."""

ABROAD = 0.3
"""What a label costs on another country's land, where it could be read as a place there: a border line costs 1."""

BESIDE = 16 * FINE
"""How far from the coast a country's name may stand in the sea."""


def draw_panel(
    panel: Panel, size: tuple[int, int], shapes: LocatorShapes, names: Mapping[str, str], fonts: Fonts
) -> Image.Image:
    """A panel of *size* final pixels, still `FINE` times larger; *names* gives the neighbours' names by code."""
    sheet = Sheet(panel, size, shapes, fonts)
    draw_land(sheet)
    dots = [project(sheet, lat, lon) for _, lat, lon in panel.towns]
    sheet.taken += [around(dot, 11 * FINE) for dot in dots]
    draw_scale(sheet)
    for (name, _, _), dot in zip(panel.towns, dots, strict=True):
        label_town(sheet, name.replace(" and ", " and\n"), dot)
    for dot in dots:
        sheet.draw.ellipse(around(dot, 7 * FINE), fill=ACCENT, outline=PAPER, width=2 * FINE)
    for name, lat, lon in panel.regions:
        label_region(sheet, name, project(sheet, lat, lon))
    label_neighbours(sheet, names)
    return sheet.image


def label_town(sheet: Sheet, name: str, dot: tuple[float, float]) -> None:
    """The town's name beside its dot, or farther away with a thin line to it, best in its own country.

    Raises ValueError without room.
    """
    font = sheet.fonts.sized(sheet.fonts.plain, 25)
    best, least = None, math.inf
    foreign = abroad(sheet, dot)
    for at, distance in positions(sheet, name, dot, font):
        spot = sheet.box(at, name, font)
        lead = leader(dot, spot) if distance > NEAR else []
        hidden = covered(sheet.inked, spot, GRID) + ABROAD * covered(foreign, spot, GRID)
        cost = hidden + (distance - NEAR) / FINE * 0.45
        if cost < least and sheet.free(spot) and not crosses(sheet, lead):
            best, least = (at, lead), cost
    if best is None:
        raise ValueError(f"no room for {name}")
    if best[1]:
        sheet.draw.line([dot, best[1][-1]], fill=INK, width=FINE)
        sheet.taken += [around(point, FINE) for point in best[1]]
    sheet.text(best[0], name, font, INK)


def abroad(sheet: Sheet, dot: tuple[float, float]) -> Image.Image:
    """White on all land but that of the country in focus where *dot* lies, `GRID` times smaller."""
    cell = (int(dot[0] / GRID), int(dot[1] / GRID))
    land = sheet.ground.copy()
    for home in [home for home in sheet.homes if home.getpixel(cell)] or sheet.homes:
        land.paste(0, mask=home)
    return land


def leader(dot: tuple[float, float], spot: Spot) -> list[tuple[float, float]]:
    """Points along the line that leads from outside a dot to the nearest edge of its label."""
    end = (min(max(dot[0], spot[0]), spot[2]), min(max(dot[1], spot[1]), spot[3]))
    start = 11 * FINE / max(1.0, math.dist(dot, end))
    shares = [start + (1 - start) * i / 8 for i in range(9)]
    return [(dot[0] + (end[0] - dot[0]) * share, dot[1] + (end[1] - dot[1]) * share) for share in shares]


def crosses(sheet: Sheet, lead: Sequence[tuple[float, float]]) -> bool:
    """Whether a line that leads to a label runs over something, its own dot aside."""
    return any(overlap(around(point, 3 * FINE), other) for point in lead[2:] for other in sheet.taken)


def positions(
    sheet: Sheet, name: str, dot: tuple[float, float], font: ImageFont.FreeTypeFont
) -> Iterator[tuple[tuple[float, float], float]]:
    """Centres for a label, best first: right, left, above, below, aslant; then the same farther out."""
    left, top, right, bottom = sheet.box((0, 0), name, font)
    half_width, half_height = (right - left) / 2, (bottom - top) / 2
    for distance in (NEAR, 34 * FINE, 60 * FINE, 95 * FINE, 130 * FINE):
        for dx, dy in ((1, 0), (-1, 0), (0.7, -0.8), (0.7, 0.8), (-0.7, -0.8), (-0.7, 0.8), (0, -1), (0, 1)):
            x = dot[0] + dx * distance + (math.copysign(half_width, dx) if abs(dx) > 0.1 else 0)
            yield (x, dot[1] + dy * (distance + half_height)), distance


def label_region(sheet: Sheet, name: str, at: tuple[float, float]) -> None:
    """A region's name, without a dot, near *at* where it covers no line. Raises ValueError without room."""
    font = sheet.fonts.sized(sheet.fonts.italic, 24)
    best, least = None, math.inf
    for dx, dy in ((x, y) for x in range(-12, 13) for y in range(-12, 13)):
        middle = (at[0] + dx * 8 * FINE, at[1] + dy * 8 * FINE)
        spot = sheet.box(middle, name, font)
        cost = math.hypot(dx, dy) + 2 * covered(sheet.inked, spot, GRID)
        if cost < least and sheet.free(spot):
            best, least = middle, cost
    if best is None:
        raise ValueError(f"no room for {name}")
    sheet.text(best, name, font, INK)


def label_neighbours(sheet: Sheet, names: Mapping[str, str]) -> None:
    """The names of the countries in view, each inside its own land, where there is room for it.

    A country that has the panel for itself is named above it.
    """
    named_above = sheet.panel.countries if len(sheet.panel.countries) == 1 and not sheet.panel.title else ()
    for code, area in sheet.shapes.areas.items():
        outlines = [] if code in named_above else sheet.lines.outlines(area.rings)
        if max(map(extent, outlines), default=0) > 30 * FINE:
            label_country(sheet, outlines, names[code], INK if code in sheet.panel.countries else SOFT)


def label_country(sheet: Sheet, outlines: Sequence[Sequence[Step]], name: str, fill: str) -> None:
    """A country's name inside its land, or in the sea beside it; nothing when there is room in neither."""
    mask = mask_of(outlines, sheet.size, GRID).convert("L")
    for words, size, least in spellings(name):
        font = sheet.fonts.sized(sheet.fonts.plain, size)
        at = roomiest(sheet, mask, words, font, least)
        if at:
            sheet.text(at, words, font, fill)
            return
    for words in (name, wrapped(name.split(), 2)):
        font = sheet.fonts.sized(sheet.fonts.plain, 19)
        at = offshore(sheet, outlines, words, font)
        if at:
            sheet.text(at, words, font, fill)
            return


def spellings(name: str) -> Iterator[tuple[str, int, int]]:
    """Ways to write a name, best first, on one line or several, then smaller: words, size, least room around it."""
    words = name.split()
    for size, least in ((22, 2), (19, 2), (19, 1), (16, 1)):
        for lines in range(1, min(3, len(words)) + 1):
            yield wrapped(words, lines), size, least


def offshore(
    sheet: Sheet, outlines: Sequence[Sequence[Step]], words: str, font: ImageFont.FreeTypeFont
) -> tuple[float, float] | None:
    """The middle of a free place in the sea beside a country that lies wholly on the panel; none if there is none."""
    coast = max(outlines, key=extent)
    if not all(0 <= x <= sheet.size[0] and 0 <= y <= sheet.size[1] for x, y in coast):
        return None
    left, top, right, bottom = sheet.box((0, 0), words, font)
    best, gap = None, float(BESIDE)
    for y in range(0, sheet.size[1], 2 * GRID):
        for x in range(0, sheet.size[0], 2 * GRID):
            spot = (x + left, y + top, x + right, y + bottom)
            wide = (spot[0], spot[1] - 2 * GRID, spot[2], spot[3] + 2 * GRID)
            if filled(sheet.sea, spot, GRID) and sheet.free(wide):
                off = min(apart(spot, point) for point in coast)
                if off < gap:
                    best, gap = (float(x), float(y)), off
    return best


def apart(spot: Spot, point: Step) -> float:
    """Distance from a point to the nearest edge of a place."""
    dx = max(spot[0] - point[0], 0, point[0] - spot[2])
    dy = max(spot[1] - point[1], 0, point[1] - spot[3])
    return math.hypot(dx, dy)


def wrapped(words: Sequence[str], lines: int) -> str:
    """The words on *lines* lines of about the same length."""
    target = sum(map(len, words)) / lines
    rows: list[list[str]] = [[]]
    for word in words:
        if rows[-1] and len(rows) < lines and sum(map(len, rows[-1])) + len(word) / 2 > target:
            rows.append([])
        rows[-1].append(word)
    return "\n".join(" ".join(row) for row in rows)


def roomiest(
    sheet: Sheet, mask: Image.Image, words: str, font: ImageFont.FreeTypeFont, least: int
) -> tuple[float, float] | None:
    """The middle of the widest free place for *words* inside the mask, with *least* or more grid steps around it."""
    left, top, right, bottom = sheet.box((0, 0), words, font)
    best, room = None, least - 1
    for y in range(0, sheet.size[1], 2 * GRID):
        for x in range(0, sheet.size[0], 2 * GRID):
            if mask.getpixel((min(x // GRID, mask.width - 1), min(y // GRID, mask.height - 1))) != 255:
                continue
            grow = room + 1
            while grow < 40 and filled(mask, (x + left, y + top, x + right, y + bottom), grow * GRID):
                grow += 1
            if grow - 1 > room and sheet.free((x + left, y + top, x + right, y + bottom)):
                best, room = (float(x), float(y)), grow - 1
    return best


def filled(mask: Image.Image, spot: Spot, margin: float) -> bool:
    """Whether the mask is white all over *spot* and a margin around it."""
    left, top = int((spot[0] - margin) / GRID), int((spot[1] - margin) / GRID)
    right, bottom = int((spot[2] + margin) / GRID) + 1, int((spot[3] + margin) / GRID) + 1
    inside = left >= 0 and top >= 0 and right <= mask.width and bottom <= mask.height
    return inside and mask.crop((left, top, right, bottom)).getextrema() == (255, 255)
