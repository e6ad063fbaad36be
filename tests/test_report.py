from alertgen.cli.summary import closing_lines
from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.outcome import Published, Report
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


def closing(*removed: str, rehearsal: bool = False) -> str:
    report = Report(problems=(), held=(), files=1, published=Published(removed=removed), rehearsal=rehearsal)
    return "\n".join(closing_lines(report, "public/", 1.0))


def test_what_it_means_that_pages_are_gone_is_told():
    told = closing("/alerts/2026/mali/", "/alerts/page/2/", "/countries/mali/", "/countries/mali/feed.xml")
    assert "  From now on readers find nothing at /alerts/2026/mali/ and other addresses, which" in told
    assert "from an earlier commit or from a colleague." in told
    assert "readers find nothing at /alerts/2026/mali/, which" in closing("/alerts/2026/mali/")


def test_nobody_misses_a_further_page_of_a_list_or_what_was_only_rehearsed():
    assert "find nothing" not in closing("/alerts/page/2/", "/cards/0123.png")
    assert "find nothing" not in closing("/alerts/2026/mali/", rehearsal=True)


def test_files_of_others_that_go_to_the_web_host_are_told_when_something_is_published():
    def kept(*foreign: str, changed: tuple[str, ...] = ("/",), rehearsal: bool = False) -> list[str]:
        published = Published(changed=changed, foreign=foreign)
        report = Report(problems=(), held=(), files=1, published=published, rehearsal=rehearsal)
        return [line for line in closing_lines(report, "public/", 1.0) if "kept:" in line]

    assert kept() == kept("CNAME", changed=()) == kept("CNAME", rehearsal=True) == []
    assert "kept:      CNAME, which alertgen has neither made nor looked into" in kept("CNAME")[0]
    assert "kept:      a, b, c and 2 other files, which" in kept("a", "b", "c", "d", "e")[0]
