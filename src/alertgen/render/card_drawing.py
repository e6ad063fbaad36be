"""How a social card is drawn: title, date and countries on paper, with the same bytes on any machine.

The fonts are in `data/fonts/` (SIL Open Font Licence). Pillow's own layout is used, since the better one depends on
libraries of the machine; the fonts carry their kerning in the table that it reads, and `bidi` joins Arabic letters.
"""

from functools import cache
from io import BytesIO
from itertools import accumulate, groupby, pairwise
from math import modf

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from alertgen.data import DATA
from alertgen.outputs import Card
from alertgen.records import replace
from alertgen.render.bidi import drawn, joined

SIZE = (1200, 630)
"""Pixels, as the makers of social networks ask for (https://ogp.me/ gives no size)."""

_RUNS = 3
"""Way of compressing that looks for runs of one byte alone (Z_RLE of zlib): most of a card is paper."""
_GRID = 64
"""Parts of a pixel in which fonts measure."""
_MARGIN = 80
_PAPER, _INK, _SOFT, _ACCENT, _RULE = "#fbf9f4", "#1d1b17", "#5a554b", "#0b4f66", "#d8d1c2"
_INKS = (_INK, _SOFT, _ACCENT, _RULE)
_SHADES = 15
"""Shades of each ink at the edges of letters."""
_TITLE_SIZES = (76, 70, 64, 58, 52, 46, 42, 38)
_TITLE_TOP, _TITLE_ROOM = 172, 312
_FONTS = {
    False: ("source-serif-4-regular.ttf", "noto-naskh-arabic-regular.ttf"),
    True: ("source-serif-4-semibold.ttf", "noto-naskh-arabic-bold.ttf"),
}


def drawn_card(card: Card) -> bytes:
    """Return *card* as a PNG of 1200 x 630 pixels."""
    card = _readable(card)
    page = _Page()
    rtl = card.dir == "rtl"
    width, height = SIZE
    page.bar(_ACCENT, (0, 0, width, 14))
    _write(page, 72, card.kicker, 34, _ACCENT, bold=True, rtl=rtl)
    _write_title(page, card.title, rtl=rtl)
    page.bar(_RULE, (_MARGIN, height - 128, width - _MARGIN, height - 126))
    foot = " · ".join(part for part in (card.day, card.places) if part)
    _write(page, height - 104, foot, 32, _INK, bold=False, rtl=rtl)
    _write(
        page,
        height - 58,
        card.site if card.site not in (card.kicker, card.title) else "",
        26,
        _SOFT,
        bold=False,
        rtl=rtl,
    )
    return page.png()


class _Page:
    """A sheet of paper: each pixel has the number of a colour in the palette, 0 for the paper itself."""

    def __init__(self) -> None:
        self._sheet = Image.new("L", SIZE)
        self._pen = ImageDraw.Draw(self._sheet)

    def bar(self, ink: str, box: tuple[int, int, int, int]) -> None:
        """Fill *box*."""
        self._pen.rectangle(box, fill=_numbers(ink)[255])

    def text(self, ink: str, at: tuple[float, int], text: str, font: ImageFont.FreeTypeFont) -> None:
        """Write *text*, whose baseline begins at *at*."""
        part, start = modf(at[0])
        placed = _placed(font, text, part)
        if not placed:
            return
        left, top = min(x for _, x, _ in placed), min(y for _, _, y in placed)
        right, bottom = max(x + shape.width for shape, x, _ in placed), max(y + shape.height for shape, _, y in placed)
        strip = Image.new("L", (right - left, bottom - top))
        for shape, x, y in placed:
            strip.paste(255, (x - left, y - top), shape)
        place = (int(start) + left, at[1] + top, int(start) + right, at[1] + bottom)
        drawn = strip.point(_numbers(ink))
        self._sheet.paste(ImageChops.lighter(self._sheet.crop(place), drawn), place)

    def png(self) -> bytes:
        """Return the sheet with a palette, which is small and quickly written."""
        self._sheet.putpalette(_palette())
        content = BytesIO()
        self._sheet.save(content, "PNG", compress_level=1, compress_type=_RUNS)
        return content.getvalue()


@cache
def _numbers(ink: str) -> list[int]:
    """Return the numbers of the shades of *ink*, by how much of it covers the paper, from 0 to 255."""
    first = _INKS.index(ink) * _SHADES
    shades = [round(cover / 255 * _SHADES) for cover in range(256)]
    return [first + shade if shade else 0 for shade in shades]


@cache
def _palette() -> list[int]:
    """Return the colours by number: paper, then for each ink its shades from pale to full."""
    paper = ImageColor.getrgb(_PAPER)
    colours: list[tuple[int, ...]] = [paper]
    for ink in map(ImageColor.getrgb, _INKS):
        shades = (shade / _SHADES for shade in range(1, _SHADES + 1))
        colours += [
            tuple(round(below + (over - below) * shade) for below, over in zip(paper, ink, strict=True))
            for shade in shades
        ]
    return [part for colour in colours for part in colour]


def _write_title(page: _Page, title: str, *, rtl: bool) -> None:
    """Write the title as large as it fits in its room; what does not fit even in the smallest size is cut off."""
    for size in _TITLE_SIZES:
        lines = _lines(title, size, bold=True)
        leading = round(size * (1.55 if rtl else 1.16))
        if len(lines) * leading <= _TITLE_ROOM and not any(_is_too_long(word, size, bold=True) for word in lines):
            break
    room = _TITLE_ROOM // leading
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1] + " …"]
    for number, line in enumerate(lines):
        _write(page, _TITLE_TOP + number * leading, line, size, _INK, bold=True, rtl=rtl)


def _lines(text: str, size: int, *, bold: bool) -> list[str]:
    """Break *text* after whole words into lines that fit between the margins."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size, bold=bold) <= SIZE[0] - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _is_too_long(line: str, size: int, *, bold: bool) -> bool:
    """Tell whether *line*, one of `_lines`, is a single word that does not fit between the margins."""
    return " " not in line and _width(line, size, bold=bold) > SIZE[0] - 2 * _MARGIN


def _write(page: _Page, top: int, text: str, size: int, colour: str, *, bold: bool, rtl: bool) -> None:
    """Write one line at the side where its language begins; a line too long for the card ends in an ellipsis."""
    if _width(text, size, bold=bold) > SIZE[0] - 2 * _MARGIN:
        begun, blank = _lines(text, size, bold=bold)[0].rstrip(",·; "), " "
        while _is_too_long(f"{begun}…", size, bold=bold):
            begun, blank = begun[:-1], ""
        text = f"{begun}{blank}…"
    left = SIZE[0] - _MARGIN - _width(text, size, bold=bold) if rtl else float(_MARGIN)
    baseline = top + size
    for font, run in _runs(drawn(joined(_writable(text)), rtl=rtl), size, bold=bold):
        page.text(colour, (left, baseline), run, font)
        left += _length(font, run)


def _width(text: str, size: int, *, bold: bool) -> float:
    return sum(_length(font, run) for font, run in _runs(joined(_writable(text)), size, bold=bold))


def _length(font: ImageFont.FreeTypeFont, text: str) -> float:
    """Return how long *text* is, in pixels, as `font.getlength` does."""
    return (sum(_step(font, *pair) for pair in pairwise(text)) + _advance(font, text[-1:])) / _GRID


def _placed(font: ImageFont.FreeTypeFont, text: str, start: float) -> list[tuple[Image.Image, int, int]]:
    """Return the shapes of the letters of *text*, each with its place from the beginning of the baseline.

    A letter stands on whole pixels, so it is drawn once in each size, however often it is written.
    """
    steps = (_step(font, *pair) for pair in pairwise(text))
    places = accumulate(steps, initial=round(start * _GRID) + _GRID // 2)
    shapes = [(*_shape(font, letter), place // _GRID) for letter, place in zip(text, places, strict=True)]
    return [(shape, place + left, top) for shape, left, top, place in shapes if shape.width and shape.height]


@cache
def _step(font: ImageFont.FreeTypeFont, letter: str, after: str) -> int:
    """Return how far *after* begins from the *letter* before it, in parts of the grid."""
    return _advance(font, letter + after) - _advance(font, after)


@cache
def _advance(font: ImageFont.FreeTypeFont, letters: str) -> int:
    """Return how long one or two *letters* are, in parts of the grid."""
    return round(font.getlength(letters) * _GRID)


@cache
def _shape(font: ImageFont.FreeTypeFont, letter: str) -> tuple[Image.Image, int, int]:
    """Return what *letter* covers, and where that begins from the baseline."""
    left, top, right, bottom = map(int, font.getbbox(letter, anchor="ls"))
    shape = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(shape).text((-left, -top), letter, fill=255, font=font, anchor="ls")
    return shape, left, top


def _readable(card: Card) -> Card:
    """Leave out the lines of *card* that our fonts cannot write: `2026年11月11日` would come out as 20261111.

    Where the title is one of them, the places stand for it. A foreign name in a title is left out by itself.
    """
    kicker, day, places, site = map(_whole, (card.kicker, card.day, card.places, card.site))
    letters = list(filter(str.isalpha, card.title))
    title = card.title if 2 * sum(map(_is_writable, letters)) >= len(letters) else ""
    if not title:
        title, places = places or site, ""
    return replace(card, kicker=kicker, title=title, day=day, places=places, site=site)


def _whole(line: str) -> str:
    return line if all(map(_is_writable, filter(str.isalnum, line))) else ""


def _writable(text: str) -> str:
    """Leave out what no font of ours can write, and take one kind of space for all."""
    return "".join(" " if letter.isspace() else letter for letter in text if _is_writable(letter))


@cache
def _is_writable(letter: str) -> bool:
    return letter.isspace() or _font_of(joined(letter)[:1], bold=False) is not None


def _runs(text: str, size: int, *, bold: bool) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """Cut *text* where its font changes."""
    pieces: list[tuple[int, str]] = []
    number = 0
    for letter in text:
        found = _font_of(letter, bold=bold)
        number = number if found is None or letter.isspace() else found
        pieces.append((number, letter))
    return [
        (_font(number, size, bold=bold), "".join(letter for _, letter in run))
        for number, run in groupby(pieces, key=lambda piece: piece[0])
    ]


@cache
def _font_of(letter: str, *, bold: bool) -> int | None:
    """The number of the first font that has *letter*; None when none has."""
    for number in range(len(_FONTS[bold])):
        font = _font(number, 32, bold=bold)
        if letter and bytes(font.getmask(letter)) != bytes(font.getmask("\uffff")):
            return number
    return None


@cache
def _font(number: int, size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    content = (DATA / "fonts" / _FONTS[bold][number]).read_bytes()
    return ImageFont.truetype(BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)
