"""Alerts of which nothing has changed but their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from alertgen.diagnostics import Diagnostic, has_errors
from alertgen.fingerprint import digest_bytes
from alertgen.load.disk.files import read_bytes
from alertgen.load.documents import Document, Kind, SourceFile, remembered_document
from alertgen.load.figures import NO_FIGURES
from alertgen.load.keys.header import AlertHeader
from alertgen.load.reading import has_other_keys, read_again
from alertgen.model import NO_PROSE, Prose, anchors_of, opening_of
from alertgen.records import dataclass, replace
from alertgen.revision.countries import may_name_other_countries
from alertgen.store import Store
from alertgen.traces.read import Index


@dataclass(frozen=True, slots=True)
class Revised:
    """An alert as it was at the last build, and as it is now."""

    old: Document
    new: Document
    file: SourceFile

    @property
    def path(self) -> str:
        """Path of its file."""
        return self.file.path

    @property
    def texts(self) -> dict[str, str]:
        """Its plain texts as they are, by what they were; complete where it `is_clear`."""
        return {old.text: new.text for old, new in self._pairs if old.text}

    @property
    def digests(self) -> dict[str, str]:
        """Digests of its texts of now, by those of before."""
        return {old.digest: new.digest for old, new in self._pairs}

    @property
    def is_clear(self) -> bool:
        """Whether no two of its texts were the same, so that each can be found by what it was."""
        return len(self.texts) == sum(bool(old.text) for old, _ in self._pairs)

    @property
    def has_situations(self) -> bool:
        """Whether it is divided; else all of its text is one."""
        return bool(self.new.body and self.new.body.sections)

    @property
    def _pairs(self) -> Iterator[tuple[Prose, Prose]]:
        return zip(self.old.texts, self.new.texts, strict=True)


Edited = tuple[Document, SourceFile]
"""An alert as it was at the last build, and its file."""


def edited_alerts(root: Path, paths: Iterable[str], index: Index, memory: Store) -> tuple[Edited, ...]:
    """Return the alerts at *paths* if their keys are the same to the letter; nothing when those of one are not."""
    found = []
    for path in paths:
        old = remembered_document(index.key_of(path), memory)
        content = read_bytes(root, path)
        if old is None or isinstance(content, Diagnostic):
            return ()
        file = SourceFile(path=path, kind=Kind.ALERT, raw=content, digest=digest_bytes(content))
        if has_other_keys(old, file):
            return ()
        found.append((old, file))
    return tuple(found)


def revised_alerts(edited: Iterable[Edited], index: Index, memory: Store) -> tuple[Revised, ...]:
    """Return the *edited* alerts if only their words have changed; nothing when anything else has."""
    found = []
    for old, file in edited:
        new = read_again(old, file, index.customs, memory)
        if new is None or not has_same_face(old, new):
            return ()
        found.append(Revised(old, new, file))
    return tuple(found)


def has_same_face(old: Document, new: Document) -> bool:
    """Tell whether two states of an alert look the same everywhere but in its texts, so that nothing else changes.

    The answer is no as well where that is not certain: where the alert shows pictures in its text, has errors, or may
    not say any more which country it is about (`load/texts/never_named.py`).
    """
    if old.body is None or new.body is None or old.body.images or new.body.images or has_errors(new.problems):
        return False
    return _faces(old) == _faces(new) and _anchors(old) <= _anchors(new) and not may_name_other_countries(old, new)


def _faces(document: Document) -> tuple[object, ...]:
    """Return all that is shown of *document* elsewhere than in its texts, or that other files depend on."""
    body, header = document.body, document.header
    assert body is not None
    proses = document.texts
    summary = header.summary if isinstance(header, AlertHeader) else ""
    beginning = next((prose for prose in proses if prose.text), NO_PROSE)
    return (
        replace(document, body=None, problems=(), figures=NO_FIGURES),
        document.figures.values,
        [(section.text, section.attributes, section.id) for section in body.sections],
        [other.text for other in body.others],
        [(link.target, link.full) for link in body.links],
        [(bool(prose), bool(prose.text)) for prose in proses],
        summary or opening_of(beginning),
    )


def _anchors(document: Document) -> frozenset[str]:
    return frozenset(anchor for prose in document.texts for anchor in anchors_of(prose))
