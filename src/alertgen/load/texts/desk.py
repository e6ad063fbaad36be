"""What all content files of one site share while they are read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.documents import Document
from alertgen.load.texts.images import find_picture
from alertgen.load.vocabulary.terms import Terms
from alertgen.model import Config, Image, LedgerEntry
from alertgen.records import dataclass, replace
from alertgen.store import Store
from alertgen.text import listed, suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The site around a content file."""

    root: Path
    config: Config
    terms: Terms
    published: Mapping[str, LedgerEntry]
    """The ledger, by address."""
    given_up: frozenset[str] = frozenset()
    """What of the ledger holds a name that must not be published, and is not kept for that reason."""
    store: Store

    @property
    def main_language(self) -> str:
        """The language of `/`."""
        return self.config.languages[0]


def language_problems(document: Document, desk: Desk) -> list[Diagnostic]:
    """Check that *document* is in a language of the site, and that its name and its header agree on which."""
    said, named = document.typed("lang"), document.name.lang
    problems = []
    faulty = any(fault.code == "wrong-language" for fault in document.problems)
    if document.lang not in desk.config.languages and not faulty:
        at = said[0].place if said else Place(document.path)
        near = suggestions(document.lang, desk.config.languages) or _less_precise(document.lang, desk.config.languages)
        hint = (f"write {listed(near)}, or " if near else "") + f"add {document.lang} to `languages` in site.yaml"
        if document.path.endswith(".md.md"):
            hint = f"rename this file: {document.path.removesuffix('.md')}"
        message = f'"{document.lang}" is not a language of this site'
        problems.append(problem("unknown-language", message, at, hint=hint))
    elif said and named and said[0].text != named:
        message = f'the file name says "{named}", but `lang` says "{said[0].text}"'
        problems.append(problem("name-mismatch", message, said[0].place, hint="keep one of the two"))
    return problems


def told_once(problems: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *problems* of all texts with one in place of many that tell the same unknown or other language.

    A text of which is told that it was copied from another language is in that language.
    """
    copied = {one.at.path for one in problems if one.code == "untranslated-text"}
    kept: list[Diagnostic] = []
    alike: dict[str, list[Diagnostic]] = {}
    for one in problems:
        if one.code == "other-language" and one.at.path in copied:
            continue
        (alike.setdefault(one.message, []) if one.code in _OF_AN_EDITION else kept).append(one)
    for same in alike.values():
        kept += same if len(same) <= _FEW else [_of_an_edition(same)]
    return tuple(kept)


_OF_AN_EDITION = {
    "unknown-language": (
        "but {} more texts are in it",
        "if all that is in this language must go, move these files out of the folders for texts",
    ),
    "other-language": (
        "and the same is true of {} more texts",
        "if the whole site is in that language, say so in site.yaml, as in `language: fr`",
    ),
}
"""What is told of many texts in one language, and what else can be done."""
_FEW = 3
"""So many texts are told one by one: each may hold a slip."""


def _of_an_edition(same: Sequence[Diagnostic]) -> Diagnostic:
    first = min(same, key=lambda one: one.at)
    others, way = _OF_AN_EDITION[first.code]
    message = f"{first.message}, {others.format(len(same) - 1)}"
    return replace(first, message=message, hint=f"{first.hint}\n{way}")


def _less_precise(lang: str, languages: Iterable[str]) -> list[str]:
    """Return those of *languages* that *lang* names with more than is needed, as `fr_FR` does."""
    return [one for one in languages if re.split("[-_]", lang.lower())[0] == one]


def body_images(document: Document, desk: Desk) -> tuple[tuple[Image, ...], list[Diagnostic]]:
    """Find the pictures in the text of *document*."""
    images, problems = [], []
    for named in document.body.images if document.body else ():
        found = find_picture(desk.root, document.path, named.target, named.place, desk.store)
        if isinstance(found, Diagnostic):
            problems.append(found)
            continue
        problems += found.problems
        images.append(
            Image(
                path=found.path,
                kind=found.kind,
                original=found.digest,
                width=found.width,
                height=found.height,
                alt=named.alt,
                caption=named.title,
                place=named.place,
            )
        )
    return tuple(images), problems
