"""Whether a shortcut can be trusted with the Python-Markdown that is installed.

A shortcut stands for a piece of Python-Markdown's code. Its proof (the tests and `benchmarks/markdown_equivalence.py`)
is a proof about that piece as it was then. So each piece is named, and its digest is compared, once per process, with
the digests of the pieces that the proof was made for (`digests.PROVEN`). Anything else, a newer release that changed
that piece or a patch put on it at run time, is not trusted and the shortcut for it is not taken.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from .digests import PROVEN

TOP_LEVEL = re.compile(r"^(?:class|def) (\w+)[^\n]*(?:\n(?:[ )#][^\n]*)?)*", re.MULTILINE)
"""A class or function: its first line, and the lines after it that are indented, empty or comments."""


def trusted(*names: str) -> bool:
    """Say whether every piece named as `module:name` (without `markdown.`) is one that was proven."""
    return all(digest(name) in PROVEN.get(name, ()) for name in names)


@cache
def digest(name: str) -> str:
    """Return 12 hex digits for a class, function or regular expression; empty when it cannot be told."""
    module_name, _, attribute = name.partition(":")
    module = importlib.import_module(f"markdown.{module_name}")
    value = getattr(module, attribute, None)
    if isinstance(value, str | re.Pattern):
        return _short(_pattern(value))
    if isinstance(value, type):
        return _class_digest(module, value)
    source = _sources(module).get(attribute)
    return _short(source) if source and getattr(value, "__module__", None) == module.__name__ else ""


def _class_digest(module: ModuleType, value: type) -> str:
    """A class counts as its source text and the expressions it holds, with those of the classes it is derived from."""
    pieces = [_class_text(cls) for cls in value.__mro__ if cls.__module__.startswith("markdown.")]
    return _short("\n".join(pieces)) if all(pieces) and module.__name__ == value.__module__ else ""


@cache
def _class_text(cls: Any) -> str:
    """Source text and expressions; empty when there is no source, or a method was put in from elsewhere."""
    module = importlib.import_module(cls.__module__)
    source = _sources(module).get(cls.__name__, "")
    members = vars(cls)
    if any(isinstance(member, FunctionType) and member.__module__ != module.__name__ for member in members.values()):
        return ""
    held = sorted(f"{key}={_pattern(member)}" for key, member in members.items() if isinstance(member, re.Pattern))
    return "\n".join([source, *held]) if source else ""


def _pattern(value: str | re.Pattern[str]) -> str:
    return value if isinstance(value, str) else f"{value.flags}:{value.pattern}"


@cache
def _sources(module: ModuleType) -> dict[str, str]:
    """Source text of each top-level class and function; none without a source."""
    get_source = getattr(module.__loader__, "get_source", None)
    text = (get_source(module.__name__) if get_source else None) or ""
    return {match.group(1): match.group().rstrip() for match in TOP_LEVEL.finditer(text)}


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
