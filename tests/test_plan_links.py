"""Links inside the site: where they lead, and which lead nowhere."""

from unicodedata import normalize

import pytest

from alertgen.model import Footnote
from alertgen.plan.links import NO_ANCHOR, NO_FILE, NO_PAGE, resolve
from alertgen.plan.planners import plan_outputs
from factories import MALI, alert, page, prose, site, situation
from planned import page as planned_page

FILES = {
    "alerts/2021/a.md": "/alerts/2021/a/",
    "alerts/2021/a.fr.md": "/fr/alerts/2021/a/",
    "alerts/2020/b.md": "/alerts/2020/b/",
    "pages/about.md": "/about/",
}


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("a.md", "/alerts/2021/a/"),
        ("a.fr.md", "/fr/alerts/2021/a/"),
        ("../2020/b.md#sudan", "/alerts/2020/b/#sudan"),
        ("../../pages/about.md", "/about/"),
        ("/pages/about.md#us", "/about/#us"),
        ("./a.md?x=1", "/alerts/2021/a/?x=1"),
        ("#here", "/alerts/2021/a/#here"),
        ("#%D8%A7", "/alerts/2021/a/#\u0627"),
        ("/countries/sudan/", "/countries/sudan/"),
        ("/countries/sudan", "/countries/sudan/"),
        ("/countries/sudan#x", "/countries/sudan/#x"),
        ("/feed.xml", "/feed.xml"),
        ("/", "/"),
        ("b.md", None),
        ("../../../../etc/passwd", None),
        ("/alerts/2020/gone.md", None),
        ("photo.jpg", None),
    ],
)
def test_a_target_leads_to_an_address(target: str, address: str | None) -> None:
    assert resolve(target, "alerts/2021/a.md", FILES) == address


@pytest.mark.parametrize(("typed", "stored"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_a_name_is_found_however_the_disk_stores_its_accents(typed: str, stored: str) -> None:
    name = "alerts/2021/\xe9v\xe9nement.md"
    files = FILES | {normalize(stored, name): "/alerts/2021/evenement/"}
    target = normalize(typed, "\xe9v\xe9nement.md#ici")
    assert resolve(target, "alerts/2021/a.md", files) == "/alerts/2021/evenement/#ici"


def test_pages_get_the_addresses_of_their_links_in_order() -> None:
    whole = site(alert("2021-01-06", links=("../../pages/about.md", "nowhere.md")), page("about", links=("/alerts/",)))
    assert planned_page(whole, "/alerts/2021/2021-01-06-alert/").links == ("/about/", "nowhere.md")
    assert planned_page(whole, "/about/").links == ("/alerts/",)


def test_dead_links_are_told_with_their_place_and_reason() -> None:
    note = Footnote("n1", 1, "x", ("r1",))
    good = ("#attack", "#inner", "#n1", "2021-01-06-alert.md#attack", "/alerts/#anything", "/countries/mali")
    bad = ("gone.md", "/countries/yemen/", "#no", "2021-01-06-alert.md#no", "/pages/about")
    text = alert(
        "2021-01-06",
        situation("Attack", MALI),
        lead=prose("x", '<h3 id="inner">x</h3>', (note,)),
        links=(*good, *bad),
    )
    found = plan_outputs(site(text, page("about", links=("missing.md",)))).unresolved
    assert [(link.target, reason) for link, reason in found] == [
        ("gone.md", NO_FILE),
        ("/countries/yemen/", NO_PAGE),
        ("#no", NO_ANCHOR),
        ("2021-01-06-alert.md#no", NO_ANCHOR),
        ("/pages/about", NO_PAGE),
        ("missing.md", NO_FILE),
    ]
    assert found[0][0].place.line == 20


def test_a_link_to_an_old_address_is_good() -> None:
    texts = (alert("2021-01-06", aliases=("/old/",)), alert("2021-01-13", links=("/old/",)))
    assert plan_outputs(site(*texts)).unresolved == ()
