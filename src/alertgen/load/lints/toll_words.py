r"""By which words figures of victims are known, in each language that `tolls` reads: a row for each language.

The expressions are looked for without regard to case. Those of `harm`, `before` and `afar` also stand in a screen, so
they hold neither `\b` nor `\w` (see `screens`).
"""

from alertgen.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TollWords:
    """The words of one language."""

    figure: str
    """A number that may count people; none that is a day or a year."""
    afar: str
    """What every figure holds."""
    harm: str
    """What was done to those who are counted before it: `12 people were killed`."""
    before: str
    """The same before the figure, and the white space between them: `killed more than 12`."""
    stems: str
    """What at least one word of harm holds, in small letters: a paragraph without any of them need not be searched."""
    source: str
    """Who counted, or that somebody did."""


TOLL_WORDS = {
    "en": TollWords(
        figure=r"(?:(?!(?:19|20)\d\d\b)\d{1,3}(?:[,\u00a0\u202f ]\d{3})*\b"
        r"(?!\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
        r"|\bdozens\b|\bscores\b|\bhundreds\b|\bthousands\b|\bmillions?\b)",
        afar=r"(?:\d|dozens|scores|hundreds|thousands|million)",
        harm=r"(?:killed|dead|died|wounded|injured|massacred|executed|murdered|displaced|abducted|kidnapped|raped)",
        before=r"(?:killed|killing|wounded|wounding|injured|injuring|massacred|executed|abducted|kidnapped|displaced"
        r"|displacing|the (?:lives|deaths) of)"
        r"(?: (?:at least|more than|over|about|some|nearly|around|up to|an estimated|another|as many as))?\s",
        stems="kill dead die wound injur massacr execut murder displac abduct kidnap rape lives death",
        source=r"according to|\b(?:said|says|saying|report(?:s|ed|edly|ing)?|told|document(?:ed|s)|verif(?:ied|ies)"
        r"|confirm(?:ed|s)|record(?:ed|s)|estimat(?:ed|es|e)|announced|stated|states|found|finds|count(?:ed|s)|wrote"
        r"|registered|concluded)\b",
    ),
    "fr": TollWords(
        figure=r"(?:(?!(?:19|20)\d\d\b)\d{1,3}(?:[.\u00a0\u202f ]\d{3})*\b"
        r"(?!\s+(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)"
        r"|\bdizaines\b|\bcentaines\b|\bmilliers\b|\bmillions?\b)",
        afar=r"(?:\d|dizaines|centaines|milliers|million)",
        harm=r"(?:morte?s|(?:tué|décédé|blessé|massacré|exécuté|assassiné|déplacé|enlevé|violé)(?:e?s)?)",
        before=r"(?:tuant|blessant|la mort de|le déplacement de)"
        r"(?: (?:au moins|plus de|environ|quelque|près de))?\s",
        stems="tu mort décédé bless massacr exécut assassin déplac enlev viol",
        source=r"\b(?:selon|d['\u2019]après|déclar\w+|rapport\w*|document\w+|vérifi\w+|confirm\w+|recens\w+|estim\w+"
        r"|annonc\w+|indiqu\w+|affirm\w+|constat\w+|signal\w+|précis\w+|dénombr\w+|comptabilis\w+"
        r"|(?:a|ont) dit|fai(?:t|sait|sant) état|f(?:ont|aisaient) état|écrit|conclu\w*)\b",
    ),
    "es": TollWords(
        figure=r"(?:(?!(?:19|20)\d\d\b)(?:\d{4}|\d{1,3}(?:[.\u00a0\u202f ]\d{3})*)\b"
        r"(?!\s+de\s+(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)\b)"
        r"|\bdecenas\b|\bdocenas\b|\bcentenares\b|\bcientos\b|\bmiles\b|\bmillón\b|\bmillones\b)",
        afar=r"(?:\d|decenas|docenas|centenares|cientos|miles|mill)",
        harm=r"(?:muert[oa]s?|muertes|murieron|fallecid[oa]s?|fallecieron|herid[oa]s?|asesinad[oa]s?|masacrad[oa]s?"
        r"|ejecutad[oa]s?|desplazad[oa]s?|secuestrad[oa]s?|violad[oa]s)",
        before=r"(?:mató|mataron|matando|asesinó|asesinaron|asesinando|murieron|fallecieron|hirió|hirieron|hiriendo"
        r"|la muerte de|las muertes de|el asesinato de|el desplazamiento de"
        r"|(?:masacr|ejecut|secuestr|desplaz)(?:ó|aron|ando) a)"
        r"(?: a)?(?: (?:al menos|por lo menos|más de|unos|unas|cerca de|casi|alrededor de|hasta|otros|otras))?\s",
        stems="muert murier fallec herid hiri mató matar matan asesin masacr ejecut desplaz secuestr violad",
        source=r"\b(?:según|de acuerdo con|inform\w+|report\w+|document\w+|verific\w+|confirm\w+|registr\w+|estim\w+"
        r"|anunci\w+|declar\w+|dij\w+|afirm\w+|señal\w+|indic\w+|denunci\w+|constat\w+|contabiliz\w+|calcul\w+"
        r"|escrib\w+|conclu\w+)\b",
    ),
    "pt": TollWords(
        figure=r"(?:(?!(?:19|20)\d\d\b)(?:\d{4}|\d{1,3}(?:[.\u00a0\u202f ]\d{3})*)\b"
        r"(?!\s+de\s+(?:janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro)\b)"
        r"|\bdezenas\b|\bdúzias\b|\bcentenas\b|\bmilhares\b|\bmilhão\b|\bmilhões\b)",
        afar=r"(?:\d|dezenas|dúzias|centenas|milh)",
        harm=r"(?:mort[oa]s?|mortes|morreram|falecid[oa]s?|faleceram|ferid[oa]s?|assassinad[oa]s?|massacrad[oa]s?"
        r"|executad[oa]s?|deslocad[oa]s?|sequestrad[oa]s?|raptad[oa]s?|estuprad[oa]s?|violad[oa]s)",
        before=r"(?:matou|mataram|matando|assassinou|assassinaram|assassinando|morreram|faleceram|feriu|feriram|ferindo"
        r"|massacrou|massacraram|sequestrou|sequestraram|a morte de|as mortes de|o assassinato de|o deslocamento de)"
        r"(?: (?:pelo menos|ao menos|mais de|cerca de|quase|até|uns|umas|outros|outras))?\s",
        stems="mort morr falec ferid feri mato matar matan assassin massacr execut desloc sequestr rapt estupr violad",
        source=r"\b(?:segundo|de acordo com|conforme|inform\w+|relat\w+|report\w+|document\w+|verific\w+|confirm\w+"
        r"|regist\w+|estim\w+|anunci\w+|declar\w+|diss\w+|afirm\w+|indic\w+|apont\w+|denunci\w+|constat\w+"
        r"|contabiliz\w+|calcul\w+|escrev\w+|conclu\w+)\b",
    ),
}
