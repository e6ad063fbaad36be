"""As much of JSON Schema (draft 2020-12) as our own schema uses, read independently of the code that writes it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "null": type(None),
}  # fmt: skip
_KNOWN = {
    "$schema", "$id", "title", "description", "type", "properties", "required", "additionalProperties", "items",
    "anyOf", "format",
}  # fmt: skip


def schema_faults(value: Any, schema: dict[str, Any]) -> list[str]:
    """Return where *value* does not keep to *schema*."""
    return list(_faults(value, schema, ""))


def _faults(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    assert set(schema) <= _KNOWN, f"the schema uses {set(schema) - _KNOWN}"
    if "anyOf" in schema:
        tries = [list(_faults(value, choice, at)) for choice in schema["anyOf"]]
        yield from min(tries, key=len)
    types = schema.get("type", [])
    names = [types] if isinstance(types, str) else types
    if names and not any(isinstance(value, _TYPES[name]) and not isinstance(value, bool) for name in names):
        yield f"{at}: {value!r} is not {' or '.join(names)}"
        return
    if isinstance(value, str):
        yield from _format(value, schema.get("format", ""), at)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), f"{at}[{number}]")
    if isinstance(value, dict):
        yield from _members(value, schema, at)


def _members(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    prefix = f"{at}: " if at else ""
    known = schema.get("properties", {})
    yield from (f"{prefix}{name} is missing" for name in schema.get("required", []) if name not in value)
    if schema.get("additionalProperties") is False:
        yield from (f"{prefix}{name} is not known" for name in value if name not in known)
    for name in value:
        if name in known:
            yield from _faults(value[name], known[name], f"{at}.{name}" if at else name)


def _format(value: str, format_: str, at: str) -> Iterator[str]:
    if format_ == "date":
        date.fromisoformat(value)
    if format_ == "uri" and not (urlsplit(value).scheme and value.isascii()):
        yield f"{at}: {value!r} is no URI"
