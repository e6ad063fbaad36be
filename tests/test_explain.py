"""`alertgen explain`: what each problem code means."""

import re
from pathlib import Path

import pytest

from alertgen.codes import CODES
from alertgen.explanation import examples, explanation
from terminal import alertgen, process


@pytest.mark.parametrize(
    "typed", ["unknown-country", "Unknown-Country", "error[unknown-country]", "[unknown-country]:"]
)
def test_a_code_is_explained_however_it_was_copied(tmp_path, typed):
    ran = alertgen("explain", typed, cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("unknown-country (error)\n\nA country is given by its ISO 3166 code")
    assert "      hint: did you mean Norway (NO)?\n" in ran.out


def test_a_near_miss_is_suggested(tmp_path):
    ran = alertgen("explain", "unknown-contry", cwd=tmp_path)
    assert ran.code == 2
    assert "did you mean unknown-country" in ran.err


@pytest.mark.parametrize("typed", ["home.html", "templates/home.html", "templates\\home.html"])
def test_a_template_is_explained_to_whoever_has_no_docs(tmp_path, typed):
    ran = alertgen("explain", typed, cwd=tmp_path)
    assert ran.code == 0
    assert re.search(r"^    view\.latest +Teaser or None$", ran.out, re.MULTILINE)
    assert "  href(address)\n" in ran.out
    default = Path(re.search(r"^The default is (.+)$", ran.out, re.MULTILINE)[1])
    assert default.name == "home.html"
    assert default.is_file()


@pytest.mark.parametrize(
    ("typed", "meant"), [("hom.html", "home.html"), ("Chorme", "Chrome"), ("static/sit.css", "static/site.css")]
)
def test_a_near_miss_of_the_theme_is_suggested(tmp_path, typed, meant):
    ran = alertgen("explain", typed, cwd=tmp_path)
    assert ran.code == 2
    assert meant in ran.err.partition("did you mean ")[2]


def test_parts_and_static_files_are_explained_by_their_bare_name(tmp_path):
    assert alertgen("explain", "footer.html", cwd=tmp_path).out.startswith("parts/footer.html\n")
    assert alertgen("explain", "site.css", cwd=tmp_path).out.startswith("static/site.css\n")


def test_functions_are_explained_with_the_texts_that_they_know(tmp_path):
    told = alertgen("explain", "t", cwd=tmp_path).out
    assert told.startswith("t(key, name=…)\n\na text of the interface in the language of this page.\n")
    assert "    skip\n        Skip to the text\n" in told
    assert "    alerts\n        {n} alerts\n" in alertgen("explain", "n", cwd=tmp_path).out
    assert "Skip" not in alertgen("explain", "href", cwd=tmp_path).out


def test_macros_are_explained_with_the_file_that_they_are_in(tmp_path):
    told = alertgen("explain", "parts/lists.html", cwd=tmp_path).out
    assert "  teaser(entry, level=3)\n" in told
    assert '  {% from "parts/lists.html" import teaser with context %}\n' in told
    assert "macros" not in alertgen("explain", "base.html", cwd=tmp_path).out


def test_without_a_code_all_are_listed(tmp_path):
    ran = alertgen("explain", cwd=tmp_path)
    assert [line.split()[0] for line in ran.out.splitlines()] == sorted(CODES)
    assert max(map(len, ran.out.splitlines())) < 120


def test_every_code_that_a_site_can_provoke_has_an_example():
    assert set(CODES) - set(examples()) <= {"image-changed", "search-failed"}
    assert all(f"[{code}]: " in report.splitlines()[0] for code, report in examples().items())


def test_every_meaning_is_for_editors():
    for code, row in CODES.items():
        assert row.meaning.endswith("."), code
        assert len(row.meaning) > 40, code
        assert explanation(code)


def test_a_shell_completes_commands_and_codes(tmp_path):
    asked = {"_ALERTGEN_COMPLETE": "bash_complete", "COMP_WORDS": "alertgen explain unknown-c", "COMP_CWORD": "2"}
    assert process(cwd=tmp_path, env=asked).out == "plain,unknown-country\n"
    asked = {"_ALERTGEN_COMPLETE": "bash_complete", "COMP_WORDS": "alertgen ch", "COMP_CWORD": "1"}
    assert process(cwd=tmp_path, env=asked).out == "plain,check\n"
