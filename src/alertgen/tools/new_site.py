"""A new site: a few small files in an empty folder, each with remarks that an editor can follow."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

from alertgen import __version__
from alertgen.data import DATA
from alertgen.file_names import is_folder_of_programs, is_of_programs
from alertgen.records import dataclass
from alertgen.text import counted, listed
from alertgen.write.trouble import MachineError, in_words

FILES: Mapping[str, str] = {
    "site.yaml": "site.yaml",
    "alerts/@YEAR@/@TODAY@-how-this-bulletin-is-made.md": "welcome.md",
    "alerts/@NEXT_YEAR@/@NEXT@-how-a-draft-works.md": "draft.md",
    "pages/about.md": "about.md",
    "DEPLOY.md": "DEPLOY.md",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
"""Path below the new site -> name of the file in `data/newsite` that it is made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What is known of a site before there is one."""

    title: str
    base_url: str
    today: datetime.date
    next_day: datetime.date
    """Day of the example draft."""
    ids: tuple[str, str]
    """Feed ids of the two texts."""


def check_empty(folder: Path) -> None:
    """Refuse a folder in which there is something that the new site could be confused with.

    Hidden files, such as those of Git, and a Python environment do not count, unless the site has such a file itself.

    Raises:
        MachineError: there is something, or the folder is none.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise MachineError(f"{folder} is a file", "Name a folder that is empty, or a new one.", usage=True)
    with in_words(f"Cannot read {folder}", ""):
        found = sorted(entry.name for entry in folder.iterdir() if _counts(entry))
    if found:
        shown = listed([*found[:3], *([counted(len(found) - 3, "other")] if len(found) > 3 else [])], "and")
        hint = "Make a new folder and run `alertgen init` in it. Nothing was written."
        raise MachineError(f"this folder is not empty: {shown}", hint, usage=True)


def _counts(entry: Path) -> bool:
    hidden = entry.name.startswith(".") and entry.name not in FILES
    left_there = is_of_programs(entry.name) or is_folder_of_programs(entry.name)
    return not hidden and not left_there and not (entry / "pyvenv.cfg").is_file()


def write_site(folder: Path, site: NewSite) -> tuple[str, ...]:
    """Write the files of *site* into *folder*; return their paths below it.

    Raises:
        MachineError: the folder is not empty, or the system refuses to write.
    """
    check_empty(folder)
    values = _values(site)
    paths = tuple(_filled(path, values) for path in FILES)
    with in_words("Cannot write the new site", ""):
        for path, source in zip(paths, FILES.values(), strict=True):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as new:
                new.write(_filled(_source(source), values))
    return paths


def _values(site: NewSite) -> dict[str, str]:
    return {
        "TITLE": _yaml(site.title),
        "BASE_URL": _yaml(site.base_url),
        "TODAY": site.today.isoformat(),
        "YEAR": str(site.today.year),
        "NEXT": site.next_day.isoformat(),
        "NEXT_YEAR": str(site.next_day.year),
        "ID_1": site.ids[0],
        "ID_2": site.ids[1],
        "VERSION": __version__,
    }


def _yaml(text: str) -> str:
    """Return *text* between quotation marks, as YAML reads them: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _source(name: str) -> str:
    return (DATA / "newsite" / name).read_text(encoding="utf-8")


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text
