"""One panel of a sample map, drawn with Pillow: sea, land, borders and a scale bar. Labels: `map_labels.py`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from alertgen.render.locators import Lines, LocatorShapes, Step
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
        self.ground = Image.new("1", self.inked.size)
        """White where there is land, `GRID` times smaller."""
        self.homes: list[Image.Image] = []
        """The countries in focus, one mask for each, `GRID` times smaller."""

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
    sheet.ground = mask_of(land, sheet.size, GRID)
    for outline in land:
        sheet.draw.line([*outline, outline[0]], fill=LINE, width=FINE, joint="curve")
    for code, fill in zip(
        sheet.panel.countries, (FOCUS,) if len(sheet.panel.countries) == 1 else (SECOND, FOCUS), strict=True
    ):
        outlines = sheet.lines.outlines(sheet.shapes.areas[code].rings)
        sheet.image.paste(fill, mask=mask_of(outlines, sheet.size))
        sheet.homes.append(mask_of(outlines, sheet.size, GRID))
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
