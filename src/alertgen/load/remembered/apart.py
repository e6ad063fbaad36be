"""Two values as bytes, with their texts at the end, so that these can go into a file without being looked at.

The first value is what a file says (`documents`). The second is what was made of it (`alerts`), and may be missing.
A number stands in the place of each text. The order of the bytes: the lengths of all that follows, the table of the
texts, the first value, the second value, the texts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from alertgen.filed import SHORT, File, Filed, FiledBytes
from alertgen.frozen import Reductions, freeze
from alertgen.load.remembered.memory import UNREADABLE, Filling, name_of, thaw
from alertgen.model import NO_PROSE, Footnote, Prose

Value = TypeVar("Value")
StandIns = Mapping[tuple[str, str], Callable[..., Any]]
"""By the names of functions that stand for something, what makes it."""
_Row = tuple[str, int, int, tuple[Footnote, ...]]
"""Of a text: its digest, how many bytes of HTML there are and how many without, and its notes."""

_LENGTH = 4
"""Bytes that say how long a part is."""
_PARTS = 3


def freeze_apart(value: object, texts: Sequence[Prose]) -> bytes:
    """Return *value*, made of our frozen records and of *texts*, as bytes."""
    spelled = [(_spelled(text.html), _spelled(text.text)) for text in texts]
    rows = [
        (text.digest, len(markup), len(plain), text.footnotes)
        for text, (markup, plain) in zip(texts, spelled, strict=True)
    ]
    return _joined(freeze(tuple(rows)), _numbered(value, texts, {}), b"", b"".join(chain.from_iterable(spelled)))


def with_second(content: bytes, value: object, texts: Sequence[Prose], reductions: Reductions) -> bytes:
    """Return the *content* that holds a first value and its *texts* with *value* as the second one.

    *reductions* say how parts of it are taken apart.
    """
    table, first, _, rest = _parts(content)
    return _joined(table, first, _numbered(value, texts, reductions), rest)


def thaw_apart(content: bytes, kind: type[Value], file: File | None) -> Value | None:
    """Return the first value in *content*, of *kind*, or None when it is anything else; texts are put into *file*."""
    return _thawed(content, 1, kind, file, {})


def thaw_second(content: bytes, kind: type[Value], file: File | None, stand_ins: StandIns) -> Value | None:
    """Return the second value in *content*; None, too, when there is none."""
    return _thawed(content, 2, kind, file, stand_ins)


def _numbered(value: object, texts: Sequence[Prose], reductions: Mapping[type, Callable[[Any], Any]]) -> bytes:
    numbers = {id(text): number for number, text in enumerate((*texts, NO_PROSE))}
    return freeze(value, Reductions({**reductions, Prose: lambda text: (_text, (numbers[id(text)],))}))


def _spelled(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _joined(*parts: bytes) -> bytes:
    return b"".join((*(len(part).to_bytes(_LENGTH) for part in parts[:_PARTS]), *parts))


def _parts(content: bytes) -> list[bytes]:
    parts, start = [], _LENGTH * _PARTS
    for place in range(0, start, _LENGTH):
        end = start + int.from_bytes(content[place : place + _LENGTH])
        parts.append(content[start:end])
        start = end
    return [*parts, content[start:]]


def _thawed(content: bytes, place: int, kind: type[Value], file: File | None, stand_ins: StandIns) -> Value | None:
    parts = _parts(content)
    rows = thaw(parts[0], tuple) if parts[place] else None
    if rows is None:
        return None
    try:
        texts = (*_texts(rows, parts[-1], file), NO_PROSE)
        value = Filling(parts[place], {**stand_ins, _PLACE: texts.__getitem__}).load()
    except UNREADABLE:
        return None
    return value if isinstance(value, kind) else None


def _text(_: int) -> Prose:
    """Stand for a text where there is no `Filling` to put it in."""
    raise LookupError


_PLACE = name_of(_text)


def _texts(rows: Sequence[_Row], content: bytes, file: File | None) -> Iterator[Prose]:
    """Yield the texts that lie in *content* one behind the other."""
    if sum(markup + plain for _, markup, plain, _ in rows) != len(content):
        raise ValueError(len(content))
    filed, start = file.put_bytes(content) if file else content, 0

    def text(length: int) -> str | Filed:
        nonlocal start
        start += length
        if isinstance(filed, FiledBytes) and length >= SHORT:
            return Filed(filed.part(start - length, length))
        return content[start - length : start].decode("utf-8", "surrogatepass")

    for digest, markup, plain, footnotes in rows:
        yield Prose(digest=digest, markup=text(markup), plain=text(plain), footnotes=footnotes)
