"""What is not given to nh3 is what nh3 would return as it is: HTML by the rules of `plain_html`, also damaged."""

# ruff: noqa: RUF001  typographic and invisible signs are what is tested

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alertgen import screens
from alertgen.load.markdown import sanitise
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.plain_html import is_plain
from alertgen.load.markdown.source import read_source

TEXTS = st.text(
    st.sampled_from("aZ é’“”\u00a0\u202f\u200bﷺ中١\n\t.:;'\"/=-_{}[]()*#%") | st.characters(), max_size=12
).map(lambda text: sanitise.UNFIT.sub("", text).replace("\r", "").replace("\ufeff", ""))
WORDS = st.one_of(
    TEXTS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")), st.just("UN")
)
TITLES = TEXTS.map(lambda text: re.sub(r"[<>\n\t\"]", "", text).replace("&", "&amp;"))
ADDRESSES = st.one_of(
    st.from_regex(
        r"https?://(?:[a-z0-9]{1,4}(?:-[a-z0-9]{1,3})?\.){1,3}[a-z]{2,5}(?:[/?#][!#-%'-;=?-~]{0,12})?", fullmatch=True
    ),
    st.from_regex(r"[a-zA-Z0-9_.?#=-][a-zA-Z0-9_./?#=-]{0,12}", fullmatch=True),
    st.just("https://www.example.org/a?b=1&amp;c=2#d"),
)
MARKS = st.one_of(
    WORDS,
    st.builds("<em>{}</em>".format, WORDS),
    st.builds("<strong>{}</strong>".format, WORDS),
    st.builds('<abbr title="{}">{}</abbr>'.format, TITLES, WORDS),
)
JOINED = st.lists(MARKS, max_size=4).map("".join)
LINES = st.lists(
    st.one_of(
        JOINED, st.builds('<a href="{}">{}</a>'.format, ADDRESSES, JOINED), st.just('<sup><a id="t0-1">2</a></sup>')
    ),
    max_size=4,
).map("".join)


def some(form: str, least: int = 0) -> st.SearchStrategy[str]:
    """Return *form* around lines, several times in a row."""
    return st.lists(LINES.map(form.format), min_size=least, max_size=3).map("".join)


ROWS = st.builds(
    "<table>\n<thead>\n<tr>\n{}</tr>\n</thead>\n<tbody>\n{}</tbody>\n</table>".format,
    some('<th align="right" scope="col">{}</th>\n', 1),
    some('<tr>\n<td>x</td>\n<td align="left">{}</td>\n</tr>\n'),
)
BLOCKS = st.one_of(
    LINES.map("<p>{}</p>".format),
    st.just("<hr>"),
    LINES.map('<h3 id="t0-2">{}</h3>'.format),
    some("<li>{}</li>\n").map("<ul>\n{}</ul>".format),
    some("<li>\n<p>{}</p>\n</li>\n").map("<ul>\n<li>x</li>\n{}</ul>".format),
    some("<li>{}</li>\n").map("<ol>\n{}</ol>".format),
    some("<p>{}</p>\n").map("<blockquote>\n{}</blockquote>".format),
    ROWS,
)
TEXTS_OF_BLOCKS = st.lists(BLOCKS, max_size=4).map("\n".join)
PIECES = (
    '<a href="x">', "</a>", "<p>", "</p>", "<em>", "</em>", "<b>", "<table>", "<td>", "</tr>", "<li>", "</ul>", "<h3>",
    "<", ">", "&", "&nbsp;", "&#1;", "&quot;", '"', "'", "\r", "\x00", "\ufeff", "\x85", "<!-- -->", "<script>", "//",
    "<iframe src=x>", "https://xn--a.example/", "https://1.2.3.4/", "https://a.b:99999/", "javascript:", "data:", "x:",
    "mailto:a@b.org", " ", "\n", 'id="x"', 'onclick="x"', "scope", "<br>", "<pre>\n", '<sup><a id="a">1</a></sup>',
)  # fmt: skip
"""What may turn up in the middle of plain HTML and make it something else."""


def through_nh3(html: str) -> str:
    return sanitise._cleaned(f"{html}<br>").removesuffix("<br>")  # never short of it


DAMAGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 12)), min_size=1, max_size=3)
OFTEN = settings(max_examples=60)
EXHAUSTIVELY = settings(max_examples=4000)


def by_the_rules(html: str) -> None:
    assert is_plain(html), html
    assert through_nh3(html) == html


def damaged(html: str, damages: list[tuple[float, str, int]]) -> None:
    for where, piece, lost in damages:
        at = int(where * len(html))
        html = html[:at] + piece + html[at + lost :]
    if is_plain(html):
        assert through_nh3(html) == html


test_html_by_the_rules_is_plain_and_stays_as_it_is = OFTEN(given(TEXTS_OF_BLOCKS)(by_the_rules))
test_what_is_still_plain_after_damage_stays_too = OFTEN(given(TEXTS_OF_BLOCKS, DAMAGES)(damaged))
test_rules_exhaustively = pytest.mark.exhaustive(EXHAUSTIVELY(given(TEXTS_OF_BLOCKS)(by_the_rules)))
test_damage_exhaustively = pytest.mark.exhaustive(EXHAUSTIVELY(given(TEXTS_OF_BLOCKS, DAMAGES)(damaged)))


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p><a href="https://xn--a.example/">x</a></p>',
        '<p><a href="https://1.2.3.4/">x</a></p>',
        '<p><a href="https://example.org:99999/">x</a></p>',
        '<p><a href="https:///x">x</a></p>',
        '<p><a href="data:x">x</a></p>',
        '<p><a href="x"><a href="y">z</a></a></p>',
        '<p><a href="x">y<sup><a id="t-0">1</a></sup></a></p>',
        '<p onclick="x">y</p>',
        '<p class="x">y</p>',
        "<p>x<p>y</p></p>",
        "<p>x",
        "x</p>",
        "<p>\ufeffx</p>",
        "<p>x\x00</p>",
        "<p>x\ry</p>",
        "<p>&nbsp;</p>",
        "<p>&#106;</p>",
        "<div>x</div>",
        "<p><img src=\"x\"></p>",
        "<script>x</script>",
        "<p><!-- x --></p>",
        "<ul>\n<p>x</p>\n</ul>",
        "<table>\n<tr>\n<td>x</td>\n</tr>\n</table>",
    ],
)  # fmt: skip
def test_everything_else_is_cleaned(html: str):
    assert not is_plain(html)


def test_an_ordinary_bulletin_needs_no_cleaning(monkeypatch):
    text = (
        "Fighting *goes on*, [says the UN](https://www.un.org/a?b=1&c=2), see [before](2020-x.md#sd).[^1]\n\n"
        "## A {: country=SD }\n\n- one\n- **two**\n\n> quoted\n\n### More\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n"
        "[^1]: The note.\n\n*[UN]: United Nations\n"
    )
    monkeypatch.setattr(screens, "_many", [])
    wanted = convert(read_source(text, path="a.md", first_line=1, lang="en"), prefix="p")
    screens.make_ready()
    monkeypatch.setattr(sanitise, "_CLEANER", None)
    assert convert(read_source(text, path="a.md", first_line=1, lang="en"), prefix="p") == wanted
