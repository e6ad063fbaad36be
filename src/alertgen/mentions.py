"""How files of `static/` name each other: style sheets, scripts and web manifests, each relative to itself.

The files are published under names that change with them, so such a name is found here, to be exchanged for the
published one, and to be reported where it leads nowhere. In a script these are only texts between quotation marks in
the places that browsers read as relative to the script: `import`, `export … from`, `import(…)`,
`import.meta.resolve(…)` and `new URL(…, import.meta.url)`, or `document.currentScript.src` in its place. What is asked
for by `fetch(…)` and the like is relative to the page that the script is in. It is found as well, but nobody can tell
which page that is.
"""

import re
from collections.abc import Collection, Iterator
from posixpath import basename, dirname, join, normpath
from unicodedata import normalize
from urllib.parse import unquote

from alertgen.patterns import late
from alertgen.records import dataclass

_IN_STYLE = late(
    rb"""/\*.*?(?:\*/|\Z)
    | (?:(?:url\(\s*|@import\s+)["']|url\(\s*)(?P<name>(?<=")[^"\n]+|(?<=')[^'\n]+|[^"'()\s]+)["']?
    | "(?:\\.|[^"\\\n])*+" | '(?:\\.|[^'\\\n])*+'""",
    re.DOTALL | re.VERBOSE,
)
_REMARK = rb"//[^\n]*+|/\*.*?(?:\*/|\Z)"
_GAP = rb"(?:\s|%b)*+" % _REMARK
_WORD = rb"[\w$\x80-\xff]++"
_LIST = rb"\{(?:[^{}()=;/]|%b)*+\}" % _REMARK
_IN_SCRIPT = late(
    rb"""%(remark)b
    | (?<![\w$.\x80-\xff]) (?:
        (?P<module> import%(gap)b\(%(gap)b | import\.meta\.resolve%(gap)b\(%(gap)b | import%(gap)b
            | import\b%(gap)b(?:%(word)b%(gap)b,?%(gap)b)?(?:%(list)b|\*%(gap)bas\b%(gap)b%(word)b)?%(gap)b\bfrom%(gap)b
            | export\b%(gap)b(?:%(list)b|\*(?:%(gap)bas\b%(gap)b%(word)b)?)%(gap)b\bfrom%(gap)b )
        | (?P<beside> new\s+URL%(gap)b\(%(gap)b )
        | (?P<asked> (?:(?:window|self|globalThis)\.)?fetch%(gap)b\(%(gap)b
            | new\s+(?:Shared)?Worker%(gap)b\(%(gap)b | (?:self\.)?importScripts%(gap)b\(%(gap)b )
      ) (?P<quote>["'`])(?P<name>[^"'`\\\n$]++)(?P=quote)
      (?(beside)%(gap)b,%(gap)b(?:import\.meta\.url|document\.currentScript\.src)\b)
    | "(?:\\.|[^"\\\n])*+" | '(?:\\.|[^'\\\n])*+' | `(?:\\.|[^`\\])*+`
    | (?:[(,=:\[!&|?;{+\-*%%~^<>]|\b(?:return|typeof|case)\b) \s*+
        /(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n]){0,999}+\]|[^/\\\n\[])++/
    """
    % {b"remark": _REMARK, b"gap": _GAP, b"word": _WORD, b"list": _LIST},
    re.DOTALL | re.VERBOSE,
)
"""Remarks, names, and what else could hold signs that look like these: texts and regular expressions."""
_ASKING = late(rb"""\b(?:import|export)|\b(?:fetch|Worker)\s*\(\s*["'`/]|currentScript\.src\b""")
"""What stands in a script in which there may be anything to find."""
_IN_MANIFEST = late(rb'"src"\s*:\s*"(?P<name>[^"\n]+)"')
_ELSEWHERE = late(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#")
"""How addresses begin that are no names of files beside the one they stand in."""
_SIGNS = late(r"[?#]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a file holds of another one."""

    typed: str
    start: int
    """Where it begins in the bytes of the file."""
    end: int
    module: bool = False
    """It is that of a module, which begins with `./`, `../` or `/`."""
    asked: str = ""
    """What asks for it, such as `fetch`, if it is relative to the page and not to the file."""

    @property
    def elsewhere(self) -> bool:
        """It is an address and no name of a file beside this one."""
        return _ELSEWHERE.match(self.typed) is not None

    @property
    def lone(self) -> bool:
        """It is that of a module without a path, which browsers do not look for anywhere."""
        return self.module and not self.elsewhere and not self.typed.startswith(("./", "../"))


def mentions(path: str, content: bytes) -> Iterator[Mention]:
    """Yield the names of other files in the static file at *path*."""
    expression = _expression(path, content)
    for found in expression.finditer(content) if expression else ():
        if found["name"]:
            kinds = found.groupdict()
            typed = found["name"].replace(rb"\/", b"/").decode("utf-8", "replace")  # as programs write JSON
            asked = (kinds.get("asked") or b"").decode("utf-8", "replace")
            yield Mention(typed, *found.span("name"), module=bool(kinds.get("module")), asked=asked.partition("(")[0])


def _expression(path: str, content: bytes) -> re.Pattern[bytes] | None:
    """Return what finds names in *content*. Most scripts hold none, and that is seen quickly."""
    if is_style(path) and (b"url(" in content or b"@import" in content):
        return _IN_STYLE
    if is_script(path) and _ASKING.search(content):
        return _IN_SCRIPT
    return _IN_MANIFEST if is_manifest(path) else None


def is_style(path: str) -> bool:
    """Tell whether the static file at *path* is a style sheet."""
    return path.endswith(".css")


def is_script(path: str) -> bool:
    """Tell whether the static file at *path* is a script."""
    return path.endswith((".js", ".mjs"))


def is_manifest(path: str) -> bool:
    """Tell whether the static file at *path* says how a site is put among the programs of a device."""
    return path.endswith(".webmanifest") or basename(path) == "manifest.json"


def named(mention: Mention, path: str, known: Collection[str]) -> tuple[str, str]:
    """Return the static file that *mention* in the one at *path* names, and what follows its name (`?v=1`, `#part`).

    *known* are the paths of all static files, with accents as keyboards give them. The name is empty if it names none.
    """
    if mention.elsewhere or mention.lone or mention.asked:
        return "", ""
    for name, rest in _readings(mention.typed):
        there = normpath(join(dirname(path), name))
        if there in known:
            return normalize("NFC", there), rest
    return "", ""


def meant(mention: Mention, path: str, known: Collection[str]) -> str:
    """Return the static file that *mention* in the one at *path* can only mean, though it does not lead there."""
    for name, _ in _readings(re.sub(r"^(?:\.{0,2}/)+(?:static/)?|^static/", "", mention.typed)):
        for there in (name, normpath(join(dirname(path), name))):
            if there in known:
                return there
    return ""


def _readings(typed: str) -> Iterator[tuple[str, str]]:
    """Yield name and rest: all that was *typed* may be the name of a file, but usually it ends at a sign."""
    yield normalize("NFC", unquote(typed)), ""
    if sign := _SIGNS.search(typed):
        yield normalize("NFC", unquote(typed[: sign.start()])), typed[sign.start() :]
