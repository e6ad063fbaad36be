"""Slips in templates that Jinja accepts, but that no page would show or no browser would take.

When a template extends another, Jinja prints only its blocks, and only those that the other one has. The policy of our
pages allows no style and no script in the markup. Files of `static/` are published under other names.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, place_of
from alertgen.load.theme.markup_slips import slips_in_markup
from alertgen.load.theme.page_slips import incomplete
from alertgen.patterns import late
from alertgen.records import dataclass
from alertgen.text import blanked, blanked_where, listed, suggestions

_REMARK = late(r"\{#.*?#\}|<!--.*?-->|\{%-?\s*raw\b.*?endraw\s*-?%\}", re.DOTALL)
_EXTENDS = late(r"\{%[-+]?\s*extends\s+[\"']([^\"']+)[\"']")
_TAG = late(r"\{%[-+]?\s*(endblock|endmacro|endset|endcall|block|macro|call|set)\b\s*(\w*)([^%]*)%\}")
_CODE = late(r"\{%.*?%\}", re.DOTALL)
_IN_TAG = r"(?:[^<>{]|\{\{.*?\}\}|\{%.*?%\}|\{)*+"
_STARTS = late(rf"<(style|script|[a-z][\w-]*)\b{_IN_TAG}", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = late(r"\s(?:(style|on[a-z]+)\s*=\s*[\"']|href\s*=\s*[\"']?\s*(javascript:))", re.IGNORECASE)
_HARMLESS = late(r"\ssrc\s*=|\stype\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
_STATIC = late(
    r"\b(?:src|href|srcset|poster)\s*=\s*([\"']?)((?:\.{0,2}/)*(static/)?([^\s\"'<>{},?#]+))(?=[\s\"'>,?#])",
    re.IGNORECASE,
)
_AT_THE_TOP = ("/favicon.ico", "/robots.txt")
_BASE, _MAIN = "base.html", "main"


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, macro or the like at the top of a template."""

    kind: str
    name: str
    start: int
    end: int


def slips_in(
    own: Collection[str], sources: Mapping[str, str], pages: Collection[str], statics: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """Find what is lost of the templates *own*, names in *sources*, which are all templates there are.

    *pages* are the names of those that pages are made with, *statics* are the files in `static/`.
    """
    scripted = any("hashed(" in sources[name] for name in own)
    if _BASE in own and _MAIN not in _blocks([_BASE], sources):
        yield from _homeless(own, sources)
    for name in sorted(own):
        text = blanked_where(_REMARK, sources[name])
        ancestors = _ancestors(name, sources)
        if ancestors and _is_closed(text):
            lost = list(_lost(name, text, _blocks(ancestors, sources)))
            yield from lost or (_without_main(name, ancestors, sources) if name in pages else ())
        yield from _refused(name, text, scripted=scripted)
        yield from _misnamed(name, text, statics)
        yield from slips_in_markup(name, text, statics)
    yield from incomplete(own, {name: blanked_where(_REMARK, text) for name, text in sources.items()}, pages)


def _is_closed(text: str) -> bool:
    """Tell whether every part of *text* ends. Otherwise a fault in the syntax is reported, and that is enough."""
    names: list[str] = [tag[1] for tag in _TAG.finditer(text) if not (tag[1] == "set" and "=" in tag[3])]
    return 2 * sum(name.startswith("end") for name in names) == len(names)


def _ancestors(name: str, sources: Mapping[str, str]) -> list[str]:
    """Return the templates that *name* extends, the nearest first; none when one of them is not there."""
    found: list[str] = []
    while extended := _EXTENDS.search(blanked_where(_REMARK, sources.get(name, ""))):
        name = extended[1]
        if name in found or name not in sources:
            return []
        found.append(name)
    return found


def _blocks(names: Sequence[str], sources: Mapping[str, str]) -> set[str]:
    tags = chain.from_iterable(_TAG.finditer(blanked_where(_REMARK, sources[name])) for name in names)
    return {tag[2] for tag in tags if tag[1] == "block"}


def _parts(text: str) -> Iterator[_Part]:
    """Yield the parts at the top of *text*, which holds no remarks."""
    open_parts: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if tag[1] == "set" and "=" in tag[3]:
            continue
        if not tag[1].startswith("end"):
            open_parts.append(tag)
        elif open_parts:
            first = open_parts.pop()
            if not open_parts:
                yield _Part(first[1], first[2], first.start(), tag.end())


def _lost(name: str, text: str, known: set[str]) -> Iterator[Diagnostic]:
    rest = text
    for part in _parts(text):
        rest = rest[: part.start] + blanked(rest[part.start : part.end]) + rest[part.end :]
        if part.kind == "block" and part.name not in known:
            near = suggestions(part.name, known, 1)
            message = f'no page shows the block "{part.name}": the template that this one extends has none of that name'
            hint = (
                f"did you mean {near[0]}?" if near else f"write what it holds into one of these: {listed(known, 'and')}"
            )
            at = place_of(text, text.index(part.name, part.start), f"templates/{name}", len(part.name))
            yield problem("lost-in-template", message, at, hint=hint)
    extends = _EXTENDS.search(rest)
    rest = blanked_where(_CODE, rest)
    if extends and (lost := re.search(r"\S[^\n]*", rest[extends.end() :])):
        message = "no page shows this: of a template that extends another, only what stands in its blocks is shown"
        hint = "put it between {% block main %} and {% endblock %}, or delete it"
        start = extends.end() + lost.start()
        yield problem("lost-in-template", message, place_of(text, start, f"templates/{name}", 1), hint=hint)


def _without_main(name: str, ancestors: Sequence[str], sources: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find that neither *name* nor one of its *ancestors* puts anything between the top and the foot of pages."""
    filled = _blocks([name, *ancestors[:-1]], sources)
    if ancestors[-1] == _BASE and _MAIN in _blocks([_BASE], sources) and _MAIN not in filled:
        message = "this template fills no block `main`, so nothing would stand on its pages"
        hint = "write {% block main %} … {% endblock %}, or delete the file: the default one takes its place"
        yield problem("lost-in-template", message, Place(f"templates/{name}", 1), hint=hint)


def _homeless(own: Collection[str], sources: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find that the base of the site has no place for what templates fill in that it did not override."""
    others = [name for name in sources if name not in own and _ancestors(name, sources) == [_BASE]]
    if others:
        message = f"there is no block `main` here, and {listed(others[:3], 'and')} would show nothing without it"
        hint = "write {% block main %}{% endblock %} where the text of a page is to stand"
        yield problem("lost-in-template", message, Place(f"templates/{_BASE}", 1), hint=hint)


def _refused(name: str, text: str, *, scripted: bool) -> Iterator[Diagnostic]:
    for tag in _STARTS.finditer(text):
        kind = tag[1].lower()
        if kind == "style" or (kind == "script" and not scripted and not _HARMLESS.search(tag[0])):
            hint = _INTO_A_STYLE if kind == "style" else _INTO_A_SCRIPT
            length = len("<style") if kind == "style" else len(tag[0]) + 1
            yield _refusal(name, text, tag.start(), length, kind, hint)
        for found in _ATTRIBUTE.finditer(tag[0]) if kind != "script" else ():
            what, start = found[1] or found[2], tag.start() + found.start(1 if found[1] else 2)
            if what.lower() == "style":
                yield _refusal(name, text, start, len(what), "style", _INTO_A_STYLE)
            else:
                yield _refusal(name, text, start, len(what), f"`{what}`", _INTO_A_LISTENER)


_INTO_A_STYLE = "give it a class, and write the style into a style sheet of static/"
_INTO_A_SCRIPT = "put it into a file of static/ and write <script src=\"{{ asset('own.js') }}\" defer>"
_INTO_A_LISTENER = "put it into a script of its own in static/, which listens for the event"


def _refusal(name: str, text: str, start: int, length: int, what: str, hint: str) -> Diagnostic:
    message = f"browsers refuse this: the policy of the pages allows no {what} in the markup"
    return problem("refused-by-policy", message, place_of(text, start, f"templates/{name}", length), hint=hint)


def _misnamed(name: str, text: str, statics: Collection[str]) -> Iterator[Diagnostic]:
    for found in _STATIC.finditer(text):
        if found[2] in _AT_THE_TOP or not (found[3] or found[4] in statics):
            continue
        message = f'"{found[2]}" leads nowhere: files of static/ are published under names that change with them'
        near = found[4] if found[4] in statics else next(iter(suggestions(found[4], statics, 1)), "")
        first = "" if near else f"put {found[4]} into the folder static/ of your site, and "
        hint = f"{first}write {{{{ asset('{near or found[4]}') }}}} in its place"
        at = place_of(text, found.start(2), f"templates/{name}", len(found[2]))
        yield problem("dead-link", message, at, hint=hint)
