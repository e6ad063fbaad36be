"""The terms that editors may use: countries, risk tags and levels, as the package ships them."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from alertgen.data import DATA
from alertgen.load.yaml.nodes import plain
from alertgen.model import Country, Level, RiskTag, Source, Worded
from alertgen.records import dataclass, replace
from alertgen.text import folded, slugify, unaccented


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """Everything that `alertgen.data` ships, in the order of its files."""

    countries: tuple[Country, ...]
    """By English name."""
    country_names: tuple[tuple[str, tuple[str, ...]], ...]
    """Pairs of a name, alias or code, as `spelled` gives it, and the codes of the countries that it may mean."""
    places: tuple[tuple[str, tuple[str, ...]], ...]
    """Pairs of a place or a name that is not taken, and the codes of the countries that are suggested for it."""
    other_names: tuple[tuple[str, str, str], ...]
    """What else headlines call countries: a language, a name in it, and the code of a country that it may mean."""
    risk_tags: tuple[RiskTag, ...]
    level_schemes: tuple[tuple[str, tuple[Level, ...]], ...]
    """Pairs of a scheme's slug and its levels, most severe first."""


def data_files() -> tuple[bytes, bytes, bytes]:
    """Return the bytes of the table of countries, of their other names, and of the vocabularies."""
    countries, other_names, vocabularies = (
        (DATA / name).read_bytes() for name in ("countries.csv", "other_names.csv", "vocabularies.yaml")
    )
    return countries, other_names, vocabularies


def read_vocabularies(countries: bytes, other_names: bytes, vocabularies: bytes) -> Vocabularies:
    """Read the three files of `data_files`."""
    rows = _rows(countries)
    table = _plain_table(vocabularies.decode())
    schemes = ((scheme["slug"], tuple(map(_level, scheme["levels"]))) for scheme in table["level_schemes"])
    return Vocabularies(
        countries=tuple(sorted(map(_country, rows), key=lambda country: slugify(country.name.default))),
        country_names=_country_names(rows),
        places=_by_name((place, row["code"]) for row in rows for place in filter(None, row["places"].split("|"))),
        other_names=tuple(
            (row["lang"], name, row["code"]) for row in _rows(other_names) for name in row["names"].split("|")
        ),
        risk_tags=tuple(map(_risk_tag, table["risk_tags"])),
        level_schemes=tuple(schemes),
    )


def _rows(table: bytes) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(table.decode().splitlines()))


def with_names(vocabularies: Vocabularies, names: Iterable[tuple[str, Worded]]) -> Vocabularies:
    """Return *vocabularies* with other *names* of countries, given by code.

    What a country was called before still means it, and its address stays. A name without languages is that in all of
    them; one in some languages leaves the others as they are.
    """
    called = dict(names)
    if not called:
        return vocabularies
    countries = tuple(
        replace(country, name=_renamed(country.name, called[country.code])) if country.code in called else country
        for country in vocabularies.countries
    )
    own = {spelled(country.name.default): (country.code,) for country in countries if country.code in called}
    return replace(
        vocabularies,
        countries=tuple(sorted(countries, key=lambda country: slugify(country.name.default))),
        country_names=tuple(sorted({**own, **dict(vocabularies.country_names)}.items())),
    )


def _renamed(shipped: Worded, name: Worded) -> Worded:
    if not name.by_language:
        return name
    told = dict(name.by_language)
    by_language = {**dict(shipped.by_language), **told}
    return Worded(told.get("en", shipped.default), tuple(sorted(by_language.items())))


def _plain_table(text: str) -> dict[str, list[dict[str, Any]]]:
    """Read our own YAML *text*, whose values are all strings."""
    from alertgen.load.yaml.reading import read_yaml  # brings PyYAML along

    read = read_yaml(text, "vocabularies.yaml")
    assert read.node is not None, read.problems
    assert not read.problems, read.problems
    table = plain(read.node)
    assert isinstance(table, dict)
    return table


def spelled(name: str) -> str:
    """Return *name* as country names are compared: `folded`, with straight apostrophes."""
    return folded(name.replace("\u2019", "'").replace("\u02bc", "'"))


def bare(name: str) -> str:
    """Return *name* as the names of countries are compared in headlines: `spelled`, without accents and hyphens."""
    form = " ".join(name.casefold().split()) if name.isascii() else unaccented(spelled(name))
    return form.replace("-", " ")


def _worded(row: dict[str, Any], key: str) -> Worded:
    """Return the text of *key* with its translations in `<key>_fr` and the like."""
    translations = ((name.removeprefix(f"{key}_"), text) for name, text in row.items() if name.startswith(f"{key}_"))
    return Worded(row[key], tuple(sorted(pair for pair in translations if pair[1])))


def _country(row: dict[str, str]) -> Country:
    return Country(
        code=row["code"],
        alpha3=row["alpha3"],
        m49=row["m49"],
        name=_worded(row, "name"),
        slug=_country_slug(row["name"]),
        region=row["region"],
        subregion=row["subregion"],
        point=(float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None,
    )


def _country_slug(name: str) -> str:
    """`Myanmar (Burma)` lives at `myanmar`; the possessive of a name keeps its letter (`peoples`)."""
    return slugify(name.partition(" (")[0].replace("\u2019s ", "s ").replace("\u2019", "'"))


def _country_names(rows: Iterable[dict[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _by_name((name, row["code"]) for row in rows for name in _names_of(row))


def _by_name(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    codes: dict[str, set[str]] = {}
    for name, code in pairs:
        codes.setdefault(spelled(name), set()).add(code)
    return tuple((name, tuple(sorted(found))) for name, found in sorted(codes.items()))


def country_spellings(countries: bytes) -> list[str]:
    """Return the codes and names in the first file of `data_files` that mean one country, as they are usually spelled.

    Those with an apostrophe are there twice, as it stands on keyboards and as it is printed.
    """
    rows = _rows(countries)
    names = {name for row in rows for name in _names_of(row)}
    codes = dict(_country_names(rows))
    return sorted(
        {form for name in names if len(codes[spelled(name)]) == 1 for form in (name, name.replace("\u2019", "'"))}
    )


def _names_of(row: dict[str, str]) -> Iterator[str]:
    yield from (row["code"], row["alpha3"], row["name"])
    yield from filter(None, row["aliases"].split("|"))
    if " (" in row["name"]:
        yield row["name"].partition(" (")[0]


def _source(row: dict[str, Any]) -> Source | None:
    source = row.get("source")
    return Source(title=source["title"], url=source["url"]) if isinstance(source, dict) else None


def _risk_tag(row: dict[str, Any]) -> RiskTag:
    return RiskTag(
        slug=row["slug"],
        name=_worded(row, "name"),
        scheme=row["scheme"],
        number=int(row["number"] or 0),
        definition=_worded(row, "definition"),
        source=_source(row),
    )


def _level(row: dict[str, Any]) -> Level:
    return Level(
        slug=row["slug"],
        name=_worded(row, "name"),
        rank=int(row["rank"]),
        meaning=_worded(row, "meaning"),
        until=row.get("until", ""),
    )
