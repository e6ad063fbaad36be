"""What Lighthouse says of every page type of the sample, on a phone and on a desktop.

    python benchmarks/lighthouse_marks.py                all of them
    python benchmarks/lighthouse_marks.py home alert     only these

Its mark for speed swings with what else the machine does: the best of a few tries counts. Ends with status 1 when any
mark is not 100. Needs what `make test` installs, and Chromium.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import PAGES, build_sample, served  # noqa: E402 - from tests/
from lighthouse import marks  # noqa: E402

TRIES = 3
OF_PAGES = [kind for kind in PAGES if kind != "not-found"]
"""Lighthouse refuses to look at what comes with status 404."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Print the marks of the pages that the command line names."""
    full = True
    print(f"{'page':24}{'':9}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with tempfile.TemporaryDirectory() as folder, served(build_sample(Path(folder), ROOT / "site.yaml")) as host:
        for kind in sys.argv[1:] or OF_PAGES:
            for desktop in (False, True):
                best = _best(host + PAGES[kind], Path(folder), desktop=desktop)
                device = "desktop" if desktop else "phone"
                print(f"{kind:24}{device:9}" + "".join(f"{best[name]:16}" for name in CATEGORIES), flush=True)
                full = full and min(best.values()) == 100
    sys.exit(not full)


def _best(address: str, folder: Path, *, desktop: bool) -> dict[str, int]:
    best = dict.fromkeys(CATEGORIES, 0)
    for _ in range(TRIES):
        found = marks(address, folder, desktop=desktop)
        best = {name: max(mark, found[name]) for name, mark in best.items()}
        if min(best.values()) == 100:
            break
    return best


if __name__ == "__main__":
    main()
