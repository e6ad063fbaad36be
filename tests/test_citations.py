"""Citations: what reference managers make of the files beside each alert."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from alertgen.model import Republication, Site, Worded
from alertgen.outputs import Citation
from alertgen.render.bidi import drawn
from alertgen.render.citations import render_citation
from alertgen.views import AlertView
from factories import SUDAN, WAR_CRIMES, alert, site, situation
from planned import outputs, view
from planned import page as planned_page

HERE = "/alerts/2021/2021-01-27-alert/"
TITLE = "Sudan & “Gaza”: 100% of $5_{x} #1 ~ \\ ^ é"


def bulletin(title: str = TITLE, authors: tuple[str, ...] = ("A. Desk", "Jane and Joe"), **config: object) -> Site:
    told = alert("2021-01-27", situation("A", SUDAN, tags=(WAR_CRIMES,)), title=title, number=7, authors=authors)
    return site(told, **config)  # type: ignore[arg-type]


def text(of: Site, name: str) -> str:
    made = outputs(of)[HERE + name]
    assert isinstance(made, Citation)
    return render_citation(made).decode()


def bibtex_fields(entry: str) -> dict[str, str]:
    """Fields of one entry by a reader of balanced braces; `\\{` and `\\}` are text."""
    fields = {}
    for match in re.finditer(r"^  ([a-z]+) = \{", entry, re.MULTILINE):
        depth, at = 1, match.end()
        while depth:
            escaped = entry[at] == "\\"
            depth += 0 if escaped else {"{": 1, "}": -1}.get(entry[at], 0)
            at += 2 if escaped else 1
        fields[match[1]] = entry[match.end() : at - 1]
        assert entry[at] == ","
    return fields


def untexed(value: str) -> str:
    """What TeX prints."""
    for command, char in ((r"\textbackslash{}", "\0"), (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^")):
        value = value.replace(command, char)
    return re.sub(r"\\([&%$#_{}])", r"\1", value.replace("{", "\1").replace("\\\1", "\\{").replace("\1", "")).replace(
        "\0", "\\"
    )


def test_an_alert_shows_how_to_cite_it_and_offers_the_files():
    citation = view(bulletin("Sudan"), HERE, AlertView).citation
    assert citation.text == (
        "A. Desk and Jane and Joe, “Sudan”, Test Alert No. 7, 27 January 2021, "
        "https://alerts.example.org/alerts/2021/2021-01-27-alert/"
    )
    assert [(file.name, file.url) for file in citation.files] == [
        ("BibTeX", f"{HERE}cite.bib"), ("RIS", f"{HERE}cite.ris"), ("CSL-JSON", f"{HERE}cite.json"),
    ]  # fmt: skip
    assert all(file.url in outputs(bulletin()) for file in citation.files)


def test_without_authors_the_publisher_stands_and_without_a_publisher_the_title():
    assert view(bulletin(authors=()), HERE, AlertView).citation.text.startswith("Example Desk, ")
    assert view(bulletin(authors=(), publisher=Worded("")), HERE, AlertView).citation.text.startswith("Test Bulletin, ")


@pytest.mark.parametrize("authors", [(), ("A. Desk",)])
def test_in_arabic_the_day_stands_with_its_month_behind_a_series_in_latin_letters(authors):
    told = alert("2026-11-18", situation("A", SUDAN), lang="ar", title="تقرير Test Watch", number=None, authors=authors)
    of = site(told, publisher=Worded(""), title=Worded("Test Alert"))
    shown = drawn(view(of, "/ar/alerts/2026/2026-11-18-alert/", AlertView).citation.text, rtl=True)
    month = "نوفمبر"[::-1]
    assert f"2026 {month} 18 ،\u200fTest Alert ،\u200f«Test Watch " in shown  # all parts from right to left


def test_a_republication_is_by_who_published_it_first():
    first = Republication(publisher="Partner", url="https://p.example/", date=date(2021, 1, 20), rights="All rights")
    of = site(alert("2021-01-27", situation("A", SUDAN), republished=first, authors=()))
    assert view(of, HERE, AlertView).citation.text.startswith("Partner, “")
    assert [line for line in text(of, "cite.ris").splitlines() if line.startswith("AU")] == ["AU  - Partner"]
    head = planned_page(of, HERE).head
    assert [content for name, content in head.meta if name == "citation_author"] == ["Partner"]
    report = json.loads(head.json_ld)["@graph"][0]
    assert report["author"] == {"@type": "Organization", "name": "Partner"}
    assert report["creditText"] == "Partner"
    assert (report["copyrightNotice"], report.get("license")) == ("All rights", None)
    unsaid = site(alert("2021-01-27", situation("A", SUDAN), republished=replace(first, rights="")))
    report = json.loads(planned_page(unsaid, HERE).head.json_ld)["@graph"][0]
    assert not {"copyrightNotice", "license"} & report.keys()  # those of the site are not the author's
    signed = site(alert("2021-01-27", situation("A", SUDAN), republished=first, authors=("B. Named",)))
    assert view(signed, HERE, AlertView).citation.text.startswith("B. Named, “")


def test_who_is_called_as_the_bulletin_stands_once():
    told = alert("2021-01-27", situation("A", SUDAN), title="Mali", authors=())
    named = site(told, publisher=Worded("Test Bulletin"), title=Worded("Test Bulletin"), series=Worded("Test Bulletin"))
    assert view(named, HERE, AlertView).citation.text.startswith("“Mali”, Test Bulletin, 27 January 2021, https://")


def test_bibtex_is_one_entry_whose_fields_say_what_the_page_says():
    entry = text(bulletin(), "cite.bib")
    assert re.match(r"@techreport\{[a-z0-9-]+,\n", entry)
    assert entry.endswith("}\n")
    fields = bibtex_fields(entry)
    assert fields["title"].startswith("{")  # a second pair of braces keeps capitals
    assert untexed(fields["title"][1:-1].replace(r"\}", "\2")).replace("\2", "}") == TITLE
    assert fields["author"] == "{A. Desk} and {Jane and Joe}"  # each in one piece
    assert (fields["institution"], fields["number"], fields["type"]) == ("Example Desk", "7", "Test Alert")
    assert (fields["date"], fields["year"]) == ("2021-01-27", "2021")
    assert "\n  month = jan,\n" in entry  # a name that every style knows; most write a number as it stands
    assert fields["url"] == "https://alerts.example.org/alerts/2021/2021-01-27-alert/"


@pytest.mark.parametrize("title", ["a { b", "a } b", "a } b { c", "{a} and {{b}}", "\\{"])
def test_bibtex_counts_as_many_braces_open_as_closed(title):
    """BibTeX itself knows no `\\{`: it counts braces alone, and a lone one would swallow the fields after it."""
    entry = text(bulletin(title), "cite.bib")
    depth = 0
    for line in entry.splitlines()[1:-1]:
        for char in line:
            depth += {"{": 1, "}": -1}.get(char, 0)
            assert depth >= 0
        assert depth == 0, line


def test_ris_has_a_type_first_an_end_last_and_a_tag_a_line():
    content = text(bulletin(), "cite.ris")
    lines = content.split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    fields = [(line[:2], line[6:]) for line in lines[:-1]]
    assert ("TI", TITLE) in fields
    assert [value for tag, value in fields if tag == "AU"] == ["A. Desk", "Jane and Joe"]
    assert ("DA", "2021/01/27") in fields
    assert ("UR", "https://alerts.example.org/alerts/2021/2021-01-27-alert/") in fields
    assert [value for tag, value in fields if tag == "KW"] == ["Sudan", "War crimes"]


def test_csl_json_is_a_list_of_one_report():
    """https://github.com/citation-style-language/schema: `id` and `type` are required, dates are lists of numbers."""
    (item,) = json.loads(text(bulletin(), "cite.json"))
    assert item["type"] == "report"
    assert item["title"] == TITLE
    assert item["issued"] == {"date-parts": [[2021, 1, 27]]}
    assert item["author"] == [{"literal": "A. Desk"}, {"literal": "Jane and Joe"}]
    assert (item["number"], item["collection-title"], item["publisher"]) == ("7", "Test Alert", "Example Desk")
    assert item["URL"] == "https://alerts.example.org/alerts/2021/2021-01-27-alert/"


@pytest.mark.parametrize("slug", ["2021-01-27-alert", "car", "السودان"])
def test_the_key_of_an_entry_is_ascii_and_holds_the_day(slug):
    told = alert("2021-01-27", stem=slug)
    planned = outputs(site(told))
    bib = next(one for address, one in planned.items() if address.endswith("cite.bib"))
    assert isinstance(bib, Citation)
    assert re.match(r"@techreport\{2021-01-27-[a-z0-9-]+-en,\n", render_citation(bib).decode())


def test_alerts_in_one_language_have_keys_of_their_own():
    planned = outputs(
        site(alert("2021-01-27", stem="a"), alert("2021-01-27", stem="b"), alert("2021-01-27", lang="fr"))
    )
    bibs = [one for address, one in planned.items() if address.endswith("cite.bib")]
    keys = {one.cited.key for one in bibs if isinstance(one, Citation)}
    assert len(keys) == 3
