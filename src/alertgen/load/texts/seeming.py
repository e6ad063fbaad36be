"""Folders and file names that seem to hold a text back, as they do in other programs, but do not here."""

import re
from collections.abc import Iterator

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.load.documents import Document
from alertgen.patterns import late
from alertgen.text import slugify

_FOLDERS = frozenset(
    (
        *("draft", "drafts", "embargo", "embargoed", "unpublished", "not-published", "private", "internal"),
        *("confidential", "wip", "work-in-progress", "todo", "template", "templates"),
        *("brouillon", "brouillons", "borrador", "borradores", "rascunho", "rascunhos", "entwurf", "entwurfe"),
    )
)
"""What folders are called for texts that nobody may read yet."""
_CALLED_DRAFT = late(r".+[-_ (](?:draft|brouillon|borrador|rascunho|entwurf)\)?", re.IGNORECASE)


def seems_held(document: Document, *, is_public: bool = False) -> Iterator[Diagnostic]:
    """Find that *document* would be published although its folder or its name says that it is not for readers.

    The name of what *is_public* already, at the address that it makes, is as it was then.
    """
    if document.draft or document.embargo:
        return
    _, *folders, name = document.path.split("/")
    what = next((f'the folder "{one}"' for one in folders if one[0] == "_" or slugify(one) in _FOLDERS), "")
    move = "move it to another folder"
    if not what and not is_public and (name[0] == "_" or _CALLED_DRAFT.fullmatch(name.partition(".")[0])):
        what, move = f'the name "{name}"', "rename it"
    if what:
        message = f"{what} does not hold this text back; it would be published"
        hint = f"write `draft: true` among the keys; if it is to be public, {move}"
        yield problem("seems-held", message, Place(document.path), hint=hint)
