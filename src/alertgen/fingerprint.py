"""Digests: of bytes, and of the frozen values that pages are made from."""

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

_PLAIN = frozenset({str, int, float, bool, type(None)})
_SHORT = 64
"""Characters up to which the spelling of a value stands for itself."""
_SIZE = 16  # bytes; 128 bits are ample against accident, and nobody gains by forging a cache key


def digest_bytes(content: bytes) -> str:
    """Return a short hexadecimal BLAKE2b digest of *content*."""
    return hashlib.blake2b(content, digest_size=_SIZE).hexdigest()


def digest_text(text: str) -> str:
    """Return the digest of *text* as UTF-8; lone surrogates are kept apart rather than refused."""
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


def fingerprinter() -> Callable[[object], str]:
    """Return a function that digests frozen values, remembering the parts it has already seen.

    A value is a frozen dataclass, tuple, string, number, bool, None, enum, date or path. Two values have one
    fingerprint exactly when they are equal and of the same types, on every machine and in every run. A dataclass that
    carries a field named `digest` is represented by its type and that field alone: the maker of the value vouches that
    the digest stands for everything in it. The memory is by identity, so use one function for the span of one build.
    """
    seen: dict[int, tuple[object, str]] = {}

    def of(value: object) -> str:
        kind = type(value)
        if kind in _PLAIN:
            return repr(value)
        if isinstance(value, tuple):
            return of_parts(value)
        parts = _parts_of(kind)  # type: ignore[arg-type]  # every type can be a key
        if parts is None:
            return repr(value)
        known = seen.get(id(value))
        if known is None:
            text = kind.__qualname__ + of_parts(parts(value))
            known = seen[id(value)] = (value, text if len(text) < _SHORT else f"#{digest_text(text)}")
        return known[1]

    def of_parts(parts: tuple[object, ...]) -> str:
        if type(parts) is tuple and _PLAIN.issuperset(map(type, parts)):
            return repr(parts)  # the same in effect as below, and many times as fast for long tables
        return f"({','.join(map(of, parts))})"

    return lambda value: digest_text(of(value))


@cache
def _parts_of(kind: type) -> Callable[[Any], tuple[object, ...]] | None:
    """Return how to take a dataclass of type *kind* apart: by its fields, or by its digest; None for other types."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    if "digest" in names:
        names = ["digest"]
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda value: (only(value),)
    return attrgetter(*names) if names else lambda _: ()
