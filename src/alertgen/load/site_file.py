"""Finding `site.yaml` and remembering what it says."""

from pathlib import Path

from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes
from alertgen.load.files import read_bytes
from alertgen.load.memory import key_of, remembered
from alertgen.load.vocabularies import Vocabularies
from alertgen.model import Config, RiskTag
from alertgen.records import dataclass
from alertgen.store import Store
from alertgen.text import listed, suggestions

NAME = "site.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """What site.yaml says."""

    config: Config | None
    """None when it is missing or wrong."""
    risk_tags: tuple[RiskTag, ...]
    """Those that are shipped, then the site's own."""
    problems: tuple[Diagnostic, ...]


def find_site_file(root: Path, vocabularies: Vocabularies, vocabularies_digest: str, store: Store) -> SiteFile:
    """Read site.yaml in the folder *root*."""
    if not (root / NAME).is_file():
        return SiteFile(config=None, risk_tags=(), problems=(_missing(root),))
    content = read_bytes(root, NAME)
    if isinstance(content, Diagnostic):
        return SiteFile(config=None, risk_tags=(), problems=(content,))
    digest = digest_bytes(vocabularies_digest.encode() + content)

    def read() -> SiteFile:
        from alertgen.load.config import read_site_file  # brings pydantic and PyYAML along

        return read_site_file(content, vocabularies, digest)

    return remembered(store, key_of("site", digest), SiteFile, read)


def _missing(root: Path) -> Diagnostic:
    return problem("no-site-file", f"there is no {NAME} in this folder", Place(NAME), hint=first_steps(root))


def first_steps(root: Path) -> str:
    """Return what to do about a folder *root* without site.yaml."""
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    near = suggestions(NAME, names)
    if near:
        return f"did you mean {listed(near)}? Rename it to {NAME}"
    below = [name for name in names if (root / name / NAME).is_file()]
    if below:
        return f"there is one in {listed(below)}: type `cd {below[0]}` first"
    return "go to the folder of your site (cd …), or make a new one with `alertgen init`"
