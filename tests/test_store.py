"""The memory remembers, forgets what it is told to forget, and never stands in the way of a build."""

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.store import Store

PICTURE = os.urandom(500_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".alertgen" / "memory.db"


def test_what_was_put_is_remembered_in_the_next_run(file: Path) -> None:
    with Store(file) as store:
        store.put("a", b"one")
        store.put("picture", PICTURE)
        assert store.get("a") == b"one"
    with Store(file) as store:
        assert store.get("a") == b"one"
        assert store.get("picture") == PICTURE
        assert store.get("b") is None
        assert not store.damaged


def test_many_are_asked_for_at_once(file: Path) -> None:
    with Store(file) as store:
        for number in range(2_000):
            store.put(f"k{number}", str(number).encode())
    with Store(file) as store:
        store.put("waiting", b"w")
        found = store.get_many([*(f"k{number}" for number in range(3_000)), "waiting", "k1"])
    assert len(found) == 2_001
    assert found["k1999"] == b"1999"
    assert found["waiting"] == b"w"


def test_the_last_value_put_counts(file: Path) -> None:
    with Store(file) as store:
        store.put("a", b"old")
    with Store(file) as store:
        store.put("a", b"new")
    with Store(file) as store:
        assert store.get("a") == b"new"


def test_without_a_file_it_remembers_for_its_lifetime() -> None:
    with Store(None) as store:
        store.put("a", PICTURE * 10)
        assert store.get("a") == PICTURE * 10
        store.keep_only([])
        assert store.get("a") is None


def test_it_does_not_grow_for_ever(file: Path) -> None:
    for year in range(8):
        with Store(file) as store:
            for number in range(20):
                store.put(f"{year}-{number}", os.urandom(50_000))
            store.keep_only(f"{year}-{number}" for number in range(20))
    assert file.stat().st_size < 2_500_000
    with Store(file) as store:
        assert store.get("6-0") is None
        assert store.get("7-0") is not None


def test_what_was_put_before_an_error_is_kept(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store(file) as store:
        store.put("a", b"one")
        raise ZeroDivisionError
    with Store(file) as store:
        assert store.get("a") == b"one"


def _garbage(file: Path) -> None:
    file.write_bytes(b"this is not a database" * 500)


def _half(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _holed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    file.write_bytes(content)


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("harm", [_garbage, _half, _holed, _nothing])
def test_a_damaged_file_is_emptied_and_used_again(file: Path, harm: Callable[[Path], None]) -> None:
    with Store(file) as store:
        for number in range(200):
            store.put(f"k{number}", b"x" * 1_000)
    harm(file)
    with Store(file) as store:
        assert set(store.get_many(f"k{number}" for number in range(200)).values()) <= {b"x" * 1_000}
        store.put("a", b"one")
        store.keep_only(["a"])
    with Store(file) as store:
        assert store.get("a") == b"one"


def test_damage_is_told(file: Path) -> None:
    file.parent.mkdir()
    _garbage(file)
    with Store(file) as store:
        assert store.damaged


def test_a_changed_value_is_not_believed(file: Path) -> None:
    with Store(file) as store:
        store.put("a", b"one")
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE memory SET value = ?", (b"two",))
    connection.close()
    with Store(file) as store:
        assert store.get("a") is None


def test_a_file_of_another_layout_is_emptied(file: Path) -> None:
    file.parent.mkdir()
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("CREATE TABLE memory (something TEXT)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with Store(file) as store:
        store.put("a", b"one")
    with Store(file) as store:
        assert store.get("a") == b"one"


def test_where_no_file_can_be_the_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    with Store(tmp_path / "taken" / "memory.db") as store:
        store.put("a", b"one")
        assert store.get("a") == b"one"


def test_a_file_that_is_a_folder_is_no_error(file: Path) -> None:
    file.mkdir(parents=True)
    with Store(file) as store:
        store.put("a", b"one")
        assert store.get("a") == b"one"


def _fill(file: Path, name: str) -> None:
    for _ in range(5):
        with Store(file) as store:
            for number in range(100):
                store.put(f"{name}-{number}", name.encode() * 2_000)
            store.get_many(f"a-{number}" for number in range(100))
            store.keep_only(f"{who}-{number}" for who in "abc" for number in range(100))


def test_processes_at_once_never_crash(file: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_fill, args=(file, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    with Store(file) as store:
        found = store.get_many(f"{name}-0" for name in "abc")
        assert found
        assert all(value == key[0].encode() * 2_000 for key, value in found.items())


def test_no_file_is_mapped_into_memory_since_a_full_disk_would_kill_the_process(file: Path) -> None:
    with Store(file) as store:
        store.put("a", b"1")
        store.flush()
        assert store.get("a") == b"1"
        assert {path.name for path in file.parent.iterdir()} <= {".gitignore", file.name, f"{file.name}-journal"}


def test_a_file_locked_by_another_process_costs_only_the_memory(file: Path) -> None:
    with Store(file) as store:
        store.put("a", b"one")
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    with Store(file) as store:
        store.put("b", b"two")
    other.rollback()
    other.close()
    with Store(file) as store:
        assert store.get_many(["a", "b"]) == {"a": b"one"}


@given(st.dictionaries(st.text(max_size=100), st.binary(max_size=50)))
def test_any_key_and_any_value(tmp_path_factory: pytest.TempPathFactory, values: dict[str, bytes]) -> None:
    file = tmp_path_factory.mktemp("memory") / "memory.db"
    with Store(file) as store:
        for key, value in values.items():
            store.put(key, value)
    with Store(file) as store:
        assert store.get_many(values) == values


def test_what_nobody_asks_for_is_forgotten_once_there_is_something_new(tmp_path: Path) -> None:
    file = tmp_path / "memory.db"
    with Store(file) as store:
        for key in ("document:a", "document:b", "card:a"):
            store.put(key, b"1")
    with Store(file) as store:
        store.get("document:a")
        store.forget_unasked()
        assert store.get("document:b") == b"1", "nothing new: nothing is superseded"
    with Store(file) as store:
        store.get("document:a")
        store.put("document:c", b"1")
        store.forget_unasked(("card",))
    with Store(file) as store:
        assert set(store.get_many(["document:a", "document:b", "document:c", "card:a"])) == {
            "document:a", "document:c", "card:a",
        }  # fmt: skip


def test_a_copy_of_the_process_reads_the_file_and_leaves_the_writing_to_the_first(file: Path) -> None:
    with Store(file) as store:
        store.put("a", b"one")
        store.flush()
        ours, theirs = multiprocessing.Pipe()
        child = multiprocessing.get_context("fork").Process(target=_apart, args=(store, theirs))
        child.start()
        noted = ours.recv()
        child.join()
        assert noted == ({"a", "b"}, {"b": b"two"})
        store.take_up(noted)
    with Store(file) as store:
        assert (store.get("a"), store.get("b")) == (b"one", b"two")


def _apart(store: Store, pipe: Any) -> None:
    store.apart()
    if store.get("a") == b"one":
        store.put("b", b"two")
    pipe.send(store.noted())
