"""Addresses and anchors that were published and would not be there any more."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from posixpath import basename, dirname

from alertgen import LEDGER, urls
from alertgen.check.exchanges import has_all
from alertgen.check.held_again import at_its_key, held_again, is_too_early, way_back
from alertgen.check.now import Now, id_of, slug_of
from alertgen.check.switched_off import switched_off
from alertgen.check.taken_back import taken_back, without_its_page
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place, at_key
from alertgen.model import Alert, Held, LedgerEntry
from alertgen.text import listed, suggestions


def vanished_addresses(now: Now) -> Iterator[Diagnostic]:
    """Find addresses at which readers would find nothing any more."""
    missing = [entry for entry in _lost(now) if entry.address not in now.given_up]
    addresses = [entry.address for entry in missing]
    held = held_again(missing, now)
    faults, off = switched_off(missing, now.site, held, lambda entry: bool(_moved_to(entry, now, addresses)[0]))
    yield from faults
    lost = [entry for entry in missing if entry.address not in off]
    feeds: dict[str, list[str]] = {}
    for entry in lost:
        folder, name = entry.address[: entry.address.rfind("/") + 1], basename(entry.address)
        if name and folder in now.entries and folder not in now.pages:  # a feed goes with its page, and with its alias
            feeds.setdefault(folder, []).append(name)
    told = {f"{folder}{name}" for folder, names in feeds.items() for name in names} | set(now.exchanged.values())
    at_home = {one: left for one, entries in held.items() if (left := [entry for entry in entries if entry in lost])}
    told |= {entry.address for entries in at_home.values() for entry in entries}
    yield from _gone(lost, at_home, feeds, told, now)
    for folder, names in feeds.items():
        if now.leads_somewhere(folder):
            yield _without_their_list(folder, names, now)


def _gone(
    lost: Sequence[LedgerEntry],
    at_home: Mapping[Held, list[LedgerEntry]],
    feeds: Mapping[str, list[str]],
    told: Collection[str],
    now: Now,
) -> Iterator[Diagnostic]:
    """Tell of what is *lost* and not *told* by itself; lists that have gone with an alert are told with the first."""
    withdrawn = {one.address: one for one in taken_back(now)} if lost else {}
    left = [entry for entry in lost if entry.address not in told]
    addresses = [entry.address for entry in lost]
    gone = [entry for entry in left if entry.id and not _moved_to(entry, now, addresses)[0]]
    lists = [entry for entry in left if _is_list(entry) and entry.address not in withdrawn]
    if gone or at_home:
        left = [entry for entry in left if entry not in lists]
    too_early = any(is_too_early(one, entry) for one, entries in at_home.items() for entry in entries)
    with_held = lists if too_early or not gone else []  # they are there again when the moment is right
    with_gone = [entry for entry in lists if entry not in with_held]
    for entry in left:
        names = feeds.get(entry.address, [])
        if entry.address in withdrawn:
            yield without_its_page(withdrawn[entry.address], names)
        else:
            yield _vanished(entry, now, addresses, names, with_gone if [entry] == gone[:1] else [])
    for number, (held, entries) in enumerate(at_home.items()):
        yield _held_back(held, entries, [] if number else with_held)


def _lost(now: Now) -> list[LedgerEntry]:
    return [entry for address, entry in now.entries.items() if not now.leads_somewhere(address)]


def given_up_addresses(now: Now) -> Iterator[Diagnostic]:
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


def _held_back(held: Held, entries: Sequence[LedgerEntry], lists: Sequence[LedgerEntry]) -> Diagnostic:
    first, *others = sorted(entries, key=lambda entry: not entry.id)
    message = f"{first.address} was published on {first.first} and would not be there any more"
    if others:
        message += f", nor would what leads there: {listed((other.address for other in others), 'and')}"
    message += _and(lists)
    hint = way_back(held, first, _forget(first, *others, *lists))
    return at_its_key(problem("vanished-address", message, Place(held.path), hint=hint), held)


def _and(lists: Sequence[LedgerEntry]) -> str:
    """Return what is said of *lists* that go with an alert."""
    names = listed((entry.address for entry in lists), "and")
    return f"; nor would the lists on which nothing is left: {names}" if lists else ""


def _forget(*entries: LedgerEntry) -> str:
    """Return the line to type when *entries* must go."""
    return " ".join(["alertgen forget", *(entry.address for entry in entries)])


def _vanished(
    entry: LedgerEntry, now: Now, lost: list[str], feeds: list[str], lists: Sequence[LedgerEntry]
) -> Diagnostic:
    message = f"{entry.address} was published on {entry.first} and would not be there any more"
    if feeds:
        message += f", nor would {listed(feeds, 'and')} in it"
    address, sure = _moved_to(entry, now, lost)
    if not address:
        message += _and(lists)
        is_feed = basename(entry.address) in urls.FEED_FILES.values()
        back = "bring back an alert that it lists" if is_feed or _is_list(entry) else "bring its file back"
        must = "came of a wrong tag or date" if _is_list(entry) else "must go because it endangers somebody"
        hint = f"{back}; if it {must}, or was never on the web, type this and build again:\n{_forget(entry, *lists)}"
        if not is_feed:  # its readers would get a page, so it cannot be an alias
            hint += (
                "\nor let the address lead to another alert or page by a line among the keys of that one"
                f"{', which its feeds cannot' if feeds else ''}:\naliases: [{entry.address}]"
            )
        return at_key(problem("vanished-address", message, Place(LEDGER), hint=hint), entry.address)
    text = now.texts[address]
    same = [one for one in lost if one == entry.address or (sure and now.entries[one].id == entry.id)]
    moved = f"it is now at {address}; so" if sure else f"if it is now at {address},"
    line = f"aliases: [{', '.join(sorted({*text.aliases, *same}))}]"
    where = "in place of the `aliases`" if text.aliases else "among the keys"
    hint = f"{moved} write {where} of {text.path}:\n{line}"
    if not sure and not _says_the_same(address, entry, now):
        hint += f"\nif it must go because it endangers somebody, type this and build again:\n{_forget(entry)}"
    return at_key(problem("vanished-address", message, text.place, hint=hint), "aliases")


def _without_their_list(folder: str, feeds: Sequence[str], now: Now) -> Diagnostic:
    """Tell of *feeds* that would go although an alias leads on from their *folder*: feed readers do not follow it."""
    text = now.texts[now.aliases[urls.file_of(folder)]]
    alias = next(alias for alias in text.aliases if urls.as_folder(alias) == folder)
    message = (
        f'the alias "{alias}" leads readers on, but no feed reader: {listed(feeds, "and")} in it '
        f"{'were' if len(feeds) > 1 else 'was'} published and would not be there any more"
    )
    addresses = " ".join(f"{folder}{name}" for name in feeds)
    hint = (
        f"bring back an alert that is listed at {folder}, and take it out of `aliases`\n"
        "if its feeds must go, or were never on the web, type this and build again; whoever subscribed to them gets "
        f"nothing any more:\nalertgen forget {addresses}"
    )
    return at_key(problem("vanished-address", message, text.place, hint=hint), "aliases", alias)


def _is_list(entry: LedgerEntry) -> bool:
    """Tell whether at *entry* was a list of alerts, which has no file of its own: a country, a risk tag, a year."""
    return not entry.id and _is_list_at(entry.address)


def _is_list_at(address: str) -> bool:
    return any(f"/{name}/" in address for name in ("countries", "risks", "alerts"))


def _moved_to(entry: LedgerEntry, now: Now, lost: list[str]) -> tuple[str, bool]:
    """Return the address where *entry* seems to live now, if any, and whether that is sure."""
    by_id = [address for address, text in now.texts.items() if entry.id and id_of(text) == entry.id]
    if by_id:
        return by_id[0], True
    new = [one for one, text in now.texts.items() if one not in now.entries and bool(id_of(text)) == bool(entry.id)]
    new.sort(key=lambda one: _edition(one) == _edition(entry.address))  # of one name in two languages, the last counts
    alike = {slug_of(one): one for one in new}
    same = {slug: one for slug, one in alike.items() if _says_the_same(one, entry, now)}
    alike = same or alike
    near = suggestions(slug_of(entry.address), alike, 1)
    alone = entry.id and [one for one in lost if now.entries[one].id] == [entry.address]
    if not near and (same or alone) and len(alike) == 1:  # perhaps the file was renamed
        near = tuple(alike)
    return next((alike[slug] for slug in near), ""), False


def _edition(address: str) -> str:
    """Return what the addresses of all alerts in one language begin with, and those of all pages."""
    return address.partition("/alerts/")[0] if "/alerts/" in address else dirname(address.rstrip("/"))


def _says_the_same(address: str, entry: LedgerEntry, now: Now) -> bool:
    """Tell whether the alert at *address* has the headlines and countries that were published at that of *entry*."""
    alert = now.texts[address]
    return isinstance(alert, Alert) and has_all(alert, entry)


def vanished_anchors(now: Now) -> Iterator[Diagnostic]:
    """Find anchors that links to a page would miss."""
    astray = now.astray
    for address, text in now.texts.items():
        entry = now.entries.get(address)
        if not isinstance(text, Alert) or not entry or entry.id != text.id or address in astray:
            continue
        if all(situation.whole for situation in text.situations):
            continue  # whoever comes to the page finds all that there is, and no heading could bear an anchor
        here = {situation.anchor for situation in text.situations}
        for anchor, key in entry.anchors:
            if anchor not in here and anchor not in now.given_up:
                yield from _vanished_anchor(anchor, key, text, entry)


def _vanished_anchor(anchor: str, key: str, alert: Alert, entry: LedgerEntry) -> Iterator[Diagnostic]:
    """Tell that nothing has *anchor*: it belongs to the heading of its *key*, or to one whose key is new to *entry*.

    Any other heading has links and feed items of its own, which it would lose. So the situation was taken out, as it
    was for sure if it was gone before.
    """
    situation = next((one for one in alert.situations if one.key == key and not one.whole), None)
    message = f"links to #{anchor} on this page would no longer lead to their situation"
    if situation:
        hint = f"write this into the braces of this heading: #{anchor}"
    elif key not in entry.gone and not {one.key for one in alert.situations} <= {key for _, key in entry.anchors}:
        hint = f"write this into the braces of the heading that readers should find instead: #{anchor}"
    else:
        hint = "if it was taken out, say so under `corrections`, for readers who look for it; else bring it back"
        if alert.corrections:
            return
    yield problem("vanished-anchor", message, situation.place if situation else alert.place, hint=hint)
