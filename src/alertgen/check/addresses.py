"""No two outputs at one address, also where file systems do not tell capitals or forms of a letter apart."""

import unicodedata
from collections.abc import Iterator

from alertgen import urls
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.model import Held, Site
from alertgen.outputs import Output, Plan


def check(site: Site, plan: Plan, _held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """Find outputs whose files would overwrite each other, or stand where another one needs a folder."""
    places = _places(site)
    owners: dict[str, Output] = {}
    for output in plan.outputs:
        file = _folded(urls.file_of(output.address))
        other = owners.setdefault(file, output)
        if other is not output:
            at, also = _place(output, places), _place(other, places)
            yield problem(
                "address-taken",
                f"two things would be published at {output.address}",
                max(at, also),
                hint="give one of them another `slug`",
                also=(min(at, also),),
            )


def _folded(file: str) -> str:
    return unicodedata.normalize("NFC", file).casefold()


def _places(site: Site) -> dict[str, Place]:
    default = site.config.languages[0]
    places = {urls.alert(alert, default): alert.place for alert in site.alerts}
    places |= {urls.standing_page(page, default): page.place for page in site.pages}
    for text in site.texts:
        places |= {alias: text.place for alias in text.aliases}
    return places


def _place(output: Output, places: dict[str, Place]) -> Place:
    return places.get(output.address, Place("site.yaml"))
