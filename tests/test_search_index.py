"""The index is made from values, and is the same bytes every time."""

import gzip
import json
import os
import stat
import sys
import threading
import time

import cbor2
import pagefind_bin
import pytest

from alertgen.outputs import SearchIndex, SearchRecord
from alertgen.render import RenderFaultError
from alertgen.render.search import indexing
from alertgen.render.search_files import in_fixed_form


def render_search(records):
    with indexing(records) as files:
        return list(files().items())


def record(number, lang="en"):
    codes = ["Sudan", "Yemen", "Mali"]
    return SearchRecord(
        address=f"/alerts/2021/x{number}/",
        lang=lang,
        title=f"Alert {number} & others",
        issue=f"Sample No. {number}",
        parts=(
            ("", "", "Beginning of it"),
            (f"sudan-{number}", "Attacks on <towns>", "What was reported\nand by whom"),
        ),
        filters=(
            ("country", codes[number % 3]),
            ("country", codes[(number + 1) % 3]),
            ("year", str(2017 + number % 5)),
        ),
        meta=(("date", "1 May 2021"), ("kicker", "Sample No. 1")),
    )


@pytest.fixture(scope="module")
def index():
    return SearchIndex(address="/pagefind/", records=tuple(record(n, "ar" if n % 7 == 0 else "en") for n in range(20)))


def test_the_same_records_give_the_same_bytes(index):
    first = render_search(index.records)
    for _ in range(6):  # the order of filters differs in most runs of Pagefind itself
        assert render_search(index.records) == first


def addresses(files, language):
    """Return the addresses of the pages of an index by their number."""
    meta = files[f"pagefind.{json.loads(files['pagefind-entry.json'])['languages'][language]['hash']}.pf_meta"]
    names = [name for name, *_ in cbor2.loads(meta.removeprefix(b"pagefind_dcd"))[1]]
    contents = (gzip.decompress(files[f"fragment/{name}.pf_fragment"]) for name in names)
    return [json.loads(content.removeprefix(b"pagefind_dcd"))["url"] for content in contents]


def test_pages_are_numbered_in_the_order_of_the_records_and_not_in_that_of_a_folder(index):
    records = sorted(index.records, key=lambda record: record.title)
    files = dict(render_search(records))
    for language in ("ar", "en"):
        assert addresses(files, language) == [record.address for record in records if record.lang == language]


def test_more_records_than_are_sent_at_once_are_all_there():
    records = [record(number) for number in range(100)]
    assert addresses(dict(render_search(records)), "en") == [one.address for one in records]


def test_without_a_record_there_is_an_index_all_the_same():
    assert json.loads(dict(render_search(()))["pagefind-entry.json"])["languages"] == {}


def test_settings_for_others_tell_pagefind_nothing(index, tmp_path, monkeypatch):
    before = render_search(index.records)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "fr")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pagefind.yml").write_text("force_language: de\n")
    assert render_search(index.records) == before


@pytest.fixture
def instead(tmp_path, monkeypatch):
    """Return what puts a script in the place of Pagefind."""

    def put(script):
        program = tmp_path / "pagefind"
        program.write_text(f"#!{sys.executable}\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)

    return put


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit('no room')", "no room"),
        ("import sys; sys.stdin.buffer.read(100)", "it stopped before it had answered"),
        (
            'import base64; print(base64.b64encode(b\'{"payload":{"type":"Error","message":"no"}}\').decode()'
            " + ',', flush=True); input()",
            "no",
        ),
    ],
)
def test_pagefind_that_fails_is_a_fault_with_what_it_said(index, instead, script, said):
    instead(script)
    with pytest.raises(RenderFaultError) as raised:
        render_search(index.records)
    assert raised.value.problem.code == "search-failed"
    assert raised.value.problem.message.endswith(f": {said}")


def test_when_something_else_fails_nothing_of_pagefind_goes_on(index, instead, tmp_path):
    note = tmp_path / "id"
    instead(f"import os, pathlib, time; os.symlink(str(os.getpid()), {str(note)!r}); time.sleep(600)")
    threads = threading.active_count()
    with pytest.raises(LookupError), indexing(index.records * 100):  # more than it is sent while it sleeps
        while not note.is_symlink():
            time.sleep(0.01)
        raise LookupError
    assert threading.active_count() == threads
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.readlink().name), 0)


def test_pagefind_that_is_missing_is_a_fault(index, tmp_path, monkeypatch):
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: tmp_path / "gone")
    with pytest.raises(RenderFaultError):
        render_search(index.records)


def test_every_file_that_the_index_names_is_there(index):
    files = dict(render_search(index.records))
    entry = json.loads(files["pagefind-entry.json"])
    assert sorted(entry["languages"]) == ["ar", "en"]
    for language in entry["languages"].values():
        meta = files[f"pagefind.{language['hash']}.pf_meta"]
        _, _, chunks, filters, *_ = cbor2.loads(meta.removeprefix(b"pagefind_dcd"))
        assert [name for name, _ in filters] == ["country", "year"]
        assert all(f"filter/{name}.pf_filter" in files for _, name in filters)
        assert all(f"index/{chunk[2]}.pf_index" in files for chunk in chunks)
        assert f"wasm.{language['wasm']}.pagefind" in files


def test_ready_made_interfaces_are_left_out(index):
    assert not [path for path, _ in render_search(index.records) if "ui" in path or path.endswith(".css")]


def test_an_unknown_form_is_refused_rather_than_guessed():
    with pytest.raises((ValueError, KeyError, OSError)):
        in_fixed_form(
            {"pagefind-entry.json": b'{"languages": {"en": {"hash": "en_1"}}}', "pagefind.en_1.pf_meta": b"x"}
        )
