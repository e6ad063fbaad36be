"""The table of allowed HTML does what it says, and nothing of nh3's defaults shines through."""

import nh3
import pytest

from alertgen.load.markdown.sanitise import (
    ELEMENTS,
    EMBEDS,
    EVERYWHERE,
    GONE_WITH_CONTENT,
    SCHEMES,
    VALUES,
    Attributes,
    clean,
    plain_text,
)


def cleaned(html: str) -> str:
    return clean(html, lambda _, attributes: attributes)


def test_the_table_is_pinned():
    """A change here is a decision about what can reach every reader; make it on purpose."""
    names = (
        "a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 "
        "h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody "
        "td tfoot th thead time tr u ul var wbr"
    )
    assert sorted(ELEMENTS) == sorted(names.split())
    assert {name: set(attributes) for name, attributes in ELEMENTS.items() if attributes} == {
        "a": {"href", "id"},
        **{f"h{level}": {"id"} for level in range(1, 7)},
        "img": {"alt", "height", "src", "width"},
        "ol": {"start"},
        "td": {"align", "colspan", "rowspan"},
        "th": {"align", "colspan", "rowspan", "scope"},
        "time": {"datetime"},
    }
    assert sorted(EVERYWHERE) == ["dir", "lang", "title"]
    assert sorted(SCHEMES) == ["http", "https", "mailto"]
    assert all(key.isascii() and key.isalpha() for keys in (EVERYWHERE, *ELEMENTS.values()) for key in keys)


@pytest.mark.parametrize("name", sorted(ELEMENTS.keys() - {"img", "br", "hr", "wbr", "h1"}))
def test_allowed_elements_stay(name: str):
    parents = {"td": "tr", "th": "tr", **dict.fromkeys(("caption", "tbody", "tfoot", "thead", "tr"), "table")}
    opened, closed = f"<{name}>", f"</{name}>"
    outer = name
    while outer in parents:
        outer = parents[outer]
        opened, closed = f"<{outer}>{opened}", f"{closed}</{outer}>"
    assert f"<{name}>" in cleaned(opened + closed)


@pytest.mark.parametrize("name", sorted({*nh3.ALLOWED_TAGS, "form", "section", "font", "x-y"} - ELEMENTS.keys()))
def test_text_of_unknown_elements_stays_without_them(name: str):
    assert cleaned(f"<{name} onclick=x>text</{name}>").replace("<p>", "").replace("</p>", "") == "text"


@pytest.mark.parametrize("name", sorted(GONE_WITH_CONTENT - EMBEDS - {"embed", "frame", "frameset", "head", "option"}))
def test_what_is_not_text_goes_with_its_element(name: str):
    assert cleaned(f"<{name}>hidden</{name}>") == ""


@pytest.mark.parametrize("name", sorted(EMBEDS))
@pytest.mark.parametrize("key", ["src", "data"])
def test_embeds_become_links(name: str, key: str):
    html = f'a <{name} width=1 {key}="https://ok.example/?a=1&amp;b=2" x=">">inner</{name}> b'
    assert '<a href="https://ok.example/?a=1&amp;b=2">https://ok.example/?a=1&amp;b=2</a>' in cleaned(html)


@pytest.mark.parametrize("attribute", ["style", "class", "id", "onclick", "data-x", "hidden", "tabindex", "is"])
def test_other_attributes_go(attribute: str):
    assert cleaned(f'<p {attribute}="x" lang="fr">a</p>') == '<p lang="fr">a</p>'


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, rules in VALUES.items() for key in rules])
def test_closed_lists_of_values(name: str, key: str):
    cell = "<table><tbody><tr><{0} {1}>a</{0}></tr></tbody></table>"
    for value in VALUES[name][key]:
        kept = cell.format(name, f'{key}="{value}"')
        assert cleaned(kept) == kept
    assert key not in cleaned(cell.format(name, f'{key}="evil"'))


def test_nothing_of_the_defaults_is_used():
    link = '<a href="https://ok.example/"{}>a</a>'
    assert cleaned(link.format(' rel="x" target="y" hreflang="z"')) == link.format("")
    assert cleaned('<blockquote cite="https://ok.example/">a</blockquote>') == "<blockquote>a</blockquote>"
    assert cleaned("<!-- secret -->a") == "a"


@pytest.mark.parametrize(
    "address", ["javascript:x", "data:text/html,x", "ftp://x", "tel:1", " java\nscript:x", "JAVASCRIPT&#58;x"]
)
def test_other_schemes_go(address: str):
    assert cleaned(f'<a href="{address}">a</a>') == "<a>a</a>"


def test_amending_sees_every_element_with_attributes_in_order_and_decoded():
    seen: list[tuple[str, Attributes]] = []

    def amend(name: str, attributes: Attributes) -> Attributes | None:
        seen.append((name, dict(attributes)))
        return None if name == "img" else {"title": '<"&'}

    html = clean('<p lang=fr><a href="x?a&amp;b" title="&lt;&quot;">t</a> <img src=y> <b>u</b></p>', amend)
    assert seen == [("p", {"lang": "fr"}), ("a", {"href": "x?a&b", "title": '<"'}), ("img", {"src": "y"})]
    assert html == '<p title="&lt;&quot;&amp;"><a title="&lt;&quot;&amp;">t</a>  <b>u</b></p>'


def test_the_largest_heading_is_of_level_two():
    assert cleaned("<h1>a</h1><h1 lang=fr>b</h1>") == '<h2>a</h2><h2 lang="fr">b</h2>'


def test_characters_that_no_feed_can_hold_go():
    assert cleaned("a&#1;b&#xFFFE;c&#x0b;d&nbsp;e") == "abcd\xa0e"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <b>b</b>\nc</p>\n<p>d</p>", "a b c\nd"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<ul>\n<li>a</li>\n<li>\n<p>b</p>\n</li>\n</ul>", "a\nb"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>", "a\tb\nc"),
        ("<p>a</p><table><tr><td></td><td>b\tc</td><td> </td></tr></table>", "a\n\tb c"),
        ("<p>a &lt;b&gt; &amp;amp; \xa0c</p>", "a <b> &amp; c"),
        ('<p>a<sup><a class="footnote-ref" id="fnref-p-1" href="#fn-p-1" role="doc-noteref">1</a></sup>.</p>', "a."),
        ("<p>x<sup>2</sup></p>", "x2"),
        ('<p title="a&gt;b">c</p>', "c"),
        ('<p>a <img src="alertgen:image/0" alt="map"> b</p>', "a b"),
        ("", ""),
    ],
)
def test_plain_text(html: str, text: str):
    assert plain_text(html) == text
