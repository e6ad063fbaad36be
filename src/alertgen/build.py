"""The pipeline: files -> load -> Site -> plan -> outputs -> render -> bytes -> write -> public/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from alertgen import LEDGER, WITHHELD, urls
from alertgen.check import check_site
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, has_errors, softened_in, sorted_by_place, strictly
from alertgen.foresight import faults_to_come
from alertgen.load.excerpts import with_excerpts
from alertgen.load.people.withheld import CODE, Withheld
from alertgen.load.site import load_site
from alertgen.load.theme.reading import read_templates
from alertgen.model import HeldBecause, Ledger, Site
from alertgen.outcome import Report as Report
from alertgen.outputs import Output, Page, Plan, SearchIndex
from alertgen.plan.gather import gather
from alertgen.plan.planners import plan_bulletin
from alertgen.plan.recall import Recall
from alertgen.processes.forked import ForkedCopy
from alertgen.processes.room import give_back, keep_little, settled
from alertgen.processes.workers import dismiss, standing_by
from alertgen.progress import Progress, silent
from alertgen.records import dataclass, replace
from alertgen.render import (
    Keeping,
    RenderFaultError,
    Tools,
    begin_all_templates,
    begin_cards,
    begin_outlines,
    begin_templates,
    is_told,
    keep_outputs,
    nothing,
    open_tools,
    searching,
    try_templates,
)
from alertgen.standstill import begin, settle
from alertgen.store import Store, memory_file
from alertgen.traces.comparing import Comparing
from alertgen.traces.published_rows import with_published_rows
from alertgen.traces.read import DATASET
from alertgen.traces.write import leave, trace
from alertgen.write import (
    Changes,
    check_target,
    decide,
    ledger_text,
    lock,
    publish,
    read_manifest,
    write_ledger,
)
from alertgen.write.census import output_folders
from alertgen.write.ownership import check_rehearsal, mark
from alertgen.write.pending import announce, withdraw
from alertgen.write.record import updated_ledger

if TYPE_CHECKING:
    from alertgen.stillness import Seen

Kept = TypeVar("Kept")

DAMAGED_LIST = "the list of what was built was damaged; all was built anew, and files that may be yours were kept"
MADE = ("rendition", "outline", "card", "trace")
"""Kinds of what is remembered of outputs: a build asks for those alone that it makes. Of all else it asks for all."""
NAMELESS = ("rendition", "outline")
"""Those of them in which no name can stand, nor a text that was taken down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site that is read, planned and checked."""

    report: Report
    site: Site
    plan: Plan
    tools: Tools
    pictures: tuple[str, ...]
    """Paths of all pictures that were read."""
    withheld: Withheld
    """Names that no report may say."""
    keys: Mapping[str, str]
    """By path of each text, the key under which it is remembered."""


def build(
    root: Path, out: Path, *, now: datetime, strict: bool = False, rehearsal: bool = False, progress: Progress = silent,
    seen: Seen | None = None, other: ForkedCopy | None = None,
) -> Report:  # fmt: skip
    """Build the site in *root* into *out*; write nothing if anything is wrong.

    With *rehearsal*, *now* is not the present: *out* must not be a folder that readers see, and nothing is recorded as
    published. What is read may have been *seen* before. The *other* process does some of it, if there is one.

    Raises:
        MachineError: the disk, the lock or the permissions stand in the way.
    """
    check_target(out, root)
    if rehearsal:
        check_rehearsal(out)
    keep_little()
    with lock(root), Store(memory_file(root)) as memory, standing_by(other):
        mark(out, rehearsal=rehearsal)
        if other:
            begin_all_templates(partial(read_templates, root), memory, other)
        begun = begin(root, seen)
        manifest = read_manifest(out)  # while another process may be reading texts
        prepared = prepare(root, memory, now=now, strict=strict, progress=progress)
        if isinstance(prepared, Report):
            return prepared
        progress("comparing", 0, 0)
        comparing = Comparing(prepared.site, prepared.plan)
        changes = decide(manifest, prepared.plan, lambda: comparing.fingerprints)
        ledger = next_ledger(prepared, now)
        noted = cache(partial(note, root, out, prepared, changes, comparing, ledger, memory, rehearsal=rehearsal))
        if not changes:
            noted()
        stale = with_published_rows(changes.stale, out, changes.published.get(DATASET), comparing, memory)
        give_back()
        try:
            with settled():
                published = publish(out, changes, partial(made, stale, prepared.tools, progress, noted))
        except RenderFaultError as fault:
            return faulty(prepared, fault, strict=strict)
        published = prepared.withheld.quietly_published(published)
        report = replace(prepared.report, size=published.size, rehearsal=rehearsal)
        if manifest and manifest.unreadable:
            report = replace(report, mended=(DAMAGED_LIST,))
        if rehearsal:
            return replace(report, published=published)
        write_ledger(root / LEDGER, ledger)
        withdraw(root)
        leave(noted(), memory)
        withdrawn = any(address.endswith("/") for address in changes.gone)
        spared = NAMELESS if prepared.withheld or withdrawn else MADE
        memory.forget_unasked(() if len(changes.stale) == len(prepared.plan.outputs) else spared)
        with suppress(OSError):  # the note only saves time, and one that is not true is not believed
            settle(
                root, out, report, now=now, strict=strict, begun=begun,
                pictures=prepared.pictures, ledger=ledger_text(ledger).encode(), folders=output_folders(out),
                recorded=ledger != prepared.site.ledger,
            )  # fmt: skip
        return replace(report, published=published)


def check(root: Path, *, now: datetime, strict: bool = False, progress: Progress = silent) -> Report:
    """Do everything that `build` does, down to making every output, and publish nothing."""
    with Store(memory_file(root)) as memory, ForkedCopy() as other, standing_by(other):
        begin_all_templates(partial(read_templates, root), memory, other)
        prepared = prepare(root, memory, now=now, strict=strict, progress=progress)
        if isinstance(prepared, Report):
            return prepared
        try:
            for _ in made_of(prepared.plan.outputs, "trying", nothing, prepared.tools, progress):
                continue
        except RenderFaultError as fault:
            return faulty(prepared, fault, strict=strict)
        return with_problems(prepared.report, names_to_forget(prepared, now), prepared.withheld, strict=strict)


def names_to_forget(prepared: Prepared, now: datetime) -> Iterator[Diagnostic]:
    """Tell of names that a build would take out of the ledger: a build elsewhere, without the list, keeps them."""
    given_up = prepared.site.given_up
    if given_up and given_up.difference(next_ledger(prepared, now).promised):
        message = f"a name from {WITHHELD} stands in an address, an anchor or a feed id that was published"
        takes = f"it takes the name out of {LEDGER}, which other builds need then"
        hint = f"run `alertgen build` where {WITHHELD} is: {takes}"
        yield problem(CODE, message, Place(LEDGER), hint=hint)


def prepare(
    root: Path,
    memory: Store,
    *,
    now: datetime,
    strict: bool,
    preview: bool = False,
    recall: Recall | None = None,
    progress: Progress = silent,
) -> Prepared | Report:
    """Read, plan and check the site in *root*; return only a report when something forbids publishing.

    With *preview*, the site holds drafts and everything else that is held back: it must not be published. The result
    does not depend on what *recall* knows of other plans, which only saves time.
    """
    progress("reading", 0, 0)
    loaded = load_site(root, now=now, store=memory, preview=preview, progress=progress)
    held, withheld = tuple(map(loaded.withheld.quietly_held, loaded.held)), loaded.withheld
    report = Report(problems=(), held=held, files=loaded.files)
    if loaded.site is None:
        return with_problems(report, loaded.problems, withheld, strict=strict)
    progress("planning", 0, 0)
    begin_templates(loaded.site.theme, root, memory)
    begin_outlines(loaded.site.alerts, memory)
    bulletin = gather(loaded.site, recall or Recall())
    begin_cards(bulletin.cards, memory)
    planned = plan_bulletin(bulletin)
    progress("checking", 0, 0)
    whole = not has_errors(loaded.problems)
    checked = check_site(loaded.site, planned, loaded.held, whole=whole)
    checked = (*checked, *faults_to_come(loaded, checked, whole=whole))
    if preview:
        checked = softened_in(checked, {held.path for held in loaded.held if held.because is HeldBecause.DRAFT})
    tools, faults = open_tools(loaded.site.theme, root, memory)
    found = (*loaded.problems, *faults, *with_excerpts(root, checked, withheld))
    report = with_problems(report, found, withheld, strict=strict)
    base_url = loaded.site.config.base_url
    report = replace(
        report,
        pages=sum(isinstance(output, Page) for output in planned.outputs),
        stand_in=base_url if urls.is_stand_in(base_url) else "",
    )
    if not report.ok:
        return report if faults else with_problems(report, try_templates(planned, tools), withheld, strict=strict)
    return Prepared(
        report=report, site=loaded.site, plan=planned, tools=tools, pictures=loaded.pictures, withheld=withheld,
        keys=loaded.keys,
    )  # fmt: skip


def note(
    root: Path, out: Path, prepared: Prepared, changes: Changes, comparing: Comparing, ledger: Ledger,
    memory: Store, *, rehearsal: bool,
) -> str:  # fmt: skip
    """Note what is about to be published, before it is; return the index to `leave` when it is.

    This makes no file, so it is done while others make them.
    """
    site, plan, fingerprint_of = prepared.site, prepared.plan, comparing.fingerprint_of
    memory.all_that_is_expected()  # also what this build has no use for, or each one would make it anew
    index = ""
    if not rehearsal:  # first: what is spelled out for the next build is known when it is compared
        index = trace(site, plan, changes.stale, prepared.keys, comparing, memory)
    fingerprints = comparing.fingerprints
    fingerprint_of.forget()
    if not rehearsal and ledger != site.ledger:
        announce(root, out, fingerprints, ledger)
    return index


def made(
    stale: Sequence[Output], tools: Tools, progress: Progress, noted: Callable[[], object], keep: Keeping[Kept]
) -> Iterator[tuple[Output, str, Kept]]:
    """Make the files of all *stale* outputs and *keep* them; what comes after the last of them is the writing."""
    progress("making", 0, 0)
    yield from made_of(stale, "making", keep, tools, progress, noted)
    dismiss()
    progress("writing", 0, 0)


def made_of(
    outputs: Sequence[Output],
    doing: str,
    keep: Keeping[Kept],
    tools: Tools,
    progress: Progress,
    noted: Callable[[], object] = lambda: None,
) -> Iterator[tuple[Output, str, Kept]]:
    """Make the files of *outputs* and *keep* them; tell *progress* of each output that has come out.

    When others have begun to make them, Pagefind begins with the search index, and what is to be *noted* is.
    """
    others = tuple(output for output in outputs if not isinstance(output, SearchIndex))
    files = keep_outputs(others, tools, keep)
    first = next(files, None)
    done: dict[str, None] = {}
    with searching(outputs, progress) as searched:
        noted()
        for output, path, kept in chain(() if first is None else (first,), files):
            done[output.address] = None
            progress(doing, len(done), len(others))
            yield output, path, kept
        yield from searched(keep)


def faulty(prepared: Prepared, fault: RenderFaultError, *, strict: bool) -> Report:
    """Return the report of a site of which an output cannot be made, with the faults of all templates in one go."""
    tried = try_templates(prepared.plan, prepared.tools)
    faults = tried if is_told(fault.problem, tried) else (fault.problem, *tried)
    return with_problems(prepared.report, faults, prepared.withheld, strict=strict)


def with_problems(report: Report, problems: Iterable[Diagnostic], withheld: Withheld, *, strict: bool) -> Report:
    """Return *report* with *problems*, quiet about *withheld* names, beside its own, sorted by place.

    Warnings are errors when *strict*.
    """
    found = sorted_by_place((*report.problems, *map(withheld.quiet, problems)))
    return replace(report, problems=strictly(found) if strict else found)


def next_ledger(prepared: Prepared, now: datetime) -> Ledger:
    """Return the ledger of the site with what is about to be published."""
    today = now.astimezone(ZoneInfo(prepared.site.config.timezone)).date()
    return updated_ledger(prepared.site.ledger, prepared.site, prepared.plan, today)
