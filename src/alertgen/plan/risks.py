"""The list of risk tags, and the page of each tag in use."""

from collections.abc import Iterator
from itertools import groupby

from alertgen import urls
from alertgen.model import RiskTag, Worded
from alertgen.outputs import Page
from alertgen.plan import jsonld, views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.countries import place_terms
from alertgen.plan.feeds import feed_name
from alertgen.plan.language import SHIPPED, Language
from alertgen.plan.pages import list_page
from alertgen.plan.views import Entry
from alertgen.records import replace
from alertgen.text import excerpt
from alertgen.views import RiskGroup, RiskRow, RisksView, RiskView, Term

_OWN = "site"
"""A tag of the site's own that nothing published uses is not listed: a draft may be what it was made for."""
_SCHEMES = ("atrocity-crime", "un-risk-factor", _OWN)


def plan_risks(bulletin: Bulletin) -> Iterator[Page]:
    """Plan the list of all risk tags and the page of each tag in use in each language."""
    for edition in bulletin.editions:
        yield _list(edition, bulletin)
        for tag, entries in edition.by_tag:
            yield _page(tag, entries, edition, bulletin)


def _list(edition: Edition, bulletin: Bulletin) -> Page:
    say = edition.language.words.say
    counts = {tag.slug: len(entries) for tag, entries in edition.by_tag}
    shown = (tag for tag in bulletin.site.risk_tags if tag.scheme != _OWN or counts.get(tag.slug))
    by_scheme = sorted(shown, key=lambda tag: _SCHEMES.index(tag.scheme))
    groups = tuple(
        RiskGroup(scheme, scheme_name(scheme, edition.language), tuple(_row(tag, counts, edition) for tag in tags))
        for scheme, tags in groupby(by_scheme, key=lambda tag: tag.scheme)
    )
    return list_page(
        bulletin,
        edition,
        urls.risks(),
        "risks.html",
        RisksView(groups=groups),
        title=say("risk_tags"),
        description=say("describe_risks", site=edition.chrome.title),
    )


def _row(tag: RiskTag, counts: dict[str, int], edition: Edition) -> RiskRow:
    language = edition.language
    used = language.tags.get(tag.slug)
    return RiskRow(
        term=replace(used, count=counts[tag.slug]) if used else Term(language.spoken(tag.name), ""),
        number=tag.number,
        definition=language.spoken(tag.definition),
        definition_lang=_definition_lang(tag, language),
    )


def scheme_name(scheme: str, language: Language) -> str:
    """Return the name of a vocabulary in *language*."""
    return language.words.say(f"scheme_{scheme.replace('-', '_')}")


def _definition_lang(tag: RiskTag, language: Language) -> str:
    return _lang_of(tag.definition, tag, language)


def _source_lang(tag: RiskTag, language: Language) -> str:
    return _lang_of(Worded(tag.source.title), tag, language) if tag.source else ""


def _lang_of(text: Worded, tag: RiskTag, language: Language) -> str:
    """Return the language in which *text*, of *tag*, is shown, when it is not *language*."""
    return language.foreign(text, language.config.languages[0] if tag.scheme == _OWN else SHIPPED)


def _page(tag: RiskTag, entries: tuple[Entry, ...], edition: Edition, bulletin: Bulletin) -> Page:
    language = edition.language
    view = _view(tag, entries, edition)
    return list_page(
        bulletin,
        edition,
        urls.risk(tag),
        "risk.html",
        view,
        title=view.name,
        description=excerpt(view.definition or view.name, 300),
        section=urls.risks(),
        parent=edition.chrome.menu[2],
        about=(jsonld.risk_tag(tag, language),),
        feeds=view.feeds,
    )


def _view(tag: RiskTag, entries: tuple[Entry, ...], edition: Edition) -> RiskView:
    language = edition.language
    term = language.tags[tag.slug]
    return RiskView(
        name=term.name,
        scheme=tag.scheme,
        scheme_name=scheme_name(tag.scheme, language),
        number=tag.number,
        definition=language.spoken(tag.definition),
        definition_lang=_definition_lang(tag, language),
        source=views.source_view(tag.source, language) if tag.source else None,
        source_lang=_source_lang(tag, language),
        places=place_terms(entries, language),
        situations=tuple(entry.row for entry in entries),
        feeds=language.feeds(term.url, feed_name(term.name, edition)),
    )
