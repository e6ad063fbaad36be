"""The text of `docs/theming.md`, made from the views and the functions that templates can call."""

import ast
import inspect
from pathlib import Path

from alertgen import outputs, views
from alertgen.render.templates import FUNCTIONS

_ABOUT = """\
# Changing how pages look

A file in `templates/` or `static/` of your site folder takes the place of the default file of the same name. So a
change of colours is one file, `static/site.css`; another footer is `templates/parts/footer.html`. Copy the default
from the alertgen repository and change the copy. Everything else stays as it is, and a later version of alertgen
brings its improvements to all files that you did not override.

Templates are [Jinja](https://jinja.palletsprojects.com/). They are strict: a name that is not there is an error at its
line, never an empty place. All text is escaped. A style attribute, an inline script or a file of another host would be
refused by the page's Content-Security-Policy.

Every template sees one page as `page` (see `Page`), and its parts by short names: `view`, `head` and `chrome`.
This page is generated (`make docs`); a test fails when it is out of date.
"""
TEMPLATES = {
    "home.html": "HomeView",
    "alert.html": "AlertView",
    "archive.html": "ArchiveView",
    "countries.html": "CountriesView",
    "country.html": "CountryView",
    "risks.html": "RisksView",
    "risk.html": "RiskView",
    "subscribe.html": "SubscribeView",
    "corrections.html": "CorrectionsView",
    "search.html": "SearchView",
    "not_found.html": "NotFoundView",
    "standing.html": "StandingView",
    "data.html": "DataView",
    "redirect.html": "RedirectView",
}
"""Name of a template -> the type of its `view`."""


def theming() -> str:
    """Return the whole page."""
    rows = "".join(f"| `{name}` | [`{view}`](#{view.lower()}) |\n" for name, view in TEMPLATES.items())
    shown = [_record(outputs.__file__, "Page"), *(_record(views.__file__, name) for name in _classes(views.__file__))]
    templates = f"## Templates\n\n| template | its `view` |\n|---|---|\n{rows}"
    return "\n".join([_ABOUT, templates, "## Functions\n", _functions(), "## Values\n", *shown])


def _functions() -> str:
    rows = []
    for name, function in FUNCTIONS.items():
        usage, _, meaning = " ".join((inspect.getdoc(function) or "").split()).partition(": ")
        rows.append(f"| `{name}` | {usage} | {meaning} |\n")
    return "| name | how to call it | what it gives |\n|---|---|---|\n" + "".join(rows)


def _classes(file: str) -> list[str]:
    return [
        node.name for node in ast.parse(Path(file).read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)
    ]


def _record(file: str, name: str) -> str:
    """Describe the dataclass *name*: its docstring, and each field with the string below it."""
    body = ast.parse(Path(file).read_text(encoding="utf-8")).body
    node = next(node for node in body if isinstance(node, ast.ClassDef) and node.name == name)
    rows = []
    for field, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign):
            kind = ast.unparse(field.annotation).replace("|", "or")
            rows.append(f"| `{ast.unparse(field.target)}` | {kind} | {_told(after)} |\n")
    about = " ".join((ast.get_docstring(node) or "").split())
    return f"### {name}\n\n{about}\n\n| field | type | meaning |\n|---|---|---|\n{''.join(rows)}"


def _told(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split()).replace("|", "\\|")
    return ""
