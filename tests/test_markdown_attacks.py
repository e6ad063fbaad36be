"""Nothing that could run, fetch or break out survives in the HTML of a body, as independent parsers read it."""

# ruff: noqa: RUF001  typographic and Arabic signs are what is tested

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import html5lib
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.load.markdown.body import Body
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.source import read_source
from attacks import ATTACKS

HTML = "{http://www.w3.org/1999/xhtml}"
NAMES = (
    "a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 "
    "hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th "
    "thead time tr u ul var wbr"
)
ELEMENTS = set(NAMES.split())
EVERYWHERE = {"dir", "lang", "title"}
ATTRIBUTES = {
    "a": {"class", "href", "id", "rel", "role"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
    "img": {"alt", "src"},
    "ol": {"start"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}  # fmt: skip
VALUES = {
    "class": re.compile("(address|footnote-ref|align-left|align-center|align-right)$"),
    "dir": re.compile("(ltr|rtl|auto)$", re.IGNORECASE),
    "href": re.compile(r"(https?://|mailto:|#fn-p-\d+$|alertgen:link/\d+$)", re.IGNORECASE),
    "id": re.compile(r"(p-[^\s\"'<>]+|fnref-p-\d+(-\d+)?)$"),
    "src": re.compile(r"alertgen:image/\d+$"),
}
ANYTHING = re.compile("")


def converted(source: str) -> Body:
    return convert(read_source(source, path="a.md", first_line=5, lang="en"), prefix="p")


def stretches(body: Body) -> Iterator[str]:
    for prose in (body.lead, *(section.prose for section in body.sections)):
        yield prose.html
        for note in prose.footnotes:
            yield note.html


def what_is_wrong(html: str, body: Body) -> list[str]:
    """Everything in *html* that the table of this file does not know."""
    page = html5lib.parse(f"<!doctype html><body><main>{html}</main><p>after</p>", namespaceHTMLElements=True)
    main, after = page.find(f"{HTML}body")
    assert (main.tag, after.tag, after.text) == (f"{HTML}main", f"{HTML}p", "after"), "it reaches out of its place"
    return [fault for element in main.iter() if element is not main for fault in _faults(element, body)]


def _faults(element, body: Body) -> Iterator[str]:
    if not isinstance(element.tag, str) or not element.tag.startswith(HTML):
        yield f"not an HTML element: {element.tag}"
        return
    name = element.tag.removeprefix(HTML)
    if name not in ELEMENTS:
        yield f"<{name}>"
    for key, value in element.attrib.items():
        if key not in EVERYWHERE | ATTRIBUTES.get(name, set()) or not VALUES.get(key, ANYTHING).match(value):
            yield f"<{name} {key}={value}>"
        if value.startswith("alertgen:"):
            kind, number = value.removeprefix("alertgen:").split("/")
            if int(number) >= len({"link": body.links, "image": body.images}[kind]):
                yield f"{value} does not exist"
    if name == "img" and "src" not in element.attrib:
        yield "<img> without src"


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_hostile_is_left(name: str) -> None:
    body = converted(ATTACKS[name])
    for html in stretches(body):
        assert what_is_wrong(html, body) == []


PIECES = st.sampled_from(
    [*ATTACKS.values(), "\n\n", "\n", " ", "    ", "> ", "- ", "| ", '"', "'", ">", "`", "*", "[", "]("]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_hostile_is_left_of_several_together(source: str) -> None:
    body = converted(source)
    for html in stretches(body):
        assert what_is_wrong(html, body) == []


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_left_means_the_same_to_another_parser_and_after_a_second_reading(name: str) -> None:
    for html in stretches(converted(ATTACKS[name])):
        first = html5lib.serialize(html5lib.parseFragment(html), quote_attr_values="always", omit_optional_tags=False)
        second = html5lib.serialize(html5lib.parseFragment(first), quote_attr_values="always", omit_optional_tags=False)
        assert first == second
        elements = {element.tag for element in lxml.html.fragment_fromstring(first, create_parent="main").iter()}
        assert elements - {"main"} <= ELEMENTS


@pytest.mark.parametrize("name", ATTACKS)
def test_places_inside_the_site_are_inside(name: str) -> None:
    body = converted(ATTACKS[name])
    for target in (*(link.target for link in body.links), *(image.target for image in body.images)):
        assert urlsplit(target)[:2] == ("", "")
        assert not target.startswith(("\\", "/\\"))
        assert not re.match(r"[\s\x00-\x20]|.*[\t\r\n]", target)


@pytest.mark.parametrize("name", ATTACKS)
def test_situations_hold_plain_words(name: str) -> None:
    for section in converted(ATTACKS[name]).sections:
        assert "\x02" not in section.text


def test_there_are_enough_of_them() -> None:
    assert len(set(ATTACKS.values())) >= 150


SAID = re.compile(r"<(script|iframe|object|embed|style|svg|math|form|meta|base|link)\b(?=[^<]*>)", re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name, text in ATTACKS.items() if SAID.search(text)])
def test_what_is_taken_out_is_said(name: str) -> None:
    """Unless it is still there to be read, because it was never markup, or is a link that leads nowhere."""
    body = converted(ATTACKS[name])
    assert body.problems or body.links or any("&lt;" in html for html in stretches(body))


STILL_TEXT = {
    "script-markup-in-abbreviation", "script-quote-in-abbreviation", "address-alt-markup",  # in an attribute, escaped
    "address-tab-in-angle-link", "address-backslash-in-angle-link", "address-data-in-angle-link",
    "address-href-angle-break", "address-tab-in-slashes-in-angle-link",
    "address-full-width-colon-in-angle-link",  # dead links inside the site
}  # fmt: skip
"""Attacks that look like HTML to a browser, but are none to Markdown, so nothing is taken out of them."""


@pytest.mark.parametrize("name", sorted(ATTACKS.keys() - STILL_TEXT))
def test_each_thing_that_is_taken_out_is_named(name: str) -> None:
    """Whatever a browser sees in the text as typed, and does not see in the page, has a problem with a line."""
    typed = html5lib.parseFragment(ATTACKS[name], namespaceHTMLElements=False)
    gone = [
        element.tag for element in typed.iter()
        if not isinstance(element.tag, str)  # a comment
        or element.tag not in {"DOCUMENT_FRAGMENT", "h1", *ELEMENTS}
        or set(element.attrib) - EVERYWHERE - ATTRIBUTES.get(element.tag, set())
    ]  # fmt: skip
    if gone:
        assert converted(ATTACKS[name]).problems, gone
        assert all(problem.at.line >= 5 for problem in converted(ATTACKS[name]).problems)


@pytest.mark.parametrize("name", ["jinja", "angular", "shell"])
def test_templates_pass_as_text(name: str) -> None:
    source = ATTACKS[f"template-{name}"]
    text = converted(source).lead.text
    assert source.split()[0].replace("'", "")[:5] in text.replace("’", "").replace("‘", "")
    assert "49" not in text
