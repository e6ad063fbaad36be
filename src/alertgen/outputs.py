"""What is made: every output of a build, and the views that templates see.

An output is a frozen value that holds everything its making needs, so its fingerprint decides whether it must be made
again. Addresses in views are site-relative and begin with `/` (`/alerts/2021/x/`), or absolute for other hosts;
templates make them relative with `href()`. Dates and words in views are already in the language of their page.
"""

from dataclasses import dataclass

from alertgen.diagnostics import Place
from alertgen.model import Footnote, Link, Prose

WIDEST = 1600
"""Pixels: no picture is published wider than this."""

# --- small parts that several views share -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """A date for machines and for readers."""

    iso: str
    """`2021-01-27`."""
    shown: str
    """`27 January 2021`, in the language of the page."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name that leads somewhere: a country, a risk tag, a year, a page of the menu."""

    name: str
    url: str
    count: int = 0
    """How many alerts or situations stand behind it; 0 where that is not shown."""
    here: bool = False
    """It is the page being read, or the section that the page belongs to."""


@dataclass(frozen=True, slots=True)
class LevelMark:
    """A level, told by word and by shape."""

    slug: str
    name: str
    rank: int
    """1 is the most severe."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class TrendMark:
    """Movement, told by word and by arrow."""

    slug: str
    word: str


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One published size of a picture."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """All sizes of a picture in one format, smallest first."""

    media_type: str
    files: tuple[PictureFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a page shows it."""

    formats: tuple[PictureFormat, ...]
    """Best first; the last one is the fallback that every browser reads."""
    fallback: PictureFile
    """The largest file of the last format."""
    alt: str
    caption: str
    credit: str
    sensitive: str
    """What it shows, when it stays behind a warning."""


@dataclass(frozen=True, slots=True)
class MapMark:
    """A country that a map points out."""

    code: str
    """ISO 3166-1 alpha-2."""
    label: str
    """What a reader hears: `Sudan: Current crisis, last alert 15 October 2025`."""
    url: str
    level: str = ""
    """Slug of the current level; empty when none is stated."""
    rank: int = 0
    """Rank of that level, 1 the most severe; 0 when none is stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map to be drawn: the world with marks, or the surroundings of some countries."""

    kind: str
    """`world` or `locator`."""
    title: str
    description: str
    marks: tuple[MapMark, ...]
    """In a locator map, the countries it is about."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that belongs to a page."""

    title: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same page in another language."""

    lang: str
    name: str
    """Name of the language in that language; empty for `x-default`, which no menu shows."""
    url: str
    absolute: str = ""
    """The address with its host, as `hreflang` needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """An alert in a list. It never holds the body: editing a body must not touch the lists."""

    url: str
    kicker: str
    """`Atrocity Alert No. 237`; the series alone when the alert has no number."""
    title: str
    day: Day
    summary: str
    places: tuple[Term, ...]
    themes: tuple[str, ...]
    lang: str
    dir: str
    corrected: bool
    levels: tuple[LevelMark, ...] = ()
    """The levels that its situations state, most severe first."""
    risk_tags: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRow:
    """A situation in a list."""

    url: str
    """Address of its alert with its anchor."""
    headline: str
    day: Day
    alert_title: str
    kicker: str
    places: tuple[Term, ...]
    theme: str
    level: LevelMark | None
    trend: TrendMark | None
    risk_tags: tuple[Term, ...]
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one stands in a list of several pages."""

    number: int
    """1-based."""
    total: int
    newer: str
    """Address of the page with newer entries; empty on the first page."""
    older: str
    """Address of the page with older entries; empty on the last page."""


@dataclass(frozen=True, slots=True)
class Week:
    """One cell of a week strip."""

    label: str
    """What a reader hears: `Week of 25 January 2021: 1 alert`."""
    url: str
    """The alert of that week; empty when there is none."""
    level: str = ""
    """Slug of the level stated that week; empty when none is."""
    rank: int = 0
    """Rank of that level; 0 when none is stated."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A year as a row of 53 weeks at most, first week first (ISO weeks)."""

    year: int
    weeks: tuple[Week, ...]


# --- the view of each page type -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationView:
    """A situation on its alert's page."""

    anchor: str
    headline: str
    places: tuple[Term, ...]
    theme: str
    level: LevelMark | None
    trend: TrendMark | None
    risk_tags: tuple[Term, ...]
    prose: Prose
    whole: bool
    """Its headline is the alert's title and is not shown again."""
    map: Map | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction note."""

    day: Day
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """An entry of the list of sources."""

    title: str
    url: str
    publisher: str
    day: Day | None
    archived: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepublicationView:
    """Where the text first appeared."""

    publisher: str
    url: str
    day: Day
    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationView:
    """How to cite an alert."""

    text: str
    files: tuple[Term, ...]
    """BibTeX, RIS and CSL-JSON files beside the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """The page of an alert."""

    kicker: str
    title: str
    day: Day
    updated: Day | None
    authors: tuple[str, ...]
    summary: str
    places: tuple[Term, ...]
    risk_tags: tuple[Term, ...]
    picture: Picture | None
    corrections: tuple[CorrectionView, ...]
    republished: RepublicationView | None
    lead: Prose
    situations: tuple[SituationView, ...]
    notes: tuple[Footnote, ...]
    """Footnotes of the whole alert, by number."""
    sources: tuple[SourceView, ...]
    citation: CitationView
    share_mail: str
    """A `mailto:` address with title and permanent address filled in."""
    permanent_url: str
    newer: Teaser | None
    older: Teaser | None
    earlier: tuple[Teaser, ...]
    """The alerts before this one, newest first: what a reader needs for context. They never change by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentRow:
    """A country in the table of current situations."""

    place: Term
    level: LevelMark | None
    trend: TrendMark | None
    day: Day
    headline: str
    url: str
    """The latest situation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page of a language."""

    latest: Teaser | None
    latest_picture: Picture | None
    latest_situations: tuple[SituationRow, ...]
    world: Map
    current: tuple[CurrentRow, ...]
    recent: tuple[Teaser, ...]
    levels: tuple[LevelMark, ...]
    """The legend of the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """A page of the archive, or a year."""

    title: str
    year: int
    """0 for the whole archive."""
    years: tuple[Term, ...]
    strips: tuple[Strip, ...]
    places: tuple[Term, ...]
    levels: tuple[LevelMark, ...]
    risk_tags: tuple[Term, ...]
    teasers: tuple[Teaser, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """A country in the list of countries."""

    place: Term
    level: LevelMark | None
    trend: TrendMark | None
    day: Day


@dataclass(frozen=True, slots=True)
class Region:
    """A UN region with its countries in the bulletin."""

    name: str
    countries: tuple[CountryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountriesView:
    """The list of countries."""

    world: Map
    regions: tuple[Region, ...]
    levels: tuple[LevelMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSpan:
    """A level and the day from which it was stated."""

    level: LevelMark
    since: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """The page of a country."""

    name: str
    region: str
    map: Map
    level: LevelMark | None
    level_since: Day | None
    levels: tuple[LevelSpan, ...]
    """History, newest first."""
    strips: tuple[Strip, ...]
    situations: tuple[SituationRow, ...]
    risk_tags: tuple[Term, ...]
    """With the number of situations each."""
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk tag in the list of tags."""

    term: Term
    """Without an address when no situation carries the tag."""
    number: int
    definition: str
    definition_lang: str = ""
    """Language of the definition when it is not that of the page."""


@dataclass(frozen=True, slots=True)
class RiskGroup:
    """The tags of one vocabulary."""

    scheme: str
    name: str
    rows: tuple[RiskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksView:
    """The list of risk tags."""

    groups: tuple[RiskGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskView:
    """The page of a risk tag."""

    name: str
    scheme: str
    scheme_name: str
    number: int
    definition: str
    definition_lang: str = ""
    """Language of the definition when it is not that of the page."""
    source: SourceView | None
    places: tuple[Term, ...]
    situations: tuple[SituationRow, ...]
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds under one heading of the subscribe page."""

    name: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeView:
    """The page that says what a feed is and lists them all. Addresses of feeds are absolute: they are to be copied."""

    groups: tuple[FeedGroup, ...]
    opml: str
    email: str


@dataclass(frozen=True, slots=True)
class CorrectedAlert:
    """A correction in the list of corrections."""

    correction: CorrectionView
    alert: Teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView:
    """Every correction ever made, newest first."""

    rows: tuple[CorrectedAlert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page."""

    years: tuple[Term, ...]
    places: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """The page for an address that is not there. It is served at any depth, so its links are absolute."""

    recent: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """A standing page."""

    title: str
    summary: str
    updated: Day | None
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    """A page at an old address that leads to the new one."""

    target: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn:
    """A column of the open data, as the codebook explains it."""

    name: str
    """`situations[].headline` for a member of a list inside."""
    kind: str
    """Key of the text that names its type, such as `data_kind_date`."""
    hashtag: str
    """HXL hashtag with attributes; empty where the column is in the JSON file only."""
    meaning: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """The columns of one file."""

    id: str
    """Element id."""
    file: Term
    columns: tuple[DataColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """The page that explains the open data: its files, and every column of them."""

    files: tuple[Term, ...]
    """Every file, with its number of records."""
    tables: tuple[DataTable, ...]
    lang: str
    """Language of the meanings when it is not that of the page; empty otherwise."""


View = (
    AlertView | HomeView | ArchiveView | CountriesView | CountryView | RisksView | RiskView
    | SubscribeView | CorrectionsView | DataView | SearchView | NotFoundView | StandingView | RedirectView
)  # fmt: skip


# --- the page around a view ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What stands around every page of a language: the same value for all of them."""

    lang: str
    dir: str
    """`ltr` or `rtl`."""
    title: str
    description: str
    notice: str
    publisher: str
    publisher_url: str
    home: str
    root: str
    """Path of the site on its host, such as `/` or `/alerts-site/`: for the page that is served at any depth."""
    menu: tuple[Term, ...]
    footer: tuple[Term, ...]
    follow: tuple[Term, ...]
    feeds: tuple[FeedLink, ...]
    rights: str
    licence: Term | None
    search: str
    """Address of the search page; empty when search is off."""
    assets: tuple[tuple[str, str], ...]
    """Pairs of a file's name below `static/` and its published address, which names its content."""
    foreign: tuple[tuple[str, str], ...] = ()
    """Pairs of a field above (`title`, `description`, `notice`, `rights`) and its language, if that is not `lang`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says of itself to machines."""

    title: str
    """Without the name of the site."""
    description: str
    canonical: str
    """Absolute address; empty for a page that has none (404)."""
    translations: tuple[Translation, ...] = ()
    """With the page itself, when there are any."""
    feeds: tuple[FeedLink, ...] = ()
    """Feeds of the page, before those of the whole bulletin."""
    kind: str = "website"
    """Open Graph type: `website` or `article`."""
    card: str = ""
    """Absolute address of the social card image."""
    meta: tuple[tuple[str, str], ...] = ()
    """Further `<meta name content>` pairs, such as Highwire citation tags."""
    json_ld: str = ""
    """A JSON-LD document, already serialised and safe inside `<script>`."""
    robots: str = ""
    """`noindex` where a page is not to be found by search engines."""
    policy: str = ""
    """Content-Security-Policy of the page, for `<meta http-equiv>`: it holds on every host and from `file://`."""
    published: str = ""
    """ISO date of an article (`article:published_time`)."""
    modified: str = ""
    """ISO date of its last change (`article:modified_time`)."""


# --- outputs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An HTML page."""

    address: str
    """Site-relative, such as `/alerts/2021/x/` or `/404.html`."""
    template: str
    """Name of its template, such as `alert.html`."""
    chrome: Chrome
    head: Head
    view: View
    section: str = ""
    """Address of the menu entry it belongs to."""
    links: tuple[str, ...] = ()
    """Where `alertgen:link/N` of its prose leads, by N."""
    pictures: tuple[Picture, ...] = ()
    """What `alertgen:image/N` of its prose is, by N."""
    searchable: bool = False
    """Whether the search index takes it up."""


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
    """Level and movement in words, one line; empty when none is stated."""
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An alert, a situation or a correction in a feed. Addresses in it are absolute."""

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
    """RFC 3339 with zone: the newest `updated` of the items, or of nothing the epoch."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file for machines: sitemap, robots, open data, redirects, citations."""

    address: str
    kind: str
    """Names its writer in `render.documents`, such as `sitemap`."""
    rows: tuple[tuple[str, ...], ...]
    """Its content, as the writer of its kind wants it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object."""

    members: "tuple[tuple[str, Json], ...]"
    """In the order in which they are written."""


Json = str | int | float | None | tuple["Json", ...] | Record
"""A JSON value; an array is a tuple."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFile:
    """A JSON document for machines."""

    address: str
    content: Json


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
class ReliefWebPost:
    """An alert in the format in which ReliefWeb takes posts from partners."""

    address: str
    title: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """What the search knows of one page. It is made from values, never from rendered pages."""

    address: str
    lang: str
    title: str
    parts: tuple[tuple[str, str, str], ...]
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


Output = Page | FeedFile | Document | JsonFile | ReliefWebPost | Rendition | Card | Copy | SearchIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that will exist."""

    outputs: tuple[Output, ...]
    """In order of address; no address twice (a collision is a problem of the check)."""
    unresolved: tuple[tuple[Link, str], ...] = ()
    """Links inside the site that lead nowhere, in order of alerts and pages; the reason is half a sentence."""
