"""The HTML inside a feed item: whole, plain and safe to show anywhere.

Feed readers strip styles and scripts, resolve relative addresses against the wrong page and show many items at once.
So there are no classes, no ids, no relative addresses and no `srcset`; language and direction stand on every block,
notes are plain numbers with their text at the end, and what matters (corrections, credits) is visible text.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial, wraps
from html import escape

from alertgen.i18n import Words, words
from alertgen.model import Footnote
from alertgen.outputs import FeedItem, FeedPart, FeedPicture
from alertgen.patterns import late
from alertgen.views import RepublicationView, SourceView

_TAG = late(r'<([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>')
_NOTE_REFERENCE = re.compile(r'<sup><a class="footnote-ref"[^>]*>([^<]*)</a></sup>')
_LINK = late(r'(<a(?: [^>]*?)?) href="alertgen:link/(\d+)"')
_LONE_IMAGE = re.compile(r'<p>\s*<img (?=[^>]*src="alertgen:image/(\d+)")[^>]*>\s*</p>')
_IMAGE = re.compile(r'<img (?=[^>]*src="alertgen:image/(\d+)")[^>]*>')
_ALT = re.compile(r' alt="([^"]*)"')
_DROPPED = re.compile(r' (?:class|id|role|rel)="[^"]*"')
_BLOCK_NAMES = (
    "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p pre summary table td th ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_FORCED_DIRECTION = re.compile(r"(</?)bdo\b")
"""Validators do not know `bdo`, and warn of what they do not know."""
_text = partial(escape, quote=False)
_FIRST_PARAGRAPH = re.compile(r"^<p>")


_LAST = 128
"""So many items are remembered."""


def once(function: Callable[[FeedItem], str]) -> Callable[[FeedItem], str]:
    """Remember what *function* returns for the last items: one stands in a feed in every format, and in several feeds.

    They are found by their ids, since a hash of an item would read all of its text.
    """
    made: dict[str, tuple[FeedItem, str]] = {}

    @wraps(function)
    def remembered(item: FeedItem) -> str:
        before, result = made.get(item.id, (None, ""))
        if before is not item and before != item:
            result = function(item)
            if len(made) >= _LAST:
                del made[next(iter(made))]
            made[item.id] = item, result
        return result

    return remembered


@once
def content(item: FeedItem) -> str:
    """Return all of *item* as one HTML fragment."""
    say = words(item.lang)
    pieces = [
        *(_correction(correction.day.shown, correction.text, say) for correction in item.corrections),
        _republication(item.republished, say) if item.republished else "",
        _figure(item.picture, say) if item.picture else "",
        *(_part(part, item, say) for part in item.parts),
        _notes(item, say),
        _sources(item.sources, say),
    ]
    return _with_language("\n".join(filter(None, pieces)), item)


def _correction(day: str, text: str, say: Words) -> str:
    title = say.say("correction_of", day=day).removesuffix(".")  # a day of Ukrainian ends with one
    return f"<p><strong>{_text(title)}.</strong> {_text(text)}</p>"


def first_published(first: RepublicationView, say: Words) -> str:
    """Return the sentence that says who published a text *first*, and when."""
    return say.say("republished", publisher=first.publisher, day=first.day.shown)


def _republication(first: RepublicationView, say: Words) -> str:
    told = _text(first_published(first, say))
    original = f' <a href="{escape(first.url)}">{_text(say.say("original"))}</a>.'
    rights = f" {_text(first.rights)}" if first.rights else ""
    return f"<p>{told}{original}{rights}</p>"


def _figure(picture: FeedPicture, say: Words) -> str:
    credit = say.say("credit", credit=picture.credit) if picture.credit else ""
    caption = _text(" — ".join(filter(None, (picture.caption, credit))))
    return f"<figure>{_img(picture)}" + (f"<figcaption>{caption}</figcaption>" if caption else "") + "</figure>"


def _img(picture: FeedPicture) -> str:
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img src="{escape(picture.url)}" {size} alt="{escape(picture.alt)}">'


def _part(part: FeedPart, item: FeedItem, say: Words) -> str:
    heading = f"<h2>{_text(part.heading)}</h2>" if part.heading else ""
    note = f"<p><strong>{_text(part.note)}</strong></p>" if part.note else ""
    return "\n".join(filter(None, (heading, note, _resolved(part.prose.html, item, say))))


def _notes(item: FeedItem, say: Words) -> str:
    notes = {note.number: note for part in item.parts for note in part.prose.footnotes}
    if not notes:
        return ""
    texts = (_note(note, item, say) for _, note in sorted(notes.items()))
    return "\n".join((f"<h3>{_text(say.say('notes'))}</h3>", *texts))


def _note(note: Footnote, item: FeedItem, say: Words) -> str:
    html, found = _FIRST_PARAGRAPH.subn(f"<p>[{note.number}] ", _resolved(note.html, item, say))
    return html if found else f"<p>[{note.number}]</p>\n{html}"


def _sources(sources: tuple[SourceView, ...], say: Words) -> str:
    if not sources:
        return ""
    entries = "".join(f"<li>{_source(source, say)}</li>" for source in sources)
    return f"<h3>{_text(say.say('sources'))}</h3>\n<ul>{entries}</ul>"


def _source(source: SourceView, say: Words) -> str:
    title = _named(source.title, say)
    told = [f'<a href="{escape(source.url)}">{title}</a>' if source.url else title]
    told += [_named(source.publisher, say)] if source.publisher else []
    told += [_text(source.day.shown)] if source.day else []
    if source.archived:
        told.append(f'<a href="{escape(source.archived)}">{_text(say.say("archived_copy"))}</a>')
    return say.say("comma").join(told)


def _named(text: str, say: Words) -> str:
    """Return a name in whatever language: in a line from right to left, marks at the end of a Latin one stay there."""
    return f"<bdi>{_text(text)}</bdi>" if say.direction == "rtl" else _text(text)


def _resolved(html: str, item: FeedItem, say: Words) -> str:
    """Put links, pictures and note numbers into the HTML of a text."""
    if 'class="footnote-ref"' in html:
        html = _NOTE_REFERENCE.sub(r"<sup>[\1]</sup>", html)
    if "alertgen:link/" in html:
        html = _LINK.sub(lambda match: match[1] + _href(item.links[int(match[2])]), html)
    if "alertgen:image/" in html:
        html = _LONE_IMAGE.sub(lambda match: _lone_picture(item, match, say), html)
        html = _IMAGE.sub(lambda match: _inline_picture(item, match), html)
    return html


def _href(target: str) -> str:
    return f' href="{escape(target)}"' if target else ""


def _lone_picture(item: FeedItem, tag: re.Match[str], say: Words) -> str:
    """Show a picture; of one that no feed shows, its description with a link to the page where it can be seen."""
    picture = item.pictures[int(tag[1])]
    if picture is None:
        return f'<p><a href="{escape(item.url)}">{_described(tag)}</a></p>'
    return _figure(picture, say)


def _inline_picture(item: FeedItem, tag: re.Match[str]) -> str:
    picture = item.pictures[int(tag[1])]
    return _described(tag) if picture is None else _img(picture)


def _described(tag: re.Match[str]) -> str:
    alt = _ALT.search(tag[0])
    return f"[{alt[1] if alt else ''}]"


def _with_language(html: str, item: FeedItem) -> str:
    """Take out what readers cannot use, and say language and direction on every block."""
    if "bdo" in html:
        html = _FORCED_DIRECTION.sub(r"\1span", html)
    return _TAG.sub(lambda tag: _tag(tag[0], item.lang, item.dir), html)


@lru_cache(maxsize=1024)  # most have no attributes
def _tag(tag: str, lang: str, dir: str) -> str:
    name, space, attributes = tag[1:-1].partition(" ")
    attributes = _DROPPED.sub("", space + attributes)
    if name in _BLOCKS:
        attributes += "" if ' lang="' in attributes else f' lang="{escape(lang)}"'
        attributes += "" if ' dir="' in attributes else f' dir="{dir}"'
    return f"<{name}{attributes}>"
