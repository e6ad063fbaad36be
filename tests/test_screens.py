"""What is looked at only behind a screen is found as if there were none, in texts made of what is looked for."""

# ruff: noqa: RUF001  typographic signs and letters that look like others are what is tested

import datetime
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from alertgen import screens
from alertgen.diagnostics import Diagnostic
from alertgen.load.lints import attributes, links, table
from alertgen.load.lints.late_dates import late_dates
from alertgen.load.lints.table import LINTS, Lint, lint
from alertgen.load.markdown.source import read_source
from alertgen.load.people import exposures as exposing
from alertgen.load.people.exposures import exposures
from alertgen.load.people.passwords import passwords
from alertgen.screens import Screen, in_any_case
from exposed import FOUND

ROOT = Path(__file__).parent.parent

BETWEEN = ("", "", "", " ", " ", "\n", "\n\n", "\n \n", "\n\x1f\n", "\xa0", "\t", "\x1c", "\u2028", ".", "1", "a", "é")
OF_LINTS = (
    "text", "a.", "text\n- item", "\nA\n---\n", "\n\n2. a", "[^1]: a\n\n[^1]: b", "- item", "* item", "+ ", "1. item",
    "2. item", "12. ", "1) item", "• item", "▪", "٣. ", "-", "--", "---", "===", "=", "#", "# A", "## B", "### C",
    "####", "#Sudan", " ## D", "   ## E", "|", "> ", "<b", "<", "</p>", "<!--", "```", "~~~", "`", "    ",
    "Top of page", "skip to content", "ſkip to content", "view in browser", "[", "]",
    "vIew thıs email in your browser", "ſent from my iPhone", "Unsubscribe", "View this email in your browser", "](",
    "sent from my \u212a", "UNSUBSCRİBE", "[^1]", "[^1]: ", "[^2]", "[a][b]", "[b]: x", "[[page]]", "[[", "](x)",
    "][", "http://a.example/b", "https://a.example/", "https://", "www.a.example", "www.", "/www.",
    "(https://a.example/", "[x](https://a.example/b)", "](https://a.example/b)", "](https://a.example/",
    "<https://a.example/>", "(", ")", "[here](x)", "[click here][b]", "[*This link*](x)", "[lInk.](x)", "[thıs](x)",
    "[lire la suıte](x)", "[ici ](", "[\x1dmore\x1e:](x)", "\u200b", "\u200e", "\u2068", "\u202e", "\ufeff", "\u00ad",
    "\u200d", "&#7;", "&#x1;", "&#", "TODO: ", "TODO:x", "{: country=SD }", "## F {: country=SD }",
    "\n## G {: contry=SD }\n", "\n## H {: level=a level=b }", "{: level=“a” }", "{: contry=SD }", "{", "}",
    "{: a b }", "“", '"', "12 ", "14,000 people", "dozens", "Scores", "MILLIONS", "mıllıon", "were killed", "KİLLED",
    "kıdnapped", "died", "killing at least ", "killed 12", "displaced more than dozens", "the lives of\x1c40",
    "according to", "; ", "tué", "blessés", "la mort de plus de ", "centaines de ", "déplacées", "vıolé", "and ",
    "1500 ", "3 de marzo", "mıles de ", "murieron", "mataron a más de ", "desplazó a\x1c40", "según ", "y ",
    "mılhares ", "mataram até ", "feridas", "MORTOS", "3 de março", "segundo ", "FERİDOS",
    "&#x202E;", "&lrm;", "&shy;", "&NoBreak;", "&it;",
    "draft: true", "\nEmbargo: 2027-", "title: x\ndate: y", "\n<<<<<<< ", ">>>>>>>", "[TK]", "[check x]", "[VERİFY]",
    "XXX", "???", "{>>", "<<}", "{++a++}", "~~struck~~", "\n##", "### ###",
    "\n[18/11/2026, 14:02:33] A: ", "\n[14:02, 18/11/2026] A: ", "\n18/11/26, 2:02 pm - A: ", "\nA, [18.11.2026 14:02]",
    "\n**From:** A\nSent: b", "\nDe : A\nObjet : b", "\nOn Wed 2026 at 2:02 A wrote:\n",
    "\nLe 2026 à 2:02, A a écrit :\n", "\nAm 1.1.2026 um 2:02 schrieb A:\n", "\nEMBARGOED UNTIL ",
    "\nDRAFT\n", "\n**NOT FOR RELEASE**", "\nBROUILLON – ",
    "\nPage 2 of 5\n", "\n\n7\n\n", "\n- 3 -\n", "8 | P a g e", "of\ufb01ce", "\uf0b7 ", "o\tx", "a\tb\nc\td", "\tb",
    "a) x\nb) y", "– x\n– y", "#REF!", "Error! Bookmark not defined.", "Commented [AB1]", "de-\nstroyed",
    "\ud800", "x" * 60, "\n\n\tfour words are here.", "\n\n    and four words, more!", "\n| a | b |", "\n|---|---|\n",
)  # fmt: skip
OF_EXPOSURES = (
    *(one for found in FOUND.values() for one in found), "13.6288", ", ", "25.3493", "%2C", "°", "º", " N", "W",
    "13° 37", "\u2032", "'", "2,63", "mlat=", "mlon=", "GEO:", "geo:-1", "34P", "GV", "12345 67890", "6GQ8", "+2F",
    "///a.b.c", "///", "+", "+4", "00", "0041", "0", "12", "345", "(212)", "555", "-", "0134", "Tel. ", "TÉL",
    "teléfono: ", "Mobıle", "MOBİLE", "whatſapp", "Signal", "sİgnal", "(", ")", "fax/", "callto:", "sms:", "WA.ME/",
    "phone=", "%2B", "a", "@", "example.org", "&#64;", "&commat;", "[at]", "[", "]", " at ", "{AT}", "(dot)",
    "\u0661", "\u0967", "\u09e7", "\u2212", "\u066b", "\u2011", "/", ":", "https://a.b/",
    "https://", "me:", "FTP://", "%40", "?tOken=x", "&sıg=x", "&amp;X-Amz-Sİgnature=x", "PHPSESSID=",
)  # fmt: skip
OF_DAYS = (
    "5", "31", "on ", "May", "MARCH", "January", "2026", "2031", ", ", "st", "er", ".", "de ", "août", "aprıl",
    "mayıs", "ŞUBAT", "haziran", "HAZİRAN", "décembre", "Aprıl", "will", "5 May 2031", "May 5, 2031", "1er août 2031",
    "5 de ", "5 Mayıs 2031", "AUGUST 1\x1c2031",
)  # fmt: skip
DAY = datetime.date(2026, 11, 27)

Find = Callable[[str, str], Iterable[Diagnostic]]


def by_lints(text: str, lang: str) -> Iterable[Diagnostic]:
    source = read_source(text, path="a.md", first_line=3, lang=lang)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screens, "_many", [])
        unscreened = read_source(text, path="a.md", first_line=3, lang=lang)
    assert (source.prose, source.fences) == (unscreened.prose, unscreened.fences), text
    return lint(source)


def by_exposures(text: str, _lang: str) -> Iterable[Diagnostic]:
    return (*exposures(text, "a.md"), *passwords(text, "a.md"))


def by_days(text: str, lang: str) -> Iterable[Diagnostic]:
    return late_dates(read_source(text, path="a.md", first_line=3, lang=lang), DAY)


SEARCHES: dict[str, tuple[Find, Sequence[str], Sequence[str], int]] = {
    "lints": (by_lints, OF_LINTS, ("en", "fr", "es", "pt", "ar"), 29),
    "exposures": (by_exposures, OF_EXPOSURES, ("en",), 3),
    "days": (by_days, OF_DAYS, ("en", "fr", "tr"), 1),
}


def both_ways(find: Find, text: str, lang: str) -> list[Diagnostic]:
    """Return what *find* finds, having looked whether it is the same without screens."""
    screened = list(find(text, lang))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screens, "_many", [])
        assert list(find(text, lang)) == screened, (text, lang)
    return screened


def random_texts(name: str, numbers: range) -> None:
    find, pieces, langs, codes = SEARCHES[name]
    told: Counter[str] = Counter()
    for number in numbers:
        rng = random.Random(f"{name} {number}")
        chosen = [part for _ in range(rng.randint(1, 5)) for part in (rng.choice(pieces), rng.choice(BETWEEN))]
        told.update({one.code for one in both_ways(find, "".join(chosen), rng.choice(langs))})
    assert len(told) >= codes, told  # or the texts would prove nothing


@pytest.mark.parametrize("name", SEARCHES)
def test_random_texts(name: str) -> None:
    random_texts(name, range(2500))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", SEARCHES)
def test_two_hundred_thousand_random_texts(name: str) -> None:
    random_texts(name, range(2500, 202_500))


OF_NOTES = (
    "[^1]", "[^2]", "[^1]: a", "[^2]:", "[^1]:[^2]:", "> [^1]: b", "- [^2]: c", "[^", "]", "[^]", ":", "!", "\\", "a",
    " ", "\n", "\n\n", "\t", "[^a[^1]", "[^1\n]", "## A {: country=SD }", "\n## B {: level=a level=b }",
    "\n# C{: theme=x }", "\n## D {: trend=y } #", "\n## E {: trend=y } z", "{", "}", "{: lang=en }",
    "\n## F { level=“a” }", "\n---\n", "\n{: level=a }\n", "\n## G (level=a)\n",
)  # fmt: skip
ASKED = {
    links.faulty_notes: (links.unknown_note, links.unused_note, links.duplicate_note),
    attributes.faulty_lists: (
        attributes.curly_quotes_in_attributes,
        attributes.malformed_attributes,
        attributes.outside_of_headings,
        attributes.unknown_situation_attribute,
        attributes.repeated_attribute,
    ),
}


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.__name__)
def test_rows_that_ask_others_of_what_is_unusual_tell_what_they_tell(row: Lint) -> None:
    silent = 0
    for number in range(4000):
        rng = random.Random(f"notes {number}")
        text = "".join(rng.choice(OF_NOTES) for _ in range(rng.randint(1, 7)))
        source = read_source(text, path="a.md", first_line=3, lang="en")
        told = list(row(source))
        assert told == [problem for asked in ASKED[row] for problem in asked(source)], text
        silent += not told and ("[^" in text or "{" in text)
    assert 100 < silent < 3000


@pytest.mark.parametrize("path", sorted((ROOT / "alerts").rglob("*.md")), ids=lambda path: path.stem)
def test_the_sample(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for find, *_ in SEARCHES.values():
        both_ways(find, text.partition("\n---\n")[2], "en")


def test_usual_texts_are_held_back_by_every_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Fighting goes on, [says the UN](https://www.un.org/a).\n\n## A {: country=SD }\n\n- one\n- two\n"
    asked: list[Screen] = []

    def no(screen: Screen, _: str) -> bool:
        asked.append(screen)
        return bool(not screens._many and screen._unsure)

    monkeypatch.setattr(Screen, "matches", no)
    both_ways(by_lints, text, "en")
    both_ways(by_exposures, text, "en")
    assert {table._ANY, exposing._AFAR} <= set(asked)


def test_no_screen_counts_far() -> None:
    """Whatever is counted up to sixty is sixty states of what looks through texts; one that has too many crawls."""
    for row, expression in LINTS.items():
        counted = re.findall(r"(?<!\\)\{\d*,?(\d+)\}", expression)
        assert all(int(most) <= 8 for most in counted), row.__name__


def test_a_screen_answers_only_when_there_are_many_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "_many", [])
    cautious, trusting = Screen("x|y"), Screen("x", unsure=False)
    assert (cautious.matches("a"), trusting.matches("x")) == (True, False)
    screens.make_ready()
    assert [cautious.matches(text) for text in ("a", "ay", "é")] == [False, True, False]
    assert (trusting.matches("a"), trusting.matches("éx")) == (False, True)


def test_nothing_is_told_of_half_a_character() -> None:
    for text in ("\ud800", "x\ud800"):
        assert (Screen("x").matches(text), Screen("x", unsure=False).matches(text)) == (True, False)


def test_letters_in_any_case_are_those_of_python() -> None:
    assert all(Screen(f"(?i:{in_any_case('ski')})").matches(word) for word in ("SKI", "ſ\u212aı", "sKİ", "ski"))
