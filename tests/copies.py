"""Sites made of plain files, for tests of writing: what they say does not matter, only where it stands.

Run as a program, it publishes one such site into a folder: `python copies.py OUT PAGES EDITION`. It ends with 3 when
the machine refuses, as `alertgen build` does.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from alertgen import urls
from alertgen.fingerprint import digest_bytes
from alertgen.outputs import Copy, Output, Plan
from alertgen.write import Changes, MachineError, Making, Published, decide, fingerprints_of, publish, read_manifest


def plan_of(texts: Mapping[str, str]) -> Plan:
    """Return a plan that publishes *texts* by their addresses."""
    return Plan(outputs=tuple(_copy(address, text.encode()) for address, text in sorted(texts.items())))


def _copy(address: str, content: bytes) -> Copy:
    return Copy(address=address, digest=digest_bytes(content), content=content)


def files(changes: Changes) -> Iterator[tuple[Output, str, bytes]]:
    for output in changes.stale:
        assert isinstance(output, Copy)
        yield output, urls.file_of(output.address), output.content


def decided(out: Path, texts: Mapping[str, str], engine: str = "") -> Changes:
    plan = plan_of(texts)
    return decide(read_manifest(out), plan, lambda: fingerprints_of(plan, lambda _: engine))


def laying(files: Iterable[tuple[Output, str, bytes]]) -> Making:
    """Return how *files* that are made already, or one by one, are laid down."""
    return lambda keep: ((output, path, keep(path, content)) for output, path, content in files)


def published(out: Path, texts: Mapping[str, str]) -> Published:
    changes = decided(out, texts)
    return publish(out, changes, laying(files(changes)))


def tree(folder: Path) -> dict[str, bytes]:
    """Return what is below *folder* by path: the content of files, the target of links, empty folders."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink()).encode()
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def bulletin(pages: int, edition: int) -> dict[str, str]:
    """Return a site of about so many *pages*; from one edition to the next some come, change and go."""
    numbers = [*range(pages - 2), pages + edition, pages + edition + 1]
    texts = {f"/alerts/{2015 + number % 5}/alert-{number}/": f"alert {number}\n" * 50 for number in numbers}
    texts |= {f"/alerts/2015/alert-{number}/": f"alert {number} of {edition}\n" * 50 for number in (0, 5)}
    return texts | {"/": f"home of {edition}\n", "/feed.xml": f"feed of {edition}\n", "/robots.txt": "all\n"}


if __name__ == "__main__":
    try:
        published(Path(sys.argv[1]), bulletin(int(sys.argv[2]), int(sys.argv[3])))
    except MachineError as error:
        sys.stdout.write(f"{error.message} | {error.hint} {error.state}\n")
        sys.exit(3)
