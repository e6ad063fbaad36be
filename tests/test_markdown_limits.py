"""No text takes long: what is beyond the caps is reported at once, and what is just below them is converted soon."""

import time

import pytest

from alertgen.codes import CODES
from alertgen.load.markdown.body import Body
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.limits import LIMITS, excess
from alertgen.load.markdown.source import Source, read_source

SECONDS = 8
"""Of processor time for a conversion; an undisturbed machine needs a tenth of it for the worst text known."""


def converted(source: str) -> Body:
    return convert(read_source(source, path="a.md", first_line=10, lang="en"), prefix="p")


def read(source: str) -> Source:
    return read_source(source, path="a.md", first_line=10, lang="en")


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a " * 140_000, "body-too-large", 10),
        ("س" * 140_000, "body-too-large", 10),
        ("a\n" * 5_001, "body-too-large", 10),
        ("x\n\n" + "a" * 20_001, "body-too-intricate", 12),
        ("x\n\n" + "a\n" * 1_001, "body-too-intricate", 12),
        ("x\n\n" + "[" * 21, "body-too-intricate", 12),
        ("x\n\n" + "[a](" * 21, "body-too-intricate", 12),
        ("x\n\n" + ">" * 13 + " a", "body-too-intricate", 12),
        ("x\n\n" + "- " * 13 + "a", "body-too-intricate", 12),
        ("x\n\n" + "1. " * 13 + "a", "body-too-intricate", 12),
        ("x\n\n- a\n" + " " * 48 + "- a", "body-too-intricate", 13),
        ("x\n\n" + "<b></b>" * 251, "body-too-intricate", 12),
        ("x\n\n" + "{" * 501, "body-too-intricate", 12),
        ("\n\n".join(["*a" * 9_000] * 3), "body-too-intricate", 10),
        ("".join(f"[r{n}]: x\n\n" for n in range(501)), "body-too-intricate", 10),
        ("x\n\n[r]: http://a/" + "b" * 4_000, "body-too-intricate", 12),
        ("x\n\n*[a]: " + "b" * 201, "body-too-intricate", 12),
        ("*[a]: b\n\n" + "a " * 2_001, "body-too-intricate", 10),
        ("[r]: http://a/" + "b" * 3_000 + "\n\n" + "[r] " * 1_000, "body-too-intricate", 10),
        ("x\n\n" + "|a" * 2_000 + "\n" + "|-" * 2_000 + "\n|" * 100, "body-too-intricate", 12),
    ],
)
def test_what_is_beyond_a_cap_is_reported_and_not_converted(source: str, code: str, line: int):
    body = converted(source)
    assert [(problem.code, problem.at.line) for problem in body.problems] == [(code, line)]
    assert (body.lead.html, body.sections) == ("", ())


def test_every_cap_has_a_code_and_says_its_number():
    assert {limit.code for limit in LIMITS} <= CODES.keys()
    problem = excess(read("[" * 21))
    assert problem is not None
    assert problem.message == "21 brackets are open at once; at most 20 are read"


ORDINARY = (
    "## A long heading {: country=SD risk_tags='genocide war-crimes' }\n\n"
    + "A paragraph of *some* length with [a link](https://ok.example/) and a note.[^1]\n\n" * 60
    + "- one\n- two\n    - three\n\n" * 10
    + "A | B | C\n- | - | -\n" + "1 | 2 | 3\n" * 100
    + "\n> quote\n> > quote\n\n* * * * * * * * * * * * * * *\n\n[^1]: " + "A note. " * 100
)  # fmt: skip


def test_an_ordinary_long_text_is_far_from_the_caps():
    assert excess(read(ORDINARY)) is None
    for limit in LIMITS:
        assert limit.measure(read(ORDINARY))[0] <= limit.most / 2


def test_no_value_exceeds_its_bound():
    bounds = [(limit, limit.bound) for limit in LIMITS if limit.bound]
    assert len(bounds) == 5
    for text in ("", "\n", "é|\n|" * 30, ORDINARY, "[a]: b\n\n" + "[a] " * 9, "|" * 50, *(unit * 40 for unit in UNITS)):
        for limit, bound in bounds:
            assert limit.measure(read(text))[0] <= bound(read(text)), (limit.message, text[:40])


UNITS = [
    "[a](", "[", "![", "[a][b]", "[a](<b", "[a](b \"", "*a ", "*a**b", "**a ", "*_", "`", "``a ", "<", "<a ",
    "<b x=1>", "<div>\n", "<!--", "<![CDATA[", "<?", "</a ", "<a href=\"", "<p>", "<a@b ", "<http://a", "&a", "\\",
    ">", "> a\n", "- a\n", "- a\n\n", "1. a\n", "# a\n", "### a\n\n", "a\n-\n", "|", "a|b\n-|-\na|b\n\n", "[^a]",
    "[^a]: x\n", "*[a]: x\n", "{: x }", "*a*{: b=c }", "# a {: b", "\"a ", "--", "...", "a  \n", " ", "\t",
    "    a\n\n", "[a]: b\n", "[[a]]", "http://a ", "\u200b", "\u2066", "## a {: country=SD }\n\n", "<b>a</b>",
    "<svg>", "<iframe src=x>", "top of page ",
]  # fmt: skip
"""What a text is made of that drives some parser to its worst."""


def just_below_the_caps(unit: str) -> str:
    """Return the longest text of *unit* over and over that is still converted, to within a half."""
    head = "[a]: http://a/bcd\n[^a]: note\n\n"
    per_paragraph = min(15_000 // len(unit), 900 // (unit.count("\n") or 1))
    paragraphs = 250_000 // (per_paragraph * len(unit))
    while excess(read(text := head + "\n\n".join([unit * per_paragraph] * paragraphs))):
        if paragraphs > 1:
            paragraphs //= 2
        else:
            per_paragraph //= 2
    return text


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_the_worst_text_below_the_caps_is_converted_soon(unit: str):
    text = just_below_the_caps(unit)
    start = time.process_time()
    converted(text)
    assert time.process_time() - start < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_the_worst_text_beyond_the_caps_is_refused_soon(unit: str):
    start = time.process_time()
    converted(unit * (500_000 // len(unit)))
    assert time.process_time() - start < SECONDS
