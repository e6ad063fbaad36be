"""Nothing that was ever published vanishes or becomes something else unnoticed."""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from alertgen.check import addresses
from alertgen.check.ledger import check
from alertgen.diagnostics import Diagnostic
from alertgen.model import Alert, Correction, Held, HeldBecause, HeldText, Ledger, Site, StandingPage
from alertgen.outputs import Contents, FeedFile, Page
from alertgen.plan.planners import plan_outputs
from alertgen.views import RiskView
from alertgen.write.forgetting import without as left_without
from alertgen.write.record import updated_ledger
from factories import CRISIS, GENOCIDE, MALI, RISK, SUDAN, alert, page, site, situation

MONDAY = datetime.date(2021, 2, 1)
ONE = alert("2021-01-01", situation("One", SUDAN), stem="one")
TWO = alert("2021-01-02", situation("Two", SUDAN), situation("Three", MALI), stem="two")
ABOUT = page("about")
Text = Alert | StandingPage


def checked(before: Iterable[Text], after: Iterable[Text], held: tuple[Held, ...] = ()) -> list[Diagnostic]:
    """Publish the texts *before*, then check the texts *after*."""
    new: Site = replace(site(*after), ledger=published(*before))
    return list(check(new, plan_outputs(new), held))


def published(*texts: Text) -> Ledger:
    """Return the ledger after *texts* were published."""
    old = site(*texts)
    return updated_ledger(Ledger(), old, plan_outputs(old), MONDAY)


def without(addresses: Iterable[str], ledger: Ledger) -> Ledger:
    """Return *ledger* after the lines of *addresses* were deleted."""
    gone = frozenset(addresses)
    return Ledger(entries=tuple(entry for entry in ledger.entries if entry.address not in gone))


def told(problems: list[Diagnostic]) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.message, problem.hint) for problem in problems]


def test_an_archive_that_grows_is_fine() -> None:
    assert checked([ONE], [ONE, TWO, ABOUT]) == []
    assert checked([], [ONE]) == []


def test_a_moved_alert_gets_the_line_to_paste() -> None:
    problems = checked([ONE, TWO], [replace(ONE, slug="first"), TWO])
    assert told(problems) == [
        (
            "vanished-address",
            "/alerts/2021/one/ was published on 2021-02-01 and would not be there any more",
            "it is now at /alerts/2021/first/; so write among the keys of alerts/2021/one.md:\n"
            "aliases: [/alerts/2021/one/]",
        )
    ]
    assert problems[0].at == ONE.place


def test_the_line_to_paste_keeps_the_aliases_that_are_there() -> None:
    before = replace(ONE, aliases=("/zero/",))
    (problem,) = checked([before], [replace(before, slug="first")])
    assert problem.hint.endswith("\naliases: [/alerts/2021/one/, /zero/]")


def test_the_line_to_paste_mends_it() -> None:
    assert checked([ONE, TWO], [replace(ONE, slug="first", aliases=("/alerts/2021/one/",)), TWO]) == []


def test_a_renamed_file_with_another_id_is_found_by_its_name() -> None:
    renamed = alert("2021-01-01", situation("One", SUDAN), stem="villages-attacked-in-darfur")
    wrong = alert("2021-01-01", situation("One", SUDAN), stem="vilages-attacked-in-darfur")
    (problem,) = checked([wrong, TWO], [renamed, TWO])
    assert problem.hint == (
        "if it is now at /alerts/2021/villages-attacked-in-darfur/, write among the keys of "
        "alerts/2021/villages-attacked-in-darfur.md:\naliases: [/alerts/2021/vilages-attacked-in-darfur/]\n"
        "if it must go because it endangers somebody, type this and build again:\n"
        "alertgen forget /alerts/2021/vilages-attacked-in-darfur/"
    )


def test_a_renamed_file_with_another_name_altogether_is_guessed_when_it_is_the_only_new_one() -> None:
    market, fair = (alert("2021-01-01", situation("One", SUDAN), stem=stem) for stem in ("market", "fair"))
    (problem,) = checked([market, TWO], [fair, TWO])
    assert problem.hint == (
        "if it is now at /alerts/2021/fair/, write among the keys of alerts/2021/fair.md:\n"
        "aliases: [/alerts/2021/market/]\n"
        "if it must go because it endangers somebody, type this and build again:\n"
        "alertgen forget /alerts/2021/market/"
    )
    other = alert("2021-01-05", situation("Other", SUDAN), stem="other")
    assert [one.at.path for one in checked([market, TWO], [fair, other, TWO])] == ["published.json"]


def test_a_deleted_alert_is_told_once_although_its_country_goes_too() -> None:
    (problem,) = checked([ONE, TWO], [ONE])
    assert problem.at.path == "published.json"
    assert problem.message == (
        "/alerts/2021/two/ was published on 2021-02-01 and would not be there any more; nor would the lists on which "
        "nothing is left: /countries/mali/"
    )
    assert problem.hint == (
        "bring its file back; if it must go because it endangers somebody, or was never on the web, type this and "
        "build again:\nalertgen forget /alerts/2021/two/ /countries/mali/\n"
        "or let the address lead to another alert or page by a line among the keys of that one:\n"
        "aliases: [/alerts/2021/two/]"
    )


def test_what_the_report_says_to_forget_is_all_that_has_to_go() -> None:
    (problem,) = checked([ONE, TWO], [ONE])
    typed = problem.hint.split("\n")[1].split()[2:]
    new = replace(site(ONE), ledger=left_without(typed, published(ONE, TWO)))
    assert list(check(new, plan_outputs(new), ())) == []
    assert left_without(["/"], published(ONE)).entries == published(ONE).entries[1:]


def test_a_list_on_which_nothing_is_left_is_told_by_itself_when_no_alert_has_gone() -> None:
    wrong = alert("2019-01-02", situation("Old", SUDAN), stem="old")
    moved = replace(wrong, date=datetime.date(2021, 1, 2), aliases=("/alerts/2019/old/",))
    (problem,) = checked([ONE, wrong], [ONE, moved])
    assert problem.message == "/alerts/2019/ was published on 2021-02-01 and would not be there any more"
    assert "if it came of a wrong tag or date" in problem.hint
    assert "\nalertgen forget /alerts/2019/\n" in problem.hint


def test_the_page_of_a_risk_tag_that_was_taken_back_stays() -> None:
    tagged = alert("2021-01-01", situation("One", SUDAN, tags=(GENOCIDE,)), stem="one")
    assert checked([tagged], [ONE]) == []
    new = replace(site(ONE), ledger=published(tagged))
    (page,) = [output for output in plan_outputs(new).outputs if output.address == "/risks/genocide/"]
    assert isinstance(page, Page)
    assert isinstance(page.contents, Contents)
    assert isinstance(page.contents.view, RiskView)
    assert page.contents.view.situations == ()


def test_a_year_that_goes_does_not_hide_its_alert() -> None:
    (problem,) = checked([ONE, alert("2019-01-02", situation("Old", SUDAN), stem="old")], [ONE])
    assert problem.message.startswith("/alerts/2019/old/ ")
    assert problem.message.endswith(": /alerts/2019/")


def test_a_page_may_take_over_the_address_of_a_deleted_alert() -> None:
    assert checked([ONE, TWO, ABOUT], [TWO, replace(ABOUT, aliases=("/alerts/2021/one/",))]) == []


@pytest.mark.parametrize("alias", ["/countries/mali/", "/countries/mali", "/countries/mali/index.html"])
def test_no_alias_hides_that_the_feeds_of_a_list_are_gone(alias: str) -> None:
    about = replace(ABOUT, aliases=("/alerts/2021/two/", alias))
    (problem,) = checked([ONE, TWO, ABOUT], [ONE, about])
    assert (problem.code, problem.at) == ("vanished-address", ABOUT.place)
    assert problem.message == (
        f'the alias "{alias}" leads readers on, but no feed reader: atom.xml, feed.json and feed.xml in it were '
        "published and would not be there any more"
    )
    feeds = [f"/countries/mali/{name}" for name in ("atom.xml", "feed.json", "feed.xml")]
    assert problem.hint.endswith(f"\nalertgen forget {' '.join(feeds)}")
    new = replace(site(ONE, about), ledger=without(feeds, published(ONE, TWO, ABOUT)))
    assert list(check(new, plan_outputs(new), ())) == []


def test_a_feed_whose_page_is_gone_is_not_to_be_led_to_a_page() -> None:
    left = without(["/countries/mali/", "/alerts/2021/two/"], published(ONE, TWO))
    new = replace(site(ONE), ledger=left)
    problems = check(new, plan_outputs(new), ())
    assert {problem.message.split()[0] for problem in problems} == {
        f"/countries/mali/{name}" for name in ("atom.xml", "feed.json", "feed.xml")
    }
    assert all("aliases" not in problem.hint for problem in problems)


def test_a_published_alert_that_is_held_back_again_is_told_at_its_file() -> None:
    held = Held(path="alerts/2021/two.md", because=HeldBecause.DRAFT, until=None)
    problems = [problem for problem in checked([ONE, TWO], [ONE], (held,)) if "/two/" in problem.message]
    assert [problem.at.path for problem in problems] == ["alerts/2021/two.md"]
    assert "cannot be held back any more (it is held back now: draft)" in problems[0].hint


@pytest.mark.parametrize("because", [HeldBecause.FUTURE, HeldBecause.EMBARGO])
def test_a_clock_that_is_wrong_takes_nothing_out_of_the_ledger(because: HeldBecause) -> None:
    first = published(ONE, TWO)
    day = next(entry.first for entry in first.entries if entry.address == "/alerts/2021/two/")
    for until, wrong in ((day, True), (day + datetime.timedelta(days=1), False)):
        moment = datetime.datetime.combine(until, datetime.time(), datetime.UTC)
        held = Held(path="alerts/2021/two.md", because=because, until=moment)
        told = {one.message.split()[0]: one for one in checked([ONE, TWO], [ONE], (held,))}
        problem = told.pop("/alerts/2021/two/")
        assert list(told) == []
        assert ("look at the clock of this computer" in problem.hint) is wrong
        assert ("if the clock was wrong at that build, the text is in the site too early" in problem.hint) is wrong
        assert problem.hint.endswith("\nalertgen forget /alerts/2021/two/ /countries/mali/")
        assert ("write the old moment again" in problem.hint) is (wrong and because is HeldBecause.EMBARGO)


def test_all_that_goes_with_a_text_that_is_held_back_is_told_in_one_message() -> None:
    before = replace(TWO, aliases=("/old/", "/alerts/2021/second"))
    held = HeldText(
        path="alerts/2021/x.md", because=HeldBecause.DRAFT, until=None, addresses=("/alerts/2021/two/", *before.aliases)
    )
    problems = checked([ONE, before], [ONE], (held,))
    (problem,) = problems
    assert problem.at.path == held.path
    assert problem.message == (
        "/alerts/2021/two/ was published on 2021-02-01 and would not be there any more, nor would what leads there: "
        "/alerts/2021/second/ and /old/; nor would the lists on which nothing is left: /countries/mali/"
    )
    assert problem.hint.endswith("\nalertgen forget /alerts/2021/two/ /alerts/2021/second/ /old/ /countries/mali/")


@pytest.mark.parametrize(
    ("because", "told"),
    [(HeldBecause.DRAFT, "alertgen forget /fr/"), (HeldBecause.FUTURE, "at `timezone` in site.yaml")],
)
def test_a_language_all_of_which_is_held_back_is_told_at_a_file_of_it(because: HeldBecause, told: str) -> None:
    french = replace(TWO, lang="fr", path="alerts/2021/two.fr.md")
    until = None if because is HeldBecause.DRAFT else datetime.datetime.combine(MONDAY, datetime.time(), datetime.UTC)
    held = HeldText(path=french.path, because=because, until=until, addresses=("/fr/alerts/2021/two/",))
    old = site(ONE, french, languages=("en", "fr"))
    ledger = updated_ledger(Ledger(), old, plan_outputs(old), MONDAY)
    new = replace(site(ONE, languages=("en", "fr")), ledger=ledger)
    (problem,) = check(new, plan_outputs(new), (held,))
    assert problem.at.path == french.path
    assert problem.message.startswith("/fr/ was published on 2021-02-01")
    assert told in problem.hint
    assert "bring its files back" not in problem.hint


def test_whatever_is_held_back_is_found_by_its_address_not_by_the_name_of_its_file() -> None:
    other = HeldText(path="alerts/2021/two.md", because=HeldBecause.DRAFT, until=None, addresses=("/alerts/2021/new/",))
    (problem, *_) = checked([ONE, TWO], [ONE], (other,))
    assert problem.at.path == "published.json"
    assert "bring its file back" in problem.hint


MARKET, RIVER, TOWN = (
    alert("2021-01-01", replace(situation(stem.title(), SUDAN), anchor=f"sudan-{stem}"), stem=stem)
    for stem in ("market", "river", "town")
)


def at(address_of: Alert, told: Alert) -> Alert:
    """Return what becomes of *told* when its file gets the name of another, and with it address and id."""
    return replace(told, slug=address_of.slug, id=address_of.id)


def test_files_that_exchange_their_names_are_told_where_each_belongs() -> None:
    problems = checked([MARKET, RIVER], [at(RIVER, MARKET), at(MARKET, RIVER)])
    assert told(problems) == [
        (
            "changed-id",
            "the alert that was published at /alerts/2021/market/ is now at /alerts/2021/river/, with the feed id of "
            "the one published there",
            "give the file back its name, or write among the keys:\nslug: market",
        ),
        (
            "changed-id",
            "the alert that was published at /alerts/2021/river/ is now at /alerts/2021/market/, with the feed id of "
            "the one published there",
            "give the file back its name, or write among the keys:\nslug: river",
        ),
    ]
    assert [problem.at for problem in problems] == [MARKET.place, RIVER.place]


def test_files_that_exchange_their_names_are_found_out_although_a_heading_was_reworded() -> None:
    def longer(one: Alert, headline: str) -> Alert:
        return replace(one, situations=(*one.situations, replace(one.situations[0], headline=headline)))

    market, river = longer(MARKET, "Talks"), longer(RIVER, "Talks fail")
    assert [found.code for found in checked([MARKET, RIVER], [at(RIVER, market), at(MARKET, river)])] == [
        "changed-id"
    ] * 2


def test_three_files_that_pass_their_names_round_are_told() -> None:
    after = [at(RIVER, MARKET), at(TOWN, RIVER), at(MARKET, TOWN)]
    assert [problem.code for problem in checked([MARKET, RIVER, TOWN], after)] == ["changed-id"] * 3


def test_alerts_that_are_only_reworded_have_not_exchanged_anything() -> None:
    def reworded(one: Alert, headline: str) -> Alert:
        return replace(one, situations=(replace(one.situations[0], headline=headline),))

    assert checked([MARKET, RIVER, TOWN], [reworded(MARKET, "River"), RIVER, TOWN]) == []
    assert checked([MARKET, RIVER, TOWN], [reworded(MARKET, "Fair"), reworded(RIVER, "Stream"), TOWN]) == []
    assert checked([MARKET, RIVER, TOWN], [reworded(MARKET, "River"), reworded(RIVER, "Fair"), TOWN]) == []


def test_an_alert_that_takes_the_name_of_another_whose_name_was_taken_is_told_where_it_belongs() -> None:
    found = told(checked([MARKET, RIVER], [at(RIVER, MARKET), replace(RIVER, slug="stream", id="urn:x:new")]))
    assert [(code, hint) for code, _, hint in found] == [
        ("changed-id", "give the file back its name, or write among the keys:\nslug: market")
    ]
    elsewhere = replace(at(RIVER, MARKET), date=datetime.date(2020, 1, 1))
    river = replace(RIVER, date=datetime.date(2020, 1, 1))
    hints = {problem.code: problem.hint for problem in checked([MARKET, river], [elsewhere])}
    assert hints["changed-id"] == "give the file back its name, its date and its language"


FAIR = replace(MARKET, slug="fair", stem="fair", path="alerts/2021/fair.md")
MOVED = replace(FAIR, aliases=("/alerts/2021/market/",))


def again(before: Iterable[Text], then: Iterable[Text], after: Iterable[Text]) -> list[Diagnostic]:
    """Publish the texts *before*, and *then*; check the texts *after*."""
    moved = site(*then)
    ledger = updated_ledger(published(*before), moved, plan_outputs(moved), MONDAY)
    new: Site = replace(site(*after), ledger=ledger)
    return list(check(new, plan_outputs(new), ()))


def newcomer(stem: str, **changes: object) -> Alert:
    """Return a new alert that has the feed id of `MARKET`, since it has its old address or file name."""
    new = alert("2021-01-20", replace(situation("Talks", SUDAN), anchor="sudan-talks"), stem=stem)
    return replace(new, id=MARKET.id, **changes)


def test_a_new_alert_at_the_old_address_of_another_one_is_told_of_that_one() -> None:
    for texts in ([replace(MOVED, aliases=()), newcomer("market")], [newcomer("market"), replace(MOVED, aliases=())]):
        (problem,) = again([MARKET], [MOVED], texts)
        assert told([problem]) == [
            (
                "reused-id",
                "this alert would have the feed id of alerts/2021/fair.md, and feed readers would take the two for "
                "one: that one was published at /alerts/2021/market/",
                "rename this file; for readers who look for that one there, write among the keys of "
                "alerts/2021/fair.md:\naliases: [/alerts/2021/market/]",
            )
        ]
        assert problem.at == newcomer("market").place
    (problem,) = again([MARKET], [MOVED], [replace(MOVED, aliases=()), newcomer("x", slug="market")])
    assert problem.hint.startswith("give this one another `slug`; ")
    assert again([MARKET], [MOVED], [MOVED, replace(newcomer("x"), id="urn:x:new")]) == []


def test_of_an_alias_that_was_the_address_of_its_alert_the_page_there_has_to_go() -> None:
    problems = again([MARKET], [MOVED], [MOVED, newcomer("x", slug="market")])
    assert [(code, hint) for code, _, hint in told(problems)] == [
        ("reused-id", "give this one another `slug`"),
        (
            "alias-is-a-page",
            "give what is at /alerts/2021/market/ another address: this alert was published there, and is looked for",
        ),
    ]


def test_a_new_alert_with_an_id_of_its_own_at_the_old_address_of_another_one_has_to_go_elsewhere() -> None:
    new = replace(newcomer("x", slug="market"), id="urn:x:new")
    (problem,) = again([MARKET], [MOVED], [replace(MOVED, aliases=()), new])
    assert (problem.code, problem.hint) == (
        "changed-id",
        "alerts/2021/fair.md has that id, and was published here: give this one another `slug`; for readers who look "
        "for that one there, write among the keys of alerts/2021/fair.md:\naliases: [/alerts/2021/market/]",
    )


def test_an_alias_that_was_the_address_of_another_alert_gives_no_id() -> None:
    thief = newcomer("thief", aliases=("/alerts/2021/market/",))
    (problem,) = again([MARKET], [MOVED], [replace(MOVED, aliases=("/a/",)), thief])
    assert problem.code == "reused-id"
    assert problem.hint == (
        "take /alerts/2021/market/ out of `aliases` here; for readers who look for that one there, write in place of "
        "the `aliases` of alerts/2021/fair.md:\naliases: [/a/, /alerts/2021/market/]"
    )


def test_a_file_with_the_old_name_of_another_one_needs_a_name_of_its_own() -> None:
    (problem,) = again([MARKET], [MOVED], [MOVED, newcomer("other")])
    assert (problem.code, problem.hint) == (
        "reused-id",
        "rename the file of this alert: the id was made of this name when the other file had it",
    )


def test_an_alert_whose_file_was_renamed_for_another_one_is_known_by_its_number_and_anchors() -> None:
    market, fair = replace(MARKET, number=7), replace(FAIR, number=7, id="urn:x:fair")
    (problem,) = checked([market], [newcomer("market", number=8), fair])
    assert problem.code == "reused-id"
    assert problem.hint.endswith(" write among the keys of alerts/2021/fair.md:\naliases: [/alerts/2021/market/]")
    problems = checked([market], [newcomer("market", number=8), replace(fair, number=9)])
    assert {found.code for found in problems} == {"changed-number", "vanished-anchor"}, "it may be a new one"
    assert "changed-number" in {found.code for found in checked([market], [replace(market, number=8), fair])}


def test_a_lost_address_is_looked_for_by_headlines_before_names() -> None:
    fair = replace(FAIR, id="urn:x:fair")
    near = alert("2021-01-20", situation("Talks", SUDAN), stem="markets")
    problems = checked([MARKET, TOWN], [TOWN, fair, near])
    assert problems[0].hint.startswith("if it is now at /alerts/2021/fair/, write ")


def test_translations_that_are_renamed_together_are_found_each() -> None:
    french = replace(MARKET, path="alerts/2021/market.fr.md", lang="fr", id="urn:x:fr")
    for original, other in ((MARKET, french), (french, MARKET)):
        renamed = [replace(one, slug="fair", id=f"{one.id}-fair") for one in (original, other)]
        hints = {problem.hint for problem in checked([MARKET, french, TOWN], [*renamed, TOWN])}
        assert hints == {
            f"if it is now at {edition}/alerts/2021/fair/, write among the keys of alerts/2021/{name}:\n"
            f"aliases: [{edition}/alerts/2021/market/]"
            for edition, name in (("", "market.md"), ("/fr", "market.fr.md"))
        }


def test_an_alias_that_was_removed_is_missed() -> None:
    (problem,) = checked([replace(ONE, aliases=("/old/",))], [ONE])
    assert (problem.code, problem.message.split()[0]) == ("vanished-address", "/old/")


def test_a_standing_page_that_goes_is_missed() -> None:
    (problem,) = checked([ONE, ABOUT], [ONE])
    assert problem.message.startswith("/about/ was published")


@pytest.mark.parametrize("alias", ["/alerts/2021/one/", "/alerts/2021/one", "/alerts/2021/one/index.html"])
def test_an_alias_is_understood_in_every_spelling(alias: str) -> None:
    assert checked([ONE], [replace(ONE, slug="first", aliases=(alias,))]) == []


def test_a_changed_id_gets_the_line_to_paste() -> None:
    problems = checked([ONE], [replace(ONE, id="urn:x:new")])
    assert told(problems) == [
        (
            "changed-id",
            'the feed id of /alerts/2021/one/ would change from "urn:x:alerts/2021/one.md" to "urn:x:new"',
            "feed readers would show it as a new alert; write among the keys:\nid: urn:x:alerts/2021/one.md",
        )
    ]


def test_an_address_is_not_given_to_another_alert() -> None:
    after = [replace(ONE, slug="first", aliases=()), replace(TWO, slug="one", aliases=("/alerts/2021/two/",))]
    problems = checked([ONE, TWO], after)
    assert [problem.code for problem in problems] == ["changed-id"]
    assert problems[0].hint == (
        "alerts/2021/one.md has that id now: give this alert another `slug`, or its id back:\n"
        "id: urn:x:alerts/2021/one.md"
    )


def test_an_id_is_not_given_to_another_alert() -> None:
    copied = replace(alert("2021-01-05", situation("Copied", SUDAN), stem="copied"), id=ONE.id)
    problems = checked([ONE, ABOUT], [replace(ABOUT, aliases=("/alerts/2021/one/",)), copied])
    assert told(problems) == [
        (
            "reused-id",
            'the feed id "urn:x:alerts/2021/one.md" belongs to the alert that was published at /alerts/2021/one/',
            "remove `id` from this alert, so that it gets one of its own",
        )
    ]


def test_swapped_slugs_are_caught() -> None:
    problems = checked([ONE, TWO], [replace(ONE, slug="two"), replace(TWO, slug="one")])
    assert [problem.code for problem in problems] == ["changed-id", "changed-id"]


def test_an_alias_that_is_a_page_is_refused() -> None:
    problems = checked([ONE, TWO], [ONE, replace(TWO, aliases=("/alerts/2021/one", "/countries/sudan/"))])
    assert told(problems) == [
        (
            "alias-is-a-page",
            'the alias "/alerts/2021/one" is the address of a page of this site',
            "remove it from `aliases`, or give what is at /alerts/2021/one/ another address",
        ),
        (
            "alias-is-a-page",
            'the alias "/countries/sudan/" is the address of a page of this site',
            "remove it from `aliases`, or give what is at /countries/sudan/ another address",
        ),
    ]


@pytest.mark.parametrize("alias", ["/alerts/2021/one", "/Alerts/2021/ONE/", "/alerts/2021/one/index.html"])
def test_an_alias_of_itself_is_refused(alias: str) -> None:
    problems = checked([ONE], [replace(ONE, aliases=(alias,))])
    assert [problem.code for problem in problems] == ["redirect-loop"]


def test_a_situation_that_goes_is_missed_at_the_heading_that_has_its_place() -> None:
    renamed = replace(TWO.situations[1], anchor="elsewhere")
    problems = checked([TWO], [replace(TWO, situations=(TWO.situations[0], renamed))])
    assert told(problems) == [
        (
            "vanished-anchor",
            "links to #three on this page would no longer lead to their situation",
            "write this into the braces of this heading: #three",
        )
    ]
    assert problems[0].at == renamed.place


def test_of_a_situation_that_was_taken_out_readers_are_to_be_told_and_no_other_one_takes_its_place() -> None:
    other = alert("2021-01-03", situation("Talks", MALI))
    left = replace(TWO, situations=TWO.situations[:1], countries=(SUDAN, MALI))
    assert told(checked([TWO, other], [left, other])) == [
        (
            "vanished-anchor",
            "links to #three on this page would no longer lead to their situation",
            "if it was taken out, say so under `corrections`, for readers who look for it; else bring it back",
        )
    ]
    note = Correction(date=MONDAY, text="The second part is in No. 3 now.", wrong_countries=())
    assert checked([TWO, other], [replace(left, corrections=(note,)), other]) == []
    new = replace(TWO.situations[1], key="ML-2", anchor="mali-talks")
    left = replace(left, situations=(*left.situations, new), corrections=(note,))
    (problem,) = checked([TWO, other], [left, other])
    assert problem.hint == "write this into the braces of the heading that readers should find instead: #three"


def published_in_turn(*editions: list[Text]) -> list[Diagnostic]:
    """Publish all but the last of *editions* one after the other, then check the last."""
    now = after(*editions)
    return list(check(now, plan_outputs(now), ()))


def after(*editions: list[Text]) -> Site:
    """Return the last of *editions*, with the ledger of those before."""
    ledger = Ledger()
    for texts in editions[:-1]:
        then = replace(site(*texts), ledger=ledger)
        ledger = updated_ledger(ledger, then, plan_outputs(then), MONDAY)
    return replace(site(*editions[-1]), ledger=ledger)


def moved(to: str, *aliases: str) -> Alert:
    return replace(ONE, slug=to, aliases=tuple(f"/alerts/2021/{alias}/" for alias in aliases))


def test_every_link_of_a_chain_of_names_is_kept() -> None:
    assert published_in_turn([ONE], [moved("second", "one")], [moved("third", "one", "second")]) == []
    for forgotten, kept in (("one", "second"), ("second", "one")):
        (problem,) = published_in_turn([ONE], [moved("second", "one")], [moved("third", kept)])
        assert problem.message.startswith(f"/alerts/2021/{forgotten}/ was published")
        assert problem.hint.endswith("\naliases: [/alerts/2021/one/, /alerts/2021/second/]")


def test_a_name_that_is_taken_back_needs_no_alias_to_itself() -> None:
    assert published_in_turn([ONE], [moved("second", "one")], [replace(ONE, aliases=("/alerts/2021/second/",))]) == []
    problems = published_in_turn([ONE], [moved("second", "one")], [moved("one", "one", "second")])
    assert [problem.code for problem in problems] == ["redirect-loop"]


def test_two_alerts_that_lead_to_each_other_are_refused() -> None:
    after = [replace(ONE, aliases=("/alerts/2021/two/",)), replace(TWO, aliases=("/alerts/2021/one/",))]
    assert [problem.code for problem in checked([ONE, TWO], after)] == ["alias-is-a-page"] * 2


def test_slugs_that_change_places_in_a_round_are_caught_each() -> None:
    three = alert("2021-01-03", situation("Third", SUDAN, MALI), stem="three")
    after = [replace(ONE, slug="two"), replace(TWO, slug="three"), replace(three, slug="one")]
    assert [problem.code for problem in checked([ONE, TWO, three], after)] == ["changed-id"] * 3


def test_another_date_is_another_address() -> None:
    (problem, *_) = checked([ONE, TWO], [replace(ONE, date=ONE.date.replace(year=2020)), TWO])
    assert problem.code == "vanished-address"
    assert problem.hint.endswith("\naliases: [/alerts/2021/one/]")


def test_a_new_alert_does_not_get_the_place_of_one_that_moved_on() -> None:
    taking = replace(alert("2021-01-09", situation("Other", SUDAN), stem="other"), slug="one")
    problems = checked([ONE], [replace(ONE, slug="first"), taking])
    assert [problem.code for problem in problems] == ["changed-id"]
    assert "give this alert another `slug`" in problems[0].hint


def test_a_level_that_nobody_states_any_more_keeps_its_feeds() -> None:
    grave = alert("2021-01-03", situation("Grave", SUDAN, level=CRISIS), stem="grave")
    calmer = alert("2021-01-03", situation("Grave", SUDAN, level=RISK), stem="grave")
    assert published_in_turn([grave], [calmer]) == []
    assert published_in_turn([grave], [calmer], [grave], [calmer]) == []
    outputs = plan_outputs(after([grave], [calmer])).outputs
    feeds = [output for output in outputs if output.address.startswith("/levels/current-crisis/")]
    assert [len(output.feed.items) for output in feeds if isinstance(output, FeedFile)] == [0, 0, 0]


# --- every combination of renaming, moving, deleting, holding back and changing the language --------------------------


def aliased(one: Alert, *more: str, **changes: object) -> list[Alert]:
    """Return *one* with *changes* and *more* aliases."""
    return [replace(one, aliases=(*one.aliases, *more), **changes)]  # type: ignore[arg-type]


def page_of(one: Alert) -> str:
    return f"/alerts/2021/{one.slug}/"


LAST_YEAR = ONE.date.replace(year=2020)
EDITS: dict[str, Callable[[Alert], list[Alert]]] = {
    "keep": lambda one: [one],
    "delete": lambda one: [],
    "rename the page": lambda one: aliased(one, slug=f"{one.slug}-renamed"),
    "rename the page with an alias": lambda one: aliased(one, page_of(one), slug=f"{one.slug}-renamed"),
    "rename the page without its alias": lambda one: aliased(
        replace(one, aliases=()), page_of(one), slug=f"{one.slug}-renamed"
    ),
    "rename the file": lambda one: aliased(one, slug=f"{one.slug}-renamed", id=f"{one.id}-renamed"),
    "move to another year": lambda one: aliased(one, date=LAST_YEAR),
    "move to another year with an alias": lambda one: aliased(one, page_of(one), date=LAST_YEAR),
    "change the language": lambda one: aliased(one, lang="fr"),
    "change the language with an alias": lambda one: aliased(one, page_of(one), lang="fr"),
    "change the id": lambda one: aliased(one, id=f"{one.id}-changed"),
    "drop the alias": lambda one: [replace(one, aliases=())],
    "lead to itself": lambda one: aliased(one, page_of(one)),
    "copy under another name": lambda one: [
        one,
        replace(
            one, slug=f"{one.slug}-copy", stem=f"{one.stem}-copy", path=f"copy-of-{one.path}", id=f"{one.id}-copy",
            aliases=(),
        ),
    ],
    "make it a draft": lambda one: [],
    "put it under embargo": lambda one: [],
    "date it ahead": lambda one: [],
}  # fmt: skip
HOLDS = {
    "make it a draft": HeldBecause.DRAFT,
    "put it under embargo": HeldBecause.EMBARGO,
    "date it ahead": HeldBecause.FUTURE,
}
ONLY_THE_PAGE = {"rename the page", "rename the file", "move to another year", "change the language"}
ONLY_THE_ALIAS = {"rename the page without its alias", "drop the alias"}
HARMLESS = {edit for edit in EDITS if edit.endswith("with an alias")} | {"keep", "copy under another name"}


def expected(edit: str, one: Alert) -> set[tuple[str, str]]:
    """Return code and address of each problem that *edit* of *one* is to be told."""
    (alias,) = one.aliases
    if edit in HARMLESS:
        return set()
    if edit == "change the id":
        return {("changed-id", page_of(one))}
    if edit == "lead to itself":
        return {("redirect-loop", page_of(one))}
    page, old = ("vanished-address", page_of(one)), ("vanished-address", alias)
    return {page} if edit in ONLY_THE_PAGE else {old} if edit in ONLY_THE_ALIAS else {page, old}


def found(problems: Iterable[Diagnostic], addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Return code and address of *problems* with any of *addresses*."""
    return {
        (problem.code, address)
        for problem in problems
        for address in addresses
        if re.search(f'(^|[ "]){re.escape(address)}([ "]|$)', problem.message)
    }


FIRST, SECOND = (replace(one, aliases=(f"/old/{one.slug}/",)) for one in (ONE, TWO))
ALWAYS = alert("2021-01-09", situation("Always there", SUDAN, MALI), stem="always")


@pytest.mark.parametrize("first", EDITS)
def test_every_loss_is_told_and_nothing_else(first: str) -> None:
    for second in EDITS:
        edits = ((first, FIRST), (second, SECOND))
        held = tuple(Held(path=one.path, because=HOLDS[edit], until=None) for edit, one in edits if edit in HOLDS)
        after = [text for edit, one in edits for text in EDITS[edit](one)]
        problems = checked([FIRST, SECOND, ALWAYS], [*after, ALWAYS], held)
        wanted = expected(first, FIRST) | expected(second, SECOND)
        assert (
            found(problems, [address for one in (FIRST, SECOND) for address in (page_of(one), *one.aliases)]) == wanted
        )
        assert len(problems) == len(wanted), (first, second, told(problems))
        for edit, one in edits:
            if edit in HOLDS:
                (problem,) = (problem for problem in problems if problem.message.startswith(f"{page_of(one)} "))
                assert problem.at.path == one.path
                assert f"(it is held back now: {HOLDS[edit]})" in problem.hint


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit not in (*HARMLESS, *HOLDS, "lead to itself")])
def test_pasting_the_lines_mends_it(edit: str) -> None:
    texts = [*EDITS[edit](FIRST), SECOND]
    for problem in checked([FIRST, SECOND], texts):
        line = re.findall(r"^(?:id|aliases): .*", problem.hint, re.MULTILINE)[-1]
        key, _, value = line.partition(": ")
        paths = [text.path for text in texts]
        of = texts[paths.index(problem.at.path if problem.at.path in paths else SECOND.path)]
        changed = {"id": value} if key == "id" else {"aliases": (*of.aliases, *re.findall(r"/[^,\]]+", value))}
        texts[texts.index(of)] = replace(of, **changed)
        texts = [replace(text, aliases=tuple(dict.fromkeys(text.aliases))) for text in texts]
    assert checked([FIRST, SECOND], texts) == []


def test_what_windows_cannot_have_is_told_until_it_is_published() -> None:
    con = alert("2021-01-03", situation("Four", SUDAN), stem="2021-01-03-con")
    con = replace(con, slug="con")
    new = site(ONE, con)
    assert [problem.code for problem in addresses.check(new, plan_outputs(new), ())] == ["windows-name"]
    new = replace(new, ledger=published(ONE, con))
    assert list(addresses.check(new, plan_outputs(new), ())) == []
