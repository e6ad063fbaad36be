"""What this build publishes, beside the ledger of everything that was ever published."""

from collections.abc import Collection, Mapping
from posixpath import basename
from unicodedata import normalize

from alertgen import urls
from alertgen.check.doubles import doubles
from alertgen.check.exchanges import exchanged_homes
from alertgen.model import Alert, Held, LedgerEntry, Site, StandingPage
from alertgen.outputs import Page, Plan
from alertgen.records import dataclass, replace


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
    """By the file of each old address (`urls.file_of`), the address that it leads to."""
    held: tuple[Held, ...]
    site: Site
    exchanged: Mapping[str, str]
    """By address of an alert that has changed places with others, where it was published."""
    doubles: Mapping[str, str]
    """By address of an alert that would have the feed id of another one, where that one is."""

    @property
    def astray(self) -> Collection[str]:
        """Addresses of alerts that what the ledger says of these addresses, or of their ids, is not about."""
        return {*self.exchanged, *self.doubles}

    @property
    def given_up(self) -> frozenset[str]:
        """Addresses, anchors and ids that hold a name which must not be published."""
        return self.site.given_up

    def leads_somewhere(self, address: str) -> bool:
        """Tell whether readers who come to *address* find something."""
        return address in self.pages or urls.file_of(urls.as_folder(address)) in self.aliases


def now_of(site: Site, plan: Plan, held: tuple[Held, ...]) -> Now:
    """Return what *plan* publishes of *site*, and what of it is *held* back."""
    default = site.config.languages[0]
    texts = {urls.text(text, default): text for text in site.texts}
    entries = {entry.address: entry for entry in site.ledger.entries}
    pages = frozenset(output.address for output in plan.outputs if not (isinstance(output, Page) and output.leads_on))
    aliases = {
        urls.file_of(urls.as_folder(alias)): address for address, text in texts.items() for alias in text.aliases
    }
    now = Now(
        entries=entries, pages=pages, texts=texts, aliases=aliases, held=held, site=site, exchanged={}, doubles={}
    )
    gone = {address for address in entries if address not in site.given_up and not now.leads_somewhere(address)}
    return replace(now, exchanged=exchanged_homes(texts, entries, gone), doubles=doubles(texts, entries))


def id_of(text: Alert | StandingPage) -> str:
    """Return the feed id of *text*; nothing when it has none."""
    return text.id if isinstance(text, Alert) else ""


def slug_of(address: str) -> str:
    """Return the last part of *address*."""
    return basename(address.rstrip("/"))


def on_disk(address: str) -> str:
    """Return the file of *address* as disks name it that know no capitals and one form of each letter."""
    return normalize("NFC", urls.file_of(address)).casefold()
