"""What the preview shows at a moment: the outputs of the newest good state of the site, and what is wrong now."""

import mimetypes
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.build import Prepared, Report, prepare, with_problems
from alertgen.codes import CODES
from alertgen.diagnostics import Diagnostic, Severity
from alertgen.i18n import FALLBACK
from alertgen.load.lints.todo import CODE as TODO
from alertgen.load.remembered.rereading import read_anything
from alertgen.model import Alert, Held, Site, StandingPage
from alertgen.outputs import Output, SearchIndex
from alertgen.plan.recall import Recall
from alertgen.records import dataclass, replace
from alertgen.render import RenderFaultError, Tools, is_told, render_outputs, try_templates
from alertgen.report import format_moment
from alertgen.store import Store, memory_file

NOT_FOUND = "404.html"
_TYPES = {".xml": "application/xml", ".opml": "text/x-opml", ".bib": "text/plain", ".ris": "text/plain"}
"""Types of files that a browser is to show rather than to save."""


@dataclass(frozen=True, slots=True)
class Making:
    """An output, and what it is made with."""

    output: Output
    tools: Tools


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One state of the preview."""

    version: int
    """Counts the states; a page that carries a lower number than `good` is out of date."""
    good: int
    """The version of the state that the pages are made from."""
    files: Mapping[str, Making]
    """Path below the site -> what is there."""
    theme: str
    """Digest of the templates."""
    held: Mapping[str, str]
    """Address of a page that is held back -> why, in words."""
    root: str
    """Path of the site on its host, `/` or `/news/`: the preview lives at the same one."""
    problems: tuple[Diagnostic, ...]
    bug: str = ""
    """What alertgen itself stumbled over; empty when it did not."""
    opened: str = ""
    """Address of the page whose edit led to the state `good`; empty when it cannot be told."""

    @property
    def trouble(self) -> bool:
        """Whether something stands in the way of what is being written: it is shown at once, over the page."""
        return bool(self.bug or self.troubles)

    @property
    def troubles(self) -> tuple[Diagnostic, ...]:
        """The problems that stand in the way; all others are remarks."""
        return tuple(filter(is_trouble, self.problems))


NOTHING = Shown(version=0, good=0, files={}, theme="", held={}, root="/", problems=())


def is_trouble(problem: Diagnostic) -> bool:
    """Tell whether *problem* is an error, also where it is softened because it stands in a draft."""
    return CODES[problem.code].severity is Severity.ERROR and problem.code != TODO


@dataclass(frozen=True, slots=True)
class File:
    """What a browser gets."""

    content: bytes
    """Empty when it could not be made."""
    media_type: str
    shown: Shown
    """The state that it was made from."""
    found: bool = True


class Preview:
    """The preview of one site. All its methods are to be called from one thread."""

    def __init__(self, root: Path, present: Callable[[], datetime], *, stay: bool = False) -> None:
        """Take the site folder *root*, what tells the present, and whether browsers *stay* on the page they show."""
        self.root = root
        self._stay = stay
        self.shown = NOTHING
        self._present = present
        self._memory = Store(memory_file(root), lively=True)
        self._recall = Recall(lasting=True)
        """What was planned last, piece by piece."""
        self._languages: tuple[str, ...] = (FALLBACK,)
        """Of the site."""
        self._index: tuple[SearchIndex, Mapping[str, bytes]] | None = None
        self._tried = ""
        """Digest of the templates that are known to make every kind of page."""
        self._texts: Mapping[str, Alert | StandingPage] = {}
        """Path -> text, as last read without an error."""

    def __enter__(self) -> "Preview":
        self._memory.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._memory.__exit__(None, None, None)

    def look(self, changed: Collection[str] = ()) -> Shown:
        """Read the site again, after the files *changed*, and show it if it is good."""
        now, before = self._present(), self.shown
        try:
            prepared = self._with_templates_tried(self._prepare(now))
        except Exception:  # noqa: BLE001 - whatever it is, the preview must survive it, and tell
            self.shown = replace(before, version=before.version + 1, bug=traceback.format_exc(), problems=())
        else:
            self.shown = _next(before, prepared, self._edited(prepared, changed))
        return self.shown

    def _edited(self, prepared: Prepared | Report, changed: Collection[str]) -> Collection[str]:
        """Return the paths that were *changed*; where the system told of none, those of the texts that read otherwise.

        What was saved before the system could be asked is seen by a later look, and was being edited all the same.
        """
        if self._stay:
            return ()
        if isinstance(prepared, Report):
            return changed
        before, self._texts = self._texts, {text.path: text for text in prepared.site.texts}
        if changed or not before:
            return changed
        return tuple(path for path, text in self._texts.items() if before.get(path) != text)

    def warm_up(self) -> None:
        """Read anything: what was remembered was shown without all that an edit needs, and the first need not wait."""
        read_anything(self._languages)

    def _prepare(self, now: datetime) -> Prepared | Report:
        prepared = prepare(self.root, self._memory, now=now, strict=False, preview=True, recall=self._recall)
        self._memory.let_go()
        if isinstance(prepared, Prepared):
            self._languages = prepared.site.config.languages
        return prepared

    def _with_templates_tried(self, prepared: Prepared | Report) -> Prepared | Report:
        """Try every template that is not known to work, so that one that fails leaves the good pages in place."""
        if isinstance(prepared, Report) or prepared.site.theme.digest == self._tried:
            return prepared
        faults = try_templates(prepared.plan, prepared.tools)
        if faults:
            return with_problems(prepared.report, faults, prepared.withheld, strict=False)
        self._tried = prepared.site.theme.digest
        return prepared

    def file(self, path: str) -> File:
        """Return the file at *path* below the site; the page for missing addresses when there is none."""
        making = self.shown.files.get(path) or self._search(path)
        if making is not None:
            return File(self._made(making, path), _media_type(path), self.shown)
        missing = self.shown.files.get(NOT_FOUND)
        return File(self._made(missing, NOT_FOUND) if missing else b"", "text/html", self.shown, found=False)

    def _search(self, path: str) -> Making | None:
        index = self.shown.files.get(urls.search_index().strip("/"))
        return index if index and path in self._searched(index) else None

    def _made(self, making: Making, path: str) -> bytes:
        if isinstance(making.output, SearchIndex):
            return self._searched(making)[path]
        try:
            return next(content for _, made, content in render_outputs([making.output], making.tools) if made == path)
        except RenderFaultError as fault:
            if not is_told(fault.problem, self.shown.problems):
                problems = (*self.shown.problems, fault.problem)
                self.shown = replace(self.shown, version=self.shown.version + 1, problems=problems)
            return b""

    def _searched(self, making: Making) -> Mapping[str, bytes]:
        """Return the files of the search index, which takes a while to make and changes seldom."""
        assert isinstance(making.output, SearchIndex)
        if self._index is None or self._index[0] != making.output:
            made = {path: content for _, path, content in render_outputs([making.output], making.tools)}
            self._index = making.output, made
        return self._index[1]


def _next(before: Shown, prepared: Prepared | Report, changed: Collection[str]) -> Shown:
    """Return the state after *before*; what cannot be made now stays as it was."""
    version = before.version + 1
    if isinstance(prepared, Report):
        return replace(before, version=version, problems=prepared.problems, bug="")
    site = prepared.site
    state = Shown(
        version=version,
        good=version,
        files={_key(output): Making(output, prepared.tools) for output in prepared.plan.outputs},
        theme=site.theme.digest,
        held=_held(site, prepared.report.held),
        root=urlsplit(site.config.base_url).path,
        problems=prepared.report.problems,
        opened=_opened(site, changed),
    )
    if not changed and (state.theme, _outputs(state)) == (before.theme, _outputs(before)):
        return replace(before, version=version, problems=state.problems, bug="")
    return _with_last_good_pages(state, before) if state.trouble else state


def _with_last_good_pages(state: Shown, before: Shown) -> Shown:
    """Return *state* with the pages of *before* that cannot be made now, each with its mark if it is held back."""
    kept = {address: why for address, why in before.held.items() if urls.file_of(address) not in state.files}
    return replace(state, files={**before.files, **state.files}, held={**kept, **state.held})


def _outputs(shown: Shown) -> list[Output]:
    return [making.output for making in shown.files.values()]


def _key(output: Output) -> str:
    return output.address.strip("/") if isinstance(output, SearchIndex) else urls.file_of(output.address)


def _addresses(site: Site) -> dict[str, str]:
    default = site.config.languages[0]
    return {text.path: urls.text(text, default) for text in site.texts}


def _held(site: Site, held: Iterable[Held]) -> dict[str, str]:
    addresses = _addresses(site)
    return {addresses[one.path]: _because(one) for one in held if one.path in addresses}


def _because(held: Held) -> str:
    return f"{held.because}, until {format_moment(held.until)}" if held.until else str(held.because)


def _opened(site: Site, changed: Iterable[str]) -> str:
    """Return the address of the page that is being edited: that of the one text among the files *changed*."""
    addresses = _addresses(site)
    edited = [addresses[path] for path in changed if path in addresses]
    return edited[0] if len(edited) == 1 else ""


def _media_type(path: str) -> str:
    ending = Path(path).suffix
    return _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "text/plain"
