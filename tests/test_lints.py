"""Each lint speaks at the right line and column, with a cure, and stays silent where all is well."""

# ruff: noqa: RUF001  typographic and Arabic signs are what is tested

from collections import deque
from time import perf_counter

import pytest

from alertgen.codes import CODES
from alertgen.diagnostics import Diagnostic
from alertgen.load.keys.schema import AlertKeys, PageKeys
from alertgen.load.lints.table import LINTS, without_echoes
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.source import read_source


def problems(source: str, lang: str = "en") -> tuple[Diagnostic, ...]:
    return convert(read_source(source, path="a.md", first_line=10, lang=lang), prefix="p").problems


def told(source: str, lang: str = "en") -> list[tuple[str, str]]:
    """Codes, each with what the carets under its line point at; the line must be the last of *source*."""
    lines = source.split("\n")
    found = []
    for problem in problems(source, lang):
        line = lines[problem.at.line - 10]
        assert problem.excerpt == line
        found.append((problem.code, line[problem.at.column - 1 :][: problem.at.length]))
    return found


@pytest.mark.parametrize(
    ("source", "code", "caret"),
    [
        ("text\n- item", "list-without-blank-line", "-"),
        ("text\n* item", "list-without-blank-line", "*"),
        ("text\n1. item", "list-without-blank-line", "1."),
        ("### H\ntext\n- item", "list-without-blank-line", "-"),
        ("text\n\n2026. Fighting went on", "number-became-list", "2026."),
        ("12. November", "number-became-list", "12."),
        ("text\n\n#Sudan", "heading-without-space", "#Sudan"),
        ("##Sudan and more", "heading-without-space", "##Sudan"),
        ("text\n\n# Heading", "heading-of-level-one", "# Heading"),
        ("Heading\n===", "heading-of-level-one", "Heading"),
        ("## A\n\n#### B", "heading-skips-level", "####"),
        ("#### B", "heading-skips-level", "####"),
        ("text\n\n ## A", "heading-indented", "##"),
        ("text\nmore\n\nA line\n---", "line-became-heading", "A line"),
        ("text\n\n```\ncode\n```", "fenced-code", "```"),
        ("text\n\n~~~~\ncode\n~~~~", "fenced-code", "~~~"),
        ("text\n\n\tOn Monday they came.", "indented-text", "On Monday they came."),
        ("    “On 3 January they came.", "indented-text", "“On 3 January they came."),
        ("| a | b |\n| c | d |", "broken-table", "|"),
        ("a\n\n<div>\n\nb", "unclosed-html", "<div"),
        ("a\n\n<p>b", "unclosed-html", "<p"),
        ("a <b>c", "unclosed-html", "<b"),
        ("<div><b>c</div>", "unclosed-html", "<b"),
        ("a <!-- b", "unclosed-html", "<!--"),
        ("where a<b and c", "stray-less-than", "<b"),
        ("where a<b and c>d", "stray-less-than", "<b"),
        ("a <person> b", "stray-less-than", "<person"),
        ("No Images? Click here", "leftover-of-mail", "No Images? Click here"),
        ("text\n\n[top of page](#top)", "leftover-of-mail", "top of page"),
        ("**Bottom of page**", "leftover-of-mail", "Bottom of page"),
        ("Odd? [View this email in your browser](x.md)", "leftover-of-mail", "View this email in your browser"),
        ("text[^x]", "unknown-note", "[^x]"),
        ("text[^1][^2]\n\n[^1]: x", "unknown-note", "[^2]"),
        ("text\n\n[^x]: note", "unused-note", "[^x]"),
        ("t[^x]\n\n[^x]: a\n[^x]: b", "duplicate-note", "[^x]"),
        ("[text][name]", "unknown-reference", "[text][name]"),
        ("[text][]", "unknown-reference", "[text][]"),
        ("see [[Sudan]]", "wiki-link", "[[Sudan]]"),
        ("see [[a|b]] c", "wiki-link", "[[a|b]]"),
        ("see https://ok.example/a_b.", "bare-address", "https://ok.example/a_b"),
        ("(see www.ok.example)", "bare-address", "www.ok.example"),
        ("**https://ok.example/**", "bare-address", "https://ok.example/"),
        ("[here](x.md)", "vague-link-text", "here"),
        ("[*Click here*](x.md)", "vague-link-text", "Click here"),
        ("[read more][r]\n\n[r]: x.md", "vague-link-text", "read more"),
        ("see [](x.md) there", "vague-link-text", "[]"),
        ("see [ ](x.md) there", "vague-link-text", "[ ]"),
        ("## A {: country=“SD” }", "curly-quotes-in-attributes", "“"),
        ("## A {: theme=«x» }", "curly-quotes-in-attributes", "«"),
        ("## A {: country=SD, SY }", "malformed-attributes", "S"),
        ("## A {: country = SD }", "malformed-attributes", "c"),
        ('## A {: country="SD }', "malformed-attributes", "c"),
        ("## A {: country=SD", "malformed-attributes", "{"),
        ("## A{: country=SD }", "malformed-attributes", "{: country=SD }"),
        ("## A {: country=SD } and more", "malformed-attributes", "{: country=SD }"),
        ("## A {: theme='*x*' }", "malformed-attributes", "{: theme='*x*' }"),
        ("<div>\n## A {: country=SD }\n</div>", "malformed-attributes", "{: country=SD }"),
        ("## A {: risk_tags=genocide war-crimes }", "malformed-attributes", "w"),
        ("## A {: contry=SD }", "unknown-situation-attribute", "contry"),
        ("## A {: Country=SD }", "unknown-situation-attribute", "Country"),
        ("## A {: country=SD tags=x }", "unknown-situation-attribute", "tags"),
        ("### A {: country=SD }", "misplaced-situation", "country=SD"),
        ("> ## A {: country=SD }", "misplaced-situation", "country=SD"),
        ("*a*{: level=x }", "misplaced-situation", "level=x"),
        ("## A {: country=SD country=SY }", "repeated-attribute", "country"),
        ("a\u200bb", "invisible-character", "\u200b"),
        ("a\u00adb", "invisible-character", "\u00ad"),
        ("a\u200db", "invisible-character", "\u200d"),
        ("a\u202eb", "direction-character", "\u202e"),
        ("a\u2067b", "direction-character", "\u2067"),
        ("a\u200fb", "direction-character", "\u200f"),
        ("## A [b](c.md) {: country=SD }", "markup-in-situation-heading", "A [b](c.md)"),
    ],
)
def test_each_surprise_is_told_once_at_its_place(source: str, code: str, caret: str):
    assert (code, caret) in told(source)
    assert [found for found, _ in told(source)].count(code) == 1


def test_a_misplaced_attribute_is_told_where_it_stands_not_where_another_heading_has_the_same():
    source = "## A {: country=SD }\n\nText.\n\n## B {: country=SD }\n\nText.\n\n### C {: country=SD }\n\nText."
    (problem,) = [one for one in problems(source) if one.code == "misplaced-situation"]
    assert problem.excerpt == "### C {: country=SD }"


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("## A {: country=“SD” }", 'use straight ones: ## A {: country="SD" }'),
        ("## A {: contry=SD }", "did you mean country?"),
        ("## A {: country=SD, SY }", 'put quotation marks around several words: country="SD SY"'),
        ("t[^not]\n\n[^note]: x\n\n[^note]", "did you mean [^note]?"),
        ("#Sudan", "write \\#Sudan for text, or put a space after # for a heading"),
        ("2026. Fighting", "write 2026\\. for text, or begin the list with 1."),
        ("[[a|b]]", "write [b](address)"),
        ("## A\n\n#### B", "write ### B"),
        ("a<b", "write &lt; for the sign itself"),
    ],
)
def test_the_hint_is_the_cure(source: str, hint: str):
    assert hint in {problem.hint for problem in problems(source)}


@pytest.mark.parametrize("source", ["Text {not a list} and {{ x }}", "## On {{ x }}"])
def test_doubled_braces_are_no_attributes_but_left_over_from_another_program(source: str):
    assert {code for code, *_ in told(source)} == {"sign-of-program"}


@pytest.mark.parametrize(
    "source",
    [
        "text\n\n- item\n- item\n\n    more\n\n    - inner\n",
        "### H\n- item",
        "1. a\n\n2. b\n\n3. c",
        "1. a\n\n    more\n\n2. b",
        "0. a",
        "It was in 2026. Fighting went on -\nand on.",
        "a line that\n1945. ends so",
        "## A\n\n### B\n\n#### C\n\n## D\n\n### E",
        "### A\n\ntext",
        "text\n\n---\n\ntext",
        "\\#Sudan is a tag and \\[^x] is not",
        "H<sub>2</sub>O and x<sup>2</sup> and a < b and a <= b and <br> <br/>",
        "<me@ok.example> <https://ok.example/> [a](<b c.md>)",
        "<ul><li>a<li>b</ul>",
        "<div>\n<p>a</p>\n</div>",
        "<span\n lang='ar'>a</span>",
        "text[^1]\n\n[^1]: note",
        "said[^1]: yes\n\n[^1]: note",
        "[text][r] [r] [r][] [he] [sic]\n\n[r]: https://ok.example/",
        "[https://ok.example/](https://ok.example/) and [a](https://ok.example/x_(y)) <https://ok.example/>",
        "[[1]](a.md)",
        "[what is here](a.md) [here, the report](b.md)",
        "He unsubscribed at the top of page 4.",
        "## A {: country=SD level=x trend=y risk_tags='a b' #own }\n\nx",
        '## A {: theme="O\'Brien, an_x" lang=en dir=ltr }\n\nx',
        "## A {: theme='snake_case' }\n\nx",
        '## A {: theme="Children’s “rights”" }\n\nx',
        "## A {: theme='a \\* b & [sic] * R&amp;D' }\n\nx",
        "> [a][r] b[^1]\n>\n> [r]: c.md\n>\n> [^1]: note",
        "Text {not a list} and {a=b c}",
        "می\u200cخواهم \u0915\u094d\u200d\u0937",
        "السودان\u200f (SD)",
        "a \u2067ب\u2069 c",
        "> quote\n> - a",
        "A | B\n- | -\n1 | 2",
    ],
)
def test_good_text_is_left_alone(source: str):
    assert told(source) == []


CODE = "#Sudan [^x] [a][b] [[c]] a<b <div> https://ok.example {: country=“SD” } \u200b"


@pytest.mark.parametrize(
    "source",
    [
        f"text\n\n    {CODE}\n\n    {CODE}",
        f"text `{CODE}` text",
        f"text ``{CODE} ` {CODE}`` text",
        f"- item\n\n        {CODE}",
        f"text `{CODE}\n{CODE}` text",
    ],
)
def test_code_is_exempt(source: str):
    assert problems(source) == ()


def test_what_is_in_a_fence_is_not_told_besides_the_fence():
    assert [code for code, _ in told(f"```\n{CODE}\n```")] == ["fenced-code"]


def test_what_is_in_a_comment_is_not_told_besides_the_comment():
    assert [code for code, _ in told(f"a\n\n<!-- {CODE} -->")] == ["comment-removed"]


def test_text_after_an_escaped_or_odd_backtick_is_no_code():
    assert told("a \\` [^x] ` b") == [("unknown-note", "[^x]")]
    assert told("a ` [^x]") == [("unknown-note", "[^x]")]


@pytest.mark.parametrize(
    ("source", "lang", "found"),
    [
        ("[ici](x.md)", "fr", ["vague-link-text"]),
        ("[ici](x.md)", "en", []),
        ("[here](x.md)", "fr", ["vague-link-text"]),
        ("[هنا](x.md)", "ar", ["vague-link-text"]),
        ("(SD)\u200f", "ar", []),
        ("(SD)\u200f", "en", ["direction-character"]),
        ("## Mali: 30 people killed {: country=ML }\n\nSo says the UN.", "en", []),
        ("Armed men killed 30 people.", "en", ["toll-without-source"]),
        ("The UN counts 30 people killed.", "en", []),
    ],
)
def test_some_lints_know_the_language(source: str, lang: str, found: list[str]):
    assert [code for code, _ in told(source, lang)] == found


def test_many_in_one_line_are_told_once():
    (problem,) = problems("a\u200bb\u200bc\u200bd")
    assert "2 more" in problem.message


def test_an_offset_in_a_long_text_is_a_line_and_column():
    (problem,) = problems("x\n" * 500 + "\nsome [^x]\n" + "\ny" * 500)
    assert (problem.at.line, problem.at.column, problem.at.length) == (511, 6, 4)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("## A {: country=“SD” }\n\nx", 1),
        ("## A {: country=SD, SY }\n\nx", 1),
        ("## A {: contry=SD }\n\nx", 1),
        ("a<b and c>d", 1),
        ("<!-- a -->", 1),
        ("![x](https://evil.example/x.jpg)", 1),
        ("<p style=a onclick=b>c</p>", 1),
        ("a <!-- b", 1),
    ],
)
def test_one_slip_is_one_problem(source: str, count: int):
    assert len(problems(source)) == count


def test_misspelt_values_are_not_handed_on_to_be_told_again():
    body = convert(read_source("## A {: country=“SD” }\n\nx", path="a.md", first_line=1, lang="en"), prefix="p")
    assert body.sections[0].attributes == (("country", "SD"),)


def test_the_table_is_complete():
    names = [row.__name__ for row in LINTS]
    assert len(set(names)) == len(names) > 20
    assert all(row.__doc__ for row in LINTS)


@pytest.mark.parametrize("row", LINTS, ids=lambda row: row.__name__)
def test_every_lint_is_silent_on_nothing_and_knows_its_code(row):
    empty = read_source("", path="a.md", first_line=1, lang="en")
    assert list(row(empty)) == []
    everything = read_source(f"text\n- {CODE}\n\n## A {{: x }}\n\n#### B", path="a.md", first_line=1, lang="en")
    assert all(problem.code in CODES for problem in row(everything))


def test_echoes_are_those_of_the_same_line():
    stray, other = problems("a<b c> d\n\n*x*{: style=y }")
    assert [problem.code for problem in without_echoes([stray, other])] == ["stray-less-than", "attribute-removed"]


@pytest.mark.parametrize(
    "beside",
    [
        "www.bare.example",
        "https://bare.example/b",
        "(https://bare.example/b)",
        "]( https://bare.example/b",
        "](https://bare.example/b",
        "](https://bare.example/b ",
        "](https://bare.example/(b",
        "](<https://bare.example/b",
        "](https://x.example/?u=[www.bare.example",
    ],
)
def test_an_address_is_bare_also_beside_links(beside):
    links = "[words](https://www.linked.example/a?b=https) and [others](http://linked.example/) "
    assert [one.code for one in problems(links)] == []
    assert "bare-address" in [one.code for one in problems(links + beside)]


def test_signs_inside_a_line_are_no_start_of_a_line():
    text = "text #a\n > # b #c\n\n\\[^a] ![^a] and [^b]\n\n > [^b]: note [^b]: no other"
    assert [(one.code, one.at.line) for one in problems(text)] == []


def test_every_key_is_told_where_it_stands_in_the_text():
    for key in (*AlertKeys.model_fields, *PageKeys.model_fields):
        assert "keys-in-text" in {problem.code for problem in problems(f"Text.\n\n{key}: one\n{key}: two\n")}, key


@pytest.mark.parametrize("unit", ["a", "é", "31", "2026 2:02 ", "https://"])
def test_a_line_that_goes_on_and_on_holds_up_nobody(unit: str) -> None:
    source = read_source(f"On {unit * (20_000 // len(unit))}", path="a.md", first_line=10, lang="en")
    began = perf_counter()
    for row in LINTS:
        deque(row(source), maxlen=0)
    assert perf_counter() - began < 4, "a search begins anew at each letter"
