"""Surprises with attribute lists. Rows of `table.LINTS`."""

import re
from collections.abc import Iterator
from itertools import takewhile

from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.attributes import (
    CURLY_QUOTES,
    SITUATION_KEYS,
    AttributeList,
    Heading,
    attribute_lists,
    headings,
)
from alertgen.load.markdown.source import Source
from alertgen.patterns import late
from alertgen.text import listed, suggestions

_CURLY = late(f"[{CURLY_QUOTES}]")
_EXAMPLE = 'write it like {: country=SD risk_tags="genocide war-crimes" }'


def faulty_lists(source: Source) -> Iterator[Diagnostic]:
    """Report whatever is wrong with attribute lists: a row that asks those below of what is not usual."""
    if not _in_order(source):
        yield from curly_quotes_in_attributes(source)
        yield from malformed_attributes(source)
        yield from outside_of_headings(source)
        yield from unknown_situation_attribute(source)
        yield from repeated_attribute(source)


def _in_order(source: Source) -> bool:
    """Tell whether each brace is one of a list as most are: of a situation, read to its end, with nothing twice."""
    found = headings(source)
    if any("=" in heading.text for heading in found):
        return False
    lists = [heading.attributes for heading in found if heading.attributes]
    return len(lists) == source.prose.count("{") and all(_is_usual(one, source) for one in lists)


def _is_usual(attributes: AttributeList, source: Source) -> bool:
    keys = {attribute.key for attribute in attributes.attributes}
    is_read = attributes.closed and attributes.trouble < 0 and source.prose[attributes.offset - 1] == " "
    return is_read and len(keys) == len(attributes.attributes) and keys.issubset(SITUATION_KEYS)


def curly_quotes_in_attributes(source: Source) -> Iterator[Diagnostic]:
    """Report quotation marks that a word processor has curled: the list is then not read."""
    for attributes in attribute_lists(source):
        curly = attributes.trouble >= 0 and _CURLY.search(source.prose, attributes.trouble, attributes.end)
        if curly:
            place = source.place(curly.start())
            yield source.problem(
                "curly-quotes-in-attributes",
                f'the quotation mark "{curly[0]}" does not work between these braces',
                place,
                hint=f"use straight ones: {_straightened(source, attributes, source.line_at(place))}",
            )


def _straightened(source: Source, attributes: AttributeList, line: str) -> str:
    listed_text = source.text[attributes.offset : attributes.end]
    return line.replace(listed_text, _CURLY.sub('"', listed_text)).strip()


def malformed_attributes(source: Source) -> Iterator[Diagnostic]:
    """Report an attribute list that Python-Markdown would read otherwise than it looks, or not at all."""
    for attributes in attribute_lists(source):
        message, offset, hint = _trouble(source, attributes)
        if message:
            yield source.problem("malformed-attributes", message, source.place(offset), hint=hint)
    yield from _out_of_place(source)


def _trouble(source: Source, attributes: AttributeList) -> tuple[str, int, str]:
    if not attributes.closed:
        return "these braces are not closed on their line", attributes.offset, "add } at its end"
    if attributes.trouble < 0:
        return "", 0, ""
    rest = source.prose[attributes.trouble : attributes.end - 1].strip()
    word = re.split(r"[\s=]", rest, maxsplit=1)[0] or rest
    last = attributes.attributes[-1] if attributes.attributes else None
    if last and word and last.key not in ("id", "class") and "=" not in rest.split()[0] and '"' not in rest:
        value = " ".join(part.strip(",[]") for part in (last.value, *takewhile(_has_no_value, rest.split())))
        return (
            f'"{word}" has no value',
            attributes.trouble,
            f'put quotation marks around several words: {last.key}="{value}"',
        )
    return f'what stands in the braces cannot be read from "{rest}" on', attributes.trouble, _EXAMPLE


def _has_no_value(word: str) -> bool:
    return "=" not in word


_SPOILED = late(r"#(?<![^\n]#)[^\n]*?(?P<list>\{:[^{}\n]*\})(?P<after>[^\n]*)")


def _out_of_place(source: Source) -> Iterator[Diagnostic]:
    """Report a list in a heading that has no space in front of it or text behind it."""
    for match in _SPOILED.finditer(source.prose):
        no_space = source.prose[match.start("list") - 1] != " "
        text_behind = match["after"].strip("# ")
        if no_space or text_behind:
            yield source.problem(
                "malformed-attributes",
                "braces stand at the end of their heading, after a space",
                source.place(match.start("list"), len(match["list"])),
                hint="put a space in front of it" if no_space else "move it to the end of the line",
            )


_ALONE = late(r"(?:^|\n)[ \t]*(?:#[^\n]*\n+|[=-]+[ ]*\n|\n)[ ]{0,3}(?P<list>\{(?P<sign>:?)[^{}\n]*\})[ ]*(?=\n|$)")
"""A list on a line of its own, below a heading or an empty line; right below other text it belongs to that."""
_KEYS = "|".join(SITUATION_KEYS)
_ATTRIBUTE = re.compile(rf"\b(?:{_KEYS})\s?=", re.IGNORECASE)


def outside_of_headings(source: Source) -> Iterator[Diagnostic]:
    """Report what was meant to tie a situation to its places and would be printed instead."""
    for match in _ALONE.finditer(f"\n{source.prose}"):
        if match["sign"] or _ATTRIBUTE.search(match["list"]):
            yield source.problem(
                "malformed-attributes",
                "braces on a line of their own are shown as typed, and do not belong to the heading",
                source.place(match.start("list") - 1, len(match["list"])),
                hint="put them at the end of the line of the heading, after a space",
            )
    for heading in headings(source):
        if "{" not in heading.text and (found := _ATTRIBUTE.search(heading.text)):
            yield source.problem(
                "malformed-attributes",
                f'"{found[0]}" in the words of a heading is shown as typed, and has no effect there',
                source.place(heading.text_offset + found.start(), len(found[0])),
                hint=_EXAMPLE,
            )


_KNOWN = f"the attributes are {listed(SITUATION_KEYS, 'and')}"
_ALLOWED = (*SITUATION_KEYS, "id", "lang", "dir", "title")


def unknown_situation_attribute(source: Source) -> Iterator[Diagnostic]:
    """Report `contry=SD` on a heading."""
    for _, attributes in _listed_headings(source):
        for attribute in attributes.attributes:
            if attribute.key not in _ALLOWED:
                near = suggestions(attribute.key, _ALLOWED)
                yield source.problem(
                    "unknown-situation-attribute",
                    f'"{attribute.key}" is not an attribute of a situation',
                    source.place(attribute.key_offset, len(attribute.key)),
                    hint=f"did you mean {listed(near)}?" if near else _KNOWN,
                )


def _listed_headings(source: Source) -> Iterator[tuple[Heading, AttributeList]]:
    for heading in headings(source):
        if heading.attributes is not None:
            yield heading, heading.attributes


def repeated_attribute(source: Source) -> Iterator[Diagnostic]:
    """Report `country=SD country=SS`: only the last counts."""
    for attributes in attribute_lists(source):
        first: dict[str, int] = {}
        for attribute in attributes.attributes:
            if attribute.key in first and attribute.key != "class":
                yield source.problem(
                    "repeated-attribute",
                    f'"{attribute.key}" stands twice, and only the last counts',
                    source.place(attribute.key_offset, len(attribute.key)),
                    hint=f'put all values into one: {attribute.key}="… {attribute.value}"',
                    also=(source.place(first[attribute.key], len(attribute.key)),),
                )
            first.setdefault(attribute.key, attribute.key_offset)
