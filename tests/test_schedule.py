"""Rehearsals publish nothing, and a scheduler learns when something is due."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SiteFolder
from copies import tree
from terminal import Ran, alertgen, process

PAST, LATER = "2026-11-19T12:00:00+00:00", "2026-11-26T12:00:00+00:00"
ON_26TH = {"SOURCE_DATE_EPOCH": "1795694400"}


def alert(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2026-11-18\ncountry: SD\n{more}---\n\nWhat happened.\n"


@pytest.fixture
def desk(site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site of which one alert is published and one waits for the 25th."""
    folder = site()
    folder.write("site.yaml", "title: Test Alert\nbase_url: https://example.org/\nsearch: false\n")
    folder.write("alerts/now.md", alert("Now"))
    folder.write("alerts/qqlater.md", alert("Qqlater", "embargo: 2026-11-25T14:00:00+00:00\n"))
    folder.write("alerts/draft.md", alert("Draft", "draft: true\n"))
    ran = alertgen("build", cwd=folder.root)
    assert ran.code == 0, ran.all
    return folder


def published(desk: SiteFolder) -> tuple[dict[str, bytes], bytes]:
    return tree(desk.path("public")), desk.path("published.json").read_bytes()


@pytest.mark.parametrize("moment", [PAST, LATER])
def test_a_rehearsal_leaves_site_and_ledger_as_they_are(desk: SiteFolder, moment: str) -> None:
    before = published(desk)
    ran = alertgen("build", "--now", moment, cwd=desk.root)
    assert ran.code == 0, ran.all
    assert "A rehearsal" in ran.out
    assert "public/ and published.json are as they were" in ran.out
    assert (desk.path("rehearsal/alerts/2026/qqlater/index.html").exists()) == (moment == LATER)
    assert published(desk) == before
    ran = alertgen("build", cwd=desk.root)
    assert "Nothing has changed" in ran.out, "the rehearsal is no edition"
    assert published(desk) == before


def test_a_rehearsal_before_anything_is_published_does_not_miss_the_ledger(desk: SiteFolder) -> None:
    desk.delete("published.json")
    for moment in (PAST, LATER):
        ran = alertgen("build", "--now", moment, cwd=desk.root)
        assert ran.code == 0, ran.all
        assert "published.json was not there" not in ran.all


def test_a_rehearsal_tells_programs_what_it_is(desk: SiteFolder) -> None:
    told = json.loads(alertgen("build", "--now", LATER, "--format", "json", cwd=desk.root).out)
    assert told["rehearsal"]
    assert told["written"]["into"] == "rehearsal/"
    assert not json.loads(alertgen("build", "--format", "json", cwd=desk.root).out)["rehearsal"]


@pytest.mark.parametrize("out", ["public", "elsewhere"])
def test_a_rehearsal_does_not_go_where_readers_look(desk: SiteFolder, out: str) -> None:
    alertgen("build", "--out", out, cwd=desk.root)
    before = tree(desk.root)
    ran = alertgen("build", "--now", LATER, "--out", out, cwd=desk.root)
    assert ran.code == 2, ran.all
    assert tree(desk.root) == before


def test_a_rehearsal_does_not_go_into_the_site_that_readers_see(desk: SiteFolder) -> None:
    assert alertgen("build", cwd=desk.root).code == 0
    for out in ("public/next", "public/alerts/next", "public/../public/next"):
        ran = alertgen("build", "--now", LATER, "--out", out, cwd=desk.root)
        assert ran.code == 2
        assert "it lies in the site that readers see" in ran.all
    assert not [path for path in desk.path("public").rglob("*") if "next" in path.name or "qqlater" in str(path)]


def test_a_rehearsal_before_the_first_build_makes_no_public_folder(desk: SiteFolder) -> None:
    desk.delete("public")
    assert alertgen("build", "--now", LATER, "--out", "public", cwd=desk.root).code == 2
    assert alertgen("build", "--now", LATER, "--out", "try", cwd=desk.root).code == 0
    assert not desk.path("public").exists()
    assert alertgen("build", "--now", PAST, "--out", "try", cwd=desk.root).code == 0, "a rehearsal may follow another"


def test_a_rehearsal_shows_the_errors_of_that_moment(desk: SiteFolder) -> None:
    desk.write("alerts/wrong.md", alert("Wrong", "embargo: 2026-11-25T14:00:00+00:00\n") + "\n[x](now2.md)\n")
    ran = alertgen("build", "--now", LATER, cwd=desk.root)
    assert ran.code == 1
    assert "now2.md" in ran.out
    assert not desk.path("rehearsal").exists()


def due(desk: SiteFolder, *flags: str, env: dict[str, str] | None = None) -> Ran:
    return process("due", *flags, cwd=desk.root, env={"SOURCE_DATE_EPOCH": "1795176000", **(env or {})})


def test_nothing_is_due_until_its_moment(desk: SiteFolder) -> None:
    before = published(desk)
    ran = due(desk)
    assert ran.code == 10, ran.all
    assert "held back: alerts/qqlater.md (embargo, appears 25 November 2026 at 14:00 UTC)" in ran.out
    assert "held back: alerts/draft.md (draft)" in ran.out
    assert "The next moment is 25 November 2026 at 14:00 UTC." in ran.out
    assert ran.out.endswith("Nothing is due.\n")
    ran = due(desk, "--quiet", env=ON_26TH)
    assert (ran.code, ran.all) == (0, "")
    assert "  due: alerts/qqlater.md\n" in due(desk, env=ON_26TH).out
    assert published(desk) == before


def test_what_was_published_is_due_no_more(desk: SiteFolder) -> None:
    assert due(desk, env=ON_26TH).code == 0
    assert process("build", "--quiet", cwd=desk.root, env=ON_26TH).code == 0
    desk.delete("alerts/draft.md")
    ran = due(desk, env=ON_26TH)
    assert (ran.code, ran.out) == (10, "Nothing is due.\n")


def test_programs_read_what_is_due(desk: SiteFolder) -> None:
    told = json.loads(due(desk, "--format", "json").out)
    assert told == {
        "due": [],
        "held": [
            {"path": "alerts/draft.md", "because": "draft", "until": None},
            {"path": "alerts/qqlater.md", "because": "embargo", "until": "2026-11-25T14:00:00+00:00"},
        ],
        "next_due": "2026-11-25T14:00:00+00:00",
    }
    told = json.loads(due(desk, "--format", "json", env=ON_26TH).out)
    assert (told["due"], told["next_due"]) == (["alerts/qqlater.md"], None)
    told = json.loads(alertgen("build", "--format", "json", cwd=desk.root).out)
    assert told["next_due"] == "2026-11-25T14:00:00+00:00"


def test_trouble_is_not_taken_for_something_due(desk: SiteFolder) -> None:
    desk.write("alerts/now.md", alert("Now").replace("SD", "Sudna"))
    ran = due(desk, env=ON_26TH)
    assert ran.code == 1
    assert "error[unknown-country]" in ran.out
    assert json.loads(due(desk, "--format", "json").out)["problems"][0]["code"] == "unknown-country"
    desk.write("site.yaml", "titel: x\n")
    assert due(desk).code == 2


def test_the_sample_of_a_schedule_works_in_a_shell(desk: SiteFolder, tmp_path: Path) -> None:
    """`due && build` publishes at the moment, and only then."""
    for stamp, published_now in (("1795176000", False), ("1795694400", True), ("1795694401", True)):
        env = {"SOURCE_DATE_EPOCH": stamp}
        if process("due", "--quiet", cwd=desk.root, env=env).code == 0:
            assert process("build", "--quiet", cwd=desk.root, env=env).code == 0
        assert desk.path("public/alerts/2026/qqlater/index.html").exists() == published_now


@pytest.mark.parametrize(
    ("more", "text", "told"),
    [
        ("", "[a](gone.md)", 'alerts/qqlater.md:7:5: warning[dead-link]: "gone.md" leads nowhere'),
        ("", "[a](draft.md)", "alerts/qqlater.md:7:5: warning[link-to-held]"),
        ("", "[a](qqlast.md)", "alerts/qqlater.md:7:5: warning[link-to-held]"),
        ("aliases: [/old/]\n", "x", "warning[address-taken]"),
        ("slug: now\n", "x", "error[twin-slug]"),
        ("", "[a](now.md)", ""),
    ],
)
def test_what_will_stop_a_build_when_a_text_appears_is_told_before(
    desk: SiteFolder, more: str, text: str, told: str
) -> None:
    desk.write("alerts/now.md", alert("Now", "aliases: [/old/]\n"))
    desk.write("alerts/qqlast.md", alert("Last", "embargo: 2026-12-25T14:00:00+00:00\n"))
    embargoed = f"---\ntitle: Later\ndate: 2026-11-18\nembargo: 2026-11-25T14:00:00+00:00\n{more}---\n\n{text}\n"
    desk.write("alerts/qqlater.md", embargoed)
    ran = alertgen("build", cwd=desk.root)
    assert told in ran.all
    assert ("; from 25 November 2026 at 14:00 UTC on, no build will succeed" in ran.all) == ("warning" in told)
    assert ran.code == ("error" in told), "what is public today is published"
    stopped = alertgen("check", "--now", LATER, cwd=desk.root)
    assert stopped.code == bool(told)
    assert "qqlater" not in "".join(tree(desk.path("public")))


def test_an_address_that_vanishes_today_is_told_once(desk: SiteFolder) -> None:
    desk.delete("alerts/now.md")
    problems = json.loads(alertgen("check", "--format", "json", cwd=desk.root).out)["problems"]
    assert {problem["severity"] for problem in problems if problem["code"] == "vanished-address"} == {"error"}
