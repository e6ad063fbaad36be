"""Faults of templates at work, in the words of those who write them."""

import inspect
import re
from collections.abc import Mapping

from jinja2 import TemplateError, TemplateNotFound

from alertgen import model, outputs, views
from alertgen.records import fields, is_record
from alertgen.text import listed, suggestions

_NO_FIELD = re.compile(r"'(?:[\w.]+\.)?(?P<kind>\w+) object' has no attribute '(?P<name>\w+)'")
_NOTHING = re.compile(r"'None' has no attribute '(?P<name>\w+)'")
_NO_NAME = re.compile(r"'(?P<name>\w+)' is undefined")
_NO_ENTRY = re.compile(r"(?:tuple|list|str) object has no element (?P<number>\S+)")
_NO_MACRO = re.compile(
    r"the template '(?P<file>.+)' \(imported .* in '(?P<by>.+)'\) does not export .* '(?P<name>\w+)'"
)
_WRONG_CALL = re.compile(r"(?P<name>\w+)\(\) (?:takes|missing|got)")
_NO_FUNCTION = re.compile(r"'(?:[\w.]+\.)?(?P<kind>\w+)' object is not callable")
_NO_LIST = re.compile(r"'(?:[\w.]+\.)?(?P<kind>\w+)' object is not iterable")
_NO_SUM = re.compile(
    r"unsupported operand type\(s\) for (?P<sign>\S+): '(?:[\w.]+\.)?(?P<one>\w+)' and '(?:[\w.]+\.)?(?P<other>\w+)'"
    r"|can only concatenate (?P<list>\w+) \(not \"(?:[\w.]+\.)?(?P<added>\w+)\"\) to \w+"
)
_NO_VALUE = re.compile(r"parameter '(?P<name>\w+)' was not provided")
_NO_KEY = re.compile(r"'dict object' has no attribute '(?P<name>.+)'")
_KINDS = {
    "str": "a text",
    "Markup": "a text",
    "int": "a number",
    "tuple": "a list",
    "list": "a list",
    "bool": "a yes or no",
    "NoneType": "nothing",
}
_LOOP = ("index", "index0", "first", "last", "length", "revindex", "previtem", "nextitem", "cycle", "changed", "depth")
"""What Jinja tells of a loop."""


def in_words(
    error: Exception, template: str, known: Mapping[str, object], templates: Mapping[str, str]
) -> tuple[str, str]:
    """Return what *error* in *template* means and what to do about it.

    *known* are the names that every template knows, with the functions among them; *templates* are all that there are.
    """
    said = str(error)
    if isinstance(error, TemplateNotFound):
        hint = _near(said, templates, "write the path of a file below templates/, such as parts/footer.html")
        return f'there is no template "{said}"', hint
    if missing := _missing(said, template):
        return missing
    if isinstance(error, RecursionError):
        message = "this goes round in circles: a template includes or extends itself, or a macro calls itself"
        return message, "take out the line that leads back, or put the call between {% if … %} and {% endif %}"
    if name := _NO_NAME.match(said):
        return _no_name(name["name"], template, known)
    if value := _NO_VALUE.match(said):
        return _no_value(value["name"], template, templates)
    if call := _WRONG_CALL.match(said):
        return _wrong_call(call["name"].lstrip("_"), said, known)
    if isinstance(error, LookupError) and error.args:  # raised by a function of ours, in words
        return str(error.args[0]), str(error.args[1]) if len(error.args) > 1 else _explained(template)
    if isinstance(error, TemplateError):
        return said.rstrip("."), _explained(template)
    if unfit := _unfit(said, template):
        return unfit
    return f"this cannot be done ({type(error).__name__}: {said.rstrip('.')})", _explained(template)


def _missing(said: str, template: str) -> tuple[str, str] | None:
    """Tell of a part that a value, a list or another template does not have."""
    if key := _NO_KEY.match(said):
        return f'there is no "{key["name"]}" in what {{ … }} lists here', f'write a value for "{key["name"]}" into it'
    if field := _NO_FIELD.match(said):
        return _no_field(field["kind"], field["name"], template)
    if nothing := _NOTHING.match(said):
        return (
            f'there is no "{nothing["name"]}" here, since what stands before the dot may be missing',
            "put the line between {% if … %} and {% endif %}, as in {% if view.latest %}",
        )
    if entry := _NO_ENTRY.match(said):
        hint = "go through a list with {% for … %} and {% endfor %}, or put the line between {% if … %} and {% endif %}"
        return f"there is no entry {entry['number']} in this list; it may be empty", hint
    if macro := _NO_MACRO.match(said):
        hint = f"write {{% macro {macro['name']}() %}} … {{% endmacro %}} in templates/{macro['file']}"
        return f'{macro["file"]} has no macro "{macro["name"]}", and {macro["by"]} asks for it', hint
    return None


def no_text(value: object) -> tuple[str, str]:
    """Return why *value* cannot be shown to readers, and what to write in its place."""
    kind = type(value).__name__
    if value is None:
        return "there is nothing to show: this may be missing", "put it between {% if … %} and {% endif %}"
    if kind == "Prose":
        return "only prose(…) can show this text with its links and notes", "write it like {{ prose(view.prose) }}"
    if is_record(value):
        return (
            f"this is a whole {kind} and no text",
            f"write a dot and one of its parts behind it: {listed(_fields(kind))}",
        )
    if callable(value):
        return "this is called by round brackets, which are missing", "write them behind the name: ()"
    return (
        "this is a list and no text",
        "go through it with {% for … %} and {% endfor %}, or join its texts: |join(', ')",
    )


def _no_name(name: str, template: str, known: Mapping[str, object]) -> tuple[str, str]:
    if name in known:
        hint = f'write with context where this file is imported: {{% from "{template}" import … with context %}}'
        return f'"{name}" is not known here, since this file is imported without its context', hint
    return f'"{name}" is not known here', _near(name, known, _explained(template))


def _no_value(name: str, template: str, templates: Mapping[str, str]) -> tuple[str, str]:
    usage = re.search(rf"\bmacro\s+(\w+\([^()]*\b{name}\b[^()]*\))", templates.get(template, ""))
    called = usage[1] if usage else "the macro"
    return f'"{name}" is missing where {called} is called', f"give it there, in brackets: {called}"


def _unfit(said: str, template: str) -> tuple[str, str] | None:
    """Tell of a value of which something was asked that it cannot do."""
    if called := _NO_FUNCTION.match(said):
        return f"round brackets follow {_kind(called['kind'])}, which is no function", "leave the brackets () out"
    if looped := _NO_LIST.match(said):
        hint = f"write the name of a list after in, as in {{% for teaser in view.recent %}}; {_explained(template)}"
        return f"{_kind(looped['kind'])} stands where a list is needed", hint
    if added := _NO_SUM.match(said):
        sign, one, other = added["sign"] or "+", added["one"] or added["list"], added["other"] or added["added"]
        message = f"{sign} cannot be used between {_kind(one)} and {_kind(other)}"
        return message, "to put one text after another, write ~ between them"
    return None


def _kind(kind: str) -> str:
    return _KINDS.get(kind, kind)


def _explained(template: str) -> str:
    return f"`alertgen explain {template}` lists what it may use"


def _no_field(kind: str, name: str, template: str) -> tuple[str, str]:
    known = list(_LOOP) if kind == "LoopContext" else _fields(kind)
    message = f'there is no "{name}" in {"loop" if kind == "LoopContext" else _kind(kind)}'
    if not known:
        return message, f"leave it out; {_explained(template)}"
    return message, _near(name, known, f"it has {listed(known, 'and')}")


def _fields(kind: str) -> list[str]:
    found = next((getattr(module, kind) for module in (views, outputs, model) if hasattr(module, kind)), None)
    return [one.name for one in fields(found)] if is_record(found) else []


def _near(name: str, known: Mapping[str, object] | list[str], otherwise: str) -> str:
    near = suggestions(name, known)
    return f"did you mean {listed(near)}?" if near else otherwise


def _wrong_call(name: str, said: str, known: Mapping[str, object]) -> tuple[str, str]:
    """Tell of a function that was called with too little or too much; its description begins with its usage."""
    function = next((known[one] for one in known if getattr(known[one], "__name__", "").lstrip("_") == name), None)
    usage = (inspect.getdoc(function) or "").partition("\n")[0]
    return f"something that is called here got too little or too much ({said})", usage
