"""What editors write for a country: it is taken, or the hint names the country they mean, and never another one."""

import re

import pytest

from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies

TAKEN = {
    "CD": ["DR Congo", "DRC", "Congo-Kinshasa"],
    "CF": ["CAR"],
    "CI": ["Ivory Coast"],
    "CV": ["Cape Verde"],
    "CZ": ["Czech Republic"],
    "EH": ["Western Sahara"],
    "GB": ["UK"],
    "IR": ["Iran"],
    "KR": ["South Korea"],
    "LA": ["Laos"],
    "MK": ["Macedonia"],
    "MM": ["Burma"],
    "PS": ["Gaza", "West Bank", "Palestine", "OPT"],
    "RU": ["Russia"],
    "SY": ["Syria"],
    "SZ": ["Swaziland"],
    "TR": ["Turkey"],
    "US": ["USA"],
}
SUGGESTED = {
    "SD": ["North Sudan", "Republic of Sudan", "Republic of the Sudan", "The Sudan", "Soudan", "السودان", "Sudan (SD)"],
    "SS": ["Republic of South Sudan", "S. Sudan", "Sudan, South", "SouthSudan", "south-sudan"],
    "NO": ["Norwegian", "Noruega"],
    "SA": ["Arabia Saudita", "Arábia Saudita"],
    "NE": ["Niger Republic", "Republic of Niger", "Nigr"],
    "NG": ["Northern Nigeria", "Nigeria (north)", "Niger Delta", "Federal Republic of Nigeria"],
    "CD": [
        "D.R. Congo",
        "RDC",
        "RD Congo",
        "Democratic Republic of Congo",
        "Congo, Dem. Rep.",
        "Congo, DR",
        "D.R.C.",
        "North Kivu",
    ],
    "CG": ["Republic of Congo", "Congo Republic"],
    "CD CG": ["Eastern Congo"],
    "CF": ["C.A.R.", "RCA", "إفريقيا الوسطى", "Central Africa", "Central African Rep.", "Centrafrique"],
    "CI": ["Cote dIvoire", "Côte Ivoire"],
    "CN": ["Xinjiang", "People's Republic of China", "Inner Mongolia"],
    "TW": ["Republic of China"],
    "CZ": ["Czech"],
    "ET": ["Tigray", "Oromia", "Etiopia"],
    "GB": ["England", "Northern Ireland", "U.K."],
    "IN PK": ["Kashmir"],
    "AM AZ": ["Nagorno-Karabakh"],
    "IR": ["Iran, Islamic Republic of"],
    "IQ": ["Irak", "Northern Iraq"],
    "KP": ["N. Korea", "Korea, North"],
    "KP KR": ["Korea"],
    "KR": ["S. Korea", "Korea, Republic of", "ROK"],
    "LB": ["Liban", "Southern Lebanon"],
    "LY": ["Lybia"],
    "ML": ["Republic of Mali", "Mali Republic"],
    "MM": ["Rakhine", "Union of Myanmar", "Mynamar", "Chin State", "Birmanie", "Birmania", "Бірма"],
    "PS": ["Gaza Strip", "Palestinian Territory", "Occupied Palestine", "Palestina"],
    "TD": ["Tchad", "Republic of Chad"],
    "TL": ["Timor"],
    "ID": ["West Timor", "West Papua"],
    "UA": ["Eastern Ukraine", "Ukriane"],
    "US": ["U.S.A.", "America", "the United States"],
    "YE": ["Yemen, Rep."],
    "ZA": ["Republic of South Africa"],
}
UNCERTAIN = [
    *(
        "Sahel",
        "Horn of Africa",
        "West Africa",
        "South America",
        "European Union",
        "Kurdistan",
        "Balkans",
        "Yugoslavia",
    ),
    *("Republic", "State", "United Mexican States", "of", "?", "", "中国", "NATO", "Juliet", "world"),
]


@pytest.fixture(scope="module")
def terms():
    return Terms(read_vocabularies(*data_files()), (), ())


@pytest.mark.parametrize(("code", "typed"), [(code, name) for code, names in TAKEN.items() for name in names])
def test_usual_names_are_taken(terms, code, typed):
    country = terms.country(typed, Place("a.md"))
    assert not isinstance(country, Diagnostic)
    assert country.code == code


@pytest.mark.parametrize(("codes", "typed"), [(codes, name) for codes, names in SUGGESTED.items() for name in names])
def test_other_names_places_and_slips_lead_to_the_country_that_is_meant(terms, codes, typed):
    told = terms.country(typed, Place("a.md"))
    assert isinstance(told, Diagnostic)
    assert told.code == "unknown-country"
    assert " ".join(re.findall(r"\b[A-Z]{2}\b", told.hint)) == codes


@pytest.mark.parametrize("typed", UNCERTAIN)
def test_what_may_be_any_country_or_none_leads_to_no_guess(terms, typed):
    told = terms.country(typed, Place("a.md"))
    assert isinstance(told, Diagnostic)
    assert told.hint == "write its two-letter code (ISO 3166), such as SD for Sudan"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Israel-Palestine", "IL, PS"),
        ("Israel and the OPT", "IL, PS"),
        ("South Sudan Ethiopia", "SS, ET"),
        ("South Sudan et Chad", "SS, TD"),
        ("Congo-Kinshasa Burundi", "CD, BI"),
    ],
)
def test_two_countries_in_one_name_are_told_apart(terms, typed, codes):
    assert f"[{codes}]" in terms.country(typed, Place("a.md")).hint


def test_no_suggested_place_is_the_name_of_a_country():
    vocabularies = read_vocabularies(*data_files())
    names = dict(vocabularies.country_names)
    assert [place for place, _ in vocabularies.places if place in names] == []


def test_one_slip_in_a_long_name_never_leads_to_another_country(terms):
    names = {name: codes[0] for name, codes in read_vocabularies(*data_files()).country_names if len(name) > 6}
    for name, code in names.items():
        slipped = f"{name[:-2]}{name[-1]}"
        told = terms.country(slipped, Place("a.md"))
        found = re.findall(r"\(([A-Z]{2})\)", told.hint) if isinstance(told, Diagnostic) else []
        assert not found or code in found, slipped
