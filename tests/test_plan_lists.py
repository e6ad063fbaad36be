"""Lists: home, archive, countries, risk tags, corrections, and what they add up."""

from alertgen.model import Trend
from alertgen.views import (
    ArchiveView,
    CorrectionsView,
    CountriesView,
    CountryView,
    HomeView,
    NotFoundView,
    RisksView,
    RiskView,
    SearchView,
    SubscribeView,
)
from factories import (
    CONCERN,
    CRISIS,
    GENOCIDE,
    ISRAEL,
    MALI,
    PALESTINE,
    RISK,
    SUDAN,
    WAR_CRIMES,
    YEMEN,
    alert,
    page,
    site,
    situation,
)
from planned import outputs, view
from planned import page as planned_page


def weekly(number: int) -> list[str]:
    return [f"2021-01-{day:02}" for day in range(1, number + 1)]


# --- home


def test_home_shows_the_latest_alert_with_its_situations_and_the_next_ones() -> None:
    last = alert("2021-01-20", situation("A", MALI), situation("B", SUDAN), tags=(GENOCIDE,))
    found = view(site(*map(alert, weekly(9)), last), "/", HomeView)
    assert found.latest and found.latest.day.iso == "2021-01-20"
    assert [row.headline for row in found.latest_situations] == ["A", "B"]
    assert [teaser.day.iso for teaser in found.recent] == [f"2021-01-0{day}" for day in (9, 8, 7, 6, 5, 4)]


def test_current_situations_are_the_most_severe_first_then_the_newest_then_by_name() -> None:
    whole = site(
        alert("2021-01-06", situation("A", SUDAN, level=RISK)),
        alert("2021-01-13", situation("B", MALI, level=CRISIS), situation("C", YEMEN)),
        alert("2021-01-20", situation("D", ISRAEL, PALESTINE, level=CRISIS, trend=Trend.IMPROVED)),
    )
    found = view(whole, "/", HomeView)
    assert [row.place.name for row in found.current] == ["Israel", "Palestine", "Mali", "Sudan", "Yemen"]
    assert found.current[0].trend and found.current[0].trend.slug == "improved"
    assert found.current[0].url == "/alerts/2021/2021-01-20-alert/#d"
    assert {mark.code: mark.label for mark in found.world.marks} == {
        "IL": "Israel: Current crisis, last alert 20 January 2021",
        "ML": "Mali: Current crisis, last alert 13 January 2021",
        "PS": "Palestine: Current crisis, last alert 20 January 2021",
        "SD": "Sudan: Imminent risk, last alert 6 January 2021",
        "YE": "Yemen: last alert 13 January 2021",
    }
    assert found.world.description.startswith("The countries with a current situation: Israel, Mali,")


def test_of_two_situations_of_a_country_level_movement_and_headline_are_those_of_the_most_severe() -> None:
    milder = situation("Talks", SUDAN, level=RISK, trend=Trend.IMPROVED)
    worse = situation("Attack", SUDAN, level=CRISIS, trend=Trend.DETERIORATED)
    whole = site(alert("2021-01-20", milder, worse, situation("Aid", SUDAN, trend=Trend.UNCHANGED)))
    (row,) = view(whole, "/", HomeView).current
    assert row.level and row.trend
    assert (row.level.slug, row.trend.slug, row.headline) == (CRISIS.slug, "deteriorated", "Attack")
    assert row.url.endswith("#attack")
    assert view(whole, "/countries/sudan/", CountryView).levels[0].url == row.url


def test_a_situation_is_current_for_the_weeks_that_the_site_says() -> None:
    old, edge = alert("2020-01-21", situation("A", MALI)), alert("2020-01-22", situation("B", SUDAN))
    whole = site(old, edge, alert("2021-01-20"))
    assert [row.place.name for row in view(whole, "/", HomeView).current] == ["Sudan"]
    assert view(site(old, alert("2021-01-20"), current_weeks=60), "/", HomeView).current != ()


def test_the_legend_holds_levels_in_use_and_old_ones_only_where_stated() -> None:
    assert [mark.slug for mark in view(site(), "/", HomeView).levels] == ["current-crisis", "imminent-risk"]
    old = site(alert("2021-01-20", situation("A", MALI, level=CONCERN)))
    assert [mark.slug for mark in view(old, "/", HomeView).levels][-1] == "serious-concern"


def test_a_site_without_alerts_has_a_home() -> None:
    found = view(site(), "/", HomeView)
    assert (found.latest, found.current, found.recent) == (None, (), ())


# --- archive


def test_the_archive_is_cut_into_pages() -> None:
    whole = site(*map(alert, weekly(7)))
    pages = [view(whole, address, ArchiveView) for address in ("/alerts/", "/alerts/page/2/", "/alerts/page/3/")]
    assert [[teaser.day.iso[-2:] for teaser in found.teasers] for found in pages] == [
        ["07", "06", "05"],
        ["04", "03", "02"],
        ["01"],
    ]
    assert [(found.pager.newer, found.pager.older) for found in pages] == [
        ("", "/alerts/page/2/"),
        ("/alerts/", "/alerts/page/3/"),
        ("/alerts/page/2/", ""),
    ]
    assert "/alerts/page/4/" not in outputs(whole)
    assert planned_page(whole, "/alerts/page/2/").head.title == "All alerts (Page 2 of 3)"


def test_a_year_holds_its_alerts_and_marks_itself() -> None:
    whole = site(alert("2020-12-30"), alert("2021-01-06"), alert("2021-01-13", situation("A", MALI)))
    found = view(whole, "/alerts/2021/", ArchiveView)
    assert [teaser.day.iso for teaser in found.teasers] == ["2021-01-13", "2021-01-06"]
    assert [(term.name, term.count, term.here) for term in found.years] == [("2021", 2, True), ("2020", 1, False)]
    assert [(term.name, term.count) for term in found.places] == [("Mali", 1)]


def test_a_strip_has_a_cell_for_each_week_up_to_the_newest_alert() -> None:
    whole = site(
        alert("2019-12-31"),  # in the first ISO week of 2020
        alert("2021-01-13", situation("A", MALI, level=RISK), situation("B", SUDAN, level=CRISIS)),
        alert("2021-01-15"),
    )
    strips = view(whole, "/alerts/", ArchiveView).strips
    assert [(strip.year, len(strip.weeks)) for strip in strips] == [(2021, 2), (2020, 53)]
    assert strips[0].weeks[1].label == "Week of 11 January 2021: 2 alerts, Current crisis"
    assert strips[0].weeks[1].level == "current-crisis"
    assert strips[0].weeks[1].url == "/alerts/2021/2021-01-15-alert/"
    assert strips[0].weeks[0].label == "Week of 4 January 2021: no alert"
    assert strips[1].weeks[0].url == "/alerts/2019/2019-12-31-alert/"
    months = [(number, week.month) for number, week in enumerate(strips[1].weeks, 1) if week.month]
    assert months[:3] == [(1, "Jan"), (6, "Feb"), (10, "Mar")]
    assert len(months) == 12


# --- countries


def test_countries_are_those_that_occur_by_region_and_name() -> None:
    whole = site(alert("2021-01-06", situation("A", SUDAN)), alert("2021-01-13", situation("B", PALESTINE, MALI)))
    found = view(whole, "/countries/", CountriesView)
    assert [(region.name, [row.place.name for row in region.countries]) for region in found.regions] == [
        ("Africa", ["Mali", "Sudan"]),
        ("Asia", ["Palestine"]),
    ]
    assert "/countries/yemen/" not in outputs(whole)


def test_the_map_of_all_countries_gives_no_level_to_what_is_not_current() -> None:
    whole = site(alert("2017-01-06", situation("A", SUDAN, level=CRISIS)), alert("2021-01-13", situation("B", MALI)))
    marks = {mark.code: mark for mark in view(whole, "/countries/", CountriesView).world.marks}
    assert (marks["SD"].level, marks["SD"].label) == ("", "Sudan: last alert 6 January 2017")


def test_a_country_has_its_level_since_the_first_alert_of_the_unbroken_run() -> None:
    whole = site(
        alert("2021-01-06", situation("A", MALI, level=CRISIS)),
        alert("2021-01-13", situation("B", MALI, level=RISK)),
        alert("2021-01-20", situation("C", MALI, level=CRISIS)),
        alert("2021-01-27", situation("D", MALI)),
        alert("2021-02-03", situation("E", MALI, level=CRISIS), situation("E2", MALI, level=RISK)),
        alert("2021-02-10", situation("F", MALI, tags=(WAR_CRIMES,))),
    )
    found = view(whole, "/countries/mali/", CountryView)
    assert found.level and found.level.slug == "current-crisis"
    assert found.level_since and found.level_since.iso == "2021-01-20"
    assert [(span.level.slug, span.since.iso, span.last.iso, span.url) for span in found.levels] == [
        ("current-crisis", "2021-01-20", "2021-02-03", "/alerts/2021/2021-01-20-alert/#c"),
        ("imminent-risk", "2021-01-13", "2021-01-13", "/alerts/2021/2021-01-13-alert/#b"),
        ("current-crisis", "2021-01-06", "2021-01-06", "/alerts/2021/2021-01-06-alert/#a"),
    ]
    assert found.current and found.map.marks[0].level == "current-crisis"
    assert [row.headline for row in found.situations] == ["F", "E", "E2", "D", "C", "B", "A"]
    assert [(tag.term.name, tag.term.count) for tag in found.risk_tags] == [("War crimes", 1)]
    assert [feed.url for feed in found.feeds] == [
        "/countries/mali/feed.xml",
        "/countries/mali/atom.xml",
        "/countries/mali/feed.json",
    ]


def test_a_level_of_long_ago_is_told_as_that_and_marks_no_map() -> None:
    whole = site(alert("2017-01-06", situation("A", SUDAN, level=CRISIS)), alert("2021-01-13", situation("B", MALI)))
    found = view(whole, "/countries/sudan/", CountryView)
    assert (found.current, found.level and found.level.slug) == (False, "current-crisis")
    assert found.map.marks[0].level == ""


def test_an_alert_without_a_level_makes_no_level_of_long_ago_current() -> None:
    newest = alert("2021-01-20", situation("B", SUDAN, trend=Trend.IMPROVED), situation("C", MALI))
    whole = site(
        alert("2019-03-06", situation("A", SUDAN, level=CRISIS)),
        alert("2021-01-13", situation("D", MALI, level=RISK)),
        newest,
    )
    home = view(whole, "/", HomeView)
    rows = {row.place.name: (row.level and row.level.slug, row.trend and row.trend.slug) for row in home.current}
    assert rows == {"Mali": ("imminent-risk", None), "Sudan": (None, "improved")}
    assert {mark.code: mark.label for mark in home.world.marks} == {
        "ML": "Mali: Imminent risk, last alert 20 January 2021",
        "SD": "Sudan: last alert 20 January 2021",
    }
    sudan = view(whole, "/countries/sudan/", CountryView)
    assert (sudan.current, sudan.levels[0].last.iso) == (False, "2019-03-06")
    groups = {group.level.slug: group for group in view(whole, "/countries/", CountriesView).by_level}
    assert [(term.name, day.iso) for term, day in groups[CRISIS.slug].earlier] == [("Sudan", "2019-03-06")]
    assert not groups[CRISIS.slug].countries


def test_countries_are_listed_by_their_latest_level_and_those_of_long_ago_apart() -> None:
    whole = site(
        alert("2016-01-06", situation("A", SUDAN, level=CRISIS)),
        alert("2017-01-06", situation("B", SUDAN, trend=Trend.DETERIORATED), situation("C", YEMEN)),
        alert("2021-01-13", situation("D", MALI, level=RISK), situation("E", ISRAEL, level=CRISIS)),
        alert("2021-01-20", situation("F", MALI, level=CRISIS)),
    )
    found = view(whole, "/countries/", CountriesView)
    groups = {
        group.level.slug: ([term.name for term in group.countries], [(t.name, d.iso) for t, d in group.earlier])
        for group in found.by_level
    }
    assert groups["current-crisis"] == (["Israel", "Mali"], [("Sudan", "2016-01-06")])
    assert groups["imminent-risk"] == ([], [])
    assert [group.level.rank for group in found.by_level] == sorted(group.level.rank for group in found.by_level)
    rows = {row.place.name: row for region in found.regions for row in region.countries}
    assert (rows["Sudan"].level, rows["Sudan"].trend) == (None, None)
    assert rows["Mali"].level and rows["Mali"].level.slug == "current-crisis"


def test_risk_tags_of_a_country_are_counted_year_by_year() -> None:
    whole = site(
        alert(
            "2018-05-02", situation("A", MALI, tags=(WAR_CRIMES, GENOCIDE)), situation("B", MALI, tags=(WAR_CRIMES,))
        ),
        alert("2020-05-06", situation("C", MALI), situation("D", SUDAN, tags=(GENOCIDE,))),
        alert("2021-01-06", situation("E", MALI, tags=(WAR_CRIMES,))),
    )
    found = view(whole, "/countries/mali/", CountryView)
    assert found.years == (2021, 2020, 2019, 2018)
    assert [(tag.term.name, tag.term.count, tag.counts) for tag in found.risk_tags] == [
        ("War crimes", 3, (1, 0, 0, 2)),
        ("Genocide", 1, (0, 0, 0, 1)),
    ]


def test_a_situation_of_two_countries_counts_for_both() -> None:
    whole = site(alert("2021-01-06", situation("A", ISRAEL, PALESTINE)))
    for address in ("/countries/israel/", "/countries/palestine/"):
        assert [row.headline for row in view(whole, address, CountryView).situations] == ["A"]


def test_a_country_that_only_the_front_matter_names_lists_the_alert_itself() -> None:
    whole = site(alert("2021-01-06", situation("A", MALI), countries=(YEMEN,), title="Whole"))
    rows = view(whole, "/countries/yemen/", CountryView).situations
    assert [(row.headline, row.url) for row in rows] == [("Whole", "/alerts/2021/2021-01-06-alert/")]
    assert len(view(whole, "/countries/mali/", CountryView).situations) == 1


def test_a_country_strip_leads_to_the_situation_and_ends_with_its_last_week_in_the_running_year() -> None:
    whole = site(alert("2021-01-13", situation("A", MALI)), alert("2021-03-17", situation("B", SUDAN)))
    strip = view(whole, "/countries/mali/", CountryView).strips[0]
    assert len(strip.weeks) == 2
    assert strip.weeks[1].url == "/alerts/2021/2021-01-13-alert/#a"


# --- risk tags


def test_all_tags_are_listed_and_those_in_use_lead_to_their_page() -> None:
    whole = site(alert("2021-01-06", situation("A", MALI, tags=(GENOCIDE,))))
    groups = view(whole, "/risks/", RisksView).groups
    assert [(group.name, [row.term.name for row in group.rows]) for group in groups] == [
        ("Atrocity crimes", ["Genocide", "War crimes"]),
        ("UN risk factors", ["Armed conflict"]),
    ]
    used, unused = groups[0].rows
    assert (used.term.url, used.term.count, unused.term.url) == ("/risks/genocide/", 1, "")
    assert "/risks/war-crimes/" not in outputs(whole)


def test_a_tag_says_what_it_means_and_where_it_occurs() -> None:
    whole = site(
        alert("2021-01-06", situation("A", MALI, tags=(GENOCIDE,))),
        alert("2021-01-13", situation("B", SUDAN, MALI, tags=(GENOCIDE,))),
    )
    found = view(whole, "/risks/genocide/", RiskView)
    assert (found.name, found.scheme_name, found.definition) == ("Genocide", "Atrocity crimes", "What genocide means.")
    assert found.source and found.source.title == "A treaty"
    assert found.source_lang == ""
    assert [(place.name, place.count) for place in found.places] == [("Mali", 2), ("Sudan", 1)]
    assert [row.headline for row in found.situations] == ["B", "A"]


# --- others


def test_corrections_are_listed_newest_first() -> None:
    whole = site(
        alert("2021-01-06", corrections=(("2021-02-09", "Third"), ("2021-01-09", "First"))),
        alert("2021-01-13", corrections=(("2021-01-20", "Second"),)),
    )
    rows = view(whole, "/corrections/", CorrectionsView).rows
    assert [row.correction.text for row in rows] == ["Third", "Second", "First"]
    assert rows[0].alert.corrected


def test_the_subscribe_page_lists_every_feed_with_its_whole_address() -> None:
    whole = site(alert("2021-01-06", situation("A", MALI, tags=(GENOCIDE,))), base_url="https://x.example/sub/")
    groups = view(whole, "/subscribe/", SubscribeView).groups
    assert [(group.name, len(group.feeds)) for group in groups] == [
        ("All alerts", 6),  # all alerts, and all corrections
        ("One country", 3),
        ("One risk tag", 3),
    ]
    assert groups[1].feeds[0].url == "https://x.example/sub/countries/mali/feed.xml"
    assert groups[1].feeds[0].title == "Test Bulletin: Mali (RSS)"


def test_the_page_for_missing_addresses_is_not_to_be_found_and_offers_recent_alerts() -> None:
    whole = site(*map(alert, weekly(9)))
    assert len(view(whole, "/404.html", NotFoundView).recent) == 5
    assert planned_page(whole, "/404.html").head.robots == "noindex"
    assert planned_page(whole, "/404.html").head.canonical == ""


def test_search_offers_years_and_places_and_can_be_turned_off() -> None:
    texts = (alert("2021-01-06", situation("A", MALI)), page("about"))
    found = view(site(*texts), "/search/", SearchView)
    assert ([term.name for term in found.years], [term.name for term in found.places]) == (["2021"], ["Mali"])
    off = outputs(site(*texts, search=False))
    assert not {"/search/", "/pagefind/"} & off.keys()
    assert planned_page(site(*texts, search=False), "/").chrome.search == ""
