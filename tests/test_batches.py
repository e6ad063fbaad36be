"""Outputs travel to other processes in batches: in their order, and long files not at all."""

import os
import pickle
from pathlib import Path

from alertgen.filed import Filed, file_in
from alertgen.outputs import Document, Json, JsonFile, Record
from alertgen.processes.workers import map_ordered, standing_by
from alertgen.render.batches import Batch, ReceivedBatch, can_travel, in_batches


def citation(number: int) -> JsonFile:
    return JsonFile(address=f"/a{number}/cite.json", content=(Record((("id", str(number)),)),))


def long_file(name: str, *, record: bool) -> JsonFile:
    rows: Json = tuple(map(str, range(64)))
    return JsonFile(address=f"/data/{name}.json", content=Record((("rows", rows),)) if record else rows)


def test_long_files_stay() -> None:
    assert can_travel(citation(1))
    assert not can_travel(long_file("list", record=False))
    assert not can_travel(long_file("rows", record=True))
    assert not can_travel(Document(address="/data/a.csv", kind="csv", rows=(("a", "b"),) * 64))


def test_they_keep_their_order_and_what_stays_is_alone() -> None:
    outputs = (*map(citation, range(120)), long_file("x", record=True), *map(citation, range(120, 130)))
    made = tuple(in_batches(outputs))
    assert tuple(output for batch in made for output in batch.outputs) == outputs
    assert [len(batch.outputs) for batch in made] == [112, 8, 1, 10]
    assert [batch.stays for batch in made] == [False, False, True, False]


def test_they_arrive_as_they_left() -> None:
    (batch,) = in_batches([citation(1), citation(2)])
    assert pickle.loads(pickle.dumps(batch)).outputs == batch.outputs


def test_texts_lie_where_they_lay_for_processes_that_know_the_file(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    assert file
    text = file.put("long text " * 50)
    (batch,) = in_batches([Document(address="/a.bib", kind="bibtex", rows=(("a", text),))])  # type: ignore[arg-type]
    alone = pickle.dumps(batch)
    assert b"long text" in alone
    process = os.fork()
    if not process:
        os._exit(0)
    os.waitpid(process, 0)
    shared = pickle.dumps(batch)
    assert b"long text" not in shared
    found = pickle.loads(shared).outputs[0]
    assert type(found.rows[0][1]) is Filed
    assert pickle.loads(alone).outputs[0] == found == batch.outputs[0]


def test_what_cannot_be_had_elsewhere_is_made_here(tmp_path: Path) -> None:
    with standing_by():
        assert list(map_ordered(abs, range(-9, 0), processes=2, chunk=1))
        file = file_in(tmp_path)  # of which the other process knows nothing
        assert file
        file.is_inherited = True
        texts = [file.put(f"{number} text " * 50) for number in range(9)]
        made = [Document(address=f"/{text!s:.1}", kind="bibtex", rows=((text, text),)) for text in texts]  # type: ignore[arg-type]
        travelling = [Batch((one,)) for one in made]
        assert list(map_ordered(addresses, travelling, processes=2, chunk=1)) == [(one.address,) for one in made]


def addresses(batch: Batch | ReceivedBatch) -> tuple[str, ...]:
    return tuple(output.address for output in batch.outputs)
