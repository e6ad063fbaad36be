"""The rendered pages of the sample and its open data say the same, in both directions; both are read from files."""

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from lxml import html

from browsing import BASE, public

__all__ = ["public"]

Element = html.HtmlElement


def rows(public: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file below that of its HXL hashtags."""
    with (public / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))[1:]


@pytest.fixture(scope="module")
def told(public: Path) -> dict[str, dict[str, Any]]:
    """The alerts of alerts.json, by address."""
    content = json.loads((public / "data/alerts.json").read_text(encoding="utf-8"))
    return {alert["url"]: alert for alert in content["alerts"]}


@pytest.fixture(scope="module")
def shown(public: Path) -> dict[str, Element]:
    """The page of each alert, by address."""
    found = {}
    for file in public.glob("**/alerts/2*/*/index.html"):
        page = html.fromstring(file.read_bytes())
        if page.xpath("//article"):
            (address,) = page.xpath("//link[@rel='canonical']/@href")
            found[address] = page
    return found


def targets(page: Element, path: str, address: str, part: str) -> list[str]:
    """The last folders of the links at *path* in *page* that lead below *part*."""
    links = (urljoin(address, href) for href in page.xpath(f"{path}//a/@href"))
    return [link.rstrip("/").rpartition("/")[2] for link in links if f"/{part}/" in link and link.endswith("/")]


def slugs(public: Path) -> dict[str, str]:
    """The code of each country on the map -> the folder of its page."""
    content = json.loads((public / "data/countries.geojson").read_text(encoding="utf-8"))
    return {one["id"]: one["properties"]["url"].rstrip("/").rpartition("/")[2] for one in content["features"]}


def test_every_alert_has_a_page_and_a_row_in_both_files(public, told, shown):
    assert shown
    assert set(shown) == set(told) == {row["url"] for row in rows(public, "alerts.csv")}


def test_titles_numbers_languages_and_summaries_are_those_of_the_pages(told, shown):
    for address, page in shown.items():
        alert = told[address]
        assert page.xpath("string(//h1)") == alert["title"]
        assert page.xpath("string(//html/@lang)") == alert["language"]
        assert str(alert["number"]) in page.xpath("string(//*[@class='kicker-series'])")
        assert page.xpath("string(//*[@class='standfirst'])") == (alert["summary"] or "")


def test_every_date_of_an_alert_is_in_the_data_and_the_reverse(told, shown):
    for address, page in shown.items():
        alert = told[address]
        dates = {alert["date"], alert["updated"]}
        dates |= {part["date"] for key in ("corrections", "sources") for part in alert[key] if part["date"]}
        assert set(page.xpath("//article//time/@datetime")) == dates, address


def test_every_situation_with_its_countries_and_tags_is_in_the_data_and_the_reverse(public, told, shown):
    folders = slugs(public)
    for address, page in shown.items():
        on_page = [
            (
                f"{address}#{part.get('id')}",
                targets(part, ".//*[@class='where']", address, "countries"),
                targets(part, ".//*[@class='situation-tags']", address, "risks"),
            )
            for part in page.xpath("//article//*[@class='situation']")
        ]
        in_data = [
            (unquote(part["url"]), [folders[code] for code in part["country_codes"]], part["risk_tags"])
            for part in told[address]["situations"]
        ]
        assert on_page == in_data


def test_the_two_files_of_situations_say_the_same(public, told):
    whole = {
        (alert["url"], part["id"], part["url"], code, part["level"], tuple(part["risk_tags"]))
        for alert in told.values()
        for part in alert["situations"]
        for code in part["country_codes"] or [""]
    }
    addresses = {row["id"]: row["url"] for row in rows(public, "alerts.csv")}
    table = {
        (
            addresses[row["alert_id"]], row["situation_id"], row["url"], row["country_code"], row["level"] or None,
            tuple(filter(None, row["risk_tags"].split(";"))),
        )
        for row in rows(public, "situations.csv")
    }  # fmt: skip
    assert table == whole


@pytest.mark.parametrize(("part", "column"), [("countries", "country_code"), ("risks", "risk_tags")])
def test_the_page_of_a_country_or_tag_lists_the_situations_that_the_data_hold(public, part, column):
    folders = slugs(public)
    expected: dict[str, set[str]] = {}
    for row in rows(public, "situations.csv"):
        home = {"en": BASE}.get(row["language"], f"{BASE}{row['language']}/")
        for value in filter(None, row[column].split(";")):
            expected.setdefault(f"{home}{part}/{folders.get(value, value)}/", set()).add(unquote(row["url"]))
    found: dict[str, set[str]] = {}
    for file in public.glob(f"**/{part}/*/index.html"):
        address = f"{BASE}{file.parent.relative_to(public).as_posix()}/"
        page = html.fromstring(file.read_bytes())
        links = [urljoin(address, href) for href in page.xpath("//main//a/@href")]
        situations = {unquote(link) for link in links if "/alerts/2" in link and urldefrag(link)[1]}
        if situations or address in expected:
            found[address] = situations
    assert found == expected


def test_every_country_and_tag_with_a_page_is_explained_in_the_data(public):
    content = json.loads((public / "data/alerts.json").read_text(encoding="utf-8"))
    folders = slugs(public)
    assert {path.parent.name for path in public.glob("countries/*/index.html")} == {
        folders[country["code"]] for country in content["countries"]
    }
    assert {path.parent.name for path in public.glob("risks/*/index.html")} == {
        tag["code"] for tag in content["risk_tags"]
    }
