"""What Lighthouse says of a page."""

import json
import os
import subprocess
from pathlib import Path

from browsing import CHROMIUM, FLAGS, ROOT, missing, needed

LIGHTHOUSE = ROOT / "node_modules/lighthouse/cli/index.js"


def marks(address: str, folder: Path, *, desktop: bool = False) -> dict[str, int]:
    """Return its marks, 0 to 100, for the page at *address*: as on a phone with a slow connection, or on a *desktop*.

    *folder* is where it leaves its report.
    """
    node, browser = needed("node"), needed(*CHROMIUM)
    if not LIGHTHOUSE.is_file():
        missing("Lighthouse is not installed (npm ci)")
    file = folder / "report.json"
    chromium = " ".join(["--headless=new", *FLAGS])
    flags = ["--quiet", "--output=json", f"--output-path={file}", *(["--preset=desktop"] if desktop else [])]
    subprocess.run(
        [node, str(LIGHTHOUSE), address, *flags, f"--chrome-flags={chromium}"],
        env=os.environ | {"CHROME_PATH": browser}, check=True, timeout=300,
    )  # fmt: skip
    categories = json.loads(file.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * category["score"]) for name, category in categories.items()}
