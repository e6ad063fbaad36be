"""Slips in the markup of templates: text that is escaped twice or not at all, pictures without words, lost scripts."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, place_of
from alertgen.patterns import late

_CODE = late(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = late(r"\"[^\"\n]*\"|'[^'\n]*'")
_ENTITY = late(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w*);", re.IGNORECASE)
_MARKED = late(r"\|\s*(?:safe|replace)\b")
_INSIDE = late(r"\b[\w.]+\.html\b")
_UNESCAPED = late(r"(?<![\w.])([a-z_]\w*(?:\.\w+)+)\s*\|\s*safe\b")
_SWITCHED = late(r"\bautoescape\s+(?:false|none)\b", re.IGNORECASE)
_MARKUP = ("json_ld", "html")
"""Names of what is markup, and no plain text."""
_WITH_CODE = r"(?:[^<>{]|\{\{.*?\}\}|\{%.*?%\}|\{)*+"
_PICTURE = late(rf"<img\b{_WITH_CODE}>", re.IGNORECASE | re.DOTALL)
_ALT = late(r"\salt(?:\s*=|[\s>])", re.IGNORECASE)
_SCRIPT = late(rf"<script\b{_WITH_CODE}>", re.IGNORECASE | re.DOTALL)
_ASSET = late(r"\basset\(\s*[\"']([^\"']+)[\"']\s*\)")
_IS_MODULE = late(r"\stype\s*=\s*[\"']?module\b", re.IGNORECASE)
_MODULE_CODE = late(rb"^[ \t]*(?:import\s*(?:[\w${*][^(\n]*\bfrom\b|[\"'{])|export\s+[\w{*])", re.MULTILINE)
"""How a line of a script begins that only a module may have."""


def slips_in_markup(name: str, text: str, statics: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Find slips in the template *name*, a *text* without remarks; *statics* are the files in `static/`."""
    yield from _escaping(name, text)
    for found in _PICTURE.finditer(text):
        if not _ALT.search(found[0]) and "{" not in _QUOTED.sub("", found[0]):  # else its attributes are worked out
            message = "readers who cannot see this picture are not told what it shows"
            hint = 'write alt="what it shows" into it, or alt="" if it only adorns the page'
            at = place_of(text, found.start(), f"templates/{name}", len("<img"))
            yield problem("picture-without-alt", message, at, hint=hint)
    for found in _SCRIPT.finditer(text):
        asset = _ASSET.search(found[0])
        if asset and not _IS_MODULE.search(found[0]) and _MODULE_CODE.search(statics.get(asset[1], b"")):
            message = f"browsers do not run {asset[1]}: it imports or exports, which only a module may do"
            hint = 'write type="module" into this tag'
            at = place_of(text, found.start(), f"templates/{name}", len("<script"))
            yield problem("script-not-module", message, at, hint=hint)


def _escaping(name: str, text: str) -> Iterator[Diagnostic]:
    def told(start: int, what: str, message: str, hint: str) -> Diagnostic:
        return problem("wrong-escape", message, place_of(text, start, f"templates/{name}", len(what)), hint=hint)

    for code in _CODE.finditer(text):
        for quoted in () if _MARKED.search(code[0]) else _QUOTED.finditer(code[0]):
            if (entity := _ENTITY.search(quoted[0])) and unescape(entity[0]) != entity[0]:
                message = f"readers would see {entity[0]} as it is typed, since text between {code[0][:2]} and "
                message += f"{code[0][-2:]} is escaped"
                start = code.start() + quoted.start() + entity.start()
                yield told(start, entity[0], message, "write the sign itself, or put it outside of the braces")
        plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), code[0])
        inside = _INSIDE.search(plain) if code[0].startswith("{{") and "prose(" not in plain else None
        if inside:
            message = "this is the inside of a text: readers would see its tags, or links that lead nowhere"
            hint = f"write {{{{ prose({inside[0]}) }}}}, which puts in its links and pictures"
            yield told(code.start() + inside.start(), inside[0], message, hint)
        for safe in _UNESCAPED.finditer(plain):
            if safe[1].rpartition(".")[2] not in _MARKUP:
                message = f"{safe[1]} is plain text: with |safe, a sign < or & in it breaks the page"
                yield told(code.start() + safe.start(), safe[0], message, "leave out |safe")
        if switched := _SWITCHED.search(plain):
            message = "here text is not escaped: a sign < or & in what an editor writes breaks the page"
            hint = "take out this line and its {% endautoescape %}"
            yield told(code.start() + switched.start(), switched[0], message, hint)
