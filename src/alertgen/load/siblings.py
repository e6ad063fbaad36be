"""What content files must agree on, or must not share."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.file_names import original_of
from alertgen.load.documents import Label
from alertgen.model import Alert, Situation, StandingPage
from alertgen.records import dataclass
from alertgen.text import counted


@dataclass(frozen=True, slots=True)
class Made:
    """A document and what was made of it."""

    document: Label
    result: Alert | StandingPage


def family_problems(made: Sequence[Made], languages: Sequence[str]) -> Iterator[Diagnostic]:
    """Compare all files of the site with each other. Of two that clash, the problem stands at the less public one."""
    order = {lang: number for number, lang in enumerate(languages)}
    public_first = sorted(made, key=lambda one: (*_less_public(one), order[one.document.lang], one.document.path))
    alerts = [one for one in public_first if isinstance(one.result, Alert)]
    yield from _twins(public_first, _FILES)
    for twins in _ALERTS:
        yield from _twins(alerts, twins)
    yield from _copies(public_first)
    yield from _translations(alerts)
    yield from _same_summaries(alerts)
    yield from _trends_at_odds(alerts)
    yield from _credits_at_odds(alerts)


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
    return _alert(one).number


def _address(one: Made) -> object:
    alert = _alert(one)
    return (alert.date.year, alert.slug, alert.lang)


def _headline(one: Made) -> object:
    alert = _alert(one)
    return (alert.title.casefold(), alert.date, alert.lang)


def _alert(one: Made) -> Alert:
    assert isinstance(one.result, Alert)
    return one.result


def _id(one: Made) -> object:
    return _alert(one).id


def _always(_: Made, __: Made) -> bool:
    return True


def _other_files(one: Made, other: Made) -> bool:
    return _file(one) != _file(other)


def _by_their_keys(one: Made, other: Made) -> bool:
    """Tell whether the id of one is typed. Else both follow from the address, which is told by itself."""
    return _other_files(one, other) and any(any(made.document.typed("id")) for made in (one, other))


def _other_alerts(one: Made, other: Made) -> bool:
    return one.result.stem != other.result.stem


_COPY = "delete the copy; if both are meant, give them different titles"
_NEW_ID = "delete the line `id` from the younger one; it gets a new id"
_FILES = _Twins("twin-files", "", _file, "has the same name and language", "rename one of them", _always)
_ALERTS = (
    _Twins("twin-number", "number", _number, "has the same number", "give one of them another number", _other_alerts),
    _Twins("twin-id", "id", _id, "has the same id", _NEW_ID, _by_their_keys),
    _Twins("twin-slug", "slug", _address, "has the same address", "give one of them a `slug` of its own", _other_files),
    _Twins("twin-alerts", "date", _headline, "has the same title and date", _COPY, _other_alerts),
)


_STANDING = 80
"""Signs in which summaries are alike that begin with what stands in each issue."""
_ISSUES = 3
"""So many alerts make a habit."""


def _same_summaries(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find the newest of several alerts whose summaries, or texts, begin with what stands in every issue."""
    alike: dict[tuple[str, str], list[Made]] = {}
    for one in alerts:
        alert = _alert(one)
        if len(alert.summary) >= _STANDING:
            alike.setdefault((alert.lang, alert.summary[:_STANDING]), []).append(one)
    for several in alike.values():
        if len(several) >= _ISSUES:
            newest = max(several, key=lambda one: (_alert(one).date, one.document.path))
            others = counted(len(several) - 1, "other alert")
            message = f"what lists and feeds say of this alert begins with the same words as of {others}"
            hint = "add a line `summary: …`; what all issues begin with can stand as `description` in site.yaml"
            yield problem("same-summary", message, newest.document.place, hint=hint)


def _credits_at_odds(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find lead pictures that another alert, too, shows and credits otherwise."""
    first: dict[tuple[str, str], Made] = {}
    for one in alerts:
        picture = _alert(one).image
        if not picture:
            continue
        other = first.setdefault((picture.original, one.result.lang), one)
        known = _alert(other).image
        if known and other.result.stem != one.result.stem and known.credit.casefold() != picture.credit.casefold():
            message = f'the same picture is credited to "{known.credit}" in {other.document.path}'
            hint = "look which of the two is right, and write it in both"
            also = (other.document.at("image"),)
            yield at_key(problem("other-credit", message, one.document.place, hint=hint, also=also), "image_credit")


def _trends_at_odds(alerts: Iterable[Made]) -> Iterator[Diagnostic]:
    """Find trends that contradict how the level of a country has changed. Only the last change of each is looked at."""
    last: dict[str, tuple[Made, Situation]] = {}
    compared: set[str] = set()
    for one in sorted(alerts, key=lambda one: (_alert(one).date, _alert(one).number or 0), reverse=True):
        for situation in _alert(one).situations:
            for country in situation.countries if situation.level else ():
                newer, newest = last.setdefault(country.code, (one, situation))
                if newer.result.stem != one.result.stem and country.code not in compared:
                    compared.add(country.code)
                    yield from _trend_at_odds(newer, newest, one, situation, country.name.default)


def _trend_at_odds(
    newer: Made, newest: Situation, older: Made, before: Situation, country: str
) -> Iterator[Diagnostic]:
    """Compare the trend of the *newest* situation in a country with the levels of it and of the one *before*."""
    if not newest.trend or not newest.level or not before.level or newest.level.rank == before.level.rank:
        return
    meant = "deteriorated" if newest.level.rank < before.level.rank else "improved"
    if newest.trend != meant:
        levels = f"{before.level.slug} on {_alert(older).date}, and is {newest.level.slug} here"
        message = f"the trend is {newest.trend}, but the level of {country} was {levels}"
        hint = f"write {meant}, or the level that is meant; if the trend tells of something else, leave it out"
        at, also = _stated(newer, newest, "trend"), _stated(older, before, "level")
        yield problem("trend-against-level", message, at, hint=hint, also=(also,))


def series_problems(documents: Iterable[Label]) -> Iterator[Diagnostic]:
    """Look whether the number of the newest alert follows on those before it. Older gaps are history."""
    numbers: dict[int, Label] = {}
    for document in documents:
        typed = document.said("number")
        if typed.isascii() and typed.isdigit():
            numbers.setdefault(int(typed), document)
    newest = max(numbers.items(), key=lambda pair: (_day(pair[1]), pair[0]), default=None)
    others = sorted(numbers.keys() - {newest[0]}) if newest else []
    if newest and others and newest[0] != others[-1] + 1:
        number, document = newest
        last = numbers[others[-1]]
        if number > others[-1]:
            message = f"the newest alert has the number {number}, but the highest one before it is {others[-1]}"
            hint = f"write {others[-1] + 1}, unless the series leaves numbers out"
            yield problem("number-gap", message, document.at("number"), hint=hint, also=(last.at("number"),))
        else:
            message = f"number {others[-1]} is of {_day(last)}, before number {number}, which is of {_day(document)}"
            hint = "look for a slip in the dates and numbers of the two, in the year above all"
            yield problem("number-gap", message, last.at("date"), hint=hint, also=(document.at("date"),))


def _day(document: Label) -> str:
    return document.said("date") or document.name.date


def _twins(made: Sequence[Made], twins: _Twins) -> Iterator[Diagnostic]:
    first: dict[object, Made] = {}
    for one in made:
        shared = twins.name(one)
        if shared is None:
            continue
        other = first.setdefault(shared, one)
        if other is not one and twins.apart(other, one):
            message = f"{other.document.path} {twins.what}"
            yield problem(twins.code, message, _at(one, twins.key), hint=twins.hint, also=(_at(other, twins.key),))


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
            message = f"this file is called like a copy of {original.document.path}"
            at, hint = Place(one.document.path), "delete the one that is not meant; if both are, rename this one"
            yield problem("copied-file", message, at, hint=hint, also=(Place(original.document.path),))


def _path(one: Made) -> str:
    return one.document.path.removesuffix(".md")


def _told_by_title(one: Made, other: Made) -> bool:
    return isinstance(one.result, Alert) and isinstance(other.result, Alert) and _headline(one) == _headline(other)


def _at(one: Made, key: str) -> Place:
    return one.document.at(key) if key else one.document.place


def _translations(alerts: Sequence[Made]) -> Iterator[Diagnostic]:
    """Compare every translation with the alert of its stem whose language comes first."""
    first: dict[str, Made] = {}
    for one in alerts:
        original = first.setdefault(one.result.stem, one)
        if original is one or original.result.lang == one.result.lang:
            continue
        for key, differs in _differences(_alert(original), _alert(one)):
            message = f"this translation differs from {original.document.path} in `{key}`: {differs}"
            hint = "translations of one alert say the same in all languages"
            there = original.document.at(key)
            yield problem("translation-mismatch", message, one.document.at(key), hint=hint, also=(there,))
        yield from _contradictions(original, one)
        yield from _uncorrected(original, one)


def _uncorrected(original: Made, translation: Made) -> Iterator[Diagnostic]:
    """Find the newest correction of *original* that *translation* does not tell of."""
    told = {correction.date for correction in _alert(translation).corrections}
    missing = [correction.date for correction in _alert(original).corrections if correction.date not in told]
    if missing:
        message = f"{original.document.path} tells of a correction of {max(missing)}, this translation does not"
        hint = "correct this text, too, and write the correction in its language; leave it if only that text was wrong"
        also = (original.document.place,)
        yield problem("uncorrected-translation", message, translation.document.place, hint=hint, also=also)


def _contradictions(original: Made, translation: Made) -> Iterator[Diagnostic]:
    """Find levels and trends that *translation* states otherwise; one that it leaves out contradicts nothing."""
    told = _alert(original).situations
    known = {situation.key: situation for situation in told}
    of_countries = {situation.countries: situation for situation in reversed(told)}
    for here in _alert(translation).situations:  # one that was published with other countries has the key of those
        there = known.get(here.key) or of_countries.get(here.countries) or here
        for key, said, meant in (("level", _level(here), _level(there)), ("trend", here.trend, there.trend)):
            if said and meant and said != meant:
                message = f"this translation states the {key} {said}, but {original.document.path} states {meant}"
                hint = "a situation has one level and one trend in all languages"
                at, also = (_stated(*pair, key) for pair in ((translation, here), (original, there)))
                yield problem("translation-mismatch", message, at, hint=hint, also=(also,))


def _level(situation: Situation) -> str:
    return situation.level.slug if situation.level else ""


def _stated(made: Made, situation: Situation, key: str) -> Place:
    """Return where *key* of *situation* stands, or its heading."""
    return made.document.at(key) if situation.whole else situation.place


def _differences(original: Alert, translation: Alert) -> Iterator[tuple[str, str]]:
    if original.date != translation.date:
        yield "date", f"{translation.date} here, {original.date} there"
    if original.number != translation.number:
        yield "number", f"{translation.number or 'none'} here, {original.number or 'none'} there"
    here, there = ({country.code for country in alert.countries} for alert in (translation, original))
    if here != there:
        yield "country", f"{', '.join(sorted(here)) or 'none'} here, {', '.join(sorted(there)) or 'none'} there"
