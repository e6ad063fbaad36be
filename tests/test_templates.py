"""The templates of the default theme, with pages that hold what the sample does not."""

import datetime
import re
from dataclasses import replace

import html5lib
import pytest

from alertgen.i18n import CATALOGUES
from alertgen.load.texts.anchors import OF_THE_PAGE
from alertgen.load.theme.reading import read_theme
from alertgen.model import Republication, Theme, Trend, Worded
from alertgen.outputs import Page
from alertgen.plan.planners import plan_outputs
from alertgen.render.templates import compiled, render_page
from alertgen.store import Store
from browsing import ROOT
from factories import CONCERN, CRISIS, MALI, SUDAN, WAR_CRIMES, alert, image, page, prose, site, situation

HOSTILE = '"><script>alert(1)</script>&amp;{{ 7 * 7 }}'


@pytest.fixture(scope="module")
def theme() -> Theme:
    found, problems = read_theme(ROOT / "nowhere")
    assert problems == ()
    return found


@pytest.fixture(scope="module")
def templates(theme):
    environment, faults = compiled(theme, Store(None))
    assert faults == ()
    return environment


@pytest.fixture
def rendered(theme, templates):
    def render(whole, address):
        planned = plan_outputs(replace(whole, theme=theme))
        found = next(output for output in planned.outputs if output.address == address and isinstance(output, Page))
        return render_page(templates, found).decode()

    return render


def test_every_page_of_a_small_site_is_well_formed(theme, templates):
    whole = site(
        alert("2021-01-27", situation("Villages attacked", MALI, level=CRISIS, tags=(WAR_CRIMES,)), picture=image()),
        alert("2021-02-03", situation("A whole alert", SUDAN, level=CONCERN, whole=True), stem="b"),
        page("about"),
    )
    planned = plan_outputs(replace(whole, theme=theme))
    pages = [output for output in planned.outputs if isinstance(output, Page)]
    assert len({found.template for found in pages}) >= 11
    for found in pages:
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(render_page(templates, found).decode())


def test_an_empty_site_has_all_its_pages(theme, templates):
    for found in plan_outputs(replace(site(), theme=theme)).outputs:
        if isinstance(found, Page):
            assert b"</html>" in render_page(templates, found)


def test_texts_are_escaped_and_never_run_as_templates(rendered):
    whole = site(
        alert("2021-01-27", situation(HOSTILE, MALI, theme=HOSTILE), title=HOSTILE, stem="x", authors=(HOSTILE,)),
        title=Worded(HOSTILE),
        publisher=Worded(HOSTILE),
        notice=Worded(HOSTILE),
    )
    for address in ("/", "/alerts/2021/x/", "/alerts/", "/countries/mali/", "/search/"):
        html = rendered(whole, address)
        assert "<script>alert" not in html
        assert "49" not in re.sub(r"sha256-\S+|[\w.-]+\.(?:css|js|svg|json)|<svg.*?</svg>", "", html, flags=re.S)


def test_a_sensitive_picture_stands_only_in_an_inert_template(rendered):
    picture = image(sensitive="Bodies in a street.")
    html = rendered(site(alert("2021-01-27", situation("A", MALI), picture=picture, stem="x")), "/alerts/2021/x/")
    outside = re.sub(r"<template>.*?</template>", "", html, flags=re.S)
    assert "<img" not in outside
    assert "<source" not in outside
    assert "Bodies in a street." in outside
    assert re.search(r'<a class="button" href="[^"]+" data-gate-open>', outside)
    assert "The camp." in outside


def test_a_sensitive_picture_in_the_text_is_a_link(rendered):
    picture = image(sensitive="Bodies in a street.")
    body = prose(
        "x",
        '<p>See <img src="alertgen:image/0" alt="A camp."> there.</p><p><img src="alertgen:image/0" alt="A camp."></p>',
    )
    whole = alert("2021-01-27", replace(situation("A", MALI), prose=body), images=(picture,), stem="x")
    html = rendered(site(whole), "/alerts/2021/x/")
    assert "<img" not in re.sub(r"<template>.*?</template>", "", html, flags=re.S)
    assert html.count("data-gate-open") == 1


def test_corrections_come_before_the_picture_and_the_text(rendered):
    whole = alert(
        "2021-01-27", situation("A", MALI), picture=image(), corrections=(("2021-02-01", "Wrong."),), stem="x"
    )
    html = rendered(site(whole), "/alerts/2021/x/")
    assert html.index("Wrong.", html.index("<main")) < html.index("<figure") < html.index("What happened.")


def test_a_republication_names_and_links_the_first_publisher(rendered):
    day = datetime.date(2021, 1, 20)
    first = Republication(publisher="Partner", url="https://partner.example/1", date=day, rights="By permission.")
    html = rendered(site(alert("2021-01-27", situation("A", MALI), republished=first, stem="x")), "/alerts/2021/x/")
    assert "First published by Partner on 20 January 2021." in html
    assert '<a href="https://partner.example/1" rel="noopener noreferrer">' in html
    assert "By permission." in html


def test_the_terms_of_the_site_do_not_stand_under_a_text_that_was_first_published_elsewhere(rendered):
    day = datetime.date(2021, 1, 20)
    first = Republication(publisher="Partner", url="https://partner.example/1", date=day, rights="By permission.")
    for republished, is_ours in ((first, False), (replace(first, rights=""), False), (None, True)):
        whole = site(alert("2021-01-27", situation("A", MALI), republished=republished, stem="x"))
        for address, shown in (("/alerts/2021/x/", is_ours), ("/alerts/", True), ("/", True)):
            html = rendered(whole, address)
            assert ("All rights given." in html, 'rel="license' in html) == (shown, shown), (address, republished)


def test_a_text_in_another_language_says_so(rendered):
    whole = site(alert("2021-01-27", situation("A", MALI), stem="x", lang="ar"), notice=Worded("A notice."))
    html = rendered(whole, "/ar/")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<p lang="en" dir="auto">A notice.</p>' in html


def test_the_name_runs_as_the_page_does_unless_it_is_of_another_language(rendered):
    """A name in two scripts, such as `Atrocity Alert (نموذج)`, would be turned around by a direction of its own."""
    arabic = alert("2021-01-27", situation("A", MALI), stem="x", lang="ar")
    named = Worded("Alert", (("ar", "Alert (نموذج)"),))
    assert '<h1 class="name">Alert (نموذج)</h1>' in rendered(site(arabic, title=named), "/ar/")
    assert '<h1 class="name"><bdi lang="en" dir="auto">Alert!</bdi></h1>' in rendered(
        site(arabic, title=Worded("Alert!")), "/ar/"
    )


def test_a_publisher_called_as_the_bulletin_is_not_told_twice(rendered):
    told = alert("2021-01-27", situation("A", MALI))
    same = {"title": Worded("Desk"), "publisher": Worded("Desk")}
    assert "Published by" not in rendered(site(told, **same, publisher_url=""), "/")
    assert "Published by" in rendered(site(told, **same, publisher_url="https://desk.example/"), "/")


def test_the_lead_of_one_situation_says_where_and_at_which_level(rendered):
    html = rendered(site(alert("2021-01-27", situation("A", MALI, level=CRISIS), stem="x")), "/")
    lead = html[html.index('class="latest"') : html.index("</section>")]
    assert "Mali</a></span>" in lead
    assert "Current crisis" in lead


def test_without_countries_the_map_says_so(rendered):
    assert "No country at present." in rendered(site(alert("2021-01-27")), "/countries/")


def test_levels_are_told_by_word_and_rank(rendered):
    html = rendered(site(alert("2021-01-27", situation("A", MALI, level=CRISIS), stem="x")), "/alerts/2021/x/")
    assert '<span class="level" data-rank="1">Current crisis</span>' in html


def test_the_weeks_of_a_country_have_a_legend_of_its_levels(rendered):
    told = [
        alert(f"2021-01-{day:02}", situation("A", MALI, level=level))
        for day, level in ((6, CONCERN), (13, CRISIS), (20, CRISIS))
    ]
    html = rendered(site(*told, alert("2021-01-27", situation("B", SUDAN))), "/countries/mali/")
    legend = re.search(r'<ul class="legend".*?</ul>', html, re.DOTALL)
    assert re.findall(r">([^<>]+)</span>", legend[0]) == ["Current crisis", "Serious concern", "No level stated"]
    assert 'class="legend"' not in rendered(site(alert("2021-01-27", situation("B", SUDAN))), "/countries/sudan/")


def test_weeks_without_an_alert_are_nothing_to_those_who_hear_a_page(rendered):
    html = rendered(site(alert("2021-01-27", situation("A", MALI))), "/countries/mali/")
    strip = html[html.index('<ol class="weeks">') : html.index("</ol>", html.index('<ol class="weeks">'))]
    heard = re.findall(r"<li(?! [^>]*aria-hidden)[^>]*>(.*?)</li>", strip)
    assert len(heard) == 1
    assert "Week of 25 January 2021: 1 alert" in heard[0]
    assert strip.count('aria-hidden="true"></li>') == strip.count("<li") - 1 > 0


@pytest.mark.parametrize(("whole", "heading"), [(True, "h2"), (False, "h3")])
def test_no_level_of_headings_is_left_out_before_the_risk_tags(rendered, whole, heading):
    told = situation("A", MALI, tags=(WAR_CRIMES,), whole=whole)
    assert f"<{heading}>Risk tags</{heading}>" in rendered(site(alert("2021-01-27", told, stem="x")), "/alerts/2021/x/")


def test_the_page_for_missing_addresses_links_from_the_root(rendered):
    whole = site(alert("2021-01-27", situation("A", MALI)), base_url="https://example.org/sub/")
    html = rendered(whole, "/404.html")
    addresses = re.findall(r'(?:href|src|action)="([^"#]+)"', html)
    assert addresses
    assert all(address.startswith(("/sub/", "https://")) for address in addresses)


def test_the_ids_of_the_page_of_an_alert_are_known_to_those_who_make_anchors(theme):
    texts = {file.path: file.content.decode() for file in theme.templates}
    used, found = ["alert.html"], set()
    for name in used:  # grows by the templates that these use
        used += set(re.findall(r'(?:extends|from|include|import) "([^"]+)"', texts[name])) - set(used)
        found |= set(re.findall(r'\sid="([^"{]+)"', texts[name]))
    assert found == OF_THE_PAGE


def test_every_macro_that_a_template_imports_is_used():
    for file in ROOT.glob("templates/**/*.html"):
        source = file.read_text(encoding="utf-8")
        for names in re.findall(r'\{% from "[^"]+" import (.+?) with context %\}', source):
            assert [name for name in names.split(", ") if len(re.findall(rf"\b{name}\b", source)) == 1] == [], file


def test_an_archive_without_choices_has_no_filters_and_an_empty_one_says_so(rendered):
    empty = rendered(site(), "/alerts/")
    assert "No alert has been published yet." in empty
    assert "data-archive-filters" not in empty
    same = [alert(f"2021-01-{day}", countries=(SUDAN,)) for day in (20, 27)]
    one_country = rendered(site(*same), "/alerts/")
    assert "data-archive-filters" not in one_country
    assert "No alert has been published yet." not in one_country
    other = alert("2020-01-29", countries=(SUDAN,))
    assert "data-archive-filters" in rendered(site(*same, other), "/alerts/")
    assert "data-archive-filters" not in rendered(site(*same, other), "/alerts/2020/")


def test_a_page_without_a_translation_leads_to_the_other_language_all_the_same(rendered):
    whole = site(
        alert("2021-01-27", situation("Attack", MALI), stem="mali"),
        alert("2021-01-27", situation("Attaque", MALI), stem="mali", lang="fr"),
        alert("2021-02-03", situation("Guerre", SUDAN), stem="soudan", lang="fr"),
    )
    switch = re.compile(r'<a href="([^"]+)" hreflang="(\w+)"')
    assert switch.findall(rendered(whole, "/fr/alerts/2021/mali/")) == [("../../../../alerts/2021/mali/", "en")]
    lone = rendered(whole, "/fr/alerts/2021/soudan/")
    assert switch.findall(lone) == [("../../../../", "en")]
    assert '<link rel="alternate" hreflang' not in lone
    assert switch.findall(rendered(whole, "/404.html")) == [("/fr/", "fr")]


def test_a_language_without_alerts_does_not_say_that_there_are_none_at_all(rendered):
    arabic = alert("2021-01-27", situation("هجوم", SUDAN), stem="sudan", lang="ar")
    for address in ("/", "/alerts/"):
        assert "No alert has been published in this language yet." in rendered(site(arabic), address)
        assert "No alert has been published yet." in rendered(site(), address)


def test_sentences_of_the_interface_in_another_language_than_the_page_say_so(rendered):
    """They are English where there is no catalogue; else a screen reader would read them in the voice of the page."""
    whole = site(alert("2021-01-27", situation("תקיפה", SUDAN), stem="sudan", lang="he"), languages=("en", "he"))
    for address in ("/he/", "/he/alerts/2021/sudan/", "/he/subscribe/", "/he/corrections/"):
        html = rendered(whole, address)
        assert '<p class="map-disclaimer" lang="en" dir="ltr">The boundaries' in html
        assert "newsroom" not in html or 'lang="en" dir="ltr">A feed is' in html
    assert '<p class="map-disclaimer">' in rendered(whole, "/")


def test_no_two_columns_of_the_current_situations_have_one_name(rendered):
    for lang in CATALOGUES:
        told = alert("2021-01-27", situation("A", MALI, level=CRISIS, trend=Trend.DETERIORATED), lang=lang)
        table = re.search(r"<thead>.*?</thead>", rendered(site(told, languages=(lang,)), "/"), re.DOTALL)
        columns = re.findall(r">([^<>]+)</th>", table[0])
        assert (len(columns), len(set(columns))) == (5, 5), lang
