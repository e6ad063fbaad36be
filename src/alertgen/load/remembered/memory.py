"""Results of reading, remembered between builds: frozen values in and out of the store.

The cache file is trusted as little as possible: only our own record types and dates are ever made from it.
"""

import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar, TypeVar

from alertgen.engine import engine_digest
from alertgen.fingerprint import digest_text
from alertgen.frozen import freeze
from alertgen.records import is_record
from alertgen.store import Store

Value = TypeVar("Value")

UNREADABLE = (
    pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, KeyError, TypeError, ValueError,
)  # fmt: skip

_AT_ONCE = 500
"""Values whose bytes are in memory at a time."""


def key_of(kind: str, *parts: str) -> str:
    """Return the key under which the reading of *parts* is remembered."""
    return f"{kind}:{digest_text(chr(0).join([engine_digest(), *parts]))}"


def thaw(content: bytes, kind: type[Value]) -> Value | None:
    """Return the value of *kind* in *content*, or None when it holds anything else."""
    try:
        value = Records(io.BytesIO(content)).load()
    except UNREADABLE:
        return None
    return value if isinstance(value, kind) else None


def remembered(store: Store, key: str, kind: type[Value], make: Callable[[], Value]) -> Value:
    """Return what is remembered under *key*, else what *make* returns, and remember it."""
    value = recalled(store, [key], kind).get(key)
    if value is None:
        value = make()
        store.put(key, freeze(value))
        store.keep_alive(key, value)
    return value


def recalled(
    store: Store, keys: Iterable[str], kind: type[Value], thawed: Callable[[bytes, type[Value]], Value | None] = thaw
) -> dict[str, Value]:
    """Return the values of *kind* that are remembered under *keys*, made of their bytes by *thawed*."""
    wanted = list(dict.fromkeys(keys))
    found = {key: value for key, value in store.living(wanted).items() if isinstance(value, kind)}
    missing = [key for key in wanted if key not in found]
    for start in range(0, len(missing), _AT_ONCE):
        for key, content in store.get_many(missing[start : start + _AT_ONCE]).items():
            value = thawed(content, kind)
            if value is not None:
                found[key] = value
                store.keep_alive(key, value)
    return found


def _member(kind: object, name: str) -> Enum:
    """Stand in for `getattr`, by which Python 3.11.0 to 3.11.3 pickle a member of an enumeration."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{kind} has no members")


class Records(pickle.Unpickler):
    """Makes nothing but our own records, dates and members of enumerations."""

    _known: ClassVar[dict[tuple[str, str], Any]] = {}

    def find_class(self, module: str, name: str) -> Any:
        """Return what may be made; raise an error for all else."""
        found = self._known.get((module, name))
        if found is None:
            found = self._known[module, name] = self._found(module, name)
        return found

    def _found(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _member
        if module == "datetime" or (module.startswith("alertgen.") and "." not in name):
            found = super().find_class(module, name)
            if module == "datetime" or is_record(found) or (isinstance(found, type) and issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not one of our records")


class Filling(Records):
    """Makes records, and what others stood for: *made* by the `name_of` what stood there."""

    def __init__(self, content: bytes, made: Mapping[tuple[str, str], Callable[..., Any]]) -> None:
        super().__init__(io.BytesIO(content))
        self._made = made

    def find_class(self, module: str, name: str) -> Any:
        """Return what fills the place, or what may be made."""
        whole = (module, name)
        return self._made.get(whole) or self._known.get(whole) or super().find_class(module, name)


def name_of(stand_in: Callable[..., Any]) -> tuple[str, str]:
    """Return under which name *stand_in*, a function at the top of its module, stands for something."""
    return stand_in.__module__, stand_in.__name__
