"""What no two content files may share: a name, a number, an id, an address, a title on one day.

Also names that are nearly those of copies or translations of another file.

Of two that clash, the problem stands at the one that comes later, so files are given in the order of `public_first`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.file_names import original_of
from alertgen.load.documents import Made
from alertgen.model import Alert
from alertgen.patterns import late
from alertgen.records import dataclass


def public_first(made: Iterable[Made], languages: Sequence[str]) -> list[Made]:
    """Return *made* with drafts and copies last, each in the order of *languages*, then of paths."""
    order = {lang: number for number, lang in enumerate(languages)}
    return sorted(made, key=lambda one: (*_less_public(one), order[one.document.lang], one.document.path))


def twins_among(made: Sequence[Made], languages: Sequence[str]) -> Iterator[Diagnostic]:
    """Find the files of *made*, in the *languages* of the site, that share what is of one file alone."""
    alerts = [one for one in made if isinstance(one.result, Alert)]
    yield from _twins(made, _FILES)
    for twins in _ALERTS:
        yield from _twins(alerts, twins)
    misnamed = tuple(_misnamed_translations(made, languages))
    yield from misnamed
    yield from _unconnected_translations(alerts if len(languages) > 1 else ())
    yield from (copy for copy in _copies(made) if copy.at not in {one.at for one in misnamed})


@dataclass(frozen=True, slots=True)
class _Twins:
    """Something that no two files may share."""

    code: str
    key: str
    """The key that gives it; empty for the file name."""
    name: Callable[[Made], object]
    """What must differ; None for a file that has none."""
    what: str
    hint: str
    apart: Callable[[Made, Made], bool]
    """Whether two files are to be compared at all."""


def _file(one: Made) -> object:
    return (type(one.result), one.result.stem, one.result.lang)


def _number(one: Made) -> object:
    return one.alert.number


def _address(one: Made) -> object:
    alert = one.alert
    return (alert.date.year, alert.slug, alert.lang)


def _headline(one: Made) -> object:
    alert = one.alert
    return (alert.title.casefold(), alert.date, alert.lang)


def _id(one: Made) -> object:
    return one.alert.id


def _always(_: Made, __: Made) -> bool:
    return True


def _other_files(one: Made, other: Made) -> bool:
    return _file(one) != _file(other)


def _by_their_keys(one: Made, other: Made) -> bool:
    """Tell whether the id of one is typed. Else both follow from the address, which is told by itself."""
    return _other_files(one, other) and any(any(made.document.typed("id")) for made in (one, other))


def _other_alerts(one: Made, other: Made) -> bool:
    return one.result.stem != other.result.stem


_NEARLY = late(r"(.+?)[-_. ]+\(?([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\)?\s*")
"""A path without its ending, apart from what may be a language."""
_COPY = "delete the copy; if both are meant, give them different titles"
_NEW_ID = "delete the line `id` from the younger one; it gets a new id"
_FILES = _Twins("twin-files", "", _file, "has the same name and language", "rename one of them", _always)
_ALERTS = (
    _Twins("twin-number", "number", _number, "has the same number", "give one of them another number", _other_alerts),
    _Twins("twin-id", "id", _id, "has the same id", _NEW_ID, _by_their_keys),
    _Twins("twin-slug", "slug", _address, "has the same address", "give one of them a `slug` of its own", _other_files),
    _Twins("twin-alerts", "date", _headline, "has the same title and date", _COPY, _other_alerts),
)


def _twins(made: Sequence[Made], twins: _Twins) -> Iterator[Diagnostic]:
    first: dict[object, Made] = {}
    for one in made:
        shared = twins.name(one)
        if shared is None:
            continue
        other = first.setdefault(shared, one)
        if other is not one and twins.apart(other, one):
            message = f"{other.document.path} {twins.what}"
            hint = _same_name(other, one) if twins.key == "number" else ""
            also = (_at(other, twins.key),)
            yield problem(twins.code, message, _at(one, twins.key), hint=hint or twins.hint, also=also)


def _same_name(one: Made, other: Made) -> str:
    """Say how to call *other*, should it be a translation of *one*: they have one day and number, not one language."""
    if one.alert.date != other.alert.date or one.alert.lang == other.alert.lang:
        return ""
    return f"if this is a translation of it, {_to_be_called(one, other)}"


def _to_be_called(one: Made, translation: Made) -> str:
    """Say how the file of *translation* is called if it is one of *one*."""
    stem = _path(one).removesuffix(f".{one.alert.lang}")
    return f"rename this file: {stem}.{translation.alert.lang}.md"


def _less_public(one: Made) -> tuple[bool, bool]:
    """Tell whether *one* is a draft, and whether its file is called like a copy of another one."""
    return one.document.draft, bool(original_of(_path(one).rpartition("/")[2]))


def _copies(made: Sequence[Made]) -> Iterator[Diagnostic]:
    """Find texts whose file is called like a copy of another one; what the titles give away is told by itself."""
    known = {_path(one): one for one in made}
    for path, one in known.items():
        folder, slash, name = path.rpartition("/")
        copied = original_of(name)
        original = known.get(f"{folder}{slash}{copied}") if copied else None
        if original and not one.document.draft and not _told_by_title(original, one):
            message = f"the name of this file looks like that of a copy of {original.document.path}"
            at, hint = (
                Place(one.document.path),
                "delete the one that you do not need; if you need both, rename this one",
            )
            yield problem("copied-file", message, at, hint=hint, also=(Place(original.document.path),))


def nearly_translations(made: Iterable[Made], languages: Sequence[str]) -> Iterator[tuple[Made, Made, str]]:
    """Yield texts whose name ends in a language, but not behind a single full stop, as that of a translation does.

    With each comes its original, and the name that would make it a translation.
    """
    if len(languages) < 2:
        return
    endings = {spelled.casefold(): lang for lang in reversed(languages) for spelled in (lang, lang.partition("-")[0])}
    known = {_path(one): one for one in made}
    for path, one in known.items():
        parts = _NEARLY.fullmatch(path)
        name, ending = parts.groups() if parts else ("", "")
        lang, original = endings.get(ending.replace("_", "-").casefold()), known.get(name)
        if lang and original and f"{name}.{lang}" not in known:
            yield one, original, f"{name}.{lang}.md"


def _misnamed_translations(made: Sequence[Made], languages: Sequence[str]) -> Iterator[Diagnostic]:
    for one, original, name in nearly_translations(made, languages):
        message = (
            f"the name of this file looks like that of a translation of {original.document.path}, "
            "but the two are not connected"
        )
        hint = f"if it is one, rename this file: {name}"
        also = (Place(original.document.path),)
        yield problem("misnamed-translation", message, Place(one.document.path), hint=hint, also=also)


def _unconnected_translations(alerts: Sequence[Made]) -> Iterator[Diagnostic]:
    """Find an alert in one language that is of one day and about the same countries as one that lacks this language.

    Where both have numbers, these tell.
    """
    alike: dict[object, list[list[Made]]] = {}
    for family in _families(alerts):
        alert = family[0].alert
        if alert.countries:
            countries = frozenset(country.code for country in alert.countries)
            alike.setdefault((alert.date, countries, len(alert.situations)), []).append(family)
    for (original, *others), (one, *more) in (pair for pair in alike.values() if len(pair) == 2):
        numbers = {original.alert.number, one.alert.number}
        if None in numbers and not more and one.alert.lang not in {other.alert.lang for other in (original, *others)}:
            there = original.document
            message = (
                f"this may be a translation of {there.path}, of the same day and about the same countries, "
                "but the two are not connected"
            )
            hint = f"if it is one, {_to_be_called(original, one)}; if not, a `number` in both of them says so"
            if there.embargo and not one.document.embargo:
                hint += "\nas it is, it does not wait for the end of the embargo there"
            yield problem(
                "misnamed-translation", message, Place(one.document.path), hint=hint, also=(Place(there.path),)
            )


def _families(alerts: Iterable[Made]) -> Iterable[list[Made]]:
    """Return the translations of one text together, in the order of *alerts*."""
    found: dict[str, list[Made]] = {}
    for one in alerts:
        found.setdefault(one.alert.stem, []).append(one)
    return found.values()


def _path(one: Made) -> str:
    return one.document.path.removesuffix(".md")


def _told_by_title(one: Made, other: Made) -> bool:
    return isinstance(one.result, Alert) and isinstance(other.result, Alert) and _headline(one) == _headline(other)


def _at(one: Made, key: str) -> Place:
    return one.document.at(key) if key else one.document.place
