"""The nouns of a bulletin: what is said.

Every value is frozen, and complete when it is made. None holds an address on the site: `plan` decides where things
live. Terms are resolved when they are read, so a `Situation` holds `Country` values, never codes.

`SHARED = True` in a class here, in `views` or in `outputs` says that many outputs hold its values: `fingerprint` then
spells each value once, and its token stands in all of them.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from alertgen.diagnostics import Place
from alertgen.filed import Filed
from alertgen.fingerprint import digest_text
from alertgen.outcome import Held as Held
from alertgen.outcome import HeldBecause as HeldBecause
from alertgen.records import dataclass
from alertgen.text import opening

# --- words and terms ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Worded:
    """A word or sentence of the publisher, perhaps in several languages."""

    default: str
    by_language: tuple[tuple[str, str], ...] = ()
    """Pairs of language tag and text, sorted by tag."""

    def said_in(self, lang: str) -> str:
        """Return the text in *lang*, or the default text when there is none."""
        return dict(self.by_language).get(self.language_for(lang), self.default) if self.by_language else self.default

    def language_for(self, lang: str) -> str:
        """Return the tag of the text that readers of *lang* get: `fr-CA`, else `fr`; empty for the default text."""
        known = dict(self.by_language)
        return next((tag for tag in (lang, lang.partition("-")[0]) if tag in known), "")

    def __bool__(self) -> bool:
        return bool(self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory of ISO 3166-1, named as `data/countries.csv` names it, unless the site does otherwise."""

    SHARED = True
    code: str
    """ISO 3166-1 alpha-2, such as `SD`."""
    alpha3: str
    """ISO 3166-1 alpha-3, such as `SDN`."""
    m49: str
    """UN M49 code, three digits."""
    name: Worded
    slug: str
    """Last part of the country's address, such as `south-sudan`. Never changes."""
    region: str
    """UN geographic region, such as `Africa`."""
    subregion: str
    point: tuple[float, float] | None = None
    """Latitude and longitude, in degrees, of a point inside its largest part; None where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that a statement rests on."""

    title: str
    url: str = ""
    publisher: str = ""
    date: datetime.date | None = None
    archived: str = ""
    """Address of an archived copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTag:
    """A term of a controlled vocabulary: an atrocity crime, a UN risk factor, or a tag of the site's own."""

    SHARED = True
    slug: str
    name: Worded
    scheme: str
    """`atrocity-crime`, `un-risk-factor` or `site`."""
    number: int = 0
    """The number of a UN risk factor (1-14); 0 for everything else."""
    definition: Worded = Worded("")
    source: Source | None = None
    """Where the term is defined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A step of the publisher's alert-level scheme: a claim about a country on a date."""

    SHARED = True
    slug: str
    name: Worded
    rank: int
    """1 is the most severe."""
    meaning: Worded = Worded("")
    until: str = ""
    """`YYYY-MM` when the scheme dropped this step; empty while in use. Old alerts keep it."""

    def in_use(self, day: datetime.date) -> bool:
        """Tell whether the scheme had this step on *day*."""
        return not self.until or f"{day:%Y-%m}" <= self.until


class Trend(StrEnum):
    """Movement since the previous alert on the same country (CrisisWatch's three-way scale)."""

    DETERIORATED = "deteriorated"
    UNCHANGED = "unchanged"
    IMPROVED = "improved"


# --- what an alert consists of ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture as the editor gave it: never published itself, only renditions made from its pixels."""

    path: str
    """Site-relative POSIX path of the original."""
    original: str
    """Digest of the original's bytes. It is not called `digest`: to `Fingerprints`, it would then stand for all fields,
    also for the alternative text and the credit."""
    kind: str
    """Format of the original as its bytes say, whatever its name: `jpeg`, `png`, `webp`, `avif`, `gif` or `tiff`."""
    width: int
    """Pixels, after the orientation in the file has been applied."""
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    sensitive: str = ""
    """What the picture shows, when it is to stay behind a warning; empty for an ordinary picture."""
    signed: bool = False
    """Whether the credit is written into the files made of it."""
    place: Place
    """Where the editor named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A dated, visible note that something published was wrong."""

    date: datetime.date
    text: str
    number: int = 1
    """Its number among the corrections of its day, 1 for the oldest. It never changes: its feed id depends on it."""
    wrong_countries: tuple[Country, ...] = ()
    """Countries that the text was wrongly published under: whoever follows them is told of this correction."""

    @property
    def mark(self) -> str:
        """What the ledger knows it by: its day, and the digest of its text, too short to guess the text from it."""
        return f"{self.date.isoformat()} {digest_text(self.text)[:3]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Republication:
    """Where the text first appeared, when this is a republication."""

    publisher: str
    url: str
    date: datetime.date
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note of a text. Its `html` holds no link back; the template adds it."""

    id: str
    """Element id, unique on any page and in any feed: it begins with the prefix of its document."""
    number: int
    """1-based number shown to readers, counted over the whole document."""
    html: str
    references: tuple[str, ...]
    """Element ids of the places in the text that point at this note, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A stretch of clean HTML: only the tags and attributes of our own table are in it.

    A link inside the site stands as `href="alertgen:link/N"` and a picture as
    `<img src="alertgen:image/N" alt="…">`, where N is the 0-based place in the document's `links` or `images`.
    """

    digest: str
    """Digest of the source text and of the version of the engine that converted it."""
    markup: str | Filed
    """The HTML; a long one may lie in a file."""
    plain: str | Filed
    """The plain text; a long one may lie in a file."""
    footnotes: tuple[Footnote, ...] = ()
    """The notes that this stretch refers to, in the order of their numbers."""

    @property
    def html(self) -> str:
        """The HTML."""
        return str(self.markup)

    @property
    def text(self) -> str:
        """The plain text: a line for each paragraph; footnotes are left out."""
        return str(self.plain)

    def __bool__(self) -> bool:
        return bool(self.markup)


NO_PROSE = Prose(digest=digest_text(""), markup="", plain="")
"""Stands for a text that is not there."""

_HEADING = re.compile(r"<h[2-6][^>]*>(.*?)</h[2-6]>", re.DOTALL)
_NOT_SAID = re.compile(r"<a [^>]*footnote-ref[^>]*>[^<]*</a>|<[^>]*>")
"""What stands in the HTML of a heading and not in its plain text: the numbers of footnotes, and tags."""


def opening_of(prose: Prose, longest: int = 240) -> str:
    """Return an excerpt of the beginning of *prose* without its headings, which would run into the next sentence."""
    if "<h" not in prose.html:
        return opening(prose.text, longest)
    from html import unescape  # here, since most texts have no headings

    headings = {" ".join(unescape(_NOT_SAID.sub("", found)).split()) for found in _HEADING.findall(prose.html)}
    lines = [line for line in prose.text.split("\n") if line not in headings]
    return opening("\n".join(lines) or prose.text, longest)


_ID = re.compile(r'\sid="([^"]+)"')


def anchors_of(prose: Prose) -> Iterator[str]:
    """Yield the element ids that *prose* gives to a page."""
    yield from _ID.findall(prose.html)
    yield from (note.id for note in prose.footnotes)


def notes_of(proses: Iterable[Prose]) -> tuple[Footnote, ...]:
    """Return all footnotes of *proses* by number; one that two of them refer to stands once."""
    notes = {note.number: note for prose in proses for note in prose.footnotes}
    return tuple(notes[number] for number in sorted(notes))


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site, as the editor wrote it: `2020-12-02-nigeria.md#sudan-x`, `/countries/sudan/`."""

    target: str
    place: Place
    full: str = ""
    """The full address (`https://…`), if the editor wrote one; empty otherwise, also for an address of the preview."""


# --- situations, alerts and pages ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One part of an alert: what is happening in a country, a group of countries, or under a theme."""

    key: str
    """Permanent name of the situation within its alert, from which its feed id is made: `SD`, `IL+PS`, `SD-2`,
    `theme-1`, by the countries that it had when it was first published."""
    anchor: str
    """Element id on the alert's page, such as `sudan-mass-graves-found`."""
    headline: str
    """Plain text; the alert's title when the whole body is one situation."""
    countries: tuple[Country, ...]
    theme: str
    """Name of the theme; empty for a situation tied to countries."""
    level: Level | None
    trend: Trend | None
    risk_tags: tuple[RiskTag, ...]
    prose: Prose
    """The text below the headline."""
    whole: bool
    """The alert has no situation headings: this is its whole body, and the headline is not shown twice."""
    place: Place


def beginning_of(lead: Prose, situations: Sequence[Situation]) -> str:
    """Return an excerpt of the beginning of an alert, for whoever wrote no summary."""
    return opening_of(lead if lead.text else next((situation.prose for situation in situations), NO_PROSE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One issue of the bulletin in one language."""

    SHARED = True
    id: str
    """Permanent feed id, an IRI."""
    path: str
    """Site-relative POSIX path of the Markdown file."""
    stem: str
    """Name of the file without language and ending: translations of each other share it."""
    slug: str
    """Last part of the address."""
    lang: str
    title: str
    date: datetime.date
    number: int | None
    summary: str
    """Plain text; the editor's, else the beginning of the body."""
    authors: tuple[str, ...]
    countries: tuple[Country, ...]
    """Of the front matter and of all situations, in order of first mention."""
    risk_tags: tuple[RiskTag, ...]
    """Of the front matter and of all situations, in order of first mention."""
    image: Image | None
    republished: Republication | None
    sources: tuple[Source, ...]
    updated: datetime.date | None
    corrections: tuple[Correction, ...]
    """Newest first."""
    aliases: tuple[str, ...]
    """Old addresses, site-relative and beginning with `/`, that redirect here."""
    lead: Prose
    """Text before the first situation; all of the text when there is none."""
    situations: tuple[Situation, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    """Pictures in the body."""
    place: Place
    """The start of the front matter; `place.path` is `path`."""

    @property
    def changed(self) -> datetime.date:
        """The day of its last change: the latest of its date, `updated` and its corrections."""
        return max([self.date, *filter(None, [self.updated]), *(c.date for c in self.corrections)])


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPage:
    """A page that is no alert: about, policy of corrections and the like."""

    path: str
    stem: str
    slug: str
    lang: str
    title: str
    summary: str
    nav: bool
    """Whether the menu names it."""
    updated: datetime.date | None
    aliases: tuple[str, ...]
    prose: Prose
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    place: Place


# --- what site.yaml says ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Another place where readers can follow the publisher."""

    name: Worded
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefWeb:
    """What ReliefWeb needs to know of a partner: numbers from its own lists (https://apidoc.reliefweb.int/)."""

    sources: tuple[int, ...]
    """The publishing organisations."""
    format: int
    """The content format, such as situation report or analysis."""
    countries: tuple[tuple[str, int], ...]
    """Pairs of ISO 3166-1 alpha-2 code and ReliefWeb's number of the country, sorted by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The publication: what `site.yaml` says, complete with defaults."""

    title: Worded
    base_url: str
    """Absolute address of the home page, ending in `/`."""
    publisher: Worded
    publisher_url: str
    description: Worded
    """The standing paragraph about the series."""
    notice: Worded
    """A line shown at the top of every page; empty for none."""
    series: Worded
    """Name of the series, put before the number: `Atrocity Alert` gives `Atrocity Alert No. 7`."""
    languages: tuple[str, ...]
    """BCP 47 tags; the first is the language of `/`, the others live under `/<tag>/`."""
    timezone: str
    """IANA name; decides what day it is for dates without a time."""
    levels: tuple[Level, ...]
    """The scheme, most severe first; empty when the publisher gives no levels."""
    follow: tuple[Follow, ...]
    rights: Worded
    licence_name: Worded
    licence_url: str
    email: str
    """Address for readers; empty for none."""
    cleared: tuple[str, ...] = ()
    """Addresses, numbers and positions that may stand in texts without a warning."""
    feed_items: int
    page_size: int
    social_cards: int
    """How many of the newest alerts of each language have a social card of their own."""
    search: bool
    current_weeks: int
    """A situation counts as current for this many weeks, counted back from the newest alert."""
    digest: str
    """Digest of site.yaml and the vocabularies behind it."""
    redirects: tuple[str, ...] = ()
    """Web servers for which rules are written that lead from old addresses to the new ones."""
    hub: str = ""
    """Address of a WebSub hub that pushes the feeds; empty for none."""
    reliefweb: ReliefWeb | None = None
    """None when the publisher does not post to ReliefWeb."""
    image_rights: bool = False
    """Whether the files of lead pictures say who made them; all others hold nothing but pixels."""


# --- the site -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """A template or static file, of the site or of the default theme."""

    path: str
    """POSIX path below `templates/` or `static/`."""
    digest: str
    content: bytes

    @property
    def text(self) -> str:
        """What stands in it, if it is a text; the ends of its lines are line feeds."""
        return self.content.decode("utf-8-sig", "replace").replace("\r\n", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Everything that decides how pages look. Files of the site override those of the same name in the default."""

    templates: tuple[ThemeFile, ...]
    statics: tuple[ThemeFile, ...]
    digest: str
    """Digest of all templates: a changed template makes every page stale."""
    added: tuple[str, ...] = ()
    """Paths of the static files of the site that are in the place of no default one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldText(Held):
    """A text that is held back, with the addresses that it would have. These go into no report."""

    addresses: tuple[str, ...] = ()
    """That of its page, and its aliases; none when nothing could be made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What the ledger remembers of one address."""

    address: str
    """Site-relative, beginning with `/`."""
    id: str
    """Feed id of the alert that lives there; of `/`, what the ids of feeds begin with; empty for other pages."""
    first: datetime.date
    """Day of first publication."""
    anchors: tuple[tuple[str, str], ...] = ()
    """Pairs of a situation's anchor on that page and the situation's key, sorted."""
    headings: tuple[tuple[str, str], ...] = ()
    """Pairs of what the anchor of a reworded heading would be if it were new, and the key of its situation, sorted."""
    gone: tuple[str, ...] = ()
    """Keys of situations that were published there and were taken out of the alert, sorted."""
    corrections: tuple[tuple[str, int], ...] = ()
    """Pairs of the mark of a correction of that alert, as it was last worded, and the correction's number, sorted."""
    numbers: tuple[int, ...] = ()
    """The `number` of that alert when it was last published; several where branches of a Git merge had different ones.

    None where it had none, was published before numbers were recorded, or is at another address now.
    """
    lang: str = ""
    """The first language of the site, at its home page."""
    timezones: tuple[tuple[str, str], ...] = ()
    """The time zones of the site, at its home page; see `Site.timezones`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every address and feed id ever published (`published.json`)."""

    entries: tuple[LedgerEntry, ...] = ()

    @property
    def promised(self) -> frozenset[str]:
        """All addresses, anchors and feed ids, and all headings."""
        anchors = (anchor for entry in self.entries for anchor, _ in (*entry.anchors, *entry.headings))
        return frozenset((*(word for entry in self.entries for word in (entry.address, entry.id)), *anchors))


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty:
    """What is known of a text with errors, or of a file or folder of texts that could not be read.

    While there is one, nothing is published.
    """

    path: str
    slug: str
    """Last part of the address that it will have."""
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that is going to be published, and nothing else."""

    config: Config
    alerts: tuple[Alert, ...]
    """Newest first; of one day by number, highest first, then by path; all languages."""
    pages: tuple[StandingPage, ...]
    countries: tuple[Country, ...]
    """All countries known, by English name."""
    risk_tags: tuple[RiskTag, ...]
    """All tags known, in the order of their vocabularies."""
    theme: Theme
    ledger: Ledger
    given_up: frozenset[str] = frozenset()
    """Addresses, anchors and feed ids of the ledger that hold a name which must not be published: they may go."""
    faulty: tuple[Faulty, ...] = ()
    """Texts that errors keep out: no output is made of them, but their links, and links to them, are looked at."""

    @property
    def timezones(self) -> tuple[tuple[str, str], ...]:
        """Pairs of the first day for which feeds tell times in a time zone, and that time zone, in order.

        What was published keeps its times: another time zone begins after the day of the newest alert or change.
        """
        known = self.ledger.entries[0].timezones if self.ledger.entries else ()
        zone = self.config.timezone
        if known and known[-1][1] == zone:
            return known
        ids = {entry.id for entry in self.ledger.entries} if known else set()
        newest = max((alert.changed for alert in self.alerts if alert.id in ids), default=None)
        first = (newest + datetime.timedelta(days=1) if newest else datetime.date.min).isoformat()
        return (*[pair for pair in known if pair[0] < first], (first, zone))

    @property
    def texts(self) -> tuple[Alert | StandingPage, ...]:
        """Everything written by an editor: alerts, then standing pages."""
        return (*self.alerts, *self.pages)
