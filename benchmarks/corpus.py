"""A bulletin of any size to build: the same number gives the same files for ever.

An alert has about 700 words, two or three situations, links, footnotes and a table. alertgen, Hugo and Pelican get the
same texts; only the header and what stands behind a heading are spelled as each of them wants it.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from markdown_documents import alert as text_of

COUNTRIES = (
    ("AF", "Afghanistan"), ("BF", "Burkina Faso"), ("BI", "Burundi"), ("CF", "Central African Republic"),
    ("TD", "Chad"), ("CN", "China"), ("CO", "Colombia"), ("ET", "Ethiopia"), ("HT", "Haiti"), ("IQ", "Iraq"),
    ("KE", "Kenya"), ("LB", "Lebanon"), ("LY", "Libya"), ("ML", "Mali"), ("MZ", "Mozambique"), ("NE", "Niger"),
    ("NG", "Nigeria"), ("PK", "Pakistan"), ("SO", "Somalia"), ("SS", "South Sudan"), ("LK", "Sri Lanka"),
    ("SD", "Sudan"), ("UA", "Ukraine"), ("YE", "Yemen"),
)  # fmt: skip
TAGS = (
    "genocide", "war-crimes", "crimes-against-humanity", "ethnic-cleansing", "armed-conflict-or-instability",
    "record-of-serious-violations", "weakness-of-state-structures", "triggering-factors",
)  # fmt: skip
FIRST_DAY = datetime.date(2016, 1, 6)
DAYS = 3800
"""All alerts fall into these ten years, so a large corpus is a busy bulletin rather than an ancient one."""
PHOTO = (1600, 1067)
"""Width and height in pixels."""
WORD = "Novoselytsia"
"""A word of no alert, written into one by an edit."""

_HEADING = re.compile(r"^(## .*?) \{:.*\}$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[.*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert, before it is spelled for a generator."""

    number: int
    date: datetime.date
    title: str
    summary: str
    countries: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    body: str
    """Markdown; its headings end in attributes."""

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return f"alert-{self.number:05}"

    @property
    def plain(self) -> str:
        """The text without what only Python-Markdown's extensions know."""
        return _ABBREVIATION.sub("", _HEADING.sub(r"\1", self.body))


def alerts(size: int) -> Iterator[Alert]:
    """Yield *size* alerts, oldest first."""
    for number in range(1, size + 1):
        yield _alert(number, FIRST_DAY + datetime.timedelta(days=number * DAYS // size))


def photo() -> bytes:
    """Return a JPEG file that is as hard to compress as a photo: soft shapes, and a grain on them."""
    rng = random.Random("photo")
    shapes = Image.frombytes("RGB", (48, 32), rng.randbytes(48 * 32 * 3)).resize(PHOTO, Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", PHOTO, rng.randbytes(PHOTO[0] * PHOTO[1] * 3))
    file = BytesIO()
    Image.blend(shapes, grain, 0.06).save(file, "JPEG", quality=88)
    return file.getvalue()


def write_alertgen(root: Path, size: int, photo: bytes = b"", *, search: bool = False) -> None:
    """Write a site of *size* alerts for alertgen; every alert shows *photo*, when there is one."""
    (root / "alerts").mkdir(parents=True)
    lines = ("title: Corpus Alert", "base_url: https://corpus.example/", "levels: r2p-monitor")
    site = "\n".join((*lines, f"search: {'true' if search else 'false'}\n"))
    (root / "site.yaml").write_text(site, encoding="utf-8")
    for alert in alerts(size):
        file = root / "alerts" / f"{alert.date}-{alert.slug}.md"
        header = _alertgen_header(alert)
        if photo:
            picture = _write_photo(file.with_suffix(".jpg"), photo, alert)
            header += f"image: {picture.name}\nimage_alt: A grey field\nimage_credit: Nobody\n"
        file.write_text(f"---\n{header}---\n\n{alert.body}", encoding="utf-8")


def write_hugo(root: Path, size: int, photo: bytes = b"") -> None:
    """Write the texts of a Hugo site of *size* alerts; every alert shows *photo*, when there is one."""
    for alert in alerts(size):
        if photo:
            _write_photo(root / "assets" / "photos" / f"{alert.slug}.jpg", photo, alert)
        header = {
            "title": alert.title, "date": f"{alert.date}", "summary": alert.summary, "slug": alert.slug,
            "countries": [name for _, name in alert.countries], "risks": list(alert.tags),
        }  # fmt: skip
        _write(root / "content" / "alerts" / f"{alert.slug}.md", _yaml(header), alert.plain)


def write_pelican(root: Path, size: int) -> None:
    """Write the content folder of a Pelican site of *size* alerts."""
    for alert in alerts(size):
        header = (
            f"Title: {alert.title}\nDate: {alert.date}\nSlug: {alert.slug}\nSummary: {alert.summary}\n"
            f"Category: {alert.countries[0][1]}\nTags: {', '.join(alert.tags)}\n"
        )
        file = root / "content" / f"{alert.slug}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = _HEADING.sub(r"\1", alert.body)
        file.write_text(f"{header}\n{text}", encoding="utf-8")


def edit(file: Path, run: int, text: str = "") -> str:
    """Write a new word into *file*, with *text* in it if given, and return it; *run* makes it another one each time."""
    word = f"{WORD}{run}"
    head, mark, body = (text or file.read_text(encoding="utf-8")).rpartition("\n## ")
    file.write_text(f"{head}\n\nMeanwhile in {word} nothing was reported.\n{mark}{body}", encoding="utf-8")
    return word


def _alert(number: int, date: datetime.date) -> Alert:
    rng = random.Random(f"header {number}")
    body = text_of(number)
    headings = _HEADING.findall(body)
    countries = tuple(rng.sample(COUNTRIES, len(headings)))
    codes = iter(countries)

    def tied(match: re.Match[str]) -> str:
        return f"{match[1]} {{: country={next(codes)[0]} level=current-crisis risk_tags={rng.choice(TAGS)} }}"

    return Alert(
        number=number,
        date=date,
        title=f"Week {number}: {', '.join(name for _, name in countries)}",
        summary=f"What was reported in week {number} from {countries[0][1]} and elsewhere.",
        countries=countries,
        tags=tuple(rng.sample(TAGS, 2)),
        body=_HEADING.sub(tied, body),
    )


def _alertgen_header(alert: Alert) -> str:
    return _yaml(
        {
            "title": alert.title, "date": f"{alert.date}", "number": alert.number, "slug": alert.slug,
            "summary": alert.summary, "country": [code for code, _ in alert.countries], "risk_tags": list(alert.tags),
            "id": f"urn:corpus:{alert.number}",
        }
    )  # fmt: skip


def _yaml(values: dict[str, object]) -> str:
    return "".join(f"{key}: {_value(value)}\n" for key, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return f'"{value}"' if isinstance(value, str) and ": " in value else f"{value}"


def _write_photo(file: Path, photo: bytes, alert: Alert) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(photo + alert.number.to_bytes(4))  # behind the end mark: another file, the same pixels
    return file


def _write(file: Path, header: str, body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{header}---\n\n{body}", encoding="utf-8")
