"""Static files of the theme: copied to addresses that name their content, so that they may be cached for ever.

A style sheet refers to other files by `url()` relative to itself. Those names are rewritten to the published ones. So
that style sheets may also refer to each other, the address of every style sheet names the content of all files.

Readers get style sheets without comments and needless white space, so the sources can be written to be read.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from alertgen import urls
from alertgen.fingerprint import digest_bytes, digest_text
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
    content = squeezed(_with_published_names(file, names)) if _is_style(file) else file.content
    return Copy(address=names[normalize("NFC", file.path)], digest=digest_bytes(content), content=content)


def published_names(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Return pairs of name and address of each static file, sorted by name.

    The name has accents as keyboards give them; a disk may store them in another way.
    """
    everything = digest_text(" ".join(["squeezed 2", *sorted(f"{file.path} {file.digest}" for file in theme.statics)]))
    return tuple(
        sorted(
            (normalize("NFC", file.path), urls.static(file.path, everything if _is_style(file) else file.digest))
            for file in theme.statics
        )
    )


def squeezed(style: bytes) -> bytes:
    """Return a style sheet without comments, and with white space only where it has a meaning."""
    return _TOKEN.sub(
        lambda found: found["kept"] or found["end"] or found["mark"] or found["colon"] or b" ", style
    ).strip()


def _is_style(file: ThemeFile) -> bool:
    return file.path.endswith(".css")


def _with_published_names(style: ThemeFile, names: Mapping[str, str]) -> bytes:
    folder = posixpath.dirname(style.path)

    def published(match: re.Match[bytes]) -> bytes:
        name = posixpath.normpath(posixpath.join(folder, urls.named_in_style(match)))
        if name not in names:
            return match[0]
        return match[1] + urls.relative(names[name], names[normalize("NFC", style.path)]).encode()

    return urls.IN_STYLE.sub(published, style.content)
