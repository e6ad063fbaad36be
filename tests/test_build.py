"""Whole sites: built, edited and built again. A test says exactly which outputs an edit makes anew."""

import pytest
from PIL import Image

from alertgen.build import build, check
from alertgen.write import MachineError
from conftest import NOON
from copies import tree
from small_site import SITE


@pytest.fixture
def built(site):
    folder = site(SITE)
    return folder, rebuild(folder)


def rebuild(folder, *, now=NOON, **options):
    report = build(folder.root, folder.root / "public", now=now, **options)
    assert report.ok, report.problems
    return report


def pages(addresses):
    return {address for address in addresses if address.endswith("/")}


def test_a_build_makes_a_page_for_each_alert_country_and_tag(built):
    folder, report = built
    made = set(report.published.added)
    assert {
        "/", "/alerts/", "/alerts/2026/", "/alerts/2026/sudan/", "/alerts/2026/sudan-and-norway/",
        "/alerts/2026/theme/", "/countries/", "/countries/sudan/", "/countries/norway/", "/risks/",
        "/risks/war-crimes/", "/about/", "/subscribe/", "/corrections/", "/404.html", "/feed.xml", "/sitemap.xml",
        "/robots.txt",
    } <= made  # fmt: skip
    assert all((folder.root / "public" / file).is_file() for file in tree(folder.root / "public"))


def test_building_twice_writes_nothing_the_second_time(built):
    folder, _ = built
    before = {path: path.stat().st_mtime_ns for path in (folder.root / "public").rglob("*")}
    report = rebuild(folder)
    assert (report.published.added, report.published.changed, report.published.removed) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in (folder.root / "public").rglob("*")} == before


def test_editing_a_body_renews_its_page_and_what_carries_its_text(built):
    folder, _ = built
    folder.edit("alerts/2026/2026-11-04-sudan.md", "What happened first.", "What happened at first.")
    changed = set(rebuild(folder).published.changed)
    assert pages(changed) == {"/alerts/2026/sudan/"}
    assert {"/feed.xml", "/countries/sudan/feed.xml", "/risks/war-crimes/feed.xml"} <= changed
    assert all(
        address.endswith(("feed.xml", "atom.xml", "feed.json", "/alerts/2026/sudan/", ".json")) for address in changed
    )


def test_editing_a_title_renews_exactly_the_pages_that_show_it(built):
    folder, _ = built
    folder.edit("alerts/2026/2026-11-04-sudan.md", "Fighting in Sudan", "War in Sudan")
    assert pages(rebuild(folder).published.changed) == {
        "/",  # among the recent alerts
        "/alerts/",
        "/alerts/2026/",
        "/alerts/2026/sudan/",
        "/alerts/2026/sudan-and-norway/",  # as the one before
        "/alerts/2026/theme/",  # among the earlier ones
        "/countries/sudan/",
        "/risks/war-crimes/",
    }


def test_what_is_deleted_disappears_with_everything_that_was_only_there_for_it(built):
    folder, _ = built
    folder.delete("published.json")  # the ledger would refuse to let an address vanish
    folder.delete("alerts/2026/2026-11-11-sudan-and-norway.md")
    removed = set(rebuild(folder).published.removed)
    assert {"/alerts/2026/sudan-and-norway/", "/countries/norway/", "/countries/norway/feed.xml"} <= removed


def test_an_error_leaves_the_site_byte_for_byte(built):
    folder, _ = built
    before = tree(folder.root / "public")
    folder.edit("alerts/2026/2026-11-04-sudan.md", "country: SD", "country: Sudann")
    report = build(folder.root, folder.root / "public", now=NOON)
    assert not report.ok
    assert report.published is None
    assert [problem.code for problem in report.problems] == ["unknown-country"]
    assert tree(folder.root / "public") == before


def test_a_warning_stops_only_a_strict_build(built):
    folder, _ = built
    folder.edit("alerts/2026/2026-11-04-sudan.md", "What happened first.", "What happened <!-- by whom --> first.")
    assert rebuild(folder).problems
    assert not build(folder.root, folder.root / "public", now=NOON, strict=True).ok


def test_incremental_and_clean_builds_are_the_same(built):
    folder, _ = built
    folder.edit("alerts/2026/2026-11-11-sudan-and-norway.md", "A debate in Norway", "A vote in Norway")
    folder.edit("site.yaml", "title: Test Alert", "title: Tested Alert")
    rebuild(folder)
    clean = folder.root / "clean"
    build(folder.root, clean, now=NOON)
    assert tree(folder.root / "public") == tree(clean)


def test_a_check_finds_the_same_and_writes_nothing(site):
    folder = site(SITE)
    report = check(folder.root, now=NOON)
    assert report.ok
    assert report.pages
    assert not (folder.root / "public").exists()
    assert not (folder.root / "published.json").exists()


def test_files_that_alertgen_did_not_make_stay(built):
    folder, _ = built
    folder.write("public/CNAME", "alerts.example.org\n")
    folder.edit("alerts/2026/2026-11-04-sudan.md", "What happened first.", "Something else.")
    assert rebuild(folder).published.foreign == ("CNAME",)
    assert (folder.root / "public/CNAME").read_text() == "alerts.example.org\n"


def test_a_folder_with_other_files_is_refused(site):
    folder = site(SITE)
    folder.write("public/thesis.txt", "years of work")
    with pytest.raises(MachineError, match="did not make") as caught:
        build(folder.root, folder.root / "public", now=NOON)
    assert "such as CNAME, can be put back into it after the build, and stays" in caught.value.hint
    assert tree(folder.root / "public") == {"thesis.txt": b"years of work"}


def test_a_broken_template_is_told_at_its_line_with_the_other_problems(site):
    folder = site(SITE)
    folder.write("templates/parts/footer.html", "<footer>\n{{ chrome.publishr }}\n</footer>")
    folder.edit("alerts/2026/2026-11-04-sudan.md", "country: SD", "country: Sudann")
    told = {(problem.code, problem.at.path, problem.at.line) for problem in check(folder.root, now=NOON).problems}
    assert ("unknown-country", "alerts/2026/2026-11-04-sudan.md", 6) in told
    assert ("template-error", "templates/parts/footer.html", 2) in told


def test_a_template_with_a_syntax_error_is_told_at_its_line(site):
    folder = site(SITE)
    folder.write("templates/home.html", "<p>\n{% if %}\n</p>")
    told = [(problem.code, problem.at.path, problem.at.line) for problem in check(folder.root, now=NOON).problems]
    assert told == [("template-syntax", "templates/home.html", 2)]


def test_a_changed_template_renews_pages_and_nothing_else(built):
    folder, _ = built
    folder.write("templates/redirect.html", "moved")
    report = rebuild(folder)
    assert report.published.added == ()
    assert all(not address.endswith((".xml", ".json", ".png")) for address in report.published.changed)


MARKER = "Zyxwvut"


@pytest.mark.parametrize("key", ["draft: true", "embargo: 2026-12-24T00:00:00+00:00"])
def test_what_is_held_back_leaves_no_trace_also_after_it_was_published(site, key):
    folder = site(SITE)
    text = (
        f"---\ntitle: {MARKER} in Chad\ndate: 2026-11-12\ncountry: TD\nslug: {MARKER.lower()}\nsummary: {MARKER}\n"
        f"image: {MARKER}.png\nimage_alt: {MARKER}\nimage_credit: {MARKER}\n{key}\n---\n{MARKER} text.\n"
    )
    folder.write("alerts/2026/2026-11-12-secret.md", text.replace(key, "level: current-crisis"))
    Image.new("RGB", (64, 64), "red").save(folder.path(f"alerts/2026/{MARKER}.png"))
    rebuild(folder)
    assert traces(folder.root / "public")
    folder.write("alerts/2026/2026-11-12-secret.md", text)
    folder.delete("published.json")
    report = rebuild(folder)
    assert [held.path for held in report.held] == ["alerts/2026/2026-11-12-secret.md"]
    assert traces(folder.root / "public") == []
    assert "chad" not in " ".join(tree(folder.root / "public"))
    assert tree(folder.root / "public") == tree_without_it(site, folder)


def traces(public):
    token = MARKER.lower().encode()
    return [path for path in public.rglob("*") if token in path.name.lower().encode() or (
        path.is_file() and token in path.read_bytes().lower()
    )]  # fmt: skip


def tree_without_it(site, folder):
    folder.delete("alerts/2026/2026-11-12-secret.md")
    folder.delete("published.json")
    build(folder.root, folder.root / "without", now=NOON)
    return tree(folder.root / "without")
