"""An alert for ReliefWeb: its Post API v2 takes a JSON document for each report.

The limits are those of the schema of reports, https://reliefweb.int/post-api-schemas/v2/report.json.
"""

import hashlib
import json
import re
import uuid

from alertgen.codes import problem
from alertgen.outputs import ReliefWebPost
from alertgen.render.faults import RenderFaultError
from alertgen.render.feed_content import content
from alertgen.text import has_letter, plain

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "reliefweb.int")
"""Of the ids that ReliefWeb derives from addresses."""
SHORTEST_BODY, LONGEST_BODY = 10, 100_000
"""Characters."""

_KEPT = ("h1", "h2", "h3", "h4", "h5", "h6", "br", "p", "strong", "em", "a", "ul", "ol", "li", "blockquote")
_AS = {"b": "strong", "i": "em", "pre": "p", "tr": "p", "dt": "p", "dd": "p", "caption": "p", "summary": "p"}
"""Elements that ReliefWeb does not take -> what stands for them; of all others only the text stays."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [^>]*)?)>")
_HREF = re.compile(r' href="[^"]*"')
_BETWEEN_CELLS = re.compile(r"</t[dh]>\s*<t[dh][^>]*>")


def render_post(post: ReliefWebPost, picture: bytes | None) -> bytes:
    """Return *post* as JSON; *picture* is the file of its rendition.

    Raises:
        RenderFaultError: its text is longer or shorter than ReliefWeb takes.
    """
    url = post.item.url
    identity = uuid.uuid5(NAMESPACE, url)
    document: dict[str, object] = {
        "url": url,
        "uuid": str(identity),
        "title": post.title,
        "source": list(post.sources),
        "country": [number for _, number in post.countries],
        "format": [post.format],
        "language": [post.language],
        "published": f"{post.item.published.partition('T')[0]}T00:00:00+00:00",  # ReliefWeb keeps the day in UTC
        "origin": url,
        "body": _body(post),
    }
    if post.picture and picture is not None:
        document["image"] = {
            "url": post.picture_url,
            "uuid": str(uuid.uuid5(identity, post.picture_url)),
            "checksum": hashlib.sha256(picture).hexdigest(),
            "description": post.alt,
            "copyright": post.credit,
        }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _body(post: ReliefWebPost) -> str:
    body = plain(_TAG.sub(_tag, _BETWEEN_CELLS.sub(" | ", content(post.item))))
    if not (SHORTEST_BODY <= len(body) <= LONGEST_BODY and has_letter(_TAG.sub("", body))):
        limits = f"{SHORTEST_BODY} to {LONGEST_BODY:,} characters"
        message = f"ReliefWeb takes texts of {limits}, with letters in them; this one has {len(body):,} characters"
        raise RenderFaultError(problem("reliefweb-limits", message, post.place))
    return body


def _tag(match: re.Match[str]) -> str:
    slash, name, attributes = match.groups()
    name = _AS.get(name, name)
    if name not in _KEPT:
        return ""
    href = _HREF.search(attributes) if name == "a" else None
    return f"<{slash}{name}{href[0] if href else ''}>"
