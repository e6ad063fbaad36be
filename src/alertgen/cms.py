"""A configuration of Sveltia CMS or Decap CMS, which write the same files through forms in a browser.

https://sveltiacms.app/en/docs and https://decapcms.org/docs/configuration-options/
"""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from alertgen.load.series import Series
from alertgen.model import Trend
from alertgen.schemas import schema_of

_HEAD = """\
# Made by `alertgen cms` from the keys and terms of this site; make it again when site.yaml changes.
# Save it as config.yml beside the page of the CMS. Never put that page on the address of the bulletin itself:
# it needs scripts and sign-in, which the pages for readers forbid.
"""
_TRANSLATED = ("title", "summary", "image_alt", "image_caption", "image_sensitive", "body")
"""Fields that differ from one language to the other; all others are the same."""
_FIRST = ("title", "date", "number", "summary", "country", "risk_tags", "level", "trend", "image")
"""Fields that stand at the top of the form, in this order."""
_LEFT_OUT = ("lang", "id")
"""Keys that nobody fills in: the file name says the language, and a file without id gets one by its name."""


def cms_config(series: Series, *, backend: str, repository: str, branch: str) -> str:
    """Return the file config.yml for the site of *series*, kept in *branch* of *repository* (`owner/name`)."""
    several = len(series.config.languages) > 1
    config = {
        "backend": {"name": backend, "repo": repository, "branch": branch},
        "site_url": series.config.base_url,
        "media_folder": "alerts",
        "public_folder": "",
        **({"i18n": _i18n(series)} if several else {}),
        "output": {"omit_empty_optional_fields": True},  # an `embargo: ''` would be an error
        "collections": [_alerts(series, several), _pages(series, several)],
    }
    return _HEAD + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=120)


def _i18n(series: Series) -> dict[str, Any]:
    """Name translations as alertgen reads them: `name.md`, `name.fr.md`."""
    languages = list(series.config.languages)
    return {
        "structure": "multiple_files",
        "locales": languages,
        "default_locale": languages[0],
        "omit_default_locale_from_filename": True,
    }


def _alerts(series: Series, several: bool) -> dict[str, Any]:
    return {
        "name": "alerts",
        "label": "Alerts",
        "label_singular": "Alert",
        "folder": "alerts",
        "path": "{{year}}/{{slug}}",
        "summary": "{{date}} {{title}}",
        **_shared(several),
        "fields": _fields("alert", series, several),
    }


def _pages(series: Series, several: bool) -> dict[str, Any]:
    return {
        "name": "pages",
        "label": "Pages",
        "label_singular": "Page",
        "folder": "pages",
        **_shared(several),
        "fields": _fields("page", series, several),
    }


def _shared(several: bool) -> dict[str, Any]:
    """Photos lie beside their text; what was published is not deleted by a click."""
    return {
        "create": True,
        "delete": False,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{slug}}",
        "media_folder": "",
        "public_folder": "",
        **({"i18n": True} if several else {}),
    }


def _fields(kind: str, series: Series, several: bool) -> list[dict[str, Any]]:
    schema = schema_of(kind, series)
    fields = _group(schema, schema.get("$defs", {}), series)
    fields = [field for field in fields if field["name"] not in _LEFT_OUT]
    fields.sort(key=lambda field: _FIRST.index(field["name"]) if field["name"] in _FIRST else len(_FIRST))
    # As typed: a visual editor would put backslashes into footnotes and the braces of situations.
    fields.append({"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"]})
    for field in fields:
        if field["name"] == "draft":
            field["default"] = True
        if several:
            field["i18n"] = True if field["name"] in _TRANSLATED else "duplicate"
    return fields


def _group(schema: dict[str, Any], defs: dict[str, Any], series: Series) -> list[dict[str, Any]]:
    needed = schema.get("required", ())
    return [
        {
            "name": key,
            "label": key.replace("_", " ").capitalize(),
            "hint": value.get("description", "").replace("`", ""),
            "required": key in needed,
            **_widget(key, value, defs, series),
            # Without a default, a day that may be left out would be today.
            **({"default": ""} if key not in needed and _is_day(value) else {}),
        }
        for key, value in schema["properties"].items()
    ]


def _widget(key: str, value: dict[str, Any], defs: dict[str, Any], series: Series) -> dict[str, Any]:
    """Return the form of one key: the widest that its schema allows, so a list where a list may stand."""
    if key in _OPTIONS:
        return {"widget": "select", "multiple": _list(value) is not None, "options": _OPTIONS[key](series)}
    if key == "image":
        return {"widget": "image", "choose_url": False}
    choices = _choices(value)
    group = next((defs[choice["$ref"].rpartition("/")[2]] for choice in choices if "$ref" in choice), None)
    if group:
        kind = "list" if _list(value) else "object"
        return {"widget": kind, "fields": _group(group, defs, series)}
    if _list(value):
        return {"widget": "list"}
    return dict(_PLAIN[_kind(choices[0])])


def _choices(value: dict[str, Any]) -> list[dict[str, Any]]:
    choices = [choice for choice in value.get("anyOf", [value]) if choice.get("type") != "null"]
    return [choice.get("items", choice) for choice in choices]


def _list(value: dict[str, Any]) -> dict[str, Any] | None:
    return next((choice for choice in value.get("anyOf", ()) if choice.get("type") == "array"), None)


def _is_day(value: dict[str, Any]) -> bool:
    return any(choice.get("format") in ("date", "date-time") for choice in _choices(value))


def _kind(choice: dict[str, Any]) -> str:
    return str(choice["format"]) if choice.get("format") in _PLAIN else str(choice["type"])


_PLAIN: Mapping[str, Mapping[str, Any]] = {
    "string": {"widget": "string"},
    "integer": {"widget": "number", "value_type": "int", "min": 1},
    "boolean": {"widget": "boolean", "default": False},
    "date": {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False},
    "date-time": {"widget": "datetime", "format": "YYYY-MM-DDTHH:mm:ssZ"},
}
"""Type or format of a value -> its field."""

_OPTIONS: Mapping[str, Callable[[Series], list[dict[str, str]]]] = {
    "country": lambda series: [{"label": one.name.default, "value": one.code} for one in series.countries],
    "risk_tags": lambda series: [{"label": tag.name.default, "value": tag.slug} for tag in series.risk_tags],
    "level": lambda series: [
        {"label": level.name.default, "value": level.slug} for level in series.config.levels if not level.until
    ],
    "trend": lambda _: [{"label": trend.value.capitalize(), "value": trend.value} for trend in Trend],
}
"""Key -> what may be chosen, as readers see it and as it is written."""
