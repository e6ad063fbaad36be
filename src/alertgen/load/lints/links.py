"""Surprises with notes, references and links. Rows of `table.LINTS`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.source import Source
from alertgen.text import blanked_where, listed, suggestions

_NOTE = re.compile(r"\[\^(?<![\\!]\[\^)([^\]\n]*)\]")
_NOTE_DEFINITION = re.compile(r"\[\^([^\]\n]*)\]:")
"""Where such a thing stands at the start of a line; both begin with the sign itself, which is searched for at once."""
_BEFORE_DEFINITION = " \t>"


@lru_cache(maxsize=1)
def _definitions(source: Source) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for match in _NOTE_DEFINITION.finditer(source.prose):
        start = match.start()
        if not source.prose[source.prose.rfind("\n", 0, start) + 1 : start].strip(_BEFORE_DEFINITION):
            found.setdefault(match[1], []).append(start)
    return found


@lru_cache(maxsize=1)
def _references(source: Source) -> tuple[tuple[str, int], ...]:
    defined = {offset for offsets in _definitions(source).values() for offset in offsets}
    found = ((match[1], match.start()) for match in _NOTE.finditer(source.prose))
    return tuple((key, offset) for key, offset in found if offset not in defined)


def faulty_notes(source: Source) -> Iterator[Diagnostic]:
    """Report whatever is wrong with notes: a row that asks those below where not all is as usual."""
    if not _in_order(source.prose):
        yield from unknown_note(source)
        yield from unused_note(source)
        yield from duplicate_note(source)


def _in_order(prose: str) -> bool:
    """Tell whether there is one note for every reference and the other way round, each written as most are."""
    before, *pieces = prose.split("[^")
    defined: list[str] = []
    used: set[str] = set()
    for piece in pieces:
        key, closed, behind = piece.partition("]")
        if not closed or "\n" in key or before.endswith(("\\", "!")):
            return False
        if behind.startswith(":") and not before[before.rfind("\n") + 1 :].strip(_BEFORE_DEFINITION):
            defined.append(key)
        else:
            used.add(key)
        before = piece
    return len(used) == len(defined) and used == set(defined)


def unknown_note(source: Source) -> Iterator[Diagnostic]:
    """Report `[^x]` without a note `[^x]: …`: it is shown as it stands."""
    known = _definitions(source)
    for key, offset in _references(source):
        if key not in known:
            near = suggestions(key, known)
            yield source.problem(
                "unknown-note",
                f'there is no note "[^{key}]"',
                source.place(offset, len(key) + 3),
                hint=f"did you mean {listed(f'[^{name}]' for name in near)}?" if near else f"add a line [^{key}]: …",
            )


def unused_note(source: Source) -> Iterator[Diagnostic]:
    """Report a note that the text never refers to: it is not shown at all."""
    used = {key for key, _ in _references(source)}
    for key, offsets in _definitions(source).items():
        if key not in used:
            yield source.problem(
                "unused-note",
                f'the text never refers to the note "[^{key}]", so it is not shown',
                source.place(offsets[0], len(key) + 3),
                hint=f"put [^{key}] where the note belongs, or take the note out",
            )


def duplicate_note(source: Source) -> Iterator[Diagnostic]:
    """Report a second note of one name: only the last is shown."""
    for key, (first, *others) in _definitions(source).items():
        for offset in others:
            yield source.problem(
                "duplicate-note",
                f'there is more than one note "[^{key}]", and only the last is shown',
                source.place(offset, len(key) + 3),
                hint="give each note a name of its own",
                also=(source.place(first, len(key) + 3),),
            )


_REFERENCE = re.compile(r"(?<![\\\]])\[([^\[\]]+)\]\[([^\[\]^]*)\](?!\()")
_REFERENCE_DEFINITION = re.compile(r"^[ \t>]*\[([^\[\]^][^\[\]]*)\]:", re.MULTILINE)


def unknown_reference(source: Source) -> Iterator[Diagnostic]:
    """Report `[text][name]` without a line `[name]: address`: it is shown as it stands."""
    known = {match[1].strip().lower() for match in _REFERENCE_DEFINITION.finditer(source.prose)}
    for match in _REFERENCE.finditer(source.prose):
        name = " ".join((match[2] or match[1]).split())
        if name.lower() not in known and not match[1].startswith("^"):
            near = suggestions(name, known)
            yield source.problem(
                "unknown-reference",
                f'there is no address for "[{name}]"',
                source.place(match.start(), len(match[0])),
                hint=f"did you mean {listed(f'[{key}]' for key in near)}?"
                if near
                else f"add a line [{name}]: https://…",
            )


def wiki_link(source: Source) -> Iterator[Diagnostic]:
    """Report `[[page]]`: it is shown as it stands."""
    for match in re.finditer(r"\[\[([^\[\]\n]+)\]\](?!\()", source.prose):
        words = match[1].rpartition("|")[2].strip()
        yield source.problem(
            "wiki-link",
            f'"{match[0]}" is not a link here',
            source.place(match.start(), len(match[0])),
            hint=f"write [{words}](address)",
        )


_IN_PARENTHESES = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_AT_MARGIN = "|".join(rf"(?<=^{' ' * indent}\[)" for indent in range(4))
_LINKED = re.compile(
    rf"\[[^\[\]]*\](?:{_IN_PARENTHESES}|(?=\[))|\]{_IN_PARENTHESES}"
    rf"|\[(?:{_AT_MARGIN})[^\[\]^\n][^\[\]\n]*\]:.*$|<[^<>]*>",
    re.MULTILINE,
)
_BARE = re.compile(r"(?:\bhttps?://|(?<![\w@/.-])www\.)[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"*_]")


def bare_address(source: Source) -> Iterator[Diagnostic]:
    """Report an address that stands in the text: it is not a link, and a screen reader spells it out."""
    unlinked = blanked_where(_LINKED, source.prose)
    for match in _BARE.finditer(unlinked) if "http" in unlinked or "www." in unlinked else ():
        address = match[0] if match[0].startswith("http") else f"https://{match[0]}"
        yield source.problem(
            "bare-address",
            f'"{match[0]}" is not a link here',
            source.place(match.start(), len(match[0])),
            hint=f"link the words that it is about: [words]({address})",
        )


_VAGUE = {
    "en": "here|click here|this link|link|read more|more|this",
    "fr": "ici|cliquez ici|ce lien|lien|lire la suite|en savoir plus",
    "es": "aquí|haga clic aquí|este enlace|enlace|leer más|más información",
    "pt": "aqui|clique aqui|este link|link|ler mais|leia mais|saiba mais|mais informações",
    "ar": "هنا|اضغط هنا|انقر هنا|هذا الرابط|الرابط|المزيد",
}

VAGUE = "|".join(_VAGUE.values())
"""Link texts that say nothing, in all languages."""


@cache
def _vague(lang: str) -> re.Pattern[str]:
    words = "|".join(dict.fromkeys((_VAGUE["en"], _VAGUE.get(lang, _VAGUE["en"]))))
    return re.compile(rf"\[(?<!!\[)[\s*_]*({words})?[\s*_.:]*\](?=[(\[])", re.IGNORECASE)


def vague_link_text(source: Source) -> Iterator[Diagnostic]:
    """Report links whose words do not say where they lead; people who hear a page go from link to link."""
    for match in _vague(source.lang.partition("-")[0]).finditer(source.prose):
        words = match[1]
        message = (
            f'the link text "{words}" does not say where the link leads'
            if words
            else "this link has no words, so nobody can see it"
        )
        start, length = (match.start(1), len(words)) if words else (match.start(), len(match[0]))
        hint = "link the words that name the document"
        yield source.problem("vague-link-text", message, source.place(start, length), hint=hint)
