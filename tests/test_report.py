from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.report import format_count, format_problem


def test_a_problem_reads_as_the_contract_says():
    problem = Diagnostic(
        code="unknown-country",
        message='"Norwya" is not a country I know',
        at=Place("alerts/2026/2026-11-18-norway.md", 4, 10, 6),
        excerpt="country: Norwya",
        hint="did you mean Norway (NO)?",
    )
    assert format_problem(problem) == (
        'alerts/2026/2026-11-18-norway.md:4:10: error[unknown-country]: "Norwya" is not a country I know\n'
        "    4 | country: Norwya\n"
        "      |          ^^^^^^\n"
        "  hint: did you mean Norway (NO)?"
    )


def test_carets_stand_under_wide_and_combining_characters():
    problem = Diagnostic(code="x", message="m", at=Place("a.md", 1, 4, 2), excerpt="日e\u0301x!")
    assert format_problem(problem).splitlines()[2] == "      |    ^^"


def test_invisible_characters_are_shown():
    problem = Diagnostic(code="x", message="found \u202e", at=Place("a.md", 1, 2, 1), excerpt="a\u200bb")
    assert "\\u202e" in format_problem(problem)
    assert "    1 | a\\u200bb\n      |  ^^^^^^" in format_problem(problem)


def test_a_very_long_line_is_cut_around_the_fault():
    problem = Diagnostic(code="x", message="m", at=Place("a.md", 1, 5001, 3), excerpt="a" * 5000 + "BAD" + "c" * 5000)
    _, line, carets = format_problem(problem).splitlines()
    assert len(line) < 200
    assert line[carets.index("^") :].startswith("BAD")


def test_the_sum_counts_by_severity_and_file():
    here, there = Place("a.md", 1, 1), Place("b.md", 1, 1)
    problems = [
        Diagnostic(code="x", message="m", at=here),
        Diagnostic(code="y", message="m", at=here),
        Diagnostic(code="z", message="m", at=there, severity=Severity.WARNING),
    ]
    assert format_count(problems, 41) == "2 errors, 1 warning in 2 of 41 files"
    assert format_count([], 41) == ""
