"""What stands around every page of a language."""

from urllib.parse import urlsplit

from alertgen import urls
from alertgen.model import StandingPage
from alertgen.plan.language import Language
from alertgen.views import Chrome, Term


def chrome_of(language: Language, pages: tuple[StandingPage, ...], assets: tuple[tuple[str, str], ...]) -> Chrome:
    """Return the chrome of *language*; *pages* are the standing pages in it."""
    config, say = language.config, language.words.say
    home = language.local(urls.home())
    title = language.spoken(config.title)
    return Chrome(
        lang=language.lang,
        dir=language.words.direction,
        title=title,
        description=language.spoken(config.description),
        notice=language.spoken(config.notice),
        publisher=config.publisher,
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
        follow=tuple(Term(place.name, place.url) for place in config.follow),
        feeds=language.feeds(home, title),
        rights=language.spoken(config.rights),
        licence=Term(config.licence_name, config.licence_url) if config.licence_name else None,
        search=language.local(urls.search()) if config.search else "",
        assets=assets,
        foreign=_foreign(language),
    )


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
