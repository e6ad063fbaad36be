"""The plan of a site of which another plan is known that differs in the words of a few alerts alone.

No planner looks into a text: an output holds a `Prose` as it is, and is planned alike whatever the words are. What does
look at words is compared: summaries, and whether there is a text at all. See docs/decisions/0012-words-alone.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from alertgen import urls
from alertgen.diagnostics import Place
from alertgen.model import Alert, Prose, Site, Situation, notes_of
from alertgen.outputs import (
    FeedFile,
    FeedItem,
    Json,
    JsonFile,
    Output,
    Page,
    Plan,
    Record,
    ReliefWebPost,
    SearchIndex,
)
from alertgen.plan.alerts import standfirst
from alertgen.plan.exports import ALERTS_JSON
from alertgen.plan.gather import files_of
from alertgen.plan.links import unresolved
from alertgen.plan.search import search_parts
from alertgen.text import FEED_SUMMARY, excerpt
from alertgen.views import AlertView

DATASET = urls.data_file(ALERTS_JSON)
_NOWHERE = Place("")
_NO_TEXT = Prose(digest="", html="", text="")


def reworded(plan: Plan, before: Site, site: Site) -> Plan | None:
    """Return the plan of *site*, given the *plan* of the site *before*; None when more than words are different."""
    pairs = _pairs(before, site)
    texts = _texts(pairs, before) if pairs is not None else None
    if pairs is None or texts is None:
        return None
    edited = {alert.path: alert for _, alert in pairs}
    outputs = tuple(_made(output, edited, site, texts) for output in plan.outputs) if pairs else plan.outputs
    return Plan(outputs=outputs, unresolved=unresolved(site.texts, files_of(site), outputs, site.faulty))


# --- what is different --------------------------------------------------------------------------------------------


def _pairs(before: Site, site: Site) -> tuple[tuple[Alert, Alert], ...] | None:
    """Return the alerts with other words, as they were and as they are; None when anything else is different."""
    if len(before.alerts) != len(site.alerts):
        return None
    if replace(before, alerts=(), faulty=()) != replace(site, alerts=(), faulty=()):
        return None
    pairs = tuple((old, new) for old, new in zip(before.alerts, site.alerts, strict=True) if old != new)
    return pairs if all(_face(old) == _face(new) for old, new in pairs) else None


def _face(alert: Alert) -> tuple[object, ...]:
    """Return all of *alert* that planners see: everything but its words, and where in the file things stand."""
    return (
        replace(
            alert,
            lead=_NO_TEXT,
            situations=tuple(replace(one, prose=_NO_TEXT, place=_NOWHERE) for one in alert.situations),
            links=tuple(replace(link, place=_NOWHERE) for link in alert.links),
            image=alert.image and replace(alert.image, place=_NOWHERE),
            images=tuple(replace(image, place=_NOWHERE) for image in alert.images),
        ),
        [(bool(prose), bool(prose.text)) for prose in _proses(alert)],
        [excerpt(one.prose.text, FEED_SUMMARY) for one in alert.situations],
        standfirst(alert),
    )


def _proses(alert: Alert) -> tuple[Prose, ...]:
    return (alert.lead, *(situation.prose for situation in alert.situations))


def _texts(pairs: Iterable[tuple[Alert, Alert]], before: Site) -> dict[str, Prose] | None:
    """Return the new texts by the digests of the old ones; None when two texts have one digest."""
    texts = {
        old.digest: new
        for one, other in pairs
        for old, new in zip(_proses(one), _proses(other), strict=True)
        if old != new
    }
    uses = Counter(prose.digest for alert in before.alerts for prose in _proses(alert)) if texts else Counter()
    return texts if all(uses[digest] == 1 for digest in texts) else None


# --- the outputs with other words ---------------------------------------------------------------------------------


def _made(output: Output, edited: Mapping[str, Alert], site: Site, texts: Mapping[str, Prose]) -> Output:
    """Return *output* with the new *texts*, by the digests of the old ones, of the alerts *edited*, by path."""
    match output:
        case Page(view=AlertView() as view):
            made = _view(view, texts)
            return output if made is view else replace(output, view=made)
        case FeedFile(feed=feed):
            items = tuple(_item(item, texts) for item in feed.items)
            return replace(output, feed=replace(feed, items=items)) if _is_new(items, feed.items) else output
        case ReliefWebPost():
            item = _item(output.item, texts)
            return output if item is output.item else replace(output, item=item)
        case SearchIndex():
            return _index(output, edited, site)
        case JsonFile(address=address, content=Record() as content) if address == DATASET:
            return replace(output, content=_dataset(content, edited, site))
    return output


def _is_new(made: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return any(one is not other for one, other in zip(made, old, strict=True))


def _view(view: AlertView, texts: Mapping[str, Prose]) -> AlertView:
    if not any(prose.digest in texts for prose in (view.lead, *(one.prose for one in view.situations))):
        return view
    lead = texts.get(view.lead.digest, view.lead)
    situations = tuple(replace(one, prose=texts.get(one.prose.digest, one.prose)) for one in view.situations)
    notes = notes_of((lead, *(one.prose for one in situations)))
    return replace(view, lead=lead, situations=situations, notes=notes)


def _item(item: FeedItem, texts: Mapping[str, Prose]) -> FeedItem:
    if not any(part.prose.digest in texts for part in item.parts):
        return item
    parts = tuple(replace(part, prose=texts.get(part.prose.digest, part.prose)) for part in item.parts)
    return replace(item, parts=parts)


def _index(index: SearchIndex, edited: Mapping[str, Alert], site: Site) -> SearchIndex:
    default = site.config.languages[0]
    parts = {urls.alert(alert, default): search_parts(alert) for alert in edited.values()}
    records = (replace(one, parts=parts.get(one.address, one.parts)) for one in index.records)
    return replace(index, records=tuple(records))


def _dataset(content: Record, edited: Mapping[str, Alert], site: Site) -> Record:
    """Return the open data with other texts. Its rows stand in the order of the alerts of *site*."""
    return _with(content, "alerts", lambda rows: _rows(rows, edited, site))


def _rows(rows: Json, edited: Mapping[str, Alert], site: Site) -> Json:
    assert isinstance(rows, tuple)
    pairs = zip(rows, site.alerts, strict=True)
    return tuple(_row(row, alert) if alert.path in edited else row for row, alert in pairs)


def _row(row: Json, alert: Alert) -> Json:
    assert isinstance(row, Record)
    return _with(_with(row, "text", lambda _: alert.lead.text or None), "situations", lambda rows: _parts(rows, alert))


def _parts(rows: Json, alert: Alert) -> Json:
    assert isinstance(rows, tuple)
    return tuple(_part(row, situation) for row, situation in zip(rows, alert.situations, strict=True))


def _part(row: Json, situation: Situation) -> Json:
    assert isinstance(row, Record)
    return _with(row, "text", lambda _: situation.prose.text or None)


def _with(record: Record, name: str, change: Callable[[Json], Json]) -> Record:
    """Return *record* with another value for its member *name*."""
    return Record(tuple((key, change(value) if key == name else value) for key, value in record.members))
