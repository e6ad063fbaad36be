"""A published alert that changes the number by which others cite it is told of, once, and nothing else is."""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from alertgen.build import build, check
from alertgen.check.ledger import check as compare
from alertgen.diagnostics import Diagnostic
from alertgen.load.ledger import united
from alertgen.model import Alert, Ledger, Site, StandingPage
from alertgen.plan.planners import plan_outputs
from alertgen.write.ledger import ledger_text
from alertgen.write.record import updated_ledger
from conftest import NOON, SITE_YAML, SiteFolder
from factories import SUDAN, alert, page, site, situation
from terminal import alertgen

MONDAY = datetime.date(2021, 2, 1)
Text = Alert | StandingPage


def numbered(number: int | None, stem: str = "one", lang: str = "en", note: str = "") -> Alert:
    corrections = (("2021-01-09", note),) if note else ()
    text = situation("One", SUDAN)
    return alert("2021-01-01", text, stem=stem, lang=lang, number=number, corrections=corrections)


def moved(one: Alert, slug: str, *aliases: str) -> Alert:
    return replace(one, slug=slug, aliases=aliases)


def published(*texts: Text, before: Ledger | None = None) -> Ledger:
    new = site(*texts)
    return updated_ledger(before or Ledger(), new, plan_outputs(new), MONDAY)


def told(ledger: Ledger, *texts: Text) -> list[Diagnostic]:
    """Return what is told of numbers when *texts* are published after *ledger*."""
    new: Site = replace(site(*texts), ledger=ledger)
    return [found for found in compare(new, plan_outputs(new), ()) if found.code == "changed-number"]


def once(ledger: Ledger, *texts: Text) -> list[str]:
    """Return what is told the first time; the second time nothing is."""
    first = told(ledger, *texts)
    assert told(published(*texts, before=ledger), *texts) == []
    return [found.message for found in first]


def numbers(ledger: Ledger) -> dict[str, tuple[int, ...]]:
    return {entry.address: entry.numbers for entry in ledger.entries if entry.numbers}


def nameless(ledger: Ledger) -> Ledger:
    """Return *ledger* as an alertgen wrote it that recorded no numbers."""
    return Ledger(entries=tuple(replace(entry, numbers=()) for entry in ledger.entries))


TWO = numbered(2, "two")


def test_another_number_is_told_until_it_is_published() -> None:
    assert once(published(numbered(1), TWO), numbered(3), TWO) == [
        "this alert was published with the number 1, by which others cite it, but has 3 now"
    ]


def test_a_number_that_is_gone_is_told() -> None:
    assert once(published(numbered(1), TWO), numbered(None), TWO) == [
        "this alert was published with the number 1, by which others cite it, but has none now"
    ]


@pytest.mark.parametrize(
    "after",
    [
        (numbered(1), TWO),
        (numbered(1), TWO, numbered(3, "new")),
        (TWO, numbered(1, lang="fr"), numbered(1)),
        (moved(numbered(1), "elsewhere", "/alerts/2021/one/"), TWO),
        (replace(numbered(1), title="Another", date=datetime.date(2021, 1, 5)), TWO),
        (replace(numbered(1), path="alerts/x.md", stem="x"), TWO),
    ],
)
def test_what_keeps_its_number_is_quiet(after: tuple[Alert, ...]) -> None:
    assert once(published(numbered(1), TWO), *after) == []


def test_a_first_number_is_no_change_unless_others_cite_another_alert_by_it() -> None:
    assert once(published(numbered(None), TWO), numbered(1), TWO) == []
    assert once(published(numbered(None), TWO), numbered(2), page("two-now", aliases=("/alerts/2021/two/",))) == [
        "2 is the number by which others cite the one that was published at /alerts/2021/two/; "
        "this alert was published without it"
    ]


def test_two_that_exchange_their_numbers_are_told_whose_theirs_are() -> None:
    ledger = published(numbered(1), TWO)
    first, second = told(ledger, numbered(2), numbered(1, "two"))
    assert first.message.endswith("but has 2 now, that of the one that was published at /alerts/2021/two/")
    assert "alerts/2021/two.md has it now and needs another one" in first.hint
    assert second.message.endswith("but has 1 now, that of the one that was published at /alerts/2021/one/")
    assert once(ledger, numbered(2), numbered(1, "two")) == [first.message, second.message]


def test_a_new_alert_is_never_told() -> None:
    ledger = published(numbered(1), TWO)
    assert told(ledger, numbered(1), TWO, numbered(2, "new")) == []
    assert [found.at.path for found in told(ledger, numbered(1), numbered(3, "two"), numbered(2, "new"))] == [
        "alerts/2021/two.md"
    ]


def test_a_ledger_without_numbers_learns_them_quietly() -> None:
    old = nameless(published(numbered(1), numbered(1, lang="fr"), TWO))
    assert once(old, numbered(7), numbered(7, lang="fr"), numbered(1, "two"), numbered(2, "new")) == []
    learned = published(numbered(1), TWO, before=old)
    assert numbers(learned) == {"/alerts/2021/one/": (1,), "/alerts/2021/two/": (2,)}


def test_translations_that_change_alike_are_told_together() -> None:
    ledger = published(numbered(1), numbered(1, lang="fr"))
    (both,) = told(ledger, numbered(3, lang="fr"), numbered(3))
    assert (both.at.path, [place.path for place in both.also]) == ("alerts/2021/one.md", ["alerts/2021/one.fr.md"])
    (single,) = told(ledger, numbered(1), numbered(3, lang="fr"))
    assert (single.at.path, single.also) == ("alerts/2021/one.fr.md", ())


def test_a_translation_may_have_the_number_of_its_original() -> None:
    ledger = published(numbered(1), numbered(None, lang="fr"))
    assert once(ledger, numbered(1), numbered(1, lang="fr")) == []


def test_the_number_goes_with_an_alert_wherever_it_moves() -> None:
    here, there = "/alerts/2021/one/", "/alerts/2021/there/"
    ledger = published(numbered(1))
    assert len(once(ledger, moved(numbered(3), "there", here))) == 1
    ledger = published(moved(numbered(1), "there", here), before=ledger)
    assert numbers(ledger) == {there: (1,)}
    assert len(once(ledger, moved(numbered(3), "there", here))) == 1
    ledger = published(moved(numbered(3), "there", here), before=ledger)
    assert once(ledger, moved(numbered(3), "one", there)) == [], "back again"
    assert len(once(ledger, moved(numbered(1), "one", there))) == 1


def test_alerts_that_have_exchanged_their_files_are_told_of_that_alone() -> None:
    one, other = (
        alert("2021-01-01", replace(situation(stem, SUDAN), anchor=f"sudan-{stem}"), stem=stem, number=number)
        for stem, number in (("river", 1), ("bridge", 2))
    )
    swapped = [
        replace(text, path=home.path, stem=home.stem, slug=home.slug, id=home.id)
        for text, home in ((one, other), (other, one))
    ]
    new = replace(site(*swapped), ledger=published(one, other))
    assert {found.code for found in compare(new, plan_outputs(new), ())} == {"changed-id"}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_new_correction_that_names_the_old_number_says_that_the_change_is_meant(lang: str) -> None:
    ledger = published(numbered(1, lang=lang))
    said = "نشر هذا التنبيه أولا برقم \u0661." if lang == "ar" else "First published as No. 1."
    assert once(ledger, numbered(3, lang=lang, note=said)) == []
    assert len(once(ledger, numbered(3, lang=lang, note="11 people fled, not 12."))) == 1


def test_an_older_correction_with_that_number_in_it_says_nothing_about_it() -> None:
    noted = numbered(1, note="It was 1 person.")
    assert len(once(published(noted), replace(noted, number=3))) == 1


def test_of_two_branches_either_number_is_one_that_was_published(site: Callable[..., SiteFolder]) -> None:
    here = site("-- alerts/2026-11-18-market.md --\n" + ALERT.format(number=2))
    lines = [
        f',"/alerts/2026/market/": {{"id": "urn:x:1", "first": "2026-11-18", "numbers": [{number}]}}'
        for number in (1, 2)
    ]
    here.write("published.json", "\n".join(['{"version": 1, "addresses": {', lines[0][1:], lines[1], "}}"]))
    assert check(here.root, now=NOON).problems == ()
    here.edit("alerts/2026-11-18-market.md", "number: 2", "number: 3")
    (found,) = check(here.root, now=NOON).problems
    assert found.message.startswith("this alert was published with the number 1 or 2, by")
    assert build(here.root, here.path("public"), now=NOON).ok
    assert '"numbers": [3]' in here.path("published.json").read_text()


def test_of_a_build_that_was_stopped_before_it_could_tell_the_next_one_tells() -> None:
    known = published(numbered(1))
    after = united(known, ledger_text(published(numbered(3), TWO, before=known)).encode())
    assert numbers(after) == {"/alerts/2021/one/": (1,), "/alerts/2021/two/": (2,)}
    assert numbers(united(nameless(known), ledger_text(known).encode())) == numbers(known)


ALERT = "---\ntitle: Market\ndate: 2026-11-18\ncountry: SD\nid: urn:x:1\nnumber: {number}\n---\n\nWhat happened.\n"
PATH = "alerts/2026-11-18-market.md"


@pytest.fixture
def desk(site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site that has published an alert with a number."""
    folder = site(f"-- site.yaml --\n{SITE_YAML}search: false\n-- {PATH} --\n{ALERT.format(number=12)}")
    assert codes(build(folder.root, folder.path("public"), now=NOON).problems) == []
    return folder


def codes(problems: Iterable[Diagnostic]) -> list[str]:
    return [found.code for found in problems]


def test_builds_tell_it_once_and_not_again_when_nothing_has_changed(desk: SiteFolder) -> None:
    desk.edit(PATH, "number: 12", "number: 13")
    for _ in range(2):
        assert "[changed-number]" in alertgen("check", cwd=desk.root).all
    assert "[changed-number]" in alertgen("build", cwd=desk.root).all
    for _ in range(3):
        quiet = alertgen("build", cwd=desk.root)
        assert (quiet.code, "changed-number" in quiet.all) == (0, False)


def test_an_edit_of_words_after_it_is_quiet(desk: SiteFolder) -> None:
    desk.edit(PATH, "number: 12", "number: 13")
    assert alertgen("build", cwd=desk.root).code == 0
    desk.edit(PATH, "What happened.", "What has happened.")
    ran = alertgen("build", cwd=desk.root)
    assert (ran.code, "changed-number" in ran.all) == (0, False)
    assert json.loads(desk.path("published.json").read_bytes())["addresses"]["/alerts/2026/market/"]["numbers"] == [13]


def test_a_strict_build_publishes_no_change_until_a_correction_tells_it(desk: SiteFolder) -> None:
    desk.edit(PATH, "number: 12", "number: 13")
    assert alertgen("build", "--strict", cwd=desk.root).code == 1
    assert '"numbers": [12]' in desk.path("published.json").read_text()
    note = "number: 13\ncorrections: [{date: 2026-11-19, text: First published as No. 12.}]"
    desk.edit(PATH, "number: 13", note)
    assert alertgen("build", "--strict", cwd=desk.root).code == 0
    assert '"numbers": [13]' in desk.path("published.json").read_text()


def test_a_rehearsal_tells_it_and_records_nothing(desk: SiteFolder) -> None:
    before = desk.path("published.json").read_bytes()
    desk.edit(PATH, "number: 12", "number: 13")
    report = build(desk.root, desk.path("rehearsal"), now=NOON, rehearsal=True)
    assert codes(report.problems) == ["changed-number"]
    assert desk.path("published.json").read_bytes() == before


def test_what_is_held_back_leaves_no_number_in_the_ledger(desk: SiteFolder) -> None:
    for name, key in (("draft", "draft: true"), ("later", "embargo: 2027-01-01T00:00:00Z")):
        text = ALERT.format(number=77).replace("id: urn:x:1", key).replace("Market", name)
        desk.write(f"alerts/2026-11-18-{name}.md", text.replace("77", "77" if name == "draft" else "78"))
    assert build(desk.root, desk.path("public"), now=NOON).ok
    content = desk.path("published.json").read_text()
    assert ("77" in content, "78" in content) == (False, False)


def test_what_was_forgotten_is_new_again(desk: SiteFolder) -> None:
    assert alertgen("forget", "/alerts/2026/market/", cwd=desk.root).code == 0
    desk.edit(PATH, "number: 12", "number: 13")
    assert codes(check(desk.root, now=NOON).problems) == []


def test_what_is_told_until_it_is_published_is_not_repeated_by_a_build_that_does_nothing(desk: SiteFolder) -> None:
    old = ALERT.format(number=11).replace("id: urn:x:1", "aliases: [/b/old/]").replace("Market", "Old")
    desk.edit("site.yaml", "https://example.org/", "https://example.org/b/")
    desk.write("alerts/2026-11-11-old.md", old.replace("2026-11-18", "2026-11-11"))
    assert "[alias-repeats-folder]" in alertgen("build", cwd=desk.root).all
    for _ in range(2):
        assert "alias-repeats-folder" not in alertgen("build", cwd=desk.root).all
