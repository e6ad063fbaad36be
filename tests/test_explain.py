"""`alertgen explain`: what each problem code means."""

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
    assert ran.out.startswith("unknown-country (error)\n\nCountries are named by ISO 3166 code")
    assert "      hint: did you mean Norway (NO)?\n" in ran.out


def test_a_near_miss_is_suggested(tmp_path):
    ran = alertgen("explain", "unknown-contry", cwd=tmp_path)
    assert ran.code == 2
    assert "did you mean unknown-country" in ran.err


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
