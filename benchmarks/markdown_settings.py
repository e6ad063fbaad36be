"""Ways to set up Python-Markdown that a comparison goes through, and what is compared."""

from __future__ import annotations

import re
from typing import Any

import markdown
from markdown.extensions import Extension

BULLETIN = ("footnotes", "tables", "attr_list", "smarty", "sane_lists", "abbr", "toc")
"""The extensions of a weekly bulletin."""


def slug(text: str, separator: str) -> str:
    """Make an id from a heading; keeps letters of every alphabet."""
    return separator.join(re.findall(r"\w+", text.lower())) or "part"


def settings() -> dict[str, dict[str, Any]]:
    """Return keyword arguments for `markdown.Markdown` by a name."""
    angled = {"smart_angled_quotes": True, "substitutions": {"left-single-quote": "&sbquo;", "mdash": "<b>-</b>"}}
    return {
        "bulletin": {
            "extensions": [*BULLETIN],
            "extension_configs": {"toc": {"slugify": slug}},
            "output_format": "html",
        },
        "bare": {},
        "extra": {
            "extensions": ["extra", "smarty", "toc", "nl2br", "admonition", "wikilinks", "codehilite"],
            "extension_configs": {
                "smarty": angled,
                "toc": {"permalink": True, "toc_depth": "2-4", "baselevel": 2},
                "codehilite": {"use_pygments": False},
            },
        },
        "odd": {
            "extensions": [*BULLETIN, "legacy_em", "legacy_attrs", "meta"],
            "extension_configs": {
                "footnotes": {"USE_DEFINITION_ORDER": False, "SUPERSCRIPT_TEXT": "[*{}*]", "UNIQUE_IDS": True},
                "abbr": {"glossary": {"HTML": "Hypertext Markup Language", "word": "unit of language"}},
                "toc": {"anchorlink": True, "title": "Contents", "marker": "word"},
                "tables": {"use_align_attribute": True},
            },
            "tab_length": 2,
        },
    }


def converter(name: str, *more: Extension) -> markdown.Markdown:
    """Return Python-Markdown set up as *name* says, with *more* extensions."""
    chosen = settings()[name]
    return markdown.Markdown(**{**chosen, "extensions": [*chosen.get("extensions", ()), *more]})


def outcome(md: markdown.Markdown, text: str) -> tuple[Any, ...]:
    """Convert *text*: the output with everything else that a conversion leaves behind, or the error it ends with."""
    try:
        output = md.reset().convert(text)
    except Exception as error:  # noqa: BLE001  the same error is the same outcome
        return type(error), str(error)
    left: Any = md
    return output, dict(md.references), getattr(left, "toc", None), getattr(left, "toc_tokens", None)
