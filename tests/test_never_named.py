"""A text that never names its country, and names another one, is told; at the least sign of its country it is not."""

import pytest

from alertgen.diagnostics import Place
from alertgen.load.texts.never_named import Told, country_never_named, country_of_header_alone
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies

TERMS = Terms(read_vocabularies(*data_files()), (), ())
AT = Place("alerts/x.md", 1)


def told(text: str, codes: str, lang: str = "en", *, headline: str = "", above: str = "", also: str = "") -> list[str]:
    countries, all_countries = (tuple(map(TERMS.country_of, some.split())) for some in (codes, f"{codes} {also}"))
    one = Told(headline, text, countries, AT)
    return [found.message for found in country_never_named(one, above, all_countries, lang, TERMS)]


@pytest.mark.parametrize(
    ("text", "codes", "lang"),
    [
        ("Nigeria was warned. Nigerian forces left the north of Nigeria.", "NE", "en"),
        ("Niger was warned. Nigerien forces left the north of Niger.", "NG", "en"),
        ("South Sudan was warned. The north of South\nSudan is flooded.", "SD", "en"),
        ("Sudan was warned. Sudanese forces left Khartoum. Sudan denied it.", "SS", "en"),
        ("Equatorial Guinea voted. Equatorial Guinea denied it.", "GN", "en"),
        ("Guinea voted. Guinea denied it.", "GQ", "en"),
        ("Guinea-Bissau voted. GUINEA-BISSAU denied it.", "GN", "en"),
        ("South Korea voted. South Korean police. South Korea denied it.", "KP", "en"),
        ("The Democratic Republic of the Congo voted. Congolese forces left Kivu.", "CG", "en"),
        ("The Republic of the Congo voted. The Republic of the Congo denied it.", "CD", "en"),
        ("The Dominican Republic voted. The Dominican Republic denied it.", "DM", "en"),
        ("The DRC voted. Congolese forces left. The DRC denied it.", "CG", "en"),
        ("The Dominican Republic voted. Dominican forces left. The Dominican Republic denied it.", "DM", "en"),
        ("Mauritania voted. Mauritania denied it.", "MU", "en"),
        ("Slovakia voted. Slovakia denied it.", "SI", "en"),
        ("Iran voted. Iranian forces left the west of Iran.", "IQ", "en"),
        ("Austria voted. Austria denied it.", "AU", "en"),
        ("Iran voted. Armed men attacked Iran.", "AM", "en"),
        ("The army left North Darfur. A hospital in El Fasher was shelled.", "TD", "en"),
        ("Le Nigéria a voté. La police nigériane a quitté le nord du Nigeria.", "NE", "fr"),
        (
            "La RDC a voté. En République démocratique du Congo, l'armée congolaise se retire de la RD Congo.",
            "CG",
            "fr",
        ),
        ("Guinea Ecuatorial votó. El gobierno de Guinea Ecuatorial lo negó.", "GN", "es"),
        ("O Sudão do Sul votou. O governo do Sudão do Sul negou.", "SD", "pt"),
    ],
)
def test_a_text_that_names_another_country_is_told(text: str, codes: str, lang: str):
    assert len(told(text, codes, lang)) == 1


@pytest.mark.parametrize(
    ("text", "codes", "lang"),
    [
        ("Nigeria was warned. Nigeria denied it. A delegation from Niger left.", "NE", "en"),
        ("Chad was warned. Chad denied it. Sudanese refugees fled.", "SD", "en"),
        ("Chad was warned. Chad denied it. Refugees from Darfur fled.", "SD", "en"),
        ("Bangladesh was warned. Bangladesh denied it. Burmese soldiers left.", "MM", "en"),
        ("Syria was warned. Syria denied it. Lebanese soldiers left.", "LB", "en"),
        ("Pakistan was warned. Pakistan denied it. Afghan soldiers left.", "AF", "en"),
        ("Iran was warned. Iran denied it. The U.S. Congress voted.", "US", "en"),
        ("Iran was warned. Iran denied it. American forces left.", "US", "en"),
        ("Iran was warned. Iran denied it. British forces left.", "GB", "en"),
        ("Nepal was warned. Nepal denied it. Chinese forces left.", "CN", "en"),
        ("Niger was warned. Niger denied it. Malian forces left.", "ML", "en"),
        ("Russia fired at Kharkiv. Russia denied it.", "UA", "en"),
        ("Armenia appealed: people starve in Stepanakert. Armenia waits.", "AZ", "en"),
        ("Israel bombed Tyre. Israel said that weapons were there.", "LB", "en"),
        ("Russia and Chad denied it. Chad closed its border. Bangui protested.", "CF", "en"),
        ("Syria is at war. Police in Diyarbak\u0131r spoke of Syria.", "TR", "en"),
        ("N\u2019Djamena reste calme. Le Mali a ni\u00e9. Le Mali a protest\u00e9.", "TD", "fr"),
        ("Rusia neg\u00f3 el ataque. Rusia calla sobre J\u00e1rkov y Kiev.", "UA", "es"),
        ("Mali was warned. Mali denied it. Burkinabe forces left.", "BF", "en"),
        ("Rwanda was warned. Rwanda denied it. Congolese forces left.", "CD", "en"),
        ("Rwanda was warned. Rwanda denied it. The DRC complained.", "CD", "en"),
        ("Egypt was warned. Egypt denied it. Gaza is closed.", "PS", "en"),
        ("Egypt was warned. Egypt denied it. Israeli forces left.", "PS IL", "en"),
        ("Haiti was warned. Haiti denied it. Dominican forces left.", "DO", "en"),
        ("Haiti was warned. Haiti denied it. Dominican forces left.", "DM", "en"),
        ("Refugees reached Chad. They need water.", "SD", "en"),
        ("Nobody was named. A road was closed.", "SD", "en"),
        ("Nigeria was warned. Nigeria denied it.", "", "en"),
        ("O Iraque votou. O Iraque negou. O Irã saiu.", "IR", "pt"),
        ("Le Rwanda a voté. Le Rwanda a nié. La RCA a protesté.", "CF", "fr"),
        ("Le Tchad a voté. Le Tchad a nié. Les autorités centrafricaines protestent.", "CF", "fr"),
        ("Судан голосував. Судан заперечив.", "TD", "uk"),
        ("Sudan. Sudan.", "TD", "sw"),
    ],
)
def test_at_the_least_sign_of_its_country_it_is_not(text: str, codes: str, lang: str):
    assert told(text, codes, lang) == []


def test_a_country_may_be_named_above_unless_the_alert_is_about_the_other_one_too():
    text = "Rwanda was warned. Rwanda denied it."
    assert told(text, "CD") != []
    assert told(text, "CD", above="DR Congo and Sudan: two towns taken", also="SD") == []
    assert told(text, "CD", above="DR Congo and Rwanda: two towns taken", also="RW") != []


def test_a_headline_or_what_another_situation_is_about_need_be_named_but_once():
    text = "Refugees reached Adré in Chad."
    assert told(text, "SD") == []
    assert told(text, "SD", also="TD") != []
    assert told("Refugees reached Adré.", "SD", headline="New refugees in Chad") != []
    assert told("Refugees left Sudan.", "SD", headline="New refugees in Chad") == []


def test_initials_in_the_headline_say_which_congo_is_meant():
    headline, text = "A march in eastern DRC", "The DRC army left. Congolese civilians fled."
    assert told(text, "CG", headline=headline, above=f"{headline}\n{text}") != []
    assert told(text, "CD", headline=headline, above=f"{headline}\n{text}") == []


def test_the_countries_that_are_named_most_are_told():
    (message,) = told("Chad and Mali. Chad and Mali. Chad and Togo. Iran, Iran, Iraq.", "SD")
    assert message.startswith("this text names Chad (TD), Mali (ML) and Iran (IR), or places there, but never Sudan")


@pytest.mark.parametrize(
    ("header", "situations", "above", "lang", "alone"),
    [
        ("SD NG", "SD NE", "Soldiers left Niger.", "en", ["Nigeria (NG)"]),
        ("SD NG", "SD NE", "Nigerian soldiers left Niger.", "en", []),
        ("SD NG", "SD NE", "", "en", []),
        ("SD NG", "SD", "Soldiers left Niger.", "en", []),
        ("SD", "SD NE", "Soldiers left Niger.", "en", []),
        ("SD NG", "SD NE", "Niger.", "uk", []),
    ],
)
def test_a_country_that_remains_of_an_old_header_is_told(header, situations, above, lang, alone):
    countries = tuple(map(TERMS.country_of, header.split()))
    one_each = [Told("A road", "Text.", (TERMS.country_of(code),), AT) for code in situations.split()]
    found = [one.message for one in country_of_header_alone(countries, one_each, above, lang, AT, TERMS)]
    assert found == [f"`country` says {name}, but no situation is about it, and no text names it" for name in alone]
