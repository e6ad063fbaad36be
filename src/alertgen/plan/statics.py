"""Static files of the theme: copied to addresses that name their content, so that they may be cached for ever.

Style sheets, scripts and web manifests refer to other files by names relative to themselves (`mentions`). Those names
are exchanged for the published ones. As these change with what they lead to, the address of a file that names others is
made of the content of all files that can be reached from it; they may lead round in circles. All style sheets have the
same digest in their addresses, made of what can be reached from any of them: so a page that names several is smaller.

Readers get style sheets without comments and needless white space, so the sources can be written to be read.
"""

import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from alertgen import urls
from alertgen.fingerprint import digest_bytes, digest_text
from alertgen.mentions import is_style, mentions, named
from alertgen.model import Theme, ThemeFile
from alertgen.outputs import Copy
from alertgen.plan.bulletin import Bulletin

_TOKEN = re.compile(
    rb"""
    (?P<kept> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'
        | url\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\) | url\([^)]*\) )
    | (?:\s|/\*.*?\*/)* ;? (?:\s|/\*.*?\*/)* (?P<end> } ) (?:\s|/\*.*?\*/)*
    | (?:\s|/\*.*?\*/)* (?P<mark> [{};,] ) (?:\s|/\*.*?\*/)*
    | (?P<colon> : ) \s+
    | (?:\s|/\*.*?\*/)+
    """,
    re.DOTALL | re.VERBOSE,
)
"""In a style sheet: what is left as it is, a mark with what may be left out around it, and other gaps."""


def plan_statics(bulletin: Bulletin) -> Iterator[Copy]:
    """Plan a copy of each static file."""
    for file in bulletin.site.theme.statics:
        yield bulletin.recall(_copy, file.path, file, bulletin.assets)


def _copy(file: ThemeFile, assets: tuple[tuple[str, str], ...]) -> Copy:
    names = dict(assets)
    content = _with_published_names(file, names)
    if is_style(file.path):
        content = squeezed(content)
    return Copy(address=names[normalize("NFC", file.path)], digest=digest_bytes(content), content=content)


def published_names(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Return pairs of name and address of each static file, sorted by name.

    The name has accents as keyboards give them; a disk may store them in another way.
    """
    files = {normalize("NFC", file.path): file for file in theme.statics}
    styles = {name for name in files if is_style(name)}
    near = {
        name: {named(one, name, files)[0] for one in mentions(name, files[name].content)} - {""}
        | (styles if name in styles else set())
        for name in files
    }
    return tuple(sorted((name, urls.static(file.path, _digest(name, files, near))) for name, file in files.items()))


def _digest(name: str, files: Mapping[str, ThemeFile], near: Mapping[str, set[str]]) -> str:
    """Return a digest of what is published of the file of this *name*; *near* are the names in each of *files*."""
    if not near[name]:
        return files[name].digest
    reached, left = {name}, [name]
    while left:
        new = near[left.pop()] - reached
        reached |= new
        left += new
    return digest_text(" ".join(["squeezed 3", *sorted(f"{one} {files[one].digest}" for one in reached)]))


def squeezed(style: bytes) -> bytes:
    """Return a style sheet without comments, and with white space only where it has a meaning."""
    return _TOKEN.sub(
        lambda found: found["kept"] or found["end"] or found["mark"] or found["colon"] or b" ", style
    ).strip()


def _with_published_names(file: ThemeFile, names: Mapping[str, str]) -> bytes:
    path = normalize("NFC", file.path)
    parts, end = [], 0
    for mention in mentions(path, file.content):
        name, rest = named(mention, path, names)
        if name:
            link = urls.relative(names[name], names[path]).replace("'", "%27") + rest
            dot = "./" if mention.module and not link.startswith(".") else ""
            parts += [file.content[end : mention.start], f"{dot}{link}".encode()]
            end = mention.end
    return b"".join([*parts, file.content[end:]])
