"""From YAML nodes to keys whose form is right, with every fault told in an editor's words at its place."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.keys.fields import FaultError
from alertgen.load.keys.header import AlertHeader, PageHeader
from alertgen.load.keys.schema import AlertKeys, Keys, PageKeys
from alertgen.load.yaml.nodes import Items, Mapping, Node, Scalar, plain
from alertgen.text import listed, suggestions


def read_header(
    model: type[AlertKeys] | type[PageKeys], node: Mapping
) -> tuple[AlertHeader | PageHeader | None, tuple[Diagnostic, ...]]:
    """Read *node* as the header of an alert or a page; None when anything is wrong with it."""
    keys, problems = read_keys(model, node, Place(node.place.path, 1, 1, 3))
    return keys.header() if keys else None, problems


AnyKeys = TypeVar("AnyKeys", bound=Keys)


def read_keys(model: type[AnyKeys], node: Mapping, top: Place) -> tuple[AnyKeys | None, tuple[Diagnostic, ...]]:
    """Read *node* as the keys of *model*; None when anything is wrong with them. Missing keys are told at *top*."""
    try:
        keys = model.model_validate(plain(node))
    except ValidationError as error:
        return None, tuple(_told(error, model, node, top))
    return (None if node.broken else keys), ()


def _told(error: ValidationError, model: type[Keys], node: Mapping, top: Place) -> Iterable[Diagnostic]:
    faults = error.errors(include_url=False)
    locs = [fault["loc"] for fault in faults if fault["type"] == "extra_forbidden"]
    unknown = {loc: _meant(loc, model, node) for loc in locs}
    excused = {(*loc[:-1], key) for loc, meant in unknown.items() for key in meant}
    for fault in faults:
        loc: tuple[int | str, ...] = fault["loc"]
        if fault["type"] == "extra_forbidden":
            hint = _key_hint(loc, unknown[loc], _model_at(model, loc[:-1]), node)
            yield problem("unknown-key", f'the key "{loc[-1]}" is not known', _key_place(node, loc), hint=hint)
        elif fault["type"] == "missing":
            if loc not in excused and loc[0] not in node.broken:
                at = top if len(loc) == 1 else _node_at(node, loc[:-1]).place
                yield problem("missing-key", f'the key "{loc[-1]}" is missing', at, hint=f"add a line `{loc[-1]}: …`")
        else:
            yield _wrong_value(fault, _node_at(node, loc), loc, _model_at(model, loc))


_BRANCHES = ("own", "scheme")
"""Steps of a path that no editor wrote: they tell which form of `levels` was read."""


def _wrong_value(fault: Any, node: Node, loc: Sequence[int | str], group: type[Keys]) -> Diagnostic:
    cause = fault.get("ctx", {}).get("error")
    if isinstance(cause, FaultError):
        return problem(cause.code, cause.message, node.place, hint=cause.hint)
    in_a_list = isinstance(loc[-1], int)
    name = next(step for step in reversed(loc) if isinstance(step, str) and step not in _BRANCHES)
    message = f"`{name}` takes {'a list of groups' if in_a_list else 'a group'} of keys, not one value"
    return problem("wrong-type", message, node.place, hint=f"write it like this:\n{_form(name, group, in_a_list)}")


def _form(name: str, group: type[Keys], in_a_list: bool) -> str:
    """Return how *group* is written under the key *name*, with the keys that it must have, or else its first two."""
    needed = [key for key, field in group.model_fields.items() if field.is_required()]
    keys = needed if len(needed) > 1 else list(group.model_fields)[:2]
    first = "  - " if in_a_list else "  "
    lines = [f"{first if number == 0 else ' ' * len(first)}{key}: …" for number, key in enumerate(keys)]
    return "\n".join([f"{name}:", *lines])


def _key_hint(loc: tuple[int | str, ...], meant: Sequence[str], group: type[Keys], node: Mapping) -> str:
    if meant:
        return f"did you mean {listed(meant)}?"
    there = suggestions(str(loc[-1]).replace("-", "_"), group.model_fields, 1)
    if there:
        line = _key_place(node, (*loc[:-1], there[0])).line
        return f"did you mean {there[0]}? That stands in line {line} already, so delete one of the two lines"
    return f"the keys here are {listed(group.model_fields, 'and')}"


_OTHER_WORDS = {
    "author": "authors", "by": "authors", "byline": "authors", "headline": "title", "name": "title",
    "description": "summary", "excerpt": "summary", "abstract": "summary", "language": "lang", "locale": "lang",
    "countries": "country", "places": "country", "tags": "risk_tags", "categories": "risk_tags", "risks": "risk_tags",
    "photo": "image", "picture": "image", "alt": "image_alt", "caption": "image_caption", "credit": "image_credit",
    "photographer": "image_credit", "published": "date", "day": "date", "issue": "number", "no": "number",
    "redirect_from": "aliases", "permalink": "slug", "url": "base_url", "license": "licence", "lang": "languages",
    "tz": "timezone", "guid": "id", "uuid": "id", "modified": "updated", "lastmod": "updated", "menu": "nav",
    "copyright": "rights", "source": "sources", "correction": "corrections", "text": "title",
    "wrong_country": "corrections",
    "status": "draft", "state": "draft", "hidden": "draft", "private": "draft", "visibility": "draft",
    "publish": "embargo", "publishdate": "embargo", "publish_date": "embargo", "publish_at": "embargo",
    "scheduled": "embargo", "release": "embargo",
    "titre": "title", "pays": "country", "auteur": "authors", "auteurs": "authors", "langue": "lang",
    "brouillon": "draft", "numero": "number", "numéro": "number", "resume": "summary", "résumé": "summary",
}  # fmt: skip
"""Words that other tools use, or that come to mind first, in English or French."""


def _meant(loc: tuple[int | str, ...], model: type[Keys], node: Mapping) -> tuple[str, ...]:
    """Return the keys that the unknown key at *loc* may have meant and that are not there already."""
    holder = _model_at(model, loc[:-1])
    there = _node_at(node, loc[:-1])
    present = {entry.key for entry in there.entries} if isinstance(there, Mapping) else set()
    known = [key for key in holder.model_fields if key not in present]
    key = str(loc[-1])
    word = key.lower().replace("-", "_")
    value = there.get(key) if isinstance(there, Mapping) else None
    if word in ("published", "publish") and isinstance(value, Scalar) and value.text.lower() in ("false", "no"):
        return ("draft: true",)
    other = _OTHER_WORDS.get(word, "")
    return (other,) if other in known else suggestions(key.replace("-", "_"), known, 2)


def _model_at(model: type[Keys], loc: Sequence[int | str]) -> type[Keys]:
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models(model.model_fields[step].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[Keys]]:
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return iter((annotation,))
    return (found for part in getattr(annotation, "__args__", ()) for found in _models(part))


def _node_at(node: Node, loc: Sequence[int | str]) -> Node:
    """Return the node that *loc* leads to, or the last one on the way."""
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step) or node
        elif isinstance(node, Items) and isinstance(step, int):
            node = node.items[step]
    return node


def _key_place(node: Mapping, loc: Sequence[int | str]) -> Place:
    holder = _node_at(node, loc[:-1])
    entries = holder.entries if isinstance(holder, Mapping) else ()
    return next((entry.place for entry in entries if entry.key == loc[-1]), holder.place)
