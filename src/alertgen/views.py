"""What templates see: the view of each page type, the parts that views share, and what stands around every page.

Addresses in views are site-relative and begin with `/` (`/alerts/2021/x/`), or absolute for other hosts; templates make
them relative with `href()`. Dates and words are already in the language of their page.
"""

from alertgen.model import Footnote, Prose
from alertgen.records import dataclass

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

    SHARED = True
    name: str
    url: str
    count: int = 0
    """How many alerts or situations stand behind it; 0 where that is not shown."""
    here: bool = False
    """It is the page being read, or the section that the page belongs to."""


@dataclass(frozen=True, slots=True)
class LevelMark:
    """A level as a page shows it, by its name and by a shape."""

    SHARED = True
    slug: str
    name: str
    rank: int
    """1 is the most severe."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class TrendMark:
    """Movement since the previous alert as a page shows it, by a word and by an arrow."""

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

    SHARED = True
    kind: str
    """`world` or `locator`."""
    title: str
    description: str
    """Empty where the title says all."""
    marks: tuple[MapMark, ...]
    """In a locator map, the countries it is about."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that belongs to a page."""

    title: str
    url: str
    media_type: str
    lang: str = ""
    """Language of its title, where that is not the language of the page."""


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

    SHARED = True
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

    SHARED = True
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
    month: str = ""
    """Short name of the month that begins in that week, `Jan`; empty when none does."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A year as a row of 53 weeks at most, first week first (ISO weeks)."""

    SHARED = True
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
    """The editor's; empty where the beginning of the text would stand in for it."""
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
    """A few alerts before this one for context, newest first. Later alerts do not change which these are."""


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
    """Only where recent alerts are about the country, as on the map."""
    trend: TrendMark | None
    day: Day
    """The last alert."""


@dataclass(frozen=True, slots=True)
class Region:
    """A UN region with its countries in the bulletin."""

    name: str
    countries: tuple[CountryRow, ...]


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The countries at a level."""

    level: LevelMark
    countries: tuple[Term, ...]
    """Those of which recent alerts state it."""
    earlier: tuple[tuple[Term, Day], ...]
    """Those for which it is the latest level stated, but not of late; and when it was stated last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountriesView:
    """The list of countries."""

    world: Map
    regions: tuple[Region, ...]
    levels: tuple[LevelMark, ...]
    by_level: tuple[LevelGroup, ...]
    """The most severe level first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSpan:
    """A level that one alert after another stated."""

    level: LevelMark
    since: Day
    """The first of these alerts."""
    last: Day
    """The last of them."""
    url: str
    """What the first of them said."""


@dataclass(frozen=True, slots=True)
class TagYears:
    """A risk tag of a country, year by year."""

    term: Term
    """With the number of situations."""
    counts: tuple[int, ...]
    """The number of situations in each of the page's `years`."""


@dataclass(frozen=True, slots=True)
class CorrectedAlert:
    """A correction in a list of corrections."""

    correction: CorrectionView
    alert: Teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """The page of a country."""

    name: str
    region: str
    map: Map
    current: bool
    """A recent alert states the latest level, so it holds."""
    level: LevelMark | None
    """The latest level stated."""
    level_since: Day | None
    levels: tuple[LevelSpan, ...]
    """History, newest first."""
    strips: tuple[Strip, ...]
    situations: tuple[SituationRow, ...]
    corrections: tuple[CorrectedAlert, ...]
    """Of alerts that were wrongly said to be about the country, newest first."""
    years: tuple[int, ...]
    """From the first year in which the country was in the bulletin to the last, the last first."""
    risk_tags: tuple[TagYears, ...]
    """The most frequent first."""
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
    source_lang: str = ""
    """Language of the source's title when it is not that of the page."""
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

    SHARED = True
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
    editions: tuple[Translation, ...] = ()
    """The home page of each language of the bulletin, when there are several."""
    foreign: tuple[tuple[str, str], ...] = ()
    """Pairs of a field above (`title`, `description`, `notice`, `rights`) and its language, if that is not `lang`."""
    interface: str = ""
    """Language of the texts that `t` and `n` give, if that is not `lang`: English, where there are none in `lang`."""


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
