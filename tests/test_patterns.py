"""An expression that is compiled late finds what one finds that is compiled at once."""

import marshal
import re
import sys

import pytest

from alertgen.patterns import all_compiled, late, take_for_compiled


def test_it_behaves_as_the_compiled_expression() -> None:
    pattern, text = late(r"(?P<word>b+)", re.IGNORECASE), "abBa cBb"
    other = re.compile(r"(?P<word>b+)", re.IGNORECASE)
    assert [match["word"] for match in pattern.finditer(text)] == ["bB", "Bb"] == pattern.findall(text)
    assert pattern.sub("-", text) == other.sub("-", text)
    assert pattern.split(text) == other.split(text)
    assert pattern.match(text) is None
    assert pattern.search(text, 4)
    assert (pattern.pattern, pattern.flags, pattern.groupindex) == (other.pattern, other.flags, other.groupindex)


def test_nothing_is_compiled_before_it_is_asked() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("x")


def test_it_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern, compiled = late("x"), []
    usual = re.compile
    monkeypatch.setattr(re, "compile", lambda *parts: compiled.append(parts) or usual(*parts))
    assert all(pattern.search(text) for text in ("x", "yx", "zx"))
    assert len(compiled) == 1


SOURCES = [
    "a(?P<x>b)?c",
    "(x)(?P<y>z)*",
    "[^\\W\\d_]+",
    "(?i)straße",
    "(?s:.)*?\\Z",
    "é|[à-ü]",
    "a{3,}b{2}",
    b"by(te)s",
    "\ud800",
]


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> dict[object, re.Pattern[str]]:
    """An empty memory of Python for expressions."""
    empty: dict[object, re.Pattern[str]] = {}
    monkeypatch.setattr(re, "_cache", empty)
    if hasattr(re, "_cache2"):
        monkeypatch.setattr(re, "_cache2", {})
    return empty


def test_expressions_of_another_process_are_the_very_same(cache: dict[object, re.Pattern[str]]) -> None:
    for source in SOURCES:
        re.compile(source)  # type: ignore[call-overload]
        re.compile(source, re.MULTILINE | re.IGNORECASE)  # type: ignore[call-overload]
    before, content = dict(cache), all_compiled()
    cache.clear()
    take_for_compiled(content)
    assert cache == before, "Python compares their code"
    for key, pattern in cache.items():
        assert (pattern.groups, pattern.groupindex) == (before[key].groups, before[key].groupindex)
    found = re.compile("a(?P<x>b)?c").search("xabcx")
    assert found is not None and found.lastgroup == "x" and found["x"] == "b"


def test_what_is_known_is_not_compiled_again(cache: dict[object, re.Pattern[str]]) -> None:
    re.compile("one")
    first = all_compiled()
    cache.clear()
    re.compile("other")
    both = all_compiled(first)
    cache.clear()
    take_for_compiled(both)
    assert sorted(pattern.pattern for pattern in cache.values()) == ["one", "other"]
    assert marshal.loads(all_compiled(both)) == marshal.loads(both)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        marshal.dumps((sys.version, [("a", 0, 32)])),
        marshal.dumps((sys.version, [("a", 0, 32, b"\xff" * 64, 0, {})])),
        marshal.dumps(("3.0", [("a", 0, 32, b"", 0, {})])),
        marshal.dumps(7),
    ],
)
def test_damage_is_of_no_use_and_does_no_harm(cache: dict[object, re.Pattern[str]], content: bytes) -> None:
    take_for_compiled(content)
    assert not cache
    assert re.compile("a").search("ba")
