"""What `sanitise` is going to take out of a text, said to the editor with its place.

`sanitise` alone keeps the page safe. This only tells about it, from two places where Python-Markdown keeps what the
author wrote: the element tree (with attribute lists applied) and the stash of raw HTML.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element

from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.addresses import Kind, kind_of, scheme_of
from alertgen.load.markdown.attributes import SITUATION_KEYS, Attribute, attribute_lists, read_list
from alertgen.load.markdown.sanitise import ELEMENTS, EMBEDS, EVERYWHERE, GONE_WITH_CONTENT
from alertgen.load.markdown.source import Finder, Source
from alertgen.load.markdown.tree import NOTE_KEY, SITUATION
from alertgen.load.markdown.writer import remote_picture
from alertgen.text import listed

_ADDRESSES = ("href", "src")
_HOST = re.compile(r"https?://[^\s/?#<>%^|\\]+(?:[/?#]|$)")
"""The beginning of an address of the web that leads to a computer."""
_SHORT_LIST = re.compile(r"(?<=\S)\{[^{}:\n][^{}\n]*\}")
"""An attribute list without a colon, as Markdown reads it right behind a link, a picture or stressed words."""
_SITUATION_KEYS = frozenset(SITUATION_KEYS)


def audit_tree(root: Element, source: Source) -> Iterator[Diagnostic]:
    """Yield what is wrong with the attributes of the elements that Markdown made."""
    finder = Finder(source)
    typed = _Typed(root, source)
    for element in root.iter():
        keys = element.keys()
        if not keys:
            continue
        if not _allowed(element.tag).issuperset(keys):
            dropped = [key for key in keys if key not in _allowed(element.tag) and not _is_bare(key, element)]
            if dropped:
                yield _dropped_attributes(element.tag, dropped, source, typed.place_of(dropped[0], element))
        if element.tag != SITUATION and not _SITUATION_KEYS.isdisjoint(keys):
            yield _misplaced(element, typed, source)
        for key in _ADDRESSES:
            if key in keys:
                yield from _forbidden(key, element.get(key) or "", finder)


def _is_bare(key: str, element: Element) -> bool:
    """Tell whether *key* is a mere word in the list of a heading: a lint has told of it at its place."""
    return element.tag == SITUATION and not element.get(key)


class _Typed:
    """Attributes in lists as they were typed; looked for when the first of them is asked for."""

    def __init__(self, root: Element, source: Source) -> None:
        self._root = root
        self._source = source
        self._all: tuple[Attribute, ...] | None = None

    def place_of(self, key: str, element: Element) -> Place:
        """Return the place of the attribute *key* of *element*; the start of the text when it is not to be found.

        Of several with one value, it is the one that stands as far down the text as *element* does.
        """
        if self._all is None:
            short = [read_list(one[0], one.start()) for one in _SHORT_LIST.finditer(self._source.prose)]
            lists = (*short, *attribute_lists(self._source))
            found = {attribute.key_offset: attribute for one in lists for attribute in one.attributes}
            self._all = tuple(found[offset] for offset in sorted(found))
        value = element.get(key)
        same = [one for one in self._all if one.key == key and one.value == value]
        number = [one for one in self._root.iter() if one.get(key) == value].index(element)
        if number >= len(same):
            return self._source.start
        attribute = same[number]
        length = attribute.value_offset + len(attribute.value) - attribute.key_offset
        return self._source.place(attribute.key_offset, length)


@cache
def _allowed(tag: str) -> frozenset[str]:
    if tag == SITUATION:
        return EVERYWHERE | {"id", *SITUATION_KEYS}
    kept = ELEMENTS.get(tag, frozenset()) | EVERYWHERE | {NOTE_KEY, *SITUATION_KEYS}
    return kept - {"id"} if tag == "a" else kept


def _misplaced(element: Element, typed: _Typed, source: Source) -> Diagnostic:
    key = next(key for key in SITUATION_KEYS if key in element.attrib)
    return source.problem(
        "misplaced-situation",
        f'"{key}" starts a situation only on a heading with two #, outside lists and quotations',
        typed.place_of(key, element),
        hint="write ## in front of the heading, or take the attribute out",
    )


def _dropped_attributes(tag: str, names: list[str], source: Source, place: Place) -> Diagnostic:
    return source.problem(
        "attribute-removed",
        f"{listed(names, 'and')} of <{tag}> {'is' if len(names) == 1 else 'are'} left out",
        place,
        hint="take it out; the theme decides how things look",
    )


def _forbidden(key: str, typed: str, finder: Finder) -> Iterator[Diagnostic]:
    if typed.startswith(("https://", "http://")):
        if key == "href" and not _HOST.match(typed):
            yield finder.source.problem(
                "address-removed",
                f'"{unescape(typed)}" names no computer, so it is not linked',
                finder.target(typed),
                hint="check it for a space within the name, or for nothing behind the //",
            )
        return
    address = unescape(typed)
    if not address or kind_of(address) is not Kind.FORBIDDEN:
        return
    place = finder.target(typed)
    if key == "src":
        yield remote_picture(address, finder.source, place)
        return
    scheme = scheme_of(address)
    cause = f'addresses that begin with "{scheme}:"' if scheme else "addresses without http: or https:"
    yield finder.source.problem(
        "address-removed",
        f"{cause} are not linked",
        place,
        hint="link a page by its full https address, or a file of this site by its path",
    )


_RAW = re.compile(
    r"<!--|<[!?]|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^<>\"']+|\"[^\"]*\"|'[^']*')*)>?"
)
_RAW_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']*))?")


def audit_raw(stash: Iterable[object], source: Source) -> Iterator[Diagnostic]:
    """Yield what is going to be taken out of raw HTML."""
    finder = Finder(source)
    for raw in stash:
        if isinstance(raw, str) and "<" in raw:
            for token in _RAW.finditer(raw):
                yield from _removed(token, finder)


def _removed(token: re.Match[str], finder: Finder) -> Iterator[Diagnostic]:
    text, name = token[0], (token["name"] or "").lower()
    if not name:
        yield _removed_aside(text, finder)
    elif token["end"]:
        return
    elif name in EMBEDS:
        yield finder.source.problem(
            "embed-became-link",
            f"<{name}> is replaced by a link to its address",
            finder.literal(text),
            hint="write a link in Markdown, so that you choose its words",
        )
    elif name not in ELEMENTS:
        with_content = " and what is in it" if name in GONE_WITH_CONTENT else ""
        yield finder.source.problem(
            "element-removed",
            f"<{name}>{with_content} is left out",
            finder.literal(text),
            hint="take it out, or write Markdown instead",
        )
    else:
        yield from _removed_attributes(token, name, finder)


def _removed_aside(text: str, finder: Finder) -> Diagnostic:
    what = "the comment" if text == "<!--" else f'"{text}" and what follows up to ">"'
    return finder.source.problem(
        "comment-removed",
        f"{what} is left out of the page",
        finder.literal(text, within=finder.source.text),
        hint="delete it here as well, if others will see this file",
    )


def _removed_attributes(token: re.Match[str], name: str, finder: Finder) -> Iterator[Diagnostic]:
    given = [(key.lower(), value.strip("\"'")) for key, value in _RAW_ATTRIBUTE.findall(token["attributes"])]
    allowed = (ELEMENTS[name] | EVERYWHERE) - {"id"}
    dropped = list(dict.fromkeys(key for key, _ in given if key not in allowed))
    if dropped:
        yield _dropped_attributes(name, dropped, finder.source, finder.literal(token[0]))
    for key, value in given:
        if key in _ADDRESSES and key in allowed:
            yield from _forbidden(key, value, finder)
