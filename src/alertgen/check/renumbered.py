"""Published alerts with another number than the one by which others cite them: told once, before that is recorded."""

import re
from collections.abc import Iterable, Iterator, Sequence

from alertgen import urls
from alertgen.check.now import Now
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.model import Alert, LedgerEntry
from alertgen.records import dataclass
from alertgen.text import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Renumbered:
    """Texts of one alert, in the order of their languages, that have another number than they were published with."""

    alerts: Sequence[Alert]
    before: tuple[int, ...]
    """The number that they were published with: none, or several after a merge."""

    @property
    def now(self) -> int | None:
        """The number that they have."""
        return self.alerts[0].number


def renumbered(now: Now) -> Iterator[Diagnostic]:
    """Find published alerts whose number was another one, or that of an alert at another address."""
    published = _published(now.entries.values())
    for one in _together(now, published) if any(entry.numbers for entry in now.entries.values()) else ():
        others = _published_with(one, now)
        if one.before or others:
            yield _told(one, others, now)


def _published(entries: Iterable[LedgerEntry]) -> dict[str, list[LedgerEntry]]:
    """Return what the ledger says of each alert that was ever published, by its feed id."""
    known: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        if entry.id:
            known.setdefault(entry.id, []).append(entry)
    return known


def _together(now: Now, published: dict[str, list[LedgerEntry]]) -> Iterable[_Renumbered]:
    """Yield the alerts with another number, translations of one that tell the same together."""
    astray = now.astray
    same: dict[tuple[str, tuple[int, ...], int | None], list[Alert]] = {}
    for address, alert in now.texts.items():
        entries = published.get(alert.id) if isinstance(alert, Alert) else None
        if not entries or not isinstance(alert, Alert) or address in astray:
            continue
        here = [entry for entry in entries if entry.address == address and entry.numbers]
        before = tuple(sorted({number for entry in here or entries for number in entry.numbers}))
        if alert.number not in (before or (None,)) and not _is_told(alert, before, entries):
            same.setdefault((alert.stem, before, alert.number), []).append(alert)
    for (_, before, _), alerts in same.items():
        yield _Renumbered(alerts=_by_language(alerts, now), before=before)


def _is_told(alert: Alert, before: tuple[int, ...], entries: Iterable[LedgerEntry]) -> bool:
    """Tell whether a new correction of *alert* says a number that it had *before*."""
    known = {mark for entry in entries for mark, _ in entry.corrections}
    new = [note.text for note in alert.corrections if note.mark not in known]
    return any(int(said) in before for text in new for said in re.findall(r"\d+", text))


def _published_with(one: _Renumbered, now: Now) -> list[str]:
    """Return the addresses at which other alerts were published with the number that this *one* has now."""
    return [
        address
        for address, entry in now.entries.items()
        if one.now in entry.numbers and _stem_at(address, now) != one.alerts[0].stem
    ]


def _stem_at(address: str, now: Now) -> str:
    """Return the name of the file whose text readers find at *address*, in any language; nothing if there is none."""
    text = now.texts.get(address) or now.texts.get(now.aliases.get(urls.file_of(urls.as_folder(address)), ""))
    return text.stem if text else ""


def _told(one: _Renumbered, others: Sequence[str], now: Now) -> Diagnostic:
    alert, *translations = one.alerts
    other = f"the one that was published at {others[0]}" if others else ""
    if one.before:
        has = "none" if one.now is None else str(one.now)
        numbers = listed(map(str, one.before))
        message = f"this alert was published with the number {numbers}, by which others cite it, but has {has} now"
        message += f", that of {other}" if other else ""
        hint = _what_to_do(one, numbers, now)
    else:
        message = f"{one.now} is the number by which others cite {other}; this alert was published without it"
        hint = "write the number that is meant; if it is this one, whoever looks for it finds two alerts"
    also = tuple(translation.place for translation in translations)
    return at_key(problem("changed-number", message, alert.place, hint=hint, also=also), "number")


def _what_to_do(one: _Renumbered, numbers: str, now: Now) -> str:
    taken = [alert for alert in now.site.alerts if alert.number in one.before and alert.stem != one.alerts[0].stem]
    if taken:
        other = _by_language(taken, now)[0]
        clash = f"{other.path} has it now and needs another one"
        entry = now.entries.get(urls.alert(other, now.site.config.languages[0]))
        if entry and one.now in entry.numbers:
            clash += "; if the two files have exchanged their names, give these back instead"
    else:
        clash = "if this is a new alert, give it a file of its own and bring the old one back"
    return (
        f"if {numbers} is right, write it under `number` again; {clash}\n"
        f"if {numbers} was wrong, say so under `corrections`, with that number, so that whoever looks for it finds "
        "this alert; when the change is published, it is not told again"
    )


def _by_language(alerts: Iterable[Alert], now: Now) -> list[Alert]:
    return sorted(alerts, key=lambda alert: now.site.config.languages.index(alert.lang))
