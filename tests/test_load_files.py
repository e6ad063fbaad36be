"""Which files are read, and that nothing outside the site ever is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.diagnostics import Diagnostic
from alertgen.frozen import freeze
from alertgen.load.disk.content_files import list_content
from alertgen.load.disk.decoding import decode
from alertgen.load.disk.files import RefusedPathError, inside, list_folder, read_bytes
from alertgen.load.disk.names import read_name
from alertgen.load.remembered.memory import thaw
from alertgen.model import Country, Held, HeldBecause, Worded
from conftest import SiteFolder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "site-of-others").mkdir()
    (tmp_path / "site-of-others" / "secret.txt").write_text("secret")
    folder = tmp_path / "site"
    (folder / "alerts").mkdir(parents=True)
    (folder / "alerts" / "a.md").write_text("a")
    (folder / "alerts" / "out.md").symlink_to(tmp_path / "secret.txt")
    (folder / "alerts" / "loop.md").symlink_to("loop.md")
    (folder / "alerts" / "in.md").symlink_to("a.md")
    (folder / "up").symlink_to("..")
    return folder


@pytest.mark.parametrize(
    "path", ["alerts/a.md", "alerts/in.md", "alerts/missing.md", "alerts/./a.md", "alerts/a%20b.md", "100%.md"]
)
def test_paths_below_the_root_are_allowed(path: str, root: Path):
    assert inside(root, path).is_relative_to(root)


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "alerts/../../secret.txt",
        "alerts/../a.md",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "%2E%2E%2Fsecret.txt",
        "..\\secret.txt",
        "..%5csecret.txt",
        "/etc/passwd",
        "//host/share",
        "%2fetc/passwd",
        "~/secret.txt",
        "C:\\secret.txt",
        "C:secret.txt",
        "c:/secret.txt",
        "a\0b",
        "alerts/out.md",
        "alerts/loop.md",
        "up/secret.txt",
        "up/site-of-others/secret.txt",
        "../site-of-others/secret.txt",
    ],
)
def test_paths_that_lead_out_are_refused(path: str, root: Path):
    with pytest.raises(RefusedPathError):
        inside(root, path)
    assert isinstance(read_bytes(root, path), Diagnostic)


@given(st.lists(st.sampled_from([*"./\\%ae~:", "..", "%2e", "%2f", "up", "secret.txt"]), max_size=12))
def test_no_path_leads_out(tmp_path_factory: pytest.TempPathFactory, parts: list[str]):
    base, path = tmp_path_factory.getbasetemp(), "".join(parts)
    try:
        assert inside(base, path).is_relative_to(base.resolve())
    except RefusedPathError as error:
        assert str(error) == path


def test_files_are_listed_in_order_without_hidden_ones(site):
    names = ["alerts/b.md", "alerts/a.md", "alerts/2026/c.md", "alerts/.hidden.md", "alerts/.git/d.md", "alerts/e.md~"]
    folder: SiteFolder = site("".join(f"-- {name} --\n" for name in [*names, "alerts/photo.jpg"]))
    listing = list_content(folder.root, "alerts")
    assert listing.paths == ("alerts/2026/c.md", "alerts/a.md", "alerts/b.md")
    assert listing.problems == ()
    assert list_folder(folder.root, "nowhere").paths == ()


@pytest.mark.parametrize("name", ["~$report.docx", "#site.css#", "site.css~", "Thumbs.db", "desktop.ini", "Icon\r"])
def test_what_programs_leave_in_a_folder_is_not_listed(site, name: str):
    folder: SiteFolder = site("-- static/site.css --\n")
    folder.write(f"static/{name}", "Jane Witness")
    assert list_folder(folder.root, "static").paths == ("static/site.css",)


@pytest.mark.parametrize(
    "folder", ["@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "__MACOSX/uploads"]
)
def test_folders_of_systems_are_not_looked_into(site, folder: str):
    root = site("-- alerts/a.md --\n").root
    (root / "alerts" / folder).mkdir(parents=True)
    (root / "alerts" / folder / "b.md").write_text("---\ntitle: Deleted\n---\n", encoding="utf-8")
    assert list_content(root, "alerts").paths == ("alerts/a.md",)


def test_a_link_to_itself_is_told_like_one_that_leads_out_of_the_site(site):
    folder: SiteFolder = site("-- alerts/a.md --\n")
    for name in ("loop.md", "loop.md~"):
        folder.path(f"alerts/{name}").symlink_to(name)
    listing = list_folder(folder.root, "alerts")
    assert listing.paths == ("alerts/a.md",)
    assert [(found.code, found.at.path) for found in listing.problems] == [("refused-path", "alerts/loop.md")]


def test_a_static_file_that_is_too_large_belongs_elsewhere(site):
    folder: SiteFolder = site("-- static/film.mov --\nlong\n")
    refused = read_bytes(folder.root, "static/film.mov", 3)
    assert isinstance(refused, Diagnostic)
    assert refused.code == "too-large"
    assert "elsewhere on a web host" in refused.hint


def test_line_ends_of_all_systems_become_line_feeds():
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "a.md") == ("a\nb\nc\n", ())


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_a_problem(content: bytes):
    text, problems = decode(content, "a.md")
    assert text is not None or problems
    if text is not None and not problems:
        assert text.encode().replace(b"\r", b"\n") == text.encode()


def test_a_place_is_counted_in_characters():
    _, (problem,) = decode("é日\nab\x07".encode(), "a.md")
    assert (problem.at.line, problem.at.column) == (2, 3)


@pytest.mark.parametrize(
    ("path", "stem", "lang", "slug"),
    [
        ("alerts/2026-11-18-market.md", "2026-11-18-market", "", "market"),
        ("alerts/2026-11-18-market.fr.md", "2026-11-18-market", "fr", "market"),
        ("alerts/market.pt-BR.md", "market", "pt-BR", "market"),
        ("alerts/market.de.md", "market", "de", "market"),
        ("alerts/market.v2.md", "market.v2", "", "market-v2"),
        ("alerts/market.car.md", "market.car", "", "market-car"),
        ("alerts/.fr.md", ".fr", "", "fr"),
    ],
)
def test_a_file_name_says_stem_language_and_slug(path: str, stem: str, lang: str, slug: str):
    name = read_name(path, ("en", "fr"))
    assert (name.stem, name.lang, name.slug) == (stem, lang, slug)


class AsOldPythonsDo:
    """Pickles a member of *kind* as Python 3.11.0 to 3.11.3 do."""

    def __init__(self, kind: object, name: str) -> None:
        self.parts = (kind, name)

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, self.parts


def test_members_of_enumerations_are_thawed_as_any_python_writes_them():
    assert thaw(freeze(HeldBecause.DRAFT), HeldBecause) is HeldBecause.DRAFT
    assert thaw(freeze(AsOldPythonsDo(HeldBecause, "DRAFT")), HeldBecause) is HeldBecause.DRAFT
    assert thaw(freeze(AsOldPythonsDo(Worded, "said_in")), object) is None
    assert thaw(freeze(AsOldPythonsDo(HeldBecause, "NONE")), object) is None


def test_only_our_own_records_are_thawed():
    held = Held(path="a", because=HeldBecause.DRAFT, until=None)
    assert thaw(freeze(held), Held) == held
    assert thaw(freeze(held), Country) is None
    assert thaw(freeze(Worded("a")), Held) is None
    assert thaw(b"", Held) is None
    assert thaw(freeze(Path.cwd), object) is None
    assert thaw(b"cos\nsystem\n(S'true'\ntR.", object) is None
