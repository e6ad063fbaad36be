"""Stock Python-Markdown and the fast one give the same bytes, and what is not known is left to stock."""

from __future__ import annotations

import itertools
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.treeprocessors import Treeprocessor

from alertgen.fastmarkdown import claims, extension, makeExtension, windows
from alertgen.fastmarkdown.extension import FastMarkdownExtension, pieces

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
documents: Any = import_module("markdown_documents")
ways: Any = import_module("markdown_settings")

SETTINGS = tuple(ways.settings())
TRICKY = (
    "",
    " \n\t\n",
    "one paragraph",
    "# a # b\n## c \\# d ##\n####### e\n#\n\ntext\n# inside",
    "# a\\\n# *b* `c` [d](e) {: #i .k x='y z' }\n\n## {: #empty }\n\n### a {b} {: .c }",
    '[a](b) [c](d \'e\') [f](<g h> "i") [j](k(l)m) [n](o"p) [q]( r ) ![s](t) [u [v](w) x](y) [z](',
    "![a](b) !![c](d) \\![e](f) [![g](h)](i) [*j*](k*l*m) *[n](o)* [p](q)[r](s)",
    "[a][b] [c] [d][] [e] [f]\n\n[b]: x 'y'\n[c]: <z>\n\n[d]: w\n    \"v\"",
    "*a* **b** ***c*** *d **e** f* **g*h** *i**j* _k_ __l__ m_n_o *p_q*r_ \\*s* * t * ** u** *v\nw*",
    "**a** b*c*d **e*f **g** h* *** i *** *j*k* **l**m**",
    "a `b` ``c ` d`` \\`e` `f\\` `g\n\n`h` *`i`* [`j`](k) `` ` ``",
    "'a' \"b\" \"'c' d\" '\"e\" f' g's 'h' 'i's '80s the '90s 1980's j'k l'' '' \"\" ' \" (\"m\") [\"n\"](o)",
    "'. \". '.a \".a 's 's. 'sa \"s -- 'a --- \"b --'c ---\"d ----'e ... .... a...b '...' \"...\"",
    "a&nbsp;'b' &mdash;\"c\" \u2014'd' \u2013\"e\" &#8211;'f' x;'g' &ndash'h' &amp;\"i\" &'j' & k &bogus; &#x27;",
    "\\'a' \\\"b\" 'c\\' <<d>> <<<e>>> << f >> <b>'g'</b> <i title=\"it's\">h</i>",
    "a  \nb\\\nc\u2028d\u00a0'e'\u2003\"f\"",
    "- a\n- b\n\n    c\n\n    - d\n- e {: .f }\n\n1. g\n2. h\n   i\n\n* j\n+ k\n\n3. l",
    "> a\n> > b\nc\n\n> - d\n>     e\n\n>f\n\n    code\n\n        more\n\n\n    rest\ntext",
    "a | b\n--|:-:\n`c|d` | e\\|f\n| g | h |\\\ni\n\n|j|\n|-|\n|k|\n\n|l|\n|-|\nm\\\\|\n\nn | o\n- | -\np | q {: .r }",
    "a\n===\nb\n---\nc\n\n---\n- - -\n***\n_ _ _\n\nd\n--- e\n\n-- -\n*\n+\n-",
    'a[^1] b[^2][^1] c[^no] ![^1]\n\n[^1]: d *e*\n    f\n\n    - g\n[^2]: h\'s "i"\n[^3]: j\n\nk[^3]',
    "a[^1]\n\n///Footnotes Go Here///\n\n[TOC]\n\n[^1]: b\n\n## c[^1]\n\n## c\n\n### word",
    "UN HTML's \"UN\" UNO x-UN *UN* `UN` [UN](UN) <UN> UN\n\n*[UN]: United *Nations*\n*[HTML]: it's\n*[ICC]: ''",
    "<div>\n*a*\n\n'b'\n</div>\n\n<p>c</p> d\n\n<!-- e -->\n\n<script>'f' < g</script>\n\n</h> < i <j",
    "<https://a.b/?c=d&e=f> <g@h.i> <mailto:j@k.l> <m`n`o> <p'q'> <https://`r`.s> https://t.u/_v_w_",
    "a {: .b } c\n{: #d e='f' }\n\n*g*{: .h } [i](j){: k=l } m{n} *o* {p}\n\n{: .q }\n\n- r\n{: .s }",
    "\x02klzzwxh:0000\x03 'a' \x02wzxhzdk:0\x03 \x0239\x03 *b*",
    "2026. Fighting\n\n10) a\n\n\u0663. b\n\n1.c\n\n2.  d",
    "\u0645\u0631\u062d\u0628\u0627 *\u0628* '\u062a' \"\u062b\"\n\n## \u0639\u0646\u0648\u0627\u0646 {: country=SD }",
    "`[a](b)` [c](`d`) [e`](f)` *g`h*i` _j[k_l](m_n)",
)


@pytest.fixture(scope="module", params=SETTINGS)
def both(request: pytest.FixtureRequest) -> tuple[markdown.Markdown, markdown.Markdown]:
    return ways.converter(request.param), ways.converter(request.param, FastMarkdownExtension())


def same(both: tuple[markdown.Markdown, markdown.Markdown], text: str) -> None:
    stock, fast = both
    assert ways.outcome(fast, text) == ways.outcome(stock, text), text


@pytest.fixture
def forgetful() -> Any:
    """What was found out about the installed release is forgotten before and after."""

    def forget() -> None:
        for cached in (claims.digest, claims._class_text, extension._serializer):
            cached.cache_clear()

    forget()
    yield forget
    forget()


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_documents_are_the_same(both: Any, text: str) -> None:
    same(both, text)


def test_all_tricky_documents_as_one_are_the_same(both: Any) -> None:
    same(both, "\n\n".join(TRICKY))


@pytest.mark.parametrize("number", range(0, 300, 20))
def test_random_documents_are_the_same(both: Any, number: int) -> None:
    for index in range(number, number + 20):
        same(both, documents.nasty(index))


def test_bulletins_are_the_same(both: Any) -> None:
    for index in range(5):
        same(both, documents.alert(index))
        same(both, documents.damaged(index))


def test_sample_archive_is_the_same(both: Any) -> None:
    for path in (Path(__file__).resolve().parent.parent / "alerts").rglob("*.md"):
        same(both, path.read_text(encoding="utf-8").partition("\n---\n")[2])


proven_release = pytest.mark.skipif(
    markdown.__version__ != "3.11.3", reason="a release for which some shortcuts may be left out"
)
SIGNS = st.text(alphabet="'\"-.s0a ;&()[]*_`\\\n\u2014\u00a0<>!#|{}:^", max_size=40)


@given(SIGNS)
@hypothesis_settings(max_examples=300, deadline=None)
def test_texts_of_signs_are_the_same(text: str) -> None:
    same(_BULLETIN, text)


_BULLETIN = ways.converter("bulletin"), ways.converter("bulletin", FastMarkdownExtension())


def test_every_short_text_is_educated_the_same() -> None:
    texts = ["".join(letters) for size in range(1, 5) for letters in itertools.product("'\"as0 -.(;", repeat=size)]
    stock, fast = (_educated(md, texts) for md in _BULLETIN)
    assert [pair for pair in zip(texts, stock, fast, strict=True) if pair[1] != pair[2]] == []


def _educated(md: Any, texts: list[str]) -> list[str]:
    """Run the smarty processor alone over *texts* as elements of one tree."""
    md.reset()
    root = Element("div")
    for text in texts:
        SubElement(root, "p").text = text
    md.treeprocessors["smarty"].run(root)
    return [md.postprocessors["raw_html"].run(child.text or "") for child in root]


@pytest.mark.parametrize("depth", [30, 150, 400])
@pytest.mark.parametrize("text", ["> {}", "- {}", "*{}_", "[{}](x)", "**a {} b**", "    {}"])
def test_deep_nesting_is_the_same(text: str, depth: int) -> None:
    nested = "x"
    for _ in range(depth):
        nested = text.format(nested)
    same(_BULLETIN, nested)


def test_many_nested_lists_are_the_same() -> None:
    same(_BULLETIN, "\n".join("    " * level + "- a" for level in range(60)))


@pytest.mark.parametrize("first", [True, False])
def test_place_among_the_extensions_does_not_matter(first: bool) -> None:
    chosen: list[Any] = [*ways.BULLETIN]
    chosen.insert(0 if first else len(chosen), FastMarkdownExtension())
    md = markdown.Markdown(extensions=chosen)
    assert md.convert(documents.alert(1)) == markdown.markdown(documents.alert(1), extensions=list(ways.BULLETIN))
    assert type(md.parser).__name__ == "FastBlockParser"


def test_by_module_name() -> None:
    md = markdown.Markdown(extensions=["alertgen.fastmarkdown"])
    assert type(md.parser).__name__ == "FastBlockParser"
    assert isinstance(makeExtension(), FastMarkdownExtension)


def test_nothing_leaks_into_the_next_document() -> None:
    fast = _BULLETIN[1]
    fast.reset().convert("a[^1] UN [b]\n\n[^1]: c\n\n*[UN]: d\n\n[b]: e")
    assert fast.reset().convert("a[^1] UN [b]") == "<p>a[^1] UN [b]</p>"


class Shout(InlineProcessor):
    """`!word!` in capitals, but not in links."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # noqa: N802
        element = Element("u")
        element.text = m.group(1).upper() + " [added](*here*)"
        return element, m.start(), m.end()


class Whisper(Pattern):
    """`~word~`, in the old style."""

    def handleMatch(self, m: re.Match[str]) -> Any:  # noqa: N802
        element = Element("small")
        element.text = m.group(2)
        return element


class Watcher(Treeprocessor):
    """Sees the tree after `smarty`, and marks quotes that are text by then."""

    def run(self, root: Element) -> None:
        for element in root.iter("p"):
            element.text = (element.text or "").replace("&", "AMPERSAND")


class Upper(BlockProcessor):
    """Changes a block and passes it on."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("UPPER")

    def run(self, parent: Element, blocks: list[str]) -> bool:
        blocks[0] = "# " + blocks[0].removeprefix("UPPER")
        return False


class Foreign(Extension):
    def __init__(self, *parts: str) -> None:
        super().__init__()
        self.parts = parts

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802
        if "shout" in self.parts:
            md.inlinePatterns.register(Shout(r"!(\w+)!", md), "shout", 165)
        if "whisper" in self.parts:
            md.inlinePatterns.register(Whisper(r"~(\w+)~", md), "whisper", 95)
        if "watcher" in self.parts:
            md.treeprocessors.register(Watcher(md), "watcher", 3)
        if "upper" in self.parts:
            md.parser.blockprocessors.register(Upper(md.parser), "upper", 110)
        if "tilde" in self.parts and getattr(md, "delimiters", None) is not None:
            md.delimiters.add("~", "del,sub")


FOREIGN = (
    "UPPER head\n\nplain & 'quoted' !loud! *and !more!* [a !quiet! b](c)\n\n~low~ ~~gone *x*~~ \"end\"...\n\nUPPER 'x'"
)


@pytest.mark.parametrize(
    "parts", [("shout",), ("whisper",), ("watcher",), ("upper",), ("tilde",), ("shout", "whisper")]
)
def test_other_extensions_work_as_before(parts: tuple[str, ...]) -> None:
    pair = (
        ways.converter("bulletin", Foreign(*parts)),
        ways.converter("bulletin", Foreign(*parts), FastMarkdownExtension()),
    )
    for text in (FOREIGN, *TRICKY, documents.alert(2)):
        same(pair, text)


def test_extensions_that_tell_what_they_need_are_the_same() -> None:
    class Told(Shout):
        fast_needs = ("!",)

        def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # noqa: N802
            element = Element("u")
            element.text = m.group(1)
            return element, m.start(), m.end()

    class Reader(Treeprocessor):
        fast_keeps_entities = True

        def run(self, root: Element) -> None:
            self.seen = "".join(root.itertext())

    pair = ways.converter("bulletin"), ways.converter("bulletin", FastMarkdownExtension())
    readers = []
    for md in pair:
        readers.append(Reader(md))
        md.inlinePatterns.register(Told(r"!(\w+)!", md), "told", 165)
        md.treeprocessors.register(readers[-1], "reader", -5)
    for text in (FOREIGN, *TRICKY):
        same(pair, text)
    same(pair, "it's")
    assert [reader.seen for reader in readers] != ["it&rsquo;s"] * 2
    assert readers[1].seen.strip() == "it&rsquo;s"


def test_changes_made_after_the_first_document_count() -> None:
    pair = ways.converter("bulletin"), ways.converter("bulletin", FastMarkdownExtension())
    same(pair, FOREIGN)
    for md in pair:
        Foreign("shout", "upper", "watcher", "tilde").extendMarkdown(md)
    same(pair, FOREIGN)


def test_substitutes_that_are_markup_go_through_the_stash() -> None:
    configs = {"smarty": {"substitutions": {"right-single-quote": "<q>&</q>", "ndash": " ", "ellipsis": "\u2026"}}}
    given = {"extensions": ["smarty", "toc"], "extension_configs": configs}
    fast = markdown.Markdown(**{**given, "extensions": ["smarty", "toc", FastMarkdownExtension()]})
    text = "# it's -- a...\n\n'\n\n--\n\n...\n\nb's"
    assert fast.convert(text) == markdown.markdown(text, **given)


def test_nothing_unproven_is_exchanged(monkeypatch: pytest.MonkeyPatch, forgetful: None) -> None:
    monkeypatch.setattr(claims, "PROVEN", {})
    md = ways.converter("bulletin", FastMarkdownExtension())
    things = [md.parser, *md.preprocessors, *md.inlinePatterns, *md.treeprocessors, *md.parser.blockprocessors]
    assert [type(thing) for thing in things if type(thing).__module__.startswith("alertgen")] == []
    assert md.serializer is markdown.serializers.to_html_string
    same((_BULLETIN[0], md), documents.alert(3))


def test_patched_class_is_not_trusted(monkeypatch: pytest.MonkeyPatch, forgetful: Any) -> None:
    def test(self: Any, parent: Element, block: str) -> bool:
        return block.startswith("=")

    assert claims.trusted("blockprocessors:HashHeaderProcessor")
    monkeypatch.setattr(HashHeaderProcessor, "test", test)
    forgetful()
    assert not claims.trusted("blockprocessors:HashHeaderProcessor")


def test_patched_expression_is_not_trusted(monkeypatch: pytest.MonkeyPatch, forgetful: None) -> None:
    monkeypatch.setattr(HashHeaderProcessor, "RE", re.compile("x"))
    assert not claims.trusted("blockprocessors:HashHeaderProcessor")


def test_unknown_piece_is_not_trusted() -> None:
    assert not claims.trusted("blockprocessors:NoSuchProcessor")


@proven_release
def test_every_shortcut_is_in_force_on_a_proven_release() -> None:
    assert [name for name in pieces() if not claims.trusted(name)] == []
    md = ways.converter("bulletin", FastMarkdownExtension())
    things = [md.parser, *md.registeredExtensions, *md.preprocessors, *md.parser.blockprocessors]
    taken = {type(thing).__name__ for thing in [*things, *md.inlinePatterns, *md.treeprocessors]}
    assert {name.partition(".")[2] for name in extension.FAST} <= taken
    assert md.serializer is not markdown.serializers.to_html_string


def test_windows_hold_what_matters() -> None:
    rules = ((r"(\s)'(?=\w)", (1, "<")), ("'", (">",)))
    educator = windows.Educator(rules)
    assert educator.educate("'a 'b c' 'd' far away 'e", ["'"]) == ">a <b c> <d> far away <e"
