"""Records are dataclasses in everything but the moment at which their methods come to be."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, astuple, fields, is_dataclass, replace
from typing import Any

import pytest

from alertgen import records
from alertgen.records import field


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Python:
    """As Python makes it."""

    a: str
    b: tuple[int, ...] = ()
    c: dict[str, int] = dataclasses.field(default_factory=dict, compare=False)
    d: int = dataclasses.field(default=4, repr=False)


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """As we make it."""

    a: str
    b: tuple[int, ...] = ()
    c: dict[str, int] = field(default_factory=dict, compare=False)
    d: int = field(default=4, repr=False)


@records.dataclass(frozen=True, slots=True, order=True)
class Placed:
    """A record with an order."""

    one: int
    other: int = 0


@records.dataclass(frozen=True, slots=True)
class Single:
    """A record of one value, with a repr of its own."""

    value: str

    def __repr__(self) -> str:
        """Say something else."""
        return "single"


@records.dataclass(slots=True)
class Changing:
    """A record that may be changed."""

    value: int
    seen: list[Any] = field(default_factory=list)


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Ours):
    """A record that has the fields of another, too."""

    e: int


MAKERS: list[Any] = [Python, Ours]


@pytest.mark.parametrize("kind", MAKERS)
def test_it_is_a_dataclass(kind: Any) -> None:
    made = kind(a="x", c={"y": 1})
    assert is_dataclass(kind)
    assert [one.name for one in fields(kind)] == ["a", "b", "c", "d"]
    assert repr(made) == f"{kind.__name__}(a='x', b=(), c={{'y': 1}})"
    assert made == kind(a="x", c={"y": 2}) != kind(a="z")
    assert made != object()
    assert hash(made) == hash(("x", (), 4))
    assert replace(made, a="z", b=(1,)) == kind(a="z", b=(1,))
    assert asdict(made) == {"a": "x", "b": (), "c": {"y": 1}, "d": 4}
    assert astuple(made) == ("x", (), {"y": 1}, 4)
    assert kind(a="x").c is not kind(a="x").c
    assert not hasattr(made, "__dict__")


def test_records_need_no_dataclasses() -> None:
    made = Ours(a="x", c={"y": 1})
    assert records.is_record(Ours)
    assert not any(map(records.is_record, (Python, str)))
    assert [one.name for one in records.fields(made)] == [one.name for one in fields(Python)]
    assert records.replace(made, a="z", b=(1,)) == Ours(a="z", b=(1,))
    assert records.asdict(Placed(1)) == {"one": 1, "other": 0}
    whole = Changing(1, [Placed(1), (Single("y"), {"z": Placed(2)})])
    assert records.asdict(whole) == asdict(whole)
    with pytest.raises(TypeError):
        records.replace(made, e=1)


def test_a_field_of_python_is_no_field_of_a_record() -> None:
    with pytest.raises(AssertionError, match="seen"):

        @records.dataclass(slots=True)
        class Wrong:
            seen: list[int] = dataclasses.field(default_factory=list)


@pytest.mark.parametrize("kind", MAKERS)
def test_it_is_frozen(kind: Any) -> None:
    made = kind(a="x")
    with pytest.raises(FrozenInstanceError):
        made.a = "y"
    with pytest.raises(FrozenInstanceError):
        del made.a
    assert made.a == "x"


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(("placed", "named"), [(("x",), {}), ((), {}), ((), {"a": "x", "e": 1})])
def test_it_is_made_of_its_fields_alone(kind: Any, placed: tuple[str, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        kind(*placed, **named)


@pytest.mark.parametrize("kind", MAKERS)
def test_it_can_be_copied_and_pickled(kind: Any) -> None:
    made = kind(a="x", b=(1, 2), c={"y": 1})
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert other == made
        assert other.c == made.c


def test_two_kinds_are_never_equal() -> None:
    assert Single("x") != Placed(1)
    assert Single("x") == Single("x")
    assert hash(Single("x")) == hash(("x",))


def test_a_record_may_have_the_fields_of_another() -> None:
    made = Derived(a="x", e=5)
    assert repr(made) == "Derived(a='x', b=(), c={}, e=5)"
    assert made == pickle.loads(pickle.dumps(made)) != Derived(a="x", e=6)
    assert made != Ours(a="x") == Ours(a="x")
    assert replace(made, e=6) == Derived(a="x", e=6)
    with pytest.raises(TypeError):
        Ours(a="x", e=5)  # type: ignore[call-arg]


def test_a_method_of_its_own_stays() -> None:
    assert repr(Single("x")) == "single"


def test_records_with_an_order_are_sorted_by_their_fields() -> None:
    assert sorted([Placed(2), Placed(1, 2), Placed(1)]) == [Placed(1), Placed(1, 2), Placed(2)]
    assert Placed(1) <= Placed(1)
    with pytest.raises(TypeError):
        assert Placed(1) < Single("x")  # type: ignore[operator]


def test_a_record_may_be_changed_if_it_is_not_frozen() -> None:
    made = Changing(1)
    made.value = 2
    made.seen.append(3)
    assert made == Changing(2, [3])
    assert Changing(1).seen == []
    with pytest.raises(TypeError):
        hash(made)


def test_patterns_find_its_fields() -> None:
    match Placed(1, 2):
        case Placed(one, other):
            assert (one, other) == (1, 2)


CALLS: list[tuple[tuple[int, ...], dict[str, int]]] = [
    ((1,), {}), ((), {"one": 1}), ((1, 2), {}), ((1,), {"other": 2}), ((), {"other": 2, "one": 1}),
    ((), {}), ((1, 2, 3), {}), ((1,), {"one": 1}), ((1,), {"more": 1}), ((), {"other": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("placed", "named"), CALLS)
def test_the_first_records_are_made_as_all_others(placed: tuple[int, ...], named: dict[str, int]) -> None:
    @records.dataclass(frozen=True, slots=True)
    class Fresh:
        one: int
        other: int = 0
        seen: list[int] = field(default_factory=list)

    made, refused = [], 0
    for _ in range(2 * records._FEW):
        try:
            made.append(Fresh(*placed, **named))
        except TypeError:
            refused += 1
    assert (len(made), refused) in ((2 * records._FEW, 0), (0, 2 * records._FEW))
    expected = dict(zip(("one", "other", "seen"), placed, strict=False)) | named
    assert all((one.one, one.other) == (expected["one"], expected.get("other", 0)) for one in made)
    assert len({id(one.seen) for one in made}) == (1 if len(placed) == 3 else len(made))


def test_many_records_are_filled_as_the_first_ones_are() -> None:
    @records.dataclass(frozen=True, slots=True)
    class Filled:
        one: int
        other: str = ""

    first = vars(Filled)["__setstate__"]
    for number in range(2 * records._MANY):
        filled = Filled.__new__(Filled)
        filled.__setstate__((number, "x"))
        assert filled == Filled(number, "x")
        for wrong, error in (((1,), ValueError), ((1, "x", 2), ValueError), (None, TypeError)):
            with pytest.raises(error):
                Filled.__new__(Filled).__setstate__(wrong)
    assert vars(Filled)["__setstate__"] is not first
    assert copy.copy(filled) == filled
