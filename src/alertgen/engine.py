"""Which alertgen this is: a digest of its own code and data, so that what another version made is made anew."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from alertgen.fingerprint import digest_bytes

_COUNTS = (".py", ".csv", ".yaml", ".toml", ".json", ".ttf", ".woff2")


@cache
def engine_digest() -> str:
    """Return the digest of everything in the package that decides what an output looks like."""
    return digest_bytes("\n".join(_lines(files("alertgen"), "")).encode())


def _lines(folder: Traversable, path: str) -> list[str]:
    lines = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            lines += _lines(item, f"{path}{item.name}/")
        elif item.name.endswith(_COUNTS):
            lines.append(f"{path}{item.name} {digest_bytes(item.read_bytes())}")
    return lines
