"""The generators that are compared, each with what its site needs: alertgen, Hugo and Pelican.

Their sites hold the same: a page for each alert, an archive in pages of twenty, lists by country and risk tag, an RSS
feed of the site and of each list, and a sitemap. alertgen makes its own pages, feeds and data, which are more.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import corpus

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """One generator and its site in a folder of its own."""

    name: str
    root: Path
    command: tuple[str, ...]
    made: tuple[str, ...]
    """What a build leaves below `root`; removed before a cold one."""
    out: str
    edited: str
    """The text that is edited."""
    page: str
    """Its page below `out`."""
    pages: str
    """Pattern of the pages of all alerts below `out`."""
    pictures: str = ""
    """Pattern of the WebP pictures below `out`, of which each alert has two or more; empty where none has a photo."""

    def clean(self) -> None:
        """Forget every build. Its files are put away, since some disks make new ones slowly after a deletion."""
        away = Path(mkdtemp(prefix="away-", dir=self.root.parent))
        for name in self.made:
            path = self.root / name
            if path.exists():
                path.rename(away / name)

    def check(self, size: int, word: str = "") -> None:
        """Stop when the site is not complete, or *word* is not on the page of the text that was edited."""
        found = sum(1 for _ in (self.root / self.out).glob(self.pages))
        text = (self.root / self.out / self.page).read_text(encoding="utf-8")
        if self.pictures and sum(1 for _ in (self.root / self.out).glob(self.pictures)) < 2 * size:
            raise SystemExit(f"{self.name} made too few pictures of {size} photos")
        if found < size or word not in text or "sitemap.xml" not in {file.name for file in self.site()}:
            raise SystemExit(f"{self.name} made {found} of {size} alerts, {word!r} in {self.page}: {word in text}")

    def site(self) -> list[Path]:
        """Return what lies at the top of the site."""
        return list((self.root / self.out).iterdir())


def alertgen(root: Path, size: int, _binaries: Path, photo: bytes = b"") -> Generator:
    """Make alertgen's site in *root*, without search; each alert with *photo*, if there is one."""
    corpus.write_alertgen(root, size, photo)
    alert = _middle(size)
    return Generator(
        name="alertgen",
        root=root,
        command=(str(Path(sys.executable).with_name("alertgen")), "build", "--quiet"),
        made=("public", ".public.alertgen", ".alertgen", "published.json"),
        out="public",
        edited=f"alerts/{alert.date}-{alert.slug}.md",
        page=f"alerts/{alert.date.year}/{alert.slug}/index.html",
        pages="alerts/*/alert-*/index.html",
        pictures="images/*.webp" if photo else "",
    )


def hugo(root: Path, size: int, binaries: Path, photo: bytes = b"") -> Generator:
    """Make Hugo's site in *root*; each alert with *photo*, if there is one."""
    shutil.copytree(HERE / "hugo", root)
    corpus.write_hugo(root, size, photo)
    alert = _middle(size)
    binary = hugo_program(binaries)
    return Generator(
        name="Hugo",
        root=root,
        command=(str(binary), "--quiet", "--cacheDir", str(root / "cache")),
        made=("public", "resources", "cache", ".hugo_build.lock"),
        out="public",
        edited=f"content/alerts/{alert.slug}.md",
        page=f"alerts/{alert.slug}/index.html",
        pages="alerts/alert-*/index.html",
        pictures="photos/*.webp" if photo else "",
    )


def hugo_program(binaries: Path) -> Path:
    """Return Hugo itself: what its package puts among the *binaries* is a program in Python that begins it."""
    return next(binaries.parent.glob("lib/python*/site-packages/hugo/binaries/hugo*"))


def pelican(root: Path, size: int, binaries: Path) -> Generator:
    """Make Pelican's site in *root*, with its own cache of content. It makes no pictures."""
    shutil.copytree(HERE / "pelican", root)
    corpus.write_pelican(root, size)
    alert = _middle(size)
    return Generator(
        name="Pelican",
        root=root,
        command=(str(binaries / "pelican"), "--quiet", "--settings", "settings.py", "content"),
        made=("output", "cache", "__pycache__"),
        out="output",
        edited=f"content/{alert.slug}.md",
        page=f"alerts/{alert.slug}/index.html",
        pages="alerts/alert-*/index.html",
    )


GENERATORS: dict[str, Callable[[Path, int, Path], Generator]] = {"alertgen": alertgen, "hugo": hugo, "pelican": pelican}


def _middle(size: int) -> corpus.Alert:
    return next(alert for alert in corpus.alerts(size) if alert.number == size // 2)
