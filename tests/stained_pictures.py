"""Pictures that say more than they show: every place where cameras, phones and programs leave data, made here.

Each shows the same four quarters (red and green above, blue and white below), stored turned when it has an
orientation, and says `SECRET` wherever its format has room for words.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageCms, TiffImagePlugin
from PIL.Image import Transpose

SECRET = "Zq-Owner-Secret"
"""What must never be found in an output."""
SIZE = (96, 64)
QUARTERS = {(0, 0): "red", (1, 0): "lime", (0, 1): "blue", (1, 1): "white"}
ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
"""Types of TIFF 6.0."""
MAKER_NOTE = 0x927C

_STORED = {
    1: [], 2: [Transpose.FLIP_LEFT_RIGHT], 3: [Transpose.ROTATE_180], 4: [Transpose.FLIP_TOP_BOTTOM],
    5: [Transpose.TRANSPOSE], 6: [Transpose.ROTATE_90], 7: [Transpose.TRANSVERSE], 8: [Transpose.ROTATE_270],
}  # fmt: skip
"""How an upright picture is turned to be stored with an EXIF orientation."""


def quarters(mode: str = "RGB", orientation: int = 1) -> Image.Image:
    """Return the picture, turned as it is stored with *orientation*."""
    image = Image.new("RGB", SIZE)
    half = (SIZE[0] // 2, SIZE[1] // 2)
    for (right, down), colour in QUARTERS.items():
        image.paste(colour, (right * half[0], down * half[1], (right + 1) * half[0], (down + 1) * half[1]))
    if mode == "RGBA":  # what is white shows through
        image.putalpha(Image.eval(image.convert("L"), lambda value: 0 if value == 255 else 255))
    for turn in _STORED[orientation]:
        image = image.transpose(turn)
    return image.convert(mode)


def saved(image: Image.Image, format: str, **settings: object) -> bytes:
    """Return the file of *image*."""
    made = BytesIO()
    image.save(made, format, **settings)
    return made.getvalue()


# --- data that describes a picture ------------------------------------------------------------------------------


@dataclass
class Ifd:
    """A directory of TIFF tags, and the directories and files that hang on them."""

    tags: Mapping[int, tuple[int, int, bytes]]
    """Type, count and value, by number."""
    below: "Mapping[int, Ifd]" = field(default_factory=dict)
    thumbnail: bytes = b""

    def written(self, at: int, following: "Ifd | None" = None) -> bytes:
        """Return its bytes as they stand at the offset *at* (little endian), with the directory *following*."""
        entries = dict(self.tags) | dict.fromkeys(self.below, (LONG, 1, b""))
        if self.thumbnail:
            entries |= {0x0103: (SHORT, 1, struct.pack("<H", 6)), 0x0201: (LONG, 1, b""), 0x0202: (LONG, 1, b"")}
        end = at + 2 + 12 * len(entries) + 4
        rows, rest = b"", b""
        for tag, (kind, count, value) in sorted(entries.items()):
            if tag in self.below:
                value, inner = struct.pack("<I", end + len(rest)), self.below[tag].written(end + len(rest))
                rest += inner
                kind, count = (UNDEFINED, len(inner)) if tag == MAKER_NOTE else (kind, count)
            elif tag == 0x0201:
                value = struct.pack("<I", end + len(rest))
                rest += self.thumbnail
            elif tag == 0x0202:
                value = struct.pack("<I", len(self.thumbnail))
            elif len(value) > 4:
                value, rest = struct.pack("<I", end + len(rest)), rest + value + b"\0" * (len(value) % 2)
            rows += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
        after = struct.pack("<I", end + len(rest) if following else 0)
        more = following.written(end + len(rest)) if following else b""
        return struct.pack("<H", len(entries)) + rows + after + rest + more


def _words(text: str) -> tuple[int, int, bytes]:
    return ASCII, len(text) + 1, text.encode() + b"\0"


def _degrees(*parts: int) -> tuple[int, int, bytes]:
    return RATIONAL, 3, b"".join(struct.pack("<II", part, 1) for part in parts)


def exif(orientation: int = 1, *, thumbnail: bool = False, maker_note: bool = False) -> bytes:
    """Return an Exif block with a position, owners and serial numbers."""
    gps = Ifd({1: _words("N"), 2: _degrees(51, 30, 26), 3: _words("W"), 4: _degrees(0, 7, 39)})
    camera = {0xA430: _words(SECRET), 0xA431: _words("12345678"), 0x9003: _words("2026:11:18 10:00:00")}
    note = {MAKER_NOTE: Ifd({0x0009: _words(SECRET), 0x000C: (LONG, 1, struct.pack("<I", 12345678))})}
    first = Ifd(
        {
            0x010F: _words("Canon"), 0x0112: (SHORT, 1, struct.pack("<H", orientation)),
            0x013B: _words(SECRET), 0x8298: _words(SECRET),
        },
        below={0x8769: Ifd(camera, note if maker_note else {}), 0x8825: gps},
    )  # fmt: skip
    second = Ifd({}, thumbnail=saved(quarters(), "JPEG", comment=SECRET)) if thumbnail else None
    return b"II*\0" + struct.pack("<I", 8) + first.written(8, second)


XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    'exif:GPSLatitude="51,30.4N" exif:GPSLongitude="0,7.6W"><dc:creator><rdf:Seq><rdf:li>' + SECRET + "</rdf:li>"
    '</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
).encode()


def iptc() -> bytes:
    """Return IPTC-IIM records: by-line, city, copyright."""
    records = ((80, SECRET), (90, "London"), (116, SECRET))
    return b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text.encode() for number, text in records
    )


def photoshop() -> bytes:
    """Return the IPTC records in the wrapper that JPEG files carry them in."""
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc())) + iptc() + b"\0" * (len(iptc()) % 2)


def profile() -> bytes:
    """Return a colour profile, of colours that are nearly sRGB, that names its owner."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[16 + 64 : 16 + 64 + 4] = b"Zq-O"  # the field of the maker
    return bytes(made)


# --- the files ----------------------------------------------------------------------------------------------------


def jpeg(*segments: tuple[int, bytes], orientation: int = 1, mode: str = "RGB", after: bytes = b"") -> bytes:
    """Return a JPEG file with *segments*, pairs of marker and content, and bytes *after* its end."""
    plain = saved(quarters(mode, orientation), "JPEG", quality=92)
    parts = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(body)) + body for marker, body in segments)
    return plain[:2] + parts + plain[2:] + after


def app1(orientation: int = 1, **options: bool) -> tuple[int, bytes]:
    """Return the segment with the Exif block."""
    return 0xE1, b"Exif\0\0" + exif(orientation, **options)


def png(
    *chunks: tuple[bytes, bytes], orientation: int = 1, mode: str = "RGB", after: bytes = b"", **settings: object
) -> bytes:
    """Return a PNG file with *chunks* before its pixels, and bytes *after* its end."""
    plain = saved(quarters(mode, orientation), "PNG", **settings)
    start = plain.index(b"IDAT") - 4
    parts = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return plain[:start] + parts + plain[start:] + after


def gif(comment: str = "", *, moving: bool = False, xmp: bool = False) -> bytes:
    """Return a GIF file."""
    others = {"save_all": True, "append_images": [Image.new("RGB", SIZE, "black")]} if moving else {}
    plain = saved(quarters(), "GIF", comment=comment, **others)
    magic = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    block = b"!\xff\x0bXMP DataXMP" + XMP + magic
    at = 13 + (3 * 2 ** ((plain[10] & 7) + 1) if plain[10] & 0x80 else 0)  # after the table of colours
    return plain[:at] + (block if xmp else b"") + plain[at:]


def webp(orientation: int = 1, *extra: tuple[bytes, bytes], **settings: object) -> bytes:
    """Return a WebP file with further chunks."""
    plain = saved(quarters(orientation=orientation), "WEBP", quality=92, **settings)
    parts = b"".join(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in extra)
    body = plain[12:] + parts
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def tiff(orientation: int = 1, *, pages: bool = False, mode: str = "RGB", compression: str = "raw") -> bytes:
    """Return a TIFF file with the tags of an owner."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[274], tags[315], tags[33432], tags[700] = orientation, SECRET, SECRET, XMP
    tags.tagtype[33723], tags[33723] = UNDEFINED, iptc()
    others = {"save_all": True, "append_images": [Image.new("RGB", SIZE, "black")]} if pages else {}
    return saved(quarters(mode, orientation), "TIFF", tiffinfo=tags, compression=compression, **others)


def avif(orientation: int = 1, **settings: object) -> bytes:
    """Return an AVIF file."""
    return saved(quarters(orientation=orientation), "AVIF", quality=90, max_threads=1, **settings)


def phone_pair() -> bytes:
    """Return a file of two JPEG pictures, as phones make them (CIPA DC-007, Multi-Picture Format)."""
    first = quarters()
    return saved(
        first, "MPO", save_all=True, append_images=[Image.new("RGB", SIZE, "black")], exif=b"Exif\0\0" + exif()
    )


XAP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", len(XMP), 0)
JFXX = b"JFXX\0\x10" + saved(quarters(), "JPEG", comment=SECRET)

CORPUS: dict[str, Callable[[], bytes]] = {
    **{f"jpeg-turned-{turn}.jpg": lambda turn=turn: jpeg(app1(turn), orientation=turn) for turn in range(1, 9)},
    "jpeg-gps.jpg": lambda: jpeg(app1()),
    "jpeg-thumbnail.jpg": lambda: jpeg(app1(thumbnail=True)),
    "jpeg-maker-note.jpg": lambda: jpeg(app1(maker_note=True)),
    "jpeg-xmp.jpg": lambda: jpeg((0xE1, XAP + XMP)),
    "jpeg-extended-xmp.jpg": lambda: jpeg((0xE1, XAP + XMP), (0xE1, EXTENSION + XMP)),
    "jpeg-iptc.jpg": lambda: jpeg((0xED, photoshop())),
    "jpeg-comment.jpg": lambda: jpeg((0xFE, SECRET.encode())),
    "jpeg-jfxx.jpg": lambda: jpeg((0xE0, JFXX)),
    "jpeg-profile.jpg": lambda: jpeg((0xE2, b"ICC_PROFILE\0\1\1" + profile())),
    "jpeg-broken-profile.jpg": lambda: jpeg((0xE2, b"ICC_PROFILE\0\1\1" + SECRET.encode() * 20)),
    "jpeg-ducky.jpg": lambda: jpeg((0xEC, b"Ducky\0\2\0" + bytes([len(SECRET)]) + SECRET.encode() + b"\0\0")),
    "jpeg-unknown-part.jpg": lambda: jpeg((0xEB, SECRET.encode())),
    "jpeg-after-its-end.jpg": lambda: jpeg(after=SECRET.encode()),
    "jpeg-video-after-its-end.jpg": lambda: jpeg(after=b"\0\0\0\x18ftypmp42" + SECRET.encode()),
    "jpeg-everything.jpg": lambda: jpeg(
        app1(6, thumbnail=True, maker_note=True), (0xE1, XAP + XMP), (0xED, photoshop()), (0xFE, SECRET.encode()),
        orientation=6,
    ),
    "jpeg-pair.jpg": phone_pair,
    "jpeg-grey.jpg": lambda: jpeg(app1(3), orientation=3, mode="L"),
    "jpeg-print-colours.jpg": lambda: jpeg(app1(8), orientation=8, mode="CMYK"),
    "png-text.png": lambda: png((b"tEXt", b"Author\0" + SECRET.encode())),
    "png-packed-text.png": lambda: png((b"zTXt", b"Author\0\0" + zlib.compress(SECRET.encode()))),
    "png-xmp.png": lambda: png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "png-exif.png": lambda: png((b"eXIf", exif(6, thumbnail=True)), orientation=6),
    "png-exif-turned-5.png": lambda: png((b"eXIf", exif(5)), orientation=5),
    "png-exif-as-text.png": lambda: png(
        (b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(b"\niptc\n%8d\n" % len(iptc()) + iptc().hex().encode()))
    ),
    "png-time.png": lambda: png(
        (b"tIME", struct.pack(">HBBBBB", 2026, 11, 18, 10, 0, 0)), (b"tEXt", b"Author\0" + SECRET.encode())
    ),
    "png-unknown-part.png": lambda: png((b"ruIN", SECRET.encode())),
    "png-after-its-end.png": lambda: png(after=SECRET.encode()),
    "png-profile.png": lambda: png((b"iCCP", SECRET.encode() + b"\0\0" + zlib.compress(profile()))),
    "png-palette.png": lambda: png((b"tEXt", b"Author\0" + SECRET.encode()), mode="P"),
    "png-see-through.png": lambda: png((b"eXIf", exif(8)), orientation=8, mode="RGBA"),
    "png-colour-key.png": lambda: png((b"tEXt", b"Author\0" + SECRET.encode()), transparency=(1, 2, 3)),
    "gif-comment.gif": lambda: gif(SECRET),
    "gif-xmp.gif": lambda: gif(xmp=True),
    "gif-moving.gif": lambda: gif(SECRET, moving=True),
    "webp-exif.webp": lambda: webp(6, exif=exif(6, thumbnail=True)),
    "webp-exif-turned-3.webp": lambda: webp(3, exif=exif(3)),
    "webp-xmp.webp": lambda: webp(xmp=XMP),
    "webp-profile.webp": lambda: webp(icc_profile=profile()),
    "webp-unknown-part.webp": lambda: webp(1, (b"JUNK", SECRET.encode())),
    "tiff-tags.tif": lambda: tiff(),
    **{f"tiff-turned-{turn}.tif": lambda turn=turn: tiff(turn) for turn in (2, 3, 5, 6, 8)},
    "tiff-packed.tif": lambda: tiff(8, compression="tiff_lzw"),
    "tiff-pages.tif": lambda: tiff(pages=True),
    "tiff-print-colours.tif": lambda: tiff(6, mode="CMYK"),
    "avif-exif.avif": lambda: avif(6, exif=exif(6)),
    "avif-exif-turned-2.avif": lambda: avif(2, exif=exif(2)),
    "avif-exif-turned-7.avif": lambda: avif(7, exif=exif(7)),
    "avif-xmp.avif": lambda: avif(xmp=XMP),
    "avif-profile.avif": lambda: avif(icc_profile=profile()),
    "mislabelled-jpeg.png": lambda: jpeg(app1(6, thumbnail=True), (0xFE, SECRET.encode()), orientation=6),
    "mislabelled-png.jpg": lambda: png((b"tEXt", b"Author\0" + SECRET.encode()), (b"eXIf", exif(8)), orientation=8),
    "mislabelled-gif.jpg": lambda: gif(SECRET),
    "mislabelled-webp.jpeg": lambda: webp(3, exif=exif(3)),
    "mislabelled-tiff.jpg": lambda: tiff(6),
    "mislabelled-avif.png": lambda: avif(8, exif=exif(8)),
    "mislabelled-jpeg.gif": lambda: jpeg(app1(5), orientation=5),
    "mislabelled-jpeg.txt": lambda: jpeg(app1(7), orientation=7),
}  # fmt: skip
"""The bytes of each file, by a name that says what it holds."""
