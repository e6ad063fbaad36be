"""A body of Markdown taken apart: parts, notes, links, pictures, ids, plain text, typography."""

# ruff: noqa: RUF001  typographic and Arabic signs are what is tested

import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.diagnostics import Place
from alertgen.load.markdown import parsing as engine
from alertgen.load.markdown.body import Body
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.source import read_source

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
documents: Any = import_module("markdown_documents")


def converted(source: str, lang: str = "en", prefix: str = "p") -> Body:
    return convert(read_source(source, path="a.md", first_line=10, lang=lang), prefix=prefix)


def html(source: str, lang: str = "en") -> str:
    return converted(source, lang).lead.html


def codes(body: Body) -> set[str]:
    return {problem.code for problem in body.problems}


def shown(body: Body, place: Place, source: str) -> str:
    """What the carets under the line of *place* point at."""
    return source.split("\n")[place.line - 10][place.column - 1 :][: place.length]


TWO = """\
The lead.[^a]

## Sudan: "graves" found {: country=SD level=current-crisis risk_tags="ethnic-cleansing war-crimes" }

First.[^b] Again.[^a]

### Toll

More.

## Health {: theme='Healthcare in conflict' #own }

Last.

[^a]: Note A.
[^b]: Note B.
"""


def test_headings_with_attributes_part_the_text():
    body = converted(TWO)
    assert body.lead.text == "The lead."
    assert [section.text for section in body.sections] == ["Sudan: “graves” found", "Health"]
    assert [section.prose.text for section in body.sections] == ["First. Again.\nToll\nMore.", "Last."]
    assert "<h2" not in body.sections[0].prose.html
    assert body.problems == ()


def test_attributes_come_as_written_with_the_place_of_their_values():
    sudan, health = converted(TWO).sections
    assert sudan.attributes == (
        ("country", "SD"),
        ("level", "current-crisis"),
        ("risk_tags", "ethnic-cleansing war-crimes"),
    )
    assert [shown(converted(TWO), place, TWO) for place in sudan.places] == [value for _, value in sudan.attributes]
    assert health.attributes == (("theme", "Healthcare in conflict"),)
    assert (health.id, sudan.id) == ("own", "")
    assert shown(converted(TWO), health.place, TWO) == "Health"


def test_the_second_of_two_like_headings_has_its_own_place():
    source = "## A {: country=SD }\n\nx\n\n## A {: country=SD }\n\ny"
    assert [section.place.line for section in converted(source).sections] == [10, 14]


def test_character_references_in_attributes_are_read():
    assert converted("## A {: theme='R&amp;D & more' }\n\nx").sections[0].attributes == (("theme", "R&D & more"),)


def test_an_underlined_heading_can_start_a_situation():
    (section,) = converted("A {: country=SD }\n---\n\nx").sections
    assert (section.text, section.places) == ("A", (Place("a.md", 10, 14, 2),))


@pytest.mark.parametrize(
    "heading",
    [
        "## A {: #x }",
        "### A {: country=SD }",
        "> ## A {: country=SD }",
        "- ## A {: country=SD }",
        "    ## A {: country=SD }",
        "<div>\n## A {: country=SD }\n</div>",
    ],
)
def test_other_headings_stay_in_the_text(heading: str):
    body = converted(f"{heading}\n\ntext")
    assert body.sections == ()
    assert "A" in body.lead.text


def test_an_unclosed_tag_does_not_reach_the_next_situation():
    body = converted("## A {: country=SD }\n\nx <div> <script> <!-- <b>\n\n<table>\n\n## B {: country=SY }\n\ny\n")
    assert body.sections[1].prose.html == "<p>y</p>"


def test_notes_are_numbered_over_the_document_and_listed_where_they_are_referred_to():
    body = converted(TWO)
    assert [(note.number, note.id, note.html, note.references) for note in body.lead.footnotes] == [
        (1, "fn-p-1", "<p>Note A.</p>", ("fnref-p-1",))
    ]
    assert [(note.number, note.references) for note in body.sections[0].prose.footnotes] == [
        (1, ("fnref-p-1-2",)),
        (2, ("fnref-p-2",)),
    ]
    assert body.sections[1].prose.footnotes == ()
    reference = '<a class="footnote-ref" id="fnref-p-1-2" href="#fn-p-1" role="doc-noteref">1</a>'
    assert reference in body.sections[0].prose.html


def test_numbers_follow_the_text_not_the_definitions():
    body = converted("- x[^z]\n\ny[^a]\n\n[^a]: A\n[^z]: Z")
    assert [(note.number, note.html) for note in body.lead.footnotes] == [(1, "<p>Z</p>"), (2, "<p>A</p>")]


def test_a_note_brings_the_notes_that_it_refers_to():
    body = converted("x[^a]\n\n## A {: country=SD }\n\ny\n\n[^a]: A[^b]\n[^b]: B[^a]")
    assert [note.references for note in body.lead.footnotes] == [("fnref-p-1", "fnref-p-1-2"), ("fnref-p-2",)]
    assert body.sections[0].prose.footnotes == ()


def test_a_note_may_have_paragraphs_lists_and_notes_of_its_own():
    body = converted("x[^a]\n\n[^a]: A\n\n    - one\n    - two\n\n    [^b]: inside\n\n    z[^b]")
    assert [note.number for note in body.lead.footnotes] == [1, 2]
    assert "<li>one</li>" in body.lead.footnotes[0].html


def converted_anew(source: str, lang: str) -> Body:
    """What a converter says that has seen no other text."""
    engine._converter.cache_clear()
    return converted(source, lang)


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_one_converter_for_many_texts_says_what_a_new_one_says(lang: str):
    sources = [TWO, "", *map(documents.nasty, range(120)), *map(documents.damaged, range(12)), "", TWO]
    alone = [converted_anew(source, lang) for source in sources]
    assert [converted(source, lang) for source in sources] == alone
    assert [converted(source, lang) for source in reversed(sources)] == alone[::-1]


def test_a_converter_that_failed_halfway_is_given_up(monkeypatch: pytest.MonkeyPatch):
    whole = converted(TWO)
    with monkeypatch.context() as patched:
        patched.setattr("markdown.blockprocessors.HashHeaderProcessor.run", lambda *_: 1 / 0)
        patched.setattr("alertgen.fastmarkdown.headings.FastHashHeader.run", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            converted(f"> Quoted\n\n{TWO}\n\n*[UN]: United Nations\n\n> ## A\n")
    assert engine._converter.cache_info().currsize == 0
    assert converted(TWO) == whole


def test_nothing_is_left_over_from_the_text_before():
    first = converted("x[^1]\n\n[^1]: note\n\n*[abc]: long\n\n[r]: https://ok.example/\n\nabc")
    second = converted("x[^1] [t][r] abc\n\n### x")
    assert first.lead.footnotes
    assert second.lead.footnotes == ()
    assert second.lead.html == '<p>x[^1] [t][r] abc</p>\n<h3 id="p-x">x</h3>'


def test_links_inside_the_site_are_numbered_and_placed():
    source = "[a](b.md#c) [d](/countries/sudan/) [e](b.md#c)\n\n[f][r] [g](a%20b.md) [h](my file.md)\n\n[r]: c.md"
    body = converted(source)
    assert [link.target for link in body.links] == [
        "b.md#c",
        "/countries/sudan/",
        "b.md#c",
        "c.md",
        "a%20b.md",
        "my file.md",
    ]
    assert [shown(body, link.place, source) for link in body.links] == [link.target for link in body.links]
    assert [link.place.column for link in body.links][:3] == [5, 17, 40]
    assert '<a href="alertgen:link/2">e</a>' in body.lead.html


def test_links_in_notes_come_after_those_of_the_text():
    body = converted("x[^1] [a](a.md)\n\n[^1]: [n](n.md)\n\n## B {: country=SD }\n\n[b](b.md)")
    assert [link.target for link in body.links] == ["a.md", "b.md", "n.md"]
    assert body.lead.footnotes[0].html == '<p><a href="alertgen:link/2">n</a></p>'


def test_a_link_to_a_heading_of_the_text_gets_its_id():
    body = converted("[a](#toll) [b](#x) [c](#nothing)\n\n### Toll\n\n### B {: #x }")
    assert [link.target for link in body.links] == ["#p-toll", "#p-x", "#nothing"]


def test_external_links_keep_their_address():
    assert html("[a](https://ok.example/?a=1&b=2#c 'T')") == (
        '<p><a href="https://ok.example/?a=1&amp;b=2#c" rel="noopener noreferrer" title="T">a</a></p>'
    )
    assert html("<me@ok.example>") == '<p><a href="mailto:me@ok.example">me@ok.example</a></p>'


def test_tracking_parameters_are_taken_out_and_told():
    source = "[a](https://ok.example/?utm_source=x&id=7&fbclid=y#z)"
    body = converted(source)
    assert 'href="https://ok.example/?id=7#z"' in body.lead.html
    (problem,) = body.problems
    assert (problem.code, shown(body, problem.at, source)) == ("tracking-parameter", source[4:-1])


def test_pictures_are_numbered_and_placed():
    source = 'x\n\n![A map](map.jpg "Title") <img src="b/c.png" alt="C" width=1>'
    body = converted(source)
    assert [(image.target, image.alt, image.title) for image in body.images] == [
        ("map.jpg", "A map", "Title"),
        ("b/c.png", "C", ""),
    ]
    assert [shown(body, image.place, source) for image in body.images] == ["map.jpg", "b/c.png"]
    assert '<img src="alertgen:image/0" alt="A map">' in body.lead.html


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("![x](https://evil.example/x.jpg)", "remote-picture"),
        ("![x](//evil.example/x.jpg)", "remote-picture"),
        ("![x](data:image/png;base64,AA)", "remote-picture"),
        ('<img src="https://evil.example/p.gif" width="1" height="1">', "tracking-picture"),
        ("![](x.jpg)", "picture-without-alt"),
        ("[x](javascript:alert)", "address-removed"),
        ("[x](//evil.example)", "address-removed"),
        ("<!-- secret -->", "comment-removed"),
        ("a <!-- secret --> b", "comment-removed"),
        ("<?php ?>", "comment-removed"),
        ("<script>x</script>", "element-removed"),
        ("<form>x</form>", "element-removed"),
        ("<p style='x'>x</p>", "attribute-removed"),
        ("*x*{: onclick=x }", "attribute-removed"),
        ("<iframe src='https://ok.example/'></iframe>", "embed-became-link"),
    ],
)
def test_what_is_taken_out_is_told_at_its_place(source: str, code: str):
    body = converted(f"First line.\n\n{source}")
    assert code in codes(body)
    assert {problem.at.line for problem in body.problems} == {12}


def test_embeds_become_links():
    assert html('<iframe src="https://ok.example/v?a=1&amp;b=2"></iframe>') == (
        '<a class="address" href="https://ok.example/v?a=1&amp;b=2" rel="noopener noreferrer">'
        "https://ok.example/v?a=1&amp;b=2</a>"
    )


def test_ids_carry_the_prefix_and_are_distinct():
    body = converted("### Toll\n\n### Toll\n\n### B {: #toll }\n\n### السودان\n\n### !!!\n\n#### {: #p-x }", prefix="p")
    ids = [part.split('"')[0] for part in body.lead.html.split('id="')[1:]]
    assert len(set(ids)) == len(ids) == 6
    assert ids[0] == "p-toll"
    assert ids[3] == "p-السودان"
    assert all(one.startswith("p-") for one in ids)


def test_no_heading_is_of_level_one():
    assert html("# A\n\nB\n=\n\n<h1>C</h1>") == '<h2 id="p-a">A</h2>\n<h2 id="p-b">B</h2>\n<h2>C</h2>'


def test_tables_carry_scope_and_alignment_without_style():
    table = html("A | B\n:-- | --:\n1 | 2")
    assert '<th class="align-left" scope="col">A</th>' in table
    assert '<td class="align-right">2</td>' in table
    assert "style" not in table


def test_direction_and_language_of_words_stay():
    assert html('<span lang="ar" dir="rtl">س</span>') == '<p><span lang="ar" dir="rtl">س</span></p>'
    assert html("<p dir=evil lang=ar>x</p>") == '<p lang="ar">x</p>'


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "<p>“It\N{RIGHT SINGLE QUOTATION MARK}s” – so…</p>"),
        ("fr", "<p>«\xa0It\N{RIGHT SINGLE QUOTATION MARK}s\xa0» – so…</p>"),
        ("fr-CA", "<p>«\xa0It\N{RIGHT SINGLE QUOTATION MARK}s\xa0» – so…</p>"),
        ("ar", "<p>«It\N{RIGHT SINGLE QUOTATION MARK}s» – so…</p>"),
    ],
)
def test_quotation_marks_are_those_of_the_language(lang: str, expected: str):
    assert html('"It\'s" -- so...', lang) == expected


@pytest.mark.parametrize("address", ["https://a.example/x-1_2", "http://a.example/?a=1&b=2"])
def test_a_link_whose_words_are_its_address_is_marked_since_paper_shows_it_once(address: str):
    spelled = address.replace("&", "&amp;")
    marked = f'<p>See <a class="address" href="{spelled}" rel="noopener noreferrer">{spelled}</a>.</p>'
    assert html(f"See [{address}]({address}).") == marked
    assert html(f"See <{address}>.") == marked
    assert 'class="address"' not in html(f"See [{address}a]({address}) and [it]({address}).")


def test_plain_text():
    source = "A *b* &amp; c[^1]\nd  \ne\n\n- one\n- two\n\nX | Y\n- | -\n1 | 2\n\n> q\n\n    a < b\n\n[^1]: n"
    assert converted(source).lead.text == "A b & c d\ne\none\ntwo\nX\tY\n1\t2\nq\na < b"


def test_templates_are_text():
    assert html("{{ 7*7 }} {% if x %}") == "<p>{{ 7*7 }} {% if x %}</p>"


def test_a_digest_stands_for_text_prefix_language_and_part():
    body = converted(TWO)
    digests = {
        *(section.prose.digest for section in body.sections),
        body.lead.digest,
        converted(TWO, "fr").lead.digest,
        converted(TWO, prefix="q").lead.digest,
        converted(TWO + " ").lead.digest,
    }
    assert len(digests) == 6
    assert converted(TWO) == body


@pytest.mark.parametrize("source", ["", "\n", " \n\t\n", "\ufeff", "[^1]: x", "<!-- x -->"])
def test_an_empty_text_gives_an_empty_body(source: str):
    body = converted(source)
    assert (body.sections, body.links, body.images) == ((), (), ())
    assert body.lead.text.strip("\ufeff") == ""


def test_line_ends_do_not_matter():
    assert converted(TWO.replace("\n", "\r\n")) == converted(TWO)


SAMPLES = [
    TWO,
    "# A\n\n*b* **c** `d` \\* [f](g.md) ![h](i.jpg)\n\n> q\n> - l\n\n1. x\n2. y\n\n***\n\n*[abc]: d\n\nabc <b>x</b>",
    "A | B\n- | -\n1 | `|`\n\n```\ncode\n```\n\n    code\n\n\"q\" 'r' -- --- ... [t][u] <http://a.b>\n\n[u]: v",
]


@pytest.mark.parametrize("source", SAMPLES)
def test_the_fast_engine_changes_nothing(source: str, monkeypatch):
    fast = converted(source)
    monkeypatch.setattr(engine.FastMarkdownExtension, "reset", lambda self: None)
    assert converted(source) == fast


def test_other_processes_get_the_same():
    """Nothing depends on the seed of hashes."""
    command = (
        "from alertgen.load.markdown.conversion import convert;"
        "from alertgen.load.markdown.source import read_source; import sys;"
        "print(ascii(convert(read_source(sys.argv[1], path='a.md', first_line=10, lang='en'), prefix='p')))"
    )
    source = TWO + "\n<p onclick=x style=y class=z>a</p> [x](javascript:y) &amp; [^q]"
    first, second = (
        subprocess.check_output([sys.executable, "-c", command, source], env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert first == second != b""


MARKS = (
    "# ## - 1. > [ ] ( ) [^1] {: } #x = \" ' < > <b> </b> <!-- --> <div> &amp; &# ; ` * _ \\ | ! --- @ : a word س ß İ"
)
ODD = [
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r",
    "[^1]: ",
    " country=SD",
    "http://x.y",
    "\u200b",
    "\u202e",
    "\ud800",
    "\0",
    "\2",
]
PIECES = st.sampled_from(MARKS.split() + ODD)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_no_text_at_all_makes_it_fail(source: str):
    body = converted(source)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in body.problems:
        assert 10 <= problem.at.line < 10 + lines
        assert problem.message
        assert problem.hint
    for prose in (body.lead, *(section.prose for section in body.sections)):
        assert not any(ord(char) < 32 and char not in "\n\t" for char in prose.html + prose.text)


def test_places_are_right_whether_or_not_the_links_between_are_wanted():
    links = (
        "[a](https://x.example/p?q=1)\n[b](https://x.example/p?q=1&n=2)\n[c](https://x.example/p?q=1&utm_source=m)\n"
    )
    text = f"{links}[d](page.md)\n{links}[e](page.md)\n[f](https://x.example/last)"
    wanted = convert(read_source(text, path="a.md", first_line=10, lang="en"), prefix="p")
    left = convert(read_source(text, path="a.md", first_line=10, lang="en"), prefix="p", with_outside=False)
    assert [link.place.line for link in wanted.outside] == [10, 11, 12, 14, 15, 16, 18]
    assert left == replace(wanted, outside=())
    assert [problem.at.line for problem in left.problems] == [12, 16]
    assert [link.place.line for link in left.links] == [13, 17]
