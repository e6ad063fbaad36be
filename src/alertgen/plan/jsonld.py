"""What pages say of themselves in schema.org's words, as JSON-LD."""

import json
from collections.abc import Mapping, Sequence

from alertgen import urls
from alertgen.model import Alert, Country, RiskTag
from alertgen.plan.language import Language
from alertgen.views import Picture, Term

Node = Mapping[str, object]

_spelled = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_UNSAFE = [(char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029"]


def serialised(*nodes: Node) -> str:
    """Return *nodes* as one JSON-LD document that may stand inside `<script>`, whatever the texts in it."""
    graph = _spelled({"@context": "https://schema.org", "@graph": list(nodes)})
    for char, escape in _UNSAFE:
        graph = graph.replace(char, escape)
    return graph


def publisher(language: Language) -> Node:
    """Return the organisation behind the bulletin."""
    config = language.config
    return _filled({"@type": "Organization", "name": language.publisher, "url": config.publisher_url})


def website(language: Language) -> Node:
    """Return the site as the home page tells of it."""
    config = language.config
    return _filled(
        {
            "@type": "WebSite",
            "name": language.spoken(config.title),
            "url": language.absolute(language.local(urls.home())),
            "description": language.spoken(config.description),
            "inLanguage": language.lang,
            "publisher": publisher(language),
            "license": config.licence_url,
        }
    )


def web_page(kind: str, url: str, name: str, language: Language, about: Sequence[Node] = ()) -> Node:
    """Return a page of *kind* (`CollectionPage`, `WebPage`) that is *about* something."""
    return _filled(
        {"@type": kind, "@id": url, "url": url, "name": name, "inLanguage": language.lang, "about": list(about)}
    )


def dataset(
    url: str, name: str, description: str, language: Language, files: Mapping[str, str], alerts: Sequence[Alert]
) -> Node:
    """Return the open data as search engines for data look for them: *files* are media types by address."""
    config, organisation = language.config, publisher(language)
    days = [alert.date for alert in alerts]
    return _filled(
        {
            "@type": "Dataset",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "inLanguage": sorted({alert.lang for alert in alerts}),
            "creator": organisation,
            "publisher": organisation,
            "license": config.licence_url,
            "copyrightNotice": language.spoken(config.rights),
            "isAccessibleForFree": True,
            "temporalCoverage": f"{min(days)}/{max(days)}" if days else "",
            "dateModified": f"{max(alert.changed for alert in alerts)}" if alerts else "",
            "distribution": [
                {"@type": "DataDownload", "contentUrl": language.absolute(address), "encodingFormat": media_type}
                for address, media_type in files.items()
            ],
        }
    )


def breadcrumbs(trail: Sequence[Term], language: Language) -> Node:
    """Return the way from the home page to a page, which is the last of *trail*."""
    places = [
        {"@type": "ListItem", "position": number, "name": place.name, "item": language.absolute(place.url)}
        for number, place in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": places}


def country(country: Country, language: Language) -> Node:
    """Return *country* with its ISO code."""
    code = {"@type": "PropertyValue", "propertyID": "ISO 3166-1 alpha-2", "value": country.code}
    return {"@type": "Country", "name": language.spoken(country.name), "identifier": code}


def risk_tag(tag: RiskTag, language: Language) -> Node:
    """Return *tag* as a defined term."""
    return {"@type": "DefinedTerm", "name": language.spoken(tag.name), "termCode": tag.slug}


def report(alert: Alert, headline: str, language: Language, url: str, image: Node) -> Node:
    """Return *alert* as an article and numbered report."""
    config, organisation = language.config, publisher(language)
    places = [country(place, language) for place in alert.countries]
    tags = [risk_tag(tag, language) for tag in alert.risk_tags]
    themes = dict.fromkeys(situation.theme for situation in alert.situations if situation.theme)
    return _filled(
        {
            "@type": ["NewsArticle", "Report"],
            "@id": url,
            "url": url,
            "headline": headline,
            "description": alert.summary,
            "reportNumber": "" if alert.number is None else str(alert.number),
            "datePublished": alert.date.isoformat(),
            "dateModified": alert.changed.isoformat(),
            "inLanguage": alert.lang,
            "publisher": organisation,
            "author": [_author(name, language) for name in alert.authors] or _first_publisher(alert) or organisation,
            "isPartOf": _filled({"@type": "CreativeWorkSeries", "name": language.spoken(config.series)}),
            "spatialCoverage": places,
            "about": tags,
            "keywords": [*(language.spoken(tag.name) for tag in alert.risk_tags), *themes],
            "image": image,
            "creditText": alert.republished.publisher if alert.republished else language.publisher,
            "copyrightNotice": alert.republished.rights if alert.republished else language.spoken(config.rights),
            "license": "" if alert.republished else config.licence_url,
            "isBasedOn": _original(alert),
            "correction": [
                {"@type": "CorrectionComment", "text": note.text, "datePublished": note.date.isoformat()}
                for note in alert.corrections
            ],
        }
    )


def picture(picture: Picture, language: Language) -> Node:
    """Return *picture* with who took it."""
    return _filled(
        {
            "@type": "ImageObject",
            "url": language.absolute(picture.fallback.url),
            "caption": picture.caption or picture.alt,
            "creditText": picture.credit,
        }
    )


def card(url: str) -> Node:
    """Return the social card at *url*."""
    return {"@type": "ImageObject", "url": url}


def _author(name: str, language: Language) -> Node:
    known = (language.publisher, language.config.publisher.default)
    return publisher(language) if name in known else {"@type": "Person", "name": name}


def _first_publisher(alert: Alert) -> Node | None:
    return {"@type": "Organization", "name": alert.republished.publisher} if alert.republished else None


def _original(alert: Alert) -> Node | None:
    first = alert.republished
    if first is None:
        return None
    return {
        "@type": "Article",
        "url": first.url,
        "datePublished": first.date.isoformat(),
        "publisher": _first_publisher(alert),
    }


def _filled(node: Node) -> Node:
    """Leave out what is empty."""
    return {key: value for key, value in node.items() if value}
