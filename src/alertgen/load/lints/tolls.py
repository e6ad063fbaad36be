"""Figures of the dead, wounded and displaced that nobody is named for. A row of `table.LINTS`."""

import re
from collections.abc import Iterator

from alertgen.diagnostics import Diagnostic
from alertgen.load.lints.toll_words import TOLL_WORDS, TollWords
from alertgen.load.markdown.source import Source, paragraphs
from alertgen.patterns import late
from alertgen.screens import Screen, in_any_case

_NO_FRACTION = r"(?<![\d.,/:-])"
_LINKS = ("](", "][", "[^", "<http:", "<https:")
_NO_SECOND_VERB = "".join(rf"(?<!\b{word} )" for word in ("and", "or", "et", "ou", "y", "e", "o"))
"""`hit 230 places and killed civilians` counts places."""


def _states(words: TollWords) -> re.Pattern[str]:
    figure = _NO_FRACTION + words.figure
    one = rf"(?P<one>{figure})[^.;\n]{{1,60}}?{_NO_SECOND_VERB}\b{words.harm}\b"
    return late(rf"{one}|{words.before}(?P<two>{figure})", re.IGNORECASE)


def _screen(words: TollWords) -> Screen:
    before = words.before.replace(r"\s", r"[\s\x1c-\x1f]")
    expression = rf"{words.afar}[^.;\n]+{words.harm}|{before}{words.afar}"
    return Screen(f"(?i:{in_any_case(expression)})")


_STATES = {lang: _states(words) for lang, words in TOLL_WORDS.items()}
_MAY_STATE = {lang: _screen(words) for lang, words in TOLL_WORDS.items()}
_HARMED = {lang: words.stems.split() for lang, words in TOLL_WORDS.items()}
_NAMES = {lang: late(words.source, re.IGNORECASE) for lang, words in TOLL_WORDS.items()}


def toll_without_source(source: Source) -> Iterator[Diagnostic]:
    """Report a paragraph that counts victims and neither links, notes nor names who counted them."""
    lang = source.lang.partition("-")[0]
    if lang not in _STATES or not _MAY_STATE[lang].matches(source.prose):
        return
    for paragraph in paragraphs(source.prose):
        is_heading = paragraph[0].startswith("#") and "\n" not in paragraph[0]  # the text below it says who counted
        toll = None if is_heading else _unsourced(paragraph[0], lang)
        if toll:
            part = "one" if toll["one"] else "two"
            yield source.problem(
                "toll-without-source",
                f'nothing in this paragraph says whose figure "{toll[part]}" is',
                source.place(paragraph.start() + toll.start(part), len(toll[part])),
                hint="link the report, or say who counted, as in “according to …”",
            )


def _unsourced(text: str, lang: str) -> re.Match[str] | None:
    """Return where *text* counts victims, when nothing in it says who counted; what is cheap to tell is asked first."""
    if any(map(text.__contains__, _LINKS)):
        return None
    if not _MAY_STATE[lang].matches(text):
        return None
    lowered = text.casefold()
    if not any(map(lowered.__contains__, _HARMED[lang])) or _NAMES[lang].search(text):
        return None
    return _STATES[lang].search(text)


def tolls_in(text: str, lang: str) -> Iterator[str]:
    """Yield the figures, as typed, of which *text* says that they count victims; *lang* is one of `TOLL_WORDS`."""
    for found in _STATES[lang].finditer(text):
        yield found["one"] or found["two"]
