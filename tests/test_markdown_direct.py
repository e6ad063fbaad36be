"""Usual texts that are written without Python-Markdown come out as with it, to the byte; all others are left to it."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from alertgen import screens
from alertgen.load.markdown import conversion
from alertgen.load.markdown.body import Body
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.direct import written_directly
from alertgen.load.markdown.limits import excess
from alertgen.load.markdown.source import read_source
from alertgen.load.markdown.tree import Tokens

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
documents: Any = import_module("markdown_documents")

TAKEN = (
    "",
    "\n",
    "text",
    "\n\n\none 'word'\n\n\n\nanother -- word...\nand a further line\n",
    "14 teachers\n\n3.5 million of 5 000, No. 5, 10 %\n\n*one* **two**s *t h r e e* a*b*c **d**\n\n1.x",
    "[a](b) at the start, [c 'd'\ne](https://f.g/h_i*j?k=l&m=n#o) [p](#q)[r](../s.md)[t](/u/)!",
    "a[^1]b[^two], [^1]\n\n[^two]: c [^3] 'd'\n[^1]: e\nf *g*\n\n[^3]: h",
    "UN's UNO UN-led *UN* [UN](x) ICC\n\n*[UN]: United 'Nations'\n*[ICC]: Court\n\n## Of them {: country=SD }\n\nUN",
    '## a {: country=SD }\n\nb\n\n## c\'s "d" {: theme="Health, e" level=f-g risk_tags="h i" }\n\n## j {:trend=k}',
    "## UN of 'a' ICC's {: country=SD }\n\nb\n\n### The ICC's 'UN'\n\n## ICC\n\n*[UN]: a 'b'\n\n*[ICC]: c d",
    "lead\n\n## sub\n\n### sub's \"sub\"\n\n#### مرحبا\n\n## 'situation' {: country=SD }\n\n###### سلام عليكم",
    "- a\n- *b* 'c'\n- [d](e)\n\n1. f\n2. g\n1. h\n\n* i\n+ j\n\n> k 'l'\n> m\n\n- n",
    "| a | b |\n|---|--:|\n| 'c' | *d* |\n|| [e](f) |\n\n|g|h|i|\n| :- | :-: |---|\n|j|k[^1]|l|\n\n[^1]: m",
    "a UN\n\n*[UN]: b\n*[ICC]: c\nd ICC\ne\n\nUN",
    "- a\n\n*[UN]: b\n1. c\n2. d UN\n\n*[e]: f\n## g e",
    "*[UN]: b\n| a | b |\n|---|--:|\n| c | UN |\n\n*[d]: e\n> f d",
    "a & b, R & D\n\n## c & d\n\n## e & f {: country=SD }\n\n*g & h* [i & j](k)",
    "_a_ b_c_d __e 'f'__ (_g h_), _i_\n\n_j_ k\n\n__l__",
    "<https://a.org/UN_b?c=d&e=f> *g* <http://h.org>: <https://i.org>.\n<https://j.org>\n\n*[UN]: k\n\n<https://l.org>",
    "a[^1] b[^2]\n\n[^1]: <https://a.org/b/>\n[^2]: c, <https://a.org/d/>,\ne",
    "- a\n- b\n\n- *c*\n- d\n- e\n\n- f\n\n1. g\n\n1. h\n2. i",
    "- a\n\n*[UN]: b\n- c UN\n\n[^1]: d\n\n- e[^1]",
    "---\n\na\n\n***\n\n- b\n\n___\n\n## c {: country=SD }\n\n---\n\n---",
    "a | b\n--|--:\nc & d | *e*\nf | UN_g",
    "« a » b ; c : d\u00a0e 5 %",
    "مرحبا *بالعالم* 'س' [ع](https://e.org/ف)",
)
LEFT = (
    "a &b", "a&", "_a b", "a_ b", "a__b", "_*a*_", "__a_", "*_a_*", "<https://a.org/b c>", "<https://a.org/*b*>",
    "<https:///a>", "<https://a%20b.org>", "[a](https:///b)", "[a](https://b^c.org)", "<me@a.org>", "<ftp://a.org>",
    "*<https://a.org>*", "<p>", "< a", "- a\n\n- b\n  c", "- a\n\n2. b", "a | b\n--|--\n|c | d",
    "a | b\n--|--\nc | d |", "a | b\n-- --\nc | d", "a | b\n|--|--|\nc | d", "a | b\nc | d",
    "a  \nb", "a\n b", " a", "\ta", "a`b`", "a\\*", "<b>a</b>", "a&amp;b", "a > b", "a * b",
    "***a***", "*a **b***", "*[a](b)*", "[*a*](b)", "![a](b)", "[a]", "[a][b]", "[a]: b", "[a](b 'c')", "[a](<b>)",
    "[a](b(c))", "[a](//b)", "[a](mailto:b@c.de)", "[a](javascript:b)", "[a](b;c)", "[](a)", "a {: .b }", "a | b",
    "a[^1]", "a\n\n[^1]: b", "a[^1]\n\n[^1]: b\n\n[^1]: c", "a[^1]\n\n[^1]: b\n\n    c", "a[^1]\n\n[^1]: - b",
    "a[^1]\n\n[^1]: b ", "[^1] a\n\n[^1]: b", "a\n\n*[b c]: d", "a\n\n*[b]: ''", "a\n\n*[b]: <c>",
    "a\n\n*[b]: c\nd\n*[e]: f",
    "a[^1]\n\n*[b]: c\n[^1]: d", "a\n*[b]: c", "a\n\n*[b]: c\n # d", "# a", "#a",
    "## a #",
    "## a\nb", "## *a*", "## [a](b)", "## a[^1]\n\n[^1]: b", "## a {: #b }",
    "## a {: country }", "## a {: country=SD country=SS }", "## a {: country='SD' }", "## a {: country=SD .b }",
    "## a { country=SD }", "## a{: country=SD }", "### a {: country=SD }", "## a\n\n## a", "a\n===", "a\n---", "a\n# b",
    "a\n- b", "a\n> b", "a\n[b](c)", "a\n| b", "----", "* * *", "- a\n  b", "- a\nb", "- a\n1. b",
    "- - a", "- # a", "- [ ]", "2. a", "> a\n\n> b", "> a\nb", "> > a", "> - a",
    "> a\n>\n> b", "| a |\n|---|\n| b |", "| a | b |\n|---|---|", "| a | b |\n|---|\n| c | d |",
    "| a | b |\n|---|---|\n| c |", "| a | b |\n|---|-x-|\n| c | d |", "| a | b", "    a", "a\x00", "a\x02b",
)  # fmt: skip


def bodies(text: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Body, Body]:
    """Return *text* as it is converted, and as Python-Markdown converts it."""
    usual = convert(read_source(text, path="a.md", first_line=3, lang=lang), prefix="p")
    with monkeypatch.context() as patch:
        patch.setattr(conversion, "written_directly", lambda *_: None)
        return usual, convert(read_source(text, path="a.md", first_line=3, lang=lang), prefix="p")


def is_taken(text: str) -> bool:
    source = read_source(text, path="a.md", first_line=3, lang="en")
    return excess(source) is None and written_directly(source, "p", Tokens(source.digest)) is not None


def same(text: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Check that *text* comes out the same both ways, and tell whether there were two ways."""
    if not is_taken(text):
        return False
    for lang in ("en", "fr"):
        direct, parsed = bodies(text, lang, monkeypatch)
        assert direct == parsed, text
    return True


@pytest.mark.parametrize("text", TAKEN)
def test_usual_texts_are_written_directly_and_come_out_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same(text, monkeypatch)
    direct, _ = bodies(text, "en", monkeypatch)
    monkeypatch.setattr(screens, "_many", [])  # so that its HTML is cleaned, and searched for what is read in it
    assert bodies(text, "en", monkeypatch)[0] == direct


@pytest.mark.parametrize("text", LEFT)
def test_all_else_is_left_to_python_markdown(text: str) -> None:
    assert not is_taken(text)


def test_bulletins_are_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(same(documents.alert(number), monkeypatch) for number in range(20))


def test_nearly_all_of_the_sample_archive_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in (ROOT / "alerts").rglob("*.md")]
    assert sum(same(text, monkeypatch) for text in texts) > 0.8 * len(texts)


def random_texts(numbers: range, monkeypatch: pytest.MonkeyPatch) -> float:
    """Compare random texts; return how many of them are written directly."""
    taken = sum(same(documents.usual(number), monkeypatch) for number in numbers)
    taken += sum(same(documents.slipped(number), monkeypatch) for number in numbers[:: len(numbers) // 50])
    return taken / len(numbers)


def test_random_texts_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert random_texts(range(1000), monkeypatch) > 0.1


@pytest.mark.exhaustive
def test_a_hundred_thousand_random_texts_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert random_texts(range(1000, 101_000), monkeypatch) > 0.1
