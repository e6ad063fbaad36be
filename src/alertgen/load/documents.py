"""One content file by itself: its text taken apart, its keys read, its body converted.

A document depends on nothing but the file's path, its bytes and a little of site.yaml, so it is remembered between
builds. What needs the rest of the site (terms, pictures, other files) is done in `alerts.py` and `pages.py`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes
from alertgen.load.body import Body
from alertgen.load.decoding import decode
from alertgen.load.header import AlertHeader, PageHeader
from alertgen.load.memory import freeze, key_of, thaw
from alertgen.load.names import FileName, read_name
from alertgen.load.nodes import Mapping, Scalar, scalars
from alertgen.model import Config
from alertgen.store import Store
from alertgen.text import slugify
from alertgen.workers import map_ordered

if TYPE_CHECKING:
    from alertgen.load.frontmatter import FrontMatter


_WORTHWHILE = 16
"""So many files to read are shared among processes; fewer are done before the processes have begun."""
_KEPT = frozenset(("country", "date", "id", "image", "lang", "level", "number", "risk_tags", "slug", "trend"))
"""Keys that alerts and pages are made from, or that their problems point at."""


class Kind(StrEnum):
    """What a content file is."""

    ALERT = "alert"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """What of site.yaml decides how a content file is read."""

    languages: tuple[str, ...] = ("en",)
    """Of the site; the first is that of files that name none."""
    cleared: tuple[str, ...] = ()
    """What may stand in texts although it looks private."""


def customs_of(config: Config | None) -> Customs:
    """Return how the files of a site with *config* are read; None stands for a site.yaml that cannot be used."""
    if config is None:
        return Customs()
    return Customs(languages=config.languages, cleared=tuple(filter(None, (config.email, *config.cleared))))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A content file as it lies in the folder."""

    path: str
    kind: Kind
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A content file, read."""

    path: str
    kind: Kind
    name: FileName
    lang: str
    slug: str
    """The editor's, else that of the file name."""
    node: Mapping
    """The keys that are looked up or pointed at later, as typed; none when there is no readable header."""
    header: AlertHeader | PageHeader | None
    """None when any key is wrong."""
    body: Body | None
    """None when the text could not be told from the header."""
    draft: bool
    problems: tuple[Diagnostic, ...]

    @property
    def place(self) -> Place:
        """The start of the front matter."""
        return Place(self.path, 1, 1, 3)

    def typed(self, key: str) -> tuple[Scalar, ...]:
        """Return what was typed under *key*: one value or a list of them."""
        return scalars(self.node.get(key))

    def at(self, key: str) -> Place:
        """Return the place of the value of *key*, or of the front matter when there is none."""
        value = self.node.get(key)
        return value.place if value else self.place


def read_documents(
    files: Iterable[SourceFile],
    customs: Customs,
    store: Store,
    processes: int = 1,
    unremembered: Collection[str] = (),
) -> tuple[Document, ...]:
    """Read *files* with *processes* at once, or remember what was read from the same bytes before.

    Of the paths *unremembered* nothing is kept.
    """
    keys = {key_of_file(file, customs): file for file in files}
    kept = [key for key, file in keys.items() if file.path not in unremembered]
    known = {key: thaw(content, Document) for key, content in store.get_many(kept).items()}
    unknown = [file for key, file in keys.items() if known.get(key) is None]
    shared = processes if len(unknown) >= _WORTHWHILE else 1
    read = map_ordered(partial(_frozen, customs), unknown, processes=shared)
    nowhere = Store(None)
    places = {key: nowhere if file.path in unremembered else store for key, file in keys.items()}
    return tuple(known.get(key) or _remembered(key, next(read), place) for key, place in places.items())


def key_of_file(file: SourceFile, customs: Customs) -> str:
    """Return the key under which is remembered what *file* says."""
    spelled = repr((customs.languages, customs.cleared))
    return key_of("document", file.kind, file.path, digest_bytes(file.content), spelled)


def remembered_document(key: str, store: Store) -> Document | None:
    """Return the document that is remembered under *key*."""
    content = store.get(key)
    return thaw(content, Document) if content else None


def _frozen(customs: Customs, file: SourceFile) -> bytes:
    """Read *file* in whatever process; what it says travels and is remembered in one form."""
    return freeze(read_document(file, customs))


def _remembered(key: str, content: bytes, store: Store) -> Document:
    store.put(key, content)
    document = thaw(content, Document)
    assert document is not None, key
    return document


def read_document(file: SourceFile, customs: Customs) -> Document:
    """Read *file* of a site that has *customs*."""
    # These bring pydantic, PyYAML and Markdown along, which a build that changes nothing can do without.
    from alertgen.load.consistency import agreement
    from alertgen.load.exposures import exposures
    from alertgen.load.frontmatter import FrontMatter, read_front_matter
    from alertgen.load.key_reading import read_header
    from alertgen.load.lints_todo import in_a_draft, todo_left_in_keys
    from alertgen.load.markdown import convert
    from alertgen.load.schema import AlertKeys, PageKeys
    from alertgen.load.tracking import tracking_in_keys
    from alertgen.load.typography import typeset

    text, problems = decode(file.content, file.path)
    name = read_name(file.path, customs.languages)
    parts = FrontMatter(header=None, body="", body_line=0, problems=())
    if text is not None:
        parts = read_front_matter(text, file.path)
    node = parts.header or Mapping((), Place(file.path, 1))
    header: AlertHeader | PageHeader | None = None
    faults: tuple[Diagnostic, ...] = ()
    if parts.header is not None:
        header, faults = read_header(AlertKeys if file.kind is Kind.ALERT else PageKeys, node)
    lang = _said(node, "lang") or name.lang or customs.languages[0]
    prefix = slugify(f"{name.stem} {name.lang}")
    body = None
    if parts.body_line:
        body = convert(parts.body, path=file.path, first_line=parts.body_line, prefix=prefix, lang=lang)
    draft = _said(node, "draft") == "true"
    found = (
        *problems,
        *parts.problems,
        *faults,
        *agreement(node, header),
        *todo_left_in_keys(node),
        *tracking_in_keys(node),
        *_empty_body(parts, file.path),
        *exposures(text or "", file.path, customs.cleared),
        *(body.problems if body else ()),
        *_late_dates(parts, header, file.path, lang),
    )
    return Document(
        path=file.path,
        kind=file.kind,
        name=name,
        lang=lang,
        slug=_said(node, "slug") or name.slug,
        node=replace(node, entries=tuple(entry for entry in node.entries if entry.key in _KEPT)),
        header=header.typeset(partial(typeset, lang=lang)) if header else None,
        body=replace(body, outside=()) if body else None,
        draft=draft,
        problems=in_a_draft(found) if draft else found,
    )


def _late_dates(
    parts: "FrontMatter", header: AlertHeader | PageHeader | None, path: str, lang: str
) -> Iterable[Diagnostic]:
    if not isinstance(header, AlertHeader) or not parts.body_line:
        return ()
    from alertgen.load.late_dates import late_dates  # brings Babel along

    return late_dates(parts.body, path=path, first_line=parts.body_line, lang=lang, day=header.changed)


def _said(node: Mapping, key: str) -> str:
    return next((scalar.text for scalar in scalars(node.get(key))), "")


def _empty_body(parts: "FrontMatter", path: str) -> tuple[Diagnostic, ...]:
    if not parts.body_line or parts.body.strip():
        return ()
    message = "there is no text below the keys"
    return (problem("empty-body", message, Place(path, parts.body_line - 1), hint="write the text below this line"),)
