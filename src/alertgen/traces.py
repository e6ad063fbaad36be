"""What a build leaves for the next one that finds nothing changed but the words of a few alerts (`revision`).

No planner looks into a text: an output holds a `Prose` as it is, and is planned alike whatever the words are. So the
plan of an archive in which only words were changed is the plan of before with the new `Prose` in the place of the old
one. What is left is that plan without the texts, in pieces: each output that holds a text of an alert, and by alert
which these are. See docs/decisions/0012-words-alone.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from alertgen import urls
from alertgen.fingerprint import Fingerprints, digest_text
from alertgen.frozen import Reductions, as_usual, freeze
from alertgen.i18n import spoken, take_for_known
from alertgen.load.documents import Customs, Document, customs_of
from alertgen.load.markdown import typography
from alertgen.load.memory import UNREADABLE, Filling, thaw
from alertgen.model import NO_PROSE, Prose, Site
from alertgen.outputs import FeedFile, JsonFile, Output, Page, Plan, SearchIndex, SearchRecord
from alertgen.records import dataclass
from alertgen.store import Store
from alertgen.views import AlertView

KIND = "trace"
"""Kind of what is remembered here, the part of a key before the colon."""
DATASET = urls.data_file("alerts.json")
"""Address of the open data with all texts."""
SEARCH = urls.search_index()
"""Address of the search index."""
_INDEX, _SINCE = f"{KIND}:index", f"{KIND}:since"
_SPELLING, _SPOKEN = f"{KIND}:dataset", f"{KIND}:languages"
_SEARCHED = f"{KIND}:search"


Name = tuple[str, int]
"""Of a text: the path of its alert, and its place among `proses_of` that document."""
TextAt = Callable[[str, int], Prose]
"""Returns the text of a name; raises a LookupError when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is known of the last build."""

    customs: Customs
    """How texts were read."""
    themed: str
    """What the making of pages depends on beside their values."""
    lines: str
    """One for each alert: path, key under which its text is remembered, and the addresses of the outputs that hold a
    text of it, open data and search index aside, which hold all. They are taken apart where they are needed."""
    searched: bool
    """Whether there is a search index, which holds texts of all."""
    since: Mapping[str, str]
    """By path, the keys of the texts that were edited since that was written."""

    def key_of(self, path: str) -> str:
        """Return the key under which the text of the alert at *path* is remembered; nothing when there is none."""
        return self.since.get(path) or str(self._line(path)[1])

    def holders_of(self, path: str) -> tuple[str, ...]:
        """Return the addresses of the outputs that hold a text of the alert at *path*."""
        return tuple(self._line(path)[2])

    def _line(self, path: str) -> tuple[str, str, list[str]]:
        start, end = self._span(path)
        return tuple(json.loads(self.lines[start:end])) if end else (path, "", [])

    def _span(self, path: str) -> tuple[int, int]:
        start = self.lines.find(f"\n[{_spelled(path)},") + 1
        return (start, self.lines.index("\n", start)) if start else (0, 0)


def proses_in(output: Output) -> Iterator[Prose]:
    """Yield every text of an alert that *output* holds."""
    if isinstance(output, Page) and isinstance(output.view, AlertView):
        yield output.view.lead
        yield from (situation.prose for situation in output.view.situations)
    elif isinstance(output, FeedFile):
        for item in output.feed.items:
            yield from (part.prose for part in item.parts)


def is_traceable(site: Site) -> bool:
    """Tell whether all outputs of *site* that hold texts are such as can be made with other words.

    Not so posts to ReliefWeb, which hold texts of their own making.
    """
    return site.config.reliefweb is None


def spelling_of(plan: Plan, fingerprint_of: Fingerprints) -> str:
    """Return how the content of the open data is spelled for its fingerprint; *fingerprint_of* will know it then."""
    found = (output.content for output in plan.outputs if isinstance(output, JsonFile) and output.address == DATASET)
    return next(map(fingerprint_of.spelled, found), "")


def trace(
    site: Site,
    plan: Plan,
    stale: Iterable[Output],
    keys: Mapping[str, str],
    themed: str,
    spelling: str,
    memory: Store,
) -> str:
    """Remember what the next build needs to know of *plan*; return the index of it, to `leave` when it is published.

    *keys* are those of the documents of *site*, by path; *spelling* is that of the open data. Of outputs that are not
    *stale*, the last build has left the same.
    """
    memory.put(_INDEX, b"")
    if not is_traceable(site):
        return ""
    memory.put(_SPOKEN, freeze(spoken()))
    names = _names(site)
    emptying = _emptying(names)
    holders: dict[str, list[str]] = {}
    made = {
        output.address for output in stale if isinstance(output, Page | FeedFile) or output.address in (DATASET, SEARCH)
    }
    for output in plan.outputs:
        paths = {names[prose.digest][0] for prose in proses_in(output) if prose.digest in names}
        for path in paths:
            holders.setdefault(path, []).append(output.address)
        if paths and output.address in made:
            memory.put(key_of_output(output.address), freeze(output, emptying))
    if DATASET in made:
        write_spelling(spelling, memory)
    if SEARCH in made:
        _write_search(plan, memory)
    if not names:
        return ""
    customs = customs_of(site.config)
    signs = {lang: typography.rules_for(lang) for lang in customs.languages}
    head = _spelled(
        {"customs": asdict(customs), "themed": themed, "signs": signs, "searched": site.config.search},
    )
    return head + _lines((alert.path, keys[alert.path], holders.get(alert.path, ())) for alert in site.alerts)


def leave(index: str, memory: Store) -> None:
    """Remember the *index* that `trace` returned: what it tells of is published now."""
    memory.put(_INDEX, index.encode("utf-8", "surrogatepass"))
    write_since({}, memory)


def write_since(keys: Mapping[str, str], memory: Store) -> None:
    """Remember the *keys* of texts that were edited since a whole build; the index of all stays as it is."""
    memory.put(_SINCE, _spelled(dict(keys)).encode("utf-8", "surrogatepass"))


def read_index(memory: Store) -> Index | None:
    """Return what is known of the last build, and set signs by the rules it set them; None when nothing is known."""
    try:
        head, line, lines = (memory.get(_INDEX) or b"").decode("utf-8", "surrogatepass").partition("\n")
        values = json.loads(head)
        customs = {name: tuple(said) for name, said in values["customs"].items()}
        typography.take_for_known({lang: _rules(listed) for lang, listed in values["signs"].items()})
        since = dict(json.loads((memory.get(_SINCE) or b"").decode("utf-8", "surrogatepass")))
        return Index(
            customs=Customs(**customs), themed=values["themed"], lines=line + lines, searched=values["searched"],
            since=since,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _rules(listed: Iterable[tuple[str, Iterable[int | str]]]) -> tuple[tuple[str, tuple[int | str, ...]], ...]:
    return tuple((expression, tuple(parts)) for expression, parts in listed)


def _lines(alerts: Iterable[tuple[str, str, Iterable[str]]]) -> str:
    return "".join(f"\n{_line(*alert)}" for alert in alerts) + "\n"


def _line(path: str, key: str, holders: Iterable[str]) -> str:
    return _spelled([path, key, list(holders)])


def _spelled(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_spelling(memory: Store) -> str:
    """Return how the content of the open data is spelled for its fingerprint; nothing when it is not known."""
    return (memory.get(_SPELLING) or b"").decode("utf-8", "surrogatepass")


def write_spelling(spelling: str, memory: Store) -> None:
    """Remember how the content of the open data is spelled."""
    memory.put(_SPELLING, spelling.encode("utf-8", "surrogatepass"))


def _write_search(plan: Plan, memory: Store) -> None:
    """Remember the search index record by record: so few of them change that the others need not be written again."""
    for index in plan.outputs:
        if isinstance(index, SearchIndex):
            memory.put(_SEARCHED, _spelled([record.address for record in index.records]).encode())
            write_records(index.records, memory)


def write_records(records: Iterable[SearchRecord], memory: Store) -> None:
    """Remember *records* of the search index in the place of those of the same pages."""
    for record in records:
        parts = tuple((anchor, heading, str(text)) for anchor, heading, text in record.parts)
        memory.put(_key_of_record(record.address), freeze(replace(record, parts=parts)))


def _key_of_record(address: str) -> str:
    return f"{_SEARCHED}:{address}"


def read_search(memory: Store) -> SearchIndex | None:
    """Return the search index of the last build; None when it is not known."""
    addresses = json.loads(memory.get(_SEARCHED) or b"[]")
    known = memory.get_many(map(_key_of_record, addresses))
    records = [thaw(known.get(_key_of_record(address), b""), SearchRecord) for address in addresses]
    found = tuple(record for record in records if record)
    return SearchIndex(address=SEARCH, records=found) if found and len(found) == len(addresses) else None


def read_outputs(addresses: Iterable[str], memory: Store, text_at: TextAt) -> dict[str, Output] | None:
    """Return outputs by address, with the texts that *text_at* gives; None when one is not remembered."""
    keys = {address: key_of_output(address) for address in addresses}
    known = memory.get_many(keys.values())
    try:
        return {address: Filling(known[key], _named, text_at).load() for address, key in keys.items()}
    except (*UNREADABLE, LookupError):
        return None


def read_languages(memory: Store) -> None:
    """Take the languages of the last build for known, which was one of this alertgen; nothing else depends on it."""
    take_for_known(thaw(memory.get(_SPOKEN) or b"", tuple) or ())


def proses_of(document: Document) -> tuple[Prose, ...]:
    """Return the texts of *document* in their order."""
    return (document.body.lead, *(section.prose for section in document.body.sections)) if document.body else ()


def _names(site: Site) -> dict[str, Name]:
    """Return the name of each text of an alert by its digest; nothing when two alerts have the same text."""
    names: dict[str, Name] = {}
    for alert in site.alerts:
        whole = any(situation.whole for situation in alert.situations)
        parts = (alert.lead, *(situation.prose for situation in alert.situations))
        for place, prose in enumerate(parts):
            name = (alert.path, 0 if whole else place)
            if prose != NO_PROSE and names.setdefault(prose.digest, name) != name:
                return {}
    return names


def key_of_output(address: str) -> str:
    """Return the key under which the output at *address* is remembered."""
    return f"{KIND}:{digest_text(address)}"


def _emptying(names: Mapping[str, Name]) -> Reductions:
    """Return how outputs are written with the *names* of their texts in the place of them."""

    def emptied(prose: Prose) -> Any:
        name = names.get(prose.digest)
        return (_named, name) if name else as_usual(prose)

    reductions = Reductions()
    reductions[Prose] = emptied
    return reductions


def _named(path: str, place: int) -> Prose:
    """Stand for a text where there is no `Filling` to put it in."""
    raise LookupError(path, place)
