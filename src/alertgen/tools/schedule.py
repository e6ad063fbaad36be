"""What waits for its moment, and what has reached it and is not published yet."""

from datetime import datetime
from pathlib import Path

from alertgen import urls
from alertgen.build import with_problems
from alertgen.load.site import load_site
from alertgen.model import Site
from alertgen.outcome import Report
from alertgen.records import dataclass
from alertgen.store import Store, memory_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What a site has before it at one moment."""

    report: Report
    """With what is wrong and what is held back."""
    due: tuple[str, ...]
    """Paths of the texts that the next build publishes for the first time."""

    @property
    def next(self) -> datetime | None:
        """The moment when the next text falls due; None when none has a moment."""
        return min((held.until for held in self.report.held if held.until), default=None)


def schedule_of(root: Path, *, now: datetime) -> Schedule:
    """Return what the site in *root* has before it at *now*. Nothing is written."""
    with Store(memory_file(root)) as memory:
        loaded = load_site(root, now=now, store=memory)
    held, withheld = tuple(map(loaded.withheld.quietly_held, loaded.held)), loaded.withheld
    report = Report(problems=(), held=held, files=loaded.files)
    report = with_problems(report, loaded.problems, withheld, strict=False)
    return Schedule(report=report, due=_unpublished(loaded.site) if loaded.site and report.ok else ())


def _unpublished(site: Site) -> tuple[str, ...]:
    """Return the paths of the texts of *site* whose address is not in the ledger."""
    default = site.config.languages[0]
    known = {entry.address for entry in site.ledger.entries}
    return tuple(sorted(text.path for text in site.texts if urls.text(text, default) not in known))
