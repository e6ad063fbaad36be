"""A configuration of Sveltia CMS or Decap CMS, which write the same files through forms in a browser.

https://sveltiacms.app/en/docs and https://decapcms.org/docs/configuration-options/
"""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from alertgen.load.series import Series
from alertgen.model import Trend
from alertgen.records import dataclass
from alertgen.tools.schemas import schema_of

PROGRAMS = ("sveltia", "decap")

_HEAD = """\
# Made by `alertgen cms` for {program} CMS from the keys and terms of this site; make it again when site.yaml changes.
# Save it as config.yml beside the page of the CMS. Never put that page on the address of the bulletin itself:
# it needs scripts and sign-in, which the pages for readers forbid.
# Keep the repository private: it holds drafts and embargoed texts.
"""
_TRANSLATED = ("title", "summary", "image_alt", "image_caption", "image_sensitive", "body")
"""Fields that differ from one language to the other; all others are the same."""
_PHOTO = ("image", "image_alt", "image_caption", "image_credit", "image_sensitive")
_FIRST = ("title", "date", "number", "summary", "country", "risk_tags", "level", "trend", *_PHOTO)
"""Fields that stand at the top of the form, in this order."""
_LEFT_OUT = ("lang", "id")
"""Keys that nobody fills in: the file name says the language, and a file without id gets one by its name."""
_WIDEST = 2400
"""Pixels of a photo: more than any page shows."""


@dataclass(frozen=True, slots=True)
class Forms:
    """For which site and which program the forms are."""

    series: Series
    program: str
    """A row of `PROGRAMS`."""

    @property
    def sveltia(self) -> bool:
        """Whether the program knows what only Sveltia knows."""
        return self.program == "sveltia"

    @property
    def translates(self) -> bool:
        """Whether languages stand side by side. Decap would name the first one in every file: `name.en.md`."""
        return self.sveltia and len(self.series.config.languages) > 1


def cms_config(forms: Forms, *, backend: str, repository: str, branch: str) -> str:
    """Return the file config.yml for the site of *forms*, kept in *branch* of *repository* (`owner/name`)."""
    config = {
        "backend": {"name": backend, "repo": repository, "branch": branch},
        "site_url": forms.series.config.base_url,
        "media_folder": "alerts",
        "public_folder": "",
        "slug": {"encoding": "unicode", "clean_accents": True},
        **(_sveltia(forms) if forms.sveltia else _DECAP),
        "collections": [_alerts(forms), _pages(forms)],
    }
    head = _HEAD.format(program=forms.program.capitalize())
    return head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=120)


def _sveltia(forms: Forms) -> dict[str, Any]:
    """Photos are made anew from their pixels before they are stored: no position or owner reaches the repository."""
    anew = {"raster_image": {"format": "webp", "quality": 90, "width": _WIDEST, "height": _WIDEST}}
    return {
        "output": {"omit_empty_optional_fields": True},  # an `embargo: ''` would be an error
        "media_libraries": {"default": {"config": {"transformations": anew}}},
        **({"i18n": _i18n(forms)} if forms.translates else {}),
    }


_DECAP = {"media_processing": {"enabled": True, "strip_metadata": True, "quality": 90}}
"""The same. A width would make small photos larger."""


def _i18n(forms: Forms) -> dict[str, Any]:
    """Name translations as alertgen reads them: `name.md`, `name.fr.md`. A text begins in one language."""
    languages = list(forms.series.config.languages)
    return {
        "structure": "multiple_files",
        "locales": languages,
        "default_locale": languages[0],
        "initial_locales": "default",
        "omit_default_locale_from_file_path": True,
    }


def _alerts(forms: Forms) -> dict[str, Any]:
    return {
        "name": "alerts",
        "label": "Alerts",
        "label_singular": "Alert",
        "folder": "alerts",
        "summary": "{{date}} {{title}}",
        **_shared(forms, name="{{fields.date}}-{{slug}}"),
        **_IN_YEARS[forms.program],
        "fields": _fields("alert", forms),
    }


def _pages(forms: Forms) -> dict[str, Any]:
    return {
        "name": "pages",
        "label": "Pages",
        "label_singular": "Page",
        "folder": "pages",
        **_shared(forms, name="{{slug}}"),
        "fields": _fields("page", forms),
    }


_IN_YEARS: Mapping[str, Mapping[str, str]] = {
    "sveltia": {"path": "{{fields.date | date('YYYY')}}/{{slug}}", "public_folder": "./{{slug}}"},
    "decap": {"path": "{{year}}/{{slug}}"},
}
"""Program -> how the folder of a year is told, `{{year}}` being this year in Sveltia, and where it puts photos."""


def _shared(forms: Forms, *, name: str) -> dict[str, Any]:
    """Photos lie beside their text; what was published is neither deleted nor renamed by a click."""
    return {
        "create": True,
        "delete": False,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": {"template": name, "editable": False} if forms.sveltia else name,
        "media_folder": "",
        "public_folder": "",
        **({"i18n": True} if forms.translates else {}),
    }


def _fields(kind: str, forms: Forms) -> list[dict[str, Any]]:
    schema = schema_of(kind, forms.series)
    fields = _group(schema, schema.get("$defs", {}), forms)
    fields = [field for field in fields if field["name"] not in _LEFT_OUT and field.get("options") != []]
    fields.sort(key=lambda field: _FIRST.index(field["name"]) if field["name"] in _FIRST else len(_FIRST))
    # As typed: a visual editor would put backslashes into footnotes and the braces of situations.
    fields.append({"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"]})
    for field in fields:
        if forms.translates:
            field["i18n"] = True if field["name"] in _TRANSLATED else "duplicate"
    return fields


def _group(schema: dict[str, Any], defs: dict[str, Any], forms: Forms) -> list[dict[str, Any]]:
    needed = schema.get("required", ())
    return [
        {
            "name": key,
            "label": _LABELS.get(key, key.replace("_", " ").capitalize()),
            "hint": _HINTS.get(key, value.get("description", "").replace("`", "")),
            "required": key in needed,
            **_widget(key, value, defs, forms),
        }
        for key, value in schema["properties"].items()
    ]


def _widget(key: str, value: dict[str, Any], defs: dict[str, Any], forms: Forms) -> dict[str, Any]:
    """Return the form of one key: the widest that its schema allows, so a list where a list may stand."""
    if key in _OPTIONS:
        return {"widget": "select", "multiple": _is_list(value), "options": _OPTIONS[key](forms.series)}
    if key == "draft":
        return _publication() if forms.sveltia else {"widget": "boolean", "default": True}
    if key == "image":
        return {"widget": "image", "choose_url": False}
    choices = _choices(value)
    group = next((defs[choice["$ref"].rpartition("/")[2]] for choice in choices if "$ref" in choice), None)
    inner = {"fields": _group(group, defs, forms)} if group else {}
    if _is_list(value):
        # Without a default, Decap begins a list of groups with an empty one.
        return {"widget": "list", **inner, **({} if forms.sveltia else {"default": []})}
    if group:
        return {"widget": "object", **(inner if forms.sveltia else _may_stay_empty(inner))}
    return dict(_PLAIN[_kind(choices[0])])


def _publication() -> dict[str, Any]:
    """A choice without a default: Sveltia would give it also to what was published long ago, and take that back."""
    options = [{"label": "Draft", "value": True}, {"label": "To be published", "value": False}]
    return {"label": "Publication", "hint": _CHOICE, "required": True, "widget": "select", "options": options}


def _may_stay_empty(inner: dict[str, Any]) -> dict[str, Any]:
    """Decap asks for the fields of a group that is optional itself, so none can be required; `check` finds gaps."""
    return {"fields": [{**field, "required": False} for field in inner["fields"]]}


def _choices(value: dict[str, Any]) -> list[dict[str, Any]]:
    choices = [choice for choice in value.get("anyOf", [value]) if choice.get("type") != "null"]
    return [choice.get("items", choice) for choice in choices]


def _is_list(value: dict[str, Any]) -> bool:
    return any(choice.get("type") == "array" for choice in value.get("anyOf", ()))


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


def _countries(series: Series) -> list[dict[str, str]]:
    return [{"label": one.name.default, "value": one.code} for one in series.countries]


_OPTIONS: Mapping[str, Callable[[Series], list[dict[str, str]]]] = {
    "country": _countries,
    "wrong_country": _countries,
    "risk_tags": lambda series: [{"label": tag.name.default, "value": tag.slug} for tag in series.risk_tags],
    "level": lambda series: [
        {"label": level.name.default, "value": level.slug} for level in series.config.levels if not level.until
    ],
    "trend": lambda _: [{"label": trend.value.capitalize(), "value": trend.value} for trend in Trend],
}
"""Key -> what may be chosen, as readers see it and as it is written."""

_LABELS: Mapping[str, str] = {
    "image": "Lead photo",
    "image_alt": "Description of the photo",
    "image_caption": "Caption of the photo",
    "image_credit": "Credit of the photo",
    "image_sensitive": "Warning before the photo",
    "slug": "Last part of the address",
    "aliases": "Old addresses",
    "nav": "In the menu",
    "url": "Address",
    "archived": "Archived copy",
}
"""Key -> its name in a form, where it is not the key itself."""

_CHOICE = "As long as it is a draft, nothing of it is published."
_HINTS: Mapping[str, str] = {
    "country": "One or several.",
    "risk_tags": "What you say of the situation, never a finding of a court.",
    "image": "With a photo, its description and its credit are required.",
    "draft": "Switched on, the text is not published.",
    "embargo": "Moment before which nothing of it is published. To end an embargo, choose a moment in the past.",
    "slug": "Leave it empty: the file name decides. Never change it after publication.",
    "nav": "Switched on, the menu leads to this page.",
}
"""Key -> what a form says of it, where the words for a file do not fit."""
