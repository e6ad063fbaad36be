"""One content file by itself: its text taken apart, its keys read, its body converted.

A document depends on nothing but the file's path, its bytes and a little of site.yaml, so it is remembered between
builds. What needs the rest of the site (terms, pictures, other files) is done in `alerts.py` and `pages.py`.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Maps
from dataclasses import replace
from enum import StrEnum
from functools import partial

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.filed import File, FiledBytes
from alertgen.fingerprint import digest_bytes, digest_text
from alertgen.load.apart import freeze_apart, thaw_apart
from alertgen.load.contents import State
from alertgen.load.decoding import decode
from alertgen.load.files import Unread
from alertgen.load.keys.fences import find_fences
from alertgen.load.keys.header import AlertHeader, PageHeader
from alertgen.load.keys.kept import Typed, typed_under
from alertgen.load.markdown.body import Body
from alertgen.load.memory import key_of, recalled
from alertgen.load.names import FileName, read_name
from alertgen.load.yaml.nodes import Mapping, Scalar, scalars
from alertgen.model import Config, Prose
from alertgen.records import dataclass
from alertgen.screens import make_ready
from alertgen.store import Store
from alertgen.text import slugify
from alertgen.workers import map_ordered, meanwhile, somebody_stands_by

_WORTHWHILE = 16
"""So many files to read are shared among processes; fewer are done before the processes have begun."""
_CHUNK = 8
"""Files that travel at once; more of many, since a process that waits for the next ones does nothing."""
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
    own: tuple[str, ...] = ()
    """Addresses under which the site stands: links that begin with them are links inside."""


def customs_of(config: Config | None) -> Customs:
    """Return how the files of a site with *config* are read; None stands for a site.yaml that cannot be used."""
    if config is None:
        return Customs()
    cleared = tuple(filter(None, (config.email, *config.cleared)))
    return Customs(languages=config.languages, cleared=cleared, own=(config.base_url,))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A content file as it lies in the folder."""

    path: str
    kind: Kind
    raw: bytes | FiledBytes | Unread
    """Its content, wherever it is."""
    digest: str
    """Of the content."""
    state: State | None = None
    """In which the file holds it; None where that is not for sure."""

    @property
    def content(self) -> bytes:
        """What is in it."""
        return bytes(self.raw)

    @property
    def now(self) -> "SourceFile":
        """The file as it is read now, if it has not been read."""
        if not isinstance(self.raw, Unread):
            return self
        content = self.content
        return replace(self, raw=content, digest=digest_bytes(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is known of a content file wherever it is compared with others."""

    path: str
    kind: Kind
    name: FileName
    lang: str
    slug: str
    """The editor's, else that of the file name."""
    kept: tuple[Typed, ...]
    """The keys that are looked up or pointed at later, as typed; none when there is no readable header."""
    draft: bool
    embargo: datetime.datetime | None
    """None when any key is wrong, too."""

    @property
    def place(self) -> Place:
        """The start of the front matter."""
        return Place(self.path, 1, 1, 3)

    def typed(self, key: str) -> tuple[Scalar, ...]:
        """Return what was typed under *key*: one value or a list of them."""
        for name, _, values in self.kept:
            if name == key:
                return tuple([Scalar(text, Place(self.path, *spot)) for text, spot in values])
        return ()

    def said(self, key: str) -> str:
        """Return what was typed under *key*, or the first of several values; nothing when there is none."""
        return next((values[0][0] for name, _, values in self.kept if name == key and values), "")

    def at(self, key: str) -> Place:
        """Return the place of the value of *key*, or of the front matter when there is none."""
        return next((Place(self.path, *spot) for name, spot, _ in self.kept if name == key), self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Label):
    """A content file, read."""

    broken: tuple[str, ...]
    """Keys that stand there but could not be read."""
    header: AlertHeader | PageHeader | None
    """None when any key is wrong."""
    body: Body | None
    """None when the text could not be told from the header."""
    head: str
    """Digest of everything above the text, fences included."""
    problems: tuple[Diagnostic, ...]

    @property
    def texts(self) -> tuple[Prose, ...]:
        """Its texts in their order."""
        return (self.body.lead, *(section.prose for section in self.body.sections)) if self.body else ()

    @property
    def label(self) -> Label:
        """What others are told of it."""
        return Label(
            path=self.path, kind=self.kind, name=self.name, lang=self.lang, slug=self.slug, kept=self.kept,
            draft=self.draft, embargo=self.embargo,
        )  # fmt: skip


def read_documents(
    files: Sequence[SourceFile],
    customs: Customs,
    store: Store,
    processes: int = 1,
    unremembered: Collection[str] = (),
) -> Iterator[Document]:
    """Read *files* with *processes* at once, or remember what was read from the same bytes before.

    Of the paths *unremembered* nothing is kept. While a document is looked at, other processes read the next ones.
    """
    keys = {file.path: key_of_file(file, customs) for file in files if file.path not in unremembered}
    return map(Documents(files, keys, customs, store, processes).of, files)


class Documents:
    """What files say: what is remembered, and what is read, which begins at once, in the order of the files."""

    def __init__(
        self, files: Iterable[SourceFile], keys: Maps[str, str], customs: Customs, store: Store, processes: int
    ) -> None:
        """Remember under *keys*, by path; of files without one nothing is kept."""
        self._customs, self._store = customs, store
        self.keys = dict(keys)
        """Keys of what is remembered."""
        self.remembered = store.known(keys.values())
        """Keys under which anything is remembered; the other files are read, whatever may be remembered meanwhile."""
        unknown = [file for file in files if keys.get(file.path) not in self.remembered]
        self._unknown = {file.path: self._now(file) for file in unknown}
        self._reading = _reading(tuple(self._unknown.values()), customs, processes)
        self._file = store.scratch()

    def of(self, file: SourceFile) -> Document:
        """Return what *file* says."""
        if file.path in self._unknown:
            return self._kept(file.path, next(self._reading))
        key = self.keys[file.path]
        thawed = partial(thaw_apart, file=self._file)
        known = recalled(self._store, [key], Document, thawed).get(key)
        return known or self._kept(file.path, _frozen(self._customs, self._now(file)))

    def _now(self, file: SourceFile) -> SourceFile:
        """Return *file* as it is now; if it has just changed, nothing is kept of it."""
        now = file.now
        if now.digest != file.digest:
            self.keys.pop(file.path, None)
        return now

    def _kept(self, path: str, content: bytes) -> Document:
        key = self.keys.get(path)
        return _remembered(key or "", content, self._store if key else Store(None), self._file)


def _reading(files: tuple[SourceFile, ...], customs: Customs, processes: int) -> Iterator[bytes]:
    """Return what gives *files* one after the other, read by several processes, or by one that stands by."""
    if len(files) >= _WORTHWHILE:
        chunk = max(_CHUNK, min(len(files) // 60, 4 * _CHUNK))
        return map_ordered(partial(_one_of_many, customs), files, processes=processes, chunk=chunk)
    if files and somebody_stands_by():
        return _arriving(meanwhile(partial(_all_frozen, customs), files))
    return map(partial(_frozen, customs), files)


def _arriving(waited_for: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    yield from waited_for()


def _all_frozen(customs: Customs, files: Iterable[SourceFile]) -> list[bytes]:
    return [_frozen(customs, file) for file in files]


def key_of_file(file: SourceFile, customs: Customs) -> str:
    """Return the key under which is remembered what *file* says."""
    return key_of("document", file.kind, file.path, file.digest, spelling_of(customs))


def spelling_of(customs: Customs) -> str:
    """Return *customs* as a part of keys."""
    return repr((customs.languages, customs.cleared, customs.own))


def remembered_document(key: str, store: Store) -> Document | None:
    """Return the document that is remembered under *key*."""
    content = store.get(key)
    return thaw_apart(content, Document, None) if content else None


def _frozen(customs: Customs, file: SourceFile) -> bytes:
    """Read *file* in whatever process; what it says travels and is remembered in one form."""
    return _apart(read_document(file, customs))


def _apart(document: Document) -> bytes:
    return freeze_apart(document, document.texts)


def _one_of_many(customs: Customs, file: SourceFile) -> bytes:
    make_ready()
    return _frozen(customs, file)


def _remembered(key: str, content: bytes, store: Store, file: File | None = None) -> Document:
    """Remember the *content* of a document, and return it with its texts in *file*.

    Hardly anybody looks at them until pages and feeds are made.
    """
    store.put(key, content)
    document = thaw_apart(content, Document, file)
    assert document is not None, key
    store.keep_alive(key, document)
    return document


def read_again(old: Document, file: SourceFile, customs: Customs, store: Store) -> Document | None:
    """Read *file*, which said *old* before, if its keys are the same to the letter."""
    key = key_of_file(file, customs)
    new = remembered_document(key, store)
    if new is None and (reworded := with_other_words(old, file, customs)):
        return _remembered(key, _apart(reworded), store)
    return new


def has_other_keys(old: Document, file: SourceFile) -> bool:
    """Tell whether *file*, which said *old* before, is not the same to the letter down to where the text begins."""
    lines = (decode(file.content, file.path)[0] or "").split("\n")
    fences = find_fences(lines)
    return fences is None or old.head != digest_text(fences.head(lines))


def with_other_words(old: Document, file: SourceFile, customs: Customs) -> Document | None:
    """Return what `read_document` returns for *file*, which said *old* before; None if that takes reading its keys."""
    text, problems = decode(file.content, file.path)
    lines = (text or "").split("\n")
    fences = find_fences(lines)
    if text is None or fences is None or problems or old.head != digest_text(fences.head(lines)):
        return None
    if any(problem.at.line < fences.body_line for problem in old.problems):
        return None  # what is said of keys is not known apart
    return _with_text(old, (), text, fences.body(lines), fences.body_line, customs)


def read_document(file: SourceFile, customs: Customs) -> Document:
    """Read *file* of a site that has *customs*."""
    # These bring pydantic and PyYAML along, which a build that changes nothing but words can do without.
    from alertgen.load.keys.consistency import agreement
    from alertgen.load.keys.frontmatter import FrontMatter, read_front_matter
    from alertgen.load.keys.reading import read_header
    from alertgen.load.keys.schema import AlertKeys, PageKeys
    from alertgen.load.lints.todo import todo_left_in_keys
    from alertgen.load.lints.values import surprises_in_values
    from alertgen.load.markdown.typography import typeset
    from alertgen.load.people.tracking import tracking_in_keys

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
    found = (
        *problems,
        *parts.problems,
        *faults,
        *agreement(node, header),
        *todo_left_in_keys(node),
        *tracking_in_keys(node),
        *surprises_in_values(node, lang),
    )
    above = Document(
        path=file.path,
        kind=file.kind,
        name=name,
        lang=lang,
        slug=_said(node, "slug") or name.slug,
        kept=typed_under(_KEPT, node),
        broken=node.broken,
        header=header.typeset(partial(typeset, lang=lang)) if header else None,
        body=None,
        draft=_said(node, "draft") == "true",
        embargo=header.embargo if header else None,
        head=parts.head,
        problems=(),
    )
    return _with_text(above, found, text or "", parts.body, parts.body_line, customs)


def _with_text(
    above: Document, found: tuple[Diagnostic, ...], text: str, body: str, body_line: int, customs: Customs
) -> Document:
    """Return the document with the keys of *above*, of which *found* is to be said, and the text *body*."""
    from alertgen.load.lints.todo import in_a_draft
    from alertgen.load.markdown.conversion import convert
    from alertgen.load.people.exposures import exposures
    from alertgen.load.people.passwords import passwords

    path, lang = above.path, above.lang
    converted = None
    if body_line:
        prefix = slugify(f"{above.name.stem} {above.name.lang}")
        converted = convert(
            body, path=path, first_line=body_line, prefix=prefix, lang=lang, own=customs.own, with_outside=False
        )
    found = (
        *found,
        *_empty_body(body, body_line, path),
        *exposures(text, path, customs.cleared),
        *passwords(text, path),
        *(converted.problems if converted else ()),
        *_late_dates(body, body_line, above),
    )
    return replace(
        above,
        body=converted,
        problems=in_a_draft(found) if above.draft else found,
    )


def _late_dates(body: str, body_line: int, above: Document) -> Iterable[Diagnostic]:
    if not isinstance(above.header, AlertHeader) or not body_line:
        return ()
    from alertgen.load.lints.late_dates import late_dates

    return late_dates(body, path=above.path, first_line=body_line, lang=above.lang, day=above.header.changed)


def _said(node: Mapping, key: str) -> str:
    return next((scalar.text for scalar in scalars(node.get(key))), "")


def _empty_body(body: str, body_line: int, path: str) -> tuple[Diagnostic, ...]:
    if not body_line or body.strip():
        return ()
    message = "there is no text below the keys"
    return (problem("empty-body", message, Place(path, body_line - 1), hint="write the text below this line"),)
