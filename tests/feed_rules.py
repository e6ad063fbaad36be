"""The W3C feed validator's rules (https://validator.w3.org/feed/), each by the name of its message.

Written down again from what the rules say, so it is no proof by itself; feedparser, lxml and newsboat read every feed
as well. Each function yields what the validator would complain about. Rules on HTTP, iTunes, GeoRSS and other
extensions that our feeds do not use are left out.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint
from urllib.parse import urlsplit

import html5lib
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+\-.]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$")
_RFC2822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d\d[03]0$"
)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
_UUID = re.compile(r"urn:uuid:[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$")
_MIME = re.compile(r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+$")
_HTML_END_TAG = re.compile(r"</\w+>")
_HTML_ENTITY = re.compile(r"&(#?\w+)")
_PLAIN_NAMES = "title description copyright category source"
_PLAIN_ATOM = "title subtitle rights summary name"
_PLAIN = (
    *_PLAIN_NAMES.split(),
    *(ATOM + name for name in _PLAIN_ATOM.split()),
    *(MEDIA + name for name in ("description", "copyright", "credit")),
)
_BODY_ELEMENTS = """
    a abbr b bdi blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th
    thead time tr u ul var wbr
"""
ACCEPTABLE = frozenset(_BODY_ELEMENTS.split())
"""Those of the validator's acceptable elements that a body can hold."""
_BODY_ATTRIBUTES = "alt cite colspan datetime dir height href lang rowspan scope src start title width"
_ATTRIBUTES = frozenset(_BODY_ATTRIBUTES.split())
_CHANNEL_NAMES = "title link description copyright docs generator image language lastBuildDate ttl item"
_RSS_CHANNEL = frozenset([*_CHANNEL_NAMES.split(), f"{ATOM}link"])
_RSS_ITEM_ONCE = frozenset(["title", "link", "description", CONTENT, "guid", "pubDate", "source", f"{MEDIA}content"])
_RSS_ITEM = _RSS_ITEM_ONCE | {"category", CREATOR}
_ENTRY_NAMES = "id title updated author content link summary category published rights"
_ATOM_ENTRY = frozenset([*(ATOM + name for name in _ENTRY_NAMES.split()), f"{MEDIA}content"])


def faults(document: bytes) -> list[str]:
    """Return what the validator would say of *document*, RSS or Atom."""
    root = etree.fromstring(document)
    return [*_bytes(document), *_plain_texts(root, document), *(_rss(root) if root.tag == "rss" else _atom(root))]


def _bytes(document: bytes) -> Iterator[str]:
    if not document.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'):
        yield "MissingEncoding: the declaration names no UTF-8"
    if re.search("[\x80-\x9f\ufffd]", document.decode("utf-8")):
        yield "BadCharacters: C1 controls or the replacement character"
    if b"<!DOCTYPE" in document or b"<!ENTITY" in document:
        yield "ContainsSystemEntity: a document type"


def _rss(root: etree._Element) -> Iterator[str]:
    if root.get("version") != "2.0":
        yield "InvalidRSSVersion: not 2.0"
    channel = root[0]
    names = [child.tag for child in channel]
    for name in ("title", "link", "description"):
        if names.count(name) != 1 or not channel.findtext(name):
            yield f"MissingElement or NotBlank: channel {name}"
    yield from (f"UndefinedElement: {name}" for name in set(names) - _RSS_CHANNEL)
    yield from (f"DuplicateElement: {name}" for name in set(names) - {"item", f"{ATOM}link"} if names.count(name) > 1)
    links = channel.findall(f"{ATOM}link")
    if [link.get("rel") for link in links].count("self") != 1:
        yield "MissingAtomSelfLink"
    yield from (fault for link in links for fault in _uri(link.get("href", ""), "atom:link"))
    if "item" in names and names[names.index("item") :] != ["item"] * names.count("item"):
        yield "MisplacedItem: something follows the items"
    if not re.match(r"[a-z]{2,3}(-|$)", channel.findtext("language") or ""):
        yield "InvalidLanguage"
    if int(channel.findtext("ttl") or 0) < 1:
        yield "InvalidPositiveInteger: ttl"
    yield from _uri(channel.findtext("link") or "", "channel link")
    yield from _uri(channel.findtext("docs") or "", "docs")
    yield from _rfc822(channel.findtext("lastBuildDate") or "")
    yield from _image(channel)
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    if len(set(guids)) != len(guids):
        yield "DuplicateValue: guid"
    yield from (fault for item in items for fault in _rss_item(item))


def _image(channel: etree._Element) -> Iterator[str]:
    image = channel.find("image")
    if image is None:
        return
    if not re.search(r"\.(gif|jpe?g|png)$", image.findtext("url") or ""):
        yield "ImageUrlFormat: not GIF, JPEG or PNG"
    if image.findtext("title") != channel.findtext("title"):
        yield "ImageTitleDoesntMatch"
    if image.findtext("link") != channel.findtext("link"):
        yield "ImageLinkDoesntMatch"
    if not 0 < int(image.findtext("width") or 88) <= 144:
        yield "InvalidWidth"
    if not 0 < int(image.findtext("height") or 31) <= 400:
        yield "InvalidHeight"


def _rss_item(item: etree._Element) -> Iterator[str]:
    names = [child.tag for child in item]
    yield from (f"UndefinedElement: {name}" for name in set(names) - _RSS_ITEM)
    yield from (f"DuplicateElement: {name}" for name in _RSS_ITEM_ONCE if names.count(name) > 1)
    if not item.findtext("title"):
        yield "NotBlank: item title"
    if "guid" not in names:
        yield "MissingGuid"
    if names.index("description") > names.index(CONTENT):
        yield "NeedDescriptionBeforeContent"
    guid = item.find("guid")
    assert guid is not None
    if guid.get("isPermaLink") != "false":
        yield "InvalidHttpGUID: an id that is no address counts as a link"
    yield from _id(guid.text or "")
    yield from _uri(item.findtext("link") or "", "item link")
    yield from _rfc822(item.findtext("pubDate") or "")
    yield from _html(item.findtext("description") or "")
    yield from _html(item.findtext(CONTENT) or "")
    for category in item.findall("category"):
        if not category.text:
            yield "NotBlank: category"
        yield from _uri(category.get("domain", ""), "category domain")
    for source in item.findall("source"):
        yield from _uri(source.get("url", ""), "source url")
    yield from _media(item)


def _media(item: etree._Element) -> Iterator[str]:
    for media in item.findall(f"{MEDIA}content"):
        yield from _uri(media.get("url", ""), "media:content url")
        if not _MIME.match(media.get("type", "")):
            yield "InvalidMIMEAttribute"
        if media.get("medium") != "image":
            yield "InvalidMediaMedium"
        if int(media.get("width", "0")) < 1 or int(media.get("height", "0")) < 1:
            yield "InvalidPositiveInteger: size of a picture"
        names = [child.tag for child in media]
        if any(names.count(f"{MEDIA}{name}") > 1 for name in ("description", "copyright", "title")):
            yield "DuplicateElement in media:content"
        for child in media:
            if set(child.attrib) - ({"type"} if child.tag == f"{MEDIA}description" else set()):
                yield f"UnexpectedAttribute: {child.tag}"


def _atom(root: etree._Element) -> Iterator[str]:
    if root.tag != f"{ATOM}feed":
        yield "InvalidNamespace"
    for name in ("id", "title", "updated"):
        if len(root.findall(ATOM + name)) != 1 or not root.findtext(ATOM + name):
            yield f"MissingElement: feed {name}"
    if not root.get(XML_LANG):
        yield "MissingDCLanguage"
    links = root.findall(f"{ATOM}link")
    if [link.get("rel") for link in links].count("self") != 1:
        yield "MissingSelf"
    yield from _atom_links(links)
    yield from _uri(root.findtext(f"{ATOM}id") or "", "feed id")
    yield from _rfc3339(root.findtext(f"{ATOM}updated") or "")
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) != len(ids):
        yield "DuplicateEntries"
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
    yield from (f"DuplicateUpdated: {moment}" for moment in set(moments) if moments.count(moment) > 1)
    authored = root.find(f"{ATOM}author") is not None
    yield from (fault for entry in entries for fault in _entry(entry, authored))


def _entry(entry: etree._Element, authored: bool) -> Iterator[str]:
    yield from (f"UndefinedElement: {child.tag}" for child in entry if child.tag not in _ATOM_ENTRY)
    for name in ("id", "title", "updated", "published", "content"):
        if len(entry.findall(ATOM + name)) != 1 or not entry.findtext(ATOM + name):
            yield f"MissingElement: entry {name}"
    if not authored and entry.find(f"{ATOM}author") is None:
        yield "MissingElement: author"
    if any(not author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")):
        yield "MissingElement: name of an author"
    links = entry.findall(f"{ATOM}link")
    if [link.get("rel") for link in links].count("alternate") != 1:
        yield "MissingContentOrAlternate"
    yield from _atom_links(links)
    content = entry.find(f"{ATOM}content")
    assert content is not None
    if content.get("type") != "html":
        yield "MissingTypeAttr: HTML that is not called so"
    yield from _html(content.text or "")
    yield from _id(entry.findtext(f"{ATOM}id") or "")
    published, updated = (entry.findtext(ATOM + name) or "" for name in ("published", "updated"))
    yield from (fault for moment in (published, updated) for fault in _rfc3339(moment))
    if datetime.fromisoformat(updated) < datetime.fromisoformat(published):
        yield "updated before published"
    for category in entry.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "MissingAttribute: term"
        yield from _uri(category.get("scheme", ""), "category scheme")
    yield from _media(entry)


def _atom_links(links: list[etree._Element]) -> Iterator[str]:
    kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in links]
    if len(set(kinds)) != len(kinds):
        yield "DuplicateAtomLink"
    for link in links:
        if link.get("rel") not in ("self", "alternate", "hub", "via"):
            yield "UnregisteredAtomLinkRel"
        yield from _uri(link.get("href", ""), "link")


def _uri(address: str, place: str) -> Iterator[str]:
    if not _URI.match(address):
        yield f"InvalidFullLink: {place} {address!r}"
    elif urlsplit(address).scheme in ("http", "https") and not urlsplit(address).netloc:
        yield f"InvalidLink: {place} {address!r}"


def _id(found: str) -> Iterator[str]:
    yield from _uri(found, "id")
    if found.startswith("urn:uuid:") and not _UUID.match(found):
        yield f"InvalidUUID: {found}"
    if len(found) < 9 and found.isdigit():
        yield "NotSufficientlyUnique"


def _rfc822(moment: str) -> Iterator[str]:
    if not _RFC2822.match(moment):
        yield f"ProblematicalRFC822Date: {moment!r}"
        return
    read = parsedate_to_datetime(moment)
    if f"{read:%a}" != moment[:3]:
        yield f"IncorrectDOW: {moment!r}"
    yield from _plausible(read)


def _rfc3339(moment: str) -> Iterator[str]:
    if not _RFC3339.match(moment):
        yield f"InvalidRFC3339Date: {moment!r}"
        return
    yield from _plausible(datetime.fromisoformat(moment))


def _plausible(moment: datetime) -> Iterator[str]:
    if moment.year < 1990 or moment > datetime.now(UTC):
        yield f"ImplausibleDate: {moment}"


def _plain_texts(root: etree._Element, document: bytes) -> Iterator[str]:
    """`ContainsHTML`, `ContainsUndeclaredHTML`, `CharacterData`: what looks like HTML where none should be.

    The validator lets signs pass in lines that write `&` or `<` as a hexadecimal reference, since no reader takes
    these for HTML; an end tag it never lets pass.
    """
    lines = document.decode("utf-8").split("\n")
    for element in root.iter(*_PLAIN):
        if element.tag == "description" and getattr(element.getparent(), "tag", "") == "item":
            continue
        text, start = element.text or "", (element.sourceline or 1) - 1
        if _HTML_END_TAG.search(text):
            yield f"ContainsHTML: {element.tag}"
        elif not any("&#x" in line for line in lines[start : start + 1 + text.count("\n")]):
            if any(_decodes(found) for found in _HTML_ENTITY.findall(text)):
                yield f"ContainsHTML: {element.tag} holds an entity"
            elif root.tag == "rss" and re.search("&#[x0-9]|<[/a-zA-Z]", text):
                yield f"CharacterData: {element.tag}"


def _decodes(name: str) -> bool:
    return name in name2codepoint or name == "apos" or not name.isalpha()


def _html(html: str) -> Iterator[str]:
    """`NotHtml`, `SecurityRisk`, `SecurityRiskAttr`, `DangerousStyleAttr`, `ContainsRelRef`."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree = parser.parseFragment(html)
    except html5lib.html5parser.ParseError as error:
        yield f"NotHtml: {error} in {html[:80]!r}"
        return
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in ACCEPTABLE:
            yield f"SecurityRisk: {element.tag}"
        yield from (f"SecurityRiskAttr: {name}" for name in element.attrib if name not in _ATTRIBUTES)
        for name in ("href", "src", "cite"):
            if not re.match(r"\w+:", element.get(name, "x:")):
                yield f"ContainsRelRef: {element.get(name)}"
