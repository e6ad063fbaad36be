"""What the preview adds to a page: its script and style sheet, and a mark on what is held back.

Both come from the preview's own addresses, so the policy of the page stays as strict as it will be.
"""

import json
import re
from collections.abc import Mapping
from html import escape

from alertgen import urls
from alertgen.diagnostics import Diagnostic
from alertgen.report import format_place
from alertgen.serve.preview import Shown, is_trouble

OWN = "__alertgen__"
"""Folder of the preview's own addresses, below the root of the server. No site has a page of that name."""

_HEAD = re.compile(r"</head>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)

NO_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title></head>
<body><p class="alertgen-nothing">There is nothing to show yet. As soon as the site has no errors, it appears here.</p>
</body></html>
"""


def marked(html: str, address: str, shown: Shown) -> str:
    """Return the page *html* at *address* with what the preview adds."""
    html = _HEAD.sub(lambda end: _additions(shown) + end[0], html, count=1)
    because = shown.held.get(address)
    if because is None:
        return html
    mark = f'<div class="alertgen-mark" role="note">Not published: {escape(because)}</div>'
    return _BODY.sub(lambda start: start[0] + mark, html, count=1)


def marked_feed(xml: str, shown: Shown) -> str:
    """Return the feed *xml* with a remark at its top about the texts in it that are held back."""
    held = [f"{address} ({why})" for address, why in shown.held.items() if urls.encoded(address) in xml]
    if not held:
        return xml
    remark = f"Not published, and in no feed of a build: {', '.join(held)}".replace("--", "- -")
    return xml.replace("?>", f"?>\n<!-- {remark} -->", 1)


def _additions(shown: Shown) -> str:
    held = json.dumps({shown.root.rstrip("/") + address: why for address, why in shown.held.items()})
    return (
        f'<link rel="stylesheet" href="/{OWN}/marks.css">'
        f'<script src="/{OWN}/preview.js" defer data-version="{shown.good}" data-held="{escape(held)}"></script>'
    )


def message(shown: Shown) -> str:
    """Return *shown* as the browser is told of it: JSON."""
    return json.dumps(
        {
            "version": shown.version,
            "good": shown.good,
            "open": shown.root.rstrip("/") + shown.opened if shown.opened else "",
            "trouble": shown.trouble,
            "bug": shown.bug,
            "problems": [_problem(problem) for problem in shown.troubles or shown.problems],
        },
        ensure_ascii=False,
    )


def _problem(problem: Diagnostic) -> Mapping[str, object]:
    return {
        "place": format_place(problem.at),
        "severity": "error" if is_trouble(problem) else problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "line": problem.at.line,
        "column": problem.at.column,
        "length": problem.at.length,
        "excerpt": problem.excerpt,
    }
