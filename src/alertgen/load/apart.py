"""Values as bytes, their texts apart: all else first, then the texts, which go into a file without being looked at.

The first bytes say how long the first part is. In the place of each text stands where it is in the second part.
"""

from functools import partial
from typing import Any, TypeVar

from alertgen.filed import SHORT, File, Filed, FiledBytes
from alertgen.frozen import Reductions, freeze
from alertgen.load.memory import UNREADABLE, Filling
from alertgen.model import Footnote, Prose

Value = TypeVar("Value")

_LENGTH = 4
"""Bytes that say how long the first part is."""


def freeze_apart(value: object) -> bytes:
    """Return *value*, made of our frozen records, as bytes."""
    texts: list[bytes] = []
    end = 0

    def placed(prose: Prose) -> Any:
        nonlocal end
        markup, plain = (text.encode("utf-8", "surrogatepass") for text in (prose.html, prose.text))
        start = end
        end += len(markup) + len(plain)
        texts.extend((markup, plain))
        return _placed, (prose.digest, start, len(markup), len(plain), prose.footnotes)

    first = freeze(value, Reductions({Prose: placed}))
    return b"".join((len(first).to_bytes(_LENGTH), first, *texts))


def thaw_apart(content: bytes, kind: type[Value], file: File | None) -> Value | None:
    """Return the value of *kind* in *content*, or None when it holds anything else; its texts are put into *file*."""
    end = _LENGTH + int.from_bytes(content[:_LENGTH])
    texts = content[end:]
    make = partial(_prose, texts, file.put_bytes(texts) if file else texts)
    try:
        value = Filling(content[_LENGTH:end], _placed, make).load()
    except UNREADABLE:
        return None
    return value if isinstance(value, kind) else None


def _placed(*_: object) -> Prose:
    """Stand for a text where there is no `Filling` to put it in."""
    raise LookupError


def _prose(
    texts: bytes,
    filed: bytes | FiledBytes,
    digest: str,
    start: int,
    markup: int,
    plain: int,
    footnotes: tuple[Footnote, ...],
) -> Prose:
    """Return the text that begins at *start* of *texts*: *markup* bytes of HTML, and *plain* ones without."""
    if not 0 <= start <= start + markup <= start + markup + plain <= len(texts):
        raise ValueError(digest)

    def text(start: int, length: int) -> str | Filed:
        if isinstance(filed, FiledBytes) and length >= SHORT:
            return Filed(filed.part(start, length))
        return texts[start : start + length].decode("utf-8", "surrogatepass")

    return Prose(digest=digest, markup=text(start, markup), plain=text(start + markup, plain), footnotes=footnotes)
