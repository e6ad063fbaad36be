"""The list of all files of a site, to be kept elsewhere: whoever has it can tell a true copy from others."""

import json
from pathlib import Path

from alertgen import MANIFEST
from alertgen.write.manifest import parsed
from alertgen.write.replacing import replace_file
from alertgen.write.trouble import MachineError, in_words


def write_listing(out: Path, file: Path) -> None:
    """Write into *file* path, size and SHA-256 of each file of the site in *out*, and the version that built it.

    The same site gives the same bytes. *file* lies outside of *out*, where it would be a file of its own.

    Raises:
        MachineError: *file* lies in *out*, or cannot be written.
    """
    if file.resolve().is_relative_to(out.resolve()):
        raise MachineError(
            f"the list cannot lie in {out}, of which it lists all files",
            "Name a file elsewhere with --manifest.",
            usage=True,
        )
    with in_words(f"Cannot read {out / MANIFEST}", ""):
        version, entries = parsed((out / MANIFEST).read_bytes())
    files = sorted(record for entry in entries.values() for record in entry.files)
    rows = ",\n".join(f"  {json.dumps(record._asdict(), ensure_ascii=False)}" for record in files)
    text = f'{{"alertgen": {json.dumps(version)}, "files": [\n{rows}\n]}}\n'
    with in_words(f"Cannot write {file}", "The site is in place; only its list is missing."):
        _put(file, text.encode("utf-8", "surrogatepass"))


def _put(file: Path, content: bytes) -> None:
    """Make *file* hold *content*; what is no file, such as /dev/null or a pipe, gets it and stays what it is."""
    if file.exists() and not file.is_file():
        file.write_bytes(content)
    else:
        replace_file(file, content)
