r"""How languages spell numbers, and which words behind a figure change what it says: what `figures` allows for.

A row of `_SPELLED` says how words begin, and the numbers that they may be part of: `twent` of 20 to 29. Arabic words
carry others in front of them, so these are found anywhere.
"""

# ruff: noqa: RUF001  letters that look like those of another script are what is looked for

import re

from alertgen.patterns import late

_GAP = r"[ \u00a0\u202f-]{0,2}"
_UNITS = (
    r"hours?|hrs?|heures?|h\b|horas?|[ap]\.? ?m\b|o.clock|gmt|utc|год|ساعة|ساعات|صباح|مساء|miles?\b|milles\b"
    r"|millas|milhas|mi\b|km|kilom|kilóm|quil[óô]m|metres|meters|m\b|mètres|metros|feet|foot|ft|pieds|pies|pés|км"
    r"|кілом|метр|миль|ميل|أميال|كيلومتر|كم|متر|acres?|hectares?|ha\b|hectáreas|square|sq\b|carrés|гектар|هكتار|°"
    r"|tons?\b|tonnes?|toneladas?|pounds|livres|libras|lbs|kg|kilo|quilo|тонн|طن"
)
"""What is measured otherwise from one language to another, and the hours of a day."""
UNCERTAIN = late(rf"[^\W\d_]|{_GAP}(?:{_UNITS})", re.IGNORECASE)
"""What stands behind a figure that is not compared: a letter, as in 20th, or a unit."""
TIMES_TEN = tuple(
    (zeros, late(rf"{_GAP}(?:{words})", re.IGNORECASE))
    for zeros, words in (
        (9, "billion|milliard|mil mill|mil milh|bilh|мільярд|млрд|مليار"),
        (6, "million|mill[oó]n|milh|мільйон|млн|مليون|ملايين"),
        (3, r"thousand|mille\b|milliers|mil\b|тис|[أا]لف|آلاف"),
    )
)
"""Words that stand for so many zeros, the longest ones first."""

_HUNDREDS, _THOUSANDS = "100-900", "1000-10000"
_SPELLED = {
    "en": (
        "eleven 11; twel 12; dozen 12,24; thirteen 13; fourteen 14; fortnight 14,15; fifteen 15; sixteen 16"
        "; seventeen 17; eighteen 18; nineteen 19; score 20; twent 20-29; thirt 30-39; fort 40-49; fift 50-59"
        f"; sixt 60-69; sevent 70-79; eight 80-89; ninet 90-99; hundred {_HUNDREDS}; thousand {_THOUSANDS}"
        "; half 50; quarter 25,75; third 33,66,67"
    ),
    "fr": (
        "onz 11; douz 12,24; treiz 13; quatorz 14; quinz 15; seiz 16; dix 17-19; vingt 20-29; vingt 80-99"
        "; trent 30-39; quarant 40-49; cinquant 50-59; soixant 60-79; septant 70-79; huitant 80-89"
        f"; octant 80-89; nonant 90-99; cent {_HUNDREDS}; mill {_THOUSANDS}; moitié 50; demi 50; quart 25,75"
        "; tiers 33,66,67"
    ),
    "es": (
        "once 11; doce 12,24; trece 13; catorce 14; quince 15; dieci 16-19; veint 20-29; treint 30-39"
        "; cuarent 40-49; cincuent 50-59; sesent 60-69; setent 70-79; ochent 80-89; novent 90-99; cien 100"
        rf"; cent 100; \w*cient {_HUNDREDS}; quinient 500; mil {_THOUSANDS}; mitad 50; cuart 25,75; terci 33"
        "; tercer 33,66,67"
    ),
    "pt": (
        "onze 11; doze 12; dúzi 12,24; treze 13; [cq]u?atorze 14; quinze 15; quinz 15; deza?e?s? 16-19"
        "; dezo 18; dezen 19; vint 20-29; trint 30-39; quarent 40-49; cinquent 50-59; sessent 60-69"
        rf"; setent 70-79; oitent 80-89; novent 90-99; cem 100; \w*cent {_HUNDREDS}; \w*zent {_HUNDREDS}"
        f"; quinhent 500; mil {_THOUSANDS}; metad 50; quart 25,75; ter[cç] 33,66,67"
    ),
    "uk": (
        "одинадцят 11; дванадцят 12; дюжин 12,24; тринадцят 13; чотирнадцят 14; п.ятнадцят 15; шістнадцят 16"
        "; сімнадцят 17; вісімнадцят 18; дев.ятнадцят 19; двадцят 20-29; тридцят 30-39; сорок 40-49"
        "; п.ятдесят 50-59; шістдесят 60-69; сімдесят 70-79; вісімдесят 80-89; дев.яност 90-99; сто 100"
        rf"; ста 100; сот 100; \w*ст[аі] {_HUNDREDS}; \w*сот {_HUNDREDS}; тисяч {_THOUSANDS}; половин 50"
        "; чверт 25,75; трет 33,66,67"
    ),
    "ar": (
        "عشر 11-29; ثلاث(?:ون|ين) 30-39; [أا]ربع(?:ون|ين) 40-49; خمس(?:ون|ين) 50-59; ست(?:ون|ين) 60-69"
        "; سبع(?:ون|ين) 70-79; ثمان(?:ون|ين) 80-89; تسع(?:ون|ين) 90-99; مئ 100-900; مائ 100-900"
        f"; [أا]لف {_THOUSANDS}; آلاف {_THOUSANDS}; نصف 50; ربع 25,75; ثلث 33,66,67"
    ),
}
LANGUAGES = frozenset(_SPELLED)
"""Those whose figures are compared."""


def may_be_spelled(value: str, text: str, lang: str) -> bool:
    """Tell whether a word in *text*, of the language *lang*, may stand for the number *value*."""
    if not value.isdigit():
        return False
    before, lowered = ("" if lang == "ar" else r"(?<!\w)"), text.lower()
    return any(
        _holds(numbers, int(value)) and re.search(before + stem, lowered)
        for stem, numbers in (row.rsplit(" ", 1) for row in _SPELLED[lang].split("; "))
    )


def _holds(numbers: str, value: int) -> bool:
    """Tell whether *value* is among *numbers* such as `25,75`, `20-29` or `100-900`, of which only round ones count."""
    first, _, last = numbers.partition("-")
    if not last:
        return str(value) in first.split(",")
    step = 10 ** (len(first) - 1) if len(first) > 2 else 1
    return value in range(int(first), int(last) + 1, step)
