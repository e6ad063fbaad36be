"""From the files of a site folder to a `Site`, with everything that is wrong in them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from alertgen import ALERTS, PAGES
from alertgen.diagnostics import Diagnostic, Severity, softened_in
from alertgen.load.disk.names import read_name
from alertgen.load.documents import Label, Made, key_of_file
from alertgen.load.excerpts import with_excerpts
from alertgen.load.folder import Folder, read_folder
from alertgen.load.ledger import read_ledger
from alertgen.load.people.sensitive import behind_warnings
from alertgen.load.people.withheld import Withheld
from alertgen.load.people.withheld_search import names_in_ledger
from alertgen.load.remembered.rereading import ReadText, read_texts
from alertgen.load.remembered.shared_reading import read_documents
from alertgen.load.texts.desk import Desk, told_once
from alertgen.load.together.days import odd_days
from alertgen.load.together.held import held_back
from alertgen.load.together.siblings import family_problems, series_problems
from alertgen.load.vocabulary.terms import Terms
from alertgen.model import Alert, Faulty, Held, HeldText, Image, Site, StandingPage
from alertgen.processes.workers import processors
from alertgen.progress import Progress, silent
from alertgen.records import dataclass, field, replace
from alertgen.store import Store

_FORESEEN = 3
"""So many of the next moments at which something appears are looked at ahead of time."""
_NOT_READ = ("not-downloaded", "refused-path", "too-large", "unreadable-file")
"""What is wrong with a file that is there although nothing of it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What the site will be at a moment to come, if nobody changes a file."""

    moment: datetime.datetime
    site: Site
    held: tuple[HeldText, ...]
    """What is still held back then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a site folder holds at one moment."""

    site: Site | None
    """What will be published; None when site.yaml cannot be used."""
    problems: tuple[Diagnostic, ...]
    held: tuple[HeldText, ...]
    files: int
    """How many content files were read."""
    pictures: tuple[str, ...] = ()
    """Paths of the pictures that they show."""
    withheld: Withheld
    """Names that nothing may say, reports included."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """By path of each content file, the key under which is remembered what it says."""
    later: tuple[Later, ...] = ()
    """The site at the next moments at which something appears."""


def load_site(
    root: Path, *, now: datetime.datetime, store: Store, preview: bool = False, progress: Progress = silent
) -> Loaded:
    """Load the site in the folder *root* as it is to be published at *now*, a moment with zone.

    *progress* is told of each text that has been read. With *preview*, the site also holds what is held back. Nothing
    that is published may be made of such a site.
    """
    folder = read_folder(root, store)
    config, risk_tags = folder.site_file.config, folder.site_file.risk_tags
    if config is None:
        return _without_site(folder, store)
    ledger, ledger_problems = read_ledger(root)
    terms = Terms(folder.vocabularies, risk_tags, config.levels)
    published = {entry.address: entry for entry in ledger.entries}
    given_up = names_in_ledger(root, ledger, folder.withheld, store)
    desk = Desk(root=root, config=config, terms=terms, published=published, given_up=given_up, store=store)
    keys = {file.path: key_of_file(file, folder.customs) for file in folder.files}
    reading = read_texts(folder.files, keys, folder.customs, desk, processors(), folder.unremembered)
    told = tuple(_counted(reading, len(folder.files), progress))
    labels = tuple(one.label for one in told)
    made, content_problems = _compared(told, desk)
    held = held_back(labels, made, now, config)
    public = _public(made, held)
    odd = odd_days(made, public, held, published, now, config)
    site = Site(
        config=config,
        alerts=(),
        pages=(),
        countries=folder.vocabularies.countries,
        risk_tags=risk_tags,
        theme=folder.theme,
        ledger=ledger,
        given_up=given_up,
        faulty=(*_faulty(told, made), *_unread(folder, config.languages)),
    )
    problems = (*folder.problems(_drafts(labels)), *ledger_problems, *told_once(content_problems), *odd)
    return Loaded(
        site=_with_texts(site, made if preview else public),
        problems=with_excerpts(root, problems, folder.withheld),
        held=held,
        files=len(folder.files),
        pictures=tuple(image.path for one in made for image in _pictures(one.result)),
        withheld=folder.withheld,
        keys=keys,
        later=() if preview else tuple(_later(site, labels, made, held)),
    )


def _counted(told: Iterable[ReadText], total: int, progress: Progress) -> Iterator[ReadText]:
    for done, one in enumerate(told, 1):
        progress("reading", done, total)
        yield one


def _without_site(folder: Folder, store: Store) -> Loaded:
    """Return what is wrong in *folder*, whose site.yaml cannot be used."""
    documents = tuple(read_documents(folder.files, folder.customs, store, processors(), folder.unremembered))
    drafts = _drafts(documents)
    problems = (*folder.problems(drafts), *softened_in((one for found in documents for one in found.problems), drafts))
    return Loaded(
        site=None,
        problems=with_excerpts(folder.root, problems, folder.withheld),
        held=(),
        files=len(folder.files),
        withheld=folder.withheld,
    )


def _with_texts(site: Site, made: Iterable[Made]) -> Site:
    """Return *site* with the texts that were *made*."""
    shown = behind_warnings(one.result for one in made)
    pages = tuple(text for text in shown if isinstance(text, StandingPage))
    return replace(site, alerts=_newest_first(shown), pages=pages)


def _later(site: Site, labels: Sequence[Label], made: Sequence[Made], held: Iterable[Held]) -> Iterator[Later]:
    """Yield what *site* will be, made of the texts of *labels*, when something of what is *held* back appears."""
    moments = sorted({one.until for one in held if one.until})
    for moment in moments[:_FORESEEN]:
        still = held_back(labels, made, moment, site.config)
        yield Later(moment=moment, site=_with_texts(site, _public(made, still)), held=still)


def _compared(told: Sequence[ReadText], desk: Desk) -> tuple[tuple[Made, ...], tuple[Diagnostic, ...]]:
    """Return the alerts and pages of what the texts have *told*, and what is wrong.

    What clashes with another file is left out like what is wrong by itself.
    """
    labels = [one.label for one in told]
    made = [Made(one.label, one.result) for one in told if one.result]
    problems = [fault for one in told for fault in one.problems]
    clashes = (*family_problems(made, desk.config.languages), *series_problems(labels))
    clashing = {clash.at.path for clash in clashes if clash.severity is Severity.ERROR}
    found = softened_in((*problems, *clashes), _drafts(labels))
    return tuple(one for one in made if one.document.path not in clashing), found


def _drafts(labels: Iterable[Label]) -> set[str]:
    return {label.path for label in labels if label.draft}


def _faulty(told: Iterable[ReadText], made: Iterable[Made]) -> Iterable[Faulty]:
    """Yield the texts that nothing was *made* of. Drafts with errors keep nothing from being published."""
    whole = {one.document.path for one in made}
    for one in told:
        if one.label.path not in whole and not one.label.draft:
            yield Faulty(path=one.label.path, slug=one.label.slug, links=one.links)


def _unread(folder: Folder, languages: Sequence[str]) -> Iterable[Faulty]:
    """Yield what lies among the texts of *folder* and could not be read: files, and folders of nobody knows what."""
    paths = {fault.at.path for fault in folder.wrong if fault.code in _NOT_READ}
    for path in sorted(paths):
        if path.partition("/")[0] in (ALERTS, PAGES):
            yield Faulty(path=path, slug=read_name(path, languages).slug, links=())


def _pictures(text: Alert | StandingPage) -> tuple[Image, ...]:
    return (text.image, *text.images) if isinstance(text, Alert) and text.image else text.images


def _public(made: Iterable[Made], held: Sequence[Held]) -> list[Made]:
    at_home = {one.path for one in held}
    return [one for one in made if one.document.path not in at_home]


def _newest_first(results: Iterable[Alert | StandingPage]) -> tuple[Alert, ...]:
    alerts = sorted((one for one in results if isinstance(one, Alert)), key=lambda alert: alert.path)
    return tuple(sorted(alerts, key=lambda alert: (alert.date, alert.number or 0), reverse=True))
