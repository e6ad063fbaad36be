"""The only HTML that may stand in a body: our own table of elements and attributes, enforced by nh3.

Nothing of nh3's defaults is used, so a new version of it cannot widen the table. What nh3 returns is canonical
(lower-case names, double quotes, `<`, `>` and `"` escaped inside values), therefore the second step may take its tags
apart with a regular expression: it turns what is left of addresses and ids into what a page may hold. HTML of which
`plain_html` knows that nh3 would return it as it is goes to the second step at once.
"""

import re
from collections.abc import Callable
from html import escape, unescape

import nh3

from alertgen.load.markdown.plain_html import is_plain
from alertgen.patterns import late

_PLAIN = (
    "abbr b bdi br caption cite code dd del dfn div dl dt em figcaption figure hr i ins kbd li mark p pre q rp rt ruby "
    "s samp small span strong sub summary sup table tbody tfoot thead tr u ul var wbr blockquote details"
)
ELEMENTS: dict[str, frozenset[str]] = {
    **{name: frozenset() for name in _PLAIN.split()},
    **{f"h{level}": frozenset({"id"}) for level in range(1, 7)},
    "a": frozenset({"href", "id"}),
    "bdo": frozenset(),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
"""Every element that may stand in a body, with the attributes it may have besides those of `EVERYWHERE`.

`id`, `align` and the size of pictures never reach a page as the author wrote them: see `clean`.
"""

EVERYWHERE = frozenset({"dir", "lang", "title"})
"""Attributes that every element may have."""

VALUES: dict[str, dict[str, frozenset[str]]] = {
    "th": {
        "align": frozenset({"left", "center", "right"}),
        "scope": frozenset({"col", "row", "colgroup", "rowgroup"}),
    },
    "td": {"align": frozenset({"left", "center", "right"})},
}
"""The only values of attributes that have a closed list of them."""

_HIDDEN = (
    "applet audio canvas embed frame frameset head iframe math noembed noframes noscript object option plaintext "
    "script select style svg template textarea title video xmp"
)
GONE_WITH_CONTENT = frozenset(_HIDDEN.split())
"""Elements whose content is not text for readers, so it goes with them. Of any other element the text stays."""

EMBEDS = frozenset({"audio", "embed", "iframe", "object", "source", "video"})
"""Elements that bring content of another place. A link to that place takes the place of each."""

SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes of addresses. Everything else is removed, whatever spelling hides it."""

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a feed, cannot hold. `decoding` tells of those in a file; `&#1;` can still make one."""

_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=set(GONE_WITH_CONTENT),
    attributes={
        "*": set(EVERYWHERE),
        **{
            name: set(attributes - frozenset(VALUES.get(name, ())))
            for name, attributes in ELEMENTS.items()
            if attributes
        },
    },
    tag_attribute_values={name: {key: set(values) for key, values in rules.items()} for name, rules in VALUES.items()},
    attribute_filter=None,
    strip_comments=True,
    link_rel=None,
    generic_attribute_prefixes=set(),
    set_tag_attribute_values={},
    url_schemes=set(SCHEMES),
    allowed_classes={},
    filter_style_properties=None,
    url_relative="pass_through",
    id_prefix=None,
)

_TAG = re.compile(r'<a href="([^"]*)">|<([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")+)>|<(/?)h1>')
"""What is amended; most of it are links without anything else."""
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')

Attributes = dict[str, str]
"""Attributes of one element by name, character references decoded, in the order in which they are written."""


_EMBED = re.compile(
    rf"<(?:{'|'.join(sorted(EMBEDS))})\b([^<>]*)>(?:[^<]*(?=</(?:iframe|video|audio|object)\b))?", re.IGNORECASE
)
_EMBEDDED = late(r"\b(?:src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))", re.IGNORECASE)


def _linked(embed: re.Match[str]) -> str:
    """Return a link in place of the start tag of an embed; nothing where it names no address."""
    found = _EMBEDDED.search(embed[1])
    address = escape(unescape(found[1] or found[2] or found[3] or "")) if found else ""
    return f'<a href="{address}">{address}</a>' if address else ""


def clean(html: str, amend: Callable[[str, Attributes], Attributes | None]) -> str:
    """Return *html* with only what the table allows.

    *amend* is called, in the order of the text, for every element that has attributes, with its name and attributes.
    It returns the attributes to write, or None to take the element's tag out (for `img`).
    """

    def amended(tag: re.Match[str]) -> str:
        address, name, listed, end = tag.groups()
        if address is not None:
            name, given = "a", {"href": unescape(address) if "&" in address else address}
        elif name is not None:
            given = {key: unescape(value) for key, value in _ATTRIBUTE.findall(listed)}
        else:
            return f"<{end}h2>"
        attributes = amend(name, given)
        if attributes is None:
            return ""
        return start_tag("h2" if name == "h1" else name, attributes)

    return _TAG.sub(amended, html if is_plain(html) else _cleaned(html))


def start_tag(name: str, attributes: Attributes) -> str:
    """Return the start tag of an element that is to have *attributes*."""
    written = "".join([f' {key}="{escape(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}>"


def _cleaned(html: str) -> str:
    if means_nothing(html):
        return html
    return UNFIT.sub("", _CLEANER.clean(_EMBED.sub(_linked, html))).replace("&nbsp;", "\u00a0")


def means_nothing(html: str) -> bool:
    """Tell whether no sign in *html* means anything in HTML, so that it is its own text."""
    return html.isprintable() and _MARKED.search(html) is None


_MARKED = re.compile("[<>&]")
_NOTE_REFERENCE = re.compile(r'<sup><a class="footnote-ref"[^>]*>[^<]*</a></sup>')
_ANY_TAG = re.compile(r"<(/?[a-z0-9]*+)[^>]*+>")
_BLOCKS = (
    "address blockquote br caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary "
    "table tbody tfoot thead tr ul"
)


class _Boundaries(dict[str, str]):
    """What a tag means for the text around it: nothing, unless it begins or ends a block or ends a cell."""

    def __missing__(self, _tag: str) -> str:
        return ""


_BOUNDARIES = _Boundaries(
    {**{f"{end}{name}": "\n" for name in _BLOCKS.split() for end in ("", "/")}, "/td": "\t", "/th": "\t"}
)


def plain_text(html: str) -> str:
    """Return the text of clean *html* without references to notes: a line a block, a tab between cells of a table."""
    text = _NOTE_REFERENCE.sub("", html) if "footnote-ref" in html else html
    pieces = _ANY_TAG.split(text.replace("\n", " ").replace("\t", " "))
    pieces[1::2] = map(_BOUNDARIES.__getitem__, pieces[1::2])
    return in_lines(unescape("".join(pieces)))


def in_lines(text: str) -> str:
    """Return the lines of *text* that hold anything, each with one space between words and one tab between cells."""
    return "\n".join(filter(None, map(_spaced, text.split("\n"))))


def _spaced(line: str) -> str:
    """Return *line* with one space wherever there is white space between words; only a space can be printed."""
    if line.isprintable() and "  " not in line:
        return line.strip(" ")
    return "\t".join([" ".join(cell.split()) for cell in line.split("\t")]).rstrip("\t")
