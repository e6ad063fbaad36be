"""What was ever published keeps its address and its feed id: site and plan compared with the ledger."""

from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename
from unicodedata import normalize

from alertgen import urls
from alertgen.check.exchanges import exchanged_homes
from alertgen.check.switched_off import switched_off
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.model import Alert, Held, HeldBecause, HeldText, LedgerEntry, Site, StandingPage
from alertgen.outputs import Page, Plan
from alertgen.records import dataclass
from alertgen.text import listed, suggestions

LEDGER = "published.json"
_HOLDING = {HeldBecause.DRAFT: "draft", HeldBecause.EMBARGO: "embargo", HeldBecause.FUTURE: "date"}
"""The key that holds a text back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What this build publishes, as the ledger sees it."""

    entries: Mapping[str, LedgerEntry]
    """The ledger, by address."""
    pages: frozenset[str]
    """Addresses of everything that is no redirect."""
    texts: Mapping[str, Alert | StandingPage]
    """Alerts and standing pages, by address."""
    aliases: Mapping[str, str]
    """By old address, as `urls.file_of` it, the address that it leads to."""
    held: tuple[Held, ...]
    site: Site
    exchanged: Mapping[str, str]
    """By address of an alert that has changed places with others, where it was published."""
    given_up: frozenset[str]
    """Addresses, anchors and ids that hold a name which must not be published."""

    def leads_somewhere(self, address: str) -> bool:
        """Tell whether readers who come to *address* find something."""
        return address in self.pages or urls.file_of(_as_folder(address)) in self.aliases


def check(site: Site, plan: Plan, held: tuple[Held, ...]) -> tuple[Diagnostic, ...]:
    """Find addresses and feed ids of the ledger that this build would lose or give to something else."""
    now = _now(site, plan, held)
    checks = (
        _vanished_addresses, _given_up_addresses, _vanished_anchors, _changed_ids, _exchanged, _reused_ids, _aliases,
    )  # fmt: skip
    return tuple(found for check in checks for found in check(now))


def _now(site: Site, plan: Plan, held: tuple[Held, ...]) -> Now:
    default = site.config.languages[0]
    alerts = {urls.alert(alert, default): alert for alert in site.alerts}
    texts = alerts | {urls.standing_page(page, default): page for page in site.pages}
    entries = {entry.address: entry for entry in site.ledger.entries}
    return Now(
        entries=entries,
        pages=frozenset(
            output.address for output in plan.outputs if not (isinstance(output, Page) and output.leads_on)
        ),
        texts=texts,
        aliases={urls.file_of(_as_folder(alias)): address for address, text in texts.items() for alias in text.aliases},
        held=held,
        site=site,
        exchanged=exchanged_homes(texts, entries),
        given_up=site.given_up,
    )


def _vanished_addresses(now: Now) -> Iterator[Diagnostic]:
    missing = [entry for entry in _lost(now) if entry.address not in now.given_up]
    faults, off = switched_off(missing, now.site)
    yield from faults
    lost = [entry for entry in missing if entry.address not in off]
    feeds: dict[str, list[str]] = {}
    for entry in lost:
        folder, name = entry.address[: entry.address.rfind("/") + 1], basename(entry.address)
        if name and folder in now.entries and folder not in now.pages:  # a feed goes with its page, and with its alias
            feeds.setdefault(folder, []).append(name)
    told = {f"{folder}{name}" for folder, names in feeds.items() for name in names}
    at_home: dict[Held, list[LedgerEntry]] = {}
    for entry in lost:
        if held := _held_at(entry, now):
            at_home.setdefault(held, []).append(entry)
    told |= {entry.address for entries in at_home.values() for entry in entries}
    for entry in lost:
        if entry.address not in told:
            names = feeds.get(entry.address, [])
            yield _vanished(entry, now, [other.address for other in lost], names, goes_along=bool(at_home))
    for held, entries in at_home.items():
        yield _held_back(held, entries)


def _lost(now: Now) -> list[LedgerEntry]:
    return [entry for address, entry in now.entries.items() if not now.leads_somewhere(address)]


def _given_up_addresses(now: Now) -> Iterator[Diagnostic]:
    """Find the alerts that seem to have left an address for the name in it, and would lose their feed id."""
    lost = [entry for entry in _lost(now) if entry.address in now.given_up]
    for entry in lost:
        address, sure = _moved_to(entry, now, [other.address for other in lost])
        if not entry.id or entry.id in now.given_up or sure or not address:
            continue
        message = (
            f"a name that must not be published stands in {entry.address}, which is given up for it; "
            "if that alert lives here now, its feed id would change"
        )
        hint = (
            f"feed readers would go on showing the old one; write among the keys:\nid: {entry.id}\n"
            f'if it is another alert, delete the line of {LEDGER} that holds "{entry.id}"'
        )
        yield at_key(problem("changed-id", message, now.texts[address].place, hint=hint), "id")


def _held_at(entry: LedgerEntry, now: Now) -> Held | None:
    """Return what is held back and would be at the address of *entry*, or lead on from there."""
    for held in now.held:
        homes = held.addresses if isinstance(held, HeldText) else ()
        if any(_file(entry.address) == _file(home) for home in homes):
            return held
        if not homes and entry.id and _slug(entry.address) in held.path:
            return held
    return None


def _held_back(held: Held, entries: Sequence[LedgerEntry]) -> Diagnostic:
    first, *others = sorted(entries, key=lambda entry: not entry.id)
    message = f"{first.address} was published on {first.first} and would not be there any more"
    if others:
        message += f", nor would what leads there: {listed((other.address for other in others), 'and')}"
    because = f"it is held back now: {held.because}"
    lines = listed([f'"{entry.address}"' for entry in (first, *others)], "and")
    hint = (
        f"what has been published cannot be held back any more ({because}); say in `corrections` what was wrong\n"
        f"if it must go because it endangers somebody: delete the {'lines' if others else 'line'} of {LEDGER} that "
        f"{'hold' if others else 'holds'} {lines}, and build again"
    )
    return at_key(problem("vanished-address", message, Place(held.path), hint=hint), _HOLDING[held.because])


def _vanished(entry: LedgerEntry, now: Now, lost: list[str], feeds: list[str], *, goes_along: bool) -> Diagnostic:
    message = f"{entry.address} was published on {entry.first} and would not be there any more"
    if feeds:
        message += f", nor would {listed(feeds, 'and')} in it"
    address, sure = _moved_to(entry, now, lost)
    if not address:
        back = "bring back an alert that it lists" if _is_list(entry) else "bring its file back"
        with_text = goes_along and _is_list(entry)
        when = "it goes with a text that must go" if with_text else "it was never on the web, as with an example"
        hint = (
            f"{back}; if {when}, delete its line of {LEDGER}{', and those of its feeds' if feeds else ''};\n"
            "or let the address lead to another alert or page by a line among the keys of that one:\n"
            f"aliases: [{entry.address}]"
        )
        return at_key(problem("vanished-address", message, Place(LEDGER), hint=hint), entry.address)
    text = now.texts[address]
    same = [one for one in lost if one == entry.address or (sure and now.entries[one].id == entry.id)]
    moved = f"it lives at {address} now; so" if sure else f"if it lives at {address} now,"
    line = f"aliases: [{', '.join(sorted({*text.aliases, *same}))}]"
    where = "in place of the `aliases`" if text.aliases else "among the keys"
    hint = f"{moved} write {where} of {text.path}:\n{line}"
    return at_key(problem("vanished-address", message, text.place, hint=hint), "aliases")


def _is_list(entry: LedgerEntry) -> bool:
    """Tell whether at *entry* was a list of alerts, which has no file of its own: a country, a risk tag, a year."""
    return not entry.id and any(f"/{name}/" in entry.address for name in ("countries", "risks", "alerts"))


def _moved_to(entry: LedgerEntry, now: Now, lost: list[str]) -> tuple[str, bool]:
    """Return the address where *entry* seems to live now, if any, and whether that is sure."""
    by_id = [address for address, text in now.texts.items() if entry.id and _id(text) == entry.id]
    if by_id:
        return by_id[0], True
    alike = {
        _slug(one): one
        for one, text in now.texts.items()
        if one not in now.entries and bool(_id(text)) == bool(entry.id)
    }
    near = suggestions(_slug(entry.address), alike, 1)
    alone = entry.id and [one for one in lost if now.entries[one].id] == [entry.address]
    if not near and alone and len(alike) == 1:  # one alert has gone and one has come: perhaps the file was renamed
        near = tuple(alike)
    return next((alike[slug] for slug in near), ""), False


def _vanished_anchors(now: Now) -> Iterator[Diagnostic]:
    for address, text in now.texts.items():
        entry = now.entries.get(address)
        if not isinstance(text, Alert) or not entry or entry.id != text.id or address in now.exchanged:
            continue
        here = {situation.anchor for situation in text.situations}
        for anchor, key in entry.anchors:
            if anchor not in here and anchor not in now.given_up:
                yield _vanished_anchor(anchor, key, text)


def _vanished_anchor(anchor: str, key: str, alert: Alert) -> Diagnostic:
    situation = next((one for one in alert.situations if one.key == key and not one.whole), None)
    where = "this heading" if situation else "the heading that readers should find instead"
    return problem(
        "vanished-anchor",
        f"links to #{anchor} on this page would miss their situation",
        situation.place if situation else alert.place,
        hint=f"write this into the braces of {where}: #{anchor}",
    )


def _changed_ids(now: Now) -> Iterator[Diagnostic]:
    for address, alert in _alerts(now):
        entry = now.entries.get(address)
        if not entry or entry.id in ("", alert.id) or entry.id in now.given_up:
            continue
        others = [text.path for text in now.texts.values() if _id(text) == entry.id]
        hint = f"feed readers would show it as a new alert; write among the keys:\nid: {entry.id}"
        if others:
            hint = f"{others[0]} has that id now: give this alert another `slug`, or its id back:\nid: {entry.id}"
        message = f'the feed id of {address} would change from "{entry.id}" to "{alert.id}"'
        yield at_key(problem("changed-id", message, alert.place, hint=hint), "id")


def _exchanged(now: Now) -> Iterator[Diagnostic]:
    for address, home in now.exchanged.items():
        message = f"the alert that was published at {home} is at {address} now, with the feed id of the one from there"
        hint = f"give the file back its name, or write among the keys:\nslug: {_slug(home)}"
        yield at_key(problem("changed-id", message, now.texts[address].place, hint=hint), "slug")


def _reused_ids(now: Now) -> Iterator[Diagnostic]:
    """Find alerts with the id of an alert that was published elsewhere and has not moved here."""
    published: dict[str, list[str]] = {}
    for entry in now.entries.values():
        published.setdefault(entry.id, []).append(entry.address)
    for address, alert in _alerts(now):
        homes = published.get(alert.id, [])
        here = {address, *(alias for alias in homes if now.aliases.get(urls.file_of(_as_folder(alias))) == address)}
        led_elsewhere = all(now.leads_somewhere(home) and home not in now.texts for home in homes)
        if homes and here.isdisjoint(homes) and led_elsewhere:
            message = f'the feed id "{alert.id}" belongs to the alert that was published at {listed(homes, "and")}'
            hint = "remove `id` from this alert, so that it gets one of its own"
            yield at_key(problem("reused-id", message, alert.place, hint=hint), "id")


def _aliases(now: Now) -> Iterator[Diagnostic]:
    pages = {_file(page): page for page in now.pages} if now.aliases else {}
    for address, text in now.texts.items():
        for alias in text.aliases:
            page = pages.get(_file(alias))
            if page == address:
                message, hint = f'the alias "{alias}" leads to itself', "remove it from `aliases`"
                yield at_key(problem("redirect-loop", message, text.place, hint=hint), "aliases", alias)
            elif page:
                message = f'the alias "{alias}" is the address of a page of this site'
                hint = f"remove it from `aliases`, or give what is at {page} another address"
                yield at_key(problem("alias-is-a-page", message, text.place, hint=hint), "aliases", alias)


def _alerts(now: Now) -> Iterator[tuple[str, Alert]]:
    return ((address, text) for address, text in now.texts.items() if isinstance(text, Alert))


def _id(text: Alert | StandingPage) -> str:
    return text.id if isinstance(text, Alert) else ""


def _slug(address: str) -> str:
    return basename(address.rstrip("/"))


def _as_folder(address: str) -> str:
    """Return *address* in the form that hosts make of `/a`, `/a/` and `/a/index.html`; other files stay files."""
    address = address.removesuffix("index.html")
    return address if address.endswith("/") or "." in basename(address) else f"{address}/"


def _file(address: str) -> str:
    """Return the file of *address* as disks name it that know no capitals and one form of each letter."""
    return normalize("NFC", urls.file_of(_as_folder(address))).casefold()
