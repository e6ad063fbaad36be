"""What a site folder holds, before its texts are taken apart: all that does not depend on what they say."""

from pathlib import Path

from alertgen import ALERTS, PAGES
from alertgen.diagnostics import Diagnostic, softened_in
from alertgen.filed import File
from alertgen.fingerprint import digest_bytes
from alertgen.load.disk.content_files import copies_beside, list_content, unread_texts
from alertgen.load.disk.contents import Contents, contents_of, state_of
from alertgen.load.disk.files import Listing, Unread
from alertgen.load.disk.placeholders import elsewhere_beside
from alertgen.load.documents import Customs, Kind, SourceFile, customs_of
from alertgen.load.papers.findings import papers_in
from alertgen.load.people.withheld import Withheld, read_withheld
from alertgen.load.people.withheld_search import names_in_site, names_in_texts
from alertgen.load.remembered.memory import key_of, remembered
from alertgen.load.remembered.noted import Noted, note, noted
from alertgen.load.settings.site_file import SiteFile
from alertgen.load.settings.site_finding import find_site_file
from alertgen.load.theme.fetched import fetched_from_others
from alertgen.load.theme.reading import read_theme
from alertgen.load.vocabulary.vocabularies import Vocabularies, data_files, read_vocabularies, with_names
from alertgen.model import Theme
from alertgen.records import dataclass, replace
from alertgen.store import Store

_TEXTS = {Kind.ALERT: ALERTS, Kind.PAGE: PAGES}
"""Where the content files of each kind lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What a site folder holds, before its texts are taken apart."""

    root: Path
    vocabularies: Vocabularies
    site_file: SiteFile
    customs: Customs
    files: tuple[SourceFile, ...]
    theme: Theme
    withheld: Withheld
    wrong: tuple[Diagnostic, ...]
    """What is wrong with site.yaml, with what cannot be read, and with the list of names that nothing may say."""
    named: tuple[Diagnostic, ...]
    """Where texts say such names."""
    unremembered: frozenset[str]
    """Paths of these texts, of which nothing may be remembered."""
    others: tuple[Diagnostic, ...]
    """Where anything else says them, and what papers tell of people."""

    def problems(self, drafts: set[str]) -> tuple[Diagnostic, ...]:
        """Return all that is wrong, where these paths are *drafts*."""
        return (*self.wrong, *softened_in(self.named, drafts), *self.others)


def read_folder(root: Path, store: Store) -> Folder:
    """Read what is in the folder *root*."""
    vocabularies, digest = shipped_vocabularies(store)
    site_file = find_site_file(root, vocabularies, digest, store)
    contents = contents_of(root, store)
    withheld, list_problems = read_withheld(root)
    customs = customs_of(site_file.config)
    before = noted(customs, store)
    files, problems = content_files(root, contents, store.scratch(), {} if withheld else before)
    named = names_in_texts(files, withheld, store)
    theme, theme_problems = read_theme(root, contents)
    unremembered = frozenset(found.at.path for found in named)
    note(files, before, customs, store, unremembered)
    config = site_file.config
    cleared, base_url = (config.cleared, config.base_url) if config else ((), "")
    return Folder(
        root=root,
        vocabularies=with_names(vocabularies, site_file.country_names),
        site_file=site_file,
        customs=customs,
        files=files,
        theme=theme,
        withheld=withheld,
        wrong=(*site_file.problems, *problems, *theme_problems, *fetched_from_others(theme, base_url), *list_problems),
        named=named,
        unremembered=unremembered,
        others=(*names_in_site(root, theme, withheld, store), *papers_in(root, theme, withheld, cleared, store)),
    )


def shipped_vocabularies(store: Store) -> tuple[Vocabularies, str]:
    """Return the terms that come with alertgen, and the digest of the files they stand in."""
    tables = data_files()
    digest = digest_bytes(b"\0".join(tables))
    key = key_of("vocabularies", digest)
    return remembered(store, key, Vocabularies, lambda: read_vocabularies(*tables)), digest


def content_files(
    root: Path, contents: Contents | None = None, file: File | None = None, known: Noted | None = None
) -> tuple[tuple[SourceFile, ...], tuple[Diagnostic, ...]]:
    """Read every content file of the site at *root*, if there is one into *file*; leave what is as it was *known*."""
    files: list[SourceFile] = []
    problems = [*unread_texts(root, _TEXTS.values()), *copies_beside(root), *elsewhere_beside(root)]
    for kind, folder in _TEXTS.items():
        listing = list_content(root, folder)
        problems += listing.problems
        same = _as_known(root, listing, known or {})
        changed = replace(listing, paths=tuple(path for path in listing.paths if path not in same))
        read = (contents or Contents()).of(root, changed)
        for path in listing.paths:
            if path in same:
                digest, state = same[path]
                files.append(SourceFile(path=path, kind=kind, raw=Unread(root, path), digest=digest, state=state))
                continue
            _, found = next(read)
            if isinstance(found, Diagnostic):
                problems.append(found)
            else:
                raw = file.put_bytes(found.content) if file else found.content
                files.append(SourceFile(path=path, kind=kind, raw=raw, digest=found.digest, state=found.state))
    return tuple(files), tuple(problems)


def _as_known(root: Path, listing: Listing, known: Noted) -> Noted:
    """Return what is *known* of those files of *listing* that have not changed since."""
    plain = listing.plain.intersection(known)
    return {path: known[path] for path in plain if known[path][1] == state_of(root, path)}
