"""Nothing outside the site folder is read, shown or written, and no text is so large or deep that it stops the machine.

Whole sites beside a folder of secrets: every trick is tried at every place that takes a path.
"""

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from alertgen.build import build
from alertgen.report import format_problem
from alertgen.serve.preview import Preview
from conftest import NOON, SiteFolder
from txtar import picture

SECRET = b"qzx-secret-qzx"
GOOD = "---\ntitle: Good\ndate: 2026-11-11\ncountry: SD\n---\nText.\n"


@pytest.fixture
def folder(site, tmp_path: Path) -> SiteFolder:
    """A site in `site/`; secrets lie beside it, and in a sibling whose name begins like that of the site."""
    made: SiteFolder = site()
    made.write("site.yaml", "title: Test\nbase_url: https://example.org/\nsearch: false\n")
    made.write("alerts/2026/good.md", GOOD)
    for place in (tmp_path / "outside", tmp_path / "site-of-others", tmp_path / "outside/alerts/2026"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "secret.md").write_bytes(GOOD.replace("Text", SECRET.decode()).encode())
        (place / "secret.txt").write_bytes(SECRET)
        (place / "base.html").write_bytes(SECRET)
        (place / "secret.jpg").write_bytes(picture("jpeg", 64, 48))
    return made


def built(folder: SiteFolder):
    report = build(folder.root, folder.path("public"), now=NOON)
    for path in (*folder.path("public").rglob("*"), *folder.path(".public.alertgen").rglob("*")):
        assert not path.is_symlink()
        if path.is_file():
            assert SECRET not in path.read_bytes()
            assert "secret" not in path.name
    assert SECRET.decode() not in "\n".join(map(format_problem, report.problems))
    return report


def loaded(folder: SiteFolder):
    """Read the site only, which is quicker, where that is what must refuse."""
    found = folder.load()
    assert SECRET.decode() not in repr(found)
    assert any(problem.severity == "error" for problem in found.problems)
    return found


def errors(report) -> set[tuple[str, str]]:
    return {(problem.code, problem.at.path) for problem in report.problems if problem.severity == "error"}


# --- pictures -----------------------------------------------------------------------------------------------------

TRICKS = [
    "../../../outside/secret.jpg", "../../../site-of-others/secret.jpg", "../../../site/../outside/secret.jpg",
    "%2e%2e/%2e%2e/%2e%2e/outside/secret.jpg", "..%2f..%2f..%2foutside%2fsecret.jpg",
    "%2E%2E%2F%2E%2E%2F%2E%2E%2Foutside/secret.jpg",
    "%252e%252e/%252e%252e/%252e%252e/outside/secret.jpg", "..\\..\\..\\outside\\secret.jpg",
    "..%5c..%5c..%5coutside/secret.jpg",
    "....//....//....//outside/secret.jpg", "./../.././../outside/secret.jpg", "ABSOLUTE", "/ABSOLUTE",
    "file://ABSOLUTE",
    "file:ABSOLUTE", "~/secret.jpg", "~root/secret.jpg", "C:\\secret.jpg", "C:/secret.jpg",
    "\\\\host\\share\\secret.jpg",
    "//host/share/secret.jpg", "linked.jpg", "linked-folder/secret.jpg", "linked-folder/../outside/secret.jpg",
    "up/outside/secret.jpg", "good.md/../../../outside/secret.jpg", "../../../outside/secret.jpg?x=1",
    "../../../outside/secret.jpg#x", "..;/..;/outside/secret.jpg", "\uff0e\uff0e/\uff0e\uff0e/outside/secret.jpg",
    "..\u2215..\u2215..\u2215outside/secret.jpg", "..%c0%af..%c0%afoutside/secret.jpg", "/proc/self/environ",
    "/dev/zero",
]  # fmt: skip


@pytest.mark.parametrize("target", TRICKS)
@pytest.mark.parametrize("where", ["image", "body", "html"])
def test_no_picture_comes_from_outside(folder, tmp_path, target: str, where: str):
    target = target.replace("ABSOLUTE", str(tmp_path / "outside/secret.jpg"))
    folder.path("alerts/2026/linked.jpg").symlink_to(tmp_path / "outside/secret.jpg")
    folder.path("alerts/2026/linked-folder").symlink_to(tmp_path / "outside")
    folder.path("alerts/2026/up").symlink_to("../../..")
    keys = f"image: '{target}'\nimage_alt: A\nimage_credit: B\n" if where == "image" else ""
    body = {"image": "Text.", "body": f"![x](<{target}>)", "html": f'<img src="{target}" alt="x">'}[where]
    folder.write("alerts/2026/a.md", f"---\ntitle: A\ndate: 2026-11-11\n{keys}---\n{body}\n")
    told = {code for code, path in errors(loaded(folder)) if path == "alerts/2026/a.md"}
    assert told
    assert told <= {"refused-path", "missing-image", "remote-picture", "image-unreadable"}


# --- links in the folders -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["alerts", "alerts/2026", "pages", "static", "static/css", "templates", "templates/parts"]
)
@pytest.mark.parametrize("what", ["secret.md", "secret.txt", "base.html", "."])
@pytest.mark.parametrize("how", ["absolute", "relative", "twice"])
def test_no_link_leads_out(folder, tmp_path, place: str, what: str, how: str):
    outside = (tmp_path / "outside" / what).resolve()
    target = outside if how != "relative" else os.path.relpath(outside, folder.path(place))
    if how == "twice":
        (tmp_path / "between").symlink_to(outside)
        target = tmp_path / "between"
    folder.path(place).mkdir(parents=True, exist_ok=True)
    folder.path(f"{place}/link{Path(what).suffix}").symlink_to(target)
    assert ("refused-path", f"{place}/link{Path(what).suffix}") in errors(loaded(folder))


@pytest.mark.parametrize("place", ["alerts", "pages", "static", "templates"])
def test_a_whole_folder_that_is_a_link_is_refused(folder, tmp_path, place: str):
    if folder.path(place).exists():
        folder.delete(place)
    folder.path(place).symlink_to(tmp_path / "outside", target_is_directory=True)
    report = built(folder)
    assert {code for code, _ in errors(report)} == {"refused-path"}
    assert not folder.path("public").exists()


@pytest.mark.parametrize("name", ["site.yaml", "published.json", "do-not-publish.txt"])
def test_no_single_file_is_read_from_outside(folder, tmp_path, name: str):
    (tmp_path / "outside" / name).write_bytes(b"title: " + SECRET + b"\nbase_url: https://example.org/\n")
    folder.path(name).unlink(missing_ok=True)
    folder.path(name).symlink_to(tmp_path / "outside" / name)
    report = built(folder)
    assert ("refused-path", name) in errors(report)
    assert (tmp_path / "outside" / name).read_bytes().startswith(b"title")


def test_links_inside_the_site_are_followed_to_files_only(folder):
    folder.write("shared/photo.jpg", picture("jpeg", 64, 48))
    folder.path("alerts/2026/photo.jpg").symlink_to("../../shared/photo.jpg")
    folder.write("alerts/2026/a.md", "---\ntitle: A\ndate: 2026-11-11\n---\n![A photo](photo.jpg)\n")
    assert built(folder).ok


def test_a_link_that_appears_in_the_output_is_not_written_through(folder, tmp_path):
    assert built(folder).ok
    victim = tmp_path / "outside/secret.txt"
    folder.path("public/index.html").unlink()
    folder.path("public/index.html").symlink_to(victim)
    build(folder.root, folder.path("public"), now=NOON)
    assert victim.read_bytes() == SECRET


# --- templates ----------------------------------------------------------------------------------------------------

OUT = ["../../outside/base.html", "/outside/base.html", "..\\..\\outside\\base.html", "%2e%2e/%2e%2e/outside/base.html"]


@pytest.mark.parametrize("target", OUT)
@pytest.mark.parametrize("call", ["{{% include '{}' %}}", "{{% extends '{}' %}}", "{{% import '{}' as x %}}"])
def test_no_template_takes_in_what_is_outside(folder, target: str, call: str):
    folder.write("templates/home.html", call.format(target.replace("\\", "\\\\")))
    report = built(folder)
    assert {code for code, _ in errors(report)} <= {"template-error", "template-syntax"}
    assert not report.ok


# --- addresses ----------------------------------------------------------------------------------------------------

SLUGS = [
    "../x",
    "..",
    ".",
    "a/b",
    "/a",
    "a\\b",
    "%2e%2e",
    "a%2fb",
    "con/../x",
    "a b",
    "~",
    "A",
    ".hidden",
    "-",
    "a?b",
    "a#b",
]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("kind", ["alerts/2026", "pages"])
def test_no_slug_leads_out(folder, slug: str, kind: str):
    date = "date: 2026-11-11\n" if kind != "pages" else ""
    folder.write(f"{kind}/x.md", f"---\ntitle: X\n{date}slug: '{slug}'\n---\nText.\n")
    assert errors(loaded(folder)) == {("wrong-slug", f"{kind}/x.md")}


ALIASES = [
    "/../x/", "/a/../../x/", "/a/..", "/./x/", "/a/./b/", "/%2e%2e/x/", "/a%2fb/", "/a\\b/", "\\x", "//evil.example/x/",
    "https://evil.example/x/", "x/", "", "/", "/a//b/", "/a b/", "/a?b", "/a#b", "/.alertgen-manifest.json",
    "/.htaccess",
    "/.git/config", "/a/.b/", "/a/...", "/\u2025/x/", "/" + "a" * 300, "/\u00e9\u00e9/" + "\u00e9" * 120,
]  # fmt: skip


@pytest.mark.parametrize("alias", ALIASES)
def test_no_alias_leads_out_or_to_what_is_hidden(folder, alias: str):
    folder.write("alerts/2026/x.md", f"---\ntitle: X\ndate: 2026-11-11\naliases: ['{alias}']\n---\nText.\n")
    report = built(folder)
    if report.ok:  # an odd address, but one inside
        made = [path for path in folder.path("public").rglob("*") if path.is_file()]
        assert all(path.resolve().is_relative_to(folder.path("public").resolve()) for path in made)
        assert {path.name for path in made if path.name.startswith(".")} == {".alertgen-manifest.json"}
        assert alias in ("", "/\u2025/x/")
    else:
        assert {code for code, _ in errors(report)} <= {"wrong-alias", "empty-value"}


@pytest.mark.parametrize(
    "alias", ["/index.html", "/feed.xml", "/_headers", "/_redirects", "/data/alerts.json", "/404.html"]
)
def test_no_alias_takes_the_place_of_a_file_of_ours(folder, alias: str):
    folder.write("alerts/2026/x.md", f"---\ntitle: X\ndate: 2026-11-11\naliases: [{alias}]\n---\nText.\n")
    assert {code for code, _ in errors(built(folder))} <= {"alias-is-a-page", "address-taken", "wrong-alias"}, alias
    assert not folder.path("public").exists()


# --- the preview ---------------------------------------------------------------------------------------------------


def test_the_preview_shows_nothing_but_what_is_planned(folder):
    """It answers from the plan; the disk is never asked for an address."""
    with Preview(folder.root, lambda: NOON) as preview:
        preview.look()
        assert preview.file("index.html").found
        for path in (
            "site.yaml", "../outside/secret.txt", "..", ".", "", "/", "//", "/etc/passwd", "alerts/2026/good.md",
            "alerts/../../outside/secret.txt", "%2e%2e/outside/secret.txt", "..\\outside\\secret.txt", "\0",
            "index.html\0",
            "static/../../outside/secret.txt", ".alertgen/memory.db", "published.json", "do-not-publish.txt",
            "index.html/",
            "./index.html", "alerts//2026/good/index.html", "C:/x", "file:///etc/passwd",
        ):  # fmt: skip
            file = preview.file(path)
            assert not file.found, path
            assert SECRET not in file.content


# --- bombs ----------------------------------------------------------------------------------------------------------

BOMBS = {
    "aliases": "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    ),
    "lists in lists": "title: " + "[" * 100_000,
    "keys in keys": "title: " + "{a: " * 50_000,
    "indented": "".join(f"{' ' * n}a:\n" for n in range(900)),
    "quotes": 'title: "' + "\\\n" * 200_000 + '"',
    "many keys": "".join(f"k{n}: 1\n" for n in range(30_000)),
    "one key again and again": "title: a\n" * 30_000,
    "a long line": "title: " + "a" * 900_000,
    "a long list": "risk_tags: [" + "a, " * 200_000 + "]",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("where", ["alerts/a.md", "site.yaml"])
def test_no_header_takes_long(folder, name: str, where: str):
    text = BOMBS[name]
    folder.write(where, f"---\ntitle: A\ndate: 2026-11-11\n{text}\n---\nText.\n" if where != "site.yaml" else text)
    start = time.process_time()
    report = loaded(folder)
    assert time.process_time() - start < 20
    assert where in {path for _, path in errors(report)}
    assert all(len(format_problem(problem)) < 5_000 for problem in report.problems)


def test_a_ledger_of_lists_in_lists_is_told(folder):
    folder.write("published.json", '{"addresses": ' * 100_000)
    assert errors(built(folder)) == {("unreadable-ledger", "published.json")}


def test_a_small_file_of_many_pixels_is_not_decoded(folder):
    """100 kB that would be 100 million pixels: such files are made to stop a machine."""
    Image.new("1", (9_999, 10_002)).save(folder.path("alerts/2026/bomb.png"))
    assert folder.path("alerts/2026/bomb.png").stat().st_size < 200_000
    folder.write("alerts/2026/a.md", "---\ntitle: A\ndate: 2026-11-11\n---\n![A bomb](bomb.png)\n")
    assert errors(built(folder)) == {("image-too-large", "alerts/2026/a.md")}
