"""The JSON Schema of front matter and of site.yaml, with the terms of one site: for editors that check as one types."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from alertgen.diagnostics import Place
from alertgen.load.keys.schema import AlertKeys, Keys, PageKeys, json_schema
from alertgen.load.keys.site_keys import SiteKeys
from alertgen.load.series import Series
from alertgen.load.vocabulary.vocabularies import country_spellings, data_files
from alertgen.model import Trend

KINDS: Mapping[str, type[Keys]] = {"alert": AlertKeys, "page": PageKeys, "site": SiteKeys}
"""What has a schema -> the keys of it."""

_DAY = {"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_WEB = {"format": "uri", "pattern": "^https?://"}
_FORMS: Mapping[str, Mapping[str, str]] = {
    "date": _DAY,
    "updated": _DAY,
    "embargo": {"format": "date-time", "pattern": r"(Z|[+-]\d{2}:?\d{2})$"},
    "url": _WEB,
    "archived": _WEB,
    "base_url": _WEB,
    "publisher_url": _WEB,
    "hub": _WEB,
    "email": {"format": "email"},
    "aliases": {"pattern": "^/"},
}
"""Key -> the form of its text."""


def schema_of(kind: str, series: Series) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of *kind*, a row of `KINDS`, in the site of *series*.

    Countries, risk tags, levels, trends and languages may be exactly the terms of the site. Countries are listed as
    they are usually spelled; a build also takes them in other capitals.
    """
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(KINDS[kind])}
    terms = {} if kind == "site" else {key: list(find(series)) for key, find in _TERMS.items()}
    for group in (schema, *schema.get("$defs", {}).values()):
        for key, value in group.get("properties", {}).items():
            _narrow(value, {**_FORMS.get(key, {}), **({"enum": terms[key]} if terms.get(key) else {})})
    return schema


def _narrow(schema: dict[str, Any], by: Mapping[str, Any]) -> None:
    """Put *by* into every text that *schema* allows."""
    if schema.get("type") == "string":
        schema.update(by)
    for inner in (*schema.get("anyOf", ()), schema.get("items", {})):
        if inner:
            _narrow(inner, by)


def _own_names(series: Series) -> Iterator[str]:
    """Yield the names of countries that mean one of them: those that the site has given, and others."""
    for country in series.countries:
        if series.terms.country(country.name.default, Place("")) is country:
            yield country.name.default


def _country_names(series: Series) -> list[str]:
    """Return all that means one country."""
    return sorted({*country_spellings(data_files()[0]), *_own_names(series)})


_TERMS: Mapping[str, Callable[[Series], Iterable[str]]] = {
    "country": _country_names,
    "wrong_country": _country_names,
    "risk_tags": lambda series: [tag.slug for tag in series.risk_tags],
    "level": lambda series: [level.slug for level in series.config.levels],  # also dropped ones: old alerts keep them
    "trend": lambda _: list(map(str, Trend)),
    "lang": lambda series: series.config.languages,
}
