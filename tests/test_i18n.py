"""The catalogues are whole, and dates, plurals and lists follow the language."""

import ast
import datetime
import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from alertgen.cldr import manner_of
from alertgen.i18n import CATALOGUES, words
from alertgen.model import Trend

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "src/alertgen/data/locales"
DAY = datetime.date(2021, 1, 27)


def catalogue(lang: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((LOCALES / f"{lang}.toml").read_text(encoding="utf-8"))


def values(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


@pytest.mark.parametrize("lang", CATALOGUES)
def test_every_catalogue_has_the_same_keys_in_the_same_order(lang: str) -> None:
    english, other = catalogue("en"), catalogue(lang)
    assert list(other) == list(english)
    assert list(other["text"]) == list(english["text"])
    assert list(other["counted"]) == list(english["counted"])


@pytest.mark.parametrize("lang", CATALOGUES)
def test_every_text_has_the_same_values(lang: str) -> None:
    english, other = catalogue("en")["text"], catalogue(lang)["text"]
    assert {key: values(str(text)) for key, text in other.items()} == {
        key: values(str(text)) for key, text in english.items()
    }


@pytest.mark.parametrize("lang", CATALOGUES)
def test_no_text_is_empty_or_has_a_blank_at_its_ends(lang: str) -> None:
    for key, text in catalogue(lang)["text"].items():
        assert key == "comma" or str(text) == str(text).strip() != "", key


def test_no_line_ends_before_a_sign_of_french() -> None:
    tables = catalogue("fr")
    texts = [*tables["text"].values(), *(form for forms in tables["counted"].values() for form in forms.values())]
    assert [text for text in texts if re.search(r" [:;!?»]|« ", str(text))] == []


def test_no_full_stop_follows_a_day_of_ukrainian_which_ends_with_one() -> None:
    assert [text for text in catalogue("uk")["text"].values() if "{day}." in str(text)] == []


@pytest.mark.parametrize("lang", CATALOGUES)
def test_every_counted_text_has_the_plurals_of_its_language(lang: str) -> None:
    needed = set(Locale.parse(lang).plural_form.tags) | {"other"}
    if lang == "fr":
        needed.discard("many")  # French says "1 000 000 alertes" where the number is in figures
    for key, forms in catalogue(lang)["counted"].items():
        assert isinstance(forms, dict)
        assert needed <= forms.keys(), key


def test_every_key_that_code_and_templates_use_exists() -> None:
    texts, counted = catalogue("en")["text"], catalogue("en")["counted"]
    for file in [*ROOT.glob("src/alertgen/**/*.py"), *ROOT.glob("templates/**/*.html")]:
        source = file.read_text(encoding="utf-8")
        said = re.findall(r"""(?:\.say|\bt)\(\s*["'](\w+)["']""", source)
        numbered = re.findall(r"""(?:\.count|\bn)\(\s*["'](\w+)["'],""", source)
        assert [key for key in said if key not in texts] == [], file
        assert [key for key in numbered if key not in counted] == [], file


BUILT = ("data_kind_", "feeds_", "region_", "scheme_")
"""How keys begin that are put together from a word of the code and one of the content."""


def test_every_key_is_used_by_code_or_templates() -> None:
    used = {"quoted_inside", *(f"trend_{trend.value}" for trend in Trend)}  # `Words.quote` looks into the table itself
    for file in ROOT.glob("src/alertgen/**/*.py"):
        for call in filter(_says, ast.walk(ast.parse(file.read_text(encoding="utf-8")))):
            used |= {node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)}
    for file in ROOT.glob("templates/**/*.html"):
        source = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"""(?:\b(?:t|n|counts)\(|\bunmarked=)\s*["'](\w+)["']""", source))
    keys = catalogue("en")["text"].keys() | catalogue("en")["counted"].keys()
    assert [key for key in sorted(keys - used) if not key.startswith(BUILT)] == []


def _says(node: ast.AST) -> bool:
    """Tell whether *node* asks for a text of the interface: `words.say(…)`, `say(…)`, `words.count(…)`."""
    called = node.func if isinstance(node, ast.Call) and node.args else None
    return getattr(called, "attr", getattr(called, "id", "")) in ("say", "count")


def test_dates_are_written_as_in_the_language() -> None:
    assert words("en").day(DAY) == "27 January 2021"
    assert words("en-US").day(DAY) == "January 27, 2021"
    assert words("fr").day(DAY) == "27 janvier 2021"
    assert words("ar").day(DAY) == "27 يناير 2021"
    assert words("es").day(DAY) == "27 de enero de 2021"
    assert words("fr").day(datetime.date(2021, 12, 1)) == "1er décembre 2021"
    assert words("fr").month(DAY) == "janvier 2021"
    assert words("uk").day(DAY) == "27 січня 2021\u202fр."  # noqa: RUF001 - Ukrainian


def test_plurals_follow_the_language() -> None:
    assert [words("en").count("alerts", n) for n in (0, 1, 2)] == ["0 alerts", "1 alert", "2 alerts"]
    assert [words("fr").count("alerts", n) for n in (0, 1, 2)] == ["0 alerte", "1 alerte", "2 alertes"]
    ukrainian = [words("uk").count("countries", n) for n in (0, 1, 2, 5, 11, 21, 22, 112)]
    assert ukrainian == [
        "0 країн", "1 країна", "2 країни", "5 країн", "11 країн", "21 країна", "22 країни", "112 країн"
    ]  # fmt: skip
    arabic = [words("ar").count("alerts", n) for n in (0, 1, 2, 3, 11, 100)]
    assert arabic == ["لا تنبيهات", "تنبيه واحد", "تنبيهان", "3 تنبيهات", "11 تنبيهاً", "100 تنبيه"]


def test_round_millions_are_counted_with_a_preposition_in_spanish_and_portuguese() -> None:
    spanish = [words("es").count("alerts", n) for n in (0, 1, 2, 1_000_000)]
    assert spanish == ["0 alertas", "1 alerta", "2 alertas", "1.000.000 de alertas"]
    assert words("pt-MZ").count("countries", 1_000_000) == "1\u00a0000\u00a0000 de países"


def test_spanish_says_another_and_before_the_sound_of_i() -> None:
    said = {
        "Siria e Irán": ["Siria", "Irán"],
        "Mali, Sudán e Israel": ["Mali", "Sudán", "Israel"],
        "Ana e Íngrid": ["Ana", "Íngrid"],
        "Ana e Hilda": ["Ana", "Hilda"],
        "agua y hielo": ["agua", "hielo"],
        "Irán y Siria": ["Irán", "Siria"],
    }
    assert {words("es-CO").list(names): names for names in said.values()} == said
    assert words("fr").list(["Syrie", "Iran"]) == "Syrie et Iran"


def test_numbers_lists_and_quotations_follow_the_language() -> None:
    assert words("en").number(12345) == "12,345"
    assert words("en").list(["Mali", "Sudan", "Yemen"]) == "Mali, Sudan and Yemen"
    assert words("fr").list(["Mali", "Soudan"]) == "Mali et Soudan"
    assert words("fr").quote("x") == "«\u00a0x\u00a0»"


def test_what_is_quoted_within_a_quotation_has_the_other_marks() -> None:
    assert words("en").quote("“No aid” in Darfur") == "“\u2018No aid\u2019 in Darfur”"
    assert words("fr").quote("Le «\u00a0pire\u00a0» est là") == "«\u00a0Le “pire” est là\u00a0»"
    assert words("ar").quote("«كارثة» في الفاشر") == "«“كارثة” في الفاشر»"


@pytest.mark.parametrize(
    ("lang", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("ar-SD", "rtl"), ("fa-AF", "rtl"), ("ku-Arab", "rtl"), ("rhg", "rtl"),
     ("rhg-Latn", "ltr"), ("my", "ltr"), ("ti", "ltr"), ("tlh", "ltr")],
)  # fmt: skip
def test_direction_follows_the_script(lang: str, direction: str) -> None:
    assert words(lang).direction == direction


def test_a_language_names_itself() -> None:
    names = {"en": "English", "fr": "français", "ar": "العربية", "qxx": "qxx"}
    assert {lang: words(lang).language_name for lang in names} == names


def test_a_language_without_catalogue_falls_back_on_english_texts() -> None:
    assert words("fr-CA").say("home") == "Accueil"
    assert words("sw").say("home") == "Home"
    assert not words("sw").complete
    assert words("sw").count("alerts", 1) == "1 alert"


def test_an_unknown_key_is_a_fault() -> None:
    with pytest.raises(KeyError):
        words("en").say("no_such_key")
    with pytest.raises(KeyError):
        words("en").say("issue", series="x")


ALL = sorted(localedata.locale_identifiers())
SOME = ["ar", "de_CH", "en", "en_US", "es", "fr", "fr_CA", "hi", "ja", "my", "sw", "ta_SG"]


def assert_written_as_babel_does(tag: str) -> None:
    """Compare what `manner_of` gives of *tag* with Babel's own functions."""
    locale, manner = Locale.parse("en_GB" if tag == "en" else tag), manner_of(tag.replace("_", "-"), "en")
    for day in (datetime.date(2024, month, number) for month in range(1, 13) for number in (1, 2, 28)):
        shown = format_date(day, "long", locale)
        french = locale.language == "fr" and day.day == 1
        assert manner.day(day) == (shown.replace("1 ", "1er ", 1) if french else shown)
        assert manner.month(day) == format_skeleton("yMMMM", day, locale=locale)
        assert manner.short_month(day) == format_date(day, "LLL", locale=locale)
    for number in (0, 7, 999, 1000, 12345, 123456, -1, -54321):
        assert manner.number(number) == format_decimal(number, locale=locale)
    for names in ("", "a", "ab", "abc", "abcd", "{a}%"):
        assert manner.list(names) == format_list(list(names), locale=locale)


@pytest.mark.parametrize("tag", SOME)
def test_a_language_is_written_as_babel_writes_it(tag: str) -> None:
    assert_written_as_babel_does(tag)


@pytest.mark.exhaustive
def test_every_language_is_written_as_babel_writes_it() -> None:
    for tag in ALL:
        if Locale.parse(tag).language != "en" or Locale.parse(tag).territory:
            assert_written_as_babel_does(tag)


@pytest.mark.parametrize("lang", CATALOGUES)
def test_plurals_are_those_of_babel(lang: str) -> None:
    forms, manner = Locale.parse(lang).plural_form, manner_of(lang, lang)
    numbers = [*range(2100), *(10**power + more for power in range(3, 10) for more in range(13)), 2_000_000, -1]
    assert [manner.plural(number) for number in numbers] == [forms(number) for number in numbers]


def test_large_numbers_keep_an_apostrophe_between_their_digits() -> None:
    assert words("de-CH").number(12_345_678) == "12'345'678"
