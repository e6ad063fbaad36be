"""Templates by name, and under which key the memory knows what each compiles to; without Jinja, which compiles them."""

import hashlib
import sys
from collections.abc import Mapping

from alertgen.engine import engine_digest
from alertgen.fingerprint import digest_text
from alertgen.model import Theme
from alertgen.store import Store


def sources_of(theme: Theme) -> Mapping[str, str]:
    """Return the texts of the templates of *theme* by name."""
    return {file.path: file.text for file in theme.templates}


def checksum_of(text: str) -> str:
    """Return the digest by which the *text* of a template is known."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def key_of_template(name: str, checksum: str) -> str:
    """Return the key of the template *name* with a text of that *checksum*, for these versions of all that counts."""
    return "template:" + digest_text(f"{engine_digest()} {sys.version} {name} {checksum}")


def know_templates(theme: Theme, memory: Store) -> bool:
    """Tell whether *memory* knows what all templates of *theme* compile to. Then nothing is wrong with any of them."""
    keys = {key_of_template(name, checksum_of(text)) for name, text in sources_of(theme).items()}
    return memory.get_many(keys).keys() == keys
