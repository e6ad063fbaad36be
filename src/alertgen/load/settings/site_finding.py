"""Finding `site.yaml` and remembering what it says."""

from pathlib import Path

from alertgen import SITE_FILE
from alertgen.codes import problem
from alertgen.diagnostics import Diagnostic, Place
from alertgen.fingerprint import digest_bytes
from alertgen.load.disk.files import read_bytes
from alertgen.load.remembered.memory import key_of, remembered
from alertgen.load.settings.site_file import SiteFile, first_steps
from alertgen.load.vocabulary.vocabularies import Vocabularies
from alertgen.store import Store


def find_site_file(root: Path, vocabularies: Vocabularies, vocabularies_digest: str, store: Store) -> SiteFile:
    """Read site.yaml in the folder *root*."""
    if not (root / SITE_FILE).is_file():
        return SiteFile(config=None, risk_tags=(), problems=(_missing(root),))
    content = read_bytes(root, SITE_FILE)
    if isinstance(content, Diagnostic):
        return SiteFile(config=None, risk_tags=(), problems=(content,))
    digest = digest_bytes(vocabularies_digest.encode() + content)

    def read() -> SiteFile:
        from alertgen.load.settings.config import read_site_file  # brings pydantic and PyYAML along

        return read_site_file(content, vocabularies, digest)

    return remembered(store, key_of("site", digest), SiteFile, read)


def _missing(root: Path) -> Diagnostic:
    return problem("no-site-file", f"there is no {SITE_FILE} in this folder", Place(SITE_FILE), hint=first_steps(root))
