"""Site -> Bulletin: everything that several planners need, computed once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from alertgen import urls
from alertgen.i18n import words
from alertgen.model import Alert, Config, Country, Level, RiskTag, Site, StandingPage
from alertgen.plan import views
from alertgen.plan.bulletin import Bulletin, Edition
from alertgen.plan.cards import bulletin_card, cards_of
from alertgen.plan.chrome import chrome_of, editions_of
from alertgen.plan.history import AlertCorrection, History, corrections_of, history_of
from alertgen.plan.language import Language, language_of
from alertgen.plan.recall import Recall
from alertgen.plan.statics import published_names
from alertgen.plan.views import Entry
from alertgen.text import slugify
from alertgen.views import Translation


def gather(site: Site, recall: Recall) -> Bulletin:
    """Arrange *site* for planning. What *recall* knows of the last plan only saves time."""
    assets = recall(published_names, "", site.theme)
    default = site.config.languages[0]
    texts: tuple[Alert | StandingPage, ...] = (*site.alerts, *site.pages)
    spoken = {default, *(text.lang for text in texts)}
    homes = editions_of(site.config, spoken)
    return Bulletin(
        site=site,
        editions=tuple(_edition(site, lang, assets, homes, recall) for lang in site.config.languages if lang in spoken),
        assets=assets,
        files=files_of(site),
        translations=_translations(texts, site.config),
        recall=recall,
    )


def files_of(site: Site) -> dict[str, str]:
    """Return the address of each alert and standing page of *site*, by path of its file."""
    default = site.config.languages[0]
    return {text.path: urls.text(text, default) for text in site.texts}


def _edition(
    site: Site, lang: str, assets: tuple[tuple[str, str], ...], homes: tuple[Translation, ...], recall: Recall
) -> Edition:
    alerts = tuple(alert for alert in site.alerts if alert.lang == lang)
    pages = tuple(page for page in site.pages if page.lang == lang)
    notes = [note for note in corrections_of(alerts) if note.correction.wrong_countries]
    said = chain(_wrongly_published(notes, lang, site), (country for alert in alerts for country in alert.countries))
    used = {country.code: country for country in said}
    countries = tuple(sorted(used.values(), key=lambda country: (slugify(country.name.said_in(lang)), country.code)))
    tagged = {tag.slug for alert in alerts for tag in alert.risk_tags}
    kept = _kept_tags(lang, site)
    tags = tuple(tag for tag in site.risk_tags if tag.slug in tagged or tag.slug in kept)
    language = recall(language_of, lang, site.config, words(lang), countries, tags)
    teasers = {alert.path: recall(views.teaser, alert.path, alert, language) for alert in alerts}
    by_alert = (recall(views.entries, alert.path, alert, teasers[alert.path], language) for alert in alerts)
    entries = tuple(chain.from_iterable(by_alert))
    card = bulletin_card(language)
    return Edition(
        language=language,
        chrome=recall(chrome_of, lang, language, pages, assets, homes),
        alerts=alerts,
        pages=pages,
        card=card,
        cards=cards_of(alerts, teasers, language, card),
        teasers=teasers,
        entries=entries,
        countries=tuple(_by_country(countries, entries, notes, lang, recall)),
        by_tag=_by_tag(tags, entries),
        levels=_levels(entries, site, language),
        legend=views.legend(entries, language),
        lists=_lists(alerts, countries, tags, site.config),
    )


def _wrongly_published(notes: Iterable[AlertCorrection], lang: str, site: Site) -> Iterator[Country]:
    """Yield the countries that *notes* take back and whose pages the ledger knows: somebody may follow them there.

    A translation that was never published under the wrong country opens no page of that.
    """
    wrong = (country for note in notes for country in note.correction.wrong_countries)
    pages = {urls.in_language(urls.country(country), lang, site.config.languages[0]): country for country in wrong}
    return (pages[entry.address] for entry in site.ledger.entries if entry.address in pages) if pages else iter(())


def _kept_tags(lang: str, site: Site) -> frozenset[str]:
    """Return the slugs of the risk tags whose pages the ledger knows: page and feeds stay when no alert has the tag.

    Not so tags of the site's own, which may have been made for one text: when that is taken down, they go with it.
    """
    shipped = [tag for tag in site.risk_tags if tag.scheme != "site"]
    pages = {urls.in_language(urls.risk(tag), lang, site.config.languages[0]): tag.slug for tag in shipped}
    known = (entry.address for entry in site.ledger.entries)
    return frozenset([pages[address] for address in known if address in pages and address not in site.given_up])


def _levels(entries: tuple[Entry, ...], site: Site, language: Language) -> tuple[Level, ...]:
    """Return the levels in use, and those whose feeds the ledger knows: these stay when no alert states the level."""
    used = {entry.level.slug: entry.level for entry in entries if entry.level}
    others = {language.local(urls.level(level)): level for level in site.config.levels if level.slug not in used}
    kept = [
        level for folder, level in others.items()
        if any(entry.address.startswith(folder) for entry in site.ledger.entries)
    ]  # fmt: skip
    return tuple(sorted((*used.values(), *kept), key=views.severity))


def _by_country(
    countries: tuple[Country, ...],
    entries: tuple[Entry, ...],
    notes: Sequence[AlertCorrection],
    lang: str,
    recall: Recall,
) -> Iterator[History]:
    found: dict[str, list[Entry]] = {country.code: [] for country in countries}
    for entry in entries:
        for country in entry.countries:
            found[country.code].append(entry)
    for country in countries:
        wrong = tuple([note for note in notes if country in note.correction.wrong_countries])
        yield recall(history_of, f"{country.code} {lang}", country, tuple(found[country.code]), wrong)


def _by_tag(tags: tuple[RiskTag, ...], entries: tuple[Entry, ...]) -> tuple[tuple[RiskTag, tuple[Entry, ...]], ...]:
    found: dict[str, list[Entry]] = {tag.slug: [] for tag in tags}
    for entry in entries:
        for tag in entry.risk_tags:
            found[tag.slug].append(entry)
    return tuple((tag, tuple(found[tag.slug])) for tag in tags)


def _lists(
    alerts: tuple[Alert, ...], countries: tuple[Country, ...], tags: tuple[RiskTag, ...], config: Config
) -> frozenset[str]:
    always = [
        urls.home(),
        urls.archive(),
        urls.countries(),
        urls.risks(),
        urls.subscribe(),
        urls.corrections(),
        urls.data(),
    ]
    return frozenset(
        [
            *always,
            *([urls.search()] if config.search else []),
            *(urls.year(alert.date.year) for alert in alerts),
            *map(urls.country, countries),
            *map(urls.risk, tags),
        ]
    )


def _translations(
    texts: Iterable[Alert | StandingPage], config: Config
) -> Mapping[str, tuple[Alert | StandingPage, ...]]:
    """Group the files that differ in nothing but the language, in the order of the site's languages."""
    groups: dict[tuple[str, str], dict[str, Alert | StandingPage]] = {}
    for text in texts:
        groups.setdefault(_file_without_language(text), {}).setdefault(text.lang, text)
    found = {}
    for text in texts:
        others = groups[_file_without_language(text)] | {text.lang: text}
        found[text.path] = tuple(others[lang] for lang in config.languages if lang in others)
    return found


def _file_without_language(text: Alert | StandingPage) -> tuple[str, str]:
    return text.path.rpartition("/")[0], text.stem
