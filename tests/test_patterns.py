"""An expression that is compiled late finds what one finds that is compiled at once."""

import re

import pytest

from alertgen.patterns import late


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
