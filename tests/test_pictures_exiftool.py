"""Stained pictures through a whole build, looked at with exiftool: nothing but pixels comes out, upright."""

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image, ImageChops

from alertgen.build import build
from alertgen.text import slugify
from conftest import NOON, SITE_YAML, SiteFolder
from stained_pictures import CORPUS, QUARTERS, SECRET, SIZE

OF_ANY_FILE = {"SourceFile", "ExifTool:ExifToolVersion", "File:FileType", "File:FileTypeExtension", "File:MIMEType"}
SIZES = {"File:ImageWidth", "File:ImageHeight", "Composite:ImageSize", "Composite:Megapixels"}
OWN = {
    "JPEG": SIZES | {
        "File:EncodingProcess", "File:BitsPerSample", "File:ColorComponents", "File:YCbCrSubSampling",
        "JFIF:JFIFVersion", "JFIF:ResolutionUnit", "JFIF:XResolution", "JFIF:YResolution",
    },
    "PNG": SIZES | {
        "PNG:ImageWidth", "PNG:ImageHeight", "PNG:BitDepth", "PNG:ColorType", "PNG:Compression", "PNG:Filter",
        "PNG:Interlace", "PNG:Palette",
    },
    "WEBP": SIZES | {
        "RIFF:VP8Version", "RIFF:ImageWidth", "RIFF:ImageHeight", "RIFF:HorizontalScale", "RIFF:VerticalScale",
    },
    "Extended WEBP": SIZES | {
        "RIFF:VP8Version", "RIFF:ImageWidth", "RIFF:ImageHeight", "RIFF:HorizontalScale", "RIFF:VerticalScale",
        "RIFF:WebP_Flags", "RIFF:AlphaPreprocessing", "RIFF:AlphaFiltering", "RIFF:AlphaCompression",
    },
    "AVIF": SIZES | {
        "QuickTime:MajorBrand", "QuickTime:MinorVersion", "QuickTime:CompatibleBrands", "QuickTime:HandlerType",
        "QuickTime:ImageSpatialExtent", "QuickTime:ImagePixelDepth", "QuickTime:AV1ConfigurationVersion",
        "QuickTime:SeqProfile", "QuickTime:SeqLevelIdx0", "QuickTime:SeqTier0", "QuickTime:HighBitDepth",
        "QuickTime:TwelveBit", "QuickTime:ChromaFormat", "QuickTime:ChromaSamplePosition",
        "QuickTime:InitialDelaySamples", "QuickTime:ColorProfiles", "QuickTime:ColorPrimaries",
        "QuickTime:TransferCharacteristics", "QuickTime:MatrixCoefficients", "QuickTime:MediaDataSize",
        "QuickTime:MediaDataOffset", "QuickTime:MediaData", "QuickTime:AuxiliaryImageType",
        "Meta:PrimaryItemReference",
    },
}  # fmt: skip
"""All that exiftool may tell of a picture of each format, by its group and name: none of it is about its maker."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A built site whose alerts have every other stained picture on top, and one alert all others in its text."""
    folder = SiteFolder(tmp_path_factory.mktemp("stained") / "site")
    folder.write("site.yaml", SITE_YAML + "search: false\n")
    in_text = []
    for number, (name, make) in enumerate(CORPUS.items()):
        folder.write(f"alerts/{name}", make())
        if number % 2:
            keys = f"image: {name}\nimage_alt: Four quarters\nimage_credit: A/B"
            folder.write(f"alerts/{number}.md", f"---\ntitle: About {number}\ndate: 2026-11-18\n{keys}\n---\nText.\n")
        else:
            in_text.append(f"![Four quarters]({name})")
    text = "\n\n".join(in_text)
    folder.write("alerts/in-the-text.md", f"---\ntitle: In the text\ndate: 2026-11-18\n---\nText.\n\n{text}\n")
    report = build(folder.root, folder.root / "public", now=NOON)
    assert report.ok, report.problems
    return folder


def told(folder: Path) -> list[dict[str, object]]:
    """Return what exiftool tells of every file below *folder*, also of parts that it does not know."""
    tool = shutil.which("exiftool")
    if tool is None and os.environ.get("CI"):
        pytest.fail("exiftool is missing; on Debian: apt-get install libimage-exiftool-perl")
    if tool is None:
        pytest.skip("exiftool is not here")
    command = [tool, "-json", "-a", "-u", "-G1", "-ee", "-r", "-x", "System:all", str(folder)]
    found: list[dict[str, object]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def made(site: SiteFolder, name: str) -> list[Path]:
    """Return the files that were made of the picture *name*."""
    stem = slugify(PurePosixPath(name).stem)
    public = site.path("public/images")
    return [file for file in public.iterdir() if file.name.rsplit("-", 2)[0] == stem]


def test_the_corpus_is_what_it_says(tmp_path: Path) -> None:
    """Else the other tests would prove nothing: in most files exiftool finds the owner, in many the position."""
    for name, make in CORPUS.items():
        (tmp_path / name).write_bytes(make())
    by_name = {PurePosixPath(str(one["SourceFile"])).name: one for one in told(tmp_path)}
    stained = [name for name, tags in by_name.items() if SECRET in str(tags) or "GPS:GPSLatitude" in tags]
    assert len(CORPUS) >= 40
    assert len(stained) >= 55
    for name, tag in {
        "jpeg-maker-note.jpg": "Canon:OwnerName",
        "jpeg-thumbnail.jpg": "IFD1:ThumbnailImage",
        "jpeg-iptc.jpg": "IPTC:By-line",
        "jpeg-xmp.jpg": "XMP-exif:GPSLatitude",
        "jpeg-comment.jpg": "File:Comment",
        "jpeg-jfxx.jpg": "JFXX:ThumbnailImage",
        "jpeg-pair.jpg": "MPF0:NumberOfImages",
        "png-text.png": "PNG:Author",
        "png-exif.png": "GPS:GPSLatitude",
        "gif-comment.gif": "File:Comment",
        "gif-xmp.gif": "XMP-dc:Creator",
        "webp-exif.webp": "GPS:GPSLatitude",
        "tiff-tags.tif": "IPTC:By-line",
        "avif-exif.avif": "GPS:GPSLatitude",
    }.items():
        assert tag in by_name[name], name


def test_no_output_picture_says_anything_but_what_its_format_needs(site: SiteFolder) -> None:
    for folder in ("images", "cards"):
        for tags in told(site.path(f"public/{folder}")):
            assert set(tags) - OF_ANY_FILE - OWN[str(tags["File:FileType"])] == set(), tags["SourceFile"]


def test_no_output_file_holds_what_the_pictures_said(site: SiteFolder) -> None:
    for file in site.path("public").rglob("*"):
        if file.is_file():
            assert SECRET.encode() not in file.read_bytes(), file


@pytest.mark.parametrize("name", CORPUS)
def test_every_picture_is_upright_in_every_format(site: SiteFolder, name: str) -> None:
    files = made(site, name)
    assert {file.suffix for file in files} in ({".avif", ".webp", ".jpg"}, {".avif", ".webp", ".png"})
    for file in files:
        with Image.open(BytesIO(file.read_bytes())) as image:
            assert image.size == SIZE
            assert not image.getexif()
            seen = Image.alpha_composite(Image.new("RGBA", SIZE, "white"), image.convert("RGBA"))
        mode = "L" if "grey" in name else "RGB"
        for (right, down), colour in QUARTERS.items():
            at = ((2 * right + 1) * SIZE[0] // 4, (2 * down + 1) * SIZE[1] // 4)
            expected = Image.new("RGB", SIZE, colour).convert(mode)
            assert ImageChops.difference(seen.convert(mode), expected).convert("L").getpixel(at) < 40, (file, colour)


def test_the_format_for_old_browsers_follows_the_bytes_not_the_name(site: SiteFolder) -> None:
    suffixes = {name: {file.suffix for file in made(site, name)} - {".avif", ".webp"} for name in CORPUS}
    assert suffixes["mislabelled-png.jpg"] == {".png"}
    assert suffixes["mislabelled-webp.jpeg"] == {".jpg"}
    assert suffixes["gif-comment.gif"] == {".png"}
    assert suffixes["tiff-tags.tif"] == {".jpg"}


def test_no_original_is_copied(site: SiteFolder) -> None:
    originals = {make() for make in CORPUS.values()}
    assert not any(file.read_bytes() in originals for file in site.path("public").rglob("*") if file.is_file())


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """A built site that asks for the credit in its pictures: one lead picture, and one in the text."""
    folder = SiteFolder(tmp_path_factory.mktemp("signed") / "site")
    folder.write("site.yaml", SITE_YAML + "search: false\nimage_rights: true\n")
    folder.write("alerts/lead.jpg", CORPUS["jpeg-everything.jpg"]())
    folder.write("alerts/text.png", CORPUS["png-exif.png"]())
    keys = "image: lead.jpg\nimage_alt: Four quarters\nimage_credit: Yousuf Ahmed/Agence & Söhne"
    text = "![Four quarters](text.png)\n\n![The lead once more](lead.jpg)"
    folder.write("alerts/a.md", f"---\ntitle: About\ndate: 2026-11-18\n{keys}\n---\nText.\n\n{text}\n")
    report = build(folder.root, folder.root / "public", now=NOON)
    assert report.ok, report.problems
    return folder


def test_the_credit_and_nothing_else_is_written_where_the_site_asks_for_it(signed: SiteFolder) -> None:
    notes = []
    for tags in told(signed.path("public/images")):
        own = OWN[str(tags["File:FileType"])] | {"RIFF:WebP_Flags", "XMP-photoshop:Credit", "XMP-dc:Rights"}
        assert set(tags) - OF_ANY_FILE - own == set(), tags["SourceFile"]
        notes.append((tags.get("XMP-photoshop:Credit"), tags.get("XMP-dc:Rights")))
    credit = "Yousuf Ahmed/Agence & Söhne"
    assert set(notes) == {(credit, credit), (None, None)}
    lead_and_text = {file.name.split("-")[0] for file in signed.path("public/images").iterdir()}
    assert lead_and_text == {"lead", "text"}
