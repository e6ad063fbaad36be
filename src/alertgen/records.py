"""Records: like the dataclasses of Python, but their methods are compiled only when it pays.

Python writes the methods of a dataclass as source and compiles them, in a third of a millisecond for each class, and
imports `inspect` for it. alertgen has two hundred classes, and most runs make values of a few. So the constructor is
compiled when some values have been made, and the other methods are the same functions for all. Otherwise a record
behaves like a dataclass: in equality, hashes, `repr`, patterns and pickling, and for whatever asks the module
`dataclasses` about it.
"""

import operator
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

Kind = TypeVar("Kind", bound=type)
Parts = Callable[[Any], tuple[Any, ...]]

_COMPARISONS = {"__lt__": operator.lt, "__le__": operator.le, "__gt__": operator.gt, "__ge__": operator.ge}

MISSING: Any = object()
"""Stands where a field has no default."""


class Field(NamedTuple):
    """A field of a record."""

    name: str = ""
    type: Any = None
    default: Any = MISSING
    default_factory: Any = MISSING
    repr: bool = True
    compare: bool = True
    kw_only: bool = False


if TYPE_CHECKING:  # so that types are checked as those of every dataclass
    from dataclasses import asdict as asdict
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass
    from dataclasses import replace as replace

    is_record = is_dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False, kw_only: bool = False, order: bool = False) -> Any:
        """Make a class a record; see the function of this name in Python."""
        assert slots, "a record without slots is Python's own business"

        def made(kind: Kind) -> Kind:
            known = _fields(kind, kw_only=kw_only)
            return _with_slots(kind, known, _methods(known, frozen=frozen, order=order))

        return made

    def field(
        *, default: Any = MISSING, default_factory: Any = MISSING, repr: bool = True, compare: bool = True
    ) -> Any:
        """Say more of a field than its default; see the function of this name in Python."""
        return Field(default=default, default_factory=default_factory, repr=repr, compare=compare)

    def fields(kind: Any) -> tuple[Field, ...]:
        """Return the fields of a kind of records, or of a record, in their order."""
        return kind.__record_fields__

    def replace(record: Any, **changes: Any) -> Any:
        """Return a record like *record* with other values for the fields in *changes*."""
        same = {known.name: getattr(record, known.name) for known in fields(record) if known.name not in changes}
        return record.__class__(**same, **changes)

    def asdict(record: Any) -> dict[str, Any]:
        """Return the values of *record* by their names; records among them and in their lists alike."""
        return {known.name: _as_plain(getattr(record, known.name)) for known in fields(record)}

    def _as_plain(value: Any) -> Any:
        if is_record(type(value)):
            return asdict(value)
        if isinstance(value, dict):
            return {name: _as_plain(part) for name, part in value.items()}
        return type(value)(map(_as_plain, value)) if type(value) in {tuple, list} else value

    def is_record(kind: Any) -> bool:
        """Tell whether *kind* is a kind of records."""
        return hasattr(kind, "__record_fields__")


def parts_of(names: Iterable[str]) -> Parts:
    """Return what gives the values of the attributes *names* of an object as a tuple."""
    wanted = tuple(names)
    if len(wanted) > 1:
        return operator.attrgetter(*wanted)
    if not wanted:
        return lambda _: ()
    only = operator.attrgetter(*wanted)
    return lambda record: (only(record),)


def _fields(kind: Any, *, kw_only: bool) -> tuple[Field, ...]:
    """Return the fields of a class that is to be a record: those of the records that it derives from come first."""
    known: dict[str, Field] = {}
    own = vars(kind)
    for base in reversed(kind.__mro__[1:]):
        known |= {one.name: one for one in vars(base).get("__record_fields__", ())}
    for name, type_ in kind.__annotations__.items():
        said = own.get(name, MISSING)
        if isinstance(said, Field):
            known[name] = said._replace(name=name, type=type_, kw_only=kw_only)
        else:
            assert said is MISSING or type(said).__module__ != "dataclasses", f"{name} has a field of `dataclasses`"
            known[name] = Field(name, type_, said, MISSING, True, True, kw_only)
    return tuple(known.values())


def _with_slots(kind: Any, known: tuple[Field, ...], methods: dict[str, Any]) -> Any:
    """Return the class *kind* anew, with a slot for each of its fields that no class above it has one for.

    It gets the *methods* that it does not have itself. They stand in it from the beginning: setting one later takes as
    long as making three.
    """
    inherited = {name for base in kind.__mro__[1:] for name in getattr(base, "__slots__", ())}
    names = {one.name for one in known}
    spare = {*names, "__dict__", "__weakref__"}
    own = {name: value for name, value in vars(kind).items() if name not in spare}
    if own.get("__hash__") is None:  # Python says so of a class that has only its own `__eq__`
        own.pop("__hash__", None)
    contents = {
        **methods,
        **own,
        "__slots__": tuple(one.name for one in known if one.name not in inherited),
        "__match_args__": tuple(one.name for one in known if not one.kw_only),
        "__record_fields__": known,
        "__dataclass_fields__": _FromDataclass("__dataclass_fields__"),
        "__dataclass_params__": _FromDataclass("__dataclass_params__"),
    }
    made = type(kind)(kind.__name__, kind.__bases__, contents)
    made.__qualname__ = kind.__qualname__
    return made


class _FromDataclass:
    """An attribute that `dataclasses` looks for in a class; when asked for, it is that of a plain dataclass like it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _record: object, kind: Any) -> Any:
        from dataclasses import field as plain_field  # here, since hardly any run asks
        from dataclasses import make_dataclass

        alike = []
        for one in kind.__record_fields__:
            said = {"default": one.default, "default_factory": one.default_factory}
            given: dict[str, Any] = {name: value for name, value in said.items() if value is not MISSING}
            same = plain_field(repr=one.repr, compare=one.compare, kw_only=one.kw_only, **given)
            alike.append((one.name, one.type, same))
        plain = make_dataclass(kind.__name__, alike, init=False, repr=False, eq=False)
        setattr(kind, self._name, getattr(plain, self._name))
        return getattr(plain, self._name)


def _methods(known: tuple[Field, ...], *, frozen: bool, order: bool) -> dict[str, Any]:
    """Return the methods of a record with the fields *known*, by name."""
    whole = parts_of(field.name for field in known)
    compared = parts_of(field.name for field in known if field.compare)
    methods: dict[str, Any] = {
        "__init__": _constructed_later(known),
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
            "__setstate__": _filled_later(known),
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
        values = ", ".join(f"{name}={getattr(record, name)!r}" for name in names)
        return f"{record.__class__.__qualname__}({values})"

    return method


_MANY = 200
"""Records of a kind that are filled before their filling is compiled: that takes as long as it saves with so many."""


def _filled_later(known: tuple[Field, ...]) -> Callable[[Any, Iterable[Any]], None]:
    """Return what puts values into the slots of a record with the fields *known*; for many records it is compiled."""
    setters: list[Callable[[Any, Any], None]] = []
    filled = 0

    def method(record: Any, values: Iterable[Any]) -> None:
        nonlocal filled
        filled += 1
        if filled == 1:
            setters.extend(_setter(type(record), field) for field in known)
        if filled == _MANY:
            type(record).__setstate__ = _filling(type(record), known)
        for put, value in zip(setters, values, strict=True):
            put(record, value)

    return method


def _filling(kind: type, known: Iterable[Field]) -> Callable[[Any, Iterable[Any]], None]:
    """Compile what `_filled_later` does, which takes half of the time then."""
    names = {f"set_{field.name}": _setter(kind, field) for field in known}
    values = "".join(f"{field.name}, " for field in known)
    body = "".join(f"\n  set_{field.name}(_record, {field.name})" for field in known)
    exec(f"def __setstate__(_record, _values):\n  [{values}] = _values{body}", names)  # noqa: S102 - names of our fields
    filling: Callable[[Any, Iterable[Any]], None] = names["__setstate__"]
    return filling


def _setter(kind: type, field: Field) -> Callable[[Any, Any], None]:
    """Return what puts a value into the slot that records of *kind* have for *field*."""
    setter: Callable[[Any, Any], None] = getattr(kind, field.name).__set__
    return setter


def _refused(_record: Any, name: str, _value: Any = None) -> NoReturn:
    from dataclasses import FrozenInstanceError  # here, since it is a bug of somebody's

    raise FrozenInstanceError(f"cannot assign to or delete {name!r}: the record is frozen")


_FEW = 3
"""Records of a kind that are made before its constructor is compiled: that takes as long as making some dozens."""


def _constructed_later(known: tuple[Field, ...]) -> Callable[..., None]:
    """Return the constructor of the first records of a kind; it compiles the proper one as soon as that pays."""
    made = 0

    def method(record: Any, *values: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        if made <= _FEW and _is_filled(record, known, values, named):
            return
        constructor = _constructor(type(record), known)
        type(record).__init__ = constructor  # what stood there until now has done its work
        constructor(record, *values, **named)

    return method


def _is_filled(record: Any, known: Iterable[Field], values: Iterable[Any], named: dict[str, Any]) -> bool:
    """Put all values into their slots; return False where some are missing or too many: the constructor says which."""
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
        _setter(type(record), field)(record, value)
    return not rest and next(given, MISSING) is MISSING


def _constructor(kind: type, known: tuple[Field, ...]) -> Callable[..., None]:
    """Compile the constructor of *kind*: it puts each value straight into its slot."""
    names: dict[str, Any] = {}
    for field in known:
        names |= {f"set_{field.name}": _setter(kind, field), f"default_{field.name}": _default(field)}
    placed = [_parameter(field) for field in known if not field.kw_only]
    named = [_parameter(field) for field in known if field.kw_only]
    parameters = ", ".join(["_record", *placed, *(["*", *named] if named else [])])
    body = "".join(f"\n  set_{field.name}(_record, {_value(field)})" for field in known)
    exec(f"def __init__({parameters}):{body or ' pass'}", names)  # noqa: S102 - the names of our own fields
    constructor: Callable[..., None] = names["__init__"]
    constructor.__qualname__ = f"{kind.__qualname__}.__init__"
    return constructor


def _default(field: Field) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory


def _parameter(field: Field) -> str:
    return field.name if _default(field) is MISSING else f"{field.name}=default_{field.name}"


def _value(field: Field) -> str:
    """Return the expression for the value of *field*: each record without one has a default of its own making."""
    name = field.name
    return name if field.default_factory is MISSING else f"{name}() if {name} is default_{name} else {name}"
