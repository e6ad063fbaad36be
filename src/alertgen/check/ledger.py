"""What was ever published keeps its address, its feed id and its number: site and plan compared with the ledger."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from alertgen import urls
from alertgen.check.now import Now, id_of, now_of, on_disk, slug_of
from alertgen.check.renumbered import renumbered
from alertgen.check.taken_back import untold
from alertgen.check.vanished import given_up_addresses, vanished_addresses, vanished_anchors
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, at_key
from alertgen.model import Alert, Held, Site, StandingPage
from alertgen.outputs import Plan
from alertgen.text import listed


def check(site: Site, plan: Plan, held: tuple[Held, ...]) -> tuple[Diagnostic, ...]:
    """Find addresses and feed ids of the ledger that this build would lose or give to something else."""
    now = now_of(site, plan, held)
    checks = (
        vanished_addresses, given_up_addresses, vanished_anchors, untold,
        _changed_ids, _exchanged, _doubles, _reused_ids, renumbered, _aliases,
    )  # fmt: skip
    return tuple(found for check in checks for found in check(now))


def check_aliases(site: Site, plan: Plan, held: tuple[Held, ...]) -> tuple[Diagnostic, ...]:
    """Find old addresses that cannot lead to their text; `check` finds them, too."""
    return tuple(_aliases(now_of(site, plan, held))) if any(text.aliases for text in site.texts) else ()


def _changed_ids(now: Now) -> Iterator[Diagnostic]:
    for address, alert in _alerts(now):
        entry = now.entries.get(address)
        if not entry or entry.id in ("", alert.id) or entry.id in now.given_up:
            continue
        others = {other: text for other, text in now.texts.items() if id_of(text) == entry.id}
        moved = next((text for other, text in others.items() if _id_at(other, now) == entry.id), None)
        hint = f"feed readers would show it as a new alert; write among the keys:\nid: {entry.id}"
        if moved:
            hint = f"{moved.path} has that id, and was published here: {_give_back(address, address, moved, now)}"
        elif others:
            other = next(iter(others.values())).path
            hint = f"{other} has that id now: give this alert another `slug`, or its id back:\nid: {entry.id}"
        message = f'the feed id of {address} would change from "{entry.id}" to "{alert.id}"'
        yield at_key(problem("changed-id", message, alert.place, hint=hint), "id")


def _exchanged(now: Now) -> Iterator[Diagnostic]:
    for address, home in now.exchanged.items():
        message = (
            f"the alert that was published at {home} is now at {address}, with the feed id of the one published there"
        )
        hint = f"give the file back its name, or write among the keys:\nslug: {slug_of(home)}"
        if home.removesuffix(f"{slug_of(home)}/") != address.removesuffix(f"{slug_of(address)}/"):
            hint = "give the file back its name, its date and its language"
        yield at_key(problem("changed-id", message, now.texts[address].place, hint=hint), "slug")


def _doubles(now: Now) -> Iterator[Diagnostic]:
    """Find alerts that have taken the old address, or the name of the old file, of an alert that has moved."""
    for address, other in now.doubles.items():
        if address in now.exchanged:
            continue
        alert, moved = now.texts[address], now.texts[other]
        message = f"this alert would have the feed id of {moved.path}, and feed readers would take the two for one"
        homes = urls.with_old(address, alert.aliases)
        taken = [one for one in homes if _id_at(one, now) == id_of(alert)]
        if not taken:
            hint = "rename the file of this alert: the id was made of this name when the other file had it"
            yield problem("reused-id", message, alert.place, hint=hint)
            continue
        key = ("slug",) if taken[0] == address else ("aliases", taken[0])
        hint = _give_back(taken[0], address, moved, now)
        message += f": that one was published at {taken[0]}"
        yield at_key(problem("reused-id", message, alert.place, hint=hint), *key)


def _give_back(taken: str, address: str, moved: Alert | StandingPage, now: Now) -> str:
    """Return how an alert at *address* leaves the one that *moved* the address that it has *taken* from it."""
    alert = now.texts[address]
    what = f"take {taken} out of `aliases` here"
    if taken == address:
        what = "rename this file" if alert.stem.endswith(alert.slug) else "give this one another `slug`"
    if taken in map(urls.as_folder, moved.aliases):
        return what
    where = "in place of the `aliases`" if moved.aliases else "among the keys"
    line = f"aliases: [{', '.join(sorted({*moved.aliases, taken}))}]"
    return f"{what}; for readers who look for that one there, write {where} of {moved.path}:\n{line}"


def _id_at(address: str, now: Now) -> str:
    """Return the feed id of the alert that was published at *address*; nothing when none was."""
    entry = now.entries.get(address)
    return entry.id if entry else ""


def _reused_ids(now: Now) -> Iterator[Diagnostic]:
    """Find alerts with the id of an alert that was published elsewhere and has not moved here."""
    published: dict[str, list[str]] = {}
    for entry in now.entries.values():
        published.setdefault(entry.id, []).append(entry.address)
    for address, alert in _alerts(now):
        homes = published.get(alert.id, [])
        here = {address, *(alias for alias in homes if now.aliases.get(urls.file_of(urls.as_folder(alias))) == address)}
        led_elsewhere = all(now.leads_somewhere(home) and home not in now.texts for home in homes)
        if homes and here.isdisjoint(homes) and led_elsewhere:
            message = f'the feed id "{alert.id}" belongs to the alert that was published at {listed(homes, "and")}'
            hint = "remove `id` from this alert, so that it gets one of its own"
            yield at_key(problem("reused-id", message, alert.place, hint=hint), "id")


def _aliases(now: Now) -> Iterator[Diagnostic]:
    folder = urlsplit(now.site.config.base_url).path.rstrip("/")
    pages = {on_disk(urls.as_folder(page)): page for page in now.pages} if now.aliases else {}
    for address, text in now.texts.items():
        for alias in text.aliases:
            page = pages.get(on_disk(urls.as_folder(alias)))
            if page == address:
                message, hint = f'the alias "{alias}" leads to itself', "remove it from `aliases`"
                yield at_key(problem("redirect-loop", message, text.place, hint=hint), "aliases", alias)
            elif page:
                message = f'the alias "{alias}" is the address of a page of this site'
                hint = f"remove it from `aliases`, or give what is at {page} another address"
                if id_of(text) and _id_at(urls.as_folder(alias), now) == id_of(text):
                    hint = f"give what is at {page} another address: this alert was published there, and is looked for"
                yield at_key(problem("alias-is-a-page", message, text.place, hint=hint), "aliases", alias)
            elif folder and alias.startswith(f"{folder}/") and alias not in now.entries:
                yield from _folder_twice(alias, folder, text, now)


def _folder_twice(alias: str, folder: str, text: Alert | StandingPage, now: Now) -> Iterator[Diagnostic]:
    """Find an *alias* with the *folder* of `base_url` in front, unless pages of this site lie in one of that name."""
    if any(page.startswith(f"{folder}/") for page in now.pages):
        return
    message = f'the alias "{alias}" would stand at {urls.absolute(alias, now.site.config.base_url)}'
    hint = f"if that is not meant, write only what stands behind base_url: {alias.removeprefix(folder)}"
    yield at_key(problem("alias-repeats-folder", message, text.place, hint=hint), "aliases", alias)


def _alerts(now: Now) -> Iterator[tuple[str, Alert]]:
    return ((address, text) for address, text in now.texts.items() if isinstance(text, Alert))
