"""A value whose texts stand apart is that value, wherever its texts go; whatever else the bytes hold is refused."""

import os
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.filed import File, Filed, file_in
from alertgen.frozen import freeze
from alertgen.load.documents import Customs, Document, Kind, SourceFile
from alertgen.load.markdown.body import Body
from alertgen.load.reading import read_document
from alertgen.load.remembered.apart import freeze_apart, thaw_apart
from alertgen.model import Footnote, Held, HeldBecause, Prose

ALERT = f"""---
title: “Words”
date: 2026-11-18
country: [SD, SS]
---

Lead of “many” words. {"And more. " * 60}

## One {{: country=SD level=current-crisis }}

Short[^1].

## Other {{: country=SS }}

{"Many “words”. " * 90}

[^1]: A note.
"""


@pytest.fixture
def file(tmp_path: Path) -> File:
    found = file_in(tmp_path)
    assert found is not None
    return found


@pytest.fixture
def document() -> Document:
    file = SourceFile(path="alerts/a.md", kind=Kind.ALERT, raw=ALERT.encode(), digest="")
    return read_document(file, Customs())


def test_a_document_is_the_same_with_its_texts_in_a_file(document: Document, file: File) -> None:
    content = freeze_apart(document, document.texts)
    before = file.put("x" * 999)
    filed, kept = thaw_apart(content, Document, file), thaw_apart(content, Document, None)
    assert filed == kept == document
    assert filed is not None
    assert kept is not None
    assert [type(prose.markup) for prose in filed.texts] == [Filed, str, Filed], "short ones stay in memory"
    assert {type(text) for prose in kept.texts for text in (prose.markup, prose.plain)} == {str}
    assert freeze_apart(filed, filed.texts) == freeze_apart(kept, kept.texts) == content, (
        "nothing that is remembered depends on where they are"
    )
    assert str(before) == "x" * 999


def test_without_room_texts_stay_in_memory(document: Document, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", refuse)
    kept = thaw_apart(freeze_apart(document, document.texts), Document, file)
    assert kept == document
    assert isinstance(kept.texts[0].markup, str)


texts = st.text(st.characters(), max_size=400) | st.text(st.characters(), max_size=9).map(lambda text: text * 99)
notes = st.tuples(st.builds(Footnote, id=texts, number=st.integers(), html=texts, references=st.tuples(texts)))
prose = st.builds(Prose, digest=texts, markup=texts, plain=texts, footnotes=notes | st.just(()))


@given(st.lists(prose, max_size=4).map(tuple))
def test_every_text_comes_back(whole: tuple[Prose, ...]) -> None:
    file = file_in(Path(gettempdir()))
    assert file is not None
    content = freeze_apart(whole, whole)
    assert thaw_apart(content, tuple, file) == thaw_apart(content, tuple, None) == whole


def test_what_is_damaged_is_not_thawed(document: Document, file: File) -> None:
    content = freeze_apart(document, document.texts)
    for damaged in (b"", b"\0", content[:4], content[:60], b"\xff" * 9, freeze(document), content[:-1], content[4:]):
        assert thaw_apart(damaged, Document, file) is thaw_apart(damaged, Document, None) is None
    assert thaw_apart(content, Body, file) is None
    assert thaw_apart(freeze_apart(Path("a"), ()), object, file) is None


def test_a_value_without_texts_is_as_well(file: File) -> None:
    held = Held(path="alerts/a.md", because=HeldBecause.DRAFT, until=None)
    assert thaw_apart(freeze_apart(held, ()), Held, file) == held
