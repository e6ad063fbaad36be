"""Lighthouse, as on a phone: full marks on the home page and on an alert."""

import json
import os
import subprocess

import pytest

from browsing import ALERT, CHROMIUM, FLAGS, ROOT, host, missing, needed, public

__all__ = ["host", "public"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIGHTHOUSE = ROOT / "node_modules/lighthouse/cli/index.js"
TRIES = 3
"""Its marks for speed swing with what else the machine does: the best of so many counts."""


@pytest.mark.parametrize("page", ["/", ALERT])
def test_full_marks_on_a_phone(page, host, tmp_path):
    best = {}
    for _ in range(TRIES):
        for name, score in marks(host + page, tmp_path).items():
            best[name] = max(score, best.get(name, 0))
        if min(best.values()) == 100:
            break
    assert best == {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}


def marks(address, folder):
    node, browser = needed("node"), needed(*CHROMIUM)
    if not LIGHTHOUSE.is_file():
        missing("Lighthouse is not installed (npm ci)")
    file = folder / "report.json"
    flags = " ".join(["--headless=new", *FLAGS])
    command = [node, str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={file}"]
    subprocess.run(
        [*command, f"--chrome-flags={flags}"], env=os.environ | {"CHROME_PATH": browser}, check=True, timeout=300
    )
    categories = json.loads(file.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * category["score"]) for name, category in categories.items()}
