"""What `site.yaml` says, and what to do where there is none."""

from pathlib import Path

from alertgen import SITE_FILE
from alertgen.diagnostics import Diagnostic
from alertgen.load.disk.placeholders import FETCH_IT, is_elsewhere
from alertgen.model import Config, RiskTag, Worded
from alertgen.records import dataclass
from alertgen.text import counted, listed, suggestions

_MOST = 3
"""Folders that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """What site.yaml says."""

    config: Config | None
    """None when it is missing or wrong."""
    risk_tags: tuple[RiskTag, ...]
    """Those that are shipped, then the site's own."""
    problems: tuple[Diagnostic, ...]
    country_names: tuple[tuple[str, Worded], ...] = ()
    """What the site calls countries, by their codes, where that is not what they are called in the vocabularies."""


def first_steps(root: Path) -> str:
    """Return what to do about a folder *root* without site.yaml."""
    if is_elsewhere(root / SITE_FILE):
        return f"{SITE_FILE} is in iCloud and not on this computer: {FETCH_IT}"
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    near = suggestions(SITE_FILE, [name for name in names if ".y" in name.lower() and (root / name).is_file()])
    if near:
        return f"did you mean {listed(near)}? Rename it to {SITE_FILE}"
    below = [name for name in names if (root / name / SITE_FILE).is_file()]
    if below:
        others = [counted(len(below) - _MOST, "other folder")] if len(below) > _MOST else []
        return f"there is one in {listed([*below[:_MOST], *others])}: type `cd {below[0]}` first"
    return "go to the folder of your site (cd …), or make a new one with `alertgen init`"
