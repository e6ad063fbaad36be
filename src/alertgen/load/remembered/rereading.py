"""Making alerts and pages of documents, or taking them as they are remembered where nothing else would come of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from alertgen.diagnostics import Diagnostic
from alertgen.load.documents import Customs, Document, Kind, Label, SourceFile
from alertgen.load.reading import read_document
from alertgen.load.remembered.alerts import remember, remembered_alerts
from alertgen.load.remembered.shared_reading import Documents
from alertgen.load.texts.alerts import read_alert
from alertgen.load.texts.desk import Desk
from alertgen.load.texts.pages import read_page
from alertgen.model import Alert, Link, StandingPage
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class ReadText:
    """What was read in a content file, or is remembered of it."""

    label: Label
    """The document itself where nothing was made of it."""
    result: Alert | StandingPage | None
    """What was made of it; None when anything is wrong."""
    problems: tuple[Diagnostic, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links, also when nothing was made of it."""
        if self.result:
            return self.result.links
        return self.label.body.links if isinstance(self.label, Document) and self.label.body else ()


def read_texts(
    files: Sequence[SourceFile],
    keys: Mapping[str, str],
    customs: Customs,
    desk: Desk,
    processes: int,
    unremembered: Collection[str],
) -> Iterator[ReadText]:
    """Read *files*, or take what is remembered under their *keys* (by path) where reading would give the same.

    Of the paths *unremembered* nothing is kept. While something is made of one file, other processes read further ones.
    """
    kept = {file.path: keys[file.path] for file in files if file.path not in unremembered}
    documents = Documents(files, kept, customs, desk.store, processes)
    known = remembered_alerts(documents.remembered, desk)
    for file in files:
        again = known.get(kept.get(file.path, ""))
        yield (
            ReadText(again.label, again.alert, again.problems)
            if again
            else _told(documents.of(file), documents.keys, desk)
        )


def _told(document: Document, keys: Mapping[str, str], desk: Desk) -> ReadText:
    result, problems = read_alert(document, desk) if document.kind is Kind.ALERT else read_page(document, desk)
    if isinstance(result, Alert) and document.path in keys:
        remember(keys[document.path], document, result, problems, desk)
    return ReadText(document.label if result else document, result, problems)


def read_anything(languages: tuple[str, ...]) -> None:
    """Read a text of no site in each of *languages*, which brings along all that reading needs."""
    for lang in languages:
        text = f"---\ntitle: Title\ndate: 2026-01-01\nlang: {lang}\n---\n\nText.\n".encode()
        file = SourceFile(path="alerts/title.md", kind=Kind.ALERT, raw=text, digest="")
        read_document(file, Customs(languages=languages))
