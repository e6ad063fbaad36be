"""What stands around every page of a language."""

from collections.abc import Collection
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.i18n import FALLBACK, words
from alertgen.model import Config, StandingPage
from alertgen.plan.language import Language
from alertgen.views import Chrome, Term, Translation


def chrome_of(
    language: Language,
    pages: tuple[StandingPage, ...],
    assets: tuple[tuple[str, str], ...],
    editions: tuple[Translation, ...],
) -> Chrome:
    """Return the chrome of *language*; *pages* are the standing pages in it, *editions* as `editions_of` gives them."""
    config, say = language.config, language.words.say
    home = language.local(urls.home())
    title = language.spoken(config.title)
    return Chrome(
        lang=language.lang,
        dir=language.words.direction,
        title=title,
        description=language.spoken(config.description),
        notice=language.spoken(config.notice),
        publisher=language.publisher,
        publisher_url=config.publisher_url,
        home=home,
        root=urlsplit(config.base_url).path or "/",
        menu=(
            Term(say("alerts"), language.local(urls.archive())),
            Term(say("countries"), language.local(urls.countries())),
            Term(say("risk_tags"), language.local(urls.risks())),
            *_links(language, pages, nav=True),
            Term(say("subscribe"), language.local(urls.subscribe())),
        ),
        footer=(
            Term(say("corrections"), language.local(urls.corrections())),
            Term(say("data"), language.local(urls.data())),
            *_links(language, pages, nav=False),
        ),
        follow=tuple(Term(language.spoken(place.name), place.url) for place in config.follow),
        feeds=language.feeds(home, title),
        rights=language.spoken(config.rights),
        licence=Term(language.spoken(config.licence_name), config.licence_url) if config.licence_name else None,
        search=language.local(urls.search()) if config.search else "",
        assets=assets,
        editions=editions,
        foreign=_foreign(language),
        interface="" if language.words.complete else FALLBACK,
    )


def editions_of(config: Config, spoken: Collection[str]) -> tuple[Translation, ...]:
    """Return the home pages of the languages *spoken* in the bulletin; none when there is only one."""
    homes = {lang: urls.in_language(urls.home(), lang, config.languages[0]) for lang in config.languages}
    there = tuple(
        Translation(lang, words(lang).language_name, home, urls.absolute(home, config.base_url))
        for lang, home in homes.items()
        if lang in spoken
    )
    return there if len(there) > 1 else ()


def _links(language: Language, pages: tuple[StandingPage, ...], *, nav: bool) -> tuple[Term, ...]:
    default = language.config.languages[0]
    return tuple(Term(page.title, urls.standing_page(page, default)) for page in pages if page.nav is nav)


def _foreign(language: Language) -> tuple[tuple[str, str], ...]:
    config = language.config
    texts = {
        "title": config.title,
        "description": config.description,
        "notice": config.notice,
        "rights": config.rights,
    }
    spoken = {name: language.foreign(text, config.languages[0]) for name, text in texts.items()}
    return tuple((name, lang) for name, lang in spoken.items() if lang)
