"""From bytes to `public/`: what has to be made (`decide`), and the exchange of the old site for the new (`publish`).

This is the only stage that writes. The order of reading: `manifest` (what is published), `decide`, `publish` with
`stage`, `census`, `tree` and `swap` (how the new site comes to be), then `ownership`, `lock`, `ledger` and `record`
(what is new in the ledger); `verify` looks at a copy later. Importing the package does not import the outputs, since a
build without work needs none of them; `record` does.
"""

from alertgen.outcome import Published
from alertgen.write.decide import Changes, decide, fingerprints_of
from alertgen.write.ledger import ledger_text, write_ledger
from alertgen.write.lock import Holder, lock
from alertgen.write.manifest import Manifest, read_manifest
from alertgen.write.ownership import check_target
from alertgen.write.publish import publish
from alertgen.write.stage import Keep, Laid, Making
from alertgen.write.trouble import MachineError

__all__ = [
    "Changes",
    "Holder",
    "Keep",
    "Laid",
    "MachineError",
    "Making",
    "Manifest",
    "Published",
    "check_target",
    "decide",
    "fingerprints_of",
    "ledger_text",
    "lock",
    "publish",
    "read_manifest",
    "write_ledger",
]
