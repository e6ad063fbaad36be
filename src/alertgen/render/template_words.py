"""Faults of templates in the words of those who write them."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from jinja2 import TemplateError

from alertgen import model, outputs, views
from alertgen.text import listed, suggestions

_NO_FIELD = re.compile(r"'(?:[\w.]+\.)?(?P<kind>\w+) object' has no attribute '(?P<name>\w+)'")
_NO_NAME = re.compile(r"'(?P<name>\w+)' is undefined")
_REFERENCE = "docs/theming.md lists what each template may use"


def in_words(error: Exception, names: Iterable[str]) -> tuple[str, str]:
    """Return what *error* means and what to do about it; *names* are those that every template knows."""
    told = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    if field := _NO_FIELD.match(told):
        return f'there is no "{field["name"]}" in {field["kind"]}', _among(field["name"], _fields(field["kind"]))
    if name := _NO_NAME.match(told):
        return f'"{name["name"]}" is not known here', _near(name["name"], names)
    return told.rstrip("."), ""


def _fields(kind: str) -> list[str]:
    found = next((getattr(module, kind) for module in (views, outputs, model) if hasattr(module, kind)), None)
    return [one.name for one in fields(found)] if is_dataclass(found) else []


def _near(name: str, known: Iterable[str]) -> str:
    near = suggestions(name, known)
    return f"did you mean {listed(near)}?" if near else _REFERENCE


def _among(name: str, known: list[str]) -> str:
    if suggestions(name, known) or not known:
        return _near(name, known)
    return f"it has {listed(known, 'and')}"
