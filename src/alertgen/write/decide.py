"""What has to be made: the plan compared with what is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from alertgen.fingerprint import Fingerprints, digest_text
from alertgen.records import dataclass
from alertgen.write.manifest import Entry, Manifest, Rest

if TYPE_CHECKING:  # a build without work must not pay for defining all outputs
    from alertgen.outputs import Output, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How the new site differs from the one that is published."""

    stale: tuple[Output, ...]
    """To be made, in the order of the plan: new, changed, or with a file missing."""
    same: tuple[str, ...]
    """Addresses of outputs that stay as they are."""
    gone: tuple[str, ...]
    """Addresses of outputs that are published and not planned any more."""
    fingerprints: Callable[[], Mapping[str, str]]
    """Gives by address that of every output of the plan. Where nothing is published, nobody has asked for them yet."""
    published: Mapping[str, Entry]
    """What is published now, by address."""
    base: str
    """Digest of the manifest that this was decided by; empty when there was none, or when it is in `rest`."""
    rest: Rest | None = None
    """What is published beside all of the above, and stays; only when all of it must be as the last build left it."""
    trusted: bool = True
    """Whether `published` is known for sure; not so when the manifest is damaged."""

    def __bool__(self) -> bool:
        return bool(self.stale or self.gone)


def decide(
    manifest: Manifest | None,
    plan: Plan,
    fingerprints: Callable[[], Mapping[str, str]],
) -> Changes:
    """Compare *plan* with what *manifest* says is published.

    *fingerprints* gives those of all outputs, by address, as `fingerprints_of` does. They are asked for only if there
    is anything to compare with: else all outputs are stale, whatever they are.
    """
    published = manifest.entries if manifest else {}
    missing = manifest.missing if manifest else frozenset()
    known = fingerprints() if published else {}
    same = {
        address
        for address, fingerprint in known.items()
        if address in published and published[address].fingerprint == fingerprint and address not in missing
    }
    return Changes(
        stale=tuple(output for output in plan.outputs if output.address not in same),
        same=tuple(address for address in known if address in same),
        gone=tuple(address for address in published if address not in known),
        fingerprints=fingerprints,
        published=published,
        base=manifest.digest if manifest else "",
        trusted=not (manifest and manifest.unreadable),
    )


def fingerprints_of(
    plan: Plan, engine_of: Callable[[Output], str], fingerprint_of: Fingerprints | None = None
) -> dict[str, str]:
    """Return by address the fingerprint of each output of *plan*, and of all that its making depends on.

    *engine_of* gives the digest of everything that the making of an output depends on beside its value: templates,
    catalogues, the version of alertgen. What *fingerprint_of* has seen need not be looked at again.
    """
    fingerprint_of = fingerprint_of or Fingerprints()
    return {output.address: digest_text(f"{engine_of(output)} {fingerprint_of(output)}") for output in plan.outputs}
