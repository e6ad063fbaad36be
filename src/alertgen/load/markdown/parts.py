"""A text taken apart: what both ways of reading Markdown, `direct` and `parsing`, come to.

Ids are not written into its HTML. An element gets a token that no author can have typed (it holds a digest of the
text), and `sanitise.clean` puts the real attributes in its place, so an id in raw HTML never passes for one of ours.
"""

from collections.abc import Mapping

from alertgen.records import dataclass


class Tokens:
    """Attributes of our own, by the token that stands for them in the tree.

    A token holds the *digest* of the text, so nobody can write one of their own into that text.
    """

    def __init__(self, digest: str) -> None:
        self._nonce = f"t{digest}"
        self._attributes: list[dict[str, str]] = []

    def token(self, attributes: dict[str, str]) -> str:
        """Return the token to put into `id` for an element that is to have *attributes*."""
        self._attributes.append(attributes)
        return f"{self._nonce}-{len(self._attributes) - 1}"

    def attributes(self, token: str) -> dict[str, str]:
        """Return the attributes that *token* stands for, none when it is not one of ours."""
        nonce, _, number = token.partition("-")
        return self._attributes[int(number)] if nonce == self._nonce else {}


References = tuple[tuple[int, str], ...]
"""Number of the note and id of the reference, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The heading of a situation."""

    attributes: Mapping[str, str]
    """In the order in which they were typed."""
    html: str
    """What is in it, not yet cleaned."""
    elements: frozenset[str] = frozenset()
    """Names of the elements in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """HTML that cleaning leaves as it is, in pieces, from who wrote it and knows what is what in it."""

    pieces: tuple[str, ...]
    """As they stand on a page, but for links."""
    links: tuple[tuple[int, str], ...]
    """Which of them begin a link, and to what address."""
    text: str
    """What is read, with `BOUNDARY` where a block begins or ends."""


BOUNDARY = "\r"
"""No text that was read holds it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text: the lead, or what stands below the heading of a situation, as HTML not yet cleaned."""

    headline: Headline | None
    """None for the lead."""
    html: str
    references: References
    written: Written | None = None
    """The same, if it is known to need no cleaning."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, as HTML not yet cleaned."""

    html: str
    references: References
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """A document taken apart."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    """Those that are referred to, in the order of their numbers."""
    ids: frozenset[str]
    """Ids of the headings that stay in the text."""


class Numbering:
    """Numbers notes in the order in which the text first refers to them."""

    def __init__(self, prefix: str, tokens: Tokens) -> None:
        self.prefix = prefix
        self.tokens = tokens
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._uses: dict[str, int] = {}

    def refer(self, key: str) -> tuple[int, str, str]:
        """Return the number of the note *key*, the id of this reference to it, and the token for its attributes."""
        if key not in self._numbers:
            self.keys.append(key)
            self._numbers[key] = len(self.keys)
        number = self._numbers[key]
        use = self._uses[key] = self._uses.get(key, 0) + 1
        own_id = f"fnref-{self.prefix}-{number}" + (f"-{use}" if use > 1 else "")
        return number, own_id, self.tokens.token(_reference_attributes(own_id, f"#fn-{self.prefix}-{number}"))


def _reference_attributes(own_id: str, target: str) -> dict[str, str]:
    return {"class": "footnote-ref", "id": own_id, "href": target, "role": "doc-noteref"}
