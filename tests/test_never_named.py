"""A text that never names its country, and names another one, is told; at the least sign of its country it is not."""

import pytest

from alertgen.diagnostics import Place
from alertgen.load.texts.never_named import country_never_named
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies

TERMS = Terms(read_vocabularies(*data_files()), (), ())
AT = Place("alerts/x.md", 1)


def told(text: str, codes: str, lang: str = "en", above: str = "", everywhere: str = "") -> list[str]:
    countries, all_countries = (tuple(map(TERMS.country_of, some.split())) for some in (codes, f"{codes} {everywhere}"))
    return [found.message for found in country_never_named(text, countries, above, all_countries, lang, AT, TERMS)]


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
        ("Mauritania voted. Mauritania denied it.", "MU", "en"),
        ("Slovakia voted. Slovakia denied it.", "SI", "en"),
        ("Iran voted. Iranian forces left the west of Iran.", "IQ", "en"),
        ("Austria voted. Austria denied it.", "AU", "en"),
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
        ("Mali was warned. Mali denied it. Burkinabe forces left.", "BF", "en"),
        ("Rwanda was warned. Rwanda denied it. Congolese forces left.", "CD", "en"),
        ("Rwanda was warned. Rwanda denied it. The DRC complained.", "CD", "en"),
        ("Egypt was warned. Egypt denied it. Gaza is closed.", "PS", "en"),
        ("Egypt was warned. Egypt denied it. Israeli forces left.", "PS IL", "en"),
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
    assert told(text, "CD", above="DR Congo and Sudan: two towns taken", everywhere="SD") == []
    assert told(text, "CD", above="DR Congo and Rwanda: two towns taken", everywhere="RW") != []


def test_the_countries_that_are_named_most_are_told():
    (message,) = told("Chad and Mali. Chad and Mali. Chad and Togo. Iran, Iran, Iraq.", "SD")
    assert message == (
        "this text often names Chad (TD), Mali (ML) and Iran (IR), or places there, but never Sudan (SD), which "
        "`country` says"
    )
