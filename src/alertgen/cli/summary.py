"""How a run is summed up: what changed, what is held back, what to do next."""

from collections.abc import Sequence

from alertgen.outcome import NOTHING, Held, OutsideCounts, Published, Report, untouched
from alertgen.records import asdict
from alertgen.report import format_count, format_moment
from alertgen.text import counted, listed, nothing_has_changed, size_of_site


def closing_lines(report: Report, target: str, seconds: float, *, there: bool = True) -> list[str]:
    """Return the last lines of a run: the sum, what happened to the site in *target* ("" for a check), what is next.

    *there* tells whether there was a site before.
    """
    sums = format_count(report.problems, report.files)
    head = [f"{sums}."] if sums else []
    if not report.ok:
        kept = untouched(target, there=there) if target else f"{NOTHING} this was only a check."
        return [" ".join([*head, kept])]
    held = held_lines(report.held)
    took = f"{seconds:.1f} s"
    if report.published is None:
        return [
            *head,
            *held,
            *_outside_lines(report.outside),
            f"Nothing is wrong that would stop a build: {counted(report.pages, 'page')}, {took}.",
        ]
    mended = [f"  mended: {what}" for what in report.mended]
    changes = _change_lines(report.published)
    if changes and not report.rehearsal:
        changes += [*_gone_lines(report.published), *_kept_lines(report.published.foreign)]
    return [*head, *mended, *changes, *held, *_next_lines(report, target, seconds)]


def _outside_lines(counts: OutsideCounts | None) -> list[str]:
    if counts is None:
        return []
    parts = [("good", counts.good), ("moved", counts.moved), ("gone", counts.gone), ("unclear", counts.unclear)]
    found = ", ".join(f"{number:,} {name}" for name, number in parts if number) or "none"
    known = f"; {counts.known:,} of them known from an earlier run" if counts.known else ""
    return [f"  links to other sites: {found}{known}"]


def _change_lines(published: Published) -> list[str]:
    return [
        f"  {name + ':':10} {_addresses(len(paths))}{_named(paths)}"
        for name, paths in (("new", published.added), ("changed", published.changed), ("removed", published.removed))
        if paths
    ]


def _gone_lines(published: Published) -> list[str]:
    """Say what it means that pages are removed: who has their addresses comes to nothing.

    That is so when a text is taken down. It is so, too, when Git takes back a change together with the ledger.
    """
    gone = [address for address in published.removed if address.endswith("/") and "/page/" not in address]
    if not gone:
        return []
    named = f"{gone[0]}{' and other addresses' if gone[1:] else ''}"
    return [
        f"  From now on readers find nothing at {named}, which published.json no longer lists.",
        "  If you did not mean that, bring back the text and its lines of published.json, from an earlier commit "
        "or from a colleague.",
    ]


def _kept_lines(foreign: Sequence[str]) -> list[str]:
    """Say which files lie in the site that others have put there, since they are copied to the web host with it."""
    if not foreign:
        return []
    most = 3
    more = [counted(len(foreign) - most, "other file")] if len(foreign) > most else []
    named = listed([*foreign[:most], *more], "and")
    return [f"  kept:      {named}, which alertgen has neither made nor looked into; web hosts get this as well"]


def _addresses(number: int) -> str:
    return counted(number, "address", "addresses")


def _named(addresses: Sequence[str], most: int = 3) -> str:
    """Name the pages among *addresses* that an editor looks for first."""
    pages = [address for address in addresses if address.endswith("/")][:most]
    return f" ({', '.join(pages)}{', …' if len(addresses) > len(pages) else ''})" if pages else ""


def held_lines(held: Sequence[Held]) -> list[str]:
    """Return a line for each text that is held back, with the moment when it appears."""
    return [
        f"  held back: {item.path} ({item.because}{f', appears {format_moment(item.until)}' if item.until else ''})"
        for item in held
    ]


def _next_lines(report: Report, target: str, seconds: float) -> list[str]:
    published, size = report.published, size_of_site(report.pages, report.size)
    if report.rehearsal:
        return [
            f"A rehearsal, {size} in {seconds:.1f} s: public/ and published.json are as they were.",
            f"Next: open {target}index.html in a browser to look at it. It is not for your web host.",
        ]
    if published is not None and not (published.added or published.changed or published.removed):
        return [nothing_has_changed(report.pages, report.size, target, seconds)]
    built, look = (
        f"Built {size} into {target} in {seconds:.1f} s.",
        f"Next: open {target}index.html in a browser to look",
    )
    if not report.stand_in:
        return [built, f"{look} at it, then copy {target} to your web host."]
    return [
        built,
        f"{look} at it.",
        f"Before you copy {target} to your web host, write its address into site.yaml and build again: `base_url` is "
        f"{report.stand_in}, where all feeds and citations would lead.",
    ]


def report_as_json(report: Report, where: str, target: str, seconds: float) -> dict[str, object]:
    """Return all that `closing_lines` and the problems say as a JSON object; *where* is put before each path."""
    from alertgen.formats import as_json  # here, since it brings along all that can be wrong

    published = report.published
    return {
        "ok": report.ok,
        "problems": [as_json(problem, where) for problem in report.problems],
        "files": report.files,
        "pages": report.pages,
        "bytes": report.size,
        "rehearsal": report.rehearsal,
        "mended": report.mended,
        **held_as_json(report.held, where),
        "written": {
            "into": target,
            "added": published.added,
            "changed": published.changed,
            "removed": published.removed,
            "foreign": published.foreign,
        }
        if published
        else None,
        "outside": asdict(report.outside) if report.outside else None,
        "seconds": round(seconds, 3),
    }


def held_as_json(held: Sequence[Held], where: str = "") -> dict[str, object]:
    """Return what is held back, and the moment when the first of it falls due, for an object of JSON."""
    due = [item.until for item in held if item.until]
    return {
        "held": [
            {
                "path": where + item.path,
                "because": item.because.value,
                "until": item.until.isoformat() if item.until else None,
            }
            for item in held
        ],
        "next_due": min(due).isoformat() if due else None,
    }
