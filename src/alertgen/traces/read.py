"""What a build has left (`write`) for the next one that finds nothing changed but the words of a few alerts.

No planner looks into a text: an output holds a `Prose` as it is, and is planned alike whatever the words are. So the
plan of an archive in which only words were changed is the plan of before with the new `Prose` in the place of the old
one. What is left is that plan without the texts, in pieces: each page that holds a text of an alert, what is known of
feeds (`read_feeds`), and by alert which these are. See docs/decisions/0012-words-alone.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from alertgen import urls
from alertgen.engine import engine_digest
from alertgen.fingerprint import Fingerprints, Token, digest_text, token_of
from alertgen.frozen import Reductions, as_usual, freeze
from alertgen.i18n import take_for_known, words
from alertgen.load.remembered.memory import UNREADABLE, Filling, name_of, thaw
from alertgen.model import Prose
from alertgen.outputs import JsonFile, Output, Page, SearchIndex, SearchRecord
from alertgen.records import dataclass, replace
from alertgen.store import Store

if TYPE_CHECKING:  # who makes pages need not know how texts are read
    from alertgen.load.documents import Customs

KIND = "trace"
"""Kind of what is remembered here, the part of a key before the colon."""
DATASET = urls.data_file("alerts.json")
"""Address of the open data with all texts."""
SEARCH = urls.search_index()
"""Address of the search index."""
INDEX = f"{KIND}:index"
SPOKEN = f"{KIND}:languages"
SEARCHED = f"{KIND}:search"
_SINCE, _SPELLING = f"{KIND}:since", f"{KIND}:dataset"
CHROME, LANGUAGE, WORDS = "chrome", "language", "words"
"""What stands in the place of a number in the name of what all pages in a language share."""
EVERYWHERE = ""
"""Stands in the place of a language in the name of a term of the vocabularies."""


Name = tuple[str, int]
"""Of a text: the path of its alert, and its place among the `texts` of that document."""
TextAt = Callable[[str, int], Prose]
"""Returns the text of a name; raises a LookupError when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """How `Fingerprints` spell an alert, its page, and its row in the open data."""

    page: str
    """Address of the page."""
    url: str
    """The same with the host."""
    day: str
    """Of the alert, ISO."""
    alert: str
    token: str
    """What stands for the page; the alert stands in it by its token."""
    row: str
    """The alert stands in it by its token."""

    def reworded(self, digests: Mapping[str, str]) -> Spellings:
        """Return the spellings of the same alert with other texts; *digests* gives their digests by the old ones."""
        alert = _PROSE.sub(lambda found: _prose_spelled(digests.get(found[1], found[1])), self.alert)
        before, after = token_of(self.alert), token_of(alert)
        return replace(self, alert=alert, token=self.token.replace(before, after), row=self.row.replace(before, after))


def _prose_spelled(digest: str) -> str:
    """Return how `Fingerprints` spell a text that has *digest*."""
    return f'[{{}},"Prose","{digest}"]'


_PROSE = re.compile(re.escape(_prose_spelled("DIGEST")).replace("DIGEST", "([0-9a-f]+)"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is known of the last build."""

    customs: Customs
    """How texts were read."""
    themed: str
    """Digest of what the making of pages depends on beside their values: alertgen and the theme."""
    lines: str
    """One for each alert: path, key under which its text is remembered, and the names of the feeds that hold a text of
    it. They are taken apart where they are needed."""
    searched: bool
    """Whether there is a search index, which holds the texts of all alerts."""
    since: Mapping[str, str]
    """By path, the keys of the texts that were edited since that was written."""

    def key_of(self, path: str) -> str:
        """Return the key under which the text of the alert at *path* is remembered; nothing when there is none."""
        return self.since.get(path) or str(self._line(path)[1])

    def feeds_of(self, path: str) -> tuple[str, ...]:
        """Return the names of the feeds that hold a text of the alert at *path*."""
        return tuple(self._line(path)[2])

    def _line(self, path: str) -> tuple[str, str, list[str]]:
        start, end = self._span(path)
        return tuple(json.loads(self.lines[start:end])) if end else (path, "", [])

    def _span(self, path: str) -> tuple[int, int]:
        start = self.lines.find(f"\n[{spelled(path)},") + 1
        return (start, self.lines.index("\n", start)) if start else (0, 0)


def write_since(keys: Mapping[str, str], memory: Store) -> None:
    """Remember the *keys* of texts that were edited since a whole build; the index of all stays as it is."""
    memory.put(_SINCE, spelled(dict(keys)).encode("utf-8", "surrogatepass"))


def read_index(memory: Store) -> Index | None:
    """Return what is known of the last build, and use its rules of typography; None when nothing is known."""
    from alertgen.load.documents import Customs
    from alertgen.load.markdown import typography

    try:
        head, line, lines = (memory.get(INDEX) or b"").decode("utf-8", "surrogatepass").partition("\n")
        values = json.loads(head)
        customs = {name: tuple(said) for name, said in values["customs"].items()}
        typography.take_for_known({lang: _rules(listed) for lang, listed in values["signs"].items()})
        since = dict(json.loads((memory.get(_SINCE) or b"").decode("utf-8", "surrogatepass")))
        return Index(
            customs=Customs(**customs), themed=values["themed"], lines=line + lines, searched=values["searched"],
            since=since,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _rules(listed: Iterable[tuple[str, Iterable[int | str]]]) -> tuple[tuple[str, tuple[int | str, ...]], ...]:
    return tuple((expression, tuple(parts)) for expression, parts in listed)


def spelled(value: object) -> str:
    """Return *value* as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_spellings(path: str, spellings: Spellings, memory: Store) -> None:
    """Remember what is *spellings* of the alert at *path*."""
    memory.put(_key_of_spellings(path), freeze(spellings))


def read_spellings(path: str, memory: Store) -> Spellings | None:
    """Return the spellings of the alert at *path*; None when they are not remembered."""
    return thaw(memory.get(_key_of_spellings(path)) or b"", Spellings)


def _key_of_spellings(path: str) -> str:
    return f"{KIND}:spellings:{digest_text(path)}"


def read_data_spelling(memory: Store) -> str:
    """Return how the content of the open data is spelled for its fingerprint; nothing when it is not known."""
    return (memory.get(_SPELLING) or b"").decode("utf-8", "surrogatepass")


def fingerprint_of(output: Output, digest: Fingerprints) -> str:
    """Return the fingerprint of *output*, which is no page, as a whole build takes it (`write.fingerprints_of`)."""
    return digest_text(f"{engine_digest()} {digest(output)}")


def fingerprint_of_data(spelling: str) -> str:
    """Return the fingerprint of the open data whose content has that *spelling*."""
    content: object = Token(token_of(spelling))
    stand_in = JsonFile(address=DATASET, content=content)  # type: ignore[arg-type]  # only for its fingerprint
    return fingerprint_of(stand_in, Fingerprints())


def write_data_spelling(spelling: str, memory: Store) -> None:
    """Remember how the content of the open data is spelled."""
    memory.put(_SPELLING, spelling.encode("utf-8", "surrogatepass"))


def write_records(records: Iterable[SearchRecord], memory: Store) -> None:
    """Remember *records* of the search index in the place of those of the same pages."""
    for record in records:
        parts = tuple((anchor, heading, str(text)) for anchor, heading, text in record.parts)
        memory.put(_key_of_record(record.address), freeze(replace(record, parts=parts)))


def _key_of_record(address: str) -> str:
    return f"{SEARCHED}:{address}"


def read_search(memory: Store) -> SearchIndex | None:
    """Return the search index of the last build; None when it is not known."""
    addresses = json.loads(memory.get(SEARCHED) or b"[]")
    known = memory.get_many(map(_key_of_record, addresses))
    records = [thaw(known.get(_key_of_record(address), b""), SearchRecord) for address in addresses]
    found = tuple(record for record in records if record)
    return SearchIndex(address=SEARCH, records=found) if found and len(found) == len(addresses) else None


def read_page(address: str, texts: Sequence[Prose], memory: Store) -> Page | None:
    """Return the page of an alert that has *texts*; None when it is not remembered."""
    editions: dict[str, Mapping[str, object]] = {}

    def found(whose: str, which: int | str) -> Any:
        if isinstance(which, int):
            return texts[which]
        if which == WORDS:
            return words(whose)
        if whose not in editions:
            editions[whose] = dict(Filling(memory.get(key_of_edition(whose)) or b"", {name_of(named): found}).load())
        return editions[whose][which]

    try:
        page = Filling(memory.get(key_of_output(address)) or b"", {name_of(named): found}).load()
    except (*UNREADABLE, LookupError):
        return None
    return page if isinstance(page, Page) else None


def read_languages(memory: Store) -> None:
    """Take over the words of the interface as the last build, which this very alertgen made, has worked them out.

    Only the time depends on it.
    """
    take_for_known(thaw(memory.get(SPOKEN) or b"", tuple) or ())


def key_of_edition(lang: str) -> str:
    """Return the key under which is remembered what all pages in *lang* share; all of them what is `EVERYWHERE`."""
    return f"{KIND}:edition:{lang}"


def key_of_output(address: str) -> str:
    """Return the key under which the output at *address* is remembered."""
    return f"{KIND}:{digest_text(address)}"


def emptying(names: Mapping[str, Name]) -> Reductions:
    """Return how outputs are frozen without their texts: with the *names* of these, by digest, in their place."""

    def emptied(prose: Prose) -> Any:
        name = names.get(prose.digest)
        return (named, name) if name else as_usual(prose)

    reductions = Reductions()
    reductions[Prose] = emptied
    return reductions


def named(whose: str, which: int | str) -> Any:
    """Stand for a text, or for what all pages in a language share, where there is no `Filling` to put it in."""
    raise LookupError(whose, which)
