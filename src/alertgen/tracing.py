"""What a build leaves for the next one; see `traces`, which reads it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from alertgen.feed_tracing import trace_feeds
from alertgen.fingerprint import Fingerprints
from alertgen.frozen import freeze
from alertgen.i18n import spoken
from alertgen.load.documents import customs_of
from alertgen.load.markdown import typography
from alertgen.model import NO_PROSE, Prose, Site
from alertgen.outputs import FeedFile, JsonFile, Output, Page, Plan, SearchIndex
from alertgen.store import Store
from alertgen.traces import (
    DATASET,
    INDEX,
    SEARCH,
    SEARCHED,
    SPOKEN,
    Name,
    emptying,
    key_of_output,
    spelled,
    write_records,
    write_since,
    write_spelling,
)  # fmt: skip
from alertgen.views import AlertView


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
    memory.put(INDEX, b"")
    if not is_traceable(site):
        return ""
    memory.put(SPOKEN, freeze(spoken()))
    names = _names(site)
    empty = emptying(names)
    holders: dict[str, list[str]] = {}
    made = {
        output.address for output in stale if isinstance(output, Page | FeedFile) or output.address in (DATASET, SEARCH)
    }
    files = (output for output in plan.outputs if isinstance(output, FeedFile))
    feeds = trace_feeds(files, made, names, memory)
    for output in plan.outputs:
        if isinstance(output, FeedFile):
            continue
        paths = {names[prose.digest][0] for prose in proses_in(output) if prose.digest in names}
        for path in paths:
            holders.setdefault(path, []).append(output.address)
        if paths and output.address in made:
            memory.put(key_of_output(output.address), freeze(output, empty))
    if DATASET in made:
        write_spelling(spelling, memory)
    if SEARCH in made:
        _write_search(plan, memory)
    if not names:
        return ""
    customs = customs_of(site.config)
    signs = {lang: typography.rules_for(lang) for lang in customs.languages}
    head = spelled(
        {"customs": asdict(customs), "themed": themed, "signs": signs, "searched": site.config.search},
    )
    return head + _lines(
        (alert.path, keys[alert.path], holders.get(alert.path, []), feeds.get(alert.path, [])) for alert in site.alerts
    )


def leave(index: str, memory: Store) -> None:
    """Remember the *index* that `trace` returned: what it tells of is published now."""
    memory.put(INDEX, index.encode("utf-8", "surrogatepass"))
    write_since({}, memory)


def _lines(alerts: Iterable[tuple[str, str, list[str], list[str]]]) -> str:
    return "".join(f"\n{spelled(alert)}" for alert in alerts) + "\n"


def _write_search(plan: Plan, memory: Store) -> None:
    """Remember the search index record by record: so few of them change that the others need not be written again."""
    for index in plan.outputs:
        if isinstance(index, SearchIndex):
            memory.put(SEARCHED, spelled([record.address for record in index.records]).encode())
            write_records(index.records, memory)


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
