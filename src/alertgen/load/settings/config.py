"""`site.yaml` to the publication that it describes."""

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from alertgen import SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, has_errors
from alertgen.load.disk.decoding import decode
from alertgen.load.keys.reading import read_keys
from alertgen.load.keys.site_keys import SiteKeys, TagKeys
from alertgen.load.lints.values import surprises_in_values
from alertgen.load.markdown.typography import typeset
from alertgen.load.people.passwords import passwords
from alertgen.load.people.tracking import tracking_in_keys
from alertgen.load.settings.site_file import SiteFile
from alertgen.load.vocabulary.vocabularies import Vocabularies, spelled
from alertgen.load.yaml.nodes import Mapping, Node, Scalar, groups, scalars
from alertgen.load.yaml.reading import read_yaml
from alertgen.model import Config, Follow, Level, RiskTag, Worded
from alertgen.records import replace
from alertgen.text import listed, suggestions


def read_site_file(content: bytes, vocabularies: Vocabularies, digest: str) -> SiteFile:
    """Read *content*, the bytes of site.yaml; *digest* stands for them and for the *vocabularies*."""
    text, problems = decode(content, SITE_FILE)
    read = read_yaml(text or "", SITE_FILE)
    problems += read.problems
    if text is None or not isinstance(read.node, Mapping):
        if text is not None:
            problems = (*problems, *_no_keys(read.node))
        return SiteFile(config=None, risk_tags=(), problems=problems)
    keys, faults = read_keys(SiteKeys, read.node, Place(SITE_FILE, 1))
    values = (*tracking_in_keys(read.node), *surprises_in_values(read.node, ""))
    problems = (*problems, *faults, *_both_languages(read.node), *values, *passwords(text, SITE_FILE))
    if keys is None or has_errors(problems):
        return SiteFile(config=None, risk_tags=(), problems=problems)
    return _complete(keys, read.node, vocabularies, digest, problems)


def _no_keys(node: Node | None) -> list[Diagnostic]:
    if node is None:
        message = "site.yaml is empty"
        return [problem("empty-file", message, Place(SITE_FILE), hint="write `title: …` and `base_url: https://…`")]
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
    levels, level_problems = _levels(keys, node, vocabularies, languages)
    tags, tag_problems = _risk_tags(keys, node, vocabularies, languages)
    names, name_problems = _country_names(keys, node, vocabularies, languages)
    faults = (
        *problems,
        *level_problems,
        *tag_problems,
        *name_problems,
        *_text_languages(node, languages, {tag.slug for tag in vocabularies.risk_tags}),
    )
    if has_errors(faults):
        return SiteFile(config=None, risk_tags=(), problems=faults)
    config = _config(keys, languages, levels, digest)
    problems = (*faults, *_local_address(config, node))
    return SiteFile(config=config, risk_tags=tags, problems=problems, country_names=names)


_OWN_COMPUTER = re.compile(r"(.+\.)?localhost|127\.[\d.]+|0\.0\.0\.0|::1")


def _local_address(config: Config, node: Mapping) -> Iterator[Diagnostic]:
    """Find that the site would say it stands on the computer of whoever reads it."""
    host = urlsplit(config.base_url).hostname or ""
    if _OWN_COMPUTER.fullmatch(host):
        message = f"{host} is the computer of whoever opens the address: feeds and citations would lead nowhere"
        hint = "write the address that the site has on the web; `alertgen serve` shows it on this computer in any case"
        for value in scalars(node.get("base_url")):
            yield problem("local-address", message, value.place, hint=hint)


def _shown(worded: Worded, languages: tuple[str, ...]) -> Worded:
    """Return *worded* with typographic signs, and with its text in the first language for languages that it lacks."""
    first = languages[0]
    return Worded(
        default=typeset(worded.said_in(first), first),
        by_language=tuple((lang, typeset(text, lang)) for lang, text in worded.by_language),
    )


def _config(keys: SiteKeys, languages: tuple[str, ...], levels: tuple[Level, ...], digest: str) -> Config:
    def said(worded: Worded) -> Worded:
        return _shown(worded, languages)

    title = said(keys.title)
    return Config(
        title=title,
        base_url=keys.base_url,
        publisher=said(keys.publisher) or title,
        publisher_url=keys.publisher_url,
        description=said(keys.description),
        notice=said(keys.notice),
        series=said(keys.series) or title,
        languages=languages,
        timezone=keys.timezone,
        levels=levels,
        follow=tuple(Follow(name=said(place.name), url=place.url) for place in keys.follow),
        rights=said(keys.rights),
        licence_name=said(keys.licence.name) if keys.licence else Worded(""),
        licence_url=keys.licence.url if keys.licence else "",
        email=keys.email,
        cleared=keys.cleared,
        feed_items=keys.feed_items,
        page_size=keys.page_size,
        social_cards=keys.social_cards,
        search=keys.search,
        current_weeks=keys.current_weeks,
        digest=digest,
        redirects=keys.redirects,
        hub=keys.hub,
        reliefweb=keys.reliefweb.value() if keys.reliefweb else None,
        image_rights=keys.image_rights,
    )


def _levels(
    keys: SiteKeys, node: Mapping, vocabularies: Vocabularies, languages: tuple[str, ...]
) -> tuple[tuple[Level, ...], tuple[Diagnostic, ...]]:
    if isinstance(keys.levels, tuple):
        levels = tuple(
            Level(
                slug=level.slug,
                name=_shown(level.name, languages),
                rank=rank,
                meaning=_shown(level.meaning, languages),
                until=level.until,
            )
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
    keys: SiteKeys, node: Mapping, vocabularies: Vocabularies, languages: tuple[str, ...]
) -> tuple[tuple[RiskTag, ...], tuple[Diagnostic, ...]]:
    shipped = {tag.slug: tag for tag in vocabularies.risk_tags}
    typed = list(zip(keys.risk_tags, _slugs(node, "risk_tags"), strict=True))
    translations = [tag for tag, _ in typed if tag.slug in shipped and _translates(tag)]
    rest = [(tag, at) for tag, at in typed if tag not in translations]
    told = {tag.slug: _translated(shipped[tag.slug], tag) for tag in translations}
    own = tuple(
        RiskTag(
            slug=tag.slug,
            name=_shown(tag.name, languages),
            scheme="site",
            definition=_shown(tag.definition, languages),
            source=tag.source.value() if tag.source else None,
        )
        for tag, _ in rest
    )
    nameless = (_nameless(at) for tag, at in rest if not tag.name and tag.slug not in shipped)
    twins = _repeated((tag.slug for tag in own), shipped, [at for _, at in rest])
    return (*{**shipped, **told}.values(), *own), (*nameless, *twins)


def _country_names(
    keys: SiteKeys, node: Mapping, vocabularies: Vocabularies, languages: tuple[str, ...]
) -> tuple[tuple[tuple[str, Worded], ...], tuple[Diagnostic, ...]]:
    """Return what the site calls countries, and what would make readers take one for another."""
    names = tuple((code, _shown(name, languages)) for code, name in keys.country_names.items())
    typed = node.get("country_names")
    return names, tuple(_mistaken(typed, vocabularies)) if isinstance(typed, Mapping) else ()


def _mistaken(typed: Mapping, vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    """Find codes that no country has, and names that stand for another one."""
    shown = {country.code: f"{country.name.default} ({country.code})" for country in vocabularies.countries}
    meant = {name: set(codes) for name, codes in vocabularies.country_names}
    for entry in typed.entries:
        if entry.key not in shown:
            hint = "write two letters of ISO 3166, as in SD for Sudan"
            yield problem("unknown-country", f'no country has the code "{entry.key}"', entry.place, hint=hint)
            continue
        values = [value.value for value in entry.value.entries] if isinstance(entry.value, Mapping) else [entry.value]
        for name in (name for value in values for name in scalars(value)):
            codes = meant.setdefault(spelled(name.text), {entry.key})
            if entry.key not in codes:
                message = f'"{name.text}" stands for {listed(sorted(shown[code] for code in codes), "and")}'
                hint = f"write a name that can only mean {shown[entry.key]}"
                yield problem("name-of-another-country", message, name.place, hint=hint)


def _nameless(slug: Scalar) -> Diagnostic:
    message = f'the risk tag "{slug.text}" has no name'
    return problem("missing-key", message, slug.place, hint="add a line `name: …` below it")


def _translates(tag: TagKeys) -> bool:
    """Tell whether *tag* says nothing but what a tag is called and means in some languages."""
    return tag.source is None and all(said.by_language or not said for said in (tag.name, tag.definition))


def _translated(shipped: RiskTag, tag: TagKeys) -> RiskTag:
    return replace(shipped, name=_with(shipped.name, tag.name), definition=_with(shipped.definition, tag.definition))


def _with(shipped: Worded, said: Worded) -> Worded:
    return replace(shipped, by_language=tuple(sorted({**dict(shipped.by_language), **dict(said.by_language)}.items())))


def _slugs(node: Mapping, key: str) -> list[Scalar]:
    """Return the slugs typed in the list under *key*, in order."""
    return [slug for group in groups(node.get(key)) for slug in scalars(group.get("slug"))]


_SHIPPED_SLUG = (
    'give it a slug of its own; to translate the "{}" that comes with alertgen, write each text with its language, as '
    "in name: {{fr: …}}"
)


def _repeated(slugs: Iterable[str], taken: Collection[str], typed_slugs: list[Scalar]) -> Iterator[Diagnostic]:
    seen = set(taken)
    for slug, scalar in zip(slugs, typed_slugs, strict=True):
        if slug in seen:
            message = f'"{slug}" is taken: another term has this slug'
            hint = _SHIPPED_SLUG.format(slug) if slug in taken else "give it a slug of its own"
            yield problem("twin-term", message, scalar.place, hint=hint)
        seen.add(slug)


def _text_languages(node: Node, languages: tuple[str, ...], shipped: Collection[str]) -> Iterator[Diagnostic]:
    """Find texts in languages that the site does not have, and those that are missing in some that it has.

    Terms that are *shipped*, by their slugs, and countries may be named in any of them.
    """
    names = node.get("country_names") if isinstance(node, Mapping) else None
    for holder, key in _worded_nodes(node):
        value = holder.get(key)
        if not isinstance(value, Mapping):
            continue
        for entry in value.entries:
            if entry.key not in languages:
                hint = f"write {listed(languages)}, or add {entry.key} to `languages`"
                message = f'"{entry.key}" is not a language of this site'
                yield problem("unknown-language", message, entry.place, hint=hint)
        if holder is not names and not any(slug.text in shipped for slug in scalars(holder.get("slug"))):
            yield from _untranslated(key, value, languages)


def _untranslated(key: str, value: Mapping, languages: tuple[str, ...]) -> Iterator[Diagnostic]:
    said = [entry.key for entry in value.entries]
    missing = [lang for lang in languages if lang not in said]
    if said and missing:
        shown = languages[0] if languages[0] in said else said[0]
        message = f"`{key}` has no value in {listed(missing, 'and')}: pages in that language show the one in {shown}"
        hint = f"add `{missing[0]}: …` beside `{shown}: …`; what is the same in all languages is written `{key}: …`"
        yield problem("untranslated-value", message, value.place, hint=hint)


def _worded_nodes(node: Node) -> Iterator[tuple[Mapping, str]]:
    """Yield every key that may be said in several languages, with what holds it."""
    if not isinstance(node, Mapping):
        return
    for key in ("title", "publisher", "description", "notice", "series", "rights"):
        yield node, key
    for countries in groups(node.get("country_names")):
        yield from ((countries, entry.key) for entry in countries.entries)
    for name in ("licence", "levels", "risk_tags", "follow"):
        for group in groups(node.get(name)):
            yield from ((group, key) for key in ("name", "meaning", "definition"))
