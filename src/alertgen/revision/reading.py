"""Making a copy of the process ready to read texts, as soon as it is known that keys have to be read.

What reads texts takes long to import, and is imported where it is done.
"""

from __future__ import annotations

from pathlib import Path

_SAMPLE = b"""\
---
title: A "sample"
date: 2026-01-01
---

Text.
"""


def make_ready_to_read(memory: Path | None) -> None:
    """Import what reading a text needs, by reading one.

    *memory* is the file of what the last build has remembered; None if that was a build of another alertgen.
    """
    from alertgen.fingerprint import digest_bytes
    from alertgen.load.documents import Customs, Kind, SourceFile
    from alertgen.load.reading import read_document
    from alertgen.store import Store
    from alertgen.traces.read import read_index, read_languages

    with Store(memory) as known:
        index = read_index(known)
        read_languages(known)
    sample = SourceFile(path="alerts/sample.md", kind=Kind.ALERT, raw=_SAMPLE, digest=digest_bytes(_SAMPLE))
    read_document(sample, index.customs if index else Customs())
