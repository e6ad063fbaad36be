"""Digests: of bytes, and of the frozen values that pages are made from."""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]  # None where it is not in C
from operator import attrgetter
from sys import getrefcount
from typing import Any

from alertgen.filed import Filed
from alertgen.records import dataclass, fields, is_record

_ALONE = 3
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
    """Stands in a value for a part of it of which only the token is known."""

    text: str
    """The token, as `Fingerprints.token` returns it."""


class Fingerprints:
    """Digests frozen values, remembering the parts it has already seen.

    A value is a frozen dataclass, tuple, string (in memory or filed), number, bool, None, date or path. Two values have
    one fingerprint exactly when they are equal and of the same types, on every machine and in every run; an enum that
    is a string or number counts as that. A dataclass that carries a field named `digest` is represented by its type and
    that field alone: whoever makes the value vouches that the digest stands for everything in it. What was seen is
    remembered by identity, so use one for no longer than one build.

    A value is spelled as JSON by Python's own encoder, which walks through tuples without coming back here: a dataclass
    is a list that begins with an empty object, which no value is, and its name. One whose class says `SHARED`, since
    many others hold it, is spelled once; in them, a token made of its digest stands for it. One whose class says
    `IGNORED`, since nothing that is published depends on it, counts as equal to all others of its class.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, object]] = {}
        self._encode = _encoder(self._part)

    def forget(self) -> None:
        """Let go of what was seen."""
        self._seen.clear()

    def __call__(self, value: object) -> str:
        """Return the fingerprint of *value*."""
        return digest_text(self.token(value))

    def token(self, value: object) -> str:
        """Return what stands for *value* where it is a part of another one."""
        return "".join(self._encode(value, 0))

    def spelled(self, value: object) -> str:
        """Return how *value*, a dataclass that is `SHARED`, is spelled; `token_of` makes its token of that."""
        spelled = self._out(value)
        self._seen[id(value)] = value, (_RECORD, _mark(spelled))
        return spelled

    def _out(self, value: object) -> str:
        start, parts_of, _ = _kind(type(value))  # type: ignore[arg-type]  # every type can be a key
        return self.token(start + parts_of(value))

    def _part(self, value: object) -> object:
        """Return what the encoder spells in the place of *value*, which it does not know."""
        known = self._seen.get(id(value))
        if known is not None:
            return known[1]
        start, parts_of, shared = _kind(type(value))  # type: ignore[arg-type]
        if not shared:
            return start + parts_of(value) if start else parts_of(value)
        token = _RECORD, _mark(self._out(value))
        if getrefcount(value) > _ALONE:
            self._seen[id(value)] = value, token
        return token


_RECORD: dict[str, str] = {}
"""Begins a dataclass."""


def token_of(spelled: str) -> str:
    """Return the token of a `SHARED` dataclass that is *spelled* so."""
    return f'[{{}},"{_mark(spelled)}"]'


def _mark(spelled: str) -> str:
    return f"#{digest_text(spelled)}"


def _encoder(part: Callable[[object], object]) -> Callable[[object, int], Iterable[str]]:
    """Return what spells a value as JSON in pieces, asking *part* for what is no JSON."""
    if c_make_encoder is None:
        plain = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=part)
        return lambda value, _: [plain.encode(value)]
    return c_make_encoder(None, part, encode_basestring, None, ":", ",", False, False, True)  # type: ignore[no-any-return]


@cache
def _kind(kind: type) -> tuple[tuple[object, ...], Callable[[Any], Any], bool]:
    """Return how a value of type *kind* begins, how to take it apart, and whether it stands by its digest."""
    if kind is Filed:
        return (), str, False
    if kind is Token:
        return (), lambda token: json.loads(token.text), False
    parts_of = _parts_of(kind)
    if parts_of is None:
        return (_RECORD, "="), lambda value: (repr(value),), False
    return (_RECORD, kind.__qualname__), parts_of, getattr(kind, "SHARED", False)


def _parts_of(kind: type) -> Callable[[Any], tuple[object, ...]] | None:
    """Return how to take a dataclass of type *kind* apart: by its fields, or by its digest; None for other types."""
    if not is_record(kind):
        return None
    names = [] if getattr(kind, "IGNORED", False) else [field.name for field in fields(kind)]
    if "digest" in names:
        names = ["digest"]
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda value: (only(value),)
    return attrgetter(*names) if names else lambda _: ()
