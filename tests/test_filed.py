"""A text in a file is the same text, wherever it is looked at, and an archive of them is not in memory."""

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.filed import File, Filed, FiledBytes, file_in
from alertgen.fingerprint import Fingerprints
from alertgen.frozen import freeze
from alertgen.json_text import render_json
from alertgen.model import Prose
from alertgen.outputs import Json, JsonFile, Record
from alertgen.store import Store
from conftest import SiteFolder
from copies import tree
from terminal import alertgen

LONG = "“Long” \ud800 text\n" * 40


@pytest.fixture
def file(tmp_path: Path) -> File:
    found = file_in(tmp_path)
    assert found is not None
    return found


def test_a_filed_text_is_that_text(file: File, tmp_path: Path) -> None:
    others = [file.put(f"{LONG}{number}") for number in range(9)]
    assert [str(other) for other in others] == [f"{LONG}{number}" for number in range(9)]
    filed = file.put(LONG)
    assert isinstance(filed, Filed)
    assert filed == LONG
    assert filed == file.put(LONG)
    assert filed != others[0]
    assert hash(filed) == hash(LONG)
    assert not list(tmp_path.iterdir()), "the file has no name, so nothing of it stays"


def test_a_short_text_stays_in_memory(file: File) -> None:
    assert file.put("short") == "short"
    assert isinstance(file.put(""), str)


def test_it_travels_as_what_it_is(file: File) -> None:
    filed = file.put(LONG)
    for content in (pickle.dumps((filed, 1)), freeze((filed, 1))):
        text, _ = pickle.loads(content)
        assert type(text) is str
        assert text == LONG


def test_bytes_are_filed_as_well(file: File) -> None:
    content = bytes(range(256)) * 9
    filed = file.put_bytes(content)
    assert isinstance(filed, FiledBytes)
    assert filed == content
    assert filed == file.put_bytes(content)
    assert filed != file.put_bytes(content + b"!")
    assert hash(filed) == hash(content)
    travelled = pickle.loads(pickle.dumps(filed))
    assert type(travelled) is bytes
    assert travelled == content
    assert file.put_bytes(b"short") == b"short"


def test_without_room_it_stays_in_memory(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", refuse)
    assert isinstance(file.put(LONG), str)
    monkeypatch.setattr(os, "pwrite", lambda *_: 7)
    assert isinstance(file.put(LONG), str)
    assert file_in(Path("/nowhere")) is None
    assert file_in(None) is None


def test_what_holds_it_is_equal_and_has_the_same_fingerprint(file: File) -> None:
    here, there = (Prose(digest="d", markup=put(LONG), plain=put(LONG)) for put in (str, file.put))
    assert here == there
    assert there.html == there.text == LONG
    for more in ((), (1,), (True, None)):
        rows = [Record((("text", text), ("more", more))) for text in (LONG, file.put(LONG))]
        assert rows[0] == rows[1]
        assert len({Fingerprints()(row) for row in rows}) == 1
        assert len({Fingerprints().spelled(row) for row in rows}) == 1


values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.lists(st.tuples(st.text(max_size=9), inner), max_size=3, unique_by=lambda pair: pair[0]).map(Record)
    ),
    max_leaves=12,
)


def plain(value: Json) -> object:
    if isinstance(value, Record):
        return {name: plain(member) for name, member in value.members}
    return [plain(member) for member in value] if isinstance(value, tuple) else value


@given(values)
def test_json_is_written_in_parts_as_python_writes_it_in_one(value: Json) -> None:
    expected = json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n"
    assert render_json(JsonFile(address="/a.json", content=value)) == expected.encode("utf-8", "surrogatepass")


def test_a_filed_text_in_json(file: File) -> None:
    text = "Line “one”\n" * 99
    content = Record((("rows", (Record((("text", file.put(text)),)), 1)),))
    assert json.loads(render_json(JsonFile(address="/a.json", content=content))) == {"rows": [{"text": text}, 1]}


def test_a_site_is_the_same_with_its_texts_in_memory(site: Callable[..., SiteFolder], monkeypatch) -> None:
    folder = site()
    folder.write("site.yaml", "title: Test Alert\nbase_url: https://example.org/\nsearch: false\n")
    for number in range(3):
        situation = f"## Sudan {{: country=SD }}\n\n{'More. ' * 90}"
        body = f"Of {number}. {'Words “in” it[^1]. ' * 40}\n\n{situation}\n\n[^1]: A note.\n"
        folder.write(f"alerts/a{number}.md", f"---\ntitle: A{number}\ndate: 2026-11-18\ncountry: SD\n---\n{body}")
    assert alertgen("build", cwd=folder.root).code == 0
    before = tree(folder.path("public"))
    monkeypatch.setattr(Store, "scratch", lambda _: None)
    assert alertgen("build", "--out", "again", cwd=folder.root).code == 0
    assert tree(folder.path("again")) == before
