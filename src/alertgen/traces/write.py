"""How a build leaves its plan for the next one; see `read`, which reads it."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from alertgen.fingerprint import Fingerprints
from alertgen.frozen import Reductions, freeze
from alertgen.i18n import Words, spoken
from alertgen.load.documents import customs_of
from alertgen.load.markdown import typography
from alertgen.model import NO_PROSE, Alert, Country, Level, RiskTag, Site
from alertgen.outputs import FeedFile, JsonFile, Output, Page, Plan, Record, SearchIndex
from alertgen.plan.alerts import AlertContents
from alertgen.plan.exports import DataRow
from alertgen.plan.language import Language
from alertgen.records import asdict
from alertgen.store import Store
from alertgen.traces.comparing import Comparing, engine_of_pages
from alertgen.traces.read import (
    CHROME,
    DATASET,
    EVERYWHERE,
    INDEX,
    LANGUAGE,
    SEARCH,
    SEARCHED,
    SPOKEN,
    WORDS,
    Name,
    Spellings,
    emptying,
    key_of_edition,
    key_of_output,
    named,
    spelled,
    write_data_spelling,
    write_records,
    write_since,
    write_spellings,
)  # fmt: skip
from alertgen.traces.write_feeds import trace_feeds
from alertgen.views import Chrome


def is_traceable(site: Site) -> bool:
    """Tell whether every output of *site* that holds a text can be made again from what is left here.

    Posts to ReliefWeb cannot: they hold the text in a form of their own.
    """
    return site.config.reliefweb is None


def trace(
    site: Site,
    plan: Plan,
    stale: Iterable[Output],
    keys: Mapping[str, str],
    comparing: Comparing,
    memory: Store,
) -> str:
    """Remember what the next build needs to know of *plan*; return the index of it, to `leave` when it is published.

    *keys* are those under which the documents of *site* are remembered, by path. Only *stale* outputs are looked at: of
    all others, the last build has left the same. What is spelled here, *comparing* need not spell again.
    """
    memory.put(INDEX, b"")
    if not is_traceable(site):
        return ""
    memory.put(SPOKEN, freeze(spoken()))
    names = _names(site)
    made = {
        output.address for output in stale if isinstance(output, Page | FeedFile) or output.address in (DATASET, SEARCH)
    }
    files = (output for output in plan.outputs if isinstance(output, FeedFile))
    feeds = trace_feeds(files, made, names, comparing.fingerprint_of, memory)
    _write_pages(plan, made, names, comparing.fingerprint_of, memory)
    if DATASET in made:
        write_data_spelling(comparing.spelling, memory)
    if SEARCH in made:
        _write_search(plan, memory)
    if not names:
        return ""
    customs = customs_of(site.config)
    signs = {lang: typography.rules_for(lang) for lang in customs.languages}
    head = spelled(
        {"customs": asdict(customs), "themed": engine_of_pages(site), "signs": signs, "searched": site.config.search},
    )
    return head + _lines((alert.path, keys[alert.path], feeds.get(alert.path, [])) for alert in site.alerts)


def leave(index: str, memory: Store) -> None:
    """Remember the *index* that `trace` returned; to be called when the outputs of that plan are published."""
    memory.put(INDEX, index.encode("utf-8", "surrogatepass"))
    write_since({}, memory)


def _lines(alerts: Iterable[tuple[str, str, list[str]]]) -> str:
    return "".join(f"\n{spelled(alert)}" for alert in alerts) + "\n"


def _write_pages(
    plan: Plan, made: Collection[str], names: Mapping[str, Name], fingerprint_of: Fingerprints, memory: Store
) -> None:
    """Remember the pages of alerts that are *made* now, how these are spelled, and what all pages share."""
    pages = [(output, output.contents) for output in plan.outputs if isinstance(output, Page)]
    of_alerts = [(page, contents) for page, contents in pages if isinstance(contents, AlertContents)]
    empty, rows = _emptying_pages(names), _rows(plan)
    wordless = Reductions({Words: lambda words: (named, (words.lang, WORDS))})
    for page, contents in of_alerts:
        if page.address in made:
            path = contents.alert.path
            memory.put(key_of_output(page.address), freeze(page, empty))
            write_spellings(path, _spellings(page, contents, rows[path], fingerprint_of), memory)
    for lang, contents in {contents.language.lang: contents for _, contents in of_alerts}.items():
        shared = ((CHROME, contents.chrome), (LANGUAGE, contents.language))
        memory.put(key_of_edition(lang), freeze(shared, wordless))
    terms = {_called(term): term for _, contents in of_alerts for term in _terms(contents.alert)}
    memory.put(key_of_edition(EVERYWHERE), freeze(tuple(terms.items())))


def _emptying_pages(names: Mapping[str, Name]) -> Reductions:
    """Return how pages are frozen without their texts, and without what other pages hold as well."""
    empty = emptying(names)
    empty[Chrome] = lambda chrome: (named, (chrome.lang, CHROME))
    empty[Language] = lambda language: (named, (language.lang, LANGUAGE))
    for kind in (Country, RiskTag, Level):
        empty[kind] = lambda term: (named, (EVERYWHERE, _called(term)))
    return empty


def _called(term: Country | RiskTag | Level) -> str:
    """Return the name of *term* among all terms."""
    return f"{type(term).__name__} {term.slug}"


def _terms(alert: Alert) -> Iterator[Country | RiskTag | Level]:
    """Yield the terms that stand in *alert*."""
    yield from alert.countries
    yield from alert.risk_tags
    yield from filter(None, (situation.level for situation in alert.situations))


def _rows(plan: Plan) -> dict[str, DataRow]:
    """Return the rows of the open data by path of their alerts."""
    contents = (output.content for output in plan.outputs if isinstance(output, JsonFile) and output.address == DATASET)
    lists = (value for content in contents if isinstance(content, Record) for value in content.values)
    rows = (row for members in lists if isinstance(members, tuple) for row in members)
    return {row.alert.path: row for row in rows if isinstance(row, DataRow)}


def _spellings(page: Page, contents: AlertContents, row: DataRow, fingerprint_of: Fingerprints) -> Spellings:
    alert = fingerprint_of.spelled(contents.alert)  # first: what holds it is spelled with its token
    return Spellings(
        page=page.address,
        url=contents.url,
        day=contents.alert.date.isoformat(),
        alert=alert,
        token=fingerprint_of.token(page),
        row=fingerprint_of.spelled(row),
    )


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
