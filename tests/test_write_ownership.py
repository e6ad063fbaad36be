"""alertgen writes to its own folder, an empty one or a new one, and says why it refuses any other."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from alertgen.write import MachineError, check_target
from alertgen.write.verify import verify
from copies import published, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "bulletin"
    (folder / "alerts").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: x\n")
    return folder


@pytest.mark.parametrize("name", ["public", "deep/er/public"])
def test_a_new_folder_is_taken(root: Path, name: str) -> None:
    check_target(root / name, root)
    published(root / name, {"/": "home"})
    check_target(root / name, root)


def test_an_empty_folder_is_taken(root: Path) -> None:
    (root / "public").mkdir()
    check_target(root / "public", root)


@pytest.mark.parametrize(("name", "another"), [("public", "--out website"), ("thesis", "--out public")])
def test_another_folder_is_named_than_the_one_that_is_refused(root: Path, name: str, another: str) -> None:
    (root / name).mkdir()
    (root / name / "chapter").write_text("years of work")
    with pytest.raises(MachineError) as caught:
        check_target(root / name, root)
    assert another in caught.value.hint


def test_a_folder_with_nothing_but_a_note_of_the_system_counts_as_empty(root: Path) -> None:
    (root / "public").mkdir()
    (root / "public/.DS_Store").write_text("x")
    check_target(root / "public", root)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/", "root of the file system"),
        (".", "site folder itself"),
        ("..", "lies in it"),
        ("alerts", "read as part of the site"),
        ("alerts/public", "read as part of the site"),
        ("static/new", "read as part of the site"),
        (".alertgen/public", "read as part of the site"),
        ("thesis", "did not make"),
        ("repository", r"\.git"),
        ("worktree", r"\.git"),
        ("file", "it is a file"),
        ("link", "it is a link to "),
        ("dangling", "it is a link to "),
    ],
)
def test_every_refusal_has_its_reason(root: Path, target: str, reason: str) -> None:
    (root / "thesis").mkdir()
    (root / "thesis/chapter").write_text("years of work")
    (root / "repository/.git").mkdir(parents=True)
    (root / "worktree").mkdir()
    (root / "worktree/.git").write_text("gitdir: elsewhere")
    (root / "file").write_text("")
    (root / "link").symlink_to("thesis")
    (root / "dangling").symlink_to("nowhere")
    before = tree(root)
    with pytest.raises(MachineError, match=reason) as caught:
        check_target(root / target, root)
    assert caught.value.usage
    assert caught.value.message.startswith("I will not write to ")
    assert "Nothing was written." in caught.value.hint
    assert tree(root) == before


def test_what_was_built_of_another_site_is_not_replaced(root: Path) -> None:
    (root.parent / "other").mkdir()
    (root.parent / "other/site.yaml").write_text("title: y\n")
    published(root.parent / "other/public", {"/": "home"})
    with pytest.raises(MachineError, match=r"the site in .*other is built there"):
        check_target(root.parent / "other/public", root)
    check_target(root.parent / "other/public", root.parent / "other")


elsewhere = pytest.mark.skipif(not Path("/dev/shm").is_mount(), reason="no other file system to try")


@elsewhere
def test_a_volume_of_its_own_is_refused(root: Path) -> None:
    with pytest.raises(MachineError, match="volume of its own") as caught:
        check_target(Path("/dev/shm"), root)
    assert "a folder inside of it" in caught.value.hint


@elsewhere
def test_a_folder_on_another_file_system_is_taken(root: Path) -> None:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        for edition in ("first", "second", "third"):
            published(Path(folder, "public"), {"/": edition})
        assert Path(folder, "public/index.html").read_text() == "third"
        assert verify(Path(folder, "public")) == ()


@pytest.mark.parametrize("home", ["home", "home/editor"])
def test_a_home_folder_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    (root.parent / "home/editor").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(root.parent / home))
    with pytest.raises(MachineError, match="home folder"):
        check_target(root.parent / "home", root)


@pytest.mark.parametrize("target", ["thesis", "repository", "file", "link"])
def test_publishing_refuses_by_itself_as_well(root: Path, target: str) -> None:
    (root / "thesis").mkdir()
    (root / "thesis/chapter").write_text("years of work")
    (root / "repository/.git").mkdir(parents=True)
    (root / "file").write_text("")
    (root / "link").symlink_to("nowhere")
    before = tree(root)
    with pytest.raises(MachineError, match="I will not write to"):
        published(root / target, {"/": "home"})
    assert tree(root) == before


def test_a_git_repository_that_comes_later_is_refused(root: Path) -> None:
    published(root / "public", {"/": "home"})
    (root / "public/.git").mkdir()
    with pytest.raises(MachineError, match=r"\.git"):
        published(root / "public", {"/": "changed"})
    assert (root / "public/index.html").read_text() == "home"


def test_the_working_folder_does_not_matter(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with pytest.raises(MachineError, match="site folder itself"):
        check_target(Path(), Path())
    published(Path("public"), {"/": "home"})
    check_target(Path("public"), Path())
    assert sorted(os.listdir(root)) == [".public.alertgen", "alerts", "public", "site.yaml"]  # noqa: PTH208
