"""Languages: where each lives, what it holds, and how its pages know each other."""

from dataclasses import replace

from alertgen.model import Follow, Level, Worded
from alertgen.views import AlertView, ArchiveView, CountryView, HomeView, RisksView
from factories import MALI, SUDAN, alert, page, site, situation
from planned import outputs, view
from planned import page as planned_page

ENGLISH = alert("2021-01-27", situation("Attack", MALI), number=5, stem="mali")
FRENCH = alert("2021-01-27", situation("Attaque", MALI), number=5, stem="mali", lang="fr", title="Le Mali")
ONLY_ENGLISH = alert("2021-02-03", situation("Mass graves", SUDAN))


def test_a_language_without_texts_has_no_pages() -> None:
    found = outputs(site(ENGLISH, FRENCH))
    assert "/fr/" in found
    assert not [address for address in found if address.startswith("/ar/")]


def test_a_standing_page_is_enough_for_a_language() -> None:
    found = outputs(site(ENGLISH, page("about", lang="ar")))
    assert {"/ar/", "/ar/about/", "/ar/alerts/", "/ar/subscribe/", "/ar/corrections/", "/ar/search/"} <= found.keys()


def test_every_list_shows_the_alerts_of_its_language() -> None:
    whole = site(ENGLISH, FRENCH, ONLY_ENGLISH)
    assert [teaser.title for teaser in view(whole, "/fr/alerts/", ArchiveView).teasers] == ["Le Mali"]
    assert view(whole, "/fr/countries/mali/", CountryView).situations[0].url == "/fr/alerts/2021/mali/#attaque"
    assert "/fr/countries/sudan/" not in outputs(whole)
    assert view(whole, "/fr/", HomeView).latest == view(whole, "/fr/alerts/", ArchiveView).teasers[0]


def test_words_and_dates_are_in_the_language() -> None:
    whole = site(ENGLISH, FRENCH, alert("2021-01-27", situation("هجوم", SUDAN), lang="ar", stem="ar"))
    french = view(whole, "/fr/alerts/2021/mali/", AlertView)
    assert (french.kicker, french.day.shown) == ("Alerte d\u2019essai nº\u00a05", "27 janvier 2021")
    arabic = planned_page(whole, "/ar/countries/sudan/")
    assert (arabic.chrome.dir, arabic.head.title) == ("rtl", "السودان")
    assert view(whole, "/fr/alerts/", ArchiveView).teasers[0].lang == "fr"


def test_translations_of_an_alert_name_each_other_and_themselves() -> None:
    whole = site(ENGLISH, FRENCH, ONLY_ENGLISH)
    for address in ("/alerts/2021/mali/", "/fr/alerts/2021/mali/"):
        assert [(other.lang, other.name, other.url) for other in planned_page(whole, address).head.translations] == [
            ("en", "English", "/alerts/2021/mali/"),
            ("fr", "français", "/fr/alerts/2021/mali/"),
            ("x-default", "", "/alerts/2021/mali/"),
        ]
    assert planned_page(whole, "/alerts/2021/2021-02-03-alert/").head.translations == ()


def test_every_page_leads_to_the_home_pages_of_all_languages() -> None:
    whole = site(ENGLISH, FRENCH, ONLY_ENGLISH)
    for address in ("/", "/fr/", "/alerts/2021/2021-02-03-alert/", "/countries/sudan/", "/404.html"):
        homes = planned_page(whole, address).chrome.editions
        assert [(home.lang, home.name, home.url) for home in homes] == [
            ("en", "English", "/"),
            ("fr", "français", "/fr/"),
        ]
    assert planned_page(site(ENGLISH), "/").chrome.editions == ()


def test_list_pages_name_their_other_languages() -> None:
    whole = site(ENGLISH, FRENCH, ONLY_ENGLISH, page("about"), page("about", lang="fr"))
    for address in ("/", "/alerts/", "/alerts/2021/", "/countries/", "/countries/mali/", "/subscribe/", "/about/"):
        found = planned_page(whole, address).head.translations
        assert [other.url for other in found] == [address, f"/fr{address}", address]
        assert planned_page(whole, f"/fr{address}").head.translations == found
        assert found[1].absolute == f"https://alerts.example.org/fr{address}"
    assert planned_page(whole, "/countries/sudan/").head.translations == ()


def test_what_is_current_does_not_depend_on_the_language() -> None:
    whole = site(FRENCH, alert("2023-01-04", situation("New", SUDAN)))
    assert view(whole, "/fr/", HomeView).current == ()


def test_menu_and_footer_lead_within_the_language() -> None:
    whole = site(ENGLISH, FRENCH, page("about", lang="fr"), page("legal", lang="fr", nav=False), page("about"))
    chrome = planned_page(whole, "/fr/").chrome
    assert [(term.name, term.url) for term in chrome.menu] == [
        ("Alertes", "/fr/alerts/"),
        ("Pays", "/fr/countries/"),
        ("Étiquettes de risque", "/fr/risks/"),
        ("About", "/fr/about/"),
        ("S\u2019abonner", "/fr/subscribe/"),
    ]
    assert [term.url for term in chrome.footer] == ["/fr/corrections/", "/fr/data/", "/fr/legal/"]
    assert chrome.home == "/fr/"
    assert planned_page(whole, "/fr/countries/mali/").section == "/fr/countries/"


def test_terms_are_said_to_a_region_as_in_its_language() -> None:
    crisis = Level(slug="crisis", name=Worded("Crisis", (("fr", "Crise"), ("fr-CH", "Crise !"))), rank=1)
    told = situation("Attaque", SUDAN, level=crisis)
    for lang, said in (("fr-CA", ("Soudan", "Crise")), ("fr-CH", ("Soudan", "Crise !")), ("de", ("Sudan", "Crisis"))):
        whole = site(alert("2021-01-27", told, lang=lang, stem="x"), languages=(lang,), levels=(crisis,))
        (shown,) = view(whole, "/alerts/2021/x/", AlertView).situations
        assert shown.level
        assert (shown.places[0].name, shown.level.name) == said


def test_a_text_of_the_language_of_a_region_is_not_foreign() -> None:
    title = Worded("Bulletin", (("fr", "Bulletin en français"),))
    chrome = planned_page(site(alert("2021-01-27", lang="fr-CA"), languages=("fr-CA",), title=title), "/").chrome
    assert (chrome.title, chrome.foreign) == ("Bulletin en français", ())


def test_texts_that_are_not_in_the_language_of_the_page_say_so() -> None:
    whole = site(ENGLISH, FRENCH)
    chrome = planned_page(whole, "/fr/").chrome
    assert chrome.title == "Bulletin d\u2019essai"
    assert chrome.foreign == (("description", "en"), ("rights", "en"))
    assert planned_page(whole, "/").chrome.foreign == ()
    rows = [row for group in view(whole, "/fr/risks/", RisksView).groups for row in group.rows]
    assert {row.definition_lang for row in rows} == {"en"}


def test_a_text_that_the_first_language_lacks_is_marked_as_what_it_is() -> None:
    whole = site(ENGLISH, FRENCH, notice=Worded("Essai", (("fr", "Essai"),)))
    assert ("notice", "fr") in planned_page(whole, "/").chrome.foreign
    assert "notice" not in dict(planned_page(whole, "/fr/").chrome.foreign)


def test_publisher_licence_and_places_to_follow_are_called_as_in_the_language_of_the_page() -> None:
    desk = Worded("Desk", (("en", "Desk"), ("fr", "Bureau")))
    letters = Follow(name=Worded("Letters", (("en", "Letters"), ("fr", "Lettres"))), url="https://example.org/")
    free = Worded("Free to copy", (("en", "Free to copy"), ("fr", "Copie libre")))
    whole = site(ENGLISH, replace(FRENCH, authors=()), publisher=desk, follow=(letters,), licence_name=free)
    french = planned_page(whole, "/fr/alerts/2021/mali/")
    assert (french.chrome.publisher, french.chrome.follow[0].name) == ("Bureau", "Lettres")
    assert french.chrome.licence is not None
    assert french.chrome.licence.name == "Copie libre"
    assert ("citation_publisher", "Bureau") in french.head.meta
    assert '"author":{"@type":"Organization","name":"Bureau"' in french.head.json_ld
    assert view(whole, "/fr/alerts/2021/mali/", AlertView).citation.text.startswith("Bureau, ")
    assert planned_page(whole, "/").chrome.publisher == "Desk"


def test_the_first_language_need_not_be_english() -> None:
    whole = site(FRENCH, ENGLISH, languages=("fr", "en"))
    assert {"/alerts/2021/mali/", "/en/alerts/2021/mali/"} <= outputs(whole).keys()
    assert planned_page(whole, "/").chrome.lang == "fr"
    assert planned_page(whole, "/404.html").head.title == "Page introuvable"


def test_files_of_one_stem_in_different_folders_are_not_translations() -> None:
    other = alert("2022-01-27", situation("Attaque", MALI), stem="mali", lang="fr")
    assert planned_page(site(ENGLISH, other), "/alerts/2021/mali/").head.translations == ()
