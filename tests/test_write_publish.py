"""`public/` is one whole site: the old one or the new one, and what others put there stays."""

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alertgen.write.census
import alertgen.write.swap
import alertgen.write.tree
from alertgen.outputs import Output
from alertgen.write import (
    Laid,
    MachineError,
    Published,
    publish,
    read_manifest,
)
from alertgen.write.census import Survey, as_left, read_census
from alertgen.write.ownership import mark
from alertgen.write.places import Places
from alertgen.write.stage import Files, Keep
from alertgen.write.trouble import refusal
from alertgen.write.verify import Difference, Kind, verify
from copies import bulletin, decided, files, laying, plan_of, published, tree

TEXTS = {"/": "home", "/a/": "first", "/b/c/": "second", "/feed.xml": "feed"}
BESIDE = ".public.alertgen"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site" / "public"


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let folders be taken as unchanged however recent their last change is: tests are faster than people."""
    monkeypatch.setattr(alertgen.write.census, "_RECENT", -1_000_000_000)


def state(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in [folder, *folder.rglob("*")]}


def test_the_first_build_makes_the_folder(out: Path) -> None:
    told = published(out, TEXTS)
    assert told == Published(added=("/", "/a/", "/b/c/", "/feed.xml"))
    content = tree(out)
    assert content.pop(".alertgen-manifest.json")
    assert content == {
        "index.html": b"home",
        "a/index.html": b"first",
        "b/c/index.html": b"second",
        "feed.xml": b"feed",
    }


def test_an_empty_twin_that_a_stopped_build_left_is_used(out: Path) -> None:
    (out.parent / BESIDE / "tree").mkdir(parents=True)
    published(out, TEXTS)
    assert verify(out) == ()


def test_an_empty_folder_is_taken(out: Path) -> None:
    out.mkdir(parents=True)
    out.chmod(0o750)
    published(out, TEXTS)
    assert (out / "a/index.html").read_text() == "first"
    assert stat.S_IMODE(out.stat().st_mode) == 0o750


@pytest.fixture
def secretive(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process make files that nobody else can read, as some systems have their users do."""
    before = os.umask(0o077)
    monkeypatch.setattr(alertgen.write.tree, "_KEPT_BACK", alertgen.write.tree._kept_back())
    yield
    os.umask(before)


@pytest.mark.usefixtures("secretive")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_readers_can_read_what_a_secretive_user_publishes(out: Path) -> None:
    published(out, TEXTS)
    published(out, TEXTS | {"/c/d/": "a host that gets the files with their rights must show them"})
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [out, *out.rglob("*")]}
    del modes[out / ".alertgen-manifest.json"]
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert {mode for path, mode in modes.items() if not path.is_dir()} == {0o644}
    assert stat.S_IMODE((out.parent / BESIDE).stat().st_mode) == 0o700


@pytest.mark.usefixtures("secretive")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_rehearsal_of_a_secretive_user_stays_closed(out: Path) -> None:
    mark(out, rehearsal=True)
    published(out, TEXTS)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_a_new_site_takes_the_place_of_the_old_one(out: Path) -> None:
    published(out, TEXTS)
    told = published(out, {"/": "home", "/a/": "changed", "/d/": "third", "/feed.xml": "feed"})
    assert told == Published(added=("/d/",), changed=("/a/",), removed=("/b/c/",))
    content = tree(out)
    del content[".alertgen-manifest.json"]
    assert content == {
        "index.html": b"home",
        "a/index.html": b"changed",
        "d/index.html": b"third",
        "feed.xml": b"feed",
    }


def test_without_a_change_nothing_is_written(out: Path) -> None:
    published(out, TEXTS)
    before = state(out.parent)
    assert published(out, TEXTS) == Published()
    assert state(out.parent) == before


def test_unchanged_files_stay_the_same_files(out: Path) -> None:
    published(out, TEXTS)
    before = state(out)
    published(out, TEXTS | {"/a/": "changed"})
    published(out, TEXTS | {"/a/": "changed again"})
    after = state(out)
    for path in ("index.html", "b/c/index.html", "feed.xml"):
        assert after[str(out / path)] == before[str(out / path)]


def test_what_is_made_anew_and_comes_out_the_same_is_not_written(out: Path) -> None:
    published(out, TEXTS)
    before = state(out)
    changes = decided(out, TEXTS, engine="new templates")
    assert publish(out, changes, laying(files(changes))) == Published()
    assert not decided(out, TEXTS, engine="new templates")
    assert {path for path, now in state(out).items() if before[path] != now} <= {
        str(out),
        *(str(path) for path in out.rglob("*") if path.is_dir()),
        str(out / ".alertgen-manifest.json"),
    }


def test_an_error_while_files_are_made_leaves_everything_as_it_was(out: Path) -> None:
    published(out, TEXTS)
    before = tree(out.parent)
    changes = decided(out, TEXTS | {"/a/": "changed", "/d/": "new"})

    def failing() -> Iterator[tuple[Output, str, bytes]]:
        yield next(files(changes))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish(out, changes, laying(failing()))
    assert tree(out.parent) == before
    assert not (out.parent / BESIDE / "new").exists()


def test_a_file_that_leads_out_of_the_site_is_a_bug(out: Path) -> None:
    changes = decided(out, {"/": "home"})
    for path in ("../outside.html", "/etc/passwd", "a//b", "", "a/../../b", ".alertgen-manifest.json"):
        with pytest.raises(ValueError, match="leads out of the site"):
            publish(out, changes, laying([(changes.stale[0], path, b"")]))
    assert not out.exists()


def test_two_outputs_with_one_file_are_a_bug(out: Path) -> None:
    changes = decided(out, {"/": "home", "/a/": "first"})
    with pytest.raises(ValueError, match="made twice"):
        publish(out, changes, laying([(output, "index.html", b"") for output in changes.stale]))


def test_files_of_others_are_carried_over_and_told(out: Path) -> None:
    published(out, TEXTS)
    (out / "CNAME").write_text("example.org")
    (out / ".well-known/acme").mkdir(parents=True)
    (out / ".well-known/acme/token").write_text("token")
    (out / "a/notes.txt").write_text("mine")
    (out / "empty/folder").mkdir(parents=True)
    (out / "link").symlink_to("a/index.html")
    (out / "dangling").symlink_to("/nowhere")
    foreign = (".well-known/acme/token", "CNAME", "a/notes.txt", "dangling", "empty/folder/", "link")
    for edition in range(3):
        told = published(out, TEXTS | {"/a/": f"changed {edition}"})
        assert told.foreign == foreign
    told = published(out, {"/": "home"})
    assert told.foreign == foreign
    assert (out / "CNAME").read_text() == "example.org"
    assert (out / ".well-known/acme/token").read_text() == "token"
    assert (out / "a/notes.txt").read_text() == "mine"
    assert (out / "empty/folder").is_dir()
    assert (out / "link").readlink() == Path("a/index.html")
    assert (out / "dangling").readlink() == Path("/nowhere")
    assert not (out / "a/index.html").exists()
    assert not (out / "b").exists()


def test_what_a_system_notes_of_files_goes_since_it_names_those_that_are_gone(out: Path) -> None:
    published(out, TEXTS)
    (out / "CNAME").write_text("example.org")
    notes = (".DS_Store", "a/.DS_Store", "a/._index.html", "a/Thumbs.db", "@eaDir/photo.jpg/SYNOPHOTO_THUMB_M.jpg")
    for edition in range(3):
        (out / "@eaDir/photo.jpg").mkdir(parents=True)
        for note in notes:
            (out / note).write_text("a")
        assert published(out, TEXTS | {"/a/": f"changed {edition}"}).foreign == ("CNAME",)
        for folder in (out, Places.of(out).tree):
            assert not [note for note in notes if (folder / note).exists()]
            assert not (folder / "@eaDir").exists()
    (out / "a/.DS_Store").write_text("a")
    published(out, {"/": "home"})
    assert not (out / "a").exists()
    assert not (Places.of(out).tree / "a").exists()


def test_a_file_of_others_that_was_removed_stays_removed(out: Path, trusting: None) -> None:
    published(out, TEXTS)
    (out / "CNAME").write_text("example.org")
    published(out, TEXTS | {"/a/": "1"})
    (out / "CNAME").unlink()
    assert published(out, TEXTS | {"/a/": "2"}).foreign == ()
    assert not (out / "CNAME").exists()


def test_a_file_of_others_that_was_replaced_is_the_new_one(out: Path, trusting: None) -> None:
    published(out, TEXTS)
    (out / "b/CNAME").write_text("old")
    published(out, TEXTS | {"/a/": "1"})
    (out / "b/CNAME").unlink()
    (out / "b/CNAME").write_text("new")
    published(out, TEXTS | {"/a/": "2"})
    published(out, TEXTS | {"/a/": "3"})
    assert (out / "b/CNAME").read_text() == "new"


@pytest.mark.parametrize("path", ["d", "d/index.html", "d/index.html/x"])
def test_a_file_of_others_is_never_overwritten(out: Path, path: str) -> None:
    published(out, TEXTS)
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).write_text("mine")
    before = tree(out)
    with pytest.raises(MachineError, match=r"public/d.* was not made by alertgen") as caught:
        published(out, TEXTS | {"/d/": "new"})
    assert "untouched" in caught.value.state
    assert tree(out) == before


@pytest.mark.parametrize("damaged", ["{", ""])
def test_with_a_damaged_manifest_everything_is_made_anew_and_nothing_is_lost(out: Path, damaged: str) -> None:
    published(out, TEXTS)
    (out / "CNAME").write_text("example.org")
    (out / ".alertgen-manifest.json").write_text(damaged)
    told = published(out, TEXTS)
    assert told.foreign == ("CNAME",)
    assert verify(out)[0].path == "CNAME"
    assert len(verify(out)) == 1


def test_a_page_may_become_a_folder_and_a_folder_a_page(out: Path) -> None:
    published(out, {"/a": "page", "/b/c/d.txt": "deep"})
    published(out, {"/a/b.txt": "deep", "/b": "page"})
    assert (out / "a/b.txt").read_text() == "deep"
    assert (out / "b").read_text() == "page"
    published(out, {"/a": "page", "/b/c/d.txt": "deep"})
    assert verify(out) == ()


def test_no_old_byte_is_left_beside_the_site(out: Path) -> None:
    published(out, TEXTS | {"/a/": "a name that put somebody in danger"})
    published(out, TEXTS | {"/a/": "no name"})
    assert not any(b"danger" in content for content in tree(out.parent).values())


@pytest.mark.usefixtures("trusting")
def test_a_folder_is_compared_with_its_twin_only_where_it_changed_right_before_the_census(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(out, bulletin(20, 0))
    monkeypatch.setattr(alertgen.write.census, "_RECENT", 50_000_000)
    places = Places.of(out)
    census = read_census(places, out / ".alertgen-manifest.json")
    left = [here for here, _ in census.folders.values()]
    later = max(left) + 60_000_000  # the twin is made last
    old = replace(census, taken=later, folders={path: (here, later) for path, (here, _) in census.folders.items()})
    recent = replace(census, taken=min(left))
    assert as_left(places, recent) == Survey(census.folders, frozenset(), frozenset())
    (places.tree / "alerts/2016/stray.html").write_text("stray")
    assert as_left(places, recent) is None
    monkeypatch.setattr(alertgen.write.census, "_listed", None)
    assert as_left(places, old)


@pytest.mark.parametrize("harm", ["delete", "replace", "add", "folder", "all", "census"])
def test_harm_to_the_twin_is_seen_and_mended(out: Path, harm: str) -> None:
    texts = bulletin(20, 0)
    published(out, texts)
    published(out, texts | {"/": "changed"})
    twin = out.parent / BESIDE / "tree"
    victim = twin / "alerts/2016/alert-1/index.html"
    match harm:
        case "delete":
            victim.unlink()
        case "replace":
            victim.unlink()
            victim.write_text("forged")
        case "add":
            (twin / "alerts/2016/stray.html").write_text("stray")
            (twin / "alerts/stray").mkdir()
        case "folder":
            victim.unlink()
            victim.parent.rmdir()
            victim.parent.write_text("a file where the folder was")
        case "all":
            subprocess.run(["rm", "-rf", twin], check=True)
        case "census":
            (out.parent / BESIDE / "census.json").write_text('{"folders": 5}')
    published(out, texts | {"/": "changed again"})
    assert verify(out) == ()
    published(out, texts | {"/": "and again"})
    assert verify(out) == ()


def test_an_edit_looks_only_at_folders_that_changed(out: Path, trusting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = bulletin(60, 0)
    published(out, texts)
    published(out, texts | {"/": "changed"})
    listed: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(alertgen.write.census.os, "scandir", lambda path: listed.append(path) or scandir(path))
    published(out, texts | {"/alerts/2015/alert-0/": "changed"})
    assert len(listed) <= 5


def test_what_a_process_of_a_killed_build_still_writes_is_not_part_of_the_next_site(out: Path) -> None:
    kept: list[Keep] = []

    def killed(keep: Keep) -> Files:
        kept.append(keep)
        raise KeyboardInterrupt

    def beside(keep: Keep) -> Files:
        for output, path, content in files(changes):
            kept[0]("b/c/late.html", b"of another site")
            yield output, path, keep(path, content)

    changes = decided(out, TEXTS)
    with pytest.raises(KeyboardInterrupt):
        publish(out, changes, killed)
    publish(out, changes, beside)
    assert verify(out) == ()
    assert not (out.parent / BESIDE / "new").exists()


def test_harm_to_the_site_is_mended(out: Path, trusting: None) -> None:
    texts = bulletin(20, 0)
    published(out, texts)
    (out / "alerts/2016/alert-1/index.html").unlink()
    (out / "alerts/2017/alert-2/index.html").write_text("cut short")
    assert len(published(out, texts).changed) == 0
    assert verify(out) == ()


def test_a_long_series_of_edits_is_the_same_as_a_clean_build(out: Path, tmp_path: Path, trusting: None) -> None:
    for edition in range(12):
        published(out, bulletin(30, edition))
        if edition % 5 == 3:
            time.sleep(0.02)
    published(tmp_path / "clean", bulletin(30, 11))
    assert tree(out) == tree(tmp_path / "clean")
    assert verify(out) == ()


ADDRESSES = st.sampled_from(["/", "/a", "/a/", "/a/b/", "/a/b/c.txt", "/b/", "/b/x.xml", "/c.txt", "/d/e/f/"])


def _makes_sense(texts: dict[str, str]) -> bool:
    paths = set(tree_paths(texts))
    return not any(other.startswith(f"{path}/") for path in paths for other in paths)


def tree_paths(texts: dict[str, str]) -> list[str]:
    return [path for _, path, _ in files(decided(Path("/nowhere"), texts))]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(ADDRESSES, st.sampled_from(["x", "y", "zz"])).filter(_makes_sense), max_size=6))
def test_any_sequence_of_sites(tmp_path_factory: pytest.TempPathFactory, series: list[dict[str, str]]) -> None:
    out = tmp_path_factory.mktemp("any") / "public"
    published(out, {"/": "begin"})
    (out / "CNAME").write_text("example.org")
    for texts in series:
        published(out, texts)
        content = {path: text for path, text in tree(out).items() if path not in ("CNAME", ".alertgen-manifest.json")}
        assert content == {path: text for _, path, text in files(decided(Path("/nowhere"), texts))}
        assert [difference.path for difference in verify(out)] == ["CNAME"]


def test_where_no_links_can_be_made_files_are_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    published(out, TEXTS)
    (out / "CNAME").write_text("example.org")
    monkeypatch.setattr(alertgen.write.tree.os, "link", refuse)
    for edition in range(3):
        before = state(out)
        published(out, TEXTS | {"/a/": f"changed {edition}"})
        assert (out / "a/index.html").read_text() == f"changed {edition}"
        assert (out / "CNAME").read_text() == "example.org"
        assert state(out)[str(out / "feed.xml")][1] == before[str(out / "feed.xml")][1]  # mtime: uploads stay small
        assert not (out.parent / BESIDE / "tree").exists()


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alertgen.write.swap, "exchange", lambda one, other: False)


@pytest.mark.usefixtures("without_exchange")
def test_where_no_exchange_is_two_steps_are_taken(out: Path) -> None:
    for edition in range(4):
        published(out, bulletin(10, edition))
        assert verify(out) == ()
    assert not (out.parent / BESIDE / "old").exists()


@pytest.mark.usefixtures("without_exchange")
def test_a_second_step_that_fails_undoes_the_first(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(out, TEXTS)
    before = tree(out)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "tree":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(MachineError, match="disk reports an error"):
        published(out, TEXTS | {"/a/": "changed"})
    assert tree(out) == before


@pytest.mark.parametrize("step", [1, 2])
def test_two_steps_cut_short_are_undone_or_finished_by_the_next_build(out: Path, step: int) -> None:
    published(out, TEXTS)
    beside = out.parent / BESIDE
    new = out.parent / "new"
    published(new, TEXTS | {"/a/": "changed"})
    subprocess.run(["rm", "-rf", beside / "tree"], check=True)
    new.rename(beside / "tree")
    out.rename(beside / "old")
    if step == 2:
        (beside / "tree").rename(out)
    published(out, TEXTS | {"/a/": "changed again"})
    assert (out / "a/index.html").read_text() == "changed again"
    assert verify(out) == ()
    assert not (beside / "old").exists()


def test_a_build_that_was_decided_on_another_site_is_refused(out: Path) -> None:
    changes = decided(out, TEXTS)
    published(out, TEXTS | {"/a/": "meanwhile"})
    with pytest.raises(MachineError, match="changed by another build"):
        publish(out, changes, laying(files(changes)))
    assert (out / "a/index.html").read_text() == "meanwhile"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EACCES, "permission is denied"),
        (errno.EIO, "the disk reports an error"),
        (errno.EXDEV, "another layer"),
        (errno.ELOOP, "a link leads back to itself"),
        (errno.ENOENT, "this folder or file is not there"),
        (errno.EDOM, os.strerror(errno.EDOM)),
    ],
)
def test_what_the_machine_refuses_is_told_in_plain_words(
    out: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    published(out, TEXTS)
    before = tree(out)

    def failing(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(alertgen.write.swap, "exchange", failing)
    with pytest.raises(MachineError, match=words) as caught:
        published(out, TEXTS | {"/a/": "changed"})
    assert caught.value.message.startswith("Cannot write public/: ")
    assert "untouched" in caught.value.state
    assert not caught.value.usage
    assert tree(out) == before


def test_a_module_that_the_machine_does_not_let_us_read_is_no_bug() -> None:
    behind = ImportError("source not available through get_data()")
    behind.__cause__ = OSError(errno.EIO, "Input/output error", "/lib/markdown/blockparser.py")
    told = refusal(behind, "Nothing was written.")
    assert told is not None
    assert "the disk reports an error (/lib/markdown/blockparser.py)" in told.message
    assert refusal(ImportError("no module named x"), "") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_is_told(out: Path) -> None:
    out.parent.mkdir(parents=True)
    out.parent.chmod(0o500)
    with pytest.raises(MachineError, match="permission is denied"):
        published(out, TEXTS)


def test_ten_builds_at_once_end_in_one_right_site(out: Path) -> None:
    script = Path(__file__).with_name("copies.py")
    runs = [
        subprocess.Popen(
            [sys.executable, script, out, "20", str(edition)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for edition in range(10)
    ]
    told = [run.communicate(timeout=60) for run in runs]
    assert {run.returncode for run in runs} <= {0, 3}, told
    assert sum(run.returncode == 0 for run in runs) >= 1
    for run, (output, errors) in zip(runs, told, strict=True):
        assert errors == ""
        assert run.returncode == 0 or "changed by another build" in output
    assert verify(out) == ()
    assert any(not decided(out, bulletin(20, edition)) for edition in range(10))


def test_the_manifest_is_read_back_as_it_was_written(out: Path) -> None:
    texts = {"/alerts/2021/السودان/": "arabic", '/weird/%22 quotes"/': "x", "/🙂/": "y"}
    published(out, texts)
    manifest = read_manifest(out)
    assert manifest
    assert set(manifest.entries) == set(texts)
    assert manifest.missing == frozenset()
    assert not decided(out, texts)


def test_the_folder_beside_is_invisible_to_git(out: Path) -> None:
    published(out, TEXTS)
    assert (out.parent / BESIDE / ".gitignore").read_text() == "*\n"


def test_plans_of_the_same_site_are_equal() -> None:
    assert plan_of(TEXTS) == plan_of(dict(reversed(TEXTS.items())))


def test_a_file_in_parts_is_the_file_as_a_whole(out: Path) -> None:
    def in_parts(keep: Keep) -> Iterator[tuple[Output, str, Laid]]:
        for output, path, content in files(changes):
            yield output, path, keep(path, iter((content[:2], b"", content[2:])))

    changes = decided(out, TEXTS)
    publish(out, changes, in_parts)
    assert (out / "index.html").read_text() == "home"
    assert verify(out) == ()
    before = state(out)
    changes = decided(out, TEXTS, engine="new templates")
    assert publish(out, changes, in_parts) == Published()
    assert state(out)[str(out / "index.html")] == before[str(out / "index.html")]
    changes = decided(out, TEXTS | {"/a/": "FIRST"})
    assert publish(out, changes, in_parts) == Published(changed=("/a/",))
    assert (out / "a/index.html").read_text() == "FIRST"
    assert verify(out) == ()


def test_a_foreign_file_that_is_what_the_site_needs_is_its_own_from_then_on(out: Path) -> None:
    published(out, TEXTS)
    (out / "d").mkdir()
    (out / "d/index.html").write_text("mine")
    (out / "d/notes.txt").write_text("notes")
    assert published(out, TEXTS | {"/d/": "mine"}).foreign == ("d/notes.txt",)
    published(out, TEXTS | {"/d/": "mine", "/e/": "more"})
    assert verify(out) == (Difference("d/notes.txt", Kind.FOREIGN),)
    assert published(out, TEXTS).foreign == ("d/notes.txt",)
    assert not (out / "d/index.html").exists()


def test_a_file_that_was_changed_in_place_is_mended_when_it_is_made_again(out: Path) -> None:
    published(out, TEXTS)
    (out / "a/index.html").write_text("FIRST")  # of the same size
    changes = decided(out, TEXTS, engine="new templates")
    publish(out, changes, laying(files(changes)))
    assert (out / "a/index.html").read_text() == "first"


def test_whole_folders_come_at_once_and_others_are_added_to(out: Path) -> None:
    published(out, TEXTS | {f"/old/{number}/": "old" for number in range(30)})
    more = {f"/old/{number}/more/": "new" for number in range(0, 30, 3)} | {f"/new/{n}/x/": "new" for n in range(30)}
    texts = TEXTS | {f"/old/{number}/": "old" for number in range(30)} | more
    published(out, texts)
    assert verify(out) == ()
    published(out, texts | {"/a/": "changed"})
    assert verify(out) == ()
    assert tree(out).keys() == tree(out.parent / BESIDE / "tree").keys()
