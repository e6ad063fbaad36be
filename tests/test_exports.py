"""Open data: what is on the pages is in the files and the reverse, and the tools of researchers read them."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from alertgen.json_text import render_json
from alertgen.load.site import load_site
from alertgen.model import Site
from alertgen.outputs import JsonFile, Page
from alertgen.plan.planners import plan_outputs
from alertgen.render.documents import render_document
from alertgen.store import Store
from alertgen.views import AlertView, CountryView, DataView, RiskView
from conftest import SiteFolder
from data_samples import bulletin
from factories import (
    CRISIS,
    MALI,
    SUDAN,
    alert,
    site,
    situation,
)
from json_schema import schema_faults
from planned import outputs, view
from planned import page as planned_page

ROOT = Path(__file__).parent.parent
DATA = ("alerts.json", "alerts.csv", "situations.csv", "countries.geojson", "alerts.schema.json")


def text(of: Site, name: str) -> bytes:
    made = outputs(of)[f"/data/{name}"]
    return render_json(made) if isinstance(made, JsonFile) else render_document(made)  # type: ignore[arg-type]


def table(of: Site, name: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The HXL row and the other rows of a CSV file."""
    hashtags, *rows = csv.DictReader(io.StringIO(text(of, name).decode("utf-8-sig"), newline=""))
    return hashtags, rows


def whole(of: Site) -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads(text(of, "alerts.json"))
    return loaded


# --- the same on the pages and in the data -------------------------------------------------------------------------


def _last_part(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def assert_same(of: Site) -> None:
    """Every alert, situation, country, tag and date on the pages is in the data, and the reverse."""
    planned = plan_outputs(of).outputs
    pages = [page for page in planned if isinstance(page, Page)]
    alerts = [(page.head.canonical, page.view) for page in pages if isinstance(page.view, AlertView)]
    shown = {(url, told.day.iso) for url, told in alerts}
    stated = {
        (f"{url}#{quote(part.anchor)}", tuple(sorted(_last_part(place.url) for place in part.places)))
        for url, told in alerts
        for part in told.situations
    }
    slugs = {country.alpha3: country.slug for one in of.alerts for country in one.countries}
    _, rows = table(of, "alerts.csv")
    _, situations = table(of, "situations.csv")
    assert {(row["url"], row["date"]) for row in rows} == shown
    found: dict[str, list[str]] = {}
    for row in situations:
        found.setdefault(row["url"], []).extend([slugs[row["country_code"]]] if row["country_code"] else [])
    assert {(url, tuple(sorted(places))) for url, places in found.items()} == stated
    assert {slugs[code] for row in rows for code in row["country_codes"].split(";") if code} == {
        _last_part(page.address) for page in pages if isinstance(page.view, CountryView)
    }
    assert {tag for row in rows for tag in row["risk_tags"].split(";") if tag} == {
        _last_part(page.address) for page in pages if isinstance(page.view, RiskView)
    }
    told = whole(of)
    assert [(item["url"], item["date"]) for item in told["alerts"]] == [(row["url"], row["date"]) for row in rows]
    assert {part["url"] for item in told["alerts"] for part in item["situations"]} == {url for url, _ in stated}  # type: ignore[attr-defined]


def test_all_that_is_on_the_pages_is_in_the_data_and_the_reverse():
    assert_same(bulletin())


@pytest.mark.slow
def test_the_sample_site_and_its_data_say_the_same():
    with Store(None) as store:
        loaded = load_site(ROOT, now=datetime.now(UTC), store=store)
    assert loaded.site
    assert loaded.site.alerts
    assert_same(loaded.site)
    assert schema_faults(whole(loaded.site), json.loads(text(loaded.site, "alerts.schema.json"))) == []


def test_a_draft_or_embargoed_alert_is_in_no_data(site):
    folder: SiteFolder = site(
        "-- alerts/2021-01-27-a.md --\n---\ntitle: Shown\ndate: 2021-01-27\ncountry: SD\n---\nText.\n"
        "-- alerts/2021-01-28-b.md --\n---\ntitle: SECRET\ndate: 2021-01-28\ncountry: ML\ndraft: true\n---\nSECRET.\n"
        "-- alerts/2021-01-29-c.md --\n---\ntitle: SECRET\ndate: 2021-01-29\ncountry: ML\n"
        "embargo: 2099-01-01T00:00:00Z\n---\nSECRET.\n"
    )
    loaded = folder.load()
    assert loaded.site
    assert len(loaded.site.alerts) == 1
    for name in DATA:
        assert b"SECRET" not in text(loaded.site, name)
        assert b"MLI" not in text(loaded.site, name)


def test_sensitive_pictures_are_in_no_data():
    assert b"wound" not in text(bulletin(), "alerts.json")
    pictures = [item["picture"] for item in whole(bulletin())["alerts"] if item["language"] == "en"]
    assert pictures[0]["url"].startswith("https://alerts.example.org/images/lead-")  # type: ignore[index]
    assert pictures[0]["credit"] == "A. Photographer"  # type: ignore[index]
    assert pictures[1:] == [None, None]


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["alerts.csv", "situations.csv"])
def test_csv_opens_in_spreadsheets_and_in_data_frames(name):
    """A byte-order mark says UTF-8 to spreadsheets; CR LF and quotes follow RFC 4180; every row is as long."""
    content = text(bulletin(), name)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])
    assert all(max(map(len, row)) < 32_767 for row in rows)  # no cell is longer than a spreadsheet takes


def test_values_survive_commas_quotes_and_semicolons():
    _, rows = table(bulletin(), "alerts.csv")
    rows = [row for row in rows if row["language"] == "en"]
    assert rows[0]["title"] == 'Sudan, Gaza; and "more"'
    assert rows[0]["themes"] == "Healthcare, in conflict"  # ; separates the entries of a list
    _, situations = table(bulletin(), "situations.csv")
    assert next(row["theme"] for row in situations if row["headline"] == "Hospitals") == "Healthcare; in conflict"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_no_cell_runs_as_a_formula_in_a_spreadsheet(start):
    formula = f"{start}HYPERLINK(1)"
    told = alert("2021-01-27", situation(formula, theme=formula), title=formula, authors=(formula, "B"))
    of = site(replace(told, summary=formula))
    for name in ("alerts.csv", "situations.csv"):
        hashtags, rows = table(of, name)
        assert not any(cell.startswith(start) for cell in (*hashtags, *hashtags.values(), *rows[0].values()))
    _, rows = table(of, "alerts.csv")
    assert rows[0]["title"] == f"'{formula}"
    assert rows[0]["authors"] == f"'{formula};B"
    assert whole(of)["alerts"][0]["title"] == formula  # the JSON file has it as it stands


@pytest.mark.parametrize("name", ["alerts.csv", "situations.csv"])
def test_the_second_row_holds_hxl_hashtags(name):
    """https://hxlstandard.org/standard/1-1final/tagging/: a hashtag, then attributes with +."""
    hashtags, _ = table(bulletin(), name)
    assert all(re.match(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*$", tag) for tag in hashtags.values())
    assert len(set(hashtags.values())) == len(hashtags)
    assert hashtags["date"] == "#date+reported"
    if name == "situations.csv":
        assert hashtags["country_code"] == "#country+code+v_iso3"


def test_a_situation_on_two_countries_has_a_row_for_each_with_one_id():
    _, rows = table(bulletin(), "situations.csv")
    two = [row for row in rows if row["headline"] == "Ceasefire"]
    assert [row["country"] for row in two] == ["Israel", "Palestine"]
    assert len({row["situation_id"] for row in two}) == 1


def test_ids_are_those_of_the_feeds_and_translations_share_an_issue():
    _, rows = table(bulletin(), "alerts.csv")
    by_language = {row["language"]: row for row in rows if row["date"] == "2021-01-27"}
    assert by_language["fr"]["issue_id"] == by_language["en"]["issue_id"] == by_language["en"]["id"]
    feed = outputs(bulletin())["/countries/sudan/feed.json"]
    _, situations = table(bulletin(), "situations.csv")
    assert feed.feed.items[0].id in {row["situation_id"] for row in situations}  # type: ignore[union-attr]


def test_the_json_file_keeps_to_its_schema():
    schema = json.loads(text(bulletin(), "alerts.schema.json"))
    assert schema_faults(whole(bulletin()), schema) == []
    assert schema_faults(whole(site()), schema) == []
    broken = whole(bulletin())
    del broken["alerts"][0]["date"]
    broken["countries"][0]["code"] = 7
    broken["more"] = []
    assert sorted(schema_faults(broken, schema)) == [
        "alerts[0]: date is missing", "countries[0].code: 7 is not string", "more is not known",
    ]  # fmt: skip


def test_the_json_file_explains_its_own_codes():
    told = whole(bulletin())
    codes = {code for item in told["alerts"] for code in item["country_codes"]}  # type: ignore[attr-defined]
    tags = {tag for item in told["alerts"] for tag in item["risk_tags"]}  # type: ignore[attr-defined]
    assert codes == {country["code"] for country in told["countries"]}
    assert tags == {tag["code"] for tag in told["risk_tags"]}
    assert "current-crisis" in {level["code"] for level in told["levels"]}


def test_geojson_has_a_point_for_each_country_and_counts_translations_once():
    """RFC 7946: longitude first, within the bounds, an id, members of a feature."""
    placed = replace(SUDAN, point=(15.5, 30.25))
    of = site(
        alert("2021-01-27", situation("A", placed, level=CRISIS)),
        alert("2021-01-27", situation("A", placed, level=CRISIS), lang="fr"),
        alert("2021-01-20", situation("B", placed, level=CRISIS), situation("C", MALI)),
    )
    told = json.loads(text(of, "countries.geojson"))
    assert told["type"] == "FeatureCollection"
    mali, sudan = told["features"]
    assert sudan["geometry"] == {"type": "Point", "coordinates": [30.25, 15.5]}
    assert mali["geometry"] is None
    assert sudan["properties"]["alert_count"] == 2
    assert sudan["properties"]["situation_count"] == 2
    assert sudan["properties"]["level"] == "current-crisis"
    assert sudan["properties"]["level_since"] == "2021-01-20"
    assert sudan["properties"]["level_last"] == "2021-01-27"
    assert sudan["properties"]["url"] == "https://alerts.example.org/countries/sudan/"


@pytest.mark.slow
def test_every_country_of_the_sample_site_has_a_place_on_earth():
    with Store(None) as store:
        loaded = load_site(ROOT, now=datetime.now(UTC), store=store)
    assert loaded.site
    features = json.loads(text(loaded.site, "countries.geojson"))["features"]
    assert features
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def test_the_codebook_explains_every_column_of_every_file():
    told = view(bulletin(), "/data/", DataView)
    columns = {table.file.name: {column.name for column in table.columns} for table in told.tables}
    for name in ("alerts.csv", "situations.csv"):
        assert columns[name] == set(table(bulletin(), name)[0])
    properties = json.loads(text(bulletin(), "countries.geojson"))["features"][0]["properties"]
    assert columns["countries.geojson"] == set(properties)
    assert {"alerts[].situations[].headline", "countries[].m49", "levels[].rank"} <= columns["alerts.json"]
    assert all(column.meaning.endswith(".") for table in told.tables for column in table.columns)
    planned = outputs(bulletin())
    assert {file.url for file in told.files} == {f"/data/{name}" for name in DATA}
    assert all(file.url in planned for file in told.files)


def test_search_engines_for_data_find_what_the_data_are_about():
    whole = site(
        alert("2021-01-20"),
        alert("2021-01-27", lang="fr", corrections=(("2021-02-01", "Une erreur."),)),
        licence_url="https://licence.example/",
    )
    told = json.loads(planned_page(whole, "/fr/data/").head.json_ld)["@graph"][0]
    assert (told["@type"], told["@id"]) == ("Dataset", "https://alerts.example.org/fr/data/")
    assert len(told["description"]) >= 50  # or Google shows nothing of it
    assert told["inLanguage"] == ["en", "fr"]
    assert told["license"] == "https://licence.example/"
    assert told["temporalCoverage"] == "2021-01-20/2021-01-27"
    assert told["dateModified"] == "2021-02-01"
    assert {file["contentUrl"]: file["encodingFormat"] for file in told["distribution"]} == {
        "https://alerts.example.org/data/alerts.json": "application/json",
        "https://alerts.example.org/data/alerts.csv": "text/csv",
        "https://alerts.example.org/data/situations.csv": "text/csv",
        "https://alerts.example.org/data/countries.geojson": "application/geo+json",
    }
    empty = json.loads(planned_page(site(), "/data/").head.json_ld)["@graph"][0]
    assert "temporalCoverage" not in empty


def test_a_footer_leads_to_the_data():
    assert "/data/" in {term.url for term in outputs(bulletin())["/"].chrome.footer}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", DATA)
def test_the_order_of_files_changes_no_byte(name):
    texts = bulletin().alerts
    assert text(site(*texts), name) == text(site(*reversed(texts)), name)
