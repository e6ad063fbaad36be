"""What translations of one alert must agree on, whatever words they use."""

from collections.abc import Iterator, Sequence

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.load.documents import Made
from alertgen.load.figures import FIGURED_KEYS, Figure, figures_at_odds, unspelled
from alertgen.load.lints.tongues import has_everyday_word, primary
from alertgen.model import Alert, Country, Situation


def translations_at_odds(alerts: Sequence[Made]) -> Iterator[Diagnostic]:
    """Compare every translation with the alert of its stem whose language comes first."""
    first: dict[str, Made] = {}
    for one in alerts:
        original = first.setdefault(one.result.stem, one)
        if original is one or original.result.lang == one.result.lang:
            continue
        for key, differs in _differences(original.alert, one.alert):
            message = f"this translation differs from {original.document.path} in `{key}`: {differs}"
            hint = "write the same in all translations of an alert"
            there = original.document.at(key)
            yield problem("translation-mismatch", message, one.document.at(key), hint=hint, also=(there,))
        yield from _contradictions(original, one)
        yield from _uncorrected(original, one)
        yield from _untranslated(original, one)
        yield from _other_figures(original, one)


_LONG = 40
"""Signs of which hardly any are the same in two languages."""
_PARTICLE = 3
"""Letters of the longest words in small letters that names hold: `El Mozote, El Salvador`, `Doctors of the World`."""


def _untranslated(original: Made, translation: Made) -> Iterator[Diagnostic]:
    """Find a *translation* that was copied from the *original* and says the same in the same words."""
    here, there = translation.alert, original.alert
    if primary(here.lang) == primary(there.lang) or translation.document.draft:
        return
    also = (original.document.place,)
    if len(here.summary) >= _LONG and here.summary == there.summary:
        message = f"this is said to be a translation, but it begins with the words of {original.document.path}"
        hint = "translate the text and its summary; until then hold it back with `draft: true`"
        yield problem("untranslated-text", message, translation.document.place, hint=hint, also=also)
        return
    known = {words for _, _, words in _beside_text(there) if _is_in(there.lang, words)}
    for what, place, words in _beside_text(here):
        if words in known and not has_everyday_word(words, here.lang):
            message = f"{what} is still in the words of {original.document.path}"
            found = problem("untranslated-line", message, place, hint="translate it", also=also)
            yield at_key(found, what.strip("`")) if what.startswith("`") else found


def _is_in(lang: str, words: str) -> bool:
    """Tell whether *words* are in the language *lang*, and no names, which may be the same in all languages."""
    is_name = not words.endswith(".") and not any(len(word) > _PARTICLE and word.islower() for word in words.split())
    return has_everyday_word(words, lang) and not is_name


def _beside_text(alert: Alert) -> Iterator[tuple[str, Place, str]]:
    """Yield the words of *alert* beside its text: what they are, which is a key or stands in the text, and where."""
    image = alert.image
    yield "`title`", alert.place, alert.title
    if image:
        yield "`image_alt`", alert.place, image.alt
        yield "`image_caption`", alert.place, image.caption
        yield "`image_sensitive`", alert.place, image.sensitive
    for note in alert.corrections:
        yield "`corrections`", alert.place, note.text
    for situation in alert.situations:
        if not situation.whole:
            yield "this heading", situation.place, situation.headline
        yield "the theme of this heading", situation.place, situation.theme


def _uncorrected(original: Made, translation: Made) -> Iterator[Diagnostic]:
    """Find the newest correction of *original* that *translation* does not tell of."""
    told = {correction.date for correction in translation.alert.corrections}
    missing = [correction.date for correction in original.alert.corrections if correction.date not in told]
    if missing:
        message = f"{original.document.path} has a correction of {max(missing)}, but this translation has none"
        hint = "correct this text, too, and write the correction in its language; leave it if only that text was wrong"
        also = (original.document.place,)
        yield problem("uncorrected-translation", message, translation.document.place, hint=hint, also=also)


def _other_figures(original: Made, translation: Made) -> Iterator[Diagnostic]:
    """Find paragraphs of *translation* with a figure that the *original* lacks, which has another one there."""
    odds = figures_at_odds(translation.document.figures, original.document.figures)
    if not odds or _order(translation.alert) != _order(original.alert):
        return
    here, there = _words(translation.alert), _words(original.alert)
    for alone, other_alone in odds:
        figures = unspelled(alone, there, original.alert.lang)
        others = unspelled(other_alone, here, translation.alert.lang)
        if figures and others:
            said, meant = (" and ".join([figure.value for figure in several]) for several in (figures, others))
            message = f"this translation says {said} where {original.document.path} says {meant}"
            hint = "check which of the two is right; a figure may be left out, or spelled in words"
            at, also = _at(translation, figures[0]), _at(original, others[0])
            found = problem("other-figure", message, at, hint=hint, also=(also,))
            yield found if figures[0].line else at_key(found, FIGURED_KEYS[figures[0].column])


def _order(alert: Alert) -> list[tuple[Country, ...]]:
    return [situation.countries for situation in alert.situations]


def _words(alert: Alert) -> str:
    """Return all that *alert* says."""
    told = (words for situation in alert.situations for words in (situation.headline, situation.prose.text))
    return "\n".join([alert.title, alert.summary, alert.lead.text, *told])


def _at(made: Made, figure: Figure) -> Place:
    spot = (figure.line, figure.column, figure.length)
    return Place(made.document.path, *spot) if figure.line else made.document.place


def _contradictions(original: Made, translation: Made) -> Iterator[Diagnostic]:
    """Find levels and trends that *translation* states otherwise; one that it leaves out contradicts nothing."""
    told = original.alert.situations
    known = {situation.key: situation for situation in told}
    of_countries = {situation.countries: situation for situation in reversed(told)}
    for here in translation.alert.situations:  # one that was published with other countries has the key of those
        there = known.get(here.key) or of_countries.get(here.countries) or here
        for key, said, meant in (("level", _level(here), _level(there)), ("trend", here.trend, there.trend)):
            if said and meant and said != meant:
                message = f"this translation states the {key} {said}, but {original.document.path} states {meant}"
                hint = "a situation has one level and one trend in all languages"
                at, also = (made.stated(situation, key) for made, situation in ((translation, here), (original, there)))
                yield problem("translation-mismatch", message, at, hint=hint, also=(also,))


def _level(situation: Situation) -> str:
    return situation.level.slug if situation.level else ""


def _differences(original: Alert, translation: Alert) -> Iterator[tuple[str, str]]:
    if original.date != translation.date:
        yield "date", f"{translation.date} here, {original.date} there"
    if original.number != translation.number:
        yield "number", f"{translation.number or 'none'} here, {original.number or 'none'} there"
    here, there = ({country.code for country in alert.countries} for alert in (translation, original))
    if here != there:
        yield "country", f"{', '.join(sorted(here)) or 'none'} here, {', '.join(sorted(there)) or 'none'} there"
