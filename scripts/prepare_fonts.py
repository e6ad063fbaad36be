"""Make the fonts of the theme and of the social cards from the @fontsource packages of npm.

    pip install fonttools brotli
    python scripts/prepare_fonts.py

Writes static/fonts/ (woff2, for browsers) and src/alertgen/data/fonts/ (TrueType, for Pillow), each with its licence.
Run it only to take up a new version of a font: what it writes is committed.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "static/fonts"
CARDS = ROOT / "src/alertgen/data/fonts"
SERIF = "@fontsource-variable/source-serif-4@5.3.1"
NASKH = "@fontsource/noto-naskh-arabic@5.3.0"
WEB_LIMIT = 40 * 1024
"""Bytes that all woff2 files may have together."""

PUNCTUATION = "U+2010-2011 U+2013-2014 U+2018-201A U+201C-201E U+2020 U+2022 U+2026 U+202F U+2039-203A U+20AC U+2212"
ROMAN = (
    "U+0020-007E U+00A0 U+00A3 U+00A7 U+00AB U+00AD U+00B0 U+00B7 U+00BB-00BD U+00BF-00D6 U+00D8-00F6 U+00F8-00FF "
    f"U+0131 U+0152-0153 {PUNCTUATION}"
)
"""Latin-1 and the punctuation of careful texts, for English, French and names written with their accents."""
ITALIC = (
    "U+0020-007E U+00A0 U+00AB U+00BB U+00C0 U+00C9 U+00DF-00E2 U+00E4 U+00E7-00EB U+00ED-00EF U+00F1 U+00F3-00F4 "
    "U+00F6 U+00F9-00FC U+0153 U+2011 U+2013-2014 U+2018-2019 U+201C-201D U+2026"
)
ARABIC = "U+0020-002F U+003A-003F U+00A0 U+00AB U+00BB U+060C U+061B U+061F U+0640 U+0660-066C U+FB50-FBFF U+FE70-FEFC"
"""Letters of Arabic, Persian and Urdu in their joined shapes, which the card writer looks up by itself."""
SMALLEST = 8
"""Kerning below this, in thousandths of the size, is left out: the old table holds only so many pairs."""
PARTS = ("latin", "latin-ext", "cyrillic", "greek")
"""The files of Source Serif that go into the font of the cards."""


def main() -> None:
    """Make all fonts and say how large they are."""
    with tempfile.TemporaryDirectory() as folder:
        serif, naskh = (_unpacked(package, Path(folder)) for package in (SERIF, NASKH))
        _write_web_fonts(serif)
        _write_card_fonts(serif, naskh, Path(folder))
    size = sum(file.stat().st_size for file in PAGES.glob("*.woff2"))
    print(f"{size:,} bytes of woff2")
    if size > WEB_LIMIT:
        sys.exit(f"that is more than {WEB_LIMIT:,}")


def _unpacked(package: str, folder: Path) -> Path:
    """Fetch *package* with npm; return the folder with its files."""
    done = subprocess.run(["npm", "pack", "--json", package], cwd=folder, capture_output=True, text=True, check=True)
    archive = folder / json.loads(done.stdout)[0]["filename"]
    with tarfile.open(archive) as files:
        files.extractall(archive.with_suffix(""), filter="data")
    return archive.with_suffix("") / "package"


def _write_web_fonts(serif: Path) -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for style, characters, weights, name in (
        ("normal", ROMAN, (400, 700), "source-serif-4"),
        ("italic", ITALIC, 400, "source-serif-4-italic"),
    ):
        font = TTFont(serif / f"files/source-serif-4-latin-wght-{style}.woff2", recalcTimestamp=False)
        font = instancer.instantiateVariableFont(font, {"wght": weights})
        _keep(font, characters, ["kern", "liga"])
        font.flavor = "woff2"
        font.save(PAGES / f"{name}.woff2")
    _write_licence(serif, PAGES / "OFL-source-serif-4.txt")


def _write_card_fonts(serif: Path, naskh: Path, folder: Path) -> None:
    CARDS.mkdir(parents=True, exist_ok=True)
    for weight, name in ((400, "source-serif-4-regular"), (600, "source-serif-4-semibold")):
        parts = []
        for part in PARTS:
            font = TTFont(serif / f"files/source-serif-4-{part}-wght-normal.woff2", recalcTimestamp=False)
            font = instancer.instantiateVariableFont(font, {"wght": weight})
            font.flavor = None
            parts.append(str(folder / f"{part}-{weight}.ttf"))
            font.save(parts[-1])
        whole = merge.Merger().merge(parts)
        whole.recalcTimestamp = False
        whole["head"].created = whole["head"].modified = TTFont(parts[0])["head"].modified
        _write_plain(whole, CARDS / f"{name}.ttf")
    for weight, name in ((400, "noto-naskh-arabic-regular"), (700, "noto-naskh-arabic-bold")):
        font = TTFont(naskh / f"files/noto-naskh-arabic-arabic-{weight}-normal.woff2", recalcTimestamp=False)
        font.flavor = None
        _keep(font, ARABIC, [])
        font.save(CARDS / f"{name}.ttf")
    _write_licence(serif, CARDS / "OFL-source-serif-4.txt")
    _write_licence(naskh, CARDS / "OFL-noto-naskh-arabic.txt")


def _keep(font: TTFont, characters: str, features: list[str]) -> None:
    """Leave in *font* only *characters* and *features*, and no hints."""
    options = subset.Options(layout_features=features, hinting=False, desubroutinize=True, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_code_points(characters))
    subsetter.subset(font)


def _code_points(ranges: str) -> Iterable[int]:
    for part in ranges.split():
        first, _, last = part.removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _write_plain(font: TTFont, file: Path) -> None:
    """Save *font* with its kerning in the old table, the only one that Pillow's own layout reads."""
    pairs = _kerning(font)
    for table in ("GPOS", "GSUB", "GDEF"):
        if table in font:
            del font[table]
    old = KernTable_format_0()
    old.coverage, old.apple, old.version, old.tupleIndex = 1, False, 0, None
    old.kernTable = pairs
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [old]
    font.save(file)


def _kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Return the kerning of pairs of Latin letters, digits and signs."""
    glyphs = {name for code, name in font.getBestCmap().items() if code < 0x100 or 0x2010 <= code < 0x2020}
    pairs: dict[tuple[str, str], int] = {}
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == 2:
                for left, right, value in _pairs_of(table):
                    if left in glyphs and right in glyphs and abs(value) >= SMALLEST:
                        pairs.setdefault((left, right), value)
    return pairs


def _pairs_of(table: object) -> Iterable[tuple[str, str, int]]:
    if table.Format == 1:
        for left, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
            for record in pairs.PairValueRecord:
                yield left, record.SecondGlyph, getattr(record.Value1, "XAdvance", 0)
        return
    rights: dict[int, list[str]] = {}
    for glyph, number in table.ClassDef2.classDefs.items():
        rights.setdefault(number, []).append(glyph)
    for left in table.Coverage.glyphs:
        records = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
        for number, record in enumerate(records):
            for right in rights.get(number, []):
                yield left, right, getattr(record.Value1, "XAdvance", 0)


def _write_licence(package: Path, file: Path) -> None:
    file.write_text((package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
