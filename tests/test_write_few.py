"""A few outputs are found and replaced in the list of all without taking it apart; nothing is different for that."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copies
from alertgen import MANIFEST, __version__
from alertgen.fingerprint import digest_bytes
from alertgen.write import manifest, sizes
from alertgen.write.census import is_twin_left
from alertgen.write.manifest import (
    Entry,
    FileRecord,
    Rest,
    is_inside,
    parsed,
    read_few,
    serialized,
    sizes_in,
    with_other,
)
from alertgen.write.sizes import are_left, parts

NAMES = st.text(st.sampled_from("abé/:,.]}[{ -ß中") | st.characters(exclude_characters='"\\'), min_size=1, max_size=8)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
ENTRIES = st.builds(
    Entry,
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.lists(st.builds(FileRecord, st.just("x"), st.integers(0, 10**9), DIGESTS), max_size=3).map(tuple),
)


def published(out: Path) -> dict[str, Entry]:
    """Write a site of ten outputs, one of them of two files and one of none, and its list."""
    entries = {}
    for number in range(10):
        paths = {0: (), 1: ("a/1/index.html", "a/1/part.txt")}.get(number, (f"a/{number}/index.html",))
        records = []
        for path in paths:
            content = f"{path} {number}".encode() * (number + 1)
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
            records.append(FileRecord(path, len(content), digest_bytes(content) * 2))
        entries[f"/a/{number}/"] = Entry(f"{number:032x}", tuple(records))
    (out / MANIFEST).write_bytes(serialized(entries))
    return entries


@given(st.dictionaries(NAMES, ENTRIES, min_size=1, max_size=6), st.data())
def test_the_list_with_other_outputs_is_the_list_of_all(entries: dict[str, Entry], data: st.DataObject) -> None:
    content = serialized(entries)
    assert parsed(content)[1] == entries
    few = data.draw(st.dictionaries(st.sampled_from(sorted(entries)), ENTRIES))
    assert with_other(Rest(content, 0), few) == serialized(entries | few)


PLAIN = NAMES.filter(lambda name: all(char >= " " for char in name))


def test_an_address_that_begins_as_a_key_ends_is_found_by_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_SHORT", 1)
    entries = {name: Entry("0" * 32, ()) for name in ("0", ":", "::", "a")}
    for name in entries:
        few = {name: Entry("1" * 32, ())}
        assert with_other(Rest(serialized(entries), 0), few) == serialized(entries | few)


@given(st.dictionaries(PLAIN, ENTRIES, min_size=1, max_size=40), st.data())
def test_a_few_of_a_long_list_are_found_by_halving(entries: dict[str, Entry], data: st.DataObject) -> None:
    few = data.draw(st.dictionaries(st.sampled_from(sorted(entries)), ENTRIES))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest, "_SHORT", data.draw(st.sampled_from([1, 200])))
        assert with_other(Rest(serialized(entries), 0), few) == serialized(entries | few)


@given(st.lists(st.text(min_size=1).filter(is_inside), max_size=3, unique=True))
def test_the_list_is_json_whatever_files_are_called(paths: list[str]) -> None:
    files = tuple(FileRecord(path, 7, "0" * 64) for path in paths)
    entries = {f"/{path}": Entry("f" * 32, files) for path in ('"', "\\", "\0\udc80\n", *paths)}
    content = serialized(entries)
    assert parsed(content)[1] == entries
    assert json.loads(content) == json.loads(json.dumps({"alertgen": __version__, "outputs": entries}))


def test_a_few_are_read_as_all_are(tmp_path: Path) -> None:
    entries = published(tmp_path)
    few = read_few(tmp_path, ["/a/1/", "/a/9/", "/a/0/"])
    assert few
    assert few.entries == {address: entries[address] for address in ("/a/1/", "/a/9/", "/a/0/")}
    assert few.content == (tmp_path / MANIFEST).read_bytes()
    assert few.size == sum(record.size for entry in few.entries.values() for record in entry.files) > 0
    files = [record for entry in entries.values() for record in entry.files]
    records = sorted((record.path.encode(), b"%d" % record.size) for record in files)
    assert sorted(sizes_in(few.content)) == records


@pytest.mark.parametrize(
    "harm",
    [
        lambda out: (out / MANIFEST).unlink(),
        lambda out: (out / MANIFEST).write_bytes((out / MANIFEST).read_bytes().replace(b"\n", b"")),
        lambda out: (out / MANIFEST).write_bytes((out / MANIFEST).read_bytes().replace(b'"/a/9/"', b'"/b/9/"')),
        lambda out: (out / MANIFEST).write_bytes((out / MANIFEST).read_bytes().replace(b"a/3/", b"a\\u002f3/")),
        lambda out: (out / MANIFEST).write_bytes((out / MANIFEST).read_bytes().replace(b'"0.', b'"99.')),
    ],
)
def test_what_is_not_certain_is_not_read(tmp_path: Path, harm: object) -> None:
    published(tmp_path)
    assert read_few(tmp_path, ["/a/9/"])
    harm(tmp_path)  # type: ignore[operator]
    assert read_few(tmp_path, ["/a/9/"]) is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda out: (out / "a/5/index.html").unlink(),
        lambda out: (out / "a/5/index.html").write_text("longer" * 50),
        lambda out: (out / MANIFEST).unlink(),
        lambda out: out.rename(out.with_name("elsewhere")),
        lambda out: (out.parent / ".public.alertgen/tree/a/9/new").mkdir(),
        lambda out: shutil.rmtree(out.parent / ".public.alertgen/tree/a/5"),
    ],
)
@pytest.mark.parametrize("part", [1, 100, 1000, 10**6])
def test_all_files_and_their_twins_are_looked_at(
    tmp_path: Path, harm: Callable[[Path], object], part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "_PART", part)
    monkeypatch.setattr(sizes, "_FEW", 10**6)
    out = tmp_path / "public"
    copies.published(out, {f"/a/{number}/": f"page {number}" for number in range(10)})
    assert is_as_left(out)
    harm(out)
    assert not is_as_left(out)


def is_as_left(out: Path) -> bool:
    return is_twin_left(out) and all(are_left(out, start) for start in parts(out))


@pytest.mark.parametrize("part", [*range(1, 40), 100, 1000])
def test_each_file_is_in_one_part_of_the_list(tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "_PART", part)
    monkeypatch.setattr(sizes, "_FEW", 10**6)
    published(tmp_path)
    content = (tmp_path / MANIFEST).read_bytes()
    assert b"".join(sizes._lines(tmp_path / MANIFEST, start) for start in sorted(parts(tmp_path))) == content


def test_of_a_long_list_each_part_has_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "_PART", 100)
    published(tmp_path)
    turns = []
    for moment in range(100):
        os.utime(tmp_path / MANIFEST, ns=(moment, moment))
        turns.append(parts(tmp_path))
    assert {len(turn) for turn in turns} == {2}
    assert sorted({start for turn in turns for start in turn}) == list(
        range(0, (tmp_path / MANIFEST).stat().st_size, 100)
    )


def test_what_is_not_published_is_not_among_a_few(tmp_path: Path) -> None:
    published(tmp_path)
    assert read_few(tmp_path, ["/a/9/", "/a/"]) is None
