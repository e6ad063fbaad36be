"""One panel of a sample map, drawn with Pillow: land, borders, places, labels that do not overlap, a scale bar."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from alertgen.render.locators import Lines, LocatorShapes, Step, extent
from alertgen.render.projection import Box, View, view_of

FINE = 2
"""Everything is drawn this many times larger, then reduced: smooth edges."""

PAPER, SEA, LAND, FOCUS, SECOND = "#f7f3ea", "#dde2df", "#efe9dc", "#d8c5a0", "#e5d8bd"
INK, SOFT, LINE, ACCENT = "#1d1b19", "#6b6459", "#a3998a", "#7a1f2b"
COLOURS = (PAPER, SEA, LAND, FOCUS, SECOND, INK, SOFT, LINE, ACCENT)

EARTH = 6371.0088
"""Mean radius in kilometres."""

GRID = 10
"""Pixels between the positions tried for a neighbour's name."""

Spot = tuple[float, float, float, float]
"""Left, top, right, bottom of something drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What one panel shows."""

    countries: tuple[str, ...]
    """ISO alpha-2 codes of the countries in focus."""
    frame: Box | None
    towns: tuple[tuple[str, float, float], ...]
    """Name, latitude, longitude."""
    regions: tuple[tuple[str, float, float], ...]
    title: str
    """Stands above the panel instead of the countries' names, when the panel shows only a part; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """Files of the three styles."""

    plain: str
    bold: str
    italic: str

    def sized(self, file: str, size: int) -> ImageFont.FreeTypeFont:
        """A font at *size* final pixels."""
        return ImageFont.truetype(file, size * FINE)


class Sheet:
    """A panel being drawn: the picture and the places that are taken."""

    def __init__(self, panel: Panel, size: tuple[int, int], shapes: LocatorShapes, fonts: Fonts) -> None:
        self.panel, self.shapes, self.fonts = panel, shapes, fonts
        self.size = (size[0] * FINE, size[1] * FINE)
        frames = [panel.frame] if panel.frame else [shapes.areas[code].frame for code in panel.countries]
        self.view: View = view_of(frames, self.size)
        self.lines = Lines(shapes, self.view)
        self.image = Image.new("RGB", self.size, SEA)
        self.draw = ImageDraw.Draw(self.image)
        self.taken: list[Spot] = []
        self.inked = Image.new("1", (self.size[0] // GRID, self.size[1] // GRID))
        """Where borders and the coasts of the countries in focus run, `GRID` times smaller."""
        self.sea = Image.new("L", self.inked.size)
        """White where there is sea, `GRID` times smaller."""

    def ink(self, number: int) -> list[Step]:
        """Remember that arc *number* is drawn, and return it."""
        line = self.lines.line(number)
        ImageDraw.Draw(self.inked).line([(x / GRID, y / GRID) for x, y in line], fill=1)
        return line

    def text(self, at: tuple[float, float], words: str, font: ImageFont.FreeTypeFont, fill: str) -> None:
        """Write *words* around the point *at*, with a thin edge in the colour of what is behind."""
        behind = self.image.getpixel((round(at[0]), round(at[1])))
        self.draw.multiline_text(
            at, words, font=font, fill=fill, anchor="mm", align="center", spacing=2 * FINE,
            stroke_width=2 * FINE, stroke_fill=behind,
        )  # fmt: skip
        self.taken.append(self.box(at, words, font))

    def box(self, at: tuple[float, float], words: str, font: ImageFont.FreeTypeFont) -> Spot:
        """The place that `text` would take."""
        return self.draw.multiline_textbbox(
            at, words, font=font, anchor="mm", align="center", spacing=2 * FINE, stroke_width=2 * FINE
        )

    def free(self, spot: Spot) -> bool:
        """Whether *spot* lies on the panel and nothing is there yet."""
        edge = 5 * FINE
        inside = (
            spot[0] >= edge and spot[1] >= edge and spot[2] <= self.size[0] - edge and spot[3] <= self.size[1] - edge
        )
        return inside and not any(overlap(spot, other) for other in self.taken)


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
        label_town(sheet, name, dot)
    for dot in dots:
        sheet.draw.ellipse(around(dot, 7 * FINE), fill=ACCENT, outline=PAPER, width=2 * FINE)
    for name, lat, lon in panel.regions:
        label_region(sheet, name, project(sheet, lat, lon))
    label_neighbours(sheet, names)
    return sheet.image


def project(sheet: Sheet, lat: float, lon: float) -> tuple[float, float]:
    """A place on the panel."""
    return sheet.view.project([lon], [lat])[0]


def around(point: tuple[float, float], reach: float) -> Spot:
    """The square around a point."""
    return point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach


def overlap(one: Spot, other: Spot) -> bool:
    """Whether two places share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def mask_of(outlines: Sequence[Sequence[Step]], size: tuple[int, int], scale: int = 1) -> Image.Image:
    """White where the even-odd rule fills *outlines*; *scale* makes the mask that many times smaller."""
    whole = Image.new("1", (size[0] // scale, size[1] // scale))
    for outline in outlines:
        part = Image.new("1", whole.size)
        ImageDraw.Draw(part).polygon([(x / scale, y / scale) for x, y in outline], fill=1)
        whole = ImageChops.logical_xor(whole, part)
    return whole


def draw_land(sheet: Sheet) -> None:
    """Sea, land, the countries in focus, then coasts and borders."""
    land = sheet.lines.outlines(sheet.shapes.land)
    sheet.image.paste(LAND, mask=mask_of(land, sheet.size))
    sheet.sea = ImageChops.invert(mask_of(land, sheet.size, GRID).convert("L"))
    for outline in land:
        sheet.draw.line([*outline, outline[0]], fill=LINE, width=FINE, joint="curve")
    for code, fill in zip(
        sheet.panel.countries, (FOCUS,) if len(sheet.panel.countries) == 1 else (SECOND, FOCUS), strict=True
    ):
        outlines = sheet.lines.outlines(sheet.shapes.areas[code].rings)
        sheet.image.paste(fill, mask=mask_of(outlines, sheet.size))
    for number in sheet.shapes.borders:
        if sheet.lines.in_view(number):
            sheet.draw.line(sheet.ink(number), fill=LINE, width=2 * FINE, joint="curve")
    disputed = set(sheet.shapes.disputed)
    for code in sheet.panel.countries:
        outline_focus(sheet, code, disputed)
    for number in sheet.shapes.disputed:
        if sheet.lines.in_view(number):
            for dash in dashes(sheet.lines.line(number), 7.0 * FINE, 5.0 * FINE):
                sheet.draw.line(dash, fill=SOFT, width=2 * FINE)


def outline_focus(sheet: Sheet, code: str, disputed: set[int]) -> None:
    """The agreed borders and coasts of a country in focus, in ink."""
    for ring in sheet.shapes.areas[code].rings:
        for number in (ref if ref >= 0 else ~ref for ref in ring.refs):
            if sheet.lines.in_view(number):
                line = sheet.ink(number)
                if number not in disputed:
                    sheet.draw.line(line, fill=INK, width=2 * FINE, joint="curve")


def dashes(line: Sequence[Step], dash: float, gap: float) -> Iterator[list[tuple[float, float]]]:
    """The visible pieces of a dashed line."""
    left, drawn = dash, True
    for (x1, y1), (x2, y2) in pairwise(line):
        length, done = math.hypot(x2 - x1, y2 - y1), 0.0
        while done < length:
            step = min(left, length - done)
            start, end = done / length, (done + step) / length
            if drawn:
                yield [
                    (x1 + (x2 - x1) * start, y1 + (y2 - y1) * start),
                    (x1 + (x2 - x1) * end, y1 + (y2 - y1) * end),
                ]
            done, left = done + step, left - step
            if left <= 1e-9:
                drawn = not drawn
                left = dash if drawn else gap


def draw_scale(sheet: Sheet) -> None:
    """A scale bar in the lower corner that is freer of the countries in focus; exact at the panel's centre."""
    per_km = sheet.view.scale / EARTH
    widest = 140 * FINE / per_km
    kilometres = max(n for n in (10, 20, 50, 100, 200, 500, 1000, 2000) if n <= widest)
    length, font = kilometres * per_km, sheet.fonts.sized(sheet.fonts.plain, 17)
    bottom = sheet.size[1] - 18 * FINE
    lefts = (18 * FINE, sheet.size[0] - 18 * FINE - length)
    outlines = [o for code in sheet.panel.countries for o in sheet.lines.outlines(sheet.shapes.areas[code].rings)]
    mask = mask_of(outlines, sheet.size, 8)
    left = min(lefts, key=lambda x: covered(mask, (x, bottom - 40 * FINE, x + length, bottom), 8))
    sheet.draw.rectangle((left - 1 * FINE, bottom - 6 * FINE, left + length + 1 * FINE, bottom + FINE), fill=PAPER)
    sheet.draw.rectangle((left, bottom - 5 * FINE, left + length, bottom), fill=INK)
    sheet.draw.rectangle((left + length / 2, bottom - 4 * FINE, left + length - FINE, bottom - FINE), fill=PAPER)
    at = (left + length / 2, bottom - 20 * FINE)
    sheet.text(at, f"{kilometres:,} km".replace(",", "\u202f"), font, INK)
    sheet.taken.append((left - 8 * FINE, bottom - 34 * FINE, left + length + 8 * FINE, bottom + 8 * FINE))


def covered(mask: Image.Image, spot: Spot, scale: int) -> int:
    """How many pixels of the mask, which is *scale* times smaller, are white in *spot*."""
    part = mask.crop(tuple(int(side / scale) for side in spot)).convert("L")  # type: ignore[arg-type]
    return part.histogram()[255]


def label_town(sheet: Sheet, name: str, dot: tuple[float, float]) -> None:
    """The town's name beside its dot, or farther away with a thin line to it. Raises ValueError without room."""
    font = sheet.fonts.sized(sheet.fonts.plain, 25)
    tried = [(at, distance, sheet.box(at, name, font)) for at, distance in positions(sheet, name, dot, font)]
    clear = [place for place in tried if sheet.free(place[2])]
    if not clear:
        raise ValueError(f"no room for {name}")
    at, distance, spot = min(clear, key=lambda place: covered(sheet.inked, place[2], GRID) * FINE + place[1] / 8)
    if distance > 14 * FINE:
        near = (min(max(dot[0], spot[0]), spot[2]), min(max(dot[1], spot[1]), spot[3]))
        sheet.draw.line([dot, near], fill=INK, width=FINE)
        sheet.taken += [around(point, FINE) for point in between(dot, near)]
    sheet.text(at, name, font, INK)


def between(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Points along a short line, so that no label is put over it."""
    return [(start[0] + (end[0] - start[0]) * i / 8, start[1] + (end[1] - start[1]) * i / 8) for i in range(9)]


def positions(
    sheet: Sheet, name: str, dot: tuple[float, float], font: ImageFont.FreeTypeFont
) -> Iterator[tuple[tuple[float, float], float]]:
    """Centres for a label, best first: right, left, above, below, aslant; then the same farther out."""
    left, top, right, bottom = sheet.box((0, 0), name, font)
    half_width, half_height = (right - left) / 2, (bottom - top) / 2
    for distance in (12 * FINE, 34 * FINE, 60 * FINE, 95 * FINE, 130 * FINE):
        for dx, dy in ((1, 0), (-1, 0), (0.7, -0.8), (0.7, 0.8), (-0.7, -0.8), (-0.7, 0.8), (0, -1), (0, 1)):
            x = dot[0] + dx * distance + (math.copysign(half_width, dx) if abs(dx) > 0.1 else 0)
            yield (x, dot[1] + dy * (distance + half_height)), distance


def label_region(sheet: Sheet, name: str, at: tuple[float, float]) -> None:
    """A region's name, without a dot, as near to *at* as there is room."""
    font = sheet.fonts.sized(sheet.fonts.italic, 24)
    steps = [(x, y) for x in range(-12, 13) for y in range(-12, 13)]
    for dx, dy in sorted(steps, key=lambda step: step[0] ** 2 + step[1] ** 2):
        middle = (at[0] + dx * 8 * FINE, at[1] + dy * 8 * FINE)
        if sheet.free(sheet.box(middle, name, font)):
            sheet.text(middle, name, font, INK)
            return
    raise ValueError(f"no room for {name}")


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
    """The middle of a free place in the sea as near as can be to the largest part of a country, but near."""
    left, top, right, bottom = sheet.box((0, 0), words, font)
    coast = [
        point
        for point in max(outlines, key=extent)
        if 0 <= point[0] <= sheet.size[0] and 0 <= point[1] <= sheet.size[1]
    ]
    best, gap = None, 45.0 * FINE
    for y in range(0, sheet.size[1], 2 * GRID):
        for x in range(0, sheet.size[0], 2 * GRID):
            spot = (x + left, y + top, x + right, y + bottom)
            if not (filled(sheet.sea, spot, GRID) and sheet.free(spot)):
                continue
            off = min((apart(spot, point) for point in coast[::3]), default=gap)
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


def palette() -> Image.Image:
    """A picture whose palette holds every colour of the map and the steps from the light ones to the dark ones."""
    colours = [ImageColor.getrgb(colour)[:3] for colour in COLOURS]
    light, dark = colours[:5], colours[5:]
    pairs = [(one, other) for one in light for other in dark] + list(pairwise(dark))
    steps = [
        tuple((a * (8 - i) + b * i) // 8 for a, b in zip(one, other, strict=True))
        for one, other in pairs
        for i in range(1, 8)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette([value for colour in (*colours, *steps) for value in colour])
    return image
