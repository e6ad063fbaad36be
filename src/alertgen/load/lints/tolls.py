"""Figures of the dead, wounded and displaced that nobody is named for. A row of `table.LINTS`."""

import re
from collections.abc import Iterator

from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.source import Source, paragraphs
from alertgen.patterns import late
from alertgen.screens import Screen, in_any_case

_MONTH = r"(?!\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
_FIGURE = {
    "en": rf"(?<![\d.,/:-])(?:(?!(?:19|20)\d\d\b)\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}})*\b{_MONTH}|\bdozens\b|\bscores\b"
    r"|\bhundreds\b|\bthousands\b|\bmillions?\b)",
    "fr": r"(?<![\d.,/:-])(?:(?!(?:19|20)\d\d\b)\d{1,3}(?:[.\u00a0\u202f ]\d{3})*\b|\bdizaines\b|\bcentaines\b"
    r"|\bmilliers\b|\bmillions?\b)",
}
_HARM = {
    "en": r"(?:killed|dead|died|wounded|injured|massacred|executed|murdered|displaced|abducted|kidnapped|raped)",
    "fr": r"(?:tué|morts?|décédé|blessé|massacré|exécuté|assassiné|déplacé|enlevé|violé)(?:e?s)?",
}
_BEFORE = {
    "en": r"(?:killed|killing|wounded|wounding|injured|injuring|massacred|executed|abducted|kidnapped|displaced"
    r"|displacing|the (?:lives|deaths) of)"
    r"(?: (?:at least|more than|over|about|some|nearly|around|up to|an estimated|another|as many as))?\s",
    "fr": r"(?:tuant|blessant|la mort de|le déplacement de)(?: (?:au moins|plus de|environ|quelque|près de))?\s",
}
_SOURCE = {
    "en": r"according to|\b(?:said|says|saying|report(?:s|ed|edly|ing)?|told|document(?:ed|s)|verif(?:ied|ies)"
    r"|confirm(?:ed|s)|record(?:ed|s)|estimat(?:ed|es|e)|announced|stated|states|found|finds|counted|wrote|registered|concluded)\b",
    "fr": r"\b(?:selon|d['\u2019]après|déclar\w+|rapport\w*|document\w+|vérifi\w+|confirm\w+|recens\w+|estim\w+"
    r"|annonc\w+|indiqu\w+|affirm\w+|constat\w+|écrit|conclu\w*)\b",
}
_LINKS = ("](", "][", "[^", "<http:", "<https:")
_STEMS = {
    "en": "kill dead die wound injur massacr execut murder displac abduct kidnap rape lives deaths",
    "fr": "tu mort décédé bless massacr exécut assassin déplac enlev viol",
}
"""What at least one word of harm holds, in small letters: a paragraph without any of them need not be searched."""
_AFAR = {
    "en": r"(?:\d|dozens|scores|hundreds|thousands|million)",
    "fr": r"(?:\d|dizaines|centaines|milliers|million)",
}
"""What every figure holds, for a screen."""
_NO_SECOND_VERB = "".join(rf"(?<!{word} )" for word in ("and", "or", "et", "ou"))
"""`hit 230 places and killed civilians` counts places."""


def _states(lang: str) -> re.Pattern[str]:
    one = rf"(?P<one>{_FIGURE[lang]})[^.;\n]{{1,60}}?{_NO_SECOND_VERB}\b{_HARM[lang]}\b"
    return late(rf"{one}|{_BEFORE[lang]}(?P<two>{_FIGURE[lang]})", re.IGNORECASE)


def _screen(lang: str) -> Screen:
    figure, before = _AFAR[lang], _BEFORE[lang].replace(r"\s", r"[\s\x1c-\x1f]")
    expression = rf"{figure}[^.;\n]+{_HARM[lang]}|{before}{figure}"
    return Screen(f"(?i:{in_any_case(expression)})")


_STATES = {lang: _states(lang) for lang in _FIGURE}
_MAY_STATE = {lang: _screen(lang) for lang in _FIGURE}
_HARMED = {lang: stems.split() for lang, stems in _STEMS.items()}
_NAMES = {lang: late(words, re.IGNORECASE) for lang, words in _SOURCE.items()}


def toll_without_source(source: Source) -> Iterator[Diagnostic]:
    """Report a paragraph that counts victims and neither links, notes nor names who counted them."""
    lang = source.lang.partition("-")[0]
    if lang not in _STATES or not _MAY_STATE[lang].matches(source.prose):
        return
    for paragraph in paragraphs(source.prose):
        toll = _unsourced(paragraph[0], lang)
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
