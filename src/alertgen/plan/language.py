"""How one language of the site says and addresses things: the base of every view."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from alertgen import urls
from alertgen.i18n import Words
from alertgen.model import Config, Country, Level, RiskTag, Trend, Worded
from alertgen.records import dataclass, replace
from alertgen.views import Day, FeedLink, LevelMark, Term, TrendMark

FEED_FORMATS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)
"""Format, its name, and its media type."""

_REGIONS = frozenset({"africa", "americas", "antarctica", "asia", "europe", "oceania"})
SHIPPED = "en"
"""Language of what alertgen ships without a translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of the site."""

    config: Config
    lang: str
    """BCP 47 tag."""
    words: Words
    places: Mapping[str, Term]
    """The countries of its alerts, by code."""
    tags: Mapping[str, Term]
    """The risk tags of its alerts, by slug."""
    levels: Mapping[str, LevelMark]
    """The levels of the scheme, by slug."""
    digest: str
    """Of everything but `places` and `tags`: of these, a page shows only what its alert names, and depends on that."""

    def local(self, address: str) -> str:
        """Return the address that *address* has in this language."""
        return urls.in_language(address, self.lang, self.config.languages[0])

    def absolute(self, address: str) -> str:
        """Return *address* with the name of the host."""
        return urls.absolute(address, self.config.base_url)

    def day(self, date: datetime.date) -> Day:
        """Return *date* for machines and readers."""
        return Day(date.isoformat(), self.words.day(date))

    def countries(self, countries: tuple[Country, ...]) -> tuple[Term, ...]:
        """Return *countries* as links to their pages."""
        return tuple([self.places[country.code] for country in countries])

    def region(self, country: Country) -> str:
        """Return the name of the UN region of *country*."""
        region = country.region.lower()
        return self.words.say(f"region_{region if region in _REGIONS else 'other'}")

    def risk_tags(self, tags: tuple[RiskTag, ...]) -> tuple[Term, ...]:
        """Return *tags* as links to their pages."""
        return tuple([self.tags[tag.slug] for tag in tags])

    def level(self, level: Level | None) -> LevelMark | None:
        """Return *level* as readers see it."""
        return self.level_mark(level) if level else None

    def level_mark(self, level: Level) -> LevelMark:
        """Return *level* as readers see it."""
        return self.levels[level.slug]

    def trend(self, trend: Trend | None) -> TrendMark | None:
        """Return *trend* as readers see it."""
        return TrendMark(trend.value, self.words.say(f"trend_{trend.value}")) if trend else None

    def spoken(self, text: Worded) -> str:
        """Return *text* in this language, or as it is."""
        return text.said_in(self.lang) if text.by_language else text.default

    @property
    def publisher(self) -> str:
        """Who publishes the bulletin, as it is called in this language."""
        return self.spoken(self.config.publisher)

    def foreign(self, text: Worded, default: str) -> str:
        """Return the language of `spoken(text)` when it is not this one; *default* is that of a text of no language."""
        if not text or text.language_for(self.lang):
            return ""
        said = next((lang for lang, one in text.by_language if one == text.default), default)
        return "" if said == self.lang else said

    def feeds(self, folder: str, name: str) -> tuple[FeedLink, ...]:
        """Return the feeds of the page at *folder*, called after *name*."""
        say = self.words.say
        return tuple(
            FeedLink(say("feed_in_format", feed=name, format=shown), urls.feed(folder, key), media_type)
            for key, shown, media_type in FEED_FORMATS
        )


def language_of(
    config: Config, words: Words, countries: tuple[Country, ...], risk_tags: tuple[RiskTag, ...]
) -> Language:
    """Return the language of *words* with links to the *countries* and *risk_tags* that have pages in it."""

    def local(address: str) -> str:
        return urls.in_language(address, words.lang, config.languages[0])

    return Language(
        digest=f"{words.lang} {config.digest}",
        config=config,
        lang=words.lang,
        words=words,
        places={c.code: Term(c.name.said_in(words.lang), local(urls.country(c))) for c in countries},
        tags={tag.slug: Term(tag.name.said_in(words.lang), local(urls.risk(tag))) for tag in risk_tags},
        levels={
            level.slug: LevelMark(level.slug, level.name.said_in(words.lang), level.rank) for level in config.levels
        },
    )


def with_numbers(terms: Mapping[str, Term], keys: Iterable[str]) -> tuple[Term, ...]:
    """Return those of *terms* that are among *keys*, in their order, each with the number of times that it is there."""
    counts = Counter(keys)
    return tuple(replace(term, count=counts[key]) for key, term in terms.items() if key in counts)
