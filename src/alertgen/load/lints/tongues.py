"""Texts in another language than that as which they are published. A row of `table.LINTS`.

Most often such a text is a translation, and the name of its file does not say so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alertgen.diagnostics import Diagnostic
from alertgen.load.markdown.source import Source
from alertgen.patterns import late

_EVERYDAY = {
    "en": "the of and to that was were is are by with from have has been which on at for",
    "es": "el los las y al han fue su se como más del con",
    "fr": "les des et dans une du est pour au aux sur qui ont été par le",
    "pt": "os dos do da as das pelo pela uma não em foi com ao na no mais são",
    "de": "der die und den dem von mit ist im für auf nicht ein eine wurde sind hat zu",
    "it": "il di che per è sono non dei della delle gli nel un dal",
}
"""Words without which hardly a sentence of a language goes, the commonest first. Each is rare in the others."""
_NAMES = {"en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "de": "German", "it": "Italian"}
_WORDS = {lang: frozenset(words.split()) for lang, words in _EVERYDAY.items()}
_COMMONEST = {lang: tuple(f" {word} " for word in words.split()[:3]) for lang, words in _EVERYDAY.items()}
_OTHER_LETTERS = "am ar be bg bn el fa he hi hy ja ka km ko lo mk my ne ps ru si ta th ti uk ur zh"
_OF_OTHER_LETTERS = frozenset(_OTHER_LETTERS.split())
"""Languages that nobody writes in Latin letters, unless their tag says so."""
_BEGINNING = 4000
"""Signs that are looked at."""
_FEWEST, _MANY = 30, 120
"""Words by which a language can be told, and letters by which a script can."""
_OWN, _OTHER = 0.04, 0.12
"""Shares of everyday words: more than the first has a text in the language, even where it quotes much in another one,
and less than the second has a text in any other."""
_FEW = 4
"""So many different everyday words are no chance."""
_FEW_WORDS = 3
"""A line has so many words at least."""
_NEARLY_ALL = 0.8
_ENOUGH = 8
"""So many of the commonest words tell at a glance that all is well."""
_GLANCE, _BYTES = 300, 1.4
"""Signs at which is glanced, and bytes to one of them."""
_OF_OTHERS = late(r"^[ \t]*(?:[>|]|[+*-]\s|\d+[.)]\s|\[\^).*|[\"“«][^\"“”«»\n]*[\"”»]|https?://\S+", re.MULTILINE)
"""Testimonies, lists, tables, notes and addresses: names and words of others may be in any language."""
_IN_LATIN = "-latn"
"""What the tag of a language holds that is written in Latin letters although others have their own for it."""
_WORD = late(r"[^\W\d_]+")
_LATIN = late(r"[A-Za-z\u00c0-\u024f]+")


def other_language(source: Source) -> Iterator[Diagnostic]:
    """Report a text that is certainly not in the language that *source* is said to be in."""
    lang, text = primary(source.lang), source.prose[:_BEGINNING]
    if _IN_LATIN in source.lang.casefold():
        return
    if sum(map(text.count, _COMMONEST.get(lang, ()))) >= _ENOUGH or (lang in _OF_OTHER_LETTERS and _is_foreign(text)):
        return
    words = _own_words(text)
    if not _other_words(lang, words) and not _has_other_letters(lang, words):
        return
    words = _own_words(source.prose)  # one statement may stand there in two languages
    other = _other_words(lang, words)
    letters = not other and _has_other_letters(lang, words)
    if other or letters:
        seems = f"seems to be in {_NAMES[other]}" if other else "does not have the letters of that language"
        name = _NAMES.get(lang, f'"{lang}"')
        message = f"this text is said to be in {name}, but {seems}"
        yield source.problem("other-language", message, source.start, hint=_what_to_do(source, other))


def _what_to_do(source: Source, other: str) -> str:
    if source.path.endswith(f".{source.lang}.md"):
        return "translate it, and hold it back with `draft: true` until then; if its name is wrong, rename the file"
    lang = other or "ar"
    return (
        "if it is a translation, give its file the name of the original, with the language before the ending, such as "
        f"2026-11-25-sudan.{lang}.md; else write `lang: {lang}` among the keys, or translate it"
    )


def primary(lang: str) -> str:
    """Return the language *lang* without its region or script."""
    return lang.partition("-")[0]


def has_everyday_word(text: str, lang: str) -> bool:
    """Tell whether *text*, of a few words or more, is in the language *lang* and no mere list of names."""
    words = _WORD.findall(text.casefold())
    return len(words) >= _FEW_WORDS and not _WORDS.get(primary(lang), frozenset()).isdisjoint(words)


def _is_foreign(text: str) -> bool:
    """Tell at a glance whether *text* begins in other than Latin letters: these take one byte."""
    return len(text[:_GLANCE].encode(errors="replace")) > _BYTES * len(text[:_GLANCE])


def _own_words(text: str) -> list[str]:
    return _WORD.findall(_OF_OTHERS.sub(" ", text))


def _other_words(lang: str, words: Sequence[str]) -> str:
    """Return the language, not *lang*, whose everyday words *words* are; empty where that is not certain."""
    if len(words) < _FEWEST or not (lang in _WORDS or lang in _OF_OTHER_LETTERS):
        return ""
    times = Counter(word.casefold() for word in words)
    share = {one: sum(times[word] for word in common) / len(words) for one, common in _WORDS.items()}
    seems = max(share, key=share.__getitem__)
    is_certain = share.get(lang, 0) <= _OWN and share[seems] >= _OTHER and len(_WORDS[seems] & times.keys()) >= _FEW
    return seems if is_certain else ""


def _has_other_letters(lang: str, words: Sequence[str]) -> bool:
    """Tell whether *words* are all but all in letters in which *lang* is not written."""
    letters = "".join(words)
    latin = sum(map(len, _LATIN.findall(letters)))
    foreign = len(letters) - latin if lang in _WORDS else latin if lang in _OF_OTHER_LETTERS else 0
    return len(letters) >= _MANY and foreign > _NEARLY_ALL * len(letters)
