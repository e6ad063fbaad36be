"""What has to be made is decided from the plan and the manifest alone."""

import json
from pathlib import Path

import pytest

from alertgen import __version__
from alertgen.write import MachineError, read_manifest
from copies import decided, plan_of, published

TEXTS = {"/": "home", "/a/": "first", "/b/": "second", "/feed.xml": "feed"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    published(folder, TEXTS)
    return folder


def stale(changes) -> list[str]:
    return [output.address for output in changes.stale]


def test_without_a_site_everything_is_new(tmp_path: Path) -> None:
    changes = decided(tmp_path / "public", TEXTS)
    assert stale(changes) == ["/", "/a/", "/b/", "/feed.xml"]
    assert (changes.same, changes.gone) == ((), ())


def test_nothing_changed_is_no_change(out: Path) -> None:
    changes = decided(out, TEXTS)
    assert not changes
    assert changes.same == ("/", "/a/", "/b/", "/feed.xml")


def test_new_changed_and_gone_are_told_apart(out: Path) -> None:
    changes = decided(out, {"/": "home", "/a/": "other", "/c/": "third", "/feed.xml": "feed"})
    assert stale(changes) == ["/a/", "/c/"]
    assert changes.same == ("/", "/feed.xml")
    assert changes.gone == ("/b/",)


def test_an_output_is_stale_when_what_makes_it_changes(out: Path) -> None:
    assert stale(decided(out, TEXTS, engine="new templates")) == ["/", "/a/", "/b/", "/feed.xml"]


def test_a_missing_file_makes_its_output_stale(out: Path) -> None:
    (out / "a/index.html").unlink()
    assert stale(decided(out, TEXTS)) == ["/a/"]


def test_a_file_of_another_size_makes_its_output_stale(out: Path) -> None:
    (out / "b/index.html").write_text("")
    assert stale(decided(out, TEXTS)) == ["/b/"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"alertgen": "0.1.0"}',
        b'{"alertgen": 1, "outputs": {}}',
        b'{"alertgen": "one", "outputs": {}}',
        b'{"alertgen": "0.1.0", "outputs": {"/": ["f", [["../../etc/passwd", 1, "x"]]]}}',
        b'{"alertgen": "0.1.0", "outputs": {"/": ["f", [["/etc/passwd", 1, "x"]]]}}',
        b'{"alertgen": "0.1.0", "outputs": {"/": ["f", [["a", "1", "x"]]]}}',
        b'{"alertgen": "0.1.0", "outputs": {"/": ["f"]}}',
        b'{"alertgen": "0.1.0", "outputs": {"/": 5}}',
    ],
)
def test_a_damaged_manifest_means_a_full_build(out: Path, content: bytes) -> None:
    (out / ".alertgen-manifest.json").write_bytes(content)
    manifest = read_manifest(out)
    assert manifest
    assert manifest.unreadable
    assert stale(decided(out, TEXTS)) == ["/", "/a/", "/b/", "/feed.xml"]


def test_the_manifest_says_what_is_published(out: Path) -> None:
    content = json.loads((out / ".alertgen-manifest.json").read_bytes())
    assert content["alertgen"] == __version__
    assert list(content["outputs"]) == ["/", "/a/", "/b/", "/feed.xml"]
    path, size, digest = content["outputs"]["/a/"][1][0]
    assert (path, size) == ("a/index.html", 5)
    assert digest == "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"


def test_the_manifest_is_the_same_wherever_and_whenever_it_is_made(out: Path, tmp_path: Path) -> None:
    published(tmp_path / "elsewhere", {"/": "other"})
    published(tmp_path / "elsewhere", TEXTS)
    name = ".alertgen-manifest.json"
    assert (tmp_path / "elsewhere" / name).read_bytes() == (out / name).read_bytes()


@pytest.mark.parametrize("version", ["99.0.0", "0.99.0"])
def test_a_site_of_a_newer_alertgen_is_not_rebuilt_by_an_older_one(out: Path, version: str) -> None:
    file = out / ".alertgen-manifest.json"
    file.write_text(file.read_text().replace(f'"{__version__}"', f'"{version}"'))
    with pytest.raises(MachineError, match=f"built by alertgen {version}") as caught:
        read_manifest(out)
    assert f"Install alertgen {version}" in caught.value.hint


def test_a_newer_alertgen_may_have_kept_other_things(out: Path) -> None:
    (out / ".alertgen-manifest.json").write_text('{"alertgen":"99.1.0","pieces":7}')
    with pytest.raises(MachineError, match=r"built by alertgen 99\.1\.0"):
        read_manifest(out)


@pytest.mark.parametrize("content", [None, b"{", b'{"alertgen":"0.1.0","outputs":{}}'])
def test_where_nothing_is_published_nothing_has_to_be_compared(tmp_path: Path, content: bytes | None) -> None:
    from alertgen.write import decide

    if content:
        (tmp_path / ".alertgen-manifest.json").write_bytes(content)
    changes = decide(read_manifest(tmp_path), plan_of(TEXTS), lambda: pytest.fail("it was compared"))
    assert stale(changes) == ["/", "/a/", "/b/", "/feed.xml"]
    assert not (changes.same or changes.gone or changes.published)


def test_the_decision_asks_nothing_but_its_arguments(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alertgen.write import decide, fingerprints_of

    manifest, plan = read_manifest(out), plan_of(TEXTS)
    monkeypatch.setattr("builtins.open", None)
    monkeypatch.setattr("os.stat", None)
    assert not decide(manifest, plan, lambda: fingerprints_of(plan, lambda _: ""))
