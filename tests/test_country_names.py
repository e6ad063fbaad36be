"""What a site calls countries: everywhere where they are named, and nowhere where that would change an address."""

import json
import shutil
from pathlib import Path

from alertgen.build import build
from alertgen.diagnostics import Place
from alertgen.load.folder import shipped_vocabularies
from alertgen.load.series import Series, read_series
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import with_names
from alertgen.model import Country, Worded
from alertgen.store import Store
from alertgen.tools.schemas import schema_of
from conftest import NOON

PLACE = Place("alerts/a.md", 1)
SITE = """
-- site.yaml --
title: {en: Test, fr: Essai}
base_url: https://example.org/
languages: [en, fr]
-- alerts/a.md --
---
title: Attacks in the Delta
date: 2026-11-11
country: [PS, MM, KP]
summary: What happened.
---
What happened on that day.
-- alerts/a.fr.md --
---
title: Attaques dans le delta
date: 2026-11-11
country: [PS, MM, KP]
summary: Ce qui s'est passé.
---
Ce qui s'est passé ce jour-là.
"""
NAMES = "country_names:\n  PS: Palestine\n  MM: {fr: Birmanie}\n  KP: {en: North Korea}\n"


def named(**names: Worded) -> tuple[dict[str, Country], Terms]:
    vocabularies = with_names(shipped_vocabularies(Store(None))[0], names.items())
    return {country.code: country for country in vocabularies.countries}, Terms(vocabularies, (), ())


def test_one_name_is_that_in_all_languages() -> None:
    countries, _ = named(PS=Worded("Palestine"))
    assert [countries["PS"].name.said_in(lang) for lang in ("en", "fr", "ar")] == ["Palestine"] * 3


def test_a_name_in_some_languages_leaves_the_others_as_they_are() -> None:
    countries, _ = named(MM=Worded("Birmanie", (("fr", "Birmanie"),)))
    assert [countries["MM"].name.said_in(lang) for lang in ("en", "fr", "es")] == [
        "Myanmar (Burma)",
        "Birmanie",
        "Myanmar",
    ]


def test_the_address_stays() -> None:
    before, _ = named()
    after, _ = named(PS=Worded("Palestine"), MM=Worded("Burma"))
    assert {code: country.slug for code, country in before.items()} == {
        code: country.slug for code, country in after.items()
    }


def test_the_name_means_the_country_as_all_others_do() -> None:
    countries, terms = named(SD=Worded("The Sudan"))
    for typed in ("the sudan", "Sudan", "SD", "SDN"):
        assert terms.country(typed, PLACE) == countries["SD"]


def test_a_name_that_is_short_for_two_countries_means_none() -> None:
    countries, terms = named(CD=Worded("Congo"))
    assert countries["CD"].name.default == "Congo"
    assert not isinstance(terms.country("Congo", PLACE), Country)


def test_pages_feeds_and_data_say_it(site) -> None:
    folder = site(SITE)
    public = folder.path("public")
    assert build(folder.root, public, now=NOON).ok
    addresses = {file.relative_to(public) for file in public.rglob("*.html")}
    folder.edit("site.yaml", "languages: [en, fr]\n", f"languages: [en, fr]\n{NAMES}")
    assert build(folder.root, public, now=NOON).ok
    assert {file.relative_to(public) for file in public.rglob("*.html")} == addresses
    said = {path: (public / path).read_text() for path in ("index.html", "fr/index.html", "feed.xml", "fr/feed.xml")}
    assert not any("Occupied Palestinian" in text or "Territoire palestinien" in text for text in said.values())
    assert all("Palestine" in text for text in said.values())
    assert "Birmanie" in said["fr/index.html"]
    assert "Birmanie" not in said["index.html"]
    assert "North Korea" in said["index.html"]
    assert "Corée du Nord" in said["fr/index.html"]
    rows = json.loads((public / "data/alerts.json").read_text())
    assert {country["name"] for country in rows["countries"]} == {"Palestine", "Myanmar (Burma)", "North Korea"}


def test_a_remembered_alert_has_the_name_too(site, tmp_path: Path) -> None:
    folder = site(SITE)
    assert build(folder.root, folder.path("public"), now=NOON).ok
    folder.edit("site.yaml", "languages: [en, fr]\n", f"languages: [en, fr]\n{NAMES}")
    assert build(folder.root, folder.path("public"), now=NOON).ok
    fresh = tmp_path / "fresh"
    shutil.rmtree(folder.path(".alertgen"))
    assert build(folder.root, fresh, now=NOON).ok
    there = {file.relative_to(fresh): file.read_bytes() for file in fresh.rglob("*") if file.is_file()}
    here = {path: (folder.path("public") / path).read_bytes() for path in there}
    assert here == there


def test_the_schema_knows_it(site) -> None:
    folder = site(SITE)
    folder.edit("site.yaml", "languages: [en, fr]\n", "languages: [en, fr]\ncountry_names: {SD: The Sudan}\n")
    series = read_series(folder.root, Store(None))
    assert isinstance(series, Series)
    assert '"The Sudan"' in json.dumps(schema_of("alert", series))
