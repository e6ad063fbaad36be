"""Positions, phone numbers and e-mail addresses are found in every form, and hardly anything else is taken for one."""

import datetime
from pathlib import Path

import pytest

from alertgen.load.people.exposures import _FOREIGN, _SIGNS, exposures
from alertgen.load.site import load_site
from alertgen.store import Store
from conftest import SiteFolder
from exposed import FOUND

ROOT = Path(__file__).parent.parent

NOTHING = [
    "https://docs.google.com/forms/d/abc", "https://docs.google.com/document/d/e/2PACX/pub", "https://10.example.org/",
    "https://web.archive.org/web/2026/https://drive.google.com/x", "https://office.sharepoint.com/sites/a.pdf",
    "https://server.localnews.example/", "https://172.32.0.1/", "see drive.google.com/x",
    "38° north", "38°C", "the 38th parallel", "12.5, 13.5", "grew 3.141, 2.718 times", "1.234, 5.678", "1.234.567",
    "199.1234, 25.3493", "25.3493, 225.3493", "v1.2345, 2.3456", "5G NR 2024 2025", "Flight MH17", "UN1234", "Area 51",
    "https://x.example/alerts/2021/0041229179220/", "https://x.example/?q=00249912345678&n=212-555-0134",
    "urn:uuid:00491234-5678-4000-8000-123456789012", "2026-11-25T14:00:00+01:00", "+01:00", "+12 000 people",
    "12 000 000 people", "2003-2005, 1994-1996", "S/RES/2021/1234567", "A/HRC/46/53", "ICC-02/05-01/09",
    "ISBN 978-0-306-40615-7", "call 911", "between +1.5 and +2.0", "$1,234.5678, more", "No. 0012345678",
    "10:30-11:45", "@user@example.social", "https://medium.com/@first.last",
    "on 5 May (at) noon", "a@b", "C++20", "2+2=4", "50+ towns",
    "https://example.org/home/about/us", "[x](/home/about/us)", "/home/", "a:\\*", r"\\", r"a\\b\\c",
    "at home/abroad/here", "https://example.org/?x=/Users/a/b", "S:/RES/1",
    "//comment.like.this", "https:///a.b.c", "signal that 10 of 12 were killed", "by phone on 5 May 2021",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FOUND.items() for text in texts])
@pytest.mark.parametrize("around", ["{}", "It is ({}), they said.", "caption: {}\nmore", "[x]({})", "**{}**"])
def test_each_form_is_found_and_marked(code: str, text: str, around: str):
    whole = around.format(text)
    found = [problem for problem in exposures(whole, "a.md") if problem.code == code]
    assert len(found) == 1, [(problem.code, problem.at) for problem in exposures(whole, "a.md")]
    assert found[0].at.line == 1
    marked = whole[found[0].at.column - 1 :][: found[0].at.length]
    assert marked.strip(" ([*") in text or text in marked


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_a_little_like_one_is_left_in_peace(text: str):
    assert [problem.code for problem in exposures(f"It was {text}, they said.", "a.md")] == []


@pytest.mark.parametrize(
    ("cleared", "typed"),
    [
        ("desk@example.org", "Desk@Example.org"),
        ("+41 22 917 92 20", "+41-22-917 9220"),
        ("13.6288, 25.3493", "13.6288,25.3493"),
    ],
)
def test_what_is_cleared_is_not_told(cleared: str, typed: str):
    assert list(exposures(typed, "a.md"))
    assert list(exposures(typed, "a.md", [cleared])) == []


def test_digits_and_signs_of_other_scripts_are_seen_in_any_text():
    assert not _FOREIGN.matches("+41 \u2019 \u4e2d")
    for sign, plain in _SIGNS.items():
        assert _FOREIGN.matches(f"12{chr(sign)}"), (hex(sign), plain)


def test_the_place_is_that_of_the_file(site):
    folder: SiteFolder = site(
        "-- alerts/a.md --\n---\ntitle: A\ndate: 2026-11-11\n---\nOne.\n\nCall +249 912 345 678.\n"
    )
    (problem,) = folder.load().problems
    assert (problem.at.line, problem.at.column, problem.excerpt) == (7, 6, "Call +249 912 345 678.")


def test_the_sample_raises_no_false_alarm():
    with Store(None) as store:
        loaded = load_site(ROOT, now=datetime.datetime.now(datetime.UTC), store=store)
    assert {problem.code for problem in loaded.problems} & set(FOUND) == set()


def test_long_texts_of_signs_take_no_time():
    """Nothing here may be quadratic: the caps of Markdown do not hold for a header."""
    for unit in ("1", "1 ", "1.", "+1", "0", "a@", "a.", "a", "°1", "(212)", "[at]", "///a.", "12345678+", "A1"):
        text = unit * (1024 * 1024 // len(unit))
        list(exposures(text, "a.md"))
