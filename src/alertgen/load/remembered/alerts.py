"""Alerts that are remembered together with the documents that they were made of, and taken again if all else is same.

What an alert says depends on its document, on site.yaml and the vocabularies, on what the ledger says of its addresses,
and on the pictures that it shows. Terms of the site stand in it by their codes, and its texts by their numbers.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from alertgen import urls
from alertgen.diagnostics import Diagnostic
from alertgen.fingerprint import digest_text
from alertgen.frozen import Reductions
from alertgen.load.documents import Document, Label
from alertgen.load.remembered.apart import StandIns, thaw_second, with_second
from alertgen.load.remembered.memory import name_of, recalled
from alertgen.load.texts.alerts import entries_of
from alertgen.load.texts.desk import Desk
from alertgen.load.texts.images import Picture, find_picture
from alertgen.load.vocabulary.terms import Terms
from alertgen.model import Alert, Country, Image, LedgerEntry, Level, RiskTag
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedAlert:
    """An alert as it is remembered."""

    label: Label
    alert: Alert
    problems: tuple[Diagnostic, ...]
    """Those of its document; of an alert with others nothing is remembered."""
    targets: tuple[str, ...]
    """What was written for each of its pictures."""
    site: str
    """Digest of site.yaml and the vocabularies."""
    entries: str
    """Digest of what the ledger said of its addresses; empty when it said nothing."""


def remembered_alerts(keys: Iterable[str], desk: Desk) -> dict[str, RememberedAlert]:
    """Return the alerts that are remembered with the documents of *keys*, and would be made of them at this *desk*."""
    file = desk.store.scratch()
    thawed = partial(thaw_second, file=file, stand_ins=_stand_ins(desk.terms))
    known = recalled(desk.store, keys, RememberedAlert, thawed)
    return {key: one for key, one in known.items() if _holds(one, desk)}


def remember(key: str, document: Document, alert: Alert, problems: Sequence[Diagnostic], desk: Desk) -> None:
    """Remember what was made of *document*, which is remembered under *key*."""
    content = desk.store.get(key)
    if content is None or len(problems) != len(document.problems):
        return
    one = RememberedAlert(
        label=document.label,
        alert=alert,
        problems=document.problems,
        targets=tuple(_targets(document, alert)),
        site=desk.config.digest,
        entries=_digest(_entries(alert, desk)),
    )
    desk.store.put(key, with_second(content, one, document.texts, _REDUCTIONS))
    desk.store.keep_alive(key, one)


def _targets(document: Document, alert: Alert) -> Iterator[str]:
    if alert.image:
        yield document.typed("image")[0].text
    if document.body:
        yield from (image.target for image in document.body.images)


def _holds(one: RememberedAlert, desk: Desk) -> bool:
    """Tell whether the same would be made at *desk*."""
    kept = not desk.given_up or desk.given_up.isdisjoint(_promised(one.alert))
    return kept and one.site == desk.config.digest and _is_recorded(one, desk) and _is_illustrated(one, desk)


def _promised(alert: Alert) -> Iterator[str]:
    """Yield what *alert* may have from the ledger."""
    yield alert.id
    yield from (situation.anchor for situation in alert.situations)


def _is_recorded(one: RememberedAlert, desk: Desk) -> bool:
    """Tell whether the ledger says of the alert what it said, or now says what the alert says of itself.

    Where nothing was known of it, it chose its id, its anchors and its numbers itself, and chooses the same where these
    are known.
    """
    entries = _entries(one.alert, desk)
    if one.entries or not entries:
        return one.entries == _digest(entries)
    anchors = sorted((situation.anchor, situation.key) for situation in one.alert.situations)
    notes = sorted((note.mark, note.number) for note in one.alert.corrections)
    headings = urls.reworded_headings(one.alert)
    return list(map(_said, entries)) == [(one.alert.id, tuple(anchors), headings, (), tuple(notes))]


def _entries(alert: Alert, desk: Desk) -> list[LedgerEntry]:
    return entries_of(alert.date, alert.slug, alert.lang, alert.aliases, desk)


def _digest(entries: Sequence[LedgerEntry]) -> str:
    return digest_text(repr(list(map(_said, entries)))) if entries else ""


def _said(entry: LedgerEntry) -> tuple[object, ...]:
    """Return what *entry* says of its alert."""
    return entry.id, entry.anchors, entry.headings, entry.gone, entry.corrections


def _is_illustrated(one: RememberedAlert, desk: Desk) -> bool:
    """Tell whether its pictures are as they were."""
    alert = one.alert
    shown = (alert.image, *alert.images) if alert.image else alert.images
    return all(_is_there(image, target, alert.path, desk) for image, target in zip(shown, one.targets, strict=True))


def _is_there(image: Image, target: str, owner: str, desk: Desk) -> bool:
    found = find_picture(desk.root, owner, target, image.place, desk.store)
    return found == Picture(
        path=image.path, digest=image.original, kind=image.kind, width=image.width, height=image.height
    )


def _country(_: str) -> Country:
    """Stand for a country by its code, as the next ones for what they return; see `Filling`."""
    raise LookupError


def _risk_tag(_: str) -> RiskTag:
    raise LookupError


def _level(_: str) -> Level:
    raise LookupError


_REDUCTIONS = Reductions({
    Country: lambda country: (_country, (country.code,)),
    RiskTag: lambda tag: (_risk_tag, (tag.slug,)),
    Level: lambda level: (_level, (level.slug,)),
})  # fmt: skip


def _stand_ins(terms: Terms) -> StandIns:
    return {
        name_of(_country): terms.country_of,
        name_of(_risk_tag): terms.risk_tag_of,
        name_of(_level): terms.level_of,
    }
