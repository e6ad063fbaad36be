"""What the name of a content file says: date, language, last part of the address."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from alertgen.patterns import late
from alertgen.records import dataclass
from alertgen.text import slugify

_DATED = late(r"(\d{4}-\d{2}-\d{2})(?:[-_ ]+|$)(.*)")
_LANGUAGE = late(r"[A-Za-z]{2}([-_][A-Za-z]{2,4}|-\d{3})?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """The name of a content file, taken apart."""

    stem: str
    """Without language and ending: translations of each other share it."""
    lang: str
    """Language that the name ends in, such as `fr` in `name.fr.md`; empty for none."""
    date: str
    """Date that the stem begins with, as typed; empty for none."""
    slug: str
    """The rest of the stem as the last part of an address; empty when it has no letter or digit."""


def read_name(path: str, languages: Sequence[str]) -> FileName:
    """Take the name of the file *path* apart; *languages* are those of the site."""
    whole = PurePosixPath(path).name.removesuffix(".md")
    stem, dot, ending = whole.rpartition(".")
    if not dot or not stem or not (ending in languages or _LANGUAGE.match(ending)):
        stem, ending = whole, ""
    dated = _DATED.match(stem)
    rest = dated[2] if dated else stem
    return FileName(stem=stem, lang=ending, date=dated[1] if dated else "", slug=slugify(rest) or slugify(stem))
