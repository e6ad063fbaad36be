"""`site.yaml`: the publication."""

import re
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, has_errors
from alertgen.load import fields
from alertgen.load.decoding import decode
from alertgen.load.fields import FaultError
from alertgen.load.nodes import Mapping, Node, Scalar, scalars
from alertgen.load.schema import Address, Keys, Language, Slug, SourceKeys, Text, YesNo, read_keys, several, typed
from alertgen.load.site_file import NAME, SiteFile
from alertgen.load.vocabularies import Vocabularies
from alertgen.load.yaml_nodes import read_yaml
from alertgen.model import Config, Follow, Level, RiskTag, Worded
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
    if isinstance(value, str):
        return fields.line(value)
    raise FaultError("wrong-type", "one text is expected here, or one for each language", "write it as in `en: Text`")


def _base_url(value: str) -> str:
    address = fields.web_address(value)
    if "?" in address or "#" in address:
        raise FaultError("wrong-address", f'"{value}" cannot be the address of a site', "leave out what follows ? or #")
    return address.rstrip("/") + "/"


def _timezone(value: str) -> str:
    try:
        return zoneinfo.ZoneInfo(value).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(zoneinfo.available_timezones())
        cities = {name.rpartition("/")[2]: name for name in known}
        near = suggestions(value, known) or tuple(cities[city] for city in suggestions(value, cities))
        hint = f"did you mean {listed(near)}?" if near else "write continent and city, as in Africa/Nairobi, or UTC"
        raise FaultError("wrong-timezone", f'"{value}" is not a time zone', hint) from None


def _number(least: int, most: int) -> Any:
    def read(value: str) -> int:
        number = fields.whole(value)
        if least <= number <= most:
            return number
        hint = f"write a number from {least} to {most}"
        raise FaultError("wrong-number", f"{number} is too much or too little", hint)

    return Annotated[int, BeforeValidator(typed(read).func, json_schema_input_type=int)]


def _month(value: str) -> str:
    if re.match(r"\d{4}-(0[1-9]|1[0-2])$", value):
        return value
    raise FaultError("wrong-date", f'"{value}" is not a month', "write it as in 2023-03")


Said = Annotated[Worded, BeforeValidator(_worded, json_schema_input_type=str | dict[str, str])]
NOTHING = Worded("")


class LevelKeys(Keys):
    """A step of the site's own scheme of levels."""

    slug: Slug = Field(description="How alerts name it.")
    name: Said = Field(description="How readers see it.")
    meaning: Said = Field(NOTHING, description="What it says about a country.")
    until: Annotated[str, typed(_month)] = Field("", description="Last month in which it was used, as in `2023-03`.")


class TagKeys(Keys):
    """A risk tag of the site's own."""

    slug: Slug = Field(description="How alerts name it, and the last part of its address.")
    name: Said = Field(description="How readers see it.")
    definition: Said = Field(NOTHING, description="What it means.")
    source: SourceKeys | None = Field(None, description="Where it is defined.")


class FollowKeys(Keys):
    """Another place where readers can follow the publisher."""

    name: Text = Field(description="Name of the place.")
    url: Address = Field(description="Address there.")


class LicenceKeys(Keys):
    """The licence of the texts."""

    name: Text = Field(description="Name of the licence.")
    url: Address = Field(description="Address of its text.")


Languages = Annotated[tuple[Language, ...], several(str)]
Scheme = Annotated[
    Annotated[Text, Tag("scheme")] | Annotated[tuple[LevelKeys, ...], several(LevelKeys), Tag("own")],
    Discriminator(lambda value: "own" if isinstance(value, list) else "scheme"),
]


class SiteKeys(Keys):
    """The keys of site.yaml."""

    title: Said = Field(description="Name of the publication.")
    base_url: Annotated[str, typed(_base_url)] = Field(description="Address under which the site will stand.")
    publisher: Text = Field("", description="Who publishes it; the title if nothing is said.")
    publisher_url: Address = Field("", description="The publisher's own site.")
    description: Said = Field(NOTHING, description="The standing paragraph about the series.")
    notice: Said = Field(NOTHING, description="A line at the top of every page.")
    series: Said = Field(NOTHING, description="Name of the series, put before the number; else the title.")
    language: Language = Field("", description="Language of the site, when it has only one.")
    languages: Languages = Field((), description="Languages; the first is that of `/`.")
    timezone: Annotated[str, typed(_timezone)] = Field("UTC", description="IANA time zone that decides what day it is.")
    levels: Scheme = Field((), description="A shipped scheme (`r2p-monitor`, `genocide-watch`) or a list of levels.")
    risk_tags: Annotated[tuple[TagKeys, ...], several(TagKeys)] = Field((), description="Risk tags of the site's own.")
    follow: Annotated[tuple[FollowKeys, ...], several(FollowKeys)] = Field((), description="Other places to follow.")
    rights: Said = Field(NOTHING, description="Line about the rights.")
    licence: LicenceKeys | None = Field(None, description="Licence of the texts.")
    email: Annotated[str, typed(fields.email)] = Field("", description="Address for readers.")
    feed_items: _number(1, 500) = Field(20, description="How many alerts a feed holds.")  # type: ignore[valid-type]
    page_size: _number(1, 500) = Field(20, description="How many alerts a page of the archive lists.")  # type: ignore[valid-type]
    search: YesNo = Field(True, description="`false` turns the search page off.")
    current_weeks: _number(1, 520) = Field(13, description="For how many weeks a situation is current.")  # type: ignore[valid-type]


def read_site_file(content: bytes, vocabularies: Vocabularies, digest: str) -> SiteFile:
    """Read *content*, the bytes of site.yaml; *digest* stands for them and for the *vocabularies*."""
    text, problems = decode(content, NAME)
    read = read_yaml(text or "", NAME)
    problems += read.problems
    if text is None or not isinstance(read.node, Mapping):
        if text is not None:
            problems = (*problems, *_no_keys(read.node))
        return SiteFile(config=None, risk_tags=(), problems=problems)
    keys, faults = read_keys(SiteKeys, read.node, Place(NAME, 1))
    problems = (*problems, *faults, *_both_languages(read.node))
    if keys is None or has_errors(problems):
        return SiteFile(config=None, risk_tags=(), problems=problems)
    return _complete(keys, read.node, vocabularies, digest, problems)


def _no_keys(node: Node | None) -> list[Diagnostic]:
    if node is None:
        message = "site.yaml is empty"
        return [problem("empty-file", message, Place(NAME), hint="write `title: …` and `base_url: https://…`")]
    message = "site.yaml must be lines of the form `key: value`"
    return [problem("front-matter-not-keys", message, node.place, hint="write every key as in `title: Text`")]


def _both_languages(node: Mapping) -> Iterator[Diagnostic]:
    one, several_ = node.get("language"), node.get("languages")
    if one and several_:
        message = "`language` and `languages` are both here"
        yield problem("duplicate-key", message, one.place, hint="keep `languages`", also=(several_.place,))


def _complete(
    keys: SiteKeys, node: Mapping, vocabularies: Vocabularies, digest: str, problems: tuple[Diagnostic, ...]
) -> SiteFile:
    languages = tuple(dict.fromkeys(keys.languages)) or ((keys.language or "en"),)
    levels, level_problems = _levels(keys, node, vocabularies)
    tags, tag_problems = _risk_tags(keys, node, vocabularies)
    faults = (*problems, *level_problems, *tag_problems, *_text_languages(node, languages))
    if has_errors(faults):
        return SiteFile(config=None, risk_tags=(), problems=faults)
    config = _config(keys, languages, levels, digest)
    return SiteFile(config=config, risk_tags=tags, problems=faults)


def _config(keys: SiteKeys, languages: tuple[str, ...], levels: tuple[Level, ...], digest: str) -> Config:
    def said(worded: Worded) -> Worded:
        return replace(worded, default=worded.said_in(languages[0]))

    title = said(keys.title)
    return Config(
        title=title,
        base_url=keys.base_url,
        publisher=keys.publisher or title.default,
        publisher_url=keys.publisher_url,
        description=said(keys.description),
        notice=said(keys.notice),
        series=said(keys.series) or title,
        languages=languages,
        timezone=keys.timezone,
        levels=tuple(replace(level, name=said(level.name), meaning=said(level.meaning)) for level in levels),
        follow=tuple(Follow(name=place.name, url=place.url) for place in keys.follow),
        rights=said(keys.rights),
        licence_name=keys.licence.name if keys.licence else "",
        licence_url=keys.licence.url if keys.licence else "",
        email=keys.email,
        feed_items=keys.feed_items,
        page_size=keys.page_size,
        search=keys.search,
        current_weeks=keys.current_weeks,
        digest=digest,
    )


def _levels(
    keys: SiteKeys, node: Mapping, vocabularies: Vocabularies
) -> tuple[tuple[Level, ...], tuple[Diagnostic, ...]]:
    if isinstance(keys.levels, tuple):
        levels = tuple(
            Level(slug=level.slug, name=level.name, rank=rank, meaning=level.meaning, until=level.until)
            for rank, level in enumerate(keys.levels, 1)
        )
        return levels, tuple(_repeated((level.slug for level in levels), (), _slugs(node, "levels")))
    schemes = dict(vocabularies.level_schemes)
    if keys.levels in schemes:
        return schemes[keys.levels], ()
    near = suggestions(keys.levels, schemes)
    hint = f"did you mean {listed(near)}?" if near else f"write {listed(schemes)}, or a list of your own"
    message = f'"{keys.levels}" is not a scheme of levels that comes with alertgen'
    return (), tuple(problem("unknown-level", message, value.place, hint=hint) for value in scalars(node.get("levels")))


def _risk_tags(
    keys: SiteKeys, node: Mapping, vocabularies: Vocabularies
) -> tuple[tuple[RiskTag, ...], tuple[Diagnostic, ...]]:
    own = tuple(
        RiskTag(
            slug=tag.slug,
            name=tag.name,
            scheme="site",
            definition=tag.definition,
            source=tag.source.value() if tag.source else None,
        )
        for tag in keys.risk_tags
    )
    shipped = [tag.slug for tag in vocabularies.risk_tags]
    twins = _repeated((tag.slug for tag in own), shipped, _slugs(node, "risk_tags"))
    return (*vocabularies.risk_tags, *own), tuple(twins)


def _slugs(node: Mapping, key: str) -> list[Scalar]:
    """Return the slugs typed in the list under *key*, in order."""
    entries = node.get(key)
    holders = entries.items if entries and not isinstance(entries, (Scalar, Mapping)) else (entries,)
    return [scalar for holder in holders if isinstance(holder, Mapping) for scalar in scalars(holder.get("slug"))]


def _repeated(slugs: Iterable[str], taken: Iterable[str], typed_slugs: list[Scalar]) -> Iterator[Diagnostic]:
    seen = set(taken)
    for slug, scalar in zip(slugs, typed_slugs, strict=True):
        if slug in seen:
            message = f'"{slug}" is taken: another term has this slug'
            yield problem("twin-term", message, scalar.place, hint="give it a slug of its own")
        seen.add(slug)


def _text_languages(node: Node, languages: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Find texts in languages that the site does not have."""
    for holder, key in _worded_nodes(node):
        value = holder.get(key)
        for entry in value.entries if isinstance(value, Mapping) else ():
            if entry.key not in languages:
                hint = f"write {listed(languages)}, or add {entry.key} to `languages`"
                message = f'"{entry.key}" is not a language of this site'
                yield problem("unknown-language", message, entry.place, hint=hint)


def _worded_nodes(node: Node) -> Iterator[tuple[Mapping, str]]:
    """Yield every key that may be said in several languages, with what holds it."""
    if not isinstance(node, Mapping):
        return
    for key in ("title", "description", "notice", "series", "rights"):
        yield node, key
    for name in ("levels", "risk_tags"):
        entries = node.get(name)
        for item in getattr(entries, "items", ()):
            if isinstance(item, Mapping):
                yield from ((item, key) for key in ("name", "meaning", "definition"))
