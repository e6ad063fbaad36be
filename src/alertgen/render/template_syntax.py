"""Slips in the syntax of a template, in the words of those who write it; Jinja's own words come last."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from jinja2 import Environment, TemplateRuntimeError, TemplateSyntaxError

from alertgen.records import dataclass
from alertgen.text import listed, suggestions

_TAGS = {name: f"end{name}" for name in ("if", "for", "block", "macro", "call", "filter", "with", "autoescape", "set")}
"""Tags that have an end -> how it is written."""
_LONE = ("extends", "include", "import", "from", "do", "raw")
_WITHIN = {"elif": "{% if … %}", "else": "{% if … %} or {% for … %}"}
_OFTEN_MEANT = {"elsif": "elif", "elseif": "elif", "elsei": "elif"}
_ENDS = {"end of print statement": "}}", "end of statement block": "%}", "end of template": "the end of the file"}
_SIGNS = {
    "&": "write the word: {% if one and other %}",
    "!": "write the word: {% if not view.latest %}",
    "?": "write it like {{ one if it_is_so else other }}",
    "$": "leave it out: names stand alone, as in {{ view.title }}",
}
_CURLY = "“”„\u2018\u2019\u201a«»"


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip, told."""

    message: str
    hint: str
    line: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class _Case:
    """A slip, as Jinja tells of it, and the template it is in."""

    match: re.Match[str]
    line: int
    source: str
    environment: Environment

    def slip(self, message: str, hint: str) -> Slip:
        """Return the slip at the line that Jinja names."""
        return Slip(message, hint, self.line)


def is_slip(error: Exception) -> bool:
    """Tell whether *error* is one in the syntax; Jinja notices an unknown filter within a condition when it is used."""
    found_at_work = isinstance(error, TemplateRuntimeError) and re.match("No (filter|test) named", str(error))
    return isinstance(error, TemplateSyntaxError) or bool(found_at_work)


def told(said: str, line: int, source: str, environment: Environment) -> Slip:
    """Return what Jinja has *said* of a *line* of the template *source*, where the slip is, and how to mend it."""
    for pattern, tell in _CASES:
        match = re.match(pattern, said)
        if match:
            slip = tell(_Case(match, line, source, environment))
            return Slip(slip.message, f"{slip.hint}\nJinja's own words: {said.rstrip('.')}", slip.line, slip.column)
    return Slip(said.rstrip("."), "compare the line with the default template of the same name", line)


# --- tags ---------------------------------------------------------------------------------------------------------


def _never_closed(case: _Case) -> Slip:
    line, name = next(iter(_open_tags(case)[::-1]), (case.line, case.match["tag"]))
    return Slip(f"{_shown(name)} is never closed", f"write {{% {_TAGS.get(name, 'end' + name)} %}} where it ends", line)


def _unknown_tag(case: _Case) -> Slip:
    name, opened = case.match["tag"], _open_tags(case)
    if name in _WITHIN:
        return _misplaced(case, f"{{% {name} %}} belongs between {_WITHIN[name]} and its end")
    if name in _TAGS.values():
        return _wrong_end(case, name, opened)
    closing = [_TAGS[tag] for _, tag in opened]
    meant = closing[-1:] if name == "end" else [_OFTEN_MEANT[name]] if name in _OFTEN_MEANT else []
    near = meant or suggestions(name, [*closing, *_TAGS, *_TAGS.values(), *_WITHIN, *_LONE])
    hint = f"did you mean {listed(near)}?" if near else f"the tags are {listed([*_TAGS, *_LONE], 'and')}"
    return case.slip(f'there is no tag "{name}"', hint)


def _misplaced(case: _Case, hint: str) -> Slip:
    return case.slip(f"{{% {case.match['tag']} %}} stands in the wrong place", hint)


def _wrong_end(case: _Case, name: str, opened: list[tuple[int, str]]) -> Slip:
    if not opened:
        begins = _shown(name.removeprefix("end"))
        return case.slip(f"{{% {name} %}} closes nothing", f"delete it, or write {begins} above it")
    line, inner = opened[-1]
    message = f"{{% {name} %}} stands here, but {_shown(inner)} of line {line} is still open"
    return case.slip(message, f"write {{% {_TAGS[inner]} %}} before it")


def _shown(tag: str) -> str:
    return f"{{% {tag} … %}}"


def _open_tags(case: _Case) -> list[tuple[int, str]]:
    """Return line and name of each tag that is open where Jinja gave up, the innermost last."""
    opened: list[tuple[int, str]] = []
    here = (case.line, case.match.groupdict().get("tag") if "unknown" in case.match[0] else None)
    for line, name, whole in takewhile(lambda tag: (tag[0], tag[1]) != here, _tags(case)):
        if name in _TAGS and not (name == "set" and "=" in whole):
            opened.append((line, name))
        elif opened and name == _TAGS[opened[-1][1]]:
            opened.pop()
    return opened


def _tags(case: _Case) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line, name and all words of each tag."""
    tag: list[str] = []
    begun = 0
    for line, kind, value in case.environment.lex(case.source):
        if kind == "block_begin":
            tag, begun = [], line
        elif kind == "block_end" and tag:
            yield begun, tag[0], tag
        elif kind != "whitespace":
            tag.append(value)


# --- what stands between {{ and }}, or {% and %} ------------------------------------------------------------------


def _open_end(case: _Case) -> Slip:
    """Something that begins is never closed: it is the last of its kind."""
    begins, ends = ("{#", "#}") if "comment" in case.match[0] else ("{{", "}}")
    if "raw" in case.match[0]:
        begins, ends = "{% raw %}", "{% endraw %}"
    elif "statement block" in case.match[0] or case.source.rfind("{%") > case.source.rfind("{{"):
        begins, ends = ("{%", "%}") if begins == "{{" else (begins, ends)
    at = case.source.rfind(begins)
    return _at(case, at, f"{begins} is never closed", f"write {ends} where it ends")


def _at(case: _Case, offset: int, message: str, hint: str) -> Slip:
    """Return the slip at *offset* of the source; where there is none, at the line that Jinja names."""
    if not 0 <= offset < len(case.source):
        return case.slip(message, hint)
    above = case.source[:offset]
    return Slip(message, hint, above.count("\n") + 1, offset - above.rfind("\n"))


def _strange_sign(case: _Case) -> Slip:
    sign, offset = case.match["sign"], int(case.match["at"])
    if sign in "'\"":
        return _at(
            case, offset, f"the quotation mark {sign} that opens here is never closed", "put the same at its end"
        )
    hint = _SIGNS.get(sign, "take it out, or put quotation marks around the text that it belongs to")
    if sign in _CURLY:
        hint = "type straight quotation marks: \" or '"
    return _at(case, offset, f'"{sign}" means nothing here', hint)


def _wanted(case: _Case) -> Slip:
    wanted, got = case.match["wanted"], _ENDS.get(case.match["got"], case.match["got"])
    if wanted == "in":
        return case.slip(f'"{got}" stands where "in" is needed', "write it like {% for teaser in view.recent %}")
    if wanted in _ENDS:
        return case.slip(f'"{got}" stands where {_ENDS[wanted]} is expected', _after_the_end(_ENDS[wanted], got))
    what = "a name" if wanted == "name" else f'"{wanted}"'
    hint = "write the word: {% if one or other %}" if got == "|" else f"write {what} before it"
    return case.slip(f'"{got}" stands where {what} is needed', hint)


def _after_the_end(end: str, got: str) -> str:
    if got == "=":
        return "to compare, write two of them: =="
    return f"write {end} before it; or join the two: by a dot (view.title), or by ~ for one text after another"


def _bracket(case: _Case) -> Slip:
    return case.slip(f'"{case.match["wanted"]}" is missing before "{case.match["got"]}"', "close the bracket")


def _out_of_place(case: _Case) -> Slip:
    got = _ENDS.get(case.match["got"], case.match["got"])
    if got in ("}}", "%}"):
        return case.slip(f"something is missing before {got}", "write what is meant, or delete the braces")
    if got == "}":
        hint = "what begins with {{ ends with }}, and what begins with {% ends with %}, each without a space in it"
        return case.slip('"}" stands here without its partner', hint)
    closes = got in ")]"
    return case.slip(f'"{got}" {"closes nothing" if closes else "cannot stand here"}', "delete it")


def _unknown(kind: str, names: Callable[[Environment], Iterable[str]]) -> Callable[[_Case], Slip]:
    def tell(case: _Case) -> Slip:
        near = suggestions(case.match["name"], names(case.environment))
        known = f"Jinja's manual lists them: https://jinja.palletsprojects.com/templates/#builtin-{kind}s"
        hint = f"did you mean {listed(near)}?" if near else known
        return case.slip(f'there is no {kind} "{case.match["name"]}"', hint)

    return tell


def _twice(case: _Case) -> Slip:
    return case.slip(f'the block "{case.match["name"]}" stands twice', "give one of them another name")


def _nameless(case: _Case) -> Slip:
    return case.slip("a name is missing after the dot", "write it like view.title, or delete the dot")


def _no_tag(case: _Case) -> Slip:
    return case.slip("{% is followed by no tag", "write it like {% if … %}, or delete it")


_CASES: tuple[tuple[str, Callable[[_Case], Slip]], ...] = (
    (r"Unexpected end of template.*'(?P<tag>\w+)'\.$", _never_closed),
    (r"Encountered unknown tag '(?P<tag>\w+)'", _unknown_tag),
    (r"unexpected end of template, expected 'end of", _open_end),
    (r"unexpected 'end of template'", _open_end),
    (r"Missing end of (comment tag|raw directive)", _open_end),
    (r"unexpected char (?P<quote>['\"])(?P<sign>.+)(?P=quote) at (?P<at>\d+)", _strange_sign),
    (r"expected token '(?P<wanted>.+)', got '(?P<got>.+)'", _wanted),
    (r"unexpected '(?P<got>.+)', expected '(?P<wanted>.+)'", _bracket),
    (r"unexpected '(?P<got>.+)'", _out_of_place),
    (r"Expected an expression, got '(?P<got>.+)'", _out_of_place),
    (r"No filter named '(?P<name>.+)'", _unknown("filter", lambda environment: environment.filters)),
    (r"No test named '(?P<name>.+)'", _unknown("test", lambda environment: environment.tests)),
    (r"block '(?P<name>.+)' defined twice", _twice),
    (r"expected name or number", _nameless),
    (r"tag name expected", _no_tag),
)
"""How the words of Jinja begin -> what they mean."""
