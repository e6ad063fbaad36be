"""HTML of usual texts while it is written: markup and texts in turn, whose signs are set all at once in the end.

`direct` knows the blocks of a text and calls this for each of them. Whatever may mean something else raises
`UnusualError`.
"""

import re

from alertgen.load.markdown.parts import (
    BOUNDARY,
    Apart,
    Headline,
    Note,
    Numbering,
    Part,
    References,
    Tokens,
    Written,
)
from alertgen.load.markdown.plain_html import is_plain
from alertgen.load.markdown.sanitise import start_tag
from alertgen.load.markdown.typography import typeset_all
from alertgen.text import slugify

_LEFT_OVER = b"[]*{}|<>\x02\x03"
"""What no text holds any more when all marks in it were plain ones."""
_LOOSE = re.compile(r"&(?! )|(?<![^\W_])_|_(?![^\W_])")
"""What may be a reference to a character, or a mark: a `&` that stands not alone, a `_` that is not within a word."""

_MARK = re.compile(
    r"\[(?<!!\[)(?P<words>[^\[\]^][^\[\]]*+)\]\("
    r"(?P<address>https?://\w[\w.:-]*+(?:[/?#][^\s()<>'\"\[\]{};]*+)?|(?!//)[a-zA-Z0-9._/#?=-]++)\)"
    r"|\[\^(?P<note>[^\[\]\s]++)\]"
    r"|\*(?<!\*\*)(?P<strong>\*?+)(?![*\s])(?P<emphasis>[^*_\[\]]*[^*_\[\]\s])\*(?P=strong)(?!\*)"
    r"|_(?<!\w_)(?P<bold>_?+)(?![_\s])(?P<stress>[^*_\[\]]*[^*_\[\]\s])_(?P=bold)(?!\w)"
    r"|<(?P<own>https?://\w[\w.:-]*+(?:[/?#][^\s()<>'\"\[\]{};*]*+)?)>"
)
"""A link, a reference to a note, emphasis of two kinds, an address that is a link; nothing stands in another one.

Each begins with a sign to look for.
"""
_BEGINS = frozenset("[*_<")
"""The signs."""


class UnusualError(Exception):
    """Something in a text is for Python-Markdown to read."""


class Sheet:
    """What is written of a text that has these *notes* and *abbreviations*, by their names."""

    def __init__(self, prefix: str, tokens: Tokens, notes: dict[str, str], abbreviations: dict[str, str]) -> None:
        self._prefix = prefix
        self._tokens = tokens
        self._notes = notes
        self._abbreviations = abbreviations
        longest_first = "|".join(sorted(abbreviations, key=len, reverse=True))
        self._abbreviated = re.compile(rf"\b({longest_first})\b") if abbreviations else None
        self._numbering = Numbering(prefix, tokens)
        self._pieces: list[str] = []
        self._read: list[str] = []
        """What is read of each piece."""
        self._amended: list[tuple[int, str]] = []
        """Pieces that are tags of which something else stands on a page, and that."""
        self._links: list[tuple[int, str]] = []
        """Pieces that begin a link, and its address."""
        self._texts: list[int] = []
        """Which pieces are texts, in which signs and spaces are still to be set."""
        self._headings: list[slice] = []
        """Which pieces are in headings; the piece before is the start tag, still without an id."""
        self._situations: list[tuple[slice, dict[str, str]]] = []
        """Which pieces are in headings of situations, and their attributes."""
        self._references: list[tuple[int, tuple[int, str]]] = []
        """Pieces that refer to notes: number of the note and id of the reference."""

    def markup(self, html: str) -> None:
        """Write *html*, in which blocks begin or end."""
        self._tag(html, BOUNDARY)

    def text(self, before: str, text: str, behind: str) -> None:
        """Write the block *text* with the marks in it, and markup *before* and *behind* it."""
        self._tag(before, BOUNDARY)
        self._line(text)
        self._tag(behind, BOUNDARY)

    def cell(self, start: tuple[str, str], text: str, end: str) -> None:
        """Write *text* in a cell with the tags *start*, which is given with what stands for it on a page, and *end*."""
        self._tag_amended(*start)
        self._line(text)
        self._tag(end, "\t")

    def _line(self, text: str) -> None:
        if not _BEGINS.isdisjoint(text):
            self._marked(text)
        elif text:
            self._words(text)

    def _tag(self, html: str, read: str = "") -> None:
        self._pieces.append(html)
        self._read.append(read)

    def _tag_amended(self, html: str, amended: str, read: str = "") -> None:
        self._amended.append((len(self._pieces), amended))
        self._tag(html, read)

    def _marked(self, text: str) -> None:
        done = 0
        for mark in _MARK.finditer(text):
            start, end = mark.span()
            if done < start:
                self._words(text[done:start])
            done = end
            words, address, note, strong, emphasis, bold, stress, own = mark.groups()
            if address:
                self._links.append((len(self._pieces), address))
                self._around(f'<a href="{address.replace("&", "&amp;")}">', words, "</a>")
            elif note:
                self._reference(note)
            elif own:
                self._own_words(own)
            elif strong or bold:
                self._around("<strong>", emphasis or stress, "</strong>")
            else:
                self._around("<em>", emphasis or stress, "</em>")
        if done < len(text):
            self._words(text[done:])

    def _own_words(self, address: str) -> None:
        """Write a link whose words are its address: no sign or space in them is set."""
        spelled = address.replace("&", "&amp;")
        self._links.append((len(self._pieces), address))
        self._tag(f'<a href="{spelled}">')
        self._tag(spelled, address)
        self._tag("</a>")

    def _around(self, before: str, words: str, behind: str) -> None:
        self._tag(before)
        self._words(words)
        self._tag(behind)

    def _words(self, words: str) -> None:
        """Write *words* without marks; abbreviations are explained."""
        for short in self._abbreviations:
            if short in words:
                self._explained(words)
                return
        self._texts.append(len(self._pieces))
        self._tag(words)

    def _explained(self, words: str) -> None:
        assert self._abbreviated is not None
        for number, piece in enumerate(self._abbreviated.split(words)):
            if number % 2:
                title = self._abbreviations[piece]
                amended = start_tag("abbr", {"title": title})
                self._tag_amended(f'<abbr title="{title}">{piece}</abbr>', f"{amended}{piece}</abbr>", piece)
            elif piece:
                self._texts.append(len(self._pieces))
                self._tag(piece)

    def _reference(self, key: str) -> None:
        if key not in self._notes:
            raise UnusualError
        number, own_id, token = self._numbering.refer(key)
        self._references.append((len(self._pieces), (number, own_id)))
        link = start_tag("a", self._tokens.attributes(token))
        self._tag_amended(f'<sup><a id="{token}">{number}</a></sup>', f"<sup>{link}{number}</a></sup>")

    def heading(self, level: int, text: str) -> None:
        """Write a heading within the text."""
        self._tag(f"<h{level}>", BOUNDARY)
        self._headings.append(self._headline(text))
        self._tag(f"</h{level}>\n", BOUNDARY)

    def situation(self, text: str, attributes: dict[str, str]) -> None:
        """Write the heading of a situation."""
        self._situations.append((self._headline(text), attributes))

    def _headline(self, text: str) -> slice:
        start = len(self._pieces)
        self._words(text)
        return slice(start, len(self._pieces))

    def apart(self, lang: str) -> Apart:
        """Return what was written of a text in *lang*."""
        below = len(self._pieces)
        notes = [self._note(key) for key in self._numbering.keys]  # it grows by the references in notes
        if len(notes) < len(self._notes):
            raise UnusualError
        ids = self._set_signs(lang)
        amended = list(self._pieces)
        for at, html in self._amended:
            amended[at] = html
        starts = [(None, 0), *(self._situation(headline, given) for headline, given in self._situations)]
        ends = [*(headline.start for headline, _ in self._situations), below]
        return Apart(
            parts=tuple(
                Part(headline, *self._between(start, end, amended))
                for (headline, start), end in zip(starts, ends, strict=True)
            ),
            notes=tuple(Note(*self._between(start, end, amended)) for start, end in notes),
            ids=ids,
        )

    def _note(self, key: str) -> tuple[int, int]:
        """Write the note *key*; return which pieces it is."""
        start = len(self._pieces)
        self.text("<p>", self._notes[key], "</p>")
        return start, len(self._pieces)

    def _situation(self, headline: slice, attributes: dict[str, str]) -> tuple[Headline | None, int]:
        """Return the heading, and where the text below it begins."""
        return Headline(attributes, "".join(self._pieces[headline])), headline.stop

    def _between(self, start: int, end: int, amended: list[str]) -> tuple[str, References, Written | None]:
        html = "".join(self._pieces[start:end]).strip()
        references = tuple([reference for at, reference in self._references if start <= at < end])
        if not is_plain(html):
            return html, references, None
        links = tuple([(at - start, address) for at, address in self._links if start <= at < end])
        return html, references, Written(tuple(amended[start:end]), links, "".join(self._read[start:end]))

    def _set_signs(self, lang: str) -> frozenset[str]:
        """Set the signs of all texts and the ids of headings; return these ids."""
        texts = [self._pieces[at] for at in self._texts]
        content = "\n".join(texts).encode("utf-8", "surrogatepass")
        if len(content.translate(None, _LEFT_OVER)) != len(content):
            raise UnusualError
        if (b"&" in content or b"_" in content) and any(map(_LOOSE.search, texts)):
            raise UnusualError
        signed, spaced = typeset_all(texts, lang)
        if self._headings:  # an id is of the words as they are before spaces are set
            self._put(signed)
        ids = [self._identified(headline) for headline in self._headings]
        if len(set(ids)) < len(ids):
            raise UnusualError
        self._put(spaced)
        return frozenset(ids)

    def _put(self, texts: list[str]) -> None:
        pieces, read = self._pieces, self._read
        for at, text in zip(self._texts, texts, strict=True):
            pieces[at] = read[at] = text
            if "&" in text:
                pieces[at] = text.replace("&", "&amp;")

    def _identified(self, headline: slice) -> str:
        """Give the heading that holds *headline* a token for its id; return the id."""
        words = "".join(self._read[headline])
        own_id = f"{self._prefix}-{slugify(' '.join(words.split())) or 'section'}"
        at = headline.start - 1
        name, own = self._pieces[at][1:-1], {"id": own_id}
        self._pieces[at] = start_tag(name, {"id": self._tokens.token(own)})
        self._amended.append((at, start_tag(name, own)))
        return own_id
