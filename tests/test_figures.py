"""A translation that gives another figure than its original is told, and hardly anything else is taken for one."""

# ruff: noqa: RUF001  letters that look like those of another script are what is tested

from __future__ import annotations

import pytest

from alertgen.load.figures import Figure, figures_at_odds, figures_in, unspelled
from alertgen.load.markdown.source import read_source

AT_ODDS = [
    ("At least 120 people were killed.", "fr", "Au moins 12 personnes ont été tuées.", "12", "120"),
    ("In May, 1,200 fled.", "fr", "En mai, 12 000 ont fui.", "12000", "1200"),
    ("Some 1.2 million fled.", "es", "Unos 12 millones huyeron.", "12000000", "1200000"),
    ("It killed 45 civilians on 12 May 2025.", "fr", "Elle a tué 54 civils le 12 mai 2025.", "54", "45"),
    ("Since 2013 it has gone on.", "fr", "Elle dure depuis 2023.", "2023", "2013"),
    ("It displaced 84,000 people.", "ar", "شردت ٤٨٬٠٠٠ شخص.", "48000", "84000"),
    ("It hit 25% of them.", "uk", "Це торкнулося 52 % з них.", "52", "25"),
    ("| A | 165 |\n|---|---|\n| B | 17 |", "pt", "| A | 156 |\n|---|---|\n| B | 17 |", "156", "165"),
    ("## At least 54 killed {: country=SD }\n\nOn 3 May.", "fr", "## Au moins 45 morts {: country=SD }\n\nLe 3 mai.",
     "45", "54"),
]  # fmt: skip
ALIKE = [
    ("At least 1,200 people and 15,300 more.", "fr", "Au moins 1 200 personnes et 15 300 autres."),
    ("At least 1,200 people and 15,300 more.", "es", "Al menos 1.200 personas y otras 15.300."),
    ("At least 1,200 people.", "ar", "ما لا يقل عن ١٬٢٠٠ شخص."),
    ("Some 1.5 million people, 20,000 of them children.", "fr",
     "Quelque 1,5 million de personnes, dont 20 mille enfants."),
    ("Some 2 billion dollars, and 1,500,000 people.", "es",
     "Unos 2 mil millones de dólares, y 1,5 millones de personas."),
    ("Some 2 billion, and 1.5 million.", "pt", "Uns 2 mil milhões, e 1.500.000."),
    ("20,000 people in 12 towns", "ar", "20 ألف شخص في اثنتي عشرة بلدة"),
    ("Twelve people and 45 more in eleven towns.", "fr", "12 personnes et quarante-cinq autres dans 11 villes."),
    ("Seventy people in 15 towns.", "fr", "70 personnes dans quinze villes."),
    ("Eighty-four people in 15 towns.", "fr", "84 personnes dans quinze villes."),
    ("Three people in 4 towns.", "fr", "3 personnes dans quatre villes."),
    ("A third of them, 12 people.", "fr", "33 % d'entre eux, douze personnes."),
    ("At 3:30 p.m., within 60 miles.", "fr", "À 15 h 30, à moins de 97 km."),
    ("On 2026-11-18, 20 people.", "fr", "Le 18 novembre 2026, vingt personnes."),
    ("In 2024/25 it was the 20th time, for 13 people.", "fr", "En 2024-2025, pour la 20e fois, treize personnes."),
    ("See [the 2024 report](https://example.org/2024/99) of 12 May.[^1]", "fr",
     "Voir [le rapport](https://example.org/fr/77) du 12 mai.[^12]"),
    ("One.\n\nTwo with 120.", "fr", "Une avec 12 en un seul paragraphe."),
    ("One of 120.", "fr", "Une."),
    ("Of 120 people, a fortnight later.", "tr", "12 kişi."),
    ("A.\n\n54 here.\n\n60 there.", "fr", "A.\n\n60 ici.\n\n54 là."),
    ("A.\n\n54 here.\n\n60 there.", "fr", "A.\n\n61 ici.\n\n55 là."),
    ("A.\n\n54 here.\n\n60 there.\n\n70 too.", "fr", "A.\n\n60 ici.\n\n70 aussi.\n\n54 là."),
]  # fmt: skip


def odds(text: str, lang: str, translation: str) -> list[tuple[list[Figure], list[Figure]]]:
    there, here = (
        figures_in(read_source(said, path="a.md", first_line=5, lang=of))
        for said, of in ((text, "en"), (translation, lang))
    )
    told = [
        (unspelled(alone, text, "en"), unspelled(other, translation, lang))
        for alone, other in figures_at_odds(here, there)
    ]
    return [(alone, other) for alone, other in told if alone and other]


@pytest.mark.parametrize(("text", "lang", "translation", "here", "there"), AT_ODDS)
def test_another_figure_is_found(text: str, lang: str, translation: str, here: str, there: str) -> None:
    [(alone, other)] = odds(text, lang, translation)
    assert [[figure.value for figure in several] for several in (alone, other)] == [[here], [there]]


@pytest.mark.parametrize(("text", "lang", "translation"), ALIKE)
def test_the_same_said_otherwise_is_no_other_figure(text: str, lang: str, translation: str) -> None:
    assert odds(text, lang, translation) == []


def test_a_figure_is_found_where_it_stands() -> None:
    [(alone, other)] = odds("Text.\n\nOf them\n1,200 fled.", "fr", "Texte.\n\nIls étaient\n  12 000.")
    assert (alone, other) == ([Figure("12000", 8, 3, 6)], [Figure("1200", 8, 1, 5)])
