"""A published feed in which some items have other words: what is different of them is found and replaced.

Only the HTML and the summary of an item depend on words. They are spelled here as feedgen, lxml and our own writer of
JSON spell them, none of which is needed then: the old ones must stand in their item letter by letter, and once.
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from alertgen.json_text import quoted
from alertgen.outputs import FeedItem
from alertgen.patterns import late
from alertgen.render.feed_content import content

UNUSUAL = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no feed can hold, or that lxml may spell in another way."""


class Form(NamedTuple):
    """How a format spells an item."""

    start: bytes
    """Stands before it, and nowhere else but before others."""
    end: bytes
    own: Callable[[FeedItem], bytes]
    """Gives what stands in it alone."""
    worded: Callable[[FeedItem], tuple[bytes, ...]]
    """Gives what depends on words in it."""


class Change(NamedTuple):
    """How an item changes in a format."""

    form: Form
    own: bytes
    passages: tuple[tuple[bytes, bytes], ...]
    """Pairs of what is there and what will be there."""


def changes(old: FeedItem, new: FeedItem) -> dict[str, Change]:
    """Return by format how the item *old* becomes *new*.

    Raises:
        ValueError: that is not certain.
    """
    before = [form.worded(old) for form in FORMS.values()]
    if UNUSUAL.search(new.summary + content(new)):
        raise ValueError(f"{new.id} holds an unusual character")
    after = [form.worded(new) for form in FORMS.values()]
    made = (
        Change(form, form.own(old), _pairs(*both)) for form, *both in zip(FORMS.values(), before, after, strict=True)
    )
    return dict(zip(FORMS, made, strict=True))


def _pairs(before: tuple[bytes, ...], after: tuple[bytes, ...]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((old, new) for old, new in zip(before, after, strict=True) if old != new)


def with_changes(feed: bytes, made: Iterable[Change]) -> bytes:
    """Return *feed* with the changes that were *made*.

    Raises:
        ValueError: an item, or something in it, is not found where it should be.
    """
    parts, done = [], 0
    for start, end, instead in sorted(found for change in made for found in _found(feed, change)):
        if start < done:
            raise ValueError("two changes overlap")
        parts += [feed[done:start], instead]
        done = end
    return b"".join([*parts, feed[done:]])


def _found(feed: bytes, change: Change) -> Iterator[tuple[int, int, bytes]]:
    """Yield start, end and substitute of each passage of *feed* that is part of *change*."""
    start, end = _span(feed, change)
    for old, new in change.passages:
        at = feed.find(old, start, end)
        if at < 0 or feed.find(old, at + 1, end) >= 0:
            raise ValueError("a text does not stand once where it should")
        yield at, at + len(old), new


def _span(feed: bytes, change: Change) -> tuple[int, int]:
    """Return where the item of *change* begins and ends."""
    at = feed.find(change.own)
    start, end = feed.rfind(change.form.start, 0, max(at, 0)), feed.find(change.form.end, at)
    if at < 0 or feed.find(change.own, at + 1) >= 0 or start < 0 or end < 0:
        raise ValueError("an item does not stand once in the feed")
    return start, end


# --- how things are spelled ---------------------------------------------------------------------------------------


def hexadecimal(text: bytes) -> bytes:
    """Return *text* of an XML element with hexadecimal references for named ones."""
    return text.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")


def _xml(text: str) -> bytes:
    return escape(text, quote=False).encode()


def _rss(item: FeedItem) -> tuple[bytes, ...]:
    return (
        b"<description>%b</description>" % _xml(escape(item.summary or item.title, quote=False)),
        b"<content:encoded>%b</content:encoded>" % _xml(content(item)),
    )


def _atom(item: FeedItem) -> tuple[bytes, ...]:
    return (
        b"<summary>%b</summary>" % hexadecimal(_xml(item.summary)),
        b'<content type="html">%b</content>' % _xml(content(item)),
    )


def _json(item: FeedItem) -> tuple[bytes, ...]:
    return b'\n   "summary": %b' % quoted(item.summary), b'\n   "content_html": %b' % quoted(content(item))


FORMS = {
    "rss": Form(
        start=b"\n    <item>",
        end=b"\n    </item>",
        own=lambda item: b'\n      <guid isPermaLink="false">%b</guid>' % _xml(item.id),
        worded=_rss,
    ),
    "atom": Form(
        start=b"\n  <entry>",
        end=b"\n  </entry>",
        own=lambda item: b"\n    <id>%b</id>" % _xml(item.id),
        worded=_atom,
    ),
    "json": Form(start=b"\n  {", end=b"\n  }", own=lambda item: b'\n   "id": %b' % quoted(item.id), worded=_json),
}
"""By format."""
