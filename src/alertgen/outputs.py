"""What is made: every output of a build.

An output is a frozen value that holds everything its making needs, so its fingerprint decides whether it must be made
again.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from alertgen.diagnostics import Place
from alertgen.filed import Filed
from alertgen.model import Link, Prose
from alertgen.records import dataclass
from alertgen.views import Chrome, CorrectionView, Head, Picture, RepublicationView, SourceView, View

WIDEST = 1600
"""Pixels: no picture is published wider than this."""

# --- pages, and what they are made of -----------------------------------------------------------------------------


Made = TypeVar("Made", covariant=True)


class Promised(Protocol[Made]):
    """A frozen value from which something can be made, by a pure function, as soon as it is needed.

    It is fingerprinted in the place of what it makes. So nothing has to be made to find out that it is the same.
    """

    def made(self) -> Made:
        """Make it."""
        ...


class PageContents(Promised["Contents"], Protocol):
    """What the contents of a page are made of."""

    @property
    def texts(self) -> tuple[Prose, ...]:
        """The texts of the alert that the page is about; none for other pages."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is on a page, as its template sees it."""

    head: Head
    view: View

    def made(self) -> "Contents":
        """Return itself."""
        return self

    @property
    def texts(self) -> tuple[Prose, ...]:
        """None: a page of an alert has `AlertContents`."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An HTML page."""

    address: str
    """Site-relative, such as `/alerts/2021/x/` or `/404.html`."""
    template: str
    """Name of its template, such as `alert.html`."""
    chrome: Chrome
    contents: PageContents
    section: str = ""
    """Address of the menu entry it belongs to."""
    links: tuple[str, ...] = ()
    """Where `alertgen:link/N` of its prose leads, by N."""
    pictures: tuple[Picture, ...] = ()
    """What `alertgen:image/N` of its prose is, by N."""
    lasting: bool = True
    """Whether its address is one that others cite."""
    leads_on: bool = False
    """Whether it stands at an old address, and leads to the new one."""

    @property
    def head(self) -> Head:
        """What it says of itself to machines."""
        return self.contents.made().head

    @property
    def view(self) -> View:
        """What it shows to readers."""
        return self.contents.made().view


# --- feeds --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a feed item: a term of a scheme."""

    term: str
    scheme: str
    """URI of the scheme."""
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPicture:
    """A picture as a feed shows it: one file, at an absolute address."""

    url: str
    media_type: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPart:
    """A stretch of a feed item: the lead of an alert, or a situation."""

    heading: str
    """Empty for the lead, and for a situation that is an item of its own."""
    note: str
    """Places or theme, level and movement in words, one line; empty when none is stated."""
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An alert, a situation or a correction in a feed. Addresses in it are absolute."""

    SHARED = True
    id: str
    """Permanent, an IRI: it never depends on title, text or address."""
    url: str
    title: str
    summary: str
    """Plain text."""
    authors: tuple[str, ...]
    published: str
    """RFC 3339 with zone."""
    updated: str
    """RFC 3339 with zone; moves with a correction."""
    lang: str
    dir: str
    categories: tuple[Category, ...]
    corrections: tuple[CorrectionView, ...]
    republished: RepublicationView | None
    picture: FeedPicture | None
    """None also when the picture is sensitive."""
    parts: tuple[FeedPart, ...]
    links: tuple[str, ...]
    """Where `alertgen:link/N` of its prose leads, by N; empty for a link that leads nowhere."""
    pictures: tuple[FeedPicture | None, ...]
    """What `alertgen:image/N` of its prose is, by N; None for a sensitive picture, which no feed shows."""
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of items that readers subscribe to, whatever its format."""

    SHARED = True
    id: str
    """An IRI, for Atom."""
    title: str
    description: str
    lang: str
    home: str
    """Absolute address of the page that the feed belongs to."""
    author: str
    rights: str
    updated: str
    """RFC 3339 with zone: the newest `updated` of the items; a fixed moment (`moments.NEVER`) without items."""
    icon: str
    """Absolute address of a square PNG of 144 pixels at most; empty for none."""
    hub: str
    """Absolute address of the WebSub hub that pushes the feed; empty for none."""
    items: tuple[FeedItem, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFile:
    """A feed in one format."""

    address: str
    format: str
    """`rss`, `atom` or `json`."""
    url: str
    """Its own absolute address."""
    feed: Feed


# --- files for machines -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file for machines: sitemap, robots, open data, redirects."""

    address: str
    kind: str
    """Names its writer in `render.documents`, such as `sitemap`."""
    rows: tuple[tuple[str, ...], ...]
    """Its content, as the writer of its kind wants it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What reference managers are told of an alert, whatever the format."""

    SHARED = True
    key: str
    """Names it among all that somebody cites: ASCII, without spaces."""
    authors: tuple[str, ...]
    title: str
    series: str
    publisher: str
    number: str
    day: str
    """`2021-01-27`."""
    lang: str
    summary: str
    keywords: tuple[str, ...]
    url: str
    """Absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """How to cite an alert, as a file for reference managers in one format."""

    address: str
    format: str
    """`bibtex`, `ris` or `csl`."""
    cited: Cited


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object."""

    SHARED = True
    names: tuple[str, ...]
    """Of its members, in the order in which they are written. Records with the same names hold the same tuple."""
    values: "tuple[Json, ...]"
    """Of its members, in the same order."""

    def __init__(self, members: "Iterable[tuple[str, Json]]") -> None:
        """Take pairs of name and value."""
        names, values = zip(*members, strict=True) if members else ((), ())
        object.__setattr__(self, "names", _NAMES.setdefault(names, names))
        object.__setattr__(self, "values", values)

    @classmethod
    def of(cls, names: tuple[str, ...], values: "tuple[Json, ...]") -> "Record":
        """Return the object whose members have *names*, which is one tuple for all such records, and *values*."""
        made = object.__new__(cls)
        object.__setattr__(made, "names", names)
        object.__setattr__(made, "values", values)
        return made

    @property
    def members(self) -> "tuple[tuple[str, Json], ...]":
        """Pairs of name and value, in the order in which they are written."""
        return tuple(zip(self.names, self.values, strict=True))


_NAMES: dict[tuple[str, ...], tuple[str, ...]] = {}
"""Every tuple of names, by itself: records with the same names then hold one tuple."""


Json = str | Filed | int | float | None | tuple["Json", ...] | Record | Promised[Record]
"""A JSON value; an array is a tuple."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFile:
    """A JSON document for machines."""

    address: str
    content: Json


# --- pictures, and files as they are ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A picture made anew from the pixels of an original, free of all data but the pixels."""

    address: str
    """Names the content, so it may be cached for ever."""
    source: str
    """Site-relative path of the original."""
    source_digest: str
    format: str
    """`avif`, `webp`, `jpeg` or `png`."""
    width: int
    height: int
    credit: str = ""
    """Written into the file, because the site asks for it; empty for pixels alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A social card: title, date and countries as a 1200 x 630 image, made of text only."""

    address: str
    kicker: str
    title: str
    day: str
    places: str
    site: str
    dir: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A static file of the theme."""

    address: str
    digest: str
    content: bytes


# --- what partners are sent ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefWebPost:
    """An alert in the format in which ReliefWeb takes posts from partners."""

    address: str
    title: str
    """As in every line of a post, all spaces are plain ones and no character is invisible."""
    sources: tuple[int, ...]
    format: int
    countries: tuple[tuple[str, int], ...]
    """Pairs of ISO 3166-1 alpha-2 code and ReliefWeb's number; 0 where site.yaml gives none. The first is primary."""
    language: int
    item: FeedItem
    """Its text; without pictures."""
    picture: Rendition | None
    """At least 700 pixels wide; None also when it is sensitive."""
    picture_url: str
    """Absolute; empty without a picture."""
    alt: str
    credit: str
    place: Place
    """The file of the alert."""


# --- the search index ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """What the search knows of one page. It is made from values, never from rendered pages."""

    SHARED = True
    address: str
    lang: str
    title: str
    issue: str
    """Series and number, by which it is found as well; empty for what has no number."""
    parts: tuple[tuple[str, str, str | Filed], ...]
    """Triples of anchor (empty for the top), heading (empty for none) and plain text."""
    filters: tuple[tuple[str, str], ...]
    """Pairs of filter (`country`, `tag`, `level`, `year`) and value, in the words of the language."""
    meta: tuple[tuple[str, str], ...]
    """Pairs shown with a result: `date`, `kicker`, `places`. Never a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """The folder of files that the search pages read."""

    address: str
    """Address of the folder."""
    records: tuple[SearchRecord, ...]


# --- all of them --------------------------------------------------------------------------------------------------


Output = Page | FeedFile | Document | Citation | JsonFile | ReliefWebPost | Rendition | Card | Copy | SearchIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that will exist."""

    outputs: tuple[Output, ...]
    """In order of address; no address twice (a collision is a problem of the check)."""
    unresolved: tuple[tuple[Link, str], ...] = ()
    """Links inside the site that lead nowhere, in order of alerts and pages; the reason is half a sentence."""
