"""What a content file is and what it says, and under which key that is remembered.

A document depends on nothing but the file's path, its bytes and a little of site.yaml, so it is remembered between
builds. It is read in `reading.py`; what needs the rest of the site (terms, pictures, other files) is done in
`texts/alerts.py` and `texts/pages.py`.
"""

import datetime
from enum import StrEnum

from alertgen.diagnostics import Diagnostic, Place
from alertgen.filed import File, FiledBytes
from alertgen.fingerprint import digest_bytes
from alertgen.load.disk.files import State, Unread
from alertgen.load.disk.names import FileName
from alertgen.load.figures import Figures
from alertgen.load.keys.header import AlertHeader, PageHeader
from alertgen.load.keys.kept import Typed
from alertgen.load.markdown.body import Body
from alertgen.load.remembered.apart import freeze_apart, thaw_apart
from alertgen.load.remembered.memory import key_of
from alertgen.load.yaml.nodes import Scalar
from alertgen.model import Alert, Config, Prose, Situation, StandingPage
from alertgen.records import dataclass, replace
from alertgen.store import Store


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
    series: tuple[str, ...] = ()
    """Names of the series in these languages; none where they are not known."""
    own: tuple[str, ...] = ()
    """Addresses under which the site stands: links that begin with them are links inside."""

    def series_in(self, lang: str) -> str:
        """Return the name of the series in *lang*; nothing where it is not known."""
        return dict(zip(self.languages, self.series, strict=False)).get(lang, "")


def customs_of(config: Config | None) -> Customs:
    """Return how the files of a site with *config* are read; None stands for a site.yaml that cannot be used."""
    if config is None:
        return Customs()
    cleared = tuple(filter(None, (config.email, *config.cleared)))
    series = tuple(map(config.series.said_in, config.languages))
    return Customs(languages=config.languages, cleared=cleared, series=series, own=(config.base_url,))


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
    figures: Figures
    """Those in its keys and its text, where there may be translations of it."""

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
    of_keys: tuple[Diagnostic, ...]
    """What is wrong with what stands above the text, whatever the text is."""
    problems: tuple[Diagnostic, ...]
    """All that is wrong, `of_keys` among it."""

    @property
    def texts(self) -> tuple[Prose, ...]:
        """Its texts in their order."""
        return (self.body.lead, *(section.prose for section in self.body.sections)) if self.body else ()

    @property
    def label(self) -> Label:
        """What others are told of it."""
        return Label(
            path=self.path, kind=self.kind, name=self.name, lang=self.lang, slug=self.slug, kept=self.kept,
            draft=self.draft, embargo=self.embargo, figures=self.figures,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A content file, and what was made of it."""

    document: Label
    result: Alert | StandingPage

    @property
    def alert(self) -> Alert:
        """The alert that was made of it; only those ask who know that it is one."""
        assert isinstance(self.result, Alert)
        return self.result

    def stated(self, situation: Situation, key: str) -> Place:
        """Return where *key* of *situation*, one of the alert, is stated; its heading where that stands for it."""
        return self.document.at(key) if situation.whole else situation.place


def key_of_file(file: SourceFile, customs: Customs) -> str:
    """Return the key under which is remembered what *file* says."""
    return key_of("document", file.kind, file.path, file.digest, spelling_of(customs))


def spelling_of(customs: Customs) -> str:
    """Return *customs* as a part of keys."""
    return repr((customs.languages, customs.cleared, customs.series, customs.own))


def remembered_document(key: str, store: Store) -> Document | None:
    """Return the document that is remembered under *key*."""
    content = store.get(key)
    return thaw_apart(content, Document, None) if content else None


def frozen_document(document: Document) -> bytes:
    """Return *document* as bytes, in the one form in which it travels and is remembered."""
    return freeze_apart(document, document.texts)


def remember_document(key: str, content: bytes, store: Store, file: File | None = None) -> Document:
    """Remember the *content* of a document, and return it with its texts in *file*.

    Hardly anybody looks at them until pages and feeds are made.
    """
    store.put(key, content)
    document = thaw_apart(content, Document, file)
    assert document is not None, key
    store.keep_alive(key, document)
    return document
