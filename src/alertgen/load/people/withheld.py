"""Names that must not be published, one a line in do-not-publish.txt: how they are read, found and kept quiet.

The list is nobody's business but the editors'. It is held in memory alone; no message, output or memory of a build
says a name of it. A name is found however it is written: in capitals, without its accents, stored in another form of
Unicode, cut by emphasis, tags or line ends, spelled by numbers, joined by hyphens in an address.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from alertgen import WITHHELD
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_text
from alertgen.load.disk.decoding import decode
from alertgen.load.disk.files import read_bytes
from alertgen.load.people.list_name import misnamed_beside
from alertgen.outcome import Held, Published
from alertgen.patterns import late
from alertgen.records import dataclass, field, replace
from alertgen.text import INVISIBLE_LETTERS, slugify

CODE = "do-not-publish"
HIDDEN = "[withheld]"
_SHORTEST = 3
"""Letters of a name in a script that has letters; where a sign is a word, one less."""
_SHORTEST_JOINED = 8
"""Letters of a name of several words from which on it is also looked for without the spaces, as in `@annaivanova`."""
_MOST_LINES = 3
"""Over so many lines a name may be spread."""
_NO_NAME = late(r"#|[;,،؛\t()<>{}|=]|:\s|\s[-\u2013\u2014/&+]+\s|^\d+[.)]\s")
"""What separates a name from a remark or from the next name, where somebody wrote both into one line."""
_MARKS = ("<" * 7, "=" * 7, "|" * 7, ">" * 7)
"""How the lines begin that Git puts between two versions."""
_QUOTED = late(r"""(["'“”„«])\s*(.+?)\s*["'“”»]""")

_ALIKE = (
    "\u00e6=ae \u0153=oe \u00f8=o \u00f0=d \u0111=d \u0142=l \u00fe=th \u0127=h \u0167=t \u0131=i \u0259=e "
    "\u0649=\u064a \u06cc=\u064a \u06a9=\u0643 \u06c1=\u0647 \u06be=\u0647 \u0629=\u0647 \u0671=\u0627 \u0640="
)
"""Letters that are no other letter with a mark on it, but are typed as one: of Latin script, then of Arabic."""
_APOSTROPHES = "\u2018\u2019\u02bc\u02bb\u02bf\u02be\u00b4\u2032\u02b9"
_LETTERS = str.maketrans(
    dict(pair.split("=") for pair in _ALIKE.split(" "))
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(INVISIBLE_LETTERS, "")
)
_BREAKS = late(
    r"[\s!-&(-/:-@\[-`{-~\u00a1-\u00bf\u05be\u05c0\u05c3\u060c\u061b\u061f\u06d4"
    r"\u2000-\u2bff\u3000-\u303f\u30fb\uff61-\uff65]+"
)
"""What may stand between the words of a name: signs of every kind and of many scripts, but no apostrophe."""
_RAISED = str.maketrans(dict.fromkeys("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", " "))
"""Numbers of notes, as they are typed behind a word."""
_SPELLED = late(
    r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2})+"
)
_TAG = r"(?s:<!--.*?(?:-->|\Z))|<[^<>]*>"
_TAGS = late(_TAG)
_MARKUP = late(rf"{_TAG}|[*_~`\\\[\]{{}}]+")
_TARGETS = late(
    r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\[\^[^\]\n]*\]|\{:?[^{}\n]*\}|<sup>[^<>]*</sup>|" + _TAG
)
_LINE_END = late(r"[-\u2010\\][^\S\n]*\n[>\s]*")
"""Where a word goes on in the next line, as in text copied from a PDF file."""
_INVERTED, _LAST_FIRST = late(r"[\s\"]*[,;|\t][\s\"]*"), "\ue000"
"""What stands behind a last name that is written first, and the sign that stands for it in a reading."""
_LETTER_BY_LETTER = late(r"(?<![^\W_])[^\W\d_](?:[ .\-\u00b7][^\W\d_]){2,}(?![^\W_])")
_NOT_LETTERS = late(r"[\W_]+")
"""How a word is spaced out, as in `I v a n o v a`."""
_NO_WIDTH = late("[\u200b\u200c\u2060\ufeff]")
"""Characters that take no room, and may stand where a space would."""
_INITIALS = late(r"(?<!\w)(\w) (?=\w(?!\w))")
_SIGNS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_SPACELESS, _BETWEEN_SIGNS = late(_SIGNS), late(f"(?<={_SIGNS}) (?={_SIGNS})")
"""Scripts that put no space between words; what stands there all the same is a line end or sets names off."""
_ARABIC, _HEBREW = late("[\u0600-\u06ff]"), late("[\u0590-\u05ff]")
_PREFIXES = ((_ARABIC, "[وفبلك]?"), (_HEBREW, "[והבלמשכ]?"))
"""Scripts in which short words are written together with the word after them."""


def _spelled_out(found: re.Match[str]) -> str:
    """Return the character that is spelled by a number or a name."""
    text = found[0]
    if text.startswith("&"):
        return unescape(text)
    return unquote(text) if text.startswith("%") else chr(int(text[2:], 16))


def _lettered(text: str) -> str:
    """Return *text* in small letters without marks."""
    if text.isascii():
        return text.casefold()
    text = text.replace("\u00ad\n", "-\n").translate(_RAISED)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = "".join(char for char in text if char.isascii() or unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFC", text).translate(_LETTERS).casefold()


def _spaced(letters: str) -> str:
    """Return *letters* with one space between words or, in some scripts, with none."""
    words = _BREAKS.sub(" ", letters).replace("''", "'").strip()
    return words if words.isascii() else _BETWEEN_SIGNS.sub("", words)


def _joined(spaced: re.Match[str]) -> str:
    return _NOT_LETTERS.sub("", spaced[0])


_WAYS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: _MARKUP.sub("", text),  # An**na** Ivanova
    lambda text: _TAGS.sub(" ", text),  # Anna<br>Ivanova
    lambda text: _MARKUP.sub("", _TARGETS.sub("", text)),  # [Anna](address) Ivanova
    lambda text: _MARKUP.sub("", _LINE_END.sub("", text)),  # An-\nna Ivanova
    lambda text: _LETTER_BY_LETTER.sub(_joined, _MARKUP.sub("", text)),  # I v a n o v a
    lambda text: _MARKUP.sub("", _INVERTED.sub(_LAST_FIRST, text)),  # Ivanova, Anna
)
"""A text may be read with its markup left out in one way or another."""


def _readings(text: str) -> set[str]:
    typed = _SPELLED.sub(_spelled_out, text)
    texts = {_lettered(typed)}
    if not typed.isascii() and _NO_WIDTH.search(typed):
        texts.add(_lettered(_NO_WIDTH.sub(" ", typed)))
    return {_spaced(reading) for reading in {way(letters) for letters in texts for way in _WAYS}}


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds *name*, which is plain, as whole words."""
    first, last = name[0], name[-1]
    prefix = next((letters for script, letters in _PREFIXES if script.match(first)), "")
    start = "" if _SPACELESS.match(first) else rf"(?<![^\W\d_]){prefix}"
    end = "" if _SPACELESS.match(last) else r"(?![^\W\d_])"
    return re.compile(start + re.escape(name) + end)


@dataclass(frozen=True, slots=True)
class Withheld:
    """The names that must not be published."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...] = field(default=(), repr=False)
    """Pairs of a plain name and what finds it."""
    digest: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def stands_in(self, text: str) -> bool:
        """Tell whether any name stands in *text*."""
        if not self.patterns:
            return False
        readings = _readings(text)
        return any(
            name in reading and pattern.search(reading) for reading in readings for name, pattern in self.patterns
        )

    def lines(self, text: str) -> tuple[int, ...]:
        """Return the lines of *text*, counted from 1, in which a name stands or begins."""
        if not self.stands_in(text):
            return ()
        lines = text.split("\n")
        found = tuple(number for number in range(1, len(lines) + 1) if self._begins(lines[number - 1 :]))
        return found or (1,)

    def _begins(self, lines: list[str]) -> bool:
        if self.stands_in(lines[0]):
            return True
        further = "\n".join(lines[1:_MOST_LINES])
        return self.stands_in("\n".join(lines[:_MOST_LINES])) and not self.stands_in(further)

    def masked(self, text: str) -> str:
        """Return *text* with every name in it replaced by `[withheld]`."""
        if not self.stands_in(text):
            return text
        words = re.findall(r"[^\W_]+|[\W_]+", text)
        for length in range(1, len(words) + 1):
            for start in range(len(words) - length + 1):
                if self.stands_in("".join(words[start : start + length])):
                    rest = self.masked("".join(words[start + length :]))
                    return "".join(words[:start]) + HIDDEN + rest
        return HIDDEN

    def quiet(self, found: Diagnostic) -> Diagnostic:
        """Return *found* without any name; a problem of the list or with a name shows no line of its file."""
        if not self.patterns and found.at.path != WITHHELD:
            return found
        bare = found.code == CODE or found.at.path == WITHHELD or self.stands_in(found.excerpt)
        return replace(
            found,
            message=self.masked(found.message),
            hint=self.masked(found.hint),
            at=self._quiet_place(found.at, whole_line=found.code == CODE),
            also=tuple(self._quiet_place(place) for place in found.also),
            excerpt="" if bare else found.excerpt,
        )

    def quietly_held(self, held: Held) -> Held:
        """Return *held* without any name in its path."""
        return Held(path=self.masked(held.path), because=held.because, until=held.until)

    def quietly_published(self, published: Published) -> Published:
        """Return *published* without any name in the addresses that are gone and the files that are not alertgen's."""
        if not self.patterns:
            return published
        removed, foreign = tuple(map(self.masked, published.removed)), tuple(map(self.masked, published.foreign))
        return replace(published, removed=removed, foreign=foreign)

    def _quiet_place(self, place: Place, *, whole_line: bool = False) -> Place:
        path = self.masked(place.path)
        return Place(path, place.line) if whole_line else replace(place, path=path)


def read_withheld(root: Path) -> tuple[Withheld, tuple[Diagnostic, ...]]:
    """Read the list of the site at *root*; a site needs none. What cannot be read is an error, never no list."""
    misnamed = tuple(misnamed_beside(path.name for path in root.iterdir() if path.is_file()))
    if not (root / WITHHELD).exists() and not (root / WITHHELD).is_symlink():
        return Withheld(), misnamed
    content = read_bytes(root, WITHHELD)
    if isinstance(content, Diagnostic):
        return Withheld(), (*misnamed, content)
    text, problems = decode(content, WITHHELD)
    lines = [(number, line.strip()) for number, line in enumerate((text or "").split("\n"), 1)]
    marks = [number for number, line in lines if line.startswith(_MARKS)]
    lines = [(number, line) for number, line in lines if line and not line.startswith(("#", *_MARKS))]
    faults = tuple(fault for number, line in lines for fault in _faults(number, line))
    faults += tuple(_conflict(number) for number in marks[:1])
    if text is not None and not text.strip():
        faults += (_empty(),)
    names = [_bare(line) for _, line in lines]
    return withheld(name for name in names if not _is_short(name)), (*misnamed, *problems, *faults)


def _empty() -> Diagnostic:
    """Report a list that somebody, or a program that copies files, has left without a word."""
    message = "this list is empty, so names that stood in it would be published"
    hint = "write the names into it again, as from a copy; if there is none to keep back, delete the file"
    return problem("empty-file", message, Place(WITHHELD), hint=hint)


def _conflict(number: int) -> Diagnostic:
    """Report the marks of a conflict that begins in line *number*: of names, both versions are right."""
    hint = "keep the names of both, and delete the lines that begin with <<<<<<<, =======, ||||||| or >>>>>>>"
    message = "Git has left the marks of a conflict in the list of names"
    return problem("merge-conflict", message, Place(WITHHELD, number), hint=hint)


def _bare(line: str) -> str:
    """Return *line* without quotation marks around the whole of it."""
    quoted = _QUOTED.fullmatch(line)
    return quoted[2] if quoted else line


def _faults(number: int, line: str) -> Iterator[Diagnostic]:
    if _is_short(_bare(line)):
        yield _too_short(number)
    elif _bare(line) == line and (sign := _NO_NAME.search(line)):
        shown = sign[0].strip() or "a tab"
        message = f"this line seems to hold more than a name ({shown}); it would be looked for as a whole"
        hint = (
            "write each name on a line of its own, and remarks on lines that begin with #\n"
            "if all of it is one name, put quotation marks around it"
        )
        yield problem("more-than-a-name", message, Place(WITHHELD, number), hint=hint)


def withheld(names: Iterable[str]) -> Withheld:
    """Return what finds *names*."""
    plain = {spelling for name in names for spelling in (*_readings(name), _in_addresses(name))}
    plain |= {spelling.replace("'", instead) for spelling in plain for instead in ("", " ")}
    plain |= {_INITIALS.sub(r"\1", spelling) for spelling in plain}
    joined = {spelling.replace(" ", "") for spelling in plain if " " in spelling}
    inverted = {_LAST_FIRST.join(reversed(spelling.rsplit(" ", 1))) for spelling in plain if " " in spelling}
    plain |= inverted | {spelling for spelling in joined if len(spelling) >= _SHORTEST_JOINED}
    spellings = sorted(spelling for spelling in plain if not _is_short(spelling))
    return Withheld(tuple((name, _pattern(name)) for name in spellings), digest_text("\n".join(spellings)))


def _in_addresses(name: str) -> str:
    """Return *name* as it stands in an address that was made of it, without the number of a note behind it."""
    return slugify(name.translate(_RAISED)).replace("-", " ")


def _is_short(name: str) -> bool:
    letters = [char for char in _lettered(name) if char.isalnum()]
    return len(letters) < _SHORTEST - bool(_SPACELESS.search(name))


def _too_short(number: int) -> Diagnostic:
    message = "this line is too short to be looked for: it would be found in every text"
    return problem("too-short-name", message, Place(WITHHELD, number), hint="write the whole name")
