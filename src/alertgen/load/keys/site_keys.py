"""The keys of `site.yaml`: which there are and what form their values have."""

import re
import zoneinfo
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from alertgen import urls
from alertgen.load.keys import fields
from alertgen.load.keys.fields import FaultError
from alertgen.load.keys.schema import (
    Address,
    Keys,
    Language,
    Slug,
    SourceKeys,
    Text,
    Texts,
    Whole,
    YesNo,
    several,
    typed,
)
from alertgen.load.keys.site_address import site_address
from alertgen.model import ReliefWeb, Worded
from alertgen.text import listed, suggestions


def _worded(value: object) -> Worded:
    """Read one text, or a text for each of several languages."""
    if not isinstance(value, dict):
        return Worded(_text(value))
    pairs = [(language, _text(text)) for language, text in value.items() if text is not None]
    if not pairs:
        raise FaultError("empty-value", "a value is missing here", "write one, or delete the line")
    return Worded(pairs[0][1], tuple(sorted(pairs)))


def _text(value: object) -> str:
    if value is None or value == "":
        raise FaultError("empty-value", "a value is missing here", "write one, or delete the line")
    if isinstance(value, str):
        return fields.line(value)
    raise FaultError("wrong-type", "one text is expected here, or one for each language", "write it as in `en: Text`")


_OF_THE_MACHINE = re.compile(r"localtime|posixrules|Factory|(?:posix|right)/.*", re.IGNORECASE)
"""Names that some systems have beside the zones, and that mean another one on another computer."""


def _timezone(value: str) -> str:
    try:
        if _OF_THE_MACHINE.fullmatch(value):
            raise zoneinfo.ZoneInfoNotFoundError(value)
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        # nobody is led to Etc/GMT+2: it is two hours behind Greenwich, not before it
        zones = zoneinfo.available_timezones()
        known = sorted(name for name in zones if "GMT" not in name and not _OF_THE_MACHINE.fullmatch(name))
        cities = {name.rpartition("/")[2]: name for name in known}
        near = suggestions(value, known) or tuple(cities[city] for city in suggestions(value, cities))
        form = "write continent and city, as in Africa/Nairobi, or UTC"
        hint = f"did you mean {listed(near)}? Else {form}" if near else form
        raise FaultError("wrong-timezone", f'"{value}" is not a time zone', hint) from None


def _number(least: int, most: int) -> Any:
    def read(value: str) -> int:
        number = 0 if value == "0" and least == 0 else fields.whole(value)
        if least <= number <= most:
            return number
        hint = f"write a number from {least} to {most}"
        raise FaultError("wrong-number", f"{number} is too much or too little", hint)

    return Annotated[int, typed(read, kind=int)]


def _month(value: str) -> str:
    if re.match(r"\d{4}-(0[1-9]|1[0-2])$", value):
        return value
    raise FaultError("wrong-date", f'"{value}" is not a month', "write it as in 2023-03")


def _code(value: str) -> str:
    if re.match(r"[A-Z]{2}$", value):
        return value
    raise FaultError("unknown-country", f'"{value}" is not a country code', "write two capital letters, as in SD")


Said = Annotated[Worded, BeforeValidator(_worded, json_schema_input_type=str | dict[str, str])]
NOTHING = Worded("")


class LevelKeys(Keys):
    """A step of the site's own scheme of levels."""

    slug: Slug = Field(description="How alerts name it.")
    name: Said = Field(description="How readers see it.")
    meaning: Said = Field(NOTHING, description="What it says about a country.")
    until: Annotated[str, typed(_month)] = Field("", description="Last month in which it was used, as in `2023-03`.")


class TagKeys(Keys):
    """A risk tag of the site's own, or the translation of one that comes with alertgen."""

    slug: Slug = Field(description="How alerts name it, and the last part of its address.")
    name: Said = Field(NOTHING, description="How readers see it; a tag of your own must have it.")
    definition: Said = Field(NOTHING, description="What it means.")
    source: SourceKeys | None = Field(None, description="Where it is defined.")


class FollowKeys(Keys):
    """Another place where readers can follow the publisher."""

    name: Said = Field(description="Name of the place.")
    url: Address = Field(description="Address there.")


class LicenceKeys(Keys):
    """The licence of the texts."""

    name: Said = Field(description="Name of the licence.")
    url: Address = Field(description="Address of its text.")


class ReliefWebKeys(Keys):
    """What ReliefWeb needs to know of a partner, as numbers from its own lists."""

    sources: Annotated[tuple[Whole, ...], several(int)] = Field(description="Numbers of the publishing organisations.")
    format: Whole = Field(description="Number of the content format.")
    countries: dict[Annotated[str, typed(_code)], Whole] = Field(description="ReliefWeb's number of each country.")

    def value(self) -> ReliefWeb:
        """Return them as the rest of the program knows them."""
        countries = tuple(sorted(self.countries.items()))
        return ReliefWeb(sources=self.sources, format=self.format, countries=countries)


def _server(value: str) -> str:
    if value in urls.SERVER_REDIRECTS:
        return value
    near = suggestions(value, urls.SERVER_REDIRECTS)
    hint = f"did you mean {near[0]}?" if near else f"write {listed(urls.SERVER_REDIRECTS)}; others need no such file"
    raise FaultError("unknown-server", f'"{value}" is not a web server for which alertgen can write rules', hint)


Servers = Annotated[tuple[Annotated[str, typed(_server)], ...], several(str)]
Languages = Annotated[tuple[Language, ...], several(str)]
Scheme = Annotated[
    Annotated[Text, Tag("scheme")] | Annotated[tuple[LevelKeys, ...], several(LevelKeys), Tag("own")],
    Discriminator(lambda value: "own" if isinstance(value, list) else "scheme"),
]


_TAGS = "Risk tags of the site's own, and translations of those that come with alertgen."
_NAMES = "Names of countries, by code, where the site uses others than alertgen, as in `PS: Palestine`."
_CURRENT = "A situation is current if it is at most so many weeks older than the newest alert."
_CARDS = "How many of the newest alerts have a social card of their own; older ones show the bulletin's."


class SiteKeys(Keys):
    """The keys of site.yaml."""

    title: Said = Field(description="Name of the publication.")
    base_url: Annotated[str, typed(site_address)] = Field(description="Web address of the site.")
    publisher: Said = Field(NOTHING, description="Who publishes it; without it, the title.")
    publisher_url: Address = Field("", description="The publisher's own site.")
    description: Said = Field(NOTHING, description="The standing paragraph about the series.")
    notice: Said = Field(NOTHING, description="A line at the top of every page.")
    series: Said = Field(NOTHING, description="Name of the series, put before the number; without it, the title.")
    language: Language = Field("", description="Language of the site, when it has only one.")
    languages: Languages = Field(
        (),
        description="Languages; the first is that of `/`. Menus exist in English, French, Spanish, Portuguese, "
        "Ukrainian and Arabic; pages in other languages have English ones.",
    )
    timezone: Annotated[str, typed(_timezone)] = Field("UTC", description="IANA time zone that decides what day it is.")
    levels: Scheme = Field((), description="A shipped scheme (`r2p-monitor`, `genocide-watch`) or a list of levels.")
    risk_tags: Annotated[tuple[TagKeys, ...], several(TagKeys)] = Field((), description=_TAGS)
    country_names: dict[Annotated[str, typed(_code)], Said] = Field({}, description=_NAMES)
    follow: Annotated[tuple[FollowKeys, ...], several(FollowKeys)] = Field((), description="Other places to follow.")
    rights: Said = Field(NOTHING, description="Line about the rights.")
    licence: LicenceKeys | None = Field(None, description="Licence of the texts.")
    email: Annotated[str, typed(fields.email)] = Field("", description="Address for readers.")
    cleared: Texts = Field(
        (),
        description="E-mail addresses, phone numbers and coordinates that may stand in texts without a warning, people "
        "whom PDF and office files in `static` may name, and paths of files there that somebody has looked through.",
    )
    image_rights: YesNo = Field(False, description="`true` writes the credit of a lead picture into its files.")
    redirects: Servers = Field((), description="Web servers (`nginx`, `apache`) for which to write redirects.")
    hub: Address = Field("", description="Address of a WebSub hub that pushes the feeds.")
    reliefweb: ReliefWebKeys | None = Field(
        None, description="Numbers that ReliefWeb asks of a partner who posts there."
    )
    feed_items: _number(1, 500) = Field(20, description="How many alerts a feed holds.")  # type: ignore[valid-type]
    page_size: _number(1, 500) = Field(20, description="How many alerts a page of the archive lists.")  # type: ignore[valid-type]
    social_cards: _number(0, 100_000) = Field(52, description=_CARDS)  # type: ignore[valid-type]
    search: YesNo = Field(True, description="`false` turns the search page off.")
    current_weeks: _number(1, 520) = Field(13, description=_CURRENT)  # type: ignore[valid-type]
