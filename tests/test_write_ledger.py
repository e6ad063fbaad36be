"""The ledger remembers every address and id, and two branches of Git that add to it merge."""

import datetime
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alertgen.load.ledger import read_ledger
from alertgen.model import Alert, Ledger, LedgerEntry, Site, StandingPage
from alertgen.plan.planners import plan_outputs
from alertgen.write import MachineError, ledger_text, write_ledger
from alertgen.write.record import updated_ledger
from factories import MALI, SUDAN, WAR_CRIMES, YEMEN, alert, page, site, situation

MONDAY, TUESDAY = datetime.date(2021, 2, 1), datetime.date(2021, 2, 2)


def ledger_of(*texts: Alert | StandingPage, before: Ledger | None = None, on: datetime.date = MONDAY) -> Ledger:
    planned: Site = site(*texts)
    return updated_ledger(before or Ledger(), planned, plan_outputs(planned), on)


def entries(ledger: Ledger) -> dict[str, LedgerEntry]:
    return {entry.address: entry for entry in ledger.entries}


def numbered(number: int, *countries) -> Alert:
    return alert(f"2021-01-{number:02}", situation("Villages attacked", *countries), stem=f"alert-{number:02}")


def test_it_records_what_others_cite_and_subscribe_to() -> None:
    recorded = entries(ledger_of(*(numbered(number, SUDAN) for number in range(1, 9)), page("about")))
    assert recorded["/alerts/2021/alert-01/"] == LedgerEntry(
        address="/alerts/2021/alert-01/",
        id="urn:x:alerts/2021/alert-01.md",
        first=MONDAY,
        anchors=(("villages-attacked", "SD"),),
    )
    assert recorded["/"] == LedgerEntry(address="/", id="", first=MONDAY, lang="en", timezones=(("0001-01-01", "UTC"),))
    assert {"/about/", "/countries/sudan/", "/countries/sudan/feed.xml", "/feed.xml", "/atom.xml", "/feed.json"} <= set(
        recorded
    )


def test_it_leaves_out_what_moves_on_or_belongs_to_a_page() -> None:
    recorded = entries(ledger_of(*(numbered(number, SUDAN) for number in range(1, 9))))
    assert not any(
        "/page/" in address or "404" in address or "search" in address or address.endswith((".bib", ".css", ".png"))
        for address in recorded
    )


def test_an_old_address_that_leads_on_is_recorded() -> None:
    assert "/old/name/" in entries(ledger_of(replace(numbered(1, SUDAN), aliases=("/old/name/",))))


def test_nothing_recorded_ever_changes_or_goes() -> None:
    first = ledger_of(numbered(1, SUDAN), numbered(2, MALI))
    moved = replace(numbered(2, MALI), slug="elsewhere", aliases=("/alerts/2021/alert-02/",), id="urn:x:other")
    second = ledger_of(moved, before=first, on=TUESDAY)
    assert set(entries(first)) < set(entries(second))
    assert {entry for entry in second.entries if entry.first == MONDAY} == set(first.entries)
    assert entries(second)["/alerts/2021/elsewhere/"].first == TUESDAY


def test_new_situations_are_added_to_the_line_of_their_alert() -> None:
    first = ledger_of(alert("2021-01-01", situation("One", SUDAN), stem="x"))
    second = ledger_of(alert("2021-01-01", situation("Two", SUDAN), situation("Three", MALI), stem="x"), before=first)
    assert entries(second)["/alerts/2021/x/"].anchors == (("one", "SD"), ("three", "ML"), ("two", "SD"))


def test_a_text_that_is_one_situation_has_an_anchor_to_keep() -> None:
    ledger = ledger_of(alert("2021-01-01", situation("One", SUDAN, whole=True), stem="x"))
    assert entries(ledger)["/alerts/2021/x/"].anchors == (("one", "SD"),)


def test_what_is_taken_out_is_gone_until_it_comes_back(tmp_path: Path) -> None:
    one, two = situation("One", SUDAN), situation("Two", MALI)
    ledger = ledger_of(alert("2021-01-01", one, two, stem="x"))
    for left, gone in (((one,), ("ML",)), ((), ("ML", "SD")), ((two,), ("SD",)), ((one, two), ())):
        ledger = ledger_of(alert("2021-01-01", *left, stem="x"), before=ledger)
        assert entries(ledger)["/alerts/2021/x/"].gone == gone
        write_ledger(tmp_path / "published.json", ledger)
        assert read_ledger(tmp_path) == (ledger, ())


def test_it_is_sorted_json_with_a_line_for_each_address() -> None:
    ledger = ledger_of(numbered(2, SUDAN), numbered(1, MALI))
    text = ledger_text(ledger)
    assert list(json.loads(text)["addresses"]) == sorted(entries(ledger))
    assert json.loads(text)["version"] == 1
    assert len(text.splitlines()) == len(ledger.entries) + 2
    assert text.splitlines()[0] == '{"version": 1, "addresses": {'
    assert text.splitlines()[1].startswith('"/": {"id": "", "first": "2021-02-01", "lang": "en", "timezones": {')


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ledger = ledger_of(numbered(1, SUDAN), numbered(2, MALI, YEMEN), page("السودان"))
    assert write_ledger(tmp_path / "published.json", ledger)
    assert read_ledger(tmp_path) == (ledger, ())


def test_an_empty_ledger_is_read_back(tmp_path: Path) -> None:
    assert write_ledger(tmp_path / "published.json", Ledger())
    assert read_ledger(tmp_path) == (Ledger(), ())


def test_without_news_it_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "published.json"
    ledger = ledger_of(numbered(1, SUDAN))
    write_ledger(file, ledger)
    before = file.stat()
    assert not write_ledger(file, ledger)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_write_that_fails_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "published.json"
    write_ledger(file, ledger_of(numbered(1, SUDAN)))
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MachineError, match=r"Cannot write published\.json: the disk is full"):
        write_ledger(file, ledger_of(numbered(1, SUDAN), numbered(2, MALI)))
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["published.json"]


# --- two branches -------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.name", "Editor")
    git(tmp_path, "config", "user.email", "editor@example.org")
    (tmp_path / ".gitattributes").write_text("published.json merge=union\n")
    return tmp_path


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def committed(repository: Path, ledger: Ledger) -> None:
    write_ledger(repository / "published.json", ledger)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "build")


def merged(repository: Path, start: list[Alert], one: list[Alert], other: list[Alert]) -> Ledger:
    """Publish *start*; publish *one* and *other* besides, each in a branch of its own; merge; read what comes out."""
    base = ledger_of(*start)
    committed(repository, base)
    git(repository, "checkout", "-q", "-b", "other")
    committed(repository, ledger_of(*start, *other, before=base, on=TUESDAY))
    git(repository, "checkout", "-q", "main")
    committed(repository, ledger_of(*start, *one, before=base, on=MONDAY))
    git(repository, "merge", "-q", "other", "-m", "merge")
    json.loads((repository / "published.json").read_bytes())
    ledger, problems = read_ledger(repository)
    assert problems == ()
    return ledger


START = [numbered(number, SUDAN) for number in (1, 5, 9)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([numbered(2, SUDAN)], [numbered(3, SUDAN)]),
        ([numbered(3, SUDAN)], [numbered(2, SUDAN)]),
        ([numbered(2, MALI)], [numbered(3, MALI)]),
        ([numbered(10, MALI)], [numbered(11, YEMEN)]),
        ([numbered(2, MALI), numbered(3, YEMEN)], [numbered(4, YEMEN), numbered(6, MALI)]),
        ([alert("2022-01-05", situation("A", SUDAN, tags=(WAR_CRIMES,)), stem="new")], [numbered(3, SUDAN)]),
        (
            [alert("2022-01-05", situation("A", SUDAN, tags=(WAR_CRIMES,)), stem="new")],
            [alert("2022-01-12", situation("B", MALI, tags=(WAR_CRIMES,)), stem="newer")],
        ),
    ],
)
def test_two_branches_that_each_add_alerts_merge_without_conflict(
    repository: Path, one: list[Alert], other: list[Alert]
) -> None:
    ledger = merged(repository, START, one, other)
    both = ledger_of(*START, *one, *other)
    assert set(entries(ledger)) == set(entries(both))
    assert {address: entry.id for address, entry in entries(ledger).items()} == {
        address: entry.id for address, entry in entries(both).items()
    }
    recorded_first_by_either = entries(ledger_of(*START, *one))
    assert all(entries(ledger)[address].first == MONDAY for address in recorded_first_by_either)


def with_more(number: int, title: str) -> Alert:
    return alert(
        f"2021-01-{number:02}", situation("Villages attacked", SUDAN), situation(title, MALI), stem=f"alert-{number:02}"
    )


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1), (1, 3), (2, 2)])
def test_two_branches_that_edit_neighbours_merge_and_keep_both_edits(
    repository: Path, numbers: tuple[int, int]
) -> None:
    start = [numbered(number, SUDAN) for number in (1, 2, 3)]
    base = ledger_of(*start)
    committed(repository, base)
    edits = [with_more(number, title) for number, title in zip(numbers, ("Market shelled", "Talks begin"), strict=True)]
    for branch, edit in zip(("one", "other"), edits, strict=True):
        git(repository, "checkout", "-q", "-b", branch, "main")
        texts = [edit if text.stem == edit.stem else text for text in start]
        committed(repository, ledger_of(*texts, before=base, on=TUESDAY))
    git(repository, "merge", "-q", "one", "-m", "merge")
    ledger, problems = read_ledger(repository)
    assert problems == ()
    for edit in edits:
        kept = dict(entries(ledger)[f"/alerts/2021/{edit.stem}/"].anchors)
        assert {situation.anchor for situation in edit.situations} <= set(kept)
    assert all(entries(ledger)[address].first == MONDAY for address in entries(base))


def test_what_one_branch_has_taken_out_is_gone_although_the_other_has_edited_the_alert(repository: Path) -> None:
    one, two, three = situation("One", SUDAN), situation("Two", MALI), situation("Three", YEMEN)
    base = ledger_of(alert("2021-01-01", one, two, stem="x"))
    committed(repository, base)
    for branch, parts in (("less", (one,)), ("more", (one, two, three))):
        git(repository, "checkout", "-q", "-b", branch, "main")
        committed(repository, ledger_of(alert("2021-01-01", *parts, stem="x"), before=base))
    git(repository, "merge", "-q", "less", "-m", "merge")
    ledger, problems = read_ledger(repository)
    assert problems == ()
    entry = entries(ledger)["/alerts/2021/x/"]
    assert ({key for _, key in entry.anchors}, entry.gone) == ({"SD", "ML", "YE"}, ("ML",))


def test_the_first_branch_of_a_repository_merges_too(repository: Path) -> None:
    ledger = merged(repository, [], [numbered(2, SUDAN)], [numbered(3, MALI)])
    assert {"/alerts/2021/alert-02/", "/alerts/2021/alert-03/", "/countries/mali/"} <= set(entries(ledger))


def test_two_first_publications_merge_whatever_their_days(repository: Path) -> None:
    """Git then puts two lines for `/` below each other, and a comma is missing between them."""
    committed(repository, Ledger())
    for branch, number, day in (("one", 2, MONDAY), ("other", 3, TUESDAY)):
        git(repository, "checkout", "-q", "-b", branch, "main")
        committed(repository, ledger_of(numbered(number, SUDAN), on=day))
    git(repository, "merge", "-q", "one", "-m", "merge")
    assert (repository / "published.json").read_text().count('\n"/":') == 2
    ledger, problems = read_ledger(repository)
    assert problems == ()
    assert {"/alerts/2021/alert-02/", "/alerts/2021/alert-03/"} <= set(entries(ledger))
    assert entries(ledger)["/"].first == MONDAY


def test_two_ledgers_below_each_other_are_one(tmp_path: Path) -> None:
    """Git keeps all lines of both sides where they end otherwise on one of them."""
    one, other = (ledger_text(ledger_of(numbered(number, SUDAN))) for number in (2, 3))
    (tmp_path / "published.json").write_bytes((one + other.replace("\n", "\r\n")).encode())
    ledger, problems = read_ledger(tmp_path)
    assert problems == ()
    assert {"/alerts/2021/alert-02/", "/alerts/2021/alert-03/"} <= set(entries(ledger))


def test_a_ledger_whose_first_line_was_deleted_is_read(tmp_path: Path) -> None:
    lines = ledger_text(ledger_of(numbered(2, SUDAN))).splitlines(keepends=True)
    (tmp_path / "published.json").write_text("".join([lines[0], *lines[2:]]))
    ledger, problems = read_ledger(tmp_path)
    assert problems == ()
    assert len(ledger.entries) == len(lines) - 3


@pytest.mark.parametrize("cut", [60, -1, -4])
def test_a_ledger_that_was_cut_off_is_never_taken_for_a_whole_one(tmp_path: Path, cut: int) -> None:
    lines = ledger_text(ledger_of(numbered(2, SUDAN))).splitlines(keepends=True)
    whole = "".join(lines)
    (tmp_path / "published.json").write_text(whole[:cut] if cut > 0 else "".join(lines[:cut]))
    ledger, (problem,) = read_ledger(tmp_path)
    assert (ledger.entries, problem.code) == ((), "unreadable-ledger")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda lines: [*lines[:12], lines[12][:20]], "delete line 13 of it and write }} as its last line"),
        (lambda lines: lines[:12], "write }} as its last line"),
        (lambda lines: [*lines[:4], ",/alerts/2021/: {}\n", *lines[5:]], "delete line 5 of it"),
        (
            lambda lines: [
                *lines[:4],
                lines[4].replace("}", ""),
                lines[5],
                lines[6].replace("2021-", "2021."),
                *lines[7:],
            ],
            "delete lines 5 and 7 of it",
        ),
    ],
)
def test_a_ledger_without_an_older_copy_is_mended_as_the_report_says(
    tmp_path: Path, harm: Callable[[list[str]], list[str]], told: str
) -> None:
    lines = harm(ledger_text(ledger_of(numbered(2, SUDAN), numbered(3, MALI))).splitlines(keepends=True))
    file = tmp_path / "published.json"
    file.write_text("".join(lines))
    _, (problem,) = read_ledger(tmp_path)
    assert str(problem.hint).endswith(f"\nif there is none, {told}")
    gone = re.findall(r"\d+", told)
    left = [line for number, line in enumerate(lines, 1) if str(number) not in gone]
    file.write_text("".join([*left, "}}"] if "}}" in told else left))
    ledger, problems = read_ledger(tmp_path)
    assert problems == ()
    assert len(ledger.entries) == len(left) - (1 if "}}" in told else 2)


def test_a_ledger_of_which_nothing_is_left_may_be_begun_anew(tmp_path: Path) -> None:
    for content in (b"", b"\0" * 5000, b"[]", b'{"version": 1}', b'{"version": 1, "addresses": {"/": 3}}'):
        (tmp_path / "published.json").write_bytes(content)
        _, (problem,) = read_ledger(tmp_path)
        assert problem.message == "the ledger of published addresses cannot be read"
        assert "\nif there is none, delete it: the next build records what is published now" in str(problem.hint)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_of_a_ledger_that_powershell_wrote_the_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "published.json").write_bytes(ledger_text(ledger_of(numbered(2, SUDAN))).encode(encoding))
    _, (problem,) = read_ledger(tmp_path)
    assert problem.message == "the ledger of published addresses is saved as UTF-16, which is not read here"
    assert "encoding UTF-8" in str(problem.hint)


def test_of_a_newer_ledger_the_hint_is_not_to_throw_it_away(tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text(ledger_text(Ledger()).replace(": 1", ": 2"))
    _, (problem,) = read_ledger(tmp_path)
    assert problem.message == "the ledger of published addresses was written by a newer alertgen"
    assert "requirements.txt" in str(problem.hint)


def test_the_next_build_puts_a_merged_ledger_in_order(repository: Path) -> None:
    one, other = numbered(2, MALI), numbered(3, MALI)
    ledger = merged(repository, START, [one], [other])
    again = ledger_of(*START, one, other, before=ledger, on=TUESDAY)
    write_ledger(repository / "published.json", again)
    lines = (repository / "published.json").read_text().splitlines()
    assert len(lines) == len(set(lines)) == len(again.entries) + 2
    assert not write_ledger(repository / "published.json", again)


def test_far_apart_additions_merge_without_the_attribute_as_well(repository: Path) -> None:
    (repository / ".gitattributes").unlink()
    ledger = merged(repository, START, [numbered(2, SUDAN)], [numbered(7, SUDAN)])
    assert {"/alerts/2021/alert-02/", "/alerts/2021/alert-07/"} <= set(entries(ledger))


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_conflict_is_mended_by_deleting_its_marks_as_the_report_says(repository: Path, style: str) -> None:
    (repository / ".gitattributes").unlink()
    git(repository, "config", "merge.conflictStyle", style)
    with pytest.raises(subprocess.CalledProcessError):
        merged(repository, START, [numbered(2, MALI)], [numbered(3, YEMEN)])
    file = repository / "published.json"
    _, (problem,) = read_ledger(repository)
    assert problem.message == "Git has left the marks of a conflict in the ledger of published addresses"
    marks = ("<<<<<<<", "=======") if style == "merge" else ("<<<<<<<", "|||||||", "=======")
    assert problem.hint == f"delete the lines that begin with {', '.join(marks)} or >>>>>>> and keep all others"
    lines = file.read_text().splitlines(keepends=True)
    assert lines[problem.at.line - 1].startswith("<<<<<<<")
    file.write_text("".join(line for line in lines if not line.startswith((*marks, ">>>>>>>"))))
    ledger, problems = read_ledger(repository)
    assert problems == ()
    assert {"/countries/mali/", "/countries/yemen/", "/alerts/2021/alert-02/"} <= set(entries(ledger))
