"""A picture that one alert puts behind a warning stays behind it wherever else the same file is shown.

An editor marks the lead photo once. The translation that forgot the key, the text that shows the photo again, and the
follow-up of next week would otherwise show openly, in feeds as well, what was judged too much to be seen unasked.
"""

from collections.abc import Iterable
from itertools import chain

from alertgen.model import Alert, Image, StandingPage
from alertgen.records import replace

_Marks = dict[tuple[str, str], str]
"""Digest of a picture and language, or "" for any -> what the picture shows."""


def behind_warnings(texts: Iterable[Alert | StandingPage]) -> list[Alert | StandingPage]:
    """Return *texts* with every use of a sensitive picture marked as such, in words of the text's language if any."""
    known = list(texts)
    marks: _Marks = {}
    for text in known:
        for image in _images(text):
            if image.sensitive:
                marks.setdefault((image.original, text.lang), image.sensitive)
                marks.setdefault((image.original, ""), image.sensitive)
    return [_marked(text, marks) for text in known] if marks else known


def _images(text: Alert | StandingPage) -> Iterable[Image]:
    return chain(filter(None, [text.image]) if isinstance(text, Alert) else (), text.images)


def _marked(text: Alert | StandingPage, marks: _Marks) -> Alert | StandingPage:
    images = tuple(_guarded(image, text.lang, marks) for image in text.images)
    if isinstance(text, StandingPage) or text.image is None:
        return text if images == text.images else replace(text, images=images)
    lead = _guarded(text.image, text.lang, marks)
    return text if (lead, images) == (text.image, text.images) else replace(text, image=lead, images=images)


def _guarded(image: Image, lang: str, marks: _Marks) -> Image:
    mark = "" if image.sensitive else marks.get((image.original, lang)) or marks.get((image.original, ""), "")
    return replace(image, sensitive=mark) if mark else image
