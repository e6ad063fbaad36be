"""Headings and attribute lists (`{: country=SD }`) in the Markdown as typed, with the place of every value."""

import re
from functools import lru_cache

from alertgen.load.markdown.source import Source, paragraphs
from alertgen.patterns import late
from alertgen.records import dataclass

SITUATION_KEYS = ("country", "theme", "level", "trend", "risk_tags")
"""Attributes that make a level-2 heading the start of a situation."""

CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
"""Quotation marks of word processors, which do not enclose a value."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One `key=value`, or `id` and `class` for `#id` and `.class`."""

    key: str
    value: str
    key_offset: int
    value_offset: int


@dataclass(frozen=True, slots=True)
class AttributeList:
    """What stands between `{:` and `}`."""

    offset: int
    """Of the opening brace."""
    end: int
    """After the closing brace, or of the end of the line when there is none."""
    closed: bool
    attributes: tuple[Attribute, ...]
    trouble: int
    """Offset of the first character that cannot be read; -1 when all of it can."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the margin; those inside lists and quotations are not looked for."""

    level: int
    offset: int
    """Of the first `#`, or of the text of an underlined heading."""
    text: str
    """Without the attribute list."""
    text_offset: int
    attributes: AttributeList | None
    line: str
    """What follows the signs, attribute list included."""
    underlined: bool = False


_HASHED = re.compile(r"(#(?<![^\n]#)#{0,5})([^\n]*)")
"""A line that begins with the sign; the expression begins with it too, which is found in a tenth of the time."""
_UNDERLINED = late(r"([^#\n][^\n]*)\n(=+|-+) *(?:\n|$)")
_UNDERLINE = re.compile(r"\n(?:=+|-+) *$", re.MULTILINE)
_AT_END = re.compile(r"(\{[^{}\n]*\}?)[ #]*$")
"""What follows the last opening brace of a heading, when it is a list."""
_LIST = re.compile(r"\{:[^}\n]*\}?")
_WORD = rf"""[^\s={{}}"'{CURLY_QUOTES}]"""
_ITEM = re.compile(
    rf"""(?P<key>(?![.#]){_WORD}+)=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>{_WORD}+))(?=[\s}}]|$)"""
    rf"""|(?P<sign>[.#])(?P<name>{_WORD}+)(?=[\s}}]|$)"""
)
_BLANKS = re.compile(r"\s*")
_NAMED = {".": "class", "#": "id"}


@lru_cache(maxsize=1)
def headings(source: Source) -> tuple[Heading, ...]:
    """Return the headings of *source* in order."""
    found = [
        _heading(len(match[1]), match.start(), match.start(2), match[2]) for match in _HASHED.finditer(source.prose)
    ]
    found += [
        _heading(1 if match[2][0] == "=" else 2, match.start(), match.start(), match[1], underlined=True)
        for paragraph in (paragraphs(source.prose) if _UNDERLINE.search(source.prose) else ())
        if (match := _UNDERLINED.match(source.prose, *paragraph.span()))
    ]
    return tuple(sorted(found, key=lambda heading: heading.offset))


def _heading(level: int, offset: int, text_offset: int, line: str, *, underlined: bool = False) -> Heading:
    brace = line.rfind("{")
    listed = _AT_END.match(line, brace) if brace == 0 or line[brace - 1 : brace] == " " else None
    text = line[: listed.start(1)] if listed else line.rstrip("# ")
    attributes = read_list(listed[1], text_offset + listed.start(1)) if listed else None
    indent = len(text) - len(text.lstrip())
    return Heading(level, offset, text.strip(), text_offset + indent, attributes, line, underlined)


@lru_cache(maxsize=1)
def attribute_lists(source: Source) -> tuple[AttributeList, ...]:
    """Return every `{: … }` of *source*, and what stands in braces at the end of a heading: first those of headings."""
    found = {heading.attributes.offset: heading.attributes for heading in headings(source) if heading.attributes}
    for match in _LIST.finditer(source.prose):
        if match.start() not in found:
            found[match.start()] = read_list(match[0], match.start())
    return tuple(found.values())


def read_list(text: str, offset: int) -> AttributeList:
    """Read *text*, which begins with `{` and stands at *offset*."""
    closed = text.endswith("}")
    end = len(text) - closed
    at = _skip(text, 2 if text.startswith("{:") else 1)
    attributes = []
    while at < end and (item := _ITEM.match(text, at, end)):
        attributes.append(_attribute(item, offset))
        at = _skip(text, item.end())
    return AttributeList(offset, offset + len(text), closed, tuple(attributes), -1 if at >= end else offset + at)


def _skip(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _attribute(item: re.Match[str], offset: int) -> Attribute:
    group = item.lastgroup
    assert group is not None
    key = _NAMED[item["sign"]] if group == "name" else item["key"]
    return Attribute(key, item[group], offset + item.start(), offset + item.start(group))
