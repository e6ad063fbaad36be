"""Arabic letters in their joined shapes, and lines in the order in which they are drawn.

Pillow joins letters and orders lines only where the machine has the right libraries; a social card must have the same
bytes everywhere. What titles need of the two standards is little, so it is done here with Python's Unicode tables:
joining of letters (The Unicode Standard, section 9.2) and the implicit part of the Unicode Bidirectional Algorithm
(UAX #9, without explicit embeddings, isolates and paired brackets).
"""

import unicodedata
from functools import cache

ISOLATED, FINAL, INITIAL, MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"
_TATWEEL = "\u0640"
_MIRRORED = dict(zip("()[]{}<>«»\u2039\u203a", ")(][}{><»«\u203a\u2039", strict=True))
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
"""What a character counts as when neutral ones beside it are resolved (rules N1 and N2)."""


def joined(text: str) -> str:
    """Return *text* with Arabic letters as presentation forms: joined, without vowel marks, lam-alef as one."""
    if text.isascii():
        return text
    letters = [letter for letter in text if not ("\u064b" <= letter <= "\u065f" or letter == "\u0670")]
    shaped: list[str] = []
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        if _ligature(before, letter):
            continue
        pair = _ligature(letter, after)
        forms = pair or _forms().get(letter, {})
        behind = letters[place + 2] if pair and place + 2 < len(letters) else after
        tied = _reaches_on(before) and FINAL in forms
        ties = not pair and INITIAL in forms and _takes_tie(behind)
        form = (MEDIAL if ties else FINAL) if tied else (INITIAL if ties else ISOLATED)
        shaped.append(forms.get(form, letter))
    return "".join(shaped)


def drawn(line: str, *, rtl: bool) -> str:
    """Return one *line* of text in the order in which it is drawn from left to right; *rtl* is its own direction."""
    levels = _levels([unicodedata.bidirectional(letter) for letter in line], 1 if rtl else 0)
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        order = _turned(order, levels, level)
    return "".join(_MIRRORED.get(line[i], line[i]) if levels[i] % 2 else line[i] for i in order)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Presentation forms by letter, or pair of letters, and by place."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split()[:3] or [""]
        if letters and form.startswith("<"):
            found.setdefault("".join(chr(int(letter, 16)) for letter in letters), {}).setdefault(form, chr(code))
    return found


def _ligature(first: str, second: str) -> dict[str, str]:
    """The forms of *first* and *second* as one: of a lam and an alef, which are always written so."""
    return _forms().get(first + second, {}) if first == "\u0644" and second else {}


def _reaches_on(letter: str) -> bool:
    """Whether *letter* joins the one after it."""
    return letter == _TATWEEL or INITIAL in _forms().get(letter, {})


def _takes_tie(letter: str) -> bool:
    """Whether *letter* can be joined by the one before it."""
    return letter == _TATWEEL or FINAL in _forms().get(letter, {})


def _levels(kinds: list[str], base: int) -> list[int]:
    """The embedding level of each character (rules W1 to W7, N1, N2, I1, I2 and L1)."""
    resolved = _neutrals(_numbers(kinds, base), base)
    levels = []
    for kind in resolved:
        if base % 2:
            levels.append(base + (kind != "R"))
        else:
            levels.append(base + {"R": 1, "L": 0}.get(kind, 2))
    return levels


def _numbers(kinds: list[str], base: int) -> list[str]:
    """Resolve marks, numbers and what stands between and beside them."""
    found: list[str] = []
    strong = "R" if base else "L"
    for kind in kinds:  # W1, W2, W3
        kind = (found[-1] if found else strong) if kind == "NSM" else kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        found.append("R" if kind == "AL" else kind)
    for i in range(1, len(found) - 1):  # W4
        if found[i] in ("ES", "CS") and found[i - 1] == found[i + 1] and found[i - 1] in ("EN", "AN"):
            found[i] = found[i - 1] if found[i] == "CS" or found[i - 1] == "EN" else "ON"
    for i in (*range(len(found)), *reversed(range(len(found)))):  # W5
        if found[i] == "ET" and "EN" in found[max(0, i - 1) : i + 2 : 2]:
            found[i] = "EN"
    strong = "R" if base else "L"
    for i, kind in enumerate(found):  # W7
        strong = kind if kind in ("L", "R") else strong
        if kind == "EN" and strong == "L":
            found[i] = "L"
    return found


def _neutrals(kinds: list[str], base: int) -> list[str]:
    own = "R" if base else "L"
    resolved = list(kinds)
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] not in _STRONG:
            end += 1
        if end > place:
            before = _STRONG[kinds[place - 1]] if place else own
            after = _STRONG[kinds[end]] if end < len(kinds) else own
            resolved[place:end] = [before if before == after else own] * (end - place)
        place = end + 1
    return resolved


def _turned(order: list[int], levels: list[int], level: int) -> list[int]:
    """Turn round every run of characters at *level* or above (rule L2)."""
    turned: list[int] = []
    run: list[int] = []
    for place in order:
        if levels[place] >= level:
            run.insert(0, place)
        else:
            turned += [*run, place]
            run = []
    return turned + run
