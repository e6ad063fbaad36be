"""Positions, phone numbers and e-mail addresses are found in every form, and hardly anything else is taken for one."""

import datetime
from pathlib import Path

import pytest

from alertgen.load.people.exposures import _FOREIGN, _SIGNS, exposures
from alertgen.load.site import load_site
from alertgen.store import Store
from conftest import SiteFolder

ROOT = Path(__file__).parent.parent

FOUND = {
    "coordinates": [
        "13.6288, 25.3493", "-13.6288,-25.3493", "13.628N 25.349E", "13.628° N, 25.349° E", "13,63° N",
        "13° 37\u2032 44\u2033 N", "13°37'44\"N", "13° 37.73' N", "38°53\u2019 N",
        "13.6288/25.3493", "13.6288%2C25.3493",
        "\u0661\u0663.\u0666\u0662\u0668\u0668, \u0662\u0665.\u0663\u0664\u0669\u0663",  # in Arabic digits
        "\u221213.6288, 25.3493", "geo:13.63,25.35", "mlat=13.6&mlon=25.3", "34PGV1234567890", "34P GV 12345 67890",
        "4QFJ12345678", "6GQ8JC9X+2F", "9G8F+6WX", "///filled.count.soap",
    ],
    "phone-number": [
        "+249 912 345 678", "+41 22 917 92 20", "+1 (212) 555-0134", "+44\u00a020\u00a07946\u00a00958",
        "0041 22 917 92 20", "00249912345678", "(212) 555-0134", "212-555-0134", "212.555.0134", "Tel: 0912 345 678",
        "WhatsApp 0912345678", "phone: 020 7946 0958", "wa.me/249912345678", "tel:+249912345678",
        "\u0647\u0627\u062a\u0641: 0912 345 678",
        "+\u0662\u0664\u0669\u0669\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
    ],
    "email-address": [
        "a.witness@example.org", "A.Witness+x@mail.example.co.uk", "a&#64;example.org", "a&commat;example.org",
        "a.witness [at] example [dot] org", "a (at) example.org", "mailto:a@example.org",
        "a.witness%40example.org",
        "\u0627\u0645\u0644@example.org",
    ],
    "inner-address": [
        "https://office-my.sharepoint.com/personal/jane_office_org/Doc.aspx", "https://office.sharepoint.com/:w:/s/x/E1",
        "https://docs.google.com/document/d/1aB/edit", "HTTP://DRIVE.google.com/file/d/1aB", "https://1drv.ms/w/abc",
        "https://www.dropbox.com/scl/fi/a/x.docx", "https://we.tl/t-abc", "http://192.168.1.2:8080/x", "http://10.0.0.7/",
        "http://server.local", "https://www.\u0130cloud.com/x", r"C:\Users\jane\Desktop\x.docx",
        "file:///C:/Users/jane/x.docx",
        r"D:\Reports\2026\x.docx", "/Users/jane/Documents/x.pdf", "file:///home/jane/x.odt",
        r"\\office\reports\x.docx",
    ],
}  # fmt: skip
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
