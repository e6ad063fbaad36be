"""Which alertgen this is: a digest of its own code and data and of the packages it works with.

What another version of any of them made is made anew.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alertgen.fingerprint import digest_bytes

if TYPE_CHECKING:
    from pathlib import Path

_COUNTS = (".py", ".csv", ".yaml", ".toml", ".json", ".ttf", ".woff2")
_PACKAGES = (
    "babel", "feedgen", "jinja2", "lxml", "markdown", "markupsafe", "nh3", "pagefind-bin", "pillow", "pydantic",
    "python-frontmatter", "pyyaml", "tzdata",
)  # fmt: skip
"""What decides, beside alertgen itself, how a text is read or what an output looks like."""


_known: list[str] = []
"""The digest, where it is known from elsewhere."""


def engine_digest() -> str:
    """Return the digest of everything that decides what is made of the files of a site."""
    return _known[0] if _known else _computed()


def take_for_known(digest: str) -> None:
    """Take *digest* for that of this alertgen: whoever knows that no file of it has changed saves reading all."""
    _known[:] = [digest]


@cache
def _computed() -> str:
    from importlib.metadata import version  # here, since most builds do without: it takes long to import

    from alertgen.data import DATA

    lines = [*_lines(DATA.parent, ""), *(f"{package} {version(package)}" for package in _PACKAGES)]
    return digest_bytes("\n".join(lines).encode())


def _lines(folder: Path, path: str) -> list[str]:
    lines = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            lines += _lines(item, f"{path}{item.name}/")
        elif item.name.endswith(_COUNTS):
            lines.append(f"{path}{item.name} {digest_bytes(item.read_bytes())}")
    return lines
