"""Draw the lead pictures of the sample alerts: maps of the places that they name (`sample_maps.yaml`).

    apt-get install fonts-noto-core        # Noto Serif, SIL Open Font License 1.1
    pip install -e .
    python scripts/make_sample_maps.py [--fonts FOLDER] [STEM …]

Maintainers run it when an alert's places change; the pictures are committed beside the alerts. Shapes are the ones that
alertgen ships (Natural Earth); towns are from GeoNames (CC BY 4.0), as the table says.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

from alertgen.render.locators import locator_shapes
from cartography import FINE, INK, PAPER, SOFT, Fonts, Panel, palette
from map_labels import draw_panel, wrapped

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1600, 900)
MARGIN, GAP, HEAD, FOOT = 36, 20, 96, 50
"""Final pixels: around the picture, between panels, above them for the names, below for the sources."""

CREDIT = "Natural Earth; boundaries do not imply endorsement. Towns: GeoNames, CC BY 4.0."

SHORT_NAMES: Mapping[str, str] = {
    "CD": "Dem. Rep. of the Congo",
    "CF": "Central African Republic",
    "CG": "Congo",
    "HK": "Hong Kong",
    "KP": "DPR Korea",
    "KR": "Rep. of Korea",
    "MM": "Myanmar",
}
"""Names for the map where the full one is long."""


def main() -> None:
    """Draw every picture of the table, or those whose stem is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/truetype/noto"))
    parser.add_argument("stems", nargs="*", metavar="STEM")
    options = parser.parse_args()
    styles = {style: str(options.fonts / f"NotoSerif-{style}.ttf") for style in ("Regular", "Bold", "Italic")}
    fonts = Fonts(plain=styles["Regular"], bold=styles["Bold"], italic=styles["Italic"])
    names = country_names()
    for row in yaml.safe_load((ROOT / "scripts/sample_maps.yaml").read_text(encoding="utf-8")):
        if not options.stems or Path(row["stem"]).name in options.stems:
            file = ROOT / "alerts" / f"{row['stem']}.png"
            picture = draw_picture([panel_of(entry) for entry in row["panels"]], names, fonts)
            picture.save(file, optimize=True)
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")


def country_names() -> dict[str, str]:
    """English names by code."""
    with (ROOT / "src/alertgen/data/countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def panel_of(entry: Mapping[str, Any]) -> Panel:
    """A panel as the table gives it."""
    return Panel(
        countries=tuple(entry["countries"]),
        frame=tuple(entry["frame"]) if "frame" in entry else None,
        towns=tuple((name, lat, lon) for name, (lat, lon), _ in entry.get("towns", ())),
        regions=tuple((name, lat, lon) for name, (lat, lon) in entry.get("regions", ())),
        title=entry.get("title", ""),
    )


def draw_picture(panels: Sequence[Panel], names: Mapping[str, str], fonts: Fonts) -> Image.Image:
    """All panels side by side, each under the names of its countries."""
    sheet = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), PAPER)
    draw = ImageDraw.Draw(sheet)
    width = (SIZE[0] - 2 * MARGIN - GAP * (len(panels) - 1)) // len(panels)
    height = SIZE[1] - HEAD - FOOT
    for number, panel in enumerate(panels):
        left = MARGIN + number * (width + GAP)
        image = draw_panel(panel, (width, height), locator_shapes(), {**names, **SHORT_NAMES}, fonts)
        sheet.paste(image, (left * FINE, HEAD * FINE))
        edge = (left * FINE, HEAD * FINE, (left + width) * FINE, (HEAD + height) * FINE)
        draw.rectangle(edge, outline=SOFT, width=FINE)
        title = panel.title or " and the ".join(names[code] for code in panel.countries)
        write_title(draw, title, left, width, fonts)
    small = fonts.sized(fonts.plain, 18)
    draw.text((MARGIN * FINE, (SIZE[1] - FOOT / 2) * FINE), CREDIT, font=small, fill=SOFT, anchor="lm")
    return sheet.resize(SIZE, Image.Resampling.LANCZOS).quantize(palette=palette(), dither=Image.Dither.NONE)


def write_title(draw: ImageDraw.ImageDraw, title: str, left: int, width: int, fonts: Fonts) -> None:
    """What a panel shows, above it; smaller and on two lines where one line is too short."""
    for size, lines in ((36, 1), (32, 1), (28, 2)):
        font, shown = fonts.sized(fonts.bold, size), wrapped(title.split(), lines)
        box = draw.multiline_textbbox((0, 0), shown, font=font)
        if box[2] <= width * FINE:
            break
    draw.multiline_text((left * FINE, (HEAD - 14) * FINE), shown, font=font, fill=INK, anchor="ld", spacing=2 * FINE)


if __name__ == "__main__":
    main()
