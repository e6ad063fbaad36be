"""What a template may use, told from the program itself: in docs/theming.md, and by `alertgen explain home.html`.

Whoever has installed the wheel has no docs/, so the hints of reports lead to the command.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from alertgen import STATICS, model, outputs, views
from alertgen import TEMPLATES as FOLDER
from alertgen.i18n import words
from alertgen.load.theme.reading import default_theme
from alertgen.records import dataclass
from alertgen.render.template_functions import functions
from alertgen.store import Store

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
_EVERYWHERE = {"page": "Page", "head": "Head", "chrome": "Chrome"}
"""What every template sees beside its `view` -> its type."""
_WORDS = (
    (r"\bstr\b", "text"),
    (r"\bint\b", "number"),
    (r"\bbool\b", "true or false"),
    (r"tuple\[text, text\]", "pairs of texts"),
    (r"tuple\[(.+), \.\.\.\]", r"list of \1"),
    (r" \| ", " or "),
)
_MACRO = re.compile(r"\{%-? macro (\w+\([^%]*\)) -?%\}")
_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a value."""

    name: str
    kind: str
    """Its type, as in `Teaser or None`."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of value that templates see."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """Something that templates can call."""

    name: str
    usage: str
    meaning: str


@cache
def records() -> dict[str, Record]:
    """Return every kind of value that templates see, by name."""
    whole = {record.name: record for module in (outputs, views, model) for record in _records(module.__file__)}
    named = ["Page", *(record.name for record in _records(views.__file__)), "Prose", "Footnote"]
    return {name: whole[name] for name in named}


@cache
def callables() -> dict[str, Function]:
    """Return every function that templates can call, by name."""
    return {name: _function(name, call) for name, call in functions(Store(None)).items()}


@cache
def macros() -> dict[str, tuple[str, ...]]:
    """Return how to call the macros that pages share, by name of the template that they are in."""
    folder = default_theme() / FOLDER
    found = {
        file.relative_to(folder).as_posix(): tuple(_MACRO.findall(file.read_text(encoding="utf-8")))
        for file in sorted(folder.glob("parts/*.html"))
    }
    return {name: calls for name, calls in found.items() if calls}


def _function(name: str, call: object) -> Function:
    usage, _, meaning = " ".join((inspect.getdoc(call) or "").split()).partition(": ")
    return Function(name, usage.strip("`"), meaning)


def _records(file: str | None) -> Iterator[Record]:
    for node in ast.parse(Path(file or "").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield Record(node.name, " ".join((ast.get_docstring(node) or "").split()), tuple(_fields(node)))


_READ_BY_PROPERTIES = re.compile(r"\b(Filed|PageContents)\b")
"""Types of fields that no template reads itself."""


def _fields(node: ast.ClassDef) -> Iterator[Field]:
    for field, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and not _READ_BY_PROPERTIES.search(ast.unparse(field.annotation)):
            yield Field(ast.unparse(field.target), _kind(ast.unparse(field.annotation)), _told(after))
        if isinstance(field, ast.FunctionDef) and [ast.unparse(one) for one in field.decorator_list] == ["property"]:
            told = " ".join((ast.get_docstring(field) or "").split())
            yield Field(field.name, _kind(ast.unparse(field.returns) if field.returns else ""), told)


def _kind(annotation: str) -> str:
    """Return a type in words: `tuple[Teaser, ...]` is a list of Teaser."""
    for pattern, told in _WORDS:
        annotation = re.sub(pattern, told, annotation)
    return annotation


def _told(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return ""


# --- told in a terminal -------------------------------------------------------------------------------------------


def names() -> tuple[str, ...]:
    """Return all that `guide` can tell about: templates, static files, kinds of values, and functions."""
    theme = default_theme()
    templates = sorted(file.relative_to(theme / FOLDER).as_posix() for file in (theme / FOLDER).rglob("*.html"))
    statics = sorted(file.relative_to(theme).as_posix() for file in (theme / STATICS).rglob("*") if file.is_file())
    return (*templates, *statics, *records(), *callables())


def guide(name: str) -> str:
    """Tell what *name*, one of `names()`, is: what a template may use, what a value holds, where a default file is."""
    if name in records():
        return _of_record(records()[name])
    if name in callables():
        return _of_function(callables()[name])
    if name.startswith(f"{STATICS}/"):
        return f"{name}\n\n{_where(name)}\n"
    kind = TEMPLATES.get(name, "")
    parts = [
        f"{name}\n\n{_wrapped(records()[kind].meaning if kind else 'A part of several pages.')}",
        _where(f"{FOLDER}/{name}"),
        *_of_macros(name),
        "It can use:\n\n" + "\n".join(_uses(kind)),
        "It can call:\n\n" + "".join(f"  {one.usage}\n{_indented(one.meaning, 6)}\n" for one in callables().values()),
    ]
    more = sorted({word for one in (kind, *_EVERYWHERE.values()) if one for word in _kinds(records()[one])})
    parts.append(_wrapped(f"`alertgen explain Teaser` tells what a Teaser holds; so it does for {', '.join(more)}."))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _where(path: str) -> str:
    """Tell where the default of the file *path* of a theme is."""
    todo = f"To change it, copy that file to {path} in the folder of your site, and change the copy."
    return f"The default is {default_theme() / path}\n{_wrapped(todo)}"


def _uses(kind: str) -> Iterator[str]:
    if not kind:
        yield "  view (of the page that it stands in)\n"
    for variable, of in {"view": kind, **_EVERYWHERE}.items():
        if of:
            yield f"  {variable}: {records()[of].meaning}\n{_fields_of(records()[of].fields, f'{variable}.')}"


def _of_record(record: Record) -> str:
    return f"{record.name}\n\n{_wrapped(record.meaning)}\n\nIt has:\n\n{_fields_of(record.fields, '')}"


def _of_function(function: Function) -> str:
    known = words("en").patterns(counted=function.name == "n") if function.name in ("t", "n") else {}
    texts = "".join(f"    {key}\n{_indented(text, 8)}" for key, text in known.items())
    return f"{function.usage}\n\n{_wrapped(function.meaning)}\n" + (f"\nIn English:\n\n{texts}" if texts else "")


def _of_macros(name: str) -> Iterator[str]:
    if found := macros().get(name):
        first = found[0].partition("(")[0]
        yield (
            "It has these macros:\n\n"
            + "".join(f"  {macro}\n" for macro in found)
            + "\nTo call one in another template, import it there:\n\n"
            + f'  {{% from "{name}" import {first} with context %}}'
        )


def _fields_of(fields: Iterable[Field], before: str) -> str:
    told = [(f"{before}{field.name}", field.kind, field.meaning) for field in fields]
    widest = max((len(name) for name, _, _ in told), default=0)
    return "".join(
        f"    {name:{widest}}  {kind}\n{_indented(meaning, 8) if meaning else ''}" for name, kind, meaning in told
    )


def _kinds(record: Record) -> set[str]:
    return {word for field in record.fields for word in re.findall(r"\w+", field.kind) if word in records()}


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH)


def _indented(text: str, width: int) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=" " * width, subsequent_indent=" " * width) + "\n"
