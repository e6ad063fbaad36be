"""Links to other sites, each at its place: of texts, of the keys of texts, and of site.yaml.

They are read anew from the files by who asks for them, since no build does. Only what is public is looked at: asking
another host for the links of a text that is held back would tell that host of it.
"""

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urldefrag

from alertgen import SITE_FILE
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.addresses import Kind, kind_of
from alertgen.load.disk.decoding import decode
from alertgen.load.disk.files import read_bytes
from alertgen.load.documents import Customs, SourceFile, customs_of
from alertgen.load.folder import content_files
from alertgen.load.keys.fields import FaultError, day
from alertgen.load.keys.frontmatter import read_front_matter
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.source import read_source
from alertgen.load.yaml.nodes import Items, Mapping, Node, Scalar
from alertgen.load.yaml.reading import read_yaml
from alertgen.model import Site
from alertgen.processes.workers import map_ordered, processors
from alertgen.records import dataclass

_OURS = ("base_url", "hub", "id", "aliases")
"""Keys whose addresses lead to the site itself, or nowhere that a reader goes."""

_WORTHWHILE = 16
"""So many files are shared among processes; fewer are read before the processes have begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideLink:
    """A link to another site."""

    address: str
    """Without the part behind `#`, which no server sees."""
    place: Place
    is_source: bool = False
    """It is the `url` of one of the `sources` of an alert."""
    archived: str = ""
    """The archived copy that stands beside it."""
    date: datetime.date | None = None
    """Day of the document, where it is said."""


def outside_links(root: Path, site: Site) -> tuple[OutsideLink, ...]:
    """Return the links to other sites in what *site* publishes, of the files in *root*, sorted by place."""
    public = {text.path for text in site.texts}
    files = [file for file in content_files(root)[0] if file.path in public]
    shared = processors() if len(files) >= _WORTHWHILE else 1
    read = map_ordered(partial(_of_text, customs_of(site.config)), files, processes=shared)
    found = [*_of_site_file(root), *(link for links in read for link in links)]
    own = site.config.base_url
    return tuple(sorted((link for link in found if not link.address.startswith(own)), key=lambda link: link.place))


def _of_text(customs: Customs, file: SourceFile) -> tuple[OutsideLink, ...]:
    text, _ = decode(file.content, file.path)
    parts = read_front_matter(text or "", file.path)
    keys = tuple(_of_keys(parts.header)) if parts.header else ()
    if not parts.body_line:
        return keys
    source = read_source(parts.body, path=file.path, first_line=parts.body_line, lang="en")
    body = convert(source, prefix="x", own=customs.own)
    return (*keys, *(_link(link.target, link.place) for link in body.outside))


def _of_site_file(root: Path) -> Iterator[OutsideLink]:
    content = read_bytes(root, SITE_FILE)
    text = None if isinstance(content, Diagnostic) else decode(content, SITE_FILE)[0]
    node = read_yaml(text or "", SITE_FILE).node
    if isinstance(node, Mapping):
        yield from _of_keys(node)


def _of_keys(node: Mapping) -> Iterator[OutsideLink]:
    for entry in node.entries:
        if entry.key in _OURS:
            continue
        for value in entry.value.items if isinstance(entry.value, Items) else (entry.value,):
            if isinstance(value, Mapping):
                yield from _of_source(value) if entry.key == "sources" else _of_keys(value)
            else:
                yield from _of_value(value)


def _of_source(node: Mapping) -> Iterator[OutsideLink]:
    archived, url = _text(node.get("archived")), node.get("url")
    for link in _of_keys(node):
        if isinstance(url, Scalar) and link.place == url.place:
            yield OutsideLink(
                address=link.address, place=link.place, is_source=True, archived=archived, date=_day(node.get("date"))
            )
        else:
            yield link


def _of_value(node: Node) -> Iterator[OutsideLink]:
    address = _text(node)
    if address.startswith(("http://", "https://")) and kind_of(address) is Kind.WEB and len(address.split()) == 1:
        yield _link(address, node.place)


def _link(address: str, place: Place) -> OutsideLink:
    return OutsideLink(address=urldefrag(address).url, place=place)


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _day(node: Node | None) -> datetime.date | None:
    try:
        return day(_text(node))
    except FaultError:
        return None
