"""Digests: of bytes, and of the frozen values that pages are made from."""

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from sys import getrefcount
from typing import Any

from alertgen.filed import Filed
from alertgen.records import dataclass

_PLAIN = frozenset({str, int, float, bool, type(None)})
_SHORT = 64
"""Characters up to which the spelling of a value stands for itself."""
_ALONE = 5
"""References that Python has, while it looks at it, to a value that is a part of one other value alone: it will not be
seen again, so nothing is remembered of it. The result does not depend on it."""
_SIZE = 16  # bytes; 128 bits are ample against accident, and nobody gains by forging a cache key


def digest_bytes(content: bytes) -> str:
    """Return a short hexadecimal BLAKE2b digest of *content*."""
    return hashlib.blake2b(content, digest_size=_SIZE).hexdigest()


def digest_text(text: str) -> str:
    """Return the digest of *text* as UTF-8; lone surrogates are kept apart rather than refused."""
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Token:
    """Stands in a value for a part of it that is known by its token alone."""

    text: str


class Fingerprints:
    """Digests frozen values, remembering the parts it has already seen.

    A value is a frozen dataclass, tuple, string (in memory or filed), number, bool, None, enum, date or path. Two
    values have one fingerprint exactly when they are equal and of the same types, on every machine and in every run.
    A dataclass that carries a field named `digest` is represented by its type and that field alone: the maker of the
    value vouches that the digest stands for everything in it. The memory is by identity, so use one for the span of
    one build.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, str]] = {}

    def __call__(self, value: object) -> str:
        """Return the fingerprint of *value*."""
        return digest_text(self.token(value))

    def token(self, value: object) -> str:
        """Return what stands for *value* where it is a part of another one."""
        kind = type(value)
        if kind in _PLAIN:
            return repr(value)
        if isinstance(value, tuple):
            return self._of_parts(value)
        if isinstance(value, Token):
            return value.text
        if isinstance(value, Filed):
            return repr(str(value))
        parts = _parts_of(kind)  # type: ignore[arg-type]  # every type can be a key
        if parts is None:
            return repr(value)
        known = self._seen.get(id(value))
        if known:
            return known[1]
        token = token_of(kind.__qualname__ + self._of_parts(parts(value)))
        if getrefcount(value) > _ALONE:
            self._seen[id(value)] = (value, token)
        return token

    def spelled(self, value: object) -> str:
        """Return *value*, a dataclass, spelled out; the `token_of` that is its token."""
        parts = _parts_of(type(value))  # type: ignore[arg-type]
        assert parts is not None, value
        return type(value).__qualname__ + self._of_parts(parts(value))

    def _of_parts(self, parts: tuple[object, ...]) -> str:
        if type(parts) is tuple and _PLAIN.issuperset(map(type, parts)):
            return repr(parts)  # the same as below, and many times as fast for long tables
        token = self.token
        spelled = [repr(part) if type(part) in _PLAIN else token(part) for part in parts]
        return f"({', '.join(spelled)}{',' * (len(spelled) == 1)})"


def token_of(spelled: str) -> str:
    """Return what stands for a dataclass that is *spelled* so: its digest, or for short ones the spelling itself."""
    return spelled if len(spelled) < _SHORT else f"#{digest_text(spelled)}"


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
