"""Records: the dataclasses of Python, without waiting for methods that nobody calls.

Python writes the methods of a dataclass down as source and compiles them, in a third of a millisecond for each class.
alertgen has two hundred, and most runs make values of a few. So the constructor is compiled when the first value is
made, and the other methods are the same functions for all. What stands elsewhere about dataclasses holds of these, too:
`fields`, `replace`, `asdict`, equality, hashes, `repr`, patterns, pickling.
"""

import operator
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

Kind = TypeVar("Kind", bound=type)
Parts = Callable[[Any], tuple[Any, ...]]

_COMPARISONS = {"__lt__": operator.lt, "__le__": operator.le, "__gt__": operator.gt, "__ge__": operator.ge}

if TYPE_CHECKING:  # so that types are checked as those of every dataclass
    from dataclasses import dataclass as dataclass
else:
    from dataclasses import dataclass as _plain

    def dataclass(*, slots: bool, frozen: bool = False, kw_only: bool = False, order: bool = False) -> Any:
        """Make a class a record; see the function of this name in Python."""
        assert slots, "a record without slots is Python's own business"

        def made(kind: Kind) -> Kind:
            bare = _plain(slots=True, kw_only=kw_only, init=False, repr=False, eq=False)(kind)
            for name, method in _methods(bare, frozen=frozen, order=order).items():
                if kind.__dict__.get(name) is None:  # where a class has no hash of its own, there may be None
                    setattr(bare, name, method)
            return bare

        return made


def parts_of(names: Iterable[str]) -> Parts:
    """Return what gives the values of the attributes *names* of an object as a tuple."""
    wanted = tuple(names)
    if len(wanted) > 1:
        return operator.attrgetter(*wanted)
    if not wanted:
        return lambda _: ()
    only = operator.attrgetter(*wanted)
    return lambda record: (only(record),)


def _methods(kind: type, *, frozen: bool, order: bool) -> dict[str, Any]:
    """Return the methods of the record *kind* by name."""
    known = fields(kind)
    whole = parts_of(field.name for field in known)
    compared = parts_of(field.name for field in known if field.compare)
    methods: dict[str, Any] = {
        "__init__": _constructed_later(kind),
        "__repr__": _shown(tuple(field.name for field in known if field.repr)),
        "__eq__": _compared(operator.eq, compared),
        "__hash__": None,
    }
    if frozen:
        methods |= {
            "__hash__": lambda record: hash(compared(record)),
            "__setattr__": _refused,
            "__delattr__": _refused,
            "__getstate__": lambda record: whole(record),  # the function itself would be no method
            "__setstate__": _filled_later(kind),
        }
    if order:
        methods |= {name: _compared(compare, compared) for name, compare in _COMPARISONS.items()}
    return methods


def _compared(compare: Callable[[Any, Any], bool], parts: Parts) -> Callable[[Any, Any], Any]:
    def method(one: Any, other: Any) -> Any:
        return compare(parts(one), parts(other)) if other.__class__ is one.__class__ else NotImplemented

    return method


def _shown(names: tuple[str, ...]) -> Callable[[Any], str]:
    def method(record: Any) -> str:
        told = ", ".join(f"{name}={getattr(record, name)!r}" for name in names)
        return f"{record.__class__.__qualname__}({told})"

    return method


_MANY = 200
"""Records of a kind that are filled before their filling is compiled: that takes as long as it saves with so many."""


def _filled_later(kind: type) -> Callable[[Any, Iterable[Any]], None]:
    """Return what puts values into the slots of a record of *kind*; for many records it is compiled."""
    setters = [getattr(kind, field.name).__set__ for field in fields(kind)]
    filled = 0

    def method(record: Any, values: Iterable[Any]) -> None:
        nonlocal filled
        filled += 1
        if filled == _MANY:
            kind.__setstate__ = _filling(kind)  # type: ignore[attr-defined]
        for put, value in zip(setters, values, strict=True):
            put(record, value)

    return method


def _filling(kind: type) -> Callable[[Any, Iterable[Any]], None]:
    """Compile what `_filled_later` does, which takes half of the time then."""
    names = {f"set_{field.name}": getattr(kind, field.name).__set__ for field in fields(kind)}
    values = "".join(f"{field.name}, " for field in fields(kind))
    body = "".join(f"\n  set_{field.name}(_record, {field.name})" for field in fields(kind))
    exec(f"def __setstate__(_record, _values):\n  [{values}] = _values{body}", names)  # noqa: S102 - names of our fields
    filling: Callable[[Any, Iterable[Any]], None] = names["__setstate__"]
    return filling


def _refused(_record: Any, name: str, _value: Any = None) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to or delete {name!r}: the record is frozen")


_FEW = 3
"""Records of a kind that are made before its constructor is compiled: that takes as long as making some dozens."""


def _constructed_later(kind: type) -> Callable[..., None]:
    """Return what stands for the constructor of *kind* until it is worthwhile, and makes it then."""
    made = 0

    def method(record: Any, *values: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        if made <= _FEW and _is_filled(record, fields(kind), values, named):
            return
        constructor = _constructor(kind)
        kind.__init__ = constructor  # type: ignore[misc]  # what stood there until now has done its work
        constructor(record, *values, **named)

    return method


def _is_filled(record: Any, known: Iterable[Field[Any]], values: Iterable[Any], named: dict[str, Any]) -> bool:
    """Put all values into their slots; return False where some are missing or too many, which the constructor tells."""
    rest, given = dict(named), iter(values)
    for field in known:
        value = MISSING if field.kw_only else next(given, MISSING)
        if value is MISSING:
            value = rest.pop(field.name, MISSING)
        if value is MISSING:
            factory: Any = field.default_factory
            value = field.default if factory is MISSING else factory()
        if value is MISSING:
            return False
        getattr(type(record), field.name).__set__(record, value)
    return not rest and next(given, MISSING) is MISSING


def _constructor(kind: type) -> Callable[..., None]:
    """Compile the constructor of *kind*: it puts each value straight into its slot."""
    known = fields(kind)
    names: dict[str, Any] = {}
    for field in known:
        names |= {f"set_{field.name}": getattr(kind, field.name).__set__, f"default_{field.name}": _default(field)}
    placed = [_parameter(field) for field in known if not field.kw_only]
    named = [_parameter(field) for field in known if field.kw_only]
    parameters = ", ".join(["_record", *placed, *(["*", *named] if named else [])])
    body = "".join(f"\n  set_{field.name}(_record, {_value(field)})" for field in known)
    exec(f"def __init__({parameters}):{body or ' pass'}", names)  # noqa: S102 - the names of our own fields
    constructor: Callable[..., None] = names["__init__"]
    constructor.__qualname__ = f"{kind.__qualname__}.__init__"
    return constructor


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory


def _parameter(field: Field[Any]) -> str:
    return field.name if _default(field) is MISSING else f"{field.name}=default_{field.name}"


def _value(field: Field[Any]) -> str:
    """Return the expression for the value of *field*: each record without one has a default of its own making."""
    name = field.name
    return name if field.default_factory is MISSING else f"{name}() if {name} is default_{name} else {name}"
