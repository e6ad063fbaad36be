"""The YAML reader: what was typed is what is read, and no text makes it fail."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alertgen.diagnostics import Place
from alertgen.load.documents import Customs, Kind, SourceFile
from alertgen.load.keys.frontmatter import compose, read_front_matter
from alertgen.load.reading import read_document
from alertgen.load.yaml import composer
from alertgen.load.yaml.nodes import Items, Mapping, Scalar, plain, scalars
from alertgen.load.yaml.reading import read_yaml

SURPRISES = (
    *("NO", "no", "No", "off", "on", "yes", "y", "true", "True", "TRUE", "false", "Null", "NULL", "~", "=", "SD"),
    *("12:30", "190:20:30", "0123", "0o17", "0x1F", "0b11", "3.10", "1_000", "1e5", ".5", "+1", "-1", ".inf", ".nan"),
    *("2026-01-05", "2026-02-30", "20260105", "20260105T10:00Z", "10%"),
)
"""Words that YAML 1.1 makes into something else."""

LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"),
    max_size=40,
)
"""Any text of one line that a file may hold."""


@pytest.fixture(params=["C", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(composer, "_LOADER", yaml.CSafeLoader if request.param == "C" else yaml.SafeLoader)
    return str(request.param)


def value(text: str) -> object:
    read = read_yaml(text, "a.md")
    assert read.problems == ()
    assert isinstance(read.node, Mapping)
    return plain(read.node)


@pytest.mark.parametrize("word", SURPRISES)
def test_what_yaml_makes_into_something_else_stays_as_typed(word: str, loader: str):
    assert value(f"key: {word}\n") == {"key": word}
    assert value(f"key: [SE, {word}]\n") == {"key": ["SE", word]}


def test_only_null_without_quotation_marks_is_no_value(loader: str):
    assert value("key: null\n") == {"key": None}
    assert value("key: [SE, null]\n") == {"key": ["SE", None]}
    assert value("key: 'null'\n") == {"key": "null"}


@given(LINE)
@example("#5")
@example('it\'s: a "quote" \\ and # more')
def test_text_in_quotation_marks_is_read_as_typed(text: str):
    assert value("key: '" + text.replace("'", "''") + "'\n") == {"key": text}
    assert value('key: "' + text.replace("\\", "\\\\").replace('"', '\\"') + '"\n') == {"key": text}


@given(st.from_regex(r"[A-Za-z0-9~=+.,%/()-][A-Za-z0-9~=+.,%/()'\"_:-]*[A-Za-z0-9~=+.,%/()_]", fullmatch=True))
def test_a_plain_word_is_read_as_typed(word: str):
    read = read_yaml(f"key: {word}\n", "a.md")
    if not read.problems:
        assert plain(read.node or Scalar("", Place(""))) == {"key": None if word == "null" else word}
    else:
        assert word.startswith(("%", ",", "-", "=")) or word.endswith(":")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z_]{0,10}", fullmatch=True),
        st.one_of(LINE, st.lists(LINE, min_size=1, max_size=3)),
        min_size=1,
    ),
    LINE,
)
@example({"a": "\xa0"}, "")
def test_what_is_composed_is_what_is_read(metadata: dict[str, object], body: str):
    parts = read_front_matter(compose(metadata, body), "a.md")
    assert parts.problems == ()
    assert parts.header is not None
    assert plain(parts.header) == metadata
    assert parts.body.strip() == body.strip()


YAMLISH = st.text(st.sampled_from(list("ab:-#[]{}\"'&*!|>%@`?,\\ \t\n~<é日")), max_size=60)


@settings(max_examples=400)
@given(YAMLISH)
@example("a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")
@example("a: " + "[" * 3000)
@example("? a\n? b\n")
@example("%YAML 1.1\n---\na: b\n")
@example("a: !<x> b\n")
def test_no_text_makes_the_reader_fail(text: str):
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(composer, "_LOADER", loader)
            read = read_yaml(text, "a.md", 2)
        lines = text.split("\n")
        assert all(2 <= problem.at.line < len(lines) + 2 and problem.at.column > 0 for problem in read.problems)
        assert all(problem.message and problem.hint for problem in read.problems)


@settings(max_examples=200)
@given(YAMLISH)
def test_both_parsers_read_the_same(text: str):
    reads = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(composer, "_LOADER", loader)
            reads.append(read_yaml(text, "a.md"))
    if not any(read.problems for read in reads):
        first, second = (plain(read.node) if read.node else None for read in reads)
        assert first == second


def test_every_value_knows_its_place(loader: str):
    read = read_yaml("title: Béni 日本\ncountry: [SD,  SS]\nsources:\n  - title: 'A'\n", "a.md", 2)
    assert isinstance(read.node, Mapping)
    title, country, sources = read.node.entries
    assert title.place == Place("a.md", 2, 1, 5)
    assert title.value.place == Place("a.md", 2, 8, 7)
    assert isinstance(country.value, Items)
    assert [item.place for item in country.value.items] == [Place("a.md", 3, 11, 2), Place("a.md", 3, 16, 2)]
    assert isinstance(sources.value, Items)
    assert sources.value.items[0].place == Place("a.md", 5, 5, 10)


def test_one_broken_key_hides_no_other(loader: str):
    read = read_yaml('title: a: b\ncountry: NO\nsummary: "never closed\nnumber: 5\n', "a.md")
    assert [(problem.at.line, problem.at.column) for problem in read.problems] == [(1, 9), (3, 10)]
    assert isinstance(read.node, Mapping)
    assert plain(read.node) == {"country": "NO", "number": "5"}
    assert set(read.node.broken) == {"title", "summary"}


def test_a_quotation_mark_that_is_closed_lines_below_is_still_never_closed(loader: str):
    read = read_yaml('title: "Attack\ndate: 2026-11-18\nsummary: "\n', "a.md")
    assert [problem.at.line for problem in read.problems] == [1, 3]
    assert isinstance(read.node, Mapping)
    assert plain(read.node) == {"date": "2026-11-18"}


def test_keys_of_absurd_length_are_not_parsed():
    read = read_yaml("title: x\n" + "a: [" * 20_000, "a.md")
    assert [problem.code for problem in read.problems] == ["too-large"]
    assert isinstance(read.node, Mapping)
    assert "title" in read.node.broken


def test_a_long_text_may_run_over_indented_lines(loader: str):
    assert value("summary: One\n  and two\nnotice: >-\n  Three\n  and four\n") == {
        "summary": "One and two",
        "notice": "Three and four",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "SD",
        '"SD"',
        "[SD, 'SS', ]",
        "",
        "''",
        "[]",
        "[[SD], SS, ' ']",
        "\n- SD\n- SS",
        "{ a: b }",
        "*name",
        "One\n  and two",
    ],
)
def test_of_the_keys_that_are_kept_values_and_places_are_those_of_the_node(typed: str):
    text = f"---\ntitle: Title\ndate: 2026-11-18\ncountry: {typed}\nlevel: watch\n---\nText.\n"
    document = read_document(SourceFile(path="a.md", kind=Kind.ALERT, raw=text.encode(), digest=""), Customs())
    node = read_front_matter(text, "a.md").header
    assert node is not None
    for key in ("country", "level", "date", "number"):
        expected = [(one.text, one.place) for one in scalars(node.get(key))]
        assert [(one.text, one.place) for one in document.typed(key)] == expected
        assert document.at(key) == getattr(node.get(key), "place", document.place)
    assert document.broken == node.broken
    assert not document.typed("title"), "nobody looks it up"


def test_marks_of_a_conflict_are_one_problem_of_their_own() -> None:
    read = read_yaml("title: A\n<<<<<<< HEAD\nlang: en\n=======\nlang: fr\n>>>>>>> main\n", "site.yaml")
    (fault,) = read.problems
    assert (fault.code, fault.at.line) == ("merge-conflict", 2)
    assert isinstance(read.node, Mapping)
    assert set(read.node.broken) >= {"title", "lang"}  # so that nobody is told that they are missing
