"""Small whole values of the model for tests: everything has a default, so a test names only what it is about."""

import datetime
from dataclasses import replace

from alertgen.diagnostics import Place
from alertgen.fingerprint import digest_bytes, digest_text
from alertgen.load.texts.corrections import numbered
from alertgen.model import (
    Alert,
    Config,
    Correction,
    Country,
    Footnote,
    Image,
    Ledger,
    Level,
    Link,
    Prose,
    Republication,
    RiskTag,
    Site,
    Situation,
    Source,
    StandingPage,
    Theme,
    ThemeFile,
    Trend,
    Worded,
)

CRISIS = Level(slug="current-crisis", name=Worded("Current crisis", (("fr", "Crise en cours"),)), rank=1)
RISK = Level(slug="imminent-risk", name=Worded("Imminent risk"), rank=2)
CONCERN = Level(slug="serious-concern", name=Worded("Serious concern"), rank=3, until="2023-03")


def country(code: str, name: str, region: str = "Africa", **names: str) -> Country:
    return Country(
        code=code,
        alpha3=f"{code}X",
        m49="000",
        name=Worded(name, tuple(sorted(names.items()))),
        slug=name.lower().replace(" ", "-"),
        region=region,
        subregion="",
    )


SUDAN = country("SD", "Sudan", fr="Soudan", ar="السودان")
MALI = country("ML", "Mali", fr="Mali", ar="مالي")
ISRAEL = country("IL", "Israel", "Asia")
PALESTINE = country("PS", "Palestine", "Asia")
YEMEN = country("YE", "Yemen", "Asia")


def tag(slug: str, scheme: str = "atrocity-crime", number: int = 0) -> RiskTag:
    return RiskTag(
        slug=slug,
        name=Worded(slug.replace("-", " ").capitalize()),
        scheme=scheme,
        number=number,
        definition=Worded(f"What {slug} means."),
        source=Source(title="A treaty", url="https://example.org/treaty"),
    )


GENOCIDE, WAR_CRIMES = tag("genocide"), tag("war-crimes")
CONFLICT = tag("armed-conflict", "un-risk-factor", 1)


def prose(text: str, html: str = "", notes: tuple[Footnote, ...] = ()) -> Prose:
    html = html or (f"<p>{text}</p>" if text else "")
    return Prose(digest=digest_text(html + text), markup=html, plain=text, footnotes=notes)


def situation(
    headline: str = "Villages attacked",
    *countries: Country,
    body: str = "What happened.",
    level: Level | None = None,
    trend: Trend | None = None,
    tags: tuple[RiskTag, ...] = (),
    theme: str = "",
    whole: bool = False,
) -> Situation:
    key = "+".join(sorted(place.code for place in countries)) or f"theme-{theme}"
    return Situation(
        key=key,
        anchor=headline.lower().replace(" ", "-"),
        headline=headline,
        countries=countries,
        theme=theme,
        level=level,
        trend=trend,
        risk_tags=tags,
        prose=prose(body),
        whole=whole,
        place=Place("alerts/x.md", 10),
    )


def image(path: str = "alerts/2021/camp.png", width: int = 2000, height: int = 1000, sensitive: str = "") -> Image:
    return Image(
        path=path,
        original=digest_text(path),
        kind="png" if path.endswith(".png") else "jpeg",
        width=width,
        height=height,
        alt="A camp.",
        caption="The camp.",
        credit="A. Photographer",
        sensitive=sensitive,
        place=Place("alerts/x.md", 5),
    )


def alert(
    date: str = "2021-01-27",
    *situations: Situation,
    title: str = "",
    lang: str = "en",
    number: int | None = None,
    stem: str = "",
    lead: Prose | None = None,
    countries: tuple[Country, ...] = (),
    tags: tuple[RiskTag, ...] = (),
    picture: Image | None = None,
    images: tuple[Image, ...] = (),
    corrections: tuple[tuple[str, str], ...] = (),
    updated: str = "",
    republished: Republication | None = None,
    sources: tuple[Source, ...] = (),
    aliases: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    authors: tuple[str, ...] = ("A. Desk",),
) -> Alert:
    day = datetime.date.fromisoformat(date)
    stem = stem or f"{date}-alert"
    suffix = "" if lang == "en" else f".{lang}"
    path = f"alerts/{day.year}/{stem}{suffix}.md"
    places = [*countries, *(place for part in situations for place in part.countries)]
    all_tags = [*tags, *(item for part in situations for item in part.risk_tags)]
    return Alert(
        id=f"urn:x:{path}",
        path=path,
        stem=stem,
        slug=stem,
        lang=lang,
        title=title or f"Alert of {date}",
        date=day,
        number=number,
        summary=f"Summary of {date}.",
        authors=authors,
        countries=tuple(dict.fromkeys(places)),
        risk_tags=tuple(dict.fromkeys(all_tags)),
        image=picture,
        republished=republished,
        sources=sources,
        updated=datetime.date.fromisoformat(updated) if updated else None,
        corrections=numbered(
            [Correction(date=datetime.date.fromisoformat(on), text=text) for on, text in corrections], {}
        ),
        aliases=aliases,
        lead=lead or prose(""),
        situations=situations,
        links=tuple(Link(target, Place(path, 20)) for target in links),
        images=images,
        place=Place(path, 1),
    )


def page(
    stem: str = "about",
    *,
    lang: str = "en",
    nav: bool = True,
    body: str = "Who we are.",
    aliases: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
) -> StandingPage:
    path = f"pages/{stem}.md" if lang == "en" else f"pages/{stem}.{lang}.md"
    return StandingPage(
        path=path,
        stem=stem,
        slug=stem,
        lang=lang,
        title=stem.capitalize(),
        summary=f"Summary of {stem}.",
        nav=nav,
        updated=None,
        aliases=aliases,
        prose=prose(body),
        links=tuple(Link(target, Place(path, 5)) for target in links),
        images=(),
        place=Place(path, 1),
    )


CONFIG = Config(
    title=Worded("Test Bulletin", (("fr", "Bulletin d\u2019essai"),)),
    base_url="https://alerts.example.org/",
    publisher=Worded("Example Desk"),
    publisher_url="https://example.org/",
    description=Worded("A bulletin for tests."),
    notice=Worded(""),
    series=Worded("Test Alert", (("fr", "Alerte d\u2019essai"),)),
    languages=("en", "fr", "ar"),
    timezone="UTC",
    levels=(CRISIS, RISK, CONCERN),
    follow=(),
    rights=Worded("All rights given."),
    licence_name=Worded("CC BY 4.0"),
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    email="",
    feed_items=20,
    page_size=3,
    social_cards=52,
    search=True,
    current_weeks=52,
    digest="0",
)


def theme_file(path: str, content: str) -> ThemeFile:
    return ThemeFile(path=path, digest=digest_bytes(content.encode()), content=content.encode())


def site(*texts: Alert | StandingPage, statics: tuple[ThemeFile, ...] = (), **config: object) -> Site:
    """A site of *texts*; alerts are put in order, newest first."""
    alerts = [text for text in texts if isinstance(text, Alert)]
    alerts.sort(key=lambda text: text.path)
    alerts.sort(key=lambda text: (text.date, text.number or 0), reverse=True)
    return Site(
        config=replace(CONFIG, **config),  # type: ignore[arg-type]
        alerts=tuple(alerts),
        pages=tuple(text for text in texts if isinstance(text, StandingPage)),
        countries=(ISRAEL, MALI, PALESTINE, SUDAN, YEMEN),
        risk_tags=(GENOCIDE, WAR_CRIMES, CONFLICT),
        theme=Theme(templates=(), statics=statics, digest="0"),
        ledger=Ledger(),
    )
