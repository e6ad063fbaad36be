"""Two values have one fingerprint exactly when they are equal and of the same types, however often parts are held."""

import datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alertgen.filed import file_in
from alertgen.fingerprint import Fingerprints, Token, digest_text, token_of
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    one: Any
    two: Any


@dataclass(frozen=True, slots=True)
class Other:
    one: Any
    two: Any


@dataclass(frozen=True, slots=True)
class Often:
    SHARED = True
    one: Any
    two: Any


@dataclass(frozen=True, slots=True)
class Often2:
    SHARED = True
    one: Any
    two: Any


@dataclass(frozen=True, slots=True)
class Bare:
    pass


@dataclass(frozen=True, slots=True)
class Digested:
    digest: str
    rest: Any


KINDS = (Pair, Other, Often, Often2)
PRINT = Fingerprints()
WORDS = ["", "a", "{}", "#", "Pair", "Often", '"', "\\", ",", "[]", "=", "null", "true", "1", "\ud800", "é", "\x00"]
TRAPS = [
    PRINT.token(Pair("a", 1)), PRINT.token(Often("a", 1)), PRINT.spelled(Often("a", 1)), PRINT.token(("a", 1)),
    digest_text("a"), PRINT.token(Often("a", 1))[5:-2],
]  # fmt: skip
plain = st.sampled_from([None, True, False, 0, 1, -1, 1.0, 0.5, 10**20, datetime.date(2021, 1, 27), Path("a"), b"a"])
leaves = plain | st.sampled_from([*WORDS, *TRAPS])
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.tuples(st.sampled_from(KINDS), inner, inner).map(lambda made: made[0](made[1], made[2]))
    ),
    max_leaves=6,
)


def told(value: Any) -> Any:
    """Return *value* with its types."""
    if isinstance(value, tuple):
        return (tuple, *map(told, value))
    return (type(value), told(value.one), told(value.two)) if type(value) in KINDS else (type(value), value)


@given(st.lists(values, min_size=2, max_size=6))
@settings(max_examples=300)
def test_equal_values_of_the_same_types_and_no_others_have_one_fingerprint(several: list[Any]) -> None:
    fingerprint = Fingerprints()
    prints = [fingerprint(value) for value in several]
    for one, its in zip(several, prints, strict=True):
        assert Fingerprints()(one) == its
        for other, others in zip(several, prints, strict=True):
            assert (its == others) == (told(one) == told(other)), (one, other)


def test_near_misses_differ() -> None:
    near: list[Any] = [
        (), ((),), ("",), ("", ""), ("a", "b"), ("ab",), ("a,b",), ('a","b',), Pair("a", "b"), ("Pair", "a", "b"),
        Other("a", "b"), Often("a", "b"), Often2("a", "b"), Bare(), Pair((), ()), Pair(None, ()), Pair("a", ("b",)),
        1, True, "1", 1.0, "1.0", (1, 0), (True, False), None, "null", "None", datetime.date(2021, 1, 27),
        "datetime.date(2021, 1, 27)", ("=", "datetime.date(2021, 1, 27)"), Path("a"), "a", b"a", "b'a'",
        PRINT.token(Often("a", "b")), PRINT.spelled(Often("a", "b")), ("#" + digest_text("a"),), Digested("a", 1),
        Digested("b", 1), Pair(Often("a", "b"), 1), Pair(PRINT.token(Often("a", "b")), 1),
    ]  # fmt: skip
    assert len({Fingerprints()(value) for value in near}) == len(near)
    assert Fingerprints()(Digested("a", 1)) == Fingerprints()(Digested("a", 2))


def test_what_many_hold_is_looked_at_once() -> None:
    held = Often("a", tuple(range(50)))
    fingerprint = Fingerprints()
    first = [fingerprint(Pair(number, held)) for number in range(3)]
    assert fingerprint.token(held) == Fingerprints().token(Often("a", tuple(range(50))))
    assert first == [Fingerprints()(Pair(number, Often("a", tuple(range(50))))) for number in range(3)]
    assert id(held) in fingerprint._seen


def test_a_part_can_be_told_by_its_token() -> None:
    part = Often("a", ("b", 1))
    fingerprint = Fingerprints()
    assert token_of(fingerprint.spelled(part)) == fingerprint.token(part) == Fingerprints().token(part)
    whole = Pair(part, "x")
    assert Fingerprints()(Pair(Token(token_of(fingerprint.spelled(part))), "x")) == Fingerprints()(whole)
    assert Fingerprints().spelled(Often(part, 1)).count(Fingerprints().token(part)) == 1


def test_a_text_in_a_file_is_that_text(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    assert file
    text = "é<\ud800" * 300
    filed = file.put(text)
    assert type(filed) is not str
    for made in (Pair, Often):
        assert Fingerprints()(made(filed, 1)) == Fingerprints()(made(text, 1))
    assert Fingerprints()((filed,)) == Fingerprints()((text,))


def test_without_the_fast_encoder_of_python_it_is_the_same(monkeypatch: Any) -> None:
    several = (Pair("é", (1, None)), Often(Often2("a", 1), ()), (True, 1.5, "<"), "a", Bare())
    expected = [Fingerprints()(value) for value in several]
    monkeypatch.setattr("alertgen.fingerprint.c_make_encoder", None)
    assert [Fingerprints()(value) for value in several] == expected
