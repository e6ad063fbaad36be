"""Slips in style sheets, scripts and web manifests of the site: names that lead nowhere, braces that do not match."""

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath, relpath
from unicodedata import normalize

from alertgen import STATICS
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, place_of
from alertgen.mentions import Mention, is_style, meant, mentions, named
from alertgen.model import ThemeFile
from alertgen.patterns import late
from alertgen.text import blanked_where, suggestions

_REMARK = late(r"/\*.*?\*/", re.DOTALL)
_BRACE = late(r"""[{}]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", re.DOTALL)
"""A brace, or a string, in which braces do not count."""
_BESIDE = (
    'in a module, write {0}(new URL("{1}", import.meta.url)); in another script, take the address from an attribute '
    "that a template sets, such as data-address=\"{{{{ asset('{2}') }}}}\""
)


def slips_in_statics(own: Collection[str], statics: Collection[ThemeFile]) -> Iterator[Diagnostic]:
    """Find what leads nowhere in the files *own* of the site; *statics* are all static files there are."""
    known = {normalize("NFC", file.path): file.path for file in statics}
    for file in statics:
        if file.path in own:
            if is_style(file.path):
                yield from _open_braces(blanked_where(_REMARK, file.text), f"{STATICS}/{file.path}")
            yield from _leading_nowhere(file, known)


def _leading_nowhere(file: ThemeFile, known: Mapping[str, str]) -> Iterator[Diagnostic]:
    path = normalize("NFC", file.path)
    for mention in mentions(path, file.content):
        if named(mention, path, known)[0]:
            continue
        there = meant(mention, path, known)
        if there or not (mention.elsewhere or mention.asked):
            before, name = (
                part.decode("utf-8", "replace")
                for part in (file.content[: mention.start], file.content[mention.start : mention.end])
            )
            at = place_of(before, len(before), f"{STATICS}/{file.path}", len(name))
            message = f'"{mention.typed}" leads nowhere: {_why(mention, there)}'
            yield problem("dead-link", message, at, hint=_hint(mention, path, there, known))


def _why(mention: Mention, there: str) -> str:
    if mention.asked:
        return f"{mention.asked}() looks for it beside the page, and files of static/ are published under other names"
    if mention.lone:
        return "browsers look for a module only under a name that begins with ./ or ../"
    if mention.elsewhere and there:
        return "files of static/ are published under names that change with them"
    return "no published file has that name"


def _hint(mention: Mention, path: str, there: str, known: Collection[str]) -> str:
    near = there or next(iter(suggestions(normpath(join(dirname(path), mention.typed)), known, 1)), "")
    seen = relpath(near, dirname(path) or ".") if near else ""
    if seen and not seen.startswith("../") and (mention.module or mention.asked):
        seen = f"./{seen}"
    if mention.asked:
        if mention.asked.endswith("importScripts"):
            return f'make the worker a module, and write import "{seen}" in place of this'
        return _BESIDE.format(mention.asked, seen, near)
    if seen:
        return f"write {seen}, its name as seen from this file" if there else f"did you mean {seen}?"
    if mention.module:
        return "put that file into static/, and write its name as seen from this one, beginning with ./ or ../"
    return (
        "write the name of a file in static/ as seen from this one; a name with spaces stands between quotation marks"
    )


def _open_braces(style: str, path: str) -> Iterator[Diagnostic]:
    """Find that braces of *style*, which holds no remarks, do not match: browsers lose what follows."""
    opened: list[int] = []
    for found in _BRACE.finditer(style):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            opened.pop()
        elif found[0] == "}":
            message, hint = 'this "}" closes nothing', 'delete it, or write the "{" that it closes'
            yield problem("torn-style", message, place_of(style, found.start(), path, 1), hint=hint)
            return
    if opened:
        message = 'this "{" is never closed, so browsers take the rules below it for a part of it'
        hint = 'write "}" where the rule ends; it may also be missing in a rule within this one'
        yield problem("torn-style", message, place_of(style, opened[0], path, 1), hint=hint)
