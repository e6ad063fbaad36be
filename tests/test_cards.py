"""Social cards: joined Arabic, lines in the order in which they are drawn, and the same bytes every time."""

import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw

from alertgen.outputs import Card
from alertgen.render.bidi import drawn, joined
from alertgen.render.card_drawing import SIZE, _font, _length, _placed
from alertgen.render.cards import render_cards
from alertgen.store import Store


def render_card(card: Card, memory: Store) -> bytes:
    return next(content for _, content in render_cards([card], memory, 1))


def card(title: str, **parts: str) -> Card:
    said = {"kicker": "Alert No. 1", "day": "27 January 2021", "places": "Mali", "site": "Test Alert", "dir": "ltr"}
    return Card(address="/cards/x.png", title=title, **(said | parts))


def pixels(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("L")


def test_letters_take_the_shape_of_their_place():
    assert [unicodedata.name(letter) for letter in joined("بيت")] == [
        "ARABIC LETTER BEH INITIAL FORM",
        "ARABIC LETTER YEH MEDIAL FORM",
        "ARABIC LETTER TEH FINAL FORM",
    ]


def test_a_letter_that_never_reaches_on_leaves_the_next_one_free():
    assert [unicodedata.name(letter)[-13:] for letter in joined("دار")] == ["ISOLATED FORM"] * 3


@pytest.mark.parametrize(("word", "last"), [("لا", "ISOLATED FORM"), ("سلا", "FINAL FORM")])
def test_lam_and_alef_are_one_letter(word, last):
    assert unicodedata.name(joined(word)[-1]) == f"ARABIC LIGATURE LAM WITH ALEF {last}"


def test_vowel_marks_are_left_out_and_other_scripts_stay():
    assert joined("Mali, مَ") == "Mali, \ufee1"


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("abc 12", False, "abc 12"),
        ("אבג", True, "גבא"),
        ("אבג 123 דה", True, "הד 123 גבא"),
        ("אבג (CPC) דה", True, "הד (CPC) גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("abc (אבג)", False, "abc (גבא)"),
        ("אבג 27-01-2021", True, "27-01-2021 גבא"),
        ("", True, ""),
    ],
)
def test_lines_are_drawn_in_the_order_of_the_bidirectional_algorithm(text, rtl, shown):
    assert drawn(text, rtl=rtl) == shown


def test_a_card_has_the_size_that_networks_ask_for_and_the_same_bytes_each_time():
    first, second = (render_card(card("Mali: civilians killed"), Store(None)) for _ in range(2))
    assert first == second
    assert pixels(first).size == SIZE
    assert len(first) < 60_000


def test_an_arabic_card_begins_at_the_right_and_differs_from_unjoined_letters():
    image = pixels(render_card(card("مالي", dir="rtl"), Store(None)))
    dark = image.point(lambda value: 255 if value < 100 else 0).crop((0, 172, SIZE[0], 484)).getbbox()
    assert dark is not None
    assert dark[2] > SIZE[0] - 100
    assert dark[0] > SIZE[0] / 2


@pytest.mark.parametrize(
    "title",
    [
        "x" * 400,
        "word " * 200,
        "Mali \U0001f600 缅甸",
        "",
        "\u202e\u200f\n\t",
        "Ngo\u2019s \u2013 dash",
        "Łódź, Škoda, Ağr\u0131",
    ],
)
def test_any_title_makes_a_card(title):
    assert pixels(render_card(card(title), Store(None))).size == SIZE


def test_a_long_title_stays_above_the_rule():
    short, long = (pixels(render_card(card(title), Store(None))) for title in ("Mali", "Civilians killed " * 40))
    below = (0, 490, SIZE[0], SIZE[1])
    foots = [image.crop(below).point(lambda value: 255 if value < 128 else 0).tobytes() for image in (short, long)]
    assert foots[0] == foots[1]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(
    "word", ["Israel/Palestine/Lebanon/Syria/Iran", "Israel/Palestine/Lebanon/Syria/Iran/Iraq" * 3]
)
def test_a_word_that_is_longer_than_a_line_is_smaller_or_cut_off_before_the_edge(word, direction):
    shown = pixels(render_card(card(word, places=word, dir=direction), Store(None)))
    paper = shown.getpixel((5, 300))
    for edge in ((0, 20, 70, SIZE[1]), (SIZE[0] - 70, 20, SIZE[0], SIZE[1])):
        assert shown.crop(edge).getextrema() == (paper, paper)


def test_a_card_is_remembered():
    class Remembering(Store):
        def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
            return dict.fromkeys(keys, b"remembered")

    assert render_card(card("Mali"), Remembering(None)) == b"remembered"


TEXTS = (
    "fi ffi fjord jJ \u201cAVATAR\u201d To Yemen: Wave of, Vj",
    "Côte d\u2019Ivoire · Türkiye · Škoda",
    joined("تنبيه: السودان ولبنان"),
    " a  b ",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [76, 52, 26])
@pytest.mark.parametrize("part", [0.0, 0.015625, 0.5, 0.984375])
def test_letters_stand_where_they_do_in_a_line_that_is_drawn_as_a_whole(text, size, part):
    font = _font(int(text == TEXTS[2]), size, bold=True)
    whole = Image.new("L", (2400, 200))
    ImageDraw.Draw(whole).text((100 + part, 120), text, fill=255, font=font, anchor="ls")
    apart = Image.new("L", whole.size)
    for shape, x, y in _placed(font, text, part):
        apart.paste(255, (100 + x, 120 + y), shape)
    assert ImageChops.difference(whole, apart).getbbox() is None
    assert whole.getbbox() is not None
    assert _length(font, text) == font.getlength(text)


def test_who_finds_all_cards_remembered_brings_no_pillow_along(tmp_path):
    with Store(tmp_path / "memory.db") as memory:
        render_card(card("Remembered"), memory)
    script = (
        "import sys; from pathlib import Path; from alertgen.outputs import Card; from alertgen.store import Store\n"
        "from alertgen.render.cards import not_remembered, render_cards\n"
        f"with Store(Path({str(tmp_path / 'memory.db')!r})) as memory:\n"
        f"    card = {card('Remembered')!r}\n"
        "    assert not not_remembered([card], memory) and len(list(render_cards([card], memory, 1))) == 1\n"
        "assert 'PIL' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_card_says_nothing_rather_than_half_of_what_our_fonts_cannot_write():
    chinese = card("苏丹灾难", kicker="通报 No. 12", day="2026年11月11日", places="Sudan · Chad", site="通报")
    english = card("Sudan · Chad", kicker="", day="", places="", site="")
    assert render_card(chinese, Store(None)) == render_card(english, Store(None))


def test_a_foreign_name_in_a_title_is_left_out_by_itself():
    assert render_card(card("Xinjiang 新疆"), Store(None)) == render_card(card("Xinjiang "), Store(None))
    assert render_card(card("19"), Store(None)) != render_card(card("Mali"), Store(None))


def test_spaces_of_all_kinds_are_spaces():
    """Dates have them: in Ukrainian a narrow one, which our fonts lack, stands behind the year."""
    narrow, usual = (card("Sudan", day=f"11 листопада 2026{space}стор") for space in ("\u202f", " "))
    assert render_card(narrow, Store(None)) == render_card(usual, Store(None))
