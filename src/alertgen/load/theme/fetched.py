"""What a theme fetches from other sites, which then learn who reads a page.

The policy of our pages forbids it to browsers: readers are safe, but what was to be fetched is missing. Pages in
`static/` are copied as they are, and have no policy.
"""

import re
from collections.abc import Iterator
from posixpath import splitext
from urllib.parse import urlsplit

from alertgen import STATICS, TEMPLATES
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, place_of
from alertgen.mentions import is_script, mentions
from alertgen.model import Theme, ThemeFile
from alertgen.patterns import late
from alertgen.text import blanked_where

_READ = {".html", ".htm", ".xhtml", ".css", ".js", ".mjs"}
"""Endings of the files that a browser reads as a page, a style sheet or a script."""
_REMARK = late(r"<!--.*?-->|\{#.*?#\}|/\*.*?\*/", re.DOTALL)
_HOST = r"((?:https?:)?//[^\s\"'<>()]+)"
_IN_STYLE = late(rf"(?:\burl\(|@import)\s*+[\"']?\s*+{_HOST}", re.IGNORECASE)
_NAMESPACE = late(r"@namespace\b[^;]*;", re.IGNORECASE)
_IN_TAG = late(
    rf"<(?:script|img|iframe|frame|embed|source|video|audio|track|input|image|use|feimage)\b[^<>]*?"
    rf"\s(?:src|srcset|poster|(?:xlink:)?href)\s*=\s*[\"']?\s*{_HOST}"
    rf"|<object\b[^<>]*?\sdata\s*=\s*[\"']?\s*{_HOST}",
    re.IGNORECASE,
)
_LINK = late(rf"<link\b[^<>]*?\shref\s*=\s*[\"']?\s*{_HOST}[^<>]*", re.IGNORECASE)
_FETCHING = late(
    r"\brel\s*=\s*(?:[\"'][^\"']*\b|)(?:stylesheet|icon|preload|modulepreload|prefetch|preconnect|dns-prefetch|manifest|"
    r"apple-touch-icon|mask-icon|prerender)\b",
    re.IGNORECASE,
)
"""Kinds of links in the head of a page that a browser follows by itself."""


def fetched_from_others(theme: Theme, base_url: str) -> Iterator[Diagnostic]:
    """Find each address of another site than that at *base_url* that *theme* has browsers fetch."""
    own = urlsplit(base_url).netloc.lower()
    for folder, files in ((TEMPLATES, theme.templates), (STATICS, theme.statics)):
        for file in files:
            if splitext(file.path)[1].lower() in _READ and b"//" in file.content:
                yield from _in_file(file, f"{folder}/{file.path}", own)


def _in_file(file: ThemeFile, path: str, own: str) -> Iterator[Diagnostic]:
    named = "{{ asset('its name') }}" if path.startswith(f"{TEMPLATES}/") else "its name as seen from this file"
    scripted = is_script(file.path)
    text = file.text if scripted else blanked_where(_NAMESPACE, blanked_where(_REMARK, file.text))
    for start, address in sorted(_asked_for(file.path, text) if scripted else _addresses(text)):
        host = address.partition("//")[2].partition("/")[0].lower()
        if host != own and "{" not in host:
            message = f'"{address}" is fetched from another site, which would learn who reads this one, and when'
            hint = f"put a copy of that file into static/ and write {named} here, or delete this"
            yield problem("fetched-from-elsewhere", message, place_of(text, start, path, len(address)), hint=hint)


def _asked_for(path: str, script: str) -> Iterator[tuple[int, str]]:
    content = script.encode()
    for mention in mentions(path, content):
        if re.match(_HOST, mention.typed):
            yield len(content[: mention.start].decode()), mention.typed


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    for expression in (_IN_STYLE, _IN_TAG):
        for found in expression.finditer(text):
            group = found.lastindex or 0
            yield found.start(group), found[group]
    for found in _LINK.finditer(text):
        if _FETCHING.search(found[0]):
            yield found.start(1), found[1]
