"""The page of an alert: everything its template shows, and what it says of itself."""

import datetime
import json
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alertgen.model import Alert, Footnote, Republication, Source, Trend, Worded
from alertgen.outputs import Card, Page
from alertgen.text import excerpt, opening
from alertgen.views import AlertView, Day, HomeView
from factories import (
    CRISIS,
    ISRAEL,
    MALI,
    PALESTINE,
    SUDAN,
    WAR_CRIMES,
    alert,
    image,
    prose,
    site,
    situation,
)
from planned import outputs, page, view

ADDRESS = "/alerts/2021/2021-01-27-alert/"


def shown(text: Alert, **config: object) -> AlertView:
    return view(site(text, **config), ADDRESS, AlertView)


def graph(found: Page) -> list[dict[str, object]]:
    return json.loads(found.head.json_ld)["@graph"]  # type: ignore[no-any-return]


def test_a_situation_is_shown_with_places_level_movement_tags_and_map() -> None:
    part = situation("Attack", ISRAEL, PALESTINE, level=CRISIS, trend=Trend.DETERIORATED, tags=(WAR_CRIMES,))
    found = shown(alert("2021-01-27", part)).situations[0]
    assert [place.name for place in found.places] == ["Israel", "Palestine"]
    assert found.level and (found.level.slug, found.level.name) == ("current-crisis", "Current crisis")
    assert found.trend and found.trend.word == "Deteriorated"
    assert [tag.url for tag in found.risk_tags] == ["/risks/war-crimes/"]
    assert found.map and found.map.title == "Map of Israel and Palestine"
    assert [(mark.code, mark.level) for mark in found.map.marks] == [("IL", "current-crisis"), ("PS", "current-crisis")]


def test_a_theme_has_no_map() -> None:
    found = shown(alert("2021-01-27", situation("Hospitals", theme="Healthcare"))).situations[0]
    assert (found.theme, found.map) == ("Healthcare", None)


def test_the_kicker_is_series_and_number() -> None:
    assert shown(alert("2021-01-27", number=5)).kicker == "Test Alert No. 5"
    assert shown(alert("2021-01-27")).kicker == "Test Alert"
    assert shown(alert("2021-01-27", number=5), series=Worded("")).kicker == "No. 5"


def test_series_and_number_stand_once_whether_or_not_the_editor_wrote_them() -> None:
    plain = site(alert("2021-01-27", title="Mali: Attack", number=5))
    doubled = site(alert("2021-01-27", title="Test Alert No. 5: Mali: Attack", number=5))
    special = site(alert("2021-01-27", title="Test Alert Special: Mali", number=5))
    assert page(plain, ADDRESS).head.title == "Test Alert No. 5: Mali: Attack"
    assert page(doubled, ADDRESS).head.title == "Test Alert No. 5: Mali: Attack"
    assert view(doubled, ADDRESS, AlertView).title == "Mali: Attack"
    for typed in ("#5 - Mali", ", Issue 5: Mali", " n\u00ba5 \u2013 Mali", " n.\u00ba 5: Mali", ", n\u00fam. 5: Mali"):
        other = site(alert("2021-01-27", title=f"Test Alert{typed}", number=5))
        assert view(other, ADDRESS, AlertView).title == "Mali"
    wrong = site(alert("2021-01-27", title="Test Alert No. 6: Mali", number=5))
    assert view(wrong, ADDRESS, AlertView).title == "Test Alert No. 6: Mali"
    typeset = site(alert("2021-01-27", title="Test Alert No.\u00a05: Mali", number=5))
    assert (page(typeset, ADDRESS).head.title, view(typeset, ADDRESS, AlertView).title) == (
        "Test Alert No.\u00a05: Mali",
        "Mali",
    )
    assert page(special, ADDRESS).head.title == "Test Alert Special: Mali"
    assert view(special, ADDRESS, AlertView).title == "Test Alert Special: Mali"


def test_updated_is_the_day_of_the_last_change_if_there_was_one() -> None:
    assert shown(alert("2021-01-27")).updated is None
    assert shown(alert("2021-01-27", updated="2021-02-01")).updated == Day("2021-02-01", "1 February 2021")
    assert shown(alert("2021-01-27", corrections=(("2021-02-03", "Wrong."),))).updated == Day(
        "2021-02-03", "3 February 2021"
    )


def test_neighbours_and_earlier_alerts_are_those_of_the_language() -> None:
    days = [f"2021-01-{day:02}" for day in range(1, 10)]
    whole = site(*map(alert, days), alert("2021-01-05", lang="fr", stem="autre"))
    found = view(whole, "/alerts/2021/2021-01-08-alert/", AlertView)
    assert found.newer and found.newer.title == "Alert of 2021-01-09"
    assert found.older and found.older.title == "Alert of 2021-01-07"
    assert [teaser.day.iso for teaser in found.earlier] == [f"2021-01-0{day}" for day in (7, 6, 5, 4, 3)]
    oldest = view(whole, "/alerts/2021/2021-01-01-alert/", AlertView)
    assert (oldest.older, oldest.earlier) == (None, ())
    assert view(whole, "/alerts/2021/2021-01-09-alert/", AlertView).newer is None


def test_notes_of_all_parts_stand_once_and_in_order() -> None:
    first, second = (Footnote(f"n{number}", number, "x", ()) for number in (1, 2))
    parts = [situation("A", MALI), situation("B", SUDAN)]
    text = alert("2021-01-27", *parts, lead=prose("Lead", notes=(second, first)))
    assert shown(text).notes == (first, second)


def test_citation_and_sharing_name_the_permanent_address() -> None:
    found = shown(alert("2021-01-27", title="Mali & Sudan", number=5))
    url = "https://alerts.example.org/alerts/2021/2021-01-27-alert/"
    assert found.permanent_url == url
    assert found.citation.text == f"A. Desk, “Mali & Sudan”, Test Alert No. 5, 27 January 2021, {url}"
    assert found.share_mail.startswith("mailto:?subject=Test%20Alert%20No.%205%3A%20Mali%20%26%20Sudan&body=")
    assert "%0D%0A" in found.share_mail


def test_json_ld_says_who_what_where_and_when() -> None:
    first = Republication(publisher="Other", url="https://other.example/x", date=datetime.date(2021, 1, 20))
    text = alert(
        "2021-01-27",
        situation("A", MALI, tags=(WAR_CRIMES,)),
        number=5,
        republished=first,
        corrections=(("2021-02-03", "Wrong."),),
    )
    report = graph(page(site(text), ADDRESS))[0]
    assert report["@type"] == ["NewsArticle", "Report"]
    assert report["reportNumber"] == "5"
    assert (report["datePublished"], report["dateModified"]) == ("2021-01-27", "2021-02-03")
    assert report["publisher"] == {"@type": "Organization", "name": "Example Desk", "url": "https://example.org/"}
    assert report["spatialCoverage"][0]["identifier"]["value"] == "ML"  # type: ignore[index]
    assert report["isBasedOn"]["url"] == "https://other.example/x"  # type: ignore[index]
    assert report["correction"][0]["text"] == "Wrong."  # type: ignore[index]
    assert "license" not in report  # whoever had it first may give others one
    assert report["image"]["@type"] == "ImageObject"  # type: ignore[index]
    assert report["image"]["url"].startswith("https://alerts.example.org/cards/")  # type: ignore[index]
    assert report["creditText"] == "Other"
    assert report["isBasedOn"]["publisher"]["name"] == "Other"  # type: ignore[index]
    assert report["correction"][0]["datePublished"] == "2021-02-03"  # type: ignore[index]


def test_json_ld_names_the_picture_with_its_credit() -> None:
    report = graph(page(site(alert("2021-01-27", picture=image())), ADDRESS))[0]
    assert report["license"] == "https://creativecommons.org/licenses/by/4.0/"
    found = report["image"]
    assert found["url"].startswith("https://alerts.example.org/images/")  # type: ignore[index]
    assert found["creditText"] == image().credit  # type: ignore[index]
    assert found["caption"] == (image().caption or image().alt)  # type: ignore[index]


def test_json_ld_cannot_end_its_script() -> None:
    found = page(site(alert("2021-01-27", title="</script><b>&\u2028")), ADDRESS)
    assert not set("<>&\u2028") & set(found.head.json_ld)
    assert graph(found)[0]["headline"] == "</script><b>&\u2028"


def test_a_sensitive_picture_is_in_no_metadata_and_stays_behind_its_warning() -> None:
    plain = site(alert("2021-01-27", picture=image()))
    sensitive = site(alert("2021-01-27", picture=image(sensitive="bodies")))
    assert "/images/" in page(plain, ADDRESS).head.json_ld
    assert "/images/" not in repr(page(sensitive, ADDRESS).head)
    for address, kind in ((ADDRESS, "picture"), ("/", "latest_picture")):
        picture = getattr(view(sensitive, address, AlertView if kind == "picture" else HomeView), kind)
        assert picture.sensitive == "bodies"


def test_citation_tags_are_complete() -> None:
    meta = page(site(alert("2021-01-27", number=5, authors=("A", "B"))), ADDRESS).head.meta
    assert [value for name, value in meta if name == "citation_author"] == ["A", "B"]
    found = dict(meta)
    assert found["citation_title"] == "Test Alert No. 5: Alert of 2021-01-27"
    assert found["citation_publication_date"] == "2021/01/27"
    assert found["citation_technical_report_number"] == "5"
    assert found["citation_technical_report_institution"] == "Example Desk"
    assert found["citation_public_url"] == "https://alerts.example.org/alerts/2021/2021-01-27-alert/"
    assert found["citation_language"] == "en"
    assert "citation_online_date" not in found
    corrected = page(site(alert("2021-01-27", corrections=(("2021-02-03", "Wrong."),))), ADDRESS).head.meta
    assert dict(corrected)["citation_online_date"] == "2021/02/03"


def test_each_alert_has_a_card_and_the_head_names_it() -> None:
    whole = site(alert("2021-01-27", situation("A", MALI), number=5))
    cards = {output.kicker: output for output in outputs(whole).values() if isinstance(output, Card)}
    assert {(card.kicker, card.places, card.site) for card in cards.values()} == {
        ("Test Alert No. 5", "Mali", "Test Bulletin"),
        ("Example Desk", "", "Test Bulletin"),
    }
    assert page(whole, ADDRESS).head.card == f"https://alerts.example.org{cards['Test Alert No. 5'].address}"
    for address in ("/", "/alerts/", "/countries/mali/", "/subscribe/"):
        assert page(whole, address).head.card == f"https://alerts.example.org{cards['Example Desk'].address}"
    assert page(whole, "/404.html").head.card == ""


def test_older_alerts_share_the_card_of_the_bulletin() -> None:
    texts = [alert(f"2021-01-{day:02}") for day in (6, 13, 20)]
    made = list(outputs(site(*texts, social_cards=2)).values())
    cards = {found.address: found for found in made if isinstance(found, Card)}
    heads = [found.head.card for found in made if isinstance(found, Page) and isinstance(found.view, AlertView)]
    shown_on = [next(card for address, card in cards.items() if head.endswith(address)) for head in heads]
    assert [card.day for card in shown_on] == ["", "13 January 2021", "20 January 2021"]
    assert (shown_on[0].title, shown_on[0].kicker, len(cards)) == ("Test Bulletin", "Example Desk", 3)


def test_sources_republication_and_corrections_are_shown() -> None:
    first = Republication(publisher="Other", url="https://o.example/", date=datetime.date(2021, 1, 20), rights="Theirs")
    source = Source(
        title="Report", url="https://s.example/", date=datetime.date(2021, 1, 1), archived="https://a.example/"
    )
    found = shown(
        alert(
            "2021-01-27", republished=first, sources=(source, Source(title="Book")), corrections=(("2021-02-03", "W"),)
        )
    )
    assert found.republished and found.republished.day.shown == "20 January 2021"
    assert [(source.title, source.day and source.day.iso) for source in found.sources] == [
        ("Report", "2021-01-01"),
        ("Book", None),
    ]
    assert [(note.day.iso, note.text) for note in found.corrections] == [("2021-02-03", "W")]


def test_languages_with_one_title_share_the_card_of_the_bulletin() -> None:
    """`outputs` refuses an address that stands twice, as the check of a site does."""
    whole = site(alert("2021-01-27"), alert("2021-01-27", lang="fr"), title=Worded("One title"))
    assert len([output for output in outputs(whole).values() if isinstance(output, Card)]) == 3


def test_a_mail_is_percent_encoded_whatever_is_in_the_title() -> None:
    every = "".join(map(chr, range(32, 127)))
    for title in (every, f"{every} é\u2028\u4e2d"):
        mail = shown(alert("2021-01-27", title=title, number=None)).share_mail
        subject, _, body = mail.removeprefix("mailto:?subject=").partition("&body=")
        assert title in unquote(subject)
        assert subject == quote(unquote(subject), safe="")
        assert body == quote(unquote(body), safe="")
        assert unquote(body).count("\r\n") == unquote(body).count("\n") > 0


@given(st.text(alphabet="ab \n\t,.é\u00a0", max_size=60), st.integers(min_value=1, max_value=20))
def test_a_beginning_is_that_of_the_whole_text(text: str, longest: int) -> None:
    line = " ".join(text.split())
    begun = excerpt(text, longest)
    if len(line) <= longest:
        assert begun == line
    else:
        assert begun.endswith("…")
        assert len(begun) <= longest
        assert line.startswith(begun[:-1])
        assert begun == excerpt(line, longest)


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("One.\nTwo.", "One. Two."),
        ("One.\nTwo.\nPlace\tDead\nA\t1\nThree.", "One. Two."),
        ("Place\tDead\n\tabout 1\nOne.\nPlace\tDead\nTwo.", "One."),
        ("Place\tDead\nA\t1", "Place Dead A 1"),
        ("One.\nA heading\nTwo.", "One."),
        ("A heading\nOne.\n“Two.”\nfirst\nsecond", "One. “Two.”"),
        ("ประโยค\nประโยค", "ประโยค ประโยค"),
        ("", ""),
    ],
)
def test_no_table_heading_or_list_runs_into_an_excerpt(text: str, opened: str) -> None:
    assert opening(text) == opened
