"""The data that alertgen ships: complete, unambiguous, and small enough."""

import csv
import gzip
import json
import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml
from babel import Locale

from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies
from alertgen.records import replace
from alertgen.text import unaccented

DATA = files("alertgen") / "data"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ISO_WITHDRAWN_OR_GROUPS = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Codes that CLDR names and that are no country of ISO 3166-1."""


@pytest.fixture(scope="module")
def countries() -> list[dict[str, str]]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, Any]:
    return dict(yaml.load((DATA / "vocabularies.yaml").read_text(encoding="utf-8"), yaml.BaseLoader))


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return dict(json.loads((DATA / "maps/world.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def locators() -> dict[str, Any]:
    return dict(json.loads((DATA / "maps/locators.json").read_text(encoding="utf-8")))


def test_every_country_of_iso_3166_is_there(countries: list[dict[str, str]]) -> None:
    named = {code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code)}
    assert {row["code"] for row in countries} == named - ISO_WITHDRAWN_OR_GROUPS


@pytest.mark.parametrize("column", ["code", "alpha3", "name", "name_fr", "name_ar", "name_es", "name_pt", "name_uk"])
def test_codes_and_names_are_filled_in_and_unique(countries: list[dict[str, str]], column: str) -> None:
    values = [row[column].casefold() for row in countries]
    assert all(values)
    assert [value for value, count in Counter(values).items() if count > 1] == []


def test_m49_codes_are_three_digits_and_unique(countries: list[dict[str, str]]) -> None:
    numbers = [row["m49"] for row in countries if row["code"] != "XK"]
    assert all(re.fullmatch(r"\d{3}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_one_word_alone_that_an_editor_may_write_stands_for_two_countries(countries: list[dict[str, str]]) -> None:
    owners: dict[str, set[str]] = {}
    for row in countries:
        for word in (row["code"], row["alpha3"], row["name"], *row["aliases"].split("|")):
            owners.setdefault(word.casefold(), set()).add(row["code"])
    del owners[""]
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {"congo": {"CD", "CG"}}


def test_towns_are_of_countries_and_written_as_they_are_looked_for(countries: list[dict[str, str]]) -> None:
    with (DATA / "towns.csv").open(encoding="utf-8", newline="") as file:
        towns = {row["code"]: row["names"].split("|") for row in csv.DictReader(file)}
    codes = {row["code"] for row in countries}
    assert towns.keys() < codes
    assert codes - towns.keys() == {"AQ", "BV", "HM"}  # where nobody lives
    for names in towns.values():
        assert names == sorted(set(names))
        assert all(len(name) > 3 and name == unaccented(name) for name in names)
    assert {"Bamako", "Mopti"} <= {*towns["ML"]}
    assert "Sevastopol" in towns["UA"]
    assert "Sevastopol" not in towns["RU"]


def test_other_names_are_of_countries_and_not_known_otherwise(countries: list[dict[str, str]]) -> None:
    with (DATA / "other_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["code"], row["lang"]) for row in rows] == sorted({(row["code"], row["lang"]) for row in rows})
    assert {row["lang"] for row in rows} == {"ar", "en", "es", "fr", "pt", "uk"}
    shipped = read_vocabularies(*data_files())
    terms = Terms(replace(shipped, other_names=()), (), ())
    known = {
        (name, code): [country.code for country in terms.countries_called(name, lang)]
        for lang, name, code in shipped.other_names
    }
    assert {code for _, code in known} <= {row["code"] for row in countries}
    twice = {code: found for (_, code), found in known.items() if found}
    assert twice == {"ES": ["GD"], "GW": ["GN"], "JO": ["OM"], "US": ["GE"]}, "what may mean another country as well"


def test_label_points_are_places_on_earth(countries: list[dict[str, str]]) -> None:
    assert all(abs(float(row["lat"])) <= 90 and abs(float(row["lon"])) <= 180 for row in countries)


def test_countries_are_sorted_by_code(countries: list[dict[str, str]]) -> None:
    codes = [row["code"] for row in countries]
    assert codes == sorted(codes)


def test_four_crimes_and_fourteen_risk_factors(vocabularies: dict[str, Any]) -> None:
    tags = vocabularies["risk_tags"]
    crimes = [tag["slug"] for tag in tags if tag["scheme"] == "atrocity-crime"]
    assert crimes == ["genocide", "crimes-against-humanity", "war-crimes", "ethnic-cleansing"]
    factors = [int(tag["number"]) for tag in tags if tag["scheme"] == "un-risk-factor"]
    assert factors == list(range(1, 15))
    assert {tag["scheme"] for tag in tags} == {scheme["slug"] for scheme in vocabularies["schemes"]}


def test_slugs_are_valid_and_unique_in_their_list(vocabularies: dict[str, Any]) -> None:
    lists = [vocabularies[key] for key in ("schemes", "risk_tags", "ten_stages", "level_schemes", "trends")]
    lists += [scheme["levels"] for scheme in vocabularies["level_schemes"]]
    for entries in lists:
        slugs = [entry["slug"] for entry in entries]
        assert all(SLUG.fullmatch(slug) for slug in slugs)
        assert len(set(slugs)) == len(slugs)


def test_definitions_are_of_a_readable_length_and_sourced(vocabularies: dict[str, Any]) -> None:
    for tag in vocabularies["risk_tags"]:
        assert 40 <= len(tag["definition"].split()) <= 80, tag["slug"]
        assert tag["source"]["title"], tag["slug"]
        assert tag["source"]["url"].startswith("https://"), tag["slug"]
        assert all(tag[f"name_{lang}"] for lang in ("fr", "es", "pt", "uk")), tag["slug"]
        assert re.search(r"[\u0600-\u06ff]", tag["name_ar"]), tag["slug"]


def test_levels_are_ranked_from_the_most_severe(vocabularies: dict[str, Any]) -> None:
    for scheme in vocabularies["level_schemes"]:
        ranks = [int(level["rank"]) for level in scheme["levels"]]
        assert ranks == list(range(1, len(ranks) + 1))
        for level in scheme["levels"]:
            assert level["meaning"].endswith(".")
            assert level["source"]["url"].startswith("http")
            assert re.fullmatch(r"\d{4}-\d{2}|", level.get("until", ""))


def test_trends(vocabularies: dict[str, Any]) -> None:
    assert [trend["slug"] for trend in vocabularies["trends"]] == ["deteriorated", "unchanged", "improved"]


def test_every_country_has_a_shape_or_a_dot_on_the_world_map(
    countries: list[dict[str, str]], world: dict[str, Any]
) -> None:
    assert sorted(world["countries"]) == [row["code"] for row in countries]
    assert all("d" in place or {"x", "y"} <= place.keys() for place in world["countries"].values())
    left, top, width, height = map(float, world["viewBox"].split())
    dots = [(place["x"], place["y"]) for place in world["countries"].values() if "x" in place]
    assert all(left <= x <= left + width and top <= y <= top + height for x, y in dots)


def test_every_country_has_a_locator_and_every_reference_an_arc(
    countries: list[dict[str, str]], locators: dict[str, Any]
) -> None:
    areas = locators["countries"]
    assert sorted(areas) == [row["code"] for row in countries]
    count = len(locators["arcs"])
    assert len(locators["coarse"]) == count
    rings = [*locators["land"], *(ring for area in areas.values() for ring in area["rings"])]
    assert all(-count <= ref < count for ring in rings for ref in ring)
    assert all(0 <= number < count for number in (*locators["borders"], *locators["disputed"]))


def test_rings_close(locators: dict[str, Any]) -> None:
    def ends(ref: int) -> tuple[tuple[int, int], tuple[int, int]]:
        _, _, _, _, *flat = map(int, locators["arcs"][ref if ref >= 0 else ~ref].split())
        first, last = (flat[0] % 36000, flat[1]), (sum(flat[0::2]) % 36000, sum(flat[1::2]))
        return (first, last) if ref >= 0 else (last, first)

    for area in locators["countries"].values():
        for ring in area["rings"]:
            for ref, following in zip(ring, [*ring[1:], ring[0]], strict=True):
                assert ends(ref)[1] == ends(following)[0]


def test_both_the_west_bank_and_gaza_belong_to_palestine(locators: dict[str, Any]) -> None:
    assert len(locators["countries"]["PS"]["rings"]) == 2


def test_map_data_stays_within_its_budget() -> None:
    sizes = {name: len((DATA / "maps" / name).read_bytes()) for name in ("world.json", "locators.json")}
    assert sum(sizes.values()) < 900_000
    assert len(gzip.compress((DATA / "maps/world.json").read_bytes())) < 60_000


def test_the_data_names_its_sources() -> None:
    told = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(word in told for word in ("Natural Earth", "Unicode", "M49", "no opinion"))
