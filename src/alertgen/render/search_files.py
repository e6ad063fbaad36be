"""Pagefind's files in one fixed form, since the order of filters in them differs from run to run.

An index has, for each language, a `pagefind.<hash>.pf_meta` that names its other files, and a `filter/<hash>.pf_filter`
for each filter. Both are gzip around the mark `pagefind_dcd` and CBOR. Here their lists are sorted and they are
written without gzip (the reader accepts both, and hosts compress in transit), named anew by their content.
"""

import gzip
import json
from collections.abc import Mapping
from typing import Any

import cbor2

from alertgen.fingerprint import digest_bytes

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"


def in_fixed_form(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, by path, with everything in them in a fixed order.

    Raises:
        ValueError: the files are not in the form that the pinned version of Pagefind writes.
    """
    fixed = {path: content for path, content in files.items() if not path.endswith((".pf_meta", ".pf_filter"))}
    entry = json.loads(fixed.pop(_ENTRY))
    for language in entry["languages"].values():
        meta = _decoded(files[f"pagefind.{language['hash']}.pf_meta"])
        version, pages, chunks, filters, *rest = meta
        renamed = []
        for name, old in filters:
            content = _encoded(_sorted_filter(_decoded(files[f"filter/{old}.pf_filter"])))
            new = _renamed(old, content)
            fixed[f"filter/{new}.pf_filter"] = content
            renamed.append([name, new])
        content = _encoded([version, pages, chunks, sorted(renamed), *rest])
        language["hash"] = _renamed(language["hash"], content)
        fixed[f"pagefind.{language['hash']}.pf_meta"] = content
    fixed[_ENTRY] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return dict(sorted(fixed.items()))


def _sorted_filter(value: list[Any]) -> list[Any]:
    name, values = value
    if not isinstance(values, list):
        raise ValueError(f"the filter {name!r} is not in the expected form")
    return [name, sorted(values)]


def _decoded(content: bytes) -> list[Any]:
    plain = gzip.decompress(content)
    if not plain.startswith(_MARK):
        raise ValueError("a file of the search index has no mark")
    decoded: list[Any] = cbor2.loads(plain[len(_MARK) :])
    return decoded


def _encoded(value: object) -> bytes:
    return _MARK + cbor2.dumps(value)


def _renamed(old: str, content: bytes) -> str:
    """Return the name *old* (`en_1abfa25`) with its hash taken from *content*."""
    language = old.rpartition("_")[0]
    return f"{language}_{digest_bytes(content)[:10]}"
