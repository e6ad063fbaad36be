"""What must be made again after an edit: exactly the outputs that show what was edited."""

from dataclasses import replace

from alertgen.model import Alert, Level, Site
from alertgen.outputs import Card, FeedFile, Page, SearchIndex
from alertgen.plan.planners import plan_outputs
from factories import (
    CRISIS,
    GENOCIDE,
    MALI,
    RISK,
    SUDAN,
    WAR_CRIMES,
    YEMEN,
    alert,
    image,
    page,
    prose,
    site,
    situation,
    tag,
    theme_file,
)
from planned import changed, outputs


def bulletin(
    *, body: str = "Text.", title: str = "Third", level: Level = CRISIS, extra: tuple[Alert, ...] = ()
) -> Site:
    """Eight weekly alerts; the third is the one that tests edit."""
    return site(
        alert("2021-01-06", situation("A", MALI), title="First"),
        alert("2021-01-13", situation("B", MALI, tags=(WAR_CRIMES,)), title="Second"),
        alert("2021-01-20", situation("C", SUDAN, body=body, level=level, tags=(GENOCIDE,)), title=title),
        *(alert(f"2021-02-{day:02}", situation("D", YEMEN), title=f"Later {day}") for day in (3, 10, 17, 24)),
        alert("2021-03-03", situation("E", YEMEN), title="Last"),
        page("about"),
        *extra,
    )  # fmt: skip


def test_the_same_site_gives_the_same_plan() -> None:
    assert plan_outputs(bulletin()) == plan_outputs(bulletin())
    assert changed(bulletin(), bulletin()) == set()


def test_a_changed_body_changes_its_own_page_and_the_search_index() -> None:
    assert changed(bulletin(), bulletin(body="Other text."), Page, Card, SearchIndex) == {
        "/alerts/2021/2021-01-20-alert/",
        "/pagefind/",
    }


def test_a_changed_body_changes_exactly_the_feeds_that_carry_it() -> None:
    folders = ("/", "/countries/sudan/", "/risks/genocide/", "/levels/current-crisis/")
    assert changed(bulletin(), bulletin(body="Other text."), FeedFile) == {
        folder + name for folder in folders for name in ("feed.xml", "atom.xml", "feed.json")
    }


def test_a_changed_title_changes_exactly_the_pages_that_show_it() -> None:
    # cards name their content: the old one goes and a new one comes
    difference = changed(bulletin(), bulletin(title="Changed"), Page, Card, SearchIndex)
    cards = {address for address in difference if address.startswith("/cards/")}
    assert len(cards) == 2
    assert difference - cards == {
        "/alerts/2021/2021-01-20-alert/",  # itself
        "/alerts/2021/2021-01-13-alert/",  # its older neighbour
        *(f"/alerts/2021/2021-02-{day:02}-alert/" for day in (3, 10, 17, 24)),  # it is among their earlier alerts
        "/alerts/2021/2021-03-03-alert/",
        "/",
        "/alerts/page/2/",
        "/alerts/2021/",
        "/countries/sudan/",
        "/risks/genocide/",
        "/pagefind/",
    }


def test_a_changed_level_changes_the_maps_and_lists_that_show_it() -> None:
    assert changed(bulletin(), bulletin(level=RISK), Page, Card, SearchIndex) == {
        "/",
        "/alerts/",
        "/alerts/2021/",
        "/alerts/2021/2021-01-13-alert/",
        "/alerts/2021/2021-01-20-alert/",
        *(f"/alerts/2021/2021-02-{day:02}-alert/" for day in (3, 10, 17, 24)),
        "/alerts/2021/2021-03-03-alert/",
        "/alerts/page/2/",
        "/alerts/page/3/",
        "/countries/",
        "/countries/sudan/",
        "/risks/genocide/",
        "/subscribe/",  # it lists the feeds of the levels in use
        "/pagefind/",
    }


def test_a_new_alert_leaves_old_alerts_as_they_are_but_for_its_neighbour() -> None:
    new = alert("2021-03-10", situation("F", MALI), title="New")
    difference = changed(bulletin(), bulletin(extra=(new,)))
    old = {address for address in difference if address.startswith("/alerts/2021/2021-") and address.endswith("/")}
    assert old == {"/alerts/2021/2021-03-03-alert/", "/alerts/2021/2021-03-10-alert/"}
    assert "/countries/sudan/" not in difference
    assert "/countries/yemen/" not in difference
    assert "/countries/mali/" in difference


def test_a_changed_standing_page_changes_itself_and_the_search_index() -> None:
    before, after = bulletin(), bulletin()
    after = replace(after, pages=(page("about", body="New."),))
    assert changed(before, after) == {"/about/", "/pagefind/"}


def test_a_changed_static_file_changes_every_page_and_nothing_else() -> None:
    before, after = (replace(bulletin(), theme=site(statics=(theme_file("a.js", code),)).theme) for code in "ab")
    pages = {address for address in outputs(before) if address.endswith(("/", ".html")) and address != "/pagefind/"}
    files = {address for address in changed(before, after) if address.startswith("/static/")}
    assert changed(before, after) == pages | files


def test_the_order_of_the_files_does_not_matter() -> None:
    texts = bulletin().alerts
    assert plan_outputs(site(*texts)) == plan_outputs(site(*reversed(texts)))


def test_outputs_are_in_order_of_address_and_only_texts_hold_texts() -> None:
    lead = alert("2021-01-20", lead=prose("SECRET BODY"), countries=(SUDAN,), tags=(tag("genocide"),), picture=image())
    planned = plan_outputs(site(lead)).outputs
    assert [output.address for output in planned] == sorted(output.address for output in planned)
    holders = {output.address for output in planned if "SECRET BODY" in repr(output) and isinstance(output, Page)}
    assert holders == {"/alerts/2021/2021-01-20-alert/"}
