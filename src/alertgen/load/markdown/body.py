"""What a body of text consists of: the records that `conversion.convert` returns.

They stand apart from the conversion so that what is remembered of it can be read without Python-Markdown.
"""

from alertgen.diagnostics import Diagnostic, Place
from alertgen.model import Link, Prose
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyImage:
    """A picture in the text, as the author wrote it."""

    target: str
    """Path relative to the file."""
    alt: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A situation: a heading with attributes, and the text below it."""

    text: str
    """The heading as plain text."""
    attributes: tuple[tuple[str, str], ...]
    """Pairs of a key of `SITUATION_KEYS` and its value as written, several values separated by spaces."""
    places: tuple[Place, ...]
    """Where the value of each of `attributes` stands, without quotation marks."""
    id: str
    """The author's own id of the heading (`{: #id }`); empty for none."""
    place: Place
    """The words of the heading."""
    prose: Prose


@dataclass(frozen=True, slots=True)
class OtherHeading:
    """A heading of level 2 that begins no situation."""

    text: str
    """Its words as typed."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands in a body of text."""

    lead: Prose
    """The text before the first situation; all of it when there is none."""
    sections: tuple[Section, ...]
    others: tuple[OtherHeading, ...]
    links: tuple[Link, ...]
    """Inside the site."""
    images: tuple[BodyImage, ...]
    outside: tuple[Link, ...]
    """To other sites, as published. Builds do not look at them, so only who asks for them gets them."""
    problems: tuple[Diagnostic, ...]
