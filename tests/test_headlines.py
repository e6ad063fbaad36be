"""A headline that begins with one country, said to be about another, is told; nothing else is."""

import pytest

from alertgen.diagnostics import Place
from alertgen.load.texts.headlines import countries_at_odds, country_of_title_alone
from alertgen.load.vocabulary.terms import Terms
from alertgen.load.vocabulary.vocabularies import data_files, read_vocabularies

TERMS = Terms(read_vocabularies(*data_files()), (), ())
AT = Place("alerts/x.md", 1)


def named(headline: str, codes: str, lang: str) -> list[str]:
    countries = tuple(map(TERMS.country_of, codes.split()))
    return [found.hint.split(" as ")[0] for found in countries_at_odds(headline, countries, lang, AT, TERMS)]


@pytest.mark.parametrize(
    ("headline", "codes", "lang", "written"),
    [
        ("Nigeria: farm workers attacked", "NE", "en", "write NG"),
        ("NIGERIA : farm workers attacked", "NE", "en", "write NG"),
        ("Sudan \u2013 a mass grave", "SS", "en", "write SD"),
        ("Sudan and Chad: refugees", "SS", "en", "write SD TD"),
        ("Mali, Niger, and Chad: refugees", "SS CF", "en", "write ML NE TD"),
        ("Bosnia and Herzegovina: a speech", "HR", "en", "write BA"),
        ("Syria: three weeks", "IQ", "en", "write SY"),
        ("The Democratic Republic of the Congo: a march", "CG", "en", "write CD"),
        ("Haiti and the Dominican Republic: a border", "DM", "en", "write HT DO"),
        ("The Central African Republic (CAR): a ceasefire", "TD", "en", "write CF"),
        ("République démocratique du Congo (RDC) : une marche", "CG", "fr", "write CD"),
        ("Nigeria", "NE", "en", "write NG"),
        ("Tchad : des réfugiés", "TG", "fr", "write TD"),
        ("Mali et Tchad : des réfugiés", "TG", "fr", "write ML TD"),
        ("السودان: مقبرة جماعية", "SS", "ar", "write SD"),
        ("السودان وتشاد: لاجئون", "SS", "ar", "write SD TD"),
        ("RDC : une marche", "CG", "fr", "write CD"),
        ("La RD Congo : une marche", "CG", "fr-CA", "write CD"),
        ("Centrafrique : une trêve", "TD", "fr", "write CF"),
        ("Birmanie : une trêve", "BD", "fr", "write MM"),
        ("ETHIOPIE : une trêve", "ER", "fr", "write ET"),
        ("L\u2019Éthiopie : une trêve", "ER", "fr", "write ET"),
        ("République du Niger : une trêve", "NG", "fr", "write NE"),
        ("République de Guinée : un vote", "GQ", "fr", "write GN"),
        ("Guinée équatoriale : un vote", "GN", "fr", "write GQ"),
        ("Guinée Bissau : un vote", "GN", "fr", "write GW"),
        ("Dominique : un ouragan", "DO", "fr", "write DM"),
        ("Corée du Nord : un essai", "KR", "fr", "write KP"),
        ("Niger Republic: a truce", "NG", "en", "write NE"),
        ("The Republic of the Sudan: a truce", "SS", "en", "write SD"),
        ("Democratic Republic of Congo: a march", "CG", "en", "write CD"),
        ("Republic of China: a vote", "CN", "en", "write TW"),
        ("North Korea: a test", "KR", "en", "write KP"),
        ("Congo: a march", "RW", "en", "write CD or CG"),
        ("Myanmar/Burma: a truce", "BD", "en", "write MM"),
        ("Corea del Norte: una prueba", "KR", "es", "write KP"),
        ("República Democrática del Congo: una marcha", "CG", "es", "write CD"),
        ("Malí y Níger: refugiados", "NG", "es", "write ML NE"),
        ("Irã: um voto", "IQ", "pt", "write IR"),
        ("Irão: um voto", "IQ", "pt", "write IR"),
        ("Sudão e Chade: refugiados", "SS", "pt", "write SD TD"),
        ("Чад: біженці", "SD", "uk", "write TD"),
        ("ДРК: марш", "CG", "uk", "write CD"),
        ("В\u02bcєтнам: марш", "LA", "uk", "write VN"),  # noqa: RUF001
        ("مصر: لاجئون", "SD", "ar", "write EG"),
        ("جمهورية النيجر: هدنة", "NG", "ar", "write NE"),
        ("الكونغو الديمقراطية: مسيرة", "CG", "ar", "write CD"),
        ("Sudan -- a mass grave", "SS", "en", "write SD"),
        ("Sudan\u2014a mass grave", "SS", "en", "write SD"),
        ("Sudan | a mass grave", "SS", "en", "write SD"),
        ("**Sudan**: a mass grave", "SS", "en", "write SD"),
    ],
)
def test_another_country_is_found(headline: str, codes: str, lang: str, written: str):
    assert named(headline, codes, lang) == [written]


@pytest.mark.parametrize(
    ("headline", "codes", "lang"),
    [
        ("Nigeria: farm workers attacked", "NG", "en"),
        ("Sudan and Chad: refugees", "TD", "en"),
        ("Sudan: refugees", "", "en"),
        ("Refugees leave Nigeria", "NE", "en"),
        ("Lake Chad: nets are cast", "NG", "en"),
        ("Congo: a march", "CG", "en"),
        ("Congo : une marche", "CD", "fr"),
        ("Georgia: a verdict", "US", "en"),
        ("Granada: una sentencia", "ES", "es"),
        ("Guiné: um voto", "GW", "pt"),
        ("عمان: مظاهرة", "JO", "ar"),
        ("Corée : un vote", "KR", "fr"),
        ("Car: a bomb", "SD", "en"),
        ("IRA: um atentado", "GB", "pt"),
        ("RDC : une marche", "CD", "fr"),
        ("République du Congo : une marche", "CG", "fr"),
        ("Soudan du Sud : une trêve", "SS", "fr"),
        ("Guinea-Bissau: a vote", "GW", "en"),
        ("Islamic State of Iraq: a verdict", "SY", "en"),
        ("US: a statement on Sudan", "SD", "en"),
        ("Week 3: Sudan", "SS", "en"),
        ("Sudan and the region: an appeal", "SS", "en"),
        ("Sudan-born doctors: an appeal", "SS", "en"),
        ("A judge in Chad: the verdict", "SN", "en"),
        ("Chad", "TD", "en"),
        ("Congo", "CG", "en"),
        ("The Congo: a march", "CG", "en"),
        ("Denmark (Greenland): a visit", "GL", "en"),
        ("Lake Chad", "NG", "en"),
        ("", "NG", "en"),
    ],
)
def test_nothing_else_is(headline: str, codes: str, lang: str):
    assert named(headline, codes, lang) == []


@pytest.mark.parametrize(
    ("title", "codes", "several", "alone"),
    [
        ("Mali, Niger and Chad: three reports", "ML NG TD", True, "Niger (NE) as well"),
        ("Mali, Niger and Chad: three reports", "ML TD", True, "Niger (NE) as well"),
        ("Mali and Niger: a report", "ML NG", False, "Niger (NE) as well"),
        ("Mali and Niger: a report", "ML", False, ""),
        ("Mali, Niger and Chad: three reports", "ML NE TD CF", True, ""),
        ("Niger and Chad: two reports", "ML NG", True, ""),
        ("Congo and Chad: two reports", "TD RW", True, ""),
        ("Mali, Gaza and the Council: three reports", "ML SD", True, ""),
    ],
)
def test_a_country_that_only_the_title_lists_is_told(title: str, codes: str, several: bool, alone: str):
    countries = tuple(map(TERMS.country_of, codes.split()))
    found = [one.message for one in country_of_title_alone(title, countries, "en", AT, TERMS, several=several)]
    assert found == ([f"this title begins with {alone}, but nothing in the alert is about that"] if alone else [])
