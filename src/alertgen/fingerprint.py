"""Digests: of bytes, and of the frozen values that pages are made from."""

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass

_PLAIN = frozenset({str, int, float, bool, type(None)})
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
        if not is_dataclass(value):
            return spelled(value)
        known = seen.get(id(value))
        if known is None:
            known = seen[id(value)] = (value, digest_text(spelled(value)))
        return known[1]

    def spelled(value: object) -> str:
        if isinstance(value, tuple):
            if type(value) is tuple and _PLAIN.issuperset(map(type, value)):
                return repr(value)  # the same in effect, and many times as fast for long tables
            return "(" + ",".join(map(of, value)) + ")"
        if is_dataclass(value):
            name = type(value).__qualname__
            if hasattr(value, "digest"):
                return f"{name}={value.digest}"
            return name + "(" + ",".join(of(getattr(value, field.name)) for field in fields(value)) + ")"
        return repr(value)

    return lambda value: digest_text(of(value))
